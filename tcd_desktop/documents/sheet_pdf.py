"""Drawing placed rows into a PDF: embedded font subsets, properties of the file, marks on every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from tcd_desktop.documents.fonts import Face, save, text_width
from tcd_desktop.documents.pages import Ink, Placed
from tcd_desktop.documents.sheet_style import (
    BOTTOM,
    LEFT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TEXT_WIDTH,
    TOP,
    SheetStyle,
    mm,
)

CREATOR = "TCD Desktop"
PDF_VERSION = (1, 4)
"""The least that electronic copies of office documents may have (NĐ 30/2020 Phụ lục I)."""

VIETNAM_TIME = "+07'00'"

TOP_MARK = PAGE_HEIGHT - mm(13)
"""Baseline of what stands in the top margin: page number, reprint mark."""

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

    `corner` stands in the top margin at the left ("In lại lần 1"), `watermark` lies under the text,
    `footer(page, pages)` gives the small line at the foot ("" = none on that page).
    """

    corner: str = ""
    watermark: str = ""
    footer: Callable[[int, int], str] | None = None


def draw_sheet(pages: Sequence[Sequence[Placed]], info: SheetInfo, style: SheetStyle, marks: PageMarks) -> bytes:
    """PDF bytes of A4 pages; page numbers stand in the top margin from page 2 (NĐ 30/2020 Phụ lục I)."""
    out = BytesIO()
    canvas = _canvas(out, info)
    for number, page in enumerate(pages, start=1):
        if marks.watermark:
            _draw_watermark(canvas, marks.watermark)
        _draw_rows(canvas, page, _page_inks(number, len(pages), style, marks))
        canvas.showPage()
    save(canvas)
    return out.getvalue()


def _canvas(out: BytesIO, info: SheetInfo) -> Any:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(
        out,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
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


def _page_inks(number: int, count: int, style: SheetStyle, marks: PageMarks) -> list[Ink]:
    """What stands outside the margins; `drop` is measured from the top margin like everything else."""
    inks = []
    above = PAGE_HEIGHT - TOP - TOP_MARK
    if number > 1:
        text = str(number)
        wide = text_width(text, Face.REGULAR, style.page_number)
        x = LEFT + (TEXT_WIDTH - wide) / 2
        inks.append(Ink(x, above, Face.REGULAR, style.page_number, text))
    if marks.corner:
        inks.append(Ink(LEFT, above, Face.ITALIC, style.recipients_head, marks.corner))
    footer = marks.footer(number, count) if marks.footer else ""
    if footer:
        wide = text_width(footer, Face.REGULAR, style.footer)
        x = LEFT + TEXT_WIDTH - wide
        inks.append(Ink(x, PAGE_HEIGHT - TOP - FOOTER, Face.REGULAR, style.footer, footer))
    return inks


def _draw_rows(canvas: Any, page: Sequence[Placed], extra: Sequence[Ink]) -> None:
    """All text of a page as one text object: fewer operators than a drawString for each line."""
    ceiling = PAGE_HEIGHT - TOP
    text = canvas.beginText()
    pen = _Pen(text)
    for placed in page:
        for ink in placed.row.inks:
            pen.write(ink, ceiling - placed.top - ink.drop)
    for ink in extra:
        pen.write(ink, ceiling - ink.drop)
    canvas.drawText(text)
    for placed in page:
        for rule in placed.row.rules:
            y = ceiling - placed.top - rule.drop
            canvas.setLineWidth(rule.thickness)
            canvas.line(rule.x, y, rule.x + rule.length, y)


class _Pen:
    """Writes inks, telling the PDF only what changes from one to the next."""

    __slots__ = ("_font", "_stretch", "_text")

    def __init__(self, text: Any) -> None:
        self._text = text
        self._font: tuple[Face, float] | None = None
        self._stretch = 0.0

    def write(self, ink: Ink, y: float) -> None:
        text = self._text
        text.setTextOrigin(ink.x, y)
        if self._font != (ink.face, ink.size):
            self._font = (ink.face, ink.size)
            text.setFont(str(ink.face), ink.size)
        if self._stretch != ink.stretch:
            self._stretch = ink.stretch
            text.setWordSpace(ink.stretch)
        text.textOut(ink.text)


def _draw_watermark(canvas: Any, text: str) -> None:
    size = WATERMARK_LENGTH / text_width(text, Face.BOLD, 1)
    canvas.saveState()
    canvas.setFillGray(WATERMARK_GREY)
    canvas.setFont(str(Face.BOLD), size)
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(WATERMARK_ANGLE)
    canvas.drawCentredString(0, -size * 0.3, text)
    canvas.restoreState()
