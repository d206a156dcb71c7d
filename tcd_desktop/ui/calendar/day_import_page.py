"""What a file with days off holds, line by line, before it is taken over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.clocks.day_lines import DayLine, Verdict, judged
from tcd_desktop.i18n import LazyText, _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.old_books.day_table import read_day_table
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.case_words import weekday
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.forms.page_frame import page_foot, page_head
from tcd_desktop.ui.forms.typed_dates import show_date
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Chip, Column, PagedModel
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

EMPTY = State(lazy("No days in this file"), lazy("The columns are day, kind, reason, decision."), icon="calendar-off")
_VERDICTS: dict[Verdict, LazyText] = {
    "new": lazy("Is taken"),
    "known": lazy("In the table already"),
    "twice": lazy("Twice in the file"),
    "no_reason": lazy("Without a reason"),
    "no_kind": lazy("Kind not understood"),
}


class _Row(DayLine):
    """A line with an id for the list."""

    __slots__ = ()

    @property
    def id(self) -> str:
        return f"{self.row}"


def _columns() -> tuple[Column, ...]:
    return (
        Column("row", lazy("Row"), 56, text=lambda row: str(row.row), align="right"),
        Column("day", lazy("Day"), 110, text=lambda row: show_date(row.day), align="right", strong=True),
        Column("weekday", lazy("Weekday"), 100, text=lambda row: weekday(row.day)),
        Column("kind", lazy("Kind"), 130, text=_kind),
        Column("reason", lazy("Reason"), 200, text=lambda row: row.reason, stretch=True),
        Column("decision", lazy("Decision"), 200, text=lambda row: row.decision),
        Column("verdict", lazy("What becomes of it"), 180, text=lambda row: "", chip=_verdict),
    )


def _kind(row: DayLine) -> str:
    if row.working is None:
        return ""
    return _("Working day") if row.working else _("Day off")


def _verdict(row: DayLine) -> Chip:
    if row.taken:
        return Chip(str(_VERDICTS[row.verdict]), "success", "check")
    return Chip(str(_VERDICTS[row.verdict]), "closed" if row.verdict == "known" else "warning", "minus")


class DayImportPage(Page):
    """`imported` when the days are in the table."""

    imported = Signal()

    def __init__(
        self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, path: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._path = office, runner, path
        self.lines: list[DayLine] = []
        self.rows = FixedRows()
        model = PagedModel(self.rows, _columns(), runner=runner, parent=self)
        self.view = ListView("day-import", model, keeper, empty=EMPTY)
        self.message = MessageBar()
        head, self.back = page_head(QLabel(self.title))
        self.back.clicked.connect(self.popRequest)
        self.take, self.told = QPushButton(_("Take these days over  Ctrl+S")), QLabel(path.name)
        self.take.setEnabled(False)
        self.take.clicked.connect(self.save)
        for key in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.save)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.message)
        lines.addWidget(self.view, 1)
        lines.addWidget(page_foot(self.take, self.told))
        self.setFocusProxy(self.take)
        runner.read(self._read, done=self._show, failed=self._failed)

    @property
    def title(self) -> str:
        """The heading."""
        return _("Import a table of days")

    def _read(self, _progress: Progress) -> list[DayLine]:
        known = [line.day for line in self._office.calendar.days()]
        return judged(read_day_table(self._path), known)

    def _show(self, lines: list[DayLine]) -> None:
        self.lines = lines
        self.rows.rows = tuple(
            _Row(one.row, one.day, one.working, one.reason, one.decision, one.verdict) for one in lines
        )
        self.view.show_query(len(lines), filtered=False)
        count = sum(line.taken for line in lines)
        words = ngettext("{n} day is taken over", "{n} days are taken over", count).format(n=count)
        self.told.setText(f"{self._path.name} · {words}")
        self.take.setEnabled(count > 0)

    def save(self, _checked: bool = False) -> None:
        """Takes the days over in one act."""
        if not self.take.isEnabled():
            return
        self.take.setEnabled(False)
        desk, lines = self._office.calendar, self.lines
        self._runner.write(lambda _progress: desk.add_all(lines), done=self._saved, failed=self._failed)

    def _saved(self, done: Done[Any]) -> None:
        count = len(done.value)
        words = ngettext("{n} day was added to the table.", "{n} days were added to the table.", count)
        self.messageRequest.emit(words.format(n=count), "success")
        self.imported.emit()
        self.popRequest.emit()

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)
