"""The tables of a report on paper (biểu số liệu, TT 06/2025/TT-TTCP): A4 on its side, merged headings on every page.

Columns too narrow for their words have them standing; the foot with the note and the signatures is never torn apart.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from io import BytesIO
from typing import Any

from tcd_desktop.documents.circular_heads import HeadLayout, lay_out_heads
from tcd_desktop.documents.fonts import Face, register_fonts, save, text_width
from tcd_desktop.documents.paragraph import Line, break_lines, centred_lines, clean
from tcd_desktop.documents.sheet import month_number, two_digits
from tcd_desktop.documents.sheet_pdf import CREATOR, PDF_VERSION, VIETNAM_TIME
from tcd_desktop.documents.sheet_style import PAGE_HEIGHT, PAGE_WIDTH, baseline, mm
from tcd_desktop.domain.reports.merged_heads import HeadCell
from tcd_desktop.paths import shipped

WIDE, HIGH = PAGE_HEIGHT, PAGE_WIDTH
"""A4 on its side."""
LEFT, RIGHT, TOP, BOTTOM = mm(15), mm(12), mm(14), mm(13)
ROOM = WIDE - LEFT - RIGHT
UNIT_WIDTH = mm(42)
HEAD_SIZE, FORMULA_SIZE, UNIT_SIZE = 7.5, 6.5, 9.0
BODY, TITLE, SMALL = 11.0, 13.0, 9.0
LINE = 15.0
LEADING = 1.2
THIN, THICK = 0.4, 0.9


@dataclass(frozen=True, slots=True)
class TableLine:
    """One unit and its figures as they are printed; `total` adds the others up."""

    name: str
    figures: tuple[str, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class CircularTable:
    """One of the six tables. `heads` without the column of units, which stands before column 0; `formulas` are the
    columns' numbers ("1=5+11+17")."""

    form: str
    title: str
    heads: tuple[HeadCell, ...]
    formulas: tuple[str, ...]
    lines: tuple[TableLine, ...]
    note_number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CircularPaper:
    """The tables of one report and what stands around them. `number` "" and `sent_on` None leave dots."""

    superior: str
    office: str
    place: str
    first: date
    last: date
    made_on: date
    number: str = ""
    sent_on: date | None = None
    maker: str = ""
    signer_title: str = ""
    signer: str = ""
    tables: tuple[CircularTable, ...]


@cache
def circular_words() -> Mapping[str, Any]:
    """The words around the tables."""
    with shipped("resources", "forms", "tt-06-2025", "tables.toml").open("rb") as file:
        return tomllib.load(file)


def day_words(day: date) -> str:
    """ "ngày 05 tháng 01 năm 2026"."""
    text: str = circular_words()["day"]
    return text.format(day=two_digits(day.day), month=month_number(day), year=day.year)


def attached_words(paper: CircularPaper) -> str:
    """ "(Kèm theo Báo cáo số: … ngày … của …)", with dots for what is not known yet."""
    words = circular_words()
    day = day_words(paper.sent_on) if paper.sent_on else words["blank_day"]
    text: str = words["attached"]
    return text.format(number=paper.number or words["blank_number"], day=day, office=paper.office)


def period_words(paper: CircularPaper) -> str:
    """ "Số liệu tính từ ngày 15/09/2026 đến ngày 14/12/2026"."""
    text: str = circular_words()["period"]
    return text.format(first=f"{paper.first:%d/%m/%Y}", last=f"{paper.last:%d/%m/%Y}")


