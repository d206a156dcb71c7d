"""The steps a case can take now, as buttons, with a note that goes into the journal."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.case_file import TRANSITIONS, CaseFile
from tcd_desktop.domain.terms import CaseState
from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.ui import icons, look

VERBS: dict[CaseState, LazyText] = {
    CaseState.RECEIVED: lazy("Receive"),
    CaseState.UNDER_REVIEW: lazy("Put under review"),
    CaseState.ACCEPTED: lazy("Accept for settlement"),
    CaseState.NOT_ACCEPTED: lazy("Do not accept"),
    CaseState.GUIDED: lazy("Give guidance"),
    CaseState.FORWARDED: lazy("Forward the petition"),
    CaseState.ANSWERED: lazy("Record the answer"),
    CaseState.CLOSED: lazy("Close the case"),
}
ICONS = {
    CaseState.UNDER_REVIEW: "search",
    CaseState.ACCEPTED: "clipboard-check",
    CaseState.NOT_ACCEPTED: "ban",
    CaseState.GUIDED: "message-square-text",
    CaseState.FORWARDED: "send",
    CaseState.ANSWERED: "circle-check",
    CaseState.CLOSED: "archive",
}


class Moves(QFrame):
    """`moveRequest(state, note)`. Only what the table of transitions allows is there to be pressed."""

    moveRequest = Signal(object, str)

    def __init__(self, case: CaseFile, *, across: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "card")
        self.buttons: dict[CaseState, QPushButton] = {}
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(12), now.px(10), now.px(12), now.px(12))
        lines.setSpacing(now.px(8))
        title = QLabel(_("Reopen the case") if case.state is CaseState.CLOSED else _("Next step"))
        title.setProperty("ink", "heading")
        lines.addWidget(title)
        self.note = QLineEdit()
        self.note.setMaxLength(500)
        self.note.setPlaceholderText(_("Note for the journal, if any"))
        self.note.setAccessibleName(_("Note for the journal"))
        lines.addWidget(self.note)
        grid = QGridLayout()
        grid.setSpacing(now.px(2 if across == 1 else 8))
        for place, state in enumerate(TRANSITIONS[case.state]):
            button = QPushButton(self._verb(case, state))
            button.setProperty("kind", "rail" if across == 1 else "step")
            icons.dress(button, ICONS.get(state, "arrow-right"), "text", 16)
            button.clicked.connect(partial(self._pressed, state))
            self.buttons[state] = button
            grid.addWidget(button, place // across, place % across)
        for column in range(across):
            grid.setColumnStretch(column, 1)
        lines.addLayout(grid)
        lines.setAlignment(Qt.AlignmentFlag.AlignTop)

    @staticmethod
    def _verb(case: CaseFile, state: CaseState) -> str:
        if case.state is CaseState.CLOSED:
            return _("Reopen for review")
        return str(VERBS[state])

    def _pressed(self, state: CaseState, _checked: bool = False) -> None:
        self.moveRequest.emit(state, self.note.text())
