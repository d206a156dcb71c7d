"""The periods of reports: their days, codes and due days (TT 06/2025/TT-TTCP Điều 4, Điều 7)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcd_desktop import law
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.reports.report_period import (
    JumpRule,
    MonthRule,
    PeriodKind,
    ReportPeriod,
    days,
    month,
    period_from_code,
    period_of,
    quarter,
    to_date,
)
from tcd_desktop.domain.terms import OfficeKind

CUT, CALENDAR = MonthRule.CUT, MonthRule.CALENDAR


@pytest.mark.parametrize(
    ("period", "first", "last", "code"),
    [
        (quarter(2026, 1), date(2025, 12, 15), date(2026, 3, 14), "2026-q1"),
        (quarter(2026, 4), date(2026, 9, 15), date(2026, 12, 14), "2026-q4"),
        (to_date(PeriodKind.HALF_YEAR, 2026), date(2025, 12, 15), date(2026, 6, 14), "2026-6m"),
        (to_date(PeriodKind.NINE_MONTHS, 2026), date(2025, 12, 15), date(2026, 9, 14), "2026-9m"),
        (to_date(PeriodKind.YEAR, 2026), date(2025, 12, 15), date(2026, 12, 14), "2026-y"),
        (month(2026, 11, CALENDAR), date(2026, 11, 1), date(2026, 11, 30), "2026-m11"),
        (month(2026, 12, CALENDAR), date(2026, 12, 1), date(2026, 12, 31), "2026-m12"),
        (month(2026, 1, CUT), date(2025, 12, 15), date(2026, 1, 14), "2026-m01-15"),
        (month(2026, 11, CUT), date(2026, 10, 15), date(2026, 11, 14), "2026-m11-15"),
        (days(date(2026, 11, 20), date(2026, 11, 1)), date(2026, 11, 1), date(2026, 11, 20), "2026-11-01_2026-11-20"),
    ],
)
def test_every_period_has_the_days_of_the_circular_and_a_code(
    period: ReportPeriod, first: date, last: date, code: str
) -> None:
    assert (period.first, period.last, period.code) == (first, last, code)
    assert period_from_code(code) == period


def test_a_month_without_a_rule_is_the_offices_own() -> None:
    assert period_from_code("2026-11", CUT) == month(2026, 11, CUT)
    assert period_from_code("2026-11", CALENDAR) == month(2026, 11, CALENDAR)


@pytest.mark.parametrize(
    "code", ["", "2026", "2026-q5", "2026-m13", "1999-q1", "2026-11-31_2026-12-01", "q4", "x" * 99]
)
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(Refused, match="unknown_period"):
        period_from_code(code)


@given(
    st.sampled_from([kind for kind in PeriodKind if kind is not PeriodKind.DAYS]),
    st.dates(date(2014, 1, 1), date(2060, 12, 31)),
    st.sampled_from(MonthRule),
)
def test_periods_of_a_kind_follow_each_other(kind: PeriodKind, day: date, rule: MonthRule) -> None:
    here = period_of(kind, day, rule)
    assert here.after().before() == here and here.before().after() == here
    assert period_from_code(here.code) == here
    if kind in (PeriodKind.QUARTER, PeriodKind.MONTH):
        assert here.first <= day <= here.last
        assert here.after().first == here.last + timedelta(days=1)
    assert here.year_before().last.year == here.last.year - 1


def test_the_29th_of_february_has_a_day_a_year_before() -> None:
    assert days(date(2028, 2, 29), date(2028, 2, 29)).year_before().first == date(2027, 2, 28)


def test_a_ward_sends_by_the_17th_and_its_superior_by_the_20th() -> None:
    rules = law.report_rules()
    assert rules.due_on(quarter(2026, 4), OfficeKind.WARD) == date(2026, 12, 17)
    assert rules.due_on(quarter(2026, 4), OfficeKind.DISTRICT) == date(2026, 12, 20)
    assert rules.due_on(to_date(PeriodKind.HALF_YEAR, 2026), OfficeKind.WARD) == date(2026, 6, 17)
    assert rules.due_on(month(2026, 11, CALENDAR), OfficeKind.WARD) == date(2026, 12, 17)
    assert rules.due_on(month(2026, 11, CUT), OfficeKind.WARD) == date(2026, 11, 17)
    assert rules.due_on(days(date(2026, 1, 1), date(2026, 1, 9)), OfficeKind.WARD) is None


@pytest.mark.parametrize(
    ("today", "due", "codes"),
    [
        (date(2026, 11, 23), date(2026, 12, 17), ["2026-q4", "2026-y"]),
        (date(2026, 12, 17), date(2026, 12, 17), ["2026-q4", "2026-y"]),
        (date(2026, 12, 18), date(2027, 3, 17), ["2027-q1"]),
        (date(2026, 6, 1), date(2026, 6, 17), ["2026-q2", "2026-6m"]),
        (date(2026, 9, 1), date(2026, 9, 17), ["2026-q3", "2026-9m"]),
    ],
)
def test_what_is_due_next_is_known_every_day(today: date, due: date, codes: list[str]) -> None:
    rules = law.report_rules()
    period, day = rules.next_due(today, OfficeKind.WARD)
    assert day == due and period.code == codes[0]
    asked = rules.asked(today, OfficeKind.WARD, back=timedelta(), ahead=due - today)
    assert [one.code for one in asked] == codes


def test_the_narrative_goes_with_the_first_quarter_six_nine_months_and_the_year() -> None:
    rules = law.report_rules()
    told = [rules.has_narrative(quarter(2026, number)) for number in (1, 2, 3, 4)]
    assert told == [True, False, False, False]
    longer = (PeriodKind.HALF_YEAR, PeriodKind.NINE_MONTHS, PeriodKind.YEAR)
    assert all(rules.has_narrative(to_date(kind, 2026)) for kind in longer)
    assert not rules.has_narrative(month(2026, 11, CALENDAR))


def test_a_jump_is_large_both_in_number_and_in_share() -> None:
    rule = JumpRule(least=5, percent=50)
    assert rule.odd(5, 0) and rule.odd(0, 5) and rule.odd(15, 10) and rule.odd(5, 10)
    assert not rule.odd(4, 0) and not rule.odd(104, 100) and not rule.odd(14, 10) and not rule.odd(10, 10)
