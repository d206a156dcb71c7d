"""The monthly report as a paper of NĐ 30/2020/NĐ-CP: who reports to whom, the sections, the signature."""

from __future__ import annotations

from typing import Any

from tcd_desktop.documents.report_paper import Bars, Block, Chapter, Grid, ReportPaper, render_report
from tcd_desktop.domain.letters.letter import SigningForm
from tcd_desktop.domain.letters.letter_text import BLANK
from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.reports.monthly.report import MonthlyReport
from tcd_desktop.reports.monthly.sections import WRITTEN, Cell, MonthlySection, about_words, monthly_pack

MOST_ROWS = 200
"""Lines of a table on paper; the workbook has them all."""


def monthly_paper(report: MonthlyReport) -> ReportPaper:
    """What the paper says."""
    pack, office = monthly_pack(), report.office
    who: dict[str, Any] = pack["district" if office.kind is OfficeKind.DISTRICT else "ward"]
    names = {"office": office.name, "superior": office.superior_name, "head_title": office.head_title}
    blocks = [block for section in report.sections for block in _blocks(section)]
    own = who["issuer"] == "{office}"
    return ReportPaper(
        superior=who["superior"].format(**names),
        office=who["issuer"].format(**names),
        place=office.locality,
        number=report.number,
        sign=who["sign"],
        dated=report.sent_on,
        made_on=report.made_on,
        type_name=pack["type_name"],
        about=about_words(report.period),
        addressees=(who["addressee"].format(**names),),
        blocks=tuple(blocks),
        recipients=tuple(who["recipients"]),
        signing=SigningForm.ON_BEHALF if own else SigningForm.OWN,
        signer_title=who["signer_title"].format(**names),
        signer=office.head_name if own else "",
    )


def _blocks(section: MonthlySection) -> list[Block]:
    pack = monthly_pack()
    found: list[Block] = [Chapter(section.heading)]
    if section.code in WRITTEN:
        return [*found, section.text or BLANK]
    found.append(section.text)
    if section.rows:
        shown = section.rows[:MOST_ROWS]
        found.append(Grid(section.head, tuple(tuple(_printed(cell) for cell in row) for row in shown)))
        if len(section.rows) > MOST_ROWS:
            found.append(pack["more"].format(n=len(section.rows) - MOST_ROWS))
    elif section.head:
        found.append(pack["none"])
    return [*found, *(Bars(chart.title, chart.bars) for chart in section.charts)]


def _printed(cell: Cell) -> str:
    return f"{cell:,}".replace(",", ".") if isinstance(cell, int) else cell


def monthly_pdf(report: MonthlyReport) -> bytes:
    """PDF bytes; the same report gives the same bytes."""
    return render_report(monthly_paper(report))
