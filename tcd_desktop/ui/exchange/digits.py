"""The digits two offices read to each other: shown big in groups; typed, with a count of what is missing."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.sync.fingerprint import DIGITS
from tcd_desktop.ui.look import look

COLUMNS = 4


class DigitsView(QFrame):
    """Twelve groups of four, in three lines of four, to be read aloud."""

    def __init__(self, digits: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "bar")
        self.setProperty("tone", "neutral")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(now.px(20), now.px(10), now.px(20), now.px(10))
        self._grid.setHorizontalSpacing(now.px(24))
        self._grid.setVerticalSpacing(now.px(2))
        self._labels = []
        for place in range(DIGITS // 4):
            label = QLabel()
            label.setProperty("ink", "title")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(label, place // COLUMNS, place % COLUMNS)
            self._labels.append(label)
        self.setMaximumWidth(now.px(460))
        self.digits = ""
        self.show_digits(digits)

    def show_digits(self, digits: str) -> None:
        """Shows "0123 4567 ..."."""
        self.digits = digits
        for label, group in zip(self._labels, (digits.split() + [""] * len(self._labels)), strict=False):
            label.setText(group)
        self.setAccessibleName(digits)
        self.setVisible(bool(digits))


class DigitsEdit(QWidget):
    """A line for the digits somebody reads aloud; spaces and dots are forgiven, missing ones are counted."""

    changed = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.editor = QLineEdit()
        self.editor.setMaxLength(120)
        self.editor.setAccessibleName(label)
        self.editor.setPlaceholderText("0000 0000 0000 0000 …")
        self.editor.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.editor.textEdited.connect(self._edited)
        caption = QLabel(label)
        caption.setProperty("ink", "label")
        caption.setBuddy(self.editor)
        self._count = QLabel()
        self._count.setProperty("ink", "small")
        head = QHBoxLayout()
        head.addWidget(caption)
        head.addStretch()
        head.addWidget(self._count)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(now.px(3))
        lines.addLayout(head)
        lines.addWidget(self.editor)
        self.setMaximumWidth(now.px(640))
        self.setFocusProxy(self.editor)
        self._edited("")

    def typed(self) -> str:
        """What was typed, as it was typed."""
        return self.editor.text().strip()

    def complete(self) -> bool:
        """True when there are as many digits as there must be; whether they are right, the desk says."""
        return self._number() == DIGITS

    def set_typed(self, text: str) -> None:
        """Fills the line in."""
        self.editor.setText(text)
        self._edited(text)

    def _number(self) -> int:
        plain = unicodedata.normalize("NFKC", self.editor.text())
        return sum(sign in "0123456789OoIl" for sign in plain)

    def _edited(self, _text: str) -> None:
        number = self._number()
        self._count.setText(_("{n} of {all} digits").format(n=number, all=DIGITS) if number else "")
        look.set_property(self._count, "ink", "problem" if number > DIGITS else "small")
        self.changed.emit()
