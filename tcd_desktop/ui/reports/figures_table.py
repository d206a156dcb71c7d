"""A table of the report on the screen: offices stay at the left, Enter opens a figure, some are typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QIntValidator, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tcd_desktop.reports.circular.tables import UNIT_HEADING
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.chips import paint_figures
from tcd_desktop.ui.reports.figures_header import NUMBERS, FiguresHeader
from tcd_desktop.ui.reports.figures_model import ROLE_MARKS, FiguresModel, Index, Marks

NAMES = 158
"""Width of the offices' names at 100 %."""
PADDING = 6
HIGHEST_TYPED = 999_999_999


class FiguresDelegate(QStyledItemDelegate):
    """Figures of one width; what does not add up is red with a mark, odd jumps have an arrow, typed ones a field."""

    typed = Signal(int, object)
    """(column, figure or None): a figure was typed."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        now, marks = look.current(), index.data(ROLE_MARKS)
        if not isinstance(marks, Marks):
            return
        theme, rect = now.theme, QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        paper = theme.selection if selected else theme.danger.paper if marks.broken else theme.surface
        painter.fillRect(rect, QColor(theme.hover if marks.total and not selected and not marks.broken else paper))
        painter.setPen(QColor(theme.edge if marks.total else theme.line))
        edge = (rect.topLeft(), rect.topRight()) if marks.total else (rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(*edge)
        painter.setPen(QColor(theme.line))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if marks.typed:
            painter.setPen(QColor(theme.edge))
            painter.drawRoundedRect(rect.adjusted(2, 2, -3, -3), 3, 3)
        if selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.focus))
            painter.drawRect(rect.adjusted(0, 0, -2, -1))
        self._figure(painter, rect, str(index.data() or ""), marks, selected)
        painter.restore()

    def _figure(self, painter: QPainter, rect: QRect, text: str, marks: Marks, selected: bool) -> None:
        now = look.current()
        theme = now.theme
        painter.setFont(look.font(strong=marks.total or marks.broken))
        ink = theme.danger.ink if marks.broken else theme.muted if text == "0" or marks.earlier else theme.text
        painter.setPen(QColor(theme.on_selection if selected and not marks.broken else ink))
        inner = rect.adjusted(now.px(PADDING), 0, -now.px(PADDING + 2), 0)
        paint_figures(painter, inner, text)
        at = rect.adjusted(now.px(4), 0, 0, 0)
        painter.setFont(look.font(-1, strong=True))
        signs = ("!" if marks.broken else "") + ("↑" if marks.change > 0 else "↓" if marks.change < 0 else "")
        if marks.change and not marks.broken:
            painter.setPen(QColor(theme.on_selection if selected else theme.warning.ink))
        painter.drawText(at, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), signs)
        if marks.changed:
            painter.fillRect(QRect(rect.left(), rect.top(), now.px(3), rect.height() - 1), QColor(theme.accent))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field for whole numbers."""
        editor = QLineEdit(parent)
        editor.setValidator(QIntValidator(0, HIGHEST_TYPED, editor))
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        editor.setFrame(False)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The figure without its dots; nothing for 0."""
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or "").replace(".", ""))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Tells what was typed; the books keep it, and the table is read anew."""
        assert isinstance(editor, QLineEdit) and isinstance(model, FiguresModel)
        text = editor.text().strip()
        value = int(text) if text.isascii() and text.isdigit() else None
        if (value or 0) != model.value(index):
            self.typed.emit(index.column() + 1, value)


