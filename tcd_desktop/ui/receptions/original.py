"""The line of the book as it was first written (bản ghi ban đầu): it stays readable after every correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.receptions.reception import DRAFT_FIELDS, Reception
from tcd_desktop.i18n import _
from tcd_desktop.store.journal.journal import HistoryLine
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.receptions.facts import VisitView, groups


def original(visit: Reception, history: Sequence[HistoryLine]) -> Reception | None:
    """The visit as it was logged; None when nothing a person entered was changed since, or the journal has no start."""
    first = next((line for line in history if line.created), None)
    if first is None:
        return None
    given = {change.name: change.after for change in first.changes}
    values = {f.name: given.get(f.name, f.default) for f in fields(visit) if f.name in DRAFT_FIELDS}
    before = replace(visit, **values)
    return None if before == visit else before


class OriginalBlock(QWidget):
    """A button that unfolds the first version; hidden while it is the present one."""

    def __init__(self, view: VisitView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, now.px(4), 0, 0)
        lines.setSpacing(now.px(2))
        first = original(view.visit, view.history)
        if first is None:
            self.hide()
            return
        self.button = QPushButton(_("The line as it was first written"))
        self.button.setProperty("kind", "link")
        self.button.setCheckable(True)
        icons.dress(self.button, "history", "accent", 16)
        self.facts = QWidget()
        inside = QVBoxLayout(self.facts)
        inside.setContentsMargins(now.px(8), 0, 0, 0)
        inside.setSpacing(now.px(2))
        for heading, facts in groups(replace(view, visit=first)):
            told = [f"{name}: {value}" for name, value in facts if value]
            if told:
                inside.addWidget(_label(str(heading), "label"))
            for fact in told:
                inside.addWidget(_label(fact, "small"))
        lines.addWidget(self.button)
        lines.addWidget(self.facts)
        self.facts.hide()
        self.button.toggled.connect(self.facts.setVisible)


def _label(text: str, ink: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setWordWrap(True)
    label.setProperty("ink", ink)
    return label
