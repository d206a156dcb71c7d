"""When the citizen must have an answer, or the notice of a written refusal: the date, and why this date."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tcd_desktop.domain.clocks.deadlines import Deadline
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.receptions.refusal_rules import grounds_day, needs_notice
from tcd_desktop.domain.terms import Direction
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.cases.clocks import ANSWER
from tcd_desktop.services.receptions.log_lines import REFUSAL
from tcd_desktop.ui.cases.case_words import full_day
from tcd_desktop.ui.cases.due_explanation import grouped_days, limit_words
from tcd_desktop.ui.forms.form_fields import Card
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.window.runner import Job, RunnerLike


class AnswerDueCard(Card):
    """The day by which the citizen is answered, computed away from the window."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        now = look.current()
        self._office, self._runner = office, runner
        self._asked: tuple[str, date] | None = None
        self._job: Job | None = None
        self.deadline: Deadline | None = None
        self.lines.setContentsMargins(now.px(14), now.px(8), now.px(14), now.px(8))
        self.lines.setSpacing(now.px(2))
        self.caption = QLabel()
        self.caption.setProperty("ink", "label")
        self.why = QPushButton(_("Why this day?"))
        self.why.setProperty("kind", "link")
        self.why.setCheckable(True)
        icons.dress(self.why, "circle-help", "accent", 16)
        self.why.toggled.connect(self._explain)
        self.due = QLabel()
        self.due.setProperty("ink", "heading")
        self.due.setWordWrap(True)
        self.lines.addWidget(self.caption)
        self.reasons = QLabel()
        self.reasons.setProperty("ink", "small")
        self.reasons.setTextFormat(Qt.TextFormat.PlainText)
        self.reasons.setWordWrap(True)
        self.reasons.hide()
        self.lines.addWidget(self.due)
        self.lines.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)
        self.lines.addWidget(self.reasons)

    def show_clock(self, draft: ReceptionDraft) -> None:
        """The clock that runs for this visit: the answer, or the refusal notice; a refusal by word owes neither."""
        refused, notice = draft.direction is Direction.REFUSE, needs_notice(draft)
        day = grounds_day(draft) if notice else None if refused else draft.date
        self.caption.setText(_("Refusal notice (01/TCD) due by") if notice else _("Answer the citizen by"))
        if day is None:
            self._asked = None
            self._show(None)
            text = _("No answer is due: the visit is refused.") if refused else _("The date is missing.")
            self.due.setText(text)
            return
        asked = (REFUSAL if notice else ANSWER, day)
        if asked == self._asked:
            return
        self._asked = asked
        if self._job is not None:
            self._job.forget()

        def work(_progress: Progress) -> Deadline:
            return self._office.clocks.due(*asked)

        self._job = self._runner.read(work, done=self._show, failed=self._failed)

    def stop(self) -> None:
        """The page goes away."""
        if self._job is not None:
            self._job.forget()

    def _show(self, deadline: Deadline | None) -> None:
        self.deadline = deadline
        self.why.setVisible(deadline is not None)
        self._explain(self.why.isChecked())
        if deadline is not None:
            self.due.setText(full_day(deadline.due))

    def _failed(self, error: Exception) -> None:
        self._show(None)
        if isinstance(error, Refused) and error.code == "no_rule_that_day":
            self.due.setText(_("No time limit was in force on that day."))
        else:
            self.due.setText(_("Cannot be computed: the holidays of that year are not known."))

    def _explain(self, shown: bool) -> None:
        self.reasons.setVisible(shown and self.deadline is not None)
        if self.deadline is not None:
            self.reasons.setText(reason_text(self.deadline))


def reason_text(deadline: Deadline) -> str:
    """The limit with its article, the first day, and the days that were not counted."""
    head = _("{limit} after {start}, {article}.").format(
        limit=limit_words(deadline), start=full_day(deadline.start), article=deadline.article
    )
    skipped = grouped_days(deadline)
    if not skipped:
        return head
    days = "; ".join(f"{span} ({reason})" for span, reason in skipped)
    return f"{head}\n" + _("Not counted: {days}.").format(days=days)
