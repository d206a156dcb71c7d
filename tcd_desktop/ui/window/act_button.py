"""A button and its key, both from the one table of keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.window.actions import key_text, row


def act_button(
    page: QWidget, words: str, action: str, slot: Callable[[], Any], *, primary: bool = False
) -> QPushButton:
    """A button of a page that does `slot`, by click and by the key of `action` wherever the keyboard is in the page.

    `words` may hold the key already (`actions.with_key`); it stands in the tool tip in any case.
    """
    entry = row(action)
    button = QPushButton(words, page)
    key = key_text(action)
    button.setToolTip(words if words.endswith(key) else f"{words}  {key}")
    if primary:
        button.setProperty("kind", "primary")
    icons.dress(button, entry.icon, "on_accent" if primary else "text", 16)
    button.clicked.connect(lambda _checked=False: slot())
    shortcut = QShortcut(QKeySequence(entry.shortcut), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(slot)
    return button


def offer(button: QPushButton, possible: bool) -> None:
    """Shows a button where its act is possible; elsewhere there is none, and its key does nothing."""
    button.setEnabled(possible)
    button.setVisible(possible)


def put_forward(button: QPushButton, likely: bool) -> None:
    """Shows a button as the next act, or as one of the others."""
    look.set_property(button, "kind", "primary" if likely else "")
    icons.dress(button, str(button.property("iconName")), "on_accent" if likely else "text", 16)
