"""Where windows stand on the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def same_place(window: QWidget, other: QWidget) -> None:
    """Puts a window where the other one is, as large as it."""
    if other.isMaximized():
        window.setWindowState(other.windowState())
    else:
        window.setGeometry(other.geometry())
