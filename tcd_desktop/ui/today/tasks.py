"""What there is to do this morning, in sections; each line knows the act that comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import Any, Final

from tcd_desktop.domain.sittings.sitting import Sitting
from tcd_desktop.domain.terms import SittingState
from tcd_desktop.i18n import LazyText, _, lazy, ngettext
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.receptions.drafts_desk import KeptDraft
from tcd_desktop.store.lists import due_lists
from tcd_desktop.store.lists.due_lists import Lines, Missing, VisitLine
from tcd_desktop.store.lists.pages import CasePages, CaseQuery, CaseRow, Count, earliest_due
from tcd_desktop.ui.calendar.sitting_rows import hours, receiver, short_kind_of, state_chip
from tcd_desktop.ui.calendar.sitting_task import SittingTask
from tcd_desktop.ui.cases.case_words import due_chip, full_day, short_day
from tcd_desktop.ui.exchange.standing import Standing, standing_words
from tcd_desktop.ui.lists.paged_model import Chip
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.receptions.source import ListChoice, Waiting
from tcd_desktop.ui.today.choices import DayChoice, DueChoice
from tcd_desktop.words import masked_name

SHOWN: Final = 5
"""Lines of a section; the last says how many more there are and opens them all."""
SOON: Final = timedelta(days=7)
LONG_AGO: Final = date(2000, 1, 1)


class Section(Enum):
    """The sections in the order in which a day begins."""

    SITTINGS = "sittings"
    DUE = "due"
    OVERDUE = "overdue"
    CASES = "cases"
    REFUSALS = "refusals"
    CONCLUSIONS = "conclusions"
    FOLLOW = "follow"
    REPORTS = "reports"
    PAPERS = "papers"
    CONFLICTS = "conflicts"
    EXCHANGE = "exchange"
    KEYS = "keys"
    DRAFTS = "drafts"


NAMES: dict[Section, LazyText] = {
    Section.SITTINGS: lazy("The head receives"),
    Section.DUE: lazy("Due today"),
    Section.OVERDUE: lazy("Overdue"),
    Section.CASES: lazy("Cases that are due"),
    Section.REFUSALS: lazy("Written refusals"),
    Section.CONCLUSIONS: lazy("Conclusions due"),
    Section.FOLLOW: lazy("Directives and reminders"),
    Section.REPORTS: lazy("Reports due"),
    Section.PAPERS: lazy("Papers missing"),
    Section.CONFLICTS: lazy("PCs differ"),
    Section.EXCHANGE: lazy("Not sent yet"),
    Section.KEYS: lazy("Keys and certificates"),
    Section.DRAFTS: lazy("Drafts"),
}


@dataclass(frozen=True, slots=True)
class VisitTask:
    """A visit and what to do with it: "answer", "refusal_notice", "print", "amend", "" (look)."""

    visit: str
    act: str = ""


@dataclass(frozen=True, slots=True)
class DraftTask:
    """A draft to go on with."""

    name: str


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the morning. `target` is what Enter opens; `act` says it. `first`: begins its section of `total`."""

    id: str
    section: Section
    chip: Chip | None
    title: str
    detail: str
    act: str
    target: Any
    first: bool = False
    total: int = 0

    @property
    def heading(self) -> str:
        """The section's name with its number, on its first line."""
        if not self.first:
            return ""
        return f"{NAMES[self.section]} · {self.total}" if self.total > 1 else str(NAMES[self.section])


def read_tasks(office: OpenOffice, standing: Standing | None) -> tuple[Task, ...]:
    """Reads everything that waits here; in a reader thread."""
    from tcd_desktop.services.receptions.slip_desk import FORM  # the first screen comes without the desks

    today, mine = office.today(), office.office.id
    with office.store.reading() as connection:
        due = due_lists.answers(connection, mine, today, today, limit=SHOWN)
        late = due_lists.answers(connection, mine, LONG_AGO, today - timedelta(days=1), limit=SHOWN)
        refused = due_lists.refusals(connection, mine, limit=SHOWN)
        asked = CaseQuery(offices=(mine,), due_by=today)
        cases, case_count = earliest_due(connection, asked, SHOWN), CasePages().count(connection, asked)
        lacking = {
            missing: due_lists.papers(connection, mine, missing, today, form=FORM, limit=SHOWN) for missing in Missing
        }
    found = (
        *_sittings(office, today),
        *_answers(Section.DUE, due, today),
        *_answers(Section.OVERDUE, late, today),
        *_cases(cases, case_count, today),
        *_refusals(refused, today),
        *_conclusions(office, today),
        *_follow(office, today),
        *_reports(office),
        *_papers(lacking, today),
        *_conflicts(office),
        *_exchange(standing, today),
        *_keys(office),
        *_drafts(office.drafts.all()),
    )
    return tuple(found)


def _section(lines: Sequence[Task], total: int, rest: Task | None = None) -> Iterator[Task]:
    """The lines with their heading; when there are more, a last one that opens them all."""
    for number, line in enumerate(lines):
        yield replace(line, first=number == 0, total=total)
    if rest is not None and total > len(lines):
        yield replace(rest, total=total)


