"""The head of a list: what it is at the left, how to narrow it at the right; with large letters below each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QToolButton, QWidget

from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.flow import FlowLayout

TWO_ROWS = 115
"""Text sizes above this put heading and controls on lines of their own."""


def list_head(telling: Sequence[QWidget], controls: Sequence[QWidget]) -> QBoxLayout:
    """One line, or as many as the controls need."""
    now = look.current()
    first = QHBoxLayout()
    first.setSpacing(now.px(10))
    for widget in telling:
        first.addWidget(widget)
    first.addStretch()
    head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    head.setContentsMargins(now.px(16), now.px(10), now.px(16), now.px(8))
    head.setSpacing(now.px(10))
    if now.text_size > TWO_ROWS:
        head.setDirection(QBoxLayout.Direction.TopToBottom)
        below = QWidget()
        flow = FlowLayout(now.px(8), below)
        for widget in controls:
            if widget.property("kind") == "primary":
                first.addWidget(widget)  # the next act stays beside the heading
            else:
                flow.addWidget(widget)
        head.addLayout(first)
        head.addWidget(below)
        return head
    second = QHBoxLayout()
    second.setSpacing(now.px(10))
    for widget in controls:
        second.addWidget(widget)
    head.addLayout(first, 1)
    head.addLayout(second)
    return head


def tool_button(icon: str, words: str, key: str = "") -> QToolButton:
    """A small button of a list's head: a picture, its words as tooltip and for screen readers."""
    button = QToolButton()
    icons.dress(button, icon, "muted", 18)
    button.setToolTip(f"{words}  {key}".rstrip())
    button.setAccessibleName(words)
    return button
