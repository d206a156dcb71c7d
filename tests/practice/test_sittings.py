"""The head's receptions of a practice ward: the same for a seed, planned, posted, held, concluded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tcd_desktop.domain.terms import SittingKind, SittingState
from tcd_desktop.open_office import OpenOffice, open_office
from tcd_desktop.practice.world import PASSWORD, MovedClock, make_world

MONDAY = date(2026, 11, 23)


def story(office: OpenOffice) -> list[tuple[object, ...]]:
    found = office.sittings.between(date(2025, 1, 1), date(2027, 12, 31))
    return [(one.day, one.kind, one.state, one.delegate, len(office.sittings.visits(one.id))) for one in found]


def opened(folder: Path) -> OpenOffice:
    from datetime import datetime, time

    return open_office(folder / "ward-01", PASSWORD, now=MovedClock(datetime.combine(MONDAY, time(11))))


def test_a_year_of_sittings_is_the_same_for_a_seed_and_every_scheduled_visit_has_its_sitting(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_world(tmp_path / name, wards=1, receptions=150, until=MONDAY)
    first, second = opened(tmp_path / "one"), opened(tmp_path / "two")
    try:
        told = story(first)
        assert told == story(second)
        assert {SittingState.HELD, SittingState.NOBODY_CAME, SittingState.POSTED} <= {line[2] for line in told}
        assert not first.sittings.without_outcome(), "nobody forgot to say what happened"
        assert [one.day for one in first.sittings.today()] == [MONDAY]
        assert any(line[1] is SittingKind.DIALOGUE and line[0] > MONDAY for line in told)
        held = [line for line in told if line[2] is SittingState.HELD]
        assert held and all(line[4] for line in held)
        assert [month.short for month in first.sittings.duty(2026)][-1] == 0
    finally:
        first.close()
        second.close()
