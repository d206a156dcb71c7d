"""The log book as a file: PDF on sheets like the form, or a table file with the same columns.

Both are written beside their place under another name and put there when they are whole; what was cancelled leaves
nothing behind. Memory does not grow with the book.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from tcd_desktop.documents.log_book import (
    beginning_of_log_book,
    period_words,
    scope_words,
    secrecy_words,
    sums_words,
    write_log_book,
)
from tcd_desktop.documents.log_book_cells import Cells, day_text
from tcd_desktop.documents.log_book_form import BookForm, book_form, book_words
from tcd_desktop.domain.receptions.log_book import BookLine, BookTotals, LogBook
from tcd_desktop.jobs import Progress, stop_if_cancelled
from tcd_desktop.reports.table_file import Cell, TableColumn, TableHead, write_table

TELL_EVERY: Final = 200
MM_A_LETTER: Final = 1.9
"""Width of a letter of a table file in millimetres of the form's columns."""
PREVIEW_PAGES: Final = 3


def write_pdf(target: Path, book: LogBook, lines: Iterable[BookLine], *, total: int, progress: Progress) -> int:
    """Writes the PDF; gives its number of pages. Raises Cancelled (nothing is left behind) and OSError."""

    def told(done: int) -> None:
        if done % TELL_EVERY == 0:
            progress.step(done, total)
            stop_if_cancelled(progress)

    with tempfile.TemporaryDirectory(prefix=".tcd-", dir=target.parent, ignore_cleanup_errors=True) as name:
        part = Path(name) / "log-book.pdf"
        with part.open("wb") as file:
            pages = write_log_book(file, book, lines, told)
            file.flush()
            os.fsync(file.fileno())
        stop_if_cancelled(progress)
        os.replace(part, target)
    progress.step(total, total)
    return pages


def first_pages(book: LogBook, lines: Iterable[BookLine]) -> bytes:
    """A PDF of the first pages, as they will be printed."""
    out = BytesIO()
    beginning_of_log_book(out, book, lines, PREVIEW_PAGES)
    return out.getvalue()


def write_xlsx(target: Path, book: LogBook, lines: Iterable[BookLine], *, total: int, progress: Progress) -> int:
    """Writes the table file; gives its number of lines. Raises Cancelled (nothing is left behind) and OSError."""
    words = book_words()
    form = book_form(book.query.until)
    made = words.fill("made", day=day_text(book.made_on), officer=book.officer)
    told = tuple(filter(None, (period_words(book), scope_words(book), secrecy_words(book), made)))
    head = TableHead(book.office_name, f"{form.title} ({form.mark})", told)
    columns = [
        TableColumn(_heading(column.group, column.heading), max(6.0, column.width / 72 * 25.4 / MM_A_LETTER))
        for column in form.columns
    ]
    totals = BookTotals()
    write_table(target, head, columns, _rows(book, form, lines, totals), total=total, progress=progress)
    return totals.lines


def _heading(group: str, heading: str) -> str:
    return f"{group}: {heading}" if group else heading


def _rows(book: LogBook, form: BookForm, lines: Iterable[BookLine], totals: BookTotals) -> Iterator[list[Cell]]:
    """The cells of the form of the last day; days and numbers of people as such; the sums at the end."""
    cells = Cells(form, with_year=book.several_years)
    keys = [column.key for column in form.columns]
    for line in lines:
        totals.add(line.visit)
        row: list[Cell] = list(cells.of(line))
        for at, key in enumerate(keys):
            if key == "date":
                row[at] = line.visit.date
            elif key == "people" and not line.visit.removed:
                row[at] = line.visit.people
        yield row
    total: list[Cell] = [None] * len(keys)
    total[keys.index("matter")] = f"{book_words()['total']}: {sums_words(totals)}"
    yield total
