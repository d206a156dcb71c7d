"""The wizard for the old reception book: file, columns, preview, result. Nothing is kept before the last step."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.domain.old_book.old_book import OldBook
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Cancelled, Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.old_book.book_work import (
    OpenedBook,
    Prepared,
    heading_in,
    open_file,
    prepare,
    refused_rows,
    remember,
    source_of,
)
from tcd_desktop.ui.old_book.columns_step import ColumnsStep, page_head
from tcd_desktop.ui.old_book.file_step import FileStep
from tcd_desktop.ui.old_book.preview_step import PreviewStep
from tcd_desktop.ui.old_book.result_step import ResultStep
from tcd_desktop.ui.old_book.steps import Steps
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import Job, RunnerLike
from tcd_desktop.words.old_book_words import sentences

FILE, COLUMNS, PREVIEW, RESULT = range(4)
TAKEN_BACK = "Nhập nhầm, thu hồi cả lần nhập"
"""Why an import lies in the recycle bin when it was taken back at once: official data are Vietnamese."""


class OldBookPage(Page):
    """On top of the list of visits; Esc goes one step back, then to the list."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self._job: Job | None = None
        self._writing = False
        self.prepared: Prepared | None = None
        self.imported: OldBook | None = None
        px = look.current().px
        self.steps = Steps([_("File"), _("Columns"), _("Preview"), _("Result")])
        self.file, self.columns, self.preview, self.result = FileStep(), ColumnsStep(), PreviewStep(), ResultStep()
        self.stack = QStackedWidget()
        for step in (self.file, self.columns, self.preview, self.result):
            self.stack.addWidget(step)
        self.back = QPushButton(_("Back"))
        icons.dress(self.back, "arrow-left", "text", 18)
        self.back.clicked.connect(self.go_back)
        self.next = QPushButton()
        self.next.setProperty("kind", "primary")
        self.next.clicked.connect(self.go_on)
        self._key = QShortcut(QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_Return), self)
        self._key.activated.connect(self.go_on)
        self.doing = QLabel()
        self.doing.setProperty("ink", "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(px(220))
        self.stop = QPushButton(_("Stop"))
        self.stop.clicked.connect(self.cancel)
        foot = QFrame()
        foot.setProperty("box", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(16), px(8), px(16), px(8))
        row.setSpacing(px(10))
        row.addWidget(self.back)
        row.addWidget(self.doing)
        row.addStretch()
        row.addWidget(self.bar)
        row.addWidget(self.stop)
        row.addWidget(self.next)
        self.foot = foot
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(page_head(self.title, self.steps))
        lines.addWidget(self.stack, 1)
        lines.addWidget(foot)
        self._connect()
        self._show_step(FILE)
        self.refresh()

    def _connect(self) -> None:
        self.file.fileChosen.connect(self.open_path)
        self.file.balancesRequest.connect(self._open_balances)
        self.file.takeBackRequest.connect(self._take_back)
        self.file.putBackRequest.connect(self._put_back)
        self.columns.sheetChosen.connect(self._open_sheet)
        self.columns.headingChosen.connect(self._heading_chosen)
        self.columns.changed.connect(self._offer)
        self.result.logRequest.connect(self.popRequest)
        self.result.refusedRequest.connect(self.save_refused)
        self.result.againRequest.connect(partial(self._show_step, FILE))
        self.result.takeBackRequest.connect(self._take_back_this)

    # -- the window's questions ---------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The heading."""
        return _("Import an old book")

    def activated(self, argument: Any = None) -> None:
        """The keyboard goes into the step."""
        (self.file, self.columns, self.preview, self.result)[self.stack.currentIndex()].setFocus()

    def can_close(self) -> bool:
        """An import that is being written is not left half-way: stop it first."""
        if self._writing:
            self.messageRequest.emit(_("The import is being written. Stop it, or wait until it is done."), "warning")
            return False
        self.cancel()
        return True

    def store_changed(self, changes: Any) -> None:
        """An import was made, taken back or put back, here or by an undo."""
        if not changes or any(change.table == "old_book" for change in changes):
            self.refresh()

    def refresh(self) -> None:
        """Reads the earlier imports again."""
        desk = self._office.old_books

        def read(_progress: Progress) -> list[tuple[OldBook, int]]:
            return [(book, 0 if book.removed else desk.worked_on(book.id)) for book in desk.imports()]

        self._runner.read(read, done=self._imports_read)

    def _imports_read(self, found: list[tuple[OldBook, int]]) -> None:
        self.file.show_imports([book for book, _count in found])
        for book, count in found:
            self.file.rows[book.id].warn(count)
        now = next((book for book, _count in found if self.imported and book.id == self.imported.id), None)
        if now is not None and now.removed:
            self.result.show_taken_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes one step back."""
        if event.key() == Qt.Key.Key_Escape and self.stack.currentIndex() in (COLUMNS, PREVIEW) and not self.busy():
            self.go_back()
            return
        super().keyPressEvent(event)

    # -- steps --------------------------------------------------------------------------------------

    def _show_step(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        self.steps.show_step(step)
        self._offer()
        present = (self.file, self.columns, self.preview, self.result)[step]
        self.setFocusProxy(self.next if step == COLUMNS else present)
        present.setFocus()

    def _offer(self) -> None:
        """Which buttons there are, and what they say."""
        step, busy = self.stack.currentIndex(), self.busy()
        self.foot.setVisible(step in (COLUMNS, PREVIEW) or busy)
        self.back.setVisible(step in (COLUMNS, PREVIEW))
        self.next.setVisible(step in (COLUMNS, PREVIEW))
        self.back.setEnabled(not busy)
        if step == COLUMNS:
            opened = self.columns.opened
            self.next.setText(_("Preview") + "  Ctrl+Enter")
            self.next.setEnabled(not busy and opened is not None and not opened.missing)
        elif step == PREVIEW:
            taken = self.prepared.plan.taken if self.prepared else 0
            words = ngettext("Import {n} line", "Import {n} lines", taken).format(n=grouped(taken))
            self.next.setText(words + "  Ctrl+Enter")
            self.next.setEnabled(not busy and taken > 0)
        for widget in (self.doing, self.bar, self.stop):
            widget.setVisible(busy)

    def go_back(self) -> None:
        """One step back; what was chosen stays."""
        step = self.stack.currentIndex()
        if step in (COLUMNS, PREVIEW):
            self._show_step(step - 1)

    def go_on(self) -> None:
        """The next step."""
        if self.busy() or not self.next.isEnabled():
            return
        if self.stack.currentIndex() == COLUMNS:
            self._prepare()
        elif self.stack.currentIndex() == PREVIEW:
            self._import()

    # -- work ---------------------------------------------------------------------------------------

    def busy(self) -> bool:
        """True while a file is read or an import written."""
        return self._job is not None and self._job.running

    def cancel(self) -> None:
        """Asks the work to stop."""
        if self._job is not None:
            self._job.cancel()
            self.doing.setText(_("Stopping…"))

    def _start(
        self, work: Callable[[Progress], Any], done: Callable[[Any], None], doing: str, *, writing: bool = False
    ) -> None:
        if self.busy():
            return
        self._message().clear()
        self.doing.setText(doing)
        self.bar.setRange(0, 0)
        self._writing = writing
        self._done = done
        start = self._runner.write if writing else self._runner.read
        self._job = start(work, done=self._finished, failed=self._failed, progress=self._stepped)
        if not self._job.running:
            self._job = None
        self._offer()

    def _message(self) -> Any:
        return (self.file, self.columns, self.preview, self.result)[self.stack.currentIndex()].message

    def _stepped(self, done: int, total: int, _text: str) -> None:
        self.bar.setRange(0, max(total, 0))
        self.bar.setValue(done)

    def _finished(self, answer: Any) -> None:
        self._job, self._writing = None, False
        self._offer()
        self._done(answer)

    def _failed(self, error: Exception) -> None:
        self._job, self._writing = None, False
        self._offer()
        sentence, tone = failure(error)
        if isinstance(error, Cancelled):
            sentence, tone = _("Stopped. Nothing was changed."), "neutral"
        self._message().tell(sentence, tone)

    # -- the file -----------------------------------------------------------------------------------

    def open_path(self, path: Path) -> None:
        """Reads a file and goes on to its columns."""
        keeper = self._keeper
        self._start(partial(_open, path, keeper, None), self._opened, _("Reading {file}…").format(file=path.name))

    def _open_sheet(self, index: int) -> None:
        opened = self.columns.opened
        if opened is not None and index != opened.index:
            work = partial(_open, opened.path, self._keeper, index)
            self._start(work, self._opened, _("Reading {file}…").format(file=opened.path.name))

    def _opened(self, opened: OpenedBook) -> None:
        known = self._office.old_books.same_file(opened.book.sha256)
        self.columns.show_book(opened)
        self._show_step(COLUMNS)
        if known is not None and not opened.missing:
            said = _("This very file was imported on {day}. Lines that are in the log are not taken twice.")
            self.columns.message.tell(said.format(day=f"{known.imported_on:%d/%m/%Y}"), "neutral")
        self.next.setFocus()

    def _heading_chosen(self, row: int) -> None:
        opened = self.columns.opened
        if opened is not None:
            self.columns.show_book(heading_in(opened, row, self._keeper))
            self._offer()

    def _prepare(self) -> None:
        opened, office = self.columns.opened, self._office
        if opened is None:
            return
        self._start(lambda progress: prepare(office, opened, progress), self._prepared, _("Looking at the lines…"))

    def _prepared(self, prepared: Prepared) -> None:
        self.prepared = prepared
        remember(prepared.opened.layout, self._keeper)
        self.preview.show_plan(prepared)
        self._show_step(PREVIEW)

    def _import(self) -> None:
        prepared, desk = self.prepared, self._office.old_books
        if prepared is None:
            return
        opened = prepared.opened

        def work(progress: Progress) -> Done[OldBook]:
            return desk.take(prepared.plan, source_of(opened), waiting=opened.waiting, progress=progress)

        self._start(work, self._imported, _("Writing into the log…"), writing=True)

    def _imported(self, done: Done[OldBook]) -> None:
        assert self.prepared is not None
        self.imported = done.value
        self.result.show_result(self.prepared, done.value.taken)
        self._show_step(RESULT)
        self.refresh()

    # -- the refused rows ---------------------------------------------------------------------------

    def save_refused(self) -> None:
        """Asks where, writes the file and opens it."""
        if self.prepared is None:
            return
        source = self.prepared.opened.path
        name = _("{name} - not taken.xlsx").format(name=source.stem)
        kinds = "Excel (*.xlsx);;CSV (*.csv)"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Refused rows"), str(source.with_name(name)), kinds)
        if chosen:
            path = Path(chosen)
            self.write_refused(path if path.suffix else path.with_suffix(".xlsx"))

    def write_refused(self, path: Path) -> None:
        """Writes the refused rows with their reasons."""
        prepared = self.prepared
        if prepared is None:
            return

        def work(_progress: Progress) -> Path:
            from tcd_desktop.old_books.refused_rows import write_refused

            opened = prepared.opened
            write_refused(path, opened.sheet, opened.layout, refused_rows(prepared, sentences))
            return path

        self._start(work, self._refused_written, _("Writing {file}…").format(file=path.name))

    def _refused_written(self, path: Path) -> None:
        said = _("{file} was saved. It holds names: delete it when its lines are in the log.")
        self.result.message.tell(said.format(file=path.name), "success")
        with contextlib.suppress(RuntimeError):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    # -- taking back --------------------------------------------------------------------------------

    def _take_back_this(self) -> None:
        if self.imported is not None:
            self._take_back(self.imported, TAKEN_BACK)

    def _take_back(self, book: OldBook, reason: str) -> None:
        desk = self._office.old_books
        work = partial(_take_back, desk, book.id, reason)
        self._start(work, self._taken_back, _("Taking the import back…"), writing=True)

    def _taken_back(self, done: Done[OldBook]) -> None:
        if self.imported is not None and self.imported.id == done.value.id:
            self.imported = replace(self.imported, removed=done.value.removed)
        self.refresh()

    def _put_back(self, book: OldBook) -> None:
        desk = self._office.old_books
        self._start(partial(_put_back, desk, book.id), self._taken_back, _("Putting it back…"), writing=True)

    def _open_balances(self) -> None:
        from tcd_desktop.ui.old_book.balances_page import BalancesPage

        self.pushRequest.emit(BalancesPage(self._office, self._runner))


def _open(path: Path, keeper: Keeper, index: int | None, progress: Progress) -> OpenedBook:
    return open_file(path, keeper, progress, index)


def _take_back(desk: Any, book: str, reason: str, progress: Progress) -> Any:
    return desk.take_back(book, reason, progress)


def _put_back(desk: Any, book: str, progress: Progress) -> Any:
    return desk.put_back(book, progress)
