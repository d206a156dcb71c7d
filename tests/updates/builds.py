"""Small builds that behave like the program: they say their version and check themselves."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

from tcd_desktop.open_office import OpenOffice
from tcd_desktop.updates.build import FACTS, here
from tcd_desktop.updates.installation import Installation
from tcd_desktop.updates.pointer import VERSIONS, Pointer, write_pointer
from tcd_desktop.updates.update_desk import UpdateDesk

NOTES = ["Sổ tiếp công dân mở nhanh hơn.", "Sửa lỗi in biên nhận."]
HERE = here()

_PROGRAM = """#!{python}
import json, os, sys
if "--version" in sys.argv:
    print("tcd-desktop {version}")
elif "self-check" in sys.argv:
    print(json.dumps({{"ok": {good}}}))
else:
    root = os.environ["TCD_PROGRAM"]
    with open(os.path.join(root, "started"), "a") as file:
        file.write("{version} ")
    sys.path.insert(0, {source!r})
    from dataclasses import replace
    from pathlib import Path
    from tcd_desktop.updates.pointer import read_pointer, write_pointer
    for state in {states!r}:
        if read_pointer(Path(root)).state != "healthy":
            write_pointer(Path(root), replace(read_pointer(Path(root)), state=state))
    {end}
"""


def a_build(
    folder: Path,
    version: str,
    *,
    good: bool = True,
    states: tuple[str, ...] = ("door", "healthy"),
    end: str = "sys.exit(0)",
    **facts: object,
) -> Path:
    """A build folder with a program of a few lines."""
    build = folder / f"build-{version}"
    (build / FACTS).parent.mkdir(parents=True)
    about = {"version": version, "platform": HERE.platform, "schema": HERE.schema} | facts
    (build / FACTS).write_text(json.dumps(about), encoding="utf-8")
    program = build / "tcd-desktop"
    words = {"python": sys.executable, "version": version, "good": good, "states": states, "end": end}
    source = str(Path(__file__).resolve().parents[2])
    program.write_text(_PROGRAM.format(**words, source=source), encoding="utf-8")
    program.chmod(0o755)
    (build / "_internal" / "libthu.so").write_bytes(os.urandom(300_000))
    return build


def desk(office: OpenOffice, installation: Installation | None = None, **running: object) -> UpdateDesk:
    """The desk of an office, with a program folder of its own and another version running."""
    return UpdateDesk(
        office.store,
        office.keyring,
        home=office.home,
        office=office.office,
        officer=office.officer,
        now=office.clock,
        installation=installation,
        running=replace(HERE, **running) if running else HERE,  # type: ignore[arg-type]
    )


def program_folder(folder: Path, version: str = HERE.version, **build: object) -> Installation:
    """A program folder with one version in it."""
    root = folder / "program"
    (root / VERSIONS).mkdir(parents=True)
    a_build(folder, version, **build).rename(root / VERSIONS / version)  # type: ignore[arg-type]
    write_pointer(root, Pointer(version))
    return Installation(root)
