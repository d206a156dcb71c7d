"""What the running program says of itself to its launcher. Light: the door imports it before anything of the office."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from tcd_desktop import __version__
from tcd_desktop.updates.pointer import HEALTHY, ROOT_VARIABLE, VERSIONS, read_pointer, write_pointer


def program_folder() -> Path | None:
    """The folder of `current.json`, when the program was put on this PC with its launcher; else None."""
    given = os.environ.get(ROOT_VARIABLE)
    if given:
        return Path(given)
    mine = Path(sys.executable).resolve().parent
    return mine.parent.parent if getattr(sys, "frozen", False) and mine.parent.name == VERSIONS else None


def report(state: str) -> None:
    """The running program has come this far (`pointer`); without a launcher nobody asks."""
    root = program_folder()
    now = read_pointer(root) if root else None
    if root and now and now.state != HEALTHY and now.current == __version__:
        try:
            write_pointer(root, replace(now, state=state))
        except OSError:
            return  # a folder that cannot be written: the launcher tries again


def went_back_from() -> str:
    """The version that did not come up, to be told once; "" when there is none."""
    root = program_folder()
    now = read_pointer(root) if root else None
    if not root or now is None or now.told or not now.failed:
        return ""
    try:
        write_pointer(root, replace(now, told=True))
    except OSError:
        return now.failed
    return now.failed
