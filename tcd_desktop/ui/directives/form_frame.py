"""The frame of this desk's two forms: cards in two columns, saving by key, nothing typed is lost in silence."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.problems import DraftRefused
from tcd_desktop.i18n import _
from tcd_desktop.services.done import Done
from tcd_desktop.ui.calendar.page_frame import column, page_foot, page_head, scrolled
from tcd_desktop.ui.forms.form_fields import Card, DraftModel, Field, FormBinding
from tcd_desktop.ui.look import look
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

TWO_COLUMNS = 960
"""Least width at 100 % in which the cards stand side by side."""


class DeskForm(Page):
    """`begin` when fields and model are made; `act()` does the saving, `saved` tells the id of what was written."""

    saved = Signal(str)

    fields: dict[str, Field]
    model: DraftModel[Any]
    binding: FormBinding

    def __init__(self, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._saving = False
        self.message = MessageBar()
        self.told = QLabel()

    @abstractmethod
    def act(self) -> Done[Any]:
        """Saves the draft, in the queue of acts."""

    def begin(self, left: Sequence[Card], right: Sequence[Card], first: str) -> None:
        """Lays the cards out and binds the fields; the keyboard goes to the field `first`."""
        now = look.current()
        inside = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(now.px(16), now.px(4), now.px(16), now.px(12))
        self._columns.setSpacing(now.px(12))
        self._columns.addLayout(column(*left), 1)
        self._columns.addLayout(column(*right), 1)
        head, self.back = page_head(QLabel(self.title))
        self.back.clicked.connect(self.popRequest)
        self.take = QPushButton(_("Save  Ctrl+S"))
        self.take.clicked.connect(self.save)
        bars = QVBoxLayout()
        bars.setContentsMargins(now.px(16), 0, now.px(16), 0)
        bars.addWidget(self.message)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bars)
        lines.addWidget(scrolled(inside), 1)
        lines.addWidget(page_foot(self.take, self.told))
        self.binding = FormBinding(self.model, self.fields, parent=self)
        self.setFocusProxy(self.fields[first])
        for key in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(self.save)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for two columns, as with large letters, they stand one above the other."""
        beside = self.width() >= look.current().px(TWO_COLUMNS)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(way)
        super().resizeEvent(event)

    def can_close(self) -> bool:
        """A form that was touched is not lost in silence: the first Esc says so, the second leaves."""
        if not self.model.dirty or self._saving or self.message.text():
            return True
        self.message.tell(_("Nothing was saved yet. Esc again leaves the form."), "warning")
        return False

    def save(self, _checked: bool = False) -> None:
        """Saves when nothing stops."""
        for field in self.fields.values():
            field.tidy()
        if self._saving or not self.binding.check():
            return
        self._saving = True
        act: Callable[[], Done[Any]] = self.act
        self._runner.write(lambda _progress: act(), done=self._saved, failed=self._failed)

    def _saved(self, done: Done[Any]) -> None:
        first = done.value[0] if isinstance(done.value, list) else done.value
        self.saved.emit(getattr(first, "id", ""))
        self.popRequest.emit()

    def _failed(self, error: Exception) -> None:
        self._saving = False
        if isinstance(error, DraftRefused):
            self.binding.show_problems(error.problems)
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)
