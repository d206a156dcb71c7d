"""Saving a report as a file: where to, that it is being written, and the folder afterwards.

saver.start("bao-cao.pdf", "PDF (*.pdf)", work)    work(target) writes the file, in a reader's thread
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.ui.look import look
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import Job, RunnerLike

Write = Callable[[Path], None]


def ask_file(name: str, kinds: str, parent: QWidget) -> Path | None:
    """The system's file dialog; the ending is that of the proposed name."""
    from tcd_desktop.ui.receptions.printing import documents_folder

    chosen, _kind = QFileDialog.getSaveFileName(parent, _("Save the report"), str(documents_folder() / name), kinds)
    if not chosen:
        return None
    path, ending = Path(chosen), Path(name).suffix
    return path if path.suffix.lower() == ending else path.with_name(path.name + ending)


class FileSaver(QWidget):
    """The strip below the head of a page; hidden while there is nothing to tell."""

    def __init__(self, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.ask: Callable[[str, str, QWidget], Path | None] = ask_file
        self._job: Job | None = None
        self._target = Path()
        self.message = MessageBar()
        self.message.actionRequest.connect(self._open_folder)
        self.message.closed.connect(self.hide)
        now = look.current()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(16), 0, now.px(16), now.px(8))
        lines.addWidget(self.message)
        self.hide()

    def start(self, name: str, kinds: str, write: Write) -> None:
        """Asks where to and writes there; one file at a time."""
        if self._job is not None and self._job.running:
            return
        target = self.ask(name, kinds, self)
        if target is None:
            return
        self._target = target
        self.message.tell(_("Writing {file} …").format(file=target.name), "neutral", closable=False)
        self.show()

        def work(_progress: Progress) -> None:
            write(target)

        self._job = self._runner.read(work, done=self._done, failed=self._failed)

    def _done(self, _nothing: object) -> None:
        words = _("{file} was saved.").format(file=self._target.name)
        self.message.tell(words, "success", action=_("Open the folder"))
        self.show()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, OSError):
            words = _("{file} cannot be written. Close it in the other program, or choose another folder.")
            self.message.tell(words.format(file=self._target.name), "warning")
        else:
            self.message.tell(*failure(error))
        self.show()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._target.parent)))


def writing(data: Callable[[], bytes]) -> Write:
    """Writes bytes that are made when they are needed, beside their place and then there."""
    return partial(_write, data)


def _write(data: Callable[[], bytes], target: Path) -> None:
    made = data()
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(made)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
