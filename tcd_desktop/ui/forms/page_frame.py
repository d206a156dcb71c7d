"""The frame of pages above a desk: back and title, what the page holds, the saving button below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.ui.look import icons, look


def back_button() -> QPushButton:
    """The way back, as it looks on every page above a desk."""
    back = QPushButton(_("Back  Esc"))
    back.setProperty("kind", "quiet")
    icons.dress(back, "arrow-left", "text", 18)
    return back


def page_head(title: QLabel, *beside: QWidget) -> tuple[QHBoxLayout, QPushButton]:
    """(a line with the way back, the title and what stands beside it, the way back)."""
    now = look.current()
    back = back_button()
    title.setProperty("ink", "title")
    title.setTextFormat(Qt.TextFormat.PlainText)
    head = QHBoxLayout()
    head.setContentsMargins(now.px(16), now.px(10), now.px(16), now.px(8))
    head.setSpacing(now.px(12))
    head.addWidget(back)
    head.addWidget(title)
    for widget in beside:
        head.addWidget(widget)
    head.addStretch()
    return head, back


def scrolled(inside: QWidget) -> QScrollArea:
    """What is higher than the window scrolls."""
    inside.setProperty("box", "scroll")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def page_foot(save: QPushButton, told: QLabel) -> QFrame:
    """A line at the foot: a few quiet words, and the primary act at the right."""
    now = look.current()
    save.setProperty("kind", "primary")
    icons.dress(save, "save", "on_accent", 18)
    told.setProperty("ink", "muted")
    told.setWordWrap(True)
    foot = QFrame()
    foot.setProperty("box", "foot")
    row = QHBoxLayout(foot)
    row.setContentsMargins(now.px(16), now.px(8), now.px(16), now.px(8))
    row.addWidget(told, 1)
    row.addWidget(save)
    return foot


def column(*widgets: QWidget) -> QVBoxLayout:
    """Cards from top to bottom."""
    lines = QVBoxLayout()
    lines.setSpacing(look.current().px(12))
    for widget in widgets:
        lines.addWidget(widget)
    lines.addStretch()
    return lines
