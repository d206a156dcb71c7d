"""The citizens desk: the list with its filters, the chosen citizen beside it, correcting, merging, parting."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.person import Citizen
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.citizens import CitizenView
from tcd_desktop.services.done import Done
from tcd_desktop.settings import Keeper
from tcd_desktop.store.citizens import CitizenQuery
from tcd_desktop.ui import look
from tcd_desktop.ui.bars import MessageBar
from tcd_desktop.ui.choice_field import Segments
from tcd_desktop.ui.citizens.citizen_dialogs import AmendCitizenDialog, SplitDialog
from tcd_desktop.ui.citizens.citizen_pane import CitizenPane, Surroundings
from tcd_desktop.ui.citizens.citizen_rows import CitizenSource, citizen_columns
from tcd_desktop.ui.citizens.merge_dialog import MergeDialog
from tcd_desktop.ui.empty_state import State
from tcd_desktop.ui.list_view import ListView
from tcd_desktop.ui.messages import failure
from tcd_desktop.ui.page import Page
from tcd_desktop.ui.paged_model import PagedModel
from tcd_desktop.ui.receptions.source import ListChoice, OfficeNames
from tcd_desktop.ui.runner import Job, RunnerLike

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
TABLES = frozenset({"citizen", "reception", "link"})


class CitizensPage(Page):
    """Citizens of the office; at the district those of every ward, to be read only. `activated` takes an id."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self._names = OfficeNames(office)
        self._query = CitizenQuery()
        self._job: Job | None = None
        self._wanted = ""
        self.filters = Segments([_("All"), _("Possible duplicates"), _("Merged")])
        self.filters.set_index(ALL)
        self.filters.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.filters.chosen.connect(self._filtered)
        self.pane = CitizenPane()
        self.message = MessageBar()
        wards = office.is_superior
        columns = citizen_columns(office.today, self._names.name, wards=wards)
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
        self.list.openRequest.connect(self._open_last_visit)
        self.list.emptyActionRequest.connect(self._first_act)
        self.list.showAllRequest.connect(self.show_all)
        pane = self.pane
        pane.visitRequest.connect(partial(self.goRequest.emit, "receptions"))
        pane.citizenRequest.connect(self.show_citizen)
        pane.amendRequest.connect(self.amend)
        pane.mergeRequest.connect(self.merge)
        pane.splitRequest.connect(self.split)
        pane.apartRequest.connect(self._apart)
        pane.logRequest.connect(self._go_to_log)
        for key, act in (("Ctrl+E", self.amend), ("Ctrl+G", self.merge), ("Ctrl+T", self.split)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- the window's questions ---------------------------------------------------------------------

    def activated(self, argument: Any = None) -> None:
        """An id shows that citizen."""
        if isinstance(argument, str) and argument:
            self.show_citizen(argument)

    def store_changed(self, changes: Any) -> None:
        """Reads again what may have changed."""
        if changes and not any(change.table in TABLES for change in changes):
            return
        self._names.forget()
        self.list.refresh()
        if self.pane.view is not None:
            self._read(self.pane.view.citizen.id)

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
        told = ngettext("{n} citizen", "{n} citizens", number).format(n=f"{number:,}".replace(",", "."))
        self.count.setText(_("more than {count}").format(count=told) if capped else told)

    def _loaded(self) -> None:
        if self._wanted and self.list.choose(self._wanted):
            self._wanted = ""

    def show_citizen(self, citizen: str) -> None:
        """Shows one citizen beside the list, wherever he stands in it."""
        if not self.list.choose(citizen):
            self._wanted = citizen
            self._read(citizen)

    def _chosen(self, citizen: str) -> None:
        if citizen:
            self._wanted = ""
            self._read(citizen)
        elif not self._wanted:
            self.pane.show_nobody()

    def _read(self, citizen: str) -> None:
        if self._job is not None:
            self._job.forget()
        desk, names, office = self._office.citizens, self._names, self._office

        def work(_progress: Progress) -> tuple[CitizenView, Surroundings] | None:
            view = desk.view(citizen)
            if view is None:
                return None
            officers = {one.id: one.name for one in office.store.all(Officer)}
            names.name("")  # read here, not on the window's thread
            return view, Surroundings(office.today(), names.name, officers)

        self._job = self._runner.read(work, done=self._arrived, failed=self._failed)

    def _arrived(self, found: tuple[CitizenView, Surroundings] | None) -> None:
        self._job = None
        if found is None:
            self.pane.show_nobody()
        else:
            self.pane.show_citizen(*found)

    # -- acts ---------------------------------------------------------------------------------------

    def _own(self) -> CitizenView | None:
        view = self.pane.view
        return view if view is not None and view.own else None

    def amend(self) -> None:
        """Corrects the chosen citizen."""
        view = self._own()
        if view is not None:
            dialog = AmendCitizenDialog(view.citizen, self._office.today, self)
            dialog.amended.connect(partial(self._amend, view.citizen.id))
            dialog.open()

    def _amend(self, citizen: str, values: dict[str, Any]) -> None:
        desk = self._office.citizens

        def work(_progress: Progress) -> Done[Citizen]:
            return desk.amend(citizen, **values)

        self._runner.write(work, failed=self._failed)

    def merge(self, other: str = "") -> None:
        """Merges the chosen citizen with another one."""
        view = self._own()
        if view is None or view.citizen.merged_into:
            return
        dialog = MergeDialog(self._office.citizens, self._runner, view.citizen, other, self)
        dialog.mergeRequest.connect(self._merge)
        dialog.open()

    def _merge(self, keeper: str, other: str, take: tuple[str, ...], reason: str) -> None:
        desk = self._office.citizens

        def work(_progress: Progress) -> Done[Citizen]:
            return desk.merge(keeper, other, take=take, reason=reason)

        self._runner.write(work, done=self._merged, failed=self._failed)

    def _merged(self, done: Done[Citizen]) -> None:
        self.show_citizen(done.value.id)

    def split(self, citizen: str = "") -> None:
        """Parts a merged citizen from the one kept; "" = the chosen one."""
        view = self._own()
        if view is None:
            return
        merged = {one.id: one for one in (view.citizen, *view.merged) if one.merged_into}
        wanted = merged.get(citizen or view.citizen.id)
        if wanted is not None:
            dialog = SplitDialog(wanted.name, self)
            dialog.reasoned.connect(partial(self._split, wanted.id))
            dialog.open()

    def _split(self, citizen: str, reason: str) -> None:
        desk = self._office.citizens

        def work(_progress: Progress) -> Done[Citizen]:
            return desk.split(citizen, reason=reason)

        self._runner.write(work, failed=self._failed)

    def _apart(self, other: str) -> None:
        view, desk = self._own(), self._office.citizens
        if view is None:
            return
        one = view.citizen.id

        def work(_progress: Progress) -> Done[Any]:
            return desk.not_the_same(one, other)

        self._runner.write(work, failed=self._failed)

    # -- going on -----------------------------------------------------------------------------------

    def _open_last_visit(self, _citizen: str) -> None:
        view = self.pane.view
        if view is not None and view.visits:
            self.goRequest.emit("receptions", view.visits[0].id)

    def _go_to_log(self, citizen: str) -> None:
        self.goRequest.emit("receptions", ListChoice(citizen=citizen))

    def _first_act(self) -> None:
        self.goRequest.emit(*(("exchange", None) if self._office.is_superior else ("receptions", "new")))

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)
