"""What officers type for days and times, and what is understood."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcd_desktop.ui.forms.typed_dates import is_whole_date, parse_birth, parse_date, parse_time, show_date

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5/9", date(2026, 9, 5)),
        ("5.9", date(2026, 9, 5)),
        ("5-9", date(2026, 9, 5)),
        ("5 9", date(2026, 9, 5)),
        ("5/9/", date(2026, 9, 5)),
        ("0509", date(2026, 9, 5)),
        ("509", date(2026, 9, 5)),
        ("5/9/26", date(2026, 9, 5)),
        ("05-09-2026", date(2026, 9, 5)),
        ("2026-09-05", date(2026, 9, 5)),
        ("24", date(2026, 11, 24)),
        ("31", None),
        ("111", None),
        ("319", None),
        ("5/9/926", None),
        ("5//", date(2026, 11, 5)),
        ("1/2/3/4", None),
        ("hnay", MONDAY),
        ("Hôm nay", MONDAY),
        ("HÔM NAY", MONDAY),
        ("hqua", date(2026, 11, 22)),
        ("hôm kia", date(2026, 11, 21)),
        ("mai", date(2026, 11, 24)),
        ("mốt", date(2026, 11, 25)),
        ("tuần sau", date(2026, 11, 30)),
        ("+10", date(2026, 12, 3)),
        ("+ 10", date(2026, 12, 3)),
        ("-1", date(2026, 11, 22)),
        ("+2t", date(2026, 12, 7)),
        ("+2 tuần", date(2026, 12, 7)),
        ("+1th", date(2026, 12, 23)),
        ("+1 tháng", date(2026, 12, 23)),
        ("-1 năm", date(2025, 11, 23)),
        ("+9999", None),
        ("t2", date(2026, 11, 30)),
        ("T2", date(2026, 11, 30)),
        ("t3", date(2026, 11, 24)),
        ("thứ 3", date(2026, 11, 24)),
        ("thứ ba", date(2026, 11, 24)),
        ("thứ tư", date(2026, 11, 25)),
        ("thứ tư tuần sau", date(2026, 12, 2)),
        ("cn", date(2026, 11, 29)),
        ("chủ nhật", date(2026, 11, 29)),
        ("t6 trước", date(2026, 11, 20)),
        ("t2 nay", MONDAY),
        ("t8", None),
        ("t", None),
        ("", None),
        ("+", None),
    ],
)
def test_days(typed: str, meant: date | None) -> None:
    assert parse_date(typed, MONDAY) == meant


def test_a_weekday_in_a_field_of_the_past_is_the_last_one() -> None:
    assert parse_date("t6", MONDAY, past=True) == date(2026, 11, 20)
    assert parse_date("t2", MONDAY, past=True) == date(2026, 11, 16)


def test_a_month_from_the_last_day_is_the_last_day() -> None:
    assert parse_date("+1th", date(2026, 1, 31)) == date(2026, 2, 28)
    assert parse_date("+1 năm", date(2028, 2, 29)) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8", time(8)),
        ("8h", time(8)),
        ("8h30", time(8, 30)),
        ("8g30", time(8, 30)),
        ("8 giờ 30", time(8, 30)),
        ("8.30", time(8, 30)),
        ("8 30", time(8, 30)),
        ("8h30'", time(8, 30)),
        ("830", time(8, 30)),
        ("0830", time(8, 30)),
        ("1415", time(14, 15)),
        ("2h chiều", time(14)),
        ("2h30 chiều", time(14, 30)),
        ("8h sáng", time(8)),
        ("24h", None),
        ("8h60", None),
        ("abc", None),
        ("", None),
    ],
)
def test_times(typed: str, meant: time | None) -> None:
    assert parse_time(typed) == meant


@pytest.mark.parametrize("typed", ["+10", "t2", "hôm nay", "5/9", "24"])
def test_a_birth_is_never_a_step_or_a_weekday(typed: str) -> None:
    assert parse_birth(typed, MONDAY) is None


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_what_is_shown_is_read_back(day: date) -> None:
    assert parse_date(show_date(day), MONDAY) == day
    assert is_whole_date(show_date(day))


@given(st.text(max_size=12))
def test_no_text_is_an_error(text: str) -> None:
    found = parse_date(text, MONDAY)
    assert found is None or isinstance(found, date)
    parse_time(text)
    parse_birth(text, MONDAY)


@given(st.integers(-3660, 3660))
def test_steps_count_days(days: int) -> None:
    assert parse_date(f"{days:+d}", MONDAY) == MONDAY + timedelta(days=days)
