"""The board of a district: its wards side by side over a period; every figure opens its list. Read-only."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.terms import CaseState
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.follow_up.ward_comparison import ComparedWard, Comparison, total_of
from tcd_desktop.settings import Keeper
from tcd_desktop.store.lists.pages import CaseQuery
from tcd_desktop.ui.forms.choice_field import Segments
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_view import NONE_FOUND
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import EmptyState, State
from tcd_desktop.ui.receptions.source import ListChoice
from tcd_desktop.ui.wards.board_columns import COLUMNS
from tcd_desktop.ui.wards.board_table import NAME, TREND, BoardModel, BoardTable
from tcd_desktop.ui.wards.period_bar import PeriodBar
from tcd_desktop.ui.wards.state_list import StateList
from tcd_desktop.ui.wards.trend_chart import TrendChart
from tcd_desktop.ui.wards.ward_state import is_missing, last_words, span_words, state_chip
from tcd_desktop.ui.window.actions import key_text
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import Job, RunnerLike

EMPTY = State(
    lazy("No ward has joined yet"),
    lazy("A ward brings its request on a stick; enrol its PC, then its bundles can be imported."),
    lazy("Enrol a ward"),
    icon="building-2",
)
ALL, MISSING, LATE = range(3)
PANE = 268
"""Least width of the pane beside the board at 100 %."""


class WardsPage(Page):
    """Choosing a ward shows its months, cases by state and last bundle at the right."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self._shown: Comparison | None = None
        self._text, self._wanted = "", ""
        self._job: Job | None = None
        self.model = BoardModel(self)
        self.table = BoardTable(self.model)
        self.table.wardChanged.connect(self._show_ward)
        self.table.figureRequest.connect(self.open_figure)
        self.pane = Inspector()
        self.visits, self.cases = QPushButton(_("Visits")), QPushButton(_("Cases"))
        self._make_pane()
        self.period = PeriodBar(office.today)
        self.period.changed.connect(self.refresh)
        self.filters = Segments([_("All"), _("Not sent"), _("Answers overdue")])
        self.filters.set_index(ALL)
        self.filters.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.filters.chosen.connect(self._filter)
        self.sheet = QPushButton(_("Sheet for the chairman"))
        self.sheet.setToolTip(f"{_('Sheet for the chairman')}  {key_text('board.sheet')}")
        icons.dress(self.sheet, "printer", "text", 18)
        self.sheet.clicked.connect(self.open_sheet)
        shortcut = QShortcut(QKeySequence("Ctrl+P"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.open_sheet)
        self._lay_out()
        self.setFocusProxy(self.table)
        self.refresh()

    @property
    def title(self) -> str:
        """The heading."""
        return _("Wards")

    def _make_pane(self) -> None:
        self.visits.clicked.connect(self._to_visits)
        icons.dress(self.visits, "book-open", "text", 16)
        self.cases.setProperty("kind", "primary")
        self.cases.clicked.connect(self._to_cases)
        icons.dress(self.cases, "folder-open", "on_accent", 16)
        self.pane.set_actions([self.visits, self.cases])
        self.pane.show_nothing(_("Choose a ward to see its figures."))
        self.pane.setMinimumWidth(look.current().px(PANE - 10))

    def _lay_out(self) -> None:
        now = look.current()
        heading, self._summary, hint = QLabel(self.title), QLabel(), QLabel()
        heading.setProperty("ink", "title")
        self._summary.setProperty("ink", "muted")
        hint.setProperty("ink", "small")
        hint.setText(_("Enter opens the list behind a figure, S sorts by its column, Ctrl+P the sheet."))
        head, bar = QHBoxLayout(), QHBoxLayout()
        for row in (head, bar):
            row.setContentsMargins(now.px(16), now.px(8), now.px(16), 0)
            row.setSpacing(now.px(10))
        head.addWidget(heading)
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head.addWidget(self._summary, 1)
        head.addWidget(self.filters)
        bar.addWidget(self.period, 1)
        bar.addWidget(self.sheet)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(self.pane)
        self._splitter.setStretchFactor(0, 1)
        self._empty, self._none = EmptyState(EMPTY), EmptyState(NONE_FOUND)
        self._empty.actionRequest.connect(partial(self.goRequest.emit, "exchange", "enrol"))
        self._none.actionRequest.connect(self._show_all)
        self._stack = QStackedWidget()
        for widget in (self._splitter, self._empty, self._none):
            self._stack.addWidget(widget)
        foot = QHBoxLayout()
        foot.setContentsMargins(now.px(16), now.px(4), now.px(16), now.px(4))
        hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        foot.addWidget(hint)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bar)
        lines.addSpacing(now.px(8))
        lines.addWidget(self._stack, 1)
        lines.addLayout(foot)

    # -- reading and filtering -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the board anew, in a reader thread."""
        if self._job is not None and self._job.running:
            self._job.forget()
        board, (since, until) = self._office.board, self.period.span()

        def read(_progress: Progress) -> Comparison:
            return board.compare(since, until)

        self._job = self._runner.read(read, done=self._read)

    def _read(self, shown: Comparison) -> None:
        self._shown = shown
        today = self._office.today()
        missing = sum(is_missing(ward, today) for ward in shown.wards)
        words = ngettext("{n} ward", "{n} wards", len(shown.wards)).format(n=len(shown.wards))
        if missing:
            words += "  ·  " + ngettext("{n} has not sent", "{n} have not sent", missing).format(n=missing)
        self._summary.setText(words if shown.wards else "")
        self._filter(self.filters.index())

    def _filter(self, index: int) -> None:
        shown = self._shown
        if shown is None:
            return
        today, code, at = self._office.today(), self._wanted or self.table.ward(), self.table.currentIndex().column()
        kept = [
            ward
            for ward in shown.wards
            if (index != MISSING or is_missing(ward, today))
            and (index != LATE or ward.figures.answers_overdue)
            and self._text in fold(ward.name)
        ]
        self._wanted = ""
        self.model.show_wards(shown, kept, shown.total if len(kept) == len(shown.wards) else total_of(kept), today)
        self._stack.setCurrentWidget(self._splitter if kept else self._none if shown.wards else self._empty)
        self.table.choose(code if any(ward.office == code for ward in kept) else kept[0].office if kept else "", at)
        if kept:
            self._show_ward(self.table.ward())

    def _show_all(self) -> None:
        self._text = ""
        self.filters.set_index(ALL)
        self._filter(ALL)

    # -- the chosen ward -------------------------------------------------------------------------------

    def _show_ward(self, code: str) -> None:
        ward = self.model.ward(self.table.currentIndex().row())
        if ward is None or self._shown is None:
            self.pane.show_nothing(_("Choose a ward to see its figures."))
            return
        today = self._office.today()
        chart = TrendChart()
        chart.show_months(self._shown.months, ward.months, running=self._shown.running)
        caption = QLabel(_("Visits of 12 months"))
        caption.setProperty("ink", "heading")
        states = StateList(ward.figures.cases)
        states.stateRequest.connect(partial(self._to_state, code))
        last = [
            (_("Imported"), last_words(ward, today)),
            (_("Up to entry"), span_words(ward)),
            (_("PCs enrolled"), str(ward.devices)),
        ]
        self.pane.show_record(
            ward.name or _("Sum of the wards"),
            code,
            chips=[state_chip(ward, today)] if code else [],
            groups=[(_("Last bundle"), last if code else [])],
            first=[caption, chart],
            extra=[states] if states.lines else [],
        )

    def open_figure(self, row: int, column: int) -> None:
        """Shows the list behind a figure; the name and the months open the ward's visits."""
        ward, shown = self.model.ward(row), self._shown
        if ward is None or shown is None:
            return
        if column in (NAME, TREND):
            self.goRequest.emit("receptions", ListChoice(office=ward.office))
            return
        self.goRequest.emit(*COLUMNS[column - 1].way(ward, shown, self._office.today()))

    def _to_visits(self) -> None:
        self.goRequest.emit("receptions", ListChoice(office=self.table.ward()))

    def _to_cases(self) -> None:
        code = self.table.ward()
        self.goRequest.emit("cases", CaseQuery(offices=(code,) if code else ()))

    def _to_state(self, code: str, state: CaseState) -> None:
        self.goRequest.emit("cases", CaseQuery(offices=(code,) if code else (), state=state))

    def open_sheet(self, _checked: bool = False) -> None:
        """The page that can be printed, of the wards and the order shown."""
        from tcd_desktop.ui.wards.sheet_page import SheetPage

        if self._shown is not None and self.model.rows:
            wards: tuple[ComparedWard, ...] = tuple(self.model.rows[:-1])
            self.pushRequest.emit(SheetPage(self._office, self._runner, self._shown, wards, self.model.rows[-1]))

    # -- the window's questions ------------------------------------------------------------------------

    def activated(self, argument: Any = None) -> None:
        """ "missing" or "overdue" filters, the code of a ward chooses it."""
        if argument in ("missing", "overdue"):
            index = MISSING if argument == "missing" else LATE
            self.filters.set_index(index)
            self._filter(index)
        elif isinstance(argument, str):
            self._wanted = argument
            self._show_all()

    def store_changed(self, changes: Any) -> None:
        """Figures may have changed with every import."""
        self.refresh()

    def search(self, text: str) -> bool:
        """Wards by name, without accents; the search then stays on this page."""
        folded, wards = fold(text), self._shown.wards if self._shown else ()
        if folded == self._text:
            return bool(self.model.rows)
        if folded and not any(folded in fold(ward.name) for ward in wards):
            return False
        self._text = folded
        self._filter(self.filters.index())
        return True

    def focus_list(self) -> None:
        """The keyboard goes into the board."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both, the board has it; then the months give way."""
        self._make_room()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        if event.type() == QEvent.Type.FontChange:
            self._make_room()
        super().changeEvent(event)

    def _make_room(self) -> None:
        px, wanted = look.current().px, self.table.wanted_width()
        self.table.setColumnHidden(TREND, self.width() < wanted)
        self.pane.setVisible(self.width() >= wanted + px(PANE))
