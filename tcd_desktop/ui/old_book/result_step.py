"""Step 4: what came of it, the undo of the whole, and the file of refused rows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.services.old_book.old_book_plan import Fate
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import EmptyState, State
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.old_book.book_work import Prepared
from tcd_desktop.ui.window.bars import MessageBar


class ResultStep(QWidget):
    """Buttons: the log, the file of refused rows, the next file, the undo of the whole import."""

    logRequest = Signal()
    refusedRequest = Signal()
    againRequest = Signal()
    takeBackRequest = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = look.current().px
        self.message = MessageBar()
        self.state = EmptyState(State("", ""))
        self.state.actionRequest.connect(self.logRequest)
        self.refused = QPushButton(_("Save the refused rows…"))
        icons.dress(self.refused, "table", "text", 18)
        self.refused.clicked.connect(self.refusedRequest)
        self.take_back = QPushButton(_("Take back the whole import"))
        icons.dress(self.take_back, "undo-2", "text", 18)
        self.take_back.clicked.connect(self.takeBackRequest)
        self.again = QPushButton(_("Another file…"))
        icons.dress(self.again, "folder-open", "text", 18)
        self.again.clicked.connect(self.againRequest)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, px(8), 0, 0)
        row.setSpacing(px(10))
        for button in (self.refused, self.take_back, self.again):
            row.addWidget(button)
        inside = self.state.layout()
        if isinstance(inside, QVBoxLayout):
            inside.insertWidget(inside.count() - 1, self._buttons, 0, Qt.AlignmentFlag.AlignHCenter)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(px(16), px(4), px(16), px(12))
        lines.addWidget(self.message)
        lines.addWidget(self.state, 1)
        self.setFocusProxy(self.state.button)

    def show_result(self, prepared: Prepared, taken: int) -> None:
        """What the import did."""
        plan = prepared.plan
        refused, known = plan.count(Fate.REFUSED), plan.count(Fate.KNOWN)
        said = [_("Each of them says in its note which row it came from.")]
        if known:
            said.append(
                ngettext("{n} was in the log already.", "{n} were in the log already.", known).format(n=grouped(known))
            )
        if refused:
            said.append(
                ngettext(
                    "{n} line was not taken: save it into a file, mend it there and import that file.",
                    "{n} lines were not taken: save them into a file, mend them there and import that file.",
                    refused,
                ).format(n=grouped(refused))
            )
        title = ngettext("{n} visit is in the log", "{n} visits are in the log", taken).format(n=grouped(taken))
        self.state.set_state(State(title, " ".join(said), _("Show the log"), "circle-check", "success"))
        self.message.clear()
        self.refused.setVisible(refused > 0)
        self.take_back.setVisible(True)

    def show_taken_back(self) -> None:
        """The import lies in the recycle bin."""
        self.state.set_state(
            State(
                _("The import was taken back"),
                _("Its visits lie in the recycle bin. You can put the whole import back from the list of imports."),
                _("Show the log"),
                "undo-2",
                "muted",
            )
        )
        self.take_back.setVisible(False)
        self.refused.setVisible(False)
