"""The columns of one list as the officer likes them: which, in which order, how wide, how dense; remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from tcd_desktop.settings import Keeper, ListLayout
from tcd_desktop.ui.lists.list_columns import Column
from tcd_desktop.ui.look import look

REMEMBER_MS = 400
"""Widths are written so long after the last pull at a column's edge."""


class ColumnLayout(QObject):
    """Lays out the header of a table and keeps what was changed under the list's name."""

    changed = Signal()
    """Other columns, another order or density."""

    def __init__(self, table: QTableView, columns: Sequence[Column], keeper: Keeper, name: str) -> None:
        super().__init__(table)
        self._table, self.columns, self._keeper, self._name = table, tuple(columns), keeper, name
        self._remember = QTimer(self)
        self._remember.setSingleShot(True)
        self._remember.setInterval(REMEMBER_MS)
        self._remember.timeout.connect(self._remember_widths)
        header = self.header
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.lay_out()
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._moved)

    @property
    def header(self) -> QHeaderView:
        """The header of the columns."""
        return self._table.horizontalHeader()

    @property
    def kept(self) -> ListLayout:
        """What is remembered for this list."""
        return self._keeper.value.layout(self._name)

    def _keep(self, layout: ListLayout) -> None:
        self._keeper.remember_layout(self._name, layout)

    def is_shown(self, column: Column) -> bool:
        """Whether a column is to be seen, as remembered."""
        kept = self.kept
        return column.key in kept.shown or (column.shown and column.key not in kept.hidden)

    def in_order(self) -> list[Column]:
        """All columns in the order of the header, hidden ones where they would stand."""
        header = self.header
        return [self.columns[header.logicalIndex(place)] for place in range(header.count())]

    def visible(self) -> list[Column]:
        """The columns that are seen, from left to right."""
        return [column for column in self.in_order() if self.is_shown(column)]

    def first_visible(self) -> int:
        """The number of the column at the left."""
        return self.columns.index(next(iter(self.visible()), self.columns[0]))

    def wanted_width(self) -> int:
        """What the columns that are seen need, at 100 %."""
        return sum(column.width for column in self.columns if self.is_shown(column))

    # -- laying out -------------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Measures rows and columns anew."""
        now, kept = look.current(), self.kept
        header, rows = self.header, self._table.verticalHeader()
        blocked = header.blockSignals(True)
        header.setMinimumSectionSize(now.px(40))
        header.setFixedHeight(now.px(34))
        rows.setMinimumSectionSize(now.px(20))
        rows.setDefaultSectionSize(now.compact_row if kept.compact else now.row)
        for number, column in enumerate(self.columns):
            self._table.setColumnHidden(number, not self.is_shown(column))
            if not column.stretch:
                self._table.setColumnWidth(number, now.px(kept.widths.get(column.key, column.width)))
        keys = [column.key for column in self.columns]
        wanted = [key for key in kept.order if key in keys]
        for place, key in enumerate([*wanted, *(key for key in keys if key not in wanted)] if wanted else keys):
            header.moveSection(header.visualIndex(keys.index(key)), place)
        header.blockSignals(blocked)
        self.stretch()

    def stretch(self) -> None:
        """Gives the stretching column what the others leave, but never less than its own width."""
        header = self.header
        for number, column in enumerate(self.columns):
            if column.stretch and not self._table.isColumnHidden(number):
                others = header.length() - self._table.columnWidth(number)
                width = max(look.current().px(column.width), self._table.viewport().width() - others)
                if width == self._table.columnWidth(number):
                    return
                blocked = header.blockSignals(True)
                self._table.setColumnWidth(number, width)
                header.blockSignals(blocked)
                self._table.updateGeometries()
                self._table.viewport().update()
                return

    # -- what the officer changes -----------------------------------------------------------------------

    def show_column(self, column: Column, shown: bool) -> bool:
        """Shows or hides a column; False when it is the last one that is seen."""
        if not shown and self.visible() == [column]:
            return False
        kept = self.kept
        hidden, added = set(kept.hidden) - {column.key}, set(kept.shown) - {column.key}
        if shown and not column.shown:
            added.add(column.key)
        elif not shown and column.shown:
            hidden.add(column.key)
        self._keep(replace(kept, hidden=tuple(sorted(hidden)), shown=tuple(sorted(added))))
        self._table.setColumnHidden(self.columns.index(column), not shown)
        if shown and not column.stretch:
            width = kept.widths.get(column.key, column.width)
            self._table.setColumnWidth(self.columns.index(column), look.current().px(width))
        self.stretch()
        self.changed.emit()
        return True

    def move(self, column: Column, place: int) -> None:
        """Puts a column at a place of the header."""
        self.header.moveSection(self.header.visualIndex(self.columns.index(column)), place)

    def set_compact(self, compact: bool) -> None:
        """Dense rows, or not."""
        self._remember_widths()
        self._keep(replace(self.kept, compact=compact))
        self.lay_out()
        self.changed.emit()

    def reset(self) -> None:
        """As the program came."""
        self._remember.stop()
        self._keep(ListLayout())
        self.lay_out()
        self.changed.emit()

    def _resized(self, _number: int, _old: int, new: int) -> None:
        if new > 0:
            self._remember.start()
            self.stretch()

    def _remember_widths(self) -> None:
        self._remember.stop()
        size = look.current().text_size
        widths = {
            column.key: round(self._table.columnWidth(number) * 100 / size)
            for number, column in enumerate(self.columns)
            if not column.stretch and not self._table.isColumnHidden(number)
        }
        kept = self.kept
        self._keep(replace(kept, widths={**kept.widths, **widths}))

    def _moved(self, *_places: int) -> None:
        self._keep(replace(self.kept, order=tuple(column.key for column in self.in_order())))
        self.changed.emit()
