"""What can be done next with a case: the steps its procedure allows, each with its short form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.procedure import Step
from tcd_desktop.domain.problems import Problem
from tcd_desktop.i18n import _
from tcd_desktop.ui.cases.step_form import StepForm
from tcd_desktop.ui.look import icons, look
from tcd_desktop.words.steps import step_name

ICONS = {
    "examine": "search",
    "ask_papers": "files",
    "file": "archive",
    "guide": "message-square-text",
    "forward": "send",
    "return": "rotate-ccw",
    "refuse": "ban",
    "accept": "clipboard-check",
    "notify": "megaphone",
    "verify": "search",
    "dialogue": "handshake",
    "extend": "hourglass",
    "decide": "stamp",
    "conclude": "stamp",
    "send": "send",
    "publish": "megaphone",
    "handle": "clipboard-pen",
    "suspend": "clock",
    "resume": "rotate-cw",
    "withdraw_part": "minus",
    "end": "circle-x",
    "second_complaint": "arrow-right",
    "sue": "scale",
    "take_effect": "badge-check",
    "execute": "user-check",
    "executed": "check-check",
    "answer": "circle-check",
    "close": "archive",
    "reopen": "folder-open",
}


class StepPanel(QFrame):
    """`takeRequest(act, StepDraft)`. Only what the table of the procedure and the officer's right allow is there."""

    takeRequest = Signal(str, object)

    def __init__(
        self,
        case: CaseFile,
        choices: Sequence[Step],
        today: Callable[[], date],
        *,
        across: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._case, self._today = case, today
        self.setProperty("box", "card")
        now = look.current()
        self.form: StepForm | None = None
        self.buttons: dict[str, QPushButton] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(now.px(12), now.px(10), now.px(12), now.px(12))
        self._lines.setSpacing(now.px(8))
        title = QLabel(_("Next step"))
        title.setProperty("ink", "heading")
        self._lines.addWidget(title)
        nothing = QLabel(_("Nothing is left to do in this state."))
        nothing.setProperty("ink", "muted")
        nothing.setWordWrap(True)
        nothing.setVisible(not choices)
        self._lines.addWidget(nothing)
        self._choices = QWidget()
        grid = QGridLayout(self._choices)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(now.px(2 if across == 1 else 8))
        for place, step in enumerate(choices):
            grid.addWidget(self._button(step, across), place // across, place % across)
        for column in range(across):
            grid.setColumnStretch(column, 1)
        self._lines.addWidget(self._choices)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _button(self, step: Step, across: int) -> QPushButton:
        button = QPushButton(step_name(step.act))
        button.setProperty("kind", "rail" if across == 1 else "step")
        button.setToolTip(step.article)
        icons.dress(button, ICONS.get(step.act, "arrow-right"), "text", 16)
        if across == 1:  # beside the list its words may need the room of its own edges
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(partial(self.open, step))
        self.buttons[step.act] = button
        return button

    def open(self, step: Step, _checked: bool = False) -> None:
        """Shows the form of a step in the place of the choices."""
        self.form = StepForm(self._case, step, self._today)
        self.form.saveRequest.connect(partial(self.takeRequest.emit, step.act))
        self.form.cancelRequest.connect(self.close_form)
        self._choices.hide()
        self._lines.addWidget(self.form)
        self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Back to the choices; nothing was done."""
        if self.form is None:
            return
        act, form, self.form = self.form.step.act, self.form, None
        self._lines.removeWidget(form)
        form.hide()
        form.deleteLater()
        self._choices.show()
        self.buttons[act].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problems(self, problems: Mapping[str, Problem]) -> None:
        """What is missing in the open form."""
        if self.form is not None:
            self.form.show_problems(problems)
