"""The periods of reports (kỳ báo cáo): their days, their names in codes, when the report is due.

TT 06/2025/TT-TTCP Điều 7: quarters, six and nine months and the year run from the 15th to the 14th. A month is a local
request: the calendar's month, or the 15th to the 14th.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tcd_desktop.domain.clocks.periods import FIRST_DAY, quarter_span
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import OfficeKind

_ONE_DAY: Final = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 2010, 2099
LONGEST: Final = timedelta(days=3 * 366)
"""Of a period of any days."""


class PeriodKind(StrEnum):
    """Quý, 6 tháng, 9 tháng, năm, tháng, từ ngày đến ngày."""

    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    MONTH = "month"
    DAYS = "days"


class MonthRule(StrEnum):
    """What an office calls a month: ngày 1 đến ngày cuối tháng, or ngày 15 tháng trước đến ngày 14."""

    CALENDAR = "calendar"
    CUT = "cut"


_LAST_MONTH: Final = {PeriodKind.HALF_YEAR: 6, PeriodKind.NINE_MONTHS: 9, PeriodKind.YEAR: 12}
_ENDINGS: Final = {PeriodKind.HALF_YEAR: "6m", PeriodKind.NINE_MONTHS: "9m", PeriodKind.YEAR: "y"}


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """`number` is the quarter or the month (0 where there is none); `first` and `last` are both included."""

    kind: PeriodKind
    year: int
    number: int
    first: date
    last: date

    @property
    def code(self) -> str:
        """ "2026-q4", "2026-6m", "2026-9m", "2026-y", "2026-m11", "2026-m11-15", "2026-11-01_2026-11-20"."""
        if self.kind is PeriodKind.QUARTER:
            return f"{self.year}-q{self.number}"
        if self.kind is PeriodKind.MONTH:
            return f"{self.year}-m{self.number:02d}" + ("" if self.first.day == 1 else f"-{FIRST_DAY}")
        if self.kind is PeriodKind.DAYS:
            return f"{self.first.isoformat()}_{self.last.isoformat()}"
        return f"{self.year}-{_ENDINGS[self.kind]}"

    @property
    def lawful(self) -> bool:
        """One of the circular's own periods."""
        return self.kind not in (PeriodKind.MONTH, PeriodKind.DAYS)

    @property
    def month_rule(self) -> MonthRule:
        """How a month is cut; meaningless for others."""
        return MonthRule.CALENDAR if self.first.day == 1 else MonthRule.CUT

    def before(self) -> ReportPeriod:
        """The period before: the quarter before, the same stretch a year ago for six and nine months and years."""
        if self.kind is PeriodKind.QUARTER:
            return quarter(self.year - 1, 4) if self.number == 1 else quarter(self.year, self.number - 1)
        if self.kind is PeriodKind.MONTH:
            year, number = (self.year - 1, 12) if self.number == 1 else (self.year, self.number - 1)
            return month(year, number, self.month_rule)
        if self.kind is PeriodKind.DAYS:
            return days(self.first - (self.last - self.first) - _ONE_DAY, self.first - _ONE_DAY)
        return to_date(self.kind, self.year - 1)

    def year_before(self) -> ReportPeriod:
        """Cùng kỳ năm trước."""
        if self.kind is PeriodKind.QUARTER:
            return quarter(self.year - 1, self.number)
        if self.kind is PeriodKind.MONTH:
            return month(self.year - 1, self.number, self.month_rule)
        if self.kind is PeriodKind.DAYS:
            return days(_a_year_before(self.first), _a_year_before(self.last))
        return to_date(self.kind, self.year - 1)

    def after(self) -> ReportPeriod:
        """The next one of its kind."""
        if self.kind is PeriodKind.QUARTER:
            return quarter(self.year + 1, 1) if self.number == 4 else quarter(self.year, self.number + 1)
        if self.kind is PeriodKind.MONTH:
            year, number = (self.year + 1, 1) if self.number == 12 else (self.year, self.number + 1)
            return month(year, number, self.month_rule)
        if self.kind is PeriodKind.DAYS:
            return days(self.last + _ONE_DAY, self.last + (self.last - self.first) + _ONE_DAY)
        return to_date(self.kind, self.year + 1)


def _a_year_before(day: date) -> date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year - 1, day=last)


def quarter(year: int, number: int) -> ReportPeriod:
    """Quý I to IV."""
    return ReportPeriod(PeriodKind.QUARTER, year, number, *quarter_span(year, number))


def to_date(kind: PeriodKind, year: int) -> ReportPeriod:
    """6 tháng, 9 tháng, năm: from the 15th of December before."""
    return ReportPeriod(kind, year, 0, date(year - 1, 12, FIRST_DAY), date(year, _LAST_MONTH[kind], FIRST_DAY - 1))


