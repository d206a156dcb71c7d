"""Which version of the program starts: one small file beside the folders of the versions.

    <program>/current.json             this pointer
    <program>/versions/0.2.0/…         one folder for each version, never changed once it is there
    <program>/versions/0.3.0/…

A new version is `trying` until the program itself has come to its first usable window. It reports its way: `door`, the
sign-in page is seen; `healthy`, an office is open; `failed`, its books could not be opened. The launcher reads this.
Nothing but Python's own library is used here: the launcher carries this module.
"""

from __future__ import annotations

import json
import os
import re
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tcd_desktop.renaming import PAUSES, replace_patiently

FILE = "current.json"
VERSIONS = "versions"
ROOT_VARIABLE = "TCD_PROGRAM"
"""Set by the launcher for the program it starts: the folder of `current.json`."""
VERSION = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\Z", re.ASCII)

TRYING, DOOR, HEALTHY, FAILED = "trying", "door", "healthy", "failed"
STATES = (TRYING, DOOR, HEALTHY, FAILED)


@dataclass(frozen=True, slots=True)
class Pointer:
    """`current` starts next; `previous` is gone back to. `failed` did not reach its first window, `told` once it was
    said. Versions are "" when there is none.
    """

    current: str
    previous: str = ""
    state: str = HEALTHY
    failed: str = ""
    told: bool = True


def version_key(version: str) -> tuple[int, int, int]:
    """For comparing: "0.10.0" comes after "0.9.0". Raises ValueError for what is no version."""
    match = VERSION.match(version)
    if not match:
        raise ValueError("not a version")
    return int(match[1]), int(match[2]), int(match[3])


def installed(root: Path) -> list[str]:
    """The versions that lie in a program folder, the newest first."""
    folder = root / VERSIONS
    names = [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    return sorted((name for name in names if VERSION.match(name)), key=version_key, reverse=True)


def read_pointer(root: Path) -> Pointer | None:
    """The pointer; a lost or damaged one is the newest version that is there. None: no version is there at all."""
    for pause in (*PAUSES[:4], 0.0):
        try:
            return _checked(json.loads((root / FILE).read_text(encoding="utf-8")))
        except PermissionError:
            time.sleep(pause)
        except (OSError, ValueError, TypeError, KeyError):
            break
    found = installed(root)
    return Pointer(found[0], found[1] if len(found) > 1 else "") if found else None


def _checked(data: dict[str, object]) -> Pointer:
    pointer = Pointer(**data)  # type: ignore[arg-type]
    version_key(pointer.current)
    for version in (pointer.previous, pointer.failed):
        if version:
            version_key(version)
    if pointer.state not in STATES or type(pointer.told) is not bool:
        raise ValueError("not a pointer")
    return pointer


def write_pointer(root: Path, pointer: Pointer) -> None:
    """Whole or not at all, and on the disk when this returns. Raises OSError."""
    part = root / f"{FILE}.{os.getpid()}.new"
    with open(part, "w", encoding="utf-8") as file:
        json.dump(asdict(pointer), file)
        file.flush()
        os.fsync(file.fileno())
    replace_patiently(part, root / FILE)


def executable(folder: Path, *, console: bool = False) -> Path:
    """The program in the folder of a version; `console`: the one that commands are given to."""
    if os.name != "nt":
        return folder / "tcd-desktop"
    window = folder / "tcd-desktop-window.exe"
    return folder / "tcd-desktop.exe" if console or not window.is_file() else window
