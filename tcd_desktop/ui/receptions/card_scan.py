"""Reading a citizen card: the box a scanner types into, and the bar that shows what would be overwritten.

A USB scanner is a keyboard: it types the text of the QR code and Enter, into whatever has the keyboard. So
the text is recognised wherever it is typed, not only in the box (`wedge.Wedge`).
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QWidget,
)

from tcd_desktop.i18n import _
from tcd_desktop.ui import icons, look
from tcd_desktop.ui.actions import key_text

MOST = 2000


class ScanBox(QLineEdit):
    """Where a card is scanned or its text pasted; Enter reads it."""

    scanned = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("kind", "search")
        self.setMaxLength(MOST)
        self.setPlaceholderText(_("Scan the citizen card  {key}").format(key=key_text("form.card")))
        self.setAccessibleName(_("Text of the citizen card's QR code"))
        self.setFixedWidth(now.px(260))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # the keys as they are, nothing composed
        picture = QLabel(self)
        icons.dress(picture, "scan-qr-code", "muted", 18)
        picture.move(now.px(8), now.px(7))
        picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextMargins(now.px(24), 0, 0, 0)
        self.returnPressed.connect(self._read)

    def _read(self) -> None:
        text = self.text().strip()
        self.clear()
        if text:
            self.scanned.emit(text)
