"""One petition as a page of its own: Enter in the list opens it, Esc goes back to the same row."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.exchange.record_strips import RecordStrips
from tcd_desktop.ui.forms.page_frame import page_head, scrolled
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.look import look
from tcd_desktop.ui.petitions.petition_hands import PetitionHands
from tcd_desktop.ui.petitions.petition_story import PetitionStory
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

CONCERNED = frozenset({"petition", "reception", "case_file", "disclosure", "letter"})
"""Tables whose changes show in a petition."""


class PetitionPage(Page):
    """The petition at the left, what happened to it at the right."""

    def __init__(
        self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, petition_id: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        now = look.current()
        self._heading = QLabel(_("Petition"))
        head, self.back = page_head(self._heading)
        self.back.clicked.connect(self.popRequest)
        self.inspector = Inspector()
        self.hands = PetitionHands(self.inspector, office, runner, self)
        self.hands.told.connect(self.messageRequest)
        self.hands.read.connect(self._read)
        self.hands.caseRequest.connect(lambda case: self.goRequest.emit("cases", case))
        self.hands.visitRequest.connect(lambda visit: self.goRequest.emit("receptions", visit))
        self.hands.openRequest.connect(self._open)
        self.hands.changeRequest.connect(self._change)
        self._story = QWidget()
        self._lines = QVBoxLayout(self._story)
        self._lines.setContentsMargins(now.px(16), now.px(14), now.px(16), now.px(14))
        self._lines.setSpacing(now.px(4))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.inspector, 3)
        row.addWidget(scrolled(self._story), 2)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        self.strip = RecordStrips(office, runner, self, self._change)
        lines.addLayout(head)
        lines.addWidget(self.strip)
        lines.addLayout(row, 1)
        self.setFocusProxy(self.back)
        self.hands.show(petition_id)
        self.strip.follow("petition", petition_id)

    @property
    def title(self) -> str:
        """The number of the petition."""
        return self._heading.text()

    def _read(self, story: PetitionStory | None) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            old = item.widget() if item else None
            if old is not None:
                old.hide()
                old.deleteLater()
        if story is None:
            return
        self._heading.setText(_("Petition {number}").format(number=story.number))
        self._say(_("History"), "heading")
        for event in story.events:
            self._say(event.title, "label")
            for change in event.changes:
                self._say(change, "")
            self._say(f"{event.when}  ·  {event.who}", "small")
        self._lines.addStretch()

    def _say(self, words: str, ink: str) -> None:
        label = QLabel(words)
        label.setWordWrap(True)
        if ink:
            label.setProperty("ink", ink)
        self._lines.addWidget(label)

    def _open(self, petition_id: str) -> None:
        self.pushRequest.emit(PetitionPage(self._office, self._runner, self._keeper, petition_id))

    def _change(self, petition_id: str) -> None:
        from tcd_desktop.ui.petitions.petition_form import PetitionFormPage

        self.pushRequest.emit(PetitionFormPage(self._office, self._runner, petition_id))

    def left(self) -> None:
        """Whoever goes to another page has looked."""
        self.hands.conceal()

    def store_changed(self, changes: Any) -> None:
        """Reads the petition again when something of it changed."""
        if not changes or any(change.table in CONCERNED for change in changes):
            self.hands.refresh()
            self.strip.again()
