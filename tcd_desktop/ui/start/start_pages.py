"""First start: which kind of office this PC belongs to, and the few facts needed to begin. No store is
touched here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.i18n import _
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.start.office_form_page import WIDTH, OfficeEntry, OfficeFormPage, centre, password_hint
from tcd_desktop.ui.start.sign_in_page import SignInFacts, SignInPage

__all__ = ["OfficeEntry", "SignInFacts", "SignInPage", "StartPage", "password_hint"]


class StartPage(QWidget):
    """Three cards; a ward or district office goes on to a short form.

    `default_folder(code)` proposes where the data go; `choose_folder()` asks the system and returns ""
    when cancelled.
    """

    createOfficeRequest = Signal(object)
    """An `OfficeEntry` without problems."""
    practiceRequest = Signal()
    openOfficeRequest = Signal()
    """An office that exists already on this PC."""

    def __init__(
        self,
        default_folder: Callable[[str], str],
        choose_folder: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("box", "page")
        self._choices = _Choices()
        self.form = OfficeFormPage(default_folder, choose_folder)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._choices)
        self._stack.addWidget(self.form)
        self._choices.officeChosen.connect(self._begin)
        self._choices.practiceRequest.connect(self.practiceRequest)
        self._choices.openOfficeRequest.connect(self.openOfficeRequest)
        self.form.backRequest.connect(lambda: self._stack.setCurrentWidget(self._choices))
        self.form.createRequest.connect(self.createOfficeRequest)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _begin(self, kind: OfficeKind) -> None:
        self.form.begin(kind)
        self._stack.setCurrentWidget(self.form)

    def refused(self, sentence: str) -> None:
        """Tells why the office was not founded; what was typed stays."""
        self.form.refused(sentence)


class _Choices(QWidget):
    """Ward office, district office, practice."""

    officeChosen = Signal(object)
    practiceRequest = Signal()
    openOfficeRequest = Signal()

    def __init__(self) -> None:
        super().__init__()
        px = look.current().px
        title = QLabel(_("Which office is this PC for?"))
        title.setProperty("ink", "hero")
        sentence = QLabel(_("The data stay on this PC. No network is needed."))
        sentence.setProperty("ink", "muted")
        cards = QVBoxLayout()
        cards.setSpacing(px(10))
        self.ward = _choice(
            "building-2",
            _("Ward office"),
            _("Log visits, print receipt slips, follow cases, and send bundles to the district by USB stick."),
        )
        self.district = _choice(
            "landmark",
            _("District office"),
            _("Read in the bundles of the wards, see what is overdue, and send receipts back."),
        )
        self.practice = _choice(
            "graduation-cap",
            _("Practice district"),
            _("Try everything with invented people in a district with 18 wards. Nothing can break."),
        )
        self.ward.clicked.connect(lambda: self.officeChosen.emit(OfficeKind.WARD))
        self.district.clicked.connect(lambda: self.officeChosen.emit(OfficeKind.DISTRICT))
        self.practice.clicked.connect(self.practiceRequest)
        group = QButtonGroup(self)
        for card in (self.ward, self.district, self.practice):
            group.addButton(card)
            cards.addWidget(card)
        there = QPushButton(_("Open an office that is already on this PC"))
        there.setProperty("kind", "link")
        there.clicked.connect(self.openOfficeRequest)
        column = QVBoxLayout()
        column.setSpacing(px(6))
        column.addWidget(title)
        column.addWidget(sentence)
        column.addSpacing(px(14))
        column.addLayout(cards)
        column.addSpacing(px(8))
        column.addWidget(there, 0, Qt.AlignmentFlag.AlignLeft)
        centre(self, column, px(WIDTH))


def _choice(icon: str, title: str, sentence: str) -> QPushButton:
    """A card that is a button, with a picture, a title and what it means."""
    px = look.current().px
    card = QPushButton()
    card.setProperty("kind", "choice")
    card.setAccessibleName(title)
    card.setAccessibleDescription(sentence)
    picture, name, meaning = QLabel(), QLabel(title), QLabel(sentence)
    icons.dress(picture, icon, "accent", 32)
    name.setProperty("ink", "heading")
    meaning.setProperty("ink", "muted")
    meaning.setWordWrap(True)
    words = QVBoxLayout()
    words.setSpacing(px(2))
    words.addWidget(name)
    words.addWidget(meaning)
    go = QLabel()
    icons.dress(go, "chevron-right", "muted")
    row = QHBoxLayout(card)
    row.setContentsMargins(px(18), px(14), px(14), px(14))
    row.setSpacing(px(16))
    row.addWidget(picture)
    row.addLayout(words, 1)
    row.addWidget(go)
    for label in (picture, name, meaning, go):
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return card
