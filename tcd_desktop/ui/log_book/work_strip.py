"""Long work where it was started: what is being done, how far it is, cancel; afterwards a sentence and the folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.jobs import Cancelled
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import Job


class WorkStrip(QFrame):
    """strip.begin(words); strip.job = runner.read(work, done=..., failed=strip.failed, progress=strip.step)"""

    busyChanged = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.job: Job | None = None
        self._folder = Path()
        self._words = ""
        self._working = QWidget()
        self.words = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(now.px(220))
        self.bar.setAccessibleName(_("Progress"))
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.clicked.connect(self.stop)
        row = QHBoxLayout(self._working)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(now.px(10))
        for widget in (self.bar, self.words, self.cancel):
            row.addWidget(widget)
        row.addStretch()
        self.message = MessageBar()
        self.message.actionRequest.connect(self._open_folder)
        column = QVBoxLayout(self)
        column.setContentsMargins(now.px(16), 0, now.px(16), now.px(8))
        column.addWidget(self._working)
        column.addWidget(self.message)
        self._working.hide()

    @property
    def busy(self) -> bool:
        """Work is under way."""
        return not self._working.isHidden()

    def begin(self, words: str) -> None:
        """Shows the bar with what is being done; the job follows."""
        self._words = words
        self.message.clear()
        self.step(0, 0)
        self._working.show()
        self.busyChanged.emit(True)

    def step(self, done: int, total: int, text: str = "") -> None:
        """How far it is."""
        self.bar.setMaximum(total)
        self.bar.setValue(min(done, total))
        words = text or self._words
        far = _("{done} of {total}").format(done=grouped(done), total=grouped(total)) if total else ""
        self.words.setText(f"{words} {far}".rstrip())

    def stop(self) -> None:
        """Asks the work to end."""
        if self.job is not None:
            self.job.cancel()

    def tell(self, sentence: str, tone: str, *, folder: Path | None = None) -> None:
        """The work is over; `folder` is offered to be opened."""
        self._end()
        self._folder = folder or Path()
        self.message.tell(sentence, tone, action=_("Open the folder") if folder else "")

    def failed(self, error: Exception, *, file: str = "") -> None:
        """The work was cancelled or refused."""
        self._end()
        if isinstance(error, Cancelled):
            self.message.tell(_("Cancelled. Nothing was written."), "neutral")
        elif isinstance(error, OSError) and file:
            words = _("{file} cannot be written. Close it in the other program, or choose another folder.")
            self.message.tell(words.format(file=file), "warning")
        else:
            sentence, tone = failure(error)
            if sentence:
                self.message.tell(sentence, tone)

    def started(self, job: Job) -> None:
        """The job that `cancel` stops; one that is over already was told of."""
        self.job = job if job.running else None

    def _end(self) -> None:
        self.job = None
        self._working.hide()
        self.busyChanged.emit(False)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
