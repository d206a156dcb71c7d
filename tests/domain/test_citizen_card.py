"""What is read from the QR code of a citizen card. All persons are invented."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcd_desktop.domain.people.citizen_card import PLACE_2021, PLACE_2024, CardReading, read_card
from tcd_desktop.domain.people.person import Person
from tcd_desktop.domain.people.spoiled_card import begins_card, card_in
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import IdKind, Sex

HOLES = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
"""Bytes without a letter in Windows-1252; Windows keeps them as control characters."""
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
    reading = read_card(text)
    assert (reading.person, reading.broken, reading.problems) == (PERSON, (), ())


def test_the_old_number_is_only_there_to_look_the_citizen_up() -> None:
    assert read_card(FULL).old_number == "012345678"
    assert read_card(FULL.replace("|012345678|", "||")).old_number == ""
    assert "012345678" not in repr(read_card(FULL).person)


def test_a_card_of_2024_gives_the_same_and_its_further_fields_are_not_kept() -> None:
    text = FULL.replace("15042022", "20082024") + "|001085000001|NGUYỄN VĂN CHA|TRẦN THỊ MẸ"
    reading = read_card(text)
    assert reading.person.id_place == PLACE_2024 and reading.person.id_issued == date(2024, 8, 20)
    assert not reading.broken
    assert "CHA" not in repr(reading).upper().replace("CHARACTER", "")


def test_a_trailing_bar_is_no_field() -> None:
    assert read_card(FULL + "|") == read_card(FULL)


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
    "name",
    [
        "NGUY?N TH? H?NG",
        "Nguye6n4 Thi5 Ho6ng2",
        "NGUYEENX THIJ HOONGF",
        "Nguyễn Thị Vawn",
        "NGUYỄN THJ HỒNG",
        "NGUYá»N THá»Š Há»’NG",
        "NGUY\ufffdN",
        "",
        "123",
    ],
)
def test_a_broken_name_is_left_for_the_officer_and_the_rest_is_filled(name: str) -> None:
    reading = read_card(FULL.replace(NAME, name))
    assert reading.person.name == "" and reading.broken == ("name",)
    assert reading.person.id_number == "001185012345" and reading.person.birth_date == "1985-09-02"
    assert codes(reading) == ["card_text_broken"]
    assert reading.problems[0].facts == {"fields": ("name",)}


@pytest.mark.parametrize("address", ["Ph??ng B?ch Mai", "Soos 12 phuwowngf Bạch Mai", "123", ""])
def test_a_broken_address_is_left_for_the_officer(address: str) -> None:
    reading = read_card(FULL.replace(ADDRESS, address))
    assert reading.broken == ("address",)
    assert reading.person.address == "" and reading.person.name == PERSON.name


def test_an_address_that_lost_letters_with_the_name_is_not_used() -> None:
    dropped = FULL.replace(NAME, "L Vn B").replace(ADDRESS, "S 5 ph Huế, Nguyn Du, Hai B Trng, H Ni")
    reading = read_card(dropped)
    assert reading.broken == ("name", "address") and not reading.person.address
    short = read_card(FULL.replace(ADDRESS, "Số 5 KTT Bạch Mai, TP Hà Nội"))
    assert short.person.address == "Số 5 KTT Bạch Mai, TP Hà Nội", "an abbreviation alone spoils nothing"


def test_a_broken_sex_is_told_by_the_number() -> None:
    assert read_card(FULL.replace("Nữ", "N?")).person == PERSON
    man = read_card(FULL.replace("001185", "001085").replace("Nữ", "N"))
    assert man.person.sex is Sex.MALE and not man.broken


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
        sex=Sex.FEMALE,
        id_issued=date(2022, 4, 15),
        id_place=PLACE_2021,
    )
    assert reading.broken == ("name", "address")
    assert codes(reading) == ["card_text_broken", "card_separators_lost"]


def test_a_number_alone_is_taken() -> None:
    reading = read_card("001185012345")
    assert reading.person.id_number == "001185012345"
    assert reading.broken == ("name", "birth_date", "address", "id_issued")


def test_of_a_text_without_any_mark_only_numbers_dates_and_sex_are_taken() -> None:
    reading = read_card("001185012345||NGUYEN THI HONG|02091985|Nu|So 12 Bach Mai, Ha Noi|15042022")
    assert (reading.person.name, reading.person.address) == ("", "")
    assert reading.person.sex is Sex.FEMALE and reading.person.birth_date == "1985-09-02"
    assert codes(reading) == ["card_text_broken", "card_marks_lost"]


# --- what keyboards and typing tools do ----------------------------------------------------------------


@pytest.mark.parametrize("sign", ["~", "¦", "*", "#", ">", "}", "£", "'", "\x1d", ";", "+", ",", "-"])
def test_a_layout_that_types_another_sign_for_the_bar_is_seen_through(sign: str) -> None:
    reading = read_card(FULL.replace("|", sign))
    assert reading.person == PERSON and not reading.problems


def test_a_comma_list_that_is_no_card_is_not_taken_for_one() -> None:
    reading = read_card("001185012345, Nguyễn Văn An, trú tại, Hà Nội, Việt Nam, 15042022")
    assert reading.person.name == "" and "card_separators_lost" in codes(reading)


def test_utf8_that_was_read_as_single_bytes_is_put_together_again() -> None:
    for encoding in ("cp1252", "latin-1"):
        apart = "".join(
            bytes([byte]).decode(encoding if encoding == "latin-1" or byte not in HOLES else "latin-1")
            for byte in FULL.encode("utf-8")
        )
        assert read_card(apart).person == PERSON, encoding


def test_one_lost_byte_spoils_only_its_own_field() -> None:
    apart = FULL.replace(ADDRESS, ADDRESS.encode("utf-8").decode("latin-1"))
    apart = apart.replace(NAME, NAME.encode("utf-8").decode("latin-1").replace("\x84", ""))
    reading = read_card(apart)
    assert reading.broken == ("name",) and reading.person.address == ADDRESS


def test_figures_typed_on_the_vietnamese_keyboard_are_figures_again() -> None:
    keys = dict(zip("1234567890", "ăâêô\u0300\u0309\u0303\u0301\u0323đ", strict=True))
    typed = "".join(keys.get(letter, letter) for letter in FULL.replace(ADDRESS, "Ngõ Bạch Mai, Hà Nội"))
    reading = read_card(typed)
    assert (reading.person.id_number, reading.person.birth_date) == ("001185012345", "1985-09-02")
    assert reading.person.name == PERSON.name and reading.person.id_issued == PERSON.id_issued


@pytest.mark.parametrize("before", ["]Q1", "]Q3", "\ufeff", "  "])
def test_what_a_scanner_puts_before_the_text_is_left_out(before: str) -> None:
    assert read_card(before + FULL).person == PERSON


def test_caps_lock_turns_nothing_round() -> None:
    assert read_card(FULL.swapcase()).person == PERSON


def test_a_card_is_found_behind_what_was_typed_before() -> None:
    assert card_in(f"Trần Thị Bưởi{FULL}") == ("Trần Thị Bưởi", FULL)
    assert card_in(f"7 {FULL.replace('|', '~')}") == ("7", FULL.replace("|", "~"))
    assert card_in(f"Anh ]Q1{FULL}") == ("Anh", FULL)
    assert card_in("Số 12, ngõ 5, phường Bạch Mai, 001185012345") is None
    assert card_in("0011850123456|a|b|c|d|e|f") is None, "thirteen figures are another thing"


def test_a_card_is_recognised_by_its_first_thirteen_letters() -> None:
    assert begins_card("001185012345|") == 0 and begins_card("An001185012345~") == 2
    assert begins_card("001185012345") is None and begins_card("00118501234|") is None
    assert begins_card("9001185012345|") is None and begins_card("001185012345 ") is None
    assert begins_card("001185012345A") is None


@pytest.mark.parametrize(
    "name", ["Y BIH", "H'HEN NIÊ", "K' BRỂ", "VOONG A SẦU", "LÒ THỊ XOAN", "ĐỖ XUÂN QUỲNH", "KSOR H'BLĂM", "RƠ CHÂM"]
)
def test_rare_names_are_no_key_strokes(name: str) -> None:
    reading = read_card(FULL.replace(NAME, name))
    assert bool(reading.person.name) is (name != "VOONG A SẦU"), "oo is what Telex leaves: that one is typed by hand"


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
