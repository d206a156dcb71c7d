"""Reading a citizen card: the box a scanner types into, and the bar that shows what would be overwritten.

A USB scanner is a keyboard: it types the text of the QR code and Enter, into whatever has the keyboard. So
the text is recognised wherever it is typed, not only in the box (`wedge.Wedge`).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop import words
from tcd_desktop.i18n import _
from tcd_desktop.ui import icons, look
from tcd_desktop.ui.actions import key_text
from tcd_desktop.ui.receptions.facts import shown
from tcd_desktop.ui.receptions.form_rules import Filling

MOST = 2000


class ScanBox(QLineEdit):
    """Where a card is scanned or its text pasted; Enter reads it."""

    scanned = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("kind", "search")
        self.setMaxLength(MOST)
        self.setPlaceholderText(_("Scan the citizen card  {key}").format(key=key_text("form.card")))
        self.setAccessibleName(_("Text of the citizen card's QR code"))
        self.setFixedWidth(now.px(260))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # the keys as they are, nothing composed
        picture = QLabel(self)
        icons.dress(picture, "scan-qr-code", "muted", 18)
        picture.move(now.px(8), now.px(7))
        picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextMargins(now.px(24), 0, 0, 0)
        self.returnPressed.connect(self._read)

    def _read(self) -> None:
        text = self.text().strip()
        self.clear()
        if text:
            self.scanned.emit(text)


class OverwriteBar(QFrame):
    """Old -> new for each field that says something else. Enter takes the new, Esc keeps what was typed."""

    accepted = Signal()
    kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "bar")
        self.setProperty("tone", "warning")
        self._title = QLabel()
        self._title.setProperty("ink", "strong")
        self._title.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(now.px(12))
        self._grid.setVerticalSpacing(now.px(3))
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(3, 3)
        self.take = QPushButton()
        self.take.setProperty("kind", "primary")
        self.take.clicked.connect(self._accept)
        self.keep = QPushButton(_("Keep what was typed  Esc"))
        self.keep.clicked.connect(self._keep)
        row = QHBoxLayout()
        row.addWidget(self._title, 1)
        row.addWidget(self.keep)
        row.addWidget(self.take)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(12), now.px(8), now.px(12), now.px(8))
        lines.addLayout(row)
        lines.addLayout(self._grid)
        for button in (self.take, self.keep):
            button.installEventFilter(self)
        self.hide()

    def ask(self, title: str, take: str, found: Filling) -> None:
        """Shows the differences and takes the keyboard; `take` are the words of the accepting button."""
        self._clear()
        self._title.setText(title)
        self.take.setText(f"{take}  Enter")
        for row, one in enumerate(found.overwrites):
            old, new = shown(one.field, one.old), shown(one.field, one.new)
            cells = (words.field_name(one.field), old, "→", new)
            for column, text in enumerate(cells):
                label = QLabel(text)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setWordWrap(column in (1, 3))
                if column == 3:
                    label.setProperty("ink", "strong")
                self._grid.addWidget(label, row, column)
        self.setAccessibleName(title)
        self.show()
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def differences(self) -> list[tuple[str, str, str]]:
        """(field, old, new) as they are shown."""
        found = []
        for row in range(self._grid.rowCount()):
            texts = []
            for column in (0, 1, 3):
                item = self._grid.itemAtPosition(row, column)
                label = item.widget() if item else None
                texts.append(label.text() if isinstance(label, QLabel) else "")
            if any(texts):
                found.append((texts[0], texts[1], texts[2]))
        return found

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Enter and Esc decide, whichever of the two buttons has the keyboard."""
        keys = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() in keys and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD
            if enter or event.key() == Qt.Key.Key_Escape:
                if event.type() == QEvent.Type.ShortcutOverride:
                    event.accept()  # Esc is for this question, not for leaving the form
                elif event.key() == Qt.Key.Key_Escape or watched is self.keep:
                    self._keep()
                else:
                    self._accept()
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _accept(self) -> None:
        self.hide()
        self.accepted.emit()

    def _keep(self) -> None:
        self.hide()
        self.kept.emit()

    def _clear(self) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.hide()
                widget.deleteLater()


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
