"""Measures of the sheet, NĐ 30/2020/NĐ-CP Phụ lục I Phần I. All lengths are points, 72 to the inch."""

from __future__ import annotations

from dataclasses import dataclass


def mm(length: float) -> float:
    """Millimetres as points."""
    return length * 72 / 25.4


PAGE_WIDTH = mm(210)
PAGE_HEIGHT = mm(297)

TOP = mm(20)
BOTTOM = mm(20)
LEFT = mm(30)
RIGHT = mm(15)
"""Margins: the law allows 20-25, 20-25, 30-35 and 15-20 mm (Mục I.3)."""

TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
TEXT_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM


@dataclass(frozen=True, slots=True)
class PageShape:
    """Size and margins of a page, in points."""

    width: float
    height: float
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP
    bottom: float = BOTTOM

    @property
    def text_width(self) -> float:
        """Room between the left and the right margin."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """Room between the top and the bottom margin."""
        return self.height - self.top - self.bottom


PORTRAIT = PageShape(PAGE_WIDTH, PAGE_HEIGHT)

LANDSCAPE = PageShape(PAGE_HEIGHT, PAGE_WIDTH)
"""A4 lying, with the margins of the law: for papers that are one wide table (Mục I.2 allows it for tables)."""

INDENT = mm(12.7)
"""First line of a paragraph: 1 or 1.27 cm (Mục II.6)."""

MARK_HEIGHT = mm(8)
MARK_WIDTHS = {"KHẨN": mm(20), "HỎA TỐC": mm(30), "THƯỢNG KHẨN": mm(40)}
"""The box of the urgency mark (ô 10b): 20, 30 or 40 by 8 mm, its letters bold capitals, red."""

BLOCK_GAP = mm(4)
"""Between the block of the office and the block of Quốc hiệu."""

COLUMN_GAP = mm(8)
"""Between the two columns of signatures."""

SIGNING_SPACE = mm(26)
"""Room for a signature and a stamp between the note and the name."""

RULE_PART = 0.4
"""Length of the rule under the office and the subject, as a part of its line: the law says 1/3 to 1/2."""

APPENDIX_SIZE = 14.0
"""The word "Phụ lục" over an appendix has this size, whatever the body's."""

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

ASCENT = 0.891
DESCENT = 0.216
"""Of the font, as parts of its size. The highest letter (Ẵ, bold) reaches 0.916."""


@dataclass(frozen=True, slots=True)
class SheetStyle:
    """Font sizes of the components; each preset lies inside the ranges of Phụ lục I.

    `leading` and `paragraph_gap`: distance of lines as a multiple of the size (single to 1.5), points between
    paragraphs (at least 6).
    """

    country: float = 13
    motto: float = 14
    body: float = 14
    note: float = 13
    number: float = 13
    recipients_head: float = 12
    recipients: float = 11
    page_number: float = 13
    footer: float = 9
    leading: float = 1.25
    paragraph_gap: float = 6

    @property
    def body_leading(self) -> float:
        """From one baseline of the body to the next."""
        return self.body * self.leading


COMFORTABLE = SheetStyle()
"""Body 14 pt: what people over sixty read without glasses."""

COMPACT = SheetStyle(country=12, motto=13, body=13, note=12, leading=1.2)
"""Body 13 pt, the smallest the law allows: for a document that would spill a few lines on a new page."""

TIGHT = SheetStyle(country=12, motto=13, body=13, note=12, leading=1.15)
"""Body 13 pt, single line spacing, the least there is: for a letter that would spill its signature on a new page."""

HEADING_LEADING = 1.2


def baseline(leading: float, size: float) -> float:
    """How far below the top of its row a baseline stands, the letters in the middle of the row."""
    return (leading - (ASCENT + DESCENT) * size) / 2 + ASCENT * size
