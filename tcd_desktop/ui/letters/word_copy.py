"""The Word copy of a letter: a button and its key for the pages of letters. What was issued stays the PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from tcd_desktop.domain.letters.letter import Letter
from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.receptions.printing import documents_folder, save_pdf
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import RunnerLike


def ask_word_file(name: str, parent: QWidget) -> Path | None:
    """The system's file dialog."""
    chosen, _filter = QFileDialog.getSaveFileName(
        parent, _("Save a Word copy"), str(documents_folder() / name), "Word (*.docx)"
    )
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() == ".docx" else path.with_name(path.name + ".docx")


class WordCopy(QObject):
    """`letter` gives the letter with its words, None when there is nothing to copy. A letter whose words are sealed has
    no copy: a file that can be changed and passed on would name who denounced."""

    told = Signal(str, str)

    def __init__(
        self, office: OpenOffice, runner: RunnerLike, page: QWidget, letter: Callable[[], Letter | None]
    ) -> None:
        super().__init__(page)
        self._office, self._runner, self._page, self._letter = office, runner, page, letter
        self.ask = ask_word_file
        action = row("letter.word")
        self.button = QPushButton(str(action.text))
        self.button.setToolTip("  ".join((_("A copy to edit, marked as a draft"), key_text("letter.word"))))
        icons.dress(self.button, action.icon, "text", 18)
        self.button.clicked.connect(self.save)
        shortcut = QShortcut(QKeySequence(action.shortcut), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save)

    def save(self, _checked: bool = False) -> None:
        """Asks where to, and writes the copy."""
        letter = self._letter()
        if letter is None or not self.button.isEnabled() or not self.button.isVisibleTo(self._page):
            return
        self._runner.read(partial(_made, self._office, letter), done=self._ask, failed=self._failed)

    def _ask(self, made: tuple[str, bytes] | None) -> None:
        if made is None:
            self._tell(_("A letter that goes to who denounced has no Word copy."), "warning")
            return
        name, docx = made
        path = self.ask(name, self._page)
        if path is None:
            return
        try:
            save_pdf(docx, path)  # whole or not at all, whatever the file is
        except Refused as error:
            self._failed(error)
            return
        self._tell(
            _("Saved as {file}, marked as a draft. What is issued stays the PDF.").format(file=path.name), "success"
        )

    def _failed(self, error: Exception) -> None:
        self._tell(*failure(error))

    def _tell(self, sentence: str, tone: str) -> None:
        if sentence:
            self.told.emit(sentence, tone)


def _made(office: OpenOffice, letter: Letter, _progress: Progress) -> tuple[str, bytes] | None:
    """(name of the file, the copy), None for a letter whose words are sealed."""
    if office.letters.hides(letter):
        return None
    from tcd_desktop.documents.letter_docx import docx_file_name, letter_docx

    paper = office.letters.paper(letter)
    return docx_file_name(paper), letter_docx(paper)
