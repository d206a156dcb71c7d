"""Asks for the reason of an act on a number that was given twice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tcd_desktop.i18n import _, lazy
from tcd_desktop.services.recycle.recycle_desk import LONGEST_REASON, MIN_REASON
from tcd_desktop.ui.dialogs.ask_dialog import AskDialog
from tcd_desktop.ui.forms.field import LineField

REASONS = (
    lazy("The second PC worked with a copy of the first one's data"),
    lazy("Both papers went out with this number"),
)


class ReasonDialog(AskDialog):
    """`reasoned` tells the reason."""

    reasoned = Signal(str)

    def __init__(self, title: str, sentence: str, take: str, parent: QWidget) -> None:
        super().__init__(title, sentence, take, parent)
        self.reason = LineField(
            _("Reason"),
            required=True,
            max_length=LONGEST_REASON,
            hint=_("without the name of a denouncer"),
            suggestions=[str(one) for one in REASONS],
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
