"""Stretches of days; every day is in exactly one quarter of the reports."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcd_desktop.domain.clocks.periods import Period, quarter_span, report_quarter, span


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 12, 14), (2026, 4)),
        (date(2026, 12, 15), (2027, 1)),
        (date(2027, 3, 14), (2027, 1)),
        (date(2027, 3, 15), (2027, 2)),
        (date(2026, 6, 15), (2026, 3)),
        (date(2026, 11, 23), (2026, 4)),
    ],
)
def test_a_reports_quarter_begins_on_the_fifteenth(day: date, quarter: tuple[int, int]) -> None:
    assert report_quarter(day) == quarter


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (Period.TODAY, ((2026, 11, 23), (2026, 11, 23))),
        (Period.WEEK, ((2026, 11, 23), (2026, 11, 29))),
        (Period.MONTH, ((2026, 11, 1), (2026, 11, 30))),
        (Period.QUARTER, ((2026, 9, 15), (2026, 12, 14))),
        (Period.LAST_QUARTER, ((2026, 6, 15), (2026, 9, 14))),
        (Period.YEAR, ((2026, 1, 1), (2026, 12, 31))),
    ],
)
def test_periods_seen_from_a_monday_in_november(period: Period, days: tuple[tuple[int, int, int], ...]) -> None:
    assert span(period, date(2026, 11, 23)) == (date(*days[0]), date(*days[1]))


def test_december_has_its_last_day() -> None:
    assert span(Period.MONTH, date(2026, 12, 31)) == (date(2026, 12, 1), date(2026, 12, 31))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(Period))
def test_every_period_but_the_one_before_holds_today(today: date, period: Period) -> None:
    first, last = span(period, today)
    assert first <= last
    assert (first <= today <= last) is (period is not Period.LAST_QUARTER)


@given(st.integers(2000, 2080), st.integers(1, 4))
def test_quarters_follow_each_other_without_a_gap(year: int, quarter: int) -> None:
    _first, last = quarter_span(year, quarter)
    following = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
    assert quarter_span(*following)[0] == last + timedelta(days=1)
