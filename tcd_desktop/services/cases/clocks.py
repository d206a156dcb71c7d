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
    """Computes deadlines under the holidays of the law data and the tables of days off that hold here.

    Those are the superior's days with a decision, as they came down with its answers, then the office's own lines.
    """

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
            self._calendars[year] = self._make_calendar(range(year - 1, year + 2), days_off(self._store))
        return self._calendars[year]

    def forget(self) -> None:
        """The office's days off have changed."""
        self._calendars.clear()


def days_off(store: Store) -> list[DayOff]:
    """The superior's days with a decision, then the office's own lines, which stand over them; each by date."""
    above = "office IN (SELECT under FROM office WHERE id = ?) AND decision <> ''"
    condition = f"active = 1 AND (office = ? OR ({above})) ORDER BY office = ?, day"
    return store.all(DayOff, condition, (store.office,) * 3)
