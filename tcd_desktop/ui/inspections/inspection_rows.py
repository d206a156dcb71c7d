"""How rounds and findings are shown in lines: states and days as chips, what was found in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.follow_up.follow_up_terms import FindingState
from tcd_desktop.domain.follow_up.inspection import Finding, FindingReply, InspectionRound
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.services.follow_up.inspection_desk import RoundLine
from tcd_desktop.store.figures.shortcomings import Shortcoming
from tcd_desktop.ui.cases.case_words import due_chip, short_day, short_office
from tcd_desktop.ui.lists.paged_model import Chip, Column, Tone
from tcd_desktop.words import word
from tcd_desktop.words.shortcomings import finding_name, shortcoming_name

_STATES: dict[FindingState, tuple[Tone, str]] = {
    FindingState.FOUND: ("neutral", "search"),
    FindingState.ASKED: ("warning", "clipboard-pen"),
    FindingState.CORRECTED: ("success", "circle-check"),
    FindingState.REFUTED: ("closed", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round with the name of the office it is over."""

    line: RoundLine
    name: str

    @property
    def id(self) -> str:
        """The round's id."""
        return self.line.round.id


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with what the office answered, and what its books tell now (None: they cannot be asked)."""

    finding: Finding
    replies: tuple[FindingReply, ...]
    now: Shortcoming | None
    asked_of_books: bool

    @property
    def id(self) -> str:
        """The finding's id."""
        return self.finding.id

    @property
    def left(self) -> int | None:
        """How many are still so today; None for one that a person found."""
        return (self.now.count if self.now else 0) if self.asked_of_books else None

    @property
    def open(self) -> bool:
        """Neither corrected nor refuted."""
        return self.finding.state in (FindingState.FOUND, FindingState.ASKED)


def finding_rows(line: RoundLine, now: Mapping[str, Shortcoming]) -> list[FindingRow]:
    """The findings of a round, those that wait first."""
    rows = [FindingRow(one, line.replies.get(one.id, ()), now.get(one.code), bool(one.code)) for one in line.findings]
    return sorted(rows, key=lambda row: not row.open)


def period_words(held: InspectionRound, today: date) -> str:
    """ "01/07 - 30/09"."""
    return f"{short_day(held.since, today)} - {short_day(held.until, today)}"


def round_chip(line: RoundLine, today: date) -> Chip:
    """How far a round is."""
    if line.round.closed_on is not None:
        return Chip(_("Concluded"), "closed", "stamp")
    late = len(line.overdue(today))
    if late:
        words = ngettext("{n} correction overdue", "{n} corrections overdue", late)
        return Chip(words.format(n=late), "danger", "triangle-alert")
    if line.open:
        waiting = len(line.open)
        return Chip(ngettext("{n} finding open", "{n} findings open", waiting).format(n=waiting), "warning", "search")
    return Chip(_("All settled"), "success", "circle-check")


def finding_chip(row: FindingRow) -> Chip:
    """The state; an answer that waits to be read says so."""
    if row.open and row.replies:
        return Chip(_("Answered"), "accent", "message-square")
    tone, icon = _STATES[row.finding.state]
    return Chip(word(row.finding.state), tone, icon)


def due_of(row: FindingRow, today: date) -> Chip | None:
    """The day of the correction."""
    return due_chip(row.finding.due, today) if row.open else None


def round_columns(today: Callable[[], date], *, wards: bool) -> tuple[Column, ...]:
    """The rounds, the newest first."""

    def state(row: RoundRow) -> Chip:
        return round_chip(row.line, today())

    def ward(row: RoundRow) -> str:
        return short_office(row.name).removeprefix("Phường ")

    columns = [
        Column("period", lazy("Period"), 136, text=lambda row: period_words(row.line.round, today()), strong=not wards),
        Column("begun", lazy("Begun"), 84, text=lambda row: short_day(row.line.round.begun_on, today()), align="right"),
        Column("lead", lazy("Led by"), 120, text=lambda row: row.line.round.lead, stretch=True),
        Column("decision", lazy("Decision"), 106, text=lambda row: row.line.round.decision_number),
        Column("findings", lazy("Findings"), 80, text=lambda row: str(len(row.line.findings)), align="right"),
        Column("state", lazy("State"), 186, text=lambda row: "", chip=state),
    ]
    if wards:
        columns.insert(0, Column("ward", lazy("Ward"), 124, text=ward, strong=True))
    return tuple(columns)


def finding_columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """The findings of a round."""

    def due(row: FindingRow) -> Chip | None:
        return due_of(row, today())

    def left(row: FindingRow) -> str:
        return "" if row.left is None else str(row.left)

    def name(row: FindingRow) -> str:
        return " ".join(finding_name(row.finding).split())

    return (
        Column("name", lazy("What was found"), 230, text=name, tooltip=name, strong=True, stretch=True),
        Column("count", lazy("Times found"), 80, text=lambda row: str(row.finding.count), align="right"),
        Column("left", lazy("Still so"), 80, text=left, align="right"),
        Column("state", lazy("State"), 206, text=lambda row: "", chip=finding_chip),
        Column("due", lazy("Correct by"), 140, text=lambda row: "", chip=due),
    )


def shortcoming_columns() -> tuple[Column, ...]:
    """What the books tell, before anything is written down."""

    def name(one: Shortcoming) -> str:
        return shortcoming_name(one.code)

    return (
        Column("name", lazy("What the books tell"), 260, text=name, tooltip=name, strong=True, stretch=True),
        Column("count", lazy("How often"), 96, text=lambda one: str(one.count), align="right"),
    )
