"""The citizens desk: the list with its filters, the chosen citizen beside it, correcting, merging, parting."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.store.lists.citizens import CitizenQuery
from tcd_desktop.ui.citizens.citizen_hands import TABLES, CitizenHands
from tcd_desktop.ui.citizens.citizen_page import CitizenPage
from tcd_desktop.ui.citizens.citizen_pane import CitizenPane
from tcd_desktop.ui.citizens.citizen_rows import CitizenSource, citizen_columns
from tcd_desktop.ui.forms.choice_field import Segments
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import PagedModel
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

NOBODY = State(
    lazy("No citizens yet"),
    lazy("A citizen is known from the first visit with an identity paper. Denouncers never stand here."),
    lazy("Log a visit"),
    icon="users",
)
NOBODY_HERE = State(
    lazy("No citizens have arrived yet"),
    lazy("The citizens of the wards come with their bundles. Import one under Exchange."),
    lazy("Go to Exchange"),
    icon="users",
)
ALL, ALIKE, MERGED = range(3)


class CitizensPage(Page):
    """Citizens of the office; at the district those of every ward, to be read only. `activated` takes an id."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self._query = CitizenQuery()
        self._wanted = ""
        self.filters = Segments([_("All"), _("Possible duplicates"), _("Merged")])
        self.filters.set_index(ALL)
        self.filters.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.filters.chosen.connect(self._filtered)
        self.pane = CitizenPane()
        self.hands = CitizenHands(self.pane, office, runner, self)
        self.message = MessageBar()
        wards = office.is_superior
        columns = citizen_columns(office.today, self.hands.names.name, wards=wards)
        self.model = PagedModel(CitizenSource(office), columns, runner=runner, parent=self)
        name, empty = ("citizens-wards", NOBODY_HERE) if wards else ("citizens", NOBODY)
        self.list = ListView(name, self.model, keeper, empty=empty, inspector=self.pane)
        self.list.splitter.setSizes([look.current().px(830), look.current().px(352)])
        self._lay_out()
        self._connect()
        self._show()

    @property
    def title(self) -> str:
        """The heading."""
        return _("Citizens")

    def _lay_out(self) -> None:
        now = look.current()
        heading = QLabel(self.title)
        heading.setProperty("ink", "title")
        self.count = QLabel()
        self.count.setProperty("ink", "muted")
        head = QHBoxLayout()
        head.setContentsMargins(now.px(16), now.px(10), now.px(16), now.px(8))
        head.setSpacing(now.px(10))
        head.addWidget(heading)
        head.addWidget(self.count)
        head.addStretch()
        head.addWidget(self.filters)
        bars = QVBoxLayout()
        bars.setContentsMargins(now.px(16), 0, now.px(16), 0)
        bars.addWidget(self.message)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bars)
        lines.addWidget(self.list, 1)
        self.setFocusProxy(self.list.table)

    def _connect(self) -> None:
        self.model.counted.connect(self._counted)
        self.model.loaded.connect(self._loaded)
        self.list.currentChanged.connect(self._chosen)
        self.list.openRequest.connect(self.open_citizen)
        self.list.emptyActionRequest.connect(self._first_act)
        self.list.showAllRequest.connect(self.show_all)
        self.hands.told.connect(self.message.tell)
        self.hands.citizenRequest.connect(self.show_citizen)
        self.hands.goRequest.connect(self.goRequest)

    # -- the window's questions ---------------------------------------------------------------------

    def activated(self, argument: Any = None) -> None:
        """An id shows that citizen."""
        if isinstance(argument, str) and argument:
            self.show_citizen(argument)

    def store_changed(self, changes: Any) -> None:
        """Reads again what may have changed."""
        if changes and not any(change.table in TABLES for change in changes):
            return
        self.hands.refresh()
        self.list.refresh()

    def search(self, text: str) -> bool:
        """Finds by name, number, telephone, year of birth."""
        if text != self._query.text:
            self._query = replace(self._query, text=text)
            self._show()
        return True

    def focus_list(self) -> None:
        """The keyboard comes into the list."""
        self.list.focus_list()

    # -- what is shown ------------------------------------------------------------------------------

    def show_all(self) -> None:
        """Everybody."""
        self.filters.set_index(ALL)
        self._query = CitizenQuery()
        self._show()

    def _filtered(self, index: int) -> None:
        self._query = replace(self._query, alike=index == ALIKE, merged=index == MERGED)
        self._show()

    def _show(self) -> None:
        self.list.show_query(self._query, filtered=self._query != CitizenQuery())

    def _counted(self, number: int, capped: bool) -> None:
        told = ngettext("{n} citizen", "{n} citizens", number).format(n=grouped(number))
        self.count.setText(_("more than {count}").format(count=told) if capped else told)

    def _loaded(self) -> None:
        if self._wanted and self.list.choose(self._wanted):
            self._wanted = ""

    def show_citizen(self, citizen: str) -> None:
        """Shows one citizen beside the list, wherever he stands in it."""
        if not self.list.choose(citizen):
            self._wanted = citizen
            self.hands.show(citizen)

    def _chosen(self, citizen: str) -> None:
        if citizen:
            self._wanted = ""
            self.hands.show(citizen)
        elif not self._wanted:
            self.pane.show_nobody()

    # -- going on -----------------------------------------------------------------------------------

    def open_citizen(self, citizen: str) -> None:
        """One citizen as a page, on top of the list: also where there is no room beside it."""
        self.pushRequest.emit(CitizenPage(self._office, self._runner, citizen))

    def _first_act(self) -> None:
        self.goRequest.emit(*(("exchange", None) if self._office.is_superior else ("receptions", "new")))
