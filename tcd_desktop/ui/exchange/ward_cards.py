"""Nhận phản hồi: what a joined ward does with a stick that came back, or that another of its PCs has written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.cases.clocks import days_off
from tcd_desktop.sync.bundle_writer import SUFFIX
from tcd_desktop.sync.inbox import ImportResult
from tcd_desktop.sync.manifest import BundleKind
from tcd_desktop.sync.refusals import Code
from tcd_desktop.ui.exchange.outcomes import added_up, result_sentence
from tcd_desktop.ui.exchange.standing import count_words
from tcd_desktop.ui.exchange.work_card import WorkCard
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.window.runner import RunnerLike

RETURN_NAME = re.compile(r"TCD_[A-Z0-9-]+_R\d+_([A-Z0-9-]+)\.tcdb", re.IGNORECASE)
BOOKS_NAME = re.compile(r"TCD_[A-Z0-9-]+_H_([A-Z0-9-]+)_([0-9a-f]{8})\.tcdb", re.IGNORECASE)
BUNDLE_NAME = re.compile(r"TCD_([A-Z0-9-]+)_([0-9a-f]{8})_e\d+_\d+-\d+(?:_v\d+of\d+)?\.tcdb", re.IGNORECASE)


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
    """Nhận phản hồi: the superior's signed receipts. `received` after at least one was taken over."""

    received = Signal()

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
            self.read_folder(Path(chosen))

    def _choose_files(self) -> None:
        kinds = _("Bundles ({pattern})").format(pattern=f"*{SUFFIX}")
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Answer files"), str(Path.home()), kinds)
        if chosen:
            self.read_files([Path(name) for name in chosen])

    def read_folder(self, folder: Path) -> None:
        """Reads the answers to this office in a folder, and the bundles of its other PCs."""
        office = self._office
        self._read(lambda: files_for(folder, office.office.id, office.keyring.device.device_id))

    def read_files(self, files: Iterable[Path]) -> None:
        """Reads files; what they are, their signatures say."""
        chosen = list(files)
        self._read(lambda: chosen)

    def _read(self, find: Callable[[], Sequence[Path]]) -> None:
        """`find` looks at the stick, which may be slow, away from the window."""
        office = self._office

        def work(progress: Progress) -> tuple[list[ImportResult], int]:
            before = days_off(office.store)
            results = office.inbox.take(find(), progress=progress)
            return results, dates_moved(office) if days_off(office.store) != before else 0

        self.run(work, self._taken, doing=_("Checking the signature…"))

    def _taken(self, answer: tuple[list[ImportResult], int]) -> None:
        results, moved = answer
        self._office.refresh()
        applied = [result for result in results if result.outcome == "applied"]
        older = [result for result in results if is_older_answer(result)]
        refused = [result for result in results if result.outcome in ("refused", "parked") and result not in older]
        if applied:  # then what a former PC wrote before this one joined is no business of this one
            refused = [result for result in refused if not is_of_former_pc(result)]
        if refused:
            self.message.tell("\n".join(map(result_sentence, refused)), "danger")
        elif applied:
            self.message.tell(" ".join(filter(None, [applied_sentence(applied), moved_sentence(moved)])), "success")
        elif results:
            self.message.tell(_("These answers were read before; nothing new."), "neutral")
        else:
            words = _("There is no answer for this office in that folder, and no bundle of another of its PCs.")
            self.message.tell(words, "warning")
        self.received.emit()


def is_older_answer(result: ImportResult) -> bool:
    """An answer of the superior from before the newest one that was read here: another PC still carried it."""
    return result.code == Code.ROLLBACK.value and result.facts.get("reason") == "return"


def is_of_former_pc(result: ImportResult) -> bool:
    """A bundle of another PC of this office that was written before this one had joined, and is closed to it."""
    return result.code == Code.RECIPIENT.value and BUNDLE_NAME.fullmatch(result.file.name) is not None


def applied_sentence(applied: Sequence[ImportResult]) -> str:
    """What was read: the receipt, the changes of the other PCs, or both."""
    beside = [result for result in applied if result.kind == BundleKind.OPS.value]
    books = [result for result in applied if result.kind == BundleKind.SNAPSHOT.value]
    sentences = []
    if books:
        balance = added_up([result.balance for result in books])
        words = _("The books of this office have come back: {changes}.")
        sentences.append(words.format(changes=count_words(balance.new + balance.updated + balance.conflict)))
    if len(beside) + len(books) < len(applied):
        sentences.append(_("The receipt was read; its signature is right."))
    if beside:
        balance = added_up([result.balance for result in beside])
        new = balance.new + balance.updated + balance.conflict
        words = _("From the other PCs of this office: {changes}.")
        sentences.append(words.format(changes=count_words(new)))
        if balance.conflict:
            words = ngettext(
                "{n} of them meets another value here: see the list of conflicts.",
                "{n} of them meet another value here: see the list of conflicts.",
                balance.conflict,
            )
            sentences.append(words.format(n=balance.conflict))
    return " ".join(sentences)


def dates_moved(office: OpenOffice) -> int:
    """Open dates follow the tables of days off that have come; how many moved. Who only reads moves none."""
    if not office.writes_in(office.office.id):
        return 0
    return len(office.recounts.recount().value)


def moved_sentence(moved: int) -> str:
    """How many open dates a new table of days off has moved; "" when none."""
    if not moved:
        return ""
    words = ngettext(
        "Days off have come from outside: {n} open date was computed again, see the history of its record.",
        "Days off have come from outside: {n} open dates were computed again, see the history of their records.",
        moved,
    )
    return words.format(n=moved)
