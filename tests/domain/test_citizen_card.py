"""What is read from the QR code of a citizen card. All persons are invented."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcd_desktop.domain.citizen_card import PLACE_2021, PLACE_2024, CardReading, read_card
from tcd_desktop.domain.person import Person
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import IdKind, Sex

NAME = "NGUYỄN THỊ HỒNG ĐỨC"
ADDRESS = "Số 12, ngõ 5, phường Bạch Mai, Hà Nội"
FULL = f"001185012345|012345678|{NAME}|02091985|Nữ|{ADDRESS}|15042022"
PERSON = Person(
    name="Nguyễn Thị Hồng Đức",
    birth_date="1985-09-02",
    sex=Sex.FEMALE,
    id_kind=IdKind.CITIZEN_CARD,
    id_number="001185012345",
    id_issued=date(2022, 4, 15),
    id_place=PLACE_2021,
    address=ADDRESS,
)


def codes(reading: CardReading) -> list[str]:
    assert all(problem.warning for problem in reading.problems)
    return [problem.code for problem in reading.problems]


@pytest.mark.parametrize(
    "text",
    [
        FULL,
        FULL + "\r\n",
        "\ufeff " + FULL + "\t",
        FULL.replace("|012345678|", "||"),
        FULL.replace("|012345678|", "|"),
        unicodedata.normalize("NFD", FULL),
        FULL.replace("|", " | "),
    ],
)
def test_a_card_of_2021_gives_the_whole_person(text: str) -> None:
    assert read_card(text) == CardReading(PERSON)


def test_a_card_of_2024_gives_the_same_and_its_further_fields_are_not_kept() -> None:
    text = FULL.replace("15042022", "20082024") + "|001085000001|NGUYỄN VĂN CHA|TRẦN THỊ MẸ"
    reading = read_card(text)
    assert reading.person.id_place == PLACE_2024 and reading.person.id_issued == date(2024, 8, 20)
    assert not reading.broken
    assert "CHA" not in repr(reading).upper().replace("CHARACTER", "")


def test_a_trailing_bar_is_no_field() -> None:
    assert read_card(FULL + "|") == CardReading(PERSON)


def test_a_man_and_a_name_of_one_letter_words() -> None:
    reading = read_card("066099001234||Y BIH|01011999|Nam|Buôn Ea Sar, xã Ea Kao, Đắk Lắk|01072024")
    assert (reading.person.name, reading.person.sex) == ("Y Bih", Sex.MALE)
    assert reading.person.id_place == PLACE_2024 and not reading.problems


def test_a_name_with_an_apostrophe_is_a_name() -> None:
    reading = read_card("066199001234||H'HEN NIÊ-KĐĂM|01011999|Nữ|Buôn Ea Sar, Đắk Lắk|01072024")
    assert reading.person.name == "H'Hen Niê-Kđăm"


def test_a_birth_of_which_only_the_year_is_known_is_a_year() -> None:
    assert read_card(FULL.replace("02091985", "1935")).person.birth_date == "1935"
    assert read_card(FULL.replace("02091985", "00001935")).person.birth_date == "1935"


@pytest.mark.parametrize(
    "name", ["NGUY?N TH? H?NG", "Nguye6n4 Thi5 Ho6ng2", "NGUYá»„N THá»Š Há»’NG", "NGUY\ufffdN", "", "123"]
)
def test_a_broken_name_is_left_for_the_officer_and_the_rest_is_filled(name: str) -> None:
    reading = read_card(FULL.replace(NAME, name))
    assert reading.person.name == "" and reading.broken == ("name",)
    assert reading.person.id_number == "001185012345" and reading.person.birth_date == "1985-09-02"
    assert codes(reading) == ["card_text_broken"]
    assert reading.problems[0].facts == {"fields": ("name",)}


def test_a_broken_address_and_sex_are_left_for_the_officer() -> None:
    reading = read_card(FULL.replace(ADDRESS, "Ph??ng B?ch Mai").replace("Nữ", "N?"))
    assert reading.broken == ("sex", "address")
    assert reading.person.address == "" and reading.person.sex is None and reading.person.name


@pytest.mark.parametrize("text", ["30021985", "1O091985", "020985", ""])
def test_an_impossible_birth_date_is_left_for_the_officer(text: str) -> None:
    reading = read_card(FULL.replace("02091985", text))
    assert reading.person.birth_date == "" and reading.broken == ("birth_date",)
    assert reading.person.name == PERSON.name


def test_a_card_without_its_last_field_still_gives_the_person() -> None:
    reading = read_card(FULL.removesuffix("|15042022").replace("|012345678|", "||"))
    assert reading.broken == ("id_issued",)
    assert reading.person.id_place == "" and reading.person.address == ADDRESS


def test_without_bars_only_number_and_dates_are_taken() -> None:
    reading = read_card(f"001185012345{NAME}02091985Nữ{ADDRESS}15042022")
    assert reading.person == Person(
        id_kind=IdKind.CITIZEN_CARD,
        id_number="001185012345",
        birth_date="1985-09-02",
        id_issued=date(2022, 4, 15),
        id_place=PLACE_2021,
    )
    assert reading.broken == ("name", "sex", "address")
    assert codes(reading) == ["card_text_broken", "card_separators_lost"]


def test_a_number_alone_is_taken() -> None:
    reading = read_card("001185012345")
    assert reading.person.id_number == "001185012345"
    assert reading.broken == ("name", "birth_date", "sex", "address", "id_issued")


def test_text_without_any_accent_is_filled_in_with_a_warning() -> None:
    reading = read_card("001185012345||NGUYEN THI HONG|02091985|Nu|So 12 Bach Mai, Ha Noi|15042022")
    assert reading.person.name == "Nguyen Thi Hong" and reading.person.sex is Sex.FEMALE
    assert codes(reading) == ["card_marks_lost"]


@pytest.mark.parametrize("text", ["", "xin chào", "12345", "https://vi.wikipedia.org", "|||||||", "00118501234|a|b|c"])
def test_other_codes_are_not_a_card(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_card(text)
    assert refused.value.code == "not_a_card"


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for candidate in (text, "001185012345" + text, FULL + text, FULL.replace(NAME, text)):
        try:
            reading = read_card(candidate)
        except Refused as refused:
            assert refused.code == "not_a_card"
        else:
            assert all(not getattr(reading.person, field) for field in reading.broken)
