"""Ai chưa gửi: every PC of the wards, the longest silent first, with what is missing and what waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.sync.sending_board import Sender, senders
from tcd_desktop.ui.cases.case_words import full_day, moment, short_office
from tcd_desktop.ui.exchange.differ_card import kinds_words
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Chip, Column, PagedModel
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.runner import RunnerLike

NOBODY = State(lazy("No ward has joined yet"), lazy("Enrol the PCs of the wards first."), icon="unlink")


def silence_chip(row: Sender) -> Chip:
    """How long nothing has come from a PC."""
    if row.differs:
        return Chip(_("The books differ"), "danger", "circle-alert")
    if row.waiting:
        return Chip(_("A bundle is missing"), "danger", "hourglass")
    if row.days is None:
        return Chip(_("Nothing yet"), "danger", "circle-alert")
    if row.days == 0:
        return Chip(_("Today"), "success", "circle-check")
    words = ngettext("{n} day ago", "{n} days ago", row.days).format(n=row.days)
    return Chip(words, "warning" if row.late else "success", "triangle-alert" if row.late else "circle-check")


def gap_words(row: Sender) -> str:
    """Which entries are missing: "12–40"."""
    return ", ".join(f"{one.need}–{one.first - 1}" for one in row.waiting[:1])


def _columns(today: Callable[[], date]) -> tuple[Column, ...]:
    return (
        Column("unit", lazy("Office"), 130, text=lambda row: short_office(row.name), strong=True, stretch=True),
        Column("series", lazy("PC"), 50, text=lambda row: row.series),
        Column("silence", lazy("Last sent"), 160, text=lambda row: "", chip=silence_chip),
        Column("last", lazy("Last entry"), 80, text=lambda row: str(row.last or ""), align="right"),
        Column("missing", lazy("Missing"), 84, text=gap_words, align="right"),
        Column("waiting", lazy("Waiting"), 84, text=lambda row: str(len(row.waiting) or ""), align="right"),
        Column("aside", lazy("Kept aside"), 80, text=lambda row: str(row.aside or ""), align="right"),
        Column(
            "answered", lazy("Receipt"), 110, text=lambda row: moment(row.answered, today()) if row.answered else ""
        ),
        Column("program", lazy("Version"), 80, text=lambda row: row.program, shown=False),
    )


class BoardPanel(QWidget):
    """`refresh` reads the board again."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self.rows = FixedRows()
        model = PagedModel(
            self.rows, _columns(office.today), runner=runner, row_id=lambda row: str(row.device), parent=self
        )
        self.pane = Inspector()
        self.pane.show_nothing(_("Choose a PC to see what is missing of it."))
        self.view = ListView("sending_board", model, keeper, empty=NOBODY, inspector=self.pane)
        self.view.keep_inspector()
        self.view.currentChanged.connect(self._show)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.view)

    def refresh(self) -> None:
        """Reads the board."""
        office = self._office

        def read(_progress: Progress) -> list[Sender]:
            return senders(office.store, office=office.office.id, today=office.today())

        self._runner.read(read, done=self._read)

    def _read(self, found: list[Sender]) -> None:
        self.rows.rows = tuple(found)
        self.view.show_query(None, filtered=False)

    def _show(self, device: str) -> None:
        row = next((row for row in self.rows.rows if row.device == device), None)
        if row is None:
            self.pane.show_nothing(_("Choose a PC to see what is missing of it."))
            return
        today = self._office.today()
        next_step = ""
        if row.differs:
            next_step = _(
                "Write the receipts, and ask the office to press “Send everything again”: when that bundle is "
                "imported, these records are made anew here."
            )
        elif row.waiting:
            next_step = _("Write the receipts: they ask for the missing entries, and the next stick brings them.")
        elif row.late:
            next_step = _("Ring the office up and ask for its stick.")
        chips = [silence_chip(row)]
        if row.expired_on:
            chips.append(Chip(_("Certificate expired"), "warning", "shield-alert"))
        self.pane.show_record(
            short_office(row.name),
            _("PC {series}").format(series=row.series),
            chips=chips,
            groups=[
                (
                    _("Its books here"),
                    [
                        (_("Last entry"), str(row.last) if row.last else ""),
                        (_("Came at"), moment(row.came, today) if row.came else _("never")),
                        (_("Receipt written"), moment(row.answered, today) if row.answered else _("never")),
                        (_("Kept aside"), str(row.aside) if row.aside else ""),
                        (_("Version of the program"), row.program),
                    ],
                ),
                (_("The books differ"), [(_("Kinds of records"), kinds_words(row.differs))] if row.differs else []),
                (
                    _("Missing"),
                    [
                        (
                            _("Entries"),
                            _("{first}–{last}, before a bundle that came at {at}").format(
                                first=one.need, last=one.first - 1, at=one.at[:10]
                            ),
                        )
                        for one in row.waiting
                    ],
                ),
                (_("Certificate"), [(_("Expired on"), full_day(row.expired_on))] if row.expired_on else []),
                ("", [(_("Next step"), next_step)]),
            ],
        )
