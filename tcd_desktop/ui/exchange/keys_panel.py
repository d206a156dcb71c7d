"""Khóa và máy: who holds which certificate, what ends soon, which PC has two histories, and the next step of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.sync.forks import Fork
from tcd_desktop.sync.key_facts import DeviceStanding
from tcd_desktop.sync.renewal import RENEWAL_SUFFIX
from tcd_desktop.ui.cases.case_words import short_office
from tcd_desktop.ui.dialogs.reason_dialog import ReasonDialog
from tcd_desktop.ui.exchange.key_dialogs import PasswordDialog, RevokeDialog
from tcd_desktop.ui.exchange.key_history import Decided, decisions, history_facts
from tcd_desktop.ui.exchange.key_words import reason_words, state_chip
from tcd_desktop.ui.exchange.known_offices import office_names
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.exchange.work_card import WorkCard, yielding
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Chip, Column, PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.receptions.printing import Printing, SystemPrinting, print_pdf
from tcd_desktop.ui.window.runner import RunnerLike

EMPTY = State(lazy("No PC is enrolled yet"), lazy("A ward's PC stands here once it has joined."), icon="badge-check")


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page shows, read away from the window."""

    devices: list[DeviceStanding]
    forks: list[Fork]
    decided: list[Decided]
    names: dict[str, str]
    standing: str


