"""The letters about a record, as a card of its page: Enter opens one, a button writes another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.letters.letter import Letter, LetterState
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.letters.letter_words import line_of
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.link_line import link_line
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.runner import Job, RunnerLike

ICONS = {LetterState.DRAFT: "pencil", LetterState.ISSUED: "stamp", LetterState.SPOILT: "ban"}


class LettersCard(QFrame):
    """`openRequest` carries a letter, `writeRequest` the button under which the kinds are offered.

    Needs a parent before it shows a record: without letters and button it hides itself.
    """

    openRequest = Signal(str)
    writeRequest = Signal(QWidget)

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self._job: Job | None = None
        self.letters: list[Letter] = []
        self.buttons: list[QPushButton] = []
        now = look.current()
        self.setProperty("box", "card")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(now.px(12), now.px(8), now.px(12), now.px(8))
        self._lines.setSpacing(now.px(3))
        title = QLabel(_("Letters"))
        title.setProperty("ink", "heading")
        self._lines.addWidget(title)
        self._list = QVBoxLayout()
        self._list.setSpacing(now.px(2))
        self._lines.addLayout(self._list)
        self.write_button = QPushButton(f"{row('letter.write').text}  {key_text('letter.write')}")
        icons.dress(self.write_button, "send", "text", 16)
        self.write_button.clicked.connect(self._write)
        self._lines.addWidget(self.write_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_record(self, subject: LetterSubject, record: str, *, editable: bool) -> None:
        """The letters about a record; `editable`: others may be written."""
        self.write_button.setVisible(editable and self._office.may("letter.save"))
        self.setVisible(not self.write_button.isHidden())
        if self._job is not None:
            self._job.forget()
        desk = self._office.letters

        def work(_progress: Progress) -> list[Letter]:
            return desk.of_record(subject, record)

        self._job = self._runner.read(work, done=self._show)

    def _show(self, letters: Sequence[Letter]) -> None:
        self._job, self.letters = None, list(letters)
        while self._list.count():
            item = self._list.takeAt(0)
            old = item.widget() if item else None
            if old is not None:
                old.hide()
                old.deleteLater()
        today = self._office.today()
        self.buttons = [letter_link(letter, today, self.openRequest.emit) for letter in letters]
        for button in self.buttons:
            self._list.addWidget(button)
        self.setVisible(bool(letters) or not self.write_button.isHidden())

    def _write(self, _checked: bool = False) -> None:
        self.writeRequest.emit(self.write_button)


def letter_link(letter: Letter, today: date, slot: Callable[[str], object]) -> QPushButton:
    """A letter in one line that opens it."""
    button = link_line(line_of(letter, today), ICONS[letter.state], partial(slot, letter.id))
    button.setAutoDefault(True)
    return button
