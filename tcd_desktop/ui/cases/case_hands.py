"""What can be done with the case that is shown: reading it, moving it, its papers; for pane and page."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tcd_desktop.domain.case_file import Attachment
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import CaseState
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sentences import refusal_sentence
from tcd_desktop.services.done import Done
from tcd_desktop.store.unit import Change
from tcd_desktop.ui.cases.case_story import CaseStory, read_case
from tcd_desktop.ui.cases.case_view import CaseView
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.runner import Job, RunnerLike


class CaseHands(QObject):
    """Binds a `CaseView` to the desks. `told` carries sentences for the window: (sentence, tone)."""

    told = Signal(str, str)
    read = Signal(object)
    """The `CaseStory` that is shown now, or None when the case is not here."""

    def __init__(self, view: CaseView, office: OpenOffice, runner: RunnerLike, files: OpenedFiles) -> None:
        super().__init__(view)
        self._view, self._office, self._runner, self._files = view, office, runner, files
        self._reading: Job | None = None
        self.shown = ""
        view.moveRequest.connect(self.move)
        view.papers.addRequest.connect(self.attach)
        view.papers.openRequest.connect(self.open_paper)
        view.papers.saveRequest.connect(self.save_paper)

    def show(self, case_id: str) -> None:
        """Reads a case and shows it; "" shows nothing."""
        self.shown = case_id
        if self._reading:
            self._reading.forget()
        if not case_id:
            self._view.show_nothing(_("Choose a case to see its deadline, papers and history."))
            return
        self._reading = self._runner.read(partial(self._read, case_id), done=self._story, failed=self._failed)

    def refresh(self) -> None:
        """Reads the shown case again."""
        if self.shown:
            self.show(self.shown)

    def _read(self, case_id: str, _progress: Progress) -> CaseStory | None:
        return read_case(self._office, case_id)

    def _story(self, story: CaseStory | None) -> None:
        self._reading = None
        if story is None:
            self._view.show_nothing(_("This case is not here any more."))
        else:
            self._view.show_story(story)
        self.read.emit(story)

    # -- acts -----------------------------------------------------------------

    def move(self, state: CaseState, note: str) -> None:
        """The next step of the case."""
        case_id, desk = self.shown, self._office.cases
        self._runner.write(lambda _progress: desk.move(case_id, state, note=note), failed=self._failed)

    def attach(self, files: list[Path]) -> None:
        """Keeps files with the case."""
        case_id, desk = self.shown, self._office.attachments

        def work(progress: Progress) -> Done[list[Attachment]]:
            changes: list[Change] = []
            kept: list[Attachment] = []
            for number, file in enumerate(files):
                progress.step(number, len(files), file.name)
                done = desk.add_file(file, case=case_id)
                kept.append(done.value)
                changes += done.changes
            return Done("attachment.add", kept, tuple(changes))

        self._runner.write(work, failed=self._failed)

    def open_paper(self, paper: Attachment) -> None:
        """Shows a paper in its own program."""
        desk = self._office.attachments
        self._runner.read(lambda _progress: (paper.name, desk.content(paper)), done=self._opened, failed=self._failed)

    def _opened(self, paper: tuple[str, bytes]) -> None:
        if not self._files.show(self._files.place(*paper)):
            self.told.emit(_("No program on this PC opens this kind of file. Save a copy instead."), "warning")

    def save_paper(self, paper: Attachment, target: Path) -> None:
        """Writes a copy of a paper where the officer wants it."""
        desk = self._office.attachments

        def work(_progress: Progress) -> Path:
            content = desk.content(paper)
            try:
                target.write_bytes(content)
            except OSError as error:
                raise Refused("file_unwritable", file=target.name) from error
            return target

        self._runner.read(work, done=self._saved, failed=self._failed)

    def _saved(self, target: Path) -> None:
        self.told.emit(_("Saved as {file}.").format(file=target.name), "success")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refused):
            raise error
        self.told.emit(refusal_sentence(error), "danger")
