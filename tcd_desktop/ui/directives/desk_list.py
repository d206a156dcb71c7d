"""What the two lists of this desk share: buttons and filters above, the list, the chosen line beside it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.directives.desk_acts import DeskActs
from tcd_desktop.ui.directives.desk_parts import ListParts, add_button, as_table
from tcd_desktop.ui.directives.directive_rows import ANY_WARD
from tcd_desktop.ui.directives.directive_task import FollowTask
from tcd_desktop.ui.directives.record_page import RecordPage
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.filters.dimensions import Values
from tcd_desktop.ui.filters.filter_bar import FilterBar
from tcd_desktop.ui.filters.list_head import list_head, tool_button
from tcd_desktop.ui.forms.choice_field import Segments
from tcd_desktop.ui.forms.desk_form import DeskForm
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_columns import Column
from tcd_desktop.ui.lists.list_export import ListExport, told_above
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import PagedModel
from tcd_desktop.ui.look import look
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import Job, RunnerLike

OPEN, OVERDUE = 1, 2
"""The button above both lists that leaves what is late."""


class DeskList(Page):
    """A subclass reads the book, says which lines fit, and shows one."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        parts: ListParts,
        make_acts: Callable[[OpenOffice, RunnerLike, QWidget], DeskActs],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self.parts, self._make_acts = office, runner, parts, make_acts
        self._job: Job | None = None
        self._wanted: FollowTask | None = None
        self.book: Any = None
        self.button, self.text = 0, ""
        self.values: Values = {}
        self.rows = FixedRows()
        self.pane = Inspector()
        self.pane.show_nothing(parts.nothing)
        model = PagedModel(self.rows, parts.columns, runner=runner, parent=self)
        self.list = ListView(
            parts.name, model, keeper, empty=parts.empty.for_one_who(office.may("directive.issue")), inspector=self.pane
        )
        px = look.current().px
        self.list.splitter.setSizes([px(800), px(370)])
        self.acts = make_acts(office, runner, self)
        self.message = MessageBar()
        self.filters = Segments(list(parts.buttons))
        self.filters.set_index(0)
        self.filters.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.narrow = FilterBar(parts.name, parts.dimensions, keeper, office.today)
        self.count = QLabel()
        self.count.setProperty("ink", "muted")
        self._lay_out()
        self._connect()
        self.refresh()

    # -- for the subclasses ---------------------------------------------------------------------------

    @abstractmethod
    def read_book(self) -> Any:
        """Everything the list shows, read in a reader thread."""

    @abstractmethod
    def fitting(self, book: Any) -> Sequence[Any]:
        """The lines that the filters leave."""

    @abstractmethod
    def show_line(self, pane: Inspector, acts: DeskActs, book: Any, record: str) -> None:
        """Puts a line into a pane and tells the acts of it."""

    @abstractmethod
    def page_title(self) -> str:
        """The heading of a line's own page."""

    @abstractmethod
    def counted(self, number: int) -> str:
        """How many the list shows, in words."""

    @abstractmethod
    def report_columns(self, book: Any) -> tuple[Column, ...]:
        """What a table file tells of a line."""

    @abstractmethod
    def form(self, record: str, task: FollowTask | None) -> DeskForm:
        """The form of a new ("") or saved line."""

    # -- how it looks ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        now = look.current()
        self.add = add_button(self.parts.add)
        words = _("Save the list as a table file")
        self.export = ListExport(self._runner)
        self.export_button = tool_button("download", words, key_text("list.export"))
        head = list_head([self.count], [self.filters, self.narrow.button, self.export_button, self.add])
        if self._office.officer.right is OfficerRight.VIEWER:
            self.add.hide()
        bars = QVBoxLayout()
        bars.setContentsMargins(now.px(16), 0, now.px(16), 0)
        bars.addWidget(self.message)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.narrow)
        lines.addLayout(bars)
        lines.addWidget(self.export)
        lines.addWidget(self.list, 1)
        self.setFocusProxy(self.list.table)

    def _connect(self) -> None:
        self.filters.chosen.connect(self._button_chosen)
        self.narrow.changed.connect(self._narrowed)
        self.list.model.loaded.connect(self._loaded)
        self.list.currentChanged.connect(self._chosen)
        self.list.openRequest.connect(self.open_page)
        self.list.emptyActionRequest.connect(self.add_new)
        self.list.showAllRequest.connect(self.show_all)
        self.list.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.table.customContextMenuRequested.connect(self._menu)
        self.add.clicked.connect(self.add_new)
        self.export_button.clicked.connect(self.save_table)
        for action, slot in (
            (self.parts.add, self.add_new),
            ("list.filter", self.narrow.open_menu),
            ("list.export", self.save_table),
        ):
            shortcut = QShortcut(QKeySequence(row(action).shortcut), self)
            shortcut.activated.connect(slot)
        self._listen(self.acts)
        self.acts.told.connect(self.message.tell)

    def _listen(self, acts: DeskActs) -> None:
        acts.changeRequest.connect(self.change)
        acts.caseRequest.connect(self.go_to_case)

    def _menu(self, at: QPoint) -> None:
        if self.acts.acts():
            menu = self.acts.menu()
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.list.table.viewport().mapToGlobal(at))

    # -- what is shown --------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the book again."""
        if self._job is not None:
            self._job.forget()

        def work(_progress: Progress) -> Any:
            return self.read_book()

        self._job = self._runner.read(work, done=self._arrived)

    def _arrived(self, book: Any) -> None:
        self._job, self.book = None, book
        self._show()

    def _show(self) -> None:
        if self.book is None:
            return
        lines = tuple(self.fitting(self.book))
        self.rows.rows = lines
        self.count.setText(self.counted(len(lines)) if self.book.lines else "")
        self.list.show_query(None, filtered=bool(self.book.lines))
        self._chosen(self.list.current_id())

    def _loaded(self) -> None:
        task, self._wanted = self._wanted, None
        if task is not None:
            self.open(task)
        elif not self.list.current_id() and self.rows.rows:
            self.list.choose(self.rows.rows[0].id)

    def _chosen(self, record: str) -> None:
        if self.book is not None:
            self.show_line(self.pane, self.acts, self.book, record)

    def _button_chosen(self, index: int) -> None:
        self.button = index
        self._show()

    def _narrowed(self, values: Values) -> None:
        self.values = values
        self._show()

    def show_button(self, index: int) -> None:
        """Puts a button above the list down."""
        self.filters.set_index(index)
        self._button_chosen(index)

    def show_all(self) -> None:
        """Without button, filters and search."""
        self.values, self.text = {}, ""
        self.narrow.show_values({})
        self.show_button(0)

    def save_table(self, _checked: bool = False) -> None:
        """The lines that are shown, with everything a report needs, as a table file."""
        if self.book is None:
            return
        told = [self.parts.buttons[self.button]] if self.button else []
        above = told_above(self.text, [*told, *self.narrow.words()], self._office)
        self.export.start(
            as_table(self._office, self.parts, self.title, above, self.report_columns(self.book), self.rows.rows)
        )

    # -- going on -------------------------------------------------------------------------------------

    def open(self, task: FollowTask) -> None:
        """A new form, the overdue lines, or one line with an act of it begun."""
        if task.act == "overdue":
            self.show_button(OVERDUE)
            return
        if task.act in ("of_office", "of_office_overdue"):
            self.values = {"unit": task.office or ANY_WARD}
            self.narrow.show_values(self.values)
            self.show_button(OVERDUE if task.act == "of_office_overdue" else OPEN)
            return
        if task.act == "new":
            self._push_form("", task)
            return
        if self._job is not None and self._job.running:
            self._wanted = task
            return
        if self.rows.rows and task.record and not self.list.choose(task.record):
            self.show_all()
            if not self.list.choose(task.record):
                return
        self.show_line(self.pane, self.acts, self.book, task.record)
        if task.act:
            self.acts.do(task.act)

    def open_page(self, record: str) -> None:
        """A line as a page: also where there is no room beside the list."""

        def show(pane: Inspector, acts: DeskActs, book: Any) -> None:
            self.show_line(pane, acts, book, record)

        def make(page: QWidget) -> DeskActs:
            acts = self._make_acts(self._office, self._runner, page)
            self._listen(acts)
            return acts

        title = self.page_title()
        self.pushRequest.emit(RecordPage(title, self._runner, self.read_book, show, make, self.parts.tables))

    def add_new(self, _checked: bool = False) -> None:
        """The empty form."""
        self._push_form("", None)

    def change(self, record: str) -> None:
        """The form of a saved line."""
        self._push_form(record, None)

    def _push_form(self, record: str, task: FollowTask | None) -> None:
        if self._office.officer.right is not OfficerRight.VIEWER:
            form = self.form(record, task)
            form.saved.connect(self.list.show_written)
            self.pushRequest.emit(form)

    def go_to_case(self, case: str) -> None:
        """A case in its desk."""
        self.goRequest.emit("cases", case)

    # -- the window's questions -----------------------------------------------------------------------

    def search(self, text: str) -> bool:
        """Narrows the list as it is typed."""
        if text != self.text:
            self.text = text
            self._show()
        return True

    def store_changed(self, changes: Any) -> None:
        """Reads again what may have changed."""
        if not changes or any(change.table in self.parts.tables for change in changes):
            self.refresh()

    def focus_list(self) -> None:
        """The keyboard goes into the list."""
        self.list.focus_list()
