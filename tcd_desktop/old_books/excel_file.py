""".xlsx files: rows as a stream, fonts of cells and of parts of cells, merged cells; bombs are not opened."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from tcd_desktop.domain.old_book.old_book_sheet import EMPTY, Cell, Row
from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import Cancelled, Progress, stop_if_cancelled
from tcd_desktop.old_books.book_file import BLANK_ROWS, MOST_COLUMNS, MOST_ROWS
from tcd_desktop.old_books.cell_values import Area, cell_of, fill_joined

MOST_UNPACKED: Final = 400 * 2**20
MOST_PARTS: Final = 5_000
_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_DOCTYPE: Final = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_LONGEST_MERGE: Final = 200
"""Bytes of one <mergeCell> element: what two chunks of the file may share."""


def _checked(content: bytes, name: str) -> zipfile.ZipFile:
    """The package, once it is known to be a workbook of bearable size without entities. Raises Refused."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError) as error:
        raise Refused("book_damaged", file=name) from error
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("book_password", file=name)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("book_too_big", file=name, most=MOST_UNPACKED // 2**20)
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names and not any(part.endswith("/workbook.xml") for part in names):
        raise Refused("book_unknown", file=name)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with package.open(part) as stream:
                if _DOCTYPE.search(stream.read(2048)):
                    raise Refused("book_damaged", file=name)
    return package


def _workbook(content: bytes, name: str) -> Any:
    import openpyxl

    try:
        _checked(content, name).close()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions this program does not need
            return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, rich_text=True)
    except Refused:
        raise
    except Exception as error:  # a foreign file may break the library anywhere
        raise Refused("book_damaged", file=name) from error


def sheet_names(content: bytes, name: str) -> tuple[str, ...]:
    """The names of the sheets with cells. Raises Refused."""
    book = _workbook(content, name)
    try:
        return tuple(sheet.title for sheet in book.worksheets)
    finally:
        book.close()


def read_rows(content: bytes, name: str, index: int, progress: Progress) -> list[Row]:
    """The rows of a sheet. Raises Refused, Cancelled."""
    book = _workbook(content, name)
    try:
        sheet = book.worksheets[index]
        sheet.reset_dimensions()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rows = _rows(sheet, book, name, progress)
        return fill_joined(rows, _joined(content, str(sheet._worksheet_path)))
    except (Refused, Cancelled):
        raise
    except Exception as error:
        raise Refused("book_damaged", file=name) from error
    finally:
        book.close()


def _rows(sheet: Any, book: Any, name: str, progress: Progress) -> list[Row]:
    fonts: dict[int, str] = {}
    rows: list[Row] = []
    blank = 0
    for cells in sheet.iter_rows(max_col=MOST_COLUMNS):
        row = tuple(_cell(cell, book, fonts) for cell in cells)
        while row and row[-1] is EMPTY:
            row = row[:-1]
        blank = 0 if row else blank + 1
        rows.append(row)
        if blank > BLANK_ROWS:
            break
        if len(rows) - blank > MOST_ROWS + 100:
            raise Refused("book_too_many_rows", file=name, most=MOST_ROWS)
        if len(rows) % 200 == 0:
            stop_if_cancelled(progress)
            progress.step(len(rows), 0)
    return rows


def _cell(cell: Any, book: Any, fonts: dict[int, str]) -> Cell:
    value = cell.value
    if value is None:
        return EMPTY
    style = getattr(cell, "_style_id", 0)
    font = fonts.get(style)
    if font is None:
        font = fonts[style] = str(getattr(getattr(cell, "font", None), "name", "") or "")
    if isinstance(value, list):  # rich text: parts with fonts of their own
        runs = tuple(_run(part, font) for part in value)
        return cell_of("".join(text for text, _font in runs), font, runs)
    return cell_of(value, font)


def _run(part: Any, font: str) -> tuple[str, str]:
    own = getattr(getattr(part, "font", None), "rFont", None)
    return str(getattr(part, "text", part)), str(own or font)


def _joined(content: bytes, path: str) -> Iterator[Area]:
    """The merged areas, which stand behind the cells and are not in the stream of rows."""
    with zipfile.ZipFile(io.BytesIO(content)) as package, package.open(path.lstrip("/")) as stream:
        rest = b""
        while chunk := stream.read(1 << 20):
            text = rest + chunk
            end = 0
            for found in _MERGED.finditer(text):
                end = found.end()
                left, top, right, bottom = found.groups()
                yield int(top) - 1, int(bottom), _column(left), _column(right) + 1
            rest = text[max(end, len(text) - _LONGEST_MERGE) :]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
