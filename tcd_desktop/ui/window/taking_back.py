"""Undo and redo in the window: the bar after an act, Ctrl+Z, Ctrl+Y, and who of window and text field has the key.

A text field whose text was changed takes Ctrl+Z and Ctrl+Y first, for its own typing; a field with nothing to take
back leaves the key to the window, which takes the last act back.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from tcd_desktop.ui.window import messages
from tcd_desktop.ui.window.bars import UndoBar
from tcd_desktop.ui.window.recent_panel import RecentPanel
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words.acts import REDO, UNDO, act_name


class Undoing(Protocol):
    """What the window asks of `services.recycle.undo.UndoDesk`."""

    def undo(self, entry: str = "", *, reason: str = ...) -> Any:
        """Takes an act back; the latest one without an entry."""

    def path_to(self, entry: str) -> list[str]:
        """The entries to take back, in order, down to one."""

    def redo(self, *, reason: str = ...) -> Any:
        """Does the last undone act again."""

    def recent(self, limit: int = ...) -> list[Any]:
        """The latest acts, newest first."""

    def next_redo(self) -> Any:
        """The act that `redo` would do again."""


class TakingBack(QObject):
    """Joins the desk, the runner and the bar. `desk` None: nothing can be taken back here (no office, only a look)."""

    def __init__(
        self,
        desk: Undoing | None,
        runner: RunnerLike,
        bar: UndoBar,
        failed: Callable[[Exception], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._runner, self._bar, self._failed = desk, runner, bar, failed
        self._watched: QWidget | None = None
        self._under: QWidget | None = None
        self._path: list[str] = []
        self.panel = RecentPanel(parent)
        self.panel.undoRequest.connect(self.undo_to)
        self.panel.redoRequest.connect(self.redo)
        bar.undoRequest.connect(self.from_bar)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    def tell(self, answer: Any) -> None:
        """Shows what was done, and for ten seconds the way back."""
        if getattr(answer, "told_by_page", False):
            return
        act, entry = str(getattr(answer, "act", "")), str(getattr(answer, "entry", ""))
        sentence = messages.done_sentence(act)
        if act.endswith((UNDO, REDO)):
            step = answer.value
            sentence = messages.reversed_sentence(act, act_name(step.act, step.name, step.count))
        elif number := getattr(getattr(answer, "value", None), "book_number", ""):
            sentence = f"{sentence}  ·  {number}"
        if self._desk is None or not entry or stays_done(answer):
            self._bar.offer(sentence, None)
        elif act.endswith(UNDO):
            self._bar.offer(sentence, REDO, redo=True)
        else:
            self._bar.offer(sentence, entry)

    def from_bar(self, wanted: object) -> None:
        """The button of the bar: exactly the act that the bar names."""
        if wanted == REDO:
            self.redo()
        else:
            self.undo(str(wanted))

    def undo(self, entry: str = "") -> None:
        """Takes the last act back, or one by its entry."""
        if desk := self._desk:
            self._bar.dismiss()
            self._runner.write(lambda _progress: desk.undo(entry), failed=self._failed)

    def redo(self) -> None:
        """Does again what was undone last."""
        if desk := self._desk:
            self._bar.dismiss()
            self._runner.write(lambda _progress: desk.redo(), failed=self._failed)

    def undo_to(self, entry: str) -> None:
        """Takes acts back one after another, the newest first, down to one; a refusal ends the row."""
        if desk := self._desk:
            self._runner.read(lambda _progress: desk.path_to(entry), done=self._go, failed=self._failed)

    def _go(self, path: list[str]) -> None:
        self._path = path
        self._step()

    def _step(self, _answer: object = None) -> None:
        desk = self._desk
        if self._path and desk is not None:
            entry, self._path = self._path[0], self._path[1:]
            self._runner.write(lambda _progress: desk.undo(entry), done=self._step, failed=self._stopped)

    def _stopped(self, error: Exception) -> None:
        self._path = []
        self._failed(error)

    def show_recent(self, under: QWidget) -> None:
        """The sheet of recent acts under a button."""
        if desk := self._desk:
            self._under = under
            self._runner.read(lambda _progress: (desk.recent(), desk.next_redo()), done=self._show_recent)

    def _show_recent(self, answer: tuple[list[Any], Any]) -> None:
        if self._under is not None:
            self.panel.show_steps(*answer, self._under)

    # -- whose key it is ----------------------------------------------------------------------------

    def _focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None:
            with contextlib.suppress(RuntimeError):  # the field is gone already
                self._watched.removeEventFilter(self)
        self._watched = now if isinstance(now, QLineEdit | QPlainTextEdit | QTextEdit) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps a field from claiming a key it has no use for."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Undo) and not _own_undo(watched):
                event.ignore()
                return True
            if event.matches(QKeySequence.StandardKey.Redo) and not _own_redo(watched):
                event.ignore()
                return True
        return super().eventFilter(watched, event)


def stays_done(answer: Any) -> bool:
    """Whether an act is never taken back: a print, a signature, a look at an identity."""
    from tcd_desktop.store.journal.reversal import FIXED  # when the window opens, the store is not loaded yet

    return any(getattr(change, "table", "") in FIXED for change in getattr(answer, "changes", ()))


def _own_undo(field: QObject) -> bool:
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    return isinstance(field, QPlainTextEdit | QTextEdit) and field.document().isUndoAvailable()


def _own_redo(field: QObject) -> bool:
    if isinstance(field, QLineEdit):
        return field.isRedoAvailable()
    return isinstance(field, QPlainTextEdit | QTextEdit) and field.document().isRedoAvailable()
