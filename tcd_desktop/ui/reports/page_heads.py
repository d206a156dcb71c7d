"""The head of a page about one report: back, title and its acts; with large letters or many acts, on a line below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.ui.filters.list_head import TWO_ROWS
from tcd_desktop.ui.forms.page_frame import page_head
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.flow import FlowLayout

BESIDE_TITLE = 5
"""More acts than these do not fit beside a title on a screen of 1366 points."""


def report_head(
    title: str, beside: Sequence[QWidget], acts: Sequence[QPushButton]
) -> tuple[QVBoxLayout, QLabel, QPushButton]:
    """(the head, its title, the way back)."""
    px = look.current().px
    heading = QLabel(title)
    first, back = page_head(heading, *beside)
    lines = QVBoxLayout()
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    lines.addLayout(first)
    if look.current().text_size <= TWO_ROWS and len(acts) <= BESIDE_TITLE:
        for button in acts:
            first.addWidget(button)
        return lines, heading, back
    below = QWidget()
    flow = FlowLayout(px(8), below)
    for button in acts:
        flow.addWidget(button)
    place = QVBoxLayout()
    place.setContentsMargins(px(16), 0, px(16), px(8))
    place.addWidget(below)
    lines.addLayout(place)
    return lines, heading, back


def act_button(page: QWidget, words: str, icon: str, key: str, act: Callable[[], object]) -> QPushButton:
    """A quiet act of a page; its key is told where the pointer rests and works everywhere on the page."""
    button = QPushButton(words)
    button.setToolTip(f"{words}  {key}".rstrip())
    icons.dress(button, icon, "text", 18)
    button.clicked.connect(lambda _checked=False: act())
    for pressed in {key, key.replace("Enter", "Return")} - {""}:
        shortcut = QShortcut(QKeySequence(pressed), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
    return button


def primary(button: QPushButton, icon: str, words: str, key: str) -> QPushButton:
    """The next act of the page: it stands out, and says its key."""
    button.setText(f"{words}  {key}")
    button.setProperty("kind", "primary")
    icons.dress(button, icon, "on_accent", 18)
    return button
