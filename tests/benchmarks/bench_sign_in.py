"""Sign-in to today's screen with its figures and list, key derivation aside.

    python -m tests.benchmarks.bench_sign_in [rounds] [receptions]

Whole processes in turn, from their start: ours opens the window, signs in at once (the office has a password hash that
takes no time) and ends when today's figures and the list of overdue answers have been read and painted. The other
imports the same libraries in the same order (Qt first, because the door is painted before the store is fetched),
opens the same encrypted database with its key, asks the same rows of the list and shows them in a plain table. Both
tell which libraries they have loaded by then; the benchmark refuses to compare when they differ. Goal: at most 1.2.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from tcd_desktop.practice.wards import practice_wards
from tcd_desktop.store.closed.vault import open_slot, read_face
from tests.benchmarks.world_rows import ward_receptions
from tests.offices import PASSWORD, make_office

ROOT = Path(__file__).resolve().parent.parent.parent
GOAL = 1.2
RECEPTIONS = 5000

TELL = """
def tell():
    end = time.time()
    print(end, *({name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names)), flush=True)
    os._exit(0)
"""

BARE = """
import os, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
import msgspec, sqlalchemy
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.pool import QueuePool
import cryptography.hazmat.primitives.ciphers.aead
import cryptography.hazmat.primitives.kdf.argon2, cryptography.hazmat.primitives.kdf.hkdf
import cryptography.hazmat.primitives.asymmetric.ed25519, cryptography.hazmat.primitives.asymmetric.x25519
path, key = sys.argv[1:]
def connect():
    connection = sqlcipher.connect(path)
    connection.execute(f"PRAGMA key = \\"x'{key}'\\"")
    return connection
engine = sqlalchemy.create_engine("sqlite://", module=sqlcipher, creator=connect, poolclass=QueuePool)
app = QApplication([])
window = QMainWindow()
with engine.connect() as connection:
    rows = connection.exec_driver_sql(
        "SELECT number, date, name, substr(content, 1, 300), classification, answer_due FROM reception "
        "WHERE answered_on IS NULL AND answer_due <= '2026-12-31' ORDER BY rid DESC LIMIT 256"
    ).all()
model = QStandardItemModel(len(rows), 6)
for number, row in enumerate(rows):
    for column, value in enumerate(row):
        model.setItem(number, column, QStandardItem(str(value)))
table = QTableView()
table.setModel(model)
window.setCentralWidget(table)
window.resize(1366, 728)
window.show()
def painted():
    app.processEvents()
    tell()
QTimer.singleShot(0, painted)
app.exec()
"""

OURS = """
import os, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from tcd_desktop.app import Program
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.window.application import make_application
home, password = sys.argv[1:]
app = make_application()
program = Program(app, Keeper(), Path(home))
def shown(_morning):
    QTimer.singleShot(0, painted)
def painted():
    app.processEvents()
    tell()
def opened():
    page = next(page for page in program.window.all_pages() if hasattr(page, "figures"))
    page.standingChanged.connect(shown)
program.opened.connect(opened)
program.start()
QTimer.singleShot(0, lambda: program.sign_in("", password))
app.exec()
"""


def once(program: str, arguments: list[str], environment: dict[str, str]) -> tuple[float, set[str]]:
    """(milliseconds from starting the process until its list is on the screen, libraries loaded by then)."""
    begin = time.time()
    done = subprocess.run(
        [sys.executable, "-c", TELL + program, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=60,
    )
    if done.returncode or not done.stdout:
        raise RuntimeError(done.stderr)
    end, *loaded = done.stdout.split()
    return (float(end) - begin) * 1000, set(loaded) - {"tcd_desktop"}


def main(rounds: int, receptions: int) -> dict[str, float]:
    """Medians in milliseconds, and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
            "TCD_CONFIG_DIR": str(folder / "config"),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        if sys.platform != "win32" and "DISPLAY" not in os.environ:
            environment["QT_QPA_PLATFORM"] = "offscreen"
        home = folder / "ward"
        key = _make(home, receptions)
        ours, bare = [str(home), PASSWORD], [str(home / "tcd.db"), key.hex()]
        loaded, same = once(OURS, ours, environment)[1], once(BARE, bare, environment)[1]  # and both compiled
        if loaded != same:
            raise RuntimeError(f"only in ours: {loaded - same}; only in the bare process: {same - loaded}")
        times: dict[str, list[float]] = {"ours": [], "bare": []}
        for _ in range(rounds):
            times["bare"].append(once(BARE, bare, environment)[0])
            times["ours"].append(once(OURS, ours, environment)[0])
    medians = {side: statistics.median(found) for side, found in times.items()}
    ratio = medians["ours"] / medians["bare"]
    return {
        "bare_ms": round(medians["bare"]),
        "ours_ms": round(medians["ours"]),
        "ratio": round(ratio, 3),
        "goal": GOAL,
        "ok": ratio <= GOAL,
    }


def _make(home: Path, receptions: int) -> bytes:
    """A ward with a log; gives the key of its database."""
    office = make_office(home)
    try:
        with office.store.unit(act="reception.log", officer=office.officer.id) as unit:
            for visit in ward_receptions(practice_wards()[0], receptions):
                unit.put(replace(visit, office=office.office.id))
            unit.commit()
    finally:
        office.close()
    return open_slot(read_face(home).slots[0], PASSWORD).derive("database")


if __name__ == "__main__":
    wanted = [int(text) for text in sys.argv[1:]]
    rounds, receptions = (wanted + [9, RECEPTIONS][len(wanted) :])[:2]
    print(json.dumps({"name": "sign_in", "receptions": receptions, **main(rounds, receptions)}))
