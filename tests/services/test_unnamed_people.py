"""Who must not be named in a text about a record, and which texts name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tcd_desktop.domain.terms import SittingKind
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.people.unnamed_people import naming
from tests.offices import DRAFT, SECRET, make_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


def names(office: OpenOffice, table: str, identity: str | None) -> list[str]:
    return [one.name for one in office.unnamed.of(table, identity or "")]


def test_the_denouncer_of_a_visit_is_found_from_everything_that_belongs_to_it(office: OpenOffice) -> None:
    blank = replace(office.sittings.blank(), day=office.today(), leader="Phạm Tiến Vinh", place="Phòng tiếp")
    sitting = office.sittings.add(blank).value
    visit = office.receptions.log(replace(SECRET, sitting=sitting.id), open_case=True).value
    office.sittings.hold(sitting.id)
    told = replace(office.conclusions.blank(sitting), content="Kiểm tra", responsible="Thanh tra")
    conclusion = office.conclusions.add(told).value
    dialogue = replace(blank, kind=SittingKind.DIALOGUE, case=visit.case, leader="Vũ Thị Na")
    of_case = office.sittings.add(dialogue).value
    for table, identity in (
        ("reception", visit.id),
        ("case_file", visit.case),
        ("sitting", sitting.id),
        ("conclusion", conclusion.id),
        ("sitting", of_case.id),
    ):
        assert names(office, table, identity) == [SECRET.name], table


def test_nobody_is_kept_unnamed_behind_an_open_visit(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT, open_case=True).value
    assert names(office, "reception", visit.id) == names(office, "case_file", visit.case) == []
    assert names(office, "reception", "nowhere") == names(office, "attachment", visit.id) == []


def test_only_the_texts_that_tell_are_warned_about(office: OpenOffice) -> None:
    visit = office.receptions.log(SECRET).value
    people = office.unnamed.of("reception", visit.id)
    found = naming(people, {"content": f"bà {SECRET.name.upper()}", "contact": SECRET.phone, "responsible": "Tổ 5"})
    assert set(found) == {"content", "contact"}
    assert all(one.warning and one.code == "names_denouncer" for one in found.values())
