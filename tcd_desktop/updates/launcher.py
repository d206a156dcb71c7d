"""What the shortcut starts: it starts the current version, and the previous one when a new one does not come up.

Made into a program of its own by `build_installer.spec`, which lies beside `current.json`. It knows nothing of offices
or of the exchange and uses Python's own library only, so there is next to nothing in it that could fail.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tcd_desktop.updates.pointer import (
    DOOR,
    HEALTHY,
    ROOT_VARIABLE,
    TRYING,
    VERSIONS,
    Pointer,
    executable,
    read_pointer,
    write_pointer,
)

FIRST_WINDOW = 300.0
"""Seconds a new version has until its sign-in page is seen; a PC of 2014 with a virus scanner needs 40."""
TICK = 0.2
NOTHING_THERE = 3
NOT_SEEN = 4


def start(root: Path, arguments: Sequence[str] = (), *, patience: float = FIRST_WINDOW) -> int:
    """Starts the program of a folder. The exit status: 0, that of a version that was tried, 3 without any version."""
    pointer = read_pointer(root)
    if pointer is None:
        return NOTHING_THERE
    if pointer.state == HEALTHY:
        return _begin(root, pointer.current, arguments)
    write_pointer(root, replace(pointer, state=TRYING))
    status = _try(root, pointer, arguments, patience)
    after = read_pointer(root) or pointer
    nobody_signed_in = after.state == DOOR and status == 0
    if after.state == HEALTHY or after.current != pointer.current or nobody_signed_in:
        return status
    back = Pointer(pointer.previous, state=HEALTHY, failed=pointer.current, told=False)
    if not back.current or not executable(root / VERSIONS / back.current).is_file():
        return status
    write_pointer(root, back)
    return _begin(root, back.current, arguments)


def _begin(root: Path, version: str, arguments: Sequence[str]) -> int:
    """The program goes on by itself."""
    try:
        _open(root, version, arguments)
    except OSError:
        return NOTHING_THERE
    return 0


def _try(root: Path, pointer: Pointer, arguments: Sequence[str], patience: float) -> int:
    """Watches a version until it has come up or ended; one that shows nothing for too long is ended."""
    try:
        child = _open(root, pointer.current, arguments)
    except OSError:
        return NOTHING_THERE
    until = time.monotonic() + patience
    while child.poll() is None:
        now = read_pointer(root) or pointer
        if now.state == HEALTHY:
            return 0
        if now.state == TRYING and time.monotonic() > until:
            child.kill()
            child.wait()
            return NOT_SEEN
        time.sleep(TICK)
    return int(child.returncode)


def _open(root: Path, version: str, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    folder = root / VERSIONS / version
    environment = {**os.environ, ROOT_VARIABLE: str(root)}
    return subprocess.Popen([str(executable(folder)), *arguments], env=environment, cwd=folder)


def own_folder() -> Path:
    """Where the launcher lies, made into a program or not."""
    return Path(sys.executable if getattr(sys, "frozen", False) else sys.argv[0]).resolve().parent


if __name__ == "__main__":
    sys.exit(start(own_folder(), sys.argv[1:]))
