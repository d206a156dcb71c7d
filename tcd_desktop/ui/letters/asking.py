"""Small dialogs over the pages of letters: a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tcd_desktop.i18n import _
from tcd_desktop.services.receptions.reception_desk import MIN_REASON
from tcd_desktop.ui.dialogs.ask_dialog import AskDialog
from tcd_desktop.ui.forms.form_fields import TextField


class ReasonDialog(AskDialog):
    """`reasoned` carries the reason, which is kept."""

    reasoned = Signal(str)

    def __init__(self, title: str, sentence: str, take: str, parent: QWidget) -> None:
        super().__init__(title, sentence, take, parent)
        self.reason = TextField(_("Reason"), lines=2, required=True)
        self.reason.set_limit(500)
        self.show_fields((self.reason,))

    def accept_values(self) -> None:
        """Told when there is a reason."""
        if len(self.reason.value()) < MIN_REASON:
            self.reason.set_problem(_("Write the reason, at least {n} letters.").format(n=MIN_REASON))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.reasoned.emit(self.reason.value())
        self.accept()


def identity_dialog(parent: QWidget) -> ReasonDialog:
    """Why a denouncer's identity is opened for a letter."""
    return ReasonDialog(
        _("A letter to who denounced"),
        _("The identity of a denouncer is secret. Your name, the time and the reason are kept."),
        _("Open the identity"),
        parent,
    )
