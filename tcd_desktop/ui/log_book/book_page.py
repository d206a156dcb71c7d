"""The log book (sổ tiếp công dân, Mẫu số 03/TCD): chosen at the left, seen at the right, printed or saved."""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.office import Office
from tcd_desktop.domain.receptions.log_book import BookCount, BookQuery
from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports import log_book
from tcd_desktop.ui.forms.page_frame import page_head, scrolled
from tcd_desktop.ui.lists.list_export import ask_table
from tcd_desktop.ui.log_book.book_choices import BookChoices
from tcd_desktop.ui.log_book.work_strip import WorkStrip
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.receptions.printing import Printing, SystemPrinting, print_pdf
from tcd_desktop.ui.receptions.slip_preview import A4_ON_ITS_SIDE, SlipPreview
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import Job, RunnerLike

NARROW = 125
"""Text sizes above this put the preview under the choices."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A book to be made; `reason` is why its identities are open ("" = they are closed)."""

    query: BookQuery
    reason: str = ""


class LogBookPage(Page):
    """Esc goes back, Ctrl+P prints, Ctrl+S saves the PDF, Ctrl+Shift+X the table file.

    Opened identities are closed when the page is left or another book is asked for.
    """

    made = Signal()
    """A file was written or a book was printed."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        *,
        printing: Printing | None = None,
        ward: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self._printing = printing or SystemPrinting()
        self.ask_table = ask_table
        self._asked: Asked | None = None
        self._reason = ""
        self._count = BookCount(lines=0, secret=0)
        self._job: Job | None = None
        self._target = Path()
        self._keyboard: QWidget | None = None
        may_open = office.may("denunciation.reveal_book")
        self.choices = BookChoices(office.today, _offices(office, ward), may_open=may_open)
        self.choices.changed.connect(self._choose)
        self.choices.openRequest.connect(self._open)
        self.preview = SlipPreview(self._render, runner, name=_("Preview of the log book"), inches=A4_ON_ITS_SIDE)
        self.strip = WorkStrip()
        self.strip.busyChanged.connect(self._busy)
        self.print = self._button(_("Print  Ctrl+P"), "printer", "Ctrl+P", self.print_book, primary=True)
        self.save = self._button(_("Save as PDF  Ctrl+S"), "download", "Ctrl+S", self.save_pdf)
        self.table = self._button(_("Table file  Ctrl+Shift+X"), "table", "Ctrl+Shift+X", self.save_table)
        self._lay_out()
        self.setFocusProxy(self.choices.period)
        self._choose()

    def _lay_out(self) -> None:
        now = look.current()
        head, self.back = page_head(QLabel(self.title))
        self.back.clicked.connect(self.popRequest)
        for button in (self.table, self.save, self.print):
            head.addWidget(button)
        side = scrolled(self.choices)
        side.setFixedWidth(now.px(330))
        body = QHBoxLayout()
        body.setContentsMargins(now.px(16), 0, now.px(16), now.px(12))
        body.setSpacing(now.px(14))
        body.addWidget(side)
        body.addWidget(self.preview, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.strip)
        lines.addLayout(body, 1)

    def _button(self, words: str, icon: str, key: str, slot: Any, *, primary: bool = False) -> QPushButton:
        button = QPushButton(words)
        button.setEnabled(False)
        if primary:
            button.setProperty("kind", "primary")
        icons.dress(button, icon, "on_accent" if primary else "text", 18)
        button.clicked.connect(slot)
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)
        return button

    @property
    def title(self) -> str:
        """What is made here."""
        return _("Print the log book")

    # -- which book --------------------------------------------------------------------------------

    def _choose(self) -> None:
        """Another book: counted, shown, its identities closed."""
        self._close_identities()
        if self._job is not None:
            self._job.forget()
        query = self.choices.query()
        self._asked = Asked(query) if query else None
        self._show_buttons()
        if query is None:
            self.choices.show_count(None)
            return
        desk = self._office.log_books

        def work(_progress: Progress) -> BookCount:
            return desk.count(query)

        self._job = self._runner.read(work, done=self._counted, failed=self.strip.failed)
        self.preview.show_slip(self._asked)

    def _counted(self, count: BookCount) -> None:
        self._job = None
        self._count = count
        self.choices.show_count(count)
        self._show_buttons()

    def _render(self, asked: Asked) -> bytes:
        """The first pages; in a reader's thread."""
        desk = self._office.log_books
        with closing(desk.lines(asked.query, opened=bool(asked.reason))) as lines:
            return log_book.first_pages(desk.book(asked.query, reason=asked.reason), lines)

    def _open(self, reason: str) -> None:
        """The identities are shown in this book; who, why and when is kept first."""
        asked, desk = self._asked, self._office.log_books
        if asked is None:
            return
        self._reason = reason
        self._runner.write(
            lambda _progress: desk.disclose(asked.query, reason), done=self._opened, failed=self.strip.failed
        )

    def _opened(self, count: BookCount) -> None:
        if self._asked is None:
            return
        self._asked = Asked(self._asked.query, self._reason)
        self.choices.show_opened(count)
        self.preview.show_slip(self._asked, now=True)
        self.print.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_identities(self) -> None:
        if self._asked is not None and self._asked.reason:
            self._asked = Asked(self._asked.query)
            self.choices.show_count(self._count)
        self._reason = ""
        self._office.log_books.close()

    def left(self) -> None:
        """Whoever goes to another page has looked; a file that is being written is finished."""
        opened = self._asked is not None and bool(self._asked.reason)
        if opened and not self.strip.busy:
            self._close_identities()
            self.preview.show_slip(self._asked)

    def can_close(self) -> bool:
        """While a book is being made it can be cancelled, not left."""
        return not self.strip.busy

    # -- what is made --------------------------------------------------------------------------------

    def save_pdf(self, _checked: bool = False) -> None:
        """The whole book as a PDF."""
        self._save(log_book.write_pdf, "pdf", self._pdf_saved)

    def save_table(self, _checked: bool = False) -> None:
        """The whole book as a table file."""
        self._save(log_book.write_xlsx, "xlsx", self._table_saved)

    def _save(self, write: Any, ending: str, done: Any) -> None:
        asked = self._ready()
        if asked is None:
            return
        name = file_name(asked.query, ending)
        target = self._printing.ask_file(name, self) if ending == "pdf" else self.ask_table(name, self)
        if target is None:
            return
        self._target = target
        self.strip.begin(_("Writing the log book:"))
        work = partial(self._write, write, asked, target, self._count.lines)
        self.strip.started(self._runner.read(work, done=done, failed=self._not_written, progress=self.strip.step))

    def _write(self, write: Any, asked: Asked, target: Path, total: int, progress: Progress) -> int:
        desk = self._office.log_books
        with closing(desk.lines(asked.query, opened=bool(asked.reason))) as lines:
            made: int = write(
                target, desk.book(asked.query, reason=asked.reason), lines, total=total, progress=progress
            )
        return made

    def print_book(self, _checked: bool = False) -> None:
        """The whole book, or the pages chosen in the print dialog, to a printer."""
        asked = self._ready()
        if asked is None:
            return
        if not self._printing.available():
            told = _("This PC has no printer. Save the book as a PDF and print it elsewhere.")
            self.strip.message.tell(told, "warning")
            return
        printer = self._printing.ask(1, "03/TCD", self)
        if printer is None:
            return
        self.strip.begin(_("Writing the log book:"))
        total = self._count.lines

        def work(progress: Progress) -> int:
            with tempfile.TemporaryDirectory(dir=self._office.home, ignore_cleanup_errors=True) as folder:
                path = Path(folder) / "03-tcd.pdf"
                self._write(log_book.write_pdf, asked, path, total, progress)
                return print_pdf(path, printer, _Drawing(progress))

        self.strip.started(
            self._runner.read(work, done=self._printed, failed=self.strip.failed, progress=self.strip.step)
        )

    def _ready(self) -> Asked | None:
        """The book to be made, None while there is none or another is being made."""
        return None if self.strip.busy or not self._count.lines else self._asked

    def _pdf_saved(self, pages: int) -> None:
        told = ngettext("{n} page was saved in {file}.", "{n} pages were saved in {file}.", pages)
        self._done(told.format(n=grouped(pages), file=self._target.name))

    def _table_saved(self, lines: int) -> None:
        told = ngettext("{n} line was saved in {file}.", "{n} lines were saved in {file}.", lines)
        self._done(told.format(n=grouped(lines), file=self._target.name))

    def _done(self, sentence: str) -> None:
        self.strip.tell(sentence, "success", folder=self._target.parent)
        self.made.emit()

    def _printed(self, pages: int) -> None:
        told = ngettext("{n} page was sent to the printer.", "{n} pages were sent to the printer.", pages)
        self.strip.tell(told.format(n=grouped(pages)), "success")
        self.made.emit()

    def _not_written(self, error: Exception) -> None:
        self.strip.failed(error, file=self._target.name)

    def _busy(self, busy: bool) -> None:
        """While a book is made its choices are closed; the keyboard is back afterwards where it was."""
        if busy:
            here = self.focusWidget()
            self._keyboard = here if here is not None and self.choices.isAncestorOf(here) else None
            self._show_buttons()
            self.strip.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._show_buttons()
        (self._keyboard or self.print).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_buttons(self) -> None:
        ready = self._ready() is not None
        self.choices.setEnabled(not self.strip.busy)
        for button in (self.print, self.save, self.table):
            button.setEnabled(ready)


class _Drawing:
    """The second half of printing: pages instead of lines."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def step(self, done: int, total: int, text: str = "") -> None:
        """Tells pages."""
        self._progress.step(done, total, text or _("Drawing the pages:"))

    def cancelled(self) -> bool:
        """As the user asked."""
        return self._progress.cancelled()


def file_name(query: BookQuery, ending: str) -> str:
    """A name without marks and without a person: "so-tiep-cong-dan-2026-01-01-2026-11-23.pdf"."""
    return f"so-tiep-cong-dan-{query.since.isoformat()}-{query.until.isoformat()}.{ending}"


def _offices(office: OpenOffice, ward: str) -> list[tuple[str, str]]:
    """(code, name) of those whose books can be printed here; the one that is wanted first."""
    if not office.is_superior:
        return [(office.office.id, office.office.name)]
    wards = office.store.all(Office, "kind = ? ORDER BY id", (OfficeKind.WARD.value,))
    found = [(one.id, one.name) for one in wards] or [(office.office.id, office.office.name)]
    return sorted(found, key=lambda one: one[0] != ward)
