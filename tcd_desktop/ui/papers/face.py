"""What of the papers is seen: heading, tray of scans, messages, question, list, budget. The panel moves it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.forms.typing import Note
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.papers.adding import AddMenu
from tcd_desktop.ui.papers.asking import AskBar
from tcd_desktop.ui.papers.budget_bar import BudgetBar
from tcd_desktop.ui.papers.paper_list import ROW, PaperList
from tcd_desktop.ui.papers.pictures import SmallPictures
from tcd_desktop.ui.papers.place import Held
from tcd_desktop.ui.papers.scan_folder import ScanFolder
from tcd_desktop.ui.papers.scan_tray import ScanTray
from tcd_desktop.ui.window.actions import key_text
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.runner import RunnerLike

MOST_ROWS = 4
"""So many lines are shown before the list scrolls, where room is scarce."""
PASSING_MS = 6_000
"""A good word goes away by itself after so long; doubts and problems stay."""


class PanelFace(QFrame):
    """`wide`: the list takes the whole height."""

    def __init__(
        self, runner: RunnerLike, folder: ScanFolder, keeper: Keeper, *, wide: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keyboard: QWidget | None = None
        self.wide = wide
        pictures = SmallPictures(runner, self)
        now = look.current()
        self.setProperty("box", "card")
        self.title = QLabel()
        self.title.setProperty("ink", "heading" if self.wide else "label")
        self.fill = QPushButton()
        self.fill.setProperty("kind", "link")
        icons.dress(self.fill, "list", "accent", 16)
        told = _("Writes the names and pages of the scans into the list of documents of the slip")
        self.fill.setToolTip(f"{told}  {key_text('papers.fill')}")
        self.add_button = QPushButton(_("Add"))
        icons.dress(self.add_button, "plus", "text", 16)
        self.menu = AddMenu(folder, keeper, self.add_button)  # a menu that is our first child would break the Tab order
        self.add_button.setMenu(self.menu)
        self.add_button.setAccessibleName(_("Add scans, pictures, files"))
        head = QHBoxLayout()
        head.setSpacing(now.px(6))
        self.hint = Note()
        head.addWidget(self.title)
        head.addWidget(self.hint, 1)
        head.addWidget(self.fill)
        head.addWidget(self.add_button)
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(PASSING_MS)
        self.tray, self.message, self.ask = ScanTray(folder), MessageBar(), AskBar()
        self.list = PaperList(pictures)
        self.empty = QLabel()
        self.empty.setProperty("ink", "small")
        self.empty.setWordWrap(True)
        self.budget = BudgetBar()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(12), now.px(6), now.px(12), now.px(6))
        lines.setSpacing(now.px(5))
        lines.addLayout(head)
        for widget in (self.tray, self.message, self.ask):
            lines.addWidget(widget)
        lines.addWidget(self.list, 1 if self.wide else 0)
        lines.addWidget(self.empty)
        if self.wide:
            lines.addStretch(0)
        lines.addWidget(self.budget)
        self.setFocusProxy(self.list)
        self._passing.timeout.connect(self.message.clear)

    def setFocusProxy(self, widget: QWidget | None) -> None:
        """Who gets the keyboard when the panel does; Tab reaches everything else too (see `Page`)."""
        self._keyboard = widget

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Also before the window is shown: what is in it has the keyboard then."""
        if self._keyboard is not None:
            self._keyboard.setFocus(reason)
        else:
            super().setFocus(reason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hands the keyboard on."""
        super().focusInEvent(event)
        if self._keyboard is not None:
            self._keyboard.setFocus(event.reason())

    def show_count(self, papers: Sequence[Held], *, may_add: bool) -> None:
        """Heading, height and hints for so many papers."""
        now = look.current()
        count = len(papers)
        self.title.setText(_("Scans and pictures ({n})").format(n=count) if count else _("Scans and pictures"))
        self.list.setVisible(bool(papers))
        if not self.wide:
            self.list.setFixedHeight(now.px(ROW) * min(max(count, 1), MOST_ROWS) + 2)
        if may_add:
            words = _("Drop files here, paste them ({paste}) or add them ({add}).")
            self.empty.setText(words.format(paste=key_text("papers.paste"), add=key_text("papers.add")))
        else:
            self.empty.setText(_("No papers."))
        self.empty.setVisible(not papers and (self.wide or not may_add))
        short = not papers and not self.wide and may_add
        ways = (_("drop, paste ({paste}), scan").format(paste=key_text("papers.paste")), _("drop or paste"))
        self.hint.say(*(ways if short else ()))
        self.add_button.setToolTip(self.empty.text() if may_add else "")
        had_keyboard = self.add_button.hasFocus()
        self.setFocusProxy(self.list if papers else self.add_button)
        if papers and had_keyboard and self.wide:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, sentence: str, tone: str, action: str = "") -> None:
        """A sentence in the panel's own bar."""
        self.message.tell(sentence, tone, action=action)
        self._passing.start() if tone == "success" else self._passing.stop()
