"""The rail of desks at the left and the bar with search and officer at the top."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.i18n import _
from tcd_desktop.ui.lists.list_columns import Chip
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.window.actions import key_text
from tcd_desktop.ui.window.page import Desk

RAIL = 184
MOST_COUNTED = 100

FIGURES = "1234567890-="
"""The keys of the desks from the first on, as they lie side by side above the letters."""


class Rail(QFrame):
    """The desks with icon and word; Alt and a figure jumps."""

    chosen = Signal(str)

    def __init__(self, desks: Sequence[Desk], office_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "rail")
        now = look.current()
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._counts: dict[str, QLabel] = {}
        self._office = QLabel(office_name)
        self._office.setProperty("ink", "strong")
        self._office.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(now.px(8), now.px(12), now.px(8), now.px(8))
        column.setSpacing(now.px(2))
        head = QHBoxLayout()
        head.setContentsMargins(now.px(6), 0, now.px(4), now.px(10))
        head.setSpacing(now.px(8))
        badge = QLabel()
        icons.dress(badge, "landmark", "accent", 22)
        head.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._office, 1)
        column.addLayout(head)
        for number, desk in enumerate(desks, start=1):
            column.addWidget(self._button(number, desk))
        column.addStretch()
        self._size()

    def _button(self, number: int, desk: Desk) -> QPushButton:
        button = QPushButton(f" {desk.title}")
        button.setProperty("kind", "rail")
        button.setCheckable(True)
        button.setAccessibleName(str(desk.title))
        button.clicked.connect(partial(self._choose, desk.id))
        icons.dress(button, desk.icon, "muted")
        button.setToolTip(str(desk.title))
        if number <= len(FIGURES):
            key = f"Alt+{FIGURES[number - 1]}"
            action = QAction(self)
            action.setShortcut(key)
            action.triggered.connect(partial(self._choose, desk.id))
            self.addAction(action)
            button.setToolTip(f"{desk.title}  {key}")
        count = QLabel()
        count.setProperty("ink", "strong")
        count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        count.hide()
        inside = QHBoxLayout(button)
        inside.setContentsMargins(0, 0, look.current().px(10), 0)
        inside.addStretch()
        inside.addWidget(count)
        self._group.addButton(button)
        self._buttons[desk.id] = button
        self._counts[desk.id] = count
        return button

    def show_count(self, desk_id: str, number: int, told: str) -> None:
        """How many questions wait at a desk, right of its word; `told` says so to who hears the window. 0: none."""
        button, count = self._buttons.get(desk_id), self._counts.get(desk_id)
        if button is None or count is None:
            return
        word = button.text().strip()
        count.setText(str(number) if number < MOST_COUNTED else f"{MOST_COUNTED - 1}+")
        count.setVisible(number > 0)
        button.setAccessibleName(f"{word}, {told}" if number else word)
        key = button.toolTip().split("\n", 1)[0]
        button.setToolTip(f"{key}\n{told}" if number else key)

    def count_of(self, desk_id: str) -> str:
        """The number that stands at a desk, "" when none."""
        count = self._counts[desk_id]
        return "" if count.isHidden() else count.text()

    def _choose(self, desk_id: str, _checked: bool = False) -> None:
        self.chosen.emit(desk_id)

    def choose(self, desk_id: str) -> None:
        """Shows which desk is open."""
        self._buttons[desk_id].setChecked(True)
        for known, button in self._buttons.items():
            icons.dress(button, str(button.property("iconName")), "on_selection" if known == desk_id else "muted")

    def _size(self) -> None:
        self.setFixedWidth(look.current().px(RAIL))

    def changeEvent(self, event: QEvent) -> None:
        """As wide as the words of another text size need."""
        if event.type() == QEvent.Type.FontChange:
            self._size()
        super().changeEvent(event)


class TopBar(QFrame):
    """Search that is always there, the practice mark, the officer's name and the lock."""

    lockRequest = Signal()
    keysRequest = Signal()
    recentRequest = Signal()
    """The officer's latest acts, to take some back."""

    def __init__(self, officer_name: str, *, practice: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "top")
        now = look.current()
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(_("Search visits, cases, citizens   {key}").format(key=key_text("search")))
        self.search.setAccessibleName(_("Search"))
        self.search.setMinimumWidth(now.px(150))
        self.search.setMaximumWidth(now.px(520))
        self._lens = QAction(self.search)
        icons.dress(self._lens, "search", "muted")
        self.search.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        picture, name = QLabel(), QLabel(officer_name)
        icons.dress(picture, "user-round", "muted")
        name.setProperty("ink", "label")
        keys = self._tool("keyboard", _("Keys"), "help.keys")
        keys.clicked.connect(self.keysRequest)
        self.recent = self._tool("history", _("Recent acts"), "recent")
        self.recent.clicked.connect(self.recentRequest)
        lock = QPushButton(_("Lock"))
        lock.setProperty("kind", "quiet")
        lock.setToolTip(_("Lock") + "  " + key_text("lock"))
        icons.dress(lock, "lock", "muted", 18)
        lock.clicked.connect(self.lockRequest)
        row = QHBoxLayout(self)
        row.setContentsMargins(now.px(12), now.px(7), now.px(8), now.px(7))
        row.setSpacing(now.px(8))
        row.addWidget(self.search, 1)
        row.addStretch()
        if practice:
            mark = ChipLabel(Chip(_("Practice"), "warning", "graduation-cap"))
            mark.setToolTip(_("Practice, not real data"))
            row.addWidget(mark)
        row.addWidget(self.recent)
        row.addWidget(keys)
        row.addWidget(picture)
        row.addWidget(name)
        row.addWidget(lock)

    def _tool(self, icon: str, words: str, action_id: str) -> QToolButton:
        button = QToolButton()
        button.setToolTip(f"{words}  {key_text(action_id)}")
        button.setAccessibleName(words)
        icons.dress(button, icon, "muted")
        return button

    def focus_search(self) -> None:
        """Puts the keyboard into the search, everything selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
