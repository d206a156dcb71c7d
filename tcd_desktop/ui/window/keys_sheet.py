"""F1 and "?": every key of the program on one sheet, those that work here now first; typing in it searches."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.domain.language.text import fold
from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.ui.look import look
from tcd_desktop.ui.window.actions import ACTIONS, GROUPS, key_text

WIDTH, HEIGHT = 940, 620
"""Of the sheet in pixels at 100 %, where the screen has room."""

FIELDS: tuple[tuple[str, LazyText], ...] = (
    ("Tab  Shift+Tab", lazy("To the next field, to the one before")),
    ("Enter", lazy("On to the next field; in a text of several lines a new line")),
    ("Ctrl+Enter", lazy("Saves from every field")),
    ("Esc", lazy("Closes an open list or question, then goes back; what was typed is kept")),
    ("Ctrl+Z  Ctrl+Y", lazy("Takes typing back, does it again")),
    ("Alt+↓", lazy("Opens a list of choices")),
    ("← →", lazy("Chooses among buttons side by side")),
    ("kn", lazy("First letters choose, without marks: Khiếu nại")),
    ("5/9  0509  509", lazy("5 September of this year")),
    ("hnay  mai  t2  cn", lazy("Today, tomorrow, next Monday, Sunday")),
    ("+10  +2t  +1th", lazy("In 10 days, 2 weeks, 1 month")),
    ("8h30  830  2h chiều", lazy("Times")),
)
"""What can be typed and pressed in fields."""


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line of the sheet."""

    key: str
    words: str

    def fits(self, wanted: str) -> bool:
        """Whether a search finds it: by its words without marks, or by its key."""
        return fold(wanted) in fold(self.words) or wanted.casefold().replace(" ", "") in self.key.casefold()


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """A heading with its lines; `here`: they work on the page that is shown."""

    title: str
    lines: tuple[KeyLine, ...]
    here: bool


def live_keys(page: QWidget | None) -> set[str]:
    """The keys that would do something on a page just now."""
    if page is None:
        return set()
    found = set()
    for shortcut in page.findChildren(QShortcut):
        owner = shortcut.parent()
        if shortcut.isEnabled() and isinstance(owner, QWidget) and owner.isVisible():
            found.add(shortcut.key().toString())
    for action in page.findChildren(QAction):
        found.update(key.toString() for key in action.shortcuts() if action.isEnabled())
    return found


FILTER_KEYS = frozenset(f"Ctrl+{number}" for number in range(1, 10))
"""The saved filters of any list: they tell nothing about the page."""


def key_groups(page: QWidget | None) -> list[KeyGroup]:
    """All groups: what works on the page first, then everywhere, then the rest, in the order of the table."""
    here = _groups_here(page)
    groups = []
    for name, title in GROUPS.items():
        lines = [KeyLine(key_text(row.id), str(row.text)) for row in ACTIONS if row.group == name and row.shortcut]
        if name == "window":
            lines.append(KeyLine("Alt+1 … 9, 0, -, =", _("Go to a desk")))
        if name == "list":
            lines.append(KeyLine("Ctrl+1 … 9", _("Use a saved filter")))
        groups.append(KeyGroup(str(title), tuple(lines), name in here))
    typed = tuple(KeyLine(key, str(words)) for key, words in FIELDS)
    groups.append(KeyGroup(_("In fields"), typed, "form" in here))
    everywhere, *others = groups
    return [*(one for one in others if one.here), everywhere, *(one for one in others if not one.here)]


def _groups_here(page: QWidget | None) -> set[str]:
    """The groups whose keys the page has. Of groups without a key of their own those explain the page that have most
    of its keys, and of whose keys it has at least half."""
    live = live_keys(page) - FILTER_KEYS
    keys = {
        name: {QKeySequence(row.shortcut).toString() for row in ACTIONS if row.group == name and row.shortcut}
        for name in GROUPS
    }
    own = {name: mine - set[str]().union(*(keys[one] for one in GROUPS if one != name)) for name, mine in keys.items()}
    here = {name for name in GROUPS if own[name] & live} - {"list"} | {"window"}
    claimed = set[str]().union(*(keys[name] for name in here))
    left = [name for name in GROUPS if not own[name] and 2 * len(keys[name] & live) >= len(keys[name])]
    while best := max(left, key=lambda name: len((keys[name] - claimed) & live), default=""):
        if not (keys[best] - claimed) & live:
            break
        here.add(best)
        left.remove(best)
        claimed |= keys[best]
    return here | {"list"} if _has_list(page) else here - {"list"}


