"""Reads a PDF back: what stands on the paper, where, in which face and size; points from the lower left."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(frozen=True)
class Run:
    """A piece of text as drawn: `x`, `y` its origin on the baseline; `left`, `right` the edges of its ink."""

    page: int
    text: str
    x: float
    y: float
    left: float
    right: float
    size: float
    face: str
    upright: bool


@dataclass(frozen=True)
class Stroke:
    """A horizontal rule."""

    page: int
    left: float
    right: float
    y: float


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, lines joined by single spaces."""
    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for page in document:
        text_page = page.get_textpage()
        texts.append(" ".join(text_page.get_text_range().split()))
        text_page.close()
        page.close()
    document.close()
    return texts


def whole_text(pdf: bytes) -> str:
    """The text of all pages, as one line."""
    return " ".join(page_texts(pdf))


def runs(pdf: bytes) -> list[Run]:
    """All pieces of text, in the order in which they were drawn."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            found.append(_run(number + 1, item, text_page))
        text_page.close()
        page.close()
    document.close()
    return found


def _text(item: pypdfium2.PdfObject, text_page: pypdfium2.PdfTextPage) -> str:
    length = pdfium.FPDFTextObj_GetText(item, text_page, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFTextObj_GetText(item, text_page, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    # PDFium adds a space where something stands further right on the same line.
    return buffer.raw.decode("utf-16-le").rstrip("\x00 ")


def _run(number: int, item: pypdfium2.PdfObject, text_page: pypdfium2.PdfTextPage) -> Run:
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(item, size)
    font = pdfium.FPDFTextObj_GetFont(item)
    name = ctypes.create_string_buffer(200)
    pdfium.FPDFFont_GetBaseFontName(font, name, 200)
    matrix = item.get_matrix()
    left, _bottom, right, _top = item.get_bounds()
    face = name.value.decode().split("+")[-1]
    return Run(number, _text(item, text_page), matrix.e, matrix.f, left, right, size.value, face, abs(matrix.b) < 1e-6)


def strokes(pdf: bytes) -> list[Stroke]:
    """All rules."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number in range(len(document)):
        page = document[number]
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = item.get_bounds()
            found.append(Stroke(number + 1, left, right, (bottom + top) / 2))
        page.close()
    document.close()
    return found


def one(found: list[Run], text: str) -> Run:
    """The only piece that says exactly `text`."""
    matching = [run for run in found if run.text == text]
    assert len(matching) == 1, [run.text for run in found]
    return matching[0]


def starting(found: list[Run], text: str) -> Run:
    """The first piece that begins with `text`."""
    return next(run for run in found if run.text.startswith(text))


@dataclass(frozen=True)
class EmbeddedFont:
    """A font of the file: its name, and whether its outlines and its way back to Unicode are inside."""

    name: str
    embedded: bool
    subset: bool
    readable: bool


def fonts(pdf: bytes) -> list[EmbeddedFont]:
    """Every font any page names."""
    found: dict[str, EmbeddedFont] = {}
    for page in pypdf.PdfReader(BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        for reference in resources["/Font"].values():
            font = reference.get_object()
            name = str(font["/BaseFont"])
            descriptor = font.get("/FontDescriptor", {})
            found[name] = EmbeddedFont(
                name.split("+")[-1].strip("/"), "/FontFile2" in descriptor, "+" in name, "/ToUnicode" in font
            )
    return list(found.values())


def boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Rectangles of page 1 that four rules make: left, bottom, right, top."""
    document = pypdfium2.PdfDocument(pdf)
    lines = [item.get_bounds() for item in document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]
    document.close()
    flat = [line for line in lines if line[3] - line[1] < 1.5]
    upright = [line for line in lines if line[2] - line[0] < 1.5]
    found = []
    for upper in flat:
        for lower in flat:
            same = abs(upper[0] - lower[0]) < 0.1 and abs(upper[2] - lower[2]) < 0.1
            sides = [side for side in upright if abs(side[1] - lower[1]) < 1 and abs(side[3] - upper[3]) < 1]
            if same and upper[1] > lower[1] and len(sides) >= 2:
                found.append(((upper[0] + 0.35), lower[1] + 0.35, upper[2] - 0.35, upper[3] - 0.35))
    return found


def is_red(pdf: bytes, text: str) -> bool:
    """Whether a piece of page 1 is drawn in red."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    text_page = page.get_textpage()
    colours = [
        _colour(item)
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])
        if _text(item, text_page).strip() == text
    ]
    text_page.close()
    page.close()
    document.close()
    assert colours, text
    return all(red > 150 and green < 40 and blue < 40 for red, green, blue in colours)


def _colour(item: pypdfium2.PdfObject) -> tuple[int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(item, *parts)
    return parts[0].value, parts[1].value, parts[2].value


def heard(pdf: bytes) -> list[tuple[str, str]]:
    """What a screen reader hears: (name of the element, its text) in the order of the structure; no artifacts."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    numbers = {page.indirect_reference: index for index, page in enumerate(reader.pages)}
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    pieces = _marked(pdf)
    told: list[tuple[str, str]] = []
    _hear(root["/StructTreeRoot"]["/K"].get_object(), numbers, pieces, told)
    assert not any(pieces.values()), "every marked piece belongs to an element"
    return told


def _marked(pdf: bytes) -> dict[tuple[int, int], list[str]]:
    """(page, number of the marked content there) -> its pieces of text; artifacts have no number."""
    document = pypdfium2.PdfDocument(pdf)
    pieces: dict[tuple[int, int], list[str]] = {}
    for index, page in enumerate(document):
        text_page = page.get_textpage()
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            number = pdfium.FPDFPageObj_GetMarkedContentID(item)
            if number >= 0:
                pieces.setdefault((index, number), []).append(_text(item, text_page))
        text_page.close()
        page.close()
    document.close()
    return pieces


def _hear(
    element: Any, numbers: dict[Any, int], pieces: dict[tuple[int, int], list[str]], told: list[tuple[str, str]]
) -> None:
    words: list[str] = []
    below = []
    for kid in element["/K"]:
        page = element.raw_get("/Pg") if "/Pg" in element else None
        if isinstance(kid, int):
            words += pieces.pop((numbers[page], int(kid)))
        elif (node := kid.get_object()).get("/Type") == "/MCR":
            words += pieces.pop((numbers[node.raw_get("/Pg")], int(node["/MCID"])))
        else:
            below.append(node)
    if words:
        told.append((str(element["/S"]).strip("/"), " ".join(words)))
    for node in below:
        _hear(node, numbers, pieces, told)
