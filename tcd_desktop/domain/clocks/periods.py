"""Stretches of days that offices ask for; the quarters are those of the reports (TT 06/2025/TT-TTCP Điều 7)."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

_ONE_DAY = timedelta(days=1)
FIRST_DAY = 15
"""A report's quarter begins on the 15th of the last month of the quarter before."""


class Period(StrEnum):
    """Hôm nay, tuần này, tháng này, quý báo cáo này, quý báo cáo trước, năm nay."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    LAST_QUARTER = "last_quarter"
    YEAR = "year"


def report_quarter(day: date) -> tuple[int, int]:
    """(year, quarter) of the reports a day belongs to: 14/3 is in the first quarter, 15/3 in the second."""
    shifted = day.month + (1 if day.day >= FIRST_DAY else 0)
    if shifted > 12:
        return day.year + 1, 1
    return day.year, (shifted - 1) // 3 + 1


def quarter_span(year: int, quarter: int) -> tuple[date, date]:
    """First and last day of a report's quarter: the first is 15/12 of the year before to 14/3."""
    first = date(year - 1, 12, FIRST_DAY) if quarter == 1 else date(year, quarter * 3 - 3, FIRST_DAY)
    return first, date(year, quarter * 3, FIRST_DAY - 1)


def span(period: Period, today: date) -> tuple[date, date]:
    """First and last day of a period, seen from today. A week begins on Monday."""
    if period is Period.TODAY:
        return today, today
    if period is Period.WEEK:
        monday = today - timedelta(days=today.weekday())
        return monday, monday + timedelta(days=6)
    if period is Period.MONTH:
        after = date(today.year + today.month // 12, today.month % 12 + 1, 1)
        return today.replace(day=1), after - _ONE_DAY
    if period is Period.YEAR:
        return date(today.year, 1, 1), date(today.year, 12, 31)
    first, last = quarter_span(*report_quarter(today))
    if period is Period.LAST_QUARTER:
        return quarter_span(*report_quarter(first - _ONE_DAY))
    return first, last
