"""What happened to a visit, from the journal, as lines under its facts."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.ui.look import look
from tcd_desktop.ui.receptions.facts import VisitView, history_items
from tcd_desktop.ui.receptions.original import OriginalBlock


class HistoryBlock(QWidget):
    """The acts, the newest first; an amendment shows each field before and after."""

    def __init__(self, view: VisitView, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, now.px(6), 0, 0)
        lines.setSpacing(now.px(2))
        rule = QFrame()
        rule.setProperty("box", "line")
        rule.setFixedHeight(1)
        lines.addWidget(rule)
        lines.addSpacing(now.px(4))
        lines.addWidget(_label(_("History"), "heading"))
        for item in history_items(view, today):
            lines.addSpacing(now.px(3))
            lines.addWidget(_label(item.title, "label"))
            lines.addWidget(_label(item.head, "small"))
            for change in item.changes:
                lines.addWidget(_label(change, "small"))
        lines.addWidget(OriginalBlock(view))


def _label(text: str, ink: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setWordWrap(True)
    label.setProperty("ink", ink)
    return label
