"""How a case under review is shown: its line in the list, and everything about it beside the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.follow_up.follow_up_terms import ReviewState
from tcd_desktop.domain.follow_up.review_row import ReviewRow
from tcd_desktop.i18n import _, lazy
from tcd_desktop.services.follow_up.review_desk import Proposal
from tcd_desktop.ui.cases.case_words import due_chip, short_day, short_office
from tcd_desktop.ui.lists.paged_model import Chip, Column, Tone
from tcd_desktop.words import word
from tcd_desktop.words.review_words import age_words, criteria_words

_STATES: dict[ReviewState, tuple[Tone, str]] = {
    ReviewState.PROPOSED: ("neutral", "circle-help"),
    ReviewState.LISTED: ("accent", "list"),
    ReviewState.DISMISSED: ("closed", "circle-x"),
    ReviewState.IN_PROGRESS: ("accent", "hourglass"),
    ReviewState.SETTLED: ("success", "circle-check"),
    ReviewState.WITHDRAWN: ("success", "handshake"),
    ReviewState.CLOSED_BY_NOTICE: ("closed", "stamp"),
    ReviewState.AT_COURT: ("warning", "scale"),
    ReviewState.STUCK: ("warning", "triangle-alert"),
}


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """A proposal with what is known of its case."""

    proposal: Proposal
    row: ReviewRow

    @property
    def id(self) -> str:
        """The case's id: a proposal has no record of its own."""
        return self.proposal.measure.case


def state_chip(state: ReviewState) -> Chip:
    """The state of a review."""
    tone, icon = _STATES[state]
    return Chip(word(state), tone, icon)


def measure_chip(row: ReviewRow, today: date) -> Chip | None:
    """How near the day of the measure is; None when it ended or has no day."""
    return due_chip(row.entry.due, today) if row.open else None


def matter(row: ReviewRow) -> str:
    """The matter in one line; a case that its ward has not sent yet says so."""
    return " ".join(row.case.title.split()) if row.case else _("The case has not come with a bundle yet")


def ward_name(row: ReviewRow) -> str:
    """The ward in a narrow column: "Nguyễn Du"."""
    return short_office(row.unit_name).removeprefix("Phường ")


def number(row: ReviewRow) -> str:
    """The number of the case."""
    return row.case.book_number if row.case else ""


def review_columns(today: Callable[[], date], *, wards: bool) -> tuple[Column, ...]:
    """The list of cases under review; `wards` says whose case it is."""

    def due(row: ReviewRow) -> Chip | None:
        return measure_chip(row, today())

    def first(row: ReviewRow) -> str:
        return short_day(row.entry.first_arisen, today())

    def plan(row: ReviewRow) -> str:
        return word(row.entry.plan) if row.entry.plan else ""

    columns = [
        Column("number", lazy("Case"), 106, text=number, strong=True),
        Column("matter", lazy("Content"), 92, text=matter, tooltip=matter, stretch=True),
        Column("people", lazy("People"), 76, text=lambda row: str(row.people or ""), align="right"),
        Column("first", lazy("Arisen"), 96, text=first, align="right", shown=False),
        Column("criteria", lazy("Criteria"), 112, text=_criteria, tooltip=_criteria),
        Column("plan", lazy("Plan"), 120, text=plan, shown=False),
        Column("responsible", lazy("In charge"), 130, text=lambda row: row.entry.responsible, shown=False),
        Column("due", lazy("Measure due"), 160, text=lambda row: "", chip=due),
        Column("state", lazy("State"), 176, text=lambda row: "", chip=lambda row: state_chip(row.entry.state)),
    ]
    return (_ward_column(), *columns) if wards else tuple(columns)


def proposal_columns(today: Callable[[], date], *, wards: bool) -> tuple[Column, ...]:
    """The proposals: what is about them and why."""

    def age(one: ProposedRow) -> str:
        return age_words(one.proposal.measure.first, today())

    columns = [
        Column("number", lazy("Case"), 106, text=lambda one: number(one.row), strong=True),
        Column("matter", lazy("Matter"), 140, text=lambda one: matter(one.row), stretch=True),
        Column("people", lazy("People"), 78, text=lambda one: str(one.proposal.measure.people), align="right"),
        Column("visits", lazy("Visits"), 78, text=_visits, align="right", shown=False),
        Column("age", lazy("Open for"), 132, text=age),
        Column("criteria", lazy("Why"), 196, text=_why, tooltip=_why),
    ]
    if wards:
        columns.insert(0, Column("ward", lazy("Ward"), 112, text=lambda one: ward_name(one.row)))
    return tuple(columns)


def _visits(one: ProposedRow) -> str:
    return str(one.proposal.measure.visits)


def _why(one: ProposedRow) -> str:
    return criteria_words(one.proposal.criteria)


def _ward_column() -> Column:
    return Column("ward", lazy("Ward"), 112, text=ward_name)


def _criteria(row: ReviewRow) -> str:
    return criteria_words(row.entry.criteria) or _("By a person")
