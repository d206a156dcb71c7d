"""The sections of the monthly report: heading, a sentence with the figures, a table by office, bars.

The same sections are printed, put on sheets of a workbook and looked at in the window. Words are data of the pack,
always Vietnamese; of a denunciation only the number of its file is told.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from tcd_desktop.domain.follow_up.review_row import ENDED, ReviewRow
from tcd_desktop.domain.reports.report_period import ReportPeriod
from tcd_desktop.paths import shipped
from tcd_desktop.reports.circular_sheets.narrative import period_in_words
from tcd_desktop.reports.circular_sheets.sheet_facts import unit_name
from tcd_desktop.reports.monthly.facts import MonthlyFacts, OpenDirective, OpenObligation

Cell = str | int
MOST_NAMED: Final = 2
"""Offices that are waited for and named; one more than these is named too."""
WRITTEN: Final = ("assessment", "proposals")
"""Sections that a person writes, by their code."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Lying bars: (name, figure)."""

    title: str
    bars: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class MonthlySection:
    """`head` and `rows` are a table (the last row is the sum when `total`); figures are numbers, for the workbook."""

    code: str
    heading: str
    text: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    total: bool = False
    charts: tuple[Chart, ...] = ()


@cache
def monthly_pack() -> Mapping[str, Any]:
    """The words of the report."""
    with shipped("resources", "forms", "local", "monthly-report.toml").open("rb") as file:
        return tomllib.load(file)


def about_words(period: ReportPeriod) -> str:
    """ "Kết quả công tác tiếp công dân … tháng 11 năm 2026"."""
    pattern: str = monthly_pack()["about"]
    return pattern.format(period=period_in_words(period))


def monthly_sections(facts: MonthlyFacts) -> tuple[MonthlySection, ...]:
    """All sections in the order of the report."""
    return (
        _visits(facts),
        _petitions(facts),
        _overdue(facts),
        _reviews(facts),
        _directives(facts),
        _inspections(facts),
        _written(facts, "assessment"),
        _written(facts, "proposals"),
    )


