"""One import at a time on a PC: a second window, or a second program, waits for its turn.

The operating system takes the lock back when a program dies, so nobody waits for one that is gone.
"""

from __future__ import annotations

import contextlib
import errno
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import Progress, SilentProgress, stop_if_cancelled
from tcd_desktop.store.errors import StoreUnavailable

LOCK = "import.lock"
PATIENCE = 600.0
"""Seconds after which somebody who waits is told; a year of a ward is imported in one."""
_LOOK = 0.05


@contextmanager
def turn(folder: Path, progress: Progress | None = None, *, patience: float = PATIENCE) -> Iterator[None]:
    """Holds the turn of a folder. Raises Refused("import_running"), StoreUnavailable, Cancelled."""
    steps = progress or SilentProgress()
    try:
        file = (folder / LOCK).open("a+b")
    except OSError as error:
        raise StoreUnavailable("store_full" if error.errno == errno.ENOSPC else "store_read_only") from error
    with file:
        since = time.monotonic()
        while not _locked(file):
            stop_if_cancelled(steps)
            if time.monotonic() - since > patience:
                raise Refused("import_running")
            time.sleep(_LOOK)
        try:
            yield
        finally:
            _unlock(file)


def _locked(file: BinaryIO) -> bool:
    """Takes the lock when nobody has it; Windows and the others each in their own way."""
    try:
        try:
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except ImportError:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _unlock(file: BinaryIO) -> None:
    with contextlib.suppress(OSError):
        try:
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except ImportError:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_UN)
