"""In: a file from a stick -> copied, verified, applied in one transaction, or refused with nothing changed.

    copy to the inbox folder and hash (the stick may be pulled out)  ->  known already?  ->  one write transaction:
    read and verify segment by segment, merge, balance, ledger  ->  commit

A dry run is the same, rolled back at the end, so what it announces is what will happen. A bundle that comes before
the one it continues is parked and taken by itself when the missing one has come.
"""

from __future__ import annotations

import contextlib
import errno
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import Progress
from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.errors import StoreUnavailable
from tcd_desktop.store.journal import acks, ledger
from tcd_desktop.store.journal.ledger import LedgerLine
from tcd_desktop.store.journal.lines import RECORDS, SCHEMA
from tcd_desktop.store.journal.merge import Balance
from tcd_desktop.store.journal.rebuild import try_again
from tcd_desktop.store.store import Connection, Store, write_fact
from tcd_desktop.sync import forks
from tcd_desktop.sync.arrival import AlreadyApplied, Arrival
from tcd_desktop.sync.bundle_contents import BundleRecord, contents_of
from tcd_desktop.sync.bundle_reader import check_bundle, read_bundle
from tcd_desktop.sync.bundle_writer import SUFFIX
from tcd_desktop.sync.carrying import CARRIED, Carrier
from tcd_desktop.sync.heard import hear
from tcd_desktop.sync.history import SEALED_TABLES, Choice
from tcd_desktop.sync.inspection import Inspection, inspect_file, inspection_of
from tcd_desktop.sync.keyring import Keyring, Membership, required_membership
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.manifest import BundleKind, Manifest
from tcd_desktop.sync.papers_in import PapersIn
from tcd_desktop.sync.policy import limits_of
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.return_meta import ReturnMeta
from tcd_desktop.sync.trust import Expectations, Trust
from tcd_desktop.sync.turn import turn

