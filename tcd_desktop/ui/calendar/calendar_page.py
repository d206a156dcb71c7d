"""The calendar desk: the head's receptions, and the days on which the office does not work."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.calendar.days_off_view import DaysOffView
from tcd_desktop.ui.calendar.sittings_view import SittingsView
from tcd_desktop.ui.exchange.work_card import label
from tcd_desktop.ui.forms.choice_field import Segments
from tcd_desktop.ui.look import look
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

SITTINGS, DAYS_OFF = range(2)
REST_MS = 400
"""So long after the desk was opened the view that lies behind is made: both at once would be felt as a jerk."""


class CalendarPage(Page):
    """Two views of one year, Ctrl+1 and Ctrl+2. `activated` takes what `SittingsView.open` understands."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        this = office.today().year
        self._years = (this - 1, this, this + 1)
        self._stack = QStackedWidget()
        self.sittings = SittingsView(office, runner, keeper)
        self._make_days_off = partial(DaysOffView, office, runner, keeper)
        self._days_off: DaysOffView | None = None
        self._take_in(self.sittings)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(lambda: self.days_off)
        self.views = Segments([_("Receptions of the head"), _("Days off")])
        self.views.set_index(SITTINGS)
        self.views.chosen.connect(self.show_view)
        self.years = Segments([str(year) for year in self._years])
        self.years.set_index(1)
        self.years.chosen.connect(self._show_year)
        for segments in (self.views, self.years):
            segments.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._lay_out()
        for number, key in enumerate(("Ctrl+1", "Ctrl+2")):
            QShortcut(QKeySequence(key), self, partial(self.show_view, number))
            self.views.buttons[number].setToolTip(key)

        self._rest.start()

    def _take_in(self, view: SittingsView | DaysOffView) -> None:
        self._stack.addWidget(view)
        view.pushRequest.connect(self.pushRequest)
        view.popRequest.connect(self.popRequest)
        view.goRequest.connect(self.goRequest)
        view.messageRequest.connect(self.messageRequest)
        view.yearChanged.connect(self._year_changed)

    @property
    def days_off(self) -> DaysOffView:
        """The days off of the year that is shown, made when they are first asked for or when there is time."""
        if self._days_off is None:
            self._rest.stop()
            self._days_off = self._make_days_off()
            self._take_in(self._days_off)
            self._days_off.show_year(self._years[self.years.index()])
        return self._days_off

    def _views(self) -> list[SittingsView | DaysOffView]:
        """Those that are made."""
        return [self.sittings] if self._days_off is None else [self.sittings, self._days_off]

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
        return self.days_off if self._stack.currentWidget() is self._days_off else self.sittings

    def show_view(self, index: int) -> None:
        """Shows one of the two."""
        self.views.set_index(index)
        self._stack.setCurrentWidget(self.sittings if index == SITTINGS else self.days_off)
        self.view.focus_list()

    def _show_year(self, index: int) -> None:
        for view in self._views():
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
        for view in self._views():
            view.store_changed(changes)

    def focus_list(self) -> None:
        """The keyboard goes into the list that is shown."""
        self.view.focus_list()
