"""The cases desk: the list with its filters and the chosen case beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop.domain.office import Office
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.table_file import TableHead
from tcd_desktop.settings import Keeper
from tcd_desktop.store.lists.pages import CaseQuery
from tcd_desktop.ui.cases.case_columns import case_columns
from tcd_desktop.ui.cases.case_filters import (
    ALL,
    button_of,
    dimensions,
    divider,
    every_case,
    values_of,
    with_button,
    with_values,
)
from tcd_desktop.ui.cases.case_hands import CaseHands
from tcd_desktop.ui.cases.case_page import CONCERNED, CasePage
from tcd_desktop.ui.cases.case_story import CaseSource
from tcd_desktop.ui.cases.case_view import CaseView
from tcd_desktop.ui.cases.follow_up import FollowHands
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.filters.dimensions import Values
from tcd_desktop.ui.filters.filter_bar import FilterBar
from tcd_desktop.ui.filters.list_head import list_head, tool_button
from tcd_desktop.ui.forms.choice_field import Segments
from tcd_desktop.ui.lists.list_export import Export, ListExport, told_above
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.papers.panel import PapersPanel
from tcd_desktop.ui.recycle.entrance import CaseBin, bin_button
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

NO_CASES = State(
    lazy("No case files yet"),
    lazy("A case file gathers the visits, papers and deadlines of one matter. Open one from a visit."),
    lazy("Go to the visits"),
    icon="folder-open",
)
NO_CASES_HERE = State(
    lazy("No case files have arrived yet"),
    lazy("The cases of the wards come with their bundles. Import one under Exchange."),
    lazy("Go to Exchange"),
    icon="folder-open",
)


class CasesPage(Page):
    """All cases of the office; at the district those of every ward, read-only."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        *,
        files: OpenedFiles,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper, self._files = office, runner, keeper, files
        self._query = CaseQuery()
        self._wanted = ""
        self._chosen: Values = {}
        self._name = "district-cases" if office.is_superior else "cases"
        self._names = {one.id: one.name for one in office.store.all(Office)} if office.is_superior else {}
        self.filters = Segments([_("All"), _("Open"), _("Due within 7 days"), _("Overdue")])
        self.filters.set_index(ALL)
        self.filters.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.filters.chosen.connect(self._filtered)
        papers = PapersPanel(office, runner, keeper, files=files)
        papers.pushRequest.connect(self.pushRequest)
        self.pane = CaseView(papers)
        self.pane.visitRequest.connect(self._go_to_visit)
        self.pane.petitionRequest.connect(lambda petition: self.goRequest.emit("petitions", petition))
        follow = FollowHands(office, runner, self)
        follow.told.connect(self.messageRequest)
        self.pane.attachRequest.connect(follow.attach)
        self.pane.taskRequest.connect(lambda task: self.goRequest.emit(task.desk, task))
        self.hands = CaseHands(self.pane, office, runner)
        self.hands.told.connect(self.messageRequest)
        self.hands.write_letters(self)
        self._build_list(keeper)
        self._lay_out()
        self._apply_query()

    @property
    def title(self) -> str:
        """The heading."""
        return _("Cases")

    def _build_list(self, keeper: Keeper) -> None:
        office = self._office
        columns = case_columns(office.today, self._names)
        model = PagedModel(CaseSource(office.store), columns, runner=self._runner, divider=divider, parent=self)
        model.counted.connect(self._counted)
        model.loaded.connect(self._loaded)
        pane = QWidget()
        inside = QVBoxLayout(pane)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.pane)
        self.view = ListView(
            self._name,
            model,
            keeper,
            empty=NO_CASES_HERE if office.is_superior else NO_CASES,
            inspector=pane,
        )
        now = look.current()
        self.view.splitter.setSizes([now.px(860), now.px(320)])
        self.view.currentChanged.connect(self.hands.show)
        self.view.openRequest.connect(self.open_case)
        self.view.emptyActionRequest.connect(self._next_act)
        self.view.showAllRequest.connect(self.show_all)
        self.view.keep_one_chosen()

    def _lay_out(self) -> None:
        heading = QLabel(self.title)
        heading.setProperty("ink", "title")
        self._count = QLabel()
        self._count.setProperty("ink", "muted")
        self.ward = QPushButton()
        self.ward.setProperty("kind", "suggestion")
        icons.dress(self.ward, "x", "text", 14)
        self.ward.clicked.connect(self._all_wards)
        self.ward.hide()
        self.narrow = FilterBar(self._name, dimensions(), self._keeper, self._office.today)
        self.narrow.watch_keys(self)
        self.narrow.changed.connect(self._narrowed)
        self.columns_button = tool_button("columns-3", _("Columns and density"))
        self.columns_button.clicked.connect(self._columns_menu)
        self.export_button = tool_button("download", _("Save the list as a table file"), key_text("list.export"))
        self.export_button.clicked.connect(self.save_table)
        export_key = QShortcut(QKeySequence(row("list.export").shortcut), self)
        export_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        export_key.activated.connect(self.save_table)
        self.export = ListExport(self._runner)
        tools = [self.columns_button, self.export_button, bin_button(self, self._office, self._runner, self._keeper)]
        case_bin = CaseBin(self._office, self._runner, self.hands, self, by_key=True)
        head = list_head([heading, self._count, self.ward], [case_bin, self.filters, self.narrow.button, *tools])
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.narrow)
        lines.addWidget(self.export)
        lines.addWidget(self.view, 1)

    # -- which cases -----------------------------------------------------------------

    def activated(self, argument: Any = None) -> None:
        """A `CaseQuery` shows those cases; an id opens that case; None leaves the list as it is."""
        if isinstance(argument, CaseQuery):
            self.show_query(argument)
        elif isinstance(argument, str) and argument:
            self._wanted = argument
            self.view.choose(argument)
            self.open_case(argument)

    def show_query(self, query: CaseQuery) -> None:
        """Shows the cases that fit, and the filters that say so."""
        today = self._office.today()
        self.filters.set_index(button_of(query, today))
        self._chosen = values_of(query, today, self._chosen)
        self.narrow.show_values(self._chosen)
        self._query = query
        self._apply_query()

    def search(self, text: str) -> bool:
        """Finds as it is typed: the matter, the number, the people of its visits."""
        if text != self._query.text:
            self.show_query(replace(self._query, text=text))
        return True

    def _narrowed(self, values: dict[str, str]) -> None:
        self._chosen = values
        self.show_query(with_values(self._query, values, self._office.today()))

    def _columns_menu(self) -> None:
        self.view.columns_menu().popup(self.columns_button.mapToGlobal(QPoint(0, self.columns_button.height())))

    def save_table(self) -> None:
        """What the list shows, all of it, as a table file."""
        filters = self.narrow.words()
        if self.filters.index() != ALL:
            filters.insert(0, self.filters.buttons[self.filters.index()].text())
        filters[:0] = [self._names.get(code, code) for code in self._query.offices] if self._names else []
        self.export.start(
            Export(
                file_name=f"vu-viec-{self._office.today().isoformat()}.xlsx",
                head=TableHead(
                    self._office.office.name,
                    _("List of cases"),
                    tuple(told_above(self._query.text, filters, self._office)),
                ),
                columns=self.view.layout_of_columns.visible(),
                rows=partial(every_case, self._office, self._query),
                total=self.view.model.total or 0,
            )
        )

    def show_all(self) -> None:
        """Every case of every office."""
        self.show_query(CaseQuery())

    def _all_wards(self) -> None:
        self.show_query(replace(self._query, offices=()))

    def _filtered(self, index: int) -> None:
        self.show_query(with_button(self._query, index, self._office.today()))

    def _apply_query(self) -> None:
        offices = self._query.offices
        names = ", ".join(self._names.get(code, code) for code in offices)
        self.ward.setText(names)
        self.ward.setAccessibleName(_("Show all wards instead of {name}").format(name=names))
        self.ward.setVisible(bool(offices) and self._office.is_superior)
        self.view.show_query(self._query, filtered=self._query != CaseQuery())

    def _counted(self, number: int, capped: bool) -> None:
        words = ngettext("{n} case", "{n} cases", number).format(n=grouped(number))
        self._count.setText(_("more than {count}").format(count=words) if capped else words)

    def _loaded(self) -> None:
        if self._wanted and self.view.choose(self._wanted):
            self._wanted = ""

    # -- going places -----------------------------------------------------------------

    def open_case(self, case_id: str) -> None:
        """Shows a case as a page."""
        self.pushRequest.emit(CasePage(self._office, self._runner, self._keeper, self._files, case_id))

    def _go_to_visit(self, reception_id: str) -> None:
        self.goRequest.emit("receptions", reception_id)

    def _next_act(self) -> None:
        self.goRequest.emit("exchange" if self._office.is_superior else "receptions", None)

    def focus_list(self) -> None:
        """The keyboard goes into the list."""
        self.view.focus_list()

    def store_changed(self, changes: Any) -> None:
        """Reads list and case again, at the same place."""
        if not changes or any(change.table in CONCERNED for change in changes):
            self.view.refresh()
            self.hands.refresh()
