"""The table of the log book: cells broken into lines, rows into pages, headings on every page. Lengths are points.

Pages are A4 on its side, the wider margin at the left for the binding. Nothing is kept of a page that is done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tcd_desktop.documents.embedded_face import EmbeddedFace
from tcd_desktop.documents.fonts import Face, text_width, widths
from tcd_desktop.documents.log_book_form import TABLE_WIDTH, BookColumn, BookForm
from tcd_desktop.documents.paragraph import break_lines, centred_lines, clean
from tcd_desktop.documents.sheet_style import PAGE_HEIGHT, PAGE_WIDTH, baseline, mm

WIDE, HIGH = PAGE_HEIGHT, PAGE_WIDTH
LEFT: Final = mm(15)
RIGHT: Final = LEFT + TABLE_WIDTH
TOP: Final = HIGH - mm(12)
BOTTOM: Final = mm(15)
"""Nothing of the table stands lower: the page's number is there."""

SIZE: Final = 10.0
LEADING: Final = 12.0
HEADING: Final = 9.5
HEADING_LEADING: Final = 11.0
PAD: Final = 2.4
"""Between a rule and the text, at the sides; above and below it is a little less."""
ABOVE: Final = 1.8
THIN: Final = 0.4
DROP: Final = baseline(LEADING, SIZE)
LEAST_LINES: Final = 3
"""So many lines of a broken row stand on either side of a page's end."""
_SIGNS: Final = re.compile(r"[^/\-_.,;:]*[/\-_.,;:]|[^/\-_.,;:]+")
LONG_ROW: Final = 0.4
"""A row higher than this part of a page is broken wherever the page ends."""
MOST_EMPTY: Final = 7
"""Shorter rows are broken only where more lines than these would stay empty."""


def broken(text: str, room: float, face: Face = Face.REGULAR, size: float = SIZE) -> list[str]:
    """The lines of a cell `room` points wide; a word wider than the room is broken after a sign, or cut."""
    measure, wide = widths(face).of, room * 1000 / size
    if "\n" not in text and measure(text) <= wide and text.isprintable():
        return [text] if text else []
    found: list[str] = []
    space = measure(" ")
    for part in text.split("\n"):
        words = part.split() if part.isprintable() else clean(part).split()
        line, used = "", 0.0
        for word in words:
            width = measure(word)
            if line and used + space + width > wide:
                found.append(line)
                line, used = "", 0.0
            if width > wide:
                *whole, word = _cut(word, face, size, room)
                found += whole
                width = measure(word)
            line, used = (f"{line} {word}", used + space + width) if line else (word, width)
        if line:
            found.append(line)
    return found


def _cut(word: str, face: Face, size: float, room: float) -> list[str]:
    """A word too wide for its column ("174/PC-UBND"), after its signs if that is enough, else between letters."""
    pieces = [""]
    for piece in _SIGNS.findall(word):
        if pieces[-1] and text_width(pieces[-1] + piece, face, size) > room:
            pieces.append("")
        pieces[-1] += piece
    return [line.text for piece in pieces for line in break_lines(piece, face, size, room)]


@dataclass(frozen=True, slots=True)
class Heading:
    """The headings of a form, measured once: operators for a given height are made by `Pen`."""

    height: float
    texts: tuple[tuple[float, float, Face, float, str], ...]
    """x, depth below the top, face, size, text."""
    level: tuple[tuple[float, float, float], ...]
    """Level rules: from x, to x, depth."""
    upright: tuple[tuple[float, float], ...]
    """Upright rules through the headings: x, depth at which they begin."""