def draw_circular(paper: CircularPaper) -> bytes:
    """PDF bytes: every table begins on a page of its own. The same paper gives the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    out = BytesIO()
    canvas = Canvas(
        out,
        pagesize=(WIDE, HIGH),
        pageCompression=1,
        invariant=1,
        pdfVersion=PDF_VERSION,
        initialFontName=str(Face.REGULAR),
        lang="vi",
    )
    canvas.setTitle(", ".join(f"{table.form} {table.title}" for table in paper.tables)[:200])
    canvas.setAuthor(paper.office)
    canvas.setCreator(CREATOR)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    moment = datetime(paper.made_on.year, paper.made_on.month, paper.made_on.day)
    stamp = f"D:{moment:%Y%m%d%H%M%S}{VIETNAM_TIME}"
    canvas.setDateFormatter(lambda *_now: stamp)
    for table in paper.tables:
        _Table(canvas, paper, table).draw()
    save(canvas)
    return out.getvalue()


class _Table:
    """The pen of one table, from the top of its first page to the signatures."""

    def __init__(self, canvas: Any, paper: CircularPaper, table: CircularTable) -> None:
        self._canvas, self._paper, self._table = canvas, paper, table
        self._words = circular_words()
        self._layout: HeadLayout = lay_out_heads(
            table.heads, table.formulas, ROOM - UNIT_WIDTH, HEAD_SIZE, FORMULA_SIZE
        )
        self._names = [
            break_lines(clean(line.name), Face.BOLD if line.total else Face.REGULAR, UNIT_SIZE, UNIT_WIDTH - 6)
            for line in table.lines
        ]
        self._pages = self._divide()
        self._y = HIGH - TOP

    # -- dividing into pages

    def _line_height(self, at: int) -> float:
        return max(LINE, len(self._names[at]) * UNIT_SIZE * LEADING + 4)

    def _divide(self) -> list[range]:
        """Which lines stand on which page; the last page has room for the foot."""
        pages, start = [], 0
        head = self._layout.height
        room = HIGH - TOP - BOTTOM - self._head_height() - head
        used = 0.0
        count = len(self._table.lines)
        for at in range(count):
            needed = self._line_height(at) + (self._foot_height() if at == count - 1 else 0)
            if used + needed > room and at > start:
                pages.append(range(start, at))
                start, used, room = at, 0.0, HIGH - TOP - BOTTOM - head
            used += self._line_height(at)
        pages.append(range(start, count))
        return pages

    def _head_height(self) -> float:
        titles = len(centred_lines(self._table.title, Face.BOLD, TITLE, ROOM))
        return 15 * 2 + 12 + titles * TITLE * LEADING + 2 * BODY * 1.35 + 10

    def _foot_height(self) -> float:
        return 12 + len(self._note_lines()) * BODY * LEADING + 5 * BODY * LEADING + mm(20)

    def _note_lines(self) -> list[Line]:
        lead = self._words["note"].format(number=self._table.note_number or len(self._table.formulas) + 1)
        return break_lines(clean(f"{lead} {self._table.note}"), Face.REGULAR, BODY, ROOM)

    # -- drawing

    def draw(self) -> None:
        """All pages of the table."""
        for number, lines in enumerate(self._pages, start=1):
            self._y = HIGH - TOP
            if number == 1:
                self._head()
            self._grid(lines)
            if number == len(self._pages):
                self._foot()
            if len(self._pages) > 1:
                told = self._words["page"].format(form=self._table.form, page=number, pages=len(self._pages))
                self._text(WIDE - RIGHT, BOTTOM - mm(6), told, size=SMALL, side="r")
            self._canvas.showPage()

    def _text(
        self, x: float, y: float, text: str, *, size: float = BODY, face: Face = Face.REGULAR, side: str = "l"
    ) -> None:
        self._canvas.setFont(str(face), size)
        wide = text_width(text, face, size)
        self._canvas.drawString(x - (wide if side == "r" else wide / 2 if side == "c" else 0), y, text)

    def _head(self) -> None:
        paper, table = self._paper, self._table
        left = LEFT + ROOM * 0.16
        y = self._y - 11
        self._text(left, y, clean(paper.superior).upper(), size=BODY, side="c")
        self._text(WIDE - RIGHT, y, self._words["mark"].format(form=table.form), size=BODY, face=Face.BOLD, side="r")
        y -= 15
        office = clean(paper.office).upper()
        self._text(left, y, office, size=BODY, face=Face.BOLD, side="c")
        half = text_width(office, Face.BOLD, BODY) * 0.2
        self._canvas.setLineWidth(0.7)
        self._canvas.line(left - half, y - 4, left + half, y - 4)
        y -= 12
        for line in centred_lines(table.title, Face.BOLD, TITLE, ROOM):
            y -= TITLE * LEADING
            self._text(LEFT + ROOM / 2, y, line.text, size=TITLE, face=Face.BOLD, side="c")
        for words in (period_words(paper), attached_words(paper)):
            y -= BODY * 1.35
            self._text(LEFT + ROOM / 2, y, clean(words), size=BODY, face=Face.ITALIC, side="c")
        self._y = HIGH - TOP - self._head_height()

    def _grid(self, lines: range) -> None:
        top = self._y
        self._head_words(top)
        edges = [LEFT, *(LEFT + UNIT_WIDTH + edge for edge in self._layout.edges)]
        y = top - self._layout.height
        tops = [y]
        for at in lines:
            self._line(at, y, edges)
            y -= self._line_height(at)
            tops.append(y)
        self._canvas.setLineWidth(THIN)
        for edge in edges:
            self._canvas.line(edge, top - self._layout.words_height, edge, y)
        for level in tops[1:]:
            self._canvas.line(edges[0], level, edges[-1], level)
        self._canvas.setLineWidth(THICK)
        self._canvas.line(edges[0], tops[0], edges[-1], tops[0])
        if self._table.lines and self._table.lines[lines[-1]].total and len(lines) > 1:
            self._canvas.line(edges[0], tops[-2], edges[-1], tops[-2])
        self._y = y

    def _head_words(self, top: float) -> None:
        canvas, layout = self._canvas, self._layout
        origin = LEFT + UNIT_WIDTH
        canvas.setLineWidth(THIN)
        for box in layout.boxes:
            x, y = origin + box.x, top - box.top
            canvas.rect(x, y - box.height, box.width, box.height, stroke=1, fill=0)
            if box.standing:
                self._standing(x, y - box.height, box.width, box.height, box.lines, box.size)
            else:
                self._centred(x + box.width / 2, y, box.height, box.lines, Face.BOLD, box.size)
        canvas.rect(LEFT, top - layout.words_height, UNIT_WIDTH, layout.words_height, stroke=1, fill=0)
        unit = centred_lines(self._words["unit"], Face.BOLD, UNIT_SIZE, UNIT_WIDTH)
        self._centred(LEFT + UNIT_WIDTH / 2, top, layout.words_height, unit, Face.BOLD, UNIT_SIZE)
        low = top - layout.words_height
        mark = [Line(self._words["unit_mark"], text_width(self._words["unit_mark"], Face.REGULAR, FORMULA_SIZE))]
        self._centred(LEFT + UNIT_WIDTH / 2, low, layout.formula_height, mark, Face.REGULAR, FORMULA_SIZE)
        for left, right, formula in zip(layout.edges, layout.edges[1:], layout.formulas, strict=False):
            middle = origin + (left + right) / 2
            self._centred(middle, low, layout.formula_height, formula, Face.REGULAR, FORMULA_SIZE)
        canvas.line(LEFT, low, LEFT + ROOM, low)

    def _centred(self, x: float, top: float, height: float, lines: list[Line], face: Face, size: float) -> None:
        leading = size * LEADING
        y = top - (height - leading * len(lines)) / 2
        for line in lines:
            self._text(x, y - baseline(leading, size), line.text, size=size, face=face, side="c")
            y -= leading

    def _standing(self, x: float, y: float, width: float, height: float, lines: list[Line], size: float) -> None:
        """Words that are read from below upwards, in the middle of their cell."""
        canvas, leading = self._canvas, size * LEADING
        canvas.saveState()
        canvas.translate(x + width / 2, y + height / 2)
        canvas.rotate(90)
        level = leading * len(lines) / 2
        for line in lines:
            self._text(0, level - baseline(leading, size), line.text, size=size, face=Face.BOLD, side="c")
            level -= leading
        canvas.restoreState()

    def _line(self, at: int, top: float, edges: list[float]) -> None:
        line, height = self._table.lines[at], self._line_height(at)
        face = Face.BOLD if line.total else Face.REGULAR
        y = top - (height - UNIT_SIZE * LEADING * len(self._names[at])) / 2
        for row in self._names[at]:
            self._text(LEFT + 3, y - baseline(UNIT_SIZE * LEADING, UNIT_SIZE), row.text, size=UNIT_SIZE, face=face)
            y -= UNIT_SIZE * LEADING
        for left, right, figure in zip(edges[1:], edges[2:], line.figures, strict=False):
            room = right - left - 3
            wide = text_width(figure, face, UNIT_SIZE)
            size = UNIT_SIZE if wide <= room else UNIT_SIZE * room / wide
            base = top - (height - size * LEADING) / 2 - baseline(size * LEADING, size)
            self._text((left + right) / 2, base, figure, size=size, face=face, side="c")

    def _foot(self) -> None:
        paper, words = self._paper, self._words["signatures"]
        y = self._y - 12
        for line in self._note_lines():
            y -= BODY * LEADING
            self._text(LEFT, y, line.text)
        left, right = LEFT + ROOM * 0.2, LEFT + ROOM * 0.8
        y -= BODY * 1.6
        day = self._words["place"].format(place=clean(paper.place), day=day_words(paper.made_on))
        self._text(right, y, day.removeprefix(", "), face=Face.ITALIC, side="c")
        y -= BODY * LEADING
        title = clean(paper.signer_title).upper() or words["default_signer"]
        self._text(left, y, words["maker"], face=Face.BOLD, side="c")
        self._text(right, y, title, face=Face.BOLD, side="c")
        y -= BODY * LEADING
        self._text(left, y, words["maker_note"], face=Face.ITALIC, size=SMALL + 1, side="c")
        self._text(right, y, words["signer_note"], face=Face.ITALIC, size=SMALL + 1, side="c")
        y -= mm(20)
        self._text(left, y, clean(paper.maker), face=Face.BOLD, side="c")
        self._text(right, y, clean(paper.signer), face=Face.BOLD, side="c")
