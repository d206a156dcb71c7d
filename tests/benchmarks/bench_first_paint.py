"""First paint: the sign-in window against a bare PySide6 window with a table, in fresh processes, in turn.

    python -m tests.benchmarks.bench_first_paint [rounds]

Prints one JSON line; `ratio` is the median of ours over the median of bare (goal: at most 1.5).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
GOAL = 1.5

_PAINTED = """
def painted():
    print(time.time(), flush=True)
    os._exit(0)
class Eye(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, painted)
        return False
eye = Eye()
"""

BARE = (
    """
import os, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
from PySide6.QtGui import QStandardItemModel, QStandardItem
"""
    + _PAINTED
    + """
app = QApplication([])
window = QMainWindow()
table = QTableView()
model = QStandardItemModel(20, 6)
for row in range(20):
    for column in range(6):
        model.setItem(row, column, QStandardItem("Nguyễn Thị Ẩn"))
table.setModel(model)
window.setCentralWidget(table)
window.resize(1366, 728)
table.viewport().installEventFilter(eye)
window.show()
app.exec()
"""
)

OURS = (
    """
import os, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer, Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from tcd_desktop import i18n, settings
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.qt_words import QtWords
from tcd_desktop.ui.start.start_pages import SignInFacts, SignInPage
"""
    + _PAINTED
    + """
kept = settings.load()
i18n.set_language(kept.language)
app = QApplication([])
words = QtWords()
app.installTranslator(words)
look.apply(app, kept.theme, kept.text_size)
window = QMainWindow()
page = SignInPage(SignInFacts("UBND phường Quỳnh Lôi", [("a", "Đỗ Thị Bích Phượng", "Công chức")]))
window.setCentralWidget(page)
window.resize(1366, 728)
page.installEventFilter(eye)
window.show()
app.exec()
"""
)


def once(program: str, compiled: str) -> float:
    """Milliseconds from starting the process to the end of the first paint.

    `compiled` is a folder for compiled modules: an installed program has them, a checkout on a CI machine
    may not.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": compiled}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if sys.platform != "win32" and "DISPLAY" not in os.environ:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    begin = time.time()
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    )
    return (float(done.stdout.split()[0]) - begin) * 1000


def main(rounds: int = 9) -> dict[str, float]:
    """Medians in milliseconds, and their ratio."""
    bare, ours = [], []
    with tempfile.TemporaryDirectory() as compiled:
        once(BARE, compiled)
        once(OURS, compiled)  # both warm, the catalogue compiled
        for _ in range(rounds):
            bare.append(once(BARE, compiled))
            ours.append(once(OURS, compiled))
    figures = {"bare_ms": statistics.median(bare), "ours_ms": statistics.median(ours)}
    return {name: round(value, 1) for name, value in figures.items()} | {
        "ratio": round(figures["ours_ms"] / figures["bare_ms"], 3),
        "goal": GOAL,
        "rounds": rounds,
    }


if __name__ == "__main__":
    print(json.dumps({"name": "first_paint", **main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)}))
