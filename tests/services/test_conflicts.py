"""Two PCs of a ward worked apart: both values stand until a person decides, and the other can be taken for ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tcd_desktop.domain.people.link import Link
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import Classification, LinkKind
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.conflicts.conflict_desk import Question
from tcd_desktop.store.journal.standing import EMPTY_IDENTITY
from tests.offices import DRAFT, SECRET_WORDS, make_district, make_office
from tests.sync.test_exchange import merge_into

PHONES = ("0900000001", "0900000002")


@pytest.fixture
def pcs(tmp_path: Path) -> Iterator[tuple[OpenOffice, OpenOffice]]:
    one, two = make_office(tmp_path / "one"), make_office(tmp_path / "two", officer_name="Trần Thử Hai")
    yield one, two
    one.close()
    two.close()


@pytest.fixture
def visit(pcs: tuple[OpenOffice, OpenOffice]) -> Reception:
    """A visit both PCs know, with another telephone at each."""
    one, two = pcs
    made = one.receptions.log(DRAFT).value
    merge_into(two, one)
    for office, phone in zip(pcs, PHONES, strict=True):
        office.receptions.amend(made.id, replace(made, phone=phone))
    merge_into(one, two)
    merge_into(two, one)
    return made


def the_question(office: OpenOffice, record: str = "") -> Question:
    (question,) = [one for one in office.conflicts.open() if one.table == "reception"]
    return question


def phone_of(office: OpenOffice, visit: Reception) -> str:
    return office.receptions.find(visit.id).phone


def test_both_values_stand_with_who_wrote_them_where_and_when(
    pcs: tuple[OpenOffice, OpenOffice], visit: Reception
) -> None:
    question = the_question(pcs[0])
    assert (question.table, question.record, question.field) == ("reception", visit.id, "phone")
    assert {side.value for side in question.sides} == set(PHONES)
    assert {side.who for side in question.sides} == {"Lê Thị Thử", "Trần Thử Hai"}
    assert sorted(side.pc == "" for side in question.sides) == [False, True]
    assert [side.value for side in question.sides if side.shown] == [phone_of(pcs[0], visit)]
    assert question.own and not any(side.doubtful for side in question.sides)
    assert pcs[0].conflicts.of_record("reception", visit.id) == [question]


@pytest.mark.parametrize("chosen", PHONES)
def test_one_click_decides_either_way_and_both_pcs_agree(
    pcs: tuple[OpenOffice, OpenOffice], visit: Reception, chosen: str
) -> None:
    one, two = pcs
    side = next(side for side in the_question(one).sides if side.value == chosen)
    one.conflicts.take("reception", visit.id, "phone", side.hash)
    assert one.conflicts.of_record("reception", visit.id) == [] and phone_of(one, visit) == chosen
    merge_into(two, one)
    assert two.conflicts.of_record("reception", visit.id) == [] and phone_of(two, visit) == chosen


def test_the_value_that_was_not_taken_can_be_taken_long_after(
    pcs: tuple[OpenOffice, OpenOffice], visit: Reception
) -> None:
    one, two = pcs
    kept, lost = the_question(one).sides
    one.conflicts.take("reception", visit.id, "phone", kept.hash)
    (decided,) = one.conflicts.decided()
    assert decided.decided is not None and decided.decided.value == kept.value
    assert {side.value for side in decided.sides} == set(PHONES)
    one.conflicts.take("reception", visit.id, "phone", lost.hash)
    assert phone_of(one, visit) == lost.value
    with pytest.raises(Refused) as refused:
        one.conflicts.take("reception", visit.id, "phone", lost.hash)
    assert refused.value.code == "value_shown"
    merge_into(two, one)
    assert phone_of(two, visit) == lost.value and len(two.conflicts.decided()) == 1


def test_a_decision_can_be_undone_and_done_again(pcs: tuple[OpenOffice, OpenOffice], visit: Reception) -> None:
    one, two = pcs
    for chosen in (0, 1):
        before = the_question(one)
        one.conflicts.take("reception", visit.id, "phone", before.sides[chosen].hash)
        one.undo.undo()
        assert the_question(one) == before
        one.undo.redo()
        assert one.conflicts.of_record("reception", visit.id) == []
        assert phone_of(one, visit) == before.sides[chosen].value
        one.undo.undo()
        assert the_question(one) == before
        merge_into(two, one)
        assert {side.value for side in the_question(two).sides} == set(PHONES)


def test_a_decision_that_somebody_went_on_from_is_not_undone(
    pcs: tuple[OpenOffice, OpenOffice], visit: Reception
) -> None:
    one, _two = pcs
    done = one.conflicts.take("reception", visit.id, "phone", the_question(one).sides[0].hash)
    one.receptions.amend(visit.id, replace(one.receptions.find(visit.id), phone="0900000003"))
    with pytest.raises(Refused) as refused:
        one.undo.undo(done.entry)
    assert refused.value.code == "changed_since"


def removed_and_changed(pcs: tuple[OpenOffice, OpenOffice]) -> Reception:
    one, two = pcs
    made = one.receptions.log(DRAFT).value
    merge_into(two, one)
    told = frozenset(line.code for line in one.recycle.consequences("reception", made.id))
    one.recycle.remove("reception", made.id, "Nhập nhầm lượt này", told=told)
    two.receptions.amend(made.id, replace(made, note="Công dân bổ sung giấy tờ"))
    merge_into(one, two)
    merge_into(two, one)
    return made


def test_a_change_that_did_not_see_a_removal_is_a_question_at_both_pcs(pcs: tuple[OpenOffice, OpenOffice]) -> None:
    made = removed_and_changed(pcs)
    for office in pcs:
        question = the_question(office)
        assert question.about_removal and question.record == made.id
        removal, change = sorted(question.sides, key=lambda side: not side.removal)
        assert removal.value == "Nhập nhầm lượt này" and removal.who == "Lê Thị Thử"
        assert dict(change.changed) == {"note": "Công dân bổ sung giấy tờ"} and change.who == "Trần Thử Hai"


def test_a_removed_and_changed_visit_comes_back_with_the_change(pcs: tuple[OpenOffice, OpenOffice]) -> None:
    made = removed_and_changed(pcs)
    pcs[1].conflicts.bring_back("reception", made.id)
    merge_into(pcs[0], pcs[1])
    for office in pcs:
        found = office.receptions.find(made.id)
        assert (found.removed, found.note) == ("", "Công dân bổ sung giấy tờ")
        assert [one for one in office.conflicts.open() if one.table == "reception"] == []


def test_a_removed_and_changed_visit_stays_out_when_a_person_says_so(pcs: tuple[OpenOffice, OpenOffice]) -> None:
    made = removed_and_changed(pcs)
    pcs[1].conflicts.keep_removed("reception", made.id)
    pcs[1].undo.undo()
    assert the_question(pcs[1]).about_removal
    pcs[1].undo.redo()
    merge_into(pcs[0], pcs[1])
    for office in pcs:
        assert office.store.find(Reception, made.id).removed  # type: ignore[union-attr]
        assert [one for one in office.conflicts.open() if one.table == "reception"] == []


def test_the_superior_sees_and_does_not_decide(
    pcs: tuple[OpenOffice, OpenOffice], visit: Reception, tmp_path: Path
) -> None:
    district = make_district(tmp_path / "district")
    try:
        merge_into(district, pcs[1])
        merge_into(district, pcs[0])
        question = the_question(district)
        assert not question.own and {side.value for side in question.sides} == set(PHONES)
        for act in (
            lambda: district.conflicts.take("reception", visit.id, "phone", question.sides[0].hash),
            lambda: district.conflicts.keep_removed("reception", visit.id),
            lambda: district.conflicts.bring_back("reception", visit.id),
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.code == "other_office"
    finally:
        district.close()


def test_a_value_from_elsewhere_is_not_taken(pcs: tuple[OpenOffice, OpenOffice], visit: Reception) -> None:
    for field, side in (("phone", "0" * 64), ("address", the_question(pcs[0]).sides[0].hash), ("nothing", "x")):
        with pytest.raises(Refused) as refused:
            pcs[0].conflicts.take("reception", visit.id, field, side)
        assert refused.value.code == "no_such_value"


def test_what_one_pc_wrote_openly_of_a_denouncer_is_shown_at_no_pc(pcs: tuple[OpenOffice, OpenOffice]) -> None:
    """No desk makes a visit secret afterwards, but what a journal can say must hold."""
    one, two = pcs
    made = one.receptions.log(DRAFT).value
    merge_into(two, one)
    closed = EMPTY_IDENTITY["reception"]
    with one.store.unit(act="reception.amend", officer=one.officer.id) as unit:
        unit.change(made, classification=Classification.DENUNCIATION, sealed=b"closed", **closed)
        unit.commit()
    two.receptions.amend(made.id, replace(made, phone=SECRET_WORDS[3], address=SECRET_WORDS[2]))
    merge_into(one, two)
    merge_into(two, one)
    for office in pcs:
        found = office.receptions.find(made.id)
        assert found.is_secret and (found.phone, found.address) == ("", "")
        for question in office.conflicts.open():
            assert not any(words in repr(question) for words in SECRET_WORDS)
            for side in question.sides:
                if side.closed:
                    with pytest.raises(Refused) as refused:
                        office.conflicts.take("reception", made.id, question.field, side.hash)
                    assert refused.value.code == "value_closed"
    mine = [one for one in one.conflicts.open() if one.table == "reception"]
    assert {question.field for question in mine} >= {"phone", "address"}
    for question in mine:
        one.conflicts.take("reception", made.id, question.field, next(s.hash for s in question.sides if not s.closed))
    assert [left for left in one.conflicts.open() if left.table == "reception"] == []


# -- numbers given twice -----------------------------------------------------------------------------------


@pytest.fixture
def same_number(pcs: tuple[OpenOffice, OpenOffice]) -> tuple[Reception, Reception]:
    """Both PCs gave the number 1: the second was a copy of the first one's disk."""
    found = pcs[0].receptions.log(DRAFT).value, pcs[1].receptions.log(replace(DRAFT, name="Phạm Văn Hai")).value
    merge_into(pcs[0], pcs[1])
    return found


