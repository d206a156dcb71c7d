"""Figures to act on: what waits for an answer here; at the district, each ward with its last bundle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tcd_desktop.domain.office import Device, Office
from tcd_desktop.services.follow_up.ward_comparison import Comparison, compare
from tcd_desktop.store.journal import ledger
from tcd_desktop.store.journal.ledger import LedgerLine
from tcd_desktop.store.lists.due_lists import count_answers
from tcd_desktop.store.lists.pages import (
    CasePages,
    CaseQuery,
    Count,
    OfficeCounts,
    ReceptionPages,
    ReceptionQuery,
    counts_by_office,
)
from tcd_desktop.store.store import Store

_DAY = timedelta(days=1)
_EVERY = 10**9
"""The morning's figures are exact."""


@dataclass(frozen=True, slots=True)
class TodayFigures:
    """The morning's figures: overdue answers, due today, due within a week, open cases, visits of today."""

    overdue: Count
    due_today: Count
    due_soon: Count
    open_cases: Count
    visits_today: Count


@dataclass(frozen=True, slots=True)
class WardLine:
    """One ward on the district's board, with the last bundle that was imported from it."""

    office: str
    name: str
    devices: int
    counts: OfficeCounts
    last: LedgerLine | None


class Board:
    """Reads only."""

    def __init__(self, store: Store, *, office: Office, today: Callable[[], date]) -> None:
        self._store = store
        self._office = office
        self._today = today

    def today(self) -> TodayFigures:
        """What this office has to do now."""
        day, mine = self._today(), self._office.id
        with self._store.reading() as connection:

            def due(since: date, until: date) -> Count:
                return Count(count_answers(connection, mine, since, until))

            cases = CaseQuery(offices=(mine,), open_only=True)
            visits = ReceptionQuery(offices=(mine,), since=day, until=day)
            return TodayFigures(
                overdue=due(date.min, day - _DAY),
                due_today=due(day, day),
                due_soon=due(day + _DAY, day + timedelta(days=7)),
                open_cases=CasePages().count(connection, cases, cap=_EVERY),
                visits_today=ReceptionPages().count(connection, visits, cap=_EVERY),
            )

    def wards(self) -> list[WardLine]:
        """The enrolled wards by code, with their figures and last bundle."""
        with self._store.reading() as connection:
            counts = counts_by_office(connection, self._today())
            last = {line.office: line for line in ledger.latest_applied(connection)}
        names = {office.id: office.name for office in self._store.all(Office)}
        devices: dict[str, list[Device]] = {}
        for device in self._store.all(Device, "unit <> ? ORDER BY unit, series", (self._office.id,)):
            devices.setdefault(device.unit, []).append(device)
        return [
            WardLine(
                office=code,
                name=names.get(code) or known[0].name,
                devices=len(known),
                counts=counts.get(code, OfficeCounts(code)),
                last=last.get(code),
            )
            for code, known in sorted(devices.items())
        ]

    def compare(self, since: date, until: date) -> Comparison:
        """The wards side by side over a period, both days included."""
        return compare(self._store, self._office.id, since, until, self._today())