_BLOCK = 1024 * 1024
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
ABANDONED = 24 * 60 * 60
"""Seconds after which a copy that nobody finished is removed."""
TRIED_WITH = "inbox.tried_with"
"""The version of records with which what waits was looked at last."""
PARKING_CODES = frozenset({Code.GAP.value, Code.TOO_NEW.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What became of one file. `outcome` applied | already | parked | refused; `code` and `facts` say why not.

    `digest` is the file's SHA-256, "" when it could not be read. `papers` came with it and are here now,
    `papers_closed` came too but only others may read them.
    """

    file: Path
    outcome: str
    code: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    balance: Balance = field(default_factory=Balance)
    sender: str = ""
    kind: str = ""
    digest: str = ""
    dry_run: bool = False
    bundle: str = ""
    records: tuple[BundleRecord, ...] = ()
    answer: ReturnMeta | None = None
    papers: int = 0
    papers_closed: int = 0


class _Rehearsed(Exception):
    """A dry run came to its end: everything is rolled back."""


class Inbox:
    """`folder` is where copies and parked bundles are kept."""

    def __init__(
        self, store: Store, keyring: Keyring, blobs: Blobs, *, folder: Path, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._keyring = keyring
        self._blobs = blobs
        self._folder = folder
        self._carrier = Carrier(folder / CARRIED)
        self._now = now
        self.choice: Choice = "ask"
        """What becomes of entries only this PC has when its superior brings another history of it."""
        self.as_device = ""

    def take(
        self, files: Iterable[Path], *, dry_run: bool = False, progress: Progress | None = None
    ) -> list[ImportResult]:
        """Imports files in the order given, then parked ones that can go on. Raises Refused("not_enrolled")."""
        required_membership(self._store)
        self._tidy()
        results: list[ImportResult] = []
        with turn(self._folder.parent, progress):
            for file in files:
                results.append(self._take_one(file, required_membership(self._store), dry_run, progress))
            if not dry_run and any(result.outcome == "applied" for result in results):
                self._take_parked(results, required_membership(self._store), progress)
        return results

    def try_again(self, progress: Progress | None = None) -> list[ImportResult]:
        """Tries what waits and what was kept aside once more: after an upgrade, or when a person asks for it.

        Gives the waiting bundles that went on. Raises Refused("not_enrolled").
        """
        required_membership(self._store)
        self._tidy()
        results: list[ImportResult] = []
        with turn(self._folder.parent, progress):
            with self._store.writing() as connection:
                try_again(connection, at=self._now().isoformat(timespec="seconds"))
                write_fact(connection, TRIED_WITH, str(SCHEMA))
            self._take_parked(results, required_membership(self._store), progress)
        return [result for result in results if result.outcome == "applied"]

    def upgraded(self) -> bool:
        """Whether this version of the program has not looked yet at what older ones could not take."""
        return self._store.fact(TRIED_WITH, "0") != str(SCHEMA)

    def bring_together(self, file: Path, choice: Choice, *, as_device: str = "") -> ImportResult:
        """Reads this PC's books back from its superior; entries that only this PC has there get a place of their own.

        `choice` "epoch": this PC was put back from a copy; "device": it is a copy and goes on as `as_device`.
        """
        self.choice, self.as_device = choice, as_device
        try:
            return self.take([file])[0]
        finally:
            self.choice, self.as_device = "ask", ""

    def bring_together_or_stop(self, file: Path, device: str) -> ImportResult:
        """The same for a copied PC that goes on as `device`. Raises the refusal, so that no identity is changed."""
        result = self.bring_together(file, "device", as_device=device)
        if result.outcome == "refused":
            raise Refused(result.code, **result.facts)
        return result

    def _tidy(self) -> None:
        """The folder is there, and holds no copy whose import was cut off long ago (another one may be at work now)."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable("store_read_only") from error
        self._blobs.sweep(time.time() - ABANDONED)
        for part in self._folder.glob("*.part"):
            with contextlib.suppress(OSError):
                if time.time() - part.stat().st_mtime > ABANDONED:
                    part.unlink()

    def _take_one(self, file: Path, member: Membership, dry_run: bool, progress: Progress | None) -> ImportResult:
        try:
            copy, digest = self._copied(file)
        except Refused as refused:
            return ImportResult(file=file, outcome="refused", code=refused.code, facts=refused.facts, dry_run=dry_run)
        try:
            result = self._judged(file, copy, digest, member, dry_run, progress)
            if result.outcome == "parked" and not dry_run:
                copy.replace(self._parking_place(digest))
            elif result.outcome in ("applied", "already") and not dry_run:
                self._pass_on(copy, digest, new=result.outcome == "applied")
            return replace(result, digest=digest)
        finally:
            copy.unlink(missing_ok=True)

    def _pass_on(self, copy: Path, digest: str, *, new: bool) -> None:
        """At a ward: bundles of its other PCs wait for the next stick to the superior, its answers for the other PCs.

        A file that cannot be kept is no harm: its sender gives it again until it is confirmed.
        """
        with self._store.reading() as connection:
            line = ledger.applied(connection, digest)
            beside = line is not None and line.sha256 == digest and self._concerns_other_pcs(connection, line, new)
        if line is not None and beside:
            with contextlib.suppress(OSError):
                self._carrier.keep(copy, line)

    def _concerns_other_pcs(self, connection: Connection, line: LedgerLine, new: bool) -> bool:
        if self._keyring.authority is not None:
            return False
        if line.kind == BundleKind.OPS.value:
            return acks.reached(connection, line.device, line.epoch) < line.last
        return new and line.kind == BundleKind.RETURN.value

    def _copied(self, file: Path) -> tuple[Path, str]:
        """A copy in the inbox folder and its hash, so that the stick is needed no longer."""
        copy = self._folder / f"{secrets.token_hex(8)}.part"
        try:
            size = _size(file)
            with file.open("rb") as source, copy.open("wb") as target:
                return copy, _copy(source, target, size)
        except FileNotFoundError as error:
            raise Refused("file_missing", file=file.name) from error
        except OSError as error:
            copy.unlink(missing_ok=True)
            if error.errno in _FULL:
                raise StoreUnavailable("store_full") from error
            raise Refused("file_unreadable", file=file.name) from error

    def _parking_place(self, digest: str) -> Path:
        return self._folder / f"{digest}{SUFFIX}"

    def _judged(
        self, file: Path, copy: Path, digest: str, member: Membership, dry_run: bool, progress: Progress | None
    ) -> ImportResult:
        """The result of one file; refusals and parking go into the ledger."""
        with self._store.reading() as connection:
            known = ledger.applied(connection, digest)
        if known:
            return _already(file, known, dry_run)
        heard: list[Arrival] = []
        try:
            return self._applied(file, copy, digest, member, dry_run, progress, heard)
        except AlreadyApplied as already:
            return _already(file, already.line, dry_run)
        except StoreUnavailable:
            raise
        except Refused as refused:
            outcome = "parked" if refused.code in PARKING_CODES else "refused"
            code, facts = refused.code, refused.facts
            if outcome == "parked" and not self._has_room(file, copy):
                outcome, code, facts = "refused", "parking_full", {"count": len(self.parked())}
            result = ImportResult(
                file=file,
                outcome=outcome,
                code=code,
                facts=facts,
                sender=heard[0].sender if heard else "",
                kind=heard[0].kind if heard else "",
                dry_run=dry_run,
            )
            if not dry_run:
                self._enter(file, digest, result, heard[0].head if heard else None)
                if refused.code == Code.FORK.value and self._keyring.authority is not None:
                    with self._store.writing() as connection:
                        forks.keep(connection, self._folder, copy, file.name, digest, refused.facts, self._now())
            return result

    def _has_room(self, file: Path, copy: Path) -> bool:
        """Only so many bundles wait here: a further one stays on its stick."""
        waiting = list(self._folder.glob(f"*{SUFFIX}"))
        size = sum(kept.stat().st_size for kept in waiting) + copy.stat().st_size
        fits = len(waiting) < DEFAULT.parked and size <= DEFAULT.parked_bytes
        return fits or file.parent == self._folder

    def _applied(
        self,
        file: Path,
        copy: Path,
        digest: str,
        member: Membership,
        dry_run: bool,
        progress: Progress | None,
        heard: list[Arrival],
    ) -> ImportResult:
        arrival: Arrival | None = None
        balance = Balance()
        keys, limits = self._keyring.boxes(), limits_of(member.root)
        papers = PapersIn(self._blobs, keys, most=limits.paper, now=self._now(), rehearsal=dry_run)
        try:
            with self._store.writing() as connection:
                arrival = Arrival(connection, member, papers, now=self._now())
                heard.append(arrival)
                arrival.choice, arrival.as_device = self.choice, self.as_device
                expect = self._expectations(member)
                read_bundle(copy, keys, expect=expect, sink=arrival, limits=limits, progress=progress)
                balance = arrival.finish()
                line = arrival.ledger_line(file.name, digest, balance)
                ledger.enter(connection, line)
                records = contents_of(connection, line.device, line.epoch, line.fresh, line.last)
                if arrival.kind == BundleKind.OPS:
                    forks.settle(connection, arrival.device, arrival.epoch, self._now())
                if dry_run:
                    raise _Rehearsed
                papers.keep()
        except _Rehearsed:
            pass
        except BaseException as error:
            papers.drop()
            if not dry_run and isinstance(error, BundleRefused) and error.code == Code.GAP.value:
                self._hear(arrival)
            raise
        assert arrival is not None
        if not dry_run:
            self._store.seen(arrival.latest)
            self._take_identities(arrival)
            self._hear(arrival)
        return ImportResult(
            file=file,
            outcome="applied",
            balance=balance,
            sender=arrival.sender,
            kind=arrival.kind,
            dry_run=dry_run,
            bundle=line.bundle,
            records=tuple(records),
            answer=arrival.answer,
            papers=papers.came,
            papers_closed=papers.closed,
        )

    def _take_identities(self, arrival: Arrival) -> None:
        """Identities that came closed for this PC take the place of those closed for one that is gone."""
        given = arrival.history.sealed if arrival.history else []
        if not given:
            return
        with self._store.unit(act="keys.reseal", officer="") as unit:
            for one in given:
                record: Any = unit.get(RECORDS[one.table], one.record) if one.table in SEALED_TABLES else None
                if record is not None and record.sealed is not None:
                    unit.change(record, sealed=one.value.encode("ascii"))
            unit.commit()

    def _hear(self, arrival: Arrival | None) -> None:
        """A superior takes notice of the PC a bundle came from."""
        if self._keyring.authority is not None and arrival is not None and arrival.below is not None:
            hear(self._store, arrival.below)

    def _expectations(self, member: Membership) -> Expectations:
        return Expectations(
            verifier=Trust(member.root, self._now().date(), member.revocations),
            device=self._keyring.device_id,
            path=member.certificate.path,
            schema_ver=SCHEMA,
            peers=True,
        )

    def _enter(self, file: Path, digest: str, result: ImportResult, head: Manifest | None) -> None:
        if file.parent == self._folder and result.outcome == "parked":
            return  # it waited before; nothing new is to be told
        line = LedgerLine(
            direction="in",
            file=file.name,
            outcome=result.outcome,
            at=self._now(),
            sha256=digest,
            code=result.code,
            bundle=head.bundle if head else "",
            kind=head.kind.value if head else "",
            office=head.unit if head else "",
            device=head.device if head else "",
            epoch=head.epoch if head else 0,
            first=head.first if head else 0,
            last=head.last if head else 0,
            created=head.created_hlc if head else "",
        )
        with self._store.writing() as connection:
            ledger.enter(connection, line)

    def _take_parked(self, results: list[ImportResult], member: Membership, progress: Progress | None) -> None:
        """Tries the parked bundles until none goes any further; one that was given just now answers in its place."""
        given = {result.digest: at for at, result in enumerate(results) if result.outcome == "parked"}
        moved = True
        while moved:
            moved = False
            for parked in sorted(self._folder.glob(f"*{SUFFIX}")):
                result = self._take_one(parked, member, False, progress)
                if result.outcome == "parked":
                    continue
                parked.unlink(missing_ok=True)
                at = given.get(result.digest)
                if at is None:
                    results.append(result)
                else:
                    results[at] = replace(result, file=results[at].file)
                moved = moved or result.outcome == "applied"

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


def _size(file: Path) -> int:
    """Of a file, not of a folder or a device. Raises BundleRefused(E_LIMIT), OSError."""
    if file.exists() and not file.is_file():
        raise IsADirectoryError(file.name)
    size = file.stat().st_size
    if size > DEFAULT.volume:
        raise BundleRefused(Code.LIMIT, reason="file", limit=DEFAULT.volume)
    return size


def _copy(source: BinaryIO, target: BinaryIO, size: int) -> str:
    """Copies and hashes; a stick that gives less than it announced was pulled out. Raises OSError."""
    digest, copied = sha256(), 0
    while block := source.read(_BLOCK):
        digest.update(block)
        target.write(block)
        copied += len(block)
    if copied < size:
        raise OSError(errno.EIO, "the file ended too early")
    return digest.hexdigest()


def _signature_of(refused: BundleRefused) -> str:
    """A file no key of ours opens says nothing about its signature."""
    return "unknown" if refused.code == Code.RECIPIENT.value else "invalid"
