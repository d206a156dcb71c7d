"""A scanner that types ("keyboard wedge"), told from a hand by its rhythm and by the shape of what it types.

Twelve figures and a sign within milliseconds of each other begin a card, "TCD1:" the code of a paper of ours, wherever
in the window the keyboard is. What reached a field until then is taken out of it again; what follows never gets there.
The end is Enter, Tab, or silence.
A Vietnamese typing tool that changes letters afterwards (backspaces, or the input method's compositions) is followed
as a line of text would follow it. What turns out to be no card is put where it was typed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from tcd_desktop.domain.papers.paper_code import MARK, begins_code, read_paper_code
from tcd_desktop.domain.people.citizen_card import read_card
from tcd_desktop.domain.people.spoiled_card import BAR, begins_card, card_in, is_figure
from tcd_desktop.domain.problems import Refused
from tcd_desktop.ui.receptions.key_strokes import stroke, typed

GAP_MS: Final = 70
"""Keys that follow each other quicker are no hand's: scanners need 1 to 50 ms."""
SILENCE_MS: Final = 300
"""A scanner that sends no Enter is done after so long."""
TAIL_MS: Final = 120
"""Enter, Tab or a line feed after the end still belong to the scanner."""
MOST: Final = 2000

_KIND_BEGUN: Final = re.compile(r"\][A-Za-z]?$")
_ENDS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_KEYS: Final = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)

TakeBack = Callable[[], None]


def _milliseconds() -> float:
    return time.monotonic() * 1000


class Wedge(QObject):
    """Watches whatever has the keyboard while `active()`.

    `remember(widget)` notes how a widget is now and gives the act that puts it back so.
    """

    scanned = Signal(str)
    """The text of a card, as well as it could be read, or a paper's code."""

    def __init__(
        self,
        parent: QObject,
        *,
        active: Callable[[], bool],
        remember: Callable[[QWidget], TakeBack],
        clock: Callable[[], float] = _milliseconds,
    ) -> None:
        super().__init__(parent)
        self._active, self._remember, self._clock = active, remember, clock
        self._watched: list[QObject] = []
        self._widget: QWidget | None = None
        self._typed = self._strokes = self._composed = ""
        self._last = -1e9
        self._ended = -1e9
        self._take_back: TakeBack | None = None
        self.capturing = False
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(SILENCE_MS)
        self._silence.timeout.connect(self._finish)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)
        self._follow(None, application.focusWidget())

    # -- where the keyboard is ---------------------------------------------------------------------

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        for old in self._watched:
            if isValid(old):
                old.removeEventFilter(self)
        self._watched.clear()
        if now is None or not self._active():
            return
        self._watch(now)
        completer = now.completer() if isinstance(now, QLineEdit) else None
        popup = completer.popup() if completer is not None else None
        if popup is not None:  # while its list is open, the keys go there first
            self._watch(popup)

    def _watch(self, widget: QWidget) -> None:
        widget.installEventFilter(self)
        self._watched.append(widget)

    # -- the keys ----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes a scanner's keys away from the widget; lets all others through."""
        if event.type() in _KEYS and isinstance(event, QKeyEvent):
            return self._key(watched, event)
        if event.type() == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            return self._composition(watched, event)
        return False

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        if self.capturing:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
            elif event.type() == QEvent.Type.KeyPress:
                self._captured(event)
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        now = float(event.timestamp()) or self._clock()
        if event.key() in _ENDS and now - self._ended <= TAIL_MS:
            return True
        return self._heard(watched, typed(event), stroke(event), now)

    def _composition(self, watched: QObject, event: QInputMethodEvent) -> bool:
        if self.capturing:
            self._follow_composition(event)
            self._silence.start()
            return True
        text = event.commitString()
        return bool(text) and self._heard(watched, text, text, self._clock())

    def _heard(self, watched: QObject, letters: str, strokes: str, now: float) -> bool:
        """Some letters, not yet in the widget; True when they belong to a scanner."""
        if not letters and not strokes:
            return False
        if not 0 <= now - self._last <= GAP_MS:
            self._typed = self._strokes = ""
            self._take_back = None
        self._last = now
        for n in range(max(len(letters), len(strokes))):
            letter, key = letters[n : n + 1], strokes[n : n + 1]
            if _begins(self._typed, letter) or _begins(self._strokes, key):
                self._note(watched)
            self._typed += letter
            self._strokes += key
        at = _code_at(self._typed)
        at_key = _code_at(self._strokes)
        if self._take_back is None or (at is None and at_key is None):
            return False
        self._typed = self._typed[at or 0 :]
        self._strokes = self._strokes[at_key or 0 :]
        self._begin()
        return True

    def _note(self, watched: QObject) -> None:
        widget = watched if isinstance(watched, QLineEdit | QPlainTextEdit) else QApplication.focusWidget()
        widget = widget or (watched if isinstance(watched, QWidget) else None)
        self._widget = widget
        self._take_back = self._remember(widget) if widget is not None else None

    def _begin(self) -> None:
        self.capturing = True
        self._composed = ""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.hide()
        if self._take_back is not None:
            self._take_back()
        self._silence.start()

    def _captured(self, event: QKeyEvent) -> None:
        if event.key() in _ENDS:
            self._finish()
            return
        if event.key() == Qt.Key.Key_Backspace:  # a typing tool takes a letter back to put another
            self._typed, self._strokes = self._typed[:-1], self._strokes[:-1]
        elif len(self._typed) < MOST:
            self._typed += typed(event)
            self._strokes += stroke(event)
        self._silence.start()

    def _follow_composition(self, event: QInputMethodEvent) -> None:
        if event.replacementLength() and event.replacementStart() < 0:
            start = event.replacementStart()
            self._typed = self._typed[:start] + self._typed[start:][event.replacementLength() :]
        self._typed += event.commitString()
        self._strokes += event.commitString()
        self._composed = event.preeditString()

    # -- the end -----------------------------------------------------------------------------------

    def _finish(self) -> None:
        self._silence.stop()
        self.capturing = False
        self._ended = self._clock()
        self._last = -1e9
        if self._composed:
            QGuiApplication.inputMethod().reset()
        text = better(self._typed + self._composed, self._strokes)
        left_over, widget = self._typed + self._composed, self._widget
        self._typed = self._strokes = self._composed = ""
        self._take_back = self._widget = None
        if text:
            self.scanned.emit(text)
        elif widget is not None and isValid(widget):
            put_back(widget, left_over)


