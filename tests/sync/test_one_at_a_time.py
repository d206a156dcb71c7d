"""Two imports at once are serialised, by the operating system between two programs; clerks go on writing meanwhile."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import pytest

from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import Cancelled
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.turn import turn
from tests.attacks.books import Books

_OTHER = """
import sys
from pathlib import Path
from tcd_desktop.sync.turn import turn
with turn(Path(sys.argv[1])):
    print("mine", flush=True)
    sys.stdin.readline()
"""


def other_program(folder: Path) -> subprocess.Popen[str]:
    """Another program that holds the turn of a folder until it is told to end."""
    program = subprocess.Popen(
        [sys.executable, "-c", _OTHER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None and program.stdout.readline().strip() == "mine"
    return program


def test_another_program_waits_for_its_turn_and_is_told_when_it_takes_too_long(tmp_path: Path) -> None:
    program = other_program(tmp_path)
    try:
        with pytest.raises(Refused) as refused, turn(tmp_path, patience=0.2):
            pass
        assert refused.value.code == "import_running"
    finally:
        program.communicate("\n", timeout=60)
    with turn(tmp_path, patience=30):
        pass


def test_a_program_that_died_keeps_nobody_waiting(tmp_path: Path) -> None:
    program = other_program(tmp_path)
    program.kill()
    program.communicate(timeout=60)
    with turn(tmp_path, patience=30):
        pass


def test_who_waits_can_stop_waiting(tmp_path: Path) -> None:
    class Impatient:
        def step(self, done: int, total: int, text: str = "") -> None:
            pass

        def cancelled(self) -> bool:
            return True

    with turn(tmp_path), pytest.raises(Cancelled), turn(tmp_path, Impatient()):
        pass


def test_one_bundle_from_two_windows_is_imported_once(books: Books) -> None:
    books.log()
    file = books.ward.outbox.export(books.stick)[0].path
    with ThreadPoolExecutor(4) as windows:
        results = list(windows.map(lambda _n: books.take(file).outcome, range(4)))
    assert sorted(results) == ["already", "already", "already", "applied"]
    assert len(books.visits()) == 1 and books.district.check() == []


def test_clerks_write_while_bundles_are_imported(books: Books) -> None:
    files = []
    for _round in range(4):
        books.log()
        files.append(books.ward.outbox.export(books.stick)[0].path.rename(books.stick / f"{len(files)}.tcdb"))
    over, written = threading.Event(), []

    def clerk() -> None:
        while not over.is_set() or not written:
            written.append(books.log(books.district).id)
            time.sleep(0)

    with ThreadPoolExecutor(1) as desk:
        working = desk.submit(clerk)
        outcomes = [books.take(file).outcome for file in files]
        over.set()
        working.result(timeout=120)
    assert outcomes == ["applied"] * 4
    assert len(books.visits()) == 4 + len(written) and books.district.check() == []


def test_every_limit_is_a_named_positive_number_that_somebody_enforces() -> None:
    package = Path(sys.modules["tcd_desktop"].__file__ or "").parent
    sources = [file.read_text(encoding="utf-8") for file in package.rglob("*.py") if file.name != "limits.py"]
    for limit in fields(DEFAULT):
        assert getattr(DEFAULT, limit.name) > 0
        used = any(f"limits.{limit.name}" in text or f"DEFAULT.{limit.name}" in text for text in sources)
        assert used, f"nobody enforces {limit.name}"
