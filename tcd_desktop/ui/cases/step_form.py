"""What has to be told with a step of a case: a short form that asks only what this step needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.case_step_rules import LONGEST_EXTENSION, StepDraft
from tcd_desktop.domain.cases.procedure import Step
from tcd_desktop.domain.follow_up.follow_up_terms import SettlementResult
from tcd_desktop.domain.problems import Problem
from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.law import case_grounds
from tcd_desktop.ui.forms.choice_field import ChoiceField
from tcd_desktop.ui.forms.field import Field, LineField, TextField
from tcd_desktop.ui.forms.number_fields import DateField, IntField
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.window.actions import key_text
from tcd_desktop.words import label, problem_sentence
from tcd_desktop.words.steps import step_name

GROUNDS = {"file": "not_eligible", "refuse": "not_accepted", "suspend": "suspend", "end": "end"}
"""Step -> the list of grounds of the law (`law.case_grounds`) its reason is chosen from."""

RESULTS = {
    1: (SettlementResult.RIGHT, SettlementResult.PARTLY, SettlementResult.WRONG),
    2: (SettlementResult.UPHELD, SettlementResult.CHANGED),
}
"""What a decision or conclusion can be, in the first and the second instance."""

_BODIES: dict[str, LazyText] = {
    "guide": lazy("Guided to"),
    "forward": lazy("Forwarded to"),
    "return": lazy("Returned to"),
    "execute": lazy("Who carries it out"),
    "second_complaint": lazy("Who settles it the second time"),
    "sue": lazy("Court"),
}


class StepForm(QWidget):
    """`saveRequest(StepDraft)`, `cancelRequest()`. Enter goes on, Ctrl+Enter saves, Esc leaves it."""

    saveRequest = Signal(object)
    cancelRequest = Signal()

    def __init__(self, case: CaseFile, step: Step, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = step
        now = look.current()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(now.px(8))
        title = QLabel(step_name(step.act))
        title.setProperty("ink", "strong")
        lines.addWidget(title)
        law = QLabel(_("By {article}").format(article=step.article))
        law.setProperty("ink", "small")
        law.setWordWrap(True)
        law.setVisible(bool(step.article))
        lines.addWidget(law)
        self.fields = self._make(case, today)
        for field in self.fields.values():
            lines.addWidget(field)
        self.fields["on"].set_value(today())
        lines.addLayout(self._foot())
        for key, slot in (("Ctrl+Return", self.save), ("Ctrl+Enter", self.save), ("Esc", self.cancelRequest.emit)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.setFocusProxy(next(iter(self.fields.values())))

    def _make(self, case: CaseFile, today: Callable[[], date]) -> dict[str, Field]:
        needs = frozenset(self.step.needs)
        made: dict[str, Field] = {"on": DateField(_("Day"), today=today, past=True, required=True)}
        if "number" in needs or self.step.document:
            made["number"] = LineField(_("Number of the document"), max_length=80, required="number" in needs)
        if "date" in needs:
            made["dated"] = DateField(_("Date of the document"), today=today, past=True, required=True)
        if "body" in needs:
            words = _BODIES.get(self.step.act)
            made["body"] = LineField(str(words) if words else _("To whom, or who does it"), required=True)
        if "days" in needs:
            made["days"] = IntField(_("Days added"), least=1, most=LONGEST_EXTENSION, empty=0, required=True)
        if "part" in needs:
            made["part"] = TextField(_("What is withdrawn, and by whom"), lines=2, required=True)
        if "result" in needs:
            made["result"] = self._result(case)
        if "reason" in needs:
            made["reason"] = self._reason(case)
        if self.step.signed:
            made["signer"] = LineField(_("Signed by"))
        made["note"] = LineField(_("Note for the journal, if any"))
        return made

    def _result(self, case: CaseFile) -> Field:
        if self.step.act in ("decide", "conclude"):
            options = [(one.value, label(one)) for one in RESULTS[2 if case.instance > 1 else 1]]
            return ChoiceField(_("Result"), options, required=True)
        return TextField(_("What was answered"), lines=2, required=True)

    def _reason(self, case: CaseFile) -> Field:
        field = TextField(_("Reason"), lines=3, required=True)
        grounds = case_grounds(GROUNDS.get(self.step.act, ""), case.classification)
        if grounds:
            field.set_suggestions(())
            self.grounds = ChoiceField(_("Ground of the law"), [(one.text, one.text) for one in grounds], style="combo")
            self.grounds.setToolTip(grounds[0].article)
            self.grounds.changed.connect(field.set_value)
            field.layout().insertWidget(0, self.grounds)  # type: ignore[union-attr]
        return field

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.cancel = QPushButton(_("Not now"))
        self.cancel.setProperty("kind", "quiet")
        self.cancel.clicked.connect(self.cancelRequest)
        self.take = QPushButton("  ".join((_("Record the step"), key_text("form.print"))))
        self.take.setProperty("kind", "primary")
        icons.dress(self.take, "check", "on_accent", 16)
        self.take.clicked.connect(self.save)
        row.addStretch()
        row.addWidget(self.cancel)
        row.addWidget(self.take)
        return row

    def draft(self) -> StepDraft:
        """What was told; what the form does not ask has its default."""
        values: dict[str, Any] = {}
        for name, field in self.fields.items():
            value = field.value()
            if value is not None:
                values[name] = value
        return StepDraft(**values)

    def save(self) -> None:
        """Asks for the step to be taken; a date that is none stays marked."""
        broken = [field for field in self.fields.values() if field.own_problem()]
        if broken:
            broken[0].set_problem(broken[0].own_problem())
            broken[0].setFocus()
            return
        self.saveRequest.emit(self.draft())

    def show_problems(self, problems: Mapping[str, Problem]) -> None:
        """Puts each sentence under its field; the keyboard goes to the first."""
        first: Field | None = None
        for name, field in self.fields.items():
            found = problems.get(name)
            field.set_problem(problem_sentence(found) if found else "")
            first = first or (field if found else None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
