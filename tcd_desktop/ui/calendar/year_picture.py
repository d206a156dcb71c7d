"""A year at one glance: twelve months with days off and make-up days, or the head's receptions, by colour and shape."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tcd_desktop.domain.clocks.calendar import WEEKEND
from tcd_desktop.i18n import _
from tcd_desktop.ui.calendar.calendar_rows import CalendarYear
from tcd_desktop.ui.look import look

ACROSS = 3
WEEKS = 6
MONTH = (110, 104)
MARKED_MONTH = (118, 92)
"""Width and height of a month at 100 %, without and with marks."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a day is marked: "ring" (planned), "solid" (posted), "done", "quiet" (nobody came), "struck" (postponed)."""

    shape: Literal["ring", "solid", "done", "quiet", "struck"]
    words: str


@dataclass(frozen=True, slots=True)
class MonthNote:
    """A few signs beside the name of a month ("1/2"); `short` when something is missing there."""

    text: str
    words: str
    short: bool = False


class YearPicture(QWidget):
    """`dayChosen` when a day is clicked. A day off is filled, a make-up day ringed, a weekend grey, today bold.

    With marks the picture shows those, and days off are as grey as weekends.
    """

    dayChosen = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, across: int = ACROSS) -> None:
        super().__init__(parent)
        self._across = across
        self._year: CalendarYear | None = None
        self._today = date.min
        self._chosen: date | None = None
        self._marks: Mapping[date, Mark] | None = None
        self._notes: Mapping[int, MonthNote] = {}
        self._places: list[tuple[QRectF, date]] = []
        self._heads: list[tuple[QRectF, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_year(
        self,
        year: CalendarYear,
        today: date,
        *,
        marks: Mapping[date, Mark] | None = None,
        notes: Mapping[int, MonthNote] | None = None,
    ) -> None:
        """Shows a year, with marks on days and notes beside months."""
        self._year, self._today = year, today
        self._marks, self._notes = marks, notes or {}
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
        width, height = MONTH if self._across == ACROSS else MARKED_MONTH
        return QSize(px(self._across * width), px(12 // self._across * height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the months."""
        year = self._year
        if year is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        across = self._across
        width, height = self.width() / across, self.height() / (12 // across)
        self._places.clear()
        self._heads.clear()
        for month in range(1, 13):
            row, column = divmod(month - 1, across)
            gap = look.current().px(6)
            box = QRectF(column * width + gap, row * height, width - 2 * gap, height - gap)
            self._month(painter, box, year, month)
        painter.end()

    def _month(self, painter: QPainter, box: QRectF, year: CalendarYear, month: int) -> None:
        painter.setFont(look.font(-1, strong=True))
        line = QFontMetricsF(painter.font()).height()
        self._head(painter, QRectF(box.left(), box.top(), box.width(), line), month)
        cell = QRectF(0, 0, box.width() / 7, (box.height() - line) / WEEKS)
        for number, day in enumerate(Calendar().itermonthdates(year.year, month)):
            if day.month == month:
                row, column = divmod(number, 7)
                place = cell.translated(box.left() + column * cell.width(), box.top() + line + row * cell.height())
                self._day(painter, place, year, day)
                self._places.append((place, day))

    def _head(self, painter: QPainter, place: QRectF, month: int) -> None:
        theme = look.current().theme
        painter.setPen(QColor(theme.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft, _("Month {n}").format(n=month))
        note = self._notes.get(month)
        if note is not None:
            painter.setPen(QColor(theme.warning.ink if note.short else theme.muted))
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, f"{note.text} !" if note.short else note.text)
        self._heads.append((place, month))

    def _day(self, painter: QPainter, place: QRectF, year: CalendarYear, day: date) -> None:
        spot = QRectF(place).adjusted(1, 0.5, -1, -0.5)
        mark = self._marks.get(day) if self._marks is not None else None
        ink, strong = self._marked(painter, spot, mark) if mark else self._plain(painter, spot, year, day)
        if day == self._chosen:
            painter.setPen(QPen(QColor(look.current().theme.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(spot, 3, 3)
        font = look.font(-1, strong=strong or day == self._today)
        font.setPointSizeF(font.pointSizeF() * 0.86)
        font.setStrikeOut(mark is not None and mark.shape == "struck")
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(day.day))

    def _plain(self, painter: QPainter, spot: QRectF, year: CalendarYear, day: date) -> tuple[str, bool]:
        """(colour of the number, whether it is bold) of a day as the calendar has it."""
        theme = look.current().theme
        reason = year.calendar.reason_off(day)
        if reason == WEEKEND or (reason is not None and self._marks is not None):
            return theme.disabled, False
        if reason is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.success.paper))
            painter.drawRoundedRect(spot, 3, 3)
            return theme.success.ink, True
        if day in year.calendar.working and self._marks is None:
            painter.setPen(QPen(QColor(theme.accent), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(spot, 3, 3)
            return theme.accent, False
        return theme.text, False

    @staticmethod
    def _marked(painter: QPainter, spot: QRectF, mark: Mark) -> tuple[str, bool]:
        theme = look.current().theme
        if mark.shape == "struck":
            return theme.muted, False
        edge, fill, ink = {
            "ring": (theme.accent, None, theme.accent),
            "solid": (theme.accent, theme.accent, theme.on_accent),
            "done": (theme.success.line, theme.success.paper, theme.success.ink),
            "quiet": (theme.closed.line, theme.closed.paper, theme.closed.ink),
        }[mark.shape]
        painter.setPen(QPen(QColor(edge), 1.4))
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(spot, 3, 3)
        return ink, True

    def day_at(self, at: QPointF) -> date | None:
        """The day under a point."""
        return next((day for place, day in self._places if place.contains(at)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Chooses the day under the pointer."""
        day = self.day_at(QPointF(event.position()))
        if day is not None:
            self.dayChosen.emit(day)

    def event(self, event: QEvent) -> bool:
        """Resting on a day or the name of a month tells what is there."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._words_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def _words_at(self, at: QPointF) -> str:
        day = self.day_at(at)
        if day is not None and self._year is not None:
            mark = self._marks.get(day) if self._marks else None
            reason = self._year.calendar.reason_off(day) or ""
            return mark.words if mark else "" if reason == WEEKEND else reason
        month = next((month for place, month in self._heads if place.contains(at)), 0)
        note = self._notes.get(month)
        return note.words if note else ""