class UnitHeader(QHeaderView):
    """The offices' names, which stay while the figures are scrolled sideways."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """One name, shortened when it has no room; the sum stands apart."""
        now, model = look.current(), self.model()
        view = self.parent()
        assert isinstance(model, FiguresModel) and isinstance(view, QTableView)
        earlier = section >= len(model.units)
        total = not earlier and not model.units[section][0]
        here = view.currentIndex().row() == section
        painter.save()
        painter.fillRect(rect, QColor(now.theme.hover if here or total else now.theme.surface))
        painter.setPen(QColor(now.theme.edge if total else now.theme.line))
        edge = (rect.topLeft(), rect.topRight()) if total else (rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(*edge)
        painter.setPen(QColor(now.theme.edge))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setFont(look.font(strong=total))
        painter.setPen(QColor(now.theme.muted if earlier else now.theme.text))
        inner = rect.adjusted(now.px(12), 0, -now.px(6), 0)
        name = str(model.headerData(section, Qt.Orientation.Vertical) or "")
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()


class FiguresTable(QTableView):
    """`openRequest` (index) asks for the records behind a figure; `figureTyped` is (column, figure or None)."""

    openRequest = Signal(QModelIndex)
    figureTyped = Signal(int, object)
    placeChanged = Signal(QModelIndex)

    def __init__(self, model: FiguresModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = model
        self.header = FiguresHeader(model.form, self)
        self.names = UnitHeader(self)
        self.setHorizontalHeader(self.header)
        self.setVerticalHeader(self.names)
        self.setModel(model)
        self.setAccessibleName(f"{model.form.code}, {model.form.title}")
        self._delegate = FiguresDelegate(self)
        self._delegate.typed.connect(self.figureTyped)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.corner = QLabel(UNIT_HEADING, self)
        self.corner.setProperty("ink", "muted")
        self.corner.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.doubleClicked.connect(self._double)
        self.selectionModel().currentChanged.connect(self._moved)
        model.modelReset.connect(self._reset)
        model.rowsInserted.connect(self.measure)
        self.measure()

    def measure(self, *_rows: object) -> None:
        """Rows, columns and headings as large as the text wants them."""
        now = look.current()
        self.names.setDefaultSectionSize(now.row if self.figures.rowCount() < 4 else now.compact_row)
        self.names.setFixedWidth(self._names_width())
        for at, width in enumerate(self.header.measure()):
            self.setColumnWidth(at, width)
        self.updateGeometries()
        self._place_corner()

    def _names_width(self) -> int:
        now, metrics = look.current(), QFontMetrics(look.font(strong=True))
        names = [
            metrics.horizontalAdvance(str(self.figures.headerData(row, Qt.Orientation.Vertical) or ""))
            for row in range(self.figures.rowCount())
        ]
        return min(max([now.px(90), *(wide + now.px(24) for wide in names)]), now.px(NAMES + 30))

    def _place_corner(self) -> None:
        height = self.header.height() - look.current().px(NUMBERS)
        self.corner.setGeometry(self.frameWidth(), self.frameWidth(), self.names.width(), height)

    def _reset(self) -> None:
        self.measure()
        if self.figures.rowCount():
            self.setCurrentIndex(self.figures.index(0, 0))

    def resizeEvent(self, event: Any) -> None:
        """The word over the offices stays in its corner."""
        super().resizeEvent(event)
        self._place_corner()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size: everything is measured anew."""
        if event.type() == QEvent.Type.FontChange and hasattr(self, "corner"):
            self.measure()
        super().changeEvent(event)

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.header.show_current(current.column())
        self.names.viewport().update()
        self.placeChanged.emit(current)

    def _double(self, index: QModelIndex) -> None:
        self._enter(index)

    def _enter(self, index: QModelIndex) -> None:
        """A figure is opened, a typed one is written."""
        if self.figures.typed(index):
            self.edit(index)
        else:
            self.openRequest.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Del empties a typed figure, figures begin to type."""
        index = self.currentIndex()
        if index.isValid() and self.state() != QAbstractItemView.State.EditingState:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter(index)
                return
            if event.key() == Qt.Key.Key_Delete and self.figures.typed(index):
                self.figureTyped.emit(index.column() + 1, None)
                return
        super().keyPressEvent(event)
