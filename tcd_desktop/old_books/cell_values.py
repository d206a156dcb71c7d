"""Values of Excel cells as cells of an old book."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from tcd_desktop.domain.old_book.old_book_sheet import EMPTY, Cell, Row
from tcd_desktop.old_books.book_file import LONGEST_CELL

MOST_JOINED = 50_000
"""Cells that are filled because they belong to a merged one."""

Area = tuple[int, int, int, int]
"""First row, row after the last, first column, column after the last: from 0."""


def cell_of(value: Any, font: str = "", runs: tuple[tuple[str, str], ...] = ()) -> Cell:
    """The cell of a value as openpyxl and xlrd give it."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, datetime):
        at = value.time().replace(microsecond=0)
        shown = f"{value:%d/%m/%Y %H:%M}" if at != time() else f"{value:%d/%m/%Y}"
        return Cell(shown, shown, font, day=value.date(), at=at if at != time() else None)
    if isinstance(value, date):
        shown = f"{value:%d/%m/%Y}"
        return Cell(shown, shown, font, day=value)
    if isinstance(value, time):
        shown = f"{value:%H:%M}"
        return Cell(shown, shown, font, at=value)
    if isinstance(value, bool):
        return Cell("x", "x", font) if value else EMPTY
    if isinstance(value, int | float):
        shown = number_text(value)
        return Cell(shown, shown, font, numeric=True) if shown else EMPTY
    text = str(value)[:LONGEST_CELL]
    return Cell(text, text, font, runs=runs if len(runs) > 1 else ())


def number_text(value: float) -> str:
    """A number as it was typed: 1056012345.0 -> "1056012345"."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        if value == int(value) and abs(value) < 2**53:
            return str(int(value))
    return str(value)[:40]


def fill_joined(rows: list[Row], areas: Iterable[Area]) -> list[Row]:
    """Repeats the content of merged cells in all their cells, marked as joined."""
    made: dict[int, list[Cell]] = {}
    filled = 0
    for top, bottom, left, right in areas:
        if not (0 <= top < len(rows) and 0 <= left < len(rows[top])) or (bottom - top) * (right - left) < 2:
            continue
        first = rows[top][left]
        if not first.text.strip():
            continue
        for row in range(top, min(bottom, len(rows))):
            for column in range(left, min(right, left + 100)):
                if (row, column) == (top, left) or filled >= MOST_JOINED:
                    continue
                cells = made.setdefault(row, list(rows[row]))
                cells.extend([EMPTY] * (column + 1 - len(cells)))
                cells[column] = replace(first, joined="above" if column == left else "left")
                filled += 1
    return [tuple(made[row]) if row in made else cells for row, cells in enumerate(rows)]
