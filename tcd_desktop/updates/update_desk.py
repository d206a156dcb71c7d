"""Updates at an office: the office above makes them for the stick, every office installs them and goes back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.rights import check_right
from tcd_desktop.jobs import Progress, SilentProgress
from tcd_desktop.store.store import Store
from tcd_desktop.sync.keyring import Keyring, Membership, required_membership
from tcd_desktop.updates.archive import pack
from tcd_desktop.updates.build import facts_of, here
from tcd_desktop.updates.home_copy import make_copy, newest_copy
from tcd_desktop.updates.installation import Installation
from tcd_desktop.updates.limits import DEFAULT
from tcd_desktop.updates.pointer import version_key
from tcd_desktop.updates.pointer_report import program_folder
from tcd_desktop.updates.statement import Here, Statement, judge, sign_statement
from tcd_desktop.updates.update_file import SUFFIX, UpdateFile, file_name, hash_of, read_update, write_update


@dataclass(frozen=True, slots=True)
class Made:
    """An update that is whole on the stick."""

    path: Path
    statement: Statement
    size: int


@dataclass(frozen=True, slots=True)
class Seen:
    """An update on a stick: what its signed line says, and why it cannot be installed here (None: it can).

    `statement` is None when the signature is not right: then nothing of what it says is shown.
    """

    path: Path
    statement: Statement | None
    refused: Refused | None


@dataclass(frozen=True, slots=True)
class Programs:
    """The versions on this PC: the one that runs, the one that starts next, the one before, one that did not come up.

    `placed`: the program was put here with its launcher, so it can be updated.
    """

    running: str
    placed: bool
    next: str = ""
    previous: str = ""
    failed: str = ""
    versions: tuple[str, ...] = ()


class UpdateDesk:
    """See the module."""

    def __init__(
        self,
        store: Store,
        keyring: Keyring,
        *,
        home: Path,
        office: Office,
        officer: Officer,
        now: Callable[[], datetime],
        installation: Installation | None = None,
        running: Here | None = None,
    ) -> None:
        folder = program_folder()
        self._store, self._keyring, self._home = store, keyring, home
        self._office, self._officer, self._now = office, officer, now
        self._installation = installation or (Installation(folder) if folder else None)
        self._here = running or here()

    # -- the office above ---------------------------------------------------------------------------------

    def make(
        self, build: Path, folder: Path, *, notes: Sequence[str], follows: str, progress: Progress | None = None
    ) -> Made:
        """Packs a build and writes it onto a stick, signed for the offices below.

        Raises Refused("update_not_superior" | "update_not_build" | "update_notes" | "update_follows_wrong" |
        "update_archive" | "update_too_large" | "folder_missing"), ExportFailed, Cancelled.
        """
        check_right(self._officer.right, "updates.make")
        authority = self._keyring.authority
        if authority is None:
            raise Refused("update_not_superior")
        if not folder.is_dir():
            raise Refused("folder_missing", folder=folder.name)
        facts, said = facts_of(build), _notes(notes)
        _check_follows(follows, facts.version)
        watched = progress or SilentProgress()
        with tempfile.TemporaryDirectory(dir=self._home, ignore_cleanup_errors=True) as between:
            packed = Path(between) / "payload.zip"
            try:
                unpacked, files = pack(build, packed, watched)
                digest, size = hash_of(packed, watched)
            except OSError as error:
                raise Refused("update_disk") from error
            if size > DEFAULT.payload:
                raise Refused("update_too_large")
            statement = Statement(
                office=self._office.id,
                version=facts.version,
                follows=follows,
                platform=facts.platform,
                schema=facts.schema,
                size=size,
                sha256=digest,
                unpacked=unpacked,
                files=files,
                notes=said,
                made_at=self._now().isoformat(timespec="minutes")[:16],
            )
            path = folder / file_name(statement)
            written = write_update(path, sign_statement(statement, authority.director), packed, watched)
        return Made(path, statement, written)

    # -- every office -------------------------------------------------------------------------------------

    def look(self, folder: Path) -> list[Seen]:
        """The updates in a folder, the newest first; those that cannot be installed with the reason."""
        found = [self.check(path) for path in sorted(folder.glob(f"*{SUFFIX}"))[: DEFAULT.looked_at]]
        return sorted(found, key=_newest_first, reverse=True)

    def check(self, path: Path) -> Seen:
        """What an update says and whether it fits; nothing is changed. Raises Refused("not_enrolled")."""
        member, statement = required_membership(self._store), None
        try:
            statement = self._signed(path, member).statement
            judge(statement, self._here)
        except Refused as refused:
            return Seen(path, statement, refused)
        return Seen(path, statement, None)

    def _signed(self, path: Path, member: Membership) -> UpdateFile:
        update = read_update(path, member.root)
        if update.statement.office != member.superior and self._keyring.authority is None:
            raise Refused("update_unsigned")
        return update

    def install(self, path: Path, progress: Progress | None = None) -> Statement:
        """Copies, compares, tries the new version, copies the books; the next start is the new version.

        Raises Refused with the reason why not; nothing is changed then.
        """
        check_right(self._officer.right, "updates.install")
        if self._installation is None:
            raise Refused("update_not_placed")
        update = self._signed(path, required_membership(self._store))
        judge(update.statement, self._here)
        watched = progress or SilentProgress()
        self._installation.unpack(update, watched)
        self._go_to(self._installation, update.statement.version)
        return update.statement

    def _go_to(self, installation: Installation, newer: str) -> None:
        """The books are copied before a newer version sees them."""
        make_copy(self._store, self._home, before=self._here.version, after=newer)
        installation.switch(newer)

    def back(self) -> str:
        """The next start is the version before, or the newer one that was gone back from; returns it.

        Where the books were changed by this version, the copy made before goes back with it, when nothing was recorded
        since. Raises Refused("update_no_previous" | "update_recorded_since" | "update_not_placed").
        """
        check_right(self._officer.right, "updates.back")
        if self._installation is None:
            raise Refused("update_not_placed")
        previous = self._installation.pointer.previous
        if previous in self._installation.versions() and version_key(previous) > version_key(self._here.version):
            self._go_to(self._installation, previous)
            return previous
        found = newest_copy(self._home)
        copy = found[1] if found else None
        if copy and copy.after == self._here.version and copy.before == previous and copy.schema < self._here.schema:
            from tcd_desktop.store.copies import standing

            if self._store.read(standing) != copy.standing:
                raise Refused("update_recorded_since", version=copy.after)
        return self._installation.go_back()

    def programs(self) -> Programs:
        """The versions on this PC."""
        here_now = self._here.version
        if self._installation is None:
            return Programs(here_now, False)
        try:
            pointer = self._installation.pointer
        except Refused:
            return Programs(here_now, False)
        versions = self._installation.versions()
        previous = pointer.previous if pointer.previous in versions else ""
        return Programs(here_now, True, pointer.current, previous, pointer.failed, tuple(versions))


def _notes(lines: Sequence[str]) -> list[str]:
    said = [line for line in map(clean_line, lines) if line]
    if not said or len(said) > 40 or max(map(len, said)) > 500 or sum(map(len, said)) > DEFAULT.notes:
        raise Refused("update_notes")
    return said


def _check_follows(follows: str, version: str) -> None:
    try:
        right = version_key(follows) < version_key(version)
    except ValueError:
        right = False
    if not right:
        raise Refused("update_follows_wrong", version=version)


def _newest_first(seen: Seen) -> tuple[bool, bool, tuple[int, int, int]]:
    version = version_key(seen.statement.version) if seen.statement else (0, 0, 0)
    return seen.refused is None, seen.statement is not None, version
