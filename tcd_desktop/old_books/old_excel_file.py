""".xls files of Excel 97 to 2003, with the fonts of cells and of parts of cells, and merged cells."""

from __future__ import annotations

import io
from typing import Any

from tcd_desktop.domain.old_book.old_book_sheet import EMPTY, Cell, Row
from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import Cancelled, Progress, stop_if_cancelled
from tcd_desktop.old_books.book_file import MOST_COLUMNS, MOST_ROWS
from tcd_desktop.old_books.cell_values import cell_of, fill_joined


def _workbook(content: bytes, name: str) -> Any:
    import xlrd

    try:
        return xlrd.open_workbook(
            file_contents=content, formatting_info=True, on_demand=True, logfile=io.StringIO(), ragged_rows=True
        )
    except Exception as error:  # a foreign file may break the library anywhere
        code = "book_password" if "encrypted" in str(error).casefold() else "book_damaged"
        raise Refused(code, file=name) from error


def sheet_names(content: bytes, name: str) -> tuple[str, ...]:
    """The names of the sheets. Raises Refused."""
    return tuple(_workbook(content, name).sheet_names())


def read_rows(content: bytes, name: str, index: int, progress: Progress) -> list[Row]:
    """The rows of a sheet. Raises Refused, Cancelled."""
    book = _workbook(content, name)
    try:
        sheet = book.sheet_by_index(index)
        if sheet.nrows > MOST_ROWS + 100 and _filled(sheet) > MOST_ROWS + 100:
            raise Refused("book_too_many_rows", file=name, most=MOST_ROWS)
        rows: list[Row] = []
        for number in range(min(sheet.nrows, 3 * MOST_ROWS)):
            width = min(sheet.row_len(number), MOST_COLUMNS)
            row = tuple(_cell(book, sheet, number, column) for column in range(width))
            rows.append(row)
            if number % 200 == 0:
                stop_if_cancelled(progress)
                progress.step(number, sheet.nrows)
        return fill_joined(rows, sheet.merged_cells)
    except (Refused, Cancelled):
        raise
    except Exception as error:
        raise Refused("book_damaged", file=name) from error


def _filled(sheet: Any) -> int:
    return sum(any(value not in (None, "") for value in sheet.row_values(row)) for row in range(sheet.nrows))


def _cell(book: Any, sheet: Any, row: int, column: int) -> Cell:
    import xlrd

    cell = sheet.cell(row, column)
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return EMPTY
    font = _font(book, cell.xf_index)
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return cell_of(xlrd.xldate_as_datetime(cell.value, book.datemode), font)
        except (ValueError, OverflowError):
            return cell_of(cell.value, font)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return cell_of(bool(cell.value), font)
    runs = sheet.rich_text_runlist_map.get((row, column), ())
    return cell_of(cell.value, font, _runs(book, cell.value, runs, font) if runs else ())


def _font(book: Any, style: int | None) -> str:
    if style is None:
        return ""
    return str(book.font_list[book.xf_list[style].font_index].name)


def _runs(book: Any, text: str, runs: Any, font: str) -> tuple[tuple[str, str], ...]:
    """The parts of a text with their fonts: each run says where it begins."""
    begins = [(0, font), *((at, str(book.font_list[number].name)) for at, number in runs)]
    ends = [at for at, _font_name in begins[1:]] + [len(text)]
    return tuple((text[at:end], name) for (at, name), end in zip(begins, ends, strict=True) if end > at)