def month(year: int, number: int, rule: MonthRule) -> ReportPeriod:
    """A month as the office cuts it."""
    if rule is MonthRule.CALENDAR:
        following = date(year + number // 12, number % 12 + 1, 1)
        return ReportPeriod(PeriodKind.MONTH, year, number, date(year, number, 1), following - _ONE_DAY)
    before = date(year - 1, 12, FIRST_DAY) if number == 1 else date(year, number - 1, FIRST_DAY)
    return ReportPeriod(PeriodKind.MONTH, year, number, before, date(year, number, FIRST_DAY - 1))


def days(first: date, last: date) -> ReportPeriod:
    """Any days; their order does not matter."""
    first, last = min(first, last), max(first, last)
    return ReportPeriod(PeriodKind.DAYS, last.year, 0, first, last)


def period_of(kind: PeriodKind, day: date, rule: MonthRule = MonthRule.CALENDAR) -> ReportPeriod:
    """The period of a kind that a day lies in; of six and nine months that of its year, over or not."""
    if kind is PeriodKind.DAYS:
        return days(day, day)
    if kind is PeriodKind.MONTH and rule is MonthRule.CALENDAR:
        return month(day.year, day.month, rule)
    shifted = day.month + (1 if day.day >= FIRST_DAY else 0)
    year, number = (day.year + 1, 1) if shifted > 12 else (day.year, shifted)
    if kind is PeriodKind.MONTH:
        return month(year, number, rule)
    if kind is PeriodKind.QUARTER:
        return quarter(year, (number - 1) // 3 + 1)
    return to_date(kind, year)


_CODE: Final = re.compile(r"(\d{4})-(?:q([1-4])|(6m|9m|y)|m?(0[1-9]|1[0-2])(-15)?)")
_DAYS: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:_|\.\.)(\d{4}-\d\d-\d\d)")


def period_from_code(code: str, rule: MonthRule = MonthRule.CALENDAR) -> ReportPeriod:
    """The period of a code; "2026-11" is the month as the office cuts it. Raises Refused("unknown_period")."""
    text = code.strip().lower()
    if found := _DAYS.fullmatch(text):
        return _typed_days(found[1], found[2], code)
    parts = _CODE.fullmatch(text)
    if parts is None or not FIRST_YEAR <= int(parts[1]) <= LAST_YEAR:
        raise Refused("unknown_period", period=code[:40])
    year = int(parts[1])
    if parts[2]:
        return quarter(year, int(parts[2]))
    if parts[3]:
        return to_date(next(kind for kind, ending in _ENDINGS.items() if ending == parts[3]), year)
    if parts[5]:
        return month(year, int(parts[4]), MonthRule.CUT)
    return month(year, int(parts[4]), MonthRule.CALENDAR if "m" in text else rule)


def _typed_days(first: str, last: str, code: str) -> ReportPeriod:
    try:
        since, until = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as error:
        raise Refused("unknown_period", period=code[:40]) from error
    if not FIRST_YEAR <= since.year <= until.year <= LAST_YEAR or until - since > LONGEST:
        raise Refused("unknown_period", period=code[:40])
    return days(since, until)


@dataclass(frozen=True, slots=True)
class JumpRule:
    """A change is pointed at from `least` more or fewer, and from `percent` of the earlier figure."""

    least: int
    percent: int

    def odd(self, now: int, then: int) -> bool:
        """Whether a figure changed so much that it should be looked at."""
        change = abs(now - then)
        return change >= self.least and change * 100 >= self.percent * then


@dataclass(frozen=True, slots=True)
class ReportRules:
    """The law's and the local rules about reports (`resources/law/report-periods.toml`)."""

    source: str
    due: Mapping[OfficeKind, int]
    due_month: Mapping[OfficeKind, int]
    narrative_kinds: frozenset[PeriodKind]
    narrative_quarters: frozenset[int]
    jump: JumpRule

    def due_on(self, period: ReportPeriod, office: OfficeKind) -> date | None:
        """The last day for sending; None for a period of any days, which nobody asked for beforehand."""
        if period.kind is PeriodKind.DAYS:
            return None
        if period.kind is not PeriodKind.MONTH:
            return period.last.replace(day=self.due[office])
        if period.month_rule is MonthRule.CUT:
            return period.last.replace(day=self.due_month[office])
        after = period.last + _ONE_DAY
        return after.replace(day=self.due_month[office])

    def has_narrative(self, period: ReportPeriod) -> bool:
        """Whether Mẫu số 02 goes with it; months and typed days may have it, the law does not ask."""
        if period.kind is PeriodKind.QUARTER:
            return period.number in self.narrative_quarters
        return period.kind in self.narrative_kinds

    def asked(self, today: date, office: OfficeKind, *, back: timedelta, ahead: timedelta) -> Iterator[ReportPeriod]:
        """The lawful periods whose report was due since `back`, or is due within `ahead`, the earliest due first."""
        low, high = today - back, today + ahead
        for year in range(low.year, high.year + 1):
            for number in range(1, 5):
                one = quarter(year, number)
                due = self.due_on(one, office)
                if due is not None and low <= due <= high:
                    yield one
                    yield from (to_date(kind, year) for kind, last in _LAST_MONTH.items() if last == number * 3)

    def next_due(self, today: date, office: OfficeKind) -> tuple[ReportPeriod, date]:
        """The lawful report that is due next, today included, and its day."""
        found = next(self.asked(today, office, back=timedelta(), ahead=timedelta(days=200)))
        due = self.due_on(found, office)
        assert due is not None
        return found, due
