"""The page of a letter that was issued: its facts and prints at the left, its paper at the right."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.domain.letters.letter import Letter, LetterState
from tcd_desktop.domain.letters.letter_rules import file_name
from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.services.letters.letter_desk import PrintedLetter
from tcd_desktop.ui.dialogs.reason_dialog import ReasonDialog
from tcd_desktop.ui.letters.asking import identity_dialog
from tcd_desktop.ui.letters.letter_page_frame import LetterPageFrame
from tcd_desktop.ui.letters.letter_story import LetterStory, chips_of, groups_of, read_letter, title_of
from tcd_desktop.ui.letters.letter_words import kind_name, text_or_none
from tcd_desktop.ui.letters.word_copy import WordCopy
from tcd_desktop.ui.receptions.printing import Printing, SystemPrinting, print_pdf, save_pdf
from tcd_desktop.ui.receptions.slip_preview import SlipPreview
from tcd_desktop.ui.signing.sign_act import Signable, SignAct, may_sign, signable_print
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import Job, RunnerLike

CONCERNED = frozenset({"letter", "issued_document", "reception", "petition", "case_file"})


class LetterPage(Page):
    """`plain` is the letter with its words, right after it was issued; a sealed one is opened with a reason."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        letter_id: str,
        *,
        plain: Letter | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self.letter_id = office, runner, letter_id
        self._printing: Printing = SystemPrinting()
        self._opened: Letter | None = plain
        self._reading: Job | None = None
        self._busy = False
        self.story: LetterStory | None = None
        self.preview = SlipPreview(office.letters.preview, runner, name=_("Preview of the letter"))
        self.word = WordCopy(office, runner, self, self._open_letter)
        self.signing = SignAct(self, self._signable)
        self.frame = LetterPageFrame(self.preview, (self.word.button, self.signing.button))
        self.message, self.copies = self.frame.message, self.frame.copies
        self.word.told.connect(self.message.tell)
        self._connect()
        self._read()

    def _connect(self) -> None:
        frame = self.frame
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(frame)
        frame.back.clicked.connect(self.popRequest)
        acts = (
            ("letter.print", self.print_letter, frame.print_button),
            ("letter.pdf", self.save_copy, frame.pdf_button),
            ("letter.spoil", self.spoil, frame.spoil_button),
            ("letter.reveal", self.reveal, frame.reveal_button),
            ("letter.record", self.go_to_record, frame.record_button),
        )
        for action, slot, button in acts:
            button.clicked.connect(slot)
            shortcut = QShortcut(QKeySequence(row(action).shortcut), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.setFocusProxy(frame.print_button)

    @property
    def title(self) -> str:
        """The number of the letter."""
        return self.frame.heading.text()

    # -- showing ------------------------------------------------------------------------------

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.forget()
        office, letter_id = self._office, self.letter_id

        def work(_progress: Progress) -> LetterStory | None:
            return read_letter(office, letter_id)

        self._reading = self._runner.read(work, done=self._arrived, failed=self._failed)

    def _arrived(self, story: LetterStory | None) -> None:
        self._reading, self.story = None, story
        if story is None:
            self.frame.facts.show_nothing(_("This letter is not here any more."))
            return
        letter = story.letter
        if letter.sealed is None:
            self._opened = None
        closed = letter.sealed is not None and self._opened is None
        issued = letter.state is LetterState.ISSUED
        name = kind_name(letter.kind, letter.dated or story.today)
        self.frame.heading.setText(" · ".join(filter(None, (letter.book_number, name))))
        self.frame.facts.show_record(
            title_of(story),
            "" if story.own else story.office_name,
            chips=chips_of(story),
            groups=groups_of(story, self._opened),
        )
        self.frame.closed_note.setVisible(closed)
        self.preview.setVisible(not closed)
        self.frame.paper_acts.setVisible(not closed and story.own and letter.state is not LetterState.DRAFT)
        self.frame.pdf_button.setEnabled(bool(story.prints) or issued)
        self.signing.refresh()
        self.frame.print_button.setEnabled(issued)
        words = _("Print again") if story.prints else _("Print")
        self.frame.print_button.setText(f"{words}  {key_text('letter.print')}")
        self.frame.spoil_button.setVisible(story.own and issued and self._office.may("letter.spoil"))
        self.frame.reveal_button.setVisible(closed and self._office.may("denunciation.reveal"))
        self.frame.record_button.setVisible(story.place is not None)
        if not closed:
            self._show_paper(story)
        first = self.frame.reveal_button if closed else self.frame.print_button
        self.setFocusProxy(first if first.isVisibleTo(self) and first.isEnabled() else self.frame.back)

    def _show_paper(self, story: LetterStory) -> None:
        """What was printed last, else what would be printed."""
        if story.prints:
            self._stored(story.prints[-1], self.preview.show_pdf)
        else:
            self.preview.show_slip(self._opened or story.letter, now=True)

    def _open_letter(self) -> Letter | None:
        """The letter with its words, None while they are sealed."""
        story = self.story
        closed = story is None or (story.letter.sealed is not None and self._opened is None)
        return None if story is None or closed else self._opened or story.letter

    def _signable(self) -> Signable | None:
        """The last print of an issued letter."""
        story, letter = self.story, self._open_letter()
        document = signable_print(story.prints) if story is not None else None
        if story is None or letter is None or document is None or letter.state is not LetterState.ISSUED:
            return None
        if not may_sign(self._office, document):
            return None
        name = file_name(self._file_words(story), letter, print_no=document.print_no)
        return Signable(document, name, secret=story.letter.sealed is not None)

    def _file_words(self, story: LetterStory) -> str:
        text = text_or_none(story.letter.kind, story.letter.dated or story.today)
        return (text.type_name or text.name) if text is not None else story.letter.kind

    def _stored(self, document: IssuedDocument, done: Any) -> None:
        desk = self._office.letters
        self._runner.read(lambda _progress: desk.stored_pdf(document), done=done, failed=self._failed)

    def print_with(self, printing: Printing) -> None:
        """Prints where the window prints."""
        self._printing = printing

    def store_changed(self, changes: Any) -> None:
        """Reads again when something of it changed."""
        if not changes or any(change.table in CONCERNED for change in changes):
            self._read()

    def left(self) -> None:
        """Whoever goes to another page has looked: the words are sealed again."""
        if self._opened is not None and self.story is not None and self.story.letter.sealed is not None:
            self._opened = None
            self.preview.setVisible(False)
            self._arrived(self.story)

    def can_close(self) -> bool:
        """Nothing is lost by leaving."""
        self.preview.stop()
        return True

    # -- acts ------------------------------------------------------------------------------------

    def reveal(self, _checked: bool = False) -> None:
        """Asks why the sealed words are looked at."""
        if self.story is not None and self.story.letter.sealed is not None and self._opened is None:
            dialog = identity_dialog(self)
            dialog.reasoned.connect(self._reveal)
            dialog.open()

    def _reveal(self, reason: str) -> None:
        desk, letter_id = self._office.letters, self.letter_id
        self._runner.write(lambda _progress: desk.open(letter_id, reason), done=self._revealed, failed=self._failed)

    def _revealed(self, letter: Letter) -> None:
        if letter.id == self.letter_id:
            self._opened = letter
            self.message.tell(_("The words are shown until you leave this page."), "secret")
            self._read()

    def go_to_record(self, _checked: bool = False) -> None:
        """What the letter is about."""
        if self.story is not None and self.story.place is not None:
            desk, record = self.story.place
            self.goRequest.emit(desk, record)

    def spoil(self, _checked: bool = False) -> None:
        """Asks why the number is spoilt."""
        story = self.story
        if story is None or not story.own or story.letter.state is not LetterState.ISSUED:
            return
        dialog = ReasonDialog(
            _("Spoil the number {number}").format(number=story.letter.book_number),
            _("The number stays used and is explained in the book. What it told the record is taken back."),
            _("Enter as spoilt"),
            self,
        )
        dialog.reasoned.connect(self._spoil)
        dialog.open()

    def _spoil(self, reason: str) -> None:
        desk, letter_id = self._office.letters, self.letter_id
        self._runner.write(lambda _progress: desk.spoil(letter_id, reason), failed=self._failed)

    def _offers(self, button: QPushButton) -> bool:
        return button.isEnabled() and button.isVisibleTo(self)

    def print_letter(self, _checked: bool = False) -> None:
        """Asks for a printer, enters the print in the register, sends the paper."""
        story = self.story
        if (
            story is None
            or self._busy
            or not self.frame.print_button.isEnabled()
            or not self.frame.print_button.isVisibleTo(self)
        ):
            return
        copies = self.copies.value() or 1
        if not self._printing.available():
            self.message.tell(_("This PC has no printer. Save the letter as a PDF and print it elsewhere."), "warning")
            self._make(copies, partial(self._save_printed))
            return
        printer = self._printing.ask(copies, story.letter.book_number or "TCD", self)
        if printer is not None:
            self._make(copies, partial(self._send, printer))

    def _make(self, copies: int, then: Any) -> None:
        story = self.story
        assert story is not None
        self._busy = True
        desk, letter = self._office.letters, self._opened or story.letter
        self._runner.write(lambda _progress: desk.print(letter, copies=copies), done=then, failed=self._failed)

    def _send(self, printer: Any, done: Done[PrintedLetter]) -> None:
        pdf, document = done.value.pdf, done.value.document
        self._runner.read(
            lambda _progress: print_pdf(pdf, printer), done=partial(self._was_sent, document), failed=self._failed
        )

    def _was_sent(self, document: IssuedDocument, _sheets: int) -> None:
        self._busy = False
        again = document.print_no - 1
        words = _("Sent to the printer, marked as reprint {n}.").format(n=again) if again else _("Sent to the printer.")
        self.message.tell(words, "success")
        self._read()

    def _save_printed(self, done: Done[PrintedLetter]) -> None:
        self._busy = False
        self._save(done.value.document, done.value.pdf)
        self._read()

    def save_copy(self, _checked: bool = False) -> None:
        """Saves what was printed last as a PDF; the first time it is entered as a print."""
        story = self.story
        if (
            story is None
            or self._busy
            or not self.frame.pdf_button.isVisibleTo(self)
            or not self.frame.pdf_button.isEnabled()
        ):
            return
        if story.prints:
            document = story.prints[-1]
            self._stored(document, partial(self._save, document))
        else:
            self._make(1, partial(self._save_printed))

    def _save(self, document: IssuedDocument, pdf: bytes) -> None:
        story = self.story
        assert story is not None
        words = self._file_words(story)
        path = self._printing.ask_file(file_name(words, story.letter, print_no=document.print_no), self)
        if path is None:
            return
        try:
            save_pdf(pdf, path)
            self.message.tell(_("Saved as {file}.").format(file=path.name), "success")
        except Refused as error:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        if self.story is not None:
            self.frame.print_button.setEnabled(self.story.letter.state is LetterState.ISSUED)
        if isinstance(error, Refused) and error.code == "print_failed":
            self.message.tell(_("The printer took nothing. Look at it, then print again."), "danger")
            return
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)
