"""The year's calendar of the head: days by rule, days off moved with their reason, never two on one day (by hand)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcd_desktop import law
from tcd_desktop.domain.clocks.calendar import WEEKEND, WorkingCalendar
from tcd_desktop.domain.office import DayOff
from tcd_desktop.domain.sittings.sitting_plan import LAST, TAKEN, Part, Pattern, PlannedDay, PlanRule, Shift, plan_days

CALENDAR = law.calendar_for((2025, 2026, 2027))
THURSDAY = 3


def on_days(*days: int, **more: object) -> PlanRule:
    return PlanRule(pattern=Pattern.DAYS_OF_MONTH, days=days, **more)  # type: ignore[arg-type]


def shown(days: tuple[PlannedDay, ...]) -> str:
    return " ".join(f"{day.day.day}/{day.day.month}" for day in days)


def moves(days: tuple[PlannedDay, ...]) -> dict[str, tuple[str, str]]:
    """ "20/2" -> ("23/2", reason)."""
    return {f"{d.wanted.day}/{d.wanted.month}": (f"{d.day.day}/{d.day.month}", d.reason) for d in days if d.moved}


def test_the_5th_and_20th_of_2026_by_hand() -> None:
    days = plan_days(2026, (on_days(5, 20),), CALENDAR)
    assert shown(days) == (
        "5/1 20/1 5/2 23/2 5/3 20/3 6/4 20/4 5/5 20/5 5/6 22/6 "
        "6/7 20/7 5/8 20/8 7/9 21/9 5/10 20/10 5/11 20/11 7/12 21/12"
    )
    assert moves(days)["20/2"] == ("23/2", "Mùng bốn Tết Nguyên Đán")
    assert moves(days)["5/4"] == ("6/4", WEEKEND)
    assert {day.wanted for day in days if not day.moved} >= {date(2026, 1, 5), date(2026, 11, 5)}


def test_the_5th_and_20th_of_2027_by_hand() -> None:
    days = plan_days(2027, (on_days(5, 20),), CALENDAR)
    assert shown(days) == (
        "5/1 20/1 11/2 22/2 5/3 22/3 5/4 20/4 5/5 20/5 7/6 21/6 "
        "5/7 20/7 5/8 20/8 6/9 20/9 5/10 20/10 5/11 22/11 6/12 20/12"
    )
    assert moves(days)["5/2"] == ("11/2", "Giao thừa Tết Nguyên Đán")


def test_the_first_and_third_thursday_of_2026_by_hand() -> None:
    rule = PlanRule(pattern=Pattern.WEEKS_OF_MONTH, weekday=THURSDAY, weeks=(1, 3))
    days = plan_days(2026, (rule,), CALENDAR)
    assert shown(days) == (
        "5/1 15/1 5/2 23/2 5/3 19/3 2/4 16/4 7/5 21/5 4/6 18/6 "
        "2/7 16/7 6/8 20/8 3/9 17/9 1/10 15/10 5/11 19/11 3/12 17/12"
    )
    assert moves(days) == {
        "1/1": ("5/1", "Tết Dương lịch"),
        "19/2": ("23/2", "Mùng ba Tết Nguyên Đán"),
    }


def test_every_thursday_of_2026_but_the_three_that_are_days_off() -> None:
    days = plan_days(2026, (PlanRule(pattern=Pattern.EVERY_WEEK, weekday=THURSDAY),), CALENDAR)
    assert len(days) == 53
    assert {old: new for old, (new, _reason) in moves(days).items()} == {"1/1": "5/1", "19/2": "23/2", "30/4": "4/5"}


def test_the_last_friday_and_a_fifth_week_that_most_months_do_not_have() -> None:
    friday = PlanRule(pattern=Pattern.WEEKS_OF_MONTH, weekday=4, weeks=(LAST,))
    assert shown(plan_days(2026, (friday,), CALENDAR)).startswith("30/1 27/2 27/3 24/4 29/5")
    fifth = PlanRule(pattern=Pattern.WEEKS_OF_MONTH, weekday=4, weeks=(5,))
    assert shown(plan_days(2026, (fifth,), CALENDAR)) == "30/1 29/5 31/7 30/10"


def test_the_day_of_vietnamese_culture_moves_and_make_up_saturdays_stand() -> None:
    days = plan_days(2026, (on_days(10, 22, 24),), CALENDAR)
    assert moves(days)["24/11"] == ("25/11", "Ngày Văn hóa Việt Nam")
    standing = {day.day for day in days if not day.moved}
    assert {date(2026, 1, 10), date(2026, 8, 22)} <= standing, "Saturdays on which everybody works"
    assert moves(plan_days(2027, (on_days(24),), CALENDAR))["24/11"][0] == "25/11"


def test_days_off_and_make_up_days_of_the_office_count_too() -> None:
    own = [
        DayOff(id="1", office="P", day=date(2026, 11, 5), reason="Mất điện toàn phường"),
        DayOff(id="2", office="P", day=date(2026, 12, 5), working=True, reason="Làm bù"),
    ]
    days = plan_days(2026, (on_days(5),), law.calendar_for((2025, 2026, 2027), own))
    assert moves(days)["5/11"] == ("6/11", "Mất điện toàn phường")
    assert "5/12" not in moves(days)


def test_a_day_may_go_back_and_never_leaves_its_year() -> None:
    back = plan_days(2026, (on_days(20, shift=Shift.PREVIOUS),), CALENDAR)
    assert moves(back)["20/2"] == ("13/2", "Mùng bốn Tết Nguyên Đán")
    first = plan_days(2027, (on_days(1, shift=Shift.PREVIOUS),), CALENDAR)
    assert first[0].day == date(2027, 1, 4), "31/12/2026 is another year's calendar"
    last = plan_days(2028, (on_days(31),), WorkingCalendar())
    assert last[-1].day == date(2028, 12, 29), "Sunday 31/12/2028 cannot go into 2029"


def test_a_month_keeps_its_day_when_that_is_asked_for() -> None:
    assert moves(plan_days(2026, (on_days(30),), CALENDAR))["30/4"][0] == "4/5"
    kept = plan_days(2026, (on_days(30, shift=Shift.SAME_MONTH),), CALENDAR)
    assert moves(kept)["30/4"] == ("29/4", "Ngày Chiến thắng")
    assert sorted(day.day.month for day in kept) == list(range(1, 13))


def test_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    days = plan_days(2026, (on_days(31, shift=Shift.SAME_MONTH),), CALENDAR)
    assert shown(days).startswith("30/1 27/2 31/3 29/4 29/5 30/6")


def test_a_moved_day_gives_way_to_one_that_stands() -> None:
    days = plan_days(2026, (on_days(5), on_days(6)), CALENDAR)
    april = [day for day in days if day.day.month == 4]
    assert [day.day.day for day in april] == [6, 7]
    assert april[1].skipped == ((date(2026, 4, 5), WEEKEND), (date(2026, 4, 6), TAKEN))


def test_two_rules_for_one_day_make_one_sitting_of_the_whole_day() -> None:
    rules = on_days(5, part=Part.MORNING), on_days(5, 20, part=Part.AFTERNOON)
    days = {day.day: day.part for day in plan_days(2026, rules, CALENDAR)}
    assert days[date(2026, 3, 5)] is Part.ALL_DAY
    assert days[date(2026, 3, 20)] is Part.AFTERNOON


def test_planning_twice_adds_nothing() -> None:
    days = plan_days(2026, (on_days(5, 20),), CALENDAR)
    taken = {day.day for day in days} | {day.wanted for day in days}
    assert plan_days(2026, (on_days(5, 20),), CALENDAR, taken=taken) == ()


def test_a_plan_begins_on_the_day_from_which_it_holds() -> None:
    days = plan_days(2026, (on_days(5, 20),), CALENDAR, since=date(2026, 11, 23))
    assert shown(days) == "7/12 21/12"


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (on_days(), "plan_days_missing"),
        (on_days(0), "plan_days_range"),
        (on_days(32), "plan_days_range"),
        (PlanRule(pattern=Pattern.WEEKS_OF_MONTH), "plan_weeks_missing"),
    ],
)
def test_a_rule_that_names_no_day_says_so(rule: PlanRule, code: str) -> None:
    problem = rule.problem()
    assert problem is not None and problem.code == code


RULES = st.builds(
    PlanRule,
    pattern=st.sampled_from(Pattern),
    days=st.lists(st.integers(1, 31), max_size=3).map(tuple),
    weekday=st.integers(0, 6),
    weeks=st.lists(st.sampled_from([1, 2, 3, 4, 5, LAST]), max_size=3).map(tuple),
    part=st.sampled_from(Part),
    shift=st.sampled_from(Shift),
)


@given(rules=st.lists(RULES, max_size=3), year=st.sampled_from([2026, 2027]))
def test_whatever_the_rules_a_day_is_a_working_day_of_its_year_and_used_once(rules: list[PlanRule], year: int) -> None:
    days = plan_days(year, rules, CALENDAR)
    dates = [day.day for day in days]
    assert dates == sorted(set(dates))
    assert all(CALENDAR.is_working(day) and day.year == year for day in dates)
    assert all(day.moved == bool(day.skipped) for day in days)
