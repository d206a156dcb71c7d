"""One case as a page of its own: Enter in the list opens it, Esc goes back to the same row."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.case_hands import CaseHands
from tcd_desktop.ui.cases.case_story import CaseStory
from tcd_desktop.ui.cases.case_view import CaseView
from tcd_desktop.ui.cases.follow_up import FOLLOWED, FollowHands
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.exchange.record_strips import RecordStrips
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.papers.panel import PapersPanel
from tcd_desktop.ui.recycle.entrance import CaseBin
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

CONCERNED = (
    frozenset({"case_file", "attachment", "reception", "petition", "protection_request", "class_tag", "letter"})
    | FOLLOWED
)
"""Tables whose changes show in a case."""


class CasePage(Page):
    """Shows one case; `files` is the session's folder of opened papers."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        files: OpenedFiles,
        case_id: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        now = look.current()
        self._heading = QLabel(_("Case"))
        self._heading.setProperty("ink", "title")
        self.back = QPushButton(_("Back"))
        self.back.setProperty("kind", "quiet")
        icons.dress(self.back, "arrow-left", "text", 18)
        self.back.clicked.connect(self.popRequest)
        head = QHBoxLayout()
        head.setContentsMargins(now.px(12), now.px(8), now.px(16), 0)
        head.setSpacing(now.px(10))
        head.addWidget(self.back)
        head.addWidget(self._heading)
        head.addStretch()
        papers = PapersPanel(office, runner, keeper, files=files)
        papers.pushRequest.connect(self.pushRequest)
        self.view = CaseView(papers, wide=True)
        self.view.visitRequest.connect(self._go_to_visit)
        self.view.petitionRequest.connect(lambda petition: self.goRequest.emit("petitions", petition))
        follow = FollowHands(office, runner, self)
        follow.told.connect(self.messageRequest)
        self.view.attachRequest.connect(follow.attach)
        self.view.taskRequest.connect(lambda task: self.goRequest.emit(task.desk, task))
        self.hands = CaseHands(self.view, office, runner)
        self.hands.told.connect(self.messageRequest)
        self.hands.read.connect(self._read)
        self.hands.write_letters(self)
        head.addWidget(CaseBin(office, runner, self.hands, self))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        self.strip = RecordStrips(office, runner, self)
        lines.addLayout(head)
        lines.addWidget(self.strip)
        lines.addWidget(self.view, 1)
        self.setFocusProxy(self.back)
        papers.keys_on(self)
        self.hands.show(case_id)
        self.strip.follow("case_file", case_id)

    @property
    def title(self) -> str:
        """The number of the case."""
        return self._heading.text()

    def _read(self, story: CaseStory | None) -> None:
        if story:
            self._heading.setText(story.case.book_number)

    def _go_to_visit(self, reception_id: str) -> None:
        self.goRequest.emit("receptions", reception_id)

    def store_changed(self, changes: Any) -> None:
        """Reads the case again when something of it changed."""
        if not changes or any(change.table in CONCERNED for change in changes):
            self.hands.refresh()
            self.strip.again()
