"""Petitions of a practice ward: the same for a seed, of every source and judgement, quick to make."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tcd_desktop.domain.cases.case_file import Petition
from tcd_desktop.domain.cases.petition_rules import petition_problems
from tcd_desktop.domain.problems import blocking
from tcd_desktop.domain.terms import Classification, PetitionSource
from tcd_desktop.open_office import open_office
from tcd_desktop.practice.world import PASSWORD, make_world

MONDAY = date(2026, 11, 23)


def letters(folder: Path) -> list[Petition]:
    make_world(folder, wards=1, receptions=240, until=MONDAY)
    office = open_office(folder / "ward-01", PASSWORD)
    try:
        assert office.tags.names()
        return [one for one in office.store.all(Petition, "1 ORDER BY received_on, number") if one.number]
    finally:
        office.close()


def told(made: list[Petition]) -> list[tuple[object, ...]]:
    return [(one.number, one.received_on, one.source, one.content, one.name, one.direction) for one in made]


def test_the_same_seed_gives_the_same_letters_of_every_kind(tmp_path: Path) -> None:
    first, second = letters(tmp_path / "one"), letters(tmp_path / "two")
    assert told(first) == told(second) and len(first) >= 20
    assert [one.number for one in sorted(first, key=lambda one: (one.year, one.number))]
    assert {PetitionSource.POST, PetitionSource.BOX, PetitionSource.TRANSFER} <= {one.source for one in first}
    assert {True, False} <= {one.eligible for one in first}
    assert any(one.case for one in first) and any(one.anonymous for one in first)
    secret = [one for one in first if one.classification is Classification.DENUNCIATION]
    assert secret and all(one.name == one.address == one.phone == "" for one in secret)
    assert all(not blocking(petition_problems(one, MONDAY)) for one in first)
