"""Lets papers be read for the search while nobody waits: a while after the window opened, and after papers came."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.window.runner import Job, RunnerLike

FIRST_MS = 4000
"""After the window opened: its first screens come first."""
LATER_MS = 1500


class PaperReading(QObject):
    """One reading at a time; what came meanwhile is read by the next."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self._job: Job | None = None
        self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read)
        self._timer.start(FIRST_MS)

    def store_changed(self, changes: object) -> None:
        """New papers are read soon."""
        if isinstance(changes, tuple | list) and any(getattr(one, "table", "") == "attachment" for one in changes):
            self._timer.start(LATER_MS)

    def _read(self) -> None:
        if self._job is not None:
            self._again = True
            return
        self._job = self._runner.read(self._office.paper_reader.read_all, done=self._done, failed=self._failed)
        if self._job is not None and not self._job.running:
            self._job = None

    def _done(self, _read: int) -> None:
        self._job = None
        if self._again:
            self._again = False
            self._timer.start(LATER_MS)

    def _failed(self, _error: Exception) -> None:
        """A store that cannot be written says so wherever an officer works; here it only waits for the next time."""
        self._job = None
