"""The table into which the people of a group are typed or pasted, all by keyboard.

Letters begin a cell, Enter goes to the next one, Space ticks, Ctrl+V pastes lines of any form, Ctrl+Delete takes the
chosen lines out.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QTableView,
    QWidget,
)

from tcd_desktop.i18n import _
from tcd_desktop.ui.look import look
from tcd_desktop.ui.receptions.members_model import COLUMNS, TYPED, MembersModel

WIDTHS = {"name": 200, "birth_date": 96, "id_number": 130, "phone": 116, "speaks": 84, "signed": 64}
"""Pixels at 100 % text; the address takes the rest."""


class MembersTable(QTableView):
    """Shows a `MembersModel`."""

    pasted = Signal(str)
    """Text from the clipboard."""

    def __init__(self, model: MembersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people = model
        self.setModel(model)
        now = look.current()
        self.setAccessibleName(_("People of the group"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(False)
        self.setShowGrid(True)
        self.setWordWrap(False)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        for at, (name, _words) in enumerate(COLUMNS):
            if name in WIDTHS:
                self.setColumnWidth(at, now.px(WIDTHS[name]))
            else:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        lines = self.verticalHeader()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setDefaultSectionSize(now.row)
        lines.setMinimumWidth(now.px(34))
        lines.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)

    def go_to_end(self) -> None:
        """The keyboard on the empty line."""
        self.setCurrentIndex(self.people.index(self.people.rowCount() - 1, 0))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen_rows(self) -> list[int]:
        """Lines that are selected, else the one with the keyboard."""
        rows = {index.row() for index in self.selectedIndexes()}
        current = self.currentIndex()
        return sorted(rows or ({current.row()} if current.isValid() else set()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, paste and removal are acts of the whole list."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.remove_chosen()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            if self.state() != QAbstractItemView.State.EditingState:  # else the cell is closed first
                self._step()
        elif event.key() == Qt.Key.Key_Escape or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A typing tool's finished letter begins a cell; Qt itself would lose it."""
        if not event.commitString() or event.preeditString() or not self.currentIndex().isValid():
            super().inputMethodEvent(event)
            return
        if self.state() != QAbstractItemView.State.EditingState:
            self.edit(self.currentIndex())
        editor = self.indexWidget(self.currentIndex()) or QApplication.focusWidget()
        if isinstance(editor, QLineEdit):
            QApplication.sendEvent(editor, event)
            editor.deselect()
            editor.end(False)

    def remove_chosen(self) -> None:
        """Takes the chosen lines out; the keyboard stays where it was."""
        rows = self.chosen_rows()
        column = max(self.currentIndex().column(), 0)
        if self.people.take(rows):
            row = min(rows[0], self.people.rowCount() - 1)
            self.setCurrentIndex(self.people.index(row, column))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter in a cell goes on to the next one."""
        submitted = hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint if submitted else hint)
        if submitted:
            self._step()

    def _step(self) -> None:
        """Name, birth, number, address, telephone, then the next person's name; an empty name leads nowhere."""
        current = self.currentIndex()
        if not current.isValid():
            self.go_to_end()
            return
        later = [column for column in TYPED if column > current.column()]
        last = current.row() == self.people.rowCount() - 1
        if later and not last:
            self.setCurrentIndex(self.people.index(current.row(), later[0]))
        elif not last:
            self.setCurrentIndex(self.people.index(current.row() + 1, 0))


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
