"""A form's field: label above, editor, suggestions, and the problem under it in a sentence. Lines and
blocks of text.

Nothing is rewritten while a typing tool (UniKey, Telex) composes: texts are cleaned when the field is left.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.domain.language.text import clean_block, clean_line
from tcd_desktop.i18n import Text, _, ngettext
from tcd_desktop.ui.forms.typing import Block, Line, Note, replace_text
from tcd_desktop.ui.look import look


class Field(QWidget):
    """Base of all fields. `value`/`set_value` carry the domain's type; only the user's hand emits `changed`.

    `set_problem(sentence)` shows red, `set_problem(sentence, warning=True)` amber, `set_problem("")` nothing.
    """

    changed = Signal(object)
    """The new value, while the user types or chooses."""
    left = Signal()
    """The keyboard left the field."""
    worded = Signal()
    """Another sentence stands under it, or none: it may need more room."""

    def __init__(
        self,
        label: Text,
        *,
        required: bool = False,
        hint: Text = "",
        suggestions: Sequence[Text] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        now = look.current()
        self._keyboard: QWidget | None = None
        self.label = QLabel(str(label))
        self.label.setProperty("ink", "label")
        self._required = QLabel("*")
        self._required.setProperty("ink", "problem")
        self._required.setToolTip(_("Required"))
        self._hint = QLabel(str(hint))
        self._hint.setProperty("ink", "small")
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.hide()
        self._text = str(label)
        self._sentence = ""
        self._row = QVBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(now.px(3))
        head = QHBoxLayout()
        head.setSpacing(now.px(4))
        head.addWidget(self.label)
        head.addWidget(self._required)
        self.note = Note()
        head.addWidget(self.note, 1)
        head.addWidget(self._hint)
        self._row.addLayout(head)
        self._editors: list[QWidget] = []
        self._chips = QHBoxLayout()
        self._chips.setSpacing(now.px(6))
        self._row.addLayout(self._chips)
        self._row.addWidget(self._problem)
        self.set_required(required)
        self.set_suggestions(suggestions)

    # -- for the kinds of fields -------------------------------------------------------------------

    def _place(self, editor: QWidget, *editors: QWidget) -> None:
        """Puts the editor under the label; `editors` are the widgets that take the keyboard, if they are
        others."""
        self._row.insertWidget(1, editor)
        self._editors = list(editors) or [editor]
        for widget in self._editors:
            widget.setAccessibleName(self._accessible_name())
            widget.installEventFilter(self)
        self.label.setBuddy(self._editors[0])
        self.setFocusProxy(self._editors[0])

    def setFocusProxy(self, widget: QWidget | None) -> None:
        """Who gets the keyboard when the field does."""
        self._keyboard = widget
        super().setFocusProxy(widget)  # type: ignore[arg-type]

    def leave_tab_to_editors(self) -> None:
        """For forms that set the order of Tab themselves: Qt's proxy would catch Tab a second time where the field
        itself stands in the chain, and lead it back to the editor. `setFocus` works as before."""
        super().setFocusProxy(None)  # type: ignore[arg-type]

    def focusProxy(self) -> QWidget | None:
        """Who gets the keyboard."""
        return self._keyboard

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Also before the window is shown: what has the keyboard then is the editor itself."""
        if self._keyboard is not None:
            self._keyboard.setFocus(reason)
        else:
            super().setFocus(reason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hands the keyboard on where Qt does not."""
        super().focusInEvent(event)
        if self._keyboard is not None:
            self._keyboard.setFocus(event.reason())

    def _accessible_name(self) -> str:
        return self._text if self._required.isHidden() else _("{label}, required").format(label=self._text)

    def _suggest(self, text: str) -> None:
        """A suggestion was pressed."""
        self.set_value(text)
        self.changed.emit(self.value())
        self.left.emit()

    def tidy(self) -> None:
        """Called when the keyboard leaves: cleans what was typed."""

    # -- for forms ---------------------------------------------------------------------------------

    @abstractmethod
    def value(self) -> Any:
        """What is entered, in the domain's type."""

    @abstractmethod
    def set_value(self, value: Any) -> None:
        """Shows a value, without telling `changed`."""

    def own_problem(self) -> str:
        """A sentence when what was typed is no value at all ("31/2"), else ""."""
        return ""

    def set_required(self, required: bool) -> None:
        """Shows or hides the required mark."""
        self._required.setVisible(required)
        for widget in self._editors:
            widget.setAccessibleName(self._accessible_name())

    def set_hint(self, hint: Text) -> None:
        """A few quiet words at the right of the label."""
        self._hint.setText(str(hint))

    def set_suggestions(self, suggestions: Sequence[Text]) -> None:
        """Frequent values as buttons under the field."""
        while self._chips.count():
            item = self._chips.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.deleteLater()
        for text in map(str, suggestions):
            button = QPushButton(text)
            button.setProperty("kind", "suggestion")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, text=text: self._suggest(text))
            self._chips.addWidget(button)
        if suggestions:
            self._chips.addStretch()

    def set_problem(self, sentence: str, *, warning: bool = False) -> None:
        """The problem under the field, and the editor's colour."""
        own = self.own_problem()
        sentence, warning = (own, False) if own else (sentence, warning)
        state = ("warning" if warning else "problem") if sentence else ""
        if sentence != self._sentence:
            self._sentence = sentence
            self._problem.setText(sentence)
            self._problem.setVisible(bool(sentence))
            self.worded.emit()
        look.set_property(self._problem, "ink", state or "problem")
        for widget in self._editors:
            look.set_property(widget, "state", state)
            widget.setAccessibleDescription(sentence)

    def count(self, length: int, limit: int) -> None:
        """Says how many letters are left when there are few, or how many are too many."""
        left = limit - length
        if not limit or left > max(20, limit // 10):
            self.note.say()
        elif left >= 0:
            words = ngettext("{n} letter left", "{n} letters left", left).format(n=left)
            self.note.say(words, str(left), tone="warning" if left <= 10 else "muted")
        else:
            words = ngettext("{n} letter too many", "{n} letters too many", -left).format(n=-left)
            self.note.say(words, str(left), tone="danger")

    def problem(self) -> str:
        """The sentence shown."""
        return self._sentence

    def mark_changed(self, changed: bool) -> None:
        """Marks a field that was filled from elsewhere (a card, the last visit) until the officer looked
        at it."""
        self.set_hint(_("filled in") if changed else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the last editor of the field cleans and tells."""
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self._leave(event)
        return super().eventFilter(watched, event)

    def _leave(self, event: QFocusEvent) -> None:
        if event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            return
        if event.reason() == Qt.FocusReason.ShortcutFocusReason and not self.value():
            return  # jumped away from by a key while empty: it is not passed over, only put off
        now = self.window().focusWidget() if self.window() else None
        if now not in self._editors or len(self._editors) == 1:
            self.tidy()
            self.left.emit()


class LineField(Field):
    """One line of text; the value is NFC without double spaces."""

    def __init__(
        self,
        label: Text,
        *,
        placeholder: Text = "",
        max_length: int = 500,
        password: bool = False,
        required: bool = False,
        hint: Text = "",
        suggestions: Sequence[Text] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, required=required, hint=hint, suggestions=suggestions, parent=parent)
        self._password = password
        self._tidying = False
        self.editor = Line(raw=password)
        self.editor.setMaxLength(max_length)
        self.editor.setPlaceholderText(str(placeholder))
        if password:
            self.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.editor.textEdited.connect(self._edited)
        self._place(self.editor)

    def _edited(self, text: str) -> None:
        if self._tidying:
            return
        if not self._password:
            self.count(len(text), self.editor.maxLength())
        self.changed.emit(self.value())

    def _rewrite(self, text: str) -> None:
        """Another form of the same value, in a step that Ctrl+Z takes back."""
        if text != self.editor.text():
            self._tidying = True
            replace_text(self.editor, text)
            self._tidying = False

    def value(self) -> Any:
        """The cleaned line; a password exactly as typed."""
        text = self.editor.text()
        return text if self._password else clean_line(text)

    def set_value(self, value: Any) -> None:
        """Shows a text."""
        text = str(value or "")
        if text != self.value():
            self.editor.setText(text)
            self._show_beginning()

    def tidy(self) -> None:
        """Shows the cleaned text, once the keyboard is elsewhere."""
        if not self._password:
            self._rewrite(self.value())
            self.count(0, 0)
        self._show_beginning()

    def _show_beginning(self) -> None:
        """A long text is shown from its beginning while nobody types in it."""
        if not self.editor.hasFocus():
            self.editor.setCursorPosition(0)


class TextField(Field):
    """A block of text of some `lines`; Tab leaves it, Enter makes a new line."""

    def __init__(
        self,
        label: Text,
        *,
        lines: int = 3,
        placeholder: Text = "",
        required: bool = False,
        hint: Text = "",
        suggestions: Sequence[Text] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, required=required, hint=hint, suggestions=suggestions, parent=parent)
        self.editor = Block()
        self.editor.setTabChangesFocus(True)
        self.editor.setPlaceholderText(str(placeholder))
        self._lines = lines
        self._limit = 0
        self._told = ""
        self._setting = False
        self._size()
        self.editor.textChanged.connect(self._edited)
        self._place(self.editor)

    def _size(self) -> None:
        line = self.fontMetrics().lineSpacing()
        self.editor.setMinimumHeight(self._lines * line + look.current().px(18))

    def changeEvent(self, event: QEvent) -> None:
        """Another text size needs another height."""
        if event.type() == QEvent.Type.FontChange and hasattr(self, "editor"):
            self._size()
        super().changeEvent(event)

    def set_limit(self, most: int) -> None:
        """How many letters may stand here (0 = any number): near the limit the field counts what is left."""
        self._limit = most

    def _edited(self) -> None:
        value = self.value()
        if not self._setting and value != self._told:  # letters that are still composed change nothing
            self._told = value
            self.count(len(value), self._limit)
            self.changed.emit(value)

    def value(self) -> Any:
        """The cleaned block."""
        return clean_block(self.editor.toPlainText())

    def set_value(self, value: Any) -> None:
        """Shows a text."""
        text = str(value or "")
        if text != self.value():
            self._show(text)

    def tidy(self) -> None:
        """Shows the cleaned text, once the keyboard is elsewhere."""
        text = self.value()
        if self.editor.toPlainText() != text:
            self._setting = True
            replace_text(self.editor, text)
            self._setting = False
        if len(text) <= self._limit:
            self.count(0, 0)

    def _show(self, text: str) -> None:
        self._setting = True
        self.editor.setPlainText(text)
        self._setting = False
        self._told = self.value()
        self.count(0, 0)


def is_enter(event: QEvent) -> bool:
    """True for Enter and Return without modifiers."""
    return (
        event.type() == QEvent.Type.KeyPress
        and isinstance(event, QKeyEvent)
        and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    )
