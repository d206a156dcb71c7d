"""What is known of a citizen who comes again, read from the books. All persons are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, Classification, Direction, IdKind, Role
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.citizen_history import CitizenHistory, read_history
from tests.offices import DRAFT, MONDAY, SECRET, make_office

TODAY = MONDAY.date()


@pytest.fixture
def office(tmp_path: Path) -> OpenOffice:
    return make_office(tmp_path / "ward")


def log(office: OpenOffice, *, open_case: bool = False, **changes: object) -> Reception:
    return office.receptions.log(replace(DRAFT, **changes), open_case=open_case).value  # type: ignore[arg-type]


def history(office: OpenOffice, *numbers: str) -> CitizenHistory | None:
    with office.store.reading() as connection:
        return read_history(connection, office.office.id, numbers or (DRAFT.id_number,), TODAY)


def known(office: OpenOffice, *numbers: str) -> CitizenHistory:
    found = history(office, *numbers)
    assert found is not None
    return found


def test_nobody_is_known_in_an_empty_book_and_by_no_number(office: OpenOffice) -> None:
    assert history(office) is None
    log(office, id_kind=IdKind.OTHER, id_number="", note="Không mang theo giấy tờ.")
    assert history(office, "") is None


def test_the_last_five_visits_come_newest_first_and_all_are_counted(office: OpenOffice) -> None:
    days = [date(2025, 3, 3), date(2025, 12, 31), *(date(2026, 1, day) for day in range(5, 10))]
    visits = [log(office, date=day) for day in days]
    found = known(office)
    assert [visit.id for visit in found.visits] == [visit.id for visit in reversed(visits[2:])]
    assert (found.count, found.this_year) == (7, 5)
    assert found.visits[0].number == visits[-1].book_number
    assert found.citizen.name == DRAFT.name


def test_open_cases_and_answers_owed_are_told_with_their_days(office: OpenOffice) -> None:
    old = log(office, open_case=True, date=date(2026, 11, 2))
    new = log(office, date=date(2026, 11, 20))
    done = log(office, date=date(2026, 11, 3))
    office.receptions.answer(done.id, kind=AnswerKind.ACCEPTED, channel=AnswerChannel.WRITTEN, on=date(2026, 11, 4))
    log(office, date=date(2026, 11, 5), direction=Direction.REFUSE, refusal_ground="L9.3", earlier_answer="Công văn 5")
    found = known(office)
    assert [visit.id for visit in found.waiting] == [old.id, new.id], "the next due first"
    assert found.waiting[0].answer_due == old.answer_due
    assert [visit.case for visit in found.open_cases] == [old.case]
    assert found.open_cases[0].case_number == "HS 1/2026" and found.open_cases[0].has_open_case


def test_a_case_with_several_visits_is_one_open_case(office: OpenOffice) -> None:
    first = log(office, open_case=True, date=date(2026, 11, 2))
    again = office.receptions.log(replace(DRAFT, date=date(2026, 11, 9)), case=first.case).value
    found = known(office)
    assert [visit.id for visit in found.open_cases] == [again.id]


def test_a_denunciation_is_never_in_it(office: OpenOffice) -> None:
    log(office)
    same = replace(SECRET, name=DRAFT.name, id_number=DRAFT.id_number)
    office.receptions.log(same, open_case=True)
    found = known(office)
    assert found.count == 1 and len(found.visits) == 1 and not found.open_cases
    assert all(visit.classification is not Classification.DENUNCIATION for visit in found.visits)
    assert history(office, SECRET.id_number) is None


def test_merged_citizens_are_one(office: OpenOffice) -> None:
    first = log(office, date=date(2026, 11, 2))
    second = log(office, id_number="012345678", date=date(2026, 11, 9))
    assert first.citizen and second.citizen and first.citizen != second.citizen
    office.citizens.merge(first.citizen, second.citizen, reason="Cùng một người")
    for number in (DRAFT.id_number, "012345678"):
        found = known(office, number)
        assert found.citizen.id == first.citizen
        assert [visit.id for visit in found.visits] == [second.id, first.id]


def test_the_old_number_of_a_card_finds_the_citizen(office: OpenOffice) -> None:
    log(office, id_number="012345678")
    assert history(office) is None
    assert known(office, DRAFT.id_number, "012345678").count == 1


def test_visits_in_the_recycle_bin_and_on_behalf_of_others_are_left_out(office: OpenOffice) -> None:
    log(office, date=date(2026, 11, 2))
    mistaken = log(office, date=date(2026, 11, 9))
    with office.store.unit(act="reception.remove", officer=office.officer.id) as unit:
        unit.change(mistaken, removed="Ghi nhầm")
        unit.commit()
    log(office, role=Role.AUTHORISED, represented="Người khác", representation_paper="Giấy ủy quyền")
    assert known(office).count == 1
