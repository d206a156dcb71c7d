"""A paper of ours under the scanner: its record is looked for and shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tcd_desktop.domain.papers.paper_code import PaperCode
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.papers.paper_records import PaperRecord, record_of
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import RunnerLike


class PaperScan(QObject):
    """`visitFound` carries the id of a visit, `found` (desk, id) of anything else, `told` why there is nothing."""

    visitFound = Signal(str)
    found = Signal(str, object)
    told = Signal(str, str)

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner

    def open(self, code: PaperCode) -> None:
        """Looks for the record of a paper."""
        store = self._office.store

        def work(_progress: Progress) -> PaperRecord:
            return record_of(store, code)

        self._runner.read(work, done=self._found, failed=self._failed)

    def _found(self, record: PaperRecord) -> None:
        if record.desk == "receptions":
            self.visitFound.emit(record.id)
        else:
            self.found.emit(record.desk, record.id)

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.told.emit(sentence, tone)
