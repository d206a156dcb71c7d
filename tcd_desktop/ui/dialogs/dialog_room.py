"""Room for what is told in a small dialog that stands open."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


def make_room(dialog: QDialog) -> None:
    """Grows the dialog when a sentence under a field needs two lines; Qt counts wrapped words as one."""
    lines = dialog.layout()
    if lines is None or not dialog.isVisible():
        return
    lines.activate()
    needed = lines.totalHeightForWidth(dialog.width())
    if needed > dialog.height():
        dialog.resize(dialog.width(), needed)
