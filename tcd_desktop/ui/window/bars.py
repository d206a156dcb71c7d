"""Bars: a message where it happened, undo for ten seconds, the state of the office at the foot of the
window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QToolButton, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.window.actions import key_text
from tcd_desktop.ui.window.page import StatusItem

UNDO_MS = 10_000
TICK_MS = 200
_ICONS = {
    "neutral": "info",
    "accent": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "danger": "circle-alert",
    "secret": "lock",
    "closed": "archive",
}


class MessageBar(QFrame):
    """One sentence with its icon, an optional act and a cross. Hidden until `tell`. `edge`: across the
    whole window."""

    actionRequest = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None, *, edge: bool = False) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "bar")
        self.setProperty("edge", edge)
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton()
        self.button.clicked.connect(self.actionRequest)
        self._close = QToolButton()
        self._close.setAccessibleName(_("Close this message"))
        self._close.setToolTip(_("Close this message"))
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(now.px(12), now.px(6), now.px(6), now.px(6))
        row.setSpacing(now.px(10))
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self.button)
        row.addWidget(self._close)
        self.hide()

    def tell(self, sentence: str, tone: str = "neutral", *, action: str = "", closable: bool = True) -> None:
        """Shows a sentence; tone "danger" stays until it is closed or replaced, like all messages."""
        look.set_property(self, "tone", tone)
        icons.dress(self._icon, _ICONS.get(tone, "info"), tone if tone != "accent" else "on_selection")
        icons.dress(self._close, "x", tone if tone != "accent" else "on_selection", 16)
        self._text.setText(sentence)
        look.restyle(self._text)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self._close.setVisible(closable)
        self.setAccessibleName(sentence)
        self.show()

    def text(self) -> str:
        """The sentence shown, "" when hidden."""
        return "" if self.isHidden() else self._text.text()

    def clear(self) -> None:
        """Takes the message away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()


class UndoBar(QFrame):
    """What was done, and ten seconds to take it back. The pointer on the bar stops the clock."""

    undoRequest = Signal(object)
    """What `offer` was given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "bar")
        self.setProperty("tone", "success")
        self.setProperty("edge", True)
        self._undo: str | None = None
        self._left = 0
        self._icon = QLabel()
        icons.dress(self._icon, "circle-check", "success")
        self._text = QLabel()
        self._clock = QProgressBar()
        self._clock.setTextVisible(False)
        self._clock.setFixedWidth(now.px(80))
        self._clock.setMaximum(UNDO_MS)
        self.button = QPushButton()
        self.button.clicked.connect(self.take_back)
        row = QHBoxLayout(self)
        row.setContentsMargins(now.px(12), now.px(6), now.px(8), now.px(6))
        row.setSpacing(now.px(10))
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._clock)
        row.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.hide()

    def offer(self, sentence: str, undo: str | None, *, redo: bool = False) -> None:
        """Says what was done; without `undo` (what to take back) there is no button and the words go away alone.

        `redo`: the act was an undo itself, so the button does it again.
        """
        self._undo = undo
        self.button.setText(_("Redo") + "  " + key_text("redo") if redo else _("Undo") + "  " + key_text("undo"))
        self._left = UNDO_MS
        self._text.setText(sentence)
        self.button.setVisible(undo is not None)
        self._clock.setVisible(undo is not None)
        self._clock.setValue(UNDO_MS)
        self.setAccessibleName(sentence)
        self._timer.start()
        self.show()

    def take_back(self) -> None:
        """The officer wants it undone."""
        undo = self._undo
        self.dismiss()
        if undo is not None:
            self.undoRequest.emit(undo)

    @property
    def offers(self) -> bool:
        """True while something can be undone here."""
        return self._undo is not None and not self.isHidden()

    def dismiss(self) -> None:
        """Goes away; the act stands."""
        self._undo = None
        self._timer.stop()
        self.hide()

    def _tick(self) -> None:
        self._left -= TICK_MS
        self._clock.setValue(self._left)
        if self._left <= 0:
            self.dismiss()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Time to read."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The clock goes on."""
        if not self.isHidden():
            self._timer.start()
        super().leaveEvent(event)


class StatusBar(QFrame):
    """Last good backup, exchange, health: words with icons, asked from a provider now and then."""

    def __init__(self, provider: Callable[[], Sequence[StatusItem]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "status")
        self._provider = provider
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(now.px(12), now.px(3), now.px(12), now.px(3))
        self._row.setSpacing(now.px(6))
        self._shown: tuple[StatusItem, ...] | None = None
        self.refresh()

    def refresh(self) -> None:
        """Asks the provider again."""
        items = tuple(self._provider())
        if items == self._shown:
            return
        self._shown = items
        while self._row.count():
            entry = self._row.takeAt(0)
            widget = entry.widget() if entry else None
            if widget:
                widget.hide()
                widget.deleteLater()
        for item in items:
            picture, words = QLabel(), QLabel(item.text)
            icons.dress(picture, item.icon, "muted" if item.tone == "neutral" else item.tone, 15)
            words.setProperty(
                "ink",
                {"danger": "problem", "warning": "warning", "success": "success"}.get(item.tone, "small"),
            )
            words.setToolTip(item.detail)
            self._row.addWidget(picture)
            self._row.addWidget(words)
            self._row.addSpacing(look.current().px(14))
        self._row.addStretch()
