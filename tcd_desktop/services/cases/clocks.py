"""The law's clocks with this office's own calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from tcd_desktop.domain.clocks.calendar import WorkingCalendar
from tcd_desktop.domain.clocks.deadlines import Deadline, LawBook, Suspensions, compute
from tcd_desktop.domain.office import DayOff
from tcd_desktop.domain.problems import Refused
from tcd_desktop.store.store import Store

ANSWER = "TCD.answer"
"""Luật Tiếp công dân Điều 28(1): ten working days to answer the citizen."""

MakeCalendar = Callable[[Iterable[int], Iterable[DayOff]], WorkingCalendar]


class Clocks:
    """Computes deadlines under the holidays of the law data and the office's own table of days off."""

    def __init__(self, store: Store, book: LawBook, make_calendar: MakeCalendar) -> None:
        self._store = store
        self._book = book
        self._make_calendar = make_calendar
        self._calendars: dict[int, WorkingCalendar] = {}

    def due(
        self,
        rule: str,
        start: date,
        *,
        complex: bool = False,
        remote: bool = False,
        suspended: Suspensions = (),
        extensions: Iterable[int] = (),
    ) -> Deadline:
        """The deadline of a clock that starts on a day, with its explanation."""
        return compute(
            self._book,
            rule,
            start,
            self.calendar(start.year),
            complex=complex,
            remote=remote,
            suspended=suspended,
            extensions=extensions,
        )

    def known(self, rule: str, day: date) -> bool:
        """Whether the law had that clock on a day."""
        try:
            self._book.find(rule, day)
        except Refused:
            return False
        return True

    def calendar(self, year: int) -> WorkingCalendar:
        """The working calendar around a year."""
        if year not in self._calendars:
            overrides = self._store.all(DayOff, "active = 1 AND office = ?", (self._store.office,))
            self._calendars[year] = self._make_calendar(range(year - 1, year + 2), overrides)
        return self._calendars[year]

    def forget(self) -> None:
        """The office's days off have changed."""
        self._calendars.clear()
