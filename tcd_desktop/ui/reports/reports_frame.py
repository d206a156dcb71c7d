"""The frame of the desk of reports: head with period and buttons, the tabs, the line at the foot, the keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from tcd_desktop.domain.reports.report_period import MonthRule
from tcd_desktop.domain.reports.sent_report import SentReport
from tcd_desktop.i18n import _, lazy
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.circular.tables import CODES
from tcd_desktop.services.reports.report_desk import DueReport
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.filters.list_head import list_head, tool_button
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.reports.check_rows import check_columns
from tcd_desktop.ui.reports.figures_model import FiguresModel
from tcd_desktop.ui.reports.figures_table import FiguresTable
from tcd_desktop.ui.reports.file_saver import FileSaver
from tcd_desktop.ui.reports.narrative_view import NarrativeView
from tcd_desktop.ui.reports.period_chooser import PeriodChooser
from tcd_desktop.ui.reports.report_reading import ShownReport
from tcd_desktop.ui.reports.sent_rows import sent_columns, standing_chip
from tcd_desktop.ui.window.actions import key_text, row, with_key
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words.report_words import due_words, period_name

NEAR_DAYS = 120
"""Of a period whose report was due longer ago nobody asks any more."""

NOTHING_TO_CHECK = State(
    lazy("Everything adds up"),
    lazy("What does not, what jumped, what is left out and what changed since it was sent is listed here."),
    icon="check-check",
)
NONE_MADE = State(
    lazy("No report was made yet"),
    lazy("Look at the tables of a period, then make the report: its figures are kept as they are."),
    icon="send",
)


class ReportsFrame(Page):
    """Widgets of the desk and what they say; the page itself reads and acts."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self.shown: ShownReport | None = None
        self._may_write = office.may("report.make")
        self.message, self.saver = MessageBar(), FileSaver(runner)
        self.chooser = PeriodChooser(office.today, MonthRule(keeper.value.report_month))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tables: dict[str, FiguresTable] = {}
        self.narrative = NarrativeView(editable=self._may_write)
        self.check_source, self.sent_source = FixedRows(), FixedRows()
        self.checks = self._list("report-checks", self.check_source, check_columns(offices=office.is_superior))
        self.sent = self._list("reports-made", self.sent_source, sent_columns(offices=office.is_superior))
        self._buttons()
        self._lay_out()
        self.setFocusProxy(self.tables[CODES[0]])

    @property
    def title(self) -> str:
        """The heading."""
        return _("Reports")

    def _list(self, name: str, source: FixedRows, columns: Any) -> ListView:
        empty = NOTHING_TO_CHECK if name == "report-checks" else NONE_MADE
        model = PagedModel(source, columns, runner=self._runner, parent=self)
        return ListView(name, model, self._keeper, empty=empty)

    def _buttons(self) -> None:
        self.make = QPushButton(with_key("report.make"))
        self.make.setProperty("kind", "primary")
        icons.dress(self.make, "check", "on_accent", 18)
        self.make.setVisible(self._may_write)
        self.monthly = QPushButton(_("Monthly report"))
        self.monthly.setToolTip(_("Report of the month to the People's Committee") + f"  {key_text('report.month')}")
        icons.dress(self.monthly, "calendar", "text", 18)
        self.pdf = QPushButton("PDF")
        icons.dress(self.pdf, "printer", "text", 18)
        self.pdf.setToolTip(with_key("report.pdf"))
        self.table_file = QPushButton("Excel")
        icons.dress(self.table_file, "table", "text", 18)
        self.table_file.setToolTip(with_key("report.table"))
        self.words_file = tool_button("file-text", str(row("report.words").text), key_text("report.words"))
        self.counting = tool_button("settings", _("How it counts"))
        self.counting.setVisible(self._may_write)

    def _lay_out(self) -> None:
        now = look.current()
        heading = QLabel(self.title)
        heading.setProperty("ink", "title")
        self._chip_place = QWidget()
        self._chips = QVBoxLayout(self._chip_place)
        self._chips.setContentsMargins(0, 0, 0, 0)
        self.due = QLabel()
        self.due.setProperty("ink", "muted")
        tools = (self.counting, self.words_file, self.table_file, self.pdf, self.monthly, self.make)
        head = list_head((heading, self._chip_place, self.due), tools)
        bar = QWidget()
        line = QVBoxLayout(bar)
        line.setContentsMargins(now.px(16), 0, now.px(16), now.px(6))
        line.addWidget(self.chooser)
        self._add_tabs()
        self.foot = QLabel()
        self.foot.setProperty("ink", "muted")
        self.foot.setTextFormat(Qt.TextFormat.PlainText)
        self.foot.setWordWrap(True)
        self.foot.setContentsMargins(now.px(16), now.px(5), now.px(16), now.px(5))
        self.foot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.foot.setMinimumHeight(now.px(44))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        for widget in (bar, self.message, self.saver):
            lines.addWidget(widget)
        lines.addWidget(self.tabs, 1)
        lines.addWidget(self.foot)

    def _add_tabs(self) -> None:
        for code in CODES:
            table = FiguresTable(FiguresModel(code, editable=self._may_write, parent=self))
            table.placeChanged.connect(self._place_changed)
            self.tables[code] = table
            self.tabs.addTab(table, code)
        self.tabs.addTab(self.checks, _("Checks"))
        self.tabs.addTab(self.narrative, _("Narrative"))
        self.tabs.addTab(self.sent, _("Made and sent"))
        self.tabs.currentChanged.connect(self.tell_place)

    def add_keys(self, keys: Mapping[str, Callable[[], object]]) -> None:
        """The page's acts, and the keys that walk through tabs and periods."""
        walking: dict[str, Callable[[], object]] = {
            row("report.before").shortcut: lambda: self.chooser.step(-1),
            row("report.after").shortcut: lambda: self.chooser.step(1),
            row("report.next_tab").shortcut: lambda: self._next_tab(1),
            row("report.last_tab").shortcut: lambda: self._next_tab(-1),
        }
        for key, act in {**keys, **walking}.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _next_tab(self, by: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())
        self.focus_list()

    # -- what is told ------------------------------------------------------------------------------------

    def tell_checks(self, count: int) -> None:
        """How many things should be mended before sending."""
        self.tabs.setTabText(self.tabs.indexOf(self.checks), _counted(_("Checks"), count))

    def tell_standing(self, standing: SentReport | None) -> None:
        """Whether the report of the period was made and sent."""
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._chips.addWidget(ChipLabel(standing_chip(standing)))

    def tell_narrative(self) -> None:
        """How many sections are still to be written, where the circular asks for them."""
        shown = self.shown
        asked = shown is not None and self._office.reports.rules.has_narrative(shown.period)
        missing = len(self.narrative.missing()) if asked else 0
        at = self.tabs.indexOf(self.narrative)
        self.tabs.setTabText(at, _counted(_("Narrative"), missing))
        told = _("The circular asks for it with this period.") if asked else _("Not asked for with this period.")
        self.tabs.setTabToolTip(at, told)

    def tell_due(self, due: list[DueReport]) -> None:
        """When this period is due; else what is due next."""
        desk, today, kind = self._office.reports, self._office.today(), self._office.office.kind
        here = desk.rules.due_on(self.chooser.period, kind)
        standing = self.shown.standing if self.shown is not None else None
        open_here = standing is None or standing.sent_on is None
        if here is not None and open_here and here >= self.chooser.period.first and self._near(here):
            self.due.setText(due_words(here, today))
            return
        waiting = [(one.period, one.due) for one in due] or [desk.rules.next_due(today, kind)]
        period, day = waiting[0]
        self.due.setText(_("Next: {period}, {due}").format(period=period_name(period), due=due_words(day, today)))

    def _near(self, day: date) -> bool:
        return abs((day - self._office.today()).days) <= NEAR_DAYS

    # -- the place of the keyboard -----------------------------------------------------------------------

    def tell_place(self, _at: int = 0) -> None:
        """What the keyboard stands on, and what Enter does there."""
        shown = self.tabs.currentWidget()
        if isinstance(shown, FiguresTable):
            self._place_changed(shown.currentIndex())
        elif shown is self.narrative:
            self.foot.setText(self.narrative.summary())
        elif shown is self.checks:
            self.foot.setText(_("Enter opens the records behind a line."))
        else:
            self.foot.setText(_("Enter opens a report as it was made: its figures, what differs today, its sending."))

    def _place_changed(self, index: QModelIndex) -> None:
        table = self.tabs.currentWidget()
        if self.shown is None or not isinstance(table, FiguresTable) or table.figures is not index.model():
            return
        if index.isValid():
            way = _("type the figure") if table.figures.typed(index) else _("Enter opens its records")
            self.foot.setText(f"{table.figures.told(index)}  ·  {way}")

    def focus_list(self) -> None:
        """The keyboard goes into what is shown."""
        shown = self.tabs.currentWidget()
        if isinstance(shown, ListView | NarrativeView):
            shown.focus_list()
        elif shown is not None:
            shown.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _counted(words: str, count: int) -> str:
    return f"{words} ({count})" if count else words
