"""Every number that a year's book does not show, and why: nothing to ask at the next inspection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, lazy
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.recycle.recycle_bin import Gap
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.case_words import moment
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.forms.choice_field import Combo, Segments
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Column, PagedModel
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.recycle.bin_words import gap_chip, gap_numbers, gap_sentence, what
from tcd_desktop.ui.window.runner import RunnerLike

COMPLETE = State(
    lazy("The book has no gap"),
    lazy("Every number of this year stands in the list. A removed line would be explained here."),
    icon="circle-check",
    tone="success",
)
SLIPS = "slips"
BOOKS = (
    ("reception", lazy("Book of visits")),
    ("case_file", lazy("Book of cases")),
    (SLIPS, lazy("Spoilt slips")),
)


def gap_columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """Columns of the missing numbers."""
    return (
        Column("number", lazy("Missing"), 96, text=gap_numbers, align="right", strong=True),
        Column("series", lazy("Series"), 70, text=lambda gap: gap.series, align="center"),
        Column("state", lazy("State"), 160, text=lambda gap: "", chip=gap_chip),
        Column("what", lazy("What"), 170, text=lambda gap: what(gap.line) if gap.line else ""),
        Column("why", lazy("Why"), 200, text=gap_sentence, tooltip=gap_sentence, stretch=True),
        Column("who", lazy("Done by"), 120, text=lambda gap: gap.line.who if gap.line else ""),
        Column("at", lazy("Removed"), 104, text=lambda gap: _at(gap, today())),
    )


def _at(gap: Gap, today: date) -> str:
    return moment(gap.line.at, today) if gap.line and gap.line.at else ""


class GapsView(QWidget):
    """One book of one year at a time."""

    openRequest = Signal(object)
    """The line of the bin behind a number (a Binned)."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self._office, self._runner = office, runner
        self.rows = FixedRows()
        model = PagedModel(self.rows, gap_columns(office.today), runner=runner, row_id=_gap_id, parent=self)
        self.list = ListView("number-gaps", model, keeper, empty=COMPLETE)
        self.list.openRequest.connect(self._open)
        self.books = Segments([str(words) for _book, words in BOOKS])
        self.books.set_index(0)
        self.books.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.books.chosen.connect(lambda _index: self.refresh())
        self.years = Combo()
        self.years.setAccessibleName(_("Year"))
        self.years.addItem(str(office.today().year), office.today().year)
        self.years.activated.connect(lambda _index: self.refresh())
        label = QLabel(_("Year"))
        label.setProperty("ink", "label")
        label.setBuddy(self.years)
        row = QHBoxLayout()
        row.setContentsMargins(now.px(16), 0, now.px(16), now.px(10))
        row.setSpacing(now.px(10))
        for widget in (self.books, label, self.years):
            row.addWidget(widget)
        row.addStretch()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(row)
        lines.addWidget(self.list, 1)

    def refresh(self) -> None:
        """Reads the chosen book."""
        recycle, year = self._office.recycle.bin, int(self.years.currentData())
        book = BOOKS[self.books.index()][0]

        def read(_progress: Progress) -> tuple[list[Gap], list[int]]:
            if book == SLIPS:
                return recycle.spoilt_slips(year), recycle.years()
            return recycle.gaps(book, year), recycle.years()  # type: ignore[arg-type]

        self._runner.read(read, done=self._read)

    def _read(self, answer: tuple[list[Gap], list[int]]) -> None:
        gaps, years = answer
        for year in years:
            if self.years.findData(year) < 0:
                self.years.addItem(str(year), year)
        self.rows.rows = tuple(gaps)
        self.list.show_query(None, filtered=False)

    def _open(self, gap_id: str) -> None:
        gap: Any = next((gap for gap in self.rows.rows if _gap_id(gap) == gap_id), None)
        if gap is not None and gap.line is not None and gap.state == "removed":
            self.openRequest.emit(gap.line)


def _gap_id(gap: Gap) -> str:
    return gap.line.id if gap.state == "spoilt" and gap.line else f"{gap.series}-{gap.first}"