def test_a_number_given_twice_is_listed_with_both_records(
    pcs: tuple[OpenOffice, OpenOffice], same_number: tuple[Reception, Reception]
) -> None:
    (twice,) = pcs[0].numbers.twice()
    assert twice.number == "1/2026" and twice.own and twice.renewable
    assert {holder.id for holder in twice.holders} == {one.id for one in same_number}
    assert len(pcs[0].store.all(Reception)) == 2


def test_one_of_them_gets_a_new_number_with_the_reason(
    pcs: tuple[OpenOffice, OpenOffice], same_number: tuple[Reception, Reception]
) -> None:
    after = pcs[0].numbers.renew("reception", same_number[1].id, "Máy hai chép từ đĩa của máy một").value
    assert after.book_number == "2/2026" and after.note == "Số cũ 1/2026: Máy hai chép từ đĩa của máy một"
    assert pcs[0].numbers.twice() == []
    pcs[0].undo.undo()
    assert len(pcs[0].numbers.twice()) == 1


def test_that_both_are_right_is_remembered_and_can_be_undone(
    pcs: tuple[OpenOffice, OpenOffice], same_number: tuple[Reception, Reception]
) -> None:
    desk = pcs[0].numbers
    desk.keep("reception", tuple(one.id for one in same_number), "Hai biên nhận đã phát ra với số này")
    assert desk.twice() == []
    (link,) = pcs[0].store.all(Link)
    assert link.kind is LinkKind.SAME_NUMBER
    assert pcs[0].links.links_of(same_number[0].id) == []
    pcs[0].undo.undo()
    assert len(desk.twice()) == 1


def test_a_number_needs_a_reason_and_an_own_record(
    pcs: tuple[OpenOffice, OpenOffice], same_number: tuple[Reception, Reception]
) -> None:
    desk = pcs[0].numbers
    for reason, identity, code in (
        ("ừ", same_number[0].id, "reason_needed"),
        ("x" * 301, same_number[0].id, "reason_too_long"),
        ("Lý do rõ ràng", "khong-co", "unknown_record"),
    ):
        with pytest.raises(Refused) as refused:
            desk.renew("reception", identity, reason)
        assert refused.value.code == code
