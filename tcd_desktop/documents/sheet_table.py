"""A table of a paper: columns as wide as their words want, a head that comes again, cells that may run over pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tcd_desktop.documents.fonts import Face, text_width
from tcd_desktop.documents.pages import Ink, Role, Row, Rule
from tcd_desktop.documents.paragraph import Line, break_lines, centred_lines, clean
from tcd_desktop.documents.sheet_style import PageShape, SheetStyle, baseline, mm

PADDING = 4.0
"""Points between the letters of a cell and its rules, left and right."""

LEADING = 1.2
WIDEST_WORD = 0.3
"""A word claims at most this part of the table's width; a longer one is cut."""

TOGETHER = 12
"""Lines of one row that never part; a higher row may run over the end of a page."""

EMPTY_HEIGHT = mm(8)
"""Least height of a row that has an empty cell: somebody writes or signs there."""

EMPTY_WIDTH = mm(30)
"""Width of a column in which nothing stands yet: a name is signed there."""

SHORT = 6
"""A column whose cells have at most so many letters is centred (STT, số trang)."""


def table_rows(head: Sequence[str], rows: Sequence[Sequence[str]], style: SheetStyle, shape: PageShape) -> list[Row]:
    """The head and the rows as rows of a sheet. A row with too few cells ends with empty ones."""
    titles = [clean(cell) for cell in head]
    cells = [[clean(cell) for cell in [*row, *[""] * len(titles)][: len(titles)]] for row in rows]
    size = style.note
    edges = _edges(titles, cells, size, shape)
    first = _head(titles, edges, size)
    middle = [all(len(row[column]) <= SHORT for row in cells) for column in range(len(titles))]
    found = [replace(first, above=style.paragraph_gap)]
    for row in cells:
        found += _row(row, edges, middle, size, first)
    return found


def _edges(titles: Sequence[str], rows: Sequence[Sequence[str]], size: float, shape: PageShape) -> list[float]:
    """Where the columns begin and the last ends."""
    count, room = len(titles), shape.text_width
    least, wish = [], []
    for column in range(count):
        head = titles[column].split(" ")
        body = [row[column] for row in rows]
        words = [text_width(word, Face.REGULAR, size) for text in body for word in text.split(" ")]
        words += [text_width(word, Face.BOLD, size) for word in head]
        blank = EMPTY_WIDTH if not any(body) and column else 0.0
        least.append(max(blank, min(max(words), room * WIDEST_WORD) + 2 * PADDING + 0.5))
        lines = [text_width(text, Face.REGULAR, size) for text in body] or [0.0]
        wish.append(max(least[-1], max(lines) + 2 * PADDING + 0.5))
    widths = _shared(least, wish, room)
    edges = [shape.left]
    for width in widths:
        edges.append(edges[-1] + width)
    return edges


def _shared(least: Sequence[float], wish: Sequence[float], room: float) -> list[float]:
    """The widths that fill the room: all wishes, or the least and a share of what is left."""
    if sum(least) >= room:
        return [width * room / sum(least) for width in least]
    left = room - sum(least)
    # One endless cell must not take everything from the others.
    more = [min(want - base, left) for base, want in zip(least, wish, strict=True)]
    if sum(more) > left:
        return [base + left * extra / sum(more) for base, extra in zip(least, more, strict=True)]
    spare = (left - sum(more)) / sum(wish)
    return [base + extra + spare * want for base, extra, want in zip(least, more, wish, strict=True)]


def _head(titles: Sequence[str], edges: Sequence[float], size: float) -> Row:
    cells = [
        centred_lines(title, Face.BOLD, size, _room(edges, column)) if title else []
        for column, title in enumerate(titles)
    ]
    count = max(len(lines) for lines in cells)
    height = count * size * LEADING + PADDING
    inks = []
    for column, lines in enumerate(cells):
        top = (height - len(lines) * size * LEADING) / 2
        inks.append(_inks(lines, edges, column, size, top, Face.BOLD, middle=True))
    rules = _rules(edges, height, top=True, bottom=True)
    return Row(height, _joined(inks), rules, keep=True, role=Role.TABLE_HEAD, cells=_counts(inks))


def _row(cells: Sequence[str], edges: Sequence[float], middle: Sequence[bool], size: float, head: Row) -> list[Row]:
    lines = [break_lines(text, Face.REGULAR, size, _room(edges, column)) for column, text in enumerate(cells)]
    count = max(len(part) for part in lines)
    found = []
    for start in range(0, count, TOGETHER):
        end = min(start + TOGETHER, count)
        last = end == count
        above = PADDING / 2 if start == 0 else 0.0
        height = (end - start) * size * LEADING + above + (PADDING / 2 if last else 0.0)
        if last and not all(cells):
            height = max(height, EMPTY_HEIGHT)
        inks = [
            _inks(part[start:end], edges, column, size, above, Face.REGULAR, middle=middle[column])
            for column, part in enumerate(lines)
        ]
        row = Row(height, _joined(inks), _rules(edges, height, top=False, bottom=last), head=head)
        found.append(replace(row, role=Role.TABLE_ROW, cells=_counts(inks), goes_on=start > 0))
    return found


def _joined(cells: Sequence[Sequence[Ink]]) -> tuple[Ink, ...]:
    return tuple(ink for inks in cells for ink in inks)


def _counts(cells: Sequence[Sequence[Ink]]) -> tuple[int, ...]:
    return tuple(len(inks) for inks in cells)


def _room(edges: Sequence[float], column: int) -> float:
    return edges[column + 1] - edges[column] - 2 * PADDING


def _inks(
    lines: Sequence[Line], edges: Sequence[float], column: int, size: float, top: float, face: Face, *, middle: bool
) -> list[Ink]:
    inks = []
    for index, line in enumerate(lines):
        if not line.text:
            continue
        x = edges[column] + PADDING
        if middle:
            x += (_room(edges, column) - line.width) / 2
        drop = top + index * size * LEADING + baseline(size * LEADING, size)
        inks.append(Ink(x, drop, face, size, line.text, line.stretch))
    return inks


def _rules(edges: Sequence[float], height: float, *, top: bool, bottom: bool) -> tuple[Rule, ...]:
    across = [Rule(edges[0], edges[-1] - edges[0], drop) for drop, there in ((0.0, top), (height, bottom)) if there]
    return (*across, *(Rule(edge, 0.0, 0.0, down=height) for edge in edges))
