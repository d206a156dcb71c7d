"""A list of variables with what they are and what they are worth, found by typing: Ctrl+Space in a text of a letter."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.domain.text import fold
from tcd_desktop.i18n import _
from tcd_desktop.ui import look

NAME = int(Qt.ItemDataRole.UserRole)


class VariablePicker(QDialog):
    """`chosen` carries the name. Typing narrows, arrows choose, Enter takes, Esc leaves."""

    chosen = Signal(str)

    def __init__(self, variables: Mapping[str, str], values: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        now = look.current()
        self.setWindowTitle(_("Variables"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(now.px(560), now.px(420))
        self._variables, self._values = dict(variables), dict(values)
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setPlaceholderText(_("Type what you look for"))
        self.search.setAccessibleName(_("Search"))
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Variables"))
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(self._take)
        told = QLabel(_("Enter puts it where the cursor stands."))
        told.setProperty("ink", "muted")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(14), now.px(14), now.px(14), now.px(12))
        lines.setSpacing(now.px(8))
        for widget in (self.search, self.list, told):
            lines.addWidget(widget)
        self._fill("")
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, text: str) -> None:
        words = fold(text).split()
        self.list.clear()
        for name, meaning in self._variables.items():
            if all(word in fold(f"{name} {meaning}") for word in words):
                value = " ".join(self._values.get(name, "").split())
                shown = value if len(value) < 70 else value[:69] + "…"
                item = QListWidgetItem(f"{meaning}\n{{{name}}}{f'  =  {shown}' if shown else ''}")
                item.setData(NAME, name)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(NAME)))
            self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search: arrows move in the list, Enter takes."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)


def insert_text(editor: QWidget, text: str) -> None:
    """Puts a text where the cursor of a line or block stands, in a step that Ctrl+Z takes back."""
    if isinstance(editor, QPlainTextEdit):
        editor.textCursor().insertText(text)
    elif isinstance(editor, QLineEdit):
        editor.insert(" ".join(text.split()))
        editor.textEdited.emit(editor.text())
