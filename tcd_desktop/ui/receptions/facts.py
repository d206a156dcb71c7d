"""A visit in facts, for the inspector and for the page of one visit; and its history in sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tcd_desktop import words
from tcd_desktop.domain.cases.case_file import CaseFile, IssuedDocument
from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.receptions.reception import Paper, Reception, ReceptionDraft
from tcd_desktop.domain.receptions.refusal_rules import needs_notice
from tcd_desktop.domain.terms import Direction, Role
from tcd_desktop.i18n import LazyText, Text, _, lazy, ngettext
from tcd_desktop.law import refusal_grounds
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.journal.journal import FieldChange, HistoryLine
from tcd_desktop.ui.cases.history_words import act_title
from tcd_desktop.ui.forms.typed_dates import show_birth, show_date, show_time
from tcd_desktop.ui.receptions.group_facts import group_facts, member_line, people_words, representation_line

Facts = list[tuple[Text, str]]
Groups = list[tuple[Text, Facts]]

ACTS: dict[str, LazyText] = {
    "reception.log": lazy("Visit logged"),
    "reception.amend": lazy("Visit amended"),
    "reception.answer": lazy("Answer recorded"),
    "reception.split": lazy("Split off from another content of the visit"),
    "reception.refusal_notice": lazy("Refusal notice recorded"),
    "case.open": lazy("Case opened"),
    "slip.print": lazy("Receipt slip printed"),
    "denunciation.reveal": lazy("Identity looked at"),
}
HIDDEN = frozenset(
    {"sealed", "citizen", "case", "receiver", "series", "year", "number", "sitting", "same_visit", "batch", "removed"}
)
"""Fields of the journal that say nothing to a reader."""


@dataclass(frozen=True, slots=True)
class VisitView:
    """All that is shown of one visit, read in one go. `opened` holds the identity after it was revealed."""

    visit: Reception
    own: bool
    """Of this office, and the officer may change it."""
    office_name: str
    case: CaseFile | None
    prints: tuple[IssuedDocument, ...]
    history: tuple[HistoryLine, ...]
    officers: dict[str, str]
    matters: tuple[Reception, ...] = ()
    """The lines of the same visit, this one among them; empty when it is alone."""
    may_reveal: bool = False

    @property
    def reveals(self) -> bool:
        """There is an identity to look at, and the officer may ask for it."""
        return self.visit.sealed is not None and self.may_reveal


def read_view(office: OpenOffice, record_id: str, office_name: Callable[[str], str]) -> VisitView | None:
    """Reads a visit with its case, prints and history; None when there is none. For a reader thread."""
    visit = office.receptions.find(record_id)
    if visit is None:
        return None
    matters = office.receptions.matters(visit)
    return VisitView(
        matters=tuple(matters) if len(matters) > 1 else (),
        visit=visit,
        own=office.writes_in(visit.office),
        may_reveal=office.may("denunciation.reveal"),
        office_name=office_name(visit.office),
        case=office.cases.find(visit.case) if visit.case else None,
        prints=tuple(office.slips.printed(visit.id)),
        history=tuple(office.cases.history(visit.id)),
        officers={one.id: one.name for one in office.store.all(Officer)},
    )


def groups(view: VisitView) -> Groups:
    """The facts in the order of the conversation: who - what - papers - what we do - when we answer."""
    visit = view.visit
    found: Groups = [
        (_("Who"), who(visit)),
        (_("The group"), group_facts(visit)),
        (_("What"), what(visit)),
        (_("Documents"), papers(visit.documents)),
        (_("What we do"), handling(visit, view.case)),
        (_("Answer to the citizen"), answer(visit)),
        (_("The visit"), circumstances(visit, view)),
    ]
    return [(name, facts) for name, facts in found if any(value for _label, value in facts)]


def who(visit: ReceptionDraft) -> Facts:
    """The person; nothing of a denouncer, whose fields are empty here."""
    facts: Facts = [(_("Full name"), visit.name or words.masked_name(visit.classification))]
    if visit.birth_date:
        facts.append((_("Born"), show_birth(visit.birth_date)))
    facts.append((_("Sex"), words.label(visit.sex)))
    if visit.id_number:
        facts.append((words.label(visit.id_kind) or _("Identity paper"), visit.id_number))
    facts += [
        (_("Issued"), ", ".join(filter(None, (show_date(visit.id_issued), visit.id_place)))),
        (_("Address"), visit.address),
        (_("Telephone"), visit.phone),
        (_("Comes as"), "" if visit.role is Role.SELF else words.label(visit.role)),
        (_("On behalf of"), ", ".join(filter(None, (visit.represented, visit.represented_address)))),
        (_("Paper"), representation_line(visit)),
        (_("Authorised for"), visit.representation_scope),
        (_("Professional card"), visit.professional_card),
        (_("People"), people_words(visit.people) if visit.people > 1 else ""),
    ]
    return facts


def what(visit: ReceptionDraft) -> Facts:
    """What was said and asked for."""
    return [
        (_("Content"), visit.content),
        (_("Request"), visit.request),
        (_("Settled by"), visit.settled_by),
        (_("Petition"), _("written petition") if visit.has_petition else _("told by word, written down")),
        (_("Record"), _record(visit)),
        (_("Interpreter"), visit.interpreter),
    ]


def _record(visit: ReceptionDraft) -> str:
    if visit.has_petition:
        return ""
    by = _("written down by {name}").format(name=visit.recorded_by) if visit.recorded_by else ""
    parts = [by, _("read back") if visit.read_back else "", words.label(visit.signing), visit.unsigned_reason]
    return ", ".join(filter(None, parts))


def papers(documents: Sequence[Paper]) -> Facts:
    """The documents handed over."""
    return [(f"{number}.", paper_line(paper)) for number, paper in enumerate(documents, start=1)]


def paper_line(paper: Paper) -> str:
    """Name, pages and condition in one line."""
    pages = ngettext("{n} page", "{n} pages", paper.pages).format(n=paper.pages) if paper.pages else ""
    return ", ".join(filter(None, (paper.name, pages, words.label(paper.condition).lower())))


def handling(visit: ReceptionDraft, case: CaseFile | None) -> Facts:
    """What the office does with the matter."""
    forwarded = ", ".join(filter(None, (visit.forwarding_number, show_date(visit.forwarded_on))))
    return [
        (_("Handling"), words.label(visit.direction)),
        (_("Guided to"), visit.guided_to),
        (_("Letter"), visit.guidance_number or forwarded),
        (_("Forwarded to"), visit.forwarded_to),
        *refusal_facts(visit),
        (_("Case"), f"{case.book_number}: {words.label(case.state)}" if case else ""),
        (_("Follow-up"), visit.follow_up),
    ]


def refusal_facts(visit: ReceptionDraft) -> Facts:
    """Why the visit was refused, and what became of the notice."""
    if visit.direction is not Direction.REFUSE:
        return []
    facts: Facts = [
        (_("Ground"), ground_words(visit.refusal_ground)),
        (_("Earlier answer"), visit.earlier_answer),
    ]
    if not needs_notice(visit):
        return [*facts, (_("Explained"), _("yes") if visit.refusal_explained else _("not yet"))]
    notice = ", ".join(filter(None, (visit.refusal_notice_number, show_date(visit.refusal_notice_on))))
    due = show_date(getattr(visit, "refusal_due", None))
    return [
        *facts,
        (_("Grounds sufficient on"), show_date(visit.refusal_grounds_on)),
        (_("Refusal notice"), notice or _("not issued yet")),
        (_("Notice due"), due),
    ]


def ground_words(code: str) -> str:
    """A ground for refusing in short words with its article."""
    for ground in refusal_grounds():
        if ground.code == code:
            return f"{ground.short} ({ground.article})"
    return code


def answer(visit: Reception) -> Facts:
    """The clock and what became of it."""
    told = ", ".join(filter(None, (words.label(visit.answer_kind), words.label(visit.answer_channel).lower())))
    return [
        (_("Due"), show_date(visit.answer_due)),
        (_("Answered"), show_date(visit.answered_on)),
        (_("Result"), told),
    ]


def circumstances(visit: Reception, view: VisitView) -> Facts:
    """When, where, by whom."""
    times = "–".join(filter(None, (show_time(visit.time), show_time(visit.end_time))))
    receiver = ", ".join(filter(None, (visit.receiver_name, visit.receiver_title)))
    return [
        (_("Office"), "" if view.own else view.office_name),
        (_("Date"), ", ".join(filter(None, (show_date(visit.date), times)))),
        (_("Kind"), ", ".join(filter(None, (words.label(visit.kind), words.label(visit.form).lower())))),
        (_("Receiver"), receiver),
        (_("Delegated by"), visit.delegated_by),
        (_("Others present"), visit.attendees),
        (_("Place"), visit.place),
        (_("Note"), visit.note),
    ]


# --- history ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One act in words: when and who, what, and the changed fields "name: before → after"."""

    head: str
    title: str
    changes: tuple[str, ...]


