"""Gửi lên cấp trên: what the stick will carry and how much room it takes, chosen, written, read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QPushButton, QWidget

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sync.outbox import Exported
from tcd_desktop.sync.refusals import ExportFailed
from tcd_desktop.sync.upward import Preview
from tcd_desktop.ui.cases.file_names import size_words
from tcd_desktop.ui.exchange.standing import Standing, carried_words, count_words
from tcd_desktop.ui.exchange.work_card import WorkCard
from tcd_desktop.ui.forms.choice_field import Segments
from tcd_desktop.ui.window.runner import RunnerLike

NEW, EVERYTHING = 0, 1


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person has chosen to send, and what that would carry; `bare` is the same without papers."""

    full: bool
    whole: Preview
    bare: Preview


class SendCard(WorkCard):
    """`sent` after every file of an export is whole on a stick."""

    sent = Signal()

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(_("Send to the superior office"), "", _("Send…"), "upload", runner, parent=parent)
        self._office = office
        self._joined = False
        self._others = 0
        self._chosen: Choice | None = None
        self._last: Path | None = None
        self.range = Segments([_("Not confirmed yet"), _("Everything again")])
        self.range.set_index(NEW)
        self.range.setAccessibleName(_("What to send"))
        self.range.buttons[EVERYTHING].setToolTip(
            _("The cure for every doubt: the superior office takes what it lacks.")
        )
        self.range.chosen.connect(self._range_chosen)
        self.with_papers = QCheckBox()
        self.with_papers.setChecked(True)
        self.with_papers.toggled.connect(self._show)
        self.lines.insertWidget(self.lines.indexOf(self.sentence), self.range)
        self.lines.insertWidget(self.lines.indexOf(self.sentence), self.with_papers)
        self.with_papers.hide()
        self.further = QPushButton(_("Go on with another stick…"))
        self.further.clicked.connect(self._go_on)
        self.further.hide()
        self.add_button(self.further)
        self.pressed.connect(self._choose)

    def show_standing(self, at: Standing) -> None:
        """Reads again what there is to send."""
        self._joined = at.code not in ("alone", "asked")
        self._others = at.waiting.others
        self.refresh()

    def _range_chosen(self, _index: int) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Counts behind the window what the stick would carry."""
        if not self._joined:
            return
        desk, full = self._office.outbox, self.range.index() == EVERYTHING

        def read(_progress: Progress) -> Choice:
            whole = desk.preview(full=full)
            bare = desk.preview(full=full, papers=False) if whole.papers or whole.left else whole
            return Choice(full, whole, bare)

        self._runner.read(read, done=self._counted)

    def _counted(self, choice: Choice) -> None:
        if choice.full == (self.range.index() == EVERYTHING):
            self._chosen = choice
            self._show()

    def _show(self, _ticked: bool = False) -> None:
        choice = self._chosen
        if choice is None:
            return
        whole = choice.whole
        self.with_papers.setVisible(whole.papers > 0)
        if whole.papers:
            words = _("With the papers: {papers}, {size}")
            self.with_papers.setText(
                words.format(papers=carried_words(0, whole.papers), size=size_words(whole.paper_bytes))
            )
        own = bool(self.preview().operations or self.preview().papers)
        sentences = [preview_sentence(self.preview())] if own or not self._others else []
        if self._others:
            words = _("Bundles of this office's other PCs go along: {changes}.")
            sentences.append(words.format(changes=count_words(self._others)))
        self.sentence.setText(" ".join(sentences))
        self.button.setEnabled((own or self._others > 0) and not self.busy())

    def preview(self) -> Preview:
        """What the export chosen now would carry."""
        assert self._chosen is not None
        return self._chosen.whole if self.with_papers.isChecked() else self._chosen.bare

    def _choose(self) -> None:
        chosen = self._ask()
        if chosen:
            self.send(chosen, full=self.range.index() == EVERYTHING)

    def choose_everything(self) -> None:
        """Everything is sent again: the stick is asked for at once."""
        self.range.set_index(EVERYTHING)
        self.refresh()
        chosen = self._ask()
        if chosen:
            self.send(chosen, full=True)

    def _go_on(self) -> None:
        chosen = self._ask()
        if chosen:
            self.send(chosen, full=self.range.index() == EVERYTHING, elsewhere=True)

    def _ask(self) -> Path | None:
        begin = self._last if self._last is not None and self._last.is_dir() else Path.home()
        chosen = QFileDialog.getExistingDirectory(self, _("Folder on the stick"), str(begin))
        return Path(chosen) if chosen else None

    def send(self, folder: Path, *, full: bool = False, elsewhere: bool = False) -> None:
        """Writes the bundle into a folder, reads it back and compares."""
        desk, papers = self._office.outbox, self.with_papers.isChecked()
        self._last = folder
        self.further.hide()
        self.run(
            lambda progress: desk.export(folder, full=full, papers=papers, elsewhere=elsewhere, progress=progress),
            self._sent,
            doing=_("Writing, then reading back… Leave the stick in."),
        )

    def _sent(self, written: list[Exported]) -> None:
        if not written:
            self.message.tell(_("Nothing new since the last receipt."), "neutral")
            return
        sentence = _("You may take the stick out. {changes}, read back and compared.")
        self.message.tell(sentence.format(changes=written_words(written)), "success")
        self.sent.emit()

    def _fail(self, error: Exception) -> None:
        super()._fail(error)
        done = error.facts.get("done", 0) if isinstance(error, ExportFailed) else 0
        if isinstance(error, ExportFailed) and done:
            whole = _("{done} of {all} files are whole already and need not be written again.")
            told = whole.format(done=done, all=error.facts["volumes"])
            self.message.tell(f"{self.message.text()} {told}", "danger")
            self.further.show()
            self.further.setFocus()

    def _enable(self, enabled: bool) -> None:
        super()._enable(enabled)
        self.range.setEnabled(enabled)
        self.with_papers.setEnabled(enabled)
        if enabled:
            self._show()


def preview_sentence(seen: Preview) -> str:
    """What an export would carry, and the room it needs."""
    if not (seen.operations or seen.papers):
        return _("Nothing new since the last receipt.")
    carried = carried_words(seen.operations, seen.papers)
    sentences = [_("The stick will carry {changes}.").format(changes=carried)]
    room = size_words(seen.room)
    if seen.volumes > 1:
        words = ngettext(
            "It needs at most {room} of room, in {n} file.",
            "It needs at most {room} of room, in {n} files.",
            seen.volumes,
        )
        sentences.append(words.format(room=room, n=seen.volumes))
    else:
        sentences.append(_("It needs at most {room} of room.").format(room=room))
    if seen.left:
        words = ngettext(
            "{n} paper stays here: too large, or its content is not on this PC.",
            "{n} papers stay here: too large, or their content is not on this PC.",
            seen.left,
        )
        sentences.append(words.format(n=seen.left))
    return " ".join(sentences)


def written_words(written: Sequence[Exported]) -> str:
    """ "12 changes and 3 papers, 2 files"; an answer that is passed on to another PC counts as a file only."""
    carried = carried_words(sum(one.operations for one in written), sum(one.papers for one in written))
    if len(written) == 1:
        return carried
    files = ngettext("{n} file", "{n} files", len(written)).format(n=len(written))
    return f"{carried}, {files}"
