"""The inspection desk: rounds over the wards; in a ward those over it, and its own look at its books."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.office import Device, Office
from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.case_words import short_day, short_office
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.inspections.begin_page import BeginPage
from tcd_desktop.ui.inspections.inspection_rows import RoundRow, period_words, round_chip, round_columns
from tcd_desktop.ui.inspections.round_page import TABLES, RoundPage
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.act_button import act_button
from tcd_desktop.ui.window.actions import key_text
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words import word
from tcd_desktop.words.shortcomings import finding_name

NO_ROUNDS = State(
    lazy("No inspection yet"),
    lazy(
        "A round reads a ward's books: late answers, missing slips, no notice of conclusion, too few days of the head."
    ),
    lazy("Begin a round  Ins"),
    icon="clipboard-check",
)
NO_ROUNDS_HERE = State(
    lazy("No inspection of this ward yet"),
    lazy("Look at your own books before others do: late answers, missing slips, open statements, days of the head."),
    lazy("Check the books  Ins"),
    icon="clipboard-check",
)


class InspectionsPage(Page):
    """Enter opens a round with its findings; Ins begins one."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self._all: tuple[RoundRow, ...] = ()
        self._units: list[tuple[str, str]] = []
        self._text, self._wanted = "", ""
        self.rows, self.pane = FixedRows(), Inspector()
        columns = round_columns(office.today, wards=office.is_superior)
        model = PagedModel(self.rows, columns, runner=runner, parent=self)
        empty = NO_ROUNDS if office.is_superior else NO_ROUNDS_HERE
        name = "inspections" if office.is_superior else "ward-inspections"
        self.view = ListView(
            name, model, keeper, empty=empty.for_one_who(office.may("inspection.begin")), inspector=self.pane
        )
        px = look.current().px
        self.view.splitter.setSizes([px(850), px(330)])
        self.view.currentChanged.connect(self._show)
        self.view.openRequest.connect(self.open_round)
        self.view.emptyActionRequest.connect(self.begin)
        self.view.showAllRequest.connect(partial(self.search, ""))
        self.view.keep_one_chosen()
        self.open = QPushButton(_("Findings"))
        icons.dress(self.open, "panel-right", "text", 16)
        self.open.clicked.connect(lambda _checked=False: self.open_round(self.view.current_id()))
        self.pane.set_actions([self.open])
        self.pane.show_nothing(_("Choose a round to see what was found."))
        words = _("Begin a round") if office.is_superior else _("Check the books")
        self.new = act_button(
            self, f"{words}  {key_text('inspection.new')}", "inspection.new", self.begin, primary=True
        )
        if office.officer.right is OfficerRight.VIEWER:
            self.new.hide()
        self._lay_out()
        self.setFocusProxy(self.view.table)
        self.refresh()

    @property
    def title(self) -> str:
        """The heading."""
        return _("Inspections")

    def _lay_out(self) -> None:
        now = look.current()
        heading, self._told = QLabel(self.title), QLabel()
        heading.setProperty("ink", "title")
        self._told.setProperty("ink", "muted")
        head = QHBoxLayout()
        head.setContentsMargins(now.px(16), now.px(10), now.px(16), now.px(8))
        head.setSpacing(now.px(10))
        head.addWidget(heading)
        head.addWidget(self._told)
        head.addStretch()
        head.addWidget(self.new)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.view, 1)

    def refresh(self) -> None:
        """Reads the rounds and the offices that can be inspected."""
        office, desk = self._office, self._office.inspections

        def read(_progress: Progress) -> tuple[list[RoundRow], list[tuple[str, str]]]:
            names = {one.id: one.name for one in office.store.all(Office)}
            rows = [RoundRow(line, names.get(line.round.unit, line.round.unit)) for line in desk.rounds()]
            if not office.is_superior:
                return rows, [(office.office.id, office.office.name)]
            devices = office.store.all(Device, "unit <> ? ORDER BY unit", (office.office.id,))
            return rows, list({one.unit: (one.unit, names.get(one.unit, one.name)) for one in devices}.values())

        self._runner.read(read, done=self._read)

    def _read(self, found: tuple[list[RoundRow], list[tuple[str, str]]]) -> None:
        rows, self._units = found
        self._all = tuple(rows)
        today = self._office.today()
        late = sum(len(row.line.overdue(today)) for row in rows)
        words = ngettext("{n} correction overdue", "{n} corrections overdue", late).format(n=late) if late else ""
        self._told.setText(words)
        self._filter()
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.open_round(wanted)

    def _filter(self) -> None:
        self.rows.rows = tuple(row for row in self._all if self._text in fold(f"{row.name} {row.line.round.lead}"))
        self.view.show_query(None, filtered=bool(self._text))
        if self.view.current_id():
            self._show(self.view.current_id())

    def _show(self, identity: str) -> None:
        row = next((row for row in self.rows.rows if row.id == identity), None)
        if row is None:
            self.pane.show_nothing(_("Choose a round to see what was found."))
            return
        held, today = row.line.round, self._office.today()
        findings = [(str(one.count), f"{finding_name(one)} ({word(one.state).lower()})") for one in row.line.findings]
        self.pane.show_record(
            short_office(row.name),
            period_words(held, today),
            chips=[round_chip(row.line, today)],
            groups=[
                (
                    _("The round"),
                    [
                        (_("Led by"), held.lead),
                        (_("Decision"), held.decision_number),
                        (_("Begun"), short_day(held.begun_on, today)),
                        (_("Conclusion"), held.conclusion),
                    ],
                ),
                (_("Findings"), findings),
            ],
        )

    def open_round(self, identity: str) -> None:
        """The page of a round."""
        row = next((row for row in self._all if row.id == identity), None)
        if row is not None:
            self.pushRequest.emit(RoundPage(self._office, self._runner, self._keeper, row.line.round, row.name))

    def begin(self) -> None:
        """The form of a new round; in a ward its own check."""
        if self._office.officer.right is OfficerRight.VIEWER:
            return
        if not self._units:
            self.messageRequest.emit(_("No ward has joined yet: there is nobody to inspect."), "neutral")
            return
        row = next((row for row in self.rows.rows if row.id == self.view.current_id()), None)
        unit = row.line.round.unit if row is not None else ""
        page = BeginPage(self._office, self._runner, self._keeper, self._units, unit=unit)
        page.begun.connect(self._begun)
        self.pushRequest.emit(page)

    def _begun(self, identity: str) -> None:
        self._wanted = identity
        self.refresh()

    def activated(self, argument: Any = None) -> None:
        """ "new" begins a round, an id opens that round."""
        if argument == "new":
            self.begin()
        elif isinstance(argument, str) and argument:
            self._wanted = argument
            self.refresh()

    def store_changed(self, changes: Any) -> None:
        """Rounds, findings or answers changed."""
        if not changes or any(change.table in TABLES for change in changes):
            self.refresh()

    def search(self, text: str) -> bool:
        """Rounds by the ward and who led them, without accents."""
        folded = fold(text)
        if folded and not any(folded in fold(f"{row.name} {row.line.round.lead}") for row in self._all):
            return False
        self._text = folded
        self._filter()
        return True

    def focus_list(self) -> None:
        """The keyboard goes into the list."""
        self.view.focus_list()
