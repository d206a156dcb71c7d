"""What goes into the files of a report: who reports, the lines, the notes, the number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tcd_desktop.domain.report_period import ReportPeriod, period_from_code
from tcd_desktop.domain.sent_report import SentReport
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.circular.figures import TableFigures, figures_of
from tcd_desktop.reports.circular_sheets.narrative import Section
from tcd_desktop.reports.circular_sheets.pdf import circular_pdf
from tcd_desktop.reports.circular_sheets.sheet_facts import SheetFacts
from tcd_desktop.reports.circular_sheets.xlsx import write_circular
from tcd_desktop.reports.monthly.report import MonthlyReport
from tcd_desktop.ui.reports.file_saver import Write, writing
from tcd_desktop.ui.reports.report_reading import ShownReport

PDF, TABLE = "PDF (*.pdf)", "Excel (*.xlsx)"


def file_name(period: ReportPeriod, what: str, ending: str) -> str:
    """ "bao-cao-2026-q4-bieu.xlsx": sensible, and safe on every disk."""
    return f"bao-cao-{period.code}-{what}{ending}"


def facts_of_shown(office: OpenOffice, shown: ShownReport) -> SheetFacts:
    """Of a report that is counted now; once it was sent it has its number."""
    made = shown.standing
    sent = made if made is not None and not shown.changed else None
    return _facts(office, shown.period, shown.units, sent, notes=shown.notes)


def facts_of_sent(office: OpenOffice, report: SentReport) -> SheetFacts:
    """Of a report as it was made, with the lines it had then."""
    names = dict(office.report_units())
    codes = dict.fromkeys(row.unit for row in report.figures)
    units = tuple((code, names.get(code, code)) for code in codes)
    notes = {part.code: part.text for part in report.narrative if "/" in part.code}
    return _facts(office, period_from_code(report.period), units, report, notes=notes)


def _facts(
    office: OpenOffice,
    period: ReportPeriod,
    units: tuple[tuple[str, str], ...],
    report: SentReport | None,
    *,
    notes: dict[str, str],
) -> SheetFacts:
    own, officer = office.office, office.officer
    return SheetFacts(
        superior=own.superior_name,
        office=own.name,
        place=own.locality,
        first=period.first,
        last=period.last,
        made_on=report.made_on if report else office.today(),
        units=units,
        number=report.number if report else "",
        sent_on=report.sent_on if report else None,
        maker=officer.name,
        signer_title=own.head_title,
        signer=own.head_name,
        notes=notes,
    )


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
    from tcd_desktop.documents.report_paper import render_report
    from tcd_desktop.reports.circular_sheets.narrative_paper import narrative_paper

    paper = narrative_paper(period, sections, facts)
    return writing(lambda: render_report(paper))


def monthly_pdf_of(report: MonthlyReport) -> Write:
    """Writes the monthly report as a paper."""
    from tcd_desktop.reports.monthly.paper import monthly_pdf

    return writing(lambda: monthly_pdf(report))


def monthly_workbook_of(report: MonthlyReport) -> Write:
    """Writes the monthly report as a workbook."""
    from tcd_desktop.reports.monthly.xlsx import write_monthly

    return lambda target: write_monthly(target, report)
