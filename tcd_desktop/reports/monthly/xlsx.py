"""The monthly report as a workbook: a sheet for each section with its sentence and its table, figures as numbers."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any, Final

from tcd_desktop.reports.monthly.report import MonthlyReport
from tcd_desktop.reports.monthly.sections import MonthlySection, about_words
from tcd_desktop.reports.table_file import LONGEST_CELL

FONT: Final = "Times New Roman"
LONG: Final = 34.0
SHORT: Final = 14.0
FIRST: Final = 26.0


def write_monthly(target: Path, report: MonthlyReport) -> None:
    """Writes the workbook beside its place and puts it there when it is whole. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix=".tcd-", dir=target.parent, ignore_cleanup_errors=True) as name:
        part = Path(name) / "monthly.xlsx"
        _write(part, name, report)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(part, target)


def _write(part: Path, folder: str, report: MonthlyReport) -> None:
    import xlsxwriter

    options = {
        "tmpdir": folder,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(str(part), options)
    try:
        book.set_properties({"title": about_words(report.period), "author": report.office.name})
        styles = _Styles(book)
        for section in report.sections:
            _sheet(book, styles, section, report)
    finally:
        book.close()


class _Styles:
    """The formats of a workbook, made once."""

    def __init__(self, book: Any) -> None:
        plain = {"font_name": FONT, "font_size": 12, "valign": "top"}
        boxed = {**plain, "border": 1}
        self.strong = book.add_format({**plain, "bold": True})
        self.title = book.add_format({**plain, "bold": True, "font_size": 14})
        self.text = book.add_format({**plain, "text_wrap": True, "num_format": "@"})
        self.head = book.add_format(
            {**boxed, "bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "font_size": 11}
        )
        self.cell = book.add_format({**boxed, "text_wrap": True, "num_format": "@"})
        self.quoted = book.add_format({**boxed, "text_wrap": True, "num_format": "@", "quote_prefix": True})
        self.number = book.add_format({**boxed, "num_format": "#,##0"})
        self.total = book.add_format({**boxed, "num_format": "#,##0", "bold": True})
        self.total_name = book.add_format({**boxed, "bold": True})


def _sheet(book: Any, styles: _Styles, section: MonthlySection, report: MonthlyReport) -> None:
    """One section; texts stay texts, so that nothing in them is ever reckoned."""
    sheet = book.add_worksheet(section.heading.partition(".")[0][:31] if "." in section.heading else section.heading)
    last = max(len(section.head), 6) - 1
    sheet.set_column(0, 0, FIRST)
    words = any(isinstance(cell, str) for row in section.rows for cell in row[1:])
    sheet.set_column(1, last, LONG if words else SHORT)
    sheet.write_string(0, 0, report.office.name, styles.strong)
    sheet.write_string(1, 0, about_words(report.period)[:LONGEST_CELL], styles.strong)
    sheet.write_string(2, 0, section.heading, styles.title)
    sheet.merge_range(3, 0, 3, last, "", styles.text)
    sheet.write_string(3, 0, section.text[:LONGEST_CELL], styles.text)
    sheet.set_row(3, 17 * (1 + len(section.text) // 95 + section.text.count("\n")))
    for at, title in enumerate(section.head):
        sheet.write_string(5, at, title, styles.head)
    for number, row in enumerate(section.rows, start=6):
        total = section.total and number == 5 + len(section.rows)
        for at, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, at, cell, styles.total if total else styles.number)
            else:
                risky = cell.lstrip()[:1] in ("=", "+", "-", "@") and len(cell) > 1
                style = styles.total_name if total else styles.quoted if risky else styles.cell
                sheet.write_string(number, at, cell[:LONGEST_CELL], style)
    if section.head:
        sheet.freeze_panes(6, 1)
        sheet.repeat_rows(5)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P/&N")
