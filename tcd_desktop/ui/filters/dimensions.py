"""What a list can be narrowed by: one dimension each, with its choices; values are texts, "" is no filter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tcd_desktop import words
from tcd_desktop.domain.clocks.periods import Period, span
from tcd_desktop.i18n import Text, _, lazy
from tcd_desktop.ui.forms.typed_dates import show_date

Values = dict[str, str]
"""Key of a dimension -> the value chosen. Days are ISO texts under `SINCE` and `UNTIL`."""

SINCE, UNTIL, PERIOD = "since", "until", "period"

PERIODS: tuple[tuple[Period, Text], ...] = (
    (Period.TODAY, lazy("Today")),
    (Period.WEEK, lazy("This week")),
    (Period.MONTH, lazy("This month")),
    (Period.QUARTER, lazy("This report quarter")),
    (Period.LAST_QUARTER, lazy("Last report quarter")),
    (Period.YEAR, lazy("This year")),
)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A question with its choices (value, words). `dates`: other days may be typed besides.

    One without choices comes from other places of the program and is only taken away here; `show` words its value.
    """

    key: str
    title: Text
    options: tuple[tuple[str, Text], ...]
    dates: bool = False
    show: Callable[[str], str] | None = None

    def words_of(self, value: str) -> str:
        """The words of a choice; the value itself when it is none of them any more."""
        known = next((str(text) for known, text in self.options if known == value), "")
        return known or (self.show(value) if self.show else value)

    def with_options(self, options: Sequence[tuple[str, Text]]) -> Dimension:
        """The same question with other choices."""
        return replace(self, options=tuple(options))


def from_terms(key: str, title: Text, terms: type[StrEnum]) -> Dimension:
    """A dimension of one of the law's closed lists."""
    return Dimension(key, title, tuple((str(member), text) for member, text in words.options(terms)))


def period(title: Text) -> Dimension:
    """The days: a period seen from today, or typed ones."""
    return Dimension(PERIOD, title, tuple((str(one), text) for one, text in PERIODS), dates=True)


def yes_no(key: str, title: Text, yes: Text, no: Text | None = None) -> Dimension:
    """A dimension of two choices, or of one."""
    options: list[tuple[str, Text]] = [("yes", yes)]
    if no is not None:
        options.append(("no", no))
    return Dimension(key, title, tuple(options))


def days_of(values: Mapping[str, str], today: date) -> tuple[date | None, date | None]:
    """First and last day that are asked for."""
    chosen = values.get(PERIOD, "")
    if chosen in set(Period):
        return span(Period(chosen), today)
    return _day(values.get(SINCE, "")), _day(values.get(UNTIL, ""))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def days_words(values: Mapping[str, str], today: date) -> str:
    """ "Quý báo cáo này (15/09 - 14/12/2026)", "từ 05/09/2026"; "" when all days are shown."""
    since, until = days_of(values, today)
    if since is None and until is None:
        return ""
    if since is None:
        span_words = _("until {day}").format(day=show_date(until))
    elif until is None:
        span_words = _("from {day}").format(day=show_date(since))
    elif since == until:
        span_words = show_date(since)
    else:
        first = f"{since:%d/%m}" if since.year == until.year else show_date(since)
        span_words = f"{first} - {show_date(until)}"
    name = next((str(text) for one, text in PERIODS if values.get(PERIOD) == str(one)), "")
    return f"{name} ({span_words})" if name else span_words


def chips(dimensions: Sequence[Dimension], values: Mapping[str, str], today: date) -> list[tuple[str, str]]:
    """(key, words) of every filter that is on, in the order of the dimensions."""
    found = []
    for dimension in dimensions:
        if dimension.dates:
            text = days_words(values, today)
            if text:
                found.append((dimension.key, text))
        elif value := values.get(dimension.key, ""):
            text = dimension.words_of(value)
            found.append((dimension.key, text if len(dimension.options) == 1 else f"{dimension.title}: {text}"))
    return found