def _code_at(text: str) -> int | None:
    """Where a card or a paper's code begins in what was typed until now; None if neither does."""
    return len(text) - len(MARK) - 1 if begins_code(text) else begins_card(text)


def _begins(before: str, letter: str) -> bool:
    """Whether a number, a paper's code, or the scanner's name of the code before them, may begin with this letter."""
    if letter == "]" or (letter in ("t", "T") and not before[-1:].isalnum()):
        return True
    if before[-len(MARK) + 1 :].upper() == MARK[:-1]:  # the figure of "TCD1:" begins nothing
        return False
    return is_figure(letter) and not is_figure(before[-1:]) and not _KIND_BEGUN.search(before)


def better(letters: str, strokes: str) -> str:
    """The one of two recordings of the same code that says more; "" when neither is a card or a paper's."""
    for text in (strokes, letters):  # a paper's code has no marks: the keys are what was meant
        if read_paper_code(text):
            return text
    found = [(len(_broken(text)), n, text) for n, text in enumerate((letters, strokes)) if _is_card(text)]
    return min(found)[2] if found else ""


def _is_card(text: str) -> bool:
    """A card whole, or its number and a bar: the rest may be spoiled."""
    return card_in(text) is not None or text[12:13] == BAR


def _broken(text: str) -> tuple[str, ...]:
    try:
        return read_card(text).broken
    except Refused:
        return ("id_number",) * 9


def put_back(widget: QWidget, text: str) -> None:
    """Types a text that was no card where it was meant to go."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
