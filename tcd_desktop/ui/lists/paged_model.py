"""One table model for lists of any length: columns are data, rows come in keyset pages, `data()` only
looks up.

The first page shows at once. A list that is counted whole has its full length from the start; another one
grows while
it is scrolled until sparse anchors (one cursor per `EVERY` rows) arrived from a reader, then it has its full
length too, and any stretch is one anchor and at most three page steps away.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from tcd_desktop.jobs import Progress
from tcd_desktop.ui.lists.list_columns import (
    EVERY,
    ROLE_CHIP,
    ROLE_DIVIDER,
    ROLE_ID,
    ROLE_ROW,
    Chip,
    Column,
    CountLike,
    PageLike,
    PageSource,
    Tone,
)
from tcd_desktop.ui.lists.paged_rows import Load, ReadyRow
from tcd_desktop.ui.window.runner import Job, RunnerLike

__all__ = [
    "COUNT_CAP",
    "EVERY",
    "PAGE",
    "ROLE_CHIP",
    "ROLE_ID",
    "ROLE_ROW",
    "Chip",
    "Column",
    "CountLike",
    "PageLike",
    "PageSource",
    "PagedModel",
    "Tone",
]

PAGE = 250
COUNT_CAP = 1000
KEPT_PAGES = 120
ANCHOR_MS = 400
TYPING = 1.0
"""Seconds: queries that follow each other faster are letters of one word."""
FAR = 8
"""Pages that are walked rather than waiting for the anchors."""

Index = QModelIndex | QPersistentModelIndex


class PagedModel(QAbstractTableModel):
    """Rows of a `PageSource` as a table.

    `row_id(row)` gives the id by which selection and `row_of` know a row again. `set_query` shows another
    list,
    `refresh` reads the same list again without losing the place. `divider(row before or None, row)` gives the words
    that stand above a row where another stretch begins.
    """

    loaded = Signal()
    """The first rows of a query, or a refresh, are there (also when there are none)."""
    counted = Signal(int, bool)
    """Number of rows; True when it is "more than"."""
    failed = Signal(object)
    """Reading did not work; the rows shown before stay."""

    def __init__(
        self,
        source: PageSource,
        columns: Sequence[Column],
        *,
        runner: RunnerLike,
        row_id: Callable[[Any], str] = lambda row: str(row.id),
        divider: Callable[[Any, Any], str] = lambda _before, _row: "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._source = source
        self._runner = runner
        self._row_id = row_id
        self._divider = divider
        self._dividers: dict[int, str] = {}
        self._query: Any = None
        self._length = 0
        self._total: int | None = None
        self._pages: OrderedDict[int, list[ReadyRow]] = OrderedDict()
        self._cursors: dict[int, Any] = {}
        self._wanted: list[int] = []
        self._reading: Job | None = None
        self._asked: Job | None = None
        self._anchoring: Job | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._read_wanted)
        self._asked_at = 0.0
        self._hurried = False
        self._anchor_soon = QTimer(self)
        self._anchor_soon.setSingleShot(True)
        self._anchor_soon.setInterval(ANCHOR_MS)
        self._anchor_soon.timeout.connect(self._anchor)

    # -- asking ------------------------------------------------------------------------------------

    @property
    def query(self) -> Any:
        """The query shown."""
        return self._query

    @property
    def total(self) -> int | None:
        """How many rows the list has; None while that is not known."""
        return self._total

    def set_query(self, query: Any) -> None:
        """Shows another list from its top. The rows shown so far stay until the new ones are there."""
        now = time.monotonic()
        self._hurried = now - self._asked_at < TYPING
        self._asked_at = now
        self._query = query
        self._begin(first=0)

    def refresh(self, around: int = 0) -> None:
        """Reads the same list again; `around` is the row whose neighbourhood must be there at once."""
        self._begin(first=max(0, min(around, self._length - 1)) // PAGE)

    def _begin(self, *, first: int) -> None:
        self._forget()
        self._asked = self._runner.read(
            self._opening(self._query, first, self._total is not None),
            done=self._opened,
            failed=self._refused,
        )

    def _forget(self) -> None:
        for job in (self._asked, self._reading, self._anchoring):
            if job is not None:
                job.forget()
                job.cancel()
        self._asked = self._reading = self._anchoring = None
        self._anchor_soon.stop()
        self._wanted.clear()

    def _opening(self, query: Any, first: int, full: bool) -> Callable[[Progress], Load]:
        """The work of a first read: the top page, the capped count and, deep in a long list, its
        surroundings."""

        def work(progress: Progress) -> Load:
            load = Load({}, {0: None})
            self._walk(query, load.cursors, load.pages, 0, progress)
            load.count = self._source.count(query, COUNT_CAP)
            if not load.count.capped:
                load.total = load.count.value
            if first > FAR and full:
                self._measure(query, load, progress)
            for number in sorted({max(first - 1, 0), first, first + 1}):
                if first > 0 and number * PAGE < (load.total or (first + 1) * PAGE):
                    self._walk(query, load.cursors, load.pages, number, progress)
            return load

        return work

    def _measure(self, query: Any, load: Load, progress: Progress) -> None:
        for number, cursor in enumerate(self._source.anchors(query, EVERY), start=1):
            load.cursors[number * EVERY // PAGE] = cursor
        if load.total is None and not progress.cancelled():
            load.total = self._source.count(query, 2**62).value

    def _walk(
        self,
        query: Any,
        cursors: dict[int, Any],
        pages: dict[int, list[ReadyRow]],
        number: int,
        progress: Progress,
    ) -> None:
        """Reads page `number` from the nearest known cursor before it, keeping the pages passed on the
        way."""
        at = max(known for known in cursors if known <= number)
        while at <= number and not progress.cancelled():
            page = self._source.page(query, before=cursors[at], size=PAGE)
            pages[at] = [self._shown(row) for row in page.rows]
            if page.next is None:
                return
            at += 1
            cursors[at] = page.next

    def _shown(self, row: Any) -> ReadyRow:
        return ReadyRow(
            id=self._row_id(row),
            row=row,
            cells=tuple(column.text(row) for column in self.columns),
            chips=tuple(column.chip(row) if column.chip else None for column in self.columns),
        )

    # -- answers -----------------------------------------------------------------------------------

    def _opened(self, load: Load) -> None:
        self._asked = None
        self.beginResetModel()
        self._pages = OrderedDict(load.pages)
        self._cursors = load.cursors
        self._dividers = {}
        self._divide(load.pages)
        self._total = load.total
        self._length = load.total if load.total is not None else self._contiguous()
        self.endResetModel()
        count = load.count
        if load.total is not None or count is None:
            self.counted.emit(self._length, False)
        else:
            self.counted.emit(count.value, count.capped)
        if load.total is None or (load.total > COUNT_CAP and EVERY // PAGE not in self._cursors):
            if self._hurried:
                self._anchor_soon.start()
            else:
                self._anchor()
        self.loaded.emit()

    def _anchor(self) -> None:
        """Begins to measure a long list, once nobody types any more: it takes a while, and another query spoils it."""
        self._anchoring = self._runner.read(
            self._anchors_of(self._query, self._total), done=self._anchored, failed=self._anchoring_failed
        )

    @property
    def dividers(self) -> dict[int, str]:
        """Row -> the words above it, among the rows read so far."""
        return self._dividers

    def _divide(self, pages: dict[int, list[ReadyRow]]) -> None:
        """Notes where another stretch begins in pages that arrived."""
        for number in sorted(pages):
            before = self._pages.get(number - 1)
            last = before[-1].row if before else None
            if number and last is None:
                continue  # nobody knows what stands above: no words rather than wrong ones
            for place, row in enumerate(pages[number]):
                words = self._divider(last, row.row)
                if words:
                    self._dividers[number * PAGE + place] = words
                last = row.row

    def _contiguous(self) -> int:
        length, number = 0, 0
        while number in self._pages:
            length += len(self._pages[number])
            number += 1
        return length

    def _anchors_of(self, query: Any, total: int | None) -> Callable[[Progress], Load]:
        def work(progress: Progress) -> Load:
            load = Load({}, {}, total)
            self._measure(query, load, progress)
            return load

        return work

    def _anchored(self, load: Load) -> None:
        self._anchoring = None
        self._cursors.update(load.cursors)
        if load.total is not None and self._total is None:
            self._total = load.total
            self._grow(load.total)
            self.counted.emit(load.total, False)
        self._soon.start()

    def _anchoring_failed(self, error: Exception) -> None:
        self._anchoring = None
        self.failed.emit(error)

    def _grow(self, length: int) -> None:
        if length > self._length:
            self.beginInsertRows(QModelIndex(), self._length, length - 1)
            self._length = length
            self.endInsertRows()

    def _refused(self, error: Exception) -> None:
        self.failed.emit(error)

    # -- pages on demand ---------------------------------------------------------------------------

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008 (Qt's signature)
        """True while the length is not known and there is a page after those shown."""
        return not parent.isValid() and self._total is None and self._next_page() in self._cursors

    def fetchMore(self, parent: Index = QModelIndex()) -> None:  # noqa: B008 (Qt's signature)
        """Asks for the next page of a list that is still growing."""
        if self.canFetchMore(parent):
            self._want(self._next_page())

    def _next_page(self) -> int:
        return -(-self._length // PAGE)

    def _want(self, number: int) -> None:
        if number in self._wanted:
            return
        self._wanted.append(number)
        if self._reading is None and not self._soon.isActive():
            self._soon.start()

    def _read_wanted(self) -> None:
        if self._reading is not None or not self._wanted:
            return
        number = self._wanted[-1]
        if (self._anchoring is not None or self._anchor_soon.isActive()) and number - max(
            at for at in self._cursors if at <= number
        ) > FAR:
            return  # the anchors are on their way
        self._wanted = self._wanted[-3:-1]  # after a long drag only the last places matter
        cursors = dict(self._cursors)
        query = self._query

        def work(progress: Progress) -> Load:
            load = Load({}, cursors)
            self._walk(query, load.cursors, load.pages, number, progress)
            load.pages.setdefault(number, [])  # the list got shorter meanwhile: nothing there, do not ask again
            return load

        self._reading = self._runner.read(work, done=self._arrived, failed=self._reading_failed)

    def _reading_failed(self, error: Exception) -> None:
        self._reading = None
        self._wanted.clear()
        self.failed.emit(error)

    def _arrived(self, load: Load) -> None:
        self._reading = None
        self._cursors.update(load.cursors)
        for number, rows in load.pages.items():
            self._pages[number] = rows
            self._pages.move_to_end(number)
        self._divide(load.pages)
        if self._total is None:
            self._grow(self._contiguous())
        for number, rows in load.pages.items():
            if rows and number * PAGE < self._length:
                last = min(number * PAGE + len(rows), self._length) - 1
                self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, len(self.columns) - 1))
        if self._total is not None:
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        if self._wanted:
            self._soon.start()

    # -- looking up --------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """Rows that can be scrolled to."""
        return 0 if parent.isValid() else self._length

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """Columns of the list."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text, chip, id or record of a cell; nothing (and a wish) while its page is not there."""
        if not index.isValid():
            return None
        row = self._at(index.row())
        if row is None:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return row.cells[column]
        if role == ROLE_CHIP:
            return row.chips[column]
        if role == ROLE_ID:
            return row.id
        if role == ROLE_ROW:
            return row.row
        if role == ROLE_DIVIDER:
            return self._dividers.get(index.row())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[self.columns[column].align]
        if role == Qt.ItemDataRole.ToolTipRole:
            tooltip = self.columns[column].tooltip
            return tooltip(row.row) if tooltip else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            chip = row.chips[column]
            return chip.text if chip else row.cells[column]
        return None

    def _at(self, number: int) -> ReadyRow | None:
        page = self._pages.get(number // PAGE)
        if page is None:
            self._want(number // PAGE)
            return None
        place = number % PAGE
        return page[place] if place < len(page) else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self.columns[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[self.columns[section].align]
        return None

    def row_of(self, record_id: str) -> int:
        """The row of a record among the pages that are loaded; -1 when it is not there."""
        for number, rows in self._pages.items():
            for place, row in enumerate(rows):
                if row.id == record_id:
                    return number * PAGE + place
        return -1

    def record(self, number: int) -> Any:
        """The record of a row, or None while it is being read."""
        row = self._at(number) if 0 <= number < self._length else None
        return row.row if row else None


_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
}
