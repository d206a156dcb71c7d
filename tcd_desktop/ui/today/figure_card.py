"""A figure that opens its list: a number, what it counts, a colour only where somebody must act."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.store.lists.pages import Count
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.look.look import ToneName


class FigureCard(QPushButton):
    """`alarm` is the colour when the number is not zero; at zero a figure is quiet."""

    def __init__(
        self, icon: str, caption: str, *, alarm: ToneName | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("kind", "choice")
        self.icon_name, self.caption, self._alarm = icon, caption, alarm
        self._icon, self._number, self._words = QLabel(), QLabel("–"), QLabel(caption)
        self._number.setProperty("ink", "hero")
        self._words.setProperty("ink", "muted")
        self._words.setWordWrap(True)
        icons.dress(self._icon, icon, "muted", 22)
        self._pill = QFrame()
        self._pill.setProperty("box", "bar")
        self._pill.setProperty("tone", "")
        self._edge = inside = QHBoxLayout(self._pill)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._number)
        top = QHBoxLayout()
        top.addWidget(self._pill)
        top.addStretch()
        top.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(14), now.px(10), now.px(14), now.px(10))
        lines.setSpacing(0)
        lines.addLayout(top)
        lines.addWidget(self._words)
        lines.addStretch()
        for label in (self._icon, self._pill, self._number, self._words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumHeight(now.px(92))
        self.setAccessibleName(caption)

    def show_count(self, count: Count) -> None:
        """Shows how many; "1.000+" beyond the cap."""
        text = grouped(count.value) + ("+" if count.capped else "")
        self._number.setText(text)
        loud = bool(count.value) and self._alarm is not None
        tone = self._alarm if loud and self._alarm else "muted"
        icons.dress(self._icon, self.icon_name, tone, 22)
        look.set_property(self._pill, "tone", tone if loud else "")
        edge = look.current().px(8) if loud else 0
        self._edge.setContentsMargins(edge, 0, edge, 0)
        look.restyle(self._number)
        self.setAccessibleName(f"{self.caption}: {text}")

    def number(self) -> str:
        """The number shown."""
        return self._number.text()
