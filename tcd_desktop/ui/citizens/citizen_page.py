"""One citizen as a page: the same as the pane beside the list, with more room."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.citizens.citizen_hands import TABLES, CitizenHands
from tcd_desktop.ui.citizens.citizen_pane import CitizenPane
from tcd_desktop.ui.exchange.record_strips import RecordStrips
from tcd_desktop.ui.forms.page_frame import back_button
from tcd_desktop.ui.look import look
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike


class CitizenPage(Page):
    """Esc comes back to the list."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, citizen: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.pane = CitizenPane()
        self.pane.setProperty("box", "card")
        self.pane.setMaximumWidth(now.px(860))
        self.message = MessageBar()
        self.hands = CitizenHands(self.pane, office, runner, self)
        self.hands.told.connect(self.message.tell)
        self.hands.citizenRequest.connect(self.hands.show)
        self.hands.goRequest.connect(self.goRequest)
        self.back = back_button()
        self.back.clicked.connect(self.popRequest)
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addStretch()
        body = QHBoxLayout()
        body.addWidget(self.pane, 1)
        body.addStretch()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(16), now.px(10), now.px(16), now.px(12))
        lines.setSpacing(now.px(8))
        lines.addLayout(head)
        lines.addWidget(self.message)
        self.strip = RecordStrips(office, runner, self, lambda _citizen: self.hands.amend())
        lines.addWidget(self.strip)
        lines.addLayout(body, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hands.show(citizen)
        self.strip.follow("citizen", citizen)

    @property
    def title(self) -> str:
        """The citizen's name."""
        return self.pane.view.citizen.name if self.pane.view else _("Citizens")

    def only_shows(self) -> bool:
        """A record is looked at here; what is typed is typed in dialogs."""
        return True

    def store_changed(self, changes: Any) -> None:
        """Reads again what may have changed."""
        if not changes or any(change.table in TABLES for change in changes):
            self.hands.refresh()
            self.strip.again()
