"""The list of visits: search as you type, filters, the chosen visit at the right, its acts by key and button.

At the superior office the same page shows the visits of all wards, to be read only, with the ward in a column.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.old_book import OldBook
from tcd_desktop.domain.reception import Reception
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.table_file import TableHead
from tcd_desktop.settings import Keeper
from tcd_desktop.ui import icons, look
from tcd_desktop.ui.actions import key_text
from tcd_desktop.ui.actions import row as action_row
from tcd_desktop.ui.bars import MessageBar
from tcd_desktop.ui.choice_field import Combo, Segments
from tcd_desktop.ui.empty_state import State
from tcd_desktop.ui.figures import grouped
from tcd_desktop.ui.filters.filter_bar import FilterBar
from tcd_desktop.ui.filters.list_head import list_head, tool_button
from tcd_desktop.ui.inspector import Inspector
from tcd_desktop.ui.list_export import Export, ListExport, told_above
from tcd_desktop.ui.list_view import ListView
from tcd_desktop.ui.messages import failure
from tcd_desktop.ui.page import Page
from tcd_desktop.ui.paged_model import COUNT_CAP, PagedModel
from tcd_desktop.ui.receptions.columns import columns, short_date, shown_name
from tcd_desktop.ui.receptions.facts import VisitView, groups, read_view
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.receptions.form_ready import FormReady
from tcd_desktop.ui.receptions.history import HistoryBlock
from tcd_desktop.ui.receptions.links_block import LinksBlock
from tcd_desktop.ui.receptions.list_filters import BATCH, WAITING, dimensions, divider
from tcd_desktop.ui.receptions.printing import Printing
from tcd_desktop.ui.receptions.source import ListChoice, OfficeNames, ReceptionSource, Waiting, every_row
from tcd_desktop.ui.receptions.visit_acts import WORDS, VisitActs
from tcd_desktop.ui.receptions.visit_page import VisitPage, chips_of, replace_visit
from tcd_desktop.ui.recycle.entrance import bin_button
from tcd_desktop.ui.runner import Job, RunnerLike

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
        self._job: Job | None = None
        self._opened: Reception | None = None
        self.view: VisitView | None = None
        self.model = PagedModel(
            ReceptionSource(office),
            columns(office.today, self._names.name, wards=self._wards),
            runner=runner,
            divider=divider,
            parent=self,
        )
        self.inspector = Inspector()
        self.list_name = "receptions-wards" if self._wards else "receptions"
        self.list = ListView(
            self.list_name,
            self.model,
            keeper,
            empty=FIRST_ABOVE if self._wards else FIRST.for_one_who(office.may("reception.log")),
            inspector=self.inspector,
        )
        px = look.current().px
        self.list.splitter.setSizes([px(860), px(322)])
        self.acts = VisitActs(office, runner, self)
        self.ready = FormReady(self, lambda pile: self._form("", inside=pile))
        self._build()
        self._connect()
        self._nothing_chosen()
        self._show()

    def _build(self) -> None:
        now = look.current()
        heading = QLabel(_("Receptions"))
        heading.setProperty("ink", "title")
        self.count = QLabel()
        self.count.setProperty("ink", "muted")
        self.waiting = Segments([str(text) for _value, text in WAITING])
        self.waiting.set_index(0)
        for button in self.waiting.buttons:
            button.setAccessibleName(_("Show: {words}").format(words=button.text()))
        self.filters = FilterBar(self.list_name, dimensions(), self._keeper, self._office.today)
        self.filters.watch_keys(self)
        self.wards = Combo()
        self.wards.addItem(_("All wards"), "")
        self.wards.setAccessibleName(_("Ward"))
        if not self._wards:  # shown before it has a parent it would be a window for a moment
            self.wards.hide()
        self.bin = bin_button(self, self._office, self._runner, self._keeper)
        self.columns_button = tool_button("columns-3", _("Columns and density"))
        self.export_button = tool_button("download", _("Save the list as a table file"), key_text("list.export"))
        self.export = ListExport(self._runner)
        office_writes = self._office.may("reception.log")
        self.old_book = tool_button("upload", _("Import an old book"), key_text("book.import"))
        if self._wards or not office_writes:
            self.old_book.hide()
        self.new = QPushButton("  ".join((_("New visit"), key_text("reception.new"))))
        self.new.setProperty("kind", "primary")
        icons.dress(self.new, "plus", "on_accent", 18)
        if self._wards or not office_writes:
            self.new.hide()
        self.message = MessageBar()
        tools: list[QWidget] = [self.columns_button, self.export_button, self.bin, self.old_book]
        head = list_head([heading, self.count], [self.waiting, self.filters.button, self.wards, *tools, self.new])
        bars = QVBoxLayout()
        bars.setContentsMargins(now.px(16), 0, now.px(16), 0)
        bars.addWidget(self.message)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bars)
        lines.addWidget(self.filters)
        lines.addWidget(self.export)
        lines.addWidget(self.list, 1)
        self.setFocusProxy(self.list.table)

    def _connect(self) -> None:
        self.model.counted.connect(self._counted)
        self.list.currentChanged.connect(self._chosen)
        self.list.openRequest.connect(self.open_visit)
        self.list.emptyActionRequest.connect(self._first_act)
        self.list.showAllRequest.connect(self.show_all)
        self.list.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.table.customContextMenuRequested.connect(self._menu)
        self.waiting.chosen.connect(self._waiting_chosen)
        self.filters.changed.connect(self._filtered)
        self.export_button.clicked.connect(self.save_table)
        export_key = QShortcut(QKeySequence(action_row("list.export").shortcut), self)
        export_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        export_key.activated.connect(self.save_table)
        self.wards.activated.connect(self._ward_chosen)
        self.columns_button.clicked.connect(self._columns_menu)
        self.new.clicked.connect(self.new_visit)
        self.old_book.clicked.connect(self.import_book)
        self.list.emptySecondRequest.connect(self.import_book)
        import_key = QShortcut(QKeySequence(action_row("book.import").shortcut), self)
        import_key.activated.connect(self.import_book)
        self.acts.told.connect(self._tell)
        self.acts.caseRequest.connect(lambda case: self.goRequest.emit("cases", case))
        self.acts.amendRequest.connect(self.amend_visit)
        self.acts.splitRequest.connect(self.split_visit)
        self.acts.openRequest.connect(self.open_visit)
        self.acts.printRequest.connect(partial(self.open_visit, print_now=True))
        self.acts.revealed.connect(self._revealed)
        for act, (_text, key, _icon) in WORDS.items():
            if key and act != "go_case":
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(partial(self._key, act))

    # -- the window's questions ----------------------------------------

    @property
    def title(self) -> str:
        """The desk's name."""
        return _("Receptions")

    def activated(self, argument: Any = None) -> None:
        """Shown; with an argument that says what."""
        if argument == "new":
            self.new_visit()
        elif isinstance(argument, ListChoice):
            self.show_choice(argument)
        elif isinstance(argument, str) and argument:
            self.open_visit(argument)
        else:
            self._make_ready()

    def store_changed(self, changes: Any) -> None:
        """Reads again when visits, cases or prints changed; () = the officer asked for it."""
        if changes and not any(change.table in TABLES for change in changes):
            return
        self._names.forget()
        self._named = self._named and not any(change.table in NAMED for change in changes)
        self.list.refresh()
        if self.list.current_id():
            self._read(self.list.current_id())

    def search(self, text: str) -> bool:
        """Finds as it is typed, without accents."""
        if text != self.choice.text:
            self.show_choice(replace(self.choice, text=text))
        return True

    def focus_list(self) -> None:
        """The keyboard comes into the list."""
        self.list.focus_list()
        self._make_ready()

    def _make_ready(self) -> None:
        if not self._wards and self._office.may("reception.log"):
            self.ready.soon()

    # -- what is shown --------------------------------------------------

    def show_choice(self, choice: ListChoice) -> None:
        """Shows what was asked for, and the filters that say so."""
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

    def _counted(self, total: int, capped: bool) -> None:
        if capped:
            self.count.setText(_("more than {n} visits").format(n=grouped(COUNT_CAP)))
        else:
            self.count.setText(ngettext("{n} visit", "{n} visits", total).format(n=grouped(total)))

    def left(self) -> None:
        """Whoever goes to another page has looked: the identity is closed again."""
        if self._opened is not None:
            self._opened = None
            self.message.clear()
            self._arrived(self.view)

    # -- the chosen visit -----------------------------------------------

    def _chosen(self, record_id: str) -> None:
        self._opened = None
        if record_id:
            self._read(record_id)
        else:
            self._nothing_chosen()

    def _read(self, record_id: str) -> None:
        if self._job is not None:
            self._job.forget()
        names = self._names

        def work(_progress: Progress) -> VisitView | None:
            return read_view(self._office, record_id, names.name)

        self._job = self._runner.read(work, done=self._arrived, failed=self._failed)

    def _arrived(self, view: VisitView | None) -> None:
        self._job = None
        self.view = self.acts.view = view
        if view is None:
            self._nothing_chosen()
            return
        today, visit = self._office.today(), view.visit
        opened = self._opened if self._opened is not None and self._opened.id == visit.id else None
        title = opened.name if opened else shown_name(visit.name, visit.classification)
        subtitle = f"{visit.book_number} · {short_date(visit.date, today)}"
        self.inspector.set_actions(self.acts.buttons(view, with_open=True))
        self.inspector.show_record(
            title,
            subtitle if view.own else f"{subtitle} · {view.office_name}",
            chips=chips_of(view, today),
            groups=groups(view if opened is None else replace_visit(view, opened)),
            first=[LinksBlock(self._office, self._runner, visit, self.open_visit, self._tell)],
            extra=[HistoryBlock(view, today)],
        )

    def _nothing_chosen(self) -> None:
        self.view = self.acts.view = None
        self.inspector.set_actions([])
        self.inspector.show_nothing(_("Choose a visit to see it here."))

    def _menu(self, at: QPoint) -> None:
        if self.list.table.indexAt(at).isValid() and self.view is not None:
            self.acts.menu(with_open=True).popup(self.list.table.viewport().mapToGlobal(at))

    def _key(self, act: str) -> None:
        if act == "case" and self.view is not None and self.view.visit.case:
            act = "go_case"
        self.acts.do(act)

    def _columns_menu(self) -> None:
        self.list.columns_menu().popup(self.columns_button.mapToGlobal(QPoint(0, self.columns_button.height())))

    def _revealed(self, visit: Reception) -> None:
        if visit.id == self.list.current_id():
            self._opened = visit
            self._tell(_("The identity is shown until you choose another visit."), "secret")
            self._read(visit.id)

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
        if self._wards or not self._office.may("reception.log"):
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

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self._tell(sentence, tone)
