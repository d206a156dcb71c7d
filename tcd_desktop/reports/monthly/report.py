"""The monthly report as it is read: its sections, fresh from the books or as a report kept them when it was made.

A kept section is text: the heading, the sentence, then the lines of its table ("| Phường A | 12 |") and of its charts
("# Lượt tiếp", "# Phường A | 12"). Read back it gives the same paper and the same workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tcd_desktop.domain.office import Office
from tcd_desktop.domain.reports.report_period import ReportPeriod, period_from_code
from tcd_desktop.domain.reports.sent_report import NarrativePart, SentReport
from tcd_desktop.reports.monthly.facts import MonthlyFacts
from tcd_desktop.reports.monthly.sections import WRITTEN, Cell, Chart, MonthlySection, monthly_sections

_ROW: Final = "| "
_CHART: Final = "# "
_BETWEEN: Final = " | "
_FIGURES: Final = {
    "visits": range(1, 8),
    "petitions": range(1, 8),
    "overdue": range(1, 5),
    "inspections": range(2, 4),
}
"""Section -> the columns of its table that hold figures; the others hold words, a number of a document too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyReport:
    """What the paper and the workbook are made of. `number` "" and `sent_on` None: it has not gone out yet."""

    office: Office
    period: ReportPeriod
    made_on: date
    sections: tuple[MonthlySection, ...]
    number: str = ""
    sent_on: date | None = None


def report_of(facts: MonthlyFacts) -> MonthlyReport:
    """The report as the books tell it now."""
    return MonthlyReport(
        office=facts.office,
        period=facts.period,
        made_on=facts.today,
        sections=monthly_sections(facts),
        number=facts.number,
        sent_on=facts.sent_on,
    )


def kept_report(report: SentReport, office: Office) -> MonthlyReport:
    """The report as it was when it was made."""
    return MonthlyReport(
        office=office,
        period=period_from_code(report.period),
        made_on=report.made_on,
        sections=tuple(_read(part) for part in report.narrative),
        number=report.number,
        sent_on=report.sent_on,
    )


def parts_of(sections: Sequence[MonthlySection]) -> tuple[NarrativePart, ...]:
    """The sections as a report keeps them."""
    return tuple(NarrativePart(code=one.code, text="\n".join(_lines(one))) for one in sections)


def _lines(section: MonthlySection) -> Iterator[str]:
    yield section.heading
    yield from section.text.splitlines()
    rows = (section.head, *section.rows) if section.head else ()
    yield from (_ROW + _BETWEEN.join(_one_line(cell) for cell in row) + " |" for row in rows)
    for chart in section.charts:
        yield _CHART + _one_line(chart.title)
        yield from (f"{_CHART}{_one_line(name)}{_BETWEEN}{value}" for name, value in chart.bars)


def _one_line(cell: Cell) -> str:
    return " ".join(str(cell).split()).replace("|", "/")


def _read(part: NarrativePart) -> MonthlySection:
    heading, _line, rest = part.text.partition("\n")
    lines = rest.splitlines()
    if part.code in WRITTEN:  # whatever was written there is words
        return MonthlySection(part.code, heading, rest)
    text = [line for line in lines if not line.startswith((_ROW, _CHART))]
    rows = [_cells(line) for line in lines if line.startswith(_ROW)]
    figures = _FIGURES.get(part.code, range(0))
    found = tuple(
        tuple(int(cell) if at in figures and cell.isdecimal() else cell for at, cell in enumerate(row))
        for row in rows[1:]
    )
    return MonthlySection(
        part.code,
        heading,
        "\n".join(text),
        head=tuple(rows[0]) if rows else (),
        rows=found,
        total=len(found) > 1 and part.code in ("visits", "petitions", "overdue"),
        charts=_charts(line.removeprefix(_CHART) for line in lines if line.startswith(_CHART)),
    )


def _cells(line: str) -> list[str]:
    return line.removeprefix(_ROW).removesuffix("|").removesuffix(" ").split(_BETWEEN)


def _charts(lines: Iterator[str]) -> tuple[Chart, ...]:
    found: list[tuple[str, list[tuple[str, int]]]] = []
    for line in lines:
        name, between, value = line.rpartition(_BETWEEN)
        if between and value.isdigit() and found:
            found[-1][1].append((name, int(value)))
        else:
            found.append((line, []))
    return tuple(Chart(title, tuple(bars)) for title, bars in found)
