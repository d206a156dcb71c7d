"""A year at one glance: twelve small months, days off and make-up working days marked by colour and shape."""

from __future__ import annotations

from calendar import Calendar
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tcd_desktop.domain.calendar import WEEKEND
from tcd_desktop.i18n import _
from tcd_desktop.ui import look
from tcd_desktop.ui.calendar.calendar_rows import CalendarYear

ACROSS = 3
WEEKS = 6


class YearPicture(QWidget):
    """`dayChosen` when a day is clicked. A day off is filled, a make-up day ringed, a weekend grey, today bold."""

    dayChosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._year: CalendarYear | None = None
        self._today = date.min
        self._chosen: date | None = None
        self._places: list[tuple[QRectF, date]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_year(self, year: CalendarYear, today: date) -> None:
        """Shows a year."""
        self._year, self._today = year, today
        self.setAccessibleName(_("Calendar of {year}").format(year=year.year))
        self.updateGeometry()
        self.update()

    def choose(self, day: date | None) -> None:
        """Marks the chosen day."""
        self._chosen = day
        self.update()

    def sizeHint(self) -> QSize:
        """Twelve months of six weeks."""
        px = look.current().px
        return QSize(px(330), px(12 // ACROSS * 104))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the months."""
        year = self._year
        if year is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = self.width() / ACROSS, self.height() / (12 // ACROSS)
        self._places.clear()
        for month in range(1, 13):
            row, column = divmod(month - 1, ACROSS)
            gap = look.current().px(6)
            box = QRectF(column * width + gap, row * height, width - 2 * gap, height - gap)
            self._month(painter, box, year, month)
        painter.end()

    def _month(self, painter: QPainter, box: QRectF, year: CalendarYear, month: int) -> None:
        theme = look.current().theme
        painter.setFont(look.font(-1, strong=True))
        painter.setPen(QColor(theme.text))
        line = QFontMetricsF(painter.font()).height()
        painter.drawText(
            QRectF(box.left(), box.top(), box.width(), line),
            Qt.AlignmentFlag.AlignLeft,
            _("Month {n}").format(n=month),
        )
        cell = QRectF(0, 0, box.width() / 7, (box.height() - line) / WEEKS)
        for number, day in enumerate(Calendar().itermonthdates(year.year, month)):
            if day.month == month:
                row, column = divmod(number, 7)
                place = cell.translated(box.left() + column * cell.width(), box.top() + line + row * cell.height())
                self._day(painter, place, year, day)
                self._places.append((place, day))

    def _day(self, painter: QPainter, place: QRectF, year: CalendarYear, day: date) -> None:
        theme = look.current().theme
        reason = year.calendar.reason_off(day)
        ink = theme.text
        spot = QRectF(place).adjusted(1, 0.5, -1, -0.5)
        if reason is not None and reason != WEEKEND:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.success.paper))
            painter.drawRoundedRect(spot, 3, 3)
            ink = theme.success.ink
        elif reason == WEEKEND:
            ink = theme.disabled
        elif day in year.calendar.working:
            painter.setPen(QPen(QColor(theme.accent), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(spot, 3, 3)
            ink = theme.accent
        if day == self._chosen:
            painter.setPen(QPen(QColor(theme.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(spot, 3, 3)
        font = look.font(-1, strong=day == self._today or ink == theme.success.ink)
        font.setPointSizeF(font.pointSizeF() * 0.86)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(day.day))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Chooses the day under the pointer."""
        at = QPointF(event.position())
        for place, day in self._places:
            if place.contains(at):
                self.dayChosen.emit(day)
                return
