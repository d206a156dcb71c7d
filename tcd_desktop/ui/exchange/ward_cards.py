"""Nhận phản hồi: where a joined ward takes up a stick that came back, or that another of its PCs has written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sync.bundle_writer import SUFFIX
from tcd_desktop.ui.exchange.outcomes import result_sentence
from tcd_desktop.ui.exchange.stick import BUNDLE_NAME, Stick, is_older_answer, look_into, read_in
from tcd_desktop.ui.exchange.work_card import WorkCard
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.window.runner import RunnerLike

RETURN_NAME = re.compile(r"TCD_[A-Z0-9-]+_R\d+_([A-Z0-9-]+)\.tcdb", re.IGNORECASE)
BOOKS_NAME = re.compile(r"TCD_[A-Z0-9-]+_H_([A-Z0-9-]+)_([0-9a-f]{8})\.tcdb", re.IGNORECASE)


def files_for(folder: Path, office: str, device: str) -> list[Path]:
    """The files in a folder whose names say that this PC is to read them, its own bundles left out.

    First the books given back to this PC, then the bundles of the office's other PCs, then the superior's answers,
    oldest first.
    """
    named = [(BUNDLE_NAME.fullmatch(file.name), file) for file in sorted(folder.glob(f"*{SUFFIX}"))]
    beside = [file for match, file in named if match and match[1].upper() == office and match[2] != device[:8]]
    books = [file for file in sorted(folder.glob(f"*{SUFFIX}")) if is_books_for(file, office, device)]
    return [*books, *beside, *returns_for(folder, office)]


def is_books_for(file: Path, office: str, device: str) -> bool:
    """Whether a file's name says that it gives the office's books back to this PC."""
    match = BOOKS_NAME.fullmatch(file.name)
    return match is not None and match[1].upper() == office and match[2].lower() == device[:8]


def returns_for(folder: Path, office: str) -> list[Path]:
    """The files in a folder whose names say that they are answers to this office, oldest first.

    Names are hints: what a file is, its signature says when it is read.
    """
    named = [(RETURN_NAME.fullmatch(file.name), file) for file in sorted(folder.glob(f"*{SUFFIX}"))]
    return [file for match, file in named if match and match[1].upper() == office]


class ReceiveCard(WorkCard):
    """Nhận phản hồi: `found` carries the `Stick` that can be read; `refused` when there was nothing to read on it."""

    found = Signal(object)
    refused = Signal()
    lookedAt = Signal(object)
    """The folder of a stick: there may be more on it than bundles."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Read a stick"),
            _("The stick that came back, or one from another PC of this office. The receipt says what arrived."),
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
            self.look_into_folder(Path(chosen))

    def _choose_files(self) -> None:
        kinds = _("Bundles ({pattern})").format(pattern=f"*{SUFFIX}")
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Answer files"), str(Path.home()), kinds)
        if chosen:
            self.look_into_files([Path(name) for name in chosen])

    def look_into_folder(self, folder: Path) -> None:
        """Looks into the answers to this office in a folder, and the bundles of its other PCs."""
        self.lookedAt.emit(folder)
        office = self._office
        self._look(lambda: files_for(folder, office.office.id, office.keyring.device.device_id))

    def look_into_files(self, files: Iterable[Path]) -> None:
        """Looks into files; what they are, their signatures say."""
        chosen = list(files)
        self._look(lambda: chosen)

    def _look(self, find: Callable[[], Sequence[Path]]) -> None:
        """`find` looks at the stick, which may be slow, away from the window.

        Where nothing can be read, there is nothing to press either: what was refused is entered in the ledger at once.
        """
        office = self._office

        def work(progress: Progress) -> Stick:
            seen = look_into(office, find(), progress)
            return seen if seen.ready else read_in(office, seen, progress)

        self.run(work, self._looked, doing=_("Checking the signature…"))

    def _looked(self, stick: Stick) -> None:
        if stick.ready:
            self.found.emit(stick)
            return
        older = [result for result in stick.results if is_older_answer(result)]
        refused = [result for result in stick.results if result.outcome == "refused" and result not in older]
        if refused:
            self.message.tell("\n".join(map(result_sentence, refused)), "danger")
        elif stick.results:
            self.message.tell(_("These answers were read before; nothing new."), "neutral")
        else:
            words = _("There is no answer for this office in that folder, and no bundle of another of its PCs.")
            self.message.tell(words, "warning")
        self.refused.emit()
