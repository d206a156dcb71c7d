"""What can be seen in a scan or photograph without showing it: pages, the code of a citizen card; turning it."""

from __future__ import annotations

import io
from typing import Any, Final

from tcd_desktop.documents import raster
from tcd_desktop.domain.people.citizen_card import read_card
from tcd_desktop.domain.problems import Refused

LOOK_PAGES: Final = 2
"""Pages of a PDF in which a card's code is looked for."""
LOOK_DPI: Final = 150
LOOK_PIXELS: Final = 2400
"""A larger photograph is made smaller before its code is looked for, then looked at once more in full."""
LARGEST_LOOK: Final = 30_000_000
"""A picture of more pixels is looked at only in its smaller form."""
QUALITY: Final = 92
"""Of a JPEG that was turned: nobody sees the difference."""


def pages_of(content: bytes, media_type: str) -> int | None:
    """How many pages a PDF or picture has; None when that cannot be said (a damaged PDF, other kinds)."""
    if media_type == "application/pdf":
        try:
            return raster.page_count(content)
        except ValueError:
            return None
    if not media_type.startswith("image/"):
        return None
    if media_type != "image/tiff":
        return 1
    picture = _picture(content)
    return None if picture is None else int(getattr(picture, "n_frames", 1))


def card_text(content: bytes, media_type: str) -> str:
    """The text of a citizen card's QR code in a picture or PDF, "" when there is none."""
    if media_type == "application/pdf":
        return _card_in_pdf(content)
    if not media_type.startswith("image/"):
        return ""
    picture = _picture(content)
    if picture is None:
        return ""
    try:
        whole = picture.size
        picture.draft("L", (LOOK_PIXELS, LOOK_PIXELS))  # a JPEG is read at half or a quarter of its size
        grey = picture.convert("L")
        grey.thumbnail((LOOK_PIXELS, LOOK_PIXELS))
        found = _card_in(grey.tobytes(), *grey.size)
        if found or grey.size == whole or whole[0] * whole[1] > LARGEST_LOOK:
            return found
        again = _picture(content)
        return _card_in(again.convert("L").tobytes(), *whole)
    except (OSError, ValueError, SyntaxError):
        return ""


def _card_in_pdf(content: bytes) -> str:
    try:
        for index in range(min(raster.page_count(content), LOOK_PAGES)):
            page = raster.page_image(content, index, LOOK_DPI)
            found = _card_in(page.data[1::4], page.width, page.height)  # green stands for grey
            if found:
                return found
    except ValueError:
        return ""
    return ""


def _card_in(grey: bytes, wide: int, high: int) -> str:
    import zxingcpp

    view = memoryview(grey).cast("B", shape=[high, wide])
    for code in zxingcpp.read_barcodes(view, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)):
        try:
            read_card(code.text)
        except Refused:
            continue
        return str(code.text)
    return ""


def turned(content: bytes, media_type: str, quarters: int) -> bytes:
    """The same paper turned clockwise by quarters of a circle.

    Raises Refused("attachment_unturnable") for other kinds and what cannot be read.
    """
    try:
        if media_type == "application/pdf":
            return _turned_pdf(content, quarters)
        if media_type in ("image/jpeg", "image/png", "image/bmp", "image/tiff"):
            return _turned_picture(content, quarters)
    except (OSError, ValueError, SyntaxError) as error:
        raise Refused("attachment_unturnable") from error
    raise Refused("attachment_unturnable")


def _turned_pdf(content: bytes, quarters: int) -> bytes:
    import pypdfium2

    with raster._pdfium:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise ValueError("not a PDF") from error
        try:
            for page in document:
                page.set_rotation((page.get_rotation() + 90 * quarters) % 360)
            target = io.BytesIO()
            document.save(target)
            return target.getvalue()
        finally:
            document.close()


def _turned_picture(content: bytes, quarters: int) -> bytes:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content)) as picture:
        if getattr(picture, "n_frames", 1) > 1:
            raise ValueError("several pages")
        kind = picture.format
        upright: Any = ImageOps.exif_transpose(picture)
    ways = (None, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)
    way = ways[quarters % 4]
    result = upright if way is None else upright.transpose(way)
    target = io.BytesIO()
    result.save(target, format=kind, **({"quality": QUALITY} if kind == "JPEG" else {}))
    return target.getvalue()


def _picture(content: bytes) -> Any:
    """The picture unread, or None. Whoever asks has checked its size: no picture here fills the memory."""
    from PIL import Image, UnidentifiedImageError

    try:
        return Image.open(io.BytesIO(content))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
