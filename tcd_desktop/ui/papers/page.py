"""The papers of a visit or case in large: the list at the left, the paper at the right. Esc comes back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.forms.page_frame import page_head
from tcd_desktop.ui.look import look
from tcd_desktop.ui.papers.panel import PapersPanel
from tcd_desktop.ui.papers.place import Held, PaperPlace
from tcd_desktop.ui.papers.preview import PaperPreview
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

LIST_WIDTH = 380


class PapersPage(Page):
    """`paper` is the one shown first."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        place: PaperPlace,
        paper: str = "",
        *,
        files: OpenedFiles | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        now = look.current()
        self._place, self._first = place, paper
        head, self.back = page_head(QLabel(_("Scans and pictures")))
        head.setContentsMargins(0, 0, 0, 0)  # the page has margins of its own
        self.back.clicked.connect(self.popRequest)
        self.panel = PapersPanel(office, runner, keeper, files=files, wide=True)
        self.preview = PaperPreview(runner)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        sides.setHandleWidth(now.px(8))
        sides.setProperty("box", "plain")
        sides.addWidget(self.panel)
        sides.addWidget(self.preview)
        sides.setStretchFactor(1, 1)
        sides.setSizes([now.px(LIST_WIDTH), now.px(900)])
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(16), now.px(10), now.px(16), now.px(12))
        lines.setSpacing(now.px(8))
        lines.addLayout(head)
        lines.addWidget(sides, 1)
        self.panel.chosen.connect(self._chosen)
        self.panel.previewRequest.connect(lambda: self.preview.setFocus(Qt.FocusReason.OtherFocusReason))
        self.preview.backRequest.connect(lambda: self.panel.setFocus(Qt.FocusReason.OtherFocusReason))
        self.preview.openRequest.connect(lambda: self.panel.do("papers.open"))
        self.preview.turnRequest.connect(self._turn)
        self.panel.keys_on(self)
        self.setFocusProxy(self.panel)

    @property
    def title(self) -> str:
        """What is shown."""
        return _("Scans and pictures")

    def showEvent(self, event: QShowEvent) -> None:
        """The papers are read when the page is seen, the first one chosen."""
        super().showEvent(event)
        if self.panel.hands.place is None:
            self.panel.show_place(self._place)
            self.panel.list.choose(self._first)

    def store_changed(self, changes: Any) -> None:
        """Reads again when papers changed."""
        self.panel.store_changed(changes)

    def can_close(self) -> bool:
        """Nothing is lost."""
        self.preview.stop()
        return True

    def _chosen(self, paper: Held | None) -> None:
        if self._first and paper is not None and paper.id != self._first:
            wanted = self._first
            if any(one.id == wanted for one in self.panel.papers()):
                self._first = ""
                self.panel.list.choose(wanted)
                return
        self._first = ""
        self.preview.show_paper(paper, self._place)

    def _turn(self, quarters: int) -> None:
        self.panel.do("papers.turn_right" if quarters == 1 else "papers.turn_left")
