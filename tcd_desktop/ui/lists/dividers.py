"""A line of words above the row where a list's next stretch begins: "Khác dấu", "Gần giống".

The row is taller by the band; its cells are painted below it, and the table paints the band over its whole width.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView

from tcd_desktop.ui.lists.list_columns import ROLE_DIVIDER
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.chips import RowDelegate

BAND = 26
"""Height of a divider at 100 %."""


class DividedDelegate(RowDelegate):
    """Paints the cells of a row with a divider below the band."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell."""
        if index.data(ROLE_DIVIDER):
            option = QStyleOptionViewItem(option)
            rect = QRect(option.rect)
            rect.setTop(rect.top() + look.current().px(BAND))
            option.rect = rect
        super().paint(painter, option, index)


class DividedTable(QTableView):
    """A table that paints the bands, and makes room for them."""

    def __init__(self) -> None:
        super().__init__()
        self._tall: set[int] = set()

    def set_dividers(self, rows: set[int]) -> None:
        """The rows above which a band stands; only those rows are measured anew."""
        header = self.verticalHeader()
        usual = header.defaultSectionSize()
        for row in self._tall - rows:
            if row < header.count():
                header.resizeSection(row, usual)
        for row in rows:
            wanted = usual + look.current().px(BAND)
            if row < header.count() and header.sectionSize(row) != wanted:
                header.resizeSection(row, wanted)
        self._tall = set(rows)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, then the bands."""
        super().paintEvent(event)
        model = self.model()
        if not self._tall or model is None:
            return
        now = look.current()
        painter = QPainter(self.viewport())
        painter.setFont(look.font(-1, strong=True))
        for row in self._tall:
            top = self.rowViewportPosition(row)
            if -now.px(BAND) <= top <= self.viewport().height():
                text = model.index(row, 0).data(ROLE_DIVIDER)
                band = QRect(0, top, self.viewport().width(), now.px(BAND))
                painter.fillRect(band, QColor(now.theme.rail))
                painter.setPen(QColor(now.theme.line))
                painter.drawLine(band.bottomLeft(), band.bottomRight())
                painter.setPen(QColor(now.theme.muted))
                words = band.adjusted(now.px(10), 0, -now.px(10), 0)
                painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(text or ""))
        painter.end()
