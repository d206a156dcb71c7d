"""Saving what a list shows as a table file: where to, how far it is, cancel, and the folder afterwards.

export = ListExport(runner)
export.start(Export(name, title, ...))    from a button
page.addWidget(export)                    the strip; hidden while there is nothing to tell
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Cancelled, Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.table_file import Cell, TableColumn, TableHead, write_table
from tcd_desktop.ui.lists.list_columns import Column
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import Job, RunnerLike

PIXELS_A_LETTER = 6.2
"""How wide a column of a list is in letters of a table file."""
WIDEST, LONG = 80.0, 60.0


@dataclass(frozen=True, slots=True)
class Export:
    """What to save: a name for the file, what stands above the table, columns, every row of the list, how many."""

    file_name: str
    head: TableHead
    columns: Sequence[Column]
    rows: Callable[[], Iterator[Any]]
    total: int


def ask_table(name: str, parent: QWidget) -> Path | None:
    """The system's file dialog."""
    from tcd_desktop.ui.receptions.printing import documents_folder

    words = _("Save the list as a table file")
    chosen, _filter = QFileDialog.getSaveFileName(parent, words, str(documents_folder() / name), "Excel (*.xlsx)")
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")


def told_above(searched: str, filters: Sequence[str], office: OpenOffice) -> list[str]:
    """The lines above a table: the words searched for, the filters, when it was made and by whom."""
    told = [_("Search: {words}").format(words=searched)] if searched.strip() else []
    if filters:
        told.append(_("Filter: {words}").format(words="; ".join(filters)))
    day = f"{office.now():%d/%m/%Y %H:%M}"
    told.append(_("Made on {day} by {officer}").format(day=day, officer=office.officer.name))
    return told


def cell_of(column: Column, row: Any) -> Cell:
    """What a table file gets of a cell: the value as such, or the words that are seen."""
    if column.value is not None:
        return column.value(row)
    text = column.text(row)
    if text or column.chip is None:
        return text
    chip = column.chip(row)
    return chip.text if chip else ""


def width_of(column: Column) -> float:
    """Width of a column in letters."""
    return LONG if column.stretch else min(max(column.width / PIXELS_A_LETTER, 8.0), WIDEST)


class ListExport(QFrame):
    """The strip below the head of a list."""

    def __init__(self, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self._runner = runner
        self.ask: Callable[[str, QWidget], Path | None] = ask_table
        self._job: Job | None = None
        self._target = Path()
        self._working = QWidget()
        self.words = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(now.px(220))
        self.bar.setAccessibleName(_("Save the list as a table file"))
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.clicked.connect(self._cancel)
        row = QHBoxLayout(self._working)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(now.px(10))
        for widget in (self.words, self.bar, self.cancel):
            row.addWidget(widget)
        row.addStretch()
        self.message = MessageBar()
        self.message.actionRequest.connect(self._open_folder)
        self.message.closed.connect(self._tidy)
        column = QVBoxLayout(self)
        column.setContentsMargins(now.px(16), 0, now.px(16), now.px(8))
        column.addWidget(self._working)
        column.addWidget(self.message)
        self._working.hide()
        self.hide()

    def start(self, export: Export) -> None:
        """Asks where to, and writes in a reader's thread."""
        if self._job is not None:
            return
        target = self.ask(export.file_name, self)
        if target is None:
            return
        self._target = target
        self.message.hide()
        self._step(0, export.total)
        self._working.show()
        self.show()

        def work(progress: Progress) -> int:
            columns = [TableColumn(str(column.title), width_of(column)) for column in export.columns]
            cells = ([cell_of(column, row) for column in export.columns] for row in export.rows())
            return write_table(target, export.head, columns, cells, total=export.total, progress=progress)

        self._job = self._runner.read(work, done=self._done, failed=self._failed, progress=self._step)
        if not self._job.running:
            self._job = None

    def _step(self, done: int, total: int, _text: str = "") -> None:
        self.bar.setMaximum(total)
        self.bar.setValue(min(done, total))
        told = _("Saving the list: {done} lines") if not total else _("Saving the list: {done} of {total} lines")
        self.words.setText(told.format(done=grouped(done), total=grouped(total)))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _done(self, written: int) -> None:
        self._job = None
        self._working.hide()
        words = ngettext("{n} line was saved in {file}.", "{n} lines were saved in {file}.", written)
        told = words.format(n=grouped(written), file=self._target.name)
        self.message.tell(told, "success", action=_("Open the folder"))
        self.show()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._working.hide()
        if isinstance(error, Cancelled):
            self.message.tell(_("Nothing was saved: it was cancelled."), "neutral")
        elif isinstance(error, OSError):
            words = _("{file} cannot be written. Close it in the other program, or choose another folder.")
            self.message.tell(words.format(file=self._target.name), "warning")
        else:
            sentence, tone = failure(error)
            self.message.tell(sentence, tone)
        self.show()

    def _tidy(self) -> None:
        self.setVisible(self._job is not None)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._target.parent)))
