"""In: a file from a stick -> copied, verified, applied in one transaction, or refused with nothing changed.

    copy to the inbox folder and hash (the stick may be pulled out)  ->  known already?  ->  one write transaction:
    read and verify segment by segment, merge, balance, ledger  ->  commit

A dry run is the same, rolled back at the end, so what it announces is what will happen. A bundle that comes before
the one it continues is parked and taken by itself when the missing one has come.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import Progress
from tcd_desktop.store import ledger
from tcd_desktop.store.errors import StoreUnavailable
from tcd_desktop.store.ledger import LedgerLine
from tcd_desktop.store.lines import SCHEMA
from tcd_desktop.store.merge import Balance
from tcd_desktop.store.store import Store
from tcd_desktop.sync.arrival import AlreadyApplied, Arrival
from tcd_desktop.sync.bundle_reader import check_bundle, read_bundle
from tcd_desktop.sync.bundle_writer import SUFFIX
from tcd_desktop.sync.inspection import Inspection, inspect_file, inspection_of
from tcd_desktop.sync.keyring import Keyring, Membership, required_membership
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.trust import Expectations, Trust

_BLOCK = 1024 * 1024
PARKING_CODES = frozenset({Code.GAP.value, Code.TOO_NEW.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What became of one file. `outcome` applied | already | parked | refused; `code` and `facts` say why not."""

    file: Path
    outcome: str
    code: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    balance: Balance = field(default_factory=Balance)
    sender: str = ""
    kind: str = ""
    dry_run: bool = False


class _Rehearsed(Exception):
    """A dry run came to its end: everything is rolled back."""


