"""The columns of the board: which figure, when it is bad, and the list it opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tcd_desktop.domain.terms import ReceiverRank
from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.services.follow_up.ward_comparison import ComparedWard, Comparison
from tcd_desktop.store.lists.pages import CaseQuery
from tcd_desktop.ui.directives.directive_task import FollowTask
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.receptions.source import ListChoice, Waiting
from tcd_desktop.ui.wards.ward_state import LATE_AFTER

Figure = Callable[[ComparedWard, date], int | None]
Target = tuple[str, object]
"""A desk and what it is to show."""
Way = Callable[[ComparedWard, Comparison, date], Target]


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A figure of the board. `figure` None is shown as a dash; `bad` marks it red; `way` opens what was counted."""

    key: str
    title: LazyText
    told: LazyText
    width: int
    figure: Figure
    way: Way
    bad: Callable[[int], bool] = lambda _value: False
    unit: str = ""


def _visits(**more: object) -> Way:
    def way(ward: ComparedWard, shown: Comparison, _today: date) -> Target:
        return "receptions", ListChoice(office=ward.office, since=shown.since, until=shown.until, visits=True, **more)  # type: ignore[arg-type]

    return way


def _cases(ward: ComparedWard, _shown: Comparison, _today: date) -> Target:
    return "cases", CaseQuery(offices=_offices(ward), open_only=True)


def _late_cases(ward: ComparedWard, _shown: Comparison, today: date) -> Target:
    return "cases", CaseQuery(offices=_offices(ward), open_only=True, due_by=today - timedelta(days=1))


def _late_answers(ward: ComparedWard, _shown: Comparison, _today: date) -> Target:
    return "receptions", ListChoice(office=ward.office, waiting=Waiting.OVERDUE)


def _directives(ward: ComparedWard, _shown: Comparison, _today: date) -> Target:
    return "directives", FollowTask("directives", act="of_office", office=ward.office)


def _late_directives(ward: ComparedWard, _shown: Comparison, _today: date) -> Target:
    return "directives", FollowTask("directives", act="of_office_overdue", office=ward.office)


def _ledger(_ward: ComparedWard, _shown: Comparison, _today: date) -> Target:
    return "exchange", "ledger"


def _offices(ward: ComparedWard) -> tuple[str, ...]:
    return (ward.office,) if ward.office else ()


def bundle_age(ward: ComparedWard, today: date) -> int | None:
    """Days since the last bundle was imported; None when none was."""
    return max((today - ward.last.at.date()).days, 0) if ward.last else None


def _late_bundle(days: int) -> bool:
    return timedelta(days=days) > LATE_AFTER


COLUMNS: tuple[BoardColumn, ...] = (
    BoardColumn(
        "visits",
        lazy("Visits\nmade"),
        lazy("Visits of the period"),
        52,
        lambda ward, _day: ward.figures.visits,
        _visits(),
    ),
    BoardColumn(
        "people", lazy("People\ncome"), lazy("People who came"), 52, lambda ward, _day: ward.figures.people, _visits()
    ),
    BoardColumn(
        "crowds",
        lazy("Crowds\ncome"),
        lazy("Crowds of five people or more"),
        50,
        lambda ward, _day: ward.figures.crowds,
        _visits(crowd=True),
    ),
    BoardColumn(
        "by_head",
        lazy("By the\nhead"),
        lazy("Visits the head received in person"),
        71,
        lambda ward, _day: ward.figures.by_head,
        _visits(rank=ReceiverRank.HEAD),
    ),
    BoardColumn(
        "on_time",
        lazy("On time\n%"),
        lazy("Answers given in time, of a hundred that were due in the period"),
        70,
        lambda ward, _day: ward.figures.on_time,
        _visits(waiting=Waiting.ANSWERED),
        bad=lambda share: share < 80,
    ),
    BoardColumn(
        "answers_overdue",
        lazy("Answers\noverdue"),
        lazy("Answers whose day has passed, today"),
        66,
        lambda ward, _day: ward.figures.answers_overdue,
        _late_answers,
        bad=bool,
    ),
    BoardColumn(
        "open_cases",
        lazy("Open\ncases"),
        lazy("Cases that are not closed, today"),
        63,
        lambda ward, _day: ward.figures.open_cases,
        _cases,
    ),
    BoardColumn(
        "cases_overdue",
        lazy("Cases\noverdue"),
        lazy("Cases whose deadline has passed, today"),
        66,
        lambda ward, _day: ward.figures.cases_overdue,
        _late_cases,
        bad=bool,
    ),
    BoardColumn(
        "directives_open",
        lazy("Directives\nopen"),
        lazy("Directives the ward has still to carry out"),
        76,
        lambda ward, _day: ward.directives_open,
        _directives,
    ),
    BoardColumn(
        "directives_overdue",
        lazy("Directives\noverdue"),
        lazy("Directives whose day has passed"),
        66,
        lambda ward, _day: ward.directives_overdue,
        _late_directives,
        bad=bool,
    ),
    BoardColumn(
        "bundle",
        lazy("Bundle\ndays ago"),
        lazy("Days since the last bundle"),
        68,
        bundle_age,
        _ledger,
        bad=_late_bundle,
    ),
)


def shown_figure(column: BoardColumn, ward: ComparedWard, today: date) -> str:
    """A cell in letters: nothing is a dash, a ward that never sent says so."""
    value = column.figure(ward, today)
    if value is None:
        return _("never") if column.key == "bundle" and ward.office else "–"
    return grouped(value)


def is_bad(column: BoardColumn, ward: ComparedWard, today: date) -> bool:
    """Whether a cell is marked."""
    value = column.figure(ward, today)
    if value is None:
        return column.key == "bundle" and bool(ward.office)
    return column.bad(value)
