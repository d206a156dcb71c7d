"""The values that stand side by side as cards, each with the one button that takes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.ui.lists.list_columns import Chip
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.look.flow import FlowLayout


class SideCard(QFrame):
    """What stands there, who wrote it, and its button; `act` is None when it cannot be taken here."""

    def __init__(
        self,
        text: str,
        source: str,
        *,
        chips: Sequence[Chip] = (),
        button: str = "",
        act: Callable[[], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "card")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(12), now.px(10), now.px(12), now.px(10))
        lines.setSpacing(now.px(6))
        lines.addWidget(_label(text, "strong"))
        lines.addWidget(_label(source, "small"))
        if chips:
            told = FlowLayout(now.px(6))
            for chip in chips:
                told.addWidget(ChipLabel(chip))
            lines.addLayout(told)
        row = QHBoxLayout()
        row.addStretch()
        self.button: QPushButton | None = None
        if act is not None:
            self.button = QPushButton(button)
            self.button.setAccessibleName(f"{button}: {text}, {source}")
            self.button.clicked.connect(lambda _checked=False: act())
            row.addWidget(self.button)
        lines.addLayout(row)


def _label(text: str, ink: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setProperty("ink", ink)
    return label
