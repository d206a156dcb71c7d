"""The page of one visit: its facts and history at the left, its receipt slip at the right.

After a visit was saved the same page shows the number in large figures and offers the next visit.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.receptions.reception_desk import statement_open
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.case_words import full_day
from tcd_desktop.ui.exchange.record_strips import RecordStrips
from tcd_desktop.ui.forms.page_frame import back_button
from tcd_desktop.ui.forms.typed_dates import show_time
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.paged_model import Chip
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.papers.panel import PapersPanel
from tcd_desktop.ui.papers.place import SavedPlace
from tcd_desktop.ui.receptions.columns import class_chip, due_chip, secret_chip, short_date, shown_name
from tcd_desktop.ui.receptions.facts import VisitView, groups, read_view
from tcd_desktop.ui.receptions.history import HistoryBlock
from tcd_desktop.ui.receptions.links_block import LinksBlock
from tcd_desktop.ui.receptions.matters_block import MattersBlock
from tcd_desktop.ui.receptions.printing import Printing
from tcd_desktop.ui.receptions.slip_panel import SlipPanel
from tcd_desktop.ui.receptions.source import OfficeNames
from tcd_desktop.ui.receptions.visit_acts import WORDS, VisitActs, act_button, offered, small_acts
from tcd_desktop.ui.recycle.bin_words import removed_chip, removed_sentence
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import Job, RunnerLike

BESIDE = 396
"""Pixels at 100 % for slip and scans, with the bar of a new scan that comes later."""
LEAST_PAGE = 1180
"""Pixels beside the rail on a screen 1366 wide."""
TABLES = frozenset({"reception", "issued_document", "case_file", "disclosure", "link", "attachment", "letter"})


def chips_of(view: VisitView, today: Any) -> list[Chip]:
    """Classification, secrecy, state of the answer."""
    visit = view.visit
    found = [class_chip(visit.classification), due_chip(visit.answer_due, visit.answered_on, today)]
    if visit.refusal_due is not None:
        found.append(refusal_chip(visit, today))
    if statement_open(visit):
        found.append(Chip(_("Record not signed"), "warning", "signature"))
    if visit.is_secret:
        found.insert(1, secret_chip())
    if visit.removed:
        found.append(removed_chip())
    return [chip for chip in found if chip is not None]


def refusal_chip(visit: Reception, today: date) -> Chip:
    """The notice Mẫu số 01/TCD: issued, due, or late."""
    if visit.refusal_notice_on is not None:
        return Chip(_("Refusal notice issued"), "success", "check")
    assert visit.refusal_due is not None
    day = short_date(visit.refusal_due, today)
    if visit.refusal_due < today:
        return Chip(_("Refusal notice was due {day}").format(day=day), "danger", "alarm-clock")
    return Chip(_("Refusal notice by {day} at the latest").format(day=day), "warning", "clock")


class VisitPage(Page):
    """One visit. `fresh` is True right after it was saved."""

    newRequest = Signal()
    """Another visit, please (only after a save)."""
    amendRequest = Signal(str)
    splitRequest = Signal(str)
    """Another content of this visit, please."""
    loaded = Signal()

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        record_id: str = "",
        *,
        printing: Printing | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self._names = OfficeNames(office)
        self._record = ""
        self._job: Job | None = None
        self._opened: Reception | None = None
        self._print_when_loaded = self._takes_keyboard = False
        self.fresh = False
        self.view: VisitView | None = None
        self.acts = VisitActs(office, runner, self)
        self.acts.told.connect(self._tell)
        self.acts.caseRequest.connect(lambda case: self.goRequest.emit("cases", case))
        self.acts.amendRequest.connect(self.amendRequest)
        self.acts.splitRequest.connect(self.splitRequest)
        self.acts.revealed.connect(self._revealed)
        self.message = MessageBar()
        self.strip = RecordStrips(office, runner, self, self.amendRequest.emit)
        self.slip = SlipPanel(office, runner, printing)
        self.slip.told.connect(self._tell)
        self.slip.handedOver.connect(self.acts.hand_over)
        self.slip.signRequest.connect(self.signRequest)
        signing = QShortcut(QKeySequence(row("signature.sign").shortcut), self)
        signing.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        signing.activated.connect(self.slip.sign)
        self.acts.printRequest.connect(lambda _id: self.slip.print_slip())
        self.papers = PapersPanel(office, runner, keeper)
        self.papers.pushRequest.connect(self.pushRequest)
        self._build()
        for act, (_text, key, _icon) in WORDS.items():
            if key and act != "go_case":
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(partial(self._key, act))
        if record_id:
            self.show_visit(record_id)

    def _build(self) -> None:
        now = look.current()
        self.back = back_button()
        self.back.clicked.connect(self.popRequest)
        self.done_line = QLabel()
        self.done_line.setProperty("ink", "success")
        self.number = QLabel()
        self.number.setProperty("ink", "hero")
        self.number.setAccessibleName(_("Number in the book"))
        self._chips = QHBoxLayout()
        self._chips.setSpacing(now.px(6))
        self.again = QPushButton("  ".join((_("Next visit"), key_text("reception.new"))))
        self.again.setProperty("kind", "primary")
        icons.dress(self.again, "plus", "on_accent", 18)
        self.again.clicked.connect(self.newRequest)
        self.again.hide()
        head = QHBoxLayout()
        head.setSpacing(now.px(14))
        title = QVBoxLayout()
        title.setSpacing(0)
        title.addWidget(self.done_line)
        title.addWidget(self.number)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(title)
        head.addLayout(self._chips)
        head.addStretch()
        head.addWidget(self.again)
        self.facts = Inspector()
        self.facts.setProperty("box", "card")
        body = QHBoxLayout()
        body.setSpacing(now.px(12))
        body.addWidget(self.facts, 5)
        right = QVBoxLayout()
        right.setSpacing(now.px(10))
        right.addWidget(self.slip, 1)
        right.addWidget(self.papers)
        body.addLayout(right, 4)
        self.papers.keys_on(self)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(16), now.px(10), now.px(16), now.px(12))
        lines.setSpacing(now.px(10))
        lines.addWidget(self.message)
        lines.addWidget(self.strip)
        lines.addLayout(head)
        lines.addLayout(body, 1)
        self.setFocusProxy(self.slip.print_button)

    # -- the window's questions ----------------------------------------

    @property
    def title(self) -> str:
        """The number in the book."""
        number = self.view.visit.book_number if self.view else ""
        return _("Visit {number}").format(number=number)

    def only_shows(self) -> bool:
        """A record is looked at here; what is typed is typed in dialogs."""
        return True

    def store_changed(self, changes: Any) -> None:
        """Reads again when this visit may have changed."""
        if self._record and (not changes or any(change.table in TABLES for change in changes)):
            self._read()

    def can_close(self) -> bool:
        """Nothing is lost by leaving; the identity is shown no longer."""
        self.slip.preview.stop()
        return True

    def left(self) -> None:
        """Whoever goes to another page has looked: the identity is closed again."""
        if self._opened is not None:
            self._opened = None
            self.message.clear()
            self._arrived(self.view)

    # -- showing --------------------------------------------------------

    def show_visit(self, record_id: str, *, fresh: bool = False, print_now: bool = False) -> None:
        """Shows a visit. `fresh` right after it was saved; a denouncer's identity stays closed then too."""
        self._record, self.fresh, self._opened = record_id, fresh, None
        self._print_when_loaded = print_now
        self._takes_keyboard = fresh
        self.message.clear()
        self._read()

    def _read(self) -> None:
        if self._job is not None:
            self._job.forget()
        record, names = self._record, self._names
        self.strip.follow("reception", record)

        def work(_progress: Progress) -> VisitView | None:
            return read_view(self._office, record, names.name)

        self._job = self._runner.read(work, done=self._arrived, failed=self._failed)

    def _arrived(self, view: VisitView | None) -> None:
        self._job = None
        if view is None:
            self._tell(_("This visit is not there any more."), "warning")
            return
        taking, had = self._takes_keyboard, self._has_keyboard()
        self._takes_keyboard = False
        was_removed = self.view is not None and bool(self.view.visit.removed)
        self.view = self.acts.view = view
        if view.visit.removed:
            self._tell(removed_sentence(view.visit.removed), "warning")
        elif was_removed:
            self.message.clear()
        opened = self._opened if view.visit.is_secret else None
        today = self._office.today()
        self.number.setText(view.visit.book_number)
        self.done_line.setText(_("The visit stands in the book:"))
        self.done_line.setVisible(self.fresh)
        self.again.setVisible(self.fresh)
        self._show_chips(chips_of(view, today))
        self._show_buttons(view)
        shown = view if opened is None else replace_visit(view, opened)
        title = (opened.name if opened else "") or shown_name(view.visit.name, view.visit.classification)
        when = " · ".join(filter(None, (full_day(view.visit.date), show_time(view.visit.time))))
        matters = MattersBlock(view.visit, view.matters, self._open_other)
        links = LinksBlock(self._office, self._runner, view.visit, self._open_other, self._tell)
        history = HistoryBlock(view, today)
        letters = self.acts.letters.card(LetterSubject.RECEPTION, view.visit.id, editable=False)
        self.facts.show_record(title, when, groups=groups(shown), first=[matters, letters, links], extra=[history])
        self.slip.show_visit(view.visit, view.prints, own=view.own and not view.visit.removed, opened=opened)
        self.papers.set_documents([paper.name for paper in view.visit.documents])
        editable = view.own and not view.visit.removed
        self.papers.show_place(SavedPlace(self._office, reception=view.visit.id, editable=editable))
        self._keep_keyboard(taking=taking, had=had)
        self.loaded.emit()
        if self._print_when_loaded:
            self._print_when_loaded = False
            self.slip.print_slip()

    def _has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _keep_keyboard(self, *, taking: bool, had: bool) -> None:
        """The next act has it: print, else the next visit. What had it may be gone with the buttons of before."""
        acts = (self.slip.print_button, self.again, self.back)
        self.setFocusProxy(next((one for one in acts if one.isVisibleTo(self) and one.isEnabled()), self.back))
        focused = QApplication.focusWidget()
        gone = focused is None or self.facts.isAncestorOf(focused) or not self.isAncestorOf(focused)
        if self.isVisible() and (taking or (had and gone)):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_other(self, record_id: str) -> None:
        page = VisitPage(self._office, self._runner, self._keeper, record_id)
        page.amendRequest.connect(self.amendRequest)
        page.splitRequest.connect(self.splitRequest)
        self.pushRequest.emit(page)

    def _show_chips(self, chips: list[Chip]) -> None:
        while self._chips.count():
            item = self._chips.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.hide()
                widget.deleteLater()
        for chip in chips:
            self._chips.addWidget(ChipLabel(chip))

    def _show_buttons(self, view: VisitView) -> None:
        if look.current().text_size > 125:  # no room for all of them
            self.facts.set_actions(self.acts.buttons(view, with_open=False))
            return
        left_out = {"print"} | ({"reveal"} if self._opened is not None else set())
        buttons = {act: act_button(act) for act in offered(view) if act not in left_out}
        gap = look.current().px(6)
        widths = {act: button.sizeHint().width() + gap for act, button in buttons.items()}
        for act in small_acts(widths, self._room(), look.current().px(44) + gap):
            buttons[act] = act_button(act, small=True)
        for act, button in buttons.items():
            button.clicked.connect(partial(self.acts.do, act))
        self.facts.set_actions(list(buttons.values()))

    def _room(self) -> int:
        """Pixels for the buttons under the facts: what the slip beside them leaves of the page."""
        page = self.width() if self.isVisible() else LEAST_PAGE
        px = look.current().px
        beside = max(self.slip.minimumSizeHint().width(), self.papers.minimumSizeHint().width(), px(BESIDE))
        return page - beside - px(80)

    def _key(self, act: str) -> None:
        if act == "case" and self.view is not None and self.view.visit.case:
            act = "go_case"
        self.acts.do(act)

    def _revealed(self, visit: Reception) -> None:
        if visit.id == self._record:
            self._opened = visit
            self._tell(_("The identity is shown until you leave this page."), "secret")
            self._read()

    def _tell(self, sentence: str, tone: str) -> None:
        self.message.tell(sentence, tone)

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self._tell(sentence, tone)


def replace_visit(view: VisitView, visit: Reception) -> VisitView:
    """The same view with the identity that was revealed."""
    from dataclasses import replace

    return replace(view, visit=visit)
