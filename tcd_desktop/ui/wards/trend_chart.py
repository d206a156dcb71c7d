"""Small bar charts of a year's months: flat, labelled directly, told apart without colour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.ui.look import look

HEIGHT, WIDTH = 118, 240
LEAST_BAR = 1.5
"""Pixels of a month that had something at all."""


def paint_bars(painter: QPainter, box: QRectF, values: Sequence[int], *, running: bool = False) -> list[QRectF]:
    """Paints a bar for each month, the last hollow when it is `running` still; gives where they stand.

    The highest value fills the box; nothing stands for nothing but a point on the base line.
    """
    theme = look.current().theme
    ink = QColor(theme.accent)
    highest, step = max(values, default=0), box.width() / max(len(values), 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(QColor(theme.edge), 1))
    painter.drawLine(round(box.left()), round(box.bottom()), round(box.right()), round(box.bottom()))
    bars = []
    for number, value in enumerate(values):
        height = max(box.height() * value / highest, LEAST_BAR) if value else 0.0
        wide = max(step - max(step * 0.28, 1.0), 1.0)
        bar = QRectF(box.left() + number * step + (step - wide) / 2, box.bottom() - height, wide, height)
        bars.append(bar)
        if running and number == len(values) - 1:
            painter.setPen(QPen(ink, 1))
            painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            painter.fillRect(bar, ink)
    painter.restore()
    return bars


class TrendChart(QWidget):
    """The months of one ward with their figures: for the pane beside the board."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._months: tuple[date, ...] = ()
        self._values: tuple[int, ...] = ()
        self._running = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_months(self, months: Sequence[date], values: Sequence[int], *, running: bool = False) -> None:
        """Shows so many visits of each month; a screen reader hears them one after another."""
        self._months, self._values, self._running = tuple(months), tuple(values), running
        told = ", ".join(f"{month.month}/{month.year}: {value}" for month, value in zip(months, values, strict=True))
        self.setAccessibleName(_("Visits by month: {months}").format(months=told))
        self.setToolTip(told.replace(", ", "\n"))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the pane, high enough for the figures."""
        now = look.current()
        return QSize(now.px(WIDTH), now.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bars, the figure above each, the month below."""
        if not self._values:
            return
        now, painter = look.current(), QPainter(self)
        painter.setFont(look.font(-1))
        line = QFontMetricsF(painter.font()).height()
        box = QRectF(0, line + 2, self.width(), self.height() - 2 * line - now.px(6))
        bars = paint_bars(painter, box, self._values, running=self._running)
        step = box.width() / len(self._values)
        room = all(painter.fontMetrics().horizontalAdvance(str(value)) <= step for value in self._values)
        told = set(range(len(bars))) if room else {self._values.index(max(self._values)), len(bars) - 1}
        middle = Qt.AlignmentFlag.AlignHCenter
        for number, bar in enumerate(bars):
            centre = bar.center().x()
            painter.setPen(QColor(now.theme.text))
            if number in told:
                above = QRectF(centre - step, bar.top() - line - 1, 2 * step, line)
                painter.drawText(above, middle | Qt.AlignmentFlag.AlignBottom, str(self._values[number]))
            painter.setPen(QColor(now.theme.muted))
            below = QRectF(centre - step, box.bottom() + now.px(3), 2 * step, line)
            painter.drawText(below, middle, str(self._months[number].month))
        painter.end()
