"""A small dialog over a page: a heading, fields, an accepting button with its key, and Esc."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.ui.forms.form_fields import Field
from tcd_desktop.ui.look import look


class AskDialog(QDialog):
    """Base of the small dialogs. It closes itself when `accept_values` says that all is well."""

    def __init__(self, title: str, sentence: str, take: str, parent: QWidget) -> None:
        super().__init__(parent)
        now = look.current()
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(now.px(480))
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(now.px(20), now.px(18), now.px(20), now.px(16))
        self.body.setSpacing(now.px(12))
        heading = QLabel(title)
        heading.setProperty("ink", "title")
        told = QLabel(sentence)
        told.setProperty("ink", "muted")
        told.setWordWrap(True)
        if not sentence:  # shown before it has a parent it would be a window for a moment
            told.hide()
        self.body.addWidget(heading)
        self.body.addWidget(told)
        self.take = QPushButton(f"{take}  Ctrl+Enter")
        self.take.setProperty("kind", "primary")
        self.take.setDefault(False)
        self.take.clicked.connect(self.accept_values)
        self._cancel = QPushButton(_("Cancel  Esc"))
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self._row = QHBoxLayout()
        self._row.addStretch()
        self._row.addWidget(self._cancel)
        self._row.addWidget(self.take)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.accept_values)

    def show_fields(self, fields: Sequence[Field]) -> None:
        """The fields, and the buttons under them."""
        for field in fields:
            self.body.addWidget(field)
        self.body.addLayout(self._row)
        if fields:
            fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def accept_values(self) -> None:
        """Checks what was entered and closes. A dialog that asks nothing only closes."""
        self.accept()

    def setVisible(self, visible: bool) -> None:
        """As high as its words need at its width; Qt's own hint wraps them at another one."""
        lines = self.layout()
        if visible and not self.isVisible() and lines is not None:
            self.ensurePolished()
            wide = max(self.minimumWidth(), self.sizeHint().width())
            high = lines.totalHeightForWidth(wide) if lines.hasHeightForWidth() else self.sizeHint().height()
            self.resize(wide, high)
        super().setVisible(visible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a line goes on instead of closing, past "cancel" to what the dialog is for; on a button it
        presses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            here = self.focusWidget()
            if isinstance(here, QPushButton):
                here.click()
                return
            self.focusNextChild()
            if self._cancel.hasFocus():
                self.take.setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)
