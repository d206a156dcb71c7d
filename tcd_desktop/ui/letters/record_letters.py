"""The letters of the record that a page shows: their card, the key "Write a letter…", the letter the law asks for next.

A page makes one `RecordLetters` and asks it for a card each time it shows a record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from tcd_desktop.domain.follow_up.directive import Reminder
from tcd_desktop.domain.letters.letter import Letter, LetterState
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

if TYPE_CHECKING:
    from tcd_desktop.ui.letters.letters_card import LettersCard
    from tcd_desktop.ui.letters.writing import LetterWriter


class RecordLetters(QObject):
    """What is needed for a form of a letter is imported when one is wanted: pages are shown quickly."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, page: QWidget) -> None:
        super().__init__(page)
        self._office, self._runner, self._page = office, runner, page
        self._writer: LetterWriter | None = None

    @property
    def offered(self) -> bool:
        """Whether this officer writes letters."""
        return self._office.may("letter.save")

    @property
    def writer(self) -> LetterWriter:
        """Shows forms and letters on top of the page."""
        if self._writer is None:
            from tcd_desktop.ui.letters.writing import LetterWriter

            assert isinstance(self._page, Page)
            self._writer = LetterWriter(self._office, self._runner, self._page)
        return self._writer

    def card(self, subject: LetterSubject, record: str, *, editable: bool) -> LettersCard:
        """The letters about a record; `editable`: a button for another one stands there."""
        from tcd_desktop.ui.letters.letters_card import LettersCard

        card = LettersCard(self._office, self._runner, self._page)
        card.openRequest.connect(self.open)
        card.writeRequest.connect(partial(self.begin, subject, record))
        card.show_record(subject, record, editable=editable)
        return card

    def begin(self, subject: LetterSubject, record: str, place: QWidget | None = None) -> None:
        """Offers the kinds that fit a record."""
        if self.offered and record:
            self.writer.begin(subject, record, place)

    def open(self, letter_id: str) -> None:
        """A draft in its form, an issued letter as its page."""
        self.writer.open(letter_id)

    def write(self, kind: str, subject: LetterSubject, record: str) -> None:
        """A letter of one kind: the one that stands in the book already, a new one when there is none."""
        if not self.offered or not record:
            return
        desk = self._office.letters

        def work(_progress: Progress) -> str:
            return _written(desk.of_record(subject, record), kind)

        def found(letter_id: str) -> None:
            if letter_id:
                self.writer.open(letter_id)
            else:
                self.writer.write(kind, subject, record)

        self._runner.read(work, done=found)

    def write_calendar(self, day: date | None) -> None:
        """The poster of the head's receptions in the month of a day, None = the month that is posted next."""
        if self.offered:
            self.writer.write_calendar(day)

    def write_reminder(
        self, reminders: Sequence[Reminder], name: Callable[[str], str], place: QWidget | None = None
    ) -> None:
        """The letter of the latest reminder; of one that went to several offices, of the one that is chosen."""
        latest = max(reminders, key=lambda one: (one.on, one.nth), default=None)
        if latest is None:
            return
        alike = [one for one in reminders if (one.on, one.number) == (latest.on, latest.number)]
        if len(alike) == 1:
            self.write("reminder", LetterSubject.REMINDER, latest.id)
            return
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in alike:
            action = menu.addAction(icons.icon("send"), name(one.unit).replace("&", "&&"))
            action.triggered.connect(partial(self._of_reminder, one.id))
        at = place or self._page
        menu.popup(at.mapToGlobal(QPoint(0, at.height() if place else 60)))
        menu.setActiveAction(menu.actions()[0])

    def _of_reminder(self, reminder: str, _checked: bool = False) -> None:
        self.write("reminder", LetterSubject.REMINDER, reminder)


def _written(letters: Sequence[Letter], kind: str) -> str:
    """The letter of a kind that goes on: a draft before an issued one; spoilt ones are past."""
    living = [one for one in letters if one.kind == kind and one.state is not LetterState.SPOILT]
    drafts = [one for one in living if one.state is LetterState.DRAFT]
    return next((one.id for one in (*drafts, *living)), "")
