"""A card for one act with a stick: what it does, its button, progress with a way to stop, the outcome."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Cancelled, Progress
from tcd_desktop.sentences import refusal_sentence
from tcd_desktop.ui.forms.form import Card
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.runner import Job, RunnerLike

QWIDGETSIZE_MAX = 16_777_215


class WorkCard(Card):
    """`pressed` is the button; `run` starts work in the queue of acts and shows how it goes."""

    pressed = Signal()

    def __init__(
        self,
        title: str,
        sentence: str,
        button: str,
        icon: str,
        runner: RunnerLike,
        *,
        primary: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        now = look.current()
        self._runner = runner
        self._job: Job | None = None
        self._had_keyboard = False
        self._done: Callable[[Any], None] | None = None
        self._failed: Callable[[str], None] | None = None
        self.sentence = QLabel(sentence)
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("ink", "muted")
        self.button = QPushButton(button)
        if primary:
            self.button.setProperty("kind", "primary")
        icons.dress(self.button, icon, "on_accent" if primary else "text", 18)
        self.button.clicked.connect(self.pressed)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._step = QLabel()
        self._step.setProperty("ink", "small")
        self.stop = QPushButton(_("Stop"))
        self.stop.clicked.connect(self.cancel)
        self.message = MessageBar()
        self._running = QWidget()
        row = QHBoxLayout(self._running)
        row.setContentsMargins(0, 0, 0, 0)
        left = QVBoxLayout()
        left.setSpacing(now.px(4))
        left.addWidget(self._step)
        left.addWidget(self.bar)
        row.addLayout(left, 1)
        row.addWidget(self.stop)
        self._running.hide()
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(now.px(8))
        self.buttons.addWidget(self.button)
        self.buttons.addStretch()
        self.lines.addWidget(self.sentence)
        self.lines.addLayout(self.buttons)
        self.lines.addWidget(self._running)
        self.lines.addWidget(self.message)
        self.lines.addStretch()

    def set_title(self, title: str) -> None:
        """Another heading."""
        item = self.head.itemAt(0)
        heading = item.widget() if item else None
        if isinstance(heading, QLabel):
            heading.setText(title)
        self.setAccessibleName(title)

    def add_button(self, button: QPushButton) -> None:
        """A second, quieter act beside the first."""
        self.buttons.insertWidget(self.buttons.count() - 1, button)

    def run(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        *,
        doing: str,
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Starts the work; one at a time."""
        if self.busy():
            return
        self._done, self._failed = done, failed
        self.message.clear()
        self.bar.setRange(0, 0)
        self._step.setText(doing)
        self._running.show()
        self._had_keyboard = self.isAncestorOf(QApplication.focusWidget() or self.window())
        self._enable(False)
        self._job = self._runner.write(work, done=self._finish, failed=self._fail, progress=self._show_step)
        if not self._job.running:
            self._job = None

    def busy(self) -> bool:
        """True while the work runs."""
        return self._job is not None and self._job.running

    def cancel(self) -> None:
        """Asks the work to stop between two steps."""
        if self._job:
            self._job.cancel()
            self._step.setText(_("Stopping…"))

    def _enable(self, enabled: bool) -> None:
        for place in range(self.buttons.count()):
            item = self.buttons.itemAt(place)
            widget = item.widget() if item else None
            if widget:
                widget.setEnabled(enabled)

    def _show_step(self, done: int, total: int, _text: str) -> None:
        self.bar.setRange(0, max(total, 0))
        self.bar.setValue(done)

    def _over(self) -> None:
        self._job = None
        self._running.hide()
        self._enable(True)
        if self._had_keyboard and self.button.isEnabled() and not self.button.isHidden():
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)  # disabled meanwhile, it had lost the keyboard

    def _finish(self, answer: Any) -> None:
        self._over()
        if self._done:
            self._done(answer)

    def _fail(self, error: Exception) -> None:
        self._over()
        if isinstance(error, Cancelled):
            sentence, tone = _("Stopped. Nothing was changed, and no half-written file is left."), "neutral"
        elif isinstance(error, Refused):
            sentence, tone = refusal_sentence(error), "danger"
        else:
            raise error
        self.message.tell(sentence, tone)
        if self._failed:
            self._failed(sentence)


def label(words: str, ink: str = "", *, wrap: bool = True) -> QLabel:
    """A plain label in an ink of the look."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if ink:
        made.setProperty("ink", ink)
    return made


def yielding(widget: QWidget, least: int) -> None:
    """Lets a list give its room away down to `least` pixels (at 100 %), so that the window never grows."""
    widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
    widget.setMinimumHeight(look.current().px(least))


def numbered(number: int, words: str, widgets: Sequence[QWidget]) -> QWidget:
    """A step of a procedure: its number, what to do, and what to do it with."""
    now = look.current()
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, now.px(2), 0, now.px(6))
    row.setSpacing(now.px(12))
    sign = label(str(number), "title", wrap=False)
    sign.setFixedWidth(now.px(24))
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(now.px(6))
    column.addWidget(label(words))
    for widget in widgets:
        if isinstance(widget, QPushButton):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        elif widget.maximumWidth() < QWIDGETSIZE_MAX:
            beside = QHBoxLayout()  # a widget with a limit would centre everything above and below it
            beside.addWidget(widget, 1000)
            beside.addStretch(1)
            column.addLayout(beside)
        else:
            column.addWidget(widget)
    row.addLayout(column, 1)
    return holder
