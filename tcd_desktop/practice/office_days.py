"""The working days on which the practice wards receive citizens, and when in the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from tcd_desktop.domain.clocks.calendar import WorkingCalendar

ANSWER_DAYS = 10
"""Working days within which a citizen is answered (Luật Tiếp công dân Điều 28(1))."""

HEAD_DAYS = (8, 22)
"""Around these days of the month the ward's chairman receives: two days a month (Luật Điều 15)."""

_HEAD_WEIGHT = 3
"""So many times more people come on a day on which the chairman receives."""

_MORNING, _AFTERNOON = 210, 180
"""Minutes of reception: 8:00 to 11:30 and 13:30 to 16:30."""

_TODAY = 150
"""On the last day people have come until 10:30."""

CLOCK = tuple(time(minute // 60, minute % 60) for minute in range(24 * 60))
"""The times of a day by minute, made once."""

STARTS = (*range(8 * 60, 8 * 60 + _MORNING), *range(13 * 60 + 30, 13 * 60 + 30 + _AFTERNOON))
"""The minutes of the day in which a visit may begin."""


@dataclass(frozen=True, slots=True)
class OfficeDays:
    """Working days in order; `last` is the index of the last day with visits, later days are for deadlines.

    `head_days` are indexes. `slots` are equal shares of visitors: the day, the part of the day it begins with
    (0 to 1) and the part it lasts.
    """

    days: tuple[date, ...]
    last: int
    head_days: frozenset[int]
    slots: tuple[tuple[int, float, float], ...]

    def arrivals(self, count: int, random: Random) -> list[tuple[int, int]]:
        """Day and minute of so many visits in order of time; more lately, some on the last day."""
        chance = random.random
        width = len(self.slots)
        today = min(3, count // 30)
        places = [chance() ** 0.75 * width for _ in range(count - today)]
        begin = width - sum(slot[0] == self.last for slot in self.slots[-_HEAD_WEIGHT:])
        places += [begin + chance() * (width - begin) for _ in range(today)]
        return [self._arrival(place) for place in sorted(places)]

    def _arrival(self, place: float) -> tuple[int, int]:
        day, begin, part = self.slots[int(place)]
        minutes = _TODAY if day == self.last else len(STARTS)
        return day, STARTS[int((begin + (place - int(place)) * part) * minutes)]


def office_days(until: date, years: int, calendar: WorkingCalendar) -> OfficeDays:
    """The working days of so many years that end on `until`, and two months more for the deadlines."""
    first = _years_before(until, years)
    span = (until - first).days + 62
    every_day = (first + timedelta(days=number) for number in range(span))
    days = tuple(day for day in every_day if calendar.is_working(day))
    last = sum(day <= until for day in days) - 1
    if last < 0:
        raise ValueError(f"no working day in the {years} years before {until}")
    head_days = frozenset(_head_days(days[: last + 1]))
    slots: list[tuple[int, float, float]] = []
    for index in range(last + 1):
        parts = _HEAD_WEIGHT if index in head_days else 1
        slots += [(index, part / parts, 1 / parts) for part in range(parts)]
    return OfficeDays(days=days, last=last, head_days=head_days, slots=tuple(slots))


def _head_days(days: tuple[date, ...]) -> list[int]:
    """The first working day from each of HEAD_DAYS on, in every month."""
    wanted = {(day.year, day.month, least) for day in days for least in HEAD_DAYS}
    found = []
    for index, day in enumerate(days):
        for least in HEAD_DAYS:
            if day.day >= least and (day.year, day.month, least) in wanted:
                wanted.discard((day.year, day.month, least))
                found.append(index)
    return found


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
