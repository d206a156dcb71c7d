"""In: a file from a stick -> copied, verified, applied in one transaction, or refused with nothing changed.

    copy to the inbox folder and hash (the stick may be pulled out)  ->  known already?  ->  one write transaction:
    read and verify segment by segment, merge, balance, ledger  ->  commit

A dry run is the same, rolled back at the end, so what it announces is what will happen. A bundle that comes before
the one it continues is parked and taken by itself when the missing one has come.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import Progress
from tcd_desktop.services.recycle.scouring import scour
from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.errors import StoreUnavailable
from tcd_desktop.store.journal import acks, ledger
from tcd_desktop.store.journal.clock import stamp_time
from tcd_desktop.store.journal.ledger import LedgerLine
from tcd_desktop.store.journal.lines import RECORDS, SCHEMA
from tcd_desktop.store.journal.merge import Balance
from tcd_desktop.store.journal.rebuild import try_again
from tcd_desktop.store.store import Connection, Store, write_fact
from tcd_desktop.sync import forks
from tcd_desktop.sync.arrival import AlreadyApplied, Arrival
from tcd_desktop.sync.bundle_contents import BundleRecord, contents_of
from tcd_desktop.sync.bundle_reader import check_bundle, read_bundle
from tcd_desktop.sync.carrying import CARRIED, Carrier
from tcd_desktop.sync.heard import hear
from tcd_desktop.sync.history import SEALED_TABLES, Choice, Reunion, parts_of
from tcd_desktop.sync.inbox_folder import InboxFolder
from tcd_desktop.sync.inspection import Inspection, inspect_file, inspection_of
from tcd_desktop.sync.keyring import Keyring, Membership, load_membership, required_membership
from tcd_desktop.sync.manifest import BundleKind, Manifest
from tcd_desktop.sync.papers_in import PapersIn
from tcd_desktop.sync.policy import limits_of
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.return_meta import ReturnMeta
from tcd_desktop.sync.trust import Expectations, Trust
from tcd_desktop.sync.turn import turn

TRIED_WITH = "inbox.tried_with"
"""The version of records with which what waits was looked at last."""
PARKING_CODES = frozenset({Code.GAP.value, Code.TOO_NEW.value, Code.FROZEN.value})


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


STAYS = Reunion()


@dataclass(frozen=True, slots=True)
class _Way:
    """How files are taken. `reunion`: what becomes of entries only this PC has, when its books come back to it."""

    dry_run: bool = False
    progress: Progress | None = None
    reunion: Reunion = STAYS


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
        self._files = InboxFolder(folder, blobs)
        self._carrier = Carrier(folder / CARRIED)
        self._now = now

    def take(
        self, files: Iterable[Path], *, dry_run: bool = False, progress: Progress | None = None
    ) -> list[ImportResult]:
        """Imports files in the order given, then parked ones that can go on. Raises Refused("not_enrolled")."""
        return self._take(files, _Way(dry_run, progress))

    def _take(self, files: Iterable[Path], way: _Way) -> list[ImportResult]:
        required_membership(self._store)
        self._files.tidy()
        results: list[ImportResult] = []
        with turn(self._folder.parent, way.progress):
            for file in chain.from_iterable(map(parts_of, files)):
                results.append(self._take_one(file, required_membership(self._store), way))
            if not way.dry_run and any(result.outcome == "applied" for result in results):
                self._take_parked(results, required_membership(self._store), way)
            if not way.dry_run:
                with contextlib.suppress(StoreUnavailable):  # it is tried again when the office is opened
                    scour(self._store, self._blobs, self._folder.parent)
        return results

    def try_again(self, progress: Progress | None = None) -> list[ImportResult]:
        """Tries what waits and what was kept aside once more: after an upgrade, or when a person asks for it.

        Gives the waiting bundles that went on. Raises Refused("not_enrolled").
        """
        required_membership(self._store)
        self._files.tidy()
        results: list[ImportResult] = []
        with turn(self._folder.parent, progress):
            with self._store.writing() as connection:
                try_again(connection, at=self._now().isoformat(timespec="seconds"))
                write_fact(connection, TRIED_WITH, str(SCHEMA))
            self._take_parked(results, required_membership(self._store), _Way(progress=progress))
        return [result for result in results if result.outcome == "applied"]

    def upgraded(self) -> bool:
        """Whether this version of the program has not looked yet at what older ones could not take."""
        return self._store.fact(TRIED_WITH, "0") != str(SCHEMA) and load_membership(self._store) is not None

    def bring_together(self, file: Path, choice: Choice, *, as_device: str = "") -> ImportResult:
        """Reads this PC's books back from its superior; entries that only this PC has there get a place of their own.

        `choice` "epoch": this PC was put back from a copy; "device": it is a copy and goes on as `as_device`.
        """
        return self._take([file], _Way(reunion=Reunion(choice, as_device)))[0]

    def bring_together_or_stop(self, file: Path, device: str) -> ImportResult:
        """The same for a copied PC that goes on as `device`. Raises the refusal, so that no identity is changed."""
        result = self.bring_together(file, "device", as_device=device)
        if result.outcome == "refused":
            raise Refused(result.code, **result.facts)
        return result

    def _take_one(self, file: Path, member: Membership, way: _Way) -> ImportResult:
        try:
            copy, digest = self._files.copied(file)
        except Refused as refused:
            return ImportResult(
                file=file, outcome="refused", code=refused.code, facts=refused.facts, dry_run=way.dry_run
            )
        try:
            result = self._judged(file, copy, digest, member, way)
            if result.outcome == "parked" and not way.dry_run:
                self._files.park(copy, digest)
            elif result.outcome in ("applied", "already") and not way.dry_run:
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

    def _judged(self, file: Path, copy: Path, digest: str, member: Membership, way: _Way) -> ImportResult:
        """The result of one file; refusals and parking go into the ledger."""
        with self._store.reading() as connection:
            known = ledger.applied(connection, digest)
        if known:
            return _already(file, known, way.dry_run)
        heard: list[Arrival] = []
        try:
            return self._applied(file, copy, digest, member, way, heard)
        except AlreadyApplied as already:
            return _already(file, already.line, way.dry_run)
        except StoreUnavailable:
            raise
        except Refused as refused:
            outcome = "parked" if refused.code in PARKING_CODES else "refused"
            code, facts = refused.code, refused.facts
            if outcome == "parked" and not self._files.has_room(file, copy):
                outcome, code, facts = "refused", "parking_full", {"count": len(self._files.waiting())}
            result = ImportResult(
                file=file,
                outcome=outcome,
                code=code,
                facts=facts,
                sender=heard[0].sender if heard else "",
                kind=heard[0].kind if heard else "",
                dry_run=way.dry_run,
            )
            if not way.dry_run:
                self._enter(file, digest, result, heard[0].head if heard else None)
                if refused.code == Code.FORK.value and self._keyring.authority is not None:
                    self._keep_fork(file, copy, digest, refused.facts, heard[0].head)
            return result

    def _keep_fork(self, file: Path, copy: Path, digest: str, facts: dict[str, Any], head: Manifest | None) -> None:
        created = stamp_time(head.created_hlc).astimezone().replace(tzinfo=None) if head else self._now()
        with self._store.writing() as connection:
            forks.keep(connection, self._folder, copy, file.name, digest, facts, self._now(), created)

    def _applied(
        self,
        file: Path,
        copy: Path,
        digest: str,
        member: Membership,
        way: _Way,
        heard: list[Arrival],
    ) -> ImportResult:
        arrival: Arrival | None = None
        balance = Balance()
        keys, limits = self._keyring.boxes(), limits_of(member.root)
        papers = PapersIn(self._blobs, keys, most=limits.paper, now=self._now(), rehearsal=way.dry_run)
        try:
            with self._store.writing() as connection:
                arrival = Arrival(connection, member, papers, now=self._now(), reunion=way.reunion)
                heard.append(arrival)
                expect = self._expectations(member)
                read_bundle(copy, keys, expect=expect, sink=arrival, limits=limits, progress=way.progress)
                balance = arrival.finish()
                line = arrival.ledger_line(file.name, digest, balance)
                ledger.enter(connection, line)
                records = contents_of(connection, line.device, line.epoch, line.fresh, line.last)
                if arrival.kind == BundleKind.OPS:
                    forks.settle(connection, arrival.device, arrival.epoch, self._now())
                if way.dry_run:
                    raise _Rehearsed
                papers.keep()
        except _Rehearsed:
            pass
        except BaseException as error:
            papers.drop()
            if not way.dry_run and isinstance(error, BundleRefused) and error.code == Code.GAP.value:
                self._hear(arrival)
            raise
        assert arrival is not None
        if not way.dry_run:
            self._store.seen(arrival.latest)
            self._take_identities(arrival)
            self._hear(arrival)
        return ImportResult(
            file=file,
            outcome="applied",
            balance=balance,
            sender=arrival.sender,
            kind=arrival.kind,
            dry_run=way.dry_run,
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

    def _take_parked(self, results: list[ImportResult], member: Membership, way: _Way) -> None:
        """Tries the parked bundles until none goes any further; one that was given just now answers in its place."""
        given = {result.digest: at for at, result in enumerate(results) if result.outcome == "parked"}
        moved = True
        while moved:
            moved = False
            for parked in self._files.waiting():
                result = self._take_one(parked, member, way)
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
        return [path.name for path in self._files.waiting()]

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


def _signature_of(refused: BundleRefused) -> str:
    """A file no key of ours opens says nothing about its signature."""
    return "unknown" if refused.code == Code.RECIPIENT.value else "invalid"
