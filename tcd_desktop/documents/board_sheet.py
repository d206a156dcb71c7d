"""One landscape page for the district's chairman: every ward with its figures, and three small charts of bars.

Drawn straight on the page: a table of nineteen lines and some bars need no layout engine. Everything is black, told
apart by weight, a mark and words, so that it survives the copier.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from io import BytesIO
from typing import Any, Final

from tcd_desktop.documents.fonts import Face, register_fonts, save, text_width
from tcd_desktop.documents.sheet_pdf import CREATOR, PDF_VERSION, VIETNAM_TIME
from tcd_desktop.documents.sheet_style import PAGE_HEIGHT, PAGE_WIDTH, mm
from tcd_desktop.paths import shipped

WIDE, HIGH = PAGE_HEIGHT, PAGE_WIDTH
"""A4 on its side."""

SIDE: Final = mm(12)
EDGE: Final = mm(10)
LINE: Final = 13.6
NUMBER, NAME = 22.0, 112.0
SMALL, BODY, TITLE = 8.0, 10.0, 13.0
CHARTS: Final = 92.0
"""Height of the charts at the foot."""
GREY: Final = 0.35
MARK: Final = 5.0
"""Width of the triangle beside what is bad."""


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A ward: `figures` as they are printed, by column; `bad` are the columns that are marked; the rest is drawn."""

    name: str
    figures: Mapping[str, str]
    bad: frozenset[str] = frozenset()
    visits: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class BoardSheet:
    """The page. `months` are (first day, visits of all wards) in order of time; `running`: the last is not over."""

    office: str
    superior: str
    officer: str
    since: date
    until: date
    today: date
    lines: tuple[BoardLine, ...]
    total: BoardLine
    months: tuple[tuple[date, int], ...]
    running: bool = False


@cache
def sheet_words() -> Mapping[str, Any]:
    """The words of the sheet; the columns stand in the order of their table."""
    with shipped("resources", "forms", "local", "board-sheet.toml").open("rb") as file:
        return tomllib.load(file)


def draw_board(sheet: BoardSheet) -> bytes:
    """PDF bytes of one page; more wards than a page holds make the lines lower, never a second page."""
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    words, out = sheet_words(), BytesIO()
    canvas = Canvas(
        out,
        pagesize=(WIDE, HIGH),
        pageCompression=1,
        invariant=1,
        pdfVersion=PDF_VERSION,
        initialFontName=str(Face.REGULAR),
        lang="vi",
    )
    canvas.setTitle(words["title"])
    canvas.setAuthor(sheet.office)
    canvas.setCreator(CREATOR)
    stamp = f"D:{datetime(sheet.today.year, sheet.today.month, sheet.today.day):%Y%m%d%H%M%S}{VIETNAM_TIME}"
    canvas.setDateFormatter(lambda *_now: stamp)
    page = _Page(canvas, sheet, words)
    page.head()
    page.table()
    page.charts()
    canvas.showPage()
    save(canvas)
    return out.getvalue()


