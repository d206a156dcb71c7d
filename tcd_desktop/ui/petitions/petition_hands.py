"""What can be done with the petition that is shown: change it, look at who wrote it, go to its case."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from tcd_desktop.domain.cases.case_file import CaseFile, Petition
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.ui.letters.record_letters import RecordLetters
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.look.link_line import link_line
from tcd_desktop.ui.petitions.petition_story import PetitionStory, chips_of, groups_of, petitioner_of, read_story
from tcd_desktop.ui.petitions.reveal_dialog import RevealPetitionDialog
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import Job, RunnerLike


class PetitionHands(QObject):
    """Binds an `Inspector` to the desk. The page hears of results through the signals."""

    told = Signal(str, str)
    read = Signal(object)
    """The `PetitionStory` that is shown now, or None."""
    changeRequest = Signal(str)
    openRequest = Signal(str)
    caseRequest = Signal(str)
    visitRequest = Signal(str)

    def __init__(self, inspector: Inspector, office: OpenOffice, runner: RunnerLike, page: QWidget) -> None:
        super().__init__(page)
        self._inspector, self._office, self._runner, self._page = inspector, office, runner, page
        self._reading: Job | None = None
        self._opened: Petition | None = None
        self.story: PetitionStory | None = None
        self.shown = ""
        self.letters = RecordLetters(office, runner, page)
        acts = (
            ("petition.change", self.change),
            ("petition.reveal", self.reveal),
            ("petition.case", self.go_to_case),
            ("letter.write", self.write_letter),
        )
        for name, slot in acts:
            shortcut = QShortcut(QKeySequence(row(name).shortcut), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def show(self, petition_id: str) -> None:
        """Reads a petition and shows it; "" shows nothing. An identity that was opened is closed again."""
        if petition_id != self.shown:
            self._opened = None
        self.shown = petition_id
        if self._reading:
            self._reading.forget()
        if not petition_id:
            self.story = None
            self._inspector.show_nothing(_("Choose a petition to see who wrote it, its content and how it is handled."))
            return
        self._reading = self._runner.read(partial(self._read, petition_id), done=self._story, failed=self._failed)

    def conceal(self) -> None:
        """Another page is shown: an identity that was opened is closed."""
        if self._opened is not None:
            self._opened = None
            self._story(self.story)

    def refresh(self) -> None:
        """Reads the shown petition again."""
        if self.shown:
            self.show(self.shown)

    def _read(self, petition_id: str, _progress: Progress) -> PetitionStory | None:
        return read_story(self._office, petition_id)

    def _story(self, story: PetitionStory | None) -> None:
        self._reading = None
        self.story = story
        self.read.emit(story)
        if story is None:
            self._inspector.show_nothing(_("This petition is not here any more."))
            return
        subtitle = " · ".join(filter(None, (story.number, "" if story.own else story.office_name)))
        self._inspector.set_actions(self._buttons(story))
        self._inspector.show_record(
            petitioner_of(story, self._opened),
            subtitle,
            chips=chips_of(story),
            groups=groups_of(story, self._opened),
            extra=[*self._links(story), self._letters(story)],
        )

    def _links(self, story: PetitionStory) -> list[QWidget]:
        found: list[QWidget] = []
        if story.first is not None:
            words = _("The first petition: {number}").format(number=story.first.book_number)
            found.append(link_line(words, "files", partial(self.openRequest.emit, story.first.id)))
        for one in story.repeats:
            words = _("Repeated by {number}").format(number=one.book_number)
            found.append(link_line(words, "files", partial(self.openRequest.emit, one.id)))
        if story.visit is not None:
            words = _("Handed over at visit {number}").format(number=story.visit.book_number)
            found.append(link_line(words, "book-open", partial(self.visitRequest.emit, story.visit.id)))
        if story.case is not None:
            words = f"{story.case.book_number} · {story.case.title}"
            found.append(link_line(words, "folder-open", partial(self.caseRequest.emit, story.case.id)))
        return found

    def _letters(self, story: PetitionStory) -> QWidget:
        writes = self._office.writes_in(story.petition.office)
        return self.letters.card(LetterSubject.PETITION, story.petition.id, editable=writes)

    def _buttons(self, story: PetitionStory) -> list[QWidget]:
        writes = self._office.writes_in(story.petition.office)
        found: list[QWidget] = []
        if story.petition.sealed is not None and self._opened is None and self._office.may("denunciation.reveal"):
            found.append(self._button("petition.reveal", self.reveal))
        if story.case is not None or writes:
            found.append(self._button("petition.case", self.go_to_case, primary=not writes))
            if story.case is None:
                found[-1].setText(_("Open a case"))  # type: ignore[attr-defined]
        if writes and story.petition.number:
            found.append(self._button("petition.change", self.change, primary=True))
        return found

    def _button(self, name: str, slot: object, *, primary: bool = False) -> QPushButton:
        action = row(name)
        button = QPushButton(str(action.text))
        button.setToolTip(f"{action.text}  {key_text(name)}")
        if primary:
            button.setProperty("kind", "primary")
        icons.dress(button, action.icon, "on_accent" if primary else "text", 16)
        button.clicked.connect(slot)
        return button

    # -- acts -----------------------------------------------------------------

    def change(self, _checked: bool = False) -> None:
        """The form of the petition that is shown."""
        story = self.story
        if story is not None and story.petition.number and self._office.writes_in(story.petition.office):
            self.changeRequest.emit(story.petition.id)

    def write_letter(self, _checked: bool = False) -> None:
        """Offers the letters that fit the petition that is shown."""
        story = self.story
        if story is not None and self._office.writes_in(story.petition.office):
            self.letters.begin(LetterSubject.PETITION, story.petition.id)

    def reveal(self, _checked: bool = False) -> None:
        """Asks why the identity is looked at."""
        story = self.story
        if story is not None and story.petition.sealed is not None and self._opened is None:
            dialog = RevealPetitionDialog(story.number, self._page)
            dialog.reasoned.connect(partial(self._reveal, story.petition.id))
            dialog.open()

    def _reveal(self, petition_id: str, reason: str) -> None:
        def work(_progress: Progress) -> Petition:
            return self._office.petitions.reveal(petition_id, reason)

        self._runner.write(work, done=self._revealed, failed=self._failed)

    def _revealed(self, petition: Petition) -> None:
        if petition.id == self.shown:
            self._opened = petition
            self.refresh()

    def go_to_case(self, _checked: bool = False) -> None:
        """Goes to the case, or opens one."""
        story = self.story
        if story is None:
            return
        if story.case is not None:
            self.caseRequest.emit(story.case.id)
        elif story.petition.number and self._office.writes_in(story.petition.office):
            petition_id = story.petition.id

            def work(_progress: Progress) -> Done[CaseFile]:
                return self._office.petitions.open_case(petition_id)

            self._runner.write(work, done=self._case_opened, failed=self._failed)
        elif story.visit is not None:
            self.visitRequest.emit(story.visit.id)

    def _case_opened(self, done: Done[CaseFile]) -> None:
        self.told.emit(_("Opened case {number}.").format(number=done.value.book_number), "success")

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.told.emit(sentence, tone)
