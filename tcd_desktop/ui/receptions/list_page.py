"""The list of visits: search as you type, filters, the chosen visit at the right, its acts by key and button.

At the superior office the same page shows the visits of all wards, to be read only, with the ward in a column.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from tcd_desktop.domain.old_book.old_book import OldBook
from tcd_desktop.i18n import _, lazy
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.table_file import TableHead
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.lists.list_export import Export, ListExport, told_above
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import PagedModel
from tcd_desktop.ui.log_book.entrance import PrintMenu, visits_meant
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.receptions.chosen_visit import ChosenVisit
from tcd_desktop.ui.receptions.columns import columns
from tcd_desktop.ui.receptions.facts import VisitView
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.receptions.form_ready import FormReady
from tcd_desktop.ui.receptions.list_filters import BATCH, WAITING, divider
from tcd_desktop.ui.receptions.list_frame import ListFrame
from tcd_desktop.ui.receptions.printing import Printing
from tcd_desktop.ui.receptions.source import ListChoice, OfficeNames, ReceptionSource, Waiting, every_row
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.recycle.entrance import bin_button
from tcd_desktop.ui.window.actions import row as action_row
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

TABLES = frozenset({"reception", "case_file", "issued_document", "office", "link"})

NAMED = frozenset({"office", "old_book"})
"""Tables whose records are choices of the filters."""

FIRST = State(
    lazy("No visits in the book yet"),
    lazy("Each citizen who comes is a line of the book. The number is given when the visit is saved."),
    lazy("Log the first visit"),
    icon="book-open",
    second=lazy("Import an old book…"),
)
FIRST_ABOVE = State(
    lazy("No visits from the wards yet"),
    lazy("The visits of the wards stand here as soon as their first files were imported under Exchange."),
    lazy("Go to the exchange"),
    icon="arrow-left-right",
)


class ReceptionsPage(Page):
    """The desk "receptions". `activated` takes "new", the id of a visit, or a ListChoice."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        *,
        printing: Printing | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper, self._printing = office, runner, keeper, printing
        self._wards = office.is_superior
        self._names = OfficeNames(office)
        self.choice = ListChoice()
        self._named = False
        self.model = PagedModel(
            ReceptionSource(office),
            columns(office.today, self._names.name, wards=self._wards),
            runner=runner,
            divider=divider,
            parent=self,
        )
        self.inspector = ChosenVisit(office, runner, self._names.name, self)
        self.acts = self.inspector.acts
        self.list_name = "receptions-wards" if self._wards else "receptions"
        self.list = ListView(
            self.list_name,
            self.model,
            keeper,
            empty=FIRST_ABOVE if self._wards else FIRST.for_one_who(office.may("reception.log")),
            inspector=self.inspector,
        )
        self.inspector.chosen = self.list.current_id
        px = look.current().px
        self.list.splitter.setSizes([px(860), px(322)])
        self.ready = FormReady(self, lambda pile: self._form("", inside=pile))
        self._build()
        self._connect()
        self._show()

    def _build(self) -> None:
        self.export = ListExport(self._runner)
        table = self.list.table
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.prints = PrintMenu(
            *(self, self._office, self._runner, self._keeper),
            ids=lambda: visits_meant(table, self._office, self.choice.query(self._office.today())),
            ward=lambda: self.choice.office,
            printing=self._printing,
        )
        frame = self.frame = ListFrame(
            *(self.list_name, self._office, self._keeper),
            wards=self._wards,
            writes=self._writes(),
            bin=bin_button(self, self._office, self._runner, self._keeper),
            prints=self.prints.button,
            export=self.export,
        )
        self.filters, self.waiting, self.wards, self.message = frame.filters, frame.waiting, frame.wards, frame.message
        self.filters.watch_keys(self)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(frame)
        lines.addWidget(self.list, 1)
        self.setFocusProxy(self.list.table)

    def _writes(self) -> bool:
        """Whether visits are logged here."""
        return not self._wards and self._office.may("reception.log")

    def _connect(self) -> None:
        self.model.counted.connect(self.frame.show_count)
        self.list.currentChanged.connect(self.inspector.choose)
        for moving in (self.list.currentChanged, self.list.table.verticalScrollBar().valueChanged):
            moving.connect(self.ready.wait)
        self.list.openRequest.connect(self.open_visit)
        self.list.emptyActionRequest.connect(self._first_act)
        self.list.showAllRequest.connect(self.show_all)
        self.list.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.table.customContextMenuRequested.connect(self._menu)
        self.waiting.chosen.connect(self._waiting_chosen)
        self.filters.changed.connect(self._filtered)
        self.frame.export_button.clicked.connect(self.save_table)
        export_key = QShortcut(QKeySequence(action_row("list.export").shortcut), self)
        export_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        export_key.activated.connect(self.save_table)
        self.wards.activated.connect(self._ward_chosen)
        self.frame.columns.clicked.connect(self._columns_menu)
        self.frame.new.clicked.connect(self.new_visit)
        self.frame.old_book.clicked.connect(self.import_book)
        self.list.emptySecondRequest.connect(self.import_book)
        import_key = QShortcut(QKeySequence(action_row("book.import").shortcut), self)
        import_key.activated.connect(self.import_book)
        self.inspector.told.connect(self._tell)
        self.inspector.closed.connect(self.message.clear)
        self.inspector.openRequest.connect(self.open_visit)
        self.acts.caseRequest.connect(lambda case: self.goRequest.emit("cases", case))
        self.acts.amendRequest.connect(self.amend_visit)
        self.acts.splitRequest.connect(self.split_visit)
        self.acts.printRequest.connect(partial(self.open_visit, print_now=True))

    # -- the window's questions ----------------------------------------

    @property
    def title(self) -> str:
        """The desk's name."""
        return _("Receptions")

    @property
    def view(self) -> VisitView | None:
        """The visit at the right."""
        return self.inspector.view

    def activated(self, argument: Any = None) -> None:
        """Shown; with an argument that says what."""
        if argument == "new":
            self.new_visit()
        elif isinstance(argument, ListChoice):
            self.show_choice(argument)
        elif isinstance(argument, str) and argument:
            self.open_visit(argument)
        else:
            self.make_ready()

    def store_changed(self, changes: Any) -> None:
        """Reads again when visits, cases or prints changed; () = the officer asked for it."""
        if changes and not any(change.table in TABLES for change in changes):
            return
        self._names.forget()
        self._named = self._named and not any(change.table in NAMED for change in changes)
        self.list.refresh()
        if self.list.current_id():
            self.inspector.read(self.list.current_id())

    def search(self, text: str) -> bool:
        """Finds as it is typed, without accents."""
        if text != self.choice.text:
            self.show_choice(replace(self.choice, text=text))
        return True

    def focus_list(self) -> None:
        """The keyboard comes into the list."""
        self.list.focus_list()
        self.make_ready()

    def make_ready(self) -> None:
        """A new visit may be asked for: its form is made while nobody works."""
        if self._writes():
            self.ready.soon()

    # -- what is shown --------------------------------------------------

    def show_choice(self, choice: ListChoice) -> None:
        """Shows what was asked for, and the filters that say so."""
        self.ready.wait()
        self.choice = choice = ListChoice(text=choice.text).with_values(choice.values())
        self.waiting.set_index([value for value, _text in WAITING].index(choice.waiting))
        self.filters.show_values(choice.values())
        self._show_ward()
        self._show()

    def show_all(self) -> None:
        """The whole log."""
        self.show_choice(ListChoice())

    def _show(self) -> None:
        if not self._named:
            self._named = True
            self._runner.read(self._read_names, done=self._name_choices)
        self.list.show_query(self.choice.query(self._office.today()), filtered=self.choice.filtered)

    def _read_names(self, _progress: Progress) -> tuple[list[tuple[str, str]], list[OldBook]]:
        books = self._office.store.all(OldBook, "removed = '' ORDER BY imported_on DESC, id")
        return (self._names.all() if self._wards else []), books

    def _name_choices(self, names: tuple[list[tuple[str, str]], list[OldBook]]) -> None:
        wards, books = names
        for code, name in wards:
            if code != self._office.office.id and self.wards.findData(code) < 0:
                self.wards.addItem(name, code)
        self._show_ward()
        self.filters.set_options(BATCH, [(book.id, book.file_name) for book in books])

    def _show_ward(self) -> None:
        """The ward that is chosen, also before the names of all wards were read."""
        code = self.choice.office
        if self._wards and code and self.wards.findData(code) < 0:
            self.wards.addItem(self._names.name(code), code)
        self.wards.setCurrentIndex(max(self.wards.findData(code), 0))

    def _waiting_chosen(self, index: int) -> None:
        self.show_choice(replace(self.choice, waiting=WAITING[index][0], by=None))

    def _filtered(self, values: dict[str, str]) -> None:
        self.show_choice(self.choice.with_values(values))

    def _ward_chosen(self, index: int) -> None:
        self.show_choice(replace(self.choice, office=self.wards.itemData(index) or ""))

    # -- a table file ----------------------------------------------------

    def save_table(self) -> None:
        """What the list shows, all of it, as a table file."""
        today = self._office.today()
        self.export.start(
            Export(
                file_name=f"luot-tiep-{today.isoformat()}.xlsx",
                head=TableHead(self._office.office.name, _("List of receptions"), tuple(self._told_above())),
                columns=self.list.layout_of_columns.visible(),
                rows=partial(every_row, self._office, self.choice.query(today)),
                total=self.model.total or 0,
            )
        )

    def _told_above(self) -> list[str]:
        """The words searched for, the filters, and when the table was made."""
        filters = self.filters.words()
        if self.choice.waiting is not Waiting.ALL:
            filters.insert(0, str(dict(WAITING)[self.choice.waiting]))
        if self._wards and self.choice.office:
            filters.insert(0, self._names.name(self.choice.office))
        return told_above(self.choice.text, filters, self._office)

    def left(self) -> None:
        """Whoever goes to another page has looked: the identity is closed again."""
        self.inspector.close_identity()

    def _menu(self, at: QPoint) -> None:
        if self.list.table.indexAt(at).isValid():
            self.inspector.open_menu(self.list.table.viewport().mapToGlobal(at))

    def _columns_menu(self) -> None:
        button = self.frame.columns
        self.list.columns_menu().popup(button.mapToGlobal(QPoint(0, button.height())))

    # -- going on -------------------------------------------------------

    def open_visit(self, record_id: str, *, print_now: bool = False) -> None:
        """The page of one visit, on top of the list."""
        page = VisitPage(self._office, self._runner, self._keeper, printing=self._printing)
        page.amendRequest.connect(self.amend_visit)
        page.splitRequest.connect(self.split_visit)
        self.pushRequest.emit(page)
        page.show_visit(record_id, print_now=print_now)

    def amend_visit(self, record_id: str) -> None:
        """The form with a saved visit."""
        self.pushRequest.emit(self._form(record_id))

    def new_visit(self) -> None:
        """The form for the next citizen."""
        if not self._writes():
            return
        self.pushRequest.emit(self.ready.take() or self._form(""))

    def import_book(self) -> None:
        """The wizard for the old Excel or CSV book."""
        if self._wards or not self._office.may("old_book.import"):
            return
        from tcd_desktop.ui.old_book.book_page import OldBookPage

        self.pushRequest.emit(OldBookPage(self._office, self._runner, self._keeper))

    def split_visit(self, record_id: str) -> None:
        """The form with another content of a saved visit."""
        self.pushRequest.emit(self._form("", split_of=record_id))

    def _form(self, record_id: str, *, split_of: str = "", inside: QWidget | None = None) -> ReceptionFormPage:
        """`inside`: made beforehand, in the widget it will be shown in."""
        page = ReceptionFormPage(
            *(self._office, self._runner, self._keeper, record_id),
            split_of=split_of,
            ready=inside is not None,
            printing=self._printing,
            parent=inside,
        )
        page.saved.connect(self._saved)
        return page

    def _saved(self, record_id: str) -> None:
        self.list.show_written(record_id)

    def _first_act(self) -> None:
        if self._wards:
            self.goRequest.emit("exchange", None)
        else:
            self.new_visit()

    def _tell(self, sentence: str, tone: str) -> None:
        self.message.tell(sentence, tone)
