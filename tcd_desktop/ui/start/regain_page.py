"""Khôi phục khóa: an office without its key file is put together again with the sealed paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.ui.forms.form import Card
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.start.office_form_page import centre
from tcd_desktop.ui.start.paper_key_edit import PaperKeyEdit
from tcd_desktop.ui.start.sign_in_page import PasswordField
from tcd_desktop.ui.window.bars import MessageBar

WIDTH = 980


class RegainPage(QWidget):
    """Both keys of the paper and the password of an officer. Nothing typed is lost by a refusal."""

    regainRequest = Signal(object, object, str)
    """(rows of the root key, rows of the recovery key, password)"""
    backRequest = Signal()

    def __init__(self, office: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "page")
        px = look.current().px
        title = QLabel(_("Bring the office back with the sealed paper"))
        title.setProperty("ink", "title")
        title.setWordWrap(True)
        about = QLabel(
            _(
                "The data of {office} are here, its keys are not. Type both keys from the paper; each row is checked "
                "as you type. A scanner reads the square code beside a key: put the cursor into row A of that key "
                "first. Afterwards write the receipts for all wards and print a new paper."
            ).format(office=office)
        )
        about.setWordWrap(True)
        about.setProperty("ink", "muted")
        self.message = MessageBar()
        self.root = PaperKeyEdit(_("Root key"))
        self.recovery = PaperKeyEdit(_("Recovery key"))
        self.password = PasswordField(_("Password of an officer of this office"), required=True)
        self.password.editor.returnPressed.connect(self._ask)
        keys = QHBoxLayout()
        keys.setSpacing(px(12))
        for heading, edit in ((_("Root key"), self.root), (_("Recovery key"), self.recovery)):
            card = Card(heading)
            card.lines.addWidget(edit)
            card.lines.addStretch()
            keys.addWidget(card, 1)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.hide()
        column = QVBoxLayout()
        column.setSpacing(px(8))
        for widget in (title, about, self.message):
            column.addWidget(widget)
        column.addLayout(keys)
        column.addWidget(self.password)
        column.addWidget(self.busy)
        column.addLayout(self._buttons())
        centre(self, column, px(WIDTH))
        self.setFocusProxy(self.root)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.back = QPushButton(_("Back"))
        icons.dress(self.back, "arrow-left", "text", 18)
        self.back.clicked.connect(self.backRequest)
        self.button = QPushButton(_("Bring the office back") + "  Ctrl+Enter")
        self.button.setProperty("kind", "primary")
        self.button.setShortcut("Ctrl+Return")
        self.button.clicked.connect(self._ask)
        row.addWidget(self.back)
        row.addStretch()
        row.addWidget(self.button)
        return row

    def _ask(self) -> None:
        self.message.clear()
        self.password.set_problem("" if self.password.value() else _("Type your password."))
        recovery, root = self.recovery.show_problems(), self.root.show_problems()  # the keyboard goes to the first
        if not (root and recovery):
            self.message.tell(_("Some rows are not right yet; they are marked."), "warning")
        elif not self.password.value():
            self.password.setFocus()
        elif self.button.isEnabled():
            self.regainRequest.emit(self.root.rows(), self.recovery.rows(), self.password.value())

    def set_busy(self, busy: bool) -> None:
        """While the office is being put together."""
        self.busy.setVisible(busy)
        for widget in (self.root, self.recovery, self.password, self.button, self.back):
            widget.setEnabled(not busy)

    def refused(self, sentence: str) -> None:
        """Tells why not; what was typed stays."""
        self.set_busy(False)
        self.message.tell(sentence, "danger")
        self.password.setFocus()

    def forget(self) -> None:
        """The digits leave the window once they have served."""
        self.root.forget()
        self.recovery.forget()
