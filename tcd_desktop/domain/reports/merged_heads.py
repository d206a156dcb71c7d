"""Headings of a table that stand over several columns: where each one lies, for screen, paper and table file alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """A heading; one without `parts` stands over a single column."""

    title: str
    parts: tuple[Head, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadCell:
    """Where a heading lies: `row` and `column` count from 0, `rows` and `columns` say how far it reaches."""

    title: str
    row: int
    column: int
    rows: int
    columns: int

    @property
    def leaf(self) -> bool:
        """Over a single column, at the foot of the headings or reaching down to it."""
        return self.columns == 1


def depth(heads: Sequence[Head]) -> int:
    """Rows of headings."""
    return max((1 + depth(head.parts) for head in heads), default=0)


def columns(heads: Sequence[Head]) -> int:
    """Columns under the headings."""
    return sum(columns(head.parts) if head.parts else 1 for head in heads)


def head_cells(heads: Sequence[Head]) -> tuple[HeadCell, ...]:
    """All headings, each row from left to right; one without parts reaches down to the last row."""
    return tuple(sorted(_cells(heads, 0, 0, depth(heads)), key=lambda cell: (cell.row, cell.column)))


def _cells(heads: Sequence[Head], row: int, column: int, rows: int) -> Iterator[HeadCell]:
    for head in heads:
        wide = columns((head,))
        yield HeadCell(head.title, row, column, 1 if head.parts else rows - row, wide)
        yield from _cells(head.parts, row + 1, column, rows)
        column += wide
