"""Names of reports, their periods and their standing, as the window and the command line say them."""

from __future__ import annotations

from datetime import date
from typing import Final

from tcd_desktop.domain.reports.report_counting import DayCounting, HeadTakes, MatterCounting, RefusedVisits
from tcd_desktop.domain.reports.report_period import MonthRule, PeriodKind, ReportPeriod
from tcd_desktop.domain.reports.sent_report import ReportKind, SentReport
from tcd_desktop.i18n import LazyText, _, lazy

ROMAN: Final = ("I", "II", "III", "IV")

KIND_NAMES: dict[PeriodKind, LazyText] = {
    PeriodKind.QUARTER: lazy("Quarter"),
    PeriodKind.HALF_YEAR: lazy("6 months"),
    PeriodKind.NINE_MONTHS: lazy("9 months"),
    PeriodKind.YEAR: lazy("Year"),
    PeriodKind.MONTH: lazy("Month"),
    PeriodKind.DAYS: lazy("Other days"),
}

CHOICE_NAMES: dict[str, LazyText] = {
    "matters": lazy("Matters of visits (01/TCD, columns 3, 7, 13, 19)"),
    "head": lazy("A regular matter the head received too"),
    "days": lazy("Days of the head (01/TCD, columns 10, 16)"),
    "refused": lazy("Visits that were refused"),
}
"""What the circular leaves open -> its name."""

CHOICE_WORDS: dict[str, LazyText] = {
    f"matters={MatterCounting.PERIOD}": lazy("each matter once in the period"),
    f"matters={MatterCounting.VISIT}": lazy("each matter as often as it was received"),
    f"head={HeadTakes.MATTERS}": lazy("the matter counts with the head, its regular visits stay visits"),
    f"head={HeadTakes.VISITS}": lazy("its regular visits are left out too"),
    f"days={DayCounting.ANNOUNCED}": lazy("every announced day that was not put off"),
    f"days={DayCounting.HELD}": lazy("only announced days that were held"),
    f"refused={RefusedVisits.LEFT_OUT}": lazy("are no visits"),
    f"refused={RefusedVisits.COUNTED}": lazy("count as visits"),
}
"""Code of a choice -> what it means."""


def period_name(period: ReportPeriod) -> str:
    """ "Quarter IV of 2026", "6 months of 2026", "From 01/11/2026 to 20/11/2026"."""
    if period.kind is PeriodKind.QUARTER:
        return _("Quarter {number} of {year}").format(number=ROMAN[period.number - 1], year=period.year)
    if period.kind is PeriodKind.HALF_YEAR:
        return _("6 months of {year}").format(year=period.year)
    if period.kind is PeriodKind.NINE_MONTHS:
        return _("9 months of {year}").format(year=period.year)
    if period.kind is PeriodKind.YEAR:
        return _("Year {year}").format(year=period.year)
    if period.kind is PeriodKind.MONTH:
        return _("Month {month} of {year}").format(month=period.number, year=period.year)
    return _("From {since} to {until}").format(since=_day(period.first), until=_day(period.last))


def report_name(period: ReportPeriod, kind: ReportKind = ReportKind.CIRCULAR) -> str:
    """ "Report: quarter IV of 2026"."""
    told = _("Monthly report") if kind is ReportKind.MONTHLY else _("Report")
    return f"{told}: {period_name(period)}"


def days_words(period: ReportPeriod) -> str:
    """ "15/09 - 14/12/2026"."""
    first = f"{period.first:%d/%m}" if period.first.year == period.last.year else _day(period.first)
    return f"{first} - {_day(period.last)}"


def due_words(due: date, today: date) -> str:
    """ "due 17/12", "due today", "3 days overdue"."""
    days = (due - today).days
    if days == 0:
        return _("due today")
    if days < 0:
        return _("overdue since {day}").format(day=f"{due:%d/%m}" if due.year == today.year else _day(due))
    return _("due {day}").format(day=f"{due:%d/%m}" if due.year == today.year else _day(due))


def month_rule_name(rule: MonthRule) -> str:
    """How an office cuts its months."""
    return _("from the 1st to the last day") if rule is MonthRule.CALENDAR else _("from the 15th to the 14th")


def standing_words(report: SentReport | None) -> tuple[str, str]:
    """(what happened to a report, the tone of its chip)."""
    if report is None:
        return _("Not made yet"), "neutral"
    if report.removed:
        return _("Withdrawn"), "closed"
    if report.sent_on is not None:
        return _("Sent {day}, no. {number}").format(day=f"{report.sent_on:%d/%m}", number=report.number), "success"
    return _("Made {day}, not sent").format(day=f"{report.made_on:%d/%m}"), "warning"


def change_words(now: int, then: int) -> str:
    """ "up 12", "down 3", "as many"."""
    if now == then:
        return _("as many")
    told = _("up {n}") if now > then else _("down {n}")
    return told.format(n=f"{abs(now - then):,}".replace(",", "."))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


OMITTED_WORDS: dict[str, LazyText] = {
    "removed": lazy("in the recycle bin, not counted"),
    "refused": lazy("refused visit: nobody was received, not counted"),
    "same_visit": lazy("another content of one visit: a matter of its own, no second visit"),
    "under_head": lazy("the head received the matter too: it counts there"),
    "not_announced": lazy("day of the head that was never posted, not counted"),
    "put_off": lazy("day of the head that was put off, not counted"),
    "not_held": lazy("day of the head not held yet, not counted"),
    "dialogue": lazy("a dialogue is no reception of the head, not counted"),
    "not_processed": lazy("petition without a direction: in column 1 only"),
    "not_eligible": lazy("petition that is not eligible: in columns 1 and 2 only"),
    "refused_visit": lazy("petition of a refused visit, not counted"),
    "no_field": lazy("petition without a field: counted as other"),
    "repeat": lazy("repeated petition: a petition, no matter of its own"),
    "no_result": lazy("decision without a result of the list: in column 7 only"),
    "withdrawn_part": lazy("only a part was withdrawn: not in column 6"),
    "suspended": lazy("suspended, not ended: not in column 6"),
    "not_registered": lazy("nobody registered what the decision orders: no money, land or people counted"),
    "impossible": lazy("cannot be carried out and still counts as to be carried out"),
}
"""Code of `store.figures.circular_figures.REASONS` -> why a record is left out, or where it counts instead."""

SERIOUS: Final = frozenset({"not_announced", "not_processed", "no_field", "no_result", "not_registered", "not_held"})
"""Reasons that somebody can mend before the report is sent; the others only tell how it was counted."""

RECORD_NAMES: dict[str, LazyText] = {
    "reception": lazy("Visit"),
    "petition": lazy("Petition"),
    "case_file": lazy("Case"),
    "obligation": lazy("Decision or conclusion"),
    "sitting": lazy("Day of the head"),
    "inspection_round": lazy("Inspection"),
    "opening_balance": lazy("Carried over"),
}
"""Table -> what a record behind a figure is."""


def omitted_words(reason: str) -> str:
    """Why a record is left out; an unknown code says only that."""
    words = OMITTED_WORDS.get(reason)
    return str(words) if words else _("not counted")


def record_name(table: str) -> str:
    """What a record is."""
    words = RECORD_NAMES.get(table)
    return str(words) if words else _("Record")
