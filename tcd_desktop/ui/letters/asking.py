"""Small dialogs over the pages of letters: a reason."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tcd_desktop.i18n import _
from tcd_desktop.ui.dialogs.reason_dialog import ReasonDialog


def identity_dialog(parent: QWidget) -> ReasonDialog:
    """Why a denouncer's identity is opened for a letter."""
    return ReasonDialog(
        _("A letter to who denounced"),
        _("The identity of a denouncer is secret. Your name, the time and the reason are kept."),
        _("Open the identity"),
        parent,
    )
