"""What the wizard knows, without widgets: the file, the sheet, the columns, the plan. Long parts run in a reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from tcd_desktop.domain.old_book.old_book_columns import BookColumn, Layout, Mapping, layout_at, recognise
from tcd_desktop.domain.old_book.old_book_rows import BookFacts, read_lines, year_of_book
from tcd_desktop.domain.old_book.old_book_sheet import Sheet
from tcd_desktop.jobs import Progress
from tcd_desktop.old_books.book_file import BookFile, open_book, read_sheet
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.old_book.old_book_desk import Source, Waiting
from tcd_desktop.services.old_book.old_book_plan import Fate, Plan
from tcd_desktop.settings import Keeper

REMEMBERED = 60
"""Mappings that are kept; the oldest goes first."""
NEEDED = (BookColumn.DATE, BookColumn.CONTENT)
NAMES = (BookColumn.NAME, BookColumn.NAME_ADDRESS)


@dataclass(frozen=True, slots=True)
class OpenedBook:
    """A file with one sheet read and its columns recognised. `remembered`: the mapping is the one chosen last time."""

    path: Path
    book: BookFile
    index: int
    sheet: Sheet
    layout: Layout
    facts: BookFacts
    remembered: bool = False
    waiting: Waiting = Waiting.RUNNING

    @property
    def missing(self) -> tuple[BookColumn, ...]:
        """Columns without which no line can be taken."""
        found = [column for column in NEEDED if column not in self.layout.columns]
        if not any(column in self.layout.columns for column in NAMES):
            found.append(BookColumn.NAME)
        return tuple(found)


@dataclass(slots=True)
class Prepared:
    """A plan with the book it was made of, and the rows that are no lines of the book by kind."""

    opened: OpenedBook
    plan: Plan
    left_out: dict[str, int] = field(default_factory=dict)


def open_file(path: Path, keeper: Keeper, progress: Progress, index: int | None = None) -> OpenedBook:
    """Reads a file: the sheet asked for, or the one that looks most like a book. Raises Refused, Cancelled."""
    book = open_book(path)
    if index is not None:
        return _opened(path, book, index, read_sheet(book, index, progress), keeper)
    best: OpenedBook | None = None
    for at in range(min(len(book.sheets), 6)):
        opened = _opened(path, book, at, read_sheet(book, at, progress), keeper)
        if best is None or (opened.layout.known, len(opened.sheet.rows)) > (best.layout.known, len(best.sheet.rows)):
            best = opened
    assert best is not None  # a file without sheets is refused
    return best


def _opened(path: Path, book: BookFile, index: int, sheet: Sheet, keeper: Keeper) -> OpenedBook:
    return with_layout(
        OpenedBook(path, book, index, sheet, recognise(sheet), BookFacts()), recognise(sheet), keeper, new=True
    )


def with_layout(opened: OpenedBook, layout: Layout, keeper: Keeper, *, new: bool = False) -> OpenedBook:
    """The same book with headings elsewhere: the remembered mapping, or the recognised one."""
    known = recall(layout, keeper)
    chosen = replace(layout, columns=known) if known else layout
    facts = replace(opened.facts, year=year_of_book(opened.sheet, chosen, opened.book.name)) if new else opened.facts
    return replace(opened, layout=chosen, facts=facts, remembered=known is not None)


def heading_in(opened: OpenedBook, row: int, keeper: Keeper) -> OpenedBook:
    """The headings end in this row (from 0); two-line headings are found by themselves."""
    found = recognise(opened.sheet)
    layout = found if found.last == row else layout_at(opened.sheet, _first_of(opened.sheet, row), row)
    return with_layout(opened, layout, keeper)


def _first_of(sheet: Sheet, row: int) -> int:
    """The headings begin one row higher when that row names columns too."""
    if row == 0:
        return 0
    above, here = layout_at(sheet, row - 1, row - 1).known, layout_at(sheet, row, row).known
    return row - 1 if above >= 3 and here < above else row


def recall(layout: Layout, keeper: Keeper) -> Mapping | None:
    """The mapping chosen for these headings before, or None."""
    kept = keeper.value.book_columns.get(layout.signature)
    if kept is None:
        return None
    known = {column.value: column for column in BookColumn}
    columns = [known.get(value, BookColumn.IGNORE) for value in kept][: len(layout.columns)]
    return (*columns, *(BookColumn.IGNORE,) * (len(layout.columns) - len(columns)))


def remember(layout: Layout, keeper: Keeper) -> None:
    """Keeps the mapping for the next book with these headings."""
    kept = {name: value for name, value in keeper.value.book_columns.items() if name != layout.signature}
    for oldest in list(kept)[: max(len(kept) - REMEMBERED + 1, 0)]:
        del kept[oldest]
    kept[layout.signature] = tuple(column.value for column in layout.columns)
    keeper.update(book_columns=kept)


def prepare(office: OpenOffice, opened: OpenedBook, progress: Progress) -> Prepared:
    """What an import would do. Raises Cancelled."""
    total = len(opened.sheet.rows)
    left_out: dict[str, int] = {}
    lines = read_lines(opened.sheet, opened.layout, opened.facts, left_out)
    plan = office.old_books.plan(_stepping(lines, total, progress), progress)
    return Prepared(opened, plan, left_out)


def _stepping(lines, total: int, progress: Progress):  # type: ignore[no-untyped-def]
    for number, line in enumerate(lines):
        if number % 100 == 0:
            progress.step(line.row, total)
        yield line


def source_of(opened: OpenedBook) -> Source:
    """The record of where the lines came from."""
    layout = opened.layout
    columns = {
        heading or f"#{at + 1}": column.value
        for at, (heading, column) in enumerate(zip(layout.headings, layout.columns, strict=True))
        if column is not BookColumn.IGNORE
    }
    told = {"sheet": opened.sheet.name, "heading_row": layout.last + 1, "columns": columns}
    return Source(opened.book.name, opened.book.sha256, json.dumps(told, ensure_ascii=False)[:20_000])


def refused_rows(prepared: Prepared, sentence: Callable[..., str]) -> list[tuple[int, str]]:
    """(row of the sheet, why) of every row that was not taken."""
    return [
        (row, sentence(planned.line.stops) if row == planned.line.rows[0] else "")
        for planned in prepared.plan.lines
        if planned.fate is Fate.REFUSED
        for row in planned.line.rows
    ]
