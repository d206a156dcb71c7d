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


def _run(number: int, item: pypdfium2.PdfObject, text_page: pypdfium2.PdfTextPage) -> Run:
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(item, size)
    length = pdfium.FPDFTextObj_GetText(item, text_page, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFTextObj_GetText(item, text_page, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    font = pdfium.FPDFTextObj_GetFont(item)
    name = ctypes.create_string_buffer(200)
    pdfium.FPDFFont_GetBaseFontName(font, name, 200)
    matrix = item.get_matrix()
    left, _bottom, right, _top = item.get_bounds()
    # PDFium adds a space where something stands further right on the same line.
    text = buffer.raw.decode("utf-16-le").rstrip("\x00 ")
    face = name.value.decode().split("+")[-1]
    return Run(number, text, matrix.e, matrix.f, left, right, size.value, face, abs(matrix.b) < 1e-6)


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
