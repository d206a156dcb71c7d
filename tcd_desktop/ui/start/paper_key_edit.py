"""Eight rows of digits typed from the sealed paper; a mistake is told at the row it is in while the rest stays.

A scanner types the whole QR code of a key, all eight rows at once, into whichever row has the keyboard.
"""

from __future__ import annotations

import unicodedata
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QScrollArea, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.sync.paper_key import ROWS, row_is_right, row_name
from tcd_desktop.ui.look import icons, look

IN_ROW = 12
_FORGIVEN = " \t\r\n.-,|/\u00a0"
_LOOK_ALIKE = str.maketrans("OoIl", "0011")


class PaperKeyEdit(QWidget):
    """One key of the paper. `changed` while it is typed; `complete()` once every row is right."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.name = name
        self.editors: list[QLineEdit] = []
        self._signs: list[QLabel] = []
        self._told: list[QLabel] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(now.px(8))
        grid.setVerticalSpacing(now.px(3))
        for place in range(ROWS):
            self._add_row(grid, place)
        grid.setColumnStretch(1, 1)
        self.setFocusProxy(self.editors[0])

    def _add_row(self, grid: QGridLayout, place: int) -> None:
        now = look.current()
        letter = QLabel(row_name(place))
        letter.setProperty("ink", "heading")
        editor = QLineEdit()
        editor.setPlaceholderText("0000 0000 0000")
        editor.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        editor.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # digits as they are, nothing composed
        editor.setAccessibleName(_("{key}, row {letter}").format(key=self.name, letter=row_name(place)))
        editor.textEdited.connect(partial(self._edited, place))
        editor.editingFinished.connect(partial(self._left, place))
        editor.installEventFilter(self)
        sign = QLabel()
        sign.setFixedWidth(now.px(20))
        told = QLabel()
        told.setProperty("ink", "problem")
        told.setWordWrap(True)
        told.hide()
        letter.setBuddy(editor)
        grid.addWidget(letter, 2 * place, 0)
        grid.addWidget(editor, 2 * place, 1)
        grid.addWidget(sign, 2 * place, 2)
        grid.addWidget(told, 2 * place + 1, 1)
        self.editors.append(editor)
        self._signs.append(sign)
        self._told.append(told)

    # -- values ----------------------------------------------------------------------------------------------

    def rows(self) -> list[str]:
        """What was typed, row by row."""
        return [editor.text() for editor in self.editors]

    def complete(self) -> bool:
        """Whether every row has its digits and they fit together."""
        return all(row_is_right(place, text) for place, text in enumerate(self.rows()))

    def problem(self, place: int) -> str:
        """What is told at a row; "" while nothing is wrong."""
        return self._told[place].text() if not self._told[place].isHidden() else ""

    def show_problems(self) -> bool:
        """Tells at every row what is missing; the keyboard goes to the first. True when nothing is."""
        for place in range(ROWS):
            self._judge(place, whole=True)
        wrong = next((at for at, text in enumerate(self.rows()) if not row_is_right(at, text)), None)
        if wrong is None:
            return True
        self._go_to(wrong)
        return False

    def forget(self) -> None:
        """The digits leave the window."""
        for place, editor in enumerate(self.editors):
            editor.clear()
            self._judge(place, whole=False)

    # -- typing ----------------------------------------------------------------------------------------------

    def _edited(self, place: int, text: str) -> None:
        digits = plain_digits(text)
        if digits.isdigit() and len(digits) >= ROWS * IN_ROW:
            place = self._spread(0, digits)
        elif digits.isdigit() and len(digits) > IN_ROW and self._room_after(place, digits):
            place = self._spread(place, digits)
        elif digits.isdigit() or not digits:
            self._write(place, digits)
        self._judge(place, whole=False)
        if row_is_right(place, self.editors[place].text()) and place + 1 < ROWS and self._is_typed_in(place):
            self._go_to(place + 1)
        self.changed.emit()

    def _room_after(self, place: int, digits: str) -> bool:
        """Whether more digits belong to the next rows: this one is right, those are empty and not written over."""
        if not row_is_right(place, digits[:IN_ROW]):
            return False
        rows = range(place + 1, place + 1 + (len(digits) - 1) // IN_ROW)
        return all(at < ROWS and not self.editors[at].text() for at in rows)

    def _spread(self, place: int, digits: str) -> int:
        """Several rows at once; gives the row where the typing goes on, which gets the keyboard."""
        last = place
        for at in range(place, ROWS):
            part, digits = digits[:IN_ROW], digits[IN_ROW:]
            if not part:
                break
            self._write(at, part)
            self._judge(at, whole=False)
            last = at
        self._go_to(last)
        return last

    def _is_typed_in(self, place: int) -> bool:
        return self.window().focusWidget() is self.editors[place]

    def _go_to(self, place: int) -> None:
        editor = self.editors[place]
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        editor.end(False)
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:  # with big letters not every row is in view
            above.ensureWidgetVisible(editor)

    def _write(self, place: int, digits: str) -> None:
        """In groups of four; where the cursor is, counted in digits, stays."""
        editor = self.editors[place]
        before = len(plain_digits(editor.text()[: editor.cursorPosition()]))
        text = " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
        if text == editor.text():
            return
        editor.setText(text)
        editor.setCursorPosition(min(len(text), before + max(before - 1, 0) // 4))

    def _left(self, place: int) -> None:
        if self.editors[place].text().strip():
            self._judge(place, whole=True)

    def _judge(self, place: int, *, whole: bool) -> None:
        """`whole`: a row that is too short is a mistake as well, since nobody is typing in it any more."""
        text = self.editors[place].text()
        digits = plain_digits(text)
        right, sentence = row_is_right(place, text), ""
        if digits and not digits.isdigit():
            sentence = _("Only digits stand on the paper.")
        elif len(digits) > IN_ROW or (len(digits) == IN_ROW and not right):
            sentence = _("A digit of this row is wrong: compare it with row {letter} of the paper.").format(
                letter=row_name(place)
            )
        elif whole and len(digits) < IN_ROW:
            sentence = _("{n} of {all} digits").format(n=len(digits), all=IN_ROW)
        self._told[place].setText(sentence)
        self._told[place].setVisible(bool(sentence))
        editor = self.editors[place]
        editor.setAccessibleDescription(sentence)
        look.set_property(editor, "state", "problem" if sentence else "")
        if right:
            icons.dress(self._signs[place], "circle-check", "success", 18)
        else:
            self._signs[place].clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and the arrows go from row to row; Backspace in an empty row goes back."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched in self.editors:
            place = self.editors.index(watched)
            key = event.key()
            down = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down) and not event.modifiers()
            up = key == Qt.Key.Key_Up or (key == Qt.Key.Key_Backspace and not self.editors[place].text())
            step = 1 if down else -1 if up else 0
            if step:
                if 0 <= place + step < ROWS:
                    self._go_to(place + step)
                elif step > 0:
                    self.focusNextChild()
                return True
        return super().eventFilter(watched, event)


def plain_digits(text: str) -> str:
    """The text without what people put between digits; letters that look like digits are read as such."""
    plain = unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKE)
    return "".join(sign for sign in plain if sign not in _FORGIVEN)
