"""Nhận gói của phường: choose or drop, look before importing, import, and the balance sheet that adds up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.sync.bundle_writer import SUFFIX
from tcd_desktop.ui.exchange.arrivals import (
    TOUCHED,
    Arriving,
    chosen_bundles,
    rehearse,
    take,
)
from tcd_desktop.ui.exchange.arrivals_list import ArrivalsList
from tcd_desktop.ui.exchange.balance_sheet import BalanceSheet
from tcd_desktop.ui.exchange.known_offices import office_names
from tcd_desktop.ui.exchange.outcomes import added_up
from tcd_desktop.ui.exchange.records_list import RecordsList
from tcd_desktop.ui.exchange.work_card import WorkCard, yielding
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import EmptyState, State
from tcd_desktop.ui.window.runner import RunnerLike

DROP = State(
    lazy("Import the bundles of the wards"),
    lazy(
        "Put in the stick and choose its folder, or drop the files here. You see what would change before "
        "anything is kept."
    ),
    lazy("Choose the stick's folder…"),
    icon="package-open",
)


class ReceivePanel(QWidget):
    """`imported` carries what may have changed; `answerRequest` is the wish to write the receipts now."""

    imported = Signal(object)
    answerRequest = Signal()

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.shown: list[Arriving] = []
        self.setAcceptDrops(True)
        self.drop = EmptyState(DROP)
        self.drop.actionRequest.connect(self._choose_folder)
        self.files_button = QPushButton(_("Choose files…"))
        self.files_button.setProperty("kind", "quiet")
        self.files_button.clicked.connect(self._choose_files)
        self.card = WorkCard(_("Preview"), "", _("Import"), "package-check", runner)
        self.card.pressed.connect(self.take_shown)
        self.again = QPushButton(_("Other files…"))
        icons.dress(self.again, "folder-open", "text", 16)
        self.again.clicked.connect(self.begin)
        self.card.add_button(self.again)
        self.answer = QPushButton(_("Write the receipts onto the stick…"))
        self.answer.setProperty("kind", "primary")
        icons.dress(self.answer, "stamp", "on_accent", 18)
        self.answer.clicked.connect(self.answerRequest)
        self.card.add_button(self.answer)
        self.balance = BalanceSheet()
        self.list = ArrivalsList(office.today, runner, keeper)
        self.records = RecordsList(office.today, runner, keeper)
        self.records.back.connect(self._to_bundles)
        self.list.listed.connect(self._show_records)
        self._lay_out()
        self.begin()

    def _lay_out(self) -> None:
        now = look.current()
        start = QWidget()
        lines = QVBoxLayout(start)
        lines.setContentsMargins(0, 0, 0, now.px(30))
        lines.addWidget(self.drop, 1)
        inside = self.drop.layout()
        if isinstance(inside, QVBoxLayout):  # under the button, above the space at the foot
            inside.insertWidget(inside.count() - 1, self.files_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._looked = QWidget()
        looked = QVBoxLayout(self._looked)
        looked.setContentsMargins(0, 0, 0, 0)
        looked.setSpacing(now.px(10))
        top = QHBoxLayout()
        top.setContentsMargins(now.px(16), 0, now.px(16), 0)
        top.addWidget(self.card)
        looked.addLayout(top)
        sheet = QHBoxLayout()
        sheet.setContentsMargins(now.px(16), 0, now.px(16), 0)
        sheet.addWidget(self.balance)
        looked.addLayout(sheet)
        looked.addWidget(self.list, 1)
        yielding(self.list, 120)
        self.stack = QStackedWidget()
        self.stack.addWidget(start)
        self.stack.addWidget(self._looked)
        self.stack.addWidget(self.records)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    # -- choosing -----------------------------------------------------------------------------------

    def begin(self) -> None:
        """Waits for files."""
        self.shown = []
        self.stack.setCurrentIndex(0)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder on the stick"), str(Path.home()))
        if chosen:
            self.look_into([Path(chosen)])

    def _choose_files(self) -> None:
        kinds = _("Bundles ({pattern})").format(pattern=f"*{SUFFIX}")
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Bundles of wards"), str(Path.home()), kinds)
        if chosen:
            self.look_into([Path(name) for name in chosen])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()) and not self.card.busy():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Looks into what was dropped."""
        event.acceptProposedAction()
        self.look_into([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    # -- looking, taking ----------------------------------------------------------------------------

    def focus_list(self) -> None:
        """The keyboard goes where bundles are chosen from, or into their list."""
        if self.stack.currentIndex() != 0 or not self.drop.take_keyboard():
            self.list.view.focus_list()

    def look_into(self, paths: Iterable[Path]) -> None:
        """Rehearses the import of files and folders and shows what it would do."""
        files, office = chosen_bundles(paths), self._office
        self.stack.setCurrentIndex(1)
        self._offer(previewing=True, ready=0)
        self.balance.hide()
        self.list.show_files([])
        self.card.sentence.setText("")

        def work(progress: Progress) -> list[Arriving]:
            return rehearse(office, files, office_names(office), progress)

        doing = ngettext("Looking into {n} file…", "Looking into {n} files…", len(files))
        self.card.run(work, self._looked_into, doing=doing.format(n=len(files)), failed=self._stopped)

    def _show_records(self, one: Arriving) -> None:
        self.stack.setCurrentWidget(self.records)
        self.records.show_records(one.name or one.file.name, one.result.records)

    def _to_bundles(self) -> None:
        self.stack.setCurrentWidget(self._looked)
        self.list.view.focus_list()

    def _stopped(self, _sentence: str) -> None:
        if not self.shown:
            self._offer(previewing=True, ready=0)

    def _looked_into(self, found: list[Arriving]) -> None:
        self.shown = found
        ready = sum(one.result.outcome == "applied" for one in found)
        parked = sum(one.result.outcome == "parked" for one in found)
        self._show(found)
        self.card.set_title(_("Preview"))
        self.card.sentence.setText(_preview_sentence(found, ready, parked))
        self._offer(previewing=True, ready=ready + parked)
        self._keyboard_to(self.card.button)

    def take_shown(self) -> None:
        """Imports what was previewed."""
        office, arriving = self._office, self.shown
        self.card.run(partial(take, office, arriving), self._taken, doing=_("Importing…"))

    def _taken(self, taken: list[Arriving]) -> None:
        self.shown = taken
        self._office.refresh()
        self._show(taken)
        self.card.set_title(_("Import done"))
        self.card.sentence.setText(_done_sentence(taken))
        self._offer(previewing=False, ready=0)
        self._keyboard_to(self.answer)
        self.imported.emit(TOUCHED)

    def _keyboard_to(self, likely: QPushButton) -> None:
        """The likely next act has the keyboard, else the list."""
        ready = likely.isEnabled() and not likely.isHidden()
        (likely if ready else self.list.view.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: list[Arriving]) -> None:
        self.list.show_files(found)
        self.balance.show_balance(added_up([one.result.balance for one in found]))
        self.balance.setVisible(any(one.result.balance.received for one in found))

    def _offer(self, *, previewing: bool, ready: int) -> None:
        self.card.button.setVisible(previewing)
        self.card.button.setEnabled(ready > 0)
        words = ngettext("Import {n} bundle", "Import {n} bundles", ready).format(n=ready)
        self.card.button.setText(words if ready else _("Import"))
        imported = any(one.result.outcome == "applied" for one in self.shown)
        self.answer.setVisible(not previewing and imported)


def _preview_sentence(found: list[Arriving], ready: int, parked: int) -> str:
    if not found:
        return _("There is no bundle of a ward in that folder.")
    parts = [_("Nothing has been changed yet.")]
    parts.append(ngettext("{n} bundle can be imported.", "{n} bundles can be imported.", ready).format(n=ready))
    if parked:
        parts.append(
            ngettext(
                "{n} continues one that has not come; it is kept and imported when that one arrives.",
                "{n} continue others that have not come; they are kept and imported when those arrive.",
                parked,
            ).format(n=parked)
        )
    refused = sum(one.result.outcome == "refused" for one in found)
    if refused:
        parts.append(ngettext("{n} is refused.", "{n} are refused.", refused).format(n=refused))
    return " ".join(parts)


def _done_sentence(taken: list[Arriving]) -> str:
    applied = sum(one.result.outcome == "applied" for one in taken)
    parts = [ngettext("{n} bundle was imported.", "{n} bundles were imported.", applied).format(n=applied)]
    refused = sum(one.result.outcome == "refused" for one in taken)
    if refused:
        parts.append(
            ngettext("{n} was refused and changed nothing.", "{n} were refused and changed nothing.", refused).format(
                n=refused
            )
        )
    if applied:
        parts.append(_("The wards see green when they have read your receipts."))
    return " ".join(parts)
