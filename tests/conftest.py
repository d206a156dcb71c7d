"""What holds for every test: no screen, no trace on the user's account, no noise, nothing left running.

- A log record of level WARNING or above that the test did not announce fails the test. Announce it with
  `expect_log("part of the message")`, or read it through pytest's `caplog`.
- Qt's own messages fail the test too (`qt_log_level_fail` in pyproject.toml has the exceptions).
- A window, dialog, thread or background job that outlives its test fails it.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt
if sys.platform != "win32" and "UTF-8" not in os.environ.get("LC_ALL", os.environ.get("LANG", "")).upper():
    os.environ["LC_ALL"] = "C.UTF-8"  # Qt warns about any other

from hypothesis import settings

if TYPE_CHECKING:
    from tests.attacks.books import Books

settings.register_profile("office", deadline=None, derandomize=True, database=None, max_examples=100)
settings.load_profile("office")

PATIENCE = 10.0
"""Seconds that a thread has to end by itself after its test."""

USERS_FOLDERS = {
    "HOME": ".",
    "USERPROFILE": ".",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_CACHE_HOME": ".cache",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "TCD_CONFIG_DIR": ".config/tcd-desktop",
}
"""The variables that lead to a user's folders, and where they lead during a test."""


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder of this test: empty, and its own. Settings and caches go below it."""
    home = tmp_path_factory.mktemp("home")
    for name, folder in USERS_FOLDERS.items():
        monkeypatch.setenv(name, str(home / folder))
    monkeypatch.delenv("TCD_PASSWORD", raising=False)
    return home


@pytest.fixture(autouse=True)
def no_file_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's file dialogs wait for a person for ever: a test that opens one fails."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None:
        return

    def opened(*_args: Any, **_more: Any) -> None:
        raise AssertionError("a file dialog was opened; the test has to give the file itself")

    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(widgets.QFileDialog, name, opened)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    """A district and two wards that have joined it, with a stick between them."""
    from tests.attacks.books import Books  # opens whole offices: most tests need none

    made = Books(tmp_path)
    yield made
    made.close()


class ExpectedLog:
    """Call it with part of a message that is about to be logged; the record must come, and may come often."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.records: list[logging.LogRecord] = []

    def __call__(self, part: str) -> None:
        self.parts.append(part)

    def unexpected(self) -> list[str]:
        """The messages of level WARNING or above that nobody announced."""
        messages = [f"{r.levelname} {r.name}: {r.getMessage()}" for r in self.records]
        return [text for text in messages if not any(part in text for part in self.parts)]

    def missing(self) -> list[str]:
        """What was announced and did not come."""
        return [part for part in self.parts if not any(part in r.getMessage() for r in self.records)]


class _Collector(logging.Handler):
    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__(logging.WARNING)
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)


@pytest.fixture
def expect_log() -> ExpectedLog:
    """Announces log records that belong to the test: `expect_log("refused")`."""
    return ExpectedLog()


@pytest.fixture(autouse=True)
def quiet(request: pytest.FixtureRequest, expect_log: ExpectedLog) -> Iterator[None]:
    """Fails the test when something was logged that the test did not expect."""
    collector = _Collector(expect_log.records)
    root = logging.getLogger()
    root.addHandler(collector)
    yield
    root.removeHandler(collector)
    assert not expect_log.missing(), f"this was not logged: {expect_log.missing()}"
    if "caplog" not in request.fixturenames:
        assert not expect_log.unexpected(), f"unexpected log records: {expect_log.unexpected()}"


@pytest.fixture(autouse=True)
def windows_die_on_their_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a window test leaves in cycles is collected here, never by a thread of this test or of another one."""
    if "qapp" not in request.fixturenames:
        yield
        return
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture(autouse=True)
def nothing_left_over() -> Iterator[None]:
    """Fails the test when a window, a dialog, a thread or a background job outlives it."""
    threads = set(threading.enumerate())
    before = set(_windows())
    yield
    if set(_windows()) - before:  # what nobody holds any more, or is about to die, is no leftover
        gc.collect()
        core = sys.modules["PySide6.QtCore"]
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    left = {address: window for address, window in _windows().items() if address not in before}
    names = [f"{type(window).__name__} {window.windowTitle()!r}" for window in left.values()]
    for window in left.values():  # so that the next test does not suffer for this one
        window.hide()
        window.deleteLater()
    assert not names, f"still open after the test: {names}"
    running = _wait_for(lambda: _running(threads))
    assert not running, f"still running after the test: {running}"


def _windows() -> dict[int, Any]:
    """The windows shown by the application and all its dialogs, by their address in memory."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if widgets is None or application is None:
        return {}
    shown = [w for w in application.topLevelWidgets() if w.isVisible() or isinstance(w, widgets.QDialog)]
    return {sys.modules["shiboken6"].getCppPointer(window)[0]: window for window in shown}


def _running(before: set[threading.Thread]) -> list[str]:
    """Threads of Python that the test started, and jobs in Qt's own pool."""
    ours = [thread for thread in threading.enumerate() if thread not in before]
    # _DummyThread is a thread of Qt that has run Python code: its pool keeps it for a while
    found = [thread.name for thread in ours if not isinstance(thread, threading._DummyThread)]
    core = sys.modules.get("PySide6.QtCore")
    busy = core.QThreadPool.globalInstance().activeThreadCount() if core else 0
    return found + ["a job in QThreadPool"] * busy


def _wait_for(left: Callable[[], list[str]]) -> list[str]:
    until = time.monotonic() + PATIENCE
    while (found := left()) and time.monotonic() < until:
        time.sleep(0.01)
    return found


def pytest_configure(config: pytest.Config) -> None:
    """Gives code that runs before the first fixture a home of its own too."""
    home = tempfile.TemporaryDirectory(prefix="tcd-tests-")
    config.add_cleanup(home.cleanup)
    os.environ["TCD_CONFIG_DIR"] = home.name
