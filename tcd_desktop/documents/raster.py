"""Pages of a PDF as pictures, for the preview and for printers. No Qt: the window makes QImages of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any, Self

_pdfium = Lock()
"""PDFium may be used by one thread at a time."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page in pixels. `data`: BGRx, 4 bytes a pixel, rows without gaps, as QImage.Format_RGB32 wants it."""

    width: int
    height: int
    data: bytes

    @property
    def stride(self) -> int:
        """Bytes of one row."""
        return self.width * 4


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has. Raises ValueError when it is none."""
    with _pdfium:
        document = _open(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_images(pdf: bytes, dpi: float) -> list[PageImage]:
    """All pages at `dpi` dots to the inch. Raises ValueError when the bytes are no PDF."""
    return list(iter_page_images(pdf, dpi))


def iter_page_images(pdf: bytes, dpi: float) -> Iterator[PageImage]:
    """The same one by one: an A4 page takes 35 MB at 300 dpi. Each page opens the document anew."""
    for index in range(page_count(pdf)):
        yield page_image(pdf, index, dpi)


def page_image(pdf: bytes, index: int, dpi: float) -> PageImage:
    """One page, counted from 0. Raises ValueError when bytes or page are damaged, IndexError for no such page."""
    import pypdfium2

    with _pdfium:
        document = _open(pdf)
        try:
            if not 0 <= index < len(document):
                raise IndexError(index)
            return _render(document[index], dpi)
        except pypdfium2.PdfiumError as error:
            raise ValueError("a damaged page") from error
        finally:
            document.close()


class OpenPdf:
    """A PDF that is opened once for all its pages: bytes, or a file of any size. PDFium is let go between two pages.

    Raises ValueError when it is none.
    """

    def __init__(self, source: bytes | Path) -> None:
        with _pdfium:
            self._document: Any = _open(source)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with _pdfium:
            self._document.close()

    def __len__(self) -> int:
        with _pdfium:
            return len(self._document)

    def size(self, index: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        with _pdfium:
            page = self._document[index]
            try:
                width, height = page.get_size()
                return float(width), float(height)
            finally:
                page.close()

    def image(self, index: int, dpi: float) -> PageImage:
        """One page. Raises ValueError when it is damaged."""
        import pypdfium2

        with _pdfium:
            try:
                page = self._document[index]
                try:
                    return _render(page, dpi)
                finally:
                    page.close()
            except pypdfium2.PdfiumError as error:
                raise ValueError("a damaged page") from error


def joined_pdf(parts: Sequence[bytes]) -> bytes:
    """The pages of several PDFs one after the other. Raises ValueError when one is none."""
    import pypdfium2

    out = BytesIO()
    with _pdfium:
        whole = pypdfium2.PdfDocument.new()
        try:
            for part in parts:
                document = _open(part)
                try:
                    whole.import_pages(document)
                finally:
                    document.close()
            whole.save(out)
        finally:
            whole.close()
    return out.getvalue()


def pdf_texts(pdf: bytes, most: int) -> Iterator[str]:
    """The text layer of each of the first `most` pages ("" for a scan). Raises ValueError when the bytes are no PDF.

    PDFium is let go between two pages: a preview need not wait for a whole book.
    """
    for index in range(min(page_count(pdf), most)):
        with _pdfium:
            document = _open(pdf)
            try:
                text = document[index].get_textpage()
                found = text.get_text_bounded()
                text.close()
            finally:
                document.close()
        yield found


def _open(pdf: bytes | Path) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
        document.init_forms()  # the picture of a digital signature is drawn like a form's field
        return document
    except pypdfium2.PdfiumError as error:
        raise ValueError("not a PDF") from error


def _render(page: Any, dpi: float) -> PageImage:
    import pypdfium2

    bitmap = page.render(scale=dpi / 72, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRx)
    try:
        stride, wide = bitmap.stride, bitmap.width * 4
        data = bytes(bitmap.buffer)
        if stride != wide:
            data = b"".join(data[row * stride : row * stride + wide] for row in range(bitmap.height))
        return PageImage(bitmap.width, bitmap.height, data)
    finally:
        bitmap.close()
