"""The tables of a report as one workbook in the circular's layout: a sheet for each table, ready to print on A4.

Figures are numbers, so that they can be added up; every text is a text, so that nothing in it is ever reckoned.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tcd_desktop.documents.circular_sheet import attached_words, circular_words, day_words, period_words
from tcd_desktop.reports.circular.figures import TableFigures
from tcd_desktop.reports.circular.tables import MARK_HEADING, UNIT_HEADING, Table, table
from tcd_desktop.reports.circular_sheets.sheet_facts import SheetFacts, circular_paper, heads_of, lines_of
from tcd_desktop.reports.table_file import LONGEST_CELL

FONT: Final = "Times New Roman"
UNIT_WIDTH: Final = 26.0
NARROW: Final = 6.4
WIDE: Final = 9.5
MANY: Final = 24
"""Tables of more columns have narrow ones, whose headings stand upright."""
HEAD_ROW: Final = 30.0


def write_circular(target: Path, tables: Sequence[TableFigures], facts: SheetFacts) -> None:
    """Writes the workbook beside its place and puts it there when it is whole. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix=".tcd-", dir=target.parent, ignore_cleanup_errors=True) as name:
        part = Path(name) / "report.xlsx"
        _write(part, name, tables, facts)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(part, target)


def _write(part: Path, folder: str, tables: Sequence[TableFigures], facts: SheetFacts) -> None:
    import xlsxwriter

    options = {
        "tmpdir": folder,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(str(part), options)
    try:
        book.set_properties({"title": facts.office, "author": facts.office})
        styles = _Styles(book)
        for figures in tables:
            _Sheet(book, styles, figures, facts).write()
    finally:
        book.close()


class _Styles:
    """The formats of a workbook, made once."""

    def __init__(self, book: Any) -> None:
        plain = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
        boxed = {**plain, "border": 1}
        self.left = book.add_format({**plain, "align": "center"})
        self.strong = book.add_format({**plain, "align": "center", "bold": True})
        self.mark = book.add_format({**plain, "align": "right", "bold": True})
        self.title = book.add_format({**plain, "align": "center", "bold": True, "font_size": 14, "text_wrap": True})
        self.period = book.add_format({**plain, "align": "center", "italic": True})
        head = {**boxed, "bold": True, "font_size": 9, "align": "center", "text_wrap": True}
        self.head = book.add_format(head)
        self.upright = book.add_format({**head, "rotation": 90})
        self.formula = book.add_format({**boxed, "font_size": 8, "align": "center", "text_wrap": True})
        self.unit = book.add_format({**boxed, "text_wrap": True, "num_format": "@"})
        self.total = book.add_format({**boxed, "bold": True, "text_wrap": True})
        number = {**boxed, "align": "center"}
        self.figure = {
            (scaled, bold): book.add_format(
                {**number, "bold": bold, "num_format": "#,##0.######" if scaled else "#,##0"}
            )
            for scaled in (False, True)
            for bold in (False, True)
        }
        self.note = book.add_format({**plain, "text_wrap": True, "valign": "top", "num_format": "@"})
        self.italic = book.add_format({**plain, "align": "center", "italic": True})


class _Sheet:
    """One table on its sheet."""

    def __init__(self, book: Any, styles: _Styles, figures: TableFigures, facts: SheetFacts) -> None:
        self._form: Table = table(figures.table)
        self._styles, self._figures, self._facts = styles, figures, facts
        self._sheet = book.add_worksheet(self._form.code.replace("/", "-"))
        self._last = len(self._form.columns)
        self._words = circular_words()

    def write(self) -> None:
        """The sheet from its head to the signatures."""
        narrow = self._last > MANY
        self._sheet.set_column(0, 0, UNIT_WIDTH)
        self._sheet.set_column(1, self._last, NARROW if narrow else WIDE)
        first = self._head()
        row = self._headings(first, upright=narrow)
        self._sheet.freeze_panes(row, 1)
        self._sheet.repeat_rows(first, row - 1)
        row = self._lines(row)
        self._foot(row)
        self._page()

    def _across(self, row: int, first: int, last: int, text: str, style: Any) -> None:
        text = text[:LONGEST_CELL]
        if first == last:
            self._sheet.write_string(row, first, text, style)
        else:
            self._sheet.merge_range(row, first, row, last, "", style)
            self._sheet.write_string(row, first, text, style)

    def _head(self) -> int:
        """The office, the title, the period; gives the first row of the headings."""
        facts, styles, last = self._facts, self._styles, self._last
        paper = circular_paper((), facts)
        left = max(last // 3, 2)
        self._across(0, 0, left, facts.superior.upper(), styles.left)
        self._across(0, last - 3, last, self._words["mark"].format(form=self._form.code), styles.mark)
        self._across(1, 0, left, facts.office.upper(), styles.strong)
        self._across(3, 0, last, self._form.title, styles.title)
        self._across(4, 0, last, period_words(paper), styles.period)
        self._across(5, 0, last, attached_words(paper), styles.period)
        self._sheet.set_row(3, 22)
        return 7

    def _headings(self, first: int, *, upright: bool) -> int:
        """The merged headings and the row of numbers; gives the first row of figures."""
        depth = self._form.depth
        for row in range(depth):
            self._sheet.set_row(first + row, 96 if upright and row == depth - 1 else HEAD_ROW)
        self._merged(first, 0, first + depth - 1, 0, UNIT_HEADING, self._styles.head)
        for cell in heads_of(self._form):
            style = self._styles.upright if upright and cell.leaf else self._styles.head
            top, left = first + cell.row, 1 + cell.column
            self._merged(top, left, top + cell.rows - 1, left + cell.columns - 1, cell.title, style)
        at = first + depth
        self._sheet.set_row(at, 34)
        self._sheet.write_string(at, 0, MARK_HEADING, self._styles.formula)
        for column in self._form.columns:
            mark = column.mark.replace("=", "= ") if len(column.mark) > 6 else column.mark
            self._sheet.write_string(at, column.number, mark, self._styles.formula)
        return at + 1

    def _merged(self, top: int, left: int, bottom: int, right: int, text: str, style: Any) -> None:
        if (top, left) != (bottom, right):
            self._sheet.merge_range(top, left, bottom, right, "", style)
        self._sheet.write_string(top, left, text, style)

    def _lines(self, row: int) -> int:
        for name, values, total in lines_of(self._figures, self._facts):
            self._sheet.write_string(row, 0, name[:LONGEST_CELL], self._styles.total if total else self._styles.unit)
            for column, value in zip(self._form.columns, values, strict=True):
                scaled = column.scale != 1
                style = self._styles.figure[scaled, total]
                self._sheet.write_number(row, column.number, value / column.scale if scaled else value, style)
            row += 1
        return row

    def _foot(self, row: int) -> None:
        facts, styles, last = self._facts, self._styles, self._last
        lead = self._words["note"].format(number=self._form.note_line)
        note = f"{lead} {facts.notes.get(self._form.code, '')}".strip()
        row += 1
        self._across(row, 0, last, note, styles.note)
        self._sheet.set_row(row, 15 * (1 + len(note) // 150 + note.count("\n")))
        words, middle = self._words["signatures"], last // 2
        day = self._words["place"].format(place=facts.place, day=day_words(facts.made_on)).removeprefix(", ")
        title = facts.signer_title.upper() or words["default_signer"]
        self._across(row + 2, middle + 1, last, day, styles.italic)
        for down, left, right, style in (
            (3, words["maker"], title, styles.strong),
            (4, words["maker_note"], words["signer_note"], styles.italic),
            (9, facts.maker, facts.signer, styles.strong),
        ):
            self._across(row + down, 0, middle, left, style)
            self._across(row + down, middle + 1, last, right, style)

    def _page(self) -> None:
        sheet = self._sheet
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.55)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&R{self._form.code}, trang &P/&N")
        sheet.hide_gridlines(2)
