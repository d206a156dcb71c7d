"""The desk "Chỉ đạo": directives from above, and decisions and conclusions that have to be carried out."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.directives.desk_list import DeskList
from tcd_desktop.ui.directives.directive_task import FollowTask
from tcd_desktop.ui.directives.directives_view import DirectivesView
from tcd_desktop.ui.directives.obligations_view import ObligationsView
from tcd_desktop.ui.forms.choice_field import Segments
from tcd_desktop.ui.look import look
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

VIEWS = ("directives", "obligations")


class DirectivesPage(Page):
    """Two views, Ctrl+1 and Ctrl+2. `activated` takes a `FollowTask`, or the id of a directive."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.directives = DirectivesView(office, runner, keeper)
        self.obligations = ObligationsView(office, runner, keeper)
        self._stack = QStackedWidget()
        for view in (self.directives, self.obligations):
            self._stack.addWidget(view)
            view.pushRequest.connect(self.pushRequest)
            view.popRequest.connect(self.popRequest)
            view.goRequest.connect(self.goRequest)
            view.messageRequest.connect(self.messageRequest)
        self.views = Segments([_("Directives from above"), _("Execution")])
        self.views.set_index(0)
        self.views.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.views.chosen.connect(self.show_view)
        self._lay_out()
        for number, name in enumerate(VIEWS):
            entry = row(f"directive.{name}")
            QShortcut(QKeySequence(entry.shortcut), self, partial(self.show_view, number))
            self.views.buttons[number].setToolTip(key_text(entry.id))

    def _lay_out(self) -> None:
        now = look.current()
        heading = QLabel(self.title)
        heading.setProperty("ink", "title")
        head = QHBoxLayout()
        head.setContentsMargins(now.px(16), now.px(10), now.px(16), now.px(8))
        head.setSpacing(now.px(14))
        head.addWidget(heading)
        head.addWidget(self.views)
        head.addStretch()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self._stack, 1)

    @property
    def title(self) -> str:
        """The heading."""
        return _("Directives")

    @property
    def view(self) -> DeskList:
        """The view that is shown."""
        return self.directives if self._stack.currentIndex() == 0 else self.obligations

    def show_view(self, index: int) -> None:
        """Shows one of the two."""
        self.views.set_index(index)
        self._stack.setCurrentIndex(index)
        self.view.focus_list()

    # -- the window's questions -----------------------------------------------------------------------

    def activated(self, argument: Any = None) -> None:
        """A `FollowTask` opens its line, the id of a directive that one."""
        if isinstance(argument, str) and argument:
            argument = FollowTask("directives", argument)
        if isinstance(argument, FollowTask):
            self.show_view(VIEWS.index(argument.view))
            self.view.open(argument)
        else:
            self.focus_list()

    def store_changed(self, changes: Any) -> None:
        """Each view decides."""
        self.directives.store_changed(changes)
        self.obligations.store_changed(changes)

    def search(self, text: str) -> bool:
        """Narrows the list that is shown."""
        return self.view.search(text)

    def focus_list(self) -> None:
        """The keyboard goes into the list that is shown."""
        self.view.focus_list()
