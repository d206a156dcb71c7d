"""Which columns a list shows and in which order, by keyboard and by pointer; every change shows at once.

Space shows or hides the chosen column, Alt with an arrow moves it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.i18n import _
from tcd_desktop.ui.lists.column_layout import ColumnLayout
from tcd_desktop.ui.lists.list_columns import Column
from tcd_desktop.ui.look import icons, look


class ColumnChooser(QDialog):
    """The columns of one list. Closing it is all there is to do: everything is in force already."""

    def __init__(self, layout: ColumnLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Columns and density"))
        self._layout = layout
        now = look.current()
        told = QLabel(_("Space shows or hides a column, Alt+Up and Alt+Down move it."))
        told.setProperty("ink", "muted")
        told.setWordWrap(True)
        self.columns = QListWidget()
        self.columns.setAccessibleName(_("Columns"))
        self.columns.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.columns.setMinimumSize(now.px(320), now.px(360))
        self.columns.installEventFilter(self)
        self.up, self.down = QPushButton(_("Up")), QPushButton(_("Down"))
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.compact = QCheckBox(_("Compact rows"))
        self.compact.setChecked(layout.kept.compact)
        self.compact.toggled.connect(layout.set_compact)
        self.reset = QPushButton(_("As at first"))
        icons.dress(self.reset, "undo-2", "text", 16)
        self.reset.clicked.connect(self._reset)
        close = QPushButton(_("Close"))
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        moves = QHBoxLayout()
        for button in (self.up, self.down):
            moves.addWidget(button)
        moves.addStretch()
        moves.addWidget(self.compact)
        foot = QHBoxLayout()
        foot.addWidget(self.reset)
        foot.addStretch()
        foot.addWidget(close)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(16), now.px(14), now.px(16), now.px(14))
        lines.setSpacing(now.px(10))
        lines.addWidget(told)
        lines.addWidget(self.columns, 1)
        lines.addLayout(moves)
        lines.addLayout(foot)
        self._fill()
        self.columns.setCurrentRow(0)
        self.columns.itemChanged.connect(self._toggled)
        self.columns.model().rowsMoved.connect(self._dropped)

    def _fill(self) -> None:
        blocked = self.columns.blockSignals(True)
        self.columns.clear()
        for column in self._layout.in_order():
            item = QListWidgetItem(str(column.title))
            item.setData(Qt.ItemDataRole.UserRole, column.key)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )
            item.setCheckState(Qt.CheckState.Checked if self._layout.is_shown(column) else Qt.CheckState.Unchecked)
            self.columns.addItem(item)
        self.columns.blockSignals(blocked)

    def _column(self, item: QListWidgetItem) -> Column:
        key = item.data(Qt.ItemDataRole.UserRole)
        return next(column for column in self._layout.columns if column.key == key)

    def _toggled(self, item: QListWidgetItem) -> None:
        shown = item.checkState() is Qt.CheckState.Checked
        if not self._layout.show_column(self._column(item), shown):
            item.setCheckState(Qt.CheckState.Checked)  # the last one stays

    def _move(self, step: int) -> None:
        row = self.columns.currentRow()
        to = row + step
        if row < 0 or not 0 <= to < self.columns.count():
            return
        blocked = self.columns.model().blockSignals(True)
        item = self.columns.takeItem(row)
        self.columns.insertItem(to, item)
        self.columns.model().blockSignals(blocked)
        self._layout.move(self._column(item), to)
        self._fill()
        self.columns.setCurrentRow(to)

    def _dropped(self, *_places: object) -> None:
        for place in range(self.columns.count()):
            self._layout.move(self._column(self.columns.item(place)), place)

    def _reset(self) -> None:
        self._layout.reset()
        self.compact.setChecked(False)
        self._fill()
        self.columns.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt with an arrow moves the chosen column."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in steps:
                self._move(steps[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)
