"""Whether the head has received citizens often enough (nghĩa vụ tiếp công dân định kỳ), month by month.

The minimum is law data with its date (`resources/law/reception-duty.toml`): for the chairman of a ward two days a month
since 01/07/2026, one day a week before that. Days count when the head was there in person: a delegate's do not, nor
do unscheduled receptions, which the law asks for besides (Luật Tiếp công dân Điều 15(2)c), nor dialogues.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from tcd_desktop.domain.clocks.calendar import WorkingCalendar
from tcd_desktop.domain.sittings.sitting import Sitting
from tcd_desktop.domain.terms import HostBody, OfficeKind, SittingKind, SittingState

_FULFILLED: Final = frozenset({SittingState.HELD, SittingState.NOBODY_CAME})
_COMING: Final = frozenset({SittingState.PLANNED, SittingState.POSTED})
_THURSDAY: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """At least so many days per week or month, for the heads of offices of a kind, in a time."""

    office: OfficeKind
    days: int
    per: Literal["week", "month"]
    article: str
    source: str
    effective_from: date
    effective_to: date | None = None

    def in_force(self, day: date) -> bool:
        """True when the minimum holds on that day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


@dataclass(frozen=True, slots=True)
class DutyMonth:
    """A month: how many days (or weeks with a day) the law wants, have been, and are planned besides.

    `duty` is the minimum that held; a month before and after a change of the law has that of its last day.
    """

    month: date
    duty: Duty | None
    wanted: int
    done: int
    coming: int

    @property
    def short(self) -> int:
        """How many are missing even when everything planned is held."""
        return max(0, self.wanted - self.done - self.coming)


def counts(sitting: Sitting) -> bool:
    """Whether a sitting can count towards the head's duty at all."""
    return (
        sitting.kind is SittingKind.PERIODIC
        and sitting.host is HostBody.COMMITTEE
        and not sitting.delegate
        and not sitting.removed
        and sitting.state is not SittingState.POSTPONED
    )


def duty_of_year(
    year: int,
    sittings: Iterable[Sitting],
    duties: Sequence[Duty],
    calendar: WorkingCalendar,
    *,
    kind: OfficeKind,
    today: date,
) -> tuple[DutyMonth, ...]:
    """The twelve months. What was planned for a day that has gone by without a word does not count."""
    counted = [one for one in sittings if counts(one)]
    done = {one.day for one in counted if one.state in _FULFILLED}
    coming = {one.day for one in counted if one.state in _COMING and one.day >= today} - done
    own = [duty for duty in duties if duty.office is kind]
    return tuple(_month(date(year, month, 1), own, done, coming, calendar) for month in range(1, 13))


def _month(
    first: date, duties: Sequence[Duty], done: set[date], coming: set[date], calendar: WorkingCalendar
) -> DutyMonth:
    last = first.replace(day=monthrange(first.year, first.month)[1])
    duty = next((duty for duty in duties if duty.in_force(last)), None)
    if duty is not None and duty.per == "week":
        return _by_weeks(first, last, duty, done, coming, calendar)

    def within(days: set[date]) -> int:
        return sum(first <= day <= last for day in days)

    return DutyMonth(first, duty, duty.days if duty else 0, within(done), within(coming))


def _by_weeks(
    first: date, last: date, duty: Duty, done: set[date], coming: set[date], calendar: WorkingCalendar
) -> DutyMonth:
    """Weeks belong to the month of their Thursday; one without a working day (Tết) asks for nothing."""
    wanted = held = planned = 0
    thursday = first + timedelta(days=(_THURSDAY - first.weekday()) % 7)
    while thursday <= last:
        week = [thursday + timedelta(days=n - _THURSDAY) for n in range(7)]
        if any(calendar.is_working(day) for day in week):
            wanted += duty.days
            there = sum(day in done for day in week)
            held += min(there, duty.days)
            planned += min(sum(day in coming for day in week), max(0, duty.days - there))
        thursday += timedelta(days=7)
    return DutyMonth(first, duty, wanted, held, planned)