def _by_office(facts: MonthlyFacts, line: Callable[[str], tuple[int, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """A row for each office, and their sum when there is more than one."""
    figures = [(unit_name(name), line(code)) for code, name in facts.units]
    rows: list[tuple[Cell, ...]] = [(name, *values) for name, values in figures]
    if len(rows) > 1:
        columns = zip(*(values for _name, values in figures), strict=True)
        rows.append((monthly_pack()["total"], *(sum(column) for column in columns)))
    return tuple(rows)


def _section(code: str, facts: MonthlyFacts, values: Mapping[str, Any], **more: Any) -> MonthlySection:
    words = monthly_pack()[code]
    text = words["text"].format(**{name: _shown(value) for name, value in values.items()})
    return MonthlySection(code, words["heading"], text, head=tuple(words["head"]), **more)


def _shown(value: Any) -> str:
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else str(monthly_pack()["nothing"])


def _visits(facts: MonthlyFacts) -> MonthlySection:
    words, form = monthly_pack()["visits"], "01/TCD"
    values = {
        "first": f"{facts.period.first:%d/%m/%Y}",
        "last": f"{facts.period.last:%d/%m/%Y}",
        **{
            name: facts.sum(form, column)
            for name, column in (
                ("visits", 1),
                ("people", 2),
                ("matters", 3),
                ("crowds", 4),
                ("regular", 5),
                ("head_days", 10),
                ("head", 11),
                ("delegate_days", 16),
                ("delegate", 17),
            )
        },
    }
    rows = _by_office(facts, lambda code: tuple(facts.value(form, code, column) for column in (5, 10, 11, 17, 1, 2, 4)))
    charts = []
    if len(facts.units) > 1:
        bars = tuple((unit_name(name), facts.value(form, code, 1)) for code, name in facts.units)
        charts.append(Chart(words["chart"], bars))
    if facts.months:
        charts.append(Chart(words["months"], tuple((f"{day:%m/%Y}", count) for day, count in facts.months)))
    return _section("visits", facts, values, rows=rows, total=len(facts.units) > 1, charts=tuple(charts))


def _petitions(facts: MonthlyFacts) -> MonthlySection:
    petitions = {
        name: facts.sum("02/XLD", column)
        for name, column in (
            ("petitions", 1),
            ("handled", 2),
            ("own", 4),
            ("complaints", 6),
            ("denunciations", 12),
            ("proposals", 19),
            ("outside", 23),
            ("guided", 24),
            ("forwarded", 25),
        )
    }
    settled = {"decisions": facts.sum("03/GQKN", 7), "conclusions": facts.sum("04/GQTC", 7)}

    def line(code: str) -> tuple[int, ...]:
        counted = tuple(facts.value("02/XLD", code, column) for column in (1, 2, 6, 12, 19, 23))
        return (*counted, facts.value("03/GQKN", code, 7) + facts.value("04/GQTC", code, 7))

    return _section("petitions", facts, petitions | settled, rows=_by_office(facts, line), total=len(facts.units) > 1)


def _overdue(facts: MonthlyFacts) -> MonthlySection:
    words = monthly_pack()["overdue"]

    def line(code: str) -> tuple[int, ...]:
        now, late = facts.now.get(code), facts.directives_overdue.get(code, 0)
        return (now.open_cases, now.answers_overdue, now.cases_overdue, late) if now else (0, 0, 0, late)

    sums = [sum(column) for column in zip(*(line(code) for code, _name in facts.units), strict=True)]
    values = dict(zip(("open", "answers", "cases", "directives"), sums, strict=True))
    charts: tuple[Chart, ...] = ()
    if len(facts.units) > 1:
        bars = sorted(((unit_name(name), facts.late_here(code)) for code, name in facts.units), key=lambda one: -one[1])
        charts = (Chart(words["chart"], tuple(bars)),)
    return _section("overdue", facts, values, rows=_by_office(facts, line), total=len(facts.units) > 1, charts=charts)


def _reviews(facts: MonthlyFacts) -> MonthlySection:
    pack, period = monthly_pack(), facts.period
    shown = [row for row in facts.reviews if row.open or row.moved_between(period.first, period.last)]
    ended = [
        row
        for row in shown
        if row.entry.state in ENDED and row.entry.closed_on and period.first <= row.entry.closed_on <= period.last
    ]
    values = {
        "open": sum(row.open for row in shown),
        "overdue": sum(bool(row.overdue_by(facts.today)) for row in shown),
        "moved": sum(row.moved_between(period.first, period.last) for row in shown),
        "ended": len(ended),
    }
    rows = tuple(_review(row, facts, pack) for row in shown)
    return _section("reviews", facts, values, rows=rows)


def _review(row: ReviewRow, facts: MonthlyFacts, pack: Mapping[str, Any]) -> tuple[Cell, ...]:
    entry, case = row.entry, row.case
    title = pack["secret"] if row.secret or case is None else case.title
    number = case.book_number if case else pack["nothing"]
    told = row.told_between(facts.period.first, facts.period.last)
    progress = "; ".join(f"{one.on:%d/%m}: {' '.join(one.content.split())}" for one in reversed(told))
    due = f" ({_day(entry.due)})" if entry.due else ""
    return (
        unit_name(row.unit_name),
        f"{number} {title}".strip(),
        ", ".join(pack["criteria"][one.value] for one in entry.criteria) or pack["nothing"],
        f"{entry.measure}{due}".strip() or pack["nothing"],
        progress or pack["reviews"]["unmoved"],
        pack["states"][entry.state.value],
    )


def _directives(facts: MonthlyFacts) -> MonthlySection:
    late = sum(bool(one.late) for one in facts.directives) + sum(bool(one.late) for one in facts.obligations)
    values = {"directives": len(facts.directives), "obligations": len(facts.obligations), "overdue": late}
    rows = (
        *(_directive(one, facts) for one in facts.directives),
        *(_obligation(one, facts) for one in facts.obligations),
    )
    return _section("directives", facts, values, rows=rows)


def _directive(one: OpenDirective, facts: MonthlyFacts) -> tuple[Cell, ...]:
    directive, names = one.directive, facts.names
    return (
        " ".join(filter(None, (directive.number, directive.issuer))),
        " ".join(directive.content.split()),
        _offices([unit_name(names.get(code, code)) for code in one.waiting]),
        f"{_day(directive.issued_on)} - {_day(directive.due)}",
        _how_far(one.told, one.late),
    )


def _obligation(one: OpenObligation, facts: MonthlyFacts) -> tuple[Cell, ...]:
    pack, held = monthly_pack(), one.obligation
    secret = held.kind.value == "denunciation_conclusion"
    unit = unit_name(facts.names.get(held.office, held.office))
    return (
        " ".join(filter(None, (pack["kinds"][held.kind.value], held.number))),
        pack["secret"] if secret else " ".join(held.summary.split()),
        f"{held.responsible} ({unit})" if held.responsible else unit,
        f"{_day(held.effective_on or held.issued_on)} - {_day(held.due)}",
        _how_far("" if secret else held.progress, one.late),
    )


def _offices(names: list[str]) -> str:
    """The first few by name, the others as a number: the board and the directive itself name them all."""
    if len(names) <= MOST_NAMED + 1:
        return ", ".join(names)
    others: str = monthly_pack()["directives"]["others"]
    return others.format(names=", ".join(names[:MOST_NAMED]), n=len(names) - MOST_NAMED)


def _how_far(told: str, late: int) -> str:
    words = monthly_pack()["directives"]["late"].format(days=late) if late else ""
    return "; ".join(filter(None, (" ".join(told.split()), words))) or str(monthly_pack()["nothing"])


def _inspections(facts: MonthlyFacts) -> MonthlySection:
    nothing = monthly_pack()["nothing"]
    values = {
        "rounds": len(facts.inspections),
        "findings": sum(one.findings for one in facts.inspections),
        "open": sum(one.open for one in facts.inspections),
    }
    rows = tuple(
        (
            unit_name(facts.names.get(one.round.unit, one.round.unit)),
            f"{_day(one.round.since)} - {_day(one.round.until)}",
            one.findings,
            one.open,
            " ".join(one.round.conclusion.split()) or nothing,
        )
        for one in facts.inspections
    )
    return _section("inspections", facts, values, rows=rows)


def _written(facts: MonthlyFacts, code: str) -> MonthlySection:
    return MonthlySection(code, monthly_pack()[code]["heading"], facts.written.get(code, ""))


def missing(sections: Iterable[MonthlySection]) -> list[str]:
    """Headings of the sections that somebody has still to write."""
    return [one.heading for one in sections if one.code in WRITTEN and not one.text]
