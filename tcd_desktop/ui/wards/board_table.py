"""The wards as a table of figures: sorted by any column, its sum below, Enter opens what a figure counts.

The keyboard walks from figure to figure; S sorts by the column it stands in, a second S turns the order round.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tcd_desktop.domain.language.text import fold
from tcd_desktop.i18n import _
from tcd_desktop.services.follow_up.ward_comparison import ComparedWard, Comparison
from tcd_desktop.ui.cases.case_words import short_office
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.chips import FIGURES, paint_figures
from tcd_desktop.ui.wards.board_columns import COLUMNS, BoardColumn, is_bad, shown_figure
from tcd_desktop.ui.wards.trend_chart import paint_bars

Index = QModelIndex | QPersistentModelIndex
NAME, TREND = 0, len(COLUMNS) + 1
"""Number of the first and the last column; the figures stand between."""
NAME_WIDTH, TREND_WIDTH = 124, 80
PADDING = 6


class BoardModel(QAbstractTableModel):
    """The wards that are shown, in the order asked for, and their sum as the last row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ComparedWard] = []
        self.shown: Comparison | None = None
        self.today = date.min
        self.sorted_by, self.falling = NAME, False

    def show_wards(self, shown: Comparison, wards: Sequence[ComparedWard], total: ComparedWard, today: date) -> None:
        """Shows some wards of a comparison and the sum of these."""
        self.beginResetModel()
        self.shown, self.today = shown, today
        self.rows = [*wards, *([total] if wards else [])]
        self._order()
        self.endResetModel()

    def _order(self) -> None:
        wards, total = self.rows[:-1], self.rows[-1:]
        wards.sort(key=lambda ward: ward.office)
        if self.sorted_by == NAME:
            wards.sort(key=lambda ward: fold(short_office(ward.name)), reverse=self.falling)
        elif self.sorted_by == TREND:
            wards.sort(key=lambda ward: sum(ward.months), reverse=self.falling)
        else:
            column = COLUMNS[self.sorted_by - 1]
            wards.sort(key=lambda ward: self._weight(column, ward), reverse=self.falling)
        self.rows = wards + total

    def _weight(self, column: BoardColumn, ward: ComparedWard) -> int:
        value = column.figure(ward, self.today)
        return (10**9 if column.key == "bundle" else -1) if value is None else value

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Orders the wards; the sum stays below."""
        self.layoutAboutToBeChanged.emit()
        self.sorted_by, self.falling = column, order == Qt.SortOrder.DescendingOrder
        self._order()
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """Wards and their sum."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """Name, figures, months."""
        return 0 if parent.isValid() else TREND + 1

    def ward(self, row: int) -> ComparedWard | None:
        """The ward of a row; the sum has no office code."""
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, alignment and what a screen reader says."""
        ward = self.ward(index.row())
        if ward is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(ward, index.column())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._told(ward, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and NAME < index.column() < TREND:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _name(self, ward: ComparedWard) -> str:
        return short_office(ward.name).removeprefix("Phường ") if ward.office else _("Sum of the wards")

    def _text(self, ward: ComparedWard, column: int) -> str:
        if column == NAME:
            return self._name(ward)
        if column == TREND:
            return str(ward.months[-1]) if ward.months else ""
        return shown_figure(COLUMNS[column - 1], ward, self.today)

    def _told(self, ward: ComparedWard, column: int) -> str:
        """ "Nguyễn Du: Visits of the period 12"."""
        name = short_office(ward.name) if ward.office else _("Sum of the wards")
        if column == NAME:
            return name
        if column == TREND:
            return f"{name}: " + ", ".join(map(str, ward.months))
        wanted = COLUMNS[column - 1]
        return f"{name}: {wanted.told} {shown_figure(wanted, ward, self.today)}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings; their tooltips say what is counted."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        named = NAME < section < TREND
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                str(COLUMNS[section - 1].title) if named else _("Ward") if section == NAME else _("Visits, 12 months")
            )
        if role == Qt.ItemDataRole.ToolTipRole and named:
            return str(COLUMNS[section - 1].told)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if named else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


