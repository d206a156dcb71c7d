"""What is done with one citizen, for the pane beside the list and for the page of one citizen alike."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.services.people.citizens import CitizenView
from tcd_desktop.ui.citizens.citizen_dialogs import AmendCitizenDialog, SplitDialog
from tcd_desktop.ui.citizens.citizen_pane import CitizenPane, Surroundings
from tcd_desktop.ui.citizens.merge_dialog import MergeDialog
from tcd_desktop.ui.receptions.source import ListChoice, OfficeNames
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import Job, RunnerLike

TABLES = frozenset({"citizen", "reception", "link"})


class CitizenHands(QObject):
    """Reads citizens into a pane and does what its buttons and keys ask for."""

    told = Signal(str, str)
    """A sentence for the bar, and its tone."""
    citizenRequest = Signal(str)
    """This citizen should be shown."""
    goRequest = Signal(str, object)
    """The desk to go to, and what it is given."""

    def __init__(self, pane: CitizenPane, office: OpenOffice, runner: RunnerLike, page: QWidget) -> None:
        super().__init__(page)
        self.pane, self._office, self._runner, self._page = pane, office, runner, page
        self.names = OfficeNames(office)
        self._job: Job | None = None
        pane.visitRequest.connect(partial(self.goRequest.emit, "receptions"))
        pane.citizenRequest.connect(self.citizenRequest)
        pane.amendRequest.connect(self.amend)
        pane.mergeRequest.connect(self.merge)
        pane.splitRequest.connect(self.split)
        pane.apartRequest.connect(self._apart)
        pane.logRequest.connect(self._go_to_log)
        for key, act in (("Ctrl+E", self.amend), ("Ctrl+G", self.merge), ("Ctrl+T", self.split)):
            shortcut = QShortcut(QKeySequence(key), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def refresh(self) -> None:
        """Reads the shown citizen again."""
        self.names.forget()
        if self.pane.view is not None:
            self.show(self.pane.view.citizen.id)

    def show(self, citizen: str) -> None:
        """Reads a citizen into the pane."""
        if self._job is not None:
            self._job.forget()
        desk, names, office = self._office.citizens, self.names, self._office

        def work(_progress: Progress) -> tuple[CitizenView, Surroundings] | None:
            view = desk.view(citizen)
            if view is None:
                return None
            officers = {one.id: one.name for one in office.store.all(Officer)}
            names.name("")  # read here, not on the window's thread
            return view, Surroundings(office.today(), names.name, officers)

        self._job = self._runner.read(work, done=self._arrived, failed=self._failed)

    def _arrived(self, found: tuple[CitizenView, Surroundings] | None) -> None:
        self._job = None
        if found is None:
            self.pane.show_nobody()
        else:
            self.pane.show_citizen(*found)

    # -- acts ---------------------------------------------------------------------------------------

    def _own(self) -> CitizenView | None:
        view = self.pane.view
        return view if view is not None and view.own else None

    def amend(self) -> None:
        """Corrects the chosen citizen."""
        view = self._own()
        if view is not None:
            dialog = AmendCitizenDialog(view.citizen, self._office.today, self._page)
            dialog.amended.connect(partial(self._amend, view.citizen.id))
            dialog.open()

    def _amend(self, citizen: str, values: dict[str, Any]) -> None:
        desk = self._office.citizens

        def work(_progress: Progress) -> Done[Citizen]:
            return desk.amend(citizen, **values)

        self._runner.write(work, failed=self._failed)

    def merge(self, other: str = "") -> None:
        """Merges the chosen citizen with another one."""
        view = self._own()
        if view is None or view.citizen.merged_into:
            return
        dialog = MergeDialog(self._office.citizens, self._runner, view.citizen, other, self._page)
        dialog.mergeRequest.connect(self._merge)
        dialog.open()

    def _merge(self, keeper: str, other: str, take: tuple[str, ...], reason: str) -> None:
        desk = self._office.citizens

        def work(_progress: Progress) -> Done[Citizen]:
            return desk.merge(keeper, other, take=take, reason=reason)

        self._runner.write(work, done=self._merged, failed=self._failed)

    def _merged(self, done: Done[Citizen]) -> None:
        self.citizenRequest.emit(done.value.id)

    def split(self, citizen: str = "") -> None:
        """Parts a merged citizen from the one kept; "" = the chosen one."""
        view = self._own()
        if view is None:
            return
        merged = {one.id: one for one in (view.citizen, *view.merged) if one.merged_into}
        wanted = merged.get(citizen or view.citizen.id)
        if wanted is not None:
            dialog = SplitDialog(wanted.name, self._page)
            dialog.reasoned.connect(partial(self._split, wanted.id))
            dialog.open()

    def _split(self, citizen: str, reason: str) -> None:
        desk = self._office.citizens

        def work(_progress: Progress) -> Done[Citizen]:
            return desk.split(citizen, reason=reason)

        self._runner.write(work, failed=self._failed)

    def _apart(self, other: str) -> None:
        view, desk = self._own(), self._office.citizens
        if view is None:
            return
        one = view.citizen.id

        def work(_progress: Progress) -> Done[Any]:
            return desk.not_the_same(one, other)

        self._runner.write(work, failed=self._failed)

    def _go_to_log(self, citizen: str) -> None:
        self.goRequest.emit("receptions", ListChoice(citizen=citizen))

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.told.emit(sentence, tone)
