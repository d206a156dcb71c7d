"""A small dialog over a page: a heading, fields, an accepting button with its key, and Esc."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop import words
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind
from tcd_desktop.i18n import _
from tcd_desktop.services.receptions.reception_desk import MIN_REASON
from tcd_desktop.services.receptions.slip_desk import LONGEST_REASON
from tcd_desktop.ui.forms.form_fields import ChoiceField, DateField, Field, LineField, TextField
from tcd_desktop.ui.look import look


class AskDialog(QDialog):
    """Base of the small dialogs. It closes itself when `accept_values` says that all is well."""

    def __init__(self, title: str, sentence: str, take: str, parent: QWidget) -> None:
        super().__init__(parent)
        now = look.current()
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(now.px(480))
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(now.px(20), now.px(18), now.px(20), now.px(16))
        self.body.setSpacing(now.px(12))
        heading = QLabel(title)
        heading.setProperty("ink", "title")
        told = QLabel(sentence)
        told.setProperty("ink", "muted")
        told.setWordWrap(True)
        if not sentence:  # shown before it has a parent it would be a window for a moment
            told.hide()
        self.body.addWidget(heading)
        self.body.addWidget(told)
        self.take = QPushButton(f"{take}  Ctrl+Enter")
        self.take.setProperty("kind", "primary")
        self.take.setDefault(False)
        self.take.clicked.connect(self.accept_values)
        cancel = QPushButton(_("Cancel  Esc"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._row = QHBoxLayout()
        self._row.addStretch()
        self._row.addWidget(cancel)
        self._row.addWidget(self.take)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.accept_values)

    def show_fields(self, fields: Sequence[Field]) -> None:
        """The fields, and the buttons under them."""
        for field in fields:
            self.body.addWidget(field)
        self.body.addLayout(self._row)
        if fields:
            fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def accept_values(self) -> None:
        """Checks what was entered and closes. A dialog that asks nothing only closes."""
        self.accept()

    def setVisible(self, visible: bool) -> None:
        """As high as its words need at its width; Qt's own hint wraps them at another one."""
        lines = self.layout()
        if visible and not self.isVisible() and lines is not None:
            self.ensurePolished()
            wide = max(self.minimumWidth(), self.sizeHint().width())
            high = lines.totalHeightForWidth(wide) if lines.hasHeightForWidth() else self.sizeHint().height()
            self.resize(wide, high)
        super().setVisible(visible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a line goes on instead of closing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.take.hasFocus():
            self.focusNextChild()
            return
        super().keyPressEvent(event)


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


class RevealDialog(AskDialog):
    """Why a denouncer's identity is looked at; the reason goes into the journal (NĐ 154/2026 Điều 12(2))."""

    reasoned = Signal(str)

    def __init__(self, number: str, parent: QWidget) -> None:
        super().__init__(
            _("Look at the identity, visit {number}").format(number=number),
            _("The identity of a denouncer is secret. Your name, the time and the reason are kept."),
            _("Show the identity"),
            parent,
        )
        self.reason = TextField(_("Reason"), lines=2, required=True)
        self.show_fields((self.reason,))

    def accept_values(self) -> None:
        """Told when there is a reason."""
        reason = self.reason.value()
        if len(reason) < MIN_REASON:
            self.reason.set_problem(_("Write the reason, at least {n} letters.").format(n=MIN_REASON))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.reasoned.emit(reason)
        self.accept()


class SpoilDialog(AskDialog):
    """Why a print of the slip is worth nothing; its number stays taken and the reason is kept (bản in hỏng)."""

    reasoned = Signal(str)

    def __init__(self, number: str, parent: QWidget, *, secret: bool = False) -> None:
        super().__init__(
            _("Spoilt print of slip {number}").format(number=number),
            _("The number stays taken. The reason stands in the register and beside the missing numbers."),
            _("Enter as spoilt"),
            parent,
        )
        self.setMinimumWidth(look.current().px(560))
        self.reason = LineField(
            _("Reason"),
            required=True,
            max_length=LONGEST_REASON,
            hint=_("without the denouncer's name") if secret else "",
            suggestions=(_("Jammed in the printer"), _("A mistake in the text"), _("Soiled or torn")),
        )
        self.show_fields((self.reason,))

    def accept_values(self) -> None:
        """Told when there is a reason."""
        reason = self.reason.value()
        if len(reason) < MIN_REASON:
            self.reason.set_problem(_("Write the reason, at least {n} letters.").format(n=MIN_REASON))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.reasoned.emit(reason)
        self.accept()
