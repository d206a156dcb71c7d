"""Links in panes and cards: a line of words as wide as there is room, which ends in "…", and short ones beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from tcd_desktop.ui.look import icons, look

Button = TypeVar("Button", bound=QPushButton)


class ElidedButton(QPushButton):
    """A button that ends its words with "…" where there is no room for all of them, and never asks for more room."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._words = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits the words into the new width."""
        super().resizeEvent(event)
        room = event.size().width() - self.iconSize().width() - look.current().px(16)
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, max(room, 0)))


def link_line(words: str, icon: str, slot: Callable[[], object], *, ink: str = "accent") -> ElidedButton:
    """A link on a line of its own; the whole words stand where the pointer rests and for screen readers."""
    return _linked(ElidedButton(words), icon, slot, ink)


def short_link(words: str, icon: str, slot: Callable[[], object], *, ink: str = "accent") -> QPushButton:
    """A link of a word or two beside another one: always as wide as its words."""
    button = _linked(QPushButton(words), icon, slot, ink)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button


def _linked(button: Button, icon: str, slot: Callable[[], object], ink: str) -> Button:
    button.setProperty("kind", "link")
    icons.dress(button, icon, ink, 16)
    button.clicked.connect(lambda _checked=False: slot())
    return button
