"""Where the merged headings of a report's table stand on paper, and which of them have to stand upright."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tcd_desktop.documents.fonts import Face, text_width
from tcd_desktop.documents.paragraph import Line, break_lines, centred_lines, clean
from tcd_desktop.domain.reports.merged_heads import HeadCell

PADDING = 2.0
LEADING = 1.2
TALLEST = 118.0
"""Of a heading that stands upright, in points; longer words get another line."""
SMALLEST = 5.5


@dataclass(frozen=True, slots=True)
class HeadBox:
    """A heading in points from the upper left corner of the headings; `standing`: read from below upwards."""

    x: float
    top: float
    width: float
    height: float
    lines: list[Line]
    size: float
    standing: bool = False


@dataclass(frozen=True, slots=True)
class HeadLayout:
    """All headings. `edges` are the columns' edges, `formulas` their numbers in lines under `words_height`."""

    edges: list[float]
    boxes: list[HeadBox]
    formulas: list[list[Line]]
    words_height: float
    formula_height: float

    @property
    def height(self) -> float:
        """Headings with the row of numbers."""
        return self.words_height + self.formula_height


def lay_out_heads(
    cells: Sequence[HeadCell], formulas: Sequence[str], room: float, size: float, formula_size: float
) -> HeadLayout:
    """Columns of one width; rows as high as their words need."""
    count = len(formulas)
    step = room / count
    edges = [step * at for at in range(count + 1)]
    upright = any(not _fits_lying(cell, step, size) for cell in cells if cell.leaf)
    heights = [0.0] * max(cell.row + cell.rows for cell in cells)
    for wanted in sorted(cells, key=lambda cell: cell.rows):
        needed = _needed(wanted, step, size, upright=upright)
        have = sum(heights[wanted.row : wanted.row + wanted.rows])
        if needed > have:
            heights[wanted.row + wanted.rows - 1] += needed - have
    tops = [sum(heights[:row]) for row in range(len(heights) + 1)]
    boxes = [_box(cell, step, tops, size, upright=upright) for cell in cells]
    broken = [_formula(formula, formula_size, step) for formula in formulas]
    formula_height = max(len(lines) for lines in broken) * formula_size * LEADING + 4
    return HeadLayout(edges, boxes, broken, tops[-1], formula_height)


def _fits_lying(cell: HeadCell, step: float, size: float) -> bool:
    return all(text_width(word, Face.BOLD, size) <= step - 2 * PADDING for word in clean(cell.title).split())


def _standing_lines(title: str, step: float, size: float) -> tuple[list[Line], float]:
    """The lines and the size in which they fit between the edges of their column."""
    text = clean(title)
    while True:
        most = max(int((step - 1) / (size * LEADING)), 1)
        lines = [line for line in break_lines(text, Face.BOLD, size, TALLEST) if line.text]
        if len(lines) <= most or size <= SMALLEST:
            return _even(text, size, lines, most), size
        size -= 0.25


def _even(text: str, size: float, lines: list[Line], most: int) -> list[Line]:
    """As many lines as the column is wide, so that the headings are low."""
    wide = text_width(text, Face.BOLD, size)
    widest = max((text_width(word, Face.BOLD, size) for word in text.split()), default=0.0)
    for count in range(most, max(len(lines), 2) - 1, -1):
        tried = break_lines(text, Face.BOLD, size, max(wide / count * 1.15, widest))
        if len(tried) <= most:
            return tried
    return lines


def _needed(cell: HeadCell, step: float, size: float, *, upright: bool) -> float:
    if cell.leaf and upright:
        lines, _size = _standing_lines(cell.title, step, size)
        return max(line.width for line in lines) + 2 * PADDING + 2
    lines = centred_lines(cell.title, Face.BOLD, size, step * cell.columns - 2 * PADDING)
    return len(lines) * size * LEADING + 2 * PADDING


def _box(cell: HeadCell, step: float, tops: Sequence[float], size: float, *, upright: bool) -> HeadBox:
    x, top = step * cell.column, tops[cell.row]
    width, height = step * cell.columns, tops[cell.row + cell.rows] - top
    if cell.leaf and upright:
        lines, fitted = _standing_lines(cell.title, step, size)
        return HeadBox(x, top, width, height, lines, fitted, standing=True)
    lines = centred_lines(cell.title, Face.BOLD, size, width - 2 * PADDING)
    return HeadBox(x, top, width, height, lines, size)


def _formula(formula: str, size: float, step: float) -> list[Line]:
    """ "6=7+8=9+10+11": broken after an equals or plus sign where it is too wide."""
    pieces = formula.replace(" ", "").replace("=", "= ").replace("+", "+ ")
    rows: list[str] = [""]
    for piece in pieces.split(" "):
        if rows[-1] and text_width(rows[-1] + piece, Face.REGULAR, size) > step - 2:
            rows.append("")
        rows[-1] += piece
    return [Line(row, text_width(row, Face.REGULAR, size)) for row in rows]
