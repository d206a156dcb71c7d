"""The periodic report of the review: what happened to each case in a period, and the whole list as a table file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.follow_up.review_row import ReviewRow
from tcd_desktop.i18n import _, lazy
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.review_list import ReviewColumn, of_period, review_columns, review_summary
from tcd_desktop.reports.table_file import TableHead
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.forms.page_frame import page_head
from tcd_desktop.ui.lists.list_export import PIXELS_A_LETTER, Export, ListExport, told_above
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Column, PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.look.flow import FlowLayout
from tcd_desktop.ui.reviews.review_panes import field_words
from tcd_desktop.ui.reviews.review_rows import matter, measure_chip, number, state_chip, ward_name
from tcd_desktop.ui.wards.period_bar import PeriodBar
from tcd_desktop.ui.window.actions import key_text
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words.review_words import decision_line

NOTHING = State(
    lazy("No case was under review in this period"),
    lazy("Cases come on the list under Review; what is done with them is reported here."),
    icon="table",
)


class ReviewReportPage(Page):
    """Progress since the last period, case by case; the list of fifteen columns is saved from here."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self._read: list[ReviewRow] = []
        self.period = PeriodBar(office.today)
        self.period.changed.connect(self._show)
        self.rows = FixedRows()
        self.figures: dict[str, QLabel] = {}
        model = PagedModel(self.rows, self._columns(), runner=runner, parent=self)
        name = "review-report" if office.is_superior else "ward-review-report"
        self.view = ListView(name, model, keeper, empty=NOTHING)
        self.view.openRequest.connect(self._open)
        self.view.keep_one_chosen()
        self.export = ListExport(runner)
        self.file = QPushButton(_("Save as a table file") + f"  {key_text('list.export')}")
        self.file.setProperty("kind", "primary")
        icons.dress(self.file, "download", "on_accent", 18)
        self.file.clicked.connect(self.save_table)
        shortcut = QShortcut(QKeySequence(key_text("list.export")), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save_table)
        self._lay_out()
        self.setFocusProxy(self.view.table)
        self.refresh()

    @property
    def title(self) -> str:
        """The heading."""
        return _("Report of the review")

    def _columns(self) -> tuple[Column, ...]:
        today = self._office.today
        columns = [
            Column("number", lazy("Case"), 106, text=number, strong=True),
            Column("matter", lazy("Matter"), 160, text=matter, tooltip=matter),
            Column("news", lazy("In the period"), 200, text=self._news, tooltip=self._news, stretch=True),
            Column("measure", lazy("Measure"), 150, text=lambda row: row.entry.measure),
            Column("due", lazy("Measure due"), 166, text=lambda row: "", chip=lambda row: measure_chip(row, today())),
            Column("state", lazy("State"), 196, text=lambda row: "", chip=lambda row: state_chip(row.entry.state)),
        ]
        if self._office.is_superior:
            columns.insert(0, Column("ward", lazy("Ward"), 112, text=ward_name))
        return tuple(columns)

    def _news(self, row: ReviewRow) -> str:
        """What happened in the period, the newest first; silence is said as well."""
        since, until = self.period.span()
        told = [f"{one.on:%d/%m}: {' '.join(one.content.split())}" for one in row.told_between(since, until)]
        steps = [decision_line(step) for step in reversed(row.steps) if since <= step.on <= until]
        return "; ".join([*told, *steps]) or _("nothing new")

    def _lay_out(self) -> None:
        now = look.current()
        head, self.back = page_head(QLabel(self.title))
        self.back.clicked.connect(self.popRequest)
        head.addWidget(self.file)
        bar, cards, figures = QHBoxLayout(), FlowLayout(now.px(24)), QHBoxLayout()
        bar.setContentsMargins(now.px(16), 0, now.px(16), now.px(8))
        bar.addWidget(self.period, 1)
        figures.setContentsMargins(now.px(16), 0, now.px(16), now.px(10))
        figures.addLayout(cards)
        names = {
            "open": _("under review"),
            "ended": _("ended in the period"),
            "moved": _("with progress"),
            "silent": _("with nothing new"),
            "overdue": _("past the day of the measure"),
        }
        for key, name in names.items():
            figure, words = QLabel("0"), QLabel(name)
            figure.setProperty("ink", "title")
            words.setProperty("ink", "muted")
            both = QWidget()
            pair = QHBoxLayout(both)
            pair.setContentsMargins(0, 0, 0, 0)
            pair.setSpacing(now.px(6))
            pair.addWidget(figure)
            pair.addWidget(words)
            cards.addWidget(both)
            self.figures[key] = figure
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bar)
        lines.addLayout(figures)
        lines.addWidget(self.export)
        lines.addWidget(self.view, 1)

    def refresh(self) -> None:
        """Reads the list, in a reader thread."""
        desk = self._office.reviews

        def read(_progress: Progress) -> list[ReviewRow]:
            return desk.rows()

        self._runner.read(read, done=self._arrived)

    def _arrived(self, rows: list[ReviewRow]) -> None:
        self._read = rows
        self._show()

    def _show(self) -> None:
        since, until = self.period.span()
        counted = review_summary(self._read, since, until, self._office.today())
        for key, label in self.figures.items():
            label.setText(str(getattr(counted, key)))
        self.rows.rows = tuple(of_period(self._read, since, until))
        self.view.show_query(None, filtered=False)

    def _open(self, entry: str) -> None:
        row = next((row for row in self.rows.rows if row.id == entry), None)
        if row is not None and row.case is not None:
            self.goRequest.emit("cases", row.case.id)

    def save_table(self, _checked: bool = False) -> None:
        """The fifteen columns of the list, of the period that is shown."""
        rows: tuple[ReviewRow, ...] = self.rows.rows
        since, until = self.period.span()
        title = _("List of crowded, complex and long-running cases under review")
        period = _("From {since} to {until}").format(since=_day(since), until=_day(until))
        head = TableHead(self._office.office.name, title, (period, *told_above("", (), self._office)))
        columns = [_export_column(column) for column in review_columns(since, until, field_words)]
        name = _("review-list-{day}").format(day=f"{self._office.today():%Y-%m-%d}") + ".xlsx"

        def lines() -> Iterator[Any]:
            yield from enumerate(rows, start=1)

        self.export.start(Export(name, head, columns, lines, len(rows)))

    def store_changed(self, changes: Any) -> None:
        """Something was reported."""
        if not changes or any(change.table in ("review_entry", "review_progress", "case_step") for change in changes):
            self.refresh()

    def focus_list(self) -> None:
        """The keyboard goes into the list."""
        self.view.focus_list()


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _export_column(column: ReviewColumn) -> Column:
    """A column of the report as the export of lists takes it: its rows are (number, row)."""

    def value(column: ReviewColumn, line: tuple[int, ReviewRow]) -> Any:
        return column.value(*line)

    wide = round(column.width * PIXELS_A_LETTER)
    return Column(str(column.title), column.title, wide, text=lambda _line: "", value=partial(value, column))
