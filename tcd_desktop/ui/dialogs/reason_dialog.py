"""Asks for the reason of an act; the reason is kept in the journal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QWidget

from tcd_desktop.domain.reasons import LONGEST_REASON, MIN_REASON
from tcd_desktop.i18n import Text, _
from tcd_desktop.ui.dialogs.ask_dialog import AskDialog
from tcd_desktop.ui.forms.field import LineField, TextField

LONGEST_BLOCK = 500
"""Letters of a reason that is written out."""


class ReasonDialog(AskDialog):
    """`reasoned` tells the reason once there is one. With `suggestions` it is one line, else a block of two."""

    reasoned = Signal(str)

    def __init__(
        self,
        title: str,
        sentence: str,
        take: str,
        parent: QWidget,
        *,
        hint: Text = "",
        suggestions: Sequence[Text] = (),
        above: QLayout | None = None,
    ) -> None:
        """`above` stands between the sentence and the reason."""
        super().__init__(title, sentence, take, parent)
        if above is not None:
            self.body.addLayout(above)
        self.reason: LineField | TextField
        if suggestions:
            self.reason = LineField(
                _("Reason"), required=True, max_length=LONGEST_REASON, hint=hint, suggestions=suggestions
            )
        else:
            self.reason = TextField(_("Reason"), lines=2, required=True, hint=hint)
            self.reason.set_limit(LONGEST_BLOCK)
        self.show_fields((self.reason,))

    def accept_values(self) -> None:
        """Told when there is a reason."""
        if reason := given_reason(self.reason):
            self.reasoned.emit(reason)
            self.accept()


def given_reason(field: LineField | TextField) -> str:
    """The reason in a field; "" when it is too short, which the field then says with the keyboard in it."""
    reason: str = field.value()
    if len(reason) >= MIN_REASON:
        field.set_problem("")
        return reason
    field.set_problem(_("Write the reason, at least {n} letters.").format(n=MIN_REASON))
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    return ""
