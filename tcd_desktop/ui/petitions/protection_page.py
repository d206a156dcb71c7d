"""Every request for protection of a denouncer, the newest first; Enter goes to its case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.people.protection import ProtectionRequest
from tcd_desktop.i18n import _, lazy
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.case_cards import protection_state
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.forms.page_frame import page_head
from tcd_desktop.ui.forms.typed_dates import show_date
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Chip, Column, PagedModel
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

EMPTY = State(
    lazy("Nobody has asked for protection"),
    lazy("A request is entered on the page of a denunciation's case."),
    icon="shield-check",
)


@dataclass(frozen=True, slots=True)
class ProtectionRow:
    """A request with the number of its case."""

    id: str
    request: ProtectionRequest
    case_number: str


def _columns() -> tuple[Column, ...]:
    return (
        Column("case", lazy("Case"), 120, text=lambda row: row.case_number, strong=True),
        Column("asked", lazy("Asked on"), 110, text=lambda row: show_date(row.request.asked_on), align="right"),
        Column("state", lazy("State"), 150, text=lambda row: "", chip=state_chip),
        Column("told", lazy("Where it stands"), 300, text=lambda row: protection_state(row.request), stretch=True),
        Column("measures", lazy("Measures"), 90, text=lambda row: str(len(row.request.measures)), align="right"),
    )


def state_chip(row: ProtectionRow) -> Chip:
    """Asked, protected, refused, ended."""
    request = row.request
    if request.decided_on is None:
        return Chip(_("Not decided"), "warning", "hourglass")
    if not request.granted:
        return Chip(_("Refused"), "closed", "ban")
    if request.ended_on is not None:
        return Chip(_("Ended"), "closed", "circle-x")
    return Chip(_("Protected"), "success", "shield-check")


class ProtectionPage(Page):
    """The list; nobody's name stands in it."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self.rows = FixedRows()
        model = PagedModel(self.rows, _columns(), runner=runner, parent=self)
        self.view = ListView("protection", model, keeper, empty=EMPTY)
        self.view.openRequest.connect(self._open)
        head, self.back = page_head(QLabel(self.title))
        self.back.clicked.connect(self.popRequest)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.view, 1)
        self.setFocusProxy(self.back)
        self.refresh()

    @property
    def title(self) -> str:
        """The heading."""
        return _("Protection of denouncers")

    def refresh(self) -> None:
        """Reads the requests again."""
        office = self._office

        def read(_progress: Progress) -> list[ProtectionRow]:
            found = []
            for one in office.protections.all():
                case = office.store.find(CaseFile, one.case) if one.case else None
                found.append(ProtectionRow(one.id, one, case.book_number if case else ""))
            return found

        self._runner.read(read, done=self._read)

    def _read(self, rows: list[ProtectionRow]) -> None:
        self.rows.rows = tuple(rows)
        self.view.show_query(len(rows), filtered=False)

    def _open(self, request_id: str) -> None:
        row = next((one for one in self.rows.rows if one.id == request_id), None)
        if row is not None and row.request.case:
            self.goRequest.emit("cases", row.request.case)

    def store_changed(self, changes: Any) -> None:
        """A request was entered or decided."""
        if not changes or any(change.table == "protection_request" for change in changes):
            self.refresh()
