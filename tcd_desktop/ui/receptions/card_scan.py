"""The box a citizen card is scanned or pasted into, by scanner, clipboard, picture file or camera.

A USB scanner is a keyboard: it types the text of the QR code and Enter, into whatever has the keyboard. So
the text is recognised wherever it is typed, not only in the box (`wedge.Wedge`).
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.window.actions import key_text

MOST = 2000


class ScanBox(QLineEdit):
    """Where a card is scanned or its text pasted; Enter reads it, Down shows the other ways."""

    scanned = Signal(str)
    pictured = Signal(object)
    """A QImage from the clipboard, or the Path of a picture that was dropped or pasted."""
    fileRequest = Signal()
    cameraRequest = Signal()
    portRequest = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("kind", "search")
        self.setMaxLength(MOST)
        self.setPlaceholderText(_("Scan the citizen card  {key}").format(key=key_text("form.card")))
        self.setToolTip(_("A scanner, a pasted text or picture, a picture file dropped here; Down shows more ways"))
        self.setAccessibleName(_("Text of the citizen card's QR code"))
        self.setAccessibleDescription(self.toolTip())
        self.setFixedWidth(now.px(260))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # the keys as they are, nothing composed
        self.setAcceptDrops(True)
        picture = QLabel(self)
        icons.dress(picture, "scan-qr-code", "muted", 18)
        picture.move(now.px(8), now.px(7))
        picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._more = QPushButton(self)
        self._more.setProperty("kind", "link")
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._more.setAccessibleName(_("Other ways to read a card"))
        self._more.setCursor(Qt.CursorShape.ArrowCursor)
        icons.dress(self._more, "chevron-down", "muted", 16)
        self._more.setFixedSize(now.px(24), now.px(24))
        self._more.move(now.px(260 - 28), now.px(4))
        self._more.clicked.connect(self.show_ways)
        self.setTextMargins(now.px(24), 0, now.px(24), 0)
        self.returnPressed.connect(self._read)

    def ways(self) -> QMenu:
        """The menu of the other ways."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, icon, signal in (
            (_("Picture file…"), "folder-open", self.fileRequest),
            (_("Camera…"), "scan-qr-code", self.cameraRequest),
            (_("Scanner on a serial port…"), "usb", self.portRequest),
        ):
            action = menu.addAction(icons.icon(icon), text)
            action.triggered.connect(signal)
        return menu

    def show_ways(self) -> None:
        """Opens the menu under the box."""
        menu = self.ways()
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down shows the other ways; a picture in the clipboard is read instead of pasted."""
        if event.key() == Qt.Key.Key_Down and not event.modifiers():
            self.show_ways()
            return
        if event.matches(QKeySequence.StandardKey.Paste) and self._take(QGuiApplication.clipboard().mimeData()):
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures and texts may be dropped."""
        if _picture_of(event.mimeData()) is not None:
            event.acceptProposedAction()
            return
        super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """A picture is read; a text goes into the box."""
        if self._take(event.mimeData()):
            event.acceptProposedAction()
            return
        super().dropEvent(event)

    def _take(self, data: QMimeData | None) -> bool:
        found = _picture_of(data)
        if found is not None:
            self.pictured.emit(found)
        return found is not None

    def _read(self) -> None:
        text = self.text().strip()
        self.clear()
        if text:
            self.scanned.emit(text)


def _picture_of(data: QMimeData | None) -> QImage | Path | None:
    """The picture in what was pasted or dropped, or the file that may be one; None for a text."""
    if data is None:
        return None
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return files[0]
    image = data.imageData() if data.hasImage() else None
    return image if isinstance(image, QImage) and not image.isNull() else None
