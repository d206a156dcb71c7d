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

from tcd_desktop.ui import messages
from tcd_desktop.ui.bars import UndoBar
from tcd_desktop.ui.runner import RunnerLike
from tcd_desktop.words.acts import REDO, UNDO, act_name, redo_label, undo_label


class Undoing(Protocol):
    """What the window asks of `services.undo.UndoDesk`."""

    def undo(self, entry: str = "", *, reason: str = ...) -> Any:
        """Takes an act back; the latest one without an entry."""

    def undo_to(self, entry: str, *, reason: str = ...) -> Any:
        """Takes acts back down to one."""

    def redo(self, *, reason: str = ...) -> Any:
        """Does the last undone act again."""

    def recent(self, limit: int = ...) -> list[Any]:
        """The latest acts, newest first."""

    def next_undo(self) -> Any:
        """The act that `undo` would take back."""

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
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._runner, self._bar, self._failed = desk, runner, bar, failed
        self._watched: QWidget | None = None
        bar.undoRequest.connect(self.from_bar)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    def tell(self, answer: Any) -> None:
        """Shows what was done, and for ten seconds the way back."""
        act, entry = str(getattr(answer, "act", "")), str(getattr(answer, "entry", ""))
        sentence = messages.done_sentence(act)
        if act.endswith((UNDO, REDO)):
            step = answer.value
            sentence = messages.reversed_sentence(act, act_name(step.act, step.name, step.count))
        if self._desk is None or not entry:
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


def _own_undo(field: QObject) -> bool:
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    return isinstance(field, QPlainTextEdit | QTextEdit) and field.document().isUndoAvailable()


def _own_redo(field: QObject) -> bool:
    if isinstance(field, QLineEdit):
        return field.isRedoAvailable()
    return isinstance(field, QPlainTextEdit | QTextEdit) and field.document().isRedoAvailable()


__all__ = ["TakingBack", "Undoing", "redo_label", "undo_label"]
