"""A row of an old book becomes a draft of a visit, with what stops it and what is doubtful.

What an old book lacks against today's form (a number of a paper, a request, a classification ...) is noted and does
not stop the line: what was written then cannot be asked for now. Three things stop it: no day, nobody, nothing said.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.old_book.old_book_cells import is_ditto, read_day, read_number
from tcd_desktop.domain.old_book.old_book_columns import BookColumn, Layout, Mapping, column_of
from tcd_desktop.domain.old_book.old_book_draft import BookFacts, Cells, Doubt, read_values, text_of
from tcd_desktop.domain.old_book.old_book_sheet import EMPTY, Cell, Sheet
from tcd_desktop.domain.receptions.reception import ReceptionDraft

__all__ = ["BookFacts", "Doubt", "OldLine", "read_lines", "row_kind", "year_of_book"]


@dataclass(frozen=True, slots=True)
class OldLine:
    """A visit of the old book. `rows` are its rows in the sheet (from 0); `number` its number in the book.

    `stops` keeps it out; `doubts` are told and stored as they are. `mended` cells had letters of an old encoding.
    """

    rows: tuple[int, ...]
    number: int | None
    draft: ReceptionDraft
    stops: tuple[Doubt, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    mended: int = 0

    @property
    def row(self) -> int:
        """The first row as Excel numbers it."""
        return self.rows[0] + 1


_TOTAL: Final = re.compile(r"^(tong( cong| so)?|cong( cuoi| trang)?|luy ke)\b")
_PERIOD: Final = re.compile(r"^(thang|quy|nam|tuan|ky|6 thang|9 thang)\b\s*(thu\s*)?[\divx]{1,4}\b")
_FOOT: Final = re.compile(
    r"^(nguoi lap|can bo (lap|tiep|theo doi)|nguoi (ghi|vao) so|thu truong|chu tich|pho chu tich|truong phong|xac nhan|"
    r"ky,? (va )?ghi ro|\(ky|tm\.|kt\.|nguoi tiep cong dan$|ngay .* thang .* nam)"
)
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_DITTOED: Final = frozenset(BookColumn) - {BookColumn.NUMBER, BookColumn.IGNORE}
_OWN: Final = (BookColumn.NUMBER, BookColumn.DATE, BookColumn.CONTENT)
"""A row that has none of these, but has something, goes on with the line above."""


def year_of_book(sheet: Sheet, layout: Layout, file_name: str = "") -> int | None:
    """The book's year: told above the headings or in its name, else the commonest year of its days."""
    above = " ".join(cell.text for row in sheet.rows[: layout.first] for cell in row if not cell.joined)
    for text in (above, sheet.name, file_name):
        if found := _YEAR.search(text):
            return int(found[1])
    at = _place(layout.columns, BookColumn.DATE)
    years = [
        day.day.year
        for row in range(layout.data, len(sheet.rows))
        if at is not None and (day := read_day(sheet.cell(row, at), None)).day is not None
    ]
    return max(set(years), key=years.count) if years else None


def _place(columns: Mapping, wanted: BookColumn) -> int | None:
    return columns.index(wanted) if wanted in columns else None


def read_lines(
    sheet: Sheet, layout: Layout, facts: BookFacts, left_out: dict[str, int] | None = None
) -> Iterator[OldLine]:
    """The visits of a sheet in its order. Rows without a visit (empty, totals, headings again) give nothing.

    `left_out` counts them by kind, see `row_kind`.
    """
    above: Cells = {}
    held: list[tuple[int, Cells]] = []
    before: dt.date | None = None
    year = facts.year
    gap = False
    for row in range(layout.data, len(sheet.rows)):
        kind = row_kind(sheet, layout, row)
        if kind:
            found = _YEAR.search(" ".join(cell.text for cell in sheet.rows[row])) if kind == "period" else None
            year = int(found[1]) if found else year
            gap = True
            if left_out is not None:
                left_out[kind] = left_out.get(kind, 0) + 1
            continue
        cells, no_above = _cells(sheet, layout, row, above)
        if held and not gap and _goes_on(sheet, layout, row, cells):
            held.append((row, cells))
            continue
        if held:
            line = _line(held, replace(facts, year=year), before, sheet, layout)
            before = line.draft.date or before
            yield line
        held, gap = [(row, cells)], False
        if no_above:
            held[0][1][BookColumn.IGNORE] = Cell(text=",".join(no_above))
        above = {column: cell for column, cell in cells.items() if cell.text.strip()} | {
            column: cell for column, cell in above.items() if column not in cells
        }
    if held:
        yield _line(held, replace(facts, year=year), before, sheet, layout)