def _has_list(page: QWidget | None) -> bool:
    return page is not None and any(table.isVisible() for table in page.findChildren(QTableView))


class KeysSheet(QDialog):
    """`page` is the one that is shown. Esc or Enter closes it."""

    def __init__(self, parent: QWidget | None = None, page: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keys"))
        self._groups = key_groups(page)
        heading = QLabel(_("Keys"))
        heading.setProperty("ink", "title")
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setPlaceholderText(_("Search: print, amend, Ctrl+E"))
        self.search.setAccessibleName(_("Search the keys"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show)
        self.search.installEventFilter(self)
        self.nothing = QLabel(_("No key has these words."))
        self.nothing.setProperty("ink", "muted")
        close = QPushButton(_("Close  Esc"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        head = QHBoxLayout()
        head.setSpacing(now.px(16))
        head.addWidget(heading)
        head.addWidget(self.search, 1)
        head.addWidget(close)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(now.px(20), now.px(16), now.px(20), now.px(16))
        whole.setSpacing(now.px(12))
        whole.addLayout(head)
        whole.addWidget(self.nothing)
        whole.addWidget(self.area, 1)
        room = parent.size() if parent is not None else None
        wide, high = now.px(WIDTH), now.px(HEIGHT)
        if room is not None and not room.isEmpty():
            wide, high = min(wide, room.width() - 40), min(high, room.height() - 40)
        self.resize(wide, high)
        self._show("")
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def lines(self) -> list[KeyLine]:
        """What is shown now, from top to bottom."""
        return [line for group in self._found(self.search.text()) for line in group.lines]

    def _found(self, wanted: str) -> list[KeyGroup]:
        wanted = wanted.strip()
        if not wanted:
            return self._groups
        fitting = (
            KeyGroup(group.title, tuple(line for line in group.lines if line.fits(wanted)), group.here)
            for group in self._groups
        )
        return [group for group in fitting if group.lines]

    def _show(self, wanted: str) -> None:
        now = look.current()
        groups = self._found(wanted)
        self.nothing.setVisible(not groups)
        body = QWidget()
        body.setProperty("box", "scroll")
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, now.px(8), 0)
        rows.setSpacing(now.px(8))
        for here in (True, False):
            part = [group for group in groups if group.here is here]
            if part:
                title = QLabel(_("Works here now") if here else _("Elsewhere in the program"))
                title.setProperty("ink", "heading")
                rows.addWidget(title)
                rows.addLayout(self._columns(part))
                rows.addSpacing(now.px(6))
        rows.addStretch()
        self.area.setWidget(body)

    def _columns(self, groups: list[KeyGroup]) -> QHBoxLayout:
        """Two columns of about the same height, one where letters are large."""
        now = look.current()
        count = 2 if self.width() >= now.px(700) else 1
        heights = [0] * count
        columns = [QVBoxLayout() for _number in range(count)]
        for group in groups:
            at = heights.index(min(heights))
            heights[at] += len(group.lines) + 2
            columns[at].addWidget(self._card(group))
        row = QHBoxLayout()
        row.setSpacing(now.px(10))
        for column in columns:
            column.setSpacing(now.px(10))
            column.addStretch()
            row.addLayout(column, 1)
        return row

    def _card(self, group: KeyGroup) -> QFrame:
        now = look.current()
        card = QFrame()
        card.setProperty("box", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(now.px(14), now.px(10), now.px(14), now.px(12))
        grid.setHorizontalSpacing(now.px(14))
        grid.setVerticalSpacing(now.px(5))
        title = QLabel(group.title)
        title.setProperty("ink", "strong")
        grid.addWidget(title, 0, 0, 1, 2)
        for number, line in enumerate(group.lines, start=1):
            key, words = QLabel(line.key), QLabel(line.words)
            key.setProperty("ink", "key")
            words.setWordWrap(True)
            grid.addWidget(key, number, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, number, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnMinimumWidth(0, now.px(120))
        grid.setColumnStretch(1, 1)
        return card

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and pages scroll the sheet while the keyboard stays in the search."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            bar = self.area.verticalScrollBar()
            steps = {
                Qt.Key.Key_Down: bar.singleStep() * 3,
                Qt.Key.Key_Up: -bar.singleStep() * 3,
                Qt.Key.Key_PageDown: bar.pageStep(),
                Qt.Key.Key_PageUp: -bar.pageStep(),
            }
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                bar.setValue(bar.value() + step)
                return True
        return super().eventFilter(watched, event)
