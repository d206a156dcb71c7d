"""How many questions between PCs are open: counted behind the window after every change, for the rail."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tcd_desktop.i18n import ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.window.runner import Job, RunnerLike


def count_questions(office: OpenOffice) -> int:
    """Values, removals and numbers on which nobody has decided."""
    return office.conflicts.count() + len(office.numbers.twice())


def told(count: int) -> str:
    """ "3 to decide"."""
    return ngettext("{n} to decide", "{n} to decide", count).format(n=count)


class OpenQuestions(QObject):
    """`counted` carries the number whenever it was read; one reading at a time, the last change is always seen."""

    counted = Signal(int)

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self._job: Job | None = None
        self._again = False
        self.asked = False

    def refresh(self) -> None:
        """Counts again."""
        self.asked = True
        if self._job is not None and self._job.running:
            self._again = True
            return
        office = self._office

        def read(_progress: Progress) -> int:
            return count_questions(office)

        self._job = self._runner.read(read, done=self._read)

    def _read(self, count: int) -> None:
        self._job = None
        self.counted.emit(count)
        if self._again:
            self._again = False
            self.refresh()
