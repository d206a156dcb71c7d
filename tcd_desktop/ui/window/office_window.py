"""The window of an opened office: which desks it has, and how they are joined.

Today's screen comes at once; a desk's page is imported when it is first shown, or by `import_pages` before that.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from tcd_desktop.domain.papers.paper_code import read_paper_code
from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.i18n import lazy
from tcd_desktop.jobs import Progress, stop_if_cancelled
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sentences import restored_sentence
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.conflicts.open_questions import OpenQuestions, told
from tcd_desktop.ui.lists.quick_search import QuickSearch
from tcd_desktop.ui.receptions.paper_scan import PaperScan
from tcd_desktop.ui.today.office_status import OfficeStatus
from tcd_desktop.ui.today.today_page import TodayPage
from tcd_desktop.ui.window.actions import row
from tcd_desktop.ui.window.main_window import MainWindow, WindowFacts
from tcd_desktop.ui.window.page import Desk, Page
from tcd_desktop.ui.window.paper_reading import PaperReading

if TYPE_CHECKING:
    from tcd_desktop.ui.receptions.printing import Printing
    from tcd_desktop.ui.signing.sign_act import Signable

DISTRICT = frozenset({OfficeKind.DISTRICT})
LATER = (
    "tcd_desktop.services.receptions.reception_desk",
    "tcd_desktop.ui.receptions.list_page",
    "tcd_desktop.services.receptions.slip_desk",
    "tcd_desktop.ui.cases.cases_page",
    "tcd_desktop.ui.petitions.petitions_page",
    "tcd_desktop.sync.outbox",
    "tcd_desktop.sync.inbox",
    "tcd_desktop.ui.exchange.ward_page",
    "tcd_desktop.ui.exchange.district_page",
    "tcd_desktop.ui.wards.wards_page",
    "tcd_desktop.ui.calendar.calendar_page",
    "tcd_desktop.ui.directives.directives_page",
    "tcd_desktop.ui.citizens.citizens_page",
    "tcd_desktop.ui.reviews.reviews_page",
    "tcd_desktop.ui.inspections.inspections_page",
    "tcd_desktop.ui.reports.reports_page",
    "tcd_desktop.ui.letters.letters_page",
    "tcd_desktop.ui.recycle.bin_page",
    "tcd_desktop.ui.receptions.drafts_page",
    "tcd_desktop.ui.signing.signing_page",
    "tcd_desktop.ui.signing.check_page",
)
"""What the other desks need and today's screen does not, in the order in which it is likely to be asked for."""


def import_pages(progress: Progress) -> None:
    """Imports what the other desks need, so that the first step to one is as quick as every later one."""
    for name in LATER:
        stop_if_cancelled(progress)
        import_module(name)


