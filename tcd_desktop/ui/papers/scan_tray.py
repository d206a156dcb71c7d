"""The tray of new scans: how many wait, one key to add them, one to leave them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.papers.scan_folder import ScanFolder
from tcd_desktop.ui.window.actions import key_text

MOST_NAMES = 12


class ScanTray(QFrame):
    """Hidden while nothing waits. Shows what its `folder` says."""

    takeRequest = Signal()
    leaveRequest = Signal()

    def __init__(self, folder: ScanFolder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self._folder = folder
        self.setProperty("box", "bar")
        self.setProperty("tone", "accent")
        self._icon = QLabel()
        icons.dress(self._icon, "scan-line", "on_selection", 18)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.take = QPushButton()
        self.take.clicked.connect(self.takeRequest)
        self.leave = QToolButton()
        icons.dress(self.leave, "x", "on_selection", 16)
        self.leave.setToolTip(_("Leave these scans where they are"))
        self.leave.setAccessibleName(_("Leave these scans where they are"))
        self.leave.clicked.connect(self.leaveRequest)
        row = QHBoxLayout(self)
        row.setContentsMargins(now.px(10), now.px(4), now.px(4), now.px(4))
        row.setSpacing(now.px(8))
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        row.addWidget(self.take)
        row.addWidget(self.leave)
        folder.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Shows how many wait, or that the folder is not there."""
        waiting, missing = self._folder.waiting, self._folder.missing
        look.set_property(self, "tone", "warning" if missing else "accent")
        if missing:
            self.words.setText(_("The scanner's folder cannot be reached."))
            self.words.setToolTip(self._folder.folder)
        else:
            count = len(waiting)
            self.words.setText(ngettext("{n} new scan", "{n} new scans", count).format(n=count))
            self.words.setToolTip("\n".join(path.name for path in waiting[:MOST_NAMES]))
            key = key_text("papers.scans")
            self.take.setText(f"{_('Add')}  {key}" if look.current().text_size <= 125 else _("Add"))
            self.take.setToolTip(key)
        look.restyle(self.words)
        self.take.setVisible(not missing)
        self.leave.setVisible(not missing)
        self.setAccessibleName(self.words.text())
        self.setVisible(missing or bool(waiting))