def history_items(view: VisitView, today: date) -> list[HistoryItem]:
    """The history of a visit with its prints, the newest act first."""
    lines = [(line.at, _item(line, view, today)) for line in view.history]
    for document in view.prints:
        words_of = ngettext("{n} copy", "{n} copies", document.copies).format(n=document.copies)
        title = _("Receipt slip printed") if document.print_no == 1 else _("Receipt slip reprinted")
        at = document.issued_at.astimezone()
        lines.append((at, HistoryItem(_moment(at, today), f"{title}, {words_of}", ())))
    return [item for _at, item in sorted(lines, key=lambda pair: pair[0], reverse=True)]


def _moment(at: datetime, today: date) -> str:
    local = at.astimezone()
    day = f"{local:%d/%m}" if local.year == today.year else f"{local:%d/%m/%Y}"
    return f"{day} {local:%H:%M}"


def _item(line: HistoryLine, view: VisitView, today: date) -> HistoryItem:
    who_did = view.officers.get(line.officer, "")
    head = " · ".join(filter(None, (_moment(line.at, today), who_did)))
    changes = () if line.created else tuple(filter(None, (_change(change) for change in line.changes)))
    return HistoryItem(head, act_title(line.act, ACTS) or line.act, changes)


def _change(change: FieldChange) -> str:
    if change.name == "sealed":
        return _("The sealed identity was changed")
    if change.name in HIDDEN:
        return ""
    name = words.field_name(change.name) if change.name in words.FIELD_NAMES else _EXTRA.get(change.name, "")
    if not str(name):
        return ""
    return f"{name}: {shown(change.name, change.before)} → {shown(change.name, change.after)}"


_EXTRA = {
    "removed": lazy("Reason of the removal"),
    "answer_due": lazy("Answer due"),
    "answered_on": lazy("Answered on"),
    "answer_kind": lazy("Result"),
    "answer_channel": lazy("Way of answering"),
}


def shown(name: str, value: object) -> str:
    """A field's value as people read it; "–" for nothing."""
    if name == "birth_date":
        return show_birth(str(value or "")) or "–"
    if name == "refusal_ground":
        return ground_words(str(value)) if value else "–"
    if value is None or value == "" or value == ():
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "documents" and isinstance(value, tuple | list):
        return "; ".join(paper_line(paper) for paper in value if isinstance(paper, Paper)) or "–"
    if name == "members" and isinstance(value, tuple | list):
        return "; ".join(member_line(member) for member in value if isinstance(member, Member)) or "–"
    return words.show(value)
