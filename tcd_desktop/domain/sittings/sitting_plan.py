"""The year's calendar of the head's receptions (lịch tiếp công dân): rules in, days out, each move with its reason.

    plan_days(2027, (PlanRule(pattern=Pattern.DAYS_OF_MONTH, days=(5, 20)),), calendar)

A rule names days of the month ("ngày 5 và 20"), weekdays of the month ("thứ Năm tuần thứ nhất và thứ ba") or one day
of every week. A day on which the office does not work moves; two receptions never stand on one day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Final

from tcd_desktop.domain.clocks.calendar import WorkingCalendar
from tcd_desktop.domain.problems import Problem

LAST: Final = -1
"""The last week or the last day of the month."""

TAKEN: Final = "taken"
"""Why a day was passed over when another reception stands on it, beside the reasons of the calendar."""

_DAY: Final = timedelta(days=1)


class Pattern(StrEnum):
    """How a rule names its days."""

    DAYS_OF_MONTH = "days_of_month"
    WEEKS_OF_MONTH = "weeks_of_month"
    EVERY_WEEK = "every_week"


class Shift(StrEnum):
    """Where a day goes on which the office does not work.

    NEXT: the working day after it. PREVIOUS: the one before. SAME_MONTH: the one after it, but the one before when
    the month would end, so that no month loses a day. A day never leaves its year.
    """

    NEXT = "next"
    PREVIOUS = "previous"
    SAME_MONTH = "same_month"


class Part(StrEnum):
    """Buổi sáng, buổi chiều, cả ngày."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    ALL_DAY = "all_day"


HOURS: Final = {
    Part.MORNING: (time(8), time(11, 30)),
    Part.AFTERNOON: (time(13, 30), time(17)),
    Part.ALL_DAY: (time(8), time(17)),
}
"""From and to, as offices post them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRule:
    """One rule of the year. `days`: 1 to 31 (in a shorter month its last day); `weeks`: 1 to 5 or LAST, of `weekday`
    (0 = Monday)."""

    pattern: Pattern
    days: tuple[int, ...] = ()
    weekday: int = 3
    weeks: tuple[int, ...] = ()
    part: Part = Part.MORNING
    shift: Shift = Shift.NEXT

    def problem(self) -> Problem | None:
        """What keeps the rule from naming any day."""
        if self.pattern is Pattern.DAYS_OF_MONTH:
            if not self.days:
                return Problem("plan_days_missing")
            if any(not 1 <= day <= 31 for day in self.days):
                return Problem("plan_days_range")
        if self.pattern is Pattern.WEEKS_OF_MONTH and not self.weeks:
            return Problem("plan_weeks_missing")
        return None


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day of the plan. `wanted` is what the rule said; `skipped` are the days passed over, with their reasons."""

    day: date
    wanted: date
    part: Part
    skipped: tuple[tuple[date, str], ...] = ()

    @property
    def moved(self) -> bool:
        """True when the day is not the one the rule named."""
        return self.day != self.wanted

    @property
    def reason(self) -> str:
        """Why it moved: the reason of the day the rule named; "" when it did not."""
        return self.skipped[0][1] if self.skipped else ""


def plan_days(
    year: int,
    rules: Sequence[PlanRule],
    calendar: WorkingCalendar,
    *,
    since: date | None = None,
    taken: Collection[date] = (),
) -> tuple[PlannedDay, ...]:
    """The days of a year by these rules, in order, from `since` on.

    Two rules that name the same day make one reception (the whole day when one is in the morning and one in the
    afternoon). Days that stand as they are named come first; those that must move give way to them and to `taken`
    days, and take the next free one. A named day that is `taken` is there already, on it or on the day it was moved
    to, and is left out: planning twice adds nothing.
    """
    first, last = max(since or date(year, 1, 1), date(year, 1, 1)), date(year, 12, 31)
    wanted: dict[date, tuple[Part, Shift]] = {}
    for rule in rules:
        for day in _named(year, rule):
            if first <= day <= last:
                known = wanted.get(day)
                wanted[day] = (_both(known[0], rule.part) if known else rule.part, known[1] if known else rule.shift)
    standing = {day for day in wanted if calendar.is_working(day)}
    held = set(taken) | standing
    found = [PlannedDay(day, day, wanted[day][0]) for day in standing if day not in taken]
    for day in sorted(set(wanted) - standing - set(taken)):
        part, shift = wanted[day]
        moved = _moved(day, shift, calendar, held, first, last)
        if moved is not None:
            held.add(moved.day)
            found.append(replace(moved, part=part))
    return tuple(sorted(found, key=lambda one: one.day))


def _both(one: Part, other: Part) -> Part:
    return one if one is other else Part.ALL_DAY


def _named(year: int, rule: PlanRule) -> Iterator[date]:
    """The days a rule names, whatever the calendar says."""
    if rule.pattern is Pattern.EVERY_WEEK:
        day = date(year, 1, 1)
        day += timedelta(days=(rule.weekday - day.weekday()) % 7)
        while day.year == year:
            yield day
            day += timedelta(days=7)
        return
    for month in range(1, 13):
        length = monthrange(year, month)[1]
        if rule.pattern is Pattern.DAYS_OF_MONTH:
            yield from sorted({date(year, month, min(day, length)) for day in rule.days})
        else:
            same = [date(year, month, day) for day in range(1, length + 1)]
            same = [day for day in same if day.weekday() == rule.weekday]
            yield from sorted({same[week - 1 if week > 0 else -1] for week in rule.weeks if week <= len(same)})


def _moved(
    day: date, shift: Shift, calendar: WorkingCalendar, held: Collection[date], first: date, last: date
) -> PlannedDay | None:
    """Where a day goes that cannot stand; None when the year has no free working day on either side."""
    forward = shift is not Shift.PREVIOUS
    if shift is Shift.SAME_MONTH:
        inside = (date(day.year, day.month, 1), date(day.year, day.month, monthrange(day.year, day.month)[1]))
        for step in (_DAY, -_DAY):
            found = _walk(day, step, calendar, held, max(first, inside[0]), min(last, inside[1]))
            if found is not None:
                return found
    steps = (_DAY, -_DAY) if forward else (-_DAY, _DAY)
    return next((found for step in steps if (found := _walk(day, step, calendar, held, first, last))), None)


def _walk(
    day: date, step: timedelta, calendar: WorkingCalendar, held: Collection[date], first: date, last: date
) -> PlannedDay | None:
    skipped: list[tuple[date, str]] = []
    at = day
    while first <= at <= last:
        reason = calendar.reason_off(at) or (TAKEN if at in held else None)
        if reason is None:
            return PlannedDay(at, day, Part.MORNING, tuple(skipped))
        skipped.append((at, reason))
        at += step
    return None
