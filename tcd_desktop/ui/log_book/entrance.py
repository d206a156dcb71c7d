"""The way to printing from the list of visits: one button with a menu, and a key for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QTableView, QToolButton

from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.store.lists.pages import ReceptionQuery
from tcd_desktop.ui.filters.list_head import tool_button
from tcd_desktop.ui.lists.list_columns import ROLE_ID
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.receptions.printing import Printing
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

MOST = 300
"""Slips of one selection: a morning at the printer, not a book by mistake."""

ICONS = {"list.slips": "printer", "list.book": "book-open"}


Ids = Callable[[], Sequence[str]]
"""Reads the ids of visits, in a reader's thread."""


def visits_meant(table: QTableView, office: OpenOffice, query: ReceptionQuery) -> Ids:
    """The visits chosen in the list when they are several, otherwise all that it shows; the oldest first.

    One more than a selection may have is read at most.
    """
    rows = sorted((index.row(), index.data(ROLE_ID)) for index in table.selectionModel().selectedRows()[: MOST + 1])
    chosen = [str(record) for _row, record in reversed(rows) if record is not None]
    if len(chosen) > 1:
        return lambda: chosen

    def shown() -> list[str]:
        with office.store.reading() as connection:
            page = office.receptions.pages.page(connection, query, size=MOST + 1)
        return [row.id for row in reversed(page.rows)]

    return shown


class PrintMenu:
    """Of one list. `ids` tells which visits are meant when the slips are printed."""

    def __init__(
        self,
        page: Page,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        *,
        ids: Callable[[], Ids],
        ward: Callable[[], str],
        printing: Printing | None,
    ) -> None:
        self._page, self._office, self._runner, self._keeper = page, office, runner, keeper
        self._ids, self._ward, self._printing = ids, ward, printing
        self.button: QToolButton = tool_button("printer", _("Print: log book, slips"))
        self.button.clicked.connect(lambda _checked=False: self.show_menu())
        self.acts = {"list.book": self.print_book}
        if not office.is_superior and office.may("slip.print"):
            self.acts["list.slips"] = self.print_slips
        for name, slot in self.acts.items():
            shortcut = QShortcut(QKeySequence(row(name).shortcut), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def menu(self) -> QMenu:
        """Both ways, with their keys."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, slot in self.acts.items():
            action = menu.addAction(icons.icon(ICONS[name]), f"{row(name).text}\t{key_text(name)}")
            action.triggered.connect(lambda _checked=False, do=slot: do())
        return menu

    def show_menu(self) -> None:
        """Under the button."""
        menu = self.menu()
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))
        menu.setActiveAction(menu.actions()[0])

    def print_book(self) -> None:
        """The log book of a period."""
        from tcd_desktop.ui.log_book.book_page import LogBookPage

        page = LogBookPage(self._office, self._runner, printing=self._printing, ward=self._ward())
        self._page.pushRequest.emit(page)

    def print_slips(self) -> None:
        """The slips of the chosen visits."""
        from tcd_desktop.ui.log_book.slips_page import SlipsPage

        page = SlipsPage(self._office, self._runner, self._keeper, self._ids(), printing=self._printing)
        self._page.pushRequest.emit(page)
