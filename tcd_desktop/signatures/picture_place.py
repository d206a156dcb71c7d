"""Where the picture of a signature stands on the paper (NĐ 30/2020/NĐ-CP Phụ lục I, ô 7c and 8).

The signature of the person stands between the title and the printed name; the stamp of the office, in its real size,
covers a third of it at its left side.
"""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import Any

from tcd_desktop.domain.letters.signature import Picture, Place, SignerRole
from tcd_desktop.domain.problems import Refused
from tcd_desktop.signatures.pdf_file import FIELDS, embedded_signatures, opened_pdf, refusing

HIGHEST = 62.0
"""Points: 22 mm of the 26 mm that the sheet leaves for a signature."""
WIDEST = 156.0
"""Points: 55 mm."""
OVER_NAME = 4.0
COVERED = 1 / 3
LARGEST = 4_000_000
"""Bytes of a picture."""
MOST_PIXELS = 4000
LARGEST_STAMP = 142.0
"""Points: 50 mm; no stamp of an office is wider."""


def picture_on(pdf: bytes, png: bytes, role: SignerRole, name: str) -> Picture:
    """The picture in its place. `name` is what stands printed under the person's signature.

    Raises Refused("picture_not_read" | "picture_no_size" | "picture_no_place" | "pdf_not_read").
    """
    width, height, dots = _size(png)
    if role is SignerRole.PERSON:
        return Picture(png, _over_name(pdf, name, width / height))
    if not dots:
        raise Refused("picture_no_size")
    across, high = width / dots * 72, height / dots * 72
    if max(across, high) > LARGEST_STAMP:
        raise Refused("picture_no_size")
    beside = _person_signature(pdf)
    middle = (beside.bottom + beside.top) / 2
    right = beside.left + (beside.right - beside.left) * COVERED
    return Picture(png, Place(beside.page, right - across, middle - high / 2, right, middle + high / 2))


def _size(png: bytes) -> tuple[int, int, float]:
    """Width, height in pixels, pixels to the inch (0 when the picture does not say)."""
    from PIL import Image, UnidentifiedImageError

    if len(png) > LARGEST:
        raise Refused("picture_not_read")
    try:
        with Image.open(BytesIO(png), formats=["PNG"]) as image:
            if max(image.size) > MOST_PIXELS:
                raise Refused("picture_not_read")
            image.load()
            dots = image.info.get("dpi", (0.0, 0.0))
            return image.width, image.height, float(dots[0])
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused("picture_not_read") from error


def _over_name(pdf: bytes, name: str, shape: float) -> Place:
    """Over the last place where the name stands; `shape` is the width of the picture as a multiple of its height."""
    wanted = " ".join(unicodedata.normalize("NFC", name).split())
    found = _last_on_paper(pdf, wanted) if wanted else None
    if found is None:
        raise Refused("picture_no_place", name=wanted)
    page, left, _bottom, right, top = found
    height = min(HIGHEST, WIDEST / shape)
    middle, foot = (left + right) / 2, top + OVER_NAME
    return Place(page, middle - height * shape / 2, foot, middle + height * shape / 2, foot + height)


def _last_on_paper(pdf: bytes, text: str) -> tuple[int, float, float, float, float] | None:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise Refused("pdf_not_read") from error
    try:
        for number in reversed(range(len(document))):
            box = _last_on_page(document[number], text)
            if box is not None:
                return number, *box
        return None
    finally:
        document.close()


def _last_on_page(page: Any, text: str) -> tuple[float, float, float, float] | None:
    words = page.get_textpage()
    try:
        search = words.search(text, match_case=True)
        found = None
        while (one := search.get_next()) is not None:
            found = one
        if found is None:
            return None
        boxes = [words.get_charbox(index) for index in range(found[0], found[0] + found[1])]
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)
    finally:
        words.close()
        page.close()


def _person_signature(pdf: bytes) -> Place:
    """Where the person's signature is seen. Raises Refused("picture_no_place") when it is not."""
    reader = opened_pdf(pdf)
    for signature in embedded_signatures(reader):
        if not signature.field_name.startswith(FIELDS[SignerRole.PERSON]):
            continue
        with refusing("pdf_not_read"):
            left, bottom, right, top = (float(edge) for edge in signature.sig_field["/Rect"])
            page = _page_of(reader, signature.sig_field)
        if right > left and top > bottom:
            return Place(page, left, bottom, right, top)
    raise Refused("picture_no_place", name="")


def _page_of(reader: Any, field: Any) -> int:
    wanted = field.raw_get("/P").reference
    pages = int(reader.root["/Pages"]["/Count"])
    for number in range(pages):
        if reader.find_page_for_modification(number)[0].reference == wanted:
            return number
    raise ValueError("the signature lies on no page")
