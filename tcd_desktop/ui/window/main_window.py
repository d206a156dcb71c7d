"""The frame: rail of desks, search, officer and lock, the pages, undo, and the state of the office at the
foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.i18n import _
from tcd_desktop.settings import TEXT_SIZES, THEMES, Keeper
from tcd_desktop.ui.look import look
from tcd_desktop.ui.window import messages
from tcd_desktop.ui.window.actions import ActionBook
from tcd_desktop.ui.window.bars import MessageBar, StatusBar, UndoBar
from tcd_desktop.ui.window.keys_sheet import KeysSheet
from tcd_desktop.ui.window.page import Desk, Page, StatusItem
from tcd_desktop.ui.window.rail import Rail, TopBar
from tcd_desktop.ui.window.taking_back import TakingBack, Undoing
from tcd_desktop.ui.window.telling import Telling

SEARCH_MS = 120
STATUS_MS = 60_000


@dataclass(frozen=True, slots=True)
class WindowFacts:
    """Who sits here: shown in the frame. `practice` puts a mark that nobody can overlook."""

    office_name: str
    kind: OfficeKind
    officer_name: str
    practice: bool = False
    may_write: bool = True


class MainWindow(QMainWindow):
    """The window of an opened office. Pages are made from `desks` when they are first shown.

    `runner` is a Runner: its `changed` goes to every page, its `finished` to the undo bar, its `failed` to
    the message
    bar. `status` gives the words at the foot. `search_desk` is where a search goes when the present page
    has none.
    """

    lockRequest = Signal()
    searchRequest = Signal(str)

    def __init__(
        self,
        desks: Sequence[Desk],
        facts: WindowFacts,
        keeper: Keeper,
        runner: Any,
        status: Callable[[], Sequence[StatusItem]],
        *,
        search_desk: str = "receptions",
        undoing: Undoing | None = None,
    ) -> None:
        super().__init__()
        self._desks = {desk.id: desk for desk in desks if facts.kind in desk.kinds}
        self._facts, self._keeper, self._runner, self._search_desk = facts, keeper, runner, search_desk
        self._pages: dict[str, QStackedWidget] = {}
        self._desk = ""
        self.setWindowTitle(f"{facts.office_name} - TCD Desktop")
        self.rail = Rail(list(self._desks.values()), facts.office_name)
        self.top = TopBar(facts.officer_name, practice=facts.practice)
        self.message, self.undo_bar, self.status_bar = MessageBar(edge=True), UndoBar(), StatusBar(status)
        self.back = TakingBack(undoing, runner, self.undo_bar, self.tell_failure, self)
        self._stack = QStackedWidget()
        self._build()
        self._book = ActionBook(self)
        self._make_actions()
        self._connect()
        self.resize(1366, 728)
        if self._desks:
            self.show_desk(next(iter(self._desks)))

    def _build(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.top)
        middle.addWidget(self.message)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self.undo_bar)
        middle.addWidget(self.status_bar)
        whole = QHBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addLayout(middle, 1)
        centre = QWidget()
        centre.setProperty("box", "page")
        centre.setLayout(whole)
        self.setCentralWidget(centre)

    def _make_actions(self) -> None:
        slots: dict[str, Callable[[], object]] = {
            "search": self.top.focus_search,
            "undo": self.back.undo,
            "redo": self.back.redo,
            "recent": self.show_recent,
            "refresh": self._refresh,
            "lock": self.lockRequest.emit,
            "help.keys": self.show_keys,
            "text.larger": partial(self._step_text, 1),
            "text.smaller": partial(self._step_text, -1),
            "theme.next": self._next_theme,
        }
        for action_id, slot in slots.items():
            self.addAction(self._book.make(action_id, slot))
        self._book["redo"].setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        self._book["help.keys"].setShortcuts([QKeySequence("F1"), QKeySequence("?")])
        self._offer()

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go_desk)
        self.top.lockRequest.connect(self.lockRequest)
        self.top.keysRequest.connect(self.show_keys)
        self.top.recentRequest.connect(self.show_recent)
        self._telling = Telling(self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(SEARCH_MS)
        self._typing.timeout.connect(self._search)
        self.top.search.textChanged.connect(lambda _text: self._typing.start())
        self.top.search.installEventFilter(self)
        self._runner.finished.connect(self._finished)
        self._runner.changed.connect(self.store_changed)
        self._runner.failed.connect(self.tell_failure)
        self._clock = QTimer(self)
        self._clock.setInterval(STATUS_MS)
        self._clock.timeout.connect(self.status_bar.refresh)
        self._clock.start()

    # -- pages --------------------------------------------------------------------------------------

    def show_desk(self, desk_id: str, argument: object = None) -> None:
        """Shows a desk; its page is made the first time."""
        self.make_desk(desk_id)
        self._desk = desk_id
        self.rail.choose(desk_id)
        self._stack.setCurrentWidget(self._pages[desk_id])
        page = self.page()
        if isinstance(page, Page):
            page.activated(argument)
            self._follow_search(page, argument)
        self._offer()

    def make_desk(self, desk_id: str) -> None:
        """Makes the page of a desk when nobody did before; what is shown stays."""
        if desk_id not in self._pages:
            pile = QStackedWidget()
            self._pages[desk_id] = pile
            self._stack.addWidget(pile)
            self._add(pile, self._desks[desk_id].factory())

    def go_desk(self, desk_id: str) -> None:
        """Shows a desk by the rail: the keyboard goes into its list, or back to where it was in a page above that."""
        self.show_desk(desk_id)
        pile, page = self._pages[desk_id], self.page()
        last = page.focusWidget() if page is not None and pile.count() > 1 else None
        if last is not None and last.isVisible():
            last.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(page, Page):
            page.focus_list()

    def _follow_search(self, page: Page, argument: object) -> None:
        """The words in the search box are those of the list that is shown, or none."""
        text = self.top.search.text().strip()
        if text and argument is None:
            page.search(text)
        elif text and not isinstance(argument, str):
            self.top.search.clear()

    def page(self) -> QWidget | None:
        """The page that is shown."""
        pile = self._pages.get(self._desk)
        return pile.currentWidget() if pile else None

    def push(self, page: QWidget) -> None:
        """Shows a page on top of the present one."""
        pile = self._pages[self._desk]
        self._add(pile, page)
        pile.setCurrentWidget(page)
        if isinstance(page, Page):
            page.activated()
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer()

    def pop(self) -> bool:
        """Back to the page below, on the same row; False when there is none or the page must stay."""
        pile = self._pages.get(self._desk)
        page = self.page()
        if pile is None or page is None or pile.count() < 2:
            return False
        if isinstance(page, Page) and not page.can_close():
            return False
        self._take_off(pile, page)
        below = self.page()
        if isinstance(below, Page):
            below.focus_list()
        self._offer()
        return True

    def _take_off(self, pile: QStackedWidget, page: QWidget) -> None:
        pile.removeWidget(page)
        page.hide()
        page.deleteLater()

    def _add(self, pile: QStackedWidget, page: QWidget) -> None:
        pile.addWidget(page)
        if isinstance(page, Page):
            page.pushRequest.connect(self.push)
            page.popRequest.connect(self.pop)
            page.goRequest.connect(self.show_desk)
            page.messageRequest.connect(self.message.tell)

    def all_pages(self) -> list[Page]:
        """Every page that was made."""
        piles = self._pages.values()
        widgets = [pile.widget(at) for pile in piles for at in range(pile.count())]
        return [widget for widget in widgets if isinstance(widget, Page)]

    def store_changed(self, changes: object) -> None:
        """Tells every page which records changed, first those that lie over each other on the shown desk."""
        pile = self._pages.get(self._desk)
        pages = self.all_pages()
        self._telling.tell(pages, [page for page in pages if pile and pile.indexOf(page) >= 0], changes)
        self.status_bar.refresh()

    def _refresh(self) -> None:
        page = self.page()
        if isinstance(page, Page):
            page.store_changed(())

    # -- acts, search, look -------------------------------------------------------------------------

    def _finished(self, answer: object) -> None:
        if getattr(answer, "changes", ()):
            self.back.tell(answer)
            self._offer()

    def tell_failure(self, error: Exception) -> None:
        """Words an exception in the message bar."""
        sentence, tone = messages.failure(error)
        if sentence:
            self.message.tell(sentence, tone)

    def _search(self) -> None:
        text = self.top.search.text().strip()
        self.searchRequest.emit(text)
        page = self.page()
        if isinstance(page, Page) and page.search(text):
            return
        if text and self._search_desk in self._desks:
            self.show_desk(self._search_desk)
            found = self._below_what_only_shows()
            if isinstance(found, Page) and not found.search(text) and not found.only_shows():
                self.message.tell(_("What is found stands in the list below this page: Esc leads there."), "neutral")

    def _below_what_only_shows(self) -> QWidget | None:
        """The page of the desk once records that were only looked at have made room; the keyboard stays where it is."""
        pile, page = self._pages[self._desk], self.page()
        while pile.count() > 1 and isinstance(page, Page) and page.only_shows() and page.can_close():
            self._take_off(pile, page)
            page = self.page()
        return page

    def _entered(self, _text: str) -> bool:
        """Whether what is in the search box when Enter is pressed was something else than words to look for."""
        return False

    def _offer(self) -> None:
        have = {"undo"}  # the desk itself knows whether there is something
        if self._facts.may_write:
            have.add("write")
        self._book.have(have)

    def show_keys(self) -> None:
        """The sheet of keys."""
        KeysSheet(self, self.page()).open()

    def show_recent(self) -> None:
        """The latest acts, under their button."""
        self.back.show_recent(self.top.recent)

    def _step_text(self, step: int) -> None:
        at = TEXT_SIZES.index(self._keeper.value.text_size) + step
        if 0 <= at < len(TEXT_SIZES):
            self._keeper.update(text_size=TEXT_SIZES[at])
            self.apply_look()

    def _next_theme(self) -> None:
        at = THEMES.index(self._keeper.value.theme)
        self._keeper.update(theme=THEMES[(at + 1) % len(THEMES)])
        self.apply_look()

    def apply_look(self) -> None:
        """Dresses the program as the settings say."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            look.apply(app, self._keeper.value.theme, self._keeper.value.text_size)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search box: Down and Enter go into the list, Esc empties it."""
        if watched is self.top.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._entered(self.top.search.text()):
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._typing.isActive():  # what was typed last is looked for first
                    self._typing.stop()
                    self._search()
                page = self.page()
                if isinstance(page, Page):
                    page.focus_list()
                    return True
            if event.key() == Qt.Key.Key_Escape and self.top.search.text():
                self.top.search.clear()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back when nothing inside wanted it."""
        if event.key() == Qt.Key.Key_Escape and self.pop():
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A page that would lose something keeps the window open and says so."""
        for page in self.all_pages():
            if not page.can_close():
                event.ignore()
                return
        super().closeEvent(event)
