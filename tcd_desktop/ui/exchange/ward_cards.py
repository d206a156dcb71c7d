"""Nhận phản hồi: what a joined ward does with the stick that came back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sync.bundle_writer import SUFFIX
from tcd_desktop.sync.inbox import ImportResult
from tcd_desktop.ui.exchange.outcomes import result_sentence
from tcd_desktop.ui.exchange.work_card import WorkCard
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.window.runner import RunnerLike

RETURN_NAME = re.compile(r"TCD_[A-Z0-9-]+_R\d+_([A-Z0-9-]+)\.tcdb", re.IGNORECASE)


def returns_for(folder: Path, office: str) -> list[Path]:
    """The files in a folder whose names say that they are answers to this office, oldest first.

    Names are hints: what a file is, its signature says when it is read.
    """
    named = [(RETURN_NAME.fullmatch(file.name), file) for file in sorted(folder.glob(f"*{SUFFIX}"))]
    return [file for match, file in named if match and match[1].upper() == office]


class ReceiveCard(WorkCard):
    """Nhận phản hồi: the superior's signed receipts. `received` after at least one was taken over."""

    received = Signal()

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Read the answer"),
            _("Put in the stick that came back. The receipt says what arrived."),
            _("Read from a stick…"),
            "download",
            runner,
            primary=False,
            parent=parent,
        )
        self._office = office
        self.files = QPushButton(_("Choose files…"))
        self.files.setProperty("kind", "quiet")
        icons.dress(self.files, "folder-open", "text", 16)
        self.files.clicked.connect(self._choose_files)
        self.add_button(self.files)
        self.pressed.connect(self._choose)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder on the stick"), str(Path.home()))
        if chosen:
            self.read_folder(Path(chosen))

    def _choose_files(self) -> None:
        kinds = _("Bundles ({pattern})").format(pattern=f"*{SUFFIX}")
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Answer files"), str(Path.home()), kinds)
        if chosen:
            self.read_files([Path(name) for name in chosen])

    def read_folder(self, folder: Path) -> None:
        """Reads the answers to this office in a folder."""
        files = returns_for(folder, self._office.office.id)
        if not files:
            self.message.tell(_("There is no answer for this office in that folder."), "warning")
            return
        self.read_files(files)

    def read_files(self, files: Iterable[Path]) -> None:
        """Reads answers."""
        desk, chosen = self._office.inbox, list(files)
        self.run(
            lambda progress: desk.take(chosen, progress=progress),
            self._taken,
            doing=_("Checking the signature…"),
        )

    def _taken(self, results: list[ImportResult]) -> None:
        self._office.refresh()
        applied = [result for result in results if result.outcome == "applied"]
        refused = [result for result in results if result.outcome in ("refused", "parked")]
        if refused:
            self.message.tell("\n".join(map(result_sentence, refused)), "danger")
        elif applied:
            self.message.tell(_("The receipt was read; its signature is right."), "success")
        else:
            self.message.tell(_("These answers were read before; nothing new."), "neutral")
        self.received.emit()
