"""A list of variables with what they are and what they are worth, found by typing: Ctrl+Space in a text of a letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.letters.letter_text import BLANK
from tcd_desktop.i18n import _
from tcd_desktop.ui.forms.form_fields import Field
from tcd_desktop.ui.look import look

NAME = int(Qt.ItemDataRole.UserRole)
SHOWN = 70
"""So many letters of a value are shown."""


class VariablePicker(QDialog):
    """`chosen` carries the name. Typing narrows, arrows choose, Enter takes, Esc leaves.

    `coded`: the names in braces are shown, for words that are to be filled in later.
    """

    chosen = Signal(str)

    def __init__(
        self, variables: Mapping[str, str], values: Mapping[str, str], parent: QWidget, *, coded: bool
    ) -> None:
        super().__init__(parent)
        now = look.current()
        self.setWindowTitle(_("Variables"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(now.px(560), now.px(420))
        self._variables, self._values, self._coded = dict(variables), dict(values), coded
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
        for name in self._found(words):
            item = QListWidgetItem(self._line(name))
            item.setData(NAME, name)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _found(self, words: list[str]) -> list[str]:
        """Those that begin with what was typed come before those that only have it somewhere inside."""
        texts = {name: f" {fold(f'{meaning} {name}')}" for name, meaning in self._variables.items()}
        inside = [name for name, text in texts.items() if all(word in text for word in words)]
        return sorted(inside, key=lambda name: not all(f" {word}" in texts[name] for word in words))

    def _line(self, name: str) -> str:
        value = " ".join(self._values.get(name, "").split())
        shown = value if len(value) < SHOWN else value[: SHOWN - 1] + "…"
        parts = (f"{{{name}}}", shown) if self._coded else (shown or BLANK,)
        return f"{self._variables[name]}\n{'  =  '.join(part for part in parts if part)}"

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


class VariableHand(QObject):
    """Puts variables into the field of a page that had the keyboard last; the first of `names` before that.

    `coded`: the name in braces is put in, else the value, and dots for one that is not known.
    """

    def __init__(self, page: QWidget, fields: Mapping[str, Field], names: Iterable[str], *, coded: bool) -> None:
        super().__init__(page)
        self._page, self._coded = page, coded
        self._editors = [editor for name in names if (editor := fields[name].focusProxy()) is not None]
        self._last: QWidget = self._editors[0]
        self.values: Mapping[str, str] = {}
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now in self._editors:
            self._last = now

    def pick(self, variables: Mapping[str, str], values: Mapping[str, str]) -> None:
        """Shows the list; the chosen one is put where the cursor stands."""
        self.values = values
        dialog = VariablePicker(variables, values, self._page, coded=self._coded)
        dialog.chosen.connect(self.insert)
        dialog.open()

    def insert(self, name: str) -> None:
        """Puts one where the cursor stands."""
        insert_text(self._last, f"{{{name}}}" if self._coded else self.values.get(name) or BLANK)
        self._last.setFocus(Qt.FocusReason.OtherFocusReason)


def insert_text(editor: QWidget, text: str) -> None:
    """Puts a text where the cursor of a line or block stands, in a step that Ctrl+Z takes back."""
    if isinstance(editor, QPlainTextEdit):
        editor.textCursor().insertText(text)
    elif isinstance(editor, QLineEdit):
        editor.insert(" ".join(text.split()))
        editor.textEdited.emit(editor.text())
