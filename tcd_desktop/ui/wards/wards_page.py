"""The wards desk of a district: one line for each ward, what it sent last, what is late; all read-only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop.domain.text import fold
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.board import WardLine
from tcd_desktop.settings import Keeper
from tcd_desktop.store.pages import CaseQuery
from tcd_desktop.ui import icons, look
from tcd_desktop.ui.cases.case_words import short_office
from tcd_desktop.ui.choice_field import Segments
from tcd_desktop.ui.empty_state import State
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.inspector import Inspector
from tcd_desktop.ui.list_view import ListView
from tcd_desktop.ui.page import Page
from tcd_desktop.ui.paged_model import Chip, Column, PagedModel
from tcd_desktop.ui.receptions.source import ListChoice
from tcd_desktop.ui.runner import RunnerLike
from tcd_desktop.ui.wards.ward_state import is_missing, last_words, span_words, state_chip

EMPTY = State(
    lazy("No ward has joined yet"),
    lazy("A ward brings its request on a stick; enrol its PC, then its bundles can be imported."),
    lazy("Enrol a ward"),
    icon="building-2",
)
ALL, MISSING, LATE = range(3)


def ward_columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """Who, when, how much, what is late."""

    def overdue(line: WardLine) -> Chip | None:
        number = line.counts.overdue_answers
        return Chip(str(number), "danger", "triangle-alert") if number else None

    return (
        Column("name", lazy("Ward"), 160, text=lambda line: short_office(line.name), strong=True, stretch=True),
        Column("state", lazy("Bundles"), 168, text=lambda line: "", chip=lambda line: state_chip(line, today())),
        Column("overdue", lazy("Answers overdue"), 124, text=lambda line: "", chip=overdue),
        Column("last", lazy("Last bundle"), 108, text=lambda line: last_words(line, today())),
        Column("entry", lazy("Up to entry"), 84, text=span_words, align="right"),
        Column("visits", lazy("Visits"), 84, text=lambda line: str(line.counts.receptions), align="right"),
        Column("cases", lazy("Open"), 72, text=lambda line: str(line.counts.open_cases), align="right"),
    )


class WardsPage(Page):
    """Choosing a ward shows it at the right, with the ways to its visits and cases."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self._lines: tuple[WardLine, ...] = ()
        self._text = ""
        self.rows = FixedRows()
        model = PagedModel(
            self.rows, ward_columns(office.today), runner=runner, row_id=lambda line: line.office, parent=self
        )
        self.pane = Inspector()
        self.pane.show_nothing(_("Choose a ward to see its figures."))
        self.visits = QPushButton(_("Visits"))
        icons.dress(self.visits, "book-open", "text", 16)
        self.visits.clicked.connect(self._to_visits)
        self.cases = QPushButton(_("Cases"))
        self.cases.setProperty("kind", "primary")
        icons.dress(self.cases, "folder-open", "on_accent", 16)
        self.cases.clicked.connect(self._to_cases)
        self.pane.set_actions([self.visits, self.cases])
        self.view = ListView("wards", model, keeper, empty=EMPTY, inspector=self.pane)
        self.view.currentChanged.connect(self._show)
        self.view.openRequest.connect(self._open)
        self.view.emptyActionRequest.connect(partial(self.goRequest.emit, "exchange", "enrol"))
        self.view.showAllRequest.connect(self._show_all)
        self.filters = Segments([_("All"), _("Not sent"), _("Answers overdue")])
        self.filters.set_index(ALL)
        self.filters.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.filters.chosen.connect(self._filter)
        self._lay_out()
        self.refresh()

    @property
    def title(self) -> str:
        """The heading."""
        return _("Wards")

    def _lay_out(self) -> None:
        now = look.current()
        heading = QLabel(self.title)
        heading.setProperty("ink", "title")
        self._summary = QLabel()
        self._summary.setProperty("ink", "muted")
        head = QHBoxLayout()
        head.setContentsMargins(now.px(16), now.px(10), now.px(16), now.px(8))
        head.setSpacing(now.px(10))
        head.addWidget(heading)
        head.addWidget(self._summary)
        head.addStretch()
        head.addWidget(self.filters)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.view, 1)

    def refresh(self) -> None:
        """Reads the board."""
        board = self._office.board

        def read(_progress: Progress) -> list[WardLine]:
            return board.wards()

        self._runner.read(read, done=self._read)

    def _read(self, lines: Sequence[WardLine]) -> None:
        self._lines = tuple(lines)
        today = self._office.today()
        missing = sum(is_missing(line, today) for line in lines)
        words = ngettext("{n} ward", "{n} wards", len(lines)).format(n=len(lines))
        if missing:
            words += "  ·  " + ngettext("{n} has not sent", "{n} have not sent", missing).format(n=missing)
        self._summary.setText(words if lines else "")
        self._filter(self.filters.index())
        if self.view.current_id():
            self._show(self.view.current_id())

    def _filter(self, index: int) -> None:
        today = self._office.today()
        kept = [
            line
            for line in self._lines
            if (index != MISSING or is_missing(line, today))
            and (index != LATE or line.counts.overdue_answers)
            and self._text in fold(line.name)
        ]
        self.rows.rows = tuple(kept)
        self.view.show_query(None, filtered=len(kept) != len(self._lines))

    def _show_all(self) -> None:
        self._text = ""
        self.filters.set_index(ALL)
        self._filter(ALL)

    def _show(self, code: str) -> None:
        line = next((line for line in self._lines if line.office == code), None)
        if line is None:
            self.pane.show_nothing(_("Choose a ward to see its figures."))
            return
        today, counts = self._office.today(), line.counts
        self.pane.show_record(
            line.name,
            line.office,
            chips=[state_chip(line, today)],
            groups=[
                (
                    _("Last bundle"),
                    [
                        (_("Imported"), last_words(line, today)),
                        (_("Up to entry"), span_words(line)),
                        (_("PCs enrolled"), str(line.devices)),
                    ],
                ),
                (
                    _("Its books here"),
                    [
                        (_("Visits"), str(counts.receptions)),
                        (_("Open cases"), str(counts.open_cases)),
                        (_("Crowds"), str(counts.crowds)),
                        (_("Answers overdue"), str(counts.overdue_answers)),
                    ],
                ),
            ],
        )

    def _open(self, code: str) -> None:
        self.goRequest.emit("cases", CaseQuery(offices=(code,)))

    def _to_visits(self) -> None:
        self.goRequest.emit("receptions", ListChoice(office=self.view.current_id()))

    def _to_cases(self) -> None:
        self._open(self.view.current_id())

    def activated(self, argument: Any = None) -> None:
        """ "missing" or "overdue" filters, the code of a ward chooses it."""
        if argument in ("missing", "overdue"):
            index = MISSING if argument == "missing" else LATE
            self.filters.set_index(index)
            self._filter(index)
        elif isinstance(argument, str):
            self._show_all()
            self.view.choose(argument)

    def store_changed(self, changes: Any) -> None:
        """Figures may have changed with every import."""
        self.refresh()

    def search(self, text: str) -> bool:
        """Wards by name, without accents; the search then stays on this page."""
        folded = fold(text)
        if folded == self._text:
            return bool(self.rows.rows)
        if folded and not any(folded in fold(line.name) for line in self._lines):
            return False
        self._text = folded
        self._filter(self.filters.index())
        return True

    def focus_list(self) -> None:
        """The keyboard goes into the list."""
        self.view.focus_list()
