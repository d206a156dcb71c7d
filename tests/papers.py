"""Papers for tests: pictures, PDFs and citizen cards that are made, never found."""

from __future__ import annotations

import io
import struct
import zlib

import zxingcpp
from PIL import Image

CARD = "001168012345|012345678|Nguyễn Thị Ẩn|05091968|Nữ|Số 12 ngõ 34 phố Quỹ Đỗ, Hà Nội|01082024"
"""The code of an invented card."""


def picture(wide: int = 60, high: int = 40, kind: str = "PNG", colour: str = "#336699") -> bytes:
    """A plain picture."""
    target = io.BytesIO()
    Image.new("RGB", (wide, high), colour).save(target, format=kind)
    return target.getvalue()


def scan_pdf(pages: int = 1, words: str = "") -> bytes:
    """A PDF of some pages, as a scanner makes it."""
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(300, 420), invariant=1)
    for number in range(pages):
        canvas.drawString(40, 300, f"{words} {number + 1}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def card_picture(text: str = CARD, kind: str = "PNG", scale: int = 4) -> bytes:
    """A photograph of a card, its code at the right."""
    code = zxingcpp.write_barcode_to_image(
        zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode), scale=scale, add_quiet_zones=True
    )
    view = memoryview(code)
    high, wide = view.shape or (0, 0)
    photo = Image.new("RGB", (wide * 3, high * 2), "#d8e4ea")
    photo.paste(Image.frombytes("L", (wide, high), bytes(view)).convert("RGB"), (wide * 2 - 10, high // 2))
    target = io.BytesIO()
    photo.save(target, format=kind)
    return target.getvalue()


def card_pdf() -> bytes:
    """The same card scanned into a PDF."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842))
    canvas.drawImage(ImageReader(io.BytesIO(card_picture(scale=6))), 40, 300, width=500, preserveAspectRatio=True)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def bomb(wide: int = 60_000, high: int = 60_000) -> bytes:
    """A PNG of some kilobytes that would unpack into gigabytes."""
    head = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = zlib.compress(b"\x00" * 10_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", row) + chunk(b"IEND", b"")
