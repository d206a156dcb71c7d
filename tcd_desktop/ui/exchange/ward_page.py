"""The exchange of a ward: where it stands, joining, sending, reading the answer, the ledger."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.store.unit import Change
from tcd_desktop.sync import books_compared
from tcd_desktop.sync.forks import missing_here
from tcd_desktop.sync.own_certificate import OwnCertificate, own_certificate
from tcd_desktop.ui.conflicts.conflict_strip import PART as CONFLICTS
from tcd_desktop.ui.conflicts.conflict_strip import ConflictButton
from tcd_desktop.ui.exchange.certificate_words import short_words
from tcd_desktop.ui.exchange.differ_card import DifferCard
from tcd_desktop.ui.exchange.join_card import JoinCard
from tcd_desktop.ui.exchange.ledger_list import LedgerList
from tcd_desktop.ui.exchange.own_key_card import OwnKeyCard
from tcd_desktop.ui.exchange.recovery_card import RecoveryCard
from tcd_desktop.ui.exchange.send_card import SendCard
from tcd_desktop.ui.exchange.standing import Standing, silence_words, standing
from tcd_desktop.ui.exchange.standing_card import StandingCard
from tcd_desktop.ui.exchange.stick import Stick
from tcd_desktop.ui.exchange.stick_panel import StickPanel
from tcd_desktop.ui.exchange.update_card import UpdateCard
from tcd_desktop.ui.exchange.ward_cards import ReceiveCard
from tcd_desktop.ui.exchange.ward_notes import WardNotes, notes_of
from tcd_desktop.ui.exchange.work_card import label, yielding
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

KEYS = "keys"
"""The part of the page that `goRequest` may name."""


class WardExchangePage(Page):
    """Trao đổi với cấp trên."""

    standingChanged = Signal()
    """The words in the status bar may be others now."""
    storeChanged = Signal(object)
    """What a stick brought has changed these records."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self.conflicts = ConflictButton(office, runner, self)
        self.conflicts.clicked.connect(self.show_conflicts)
        self.glance = StandingCard()
        self.quiet = MessageBar()
        self.notes = WardNotes()
        self.differ = DifferCard()
        self.join = JoinCard(office, runner)
        self.recovery = RecoveryCard(office, runner)
        self.recovery.hide()
        self.own_key = OwnKeyCard(office, runner)
        self.own_key.changed.connect(self.refresh)
        self.key_button = QPushButton()
        self.key_button.setProperty("kind", "quiet")
        self.key_button.hide()
        self.key_button.clicked.connect(lambda: self.own_key.open_up(self.own_key.isHidden()))
        self.recovery.recovered.connect(self.refresh)
        self.send = SendCard(office, runner)
        self.receive = ReceiveCard(office, runner)
        self.update_card = UpdateCard(office, runner)
        self.receive.lookedAt.connect(self.update_card.look)
        self.ledger = LedgerList(office, runner, keeper)
        self.join.asked.connect(self.refresh)
        self.join.joined.connect(self.refresh)
        self.send.sent.connect(self.refresh)
        self.stick = StickPanel(office, runner, keeper)
        self.receive.found.connect(self.show_stick)
        self.receive.refused.connect(self.refresh)
        self.stick.read.connect(self._stick_read)
        self.stick.back.connect(self.leave_stick)
        self.stick.openRequest.connect(self.goRequest)
        self.differ.cured.connect(self.send.choose_everything)
        self._lay_out()
        self.at: Standing | None = None
        self._keyboard_wanted = False
        self.refresh()

    @property
    def title(self) -> str:
        """The heading."""
        return _("Exchange")

    def _lay_out(self) -> None:
        now = look.current()
        self._both = QWidget()
        row = QHBoxLayout(self._both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(now.px(12))
        row.addWidget(self.send, 1)
        row.addWidget(self.receive, 1)
        upper = QVBoxLayout()
        upper.setContentsMargins(now.px(16), now.px(10), now.px(16), now.px(8))
        upper.setSpacing(now.px(12))
        head = QHBoxLayout()
        head.addWidget(label(self.title, "title", wrap=False))
        head.addStretch()
        head.addWidget(self.key_button)
        head.addWidget(self.conflicts)
        upper.addLayout(head)
        upper.addWidget(self.quiet)
        upper.addWidget(self.glance)
        upper.addWidget(self.differ)
        upper.addWidget(self.notes)
        upper.addWidget(self.recovery)
        upper.addWidget(self.own_key)
        upper.addWidget(self._both)
        upper.addWidget(self.update_card)
        upper.addWidget(self.join)
        self._lower = QWidget()
        lower = QVBoxLayout(self._lower)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(now.px(4))
        heading = label(_("Ledger of files"), "heading")
        heading.setContentsMargins(now.px(16), 0, 0, 0)
        lower.addWidget(heading)
        lower.addWidget(self.ledger, 1)
        yielding(self._lower, 120)
        content = QWidget()
        content.setProperty("box", "scroll")
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(upper)
        inside.addWidget(self._lower, 1)
        inside.addStretch(0)
        area = QScrollArea()  # at 150 % and 768 lines there may be more than fits
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(content)
        self._stack = QStackedWidget()
        self._stack.addWidget(area)
        self._stack.addWidget(self.stick)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._stack)

    def refresh(self) -> None:
        """Reads again where the ward stands."""
        office = self._office

        def read(_progress: Progress) -> Standing:
            return standing(office)

        self._runner.read(read, done=self._read)
        self._runner.read(lambda _progress: notes_of(office), done=self.notes.show_notes)
        self._runner.read(lambda _progress: missing_here(office.store), done=self.recovery.show_missing)
        today = office.today()
        self._runner.read(lambda _progress: own_certificate(office.store, office.keyring, today), done=self._read_key)
        self._runner.read(lambda _progress: differs(office), done=self.differ.show_difference)
        self.update_card.refresh()
        self.ledger.refresh()
        self.conflicts.refresh()

    def _read(self, at: Standing) -> None:
        self.at = at
        joined = at.code not in ("alone", "asked")
        self.glance.show_standing(at)
        words = silence_words(at.silence, at.today) if at.silence else ""
        if words:
            self.quiet.tell(words, "warning", closable=False)
        else:
            self.quiet.clear()
        self.join.setVisible(not joined)
        self._both.setVisible(joined)
        self._lower.setVisible(joined)
        self.join.show_standing(at)
        self.send.show_standing(at)
        self.standingChanged.emit()
        if self._keyboard_wanted:
            self.focus_list()

    def _read_key(self, at: OwnCertificate | None) -> None:
        self.own_key.show_certificate(at)
        self.key_button.setVisible(at is not None)
        if at is not None:
            self.key_button.setText(short_words(at))
            icons.dress(self.key_button, "hourglass" if at.asks else "badge-check", "text", 16)

    def activated(self, argument: Any = None) -> None:
        """Shown: what happened meanwhile is read."""
        if self.at is not None:  # else the first reading is on its way
            self.refresh()
        if argument == CONFLICTS:
            self.show_conflicts()
        elif argument == KEYS:
            self.own_key.open_up()
            self.own_key.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_list()

    def show_conflicts(self, _checked: bool = False) -> None:
        """What two PCs left to a person, above this page."""
        from tcd_desktop.ui.conflicts.conflicts_page import ConflictsPage

        self.pushRequest.emit(ConflictsPage(self._office, self._runner, self._keeper))

    def show_stick(self, stick: Stick) -> None:
        """What a stick brings, over this page."""
        self._stack.setCurrentWidget(self.stick)
        self.stick.show_stick(stick)

    def leave_stick(self) -> None:
        """Back to where the ward stands."""
        self._stack.setCurrentIndex(0)
        self.focus_list()

    def _stick_read(self, changes: tuple[Change, ...]) -> None:
        self.refresh()
        self.storeChanged.emit(changes)  # without a record the superior's word on ours may have changed all the same

    def store_changed(self, changes: Any) -> None:
        """Every act is something to send."""
        self.refresh()

    def focus_list(self) -> None:
        """The keyboard goes to what is likely done next: joining, sending while something waits, else reading."""
        self._keyboard_wanted = self.at is None
        if self.at is None:
            return
        if self._stack.currentWidget() is self.stick:
            self.stick.focus_list()
            return
        waiting = self.at.waiting
        something = waiting.operations or waiting.papers or waiting.others
        card = self.join if self._both.isHidden() else self.send if something else self.receive
        card.button.setFocus(Qt.FocusReason.OtherFocusReason)


def differs(office: OpenOffice) -> books_compared.Difference | None:
    """What is known to differ between these books and the superior's copy."""
    return office.store.read(books_compared.difference)
