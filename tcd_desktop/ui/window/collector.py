"""Python's cycle collector, on the window's thread only.

Left to itself Python collects in whichever thread happens to ask for memory. A page that was closed is held by cycles
(its own bound methods), so a reader's thread would now and then be the one that destroys Qt's objects: timers, file
watchers and widgets, which only the window's thread may touch. The program then dies without a word. So the collector
is switched off for the threads and a timer of the window does its work.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

YOUNG = 50_000
"""New objects between two looks. A start makes several times as many, nearly all of them modules and classes that
stay; with Python's own 700 the collector walks them over and over for a tenth of the time."""
ROUNDS = 10
"""Collections of the young (and of the middle) before the next older generation is looked at: Python's own rule."""
EVERY_MS = 500


class Collector(QObject):
    """One for the application, as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collects the oldest generation whose turn it is."""
        young, middle, old = gc.get_count()
        if young < YOUNG:
            return
        gc.collect(2 if old >= ROUNDS else 1 if middle >= ROUNDS else 0)
