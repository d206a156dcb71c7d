"""The chosen visit of the list, at its right: read anew for every row, an opened identity closed when it is left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.receptions.columns import short_date, shown_name
from tcd_desktop.ui.receptions.facts import VisitView, groups, read_view
from tcd_desktop.ui.receptions.history import HistoryBlock
from tcd_desktop.ui.receptions.links_block import LinksBlock
from tcd_desktop.ui.receptions.visit_acts import WORDS, VisitActs
from tcd_desktop.ui.receptions.visit_page import chips_of, replace_visit
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import Job, RunnerLike


class ChosenVisit(Inspector):
    """`view` is the visit that is shown, None while there is none. `acts` does what its buttons and keys say.

    `chosen` tells the id of the list's row, which may be another one while this is being read.
    """

    told = Signal(str, str)
    """A sentence and its tone."""
    closed = Signal()
    """The opened identity is closed again: nothing is to be said of it any more."""
    openRequest = Signal(str)
    """Another visit that belongs to this one."""

    def __init__(
        self, office: OpenOffice, runner: RunnerLike, office_name: Callable[[str], str], page: QWidget
    ) -> None:
        super().__init__()
        self._office, self._runner, self._office_name = office, runner, office_name
        self._job: Job | None = None
        self.chosen: Callable[[], str] = str
        self._opened: Reception | None = None
        self.view: VisitView | None = None
        self.acts = VisitActs(office, runner, page)
        self.acts.told.connect(self.told)
        self.acts.openRequest.connect(self.openRequest)
        self.acts.revealed.connect(self._revealed)
        for act, (_text, key, _icon) in WORDS.items():
            if key and act != "go_case":
                shortcut = QShortcut(QKeySequence(key), page)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(partial(self._key, act))
        self.show_none()

    def choose(self, record_id: str) -> None:
        """Another row of the list; "" = none."""
        self._opened = None
        if record_id:
            self.read(record_id)
        else:
            self.show_none()

    def read(self, record_id: str) -> None:
        """Reads a visit and shows it."""
        if self._job is not None:
            self._job.forget()

        def work(_progress: Progress) -> VisitView | None:
            return read_view(self._office, record_id, self._office_name)

        self._job = self._runner.read(work, done=self._arrived, failed=self._failed)

    def close_identity(self) -> None:
        """Whoever goes to another page has looked."""
        if self._opened is not None:
            self._opened = None
            self.closed.emit()
            self._arrived(self.view)

    def show_none(self) -> None:
        """No row is chosen."""
        self.view = self.acts.view = None
        self.set_actions([])
        self.show_nothing(_("Choose a visit to see it here."))

    def open_menu(self, at: QPoint) -> None:
        """The acts of the visit as a menu, at a place of the screen."""
        if self.view is not None:
            self.acts.menu(with_open=True).popup(at)

    def _arrived(self, view: VisitView | None) -> None:
        self._job = None
        self.view = self.acts.view = view
        if view is None:
            self.show_none()
            return
        today, visit = self._office.today(), view.visit
        opened = self._opened if self._opened is not None and self._opened.id == visit.id else None
        title = opened.name if opened else shown_name(visit.name, visit.classification)
        subtitle = f"{visit.book_number} · {short_date(visit.date, today)}"
        self.set_actions(self.acts.buttons(view, with_open=True))
        self.show_record(
            title,
            subtitle if view.own else f"{subtitle} · {view.office_name}",
            chips=chips_of(view, today),
            groups=groups(view if opened is None else replace_visit(view, opened)),
            first=[LinksBlock(self._office, self._runner, visit, self.openRequest.emit, self.told.emit)],
            extra=[HistoryBlock(view, today)],
        )

    def _key(self, act: str) -> None:
        if act == "case" and self.view is not None and self.view.visit.case:
            act = "go_case"
        self.acts.do(act)

    def _revealed(self, visit: Reception) -> None:
        if visit.id == self.chosen():
            self._opened = visit
            self.told.emit(_("The identity is shown until you choose another visit."), "secret")
            self.read(visit.id)

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.told.emit(sentence, tone)
