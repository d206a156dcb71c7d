"""What a key would type on an American keyboard, whatever layout and typing tool are switched on.

Barcode scanners send the key strokes of an American keyboard. The number of a key is the same under every layout, so
figures and bars that a Vietnamese, French or German layout turned into other signs can be read from it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

_ROWS: Final = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
)
_PLAIN: Final = {first + n: letter for first, plain, _shifted in _ROWS for n, letter in enumerate(plain)}
_SHIFTED: Final = {first + n: letter for first, _plain, shifted in _ROWS for n, letter in enumerate(shifted)}
_KEYPAD: Final = dict(zip((71, 72, 73, 75, 76, 77, 79, 80, 81, 82), "7894561230", strict=True))
_OFFSETS: Final = {"windows": 0, "xcb": 8, "wayland": 8}
"""How many the platform adds to the number of a key (X11 keeps the first eight for itself)."""

COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def stroke(event: QKeyEvent, platform: str = "") -> str:
    """The letter of the key on an American keyboard; "" where the platform does not tell, or for another key."""
    offset = _OFFSETS.get(platform or QGuiApplication.platformName())
    if offset is None or event.modifiers() & COMMANDS:
        return ""
    number = (event.nativeScanCode() & 0xFF) - offset
    if event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
        return _KEYPAD.get(number, "")
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return (_SHIFTED if shifted else _PLAIN).get(number, "")


def typed(event: QKeyEvent) -> str:
    """The letters a key typed, "" for commands and keys that type nothing."""
    text = event.text()
    return text if text and not event.modifiers() & COMMANDS and (text.isprintable() or text == "\x1d") else ""
