"""A small QR at the foot of a paper: which paper it is (`domain/paper_code.py`), read back by the office's scanner."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from tcd_desktop.documents.sheet_style import mm

ARTIFACT = "/Artifact BMC"
"""Begins what a screen reader leaves out."""

CODE_SIZE = mm(11)
"""Edge of the QR: the modules of the usual text are 0.44 mm, which a counter's scanner reads from a hand's breadth."""

CODE_FOOT = mm(6)
"""From the edge of the page to the QR: office printers leave some 4 mm white. It stays inside the bottom margin."""

MASK = 3
"""One of the standard's eight masks, always the same: readers take any, and trying all takes eight times as long."""

_ROOM = {2: 38, 3: 61, 4: 90, 5: 122}
"""Version -> letters of the alphanumeric set at error level M (ISO/IEC 18004 table 7)."""


def code_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of the QR, dark = True. Raises ValueError for more than 122 letters or letters outside the set."""
    from reportlab.graphics.barcode.qrencoder import QRAlphaNum, QRCode, QRErrorCorrectLevel

    version = next((version for version, room in _ROOM.items() if len(text) <= room), None)
    if version is None:
        raise ValueError("text too long for the code of a paper")
    code = QRCode(version, QRErrorCorrectLevel.M)
    code.addData(QRAlphaNum(text))
    code.makeImpl(False, MASK)
    return tuple(tuple(bool(module) for module in row) for row in code.modules)


def draw_code(canvas: Any, text: str, x: float, y: float, size: float = CODE_SIZE) -> None:
    """Draws the QR with its lower left corner at `x`, `y` (points); every run of dark modules is one rectangle."""
    rows = code_modules(text)
    side = size / len(rows)
    parts = [ARTIFACT, "q 0 g"]
    for index, row in enumerate(rows):
        bottom = y + size - (index + 1) * side
        parts += [
            f"{x + start * side:.3f} {bottom:.3f} {length * side:.3f} {side:.3f} re" for start, length in _runs(row)
        ]
    parts.append("f Q EMC")
    canvas._code.append("\n".join(parts))


@cache
def _runs(row: tuple[bool, ...]) -> tuple[tuple[int, int], ...]:
    return tuple(_dark(row))


def _dark(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    start = -1
    for index, dark in enumerate((*row, False)):
        if dark and start < 0:
            start = index
        elif not dark and start >= 0:
            yield start, index - start
            start = -1
