"""The short form by which an office is set up: its names, its first officer, the password, the folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tcd_desktop.domain.office import OFFICE_CODE
from tcd_desktop.domain.problems import Problem
from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.i18n import _
from tcd_desktop.ui.forms.field import Field, LineField
from tcd_desktop.ui.forms.form import Card
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.start.sign_in_page import PasswordField
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.words import problem_sentence

LEAST_PASSWORD = 8
GOOD_PASSWORD = 14
WIDTH = 760


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeEntry:
    """What was entered to found an office. `folder` is where its data will be ("" = the usual place)."""

    kind: OfficeKind
    code: str
    name: str
    superior_name: str
    locality: str
    officer_name: str
    officer_title: str
    password: str
    folder: str


def password_hint(password: str) -> tuple[str, str]:
    """(words, tone) about the strength of a password: length counts, a short sentence is best."""
    if not password:
        return _("At least {least} characters; a short sentence is good.").format(least=LEAST_PASSWORD), "neutral"
    if len(password) < LEAST_PASSWORD:
        missing = LEAST_PASSWORD - len(password)
        return _("Still {count} characters too short.").format(count=missing), "danger"
    if len(set(password)) < 4 or password.isdigit():
        return _("Easy to guess. Use several words."), "warning"
    if len(password) < GOOD_PASSWORD:
        return _("Fair. Longer is better."), "neutral"
    return _("Good."), "success"


class OfficeFormPage(QWidget):
    """The facts of a new office."""

    createRequest = Signal(object)
    backRequest = Signal()

    def __init__(self, default_folder: Callable[[str], str], choose_folder: Callable[[], str]) -> None:
        super().__init__()
        self._default_folder, self._choose = default_folder, choose_folder
        self._kind = OfficeKind.WARD
        px = look.current().px
        self.title = QLabel()
        self.title.setProperty("ink", "title")
        self.message = MessageBar()
        self.name = LineField(_("Name of the office"), required=True)
        self.code = LineField(_("Code"), required=True, max_length=16, hint=_("given by the district"))
        self.superior = LineField(_("Office above"))
        self.locality = LineField(_("Place on letters"))
        self.officer = LineField(_("Your full name"), required=True)
        self.position = LineField(_("Position"))
        self.password = PasswordField(_("Password"), required=True)
        self.again = PasswordField(_("Password again"), required=True)
        self.strength = QLabel()
        self.folder = LineField(_("Folder of the data"))
        self.folder.editor.setReadOnly(True)
        self.code.changed.connect(self._propose_folder)
        self.password.changed.connect(lambda _value: self._show_strength())
        column = QVBoxLayout()
        column.setSpacing(px(10))
        column.addWidget(self.title)
        column.addWidget(self.message)
        column.addWidget(self._office_card())
        column.addWidget(self._officer_card())
        column.addLayout(self._buttons())
        centre(self, column, px(WIDTH))
        self._own_folder = False

    def _office_card(self) -> Card:
        card = Card(_("Office"))
        card.add_row((self.name, 3), (self.code, 1))
        card.add_row((self.superior, 3), (self.locality, 1))
        change = QPushButton(_("Change"))
        change.clicked.connect(self._pick_folder)
        row = card.add_row((self.folder, 1))
        row.addWidget(change, 0, Qt.AlignmentFlag.AlignBottom)
        return card

    def _officer_card(self) -> Card:
        card = Card(_("You, as its first officer"))
        card.add_row((self.officer, 3), (self.position, 2))
        card.add_row((self.password, 1), (self.again, 1))
        card.lines.addWidget(self.strength)
        self._show_strength()
        return card

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        back = QPushButton(_("Back"))
        icons.dress(back, "arrow-left", "text", 18)
        back.clicked.connect(self.backRequest)
        self.create_button = QPushButton(_("Set up the office") + "  Ctrl+Enter")
        self.create_button.setProperty("kind", "primary")
        self.create_button.setShortcut("Ctrl+Return")
        self.create_button.clicked.connect(self._ask)
        row.addWidget(back)
        row.addStretch()
        row.addWidget(self.create_button)
        return row

    def begin(self, kind: OfficeKind) -> None:
        """Asks for an office of this kind."""
        self._kind = kind
        ward = kind is OfficeKind.WARD
        self.title.setText(_("New ward office") if ward else _("New district office"))
        examples = ("UBND phường Quỳnh Lôi", "QL-01") if ward else ("UBND quận Hai Bà Trưng", "HBT")
        self.name.editor.setPlaceholderText(examples[0])
        self.code.editor.setPlaceholderText(examples[1])
        self._propose_folder()
        self.name.setFocus()

    def fields(self) -> dict[str, Field]:
        """The fields by the names of `OfficeEntry`."""
        return {
            "name": self.name,
            "code": self.code,
            "officer_name": self.officer,
            "password": self.password,
            "again": self.again,
        }

    def problems(self) -> dict[str, str]:
        """Field -> sentence, for what keeps the office from being set up."""
        found: dict[str, str] = {}
        for name, field in self.fields().items():
            if not field.value() and name != "again":
                found[name] = problem_sentence(Problem("missing"))
        if "code" not in found and not OFFICE_CODE.fullmatch(self.code.value().upper()):
            found["code"] = problem_sentence(Problem("office_code"))
        if "password" not in found and len(self.password.value()) < LEAST_PASSWORD:
            found["password"] = password_hint(self.password.value())[0]
        if self.password.value() != self.again.value():
            found["again"] = problem_sentence(Problem("password_differs"))
        return found

    def entry(self) -> OfficeEntry:
        """What was entered."""
        return OfficeEntry(
            kind=self._kind,
            code=self.code.value().upper(),
            name=self.name.value(),
            superior_name=self.superior.value(),
            locality=self.locality.value(),
            officer_name=self.officer.value(),
            officer_title=self.position.value(),
            password=self.password.value(),
            folder=self.folder.value(),
        )

    def refused(self, sentence: str) -> None:
        """Tells why it was refused."""
        self.message.tell(sentence, "warning")

    def _ask(self) -> None:
        self.message.clear()
        found = self.problems()
        for name, field in self.fields().items():
            field.set_problem(found.get(name, ""))
        first = next((field for name, field in self.fields().items() if name in found), None)
        if first is not None:
            first.setFocus()
        else:
            self.createRequest.emit(self.entry())

    def _propose_folder(self, _code: object = None) -> None:
        if not self._own_folder:
            self.folder.set_value(self._default_folder(self.code.value().upper()))

    def _pick_folder(self) -> None:
        chosen = self._choose()
        if chosen:
            self._own_folder = True
            self.folder.set_value(chosen)

    def _show_strength(self) -> None:
        words, tone = password_hint(self.password.value())
        self.strength.setText(words)
        ink = {"danger": "problem", "warning": "warning", "success": "success"}.get(tone, "small")
        look.set_property(self.strength, "ink", ink)


def centre(page: QWidget, column: QVBoxLayout, width: int) -> None:
    """The column in the middle of the page; it scrolls where the window is too small."""
    holder = QWidget()
    holder.setProperty("box", "scroll")
    inner = QWidget()
    inner.setMaximumWidth(width)
    inner.setLayout(column)
    column.setContentsMargins(0, 0, 0, 0)
    centred = QHBoxLayout()
    centred.addStretch(1)
    centred.addWidget(inner, 20)
    centred.addStretch(1)
    rows = QVBoxLayout(holder)
    rows.addStretch(2)
    rows.addLayout(centred)
    rows.addStretch(3)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(holder)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(area)
