"""One directive or obligation as a page of its own: Enter in the list opens it, Esc goes back to the same row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tcd_desktop.jobs import Progress
from tcd_desktop.ui.directives.desk_acts import DeskActs
from tcd_desktop.ui.forms.page_frame import page_head
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.look import look
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import Job, RunnerLike

WIDTH = 820
"""Lines longer than this at 100 % are hard to read."""


class RecordPage(Page):
    """`read` brings what is shown, in a reader; `show` puts it into the pane and tells the acts of it.

    `acts` is made for this page, so that its keys work here.
    """

    def __init__(
        self,
        title: str,
        runner: RunnerLike,
        read: Callable[[], Any],
        show: Callable[[Inspector, DeskActs, Any], None],
        make_acts: Callable[[QWidget], DeskActs],
        tables: frozenset[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title, self._runner, self._read, self._show, self._tables = title, runner, read, show, tables
        self._job: Job | None = None
        now = look.current()
        self.pane = Inspector()
        self.acts = make_acts(self)
        self.message = MessageBar()
        self.acts.told.connect(self.message.tell)
        head, self.back = page_head(QLabel(title))
        self.back.clicked.connect(self.popRequest)
        bars = QVBoxLayout()
        bars.setContentsMargins(now.px(16), 0, now.px(16), 0)
        bars.addWidget(self.message)
        self.pane.setMaximumWidth(now.px(WIDTH))
        middle = QHBoxLayout()
        middle.setContentsMargins(now.px(16), 0, now.px(16), now.px(12))
        middle.addWidget(self.pane, 1, Qt.AlignmentFlag(0))
        middle.addStretch(0)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bars)
        lines.addLayout(middle, 1)
        self.setFocusProxy(self.back)
        self.refresh()

    @property
    def title(self) -> str:
        """The heading."""
        return self._title

    def refresh(self) -> None:
        """Reads again."""
        if self._job is not None:
            self._job.forget()

        def work(_progress: Progress) -> Any:
            return self._read()

        self._job = self._runner.read(work, done=self._arrived)

    def _arrived(self, read: Any) -> None:
        self._job = None
        self._show(self.pane, self.acts, read)

    def store_changed(self, changes: Any) -> None:
        """Reads again what may have changed."""
        if not changes or any(change.table in self._tables for change in changes):
            self.refresh()
