"""Doubts about identity numbers and telephones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcd_desktop.domain.people.identity_checks import (
    PROVINCE_CODES,
    id_number_warnings,
    phone_warnings,
    plain_phone,
)
from tcd_desktop.domain.problems import Problem
from tcd_desktop.domain.terms import IdKind, Sex


def codes(found: tuple[Problem, ...]) -> list[str]:
    assert all(problem.warning for problem in found)
    return [problem.code for problem in found]


def test_there_are_63_provinces() -> None:
    assert len(PROVINCE_CODES) == 63


@pytest.mark.parametrize(
    ("number", "birth", "sex", "expected"),
    [
        ("001185012345", "1985-09-02", Sex.FEMALE, []),
        ("001085012345", "1985", Sex.MALE, []),
        ("001205012345", "2005-01-01", Sex.MALE, []),
        ("001305012345", "2005-01-01", Sex.FEMALE, []),
        ("001 185 012 345", "", None, []),
        ("", "1985", Sex.MALE, []),
        ("003185012345", "1985", Sex.FEMALE, ["id_province"]),
        ("097185012345", "1985", Sex.FEMALE, ["id_province"]),
        ("001185012345", "1985", Sex.MALE, ["id_sex"]),
        ("001185012345", "1986-01-01", Sex.FEMALE, ["id_birth_year"]),
        ("001185012345", "2085", Sex.FEMALE, ["id_birth_year"]),
        ("999985012345", "1985", Sex.MALE, ["id_province", "id_sex", "id_birth_year"]),
        ("00118501234", "1985", Sex.FEMALE, ["id_length"]),
        ("012345678", "1985", Sex.FEMALE, ["id_length"]),
        ("00118501234O", "", None, ["id_not_digits"]),
        ("٠٠١١٨٥٠١٢٣٤٥", "", None, ["id_not_digits"]),
    ],
)
def test_a_personal_number_is_compared_with_the_person(
    number: str, birth: str, sex: Sex | None, expected: list[str]
) -> None:
    for kind in (IdKind.CITIZEN_CARD, IdKind.IDENTITY_CERTIFICATE, IdKind.PERSONAL_NUMBER):
        assert codes(id_number_warnings(kind, number, birth, sex)) == expected


def test_a_doubt_says_what_the_number_speaks_of() -> None:
    (year,) = id_number_warnings(IdKind.CITIZEN_CARD, "001185012345", "1968-01-01")
    assert year.facts == {"number_year": 1985, "birth_year": 1968}
    (sex,) = id_number_warnings(IdKind.CITIZEN_CARD, "001185012345", "", Sex.MALE)
    assert sex.facts == {"sex": Sex.FEMALE}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("C1234567", []),
        ("p01234567", []),
        ("123456789", []),
        ("12", ["passport_form"]),
        ("HỘ CHIẾU", ["passport_form"]),
    ],
)
def test_a_passport_number_has_a_usual_form(number: str, expected: list[str]) -> None:
    assert codes(id_number_warnings(IdKind.PASSPORT, number)) == expected


def test_another_paper_may_have_any_number() -> None:
    assert id_number_warnings(IdKind.OTHER, "GPLX 12-3") == ()
    assert id_number_warnings(None, "1") == ()


@pytest.mark.parametrize(
    ("phone", "expected"),
    [
        ("", []),
        ("Không có", []),
        ("0912345678", []),
        ("+84 912.345.678", []),
        ("84912345678", []),
        ("(024) 3825-1234", []),
        ("02838251234", []),
        ("0912345678; 0987654321 / 02438251234", []),
        ("01681234567", ["phone_old"]),
        ("091234567", ["phone_form"]),
        ("0112345678", ["phone_form"]),
        ("gọi cho con", ["phone_form"]),
        ("0912345678, 12", ["phone_form"]),
    ],
)
def test_a_telephone_number_has_a_usual_form(phone: str, expected: list[str]) -> None:
    assert codes(phone_warnings(phone)) == expected


def test_an_old_mobile_number_is_told_what_it_became() -> None:
    (old,) = phone_warnings("0168 123 4567")
    assert old.facts == {"number": "01681234567", "new": "0381234567"}


def test_a_number_is_written_as_it_is_dialled() -> None:
    assert plain_phone("+84 (0)912.345.678") == plain_phone("0912 345 678") == "0912345678"


@given(st.sampled_from([None, *IdKind]), st.text(), st.text(), st.sampled_from([None, *Sex]))
def test_anything_typed_gives_warnings_only(kind: IdKind | None, number: str, birth: str, sex: Sex | None) -> None:
    codes(id_number_warnings(kind, number, birth, sex))
    codes(phone_warnings(number))
