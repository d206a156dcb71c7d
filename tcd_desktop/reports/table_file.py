"""A list as an .xlsx file: any number of rows in bounded memory, figures as text, nothing that could run.

The file is written beside its place under another name, in a folder of its own, and put in place when it is whole:
whoever has the old one open, or pulls the stick, never sees half a table. Nothing is left in the system's temporary
folder, because lists name people.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from tcd_desktop.jobs import Progress, stop_if_cancelled

Cell = date | int | str | None
LONGEST_CELL: Final = 32_767
"""Letters that a cell may hold."""
ROWS_OF_A_SHEET: Final = 1_000_000
TELL_EVERY: Final = 500


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its heading and its width in letters."""

    title: str
    width: float


@dataclass(frozen=True, slots=True)
class TableHead:
    """What stands above the headings: the office, what it is, and lines about filters and the day of making."""

    office: str
    title: str
    lines: tuple[str, ...] = ()


def write_table(
    target: Path,
    head: TableHead,
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Cell]],
    *,
    total: int,
    progress: Progress,
) -> int:
    """Writes the rows as they come; gives their number. `total` is what progress is told (0 = unknown).

    Raises Cancelled (nothing is left behind) and OSError.
    """
    with tempfile.TemporaryDirectory(prefix=".tcd-", dir=target.parent, ignore_cleanup_errors=True) as name:
        part = Path(name) / "table.xlsx"
        written = _write(part, Path(name), head, columns, rows, total, progress)
        stop_if_cancelled(progress)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(part, target)
    return written


def _write(
    part: Path,
    folder: Path,
    head: TableHead,
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Cell]],
    total: int,
    progress: Progress,
) -> int:
    import xlsxwriter

    options = {
        "constant_memory": True,
        "tmpdir": str(folder),
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(str(part), options)
    table = _Table(book, head, columns)
    try:
        written = 0
        for row in rows:
            table.add(row)
            written += 1
            if written % TELL_EVERY == 0:
                progress.step(written, total)
                stop_if_cancelled(progress)
    finally:
        book.close()
    progress.step(written, max(total, written))
    return written


class _Table:
    """The sheets of a book; another one is begun when a sheet is full."""

    def __init__(self, book: Any, head: TableHead, columns: Sequence[TableColumn]) -> None:
        self._book, self._head, self._columns = book, head, columns
        plain = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        self._office = book.add_format({**plain, "bold": True})
        self._title = book.add_format({**plain, "bold": True, "font_size": 14})
        self._line = book.add_format({**plain, "italic": False})
        self._heading = book.add_format(
            {**plain, "bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}
        )
        self._text = book.add_format({**plain, "num_format": "@", "text_wrap": True, "border": 1})
        self._quoted = book.add_format(
            {**plain, "num_format": "@", "text_wrap": True, "border": 1, "quote_prefix": True}
        )
        self._day = book.add_format({**plain, "num_format": "dd/mm/yyyy", "align": "center", "border": 1})
        self._number = book.add_format({**plain, "num_format": "0", "border": 1})
        self._begin()

    def _begin(self) -> None:
        sheet = self._book.add_worksheet()
        head = self._head
        for at, column in enumerate(self._columns):
            sheet.set_column(at, at, column.width)
        lines = [(head.office, self._office), (head.title, self._title), *((line, self._line) for line in head.lines)]
        for at, (text, form) in enumerate(lines):
            sheet.write_string(at, 0, text, form)
        first = len(lines) + 1
        for at, column in enumerate(self._columns):
            sheet.write_string(first, at, column.title, self._heading)
        sheet.freeze_panes(first + 1, 0)
        sheet.repeat_rows(first)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P/&N")
        self._sheet, self._at, self._rows = sheet, first + 1, 0

    def add(self, row: Sequence[Cell]) -> None:
        """The next row."""
        if self._rows == ROWS_OF_A_SHEET:
            self._begin()
        for at, value in enumerate(row):
            self._cell(at, value)
        self._at += 1
        self._rows += 1

    def _cell(self, at: int, value: Cell) -> None:
        """Texts stay texts: "0912" keeps its zero, and "=1+1" is never reckoned, not even after it was edited."""
        if isinstance(value, date):
            self._sheet.write_datetime(self._at, at, value, self._day)
        elif isinstance(value, int):
            self._sheet.write_number(self._at, at, value, self._number)
        elif value:
            form = self._quoted if value.lstrip()[:1] in "=+-@" else self._text
            self._sheet.write_string(self._at, at, value[:LONGEST_CELL], form)
        else:
            self._sheet.write_blank(self._at, at, None, self._text)
