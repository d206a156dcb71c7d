"""Python's cycle collector, on the window's thread only.

Left to itself Python collects in whichever thread happens to ask for memory. A page that was closed is held by cycles
(its own bound methods), so a reader's thread would now and then be the one that destroys Qt's objects: timers, file
watchers and widgets, which only the window's thread may touch. The program then dies without a word. So the collector
is switched off for the threads and a timer of the window does its work.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

YOUNG = 10_000
"""New objects between two looks: walking so many takes some 4 ms."""
ROUNDS = 10
"""Collections of the young (and of the middle) before the next older generation is looked at: Python's own rule."""
EVERY_MS = 200


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


def keep_for_good() -> None:
    """What exists now is walked over no more. Call it once everything is imported: modules, classes and their parts
    are most of what the program ever holds, and the oldest generation is then walked in a few milliseconds."""
    gc.freeze()
