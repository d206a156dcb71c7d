"""A PDF to a printer, page by page as pictures at the printer's own resolution, and to a file.

Nothing outside the program is needed to print: no PDF reader has to be installed on an office's PC.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QWidget

from tcd_desktop.documents.raster import page_count, page_image
from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _

MOST_DPI = 300
"""More makes no sharper letter on paper and takes four times the memory."""


class Printing(Protocol):
    """How a page asks for paper; tests put a printer of their own in its place."""

    def available(self) -> bool:
        """Whether this PC has a printer."""

    def ask(self, copies: int, title: str, parent: QWidget) -> QPrinter | None:
        """The printer the officer chose, None when the officer changed their mind."""

    def ask_file(self, name: str, parent: QWidget) -> Path | None:
        """Where to save a PDF."""


class SystemPrinting:
    """The system's own print and save dialogs."""

    def available(self) -> bool:
        """Whether the system knows a printer."""
        return bool(QPrinterInfo.availablePrinterNames())

    def ask(self, copies: int, title: str, parent: QWidget) -> QPrinter | None:
        """The system's print dialog."""
        printer = new_printer(copies, title)
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle(_("Print the receipt slip"))
        chosen = dialog.exec() == QPrintDialog.DialogCode.Accepted
        dialog.deleteLater()
        return printer if chosen else None

    def ask_file(self, name: str, parent: QWidget) -> Path | None:
        """The system's file dialog."""
        chosen, _filter = QFileDialog.getSaveFileName(
            parent, _("Save the receipt slip"), str(documents_folder() / name), "PDF (*.pdf)"
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")


def documents_folder() -> Path:
    """The user's folder for documents, or the home folder."""
    from PySide6.QtCore import QStandardPaths

    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found and Path(found).is_dir() else Path.home()


def new_printer(copies: int, title: str) -> QPrinter:
    """A4, the whole sheet: the PDF brings its own margins. `title` is what the print queue shows."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    printer.setDocName(title)
    printer.setCopyCount(copies)
    return printer


def print_pdf(pdf: bytes, printer: QPrinter) -> int:
    """Sends the pages; gives how many sheets of one copy. Raises Refused("print_failed")."""
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    pages = page_count(pdf)
    painter = QPainter()
    if not painter.begin(printer):
        raise Refused("print_failed")
    try:
        first = True
        for _copy in range(copies):
            for number in range(pages):
                if not first:
                    printer.newPage()
                first = False
                _paint_page(painter, printer, pdf, number)
    finally:
        painter.end()
    return pages


def _paint_page(painter: QPainter, printer: QPrinter, pdf: bytes, number: int) -> None:
    page = page_image(pdf, number, min(printer.resolution(), MOST_DPI))
    image = QImage(page.data, page.width, page.height, page.stride, QImage.Format.Format_RGB32)
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
    room = printer.pageRect(QPrinter.Unit.DevicePixel)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    # the painter's origin is the corner of the printable part, the picture is the whole sheet
    painter.drawImage(QRectF(-room.left(), -room.top(), sheet.width(), sheet.height()), image)


def save_pdf(pdf: bytes, path: Path) -> None:
    """Writes a PDF whole or not at all. Raises Refused("file_unwritable")."""
    part = None
    try:
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=".tcd-", suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            stream.write(pdf)
        os.replace(part, path)
    except OSError as error:
        if part is not None:
            with contextlib.suppress(OSError):
                os.unlink(part)
        raise Refused("file_unwritable", file=path.name) from error