class KeysPanel(QWidget):
    """`changed` after an act: the ledger and the receipts may have news."""

    changed = Signal()

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self._names: dict[str, str] = {}
        self.forks: list[Fork] = []
        self.decided: list[Decided] = []
        self.printing: Printing = SystemPrinting()
        self.card = WorkCard(_("Keys and PCs"), "", _("Grant the requests"), "badge-check", runner)
        self.card.pressed.connect(self.renew)
        self.file_button = self._button(_("Read a request file…"), self._choose_request)
        self.office_button = self._button(_("New receiving keys…"), self._ask_office_keys)
        self.root_button = self._button(_("New root key…"), self._ask_root)
        self.print_button = self._button(_("Print the sealed paper…"), self._ask_print)
        self.rows = FixedRows()
        columns = (
            Column("office", lazy("Office"), 150, text=lambda one: self._name(one.device.unit), stretch=True),
            Column("series", lazy("Series"), 70, text=lambda one: one.device.series),
            Column("device", lazy("PC"), 112, text=lambda one: one.device.id[:8]),
            Column("state", lazy("Certificate"), 190, text=lambda one: "", chip=self._chip),
            Column("ends", lazy("Ends on"), 124, text=lambda one: f"{one.ends:%d/%m/%Y}"),
            Column("seq", lazy("Entries"), 80, text=lambda one: str(one.seq), align="right"),
        )
        model = PagedModel(self.rows, columns, runner=runner, row_id=lambda one: one.device.id, parent=self)
        self.pane = Inspector()
        self.pane.show_nothing(_("Choose a PC to see its certificate and what can be done."))
        self.view = ListView("keys", model, keeper, empty=EMPTY, inspector=self.pane)
        self.view.currentChanged.connect(self._show)
        now = look.current()
        top = QVBoxLayout()
        top.setContentsMargins(now.px(16), 0, now.px(16), now.px(8))
        top.addWidget(self.card)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addLayout(top)
        lines.addWidget(self.view, 1)
        yielding(self.view, 160)

    def _button(self, words: str, pressed: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("kind", "quiet")
        button.clicked.connect(pressed)
        self.card.add_button(button)
        return button

    # -- showing -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads who holds what."""
        office = self._office

        def read(_progress: Progress) -> _Read:
            keys = office.keys
            return _Read(keys.devices(), keys.forks(), decisions(office), office_names(office), _standing_words(office))

        self._runner.read(read, done=self._read)

    def _read(self, answer: _Read) -> None:
        found, words = answer.devices, answer.standing
        self.forks, self.decided, self._names = answer.forks, answer.decided, answer.names
        self.rows.rows = tuple(found)
        wanting = sum(one.wants for one in found)
        self.card.button.setEnabled(bool(wanting))
        asked = ngettext("{n} PC asks for its next certificate.", "{n} PCs ask for their next certificates.", wanting)
        parts = [asked.format(n=wanting)] if wanting else []
        parts += [
            _("A PC of {name} has two histories: choose it below.").format(name=self._name(fork.unit))
            for fork in self.forks
        ]
        self.card.sentence.setText(" ".join([*parts, words]))
        self.view.show_query(None, filtered=False)

    def _fork_of(self, device: str) -> Fork | None:
        return next((fork for fork in self.forks if fork.device == device), None)

    def _chip(self, one: DeviceStanding) -> Chip:
        """Two histories are more urgent than the end of a certificate."""
        if self._fork_of(one.device.id):
            return Chip(_("Two histories"), "danger", "triangle-alert")
        return state_chip(one)

    def _name(self, code: str) -> str:
        return short_office(self._names.get(code, code))

    def _show(self, device: str) -> None:
        one = next((one for one in self.rows.rows if one.device.id == device), None)
        if one is None:
            self.pane.show_nothing(_("Choose a PC to see its certificate and what can be done."))
            return
        fork = self._fork_of(device)
        told = _(
            "A bundle of this PC does not continue what is in the books: after entry {n} there are two histories, as "
            "after a restored copy or a copied disk. Both are kept, and until it is decided nothing new of this "
            "history is taken in; its bundles wait here."
        )
        way = _(
            "Ask the ward whether the PC was put back from a copy, or whether two PCs work with one disk. Write its "
            "books onto a stick; at the ward, Exchange leads through the rest. Put back: its next bundle ends the "
            "matter. Two PCs: once the copy has joined anew, let the first history go on."
        )
        parted = [(_("What was found"), told.format(n=fork.parted)), (_("Next step"), way)] if fork else []
        groups: list[tuple[Any, Any]] = [
            (_("Two histories"), parted),
            (
                _("Certificate"),
                [
                    (_("Ends on"), f"{one.ends:%d/%m/%Y}"),
                    (_("Series"), one.device.series),
                    (_("History"), str(one.epoch) if one.epoch else ""),
                    (_("Last entry"), str(one.seq) if one.seq else ""),
                    (_("Asks for"), _("new keys") if one.new_keys else _("renewal") if one.wants else ""),
                ],
            ),
            (
                _("Revoked"),
                [
                    (_("Why"), reason_words(one.reason)),
                    (_("Trusted up to entry"), str(one.trusted) if one.reason else ""),
                    (_("Kept aside"), self._kept_words(one)),
                ],
            ),
            (_("History"), history_facts(self.decided, device, self._office.today())),
        ]
        self.pane.show_record(
            self._name(one.device.unit), one.device.id, chips=[self._chip(one)], groups=groups, extra=self._acts(one)
        )

    @staticmethod
    def _kept_words(one: DeviceStanding) -> str:
        if not one.kept_aside:
            return ""
        many = one.kept_aside
        words = ngettext("{n} entry; decide about it under Kept aside", "{n} entries; decide under Kept aside", many)
        return words.format(n=many)

    def _acts(self, one: DeviceStanding) -> list[QWidget]:
        if one.device.unit == self._office.office.id or one.state == "revoked":
            return []
        give, revoke = QPushButton(_("Write its books onto a stick…")), QPushButton(_("Revoke…"))
        icons.dress(give, "usb", "text", 18)
        give.clicked.connect(partial(self._choose_folder, one.device.id))
        revoke.clicked.connect(partial(self._ask_revoke, one))
        if not self._fork_of(one.device.id):
            return [give, revoke]
        first = QPushButton(_("The first history goes on…"))
        first.clicked.connect(partial(self._ask_first, one))
        return [give, first, revoke]

    # -- acts ----------------------------------------------------------------------------------------------

    def renew(self) -> None:
        """Grants every request."""
        self._run(
            lambda _progress: self._office.keys.renew(),
            _("Granted. The new certificates travel in the next receipts."),
        )

    def give_back(self, device: str, folder: Path) -> None:
        """Writes a ward's books for one of its PCs."""
        self._run(
            lambda _progress: self._office.keys.write_history(device, folder),
            _("The books are on the stick, readable by that PC only. Take it to the ward and read it under Exchange."),
        )

    def read_request(self, file: Path) -> None:
        """Takes a ward's request for its next certificate from a stick."""
        self._run(
            lambda _progress: self._office.keys.read_renewal(file),
            _("The request is read. Look at the PC in the list, then grant the requests."),
        )

    def let_first_go_on(self, device: str, reason: str) -> None:
        """Decides about two histories; what waited for it is taken in at once."""
        office = self._office

        def work(progress: Progress) -> None:
            office.keys.let_first_go_on(device, reason=reason)
            office.inbox.try_again(progress)

        self._run(work, _("Decided. Bundles that waited for it are taken in; the decision is in the history."))

    def revoke(self, device: str, reason: Any, last: int, note: str = "") -> None:
        """Ends the trust in a PC."""
        self._run(
            lambda _progress: self._office.keys.revoke(device, reason=reason, last_trusted=last, note=note),
            _("Revoked. The list travels in the next receipts; enrol the ward's next PC as a new one."),
        )

    def rotate_office(self, password: str) -> None:
        """New receiving keys."""
        self._run(
            lambda _progress: self._office.keys.rotate_office_keys(password),
            _("The receiving keys are changed. Wards learn of them with their next receipts; old sticks still open."),
        )

    def rotate_root(self, password: str) -> None:
        """A new root key."""
        self._run(
            lambda _progress: self._office.keys.rotate_root(password),
            _("The root key is changed. Print a new sealed paper now; wards follow with their next receipts."),
        )

    def print_paper(self, password: str) -> None:
        """The sealed paper goes to a printer, never into a file."""
        if not self.printing.available():
            self.card.message.tell(_("This PC has no printer. The sealed paper is never saved as a file."), "warning")
            return
        printer = self.printing.ask(1, _("Sealed paper"), self)
        if printer is None:
            return
        office = self._office

        def work(progress: Progress) -> int:
            from tcd_desktop.documents.key_sheet import KeySheet, draw_key_sheet

            paper = office.keys.print_keys(password)
            sheet = KeySheet(
                office=paper.office,
                code=paper.code,
                version=paper.version,
                day=paper.day,
                check=paper.check,
                root=paper.root,
                recovery=paper.recovery,
            )
            return print_pdf(draw_key_sheet(sheet), printer, progress)

        self._run(work, _("Printed. Seal the paper in an envelope and lock it away; the digits are nowhere else."))

    def _run(self, work: Callable[[Progress], Any], said: str) -> None:
        def done(_answer: Any) -> None:
            self.card.message.tell(said, "success")
            self.refresh()
            self.changed.emit()

        self.card.run(work, done, doing=_("Working…"), failed=lambda _sentence: self.refresh())

    # -- asking --------------------------------------------------------------------------------------------

    def _choose_folder(self, device: str) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder on the stick"), str(Path.home()))
        if chosen:
            self.give_back(device, Path(chosen))

    def _choose_request(self) -> None:
        kinds = _("Requests for the next certificate ({pattern})").format(pattern=f"*{RENEWAL_SUFFIX}")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Request file"), str(Path.home()), kinds)
        if chosen:
            self.read_request(Path(chosen))

    def _ask_first(self, one: DeviceStanding) -> None:
        said = _(
            "The history in the books here goes on, and bundles that wait are taken in. Do this once the other PC has "
            "read its books and joined anew, or is out of use; its own entries come with its new identity."
        )
        dialog = ReasonDialog(_("Let the first history go on"), said, _("Decide"), self)
        dialog.reasoned.connect(lambda reason: self.let_first_go_on(one.device.id, reason))
        dialog.open()

    def _ask_revoke(self, one: DeviceStanding) -> None:
        dialog = RevokeDialog(one, self._name(one.device.unit), self)
        dialog.accepted.connect(
            lambda: self.revoke(one.device.id, dialog.reason.value(), dialog.last.value(), dialog.note.value() or "")
        )
        dialog.open()

    def _ask(self, title: str, sentence: str, take: str, act: Callable[[str], None]) -> None:
        dialog = PasswordDialog(title, sentence, take, self)
        dialog.accepted.connect(lambda: act(str(dialog.password.value())))
        dialog.open()

    def _ask_office_keys(self) -> None:
        said = _("Once a year, or when this PC may have been in strange hands. Old sticks can still be read.")
        self._ask(_("New receiving keys"), said, _("Change the keys"), self.rotate_office)

    def _ask_root(self) -> None:
        said = _("When the sealed envelope was opened or is missing. Wards follow with their next receipts.")
        self._ask(_("New root key"), said, _("Change the key"), self.rotate_root)

    def _ask_print(self) -> None:
        said = _("Stay at the printer. The paper brings the office back when this PC is lost; it is never saved.")
        self._ask(_("Print the sealed paper"), said, _("Print"), self.print_paper)


def _standing_words(office: OpenOffice) -> str:
    """The root and the paper in the safe in one sentence."""
    printed, version = office.keys.printed(), office.keys.root_version()
    if printed is None:
        return _("No sealed paper was printed yet: without it a lost PC of this office cannot be replaced.")
    if printed[0] < version:
        return _("The sealed paper is of an older root key: print a new one.")
    return _("The sealed paper of the root key was printed on {day}.").format(day=f"{printed[1]:%d/%m/%Y}")
