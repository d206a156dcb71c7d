"""The calendar desk: the head's receptions, and the days on which the office does not work."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui import look
from tcd_desktop.ui.calendar.days_off_view import DaysOffView
from tcd_desktop.ui.calendar.sittings_view import SittingsView
from tcd_desktop.ui.choice_field import Segments
from tcd_desktop.ui.exchange.work_card import label
from tcd_desktop.ui.page import Page
from tcd_desktop.ui.runner import RunnerLike

SITTINGS, DAYS_OFF = range(2)


class CalendarPage(Page):
    """Two views of one year, Ctrl+1 and Ctrl+2. `activated` takes what `SittingsView.open` understands."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        this = office.today().year
        self._years = (this - 1, this, this + 1)
        self.sittings = SittingsView(office, runner, keeper)
        self.days_off = DaysOffView(office, runner, keeper)
        self._stack = QStackedWidget()
        for view in (self.sittings, self.days_off):
            self._stack.addWidget(view)
            view.pushRequest.connect(self.pushRequest)
            view.popRequest.connect(self.popRequest)
            view.goRequest.connect(self.goRequest)
            view.messageRequest.connect(self.messageRequest)
        self.views = Segments([_("Receptions of the head"), _("Days off")])
        self.views.set_index(SITTINGS)
        self.views.chosen.connect(self.show_view)
        self.years = Segments([str(year) for year in self._years])
        self.years.set_index(1)
        self.years.chosen.connect(self._show_year)
        for segments in (self.views, self.years):
            segments.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for view in (self.sittings, self.days_off):
            view.yearChanged.connect(self._year_changed)
        self._lay_out()
        for number, key in enumerate(("Ctrl+1", "Ctrl+2")):
            QShortcut(QKeySequence(key), self, partial(self.show_view, number))
            self.views.buttons[number].setToolTip(key)

    def _lay_out(self) -> None:
        now = look.current()
        head = QHBoxLayout()
        head.setContentsMargins(now.px(16), now.px(10), now.px(16), now.px(8))
        head.setSpacing(now.px(14))
        head.addWidget(label(self.title, "title", wrap=False))
        head.addWidget(self.views)
        head.addStretch()
        head.addWidget(self.years)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self._stack, 1)

    @property
    def title(self) -> str:
        """The heading."""
        return _("Calendar")

    @property
    def view(self) -> SittingsView | DaysOffView:
        """The view that is shown."""
        return self.sittings if self._stack.currentIndex() == SITTINGS else self.days_off

    def show_view(self, index: int) -> None:
        """Shows one of the two."""
        self.views.set_index(index)
        self._stack.setCurrentIndex(index)
        self.view.focus_list()

    def _show_year(self, index: int) -> None:
        for view in (self.sittings, self.days_off):
            view.show_year(self._years[index])

    def _year_changed(self, year: int) -> None:
        if year in self._years:
            self.years.set_index(self._years.index(year))
            self._show_year(self._years.index(year))

    # -- the window's questions ----------------------------------------------------------------------

    def activated(self, argument: Any = None) -> None:
        """The id of a sitting opens it; "plan" opens the generator."""
        if argument:
            self.show_view(SITTINGS)
            self.sittings.open(argument)
        else:
            self.focus_list()

    def store_changed(self, changes: Any) -> None:
        """Each view decides."""
        self.sittings.store_changed(changes)
        self.days_off.store_changed(changes)

    def focus_list(self) -> None:
        """The keyboard goes into the list that is shown."""
        self.view.focus_list()
