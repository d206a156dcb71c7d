"""The program's own folder: versions side by side, tried before the pointer moves."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from tcd_desktop import __version__
from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import Progress, stop_if_cancelled
from tcd_desktop.renaming import replace_patiently
from tcd_desktop.updates import archive
from tcd_desktop.updates.limits import DEFAULT, UpdateLimits
from tcd_desktop.updates.pointer import (
    HEALTHY,
    ROOT_VARIABLE,
    TRYING,
    VERSIONS,
    Pointer,
    executable,
    installed,
    read_pointer,
    write_pointer,
)
from tcd_desktop.updates.statement import Statement
from tcd_desktop.updates.update_file import UpdateFile, copy_payload

INCOMING = "incoming"
Trial = Callable[[Path, str], None]
"""Tries the version in a folder. Raises Refused("update_trial")."""


def check_itself(folder: Path, version: str, limits: UpdateLimits = DEFAULT) -> None:
    """Lets a version check itself in a process of its own: fonts, libraries, an office in memory, a paper."""
    program = str(executable(folder, console=True))
    environment = {name: value for name, value in os.environ.items() if name != ROOT_VARIABLE}
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)

    def answer(*words: str) -> str:
        try:
            done = subprocess.run(
                [program, *words],
                capture_output=True,
                cwd=folder,
                env=environment,
                timeout=limits.trial_seconds,
                creationflags=hidden,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Refused("update_trial", reason=type(error).__name__) from error
        if done.returncode:
            raise Refused("update_trial", reason=f"{words[-1]}: {done.returncode}")
        return done.stdout.decode("utf-8", "replace")

    if answer("--version").split()[-1:] != [version]:
        raise Refused("update_trial", reason="version")
    try:
        good = json.loads(answer("self-check", "--json"))["ok"] is True
    except (ValueError, TypeError, KeyError) as error:
        raise Refused("update_trial", reason="answer") from error
    if not good:
        raise Refused("update_trial", reason="self-check")


class Installation:
    """A program folder (`pointer` tells its shape)."""

    def __init__(self, root: Path, trial: Trial = check_itself) -> None:
        self.root = root
        self._trial = trial

    @property
    def pointer(self) -> Pointer:
        """Raises Refused("update_not_placed") when no version is there."""
        found = read_pointer(self.root)
        if found is None:
            raise Refused("update_not_placed")
        return found

    def versions(self) -> list[str]:
        """What lies here, the newest first."""
        return installed(self.root)

    def unpack(self, update: UpdateFile, progress: Progress) -> None:
        """Copies, compares, opens and tries a version; it lies beside the others then, and nothing else has changed.

        Raises Refused("update_no_room" | "update_altered" | "update_cut" | "update_stick" | "update_disk" |
        "update_archive" | "update_trial"), Cancelled; what was begun is removed.
        """
        statement, incoming = update.statement, self.root / INCOMING
        self._require_room(statement)
        shutil.rmtree(incoming, ignore_errors=True)
        try:
            incoming.mkdir(parents=True)
            packed, folder = incoming / "payload.zip", incoming / "program"
            copy_payload(update, packed, progress)
            archive.unpack(packed, folder, unpacked=statement.unpacked, files=statement.files, progress=progress)
            packed.unlink()
            stop_if_cancelled(progress)
            self._trial(folder, statement.version)
            self._take(folder, statement.version)
        except OSError as error:
            raise Refused("update_disk") from error
        finally:
            shutil.rmtree(incoming, ignore_errors=True)

    def _take(self, folder: Path, version: str) -> None:
        target = self.root / VERSIONS / version
        target.parent.mkdir(exist_ok=True)
        if target.exists():  # from an update that was broken off before the pointer moved
            shutil.rmtree(target)
        replace_patiently(folder, target)

    def switch(self, version: str) -> None:
        """The next start tries this version; the others but the running one go. Raises Refused("update_disk")."""
        running = self.pointer.current
        try:
            write_pointer(self.root, Pointer(version, running, TRYING))
        except OSError as error:
            raise Refused("update_disk") from error
        for other in self.versions():
            if other not in (version, running, __version__):
                shutil.rmtree(self.root / VERSIONS / other, ignore_errors=True)

    def go_back(self) -> str:
        """The next start is the previous version; returns it. Raises Refused("update_no_previous" | "update_disk")."""
        now = self.pointer
        if not now.previous or now.previous not in self.versions():
            raise Refused("update_no_previous")
        try:
            write_pointer(self.root, Pointer(now.previous, now.current, HEALTHY))
        except OSError as error:
            raise Refused("update_disk") from error
        return now.previous

    def _require_room(self, statement: Statement) -> None:
        needed = statement.size + statement.unpacked
        try:
            free = shutil.disk_usage(self.root).free
        except OSError as error:
            raise Refused("update_not_placed") from error
        if free < needed:
            raise Refused("update_no_room", needed=needed, free=free)


def place(build: Path, root: Path, version: str, launcher: Path | None = None) -> None:
    """Makes a program folder out of a build, once for each PC: its version, the pointer, the launcher beside it.

    Raises Refused("folder_taken" | "update_disk").
    """
    if read_pointer(root) is not None:
        raise Refused("folder_taken", folder=root.name)
    try:
        shutil.copytree(build, root / VERSIONS / version)
        if launcher is not None:
            shutil.copy2(launcher, root / launcher.name)
        write_pointer(root, Pointer(version))
    except OSError as error:
        raise Refused("update_disk") from error
