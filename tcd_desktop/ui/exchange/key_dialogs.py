"""What acts with keys ask: the password, why a PC is revoked and up to which entry it is believed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tcd_desktop.i18n import _
from tcd_desktop.sync.key_facts import DeviceStanding
from tcd_desktop.ui.dialogs.ask_dialog import AskDialog
from tcd_desktop.ui.exchange.key_words import REASONS
from tcd_desktop.ui.forms.choice_field import ChoiceField
from tcd_desktop.ui.forms.field import LineField
from tcd_desktop.ui.forms.number_fields import IntField


class PasswordDialog(AskDialog):
    """Asks for the officer's own password again."""

    def __init__(self, title: str, sentence: str, take: str, parent: QWidget) -> None:
        super().__init__(title, sentence, take, parent)
        self.password = LineField(_("Your password"), password=True, required=True)
        self.show_fields([self.password])

    def accept_values(self) -> None:
        """Something was typed; whether it is right, the desk says."""
        if self.password.value():
            self.accept()
        else:
            self.password.set_problem(_("Type your password."))


class RevokeDialog(AskDialog):
    """Why, and the last entry that is trusted (what is in the books, unless another is typed)."""

    def __init__(self, one: DeviceStanding, name: str, parent: QWidget) -> None:
        sentence = _(
            "What the PC wrote up to this entry stays in the books; later entries are kept aside and shown here. "
            "It gets no more receipts. The ward's next PC is enrolled as a new one."
        )
        super().__init__(_("Revoke a PC of {name}").format(name=name), sentence, _("Revoke"), parent)
        self.reason = ChoiceField(_("Why"), REASONS, required=True)
        self.last = IntField(_("Last trusted entry"))
        self.last.set_value(one.seq)
        self.note = LineField(_("What happened"), hint=_("stands in the history"), max_length=500)
        self.show_fields([self.reason, self.last, self.note])

    def accept_values(self) -> None:
        """A reason must be given."""
        if self.reason.value() is None:
            self.reason.set_problem(_("Choose why."))
        elif self.last.value() is None:
            self.last.set_problem(_("Type a number."))
        else:
            self.accept()
