"""What goes into the files of a report: who reports, the lines, the notes, the number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tcd_desktop.domain.reports.report_period import ReportPeriod
from tcd_desktop.domain.reports.sent_report import SentReport
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.open_office.report_papers import sheet_facts
from tcd_desktop.reports.circular.figures import TableFigures, figures_of
from tcd_desktop.reports.circular_sheets.narrative import Section
from tcd_desktop.reports.circular_sheets.pdf import circular_pdf
from tcd_desktop.reports.circular_sheets.sheet_facts import SheetFacts
from tcd_desktop.reports.circular_sheets.xlsx import write_circular
from tcd_desktop.reports.monthly.report import MonthlyReport
from tcd_desktop.ui.reports.file_saver import Write, writing
from tcd_desktop.ui.reports.report_reading import ShownReport

PDF, TABLE = "PDF (*.pdf)", "Excel (*.xlsx)"


def facts_of_shown(office: OpenOffice, shown: ShownReport) -> SheetFacts:
    """Of a report that is counted now; once it was sent it has its number."""
    made = shown.standing
    sent = made if made is not None and not shown.changed else None
    return sheet_facts(office, shown.period, shown.units, sent, shown.notes)


def pdf_of(tables: tuple[TableFigures, ...], facts: SheetFacts) -> Write:
    """Writes the tables as one PDF."""
    return writing(lambda: circular_pdf(tables, facts))


def workbook_of(tables: tuple[TableFigures, ...], facts: SheetFacts) -> Callable[[Path], None]:
    """Writes the tables as one workbook."""
    return lambda target: write_circular(target, tables, facts)


def tables_of(report: SentReport) -> tuple[TableFigures, ...]:
    """The tables as they were made."""
    return figures_of(report.figures)


def narrative_of(period: ReportPeriod, sections: Sequence[Section], facts: SheetFacts) -> Write:
    """Writes Mẫu số 02 on the sheet of an administrative document."""
    return writing(lambda: narrative_pdf(period, sections, facts))


def narrative_pdf(period: ReportPeriod, sections: Sequence[Section], facts: SheetFacts) -> bytes:
    """Mẫu số 02 as PDF."""
    from tcd_desktop.documents.report_paper import render_report
    from tcd_desktop.reports.circular_sheets.narrative_paper import narrative_paper

    return render_report(narrative_paper(period, sections, facts))


def monthly_pdf_of(report: MonthlyReport) -> Write:
    """Writes the monthly report as a paper."""
    from tcd_desktop.reports.monthly.paper import monthly_pdf

    return writing(lambda: monthly_pdf(report))


def monthly_workbook_of(report: MonthlyReport) -> Write:
    """Writes the monthly report as a workbook."""
    from tcd_desktop.reports.monthly.xlsx import write_monthly

    return lambda target: write_monthly(target, report)
