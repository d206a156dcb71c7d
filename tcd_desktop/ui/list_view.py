"""A list with its inspector: choosing a row shows it at the right, Enter opens it, a refresh keeps the place.

model = PagedModel(source, COLUMNS, runner=runner)
view = ListView("receptions", model, keeper, inspector=pane, empty=State(...), none_found=State(...))
view.currentChanged.connect(self._show)       id of the chosen row, "" for none
view.openRequest.connect(self._open)          Enter or double click
view.show_query(query, filtered=bool(text))
"""

from __future__ import annotations

from dataclasses import replace
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
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.i18n import _, lazy
from tcd_desktop.settings import Keeper, ListLayout
from tcd_desktop.ui import look
from tcd_desktop.ui.chips import RowDelegate
from tcd_desktop.ui.empty_state import EmptyState, State
from tcd_desktop.ui.paged_model import ROLE_ID, PagedModel

SETTLE_MS = 60
"""After so long on one row its record is shown, so that holding an arrow key does not read every record
passed."""

INSPECTOR = 290
"""Least width of the inspector in pixels at 100 %."""

REMEMBER_MS = 400
"""Widths are written so long after the last pull at a column's edge."""

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
        self._told = ""
        self._remember = QTimer(self)
        self._remember.setSingleShot(True)
        self._remember.setInterval(REMEMBER_MS)
        self._remember.timeout.connect(self._remember_widths)
        self.table = QTableView()
        self.inspector = inspector
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
        self._delegate = RowDelegate(table)
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
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._header_menu)
        self._lay_out()
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._moved)
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
        self.model.refresh(around=max(self.table.rowAt(0), 0))

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

    def focus_list(self) -> None:
        """Puts the keyboard into the list, on the chosen or the first row."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, self._first_column()))

    def columns_menu(self) -> QMenu:
        """Which columns are shown, and the density: for the header and for a button of the page."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self.model.columns):
            action = menu.addAction(str(column.title))
            action.setCheckable(True)
            action.setChecked(not self.table.isColumnHidden(number))
            action.toggled.connect(partial(self._show_column, number))
        menu.addSeparator()
        compact = menu.addAction(_("Compact rows"))
        compact.setCheckable(True)
        compact.setChecked(self._layout().compact)
        compact.toggled.connect(self._set_compact)
        return menu

    # -- place and selection -----------------------------------------------------------------------

    def _keep_place(self) -> None:
        top = max(self.table.rowAt(0), 0)
        current = self.table.currentIndex()
        self._place = (top, current.row() if current.isValid() else -1)

    def _loaded(self) -> None:
        rows = self.model.rowCount()
        self._stack.setCurrentWidget(self.splitter if rows else (self._none_found if self._filtered else self._empty))
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
            self._stretch()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size: rows and columns are measured anew."""
        if event.type() == QEvent.Type.FontChange:
            self._lay_out()
        super().changeEvent(event)

    # -- columns -----------------------------------------------------------------------------------

    def _layout(self) -> ListLayout:
        return self._keeper.value.layout(self._name)

    def _first_column(self) -> int:
        return int(self.table.horizontalHeader().logicalIndex(0))

    def _lay_out(self) -> None:
        now, layout = look.current(), self._layout()
        header = self.table.horizontalHeader()
        blocked = header.blockSignals(True)
        header.setMinimumSectionSize(now.px(40))
        header.setFixedHeight(now.px(34))
        self.table.verticalHeader().setMinimumSectionSize(now.px(20))
        self.table.verticalHeader().setDefaultSectionSize(now.compact_row if layout.compact else now.row)
        for number, column in enumerate(self.model.columns):
            self.table.setColumnHidden(number, column.key in layout.hidden)
            if not column.stretch:
                self.table.setColumnWidth(number, now.px(layout.widths.get(column.key, column.width)))
        keys = [column.key for column in self.model.columns]
        for place, key in enumerate(key for key in layout.order if key in keys):
            header.moveSection(header.visualIndex(keys.index(key)), place)
        header.blockSignals(blocked)
        self._stretch()

    def _stretch(self) -> None:
        """Gives the stretching column what the others leave, but never less than its own width."""
        header = self.table.horizontalHeader()
        for number, column in enumerate(self.model.columns):
            if column.stretch and not self.table.isColumnHidden(number):
                others = header.length() - self.table.columnWidth(number)
                width = max(look.current().px(column.width), self.table.viewport().width() - others)
                blocked = header.blockSignals(True)
                self.table.setColumnWidth(number, width)
                header.blockSignals(blocked)
                self.table.updateGeometries()
                self.table.viewport().update()
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both, the list has it: Enter opens the record."""
        if self.inspector is not None:
            wanted = sum(column.width for column in self.model.columns if column.key not in self._layout().hidden)
            self.inspector.setVisible(self.width() >= look.current().px(wanted + INSPECTOR))
        super().resizeEvent(event)

    def _resized(self, _number: int, _old: int, new: int) -> None:
        if new > 0:
            self._remember.start()
            self._stretch()

    def _remember_widths(self) -> None:
        size = look.current().text_size
        widths = {
            column.key: round(self.table.columnWidth(number) * 100 / size)
            for number, column in enumerate(self.model.columns)
            if not column.stretch and not self.table.isColumnHidden(number)
        }
        layout = self._layout()
        self._keeper.remember_layout(self._name, replace(layout, widths={**layout.widths, **widths}))

    def _moved(self, *_places: int) -> None:
        header = self.table.horizontalHeader()
        order = tuple(self.model.columns[header.logicalIndex(place)].key for place in range(header.count()))
        self._keeper.remember_layout(self._name, replace(self._layout(), order=order))

    def _show_column(self, number: int, shown: bool) -> None:
        keys = {column.key for column in self.model.columns}
        hidden = (set(self._layout().hidden) & keys) ^ {self.model.columns[number].key}
        if hidden >= keys:
            return
        self.table.setColumnHidden(number, not shown)
        self._stretch()
        self._keeper.remember_layout(self._name, replace(self._layout(), hidden=tuple(sorted(hidden))))

    def _set_compact(self, compact: bool) -> None:
        self._remember_widths()
        self._keeper.remember_layout(self._name, replace(self._layout(), compact=compact))
        self._lay_out()

    def _header_menu(self, at: QPoint) -> None:
        self.columns_menu().popup(self.table.horizontalHeader().mapToGlobal(at))


KEYPAD = Qt.KeyboardModifier.KeypadModifier
