"""Chips (a status as a word with an icon on a quiet colour) and the delegate that paints rows of lists."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tcd_desktop.ui.lists.list_columns import ROLE_CHIP, ROLE_ID, Chip, Column
from tcd_desktop.ui.look import icons, look


def chip_size(chip: Chip) -> QSize:
    """Room a chip needs."""
    now = look.current()
    metrics = QFontMetricsF(look.font(-1, strong=True))
    width = metrics.horizontalAdvance(chip.text) + now.px(18) + (now.px(18) if chip.icon else 0)
    return QSize(round(width), now.px(22))


def paint_chip(painter: QPainter, rect: QRect, chip: Chip) -> None:
    """Paints a chip at the left of `rect`, vertically centred, shortened when there is no room."""
    now = look.current()
    tone = now.theme.tone(chip.tone)
    size = chip_size(chip)
    box = QRectF(rect.left(), rect.center().y() - size.height() / 2 + 1, min(size.width(), rect.width()), size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tone.line), 1))
    painter.setBrush(QColor(tone.paper))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 2, box.height() / 2)
    left = box.left() + now.px(9)
    if chip.icon:
        edge = now.px(14)
        picture = icons.pixmap(chip.icon, chip.tone if chip.tone != "accent" else "on_selection", edge)
        painter.drawPixmap(QPointF(left - now.px(1), box.center().y() - edge / 2), picture)
        left += edge + now.px(4)
    painter.setFont(look.font(-1, strong=True))
    painter.setPen(QColor(tone.ink))
    room = box.right() - now.px(8) - left
    text = painter.fontMetrics().elidedText(chip.text, Qt.TextElideMode.ElideRight, max(0, round(room) + 1))
    painter.drawText(
        QRectF(left, box.top(), room + 2, box.height()),
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
        text,
    )
    painter.restore()


FIGURES = "0123456789/.,:-+% "


def paint_figures(painter: QPainter, rect: QRect, text: str) -> None:
    """Paints a number at the right, with figures of one width: the typeface has no tabular figures of its
    own."""
    metrics = QFontMetricsF(painter.font())
    wide = 0.93 * max(metrics.horizontalAdvance(digit) for digit in "0123456789")
    widths = [wide if sign.isdigit() else metrics.horizontalAdvance(sign) for sign in text]
    at = rect.right() + 1 - sum(widths)
    for sign, width in zip(text, widths, strict=True):
        painter.drawText(QRectF(at, rect.top(), width, rect.height()), Qt.AlignmentFlag.AlignCenter, sign)
        at += width


class ChipLabel(QWidget):
    """A chip as a widget, for inspectors and headings of pages."""

    def __init__(self, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chip = chip
        self.setAccessibleName(chip.text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_chip(self, chip: Chip) -> None:
        """Shows another status."""
        self._chip = chip
        self.setAccessibleName(chip.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As much as the words need."""
        return chip_size(self._chip)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the chip."""
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._chip)
        painter.end()


class RowDelegate(QStyledItemDelegate):
    """Paints the cells of a list: quiet lines, whole-row selection and hover, chips, a grey bar while a
    row is read."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hovered = -1

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell, from what the model has ready."""
        now = look.current()
        theme = now.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, QColor(theme.selection))
        elif index.row() == self.hovered:
            painter.fillRect(rect, QColor(theme.hover))
        painter.setPen(QColor(theme.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(now.px(10), 0, -now.px(10), -1)
        chip = index.data(ROLE_CHIP)
        if chip is not None:
            paint_chip(painter, inner, chip)
        elif index.data(ROLE_ID) is None and getattr(index.model(), "columns", None):
            bar = QRectF(inner.left(), inner.center().y() - now.px(4), inner.width() * 0.6, now.px(8))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.line))
            painter.drawRoundedRect(bar, 4, 4)
        else:
            self._paint_text(painter, inner, index, selected)
        if selected and self._leads(option, index):
            painter.fillRect(QRect(rect.left(), rect.top(), now.px(3), rect.height()), QColor(theme.accent))
        painter.restore()

    def _paint_text(
        self, painter: QPainter, inner: QRect, index: QModelIndex | QPersistentModelIndex, selected: bool
    ) -> None:
        theme = look.current().theme
        model = index.model()
        columns: Sequence[Column] = getattr(model, "columns", ())
        column = columns[index.column()] if columns else None
        strong = column is not None and column.strong
        painter.setFont(look.font(strong=strong))
        painter.setPen(QColor(theme.on_selection if selected else theme.text))
        text = str(index.data() or "")
        if column is not None and column.align == "right" and text and not text.strip(FIGURES):
            paint_figures(painter, inner, text)
            return
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(inner, int(align) if align is not None else int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _leads(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> bool:
        """True for the first visible cell of a row: it carries the mark that shows without colour."""
        return option.rect.left() <= 0 or index.column() == 0

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Height of a row, width of the words."""
        width = QApplication.fontMetrics().horizontalAdvance(str(index.data() or ""))
        return QSize(width + look.current().px(22), look.current().row)
