"""The circular's merged headings over the columns with their numbers; words stay in sight while it is scrolled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget

from tcd_desktop.domain.reports.merged_heads import HeadCell
from tcd_desktop.reports.circular.tables import Table
from tcd_desktop.reports.circular_sheets.sheet_facts import heads_of
from tcd_desktop.ui.look import look

PADDING = 4
LEAST, MOST = 58, 104
"""Widths of columns at 100 %."""
MOST_LINES = 5
NUMBERS = 22
"""Height of the row of numbers at 100 %."""
WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter)


class FiguresHeader(QHeaderView):
    """Paints every heading once over all its columns, in the middle of what is seen of it."""

    def __init__(self, form: Table, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.form = form
        self._cells: tuple[HeadCell, ...] = heads_of(form)
        self._tops: list[int] = []
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.current = -1

    # -- measuring -----------------------------------------------------------------------------------

    def measure(self) -> list[int]:
        """Widths of the columns, from their words; the heights of the rows follow."""
        now = look.current()
        metrics, pad = QFontMetrics(look.font(-1)), 2 * now.px(PADDING)
        leaves = {cell.column: cell for cell in self._cells if cell.leaf and self._lowest(cell)}
        widths = [self._width(metrics, leaves[at].title, pad) for at in range(len(self.form.columns))]
        for cell in self._cells:
            if cell.columns > 1:
                longest = max(metrics.horizontalAdvance(word) for word in cell.title.split()) + pad
                have = sum(widths[cell.column : cell.column + cell.columns])
                if longest > have:
                    widths[cell.column] += longest - have
        heights = [0] * self.form.depth
        for cell in sorted(self._cells, key=lambda one: one.rows):
            room = sum(widths[cell.column : cell.column + cell.columns]) - pad
            box = metrics.boundingRect(QRect(0, 0, room, 1000), WRAP, cell.title)
            have = sum(heights[cell.row : cell.row + cell.rows])
            wanted = box.height() + now.px(6)
            if wanted > have:
                heights[cell.row + cell.rows - 1] += wanted - have
        self._tops = [sum(heights[:row]) for row in range(len(heights) + 1)]
        self.setFixedHeight(self._tops[-1] + now.px(NUMBERS))
        return widths

    def _lowest(self, cell: HeadCell) -> bool:
        return cell.row + cell.rows == self.form.depth

    def _width(self, metrics: QFontMetrics, title: str, pad: int) -> int:
        """As narrow as its words stand in a few lines."""
        px = look.current().px
        longest = max(metrics.horizontalAdvance(word) for word in title.split()) + pad
        width = max(px(LEAST), longest)
        while width < px(MOST) and self._lines(metrics, title, width - pad) > MOST_LINES:
            width += px(6)
        return width

    @staticmethod
    def _lines(metrics: QFontMetrics, title: str, room: int) -> int:
        return round(metrics.boundingRect(QRect(0, 0, room, 1000), WRAP, title).height() / metrics.lineSpacing())

    def sizeHint(self) -> QSize:
        """High enough for all rows of headings."""
        height = (self._tops[-1] if self._tops else 0) + look.current().px(NUMBERS)
        return QSize(super().sizeHint().width(), height)

    # -- painting ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """All headings that are in sight."""
        if not self._tops:
            return
        now = look.current()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(now.theme.surface))
        painter.setFont(look.font(-1))
        for cell in self._cells:
            self._paint_cell(painter, cell)
        painter.setFont(look.font(-1, strong=True))
        for column in self.form.columns:
            self._paint_number(painter, column.number - 1, column.mark)
        painter.setPen(QColor(now.theme.edge))
        bottom = self.height() - 1
        painter.drawLine(0, bottom, self.viewport().width(), bottom)
        painter.end()

    def cell_rect(self, cell: HeadCell) -> QRect:
        """Where a heading stands now."""
        left = self.sectionViewportPosition(cell.column)
        last = cell.column + cell.columns - 1
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        return QRect(left, self._tops[cell.row], right - left, self._tops[cell.row + cell.rows] - self._tops[cell.row])

    def _paint_cell(self, painter: QPainter, cell: HeadCell) -> None:
        now, rect = look.current(), self.cell_rect(cell)
        seen = rect.intersected(self.viewport().rect())
        if seen.isEmpty():
            return
        here = cell.column <= self.current < cell.column + cell.columns
        painter.setPen(QColor(now.theme.line))
        if here and cell.leaf:
            painter.fillRect(rect, QColor(now.theme.hover))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if not self._lowest(cell):
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(QColor(now.theme.text if here or cell.columns > 1 else now.theme.muted))
        pad = now.px(PADDING)
        inner = (seen if cell.columns > 1 else rect).adjusted(pad, 0, -pad, 0)
        if cell.columns > 1 and inner.width() < now.px(LEAST):
            return  # too little of it is in sight for its words
        painter.drawText(inner, WRAP, cell.title)

    def _paint_number(self, painter: QPainter, section: int, mark: str) -> None:
        now = look.current()
        left, wide = self.sectionViewportPosition(section), self.sectionSize(section)
        rect = QRect(left, self._tops[-1], wide, now.px(NUMBERS))
        if not rect.intersects(self.viewport().rect()):
            return
        painter.setPen(QColor(now.theme.line))
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(QColor(now.theme.text if section == self.current else now.theme.muted))
        fits = painter.fontMetrics().horizontalAdvance(mark) <= wide - 4
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), mark if fits else str(section + 1))

    def show_current(self, section: int) -> None:
        """The headings over the column the keyboard stands in are darker."""
        if section != self.current:
            self.current = section
            self.viewport().update()

    # -- the pointer at rest -------------------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        """Says the whole heading and how the column is reckoned."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            told = self.told_at(event.pos())
            QToolTip.showText(event.globalPos(), told, self.viewport())
            return True
        return super().viewportEvent(event)

    def told_at(self, at: QPoint) -> str:
        """ "Tiếp thường xuyên › Số lượt tiếp (5)"."""
        section = self.logicalIndexAt(at)
        if not 0 <= section < len(self.form.columns):
            return ""
        column = self.form.columns[section]
        return f"{' › '.join(column.path)} ({column.mark})"
