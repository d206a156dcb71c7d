"""A selection of slips through a real print queue: cups-pdf, which makes a PDF of what a printer would get.

Debian: `apt install cups printer-driver-cups-pdf`, then `cupsd`. Elsewhere, and without a queue of that kind, skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from tcd_desktop.documents.raster import page_count, page_image
from tcd_desktop.domain.receptions.log_book import BookQuery
from tcd_desktop.domain.terms import Classification
from tcd_desktop.jobs import SilentProgress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports import log_book
from tcd_desktop.scanners.pictures import Picture, codes_in
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.log_book.slips_page import SlipsPage
from tcd_desktop.ui.receptions.printing import new_printer, print_pdf
from tcd_desktop.ui.window.runner import InlineRunner
from tests.ui.receptions.conftest import NOW, OFFSCREEN, logged

Show = Callable[[Any], Any]
PATIENCE = 90.0
pytestmark = [pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)]


class Queue:
    """A queue whose jobs become files in a folder."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        self._before = self._files()

    def _files(self) -> set[Path]:
        return set(self.folder.glob("*.pdf")) if self.folder.is_dir() else set()

    def arrived(self, jobs: int) -> list[Path]:
        """What came out since the beginning, in the order of the jobs; removed from the folder by the test's end."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            new = self._files() - self._before
            waiting = subprocess.run(["lpstat", "-o", self.name], capture_output=True, text=True, timeout=10).stdout
            if len(new) >= jobs and not waiting.strip():
                return sorted(new, key=lambda path: path.stat().st_mtime_ns)
            time.sleep(0.3)
        raise AssertionError(f"{len(self._files() - self._before)} of {jobs} jobs came out of the queue {self.name}")

    def clear(self) -> None:
        """Leaves the folder as it was."""
        for path in self._files() - self._before:
            path.unlink()


def _queue() -> tuple[str, Path] | str:
    """(name, folder) of a cups-pdf queue, or why there is none."""
    if shutil.which("lpstat") is None:
        return "no CUPS on this machine (apt install cups printer-driver-cups-pdf)"
    told = subprocess.run(
        ["lpstat", "-v"], capture_output=True, text=True, timeout=10, env={**os.environ, "LC_ALL": "C"}
    )
    found = re.search(r"device for (\S+): cups-pdf:", told.stdout)
    if found is None:
        return "no queue of cups-pdf answers: is cupsd running?"
    setting = Path("/etc/cups/cups-pdf.conf")
    try:
        out = re.search(r"^Out\s+(\S+)", setting.read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        out = None
    import pwd

    home = pwd.getpwuid(os.getuid()).pw_dir  # of the user, not of the test
    return found[1], Path((out[1] if out else "${HOME}/PDF").replace("${HOME}", home))


@pytest.fixture
def queue() -> Any:
    found = _queue()
    if isinstance(found, str):
        pytest.skip(found)
    made = Queue(*found)
    yield made
    made.clear()


class QueuePrinting:
    """The officer chose the queue in the system's dialog."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    def available(self) -> bool:
        return True

    def ask(self, copies: int, title: str, parent: QWidget) -> QPrinter | None:
        printer = new_printer(copies, title)
        printer.setPrinterName(self._queue.name)
        assert printer.isValid() and printer.outputFormat() == QPrinter.OutputFormat.NativeFormat
        return printer

    def ask_file(self, name: str, parent: QWidget) -> Path | None:
        raise AssertionError("there is a printer")


def codes(path: Path) -> list[str]:
    """The code on each page that came out, in its order."""
    pdf, found = path.read_bytes(), list[str]()
    for number in range(page_count(pdf)):
        page = page_image(pdf, number, 150)
        found += codes_in(Picture(page.width, page.height, page.data[::4])) or ("",)
    return found


def code_of(number: int) -> str:
    return f"TCD1:HBT-01:{number}/2026:RECEIPT-SLIP"


def size_mm(path: Path, number: int = 0) -> tuple[int, int]:
    document = pypdfium2.PdfDocument(path)
    try:
        wide, high = document[number].get_size()
        return round(wide / 72 * 25.4), round(high / 72 * 25.4)
    finally:
        document.close()


def test_five_visits_come_out_of_the_queue_as_one_job_each_with_its_copies(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, queue: Queue, shown: Show
) -> None:
    visits = [logged(office) for _ in range(4)]
    visits.append(logged(office, classification=Classification.DENUNCIATION))
    page = shown(SlipsPage(office, runner, keeper, lambda: [one.id for one in visits], printing=QueuePrinting(queue)))
    page.print_slips()
    (paper,) = queue.arrived(1)
    assert codes(paper) == [*(code_of(n) for n in (1, 1, 2, 2, 3, 3, 4, 4)), *[code_of(5)] * 3]
    assert size_mm(paper) == (210, 297)
    assert page.strip.message.text() == "5 slips were printed and entered."


def test_a_job_for_each_visit_leaves_the_copies_to_the_queue(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, queue: Queue, shown: Show
) -> None:
    visits = [logged(office) for _ in range(2)]
    page = shown(SlipsPage(office, runner, keeper, lambda: [one.id for one in visits], printing=QueuePrinting(queue)))
    page.jobs.set_value(True)
    page.print_slips()
    papers = queue.arrived(2)
    assert sorted(codes(paper) for paper in papers) == [[code_of(1)] * 2, [code_of(2)] * 2]


def test_the_log_book_comes_out_on_its_side(office: OpenOffice, queue: Queue, tmp_path: Path) -> None:
    for _ in range(30):
        logged(office)
    query = BookQuery(office="HBT-01", since=NOW.date().replace(day=1), until=NOW.date())
    desk, target = office.log_books, tmp_path / "book.pdf"
    pages = log_book.write_pdf(target, desk.book(query), desk.lines(query), total=30, progress=SilentProgress())
    printer = new_printer(1, "03/TCD")
    printer.setPrinterName(queue.name)
    assert print_pdf(target, printer) == pages > 1
    (paper,) = queue.arrived(1)
    assert page_count(paper.read_bytes()) == pages
    page = page_image(paper.read_bytes(), 0, 60)
    wide, high = size_mm(paper)
    assert {wide, high} == {210, 297} and (page.width > page.height) == (wide > high)
