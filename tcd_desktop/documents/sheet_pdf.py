"""Drawing placed rows into a PDF: embedded font subsets, properties of the file, marks on every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import IO, Any

from tcd_desktop.documents.fonts import Face, register_fonts, save, text_width
from tcd_desktop.documents.pages import Ink, Placed, Rule
from tcd_desktop.documents.qr import ARTIFACT, CODE_FOOT, draw_code
from tcd_desktop.documents.sheet_style import BOTTOM, PORTRAIT, PageShape, SheetStyle, baseline, mm
from tcd_desktop.documents.tagging import Structure

CREATOR = "TCD Desktop"
PDF_VERSION = (1, 4)
"""The least that electronic copies of office documents may have (NĐ 30/2020 Phụ lục I)."""

VIETNAM_TIME = "+07'00'"

TOP_MARK = mm(13)
"""From the top edge to the baseline of what stands in the top margin: page number, reprint mark."""

STAMP_HEIGHT = mm(7)
STAMP_PADDING = mm(3)

RED = (0.85, 0.0, 0.0)

FOOTER = BOTTOM - mm(8)
"""Baseline of the small line at the foot."""

WATERMARK_ANGLE = 55
WATERMARK_LENGTH = mm(270)
WATERMARK_GREY = 0.88


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """Properties of the file. `created` is the document's own time: printing again gives the same bytes."""

    title: str
    author: str
    created: datetime
    subject: str = ""


@dataclass(frozen=True, slots=True)
class PageMarks:
    """What every page carries besides its text; empty = none.

    `corner` stands in the top margin at the left ("In lại lần 1"), `stamp` there at the right in a box ("DỰ THẢO"),
    `watermark` lies under the text, `footer(page, pages)` gives the small line at the foot ("" = none on that page).
    `code` is a small QR at the foot of the first page.
    """

    corner: str = ""
    watermark: str = ""
    footer: Callable[[int, int], str] | None = None
    stamp: str = ""
    code: str = ""


def draw_sheet(
    parts: Sequence[Sequence[Sequence[Placed]]],
    info: SheetInfo,
    style: SheetStyle,
    marks: PageMarks,
    shape: PageShape = PORTRAIT,
) -> bytes:
    """PDF bytes of A4 pages; numbers stand in the top margin from page 2 of each part (NĐ 30/2020 Phụ lục I).

    A part is the paper, or one of its appendices.
    """
    out = BytesIO()
    canvas = open_canvas(out, info, shape)
    structure = Structure()
    count = sum(len(part) for part in parts)
    whole = 0
    for part in parts:
        for number, page in enumerate(part, start=1):
            whole += 1
            if marks.watermark:
                _draw_watermark(canvas, marks.watermark, shape)
            inks, rules = _outside(number, whole, count, style, marks, shape)
            structure.begin_page()
            _draw_rows(canvas, page, structure, shape)
            _draw_artifacts(canvas, page, inks, rules, shape)
            if marks.code and whole == 1:
                draw_code(canvas, marks.code, shape.left, CODE_FOOT)
            canvas.showPage()
    structure.write(canvas)
    save(canvas)
    return out.getvalue()


def open_canvas(out: IO[bytes], info: SheetInfo, shape: PageShape = PORTRAIT) -> Any:
    """A reportlab canvas for an official paper: Vietnamese, titled, dated by the document's own time.

    For tables that are too long to be laid out whole; end it with `fonts.save`.
    """
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    canvas = Canvas(
        out,
        pagesize=(shape.width, shape.height),
        pageCompression=1,
        invariant=1,
        pdfVersion=PDF_VERSION,
        initialFontName=str(Face.REGULAR),
        lang="vi",
    )
    canvas.setTitle(info.title)
    canvas.setAuthor(info.author)
    canvas.setSubject(info.subject)
    canvas.setCreator(CREATOR)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    stamp = f"D:{info.created:%Y%m%d%H%M%S}{VIETNAM_TIME}"
    canvas.setDateFormatter(lambda *_now: stamp)
    return canvas


def _outside(
    number: int, whole: int, count: int, style: SheetStyle, marks: PageMarks, shape: PageShape
) -> tuple[list[Ink], list[Rule]]:
    """What stands outside the margins; `drop` is measured from the top margin like everything else."""
    inks: list[Ink] = []
    rules: list[Rule] = []
    above = TOP_MARK - shape.top
    if number > 1:
        text = str(number)
        wide = text_width(text, Face.REGULAR, style.page_number)
        inks.append(Ink(shape.left + (shape.text_width - wide) / 2, above, Face.REGULAR, style.page_number, text))
    if marks.corner:
        inks.append(Ink(shape.left, above, Face.ITALIC, style.recipients_head, marks.corner))
    if marks.stamp:
        _add_stamp(marks.stamp, style, shape, inks, rules)
    footer = marks.footer(whole, count) if marks.footer else ""
    if footer:
        wide = text_width(footer, Face.REGULAR, style.footer)
        x = shape.left + shape.text_width - wide
        inks.append(Ink(x, shape.height - shape.top - FOOTER, Face.REGULAR, style.footer, footer))
    return inks, rules


