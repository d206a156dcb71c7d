"""Writing the visit of the form into the book."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tcd_desktop.domain.receptions.reception import Reception, ReceptionDraft
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.ui.window.runner import RunnerLike


class FormSaving(QObject):
    """One act at a time: a second Ctrl+Enter while the first is being written does nothing."""

    saved = Signal(object)
    """The visit that stands in the book now."""
    failed = Signal(object)

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self.busy = False

    def log(self, draft: ReceptionDraft, *, open_case: bool, draft_name: str, case: str | None = None) -> None:
        """A new line of the log, in an earlier `case` perhaps; the draft kept as `draft_name` is forgotten."""
        desk = self._office.receptions

        def work(_progress: Progress) -> Done[Reception]:
            done = desk.log(draft, open_case=open_case, case=case)
            if self._office.staged.settle(draft_name, done.value.id):
                desk.drop_draft(draft_name)
            return done

        self.busy = True
        self._runner.write(work, done=self._done, failed=self._failed)

    def log_matters(self, drafts: list[ReceptionDraft], *, open_cases: list[bool], draft_names: list[str]) -> None:
        """Several contents of one visit, each a line, in one act."""
        desk = self._office.receptions

        def work(_progress: Progress) -> Done[list[Reception]]:
            done = desk.log_visit(drafts, open_cases=open_cases)
            for name, visit in zip(draft_names, done.value, strict=True):
                if self._office.staged.settle(name, visit.id):
                    desk.drop_draft(name)
            return done

        self.busy = True
        self._runner.write(work, done=self._done_all, failed=self._failed)

    def split(self, record: str, drafts: list[ReceptionDraft], *, open_cases: list[bool], draft_name: str) -> None:
        """Further contents of a visit that stands in the book."""
        desk = self._office.receptions

        def work(_progress: Progress) -> Done[list[Reception]]:
            done = desk.split(record, drafts, open_cases=open_cases)
            desk.drop_draft(draft_name)
            return done

        self.busy = True
        self._runner.write(work, done=self._done_all, failed=self._failed)

    def amend(self, record: str, draft: ReceptionDraft) -> None:
        """A corrected line."""

        def work(_progress: Progress) -> Done[Reception]:
            return self._office.receptions.amend(record, draft)

        self.busy = True
        self._runner.write(work, done=self._done, failed=self._failed)

    def _done(self, done: Done[Reception]) -> None:
        self.busy = False
        self.saved.emit(done.value)

    def _done_all(self, done: Done[list[Reception]]) -> None:
        self.busy = False
        self.saved.emit(done.value[0])

    def _failed(self, error: Exception) -> None:
        self.busy = False
        self.failed.emit(error)
