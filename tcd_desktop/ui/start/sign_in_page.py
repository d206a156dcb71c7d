"""Signing in: who, and the password. Fast to show: nothing heavy is imported here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.i18n import _
from tcd_desktop.ui.forms.choice_field import ChoiceField
from tcd_desktop.ui.forms.field import LineField, is_enter
from tcd_desktop.ui.lists.list_columns import Chip
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.chips import ChipLabel

if TYPE_CHECKING:
    from tcd_desktop.open_office import OpenOffice
    from tcd_desktop.ui.window.runner import RunnerLike

SHEET = 420


@dataclass(frozen=True, slots=True)
class SignInFacts:
    """What the folder of an office tells before it is opened: `officers` are (id, name, title).

    `keys_missing_of` is the kind of the office when its key file is not there, as after a lost disk.
    """

    office_name: str
    officers: Sequence[tuple[str, str, str]]
    last_officer: str = ""
    practice: bool = False
    keys_missing_of: OfficeKind | None = None


class PasswordField(LineField):
    """A password with an eye to see it, and quiet words about Caps Lock and typing tools."""

    def __init__(self, label: str, *, required: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(label, password=True, required=required, max_length=200, parent=parent)
        self._eye = QToolButton(self.editor)
        self._eye.setCheckable(True)
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._eye.setCursor(Qt.CursorShape.ArrowCursor)
        self._eye.setAccessibleName(_("Show the password"))
        self._eye.setToolTip(_("Show the password"))
        self._eye.toggled.connect(self._show_letters)
        icons.dress(self._eye, "eye", "muted", 18)
        row = QHBoxLayout(self.editor)
        row.setContentsMargins(0, 0, look.current().px(4), 0)
        row.addStretch()
        row.addWidget(self._eye)
        self.editor.setTextMargins(0, 0, look.current().px(30), 0)
        self.editor.textEdited.connect(self._look_at_letters)

    def _show_letters(self, shown: bool) -> None:
        self.editor.setEchoMode(self.editor.EchoMode.Normal if shown else self.editor.EchoMode.Password)
        icons.dress(self._eye, "eye-off" if shown else "eye", "muted", 18)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A capital without Shift (or a small letter with it) means Caps Lock."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            letter = event.text()
            if len(letter) == 1 and letter.isalpha():
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.set_hint(_("Caps Lock is on") if letter.isupper() != shift else "")
        return super().eventFilter(watched, event)

    def _look_at_letters(self, text: str) -> None:
        if not text.isascii():
            self.set_hint(_("The Vietnamese typing tool is on"))


class SignInPage(QWidget):
    """A sheet in the middle of the window. Call `refused` with a sentence, or `set_busy` while keys are
    derived."""

    signInRequest = Signal(str, str)
    """(officer id, password)"""
    otherOfficeRequest = Signal()
    regainRequest = Signal()

    def __init__(self, facts: SignInFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "page")
        self._office = facts.office_name
        px = look.current().px
        sheet = QFrame()
        sheet.setProperty("box", "sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(px(32), px(28), px(32), px(28))
        column.setSpacing(px(14))
        column.addLayout(_heading(facts))
        choices = [(key, f"{name}, {title}" if title else name) for key, name, title in facts.officers]
        self.officer = ChoiceField(_("Officer"), choices, style="combo")
        known = [key for key, _words in choices]
        self.officer.set_value(facts.last_officer if facts.last_officer in known else next(iter(known), None))
        self.password = PasswordField(_("Password"))
        self.officer.changed.connect(lambda _value: self.password.setFocus())
        self.password.editor.installEventFilter(self)
        self.password.editor.textEdited.connect(lambda _text: self.password.set_problem(""))
        self.button = QPushButton(_("Sign in") + "  Enter")
        if facts.keys_missing_of is None or facts.keys_missing_of is OfficeKind.WARD:
            self.button.setProperty("kind", "primary")
        self.button.setMinimumHeight(px(40))
        self.button.clicked.connect(self._ask)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.hide()
        other = QPushButton(_("Open another office"))
        other.setProperty("kind", "link")
        other.clicked.connect(self.otherOfficeRequest)
        self.regain: QPushButton | None = None
        if facts.keys_missing_of is not None:
            column.addLayout(self._without_keys(facts.keys_missing_of))
        for widget in (self.officer, self.password, self.button, self.busy):
            column.addWidget(widget)
        column.addWidget(other, 0, Qt.AlignmentFlag.AlignHCenter)
        sheet.setFixedWidth(px(SHEET))
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(sheet)
        row.addStretch()
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addLayout(row)
        whole.addStretch(3)
        self.setFocusProxy(self.regain or self.password)

    def _without_keys(self, kind: OfficeKind) -> QVBoxLayout:
        """What to do with data whose keys are gone: a district has its sealed paper, a ward joins as a new PC."""
        told = QLabel(
            _(
                "The keys of this PC are not in its folder. Choose “Open another office”, set the ward up as a new PC "
                "in another folder and join the superior office: it writes the books back onto a stick."
            )
            if kind is OfficeKind.WARD
            else _("The keys of this office are not in its folder. The sealed paper brings them back.")
        )
        told.setWordWrap(True)
        told.setProperty("ink", "warning")
        column = QVBoxLayout()
        column.addWidget(told)
        if kind is not OfficeKind.WARD:
            self.regain = QPushButton(_("Type the sealed paper…"))
            self.regain.setProperty("kind", "primary")
            icons.dress(self.regain, "badge-check", "on_accent", 18)
            self.regain.clicked.connect(self.regainRequest)
            column.addWidget(self.regain)
        return column

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the password signs in."""
        if watched is self.password.editor and is_enter(event):
            self._ask()
            return True
        return super().eventFilter(watched, event)

    def regain_with(
        self,
        home: Path,
        show: Callable[[QWidget], None],
        runner: RunnerLike,
        again: Callable[[Path], object],
        opened: Callable[[OpenOffice], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Where the page of the sealed paper is shown, and what follows it. `again` shows the sign-in page anew."""

        def regain() -> None:
            from tcd_desktop.ui.start.regaining import regain_page

            show(regain_page(home, self._office, runner, lambda: again(home), opened, failed))

        self.regainRequest.connect(regain)

    def _ask(self) -> None:
        officer = self.officer.value()
        if not self.password.value():
            self.password.set_problem(_("Type your password."))
            self.password.setFocus()
        elif officer is not None and self.button.isEnabled():
            self.signInRequest.emit(str(officer), self.password.value())

    def set_busy(self, busy: bool) -> None:
        """While the office is being opened."""
        self.busy.setVisible(busy)
        self.button.setEnabled(not busy)
        self.officer.setEnabled(not busy)
        self.password.setEnabled(not busy)

    def refused(self, sentence: str) -> None:
        """Tells why it was not opened, and lets the officer try again."""
        self.set_busy(False)
        self.password.set_problem(sentence)
        self.password.setFocus()
        self.password.editor.selectAll()


def _heading(facts: SignInFacts) -> QVBoxLayout:
    px = look.current().px
    column = QVBoxLayout()
    column.setSpacing(px(4))
    badge = QLabel()
    badge.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    badge.setMinimumHeight(px(38))
    icons.dress(badge, "landmark", "accent", 36)
    name = QLabel(facts.office_name)
    name.setProperty("ink", "title")
    name.setWordWrap(True)
    name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    what = QLabel(_("Citizen reception"))
    what.setProperty("ink", "muted")
    what.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    for label in (badge, name, what):
        column.addWidget(label)
    if facts.practice:
        mark = ChipLabel(Chip(_("Practice, not real data"), "warning", "graduation-cap"))
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
    return column