class BoardDelegate(QStyledItemDelegate):
    """Paints a cell: figures of one width, bad ones bold with a mark, the months as bars, the sum set apart."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        now, model = look.current(), index.model()
        assert isinstance(model, BoardModel)
        ward, theme, rect = model.ward(index.row()), now.theme, QRect(option.rect)
        if ward is None:
            return
        view = self.parent()
        assert isinstance(view, QTableView)
        in_row, selected = view.currentIndex().row() == index.row(), view.currentIndex() == index
        total = not ward.office
        painter.save()
        paper = theme.selection if selected else theme.hover if in_row or total else theme.surface
        painter.fillRect(rect, QColor(paper))
        painter.setPen(QColor(theme.edge if total else theme.line))
        painter.drawLine(
            rect.topLeft() if total else rect.bottomLeft(), rect.topRight() if total else rect.bottomRight()
        )
        if selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.focus))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        inner = rect.adjusted(now.px(PADDING), 0, -now.px(PADDING), 0)
        if index.column() == TREND:
            self._paint_months(painter, inner, ward, model.shown)
        else:
            self._paint_text(painter, inner, model, ward, index, selected)
        painter.restore()

    def _paint_text(
        self, painter: QPainter, inner: QRect, model: BoardModel, ward: ComparedWard, index: Index, selected: bool
    ) -> None:
        now = look.current()
        figure = COLUMNS[index.column() - 1] if index.column() != NAME else None
        bad = figure is not None and is_bad(figure, ward, model.today)
        text = str(index.data() or "")
        quiet = figure is not None and text in ("0", "–") and not bad
        painter.setFont(look.font(strong=bad or not ward.office or index.column() == NAME))
        ink = now.theme.danger.ink if bad else now.theme.muted if quiet else now.theme.text
        painter.setPen(QColor(now.theme.on_selection if selected and not bad else ink))
        if figure is None:
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), shown)
        elif text.strip(FIGURES):
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
        else:
            paint_figures(painter, inner, text)
        if bad and ward.office:
            edge = now.px(12)
            mark = icons.pixmap("triangle-alert", "danger", edge)
            painter.drawPixmap(inner.left() - now.px(3), inner.center().y() - edge // 2 + 1, mark)

    def _paint_months(self, painter: QPainter, inner: QRect, ward: ComparedWard, shown: Comparison | None) -> None:
        now = look.current()
        painter.setFont(look.font(-1))
        painter.setPen(QColor(now.theme.text))
        wide = now.px(26)
        paint_figures(painter, inner, str(ward.months[-1]) if ward.months else "")
        box = QRectF(inner.left(), inner.top() + now.px(5), inner.width() - wide, inner.height() - now.px(10))
        paint_bars(painter, box, ward.months, running=shown is not None and shown.running)


class BoardHeader(QHeaderView):
    """Headings of two short rows over their figures; the column of the order is dark and has an arrow."""

    def __init__(self, model: BoardModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.setSectionsClickable(True)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """One heading."""
        now, model = look.current(), self._model
        sorted_ = model.sorted_by == section
        painter.save()
        painter.fillRect(rect, QColor(now.theme.surface))
        painter.setPen(QColor(now.theme.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(now.px(PADDING), now.px(2), -now.px(PADDING), -now.px(2))
        painter.setFont(look.font(-1, strong=sorted_))
        painter.setPen(QColor(now.theme.text if sorted_ else now.theme.muted))
        words = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        if sorted_:
            words += " ↓" if model.falling else " ↑"
        align = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(inner, int(align), words)
        painter.restore()


class BoardTable(QTableView):
    """`figureRequest` (row of the model, column) asks for the list behind a figure; `wardChanged` is a ward's code."""

    figureRequest = Signal(int, int)
    wardChanged = Signal(str)

    def __init__(self, model: BoardModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setHorizontalHeader(BoardHeader(model, self))
        self.setModel(model)
        self.setAccessibleName(_("Wards side by side"))
        self.setItemDelegate(BoardDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.sectionClicked.connect(self.sort_by)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._moved)
        model.modelReset.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        now = look.current()
        self.verticalHeader().setDefaultSectionSize(now.compact_row)
        self.horizontalHeader().setFixedHeight(now.px(44))
        self.setColumnWidth(NAME, now.px(NAME_WIDTH))
        for number, column in enumerate(COLUMNS, start=1):
            self.setColumnWidth(number, now.px(column.width))
        self.horizontalHeader().setSectionResizeMode(TREND, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().viewport().update()

    def wanted_width(self) -> int:
        """Pixels in which every column has its room."""
        return look.current().px(NAME_WIDTH + sum(column.width for column in COLUMNS) + TREND_WIDTH) + 4

    def sort_by(self, column: int) -> None:
        """By a column; figures begin with the highest. Again: the other way round."""
        model, code = self._model, self.ward()
        at = self.currentIndex().column()
        falling = not model.falling if model.sorted_by == column else column != NAME
        model.sort(column, Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder)
        self._measure()
        self.choose(code, at)

    def ward(self) -> str:
        """Code of the ward the keyboard stands in, "" for none or the sum."""
        ward = self._model.ward(self.currentIndex().row())
        return ward.office if ward else ""

    def choose(self, code: str, column: int = NAME) -> None:
        """Puts the keyboard on a ward."""
        row = next((row for row, ward in enumerate(self._model.rows) if ward.office == code and code), -1)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row, max(column, 0)))

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        self.viewport().update()
        if current.row() != previous.row() or not previous.isValid():
            self.wardChanged.emit(self.ward())

    def _open(self, index: QModelIndex) -> None:
        self.figureRequest.emit(index.row(), index.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the figure, S sorts."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self._open(index)
        elif event.key() == Qt.Key.Key_S and not event.modifiers() and index.isValid():
            self.sort_by(index.column())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size: rows and columns are measured anew."""
        if event.type() == QEvent.Type.FontChange:
            self._measure()
        super().changeEvent(event)
