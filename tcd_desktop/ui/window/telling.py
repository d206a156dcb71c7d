"""Pages are told what changed: those of the shown desk at once, the others in turns of their own."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from tcd_desktop.ui.window.page import Page


class Telling(QObject):
    """What changed, on its way to the pages that are not shown; between two of them the window lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[Page, object]] = deque()
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._next)

    def tell(self, pages: Sequence[Page], shown: Sequence[Page], changes: object) -> None:
        """Those of `shown` hear of it now, the other `pages` soon, in their order."""
        for page in shown:
            page.store_changed(changes)
        self._waiting.extend((page, changes) for page in pages if page not in shown)
        if self._waiting:
            self._turn.start()

    def _next(self) -> None:
        page, changes = self._waiting.popleft()
        if not self._waiting:
            self._turn.stop()
        if isValid(page):  # it may have been left in the meantime
            page.store_changed(changes)
