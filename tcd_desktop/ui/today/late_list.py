"""The answers to give within a week, the most urgent first; Enter opens the visit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.i18n import _, lazy
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.case_words import due_chip, full_day, short_day, short_office
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Chip, Column, PagedModel
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.today.morning import Morning
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words import masked_name

NONE_LATE = State(
    lazy("No answer is due within a week"),
    lazy("Visits whose citizen waits for an answer are listed here, the most urgent first."),
    icon="circle-check",
    tone="success",
)


class LateList(QFrame):
    """`openRequest` is a visit's id, `allRequest` the wish for the whole list."""

    openRequest = Signal(str)
    allRequest = Signal()

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "card")
        self._office = office
        self._names: dict[str, str] = {}
        self.rows = FixedRows()
        model = PagedModel(self.rows, self._columns(), runner=runner, parent=self)
        name = "late-of-wards" if office.is_superior else "late"
        self.view = ListView(name, model, keeper, empty=NONE_LATE)
        self.view.openRequest.connect(self.openRequest)
        heading = QLabel(_("Answers to give, the most urgent first"))
        heading.setProperty("ink", "heading")
        self.all = QPushButton(_("All of them"))
        self.all.setProperty("kind", "link")
        self.all.clicked.connect(self.allRequest)
        head = QHBoxLayout()
        head.setContentsMargins(now.px(14), now.px(8), now.px(10), now.px(2))
        head.addWidget(heading)
        head.addStretch()
        head.addWidget(self.all)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(1, 1, 1, now.px(6))
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.view, 1)

    def _columns(self) -> tuple[Column, ...]:
        today = self._office.today

        def late(visit: Reception) -> Chip | None:
            return due_chip(visit.answer_due, today())

        def ward(visit: Reception) -> str:
            return short_office(self._names.get(visit.office, visit.office))

        columns = [
            Column("late", lazy("Deadline"), 176, text=lambda visit: "", chip=late, tooltip=_due_day),
            Column("name", lazy("Citizen"), 150, text=_name, strong=True),
            Column("content", lazy("Content"), 100, text=_content, tooltip=_content, stretch=True),
            Column("number", lazy("No."), 88, text=lambda visit: visit.book_number, align="right"),
            Column("date", lazy("Visit"), 108, text=lambda visit: short_day(visit.date, today()), align="right"),
        ]
        if self._office.is_superior:
            columns.insert(1, Column("ward", lazy("Ward"), 150, text=ward))
        return tuple(columns)

    def show_late(self, morning: Morning) -> None:
        """Shows the answers to give."""
        self._names = morning.names
        self.rows.rows = morning.late
        self.all.setVisible(bool(morning.late))
        self.view.show_query(None, filtered=False)


def _due_day(visit: Reception) -> str:
    return full_day(visit.answer_due)


def _name(visit: Reception) -> str:
    return visit.name or masked_name(visit.classification)


def _content(visit: Reception) -> str:
    return visit.content.split("\n", 1)[0][:300]
