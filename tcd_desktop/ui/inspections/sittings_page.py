"""The head's receptions behind a finding, read from the books of the office they were held in: nothing to change."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting
from tcd_desktop.i18n import _, lazy
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.calendar.sitting_facts import groups_of
from tcd_desktop.ui.calendar.sitting_rows import SittingRow, hours, kind_words, receiver, short_weekday, state_chip
from tcd_desktop.ui.cases.case_words import full_day
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.forms.page_frame import page_head
from tcd_desktop.ui.lists.inspector import Facts, Inspector
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Column, PagedModel
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.receptions.columns import shown_name
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words import show

NONE_HELD = State(
    lazy("No reception of the head"),
    lazy("The books of the office hold no reception of its head in these days."),
    icon="calendar-off",
)


@dataclass(frozen=True, slots=True)
class HeldSitting:
    """A sitting with its visits and conclusions."""

    row: SittingRow
    visits: tuple[Reception, ...]
    conclusions: tuple[Conclusion, ...]

    @property
    def id(self) -> str:
        """The sitting's id."""
        return self.row.id


def read_sittings(office: OpenOffice, unit: str, since: date, until: date) -> list[HeldSitting]:
    """The sittings of an office in some days, both included; a reader's work."""
    store = office.store
    where = "office = ? AND day BETWEEN ? AND ? AND removed = '' ORDER BY day, start, id"
    found = []
    for one in store.all(Sitting, where, (unit, since.isoformat(), until.isoformat())):
        of_it = "sitting = ? AND office = ? AND removed = ''"
        visits = store.all(Reception, f"{of_it} ORDER BY rid", (one.id, unit))
        ends = store.all(Conclusion, f"{of_it} ORDER BY id", (one.id, unit))
        found.append(HeldSitting(SittingRow(one, None, len(visits)), tuple(visits), tuple(ends)))
    return found


def columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """Day, hours, kind, who received, what came of it."""

    def day(one: HeldSitting) -> str:
        return f"{short_weekday(one.row.sitting.day)} {one.row.sitting.day:%d/%m/%Y}"

    return (
        Column("day", lazy("Day"), 130, text=day, strong=True),
        Column("hours", lazy("Hours"), 110, text=lambda one: hours(one.row.sitting.start, one.row.sitting.end)),
        Column("kind", lazy("Kind"), 150, text=lambda one: kind_words(one.row.sitting)),
        Column("who", lazy("Received by"), 150, text=lambda one: receiver(one.row.sitting), stretch=True),
        Column("visits", lazy("Visits"), 80, text=lambda one: str(one.row.visits), align="right"),
        Column("state", lazy("State"), 180, text=lambda one: "", chip=lambda one: state_chip(one.row.sitting, today())),
    )


class HeldSittingsPage(Page):
    """`month` True shows the whole month of `day`, False that day. Esc goes back to the finding."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        unit: str,
        day: date,
        *,
        month: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._day, self._month = office, day, month
        last = day.replace(day=monthrange(day.year, day.month)[1])
        since, until = (day.replace(day=1), last) if month else (day, day)
        self.rows, self.pane = FixedRows(), Inspector()
        self.pane.show_nothing(_("Choose a reception to see what came of it."))
        model = PagedModel(self.rows, columns(office.today), runner=runner, parent=self)
        self.view = ListView("held-sittings", model, keeper, empty=NONE_HELD, inspector=self.pane)
        px = look.current().px
        self.view.splitter.setSizes([px(790), px(390)])
        self.view.keep_one_chosen()
        self.view.currentChanged.connect(self._show)
        head, self.back = page_head(QLabel(self.title))
        self.back.clicked.connect(self.popRequest)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.view, 1)
        self.setFocusProxy(self.view.table)

        def read(_progress: Progress) -> list[HeldSitting]:
            return read_sittings(office, unit, since, until)

        runner.read(read, done=self._read)

    @property
    def title(self) -> str:
        """Which days."""
        if self._month:
            return _("Receptions of the head in {month}").format(month=f"{self._day:%m/%Y}")
        return _("Reception of the head, {day}").format(day=full_day(self._day))

    def _read(self, found: list[HeldSitting]) -> None:
        self.rows.rows = tuple(found)
        self.view.show_query(None, filtered=False)

    def _show(self, identity: str) -> None:
        one = next((one for one in self.rows.rows if one.id == identity), None)
        if one is None:
            self.pane.show_nothing(_("Choose a reception to see what came of it."))
            return
        sitting, today = one.row.sitting, self._office.today()
        visits: Facts = [
            (visit.book_number, f"{shown_name(visit.name, visit.classification)}: {' '.join(visit.content.split())}")
            for visit in one.visits
        ]
        self.pane.show_record(
            full_day(sitting.day),
            kind_words(sitting),
            chips=[state_chip(sitting, today)],
            groups=[*groups_of(one.row, today), (_("Visits"), visits), (_("Conclusions"), _ends(one))],
        )

    def focus_list(self) -> None:
        """The keyboard goes into the list."""
        self.view.focus_list()


def _ends(one: HeldSitting) -> Facts:
    """Each conclusion by who answers for it; its notice, or that there is none."""
    found = []
    for end in one.conclusions:
        notice = (
            _("notice {number} of {day}").format(number=end.number, day=show(end.issued_on))
            if end.issued_on
            else _("no notice of it")
        )
        found.append((end.responsible or _("Conclusion"), f"{end.content} ({notice})"))
    return found
