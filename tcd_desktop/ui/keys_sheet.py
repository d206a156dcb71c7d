"""F1: the keys of the window on one sheet, from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.i18n import _
from tcd_desktop.ui import look
from tcd_desktop.ui.actions import ACTIONS, GROUPS, key_text


class KeysSheet(QDialog):
    """Esc or Enter closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keys"))
        now = look.current()
        columns = QHBoxLayout()
        columns.setSpacing(now.px(36))
        left, right = QVBoxLayout(), QVBoxLayout()
        for number, (group, title) in enumerate(GROUPS.items()):
            column = left if number == 0 else right
            heading = QLabel(str(title))
            heading.setProperty("ink", "heading")
            heading.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            column.addWidget(heading)
            column.addLayout(self._keys(group))
            column.addSpacing(now.px(10))
        for column in (left, right):
            column.addStretch()
            columns.addLayout(column)
        close = QPushButton(_("Close"))
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(now.px(24), now.px(20), now.px(24), now.px(16))
        whole.addLayout(columns)
        whole.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def _keys(self, group: str) -> QGridLayout:
        now = look.current()
        grid = QGridLayout()
        grid.setHorizontalSpacing(now.px(18))
        grid.setVerticalSpacing(now.px(5))
        rows = [(key_text(row.id), str(row.text)) for row in ACTIONS if row.group == group and row.shortcut]
        if group == "window":
            rows.append(("Alt+1 … 9", _("Go to a desk")))
        for at, (key, words) in enumerate(rows):
            name = QLabel(key)
            name.setProperty("ink", "label")
            grid.addWidget(name, at, 0)
            grid.addWidget(QLabel(words), at, 1)
        return grid
