"""The keyboard in the form: Enter goes on to the next field, a scanner's text is recognised wherever it lands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from shiboken6 import isValid

from tcd_desktop.domain.papers.paper_code import paper_code_in
from tcd_desktop.domain.people.spoiled_card import card_in
from tcd_desktop.ui.forms.field import is_enter
from tcd_desktop.ui.forms.form_fields import ChoiceField, Field, PapersField
from tcd_desktop.ui.receptions.wedge import TakeBack, Wedge

STOPS = (QLineEdit, QPlainTextEdit, QComboBox, QPushButton, QCheckBox)


class FormKeys(QObject):
    """Watches the fields of one form. `before`: what is no field but lies on the way of Tab, before a field."""

    scanned = Signal(str)
    """A card's text was typed somewhere; what it was typed into is as it was before."""

    def __init__(
        self, fields: Mapping[str, Field], parent: QObject, *, before: Mapping[str, Sequence[QWidget]] | None = None
    ) -> None:
        super().__init__(parent)
        self._fields = dict(fields)
        self._before = dict(before or {})
        self.wedge = Wedge(self, active=self._active, remember=self._remember)
        self.wedge.scanned.connect(self.scanned)
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
        chain = [
            widget for name, field in self._fields.items() for widget in (*self._before.get(name, ()), *stops(field))
        ]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
        for field in self._fields.values():
            field.leave_tab_to_editors()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a line: a card that was scanned into it, or on to the next field."""
        if isinstance(watched, QLineEdit) and isinstance(event, QFocusEvent) and _left(event):
            watched.setCursorPosition(0)  # a long line shows its beginning
        if not is_enter(event) or not isinstance(watched, QWidget):
            return super().eventFilter(watched, event)
        if isinstance(watched, QPlainTextEdit):
            return self._slow_scan_in_block(watched) or super().eventFilter(watched, event)
        papers = self._papers_of(watched)
        if papers is not None:
            return self._enter_in_papers(papers, watched)
        if isinstance(watched, QLineEdit):
            if _choosing(watched):
                return super().eventFilter(watched, event)
            if self._slow_scan(watched):
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

    def _slow_scan(self, line: QLineEdit) -> bool:
        """A scanner so slow that its rhythm is a hand's: known by the shape of what stands in the line at Enter."""
        found = card_in(line.text()) or paper_code_in(line.text())
        if found is None:
            return False
        line.setText(found[0])
        self._tell_field(line)
        self.scanned.emit(found[1])
        return True

    def _slow_scan_in_block(self, block: QPlainTextEdit) -> bool:
        cursor = block.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        found = card_in(before) or paper_code_in(before)
        if found is None:
            return False
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(before) - len(found[0])
        )
        cursor.removeSelectedText()
        self.scanned.emit(found[1])
        return True

    # -- the scanner that types ----------------------------------------------------------------------

    def _active(self) -> bool:
        """While the form is to be seen, wherever in its window the keyboard is."""
        return any(field.isVisible() for field in self._fields.values())

    def _remember(self, widget: QWidget) -> TakeBack:
        """How a widget is now, as the act that puts it back."""
        if isinstance(widget, QLineEdit):
            return partial(self._restore_line, widget, widget.text(), widget.cursorPosition())
        if isinstance(widget, QPlainTextEdit):
            return partial(_restore_block, widget, widget.toPlainText(), widget.textCursor().position())
        field = self._field_of(widget)
        return partial(_restore_field, field, field.value()) if field is not None else _nothing

    def _restore_line(self, line: QLineEdit, text: str, at: int) -> None:
        if not isValid(line):
            return
        line.setText(text)
        line.setCursorPosition(at)
        self._tell_field(line)

    def _field_of(self, widget: QWidget) -> Field | None:
        return next((field for field in self._fields.values() if field.isAncestorOf(widget)), None)

    def _tell_field(self, line: QLineEdit) -> None:
        field = self._field_of(line)
        if field is not None:
            field.changed.emit(field.value())

    def _next(self, widget: QWidget) -> None:
        chain = [stop for field in self._fields.values() for stop in stops(field)]
        chain = [stop for stop in chain if stop is widget or (stop.isVisible() and stop.isEnabled())]
        if widget in chain and chain.index(widget) + 1 < len(chain):
            chain[chain.index(widget) + 1].setFocus(Qt.FocusReason.TabFocusReason)


def _nothing() -> None:
    """A button outside the fields keeps nothing that was typed."""


def _restore_field(field: Field, value: object) -> None:
    if field.value() != value:
        field.set_value(value)
        field.changed.emit(value)


def _restore_block(block: QPlainTextEdit, text: str, at: int) -> None:
    """Takes out what was typed since, as one step that can be undone; the rest of the text is not touched."""
    if not isValid(block):
        return
    surplus = len(block.toPlainText()) - len(text)
    if surplus <= 0:
        return
    cursor = block.textCursor()
    cursor.setPosition(at)
    cursor.setPosition(at + surplus, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    if block.toPlainText() != text:
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)


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
