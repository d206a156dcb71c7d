"""What stands around the figures of a report on paper: who reports, the lines, the notes, the number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tcd_desktop.domain.reports.report_period import ReportPeriod, period_from_code
from tcd_desktop.domain.reports.sent_report import SentReport
from tcd_desktop.reports.circular_sheets.sheet_facts import SheetFacts

if TYPE_CHECKING:
    from tcd_desktop.open_office.opened import OpenOffice


def sheet_facts(
    office: OpenOffice,
    period: ReportPeriod,
    units: tuple[tuple[str, str], ...],
    report: SentReport | None,
    notes: Mapping[str, str],
) -> SheetFacts:
    """Of a report that is counted now (`report` None), or as it was made: its day and its number."""
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


def facts_of_sent(office: OpenOffice, report: SentReport) -> SheetFacts:
    """Of a report as it was made, with the lines it had then."""
    names = dict(office.report_units())
    codes = dict.fromkeys(row.unit for row in report.figures)
    units = tuple((code, names.get(code, code)) for code in codes)
    notes = {part.code: part.text for part in report.narrative if "/" in part.code}
    return sheet_facts(office, period_from_code(report.period), units, report, notes)


def file_name(period: ReportPeriod, what: str, ending: str) -> str:
    """ "bao-cao-2026-q4-bieu.xlsx": sensible, and safe on every disk."""
    return f"bao-cao-{period.code}-{what}{ending}"
