"""Candidates come through indexes, few and the right ones; nothing of a denouncer leads to one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tcd_desktop.domain.people.resemblance import Telling, telling
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.citizens import CitizenPages, CitizenQuery
from tcd_desktop.store.search.candidates import WordAges, find_candidates
from tcd_desktop.store.search.citizen_search import rebuild_citizens, stale_citizens
from tests.offices import DRAFT, SECRET, make_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


def found(office: OpenOffice, sought: Telling, **known: str) -> list[str]:
    with office.store.reading() as connection:
        return [one.id for one in find_candidates(connection, sought, WordAges(), **known).rows]


def plans(office: OpenOffice, sought: Telling) -> list[str]:
    """How SQLite answers each question of a search for candidates."""
    seen: list[tuple[str, object]] = []
    with office.store.reading() as connection:
        original = type(connection).exec_driver_sql

        def spy(self: object, sql: str, values: object = None, **more: object) -> object:
            seen.append((sql, values))
            return original(self, sql, values, **more)  # type: ignore[arg-type]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(connection), "exec_driver_sql", spy)
            find_candidates(connection, sought, WordAges())
        told = []
        for sql, values in seen:
            told += [str(row[3]) for row in original(connection, f"EXPLAIN QUERY PLAN {sql}", values)]  # type: ignore[arg-type]
    return told


def test_no_question_reads_the_whole_log(office: OpenOffice) -> None:
    office.receptions.log(DRAFT)
    told = plans(office, telling(DRAFT))
    assert len(told) > 10
    assert any("reception_person" in line for line in told) and any("citizen_number" in line for line in told)
    whole = re.compile(r"SCAN (reception|citizen|c)\b(?!_)")
    assert not [line for line in told if whole.match(line)], told


def test_at_most_some_dozens_of_candidates_whatever_there_is(office: OpenOffice) -> None:
    office.receptions.log_all([replace(DRAFT, note=str(n)) for n in range(150)])
    assert 0 < len(found(office, telling(DRAFT))) <= 120


def test_the_visit_itself_can_be_left_out(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    assert found(office, telling(visit)) == [visit.id]
    assert found(office, telling(visit), without=visit.id) == []


def test_a_rare_word_and_a_rare_name_are_known_as_such(office: OpenOffice) -> None:
    office.receptions.log_all([replace(DRAFT, name=f"Nguyễn Văn {chr(65 + n % 26)}") for n in range(120)])
    office.receptions.log(replace(DRAFT, name="Vũ Thị Xa", content="Xưởng Hồng Kim xả nước thải ra ngõ đi chung."))
    sought = Telling(name="vu thi xa", words=("xuong", "hong", "kim", "ngo", "chung"))
    with office.store.reading() as connection:
        known = find_candidates(connection, sought, WordAges())
    assert known.name_is_rare and {"xuong", "hong", "kim"} <= known.rare_words
    assert not {"ngo", "chung"} & known.rare_words


def test_a_sealed_person_leads_nowhere_and_is_led_to_by_the_content_alone(office: OpenOffice) -> None:
    visit = office.receptions.log(SECRET).value
    assert found(office, replace(telling(replace(SECRET, classification=None)), words=())) == []
    (only,) = found(office, telling(SECRET))
    assert only == visit.id
    with office.store.reading() as connection:
        (row,) = find_candidates(connection, telling(SECRET), WordAges()).rows
    assert row.told.secret and (row.name, row.told.name, row.told.number, row.told.phone) == ("", "", "", "")


def test_the_index_of_citizens_is_told_stale_and_made_anew(office: OpenOffice) -> None:
    office.receptions.log(DRAFT)
    with office.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM citizen_search")
    assert office.store.read(stale_citizens) == 1
    assert [fault.code for fault in office.check()] == ["search"]
    with office.store.writing() as connection:
        rebuild_citizens(connection)
    assert office.check() == []
    with office.store.reading() as connection:
        assert len(CitizenPages().page(connection, CitizenQuery(text="5678")).rows) == 1
