"""A card, or the code of a paper of ours, in a picture: from the clipboard, a file, a camera.

The picture is looked at and forgotten, never stored.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QImageReader

from tcd_desktop.domain.papers.paper_code import read_paper_code
from tcd_desktop.domain.people.citizen_card import read_card
from tcd_desktop.domain.problems import Refused
from tcd_desktop.scanners.pictures import Picture, codes_in

FORMATS: Final = (b"png", b"jpeg", b"jpg", b"bmp", b"webp")
LARGEST_FILE: Final = 40 * 2**20
MOST_PIXELS: Final = 60_000_000
"""A picture of a telephone has 12 to 50 million; more is a mistake or an attack."""
SCALED: Final = 2400
"""Longer side to which a larger picture is made smaller before a code is looked for."""


def load_picture(path: Path) -> QImage:
    """A picture file, made smaller while it is read when it is large.

    Raises Refused("picture_unreadable" | "picture_too_large"). Not for the window's thread.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Refused("picture_too_large")
        if not path.is_file():
            raise Refused("picture_unreadable")
    except OSError as error:
        raise Refused("picture_unreadable") from error
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if not reader.canRead() or reader.format() not in FORMATS:
        raise Refused("picture_unreadable")
    size = reader.size()
    if size.isValid():
        if size.width() * size.height() > MOST_PIXELS:
            raise Refused("picture_too_large")
        if max(size.width(), size.height()) > 2 * SCALED:
            reader.setScaledSize(_fitting(size, 2 * SCALED))
    image = reader.read()  # Qt itself refuses what needs more than 256 MB
    if image.isNull():
        raise Refused("picture_unreadable")
    return image


def card_in_picture(image: QImage) -> str:
    """The text of the citizen card in a picture, or of a paper of ours when there is no card.

    Raises Refused("picture_too_large" | "picture_no_code" | "picture_no_card"). Not for the window's thread.
    """
    if image.width() * image.height() > MOST_PIXELS:
        raise Refused("picture_too_large")
    found: list[str] = []
    for picture in _sizes(image):
        found = list(codes_in(picture))
        if any(map(is_card, found)):
            break
    if not found:
        raise Refused("picture_no_code")
    read = [*filter(is_card, found), *filter(read_paper_code, found)]
    if not read:
        raise Refused("picture_no_card")
    return read[0]


def card_in_frame(picture: Picture) -> str:
    """The text of the card or paper a camera sees just now, "" when there is none."""
    return next((text for text in codes_in(picture, thorough=False) if is_card(text) or read_paper_code(text)), "")


def is_card(text: str) -> bool:
    """Whether a code is that of a citizen card, number and name and all."""
    try:
        return bool(read_card(text).person.name)
    except Refused:
        return False


def grey(image: QImage) -> Picture:
    """A picture as its grey pixels, without the gaps Qt leaves between lines."""
    plain = image.convertToFormat(QImage.Format.Format_Grayscale8)
    width, height, step = plain.width(), plain.height(), plain.bytesPerLine()
    data = bytes(plain.constBits())
    if step == width:
        return Picture(width, height, data[: width * height])
    return Picture(width, height, b"".join(data[at * step : at * step + width] for at in range(height)))


def _sizes(image: QImage) -> list[Picture]:
    """Smaller first, for most pictures hold the card large; then as it is, for small codes."""
    if max(image.width(), image.height()) <= SCALED:
        return [grey(image)]
    from PySide6.QtCore import Qt

    smaller = image.scaled(
        _fitting(image.size(), SCALED), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return [grey(smaller), grey(image)]


def _fitting(size: QSize, edge: int) -> QSize:
    share = edge / max(size.width(), size.height())
    return QSize(max(1, round(size.width() * share)), max(1, round(size.height() * share)))
