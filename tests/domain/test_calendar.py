"""Working days, days off and make-up days."""

from __future__ import annotations

from datetime import date

import pytest

from tcd_desktop.domain.clocks.calendar import WEEKEND, WorkingCalendar
from tcd_desktop.domain.problems import Refused

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 7, day) for day in (3, 4, 5, 6))


def test_monday_to_friday_are_worked() -> None:
    calendar = WorkingCalendar()
    assert [calendar.is_working(day) for day in (FRIDAY, SATURDAY, SUNDAY, MONDAY)] == [
        True,
        False,
        False,
        True,
    ]
    assert calendar.reason_off(SATURDAY) == WEEKEND


def test_a_holiday_says_its_name_also_on_a_weekend() -> None:
    calendar = WorkingCalendar({SATURDAY: "Ngày lễ", MONDAY: "Ngày lễ (nghỉ bù)"})
    assert calendar.reason_off(SATURDAY) == "Ngày lễ"
    assert calendar.next_working(SATURDAY) == date(2026, 7, 7)


def test_a_make_up_saturday_is_a_working_day() -> None:
    calendar = WorkingCalendar({FRIDAY: "Nghỉ"}, {SATURDAY: "Làm bù"})
    assert calendar.is_working(SATURDAY) and calendar.reason_off(SATURDAY) is None
    assert calendar.add_working_days(date(2026, 7, 2), 1) == (SATURDAY, ((FRIDAY, "Nghỉ"),))


def test_a_day_off_that_is_worked_after_all_is_worked() -> None:
    assert WorkingCalendar({MONDAY: "Nghỉ"}, {MONDAY: "Làm việc"}).is_working(MONDAY)


def test_working_days_are_counted_back_too() -> None:
    assert WorkingCalendar().add_working_days(MONDAY, -1) == (
        FRIDAY,
        ((SUNDAY, WEEKEND), (SATURDAY, WEEKEND)),
    )
    assert WorkingCalendar().previous_working(SUNDAY) == FRIDAY


def test_no_days_added_is_the_day_itself() -> None:
    assert WorkingCalendar().add_working_days(SATURDAY, 0) == (SATURDAY, ())


def test_days_between_are_counted_in_both_directions() -> None:
    calendar = WorkingCalendar()
    assert calendar.working_days_between(FRIDAY, MONDAY) == 1
    assert calendar.working_days_between(MONDAY, FRIDAY) == -1
    assert calendar.working_days_between(FRIDAY, FRIDAY) == 0


def test_a_year_without_known_holidays_is_not_guessed() -> None:
    calendar = WorkingCalendar(years=frozenset({2026}))
    with pytest.raises(Refused) as refused:
        calendar.add_working_days(date(2026, 12, 31), 1)
    assert refused.value.code == "no_calendar" and refused.value.facts == {"year": 2027}
