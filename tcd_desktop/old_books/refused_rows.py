"""The file of rows that were not taken: the book's own columns and one with the reason, to be mended and read again."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path

from tcd_desktop.domain.old_book.old_book_cells import read_classification
from tcd_desktop.domain.old_book.old_book_columns import REASON, BookColumn, Layout
from tcd_desktop.domain.old_book.old_book_sheet import Cell, Sheet
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import Classification

RefusedRow = tuple[int, str]
"""A row of the sheet (from 0) and the sentence that says why it was not taken."""

WITHHELD = "(chép lại từ sổ gốc)"
"""What stands for a denouncer in the file, which anybody can open; official data are Vietnamese."""
WHO = frozenset(
    {
        BookColumn.NAME_ADDRESS,
        BookColumn.NAME,
        BookColumn.ADDRESS,
        BookColumn.BIRTH,
        BookColumn.ID_NUMBER,
        BookColumn.ID_ISSUED,
        BookColumn.PHONE,
    }
)

_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@")


def write_refused(path: Path, sheet: Sheet, layout: Layout, refused: Sequence[RefusedRow]) -> None:
    """Writes an .xlsx, or a .csv when the name ends so; whole or not at all. Raises Refused("file_unwritable")."""
    lines = _lines(sheet, layout, refused)
    part = path.with_name(path.name + ".part")
    try:
        if path.suffix.lower() == ".csv":
            _write_csv(part, lines)
        else:
            _write_excel(part, lines, layout.last - layout.first + 1)
        os.replace(part, path)
    except OSError as error:
        raise Refused("file_unwritable", file=path.name) from error
    finally:
        part.unlink(missing_ok=True)


def _lines(sheet: Sheet, layout: Layout, refused: Sequence[RefusedRow]) -> list[list[str]]:
    width = sheet.width
    reason_at = layout.headings.index(REASON) if REASON in layout.headings else width
    lines = []
    for row in range(layout.first, layout.last + 1):
        texts = [sheet.cell(row, column).text for column in range(width)]
        lines.append(_line(texts, reason_at, REASON if row == layout.last else ""))
    for row, why in refused:
        texts = [_shown(sheet.cell(row, column)) for column in range(width)]
        if denounces(sheet, row):
            texts = [WITHHELD if text and layout.columns[at] in WHO else text for at, text in enumerate(texts)]
        lines.append(_line(texts, reason_at, why))
    return lines


def denounces(sheet: Sheet, row: int) -> bool:
    """Whether any cell of the row speaks of a denunciation: its person is kept secret on the screen and in files."""
    texts = (cell.text for cell in sheet.rows[row])
    return any(read_classification(text[:200]).classification is Classification.DENUNCIATION for text in texts if text)


def _line(texts: list[str], reason_at: int, why: str) -> list[str]:
    texts = texts + [""] * (reason_at + 1 - len(texts))
    texts[reason_at] = why
    return texts


def _shown(cell: Cell) -> str:
    return "" if cell.joined == "left" else cell.text


def _write_excel(path: Path, lines: list[list[str]], headings: int) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet("Sheet1")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    reason = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "bg_color": "#FFF1D6"})
    width = max(map(len, lines), default=1)
    page.set_column(0, max(width - 1, 0), 18)
    page.set_column(width - 1, width - 1, 48)
    for number, line in enumerate(lines):
        for column, text in enumerate(line):
            style = bold if number < headings else reason if column == width - 1 else plain
            page.write_string(number, column, text, style)
    page.freeze_panes(headings, 0)
    try:
        book.close()
    except XlsxWriterException as error:
        raise OSError(str(error)) from error


def _write_csv(path: Path, lines: list[list[str]]) -> None:
    """For Excel: UTF-8 with its mark; a text that a sheet would take for a formula gets a blank before it."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        for line in lines:
            writer.writerow([" " + text if text.startswith(_LOOKS_LIKE_FORMULA) else text for text in line])
