"""The sealed paper of an office's keys: digits in rows with check digits, and how the envelope is closed.

The bytes go to the printer; whoever calls this keeps them in memory only.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any, Final

from tcd_desktop.documents.fonts import Face, register_fonts, save, text_width
from tcd_desktop.documents.qr import draw_code
from tcd_desktop.documents.sheet_pdf import CREATOR, PDF_VERSION
from tcd_desktop.documents.sheet_style import PAGE_HEIGHT, PAGE_WIDTH, mm
from tcd_desktop.paths import shipped

SIDE: Final = mm(20)
CODE: Final = mm(38)
ROW: Final = 19.0
DIGITS: Final = 15.0
BODY: Final = 11.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySheet:
    """What the paper says; `root` and `recovery` are eight rows of digits each."""

    office: str
    code: str
    version: int
    day: date
    check: str
    root: Sequence[str]
    recovery: Sequence[str]


@cache
def key_sheet_words() -> Mapping[str, Any]:
    """The words of the paper."""
    with shipped("resources", "forms", "local", "key-sheet.toml").open("rb") as file:
        return tomllib.load(file)


def draw_key_sheet(sheet: KeySheet) -> bytes:
    """PDF bytes of one page."""
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    words, out = key_sheet_words(), BytesIO()
    canvas: Any = Canvas(
        out,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        pdfVersion=PDF_VERSION,
        initialFontName=str(Face.REGULAR),
        lang="vi",
    )
    canvas.setTitle(words["title"])
    canvas.setAuthor(sheet.office)
    canvas.setCreator(CREATOR)
    y = PAGE_HEIGHT - mm(22)
    for text, size, face in ((words["title"], 15.0, Face.BOLD), (words["secret"], 12.0, Face.BOLD)):
        _line(canvas, text, (PAGE_WIDTH - text_width(text, face, size)) / 2, y, size, face)
        y -= 20
    about = words["about"].format(
        office=sheet.office, code=sheet.code, version=sheet.version, day=f"{sheet.day:%d/%m/%Y}", check=sheet.check
    )
    for part in wrapped(about, PAGE_WIDTH - 2 * SIDE):
        _line(canvas, part, SIDE, y)
        y -= 15
    for name, rows in (("root", sheet.root), ("recovery", sheet.recovery)):
        y = _block(canvas, words, name, rows, y - 8)
    for text in (words["how"], *words["steps"]):
        for number, part in enumerate(wrapped(text, PAGE_WIDTH - 2 * SIDE - 12)):
            _line(canvas, part, SIDE + (12 if number or text != words["how"] else 0), y)
            y -= 15
    _line(canvas, words["signed"], SIDE, y - 14, BODY, Face.ITALIC)
    canvas.showPage()
    save(canvas)
    return out.getvalue()


def _block(canvas: Any, words: Mapping[str, Any], name: str, rows: Sequence[str], y: float) -> float:
    """One key: its heading, its rows, the same digits as a QR; gives where the next line may stand."""
    for part in wrapped(words[name], PAGE_WIDTH - 2 * SIDE, Face.BOLD):
        _line(canvas, part, SIDE, y, BODY, Face.BOLD)
        y -= ROW
    top = y
    for place, row in enumerate(rows):
        _line(canvas, words["row"].format(name="ABCDEFGH"[place]), SIDE, y)
        _line(canvas, "     ".join(row.split()), SIDE + mm(20), y, DIGITS)
        y -= ROW
    text = "".join(row.replace(" ", "") for row in rows)
    draw_code(canvas, text, PAGE_WIDTH - SIDE - CODE, top + DIGITS - CODE, CODE)
    return y - 4


def _line(canvas: Any, text: str, x: float, y: float, size: float = BODY, face: Face = Face.REGULAR) -> None:
    canvas.setFont(str(face), size)
    canvas.drawString(x, y, text)


def wrapped(text: str, room: float, face: Face = Face.REGULAR) -> list[str]:
    """The text in lines no wider than `room` points."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, face, BODY) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
