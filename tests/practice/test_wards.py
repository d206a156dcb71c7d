"""The wards of the practice district and their offices."""

from __future__ import annotations

from tcd_desktop.domain.office import OFFICE_CODE
from tcd_desktop.domain.terms import OfficerRight, ReceiverRank
from tcd_desktop.practice.units import DISTRICT_DAY, wards_on
from tcd_desktop.practice.wards import practice_district, practice_wards


def test_the_practice_wards_are_the_eighteen_of_2020_by_code_and_name() -> None:
    ours = [(ward.gso, ward.name) for ward in practice_wards()]
    assert ours == [(unit.code, unit.name) for unit in wards_on(DISTRICT_DAY)]
    assert [ward.code for ward in practice_wards()] == [f"HBT-{number:02d}" for number in range(1, 19)]


def test_every_office_has_a_code_a_name_a_place_and_a_superior() -> None:
    for ward in practice_wards():
        assert OFFICE_CODE.fullmatch(ward.code)
        assert ward.office_name == f"UBND phường {ward.name}"
        assert ward.formal_name == f"Ủy ban nhân dân phường {ward.name}"
        assert ward.locality in (ward.name, f"Phường {ward.name}")
        assert ward.superior_name == practice_district().office_name == "UBND quận Hai Bà Trưng"
        assert ward.name in ward.reception_place
    assert OFFICE_CODE.fullmatch(practice_district().code)


def test_a_ward_named_after_a_person_keeps_its_word_in_the_place() -> None:
    places = {ward.name: ward.locality for ward in practice_wards()}
    assert places["Lê Đại Hành"] == "Phường Lê Đại Hành"
    assert places["Bạch Mai"] == "Bạch Mai"


def test_every_ward_has_a_head_a_deputy_two_receptionists_and_a_clerk() -> None:
    for ward in practice_wards():
        assert [officer.key for officer in ward.officers] == [
            "head", "deputy", "reception-1", "reception-2", "clerk",
        ]  # fmt: skip
        assert len({officer.name for officer in ward.officers}) == 5
        assert ward.officer("head").right is OfficerRight.HEAD
        assert ward.officer("reception-1").rank is ReceiverRank.OFFICER
        assert ward.officer("clerk").rank is None


def test_streets_of_a_ward_are_named_once() -> None:
    for ward in practice_wards():
        assert len(ward.streets) == len(set(ward.streets)) >= 5
        assert ward.blocks and ward.market
