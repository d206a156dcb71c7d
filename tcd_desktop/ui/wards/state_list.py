"""A ward's cases by state, beside the board: each line opens the cases it counts."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from tcd_desktop.domain.terms import CaseState
from tcd_desktop.i18n import _
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.words import word


class StateList(QWidget):
    """`stateRequest(CaseState)` when a line is chosen; states without cases are left out."""

    stateRequest = Signal(object)

    def __init__(self, cases: Mapping[CaseState, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, now.px(6), 0, 0)
        grid.setVerticalSpacing(now.px(1))
        grid.setColumnStretch(0, 1)
        heading = QLabel(_("Cases by state"))
        heading.setProperty("ink", "heading")
        grid.addWidget(heading, 0, 0, 1, 2)
        self.lines: dict[CaseState, QPushButton] = {}
        for row, state in enumerate((one for one in CaseState if cases.get(one)), start=1):
            count = grouped(cases[state])
            line = QPushButton(word(state))
            line.setProperty("kind", "link")
            line.setAccessibleName(_("{state}: {n}. Open the list.").format(state=word(state), n=count))
            line.clicked.connect(lambda _checked=False, state=state: self.stateRequest.emit(state))
            figure = QLabel(count)
            figure.setProperty("ink", "label")
            grid.addWidget(line, row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(figure, row, 1, Qt.AlignmentFlag.AlignRight)
            self.lines[state] = line
