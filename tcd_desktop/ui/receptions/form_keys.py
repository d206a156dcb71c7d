"""The keyboard in the form: Enter goes on to the next field, a scanner's text is recognised wherever it lands."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from tcd_desktop.ui.field import is_enter
from tcd_desktop.ui.form_fields import ChoiceField, Field, LineField, PapersField
from tcd_desktop.ui.receptions.card_scan import split_scan

STOPS = (QLineEdit, QPlainTextEdit, QComboBox, QPushButton, QCheckBox)


class FormKeys(QObject):
    """Watches the fields of one form."""

    scanned = Signal(str)
    """A card's text was typed into a line; the line has its old text again."""

    def __init__(self, fields: Mapping[str, Field], parent: QObject) -> None:
        super().__init__(parent)
        self._fields = dict(fields)
        for field in self._fields.values():
            if not isinstance(field, PapersField):
                for widget in stops(field):
                    widget.installEventFilter(self)
            if isinstance(field, ChoiceField):
                field.changed.connect(self.order)

    def order(self, *_value: object) -> None:
        """Tab goes through the fields in the order of the conversation; a row of segments is one stop."""
        for field in self._fields.values():
            if isinstance(field, ChoiceField) and field.segments is not None:
                buttons = field.segments.buttons
                chosen = max(field.segments.index(), 0)
                for number, button in enumerate(buttons):
                    policy = Qt.FocusPolicy.StrongFocus if number == chosen else Qt.FocusPolicy.ClickFocus
                    button.setFocusPolicy(policy)
        for field in self._fields.values():
            for cell in stops(field) if isinstance(field, PapersField) else ():
                cell.removeEventFilter(self)
                cell.installEventFilter(self)
        chain = [widget for field in self._fields.values() for widget in stops(field)]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a line: a card that was scanned into it, or on to the next field."""
        if isinstance(watched, QLineEdit) and isinstance(event, QFocusEvent) and _left(event):
            watched.setCursorPosition(0)  # a long line shows its beginning
        if not is_enter(event) or not isinstance(watched, QWidget) or isinstance(watched, QPlainTextEdit):
            return super().eventFilter(watched, event)
        papers = self._papers_of(watched)
        if papers is not None:
            return self._enter_in_papers(papers, watched)
        if isinstance(watched, QLineEdit):
            if _choosing(watched):
                return super().eventFilter(watched, event)
            found = split_scan(watched.text())
            if found is not None:
                self._take_out(watched, found[0])
                self.scanned.emit(found[1])
                return True
        self._next(watched)
        return True

    def _papers_of(self, widget: QWidget) -> PapersField | None:
        for field in self._fields.values():
            if isinstance(field, PapersField) and field.isAncestorOf(widget):
                return field
        return None

    def _enter_in_papers(self, field: PapersField, cell: QWidget) -> bool:
        """The list goes from cell to cell by itself; an empty last line leads out of it."""
        last = field.lines[-1]
        if cell is last.name and not last.name.text().strip():
            self._next(last.condition)
            return True
        for line, following in pairwise(field.lines):
            if cell is line.condition:
                following.name.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def _take_out(self, line: QLineEdit, before: str) -> None:
        for field in self._fields.values():
            if isinstance(field, LineField) and field.editor is line:
                line.setText(before)
                field.changed.emit(field.value())

    def _next(self, widget: QWidget) -> None:
        chain = [stop for field in self._fields.values() for stop in stops(field)]
        chain = [stop for stop in chain if stop is widget or (stop.isVisible() and stop.isEnabled())]
        if widget in chain and chain.index(widget) + 1 < len(chain):
            chain[chain.index(widget) + 1].setFocus(Qt.FocusReason.TabFocusReason)


def _left(event: QFocusEvent) -> bool:
    """True when the keyboard went elsewhere for good, not to a list or another window."""
    passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
    return event.lostFocus() and event.reason() not in passing


def _choosing(line: QLineEdit) -> bool:
    """True while the list of a completer is open: Enter is its answer."""
    completer = line.completer()
    popup = completer.popup() if completer is not None else None
    return popup is not None and popup.isVisible()


def stops(field: Field) -> list[QWidget]:
    """The widgets of a field at which Tab stops, in their order."""
    if isinstance(field, PapersField):
        return [cell for line in field.lines for cell in line.cells()]
    found = field.findChildren(QWidget)
    return [widget for widget in found if isinstance(widget, STOPS) and takes_tab(widget)]


def takes_tab(widget: QWidget) -> bool:
    """True for a widget that Tab reaches."""
    return widget.focusPolicy() in (Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus, Qt.FocusPolicy.TabFocus)
