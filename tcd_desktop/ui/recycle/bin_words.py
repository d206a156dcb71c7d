"""The recycle bin in words: kinds of records, usual reasons, what follows from a removal."""

from __future__ import annotations

from tcd_desktop.i18n import LazyText, _, lazy, ngettext
from tcd_desktop.services.recycle.recycle_bin import Binned, Gap
from tcd_desktop.services.recycle.recycle_desk import Consequence
from tcd_desktop.ui.lists.list_columns import Chip
from tcd_desktop.words import show
from tcd_desktop.words.steps import step_name

KINDS: dict[str, tuple[LazyText, str]] = {
    "reception": (lazy("Visit"), "book-open"),
    "case_file": (lazy("Case file"), "folder-open"),
    "attachment": (lazy("Paper"), "paperclip"),
    "sitting": (lazy("Reception by the head"), "calendar-days"),
    "conclusion": (lazy("Conclusion"), "clipboard-check"),
    "link": (lazy("Link of two visits"), "link"),
    "phrase": (lazy("Phrase"), "message-square-text"),
    "old_book": (lazy("Import of an old book"), "table"),
    "petition": (lazy("Petition"), "inbox"),
    "citizen": (lazy("Citizen"), "user-round"),
    "opening_balance": (lazy("Opening figure"), "table"),
    "case_step": (lazy("Step of a case"), "check-check"),
    "obligation": (lazy("Execution"), "stamp"),
    "protection_request": (lazy("Request for protection"), "shield-check"),
    "directive": (lazy("Directive"), "megaphone"),
    "directive_progress": (lazy("Report on a directive"), "send"),
    "reminder": (lazy("Reminder"), "alarm-clock"),
    "review_entry": (lazy("Review of a case"), "clipboard-check"),
    "review_progress": (lazy("Report on a review"), "send"),
    "inspection_round": (lazy("Inspection"), "scale"),
    "finding": (lazy("Finding"), "circle-alert"),
    "finding_reply": (lazy("Answer to a finding"), "send"),
    "class_tag": (lazy("Tag of a field"), "list-filter"),
    "letter": (lazy("Letter"), "file-text"),
    "own_text": (lazy("Words of a letter"), "pencil"),
    "sent_report": (lazy("Report"), "book"),
    "report_entry": (lazy("Entry of a report"), "table"),
}
"""Table -> what it is called, its icon."""

REASONS: dict[str, tuple[LazyText, ...]] = {
    "reception": (lazy("Logged twice"), lazy("Wrong day"), lazy("Wrong person"), lazy("Logged as a trial")),
    "case_file": (lazy("Opened twice"), lazy("Opened from the wrong visit"), lazy("Belongs to another case")),
    "attachment": (lazy("Scanned wrongly"), lazy("Belongs to another case")),
}
"""Usual reasons, offered under the field; what is pressed is stored as it stands."""

OTHER_REASONS = (lazy("Entered by mistake"), lazy("Entered twice"))


def kind_chip(table: str) -> Chip:
    """What kind of record it is."""
    words, icon = KINDS[table]
    return Chip(str(words), "neutral", icon)


def what(line: Binned) -> str:
    """What a line of the bin was about; a denouncer is not named."""
    step = step_name(line.code) if line.code else ""
    if line.secret:
        return " · ".join(filter(None, (step, _("Kept secret (denunciation)"))))
    if step:
        return f"{step} · {line.name}"
    return " ".join(line.name.split())


def removed_chip() -> Chip:
    """On the page of a record that was removed."""
    return Chip(_("In the recycle bin"), "warning", "trash-2")


def removed_sentence(why: str) -> str:
    """The same in a sentence."""
    return _("This lies in the recycle bin and counts nowhere. Reason: {why}").format(why=why)


def consequence_sentence(one: Consequence) -> str:
    """What follows from the removal, as a sentence."""
    sentences = {
        "number_kept": _("The number {name} stays taken; the gap is explained in the book."),
        "slip_printed": ngettext(
            "The citizen has the printed slip of this visit. Ask for it back or say so in the reason.",
            "{count} slips of this visit were printed. Ask for them back or say so in the reason.",
            one.count,
        ),
        "answered": _("The answer to the citizen of {on} stands with this visit and goes with it."),
        "case_goes": _("The case {name} has no other visit and goes into the bin too, with its deadline."),
        "case_stays": ngettext(
            "The case {name} stays; it has {count} other visit.",
            "The case {name} stays; it has {count} other visits.",
            one.count,
        ),
        "visits_stay": ngettext(
            "Its visit stays in the book, without a case.",
            "Its {count} visits stay in the book, without a case.",
            one.count,
        ),
        "papers": ngettext(
            "{count} paper goes out of sight with it.", "{count} papers go out of sight with it.", one.count
        ),
    }
    return sentences[one.code].format(name=one.name, count=one.count, on=show(one.on) if one.on else "")


def gap_numbers(gap: Gap) -> str:
    """ "12" or "12–15"."""
    return str(gap.first) if gap.first == gap.last else f"{gap.first}–{gap.last}"


def gap_chip(gap: Gap) -> Chip:
    """Why the number is not in the list, in a word."""
    return {
        "removed": removed_chip(),
        "before": Chip(_("Before this program"), "closed", "book"),
        "absent": Chip(_("Not in these data"), "danger", "circle-alert"),
        "spoilt": Chip(_("Print spoilt"), "closed", "ban"),
    }[gap.state]


def gap_sentence(gap: Gap) -> str:
    """The same in a sentence."""
    if gap.line is not None:
        return gap.line.why
    if gap.state == "before":
        return _("The numbers before the first one here stand in the paper book or the old program.")
    return _(
        "These numbers were given, but their lines are not here: the data were put back from an older copy. "
        "Enter them again from the paper, or write a note for the inspection."
    )
