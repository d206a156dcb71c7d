"""From rows to pages: what stands on the sheet row by row, and where a page ends.

All lengths are points. `drop` is the way down from the top of a row, so rows can be placed anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tcd_desktop.documents.fonts import Face


@dataclass(frozen=True, slots=True)
class Ink:
    """A line of text: from `x` (from the page's left edge), its baseline `drop` below the top of its row."""

    x: float
    drop: float
    face: Face
    size: float
    text: str
    stretch: float = 0.0
    red: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A solid rule of `thickness` points, to the right by `length`, or downwards by `down` (the side of a cell)."""

    x: float
    length: float
    drop: float
    thickness: float = 0.7
    down: float = 0.0
    red: bool = False


class Role(StrEnum):
    """What a row is, for those who hear the paper (tagged PDF); the value is the name of the standard structure."""

    HEADING = "H1"
    SECTION = "H2"
    TEXT = "P"
    TABLE_HEAD = "TH"
    TABLE_ROW = "TR"


@dataclass(frozen=True, slots=True)
class Row:
    """Something a page never breaks inside. `above` is left free over it, except at the top of a page.

    `keep`: the next row stands on the same page. `head`: the row that stands above this one again when it begins a
    page (the head of a table). `goes_on`: it continues the paragraph or the table row before it. `cells`: how many
    of the inks belong to each of the things that stand side by side (cells, blocks); empty = it is one thing.
    """

    height: float
    inks: tuple[Ink, ...] = ()
    rules: tuple[Rule, ...] = ()
    above: float = 0.0
    keep: bool = False
    head: Row | None = None
    role: Role = Role.TEXT
    goes_on: bool = False
    cells: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A row and where it stands: `top` points below the top margin. `again`: it is a table's head once more."""

    top: float
    row: Row
    again: bool = False


def paginate(rows: Sequence[Row], height: float) -> list[list[Placed]]:
    """Divides rows into pages `height` points high; an empty document has one empty page.

    Rows that are kept together move to the next page together, unless they alone are higher than a page.
    """
    pages: list[list[Placed]] = []
    start = 0
    while start < len(rows) or not pages:
        page, end = _fill(rows, start, height)
        if end < len(rows):
            broken = _break_before(rows, start, end)
            if broken < end:
                del page[broken - end :]
            end = broken
        pages.append(page)
        start = end
    return pages


def _fill(rows: Sequence[Row], start: int, height: float) -> tuple[list[Placed], int]:
    page: list[Placed] = []
    top = 0.0
    for index in range(start, len(rows)):
        row = rows[index]
        if row.head and not page:
            page.append(Placed(0.0, row.head, again=True))
            top = row.head.height
        above = row.above if page else 0.0
        # The first row always stays: a row higher than a page must not be moved on for ever.
        if index > start and top + above + row.height > height + 0.01:
            return page, index
        page.append(Placed(top + above, row))
        top += above + row.height
    return page, len(rows)


def _break_before(rows: Sequence[Row], start: int, end: int) -> int:
    broken = end
    while broken > start and rows[broken - 1].keep:
        broken -= 1
    return broken if broken > start else end
