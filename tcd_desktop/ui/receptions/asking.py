"""What is asked over a visit: its answer, its notice, why an identity is opened, why a slip is spoilt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tcd_desktop import words
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind
from tcd_desktop.i18n import _
from tcd_desktop.ui.dialogs.ask_dialog import AskDialog
from tcd_desktop.ui.dialogs.reason_dialog import ReasonDialog
from tcd_desktop.ui.forms.form_fields import ChoiceField, DateField, LineField
from tcd_desktop.ui.look import look


class AnswerDialog(AskDialog):
    """What the citizen was told, how and when (Luật Tiếp công dân Điều 28(1): exactly one of four)."""

    answered = Signal(object, object, object)
    """AnswerKind, AnswerChannel, date."""

    def __init__(self, number: str, visit_day: date | None, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(
            _("Record the answer, visit {number}").format(number=number),
            _("What the citizen was told about the matter."),
            _("Record the answer"),
            parent,
        )
        self._visit_day, self._today = visit_day, today
        self.kind = ChoiceField(_("Result told"), list(words.options(AnswerKind)), style="combo", required=True)
        self.channel = ChoiceField(_("Way of answering"), list(words.options(AnswerChannel)), required=True)
        self.day = DateField(_("Date of the answer"), today=today, required=True)
        self.day.set_value(today())
        self.show_fields((self.kind, self.channel, self.day))

    def accept_values(self) -> None:
        """Told when all three are there and the day is possible."""
        kind, channel, day = self.kind.value(), self.channel.value(), self.day.value()
        self.kind.set_problem("" if kind else _("Choose what the citizen was told."))
        self.channel.set_problem("" if channel else _("Choose how the citizen was told."))
        self.day.set_problem(day_problem(day, self._today(), self._visit_day))
        for field in (self.kind, self.channel, self.day):
            if field.problem():
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.answered.emit(kind, channel, day)
        self.accept()


class NoticeDialog(AskDialog):
    """Number and day of the written refusal (Mẫu số 01/TCD), signed by the head (NĐ 154/2026 Điều 4(3))."""

    issued = Signal(str, object)
    """The number, the date."""

    def __init__(self, number: str, visit_day: date | None, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(
            _("Record the refusal notice, visit {number}").format(number=number),
            _("The notice of form 01/TCD bears the signature of the head."),
            _("Record the notice"),
            parent,
        )
        self._visit_day, self._today = visit_day, today
        self.number = LineField(_("Number of the refusal notice"), max_length=80, required=True)
        self.day = DateField(_("Date of the refusal notice"), today=today, required=True)
        self.day.set_value(today())
        self.show_fields((self.number, self.day))

    def accept_values(self) -> None:
        """Told when both are there and the day is possible."""
        number, day = self.number.value(), self.day.value()
        self.number.set_problem("" if number else _("Type the number of the notice."))
        self.day.set_problem(day_problem(day, self._today(), self._visit_day))
        for field in (self.number, self.day):
            if field.problem():
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.issued.emit(number, day)
        self.accept()


def day_problem(day: date | None, today: date, visit_day: date | None) -> str:
    """A sentence when an act of that day cannot be: missing, in the future, before the visit."""
    if day is None:
        return _("The date is missing.")
    if day > today:
        return _("This day is in the future.")
    if visit_day and day < visit_day:
        return _("This is before the visit.")
    return ""


class RevealDialog(ReasonDialog):
    """Why a denouncer's identity is looked at; the reason goes into the journal (NĐ 154/2026 Điều 12(2))."""

    def __init__(self, number: str, parent: QWidget) -> None:
        super().__init__(
            _("Look at the identity, visit {number}").format(number=number),
            _("The identity of a denouncer is secret. Your name, the time and the reason are kept."),
            _("Show the identity"),
            parent,
        )


class SpoilDialog(ReasonDialog):
    """Why a print of the slip is worth nothing; its number stays taken and the reason is kept (bản in hỏng)."""

    def __init__(self, number: str, parent: QWidget, *, secret: bool = False) -> None:
        super().__init__(
            _("Spoilt print of slip {number}").format(number=number),
            _("The number stays taken. The reason stands in the register and beside the missing numbers."),
            _("Enter as spoilt"),
            parent,
            hint=_("without the denouncer's name") if secret else "",
            suggestions=(_("Jammed in the printer"), _("A mistake in the text"), _("Soiled or torn")),
        )
        self.setMinimumWidth(look.current().px(560))
