"""A list with its inspector: choosing a row shows it at the right, Enter opens it, a refresh keeps the place.

model = PagedModel(source, COLUMNS, runner=runner)
view = ListView("receptions", model, keeper, inspector=pane, empty=State(...), none_found=State(...))
view.currentChanged.connect(self._show)       id of the chosen row, "" for none
view.openRequest.connect(self._open)          Enter or double click
view.show_query(query, filtered=bool(text))
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.i18n import _, lazy
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.lists.column_chooser import ColumnChooser
from tcd_desktop.ui.lists.column_layout import ColumnLayout
from tcd_desktop.ui.lists.dividers import DividedDelegate, DividedTable
from tcd_desktop.ui.lists.paged_model import ROLE_ID, PagedModel
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.empty_state import EmptyState, State

SETTLE_MS = 60
"""After so long on one row its record is shown, so that holding an arrow key does not read every record
passed."""

INSPECTOR = 290
"""Least width of the inspector in pixels at 100 %."""

MOST_WANTED = 840
"""Columns beyond this width at 100 % are scrolled to: they do not cost the inspector its place."""

NONE_FOUND = State(
    lazy("Nothing found"),
    lazy("No line matches. Try fewer words, or type without accents."),
    lazy("Show all"),
    icon="search-x",
)
READ_FAILED = State(
    lazy("The list cannot be read"),
    lazy("The data on this PC did not answer. Nothing was changed or lost."),
    lazy("Try again"),
    icon="triangle-alert",
    tone="danger",
)


class ListView(QWidget):
    """Table, inspector and the states around them. `name` is the key under which columns are remembered."""

    currentChanged = Signal(str)
    openRequest = Signal(str)
    emptyActionRequest = Signal()
    """The button of the empty state."""
    emptySecondRequest = Signal()
    """Its quieter button."""
    showAllRequest = Signal()
    """The button of "nothing found"."""

    def __init__(
        self,
        name: str,
        model: PagedModel,
        keeper: Keeper,
        *,
        empty: State,
        none_found: State = NONE_FOUND,
        inspector: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self.model, self._keeper = name, model, keeper
        self._filtered = False
        self._chosen = ""
        self._place = (0, 0)
        self._awaited = ""
        self._told = ""
        self.table = DividedTable()
        self.table.setAccessibleName(_("List"))
        self.inspector = inspector
        self._inspector_stays = False
        self._set_up_table()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.table)
        if inspector is not None:
            inspector.setMinimumWidth(look.current().px(INSPECTOR - 10))
            self.splitter.addWidget(inspector)
            self.splitter.setStretchFactor(0, 1)
            self.splitter.setSizes([look.current().px(760), look.current().px(360)])
        self._states = empty, none_found
        self._stack = QStackedWidget()
        self._stack.addWidget(self.splitter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._tell)
        model.modelAboutToBeReset.connect(self._keep_place)
        model.loaded.connect(self._loaded)
        model.dataChanged.connect(self._rows_arrived)
        model.failed.connect(self._failed)

    @cached_property
    def _empty(self) -> EmptyState:
        made = self._state(self._states[0])
        made.actionRequest.connect(self.emptyActionRequest)
        made.secondRequest.connect(self.emptySecondRequest)
        return made

    @cached_property
    def _none_found(self) -> EmptyState:
        made = self._state(self._states[1])
        made.actionRequest.connect(self.showAllRequest)
        return made

    @cached_property
    def _broken(self) -> EmptyState:
        made = self._state(READ_FAILED)
        made.actionRequest.connect(self.refresh)
        return made

    def _state(self, state: State) -> EmptyState:
        """What stands instead of rows; made when it is first needed, which most lists never do."""
        made = EmptyState(state)
        self._stack.addWidget(made)
        return made

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        self._delegate = DividedDelegate(table)
        table.setItemDelegate(self._delegate)
        table.setShowGrid(False)
        table.setMouseTracking(True)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setCornerButtonEnabled(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.layout_of_columns = ColumnLayout(table, self.model.columns, self._keeper, self._name)
        self.layout_of_columns.changed.connect(self._make_room)
        table.horizontalHeader().customContextMenuRequested.connect(self._header_menu)
        table.selectionModel().currentRowChanged.connect(self._row_changed)
        table.doubleClicked.connect(self._open_index)
        table.entered.connect(self._entered)
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)

    # -- what pages ask ----------------------------------------------------------------------------

    def show_query(self, query: Any, *, filtered: bool) -> None:
        """Shows another list. `filtered` chooses between "nothing found" and the first-time state."""
        self._filtered = filtered
        self.model.set_query(query)

    def refresh(self) -> None:
        """Reads again and stays at the same place, on the same record."""
        self.model.refresh(around=0 if self._awaited else max(self.table.rowAt(0), 0))

    def current_id(self) -> str:
        """Id of the chosen row, "" for none."""
        return self._chosen

    def choose(self, record_id: str) -> bool:
        """Chooses a record that is loaded; False when it is not among the rows read so far."""
        row = self.model.row_of(record_id)
        if row < 0:
            return False
        self.table.setCurrentIndex(self.model.index(row, self._first_column()))
        return True

    def show_written(self, record_id: str) -> None:
        """Chooses a record that was just written: now, or when the list was read again."""
        if not self.choose(record_id):
            self._awaited = record_id

    def keep_one_chosen(self) -> None:
        """The first line is chosen as soon as there is one: a key acts at once, nothing has to be clicked before."""
        self.model.loaded.connect(self._choose_first)

    def _choose_first(self) -> None:
        if not self._chosen and not self._awaited and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, self._first_column()))

    def focus_list(self) -> None:
        """Puts the keyboard into the list, on the chosen or the first row; on the button of a list that is empty."""
        shown = self._stack.currentWidget()
        if isinstance(shown, EmptyState) and shown.take_keyboard():
            return
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, self._first_column()))

    # -- place and selection -----------------------------------------------------------------------

    def _keep_place(self) -> None:
        top = max(self.table.rowAt(0), 0)
        current = self.table.currentIndex()
        self._place = (top, current.row() if current.isValid() else -1)

    def _loaded(self) -> None:
        rows = self.model.rowCount()
        self._stack.setCurrentWidget(self.splitter if rows else (self._none_found if self._filtered else self._empty))
        self._divide()
        awaited, self._awaited = self._awaited, ""
        if awaited and self.choose(awaited):
            return
        top, before = self._place
        row = self.model.row_of(self._chosen) if self._chosen else -1
        if row >= 0:
            self.table.setCurrentIndex(self.model.index(row, self._first_column()))
            self.table.verticalScrollBar().setValue(row - (before - top) if before >= 0 else top)
        elif self._chosen:
            self._chosen = ""
            self._settle.start()

    def _failed(self, _error: object) -> None:
        if not self.model.rowCount():
            self._stack.setCurrentWidget(self._broken)

    def _row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        record_id = current.data(ROLE_ID) if current.isValid() else None
        if record_id is None:
            return  # a reset, or a row that is still being read
        self._chosen = str(record_id)
        self._settle.start()

    def _rows_arrived(self, first: QModelIndex, last: QModelIndex) -> None:
        """The chosen row was still being read: now it has a record."""
        self._divide()
        current = self.table.currentIndex()
        if current.isValid() and first.row() <= current.row() <= last.row():
            self._row_changed(current, current)

    def _tell(self) -> None:
        if self._chosen != self._told:
            self._told = self._chosen
            self.currentChanged.emit(self._chosen)

    def _open_index(self, index: QModelIndex) -> None:
        record_id = index.data(ROLE_ID)
        if record_id is not None:
            self.openRequest.emit(str(record_id))

    def _entered(self, index: QModelIndex) -> None:
        self._hover(index.row())

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.table.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter opens; the pointer leaving takes the hover away."""
        if watched is self.table and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~KEYPAD:
                self._open_index(self.table.currentIndex())
                return True
            if event.key() == Qt.Key.Key_Home and not event.modifiers():
                self.table.setCurrentIndex(self.model.index(0, self._first_column()))
                return True
            if event.key() == Qt.Key.Key_End and not event.modifiers():
                self.table.setCurrentIndex(self.model.index(self.model.rowCount() - 1, self._first_column()))
                return True
        elif watched is self.table.viewport() and event.type() == QEvent.Type.Leave:
            self._hover(-1)
        elif watched is self.table.viewport() and event.type() == QEvent.Type.Resize:
            self.layout_of_columns.stretch()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size: rows and columns are measured anew."""
        if event.type() == QEvent.Type.FontChange:
            self._lay_out()
        super().changeEvent(event)

    # -- columns -----------------------------------------------------------------------------------

    def columns_menu(self) -> QMenu:
        """Which columns are shown, their order and the density: for the header and for a button of the page."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in self.model.columns:
            action = menu.addAction(str(column.title))
            action.setCheckable(True)
            action.setChecked(self.layout_of_columns.is_shown(column))
            action.toggled.connect(partial(self.layout_of_columns.show_column, column))
        menu.addSeparator()
        menu.addAction(_("Order of the columns…")).triggered.connect(self.choose_columns)
        compact = menu.addAction(_("Compact rows"))
        compact.setCheckable(True)
        compact.setChecked(self.layout_of_columns.kept.compact)
        compact.toggled.connect(self.layout_of_columns.set_compact)
        return menu

    def choose_columns(self) -> None:
        """The columns in a list: Space shows or hides, Alt with an arrow moves."""
        ColumnChooser(self.layout_of_columns, self).open()

    def _first_column(self) -> int:
        return self.layout_of_columns.first_visible()

    def _lay_out(self) -> None:
        self.layout_of_columns.lay_out()
        self._divide()

    def _divide(self) -> None:
        self.table.set_dividers(set(self.model.dividers))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both, the list has it: Enter opens the record."""
        self._make_room()
        super().resizeEvent(event)

    def keep_inspector(self) -> None:
        """For lists where the pane is the only place to act: with bigger letters the columns give way, not the pane."""
        self._inspector_stays = True
        self._make_room()

    def _make_room(self) -> None:
        if self.inspector is not None:
            wanted = min(self.layout_of_columns.wanted_width(), MOST_WANTED)
            room = self.width() >= look.current().px(wanted + INSPECTOR)
            self.inspector.setVisible(room or self._inspector_stays)
        self._divide()

    def _header_menu(self, at: QPoint) -> None:
        self.columns_menu().popup(self.table.horizontalHeader().mapToGlobal(at))


KEYPAD = Qt.KeyboardModifier.KeypadModifier
