"""Why it is looked at who wrote a denunciation; the reason goes into the journal."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tcd_desktop.i18n import _
from tcd_desktop.ui.dialogs.reason_dialog import ReasonDialog


class RevealPetitionDialog(ReasonDialog):
    """`reasoned` carries the reason (NĐ 154/2026 Điều 12(2))."""

    def __init__(self, number: str, parent: QWidget) -> None:
        super().__init__(
            _("Look at the identity, petition {number}").format(number=number),
            _("The identity of a denouncer is secret. Your name, the time and the reason are kept."),
            _("Show the identity"),
            parent,
        )
