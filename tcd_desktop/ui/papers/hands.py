"""What is done with papers, behind the window: reading, adding, renaming, turning, opening, saving a copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tcd_desktop.domain.papers.paper_rules import LIMITS
from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.sentences import refusal_sentence
from tcd_desktop.services.done import Done
from tcd_desktop.services.papers.attachment_desk import Room
from tcd_desktop.store.unit import Change
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.papers.intake import Offer
from tcd_desktop.ui.papers.place import Held, PaperPlace
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import Job, RunnerLike


@dataclass(slots=True)
class Added:
    """What became of offers: kept, refused with a sentence, or a citizen card that wants a reason."""

    kept: list[Held] = field(default_factory=list)
    taken: list[Offer] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    cards: list[Offer] = field(default_factory=list)
    card_text: str = ""


class PaperHands(QObject):
    """Acts of one list of papers. `told`: sentence, tone, and the words of an act that undoes ("" = none)."""

    told = Signal(str, str, str)
    read = Signal(object, object)
    """The papers (list of Held) and their Room."""
    added = Signal(object)
    """`Added`, after every adding."""

    def __init__(self, runner: RunnerLike, files: Callable[[], OpenedFiles], parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._files = runner, files
        self._place: PaperPlace | None = None
        self._reading: Job | None = None
        self.busy = 0
        self._last_removed = ""

    @property
    def place(self) -> PaperPlace | None:
        """Where the papers lie."""
        return self._place

    def show(self, place: PaperPlace | None) -> None:
        """Another place."""
        self._place = place
        self.refresh()

    def refresh(self) -> None:
        """Reads the list again."""
        if self._reading is not None:
            self._reading.forget()
            self._reading = None
        place = self._place
        if place is not None:
            self._reading = self._runner.read(
                lambda _progress: (place.papers(), place.room()), done=self._arrived, failed=self._failed
            )

    def _arrived(self, answer: tuple[list[Held], Room]) -> None:
        self._reading = None
        self.read.emit(*answer)

    # -- adding -------------------------------------------------------------------------------------------

    def add(self, offers: Sequence[Offer], *, card_reason: str = "", paper: str = "") -> None:
        """Keeps what was offered, one after the other; what is refused stops nothing else."""
        place = self._place
        if place is None or not place.editable or not offers:
            return
        self.busy += 1
        work = partial(_add, place, list(offers), card_reason, paper)
        self._runner.write(work, done=self._added, failed=self._failed)

    def _added(self, done: Done[Added]) -> None:
        self.busy -= 1
        added = done.value
        self.refresh()
        if added.refused:
            self.told.emit("\n".join(dict.fromkeys(added.refused)), "warning", "")
        self.added.emit(added)

    # -- one paper ----------------------------------------------------------------------------------------

    def rename(self, paper: Held, name: str) -> None:
        """Another name."""
        self._act(lambda place: place.rename(paper.id, name))

    def tie(self, paper: Held, to: str) -> None:
        """The scan of a document."""
        self._act(lambda place: place.tie(paper.id, to))

    def turn(self, paper: Held, quarters: int) -> None:
        """Turned clockwise."""
        self._act(lambda place: place.turn(paper.id, quarters))

    def remove(self, paper: Held, reason: str) -> None:
        """Taken away; a draft's paper can be brought back from the bar."""
        self._last_removed = paper.id
        self._act(lambda place: place.remove(paper.id, reason), self._removed)

    def restore(self) -> None:
        """Brings the draft's paper back that was removed last."""
        place, last = self._place, self._last_removed
        bring_back = getattr(place, "restore", None)
        if last and bring_back is not None:
            self._act(lambda _place: bring_back(last))

    def _removed(self, done: Done[Held]) -> None:
        self._changed(done)
        if self._place is not None and not self._place.saved:
            self.told.emit(_("{name} was taken out.").format(name=done.value.name), "neutral", _("Undo"))

    def _act(self, act: Callable[[PaperPlace], Done[Held]], done: Callable[[Done[Held]], object] | None = None) -> None:
        place = self._place
        if place is None or not place.editable:
            return
        self.busy += 1
        self._runner.write(lambda _progress: act(place), done=done or self._changed, failed=self._failed)

    def _changed(self, _done: Done[Held]) -> None:
        self.busy -= 1
        self.refresh()

    # -- outside the window -----------------------------------------------------------------------------------

    def open(self, paper: Held) -> None:
        """Shows a paper in its own program; the copy is removed when the office closes."""
        place = self._place
        if place is not None:
            self._runner.read(
                lambda _progress: (paper.name, place.content(paper.id)), done=self._opened, failed=self._failed_reading
            )

    def _opened(self, paper: tuple[str, bytes]) -> None:
        files = self._files()
        try:
            shown = files.show(files.place(*paper))
        except OSError:
            self.told.emit(_("The paper cannot be opened: the disk is full or cannot be written."), "danger", "")
            return
        if not shown:
            self.told.emit(_("No program on this PC opens this kind of file. Save a copy instead."), "warning", "")

    def save_copy(self, paper: Held, target: Path) -> None:
        """Writes a copy where the officer wants it."""
        place = self._place
        if place is None:
            return

        def work(_progress: Progress) -> Path:
            content = place.content(paper.id)
            try:
                target.write_bytes(content)
            except OSError as error:
                raise Refused("file_unwritable", file=target.name) from error
            return target

        self._runner.read(work, done=self._copied, failed=self._failed_reading)

    def _copied(self, target: Path) -> None:
        self.told.emit(_("Saved as {file}.").format(file=target.name), "success", "")

    def _failed(self, error: Exception) -> None:
        self.busy = max(0, self.busy - 1)
        self._failed_reading(error)

    def _failed_reading(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.told.emit(sentence, tone, "")


def _add(place: PaperPlace, offers: list[Offer], card_reason: str, paper: str, progress: Progress) -> Done[Added]:
    """Runs behind the window."""
    added, changes, entry = Added(), list[Change](), ""
    for number, offer in enumerate(offers):
        progress.step(number, len(offers), offer.name)
        if progress.cancelled():
            break
        try:
            content = offer.content(LIMITS.file)
            done = place.add(offer.name, content, paper=paper, card_reason=card_reason)
        except Refused as refused:
            if refused.code == "card_picture":
                added.cards.append(offer)
            else:
                added.refused.append(f"{offer.name}: {refusal_sentence(refused)}")
            continue
        added.kept.append(done.value)
        added.taken.append(offer)
        changes += done.changes
        entry = done.entry or entry
    return Done("attachment.add", added, tuple(changes), entry)