class Inbox:
    """`folder` is where copies and parked bundles are kept."""

    def __init__(self, store: Store, keyring: Keyring, *, folder: Path, now: Callable[[], datetime]) -> None:
        self._store = store
        self._keyring = keyring
        self._folder = folder
        self._now = now

    def take(
        self, files: Iterable[Path], *, dry_run: bool = False, progress: Progress | None = None
    ) -> list[ImportResult]:
        """Imports files in the order given, then parked ones that can go on. Raises Refused("not_enrolled")."""
        member = required_membership(self._store)
        results = {file: self._take_one(file, member, dry_run, progress) for file in files}
        if not dry_run and any(result.outcome == "applied" for result in results.values()):
            self._take_parked(results, required_membership(self._store), progress)
        return list(results.values())

    def _take_one(self, file: Path, member: Membership, dry_run: bool, progress: Progress | None) -> ImportResult:
        try:
            copy, digest = self._copied(file)
        except Refused as refused:
            return ImportResult(file=file, outcome="refused", code=refused.code, facts=refused.facts, dry_run=dry_run)
        try:
            result = self._judged(file, copy, digest, member, dry_run, progress)
            if result.outcome == "parked" and not dry_run:
                shutil.copyfile(copy, self._folder / f"{digest}{SUFFIX}")
            return result
        finally:
            copy.unlink(missing_ok=True)

    def _copied(self, file: Path) -> tuple[Path, str]:
        """A copy in the inbox folder and its hash, so that the stick is needed no longer."""
        copy = self._folder / f"{secrets.token_hex(8)}.part"
        digest = sha256()
        try:
            if file.stat().st_size > DEFAULT.volume:
                raise BundleRefused(Code.LIMIT, reason="file", limit=DEFAULT.volume)
            with file.open("rb") as source, copy.open("wb") as target:
                while block := source.read(_BLOCK):
                    digest.update(block)
                    target.write(block)
        except FileNotFoundError as error:
            raise Refused("file_missing", file=file.name) from error
        except OSError as error:
            copy.unlink(missing_ok=True)
            raise Refused("file_unreadable", file=file.name) from error
        return copy, digest.hexdigest()

    def _judged(
        self, file: Path, copy: Path, digest: str, member: Membership, dry_run: bool, progress: Progress | None
    ) -> ImportResult:
        """The result of one file; refusals and parking go into the ledger."""
        with self._store.reading() as connection:
            known = ledger.applied(connection, digest)
        if known:
            return _already(file, known, dry_run)
        try:
            return self._applied(file, copy, digest, member, dry_run, progress)
        except AlreadyApplied as already:
            return _already(file, already.line, dry_run)
        except StoreUnavailable:
            raise
        except Refused as refused:
            outcome = "parked" if refused.code in PARKING_CODES else "refused"
            result = ImportResult(file=file, outcome=outcome, code=refused.code, facts=refused.facts, dry_run=dry_run)
            if not dry_run:
                self._enter(file, digest, result)
            return result

    def _applied(
        self, file: Path, copy: Path, digest: str, member: Membership, dry_run: bool, progress: Progress | None
    ) -> ImportResult:
        arrival: Arrival | None = None
        balance = Balance()
        try:
            with self._store.writing() as connection:
                arrival = Arrival(connection, member, now=self._now())
                read_bundle(
                    copy, self._keyring.boxes(), expect=self._expectations(member), sink=arrival, progress=progress
                )
                balance = arrival.finish()
                ledger.enter(connection, arrival.ledger_line(file.name, digest, balance))
                if dry_run:
                    raise _Rehearsed
        except _Rehearsed:
            pass
        assert arrival is not None
        if not dry_run:
            self._store.seen(arrival.latest)
        return ImportResult(
            file=file, outcome="applied", balance=balance, sender=arrival.sender, kind=arrival.kind, dry_run=dry_run
        )

    def _expectations(self, member: Membership) -> Expectations:
        return Expectations(
            verifier=Trust(member.root, self._now().date(), member.revocations),
            device=self._keyring.device.device_id,
            path=member.certificate.path,
            schema_ver=SCHEMA,
            peers=True,
        )

    def _enter(self, file: Path, digest: str, result: ImportResult) -> None:
        line = LedgerLine(
            direction="in", file=file.name, outcome=result.outcome, at=self._now(), sha256=digest, code=result.code
        )
        with self._store.writing() as connection:
            ledger.enter(connection, line)

    def _take_parked(self, results: dict[Path, ImportResult], member: Membership, progress: Progress | None) -> None:
        """Tries the parked bundles until none goes any further."""
        given = {self._digest_name(file): file for file, result in results.items() if result.outcome == "parked"}
        moved = True
        while moved:
            moved = False
            for parked in sorted(self._folder.glob(f"*{SUFFIX}")):
                result = self._take_one(parked, member, False, progress)
                if result.outcome == "parked":
                    continue
                parked.unlink(missing_ok=True)
                file = given.get(parked.name, parked)
                results[file] = replace(result, file=file)
                moved = moved or result.outcome == "applied"

    def _digest_name(self, file: Path) -> str:
        with file.open("rb") as source:
            digest = sha256()
            while block := source.read(_BLOCK):
                digest.update(block)
        return digest.hexdigest() + SUFFIX

    def parked(self) -> list[str]:
        """The names of bundles that wait for a missing one."""
        return sorted(path.name for path in self._folder.glob(f"*{SUFFIX}"))

    def inspect(self, file: Path) -> Inspection:
        """What a bundle says, verified to its end with this office's keys; nothing is kept.

        Raises Refused("file_missing" | "file_unreadable").
        """
        member = required_membership(self._store)
        plain = inspect_file(file)
        try:
            read = check_bundle(file, self._keyring.boxes(), expect=self._expectations(member))
        except BundleRefused as refused:
            return replace(plain, signature=_signature_of(refused), code=refused.code)
        with self._store.reading() as connection:
            known = ledger.applied(connection, read.sha256, read.manifest.bundle) is not None
        return inspection_of(read, known=known)

    def ledger(self, *, limit: int = 200) -> list[LedgerLine]:
        """The newest lines of the ledger of files."""
        with self._store.reading() as connection:
            return ledger.lines(connection, limit=limit)

    def sweep(self) -> None:
        """Removes half-made copies of a program that was stopped."""
        for part in self._folder.glob("*.part"):
            part.unlink(missing_ok=True)


def _already(file: Path, line: LedgerLine, dry_run: bool) -> ImportResult:
    """Everything in the file is in the books: received = identical."""
    received = line.balance.received if line.balance else 0
    return ImportResult(
        file=file,
        outcome="already",
        facts={"at": line.at},
        balance=Balance(received=received, identical=received),
        sender=line.office,
        dry_run=dry_run,
    )


def _signature_of(refused: BundleRefused) -> str:
    """A file no key of ours opens says nothing about its signature."""
    return "unknown" if refused.code == Code.RECIPIENT.value else "invalid"
