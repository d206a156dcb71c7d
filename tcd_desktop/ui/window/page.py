"""What the window asks of a page, and what a page may ask of the window.

A page never calls another page: it tells the window where to go, and hears of changes through
`store_changed`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.i18n import Text


class Page(QWidget):
    """Base of all pages; every method has a harmless default."""

    pushRequest = Signal(QWidget)
    """Show this page on top of the present one; Esc comes back."""
    popRequest = Signal()
    """Go back to the page below."""
    goRequest = Signal(str, object)
    """Show the desk with this id and give it this argument (a record's id, a query)."""
    signRequest = Signal(object)
    """Sign this print digitally: a `ui.signing.sign_act.Signable`."""
    messageRequest = Signal(str, str)
    """Tell a sentence in the bar above the page: (sentence, tone)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keyboard: QWidget | None = None
        self.setProperty("box", "page")

    def setFocusProxy(self, widget: QWidget | None) -> None:
        """Who gets the keyboard when the page does. Qt's own proxy would make everything before it unreachable by Tab:
        Tab into the page would always go there."""
        self._keyboard = widget

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Also before the window is shown: what is in it has the keyboard then."""
        if self._keyboard is not None:
            self._keyboard.setFocus(reason)
        else:
            super().setFocus(reason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hands the keyboard on."""
        super().focusInEvent(event)
        if self._keyboard is not None:
            self._keyboard.setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as in a dialog; Qt alone takes only the space bar."""
        button, plain = QApplication.focusWidget(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and not event.isAutoRepeat()
        if enter and isinstance(button, QPushButton) and self.isAncestorOf(button):
            button.click()
            event.accept()
            return
        super().keyPressEvent(event)

    @property
    def title(self) -> str:
        """The heading of the page, in the user's language."""
        return ""

    def activated(self, argument: Any = None) -> None:
        """The page is shown; `argument` is what `goRequest` carried, None when the officer came by the
        rail."""

    def left(self) -> None:
        """Another page is shown instead: what only one look was allowed at is closed."""

    def hideEvent(self, event: QHideEvent) -> None:
        """A window that is made small (a spontaneous event) is not left."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.left()

    def print_with(self, printing: Any) -> None:
        """The window's own way to paper, told before the page is shown; a page that prints takes it."""

    def store_changed(self, changes: Any) -> None:
        """An act changed these records; read again what concerns this page."""

    def search(self, text: str) -> bool:
        """Searches for what was typed above; False when this page has nothing to search in."""
        return False

    def only_shows(self) -> bool:
        """True when nothing is typed here: the page makes room for what is searched above it."""
        return False

    def focus_list(self) -> None:
        """The keyboard comes down from the search box."""
        self.setFocus()

    def can_close(self) -> bool:
        """False while something would be lost; the page then says what."""
        return True


@dataclass(frozen=True, slots=True)
class Desk:
    """An entry of the rail. `factory` makes the page when it is first shown; `kinds` are the offices that
    have it."""

    id: str
    title: Text
    icon: str
    factory: Callable[[], QWidget]
    kinds: frozenset[OfficeKind] = frozenset(OfficeKind)


@dataclass(frozen=True, slots=True)
class StatusItem:
    """A word in the status bar with its icon; `tone` as of chips, `detail` is the tooltip."""

    text: str
    icon: str = "info"
    tone: str = "neutral"
    detail: str = ""