def _more(section: Section, count: int, target: Any) -> Task:
    words = ngettext("and {n} more", "and {n} more", count).format(n=grouped(count))
    return Task(f"{section.value}:more", section, None, words, "", _("See all"), target)


# -- sittings and conclusions ------------------------------------------------------------------------------


def _sittings(office: OpenOffice, today: date) -> Iterator[Task]:
    """Today's, then those of which nobody said what happened, then notices to put up by tomorrow or late."""
    desk = office.sittings
    here, asked = desk.today(), desk.without_outcome()
    tomorrow = office.clocks.calendar(today.year).next_working(today + timedelta(days=1))
    coming = [one for one in desk.between(today + timedelta(days=1), tomorrow) if one.state is SittingState.PLANNED]
    known = {one.id for one in (*here, *asked, *coming)}
    post = [one for one in desk.to_post(tomorrow) if one.id not in known]
    lines = [
        *(_sitting(one, _todays_act(one), today) for one in here),
        *(_sitting(one, ("hold", _("Say what happened")), today) for one in asked),
        *(_sitting(one, ("post", _("Record the posting")), today, _late(office, one, today)) for one in coming),
        *(_sitting(one, ("post", _("Record the posting")), today, _late(office, one, today)) for one in post),
    ]
    rest = _more(Section.SITTINGS, len(lines) - SHOWN, ("calendar", None))
    yield from _section(lines[:SHOWN], len(lines), rest)


def _todays_act(one: Sitting) -> tuple[str, str]:
    return "", _("Look") if one.state is SittingState.POSTPONED else _("Open the sitting")


def _late(office: OpenOffice, one: Sitting, today: date) -> Chip | None:
    due = office.sittings.post_by(one.kind, one.day)
    if due is None:
        return None
    if due < today:
        return Chip(_("Posting late"), "danger", "triangle-alert")
    return Chip(_("Post by {day}").format(day=short_day(due, today)), "warning", "clock")


def _sitting(one: Sitting, act: tuple[str, str], today: date, chip: Chip | None = None) -> Task:
    title = _("Today") if one.day == today else full_day(one.day)
    title = f"{title}, {hours(one.start, one.end)}".rstrip(", ")
    detail = " · ".join(filter(None, (short_kind_of(one), receiver(one), one.place)))
    target = SittingTask(one.id, act[0])
    return Task(f"sitting:{one.id}", Section.SITTINGS, chip or state_chip(one, today), title, detail, act[1], target)


def _conclusions(office: OpenOffice, today: date) -> Iterator[Task]:
    found = office.conclusions.open(until=today + SOON)
    lines = [
        Task(
            f"conclusion:{one.id}",
            Section.CONCLUSIONS,
            due_chip(one.due, today),
            one.responsible,
            one.content.split("\n", 1)[0],
            _("Record the result"),
            SittingTask(one.sitting, "finish", one.id),
        )
        for one in found[:SHOWN]
    ]
    yield from _section(lines, len(found), _more(Section.CONCLUSIONS, len(found) - SHOWN, ("calendar", None)))


def _follow(office: OpenOffice, today: date) -> Iterator[Task]:
    from tcd_desktop.ui.today.follow_tasks import follow_lines  # the first screen comes without the desks

    found = follow_lines(office, today + SOON)
    section = Section.FOLLOW
    lines = [Task(one.id, section, one.chip, one.title, one.detail, one.act, one.target) for one in found[:SHOWN]]
    yield from _section(lines, len(found), _more(section, len(found) - SHOWN, ("directives", None)))


def _reports(office: OpenOffice) -> Iterator[Task]:
    from tcd_desktop.ui.today.report_tasks import report_lines  # the first screen comes without the desks

    found, section = report_lines(office), Section.REPORTS
    lines = [Task(one.id, section, one.chip, one.title, one.detail, one.act, one.target) for one in found[:SHOWN]]
    yield from _section(lines, len(found), _more(section, len(found) - SHOWN, ("reports", None)))


# -- visits ------------------------------------------------------------------------------------------------


def _visit(section: Section, line: VisitLine, chip: Chip | None, act: str, words: str) -> Task:
    name = line.name or masked_name(line.classification)
    return Task(
        f"{section.value}:{act}:{line.id}",
        section,
        chip,
        name,
        f"{line.number} · {line.content}",
        words,
        VisitTask(line.id, act),
    )


def _answers(section: Section, found: Lines, today: date) -> Iterator[Task]:
    words = _("Record the answer")
    lines = [_visit(section, line, due_chip(line.due, today), "answer", words) for line in found.rows]
    all_of_them = (
        ListChoice(waiting=Waiting.OVERDUE) if section is Section.OVERDUE else DueChoice(waiting=Waiting.OPEN, by=today)
    )
    yield from _section(lines, found.total, _more(section, found.total - len(lines), ("receptions", all_of_them)))


def _refusals(found: Lines, today: date) -> Iterator[Task]:
    words = _("Issue the notice")
    section = Section.REFUSALS
    lines = [_visit(section, line, due_chip(line.due, today), "refusal_notice", words) for line in found.rows]
    yield from _section(lines, found.total, _more(section, found.total - len(lines), ("receptions", ListChoice())))