class _Page:
    """The pen and where it stands, from the top of the page."""

    def __init__(self, canvas: Any, sheet: BoardSheet, words: Mapping[str, Any]) -> None:
        self._canvas, self._sheet, self._words = canvas, sheet, words
        self._y = HIGH - EDGE

    def _text(
        self, x: float, y: float, text: str, *, size: float = BODY, face: Face = Face.REGULAR, side: str = "l"
    ) -> None:
        self._canvas.setFont(str(face), size)
        wide = text_width(text, face, size)
        self._canvas.drawString(x - (wide if side == "r" else wide / 2 if side == "c" else 0), y, text)

    def head(self) -> None:
        """The office and the country, the title, the period."""
        sheet, words = self._sheet, self._words
        left, right = SIDE + (WIDE - 2 * SIDE) * 0.2, WIDE - SIDE - (WIDE - 2 * SIDE) * 0.22
        y = self._y - 11
        self._text(left, y, sheet.superior.upper(), size=11, side="c")
        self._text(right, y, words["country"], size=11, face=Face.BOLD, side="c")
        y -= 14
        self._text(left, y, sheet.office.upper(), size=11, face=Face.BOLD, side="c")
        self._text(right, y, words["motto"], size=12, face=Face.BOLD, side="c")
        for middle, part, text, size in ((left, 0.4, sheet.office.upper(), 11.0), (right, 1.0, words["motto"], 12.0)):
            half = text_width(text, Face.BOLD, size) * part / 2
            self._canvas.setLineWidth(0.7)
            self._canvas.line(middle - half, y - 4, middle + half, y - 4)
        y -= 26
        self._text(WIDE / 2, y, words["title"], size=TITLE, face=Face.BOLD, side="c")
        y -= 14
        self._text(WIDE / 2, y, self._filled("period"), size=BODY, face=Face.ITALIC, side="c")
        self._y = y - 8

    def _filled(self, name: str) -> str:
        sheet = self._sheet
        days = {"since": sheet.since, "until": sheet.until, "today": sheet.today}
        text: str = self._words[name]
        return text.format(officer=sheet.officer, **{key: f"{day:%d/%m/%Y}" for key, day in days.items()})

    def table(self) -> None:
        """The wards and their sum."""
        columns = list(self._words["columns"].items())
        room = WIDE - 2 * SIDE - NUMBER - NAME
        step = room / len(columns)
        edges = [SIDE, SIDE + NUMBER, *(SIDE + NUMBER + NAME + step * at for at in range(len(columns) + 1))]
        top = self._y
        bottom_room = top - EDGE - CHARTS - 44
        head = 25.0
        line = min(LINE, (bottom_room - head) / (len(self._sheet.lines) + 1))
        titles = [self._words["number"], self._words["ward"], *(title for _key, title in columns)]
        for left, right, title in zip(edges, edges[1:], titles, strict=False):
            rows = _two_rows(title, right - left - 4)
            first = top - head / 2 + (SMALL * 0.5 if len(rows) == 2 else -SMALL * 0.35)
            for at, row in enumerate(rows):
                self._text((left + right) / 2, first - at * (SMALL + 1.2), row, size=SMALL, face=Face.BOLD, side="c")
        y = top - head
        for number, one in enumerate([*self._sheet.lines, self._sheet.total], start=1):
            total = number > len(self._sheet.lines)
            face = Face.BOLD if total else Face.REGULAR
            base, size = y - line + line * 0.3, min(BODY, line * 0.75)
            if not total:
                self._text((edges[0] + edges[1]) / 2, base, str(number), size=size, side="c")
            self._text(edges[1] + 3, base, self._words["total"] if total else one.name, size=size, face=face)
            for (key, _title), right in zip(columns, edges[3:], strict=True):
                bad = key in one.bad
                figure = one.figures.get(key, "")
                self._text(right - 6, base, figure, size=size, face=Face.BOLD if bad or total else face, side="r")
                if bad and not total:
                    wide = text_width(figure, Face.BOLD, size)
                    self._triangle(right - 6 - wide - MARK - 2, base)
            y -= line
        self._rules(edges, top, y, head, line)
        self._text(SIDE, y - 10, self._words["note"], size=SMALL, face=Face.ITALIC)
        self._text(SIDE, y - 20, self._words["note_of_sum"], size=SMALL, face=Face.ITALIC)
        self._text(WIDE - SIDE, y - 10, self._filled("made"), size=SMALL, face=Face.ITALIC, side="r")
        self._y = y - 26

    def _rules(self, edges: Sequence[float], top: float, bottom: float, head: float, line: float) -> None:
        canvas, count = self._canvas, len(self._sheet.lines) + 1
        canvas.setLineWidth(0.4)
        for edge in edges:
            canvas.line(edge, top, edge, bottom)
        for at in (top, *(top - head - line * number for number in range(count + 1))):
            canvas.line(edges[0], at, edges[-1], at)
        canvas.setLineWidth(1.0)
        for at in (top - head, bottom + line):
            canvas.line(edges[0], at, edges[-1], at)

    def _triangle(self, x: float, y: float) -> None:
        path = self._canvas.beginPath()
        path.moveTo(x, y)
        path.lineTo(x + MARK, y)
        path.lineTo(x + MARK / 2, y + MARK)
        path.close()
        self._canvas.drawPath(path, stroke=0, fill=1)

    def charts(self) -> None:
        """Visits by ward, what is late by ward, visits by month: labelled directly."""
        sheet, words = self._sheet, self._words
        gap = 18.0
        room = WIDE - 2 * SIDE - 2 * gap
        wide = (room * 0.36, room * 0.36, room * 0.28)
        numbers = [str(at) for at in range(1, len(sheet.lines) + 1)]
        series = (
            (words["by_ward"], numbers, [line.visits for line in sheet.lines], False),
            (words["late_by_ward"], numbers, [line.late for line in sheet.lines], False),
            (
                words["by_month"],
                [f"{day.month}" for day, _value in sheet.months],
                [v for _day, v in sheet.months],
                sheet.running,
            ),
        )
        x = SIDE
        for width, (title, labels, values, running) in zip(wide, series, strict=True):
            self._chart(x, width, title, labels, values, running=running)
            x += width + gap

    def _chart(
        self, x: float, wide: float, title: str, labels: Sequence[str], values: Sequence[int], *, running: bool
    ) -> None:
        canvas, top, floor = self._canvas, self._y - 10, EDGE + 11
        self._text(x, top, _fitting(title, wide), size=SMALL, face=Face.BOLD)
        highest, step = max(values, default=0), wide / max(len(values), 1)
        tall = top - floor - 18
        canvas.setLineWidth(0.5)
        canvas.line(x, floor, x + wide, floor)
        for at, (label, value) in enumerate(zip(labels, values, strict=True)):
            middle = x + step * (at + 0.5)
            high = max(tall * value / highest, 0.8) if value else 0.0
            hollow = running and at == len(values) - 1
            canvas.setFillGray(GREY)
            if high:
                canvas.rect(middle - step * 0.34, floor, step * 0.68, high, stroke=int(hollow), fill=int(not hollow))
            canvas.setFillGray(0)
            size = min(SMALL - 1, SMALL * step / max(text_width(str(value), Face.REGULAR, SMALL), 1))
            self._text(middle, floor + high + 2, str(value), size=size, side="c")
            self._text(middle, floor - 8, label, size=SMALL - 1, side="c")


def _two_rows(title: str, wide: float) -> list[str]:
    """A heading in one or two rows, broken where both are shortest."""
    if text_width(title, Face.BOLD, SMALL) <= wide or " " not in title:
        return [title]
    words = title.split(" ")
    rows = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return list(min(rows, key=lambda pair: max(text_width(row, Face.BOLD, SMALL) for row in pair)))


def _fitting(text: str, wide: float) -> str:
    while text_width(text, Face.BOLD, SMALL) > wide and " " in text:
        text = text.rsplit(" ", 1)[0]
    return text