def row_kind(sheet: Sheet, layout: Layout, row: int) -> str:
    """ "" for a row that may be a visit; otherwise why it is none: empty, total, period, heading, foot."""
    filled = [(column, cell) for column, cell in enumerate(sheet.rows[row]) if not cell.is_empty]
    if not filled:
        return "empty"
    words = [fold(cell.text) for _column, cell in filled]
    if any(_TOTAL.match(text) for text in words[:2]) and len(words) <= 8 and not _has_day(sheet, layout, row):
        return "total"
    if len(filled) <= 2 and _PERIOD.match(words[0]):
        return "period"
    if len(filled) <= 3 and all(_FOOT.match(text) for text in words):
        return "foot"
    named = sum(column_of(cell.text) is not BookColumn.IGNORE for _column, cell in filled if len(cell.text) <= 60)
    titles = {fold(part) for heading in layout.headings for part in heading.split(" / ") if part}
    if named >= 3 and sum(text in titles for text in words) * 2 > len(words):
        return "heading"
    numbering = [re.fullmatch(r"\(?(\d{1,2})\)?", text) for text in words]
    if len(words) >= 8 and all(numbering) and [int(n[1]) for n in numbering if n] == list(range(1, len(words) + 1)):
        return "heading"
    return ""


def _has_day(sheet: Sheet, layout: Layout, row: int) -> bool:
    at = _place(layout.columns, BookColumn.DATE)
    return at is not None and read_day(sheet.cell(row, at), 2000).day is not None


def _cells(sheet: Sheet, layout: Layout, row: int, above: Cells) -> tuple[Cells, list[str]]:
    """The cells of a row by meaning, ditto marks filled from above; the columns that had nothing above them."""
    cells: Cells = {}
    nothing: list[str] = []
    for at, column in enumerate(layout.columns):
        if column is BookColumn.IGNORE:
            continue
        cell = sheet.cell(row, at)
        if cell.joined == "left":
            cell = EMPTY
        elif column in _DITTOED and cell.day is None and is_ditto(cell.text):
            if column not in above:
                nothing.append(column.value)
            source = above.get(column, EMPTY)
            cell = replace(source, raw=cell.raw, mended=None)
        cells[column] = cell
    return cells, nothing


def _goes_on(sheet: Sheet, layout: Layout, row: int, cells: Cells) -> bool:
    """A row that continues the line above: nothing of its own in number, day and content."""
    own = False
    for at, column in enumerate(layout.columns):
        if column in _OWN and not sheet.cell(row, at).is_empty:
            own = True
    return not own and any(cell.text.strip() and not cell.joined for cell in cells.values())


def _line(
    held: list[tuple[int, Cells]], facts: BookFacts, before: dt.date | None, sheet: Sheet, layout: Layout
) -> OldLine:
    cells = _gathered([cells for _row, cells in held])
    nothing_above = [name for name in held[0][1].get(BookColumn.IGNORE, EMPTY).text.split(",") if name]
    line = read_values(cells, facts, before, nothing_above)
    mended = sum(cell.mended is not None for row, _cells in held for cell in sheet.rows[row] if not cell.joined)
    return OldLine(
        rows=tuple(row for row, _cells in held),
        number=read_number(text_of(cells, BookColumn.NUMBER)),
        draft=ReceptionDraft(**line.values),
        stops=tuple(line.stops),
        doubts=tuple(line.doubts),
        mended=mended,
    )


def _gathered(parts: list[Cells]) -> Cells:
    """The cells of a line over several rows: texts one under the other."""
    cells = dict(parts[0])
    cells.pop(BookColumn.IGNORE, None)
    for more in parts[1:]:
        for column, cell in more.items():
            if cell.text.strip() and not cell.joined:
                first = cells.get(column, EMPTY)
                text = f"{first.text}\n{cell.text}" if first.text.strip() else cell.text
                cells[column] = replace(cell if not first.text.strip() else first, text=text)
    return cells
