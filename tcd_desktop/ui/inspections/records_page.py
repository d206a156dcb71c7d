"""The records behind a finding: every late answer, missing slip, month; Enter opens the record itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tcd_desktop.domain.sittings.sitting import Sitting
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.follow_up.found_records import FoundRecord
from tcd_desktop.settings import Keeper
from tcd_desktop.store.figures.shortcomings import Shortcoming
from tcd_desktop.ui.cases.case_words import short_day
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.forms.page_frame import page_head
from tcd_desktop.ui.inspections.sittings_page import HeldSittingsPage
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Chip, Column, PagedModel
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words import masked_name
from tcd_desktop.words.shortcomings import SHORTCOMINGS, shortcoming_name

DESKS = {"reception": "receptions", "case_file": "cases", "sitting": "calendar", "conclusion": "calendar"}
"""Table of a record -> the desk that shows it."""
NOTHING_LEFT = State(
    lazy("Nothing of this kind is left"),
    lazy("Since the finding was made, every record has been put right."),
    icon="circle-check",
    tone="success",
)


WHO = {"sitting": lazy("Received by"), "conclusion": lazy("Responsible unit")}
"""What the name of a record is; of a visit and a case who came."""


def record_columns(today: Callable[[], date], table: str = "reception") -> tuple[Column, ...]:
    """Day, number, who, what, and by how many days."""

    def name(one: FoundRecord) -> str:
        return masked_name("denunciation") if one.secret else one.name

    def day(one: FoundRecord) -> str:
        if one.table == "month":
            return _("month {month}").format(month=f"{one.day:%m/%Y}")
        return short_day(one.day, today())

    def late(one: FoundRecord) -> Chip | None:
        if one.due is None:
            return None
        days = ((one.done or today()) - one.due).days
        if days <= 0:
            return None
        words = ngettext("{n} day late", "{n} days late", days).format(n=days)
        return Chip(words, "warning" if one.done else "danger", "check" if one.done else "triangle-alert")

    def text(one: FoundRecord) -> str:
        return " ".join(one.text.split())

    return (
        Column("day", lazy("Day"), 110, text=day, strong=True),
        Column("number", lazy("No."), 100, text=lambda one: one.number),
        Column("name", WHO.get(table, lazy("Who")), 180, text=name),
        Column("text", lazy("Content"), 200, text=text, tooltip=text, stretch=True),
        Column("due", lazy("Time limit"), 110, text=lambda one: short_day(one.due, today()), align="right"),
        Column("late", lazy("Late"), 160, text=lambda one: "", chip=late),
    )


class RecordsPage(Page):
    """Esc goes back to the findings."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        found: Shortcoming,
        unit: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        now = look.current()
        self._found, self._office, self._unit = found, office, unit
        self._runner, self._keeper = runner, keeper
        self.rows = FixedRows()
        model = PagedModel(self.rows, record_columns(office.today, found.table), runner=runner, parent=self)
        self.view = ListView("found-records", model, keeper, empty=NOTHING_LEFT)
        self.view.openRequest.connect(self._open)
        self.view.keep_one_chosen()
        told = QLabel(self._told())
        told.setProperty("ink", "muted")
        told.setWordWrap(True)
        told.setContentsMargins(now.px(16), 0, now.px(16), now.px(8))
        head, self.back = page_head(QLabel(self.title))
        self.back.clicked.connect(self.popRequest)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(told)
        lines.addWidget(self.view, 1)
        self.setFocusProxy(self.view.table)
        desk = office.inspections

        def read(_progress: Progress) -> list[FoundRecord]:
            return desk.records(found)

        runner.read(read, done=self._read)

    @property
    def title(self) -> str:
        """What was found."""
        return shortcoming_name(self._found.code)

    def _told(self) -> str:
        words = SHORTCOMINGS.get(self._found.code)
        shown, all_ = len(self._found.records), self._found.count
        count = _("The first {n} of {all} are listed.").format(n=shown, all=all_) if shown < all_ else ""
        return " ".join(filter(None, (str(words.rule) if words else "", count)))

    def _read(self, records: list[FoundRecord]) -> None:
        self.rows.rows = tuple(records)
        self.view.show_query(None, filtered=False)

    def _open(self, record: str) -> None:
        """A visit or a case opens in its desk; a head's reception too where it is kept, elsewhere it is read here."""
        one = next((one for one in self.rows.rows if one.id == record), None)
        if one is None:
            return
        held_here = self._unit == self._office.office.id
        if one.table == "month" or (DESKS[one.table] == "calendar" and not held_here):
            self.pushRequest.emit(self._sittings(one))
        else:
            self.goRequest.emit(DESKS[one.table], one.opens)

    def _sittings(self, one: FoundRecord) -> HeldSittingsPage:
        """The day of a sitting (of a conclusion: the one it was drawn in), or the whole month."""
        sitting = self._office.store.find(Sitting, one.opens) if one.opens else None
        return HeldSittingsPage(
            self._office,
            self._runner,
            self._keeper,
            self._unit,
            sitting.day if sitting else one.day,
            month=one.table == "month",
        )

    def focus_list(self) -> None:
        """The keyboard goes into the list."""
        self.view.focus_list()
