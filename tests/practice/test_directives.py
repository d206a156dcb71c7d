"""The practice district directs, reminds and closes; its wards report and carry out; the same for a seed."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

from tcd_desktop.domain.follow_up.follow_up_terms import ObligationState
from tcd_desktop.open_office import OpenOffice, open_office
from tcd_desktop.practice.directives import DIRECTIVES
from tcd_desktop.practice.world import PASSWORD, MovedClock, make_world

MONDAY = date(2026, 11, 23)


def opened(home: Path) -> OpenOffice:
    return open_office(home, PASSWORD, now=MovedClock(datetime.combine(MONDAY, time(14))))


def story(office: OpenOffice) -> list[tuple[object, ...]]:
    directives = [
        (line.directive.number, line.directive.due, line.directive.closed_on, line.waiting_for, len(line.reminders))
        for line in office.directives.lines()
    ]
    duties = [
        (line.obligation.number, line.obligation.due, line.obligation.state) for line in office.obligations.lines()
    ]
    return [*directives, *sorted(duties)]


def test_a_dozen_directives_are_overdue_reminded_reported_and_closed_and_the_same_for_a_seed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_world(tmp_path / name, wards=4, receptions=160, until=MONDAY, delivered=True)
    first, second = opened(tmp_path / "one" / "district"), opened(tmp_path / "two" / "district")
    ward = opened(tmp_path / "one" / "ward-01")
    try:
        assert story(first) == story(second)
        lines = first.directives.lines()
        assert len(lines) == len(DIRECTIVES) == 12
        assert sum(line.overdue_by(MONDAY) > 0 for line in lines) >= 3
        assert any(line.reports for line in lines) and any(line.reminders for line in lines)
        assert sum(line.directive.closed_on is not None for line in lines) == 2
        assert any(line.directive.cases for line in lines)
        states = {line.obligation.state for line in first.obligations.lines()}
        assert {ObligationState.WAITING, ObligationState.DONE} <= states
        assert len(ward.directives.lines()) == 12, "the stick brought them all to the first ward"
        assert ward.obligations.lines() and ward.check() == first.check() == []
    finally:
        for office in (first, second, ward):
            office.close()
