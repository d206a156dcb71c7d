"""The frame of a desk's forms: cards in two columns, saving by key, nothing typed is lost in silence."""

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
from tcd_desktop.ui.forms.form_fields import Card, DraftModel, Field, FormBinding
from tcd_desktop.ui.forms.page_frame import column, page_foot, page_head, scrolled
from tcd_desktop.ui.look import look
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

TWO_COLUMNS = 960
"""Least width at 100 % in which the cards stand side by side."""


class SavingPage(Page):
    """A page that saves one draft by key. A subclass makes `fields`, `model` and `binding`, and says what saving is."""

    fields: dict[str, Field]
    model: DraftModel[Any]
    binding: FormBinding

    def __init__(self, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._saving = False
        self.message = MessageBar()
        for key in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.save)

    @abstractmethod
    def act(self) -> Callable[[], Done[Any]]:
        """What saving is, made of the draft as it stands; it runs in the queue of acts."""

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
        act = self.act()
        self._runner.write(lambda _progress: act(), done=self.written, failed=self.refused)

    def written(self, done: Done[Any]) -> None:
        """It stands in the books: back to the desk."""
        self.popRequest.emit()

    def refused(self, error: Exception) -> None:
        """Tells why it was not saved; what was typed stays."""
        self._saving = False
        if isinstance(error, DraftRefused):
            self.show_refused(error)
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)

    def show_refused(self, error: DraftRefused) -> None:
        """Each problem stands beside its field."""
        self.binding.show_problems(error.problems)


class DeskForm(SavingPage):
    """Two columns of cards; `begin` when fields and model are made, `saved` tells the id of what was written."""

    saved = Signal(str)

    def __init__(self, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.told = QLabel()

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for two columns, as with large letters, they stand one above the other."""
        beside = self.width() >= look.current().px(TWO_COLUMNS)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(way)
        super().resizeEvent(event)

    def written(self, done: Done[Any]) -> None:
        """Tells what was written, then back to the desk."""
        first = done.value[0] if isinstance(done.value, list) else done.value
        self.saved.emit(getattr(first, "id", ""))
        super().written(done)