def _add_stamp(text: str, style: SheetStyle, shape: PageShape, inks: list[Ink], rules: list[Rule]) -> None:
    size = style.number
    wide = text_width(text, Face.BOLD, size)
    width = wide + 2 * STAMP_PADDING
    x = shape.width - shape.right - width
    top = TOP_MARK - shape.top - baseline(STAMP_HEIGHT, size)
    inks.append(Ink(x + STAMP_PADDING, top + baseline(STAMP_HEIGHT, size), Face.BOLD, size, text))
    rules += [Rule(x, width, top), Rule(x, width, top + STAMP_HEIGHT)]
    rules += [Rule(x, 0, top, down=STAMP_HEIGHT), Rule(x + width, 0, top, down=STAMP_HEIGHT)]


def _draw_rows(canvas: Any, page: Sequence[Placed], structure: Structure, shape: PageShape) -> None:
    """All letters of a page as one text object: fewer operators than a drawString for each line."""
    ceiling = shape.height - shape.top
    text = canvas.beginText()
    pen = _Pen(text)
    for placed in page:
        if placed.again:
            continue
        for begin, inks in structure.groups(placed.row):
            pen.mark(begin)
            last = inks[-1]
            for ink in inks:
                # Lines of one block are words apart for whoever hears or copies them.
                pen.write(ink, ceiling - placed.top - ink.drop, after="" if ink is last else " ")
            pen.mark("EMC")
    pen.rest()
    canvas.drawText(text)


def _draw_artifacts(
    canvas: Any, page: Sequence[Placed], inks: Sequence[Ink], rules: Sequence[Rule], shape: PageShape
) -> None:
    """What is seen and not read: rules, page numbers, the head of a table that comes again."""
    ceiling = shape.height - shape.top
    canvas._code.append(ARTIFACT)
    again = [placed for placed in page if placed.again]
    if inks or again:
        text = canvas.beginText()
        pen = _Pen(text)
        for placed in again:
            for ink in placed.row.inks:
                pen.write(ink, ceiling - placed.top - ink.drop)
        for ink in inks:
            pen.write(ink, ceiling - ink.drop)
        canvas.drawText(text)
    for placed in page:
        for rule in placed.row.rules:
            _draw_rule(canvas, rule, ceiling - placed.top)
    for rule in rules:
        _draw_rule(canvas, rule, ceiling)
    canvas._code.append("EMC")


def _draw_rule(canvas: Any, rule: Rule, top: float) -> None:
    y = top - rule.drop
    if rule.red:
        canvas.setStrokeColorRGB(*RED)
    canvas.setLineWidth(rule.thickness)
    canvas.line(rule.x, y, rule.x + rule.length, y - rule.down)
    if rule.red:
        canvas.setStrokeGray(0)


class _Pen:
    """Writes inks, telling the PDF only what changes from one to the next."""

    __slots__ = ("_font", "_red", "_stretch", "_text")

    def __init__(self, text: Any) -> None:
        self._text = text
        self._font: tuple[Face, float] | None = None
        self._stretch = 0.0
        self._red = False

    def mark(self, operator: str) -> None:
        """Begins or ends marked content."""
        self._text._code.append(operator)

    def rest(self) -> None:
        """Leaves nothing behind: a PDF keeps spaces and colour for the next text object."""
        if self._stretch:
            self._text.setWordSpace(0)
        if self._red:
            self._text.setFillColorRGB(0, 0, 0)

    def write(self, ink: Ink, y: float, *, after: str = "") -> None:
        text = self._text
        text.setTextOrigin(ink.x, y)
        if self._font != (ink.face, ink.size):
            self._font = (ink.face, ink.size)
            text.setFont(str(ink.face), ink.size)
        if self._stretch != ink.stretch:
            self._stretch = ink.stretch
            text.setWordSpace(ink.stretch)
        if self._red != ink.red:
            self._red = ink.red
            text.setFillColorRGB(*(RED if ink.red else (0.0, 0.0, 0.0)))
        # Not textOut: it measures the text again, to know where it ends.
        text._code.append(text._formatText(ink.text + after))


def _draw_watermark(canvas: Any, text: str, shape: PageShape) -> None:
    size = WATERMARK_LENGTH / text_width(text, Face.BOLD, 1)
    angle = WATERMARK_ANGLE if shape.height > shape.width else 90 - WATERMARK_ANGLE
    canvas._code.append(ARTIFACT)
    canvas.saveState()
    canvas.setFillGray(WATERMARK_GREY)
    canvas.setFont(str(Face.BOLD), size)
    canvas.translate(shape.width / 2, shape.height / 2)
    canvas.rotate(angle)
    canvas.drawCentredString(0, -size * 0.3, text)
    canvas.restoreState()
    canvas._code.append("EMC")
