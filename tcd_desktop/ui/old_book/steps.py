"""The line over the wizard that says where one is: 1 File, 2 Columns, 3 Preview, 4 Result."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.ui.look import icons, look


class Steps(QWidget):
    """The steps with the present one in bold and those behind it ticked."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = look.current().px
        self._names = list(names)
        self._marks: list[QLabel] = []
        self._words: list[QLabel] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        for number, name in enumerate(names):
            if number:
                arrow = QLabel()
                icons.dress(arrow, "chevron-right", "muted", 14)
                row.addWidget(arrow)
            mark, words = QLabel(), QLabel(f"{number + 1}. {name}")
            bold = QFontMetricsF(look.font(strong=True)).horizontalAdvance(words.text())
            words.setMinimumWidth(round(bold) + px(4))  # the present step is bold, and nothing moves when it changes
            self._marks.append(mark)
            self._words.append(words)
            row.addWidget(mark)
            row.addWidget(words)
        self.show_step(0)

    def show_step(self, present: int) -> None:
        """The step one is at."""
        for number, (mark, words) in enumerate(zip(self._marks, self._words, strict=True)):
            done = number < present
            mark.setVisible(done)
            if done:
                icons.dress(mark, "check", "success", 14)
            look.set_property(words, "ink", "strong" if number == present else "muted")
        told = _("Step {number} of {all}: {name}")
        self.setAccessibleName(
            told.format(number=present + 1, all=len(self._names), name=self._names[min(present, len(self._names) - 1)])
        )
