"""The list of phrases that "/" at the beginning of a word opens under the cursor.

The keyboard never leaves the text. Enter or Tab puts the chosen phrase in the place of what was typed, Esc leaves the
slash as it stands. While an input method composes, nothing is opened, closed or put in: its Enter is its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
)

from tcd_desktop.domain.receptions.phrase import Phrase
from tcd_desktop.domain.receptions.phrase_text import call_in, filled, fitting
from tcd_desktop.i18n import _
from tcd_desktop.ui.look import look

MOST_LINES = 8
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -MOST_LINES, Qt.Key.Key_PageDown: MOST_LINES}
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class PhrasePopup(QFrame):
    """Names and beginnings of phrases over the window; it never takes the keyboard."""

    chosen = Signal()

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor.window())
        now = look.current()
        self.setProperty("box", "sheet")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemClicked.connect(lambda _item: self.chosen.emit())
        keys = QLabel(_("Enter puts it in, Esc leaves the sign. Ctrl+M: all phrases"))
        keys.setProperty("ink", "small")
        keys.setContentsMargins(now.px(8), 0, now.px(8), now.px(4))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(4), now.px(4), now.px(4), now.px(4))
        lines.setSpacing(now.px(2))
        lines.addWidget(self.list)
        lines.addWidget(keys)
        self.hide()

    def offer(self, phrases: Sequence[Phrase], shown: Callable[[Phrase], str]) -> None:
        """Shows phrases, the first chosen."""
        self.list.clear()
        for phrase in phrases:
            item = QListWidgetItem(f"/{phrase.key}    {' '.join(shown(phrase).split())}")
            item.setData(Qt.ItemDataRole.UserRole, phrase)
            item.setToolTip(shown(phrase))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def current(self) -> Phrase | None:
        """The chosen phrase."""
        item = self.list.currentItem()
        found = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found if isinstance(found, Phrase) else None

    def move_by(self, step: int) -> None:
        """Another phrase is chosen."""
        self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))

    def place(self, editor: QPlainTextEdit) -> None:
        """Under the cursor, or above it where there is no room below."""
        now = look.current()
        row = self.list.sizeHintForRow(0) if self.list.count() else 0
        self.list.setFixedHeight(row * min(self.list.count(), MOST_LINES) + 4)
        window = editor.window()
        size = QSize(min(now.px(560), window.width() - now.px(16)), self.sizeHint().height())
        cursor = editor.cursorRect()
        below = editor.viewport().mapTo(window, cursor.bottomLeft() + QPoint(0, now.px(4)))
        above = editor.viewport().mapTo(window, cursor.topLeft()).y() - size.height() - now.px(4)
        left = max(now.px(8), min(below.x(), window.width() - size.width() - now.px(8)))
        top = below.y() if below.y() + size.height() <= window.height() or above < 0 else above
        self.setGeometry(left, top, size.width(), size.height())
        self.raise_()
        self.show()


class SlashList(QObject):
    """Joins the list to one block of text. `phrases()` are all of them, `values()` what their variables stand for."""

    taken = Signal(str)
    """A phrase was put in; its name."""

    def __init__(
        self,
        editor: QPlainTextEdit,
        field: str,
        *,
        phrases: Callable[[], Sequence[Phrase]],
        values: Callable[[], dict[str, str]],
    ) -> None:
        super().__init__(editor)
        self._editor, self._field = editor, field
        self._phrases, self._values = phrases, values
        self._composing = False
        self._left_alone = -1
        self.popup: PhrasePopup | None = None
        editor.installEventFilter(self)
        editor.textChanged.connect(self._follow)
        editor.cursorPositionChanged.connect(self._follow)

    def is_open(self) -> bool:
        """The list is seen."""
        return self.popup is not None and self.popup.isVisible()

    def close(self) -> None:
        """Hides the list."""
        if self.popup is not None:
            self.popup.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list while it is open and nothing is composed."""
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif kind == QEvent.Type.FocusOut:
            self._composing = False
            self.close()
        elif isinstance(event, QKeyEvent) and kind != QEvent.Type.KeyRelease:
            return self.is_open() and not self._composing and self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain or (key not in _TAKES and key not in _MOVES and key != Qt.Key.Key_Escape):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif key in _MOVES and self.popup is not None:
            self.popup.move_by(_MOVES[key])
        elif key == Qt.Key.Key_Escape:
            self._left_alone = self._slash_at()
            self.close()
        else:
            self.take()
        return True

    def take(self) -> None:
        """Puts the chosen phrase in the place of what was typed, as one step that can be undone."""
        phrase = self.popup.current() if self.popup is not None else None
        call = self._call()
        self.close()
        if phrase is None or call is None:
            return
        cursor = self._editor.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(call) + 1)
        cursor.insertText(filled(phrase.text, self._values()))
        self._editor.setTextCursor(cursor)
        self.taken.emit(phrase.key)

    def _follow(self) -> None:
        if self._composing:
            return
        call = self._call()
        if call is None or not self._editor.hasFocus():
            if call is None:
                self._left_alone = -1
            self.close()
            return
        if self._slash_at() == self._left_alone:
            return
        found = fitting(self._phrases(), call, self._field)
        if not found:
            self.close()
            return
        if self.popup is None:
            self.popup = PhrasePopup(self._editor)
            self.popup.chosen.connect(self.take)
        values = self._values()
        self.popup.offer(found, lambda phrase: filled(phrase.text, values))
        self.popup.place(self._editor)

    def _call(self) -> str | None:
        cursor = self._editor.textCursor()
        if cursor.hasSelection():
            return None
        return call_in(cursor.block().text()[: cursor.positionInBlock()])

    def _slash_at(self) -> int:
        call = self._call()
        return -1 if call is None else self._editor.textCursor().position() - len(call) - 1