class Grid:
    """The columns of a form on the page."""

    def __init__(self, form: BookForm) -> None:
        self.form = form
        self.columns = form.columns
        edges = [LEFT]
        for column in form.columns:
            edges.append(edges[-1] + column.width)
        edges[-1] = RIGHT
        self.edges = tuple(edges)
        self.rooms = tuple(column.width - 2 * PAD for column in form.columns)
        self.heading = self._heading()

    def _heading(self) -> Heading:
        groups = _groups(self.columns)
        grouped = HEADING_LEADING + 2 * ABOVE if any(self.columns[a].group for a, _b in groups) else 0.0
        names = [centred_lines(column.heading, Face.BOLD, HEADING, column.width - 2) for column in self.columns]
        tall = max(
            len(lines) * HEADING_LEADING + 2 * ABOVE + (grouped if column.group else 0.0)
            for column, lines in zip(self.columns, names, strict=True)
        )
        numbers = tall + HEADING_LEADING + 2 * ABOVE
        texts: list[tuple[float, float, Face, float, str]] = []
        level: list[tuple[float, float, float]] = [(LEFT, RIGHT, 0.0), (LEFT, RIGHT, tall), (LEFT, RIGHT, numbers)]
        for first, last in groups:
            name = self.columns[first].group
            if name:
                left, right = self.edges[first], self.edges[last]
                texts.append((_middle(name, left, right), ABOVE + HEADING_LEADING * 0.78, Face.BOLD, HEADING, name))
                level.append((left, right, grouped))
        for at, (column, lines) in enumerate(zip(self.columns, names, strict=True)):
            left, right = self.edges[at], self.edges[at + 1]
            begin = grouped if column.group else 0.0
            down = begin + (tall - begin - len(lines) * HEADING_LEADING) / 2 + HEADING_LEADING * 0.78
            for number, line in enumerate(lines):
                x = _middle(line.text, left, right)
                texts.append((x, down + number * HEADING_LEADING, Face.BOLD, HEADING, line.text))
            told = f"({at + 1})"
            x = (left + right - text_width(told, Face.ITALIC, HEADING)) / 2
            texts.append((x, tall + ABOVE + HEADING_LEADING * 0.78, Face.ITALIC, HEADING, told))
        inner = {edge for first, last in groups if self.columns[first].group for edge in range(first + 1, last)}
        upright = tuple((edge, grouped if at in inner else 0.0) for at, edge in enumerate(self.edges))
        return Heading(numbers, tuple(texts), tuple(level), upright)

    def lines(self, cells: Sequence[str]) -> list[list[str]]:
        """The cells of a row as lines."""
        cells = [cells[0].replace("/", "/\n"), *cells[1:]]  # "1234/2026" of a book of several years
        return [broken(cell, room) if cell else [] for cell, room in zip(cells, self.rooms, strict=True)]


def _groups(columns: Sequence[BookColumn]) -> list[tuple[int, int]]:
    """(first, after the last) of neighbouring columns under one heading."""
    found: list[tuple[int, int]] = []
    for at, column in enumerate(columns):
        if found and column.group and columns[at - 1].group == column.group:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def _middle(text: str, left: float, right: float) -> float:
    return (left + right - text_width(text, Face.BOLD, HEADING)) / 2


class Pen:
    """Collects the operators of one page."""

    def __init__(self, faces: dict[Face, EmbeddedFace]) -> None:
        self._faces = faces
        self._shown = faces[Face.REGULAR].shown
        self._body: list[bytes] = []
        self._other: list[bytes] = []
        self._rules: list[bytes] = []
        self._under: list[bytes] = []
        self._last: tuple[Face, float] | None = None

    def body(self, x: float, y: float, text: str) -> None:
        """A line of a cell."""
        self._body.append(b"1 0 0 1 %.2f %.2f Tm %b Tj" % (x, y, self._shown(text)))

    def text(self, x: float, y: float, text: str, face: Face = Face.REGULAR, size: float = SIZE) -> None:
        """Any other text."""
        embedded = self._faces[face]
        if self._last != (face, size):
            self._last = (face, size)
            self._other.append(b"/%b %.2f Tf" % (embedded.name.encode("ascii"), size))
        self._other.append(b"1 0 0 1 %.2f %.2f Tm %b Tj" % (x, y, embedded.shown(text)))

    def centred(self, middle: float, y: float, text: str, face: Face = Face.REGULAR, size: float = SIZE) -> None:
        """A text around a middle."""
        self.text(middle - text_width(text, face, size) / 2, y, text, face, size)

    def rule(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """A thin rule."""
        self._rules.append(b"%.2f %.2f m %.2f %.2f l" % (x, y, to_x, to_y))

    def raw(self, operators: bytes) -> None:
        """What lies under everything else, or is drawn by another name."""
        self._under.append(operators)

    def heading(self, heading: Heading, top: float) -> None:
        """The headings, their upper edge at `top`."""
        for x, depth, face, size, text in heading.texts:
            self.text(x, top - depth, text, face, size)
        for left, right, depth in heading.level:
            self.rule(left, top - depth, right, top - depth)
        for x, depth in heading.upright:
            self.rule(x, top - depth, x, top - heading.height)

    def done(self) -> bytes:
        """The operators of the page."""
        regular = self._faces[Face.REGULAR].name.encode("ascii")
        return b"\n".join(
            [
                *self._under,
                b"BT /%b %.2f Tf" % (regular, SIZE),
                *self._body,
                *self._other,
                b"ET",
                b"%.2f w" % THIN,
                *self._rules,
                b"S" if self._rules else b"",
            ]
        )
