"""Choosing one of a few: segments side by side, or a drop-down; both by arrows and by typing the first
letters."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Literal

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QCheckBox, QComboBox, QHBoxLayout, QPushButton, QWidget

from tcd_desktop.domain.language.text import fold
from tcd_desktop.i18n import Text, _
from tcd_desktop.ui.forms.field import Field
from tcd_desktop.ui.look import look

Option = tuple[Any, Text]
"""A value and its words."""

TYPING_PAUSE = 1.2
"""Seconds after which typed letters begin a new word."""
FEW = 4


class TypedLetters:
    """Finds an option by what is typed, without marks: "kn" or "khieu n" finds "Khiếu nại"."""

    def __init__(self) -> None:
        self._typed = ""
        self._at = 0.0

    def find(self, letter: str, labels: Sequence[str], current: int) -> int:
        """Index of the option meant, or -1."""
        now = time.monotonic()
        if now - self._at > TYPING_PAUSE:
            self._typed = ""
        self._at = now
        self._typed += fold(letter) or " "
        folded = [fold(label) for label in labels]
        wanted = self._typed.lstrip()
        if len(wanted) == 1:  # the same letter again: the next one that begins with it
            order = [*range(current + 1, len(labels)), *range(current + 1)]
            return next((at for at in order if folded[at].startswith(wanted)), -1)
        by_words = (at for at, label in enumerate(folded) if label.startswith(wanted))
        by_initials = (
            at
            for at, label in enumerate(folded)
            if "".join(word[0] for word in label.split()).startswith(wanted.replace(" ", ""))
        )
        return next(by_words, next(by_initials, -1))

    def typing(self) -> bool:
        """True while a word is being typed: a space belongs to it then."""
        return bool(self._typed) and time.monotonic() - self._at <= TYPING_PAUSE

    def forget(self) -> None:
        """The keyboard went elsewhere: the next letter begins a new word."""
        self._typed = ""

    def take_back(self) -> None:
        """Backspace: typing tools on Windows send one before the letter with its mark ("e", Backspace, "ê")."""
        self._typed = self._typed[:-1]


class Combo(QComboBox):
    """A drop-down that the mouse wheel does not change in passing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = TypedLetters()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(14)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls the form instead."""
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is typed when the keyboard comes back is another word."""
        self._letters.forget()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters choose, without marks."""
        text = event.text()
        if event.key() == Qt.Key.Key_Backspace:
            self._letters.take_back()
            return
        spoken = text.isalnum() or (text == " " and self._letters.typing())
        if spoken and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            labels = [self.itemText(at) for at in range(self.count())]
            found = self._letters.find(text, labels, self.currentIndex())
            if found >= 0:
                self.setCurrentIndex(found)
                self.activated.emit(found)
            return
        super().keyPressEvent(event)


class Segments(QWidget):
    """A few buttons side by side of which at most one is down."""

    chosen = Signal(int)

    def __init__(self, labels: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = list(labels)
        self._letters = TypedLetters()
        self._group = QButtonGroup(self)
        self.buttons: list[QPushButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, label in enumerate(labels):
            button = QPushButton(label)
            button.setCheckable(True)
            button.setProperty("kind", "segment")
            place = "first" if number == 0 else "last" if number == len(labels) - 1 else "middle"
            button.setProperty("place", place)
            button.installEventFilter(self)
            self._group.addButton(button, number)
            self.buttons.append(button)
            row.addWidget(button)
        row.addStretch()
        self._group.idClicked.connect(self.chosen)

    def index(self) -> int:
        """The button that is down, -1 for none."""
        return self._group.checkedId()

    def set_index(self, index: int) -> None:
        """Puts a button down, without telling."""
        if index == self.index():
            return
        if 0 <= index < len(self.buttons):
            self.buttons[index].setChecked(True)
        else:
            self._group.setExclusive(False)
            for button in self.buttons:
                button.setChecked(False)
            self._group.setExclusive(True)

    def minimumSizeHint(self) -> QSize:
        """The words are never cut."""
        return self.sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and letters choose; the choice is told each time."""
        if event.type() == QEvent.Type.FocusOut and QApplication.focusWidget() not in self.buttons:
            self._letters.forget()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        at = self.buttons.index(watched) if isinstance(watched, QPushButton) else 0
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self._choose((at + step) % len(self.buttons))
            return True
        if event.key() == Qt.Key.Key_Backspace:
            self._letters.take_back()
            return True
        text = event.text()
        spoken = text.isalnum() or (text == " " and self._letters.typing())
        if spoken and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            found = self._letters.find(event.text(), self._labels, self.index())
            if found >= 0:
                self._choose(found)
            return True
        return super().eventFilter(watched, event)

    def _choose(self, index: int) -> None:
        self.buttons[index].setChecked(True)
        self.buttons[index].setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(index)


class ChoiceField(Field):
    """One of `options`; None when nothing is chosen. Up to four options are segments unless `style` says
    otherwise."""

    def __init__(
        self,
        label: Text,
        options: Sequence[Option],
        *,
        style: Literal["auto", "segments", "combo"] = "auto",
        required: bool = False,
        hint: Text = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, required=required, hint=hint, parent=parent)
        self._values = [value for value, _words in options]
        self.segments: Segments | None = None
        self.combo: Combo | None = None
        words = [str(words) for _value, words in options]
        if style == "segments" or (style == "auto" and len(options) <= FEW):
            self.segments = Segments(words)
            self.segments.chosen.connect(self._chosen)
            self._place(self.segments, *self.segments.buttons)
            for button, word in zip(self.segments.buttons, words, strict=True):
                button.setAccessibleName(f"{self._text}: {word}")
        else:
            self.combo = Combo()
            self.combo.addItems(words)
            self.combo.setPlaceholderText(_("Choose"))
            self.combo.setCurrentIndex(-1)
            self.combo.activated.connect(self._chosen)
            self._place(self.combo)

    def set_options(self, options: Sequence[Option]) -> None:
        """Other options of a drop-down; what is chosen stays chosen where it is still offered."""
        values = [value for value, _words in options]
        if values == self._values or self.combo is None:
            return
        chosen, self._values = self.value(), values
        self.combo.clear()
        self.combo.addItems([str(words) for _value, words in options])
        self.set_value(chosen)

    def _chosen(self, _index: int) -> None:
        self.changed.emit(self.value())

    def _index(self) -> int:
        if self.segments is not None:
            return self.segments.index()
        return self.combo.currentIndex() if self.combo is not None else -1

    def value(self) -> Any:
        """The value chosen, or None."""
        index = self._index()
        return self._values[index] if index >= 0 else None

    def set_value(self, value: Any) -> None:
        """Shows a choice; a value that is not offered shows as none."""
        index = self._values.index(value) if value in self._values else -1
        if self.segments is not None:
            self.segments.set_index(index)
        elif self.combo is not None:
            self.combo.setCurrentIndex(index)


class CheckField(Field):
    """Yes or no, as a tick with its words beside it."""

    def __init__(self, label: Text, *, hint: Text = "", parent: QWidget | None = None) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self.label.hide()
        self.box = QCheckBox(str(label))
        self.box.setMinimumHeight(look.current().px(26))
        self.box.clicked.connect(lambda _checked: self.changed.emit(self.value()))
        self._place(self.box)

    def value(self) -> Any:
        """True when ticked."""
        return self.box.isChecked()

    def set_value(self, value: Any) -> None:
        """Ticks or clears."""
        self.box.setChecked(bool(value))
