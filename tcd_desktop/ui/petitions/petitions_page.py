"""The petition book (sổ đơn): the list with its filters and the chosen petition beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop.domain.office import Office
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.table_file import TableHead
from tcd_desktop.settings import Keeper
from tcd_desktop.store.lists.petition_pages import PetitionQuery
from tcd_desktop.ui.filters.filter_bar import FilterBar
from tcd_desktop.ui.filters.list_head import tool_button
from tcd_desktop.ui.forms.choice_field import Segments
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_export import Export, ListExport, told_above
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.petitions.petition_filters import dimensions, with_values
from tcd_desktop.ui.petitions.petition_form import PetitionFormPage
from tcd_desktop.ui.petitions.petition_hands import PetitionHands
from tcd_desktop.ui.petitions.petition_page import CONCERNED, PetitionPage
from tcd_desktop.ui.petitions.petition_story import PetitionSource, every_petition
from tcd_desktop.ui.petitions.petition_words import petition_columns
from tcd_desktop.ui.petitions.tags_page import TagsPage
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

EMPTY = State(
    lazy("No petitions yet"),
    lazy("Petitions by post, from the letter box and from other offices stand here, with those handed over at visits."),
    lazy("Register a petition"),
    icon="inbox",
)
ALL, UNEXAMINED = range(2)


class PetitionsPage(Page):
    """The desk "petitions". `activated` takes "new", the id of a petition or a `PetitionQuery`."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self._query = PetitionQuery()
        self._wanted = ""
        self._name = "district-petitions" if office.is_superior else "petitions"
        self._names = {one.id: one.name for one in office.store.all(Office)} if office.is_superior else {}
        model = PagedModel(
            PetitionSource(office), petition_columns(office.today, self._names), runner=runner, parent=self
        )
        model.counted.connect(self._counted)
        model.loaded.connect(self._loaded)
        self.inspector = Inspector()
        self.view = ListView(self._name, model, keeper, empty=EMPTY, inspector=self.inspector)
        px = look.current().px
        self.view.splitter.setSizes([px(880), px(310)])
        self.hands = PetitionHands(self.inspector, office, runner, self)
        self.hands.told.connect(self.messageRequest)
        self.hands.caseRequest.connect(lambda case: self.goRequest.emit("cases", case))
        self.hands.visitRequest.connect(lambda visit: self.goRequest.emit("receptions", visit))
        self.hands.openRequest.connect(self.open_petition)
        self.hands.changeRequest.connect(self.change_petition)
        self.view.currentChanged.connect(self.hands.show)
        self.view.openRequest.connect(self.open_petition)
        self.view.emptyActionRequest.connect(self.register)
        self.view.showAllRequest.connect(self.show_all)
        self._lay_out()
        self.hands.show("")
        self._apply()
        self._read_tags()

    @property
    def title(self) -> str:
        """The heading."""
        return _("Petitions")

    def _lay_out(self) -> None:
        now = look.current()
        heading = QLabel(self.title)
        heading.setProperty("ink", "title")
        self._count = QLabel()
        self._count.setProperty("ink", "muted")
        self.which = Segments([_("All"), _("Not examined")])
        self.which.set_index(ALL)
        self.which.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.which.chosen.connect(self._which)
        self.narrow = FilterBar(self._name, dimensions(), self._keeper, self._office.today)
        self.narrow.watch_keys(self)
        self.narrow.changed.connect(self._narrowed)
        self.more_button = tool_button("ellipsis", _("More"))
        self.more_button.clicked.connect(self._more)
        self.export_button = tool_button("download", _("Save the list as a table file"), key_text("list.export"))
        self.export_button.clicked.connect(self.save_table)
        self.export = ListExport(self._runner)
        self.new = QPushButton("  ".join((_("Register a petition"), key_text("petition.new"))))
        self.new.setProperty("kind", "primary")
        icons.dress(self.new, "plus", "on_accent", 18)
        self.new.clicked.connect(self.register)
        if not self._office.may("petition.register"):
            self.new.hide()
        for action, slot in (("list.export", self.save_table), ("petition.new", self.register)):
            shortcut = QShortcut(QKeySequence(row(action).shortcut), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        head = QHBoxLayout()
        head.setContentsMargins(now.px(16), now.px(10), now.px(16), now.px(8))
        head.setSpacing(now.px(10))
        head.addWidget(heading)
        head.addWidget(self._count)
        head.addStretch()
        for widget in (self.which, self.narrow.button, self.export_button, self.more_button):
            head.addWidget(widget)
        head.addWidget(self.new)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.narrow)
        lines.addWidget(self.export)
        lines.addWidget(self.view, 1)

    # -- which petitions ----------------------------------------------------------------

    def left(self) -> None:
        """Whoever goes to another page has looked."""
        self.hands.conceal()

    def activated(self, argument: Any = None) -> None:
        """ "new" opens the form, a `PetitionQuery` narrows the list, an id opens that petition."""
        if argument == "new":
            self.register()
        elif isinstance(argument, PetitionQuery):
            self._query = argument
            self._apply()
        elif isinstance(argument, str) and argument:
            self._wanted = argument
            self.view.choose(argument)
            self.open_petition(argument)

    def search(self, text: str) -> bool:
        """Finds as it is typed: petitioner, number, words of the content."""
        if text != self._query.text:
            self._query = replace(self._query, text=text)
            self._apply()
        return True

    def show_all(self) -> None:
        """Every petition."""
        self._query = PetitionQuery()
        self.narrow.show_values({})
        self._apply()

    def _narrowed(self, values: dict[str, str]) -> None:
        self._query = with_values(self._query, values, self._office.today())
        self._apply()

    def _which(self, index: int) -> None:
        self._query = replace(self._query, unexamined=index == UNEXAMINED)
        self._apply()

    def _apply(self) -> None:
        self.which.set_index(UNEXAMINED if self._query.unexamined else ALL)
        self.view.show_query(self._query, filtered=self._query != PetitionQuery())

    def _read_tags(self) -> None:
        desk = self._office.tags

        def read(_progress: Progress) -> list[str]:
            return desk.names()

        self._runner.read(read, done=self._offer_tags)

    def _offer_tags(self, names: list[str]) -> None:
        self.narrow.set_options("tag", [(name, name) for name in names])

    def _counted(self, number: int, capped: bool) -> None:
        words = ngettext("{n} petition", "{n} petitions", number).format(n=grouped(number))
        self._count.setText(_("more than {count}").format(count=words) if capped else words)

    def _loaded(self) -> None:
        if self._wanted and self.view.choose(self._wanted):
            self._wanted = ""

    def more_menu(self) -> QMenu:
        """What is wanted seldom: columns, tags, protection, the national file."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        acts = (
            ("columns-3", _("Columns and density"), self._columns_menu),
            ("bookmark", _("Fields and tags"), self.show_tags),
            ("shield-check", _("Protection of denouncers"), self.show_protection),
            ("landmark", _("Data for the national database"), self.show_national),
        )
        for icon, words, slot in acts:
            action = menu.addAction(icons.icon(icon), words)
            action.triggered.connect(slot)
        return menu

    def _more(self, _checked: bool = False) -> None:
        menu = self.more_menu()
        menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height())))
        menu.setActiveAction(menu.actions()[0])

    def _columns_menu(self, _checked: bool = False) -> None:
        self.view.columns_menu().popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height())))

    def save_table(self) -> None:
        """What the list shows, all of it, as a table file."""
        filters = self.narrow.words()
        if self._query.unexamined:
            filters.insert(0, _("Not examined"))
        self.export.start(
            Export(
                file_name=f"so-don-{self._office.today().isoformat()}.xlsx",
                head=TableHead(
                    self._office.office.name,
                    _("List of petitions"),
                    tuple(told_above(self._query.text, filters, self._office)),
                ),
                columns=self.view.layout_of_columns.visible(),
                rows=partial(every_petition, self._office, self._query),
                total=self.view.model.total or 0,
            )
        )

    # -- going places -------------------------------------------------------------------

    def register(self, _checked: bool = False) -> None:
        """The form of a new petition."""
        if self._office.may("petition.register"):
            self.pushRequest.emit(PetitionFormPage(self._office, self._runner))

    def open_petition(self, petition_id: str) -> None:
        """Shows a petition as a page."""
        self.pushRequest.emit(PetitionPage(self._office, self._runner, self._keeper, petition_id))

    def change_petition(self, petition_id: str) -> None:
        """The form of a petition that is in the book."""
        self.pushRequest.emit(PetitionFormPage(self._office, self._runner, petition_id))

    def show_tags(self, _checked: bool = False) -> None:
        """The office's tags and their fields."""
        self.pushRequest.emit(TagsPage(self._office, self._runner, self._keeper))

    def show_protection(self, _checked: bool = False) -> None:
        """Requests for protection."""
        from tcd_desktop.ui.petitions.protection_page import ProtectionPage

        self.pushRequest.emit(ProtectionPage(self._office, self._runner, self._keeper))

    def show_national(self, _checked: bool = False) -> None:
        """The data for the national database."""
        from tcd_desktop.ui.petitions.national_page import NationalPage

        self.pushRequest.emit(NationalPage(self._office, self._runner))

    def focus_list(self) -> None:
        """The keyboard goes into the list."""
        self.view.focus_list()

    def store_changed(self, changes: Any) -> None:
        """Reads list and petition again, at the same place."""
        if not changes or any(change.table in CONCERNED for change in changes):
            self.view.refresh()
            self.hands.refresh()
        if not changes or any(change.table == "class_tag" for change in changes):
            self._read_tags()
