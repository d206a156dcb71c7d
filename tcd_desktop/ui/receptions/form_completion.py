"""Values offered under a line while it is typed; nothing is rewritten until one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QCompleter, QLineEdit

from tcd_desktop.ui.forms.field import is_enter
from tcd_desktop.ui.forms.form_fields import Field, LineField


class EnterThrough(QObject):
    """Enter while a list of proposals is open and none is chosen: what was typed is meant, and goes on."""

    def __init__(self, line: QLineEdit, popup: QAbstractItemView, parent: QObject) -> None:
        super().__init__(parent)
        self._line, self._popup = line, popup
        popup.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hands Enter to the line."""
        if watched is self._popup and is_enter(event) and not self._popup.currentIndex().isValid():
            self._popup.hide()
            QApplication.sendEvent(self._line, event)
            return True
        return super().eventFilter(watched, event)


def complete(field: Field, values: Sequence[str]) -> None:
    """Offers values under a line while it is typed; nothing is rewritten until one is chosen."""
    assert isinstance(field, LineField)
    completer = QCompleter(list(values), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    field.editor.setCompleter(completer)

    def taken(text: str) -> None:
        field.set_value(text)
        field.changed.emit(field.value())

    completer.activated.connect(taken)
    popup = completer.popup()
    if popup is not None:
        EnterThrough(field.editor, popup, completer)
