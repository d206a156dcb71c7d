"""Writing a letter: its fields at the left, the paper as it will be printed at the right."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcd_desktop.domain.cases.case_file import Petition
from tcd_desktop.domain.letters.letter import Letter
from tcd_desktop.domain.letters.letter_rules import letter_problems, subject_of
from tcd_desktop.domain.letters.letter_text import BLANK, LetterText
from tcd_desktop.domain.problems import DraftRefused, Problem, Problems, blocking
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.services.letters.letter_desk import LATER
from tcd_desktop.ui.forms.form_fields import DraftModel, FormBinding
from tcd_desktop.ui.letters.letter_fields import (
    WITH_VARIABLES,
    LetterForm,
    form_of,
    letter_of,
    make_fields,
    show_needed,
)
from tcd_desktop.ui.letters.letter_form_frame import LetterFormFrame
from tcd_desktop.ui.letters.letter_words import kind_name, text_or_none
from tcd_desktop.ui.letters.variable_picker import VariableHand
from tcd_desktop.ui.letters.word_copy import WordCopy
from tcd_desktop.ui.receptions.slip_preview import SlipPreview
from tcd_desktop.ui.window.actions import row
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import Job, RunnerLike

PAUSE_MS = 300
"""So long after the last key the paper is drawn and looked through again."""
KEEP_MS = 3000
"""So often what is typed is kept against a crash."""


class LetterFormPage(Page):
    """`opened` is the visit or petition whose identity was opened for this letter; `kept`: found after a crash."""

    issued = Signal(object)
    """The letter with its number; its page is to be shown."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        letter: Letter,
        *,
        opened: Reception | Petition | None = None,
        kept: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._letter, self._opened = office, runner, letter, opened
        self._saving = self._gone = False
        self._looking: Job | None = None
        self._naming: dict[str, Problem] = {}
        self._values: dict[str, str] = {}
        self.letter_id = letter.id
        self._filled = () if kept or office.letters.find(letter.id) is not None else letter.body
        self.text: LetterText | None = text_or_none(letter.kind, letter.dated or office.today())
        kinds = [(letter.kind, kind_name(letter.kind, letter.dated or office.today()))]
        self.fields = make_fields(kinds, office.today)
        self.model: DraftModel[LetterForm] = DraftModel(form_of(letter, office.today()), self._problems)
        self.preview = SlipPreview(office.letters.preview, runner, name=_("Preview of the letter"))
        self.word = WordCopy(office, runner, self, self.letter)
        self.frame = LetterFormFrame(self.fields, self.preview, self.word.button)
        show_needed(self.fields, self.text, letter)
        self.message = self.frame.message
        self.word.told.connect(self.message.tell)
        self.binding = FormBinding(self.model, self.fields, parent=self)
        if kept:
            self.model.load(self.model.draft, dirty=True)
        self.binding.changed.connect(self._changed)
        self.hand = VariableHand(self, self.fields, WITH_VARIABLES, coded=False)
        self._connect()
        self._warn()
        self._read_kinds()
        self.preview.show_slip(self.letter(), now=True)
        self._look_through()

    @property
    def title(self) -> str:
        """The kind of letter."""
        return kind_name(self._letter.kind, self._letter.dated or self._office.today())

    def letter(self) -> Letter:
        """The letter as it is typed now."""
        return letter_of(self.model.draft, self._letter)

    # -- keys ---------------------------------------------------------------------------------

    def _connect(self) -> None:
        frame = self.frame
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(frame)
        frame.heading.setText(self.title)
        frame.back.clicked.connect(self.popRequest)
        frame.picker_button.clicked.connect(self.pick)
        frame.discard_button.clicked.connect(self.discard)
        frame.save_button.clicked.connect(self.save)
        frame.issue_button.clicked.connect(self.issue)
        self.setFocusProxy(self.fields["body"])
        self._keys()
        self._timers()

    def _keys(self) -> None:
        acts = (
            ("form.save", self.save),
            ("letter.issue", self.issue),
            ("letter.variable", self.pick),
            ("letter.discard", self.discard),
        )
        for action, slot in acts:
            QShortcut(QKeySequence(row(action).shortcut), self, slot)
        QShortcut(QKeySequence("Ctrl+Enter"), self, self.issue)

    def _timers(self) -> None:
        self._pause, self._keep = QTimer(self), QTimer(self)
        for timer, after, slot in ((self._pause, PAUSE_MS, self._look_through), (self._keep, KEEP_MS, self.keep)):
            timer.setSingleShot(True)
            timer.setInterval(after)
            timer.timeout.connect(slot)

    # -- what follows from what was typed ------------------------------------------------------

    def _problems(self, draft: LetterForm) -> Problems:
        return {**letter_problems(letter_of(draft, self._letter), self.text), **self._naming}

    def _changed(self, name: str) -> None:
        if name == "kind":
            self._fill(self.model.draft.kind)
            return
        if name == "dated":
            self._other_day()
        self.preview.show_slip(self.letter())
        self._pause.start()
        if not self._keep.isActive():
            self._keep.start()

    def _look_through(self) -> None:
        """Asks the books whether somebody is named who must not be; the values of the variables besides."""
        letter, opened, desk = self.letter(), self._opened, self._office.letters
        if self._looking is not None:
            self._looking.forget()

        def work(_progress: Progress) -> tuple[Problems, dict[str, str], bool]:
            return desk.problems(letter), desk.values(letter, opened=opened), desk.hides(letter)

        self._looking = self._runner.read(work, done=self._looked, failed=self._silent)

    def _looked(self, found: tuple[Problems, dict[str, str], bool]) -> None:
        self._looking = None
        problems, self._values, hidden = found
        self._naming = {name: one for name, one in problems.items() if one.code == "letter_names_denouncer"}
        if self._naming:
            self.binding.show_problems({**self._problems(self.model.draft)})
        else:
            self.binding.show_problems()
        dots = sum(BLANK in text for text in (*self.letter().body, *self.letter().addressees, self.letter().about))
        told = _("This letter goes to who denounced: its words are kept sealed.") if hidden else ""
        if dots:
            told = " ".join(
                filter(None, (told, _("Dots stand where something is not known: write it in, or by hand.")))
            )
        self.frame.told.setText(told)

    def _silent(self, _error: Exception) -> None:
        """What cannot be looked up now is checked again when the letter is saved."""
        self._looking = None

    # -- another kind --------------------------------------------------------------------------------

    def _read_kinds(self) -> None:
        subject, record = subject_of(self._letter)
        desk = self._office.letters

        def work(_progress: Progress) -> list[tuple[str, str]]:
            return [(one.kind, one.text.name) for one in desk.kinds_for(subject, record)] if record else []

        self._runner.read(work, done=self._offer_kinds, failed=self._silent)

    def _offer_kinds(self, kinds: list[tuple[str, str]]) -> None:
        field: Any = self.fields["kind"]
        if self._letter.kind not in {kind for kind, _name in kinds}:
            kinds = [(self._letter.kind, self.title), *kinds]
        field.set_options(kinds)
        field.set_value(self._letter.kind)

    def _other_day(self) -> None:
        """A letter of another time has the form of its time: words that nobody touched are filled in anew."""
        day = self.model.draft.dated
        text = text_or_none(self._letter.kind, day) if day is not None else None
        if text is None or self.text is None or text.instrument == self.text.instrument:
            return
        self.text = text
        if self.letter().body == self._filled:
            self._fill(self._letter.kind)
        else:
            self._warn()

    def _fill(self, kind: str) -> None:
        """Fills the words of a kind in, as they are on the day of the letter."""
        subject, record = subject_of(self._letter)
        opened, desk, day = self._opened, self._office.letters, self.model.draft.dated
        self._runner.read(
            lambda _progress: desk.draft(kind, subject, record, opened=opened, on=day),
            done=self._filled_anew,
            failed=self._kind_refused,
        )

    def _filled_anew(self, made: Letter) -> None:
        same = made.kind == self._letter.kind
        self._letter = replace(made, id=self._letter.id, dated=self._letter.dated)
        self._filled = made.body
        self.text = text_or_none(made.kind, self.model.draft.dated or self._office.today())
        show_needed(self.fields, self.text, made)
        day = self.model.draft.dated or self._office.today()
        self.model.load(replace(form_of(made, day), dated=day), dirty=True)
        self.binding.show_draft()
        self._warn()
        self.frame.heading.setText(self.title)
        of_day = _("The words were filled in anew: another form holds on that day.")
        self.message.tell(of_day if same else _("The words were filled in anew for the other kind."), "neutral")
        self._changed("")

    def _warn(self) -> None:
        """What is known about the kind before anything is typed: nobody has confirmed the words of its form."""
        self.binding.show_problems({name: one for name, one in self.model.problems.items() if one.warning})

    def _kind_refused(self, error: Exception) -> None:
        self.model.change("kind", self._letter.kind)
        self.fields["kind"].set_value(self._letter.kind)
        self._tell(error)

    # -- variables -------------------------------------------------------------------------------------

    def pick(self, _checked: bool = False) -> None:
        """The list of variables; the chosen one's value is put where the cursor stands."""
        self.hand.pick(self.text.variables if self.text is not None else {}, self._values)

    # -- keeping and issuing -----------------------------------------------------------------------------

    def keep(self) -> None:
        """Keeps what was typed against a crash."""
        self._keep.stop()
        if self.model.dirty and not self._gone:
            letter, drafts = self.letter(), self._office.letters.drafts
            self._runner.write(lambda _progress: drafts.keep(letter), failed=self._silent)

    def can_close(self) -> bool:
        """Whoever leaves keeps the draft in the book; what the book refuses is offered again in its list."""
        self.preview.stop()
        for timer in (self._pause, self._keep):
            timer.stop()
        if self.model.dirty and not self._gone and not self._saving:
            self._gone = True
            letter, desk = self.letter(), self._office.letters

            def work(_progress: Progress) -> Done[Letter]:
                desk.drafts.keep(letter)
                return desk.save(letter)

            self._runner.write(work)
        return True

    def save(self, _checked: bool = False) -> None:
        """Keeps the draft in the book; what is missing may wait."""
        self._tidy()
        stopping = {name: one for name, one in blocking(self.model.problems).items() if one.code not in LATER}
        if self._saving or stopping:
            self.binding.check()
            return
        self._write(partial(self._office.letters.save, self.letter()), self._saved)

    def _saved(self, done: Done[Letter]) -> None:
        self._saving = False
        self._letter = done.value
        self.model.load(self.model.draft)
        if not done.changes:  # the bar for undoing says it otherwise
            self.message.tell(_("The draft is kept in the book of letters."), "success")

    def issue(self, _checked: bool = False) -> None:
        """Gives the letter its number and day."""
        self._tidy()
        if self._saving or not self.binding.check():
            return
        draft = self.model.draft
        day = draft.dated or self._office.today()
        act = partial(self._office.letters.issue, replace(self.letter(), dated=self._letter.dated), on=day)
        self._write(partial(act, number=draft.number), self._was_issued)

    def _was_issued(self, done: Done[Letter]) -> None:
        self._gone = True
        self._saving = False
        self.issued.emit(done.value)

    def _write(self, act: partial[Done[Letter]], done: Any) -> None:
        self._saving = True
        self._keep.stop()
        self._runner.write(lambda _progress: act(), done=done, failed=self._failed)

    def _tidy(self) -> None:
        for field in self.fields.values():
            field.tidy()

    def discard(self, _checked: bool = False) -> None:
        """Throws the draft away: at once when it was never saved, else with a reason."""
        from tcd_desktop.ui.dialogs.reason_dialog import ReasonDialog

        if self._office.letters.find(self._letter.id) is None:
            self._gone = True
            letter_id, drafts = self._letter.id, self._office.letters.drafts
            self._runner.write(lambda _progress: drafts.drop(letter_id))
            self.popRequest.emit()
            return
        dialog = ReasonDialog(
            _("Throw the draft away"),
            _("The draft leaves the book. A number it had kept is entered as spoilt, with your reason."),
            _("Throw away"),
            self,
        )
        dialog.reasoned.connect(self._discard)
        dialog.open()

    def _discard(self, reason: str) -> None:
        desk, letter_id = self._office.letters, self._letter.id
        self._write(partial(desk.discard, letter_id, reason), self._was_discarded)

    def _was_discarded(self, _done: Done[Letter]) -> None:
        self._gone = True
        self.popRequest.emit()

    def _failed(self, error: Exception) -> None:
        self._saving = False
        if isinstance(error, DraftRefused):
            self.binding.show_problems(error.problems)
            first = next((self.fields[name] for name in self.fields if name in error.problems), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self._tell(error)

    def _tell(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)

    def left(self) -> None:
        """Another page is shown: what was typed is kept."""
        self.keep()
