"""Ways into the recycle bin: a button over a list, and the buttons that remove or restore a case."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from tcd_desktop.domain.terms import Classification
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.case_hands import CaseHands
from tcd_desktop.ui.cases.case_story import CaseStory
from tcd_desktop.ui.filters.list_head import tool_button
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.recycle.removing import Removing
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

REMOVE_KEY = "Ctrl+Del"


def bin_button(page: Page, office: OpenOffice, runner: RunnerLike, keeper: Keeper) -> QToolButton:
    """A small button for the head of a list: the bin opens above it."""

    def show() -> None:
        from tcd_desktop.ui.recycle.bin_page import RecyclePage

        page.pushRequest.emit(RecyclePage(office, runner, keeper))

    button = tool_button("trash-2", _("Recycle bin and missing numbers"))
    button.clicked.connect(lambda _checked=False: show())
    return button


class CaseBin(QWidget):
    """Follows the case that `hands` shows: remove it, or restore it when it lies in the bin.

    `by_key`: over a list, where the bin has a button of its own, removing has only its key.
    """

    def __init__(
        self, office: OpenOffice, runner: RunnerLike, hands: CaseHands, page: Page, *, by_key: bool = False
    ) -> None:
        super().__init__(page)
        self._story: CaseStory | None = None
        self.removing = Removing(office, runner, page)
        self.removing.told.connect(page.messageRequest)
        self.remove = QPushButton(_("Put into the recycle bin"))
        icons.dress(self.remove, "trash-2", "text", 18)
        self.remove.setAccessibleName(_("Put the case into the recycle bin"))
        self.remove.setToolTip(_("Put the case into the recycle bin") + f"  {REMOVE_KEY}")
        self.remove.clicked.connect(self.ask)
        self.restore = QPushButton(_("Restore from the recycle bin"))
        self.restore.setProperty("kind", "primary")
        icons.dress(self.restore, "undo-2", "on_accent", 18)
        self.restore.clicked.connect(self.bring_back)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.remove)
        row.addWidget(self.restore)
        shortcut = QShortcut(QKeySequence(REMOVE_KEY), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.ask)
        hands.read.connect(self.follow)
        self.follow(None)
        if by_key:
            self.hide()

    def follow(self, story: CaseStory | None) -> None:
        """Another case is shown."""
        self._story = story
        own = story is not None and story.own
        self.remove.setVisible(own and not (story and story.case.removed))
        self.restore.setVisible(own and bool(story and story.case.removed))

    def ask(self, _checked: bool = False) -> None:
        """Asks for the reason."""
        story = self._story
        if story is not None and story.own and not story.case.removed:
            secret = story.case.classification is Classification.DENUNCIATION
            self.removing.ask("case_file", story.case.id, story.case.book_number, secret=secret)

    def bring_back(self, _checked: bool = False) -> None:
        """Takes the case out of the bin."""
        if self._story is not None:
            self.removing.restore("case_file", self._story.case.id)
