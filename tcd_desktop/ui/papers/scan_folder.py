"""The folder into which the scanner writes: new files are noticed, waited for until they are whole, and offered.

Nothing here moves or deletes a file. The folder may lie on a network, vanish and come back: it is asked behind the
window, by the system's notices and every few seconds besides.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from tcd_desktop.jobs import Progress
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.window.runner import Job, RunnerLike

EVERY_MS = 2000
SOON_MS = 400
RECENT = 30 * 60
"""Seconds: a scan made so shortly before the first look is new, an older file is not."""
MOST_FILES = 5000
KINDS = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".gif"})
UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".download", ".filepart", "~")


@dataclass(frozen=True, slots=True)
class Sight:
    """A file as it was seen: it is another one when size or time have changed."""

    path: Path
    size: int
    changed: float
    readable: bool


def sights(folder: Path) -> list[Sight] | None:
    """The scans in a folder, oldest first; None when the folder is not there. Runs behind the window."""
    found = []
    try:
        for number, path in enumerate(folder.iterdir()):
            if number >= MOST_FILES:
                break
            if is_scan(path.name):
                sight = _sight(path)
                if sight is not None:
                    found.append(sight)
    except OSError:
        return None
    return sorted(found, key=lambda sight: (sight.changed, sight.path.name))


def is_scan(name: str) -> bool:
    """Whether a name is that of a finished scan."""
    small = name.casefold()
    return not small.startswith((".", "~")) and not small.endswith(UNFINISHED) and Path(small).suffix in KINDS


def _sight(path: Path) -> Sight | None:
    try:
        facts = path.stat()
        if not path.is_file():
            return None
    except OSError:
        return None
    readable = False
    if facts.st_size:
        try:
            with path.open("rb") as stream:  # a scanner that still writes lets nobody else in on Windows
                readable = bool(stream.read(1))
        except OSError:
            readable = False
    return Sight(path, facts.st_size, facts.st_mtime, readable)


class ScanFolder(QObject):
    """One for a window. It looks only while somebody shows it (`join`, `part`)."""

    changed = Signal()
    """`waiting` or `missing` are others now."""

    def __init__(
        self, runner: RunnerLike, keeper: Keeper, parent: QObject | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        super().__init__(parent)
        self._runner, self._keeper, self._clock = runner, keeper, clock
        self._users: set[int] = set()
        self._folder = ""
        self._before: dict[Path, Sight] = {}
        self._handled: set[Sight] = set()
        self._first = True
        self._job: Job | None = None
        self.waiting: list[Path] = []
        self.missing = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._noticed)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.look)

    @classmethod
    def of(cls, runner: RunnerLike, keeper: Keeper) -> ScanFolder:
        """The one of a window: it belongs to the window's runner."""
        assert isinstance(runner, QObject)
        found = runner.findChild(cls)
        return found if isinstance(found, cls) else cls(runner, keeper, runner)

    @property
    def folder(self) -> str:
        """The folder that is watched, "" = none."""
        return self._keeper.value.scan_folder

    def choose(self, folder: str) -> None:
        """Watches another folder ("" = none) and remembers it."""
        self._keeper.update(scan_folder=folder, scan_handled=0.0)
        self._forget()
        self.look()

    def join(self, user: QObject) -> None:
        """Somebody shows the scans."""
        self._users.add(id(user))
        if not self._timer.isActive():
            self._timer.start()
            self._soon.start()

    def part(self, user: QObject) -> None:
        """Somebody does not show them any more."""
        self._users.discard(id(user))
        if not self._users:
            self._timer.stop()
            self._soon.stop()
            if self._watcher.directories():
                self._watcher.removePaths(self._watcher.directories())

    def look(self) -> None:
        """Looks into the folder now."""
        folder = self.folder
        if folder != self._folder:
            self._forget()
            self._folder = folder
        if not folder or self._job is not None:
            return
        job = self._runner.read(lambda _progress: _look(Path(folder), _progress), done=self._seen, failed=self._failed)
        self._job = job if job.running else None

    def handled(self, paths: list[Path]) -> None:
        """These were added or are not wanted: they are not offered again unless they change."""
        done = [sight for path, sight in self._before.items() if path in paths]
        self._handled.update(done)
        newest = max((sight.changed for sight in done), default=0.0)
        if newest > self._keeper.value.scan_handled:  # neither after a lock nor with the next start
            self._keeper.update(scan_handled=newest)
        self._offer([path for path in self.waiting if path not in paths])

    def _forget(self) -> None:
        if self._job is not None:
            self._job.forget()
            self._job = None
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        self._before.clear()
        self._first, self.missing = True, False
        self._offer([])

    def _noticed(self, _folder: str) -> None:
        self._soon.start()

    def _seen(self, answer: tuple[str, list[Sight] | None]) -> None:
        self._job = None
        folder, found = answer
        if folder != str(Path(self.folder)) or not self.folder:
            return
        if found is None:
            self._tell_missing(True)
            self._offer([])
            return
        self._tell_missing(False)
        if self._users and folder not in self._watcher.directories():
            self._watcher.addPath(folder)
        if self._first:
            since, last = self._clock() - RECENT, self._keeper.value.scan_handled
            self._handled.update(sight for sight in found if sight.changed < since or sight.changed <= last)
            self._first = False
        before, self._before = self._before, {sight.path: sight for sight in found}
        whole = [
            sight.path
            for sight in found
            if sight.readable and before.get(sight.path) == sight and sight not in self._handled
        ]
        self._offer(whole)

    def _failed(self, _error: Exception) -> None:
        self._job = None
        self._tell_missing(True)

    def _tell_missing(self, missing: bool) -> None:
        if missing != self.missing:
            self.missing = missing
            self.changed.emit()

    def _offer(self, waiting: list[Path]) -> None:
        if waiting != self.waiting:
            self.waiting = waiting
            self.changed.emit()


def _look(folder: Path, _progress: Progress) -> tuple[str, list[Sight] | None]:
    return str(folder), sights(folder)


def delete_scans(paths: list[Path]) -> list[str]:
    """Deletes the scanner's files that were added, because the officer ticked it; the names of those that stay."""
    left = []
    for path in paths:
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError:
            left.append(path.name)
    return left
