"""A PDF to a printer, page by page as pictures at the printer's own resolution, and to a file.

Nothing outside the program is needed to print: no PDF reader has to be installed on an office's PC.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Protocol, Self

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QWidget

from tcd_desktop.documents.raster import OpenPdf
from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress, stop_if_cancelled

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
        dialog.setWindowTitle(_("Print"))
        chosen = dialog.exec() == QPrintDialog.DialogCode.Accepted
        dialog.deleteLater()
        return printer if chosen else None

    def ask_file(self, name: str, parent: QWidget) -> Path | None:
        """The system's file dialog."""
        chosen, _filter = QFileDialog.getSaveFileName(
            parent, _("Save as PDF"), str(documents_folder() / name), "PDF (*.pdf)"
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


class PrintRun:
    """One job of the print queue: papers one after the other, each with its own number of copies.

    The job is sent when the run is left, with the sheets painted until then; each lies on the paper as its page does,
    upright or on its side. Any thread but the window's, one at a time.
    """

    def __init__(self, printer: QPrinter) -> None:
        self._printer = printer
        self._painter = QPainter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._painter.isActive():
            self._painter.end()

    def add(
        self,
        pdf: bytes | Path,
        *,
        copies: int = 1,
        pages: tuple[int, int] | None = None,
        progress: Progress | None = None,
    ) -> int:
        """Paints a paper, or its pages from one to another (counted from 1); gives how many sheets one copy has.

        Raises Cancelled between two pages, Refused("print_failed") when the printer takes nothing.
        """
        with OpenPdf(pdf) as paper:
            first, last = pages or (1, len(paper))
            chosen = range(first - 1, min(last, len(paper)))
            for copy in range(copies):
                for done, number in enumerate(chosen):
                    if progress is not None:
                        stop_if_cancelled(progress)
                        progress.step(copy * len(chosen) + done, copies * len(chosen))
                    self._sheet(paper, number)
        return len(chosen)

    def _sheet(self, paper: OpenPdf, number: int) -> None:
        printer, painter = self._printer, self._painter
        wide, high = paper.size(number)
        sides = QPageLayout.Orientation
        printer.setPageOrientation(sides.Landscape if wide > high else sides.Portrait)
        if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
            raise Refused("print_failed")
        page = paper.image(number, min(printer.resolution(), MOST_DPI))
        drawn = QImage(page.data, page.width, page.height, page.stride, QImage.Format.Format_RGB32)
        # our papers are black: grey takes a quarter of the room in the queue, and is not made coarser on its way
        image = drawn.convertToFormat(QImage.Format.Format_Grayscale8)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
        room = printer.pageRect(QPrinter.Unit.DevicePixel)
        # the painter's origin is the corner of the printable part, the picture is the whole sheet
        painter.drawImage(QRectF(-room.left(), -room.top(), sheet.width(), sheet.height()), image)


def print_pdf(pdf: bytes | Path, printer: QPrinter, progress: Progress | None = None) -> int:
    """Sends one paper, or the pages that were chosen in the print dialog, as a job of its own; gives how many sheets
    one copy has. Not for the window's thread.

    Raises Refused("print_failed"), Cancelled.
    """
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    ranged = printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage() > 0
    pages = (printer.fromPage(), max(printer.toPage(), printer.fromPage())) if ranged else None
    with PrintRun(printer) as run:
        return run.add(pdf, copies=copies, pages=pages, progress=progress)


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