def _cases(rows: Sequence[CaseRow], count: Count, today: date) -> Iterator[Task]:
    """Cases whose next time limit ends today or is past, the longest late first."""
    lines = [
        Task(
            f"case:{row.id}",
            Section.CASES,
            due_chip(row.due, today),
            row.number,
            row.title,
            _("Take the next step"),
            ("cases", row.id),
        )
        for row in rows
    ]
    rest = _more(Section.CASES, count.value - len(lines), ("cases", CaseQuery(due_by=today)))
    yield from _section(lines, count.value, rest)


_PAPER_WORDS: dict[Missing, tuple[LazyText, str, LazyText]] = {
    Missing.STATEMENT: (lazy("Not read back or signed"), "amend", lazy("Complete the record")),
    Missing.REPRESENTATION: (lazy("No paper of representation"), "amend", lazy("Enter the paper")),
    Missing.SLIP: (lazy("Slip not printed"), "print", lazy("Print the slip")),
    Missing.HANDING_OVER: (lazy("Slip not handed over"), "", lazy("Hand it over")),
}


def _papers(lacking: dict[Missing, Lines], today: date) -> Iterator[Task]:
    lines = []
    for missing, (words, act, next_words) in _PAPER_WORDS.items():
        chip = Chip(str(words), "neutral", "file-text")
        for line in lacking[missing].rows:
            task = _visit(Section.PAPERS, line, chip, act, str(next_words))
            lines.append(replace(task, id=f"papers:{missing.value}:{line.id}"))
    total = sum(found.total for found in lacking.values())
    since = today - due_lists.PAPER_DAYS
    rest = _more(Section.PAPERS, total - SHOWN, ("receptions", DayChoice(since=since, until=today)))
    yield from _section(_fair(lines)[:SHOWN], total, rest)


def _fair(lines: Sequence[Task]) -> list[Task]:
    """One line of each kind before the second of any, so that a long kind hides none."""
    kinds: dict[str, list[Task]] = {}
    for line in lines:
        kinds.setdefault(line.id.split(":")[1], []).append(line)
    return [ones[at] for at in range(SHOWN) for ones in kinds.values() if at < len(ones)]


def _conflicts(office: OpenOffice) -> Iterator[Task]:
    """What two PCs of this office left to a person, as one line."""
    with office.store.reading() as connection:
        count = int(connection.exec_driver_sql("SELECT count(*) FROM conflict").scalar_one())
    if not count:
        return
    words = ngettext("{n} to decide", "{n} to decide", count).format(n=grouped(count))
    detail = _("Two PCs wrote the same thing without knowing of each other.")
    act, target = _("Compare and decide"), ("exchange", "conflicts")
    chip = Chip(_("Both kept"), "warning", "scale")
    yield Task("conflicts", Section.CONFLICTS, chip, words, detail, act, target, True, count)


# -- exchange and drafts -----------------------------------------------------------------------------------


def _exchange(standing: Standing | None, today: date) -> Iterator[Task]:
    """What the superior office has not got: nothing yet, what is on the stick, or the age of the last file."""
    acts = {
        "alone": _("Join the superior office"),
        "asked": _("Enter the answer"),
        "waiting": _("Send the books"),
        "on_stick": _("Read the answer"),
    }
    if standing is None or standing.code not in acts:
        return
    words = standing_words(standing)
    chip = Chip(words.short, "neutral", words.icon)
    act = acts[standing.code]
    yield Task(
        "exchange", Section.EXCHANGE, chip, _sent(standing, today), words.title, act, ("exchange", None), True, 1
    )


def _keys(office: OpenOffice) -> Iterator[Task]:
    from tcd_desktop.ui.today.key_tasks import key_lines  # the first screen comes without the desks

    section = Section.KEYS
    lines = [Task(one.id, section, one.chip, one.title, one.detail, one.act, one.target) for one in key_lines(office)]
    yield from _section(lines, len(lines))


def _sent(standing: Standing, today: date) -> str:
    if standing.sent is None:
        return _("Nothing sent yet")
    sent = standing.sent.at.astimezone() if standing.sent.at.tzinfo else standing.sent.at
    days = (today - sent.date()).days
    return ngettext("Sent {n} day ago", "Sent {n} days ago", days).format(n=days) if days else _("Sent today")


def _drafts(kept: Sequence[KeptDraft]) -> Iterator[Task]:
    if not kept:
        return
    from tcd_desktop.ui.receptions.drafts_page import draft_lines, who  # brings the whole form in

    found = draft_lines(list(kept))
    lines = [
        Task(
            f"draft:{line.name}",
            Section.DRAFTS,
            None,
            who(line.first),
            line.first.content.split("\n", 1)[0],
            _("Go on with it"),
            DraftTask(line.name),
        )
        for line in found[:SHOWN]
    ]
    yield from _section(lines, len(found), _more(Section.DRAFTS, len(found) - SHOWN, DraftTask("")))
