"""Figures of two times set side by side: what differs from a sent report, what jumped since the last period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tcd_desktop.domain.reports.report_period import JumpRule, ReportPeriod
from tcd_desktop.domain.reports.sent_report import FigureRow

Place = tuple[str, str, int]
"""(form, unit, column from 1 on)."""
TOTAL: Final = ""
"""`unit` of the line that adds all offices up."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that the books tell otherwise today than it was sent. A line that was not sent has been 0."""

    form: str
    unit: str
    column: int
    sent: int
    now: int

    @property
    def change(self) -> int:
        """How many more (or fewer, below 0) the books have."""
        return self.now - self.sent


class Origin(StrEnum):
    """Where earlier figures come from: a report as it was sent, or the books as they are today."""

    SENT = "sent"
    BOOKS = "books"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The figures of an earlier period."""

    period: ReportPeriod
    origin: Origin
    values: Mapping[Place, int]

    @property
    def known(self) -> bool:
        """Whether anything at all was counted then: an office that did not keep its books yet has nothing but 0."""
        return any(self.values.values())


@dataclass(frozen=True, slots=True)
class Compared:
    """Kỳ trước and cùng kỳ năm trước of one report. `odd` are the places whose change is pointed at."""

    before: Earlier
    year_before: Earlier
    odd: frozenset[Place]


def places(figures: Iterable[FigureRow]) -> dict[Place, int]:
    """Every figure by its place."""
    return {(row.form, row.unit, at): value for row in figures for at, value in enumerate(row.values, start=1)}


def differences(sent: Iterable[FigureRow], now: Iterable[FigureRow]) -> tuple[Difference, ...]:
    """What is not the same, in the order of the tables and lines."""
    then, today = places(sent), places(now)
    order = dict.fromkeys((*today, *then))
    return tuple(
        Difference(*place, sent=then.get(place, 0), now=today.get(place, 0))
        for place in sorted(order, key=lambda place: (place[0], place[1] != TOTAL, place[1], place[2]))
        if then.get(place, 0) != today.get(place, 0)
    )


def odd_places(now: Mapping[Place, int], earlier: Iterable[Earlier], rule: JumpRule) -> frozenset[Place]:
    """Where a figure changed by more than the rule allows, against a period that was counted at all."""
    return frozenset(
        place
        for one in earlier
        if one.known
        for place, value in now.items()
        if rule.odd(value, one.values.get(place, 0))
    )
