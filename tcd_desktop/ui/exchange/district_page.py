"""The exchange of a district: import with preview, receipts, enrolment of wards, the ledger."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.conflicts.conflict_strip import PART as CONFLICTS
from tcd_desktop.ui.conflicts.conflict_strip import ConflictButton
from tcd_desktop.ui.exchange.answer_panel import AnswerPanel
from tcd_desktop.ui.exchange.board_panel import BoardPanel
from tcd_desktop.ui.exchange.grant_panel import GrantPanel
from tcd_desktop.ui.exchange.kept_panel import KeptPanel
from tcd_desktop.ui.exchange.keys_panel import KeysPanel
from tcd_desktop.ui.exchange.ledger_list import LedgerList
from tcd_desktop.ui.exchange.receive_panel import ReceivePanel
from tcd_desktop.ui.exchange.work_card import label
from tcd_desktop.ui.forms.choice_field import Segments
from tcd_desktop.ui.look import look
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

PARTS = ("receive", "board", "kept", "answer", "enrol", "keys", "ledger")
"""The parts of the page by the names that `goRequest` may carry."""


class DistrictExchangePage(Page):
    """Trao đổi với các phường."""

    storeChanged = Signal(object)
    """An import changed these records."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self._office, self._runner, self._keeper = office, runner, keeper
        self.conflicts = ConflictButton(office, runner, self)
        self.conflicts.clicked.connect(self.show_conflicts)
        self.receive = ReceivePanel(office, runner, keeper)
        self.answer = AnswerPanel(office, runner)
        self.grant = GrantPanel(office, runner)
        self.keys = KeysPanel(office, runner, keeper)
        self.ledger = LedgerList(office, runner, keeper)
        self.board = BoardPanel(office, runner, keeper)
        self.kept = KeptPanel(office, runner, keeper)
        self.parts = Segments(
            [
                _("Receive bundles"),
                _("Who has not sent"),
                _("Kept aside"),
                _("Give receipts"),
                _("Enrol a PC"),
                _("Keys and PCs"),
                _("Ledger of files"),
            ]
        )
        self.parts.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.parts.chosen.connect(self._show_part)
        self._stack = QStackedWidget()
        forms = (_scrolled(self.answer), _scrolled(self.grant))
        for panel in (self.receive, self.board, self.kept, *forms, self.keys, self.ledger):
            self._stack.addWidget(panel)
        head = QHBoxLayout()
        head.setContentsMargins(now.px(16), now.px(10), now.px(16), now.px(10))
        head.addWidget(label(self.title, "title", wrap=False))
        head.setSpacing(now.px(12))
        head.addStretch()
        head.addWidget(self.conflicts)
        wide = now.px(100) == 100  # with bigger letters the parts need a line of their own
        if wide:
            head.addWidget(self.parts)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        if not wide:
            below = QHBoxLayout()
            below.setContentsMargins(now.px(16), 0, now.px(16), now.px(10))
            below.addWidget(self.parts)
            below.addStretch()
            lines.addLayout(below)
        lines.addWidget(self._stack, 1)
        self.receive.imported.connect(self.storeChanged)
        self.receive.imported.connect(self._ledger_changed)
        self.ledger.undone.connect(self.storeChanged)
        self.kept.changed.connect(self._ledger_changed)
        self.kept.changed.connect(self.storeChanged)
        self.receive.answerRequest.connect(self._to_answers)
        self.answer.written.connect(self._ledger_changed)
        self.keys.changed.connect(self._ledger_changed)
        self.show_part("receive")

    @property
    def title(self) -> str:
        """The heading."""
        return _("Exchange")

    def show_part(self, name: str) -> None:
        """Shows a part by its name."""
        self.parts.set_index(PARTS.index(name))
        self._show_part(PARTS.index(name))

    def _show_part(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        reading = {
            "board": self.board.refresh,
            "kept": self.kept.refresh,
            "answer": self.answer.refresh,
            "keys": self.keys.refresh,
            "ledger": self.ledger.refresh,
        }
        if PARTS[index] in reading:
            reading[PARTS[index]]()

    def _to_answers(self) -> None:
        self.show_part("answer")

    def _ledger_changed(self, _what: object = None) -> None:
        self.ledger.refresh()

    def activated(self, argument: Any = None) -> None:
        """A part's name shows that part."""
        if isinstance(argument, str) and argument in PARTS:
            self.show_part(argument)
        self.conflicts.refresh()
        if argument == CONFLICTS:
            self.show_conflicts()
        else:
            self.focus_list()

    def show_conflicts(self, _checked: bool = False) -> None:
        """What two PCs left to a person, above this page."""
        from tcd_desktop.ui.conflicts.conflicts_page import ConflictsPage

        self.pushRequest.emit(ConflictsPage(self._office, self._runner, self._keeper))

    def store_changed(self, changes: Any) -> None:
        """F5, or an act elsewhere."""
        self.ledger.refresh()
        self.conflicts.refresh()

    def focus_list(self) -> None:
        """The keyboard goes into the list that is shown."""
        shown = self._stack.currentWidget()
        panels = (self.ledger, self.board, self.keys, self.kept)
        if shown is self.receive:
            self.receive.focus_list()
        for panel in panels:
            if panel is shown:
                panel.view.focus_list()


def _scrolled(panel: QWidget) -> QScrollArea:
    """A part that may be taller than the window at 150 %."""
    panel.setProperty("box", "scroll")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(panel)
    return area
