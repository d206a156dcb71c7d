"""What is typed beside what a card or an earlier visit says, field by field; nothing is replaced unasked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop import words
from tcd_desktop.i18n import _
from tcd_desktop.ui.look import look
from tcd_desktop.ui.receptions.facts import shown
from tcd_desktop.ui.receptions.form_rules import Filling

LONGEST = 60
"""Letters of a value that are shown; the rest is in the tooltip."""


class OverwriteBar(QFrame):
    """Two values for each field that says something else; what was typed is chosen until the officer says otherwise.

    Up and down go from field to field, left and right choose, Enter closes, Esc keeps everything as typed.
    """

    decided = Signal(object)
    """Field -> value, for the fields where the new value was chosen (perhaps none)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "bar")
        self.setProperty("tone", "warning")
        self._title = QLabel()
        self._title.setProperty("ink", "strong")
        self._title.setWordWrap(True)
        self._new = QLabel()
        self._new.setWordWrap(True)
        self._fills = QFrame()
        self._fills.setProperty("box", "bar")
        self._fills.setProperty("tone", "success")
        inside = QHBoxLayout(self._fills)
        inside.setContentsMargins(now.px(8), now.px(3), now.px(8), now.px(3))
        inside.addWidget(self._new)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(now.px(16))
        self._grid.setVerticalSpacing(now.px(3))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._groups: list[QButtonGroup] = []
        self._values: dict[str, Any] = {}
        self._rows: list[tuple[str, QRadioButton, QRadioButton]] = []
        self.keep = QPushButton(_("Keep what was typed  Esc"))
        self.keep.clicked.connect(self._keep)
        self.all = QPushButton()
        self.all.clicked.connect(self._choose_all)
        self.take = QPushButton()
        self.take.setProperty("kind", "primary")
        self.take.clicked.connect(self._decide)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        for button in (self.keep, self.all, self.take):
            head.addWidget(button)
            button.installEventFilter(self)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(12), now.px(8), now.px(12), now.px(8))
        lines.addLayout(head)
        lines.addWidget(self._fills)
        lines.addLayout(self._grid)
        self.hide()

    def ask(self, title: str, source: str, found: Filling) -> None:
        """Shows the differences and takes the keyboard; `source` names the new column ("Card")."""
        self._clear()
        self._title.setText(title)
        self._values = {one.field: one.new for one in found.overwrites}
        self._show_new(found)
        self._grid.addWidget(_small(_("Typed")), 0, 1)
        self._grid.addWidget(_small(source), 0, 2)
        for row, one in enumerate(found.overwrites, start=1):
            self._add_row(row, one.field, shown(one.field, one.old), shown(one.field, one.new))
        self.all.setText(_("Choose all of: {source}").format(source=source))
        self.all.setVisible(len(self._rows) > 1)
        self._count()
        self.setAccessibleName(title)
        self.show()
        self._rows[0][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def differences(self) -> list[tuple[str, str, str]]:
        """(field, old, new) as they are shown."""
        return [(words.field_name(name), old.toolTip(), new.toolTip()) for name, old, new in self._rows]

    def choose(self, field: str, *, new: bool) -> None:
        """Chooses one of the two values of a field."""
        for name, old_button, new_button in self._rows:
            if name == field:
                (new_button if new else old_button).setChecked(True)

    def chosen(self) -> dict[str, Any]:
        """The fields that will get the new value."""
        return {name: self._values[name] for name, _old, new in self._rows if new.isChecked()}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Esc decide, the arrows move, whichever button has the keyboard."""
        keys = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() not in keys or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        act = {
            Qt.Key.Key_Return: self._keep if watched is self.keep else self._enter(watched),
            Qt.Key.Key_Enter: self._keep if watched is self.keep else self._enter(watched),
            Qt.Key.Key_Escape: self._keep,
        }.get(Qt.Key(event.key()))
        if act is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # Esc is for this question, not for leaving the form
            else:
                act()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, QRadioButton):
            return self._move(watched, event.key())
        return super().eventFilter(watched, event)

    def _enter(self, watched: QObject) -> Any:
        return self._choose_all if watched is self.all else self._decide

    def _move(self, button: QRadioButton, key: int) -> bool:
        places = [
            (row, column) for row, pair in enumerate(self._rows) for column in (0, 1) if pair[column + 1] is button
        ]
        row, column = places[0]
        steps = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}
        step = steps.get(Qt.Key(key))
        if step is None:
            return False
        row = min(max(row + step[0], 0), len(self._rows) - 1)
        column = min(max(column + step[1], 0), 1)
        pair = self._rows[row][1:]
        if step[0]:
            target = pair[1] if pair[1].isChecked() else pair[0]
        else:
            target = pair[column]
            target.setChecked(True)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _add_row(self, row: int, field: str, old: str, new: str) -> None:
        name = words.field_name(field)
        label = QLabel(name)
        self._grid.addWidget(label, row, 0)
        group = QButtonGroup(self)
        buttons = []
        for column, (text, told) in enumerate(
            ((old, _("{field}: typed {value}")), (new, _("{field}: new {value}"))), 1
        ):
            button = QRadioButton(text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…")
            button.setToolTip(text)
            button.setAccessibleName(told.format(field=name, value=text))
            button.installEventFilter(self)
            button.toggled.connect(self._count)
            group.addButton(button)
            self._grid.addWidget(button, row, column)
            buttons.append(button)
        buttons[0].setChecked(True)
        self._groups.append(group)
        self._rows.append((field, buttons[0], buttons[1]))

    def _show_new(self, found: Filling) -> None:
        told = "; ".join(f"{words.field_name(name)}: {shown(name, value)}" for name, value in found.fills.items())
        self._new.setText(_("Filled in: {fields}").format(fields=told))
        self._fills.setVisible(bool(found.fills))

    def _count(self, *_toggled: object) -> None:
        number = sum(new.isChecked() for _name, _old, new in self._rows)
        words_of = _("Replace {n}").format(n=number) if number else _("Keep all")
        self.take.setText(f"{words_of}  Enter")

    def _choose_all(self) -> None:
        for _name, _old, new in self._rows:
            new.setChecked(True)
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self) -> None:
        chosen = self.chosen()
        self.hide()
        self.decided.emit(chosen)

    def _keep(self) -> None:
        self.hide()
        self.decided.emit({})

    def _clear(self) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.hide()
                widget.deleteLater()
        for group in self._groups:
            group.deleteLater()
        self._groups.clear()
        self._rows.clear()


def _small(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("ink", "small")
    return label