class OfficeWindow(MainWindow):
    """`closed` when the officer closed it. The office itself is closed by whoever opened it."""

    closed = Signal()

    def __init__(self, office: OpenOffice, runner: Any, keeper: Keeper, *, printing: Printing | None = None) -> None:
        self._office, self._runner_, self._keeper_ = office, runner, keeper
        self._printing = printing
        self.files = OpenedFiles()
        self.status = OfficeStatus(office)
        self.questions = OpenQuestions(office, runner)
        facts = WindowFacts(
            office_name=office.office.name,
            kind=office.face.kind,
            officer_name=office.officer.name,
            practice=office.face.practice,
            may_write=office.writes_in(office.office.id),
        )
        undoing = office.undo if facts.may_write else None
        super().__init__(self._make_desks(), facts, keeper, runner, self.status.items, undoing=undoing)
        self.status.changed.connect(self.status_bar.refresh)
        self.questions.counted.connect(self._show_questions)
        if self.questions.asked:  # the first screen was read while the window was made
            self.questions.refresh()
        self.back.panel.binRequest.connect(self.show_bin)
        self.back.panel.draftsRequest.connect(self.show_drafts)
        if facts.may_write and not office.is_superior:
            self._new = QShortcut(QKeySequence(row("reception.new").shortcut), self)
            self._new.activated.connect(self.new_visit)
        self._examine = QShortcut(QKeySequence(row("signature.check").shortcut), self)
        self._examine.activated.connect(self.examine_signatures)
        self.quick = QuickSearch(self.top.search, office, runner, frozenset(self._desks), self)
        self.quick.goRequest.connect(self.show_desk)
        self._papers = PaperScan(office, runner, self)
        self._papers.visitFound.connect(partial(self.show_desk, "receptions"))
        self._papers.found.connect(self.show_desk)
        self._papers.told.connect(self.message.tell)
        self._reading = PaperReading(office, runner, self)
        runner.changed.connect(self._reading.store_changed)
        if office.store.restored:
            self.message.tell(restored_sentence(), "warning")

    def _entered(self, text: str) -> bool:
        """A paper of ours scanned into the search box opens its record."""
        code = read_paper_code(text)
        if code is None:
            return False
        self.top.search.clear()
        self.message.clear()
        self._papers.open(code)
        return True

    def _search(self) -> None:
        if read_paper_code(self.top.search.text()) is not None:
            return  # a scanner ends with Enter
        super()._search()
        self.quick.ask(self.top.search.text().strip(), self._desk)

    def _make_desks(self) -> tuple[Desk, ...]:
        return (
            Desk("today", lazy("Today"), "sun-medium", self._today),
            Desk("wards", lazy("Wards"), "building-2", self._wards, DISTRICT),
            Desk("receptions", lazy("Receptions"), "book-open", self._receptions),
            Desk("petitions", lazy("Petitions"), "inbox", self._petitions),
            Desk("cases", lazy("Cases"), "folder-open", self._cases),
            Desk("directives", lazy("Directives"), "megaphone", self._directives),
            Desk("reviews", lazy("Review"), "clipboard-check", self._reviews),
            Desk("inspections", lazy("Inspections"), "shield-check", self._inspections),
            Desk("letters", lazy("Letters"), "send", self._letters),
            Desk("calendar", lazy("Calendar"), "calendar-days", self._calendar),
            Desk("citizens", lazy("Citizens"), "users", self._citizens),
            Desk("reports", lazy("Reports"), "table", self._reports),
            Desk("exchange", lazy("Exchange"), "usb", self._exchange),
        )

    def _parts(self) -> tuple[OpenOffice, Any, Keeper]:
        return self._office, self._runner_, self._keeper_

    def _today(self) -> QWidget:
        page = TodayPage(*self._parts())
        page.newVisitRequest.connect(self.new_visit)
        page.standingChanged.connect(self.status.show_morning)
        page.standingChanged.connect(self._count_first)
        return page

    def _wards(self) -> QWidget:
        from tcd_desktop.ui.wards.wards_page import WardsPage

        return WardsPage(*self._parts())

    def _receptions(self) -> QWidget:
        from tcd_desktop.ui.receptions.list_page import ReceptionsPage

        return ReceptionsPage(*self._parts(), printing=self._printing)

    def _petitions(self) -> QWidget:
        from tcd_desktop.ui.petitions.petitions_page import PetitionsPage

        return PetitionsPage(*self._parts())

    def _cases(self) -> QWidget:
        from tcd_desktop.ui.cases.cases_page import CasesPage

        return CasesPage(*self._parts(), files=self.files)

    def _letters(self) -> QWidget:
        from tcd_desktop.ui.letters.letters_page import LettersPage

        return LettersPage(*self._parts())

    def _directives(self) -> QWidget:
        from tcd_desktop.ui.directives.directives_page import DirectivesPage

        return DirectivesPage(*self._parts())

    def _reviews(self) -> QWidget:
        from tcd_desktop.ui.reviews.reviews_page import ReviewsPage

        return ReviewsPage(*self._parts())

    def _inspections(self) -> QWidget:
        from tcd_desktop.ui.inspections.inspections_page import InspectionsPage

        return InspectionsPage(*self._parts())

    def _calendar(self) -> QWidget:
        from tcd_desktop.ui.calendar.calendar_page import CalendarPage

        return CalendarPage(*self._parts())

    def _citizens(self) -> QWidget:
        from tcd_desktop.ui.citizens.citizens_page import CitizensPage

        return CitizensPage(*self._parts())

    def _reports(self) -> QWidget:
        from tcd_desktop.ui.reports.reports_page import ReportsPage

        return ReportsPage(*self._parts(), files=self.files)

    def _exchange(self) -> QWidget:
        if self._office.is_superior:
            from tcd_desktop.ui.exchange.district_page import DistrictExchangePage

            district = DistrictExchangePage(*self._parts())
            district.storeChanged.connect(self.store_changed)
            return district
        from tcd_desktop.ui.exchange.ward_page import WardExchangePage

        ward = WardExchangePage(*self._parts())
        ward.standingChanged.connect(self._standing_changed)
        ward.storeChanged.connect(self.store_changed)
        return ward

    def _count_first(self) -> None:
        """The first screen stands: now what waits at the exchange is counted."""
        if not self.questions.asked:
            self.questions.refresh()

    def _show_questions(self, count: int) -> None:
        self.rail.show_count("exchange", count, told(count))

    def store_changed(self, changes: object) -> None:
        """Every page hears of it, and what is open between PCs is counted again."""
        super().store_changed(changes)
        if self.questions.asked:
            self.questions.refresh()

    def _standing_changed(self) -> None:
        for page in self.all_pages():
            if isinstance(page, TodayPage):
                page.refresh()

    def new_visit(self) -> None:
        """The form for the next citizen, from wherever the officer is."""
        if self._office.may("reception.log"):
            self.show_desk("receptions", "new")

    def prepare_visit(self) -> None:
        """Makes the list of visits and the empty form below what is shown: the day's first citizen does not wait."""
        from tcd_desktop.ui.receptions.list_page import ReceptionsPage

        if not (self.isVisible() and self._office.may("reception.log")):
            return
        self.make_desk("receptions")
        page = self._pages["receptions"].widget(0)
        if isinstance(page, ReceptionsPage):
            page.make_ready()

    def take_what_waited(self) -> None:
        """After an upgrade: bundles and entries that an older program could not take go in by themselves."""
        inbox = self._office.inbox
        self._runner_.write(
            lambda progress: inbox.try_again(progress) if inbox.upgraded() else [],
            done=lambda taken: self.store_changed(()) if taken else None,
        )

    def show_bin(self) -> None:
        """The recycle bin, above the present page."""
        from tcd_desktop.ui.recycle.bin_page import RecyclePage

        if not isinstance(self.page(), RecyclePage):
            self.push(RecyclePage(*self._parts()))

    def _add(self, pile: QStackedWidget, page: QWidget) -> None:
        super()._add(pile, page)
        if isinstance(page, Page):
            page.signRequest.connect(self.sign_print)
            if self._printing is not None:
                page.print_with(self._printing)

    def sign_print(self, wanted: Signable) -> None:
        """The page that signs a print digitally, above the present one."""
        from tcd_desktop.ui.signing.signing_page import SigningPage

        self.push(
            SigningPage(
                *self._parts(),
                wanted.document,
                file_name=wanted.file_name,
                closed_when_left=wanted.secret,
                printing=self._printing,
            )
        )

    def examine_signatures(self) -> None:
        """Whether a signed PDF is genuine, from wherever the officer is."""
        from tcd_desktop.ui.signing.check_page import CheckPage

        if not isinstance(self.page(), CheckPage):
            self.push(CheckPage(self._office, self._runner_))

    def show_drafts(self) -> None:
        """What was typed and not saved, above the present page."""
        from tcd_desktop.ui.receptions.drafts_page import DraftsPage

        if not isinstance(self.page(), DraftsPage):
            self.push(DraftsPage(*self._parts()))

    def leave(self) -> None:
        """The officer goes: what was typed is kept, opened papers are removed."""
        for page in self.all_pages():
            page.can_close()
        self.files.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The program ends with its window."""
        super().closeEvent(event)
        if event.isAccepted():
            self.leave()
            self.closed.emit()
