"""Working days (ngày làm việc): which days count, which do not, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from tcd_desktop.domain.problems import Refused

WEEKEND: Final = "weekend"
"""The reason of a Saturday or Sunday that nobody declared working; every other reason is Vietnamese text."""

_ONE_DAY: Final = timedelta(days=1)

Skipped = tuple[tuple[date, str], ...]
"""Days that were not counted, in the order of the count, each with its reason."""


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Monday to Friday, without days off (ngày nghỉ lễ, nghỉ bù), with make-up days (ngày làm bù).

    `days_off` and `working` give the reason in Vietnamese. A day in both is a working day. `version` names
    the content and goes into every date computed with it. `years` are the years it knows (None: all); asking
    about another raises Refused("no_calendar", year): a date computed without its holidays would be wrong
    without a sign.
    """

    days_off: Mapping[date, str] = field(default_factory=dict)
    working: Mapping[date, str] = field(default_factory=dict)
    version: str = ""
    years: frozenset[int] | None = None

    def check_known(self, day: date) -> None:
        """Raises Refused("no_calendar", year) when the holidays of that year are not known."""
        if self.years is not None and day.year not in self.years:
            raise Refused("no_calendar", year=day.year)

    def reason_off(self, day: date) -> str | None:
        """Why `day` is no working day: WEEKEND or the holiday's name. None on a working day."""
        self.check_known(day)
        if day in self.working:
            return None
        return self.days_off.get(day) or (WEEKEND if day.weekday() >= 5 else None)

    def is_working(self, day: date) -> bool:
        """True when the office works on `day`."""
        return self.reason_off(day) is None

    def next_working(self, day: date) -> date:
        """`day` itself when the office works, else the first working day after it."""
        while not self.is_working(day):
            day += _ONE_DAY
        return day

    def previous_working(self, day: date) -> date:
        """`day` itself when the office works, else the last working day before it."""
        while not self.is_working(day):
            day -= _ONE_DAY
        return day

    def add_working_days(self, start: date, count: int) -> tuple[date, Skipped]:
        """The `count`-th working day after `start` and the days off on the way.

        The day of the event itself is not counted (Bộ luật Dân sự Điều 147). A negative `count` goes back: -5
        is the fifth working day before `start`. Count 0 is `start`, whatever day it is.
        """
        step = _ONE_DAY if count > 0 else -_ONE_DAY
        day, left, skipped = start, abs(count), list[tuple[date, str]]()
        while left:
            day += step
            reason = self.reason_off(day)
            if reason is None:
                left -= 1
            else:
                skipped.append((day, reason))
        return day, tuple(skipped)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` is before `start`."""
        if end < start:
            return -self.working_days_between(end - _ONE_DAY, start - _ONE_DAY)
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(map(self.is_working, days))
