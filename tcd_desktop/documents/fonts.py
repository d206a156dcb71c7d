"""The four faces of paper: Liberation Serif, letter by letter as wide as Times New Roman (NĐ 30/2020).

The faces are registered once per process. Widths are kept per word: the words of an office repeat.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from threading import Lock
from typing import Any

from tcd_desktop.paths import shipped


class Face(StrEnum):
    """A face of the paper's font; the value is its name inside reportlab and the stem of its file."""

    REGULAR = "LiberationSerif-Regular"
    BOLD = "LiberationSerif-Bold"
    ITALIC = "LiberationSerif-Italic"
    BOLD_ITALIC = "LiberationSerif-BoldItalic"


KEPT_WORDS = 20_000
"""So many word widths are kept for each face; then the memory is emptied (a log book has few words more)."""

_registering = Lock()
_subsetting = Lock()


def register_fonts() -> None:
    """Makes the four faces known to reportlab, from the shipped files. Any thread, any number of times.

    Raises FileNotFoundError when the program's own fonts are missing: an incomplete installation.
    """
    with _registering:
        _register()


@cache
def _register() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for face in Face:
        path = shipped("resources", "fonts", f"{face}.ttf")
        if not path.is_file():
            raise FileNotFoundError(str(path))
        # asciiReadable would put all of ASCII into every document: larger files, slower to make.
        pdfmetrics.registerFont(TTFont(str(face), str(path), asciiReadable=0, shapable=False))


@contextmanager
def subsetting() -> Iterator[None]:
    """While a subset of a face is taken: it moves the one reading position of the face's file, so two threads would
    read each other's letters."""
    with _subsetting:
        yield


def save(canvas: Any) -> None:
    """Ends a PDF. Every document with our faces is saved here, whatever thread makes it; everything before may run
    side by side."""
    _pack_pages(canvas)
    with subsetting():
        canvas.save()


def _pack_pages(canvas: Any) -> None:
    """Pages as bytes: reportlab would write them again in ASCII letters (base 85), a fifth longer and slower."""
    from reportlab.pdfbase.pdfdoc import PDFStream, PDFZCompress

    for page in canvas._doc.Pages.pages:
        if page.compression and page.stream and not page.Contents:
            packed = PDFStream()
            packed.filters = [PDFZCompress]
            packed.content = page.stream
            page.Contents = packed


class Widths:
    """Measures text in one face, in thousandths of the font size, remembering whole words."""

    __slots__ = ("_default", "_letters", "_words")

    def __init__(self, face: Face) -> None:
        from reportlab.pdfbase import pdfmetrics

        register_fonts()
        metrics: Any = pdfmetrics.getFont(str(face)).face
        self._letters: dict[int, float] = metrics.charWidths
        self._default: float = metrics.defaultWidth
        self._words: dict[str, float] = {}

    def of(self, text: str) -> float:
        """The width of `text` for a font size of 1000."""
        width = self._words.get(text)
        if width is None:
            letters, default = self._letters, self._default
            width = float(sum([letters.get(ord(letter), default) for letter in text]))
            if len(self._words) >= KEPT_WORDS:
                self._words.clear()
            self._words[text] = width
        return width


@cache
def widths(face: Face) -> Widths:
    """The measure of a face; one per process."""
    return Widths(face)


def text_width(text: str, face: Face, size: float) -> float:
    """The width of a text on paper, in points."""
    return widths(face).of(text) * size / 1000
