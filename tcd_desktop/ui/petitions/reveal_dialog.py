"""Why it is looked at who wrote a denunciation; the reason goes into the journal."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tcd_desktop.i18n import _
from tcd_desktop.services.receptions.reception_desk import MIN_REASON
from tcd_desktop.ui.dialogs.ask_dialog import AskDialog
from tcd_desktop.ui.forms.field import TextField


class RevealPetitionDialog(AskDialog):
    """`reasoned` carries the reason (NĐ 154/2026 Điều 12(2))."""

    reasoned = Signal(str)

    def __init__(self, number: str, parent: QWidget) -> None:
        super().__init__(
            _("Look at the identity, petition {number}").format(number=number),
            _("The identity of a denouncer is secret. Your name, the time and the reason are kept."),
            _("Show the identity"),
            parent,
        )
        self.reason = TextField(_("Reason"), lines=2, required=True)
        self.show_fields((self.reason,))

    def accept_values(self) -> None:
        """Told when there is a reason."""
        if len(self.reason.value()) < MIN_REASON:
            self.reason.set_problem(_("Write the reason, at least {n} letters.").format(n=MIN_REASON))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.reasoned.emit(self.reason.value())
        self.accept()
