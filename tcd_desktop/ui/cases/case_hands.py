"""What can be done with the case that is shown: reading it, moving it; for pane and page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sentences import refusal_sentence
from tcd_desktop.services.letters.letter_kinds import PROTECTION
from tcd_desktop.ui.cases.case_asking import CaseAsking
from tcd_desktop.ui.cases.case_story import CaseStory, read_case
from tcd_desktop.ui.cases.case_view import CaseView
from tcd_desktop.ui.letters.record_letters import RecordLetters
from tcd_desktop.ui.papers.place import SavedPlace
from tcd_desktop.ui.window.actions import row
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import Job, RunnerLike


class CaseHands(QObject):
    """Binds a `CaseView` to the desks. `told` carries sentences for the window: (sentence, tone)."""

    told = Signal(str, str)
    read = Signal(object)
    """The `CaseStory` that is shown now, or None when the case is not here."""

    def __init__(self, view: CaseView, office: OpenOffice, runner: RunnerLike) -> None:
        super().__init__(view)
        self._view, self._office, self._runner = view, office, runner
        self._reading: Job | None = None
        self.shown = ""
        view.stepRequest.connect(self.take_step)
        view.describeRequest.connect(self.describe)
        self._number, self._writable = "", False
        self._asking = CaseAsking(office, runner, view)
        self._asking.told.connect(self.told)
        view.classifyRequest.connect(lambda field, tag: self._asking.classify(self.shown, field, tag))
        view.protectRequest.connect(self._protect)
        self.letters: RecordLetters | None = None

    def write_letters(self, page: Page) -> None:
        """The card of letters on the page of a case, and the key "Write a letter…"."""
        self.letters = RecordLetters(self._office, self._runner, page)
        self._view.letters = self._letters_card
        shortcut = QShortcut(QKeySequence(row("letter.write").shortcut), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._write_letter)

    def _letters_card(self, story: CaseStory) -> QWidget:
        assert self.letters is not None
        editable = story.own and not story.case.removed
        return self.letters.card(LetterSubject.CASE, story.case.id, editable=editable)

    def _write_letter(self) -> None:
        if self.letters is not None and self._writable:
            self.letters.begin(LetterSubject.CASE, self.shown)

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
            self._number = story.case.book_number
            self._writable = story.own and not story.case.removed
            self._view.show_story(story)
            self._view.papers.show_place(SavedPlace(self._office, case=story.case.id, editable=story.own))
        self.read.emit(story)

    def _protect(self, act: str, record: str) -> None:
        if act == "letter" and self.letters is not None:
            self.letters.write(PROTECTION, LetterSubject.CASE, self.shown)
        else:
            self._asking.protect(self.shown, self._number, act, record)

    # -- acts -----------------------------------------------------------------

    def take_step(self, act: str, draft: StepDraft) -> None:
        """The next step of the case."""
        case_id, desk = self.shown, self._office.steps
        self._runner.write(lambda _progress: desk.take(case_id, act, draft), failed=self._failed)

    def describe(self, codes: tuple[str, ...], remote: bool) -> None:
        """Why the case is complex; its limits follow."""
        case_id, desk = self.shown, self._office.steps
        self._runner.write(
            lambda _progress: desk.describe(case_id, complexity=codes, remote=remote), failed=self._failed
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refused):
            raise error
        if isinstance(error, DraftRefused) and self._view.steps is not None:
            self._view.steps.show_problems(error.problems)
            return
        self.told.emit(refusal_sentence(error), "danger")
