"""From a record to its letters: the list of kinds that fit, the reason for opening an identity, the form, the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from tcd_desktop.domain.cases.case_file import Petition
from tcd_desktop.domain.letters.letter import Letter, LetterState
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.letters.letter_kinds import OfferedKind
from tcd_desktop.ui.cases.case_words import short_day
from tcd_desktop.ui.letters.asking import identity_dialog
from tcd_desktop.ui.letters.letter_form import LetterFormPage
from tcd_desktop.ui.letters.letter_page import LetterPage
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.window.actions import row
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

MIDDLE = 15
"""From this day of a month on the poster is that of the next one."""


class LetterWriter(QObject):
    """Writes and opens letters for a page, which shows what comes of it on top of itself.

    writer = LetterWriter(office, runner, page)
    writer.key(lambda: (LetterSubject.RECEPTION, visit.id))     the key "Write a letter…" on that page
    """

    def __init__(self, office: OpenOffice, runner: RunnerLike, page: Page) -> None:
        super().__init__(page)
        self._office, self._runner, self._page = office, runner, page
        self._place: QWidget = page
        self.menu: QMenu | None = None

    @property
    def offered(self) -> bool:
        """Whether this officer may write letters."""
        return self._office.may("letter.save")

    def key(self, about: Callable[[], tuple[LetterSubject, str] | None]) -> None:
        """The page's key for "Write a letter…"; `about` says which record is shown, None = none of this office."""

        def begin() -> None:
            found = about()
            if found is not None:
                self.begin(*found)

        shortcut = QShortcut(QKeySequence(row("letter.write").shortcut), self._page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(begin)

    # -- which kind -------------------------------------------------------------------------------

    def begin(self, subject: LetterSubject, record: str, place: QWidget | None = None) -> None:
        """Offers the kinds that fit a record, below `place`."""
        if not self.offered or not record:
            return
        self._place = place or self._page
        desk = self._office.letters

        def work(_progress: Progress) -> tuple[OfferedKind, ...]:
            return desk.kinds_for(subject, record)

        self._runner.read(work, done=partial(self._offer, subject, record), failed=self._failed)

    def _offer(self, subject: LetterSubject, record: str, kinds: tuple[OfferedKind, ...]) -> None:
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(str(row("letter.write").text))
        today = self._office.today()
        asked = [one for one in kinds if one.fits]
        for one in kinds:
            if asked and one is next((kind for kind in kinds if not kind.fits), None):
                menu.addSeparator()
            due = _("by {day}").format(day=short_day(one.due, today)) if one.fits and one.due else ""
            words = one.text.name.replace("&", "&&")
            action = menu.addAction(icons.icon("stamp" if one.fits else "file-text"), f"{words}\t{due}")
            action.triggered.connect(partial(self.write, one.kind, subject, record))
        self.menu = menu
        at = self._place
        menu.popup(at.mapToGlobal(QPoint(0, at.height() if at is not self._page else 60)))
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])

    # -- the form -----------------------------------------------------------------------------------

    def write(self, kind: str, subject: LetterSubject, record: str, _checked: bool = False) -> None:
        """The form of a new letter; one to a denouncer asks first why the identity is opened."""
        desk = self._office.letters

        def work(_progress: Progress) -> Letter | None:
            return None if desk.needs_identity(kind, subject, record) else desk.draft(kind, subject, record)

        self._runner.read(work, done=partial(self._drafted, kind, subject, record), failed=self._failed)

    def _drafted(self, kind: str, subject: LetterSubject, record: str, letter: Letter | None) -> None:
        if letter is not None:
            self.show_form(letter)
            return
        dialog = identity_dialog(self._page)
        dialog.reasoned.connect(partial(self._open_identity, kind, subject, record))
        dialog.open()

    def _open_identity(self, kind: str, subject: LetterSubject, record: str, reason: str) -> None:
        desk = self._office.letters

        def work(_progress: Progress) -> tuple[Letter, Reception | Petition]:
            opened = desk.open_identity(subject, record, reason)
            return desk.draft(kind, subject, record, opened=opened), opened

        self._runner.write(work, done=self._drafted_openly, failed=self._failed)

    def _drafted_openly(self, made: tuple[Letter, Reception | Petition]) -> None:
        self.show_form(made[0], opened=made[1])

    def show_form(self, letter: Letter, *, opened: Reception | Petition | None = None) -> None:
        """The form on top of the page."""
        form = LetterFormPage(self._office, self._runner, letter, opened=opened)
        form.issued.connect(partial(self._issued, form))
        self._page.pushRequest.emit(form)

    def _issued(self, form: LetterFormPage, letter: Letter) -> None:
        """The paper takes the place of the form."""
        form.popRequest.emit()
        if not letter.book_number:  # the bar for undoing says the number
            self._page.messageRequest.emit(_("Issued; this kind of paper has no number."), "success")
        self._page.pushRequest.emit(self._letter_page(letter.id, letter))

    def _letter_page(self, letter_id: str, plain: Letter | None = None) -> LetterPage:
        return LetterPage(self._office, self._runner, letter_id, plain=plain)

    # -- opening ---------------------------------------------------------------------------------------

    def open(self, letter_id: str) -> None:
        """A draft in its form, an issued letter as its page; a sealed draft asks for a reason first."""
        desk = self._office.letters
        self._runner.read(lambda _progress: desk.find(letter_id), done=self._found, failed=self._failed)

    def _found(self, letter: Letter | None) -> None:
        if letter is None:
            return
        editable = letter.state is LetterState.DRAFT and self._office.writes_in(letter.office)
        if not editable:
            self._page.pushRequest.emit(self._letter_page(letter.id))
        elif letter.sealed is None:
            self.show_form(letter)
        else:
            dialog = identity_dialog(self._page)
            dialog.reasoned.connect(partial(self._open_sealed, letter.id))
            dialog.open()

    def _open_sealed(self, letter_id: str, reason: str) -> None:
        desk = self._office.letters
        self._runner.write(lambda _progress: desk.open(letter_id, reason), done=self.show_form, failed=self._failed)

    def write_calendar(self, day: date | None = None) -> None:
        """The poster of the head's receptions of the month of a day; of this month in its first half, then the next."""
        if not self.offered:
            return
        today = self._office.today()
        month = day or (today if today.day < MIDDLE else _next_month(today))
        self.write("calendar-poster", LetterSubject.CALENDAR, f"{month:%Y-%m}")

    def _failed(self, error: Any) -> None:
        sentence, tone = failure(error)
        if sentence:
            self._page.messageRequest.emit(sentence, tone)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
