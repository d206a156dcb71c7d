"""Out: a ward's bundle for its superior, a superior's answers to its wards.

A ward sends everything since the last operation its superior has confirmed, so a lost stick never makes a gap.
A superior's return bundle carries its signed receipt (how far each of the ward's PCs is in the books, the balance of
each bundle, the newest root, revocations and receiving keys) and the superior's own records that are meant for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tcd_desktop.domain.office import Device, Office
from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import Progress
from tcd_desktop.store.journal import acks, journal, ledger
from tcd_desktop.store.journal.chain import withheld_hash
from tcd_desktop.store.journal.journal import Chain
from tcd_desktop.store.journal.ledger import LedgerLine
from tcd_desktop.store.journal.lines import SCHEMA
from tcd_desktop.store.store import Connection, Store
from tcd_desktop.sync.bundle_writer import (
    BundleHead,
    WrittenBundle,
    bundle_file_name,
    return_file_name,
    write_bundle,
)
from tcd_desktop.sync.down import known_positions, lines_for, read_through
from tcd_desktop.sync.keyring import Keyring, Membership, required_membership
from tcd_desktop.sync.manifest import WITHHELD, BundleKind, Fork
from tcd_desktop.sync.return_meta import Ack, BundleResult, ReturnMeta, encode_return_meta
from tcd_desktop.sync.waiting import Waiting, read_waiting

LATEST_RESULTS = 200
OWN_RECORDS = 1
"""Of the superior's journal, every ward may read the founding of the office; that alone is no reason for a bundle."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A bundle that is whole on the stick. `office` is the one it is for."""

    office: str
    path: Path
    operations: int
    first: int
    last: int


class Outbox:
    """Writes bundles onto sticks and remembers them in the ledger."""

    def __init__(self, store: Store, keyring: Keyring, *, office: Office, now: Callable[[], datetime]) -> None:
        self._store = store
        self._keyring = keyring
        self._office = office
        self._now = now

    def waiting(self) -> Waiting:
        """How many operations the superior has not confirmed yet; `confirmed` is of the latest epoch."""
        return read_waiting(self._store)

    def export(self, folder: Path, *, full: bool = False, progress: Progress | None = None) -> list[Exported]:
        """Writes what there is to send into a folder; nothing new = an empty list.

        Raises Refused("not_enrolled" | "folder_missing"), ExportFailed (the stick), Cancelled.
        """
        if not folder.is_dir():
            raise Refused("folder_missing", folder=folder.name)
        member = required_membership(self._store)
        if self._keyring.authority is None:
            return self._send_up(folder, member, full, progress)
        return self._answer_wards(folder, member, full, progress)

    def _send_up(self, folder: Path, member: Membership, full: bool, progress: Progress | None) -> list[Exported]:
        """One bundle for every epoch of this PC that is not confirmed to its end: one, except after a restore."""
        sent = []
        with self._store.reading() as connection:
            for chain in journal.own_chains(connection):
                seq = 0 if full else acks.confirmed(connection, chain)[0]
                if seq < chain.seq:
                    sent.append((chain, self._write_up(connection, chain, seq, folder, member, progress)))
        for chain, written in sent:
            self._remember(written, BundleKind.OPS, member.superior, chain)
        return [_exported(member.superior, written) for _chain, written in sent]

    def _write_up(
        self,
        connection: Connection,
        chain: Chain,
        seq: int,
        folder: Path,
        member: Membership,
        progress: Progress | None,
    ) -> WrittenBundle:
        name = bundle_file_name(self._office.id, chain.device, chain.epoch, seq + 1, chain.seq)
        return write_bundle(
            folder / name,
            manifest_head=BundleHead(
                kind=BundleKind.OPS,
                epoch=chain.epoch,
                first=seq + 1,
                prev=journal.hash_at(connection, chain, seq),
                last=chain.seq,
                head=chain.head,
                forked_from=_fork(connection, chain),
                schema_ver=SCHEMA,
                created_hlc=self._store.stamp(),
                requires=known_positions(connection, member.superior),
            ),
            lines=journal.lines_after(connection, chain, seq),
            recipients=member.receiver.recipients(),
            device_keys=self._keyring.device,
            certificate=member.certificate_line,
            progress=progress,
        )

    def _answer_wards(self, folder: Path, member: Membership, full: bool, progress: Progress | None) -> list[Exported]:
        devices: dict[str, list[Device]] = {}
        for device in self._store.all(Device, "unit <> ? ORDER BY unit, series", (self._office.id,)):
            devices.setdefault(device.unit, []).append(device)
        answered = []
        for unit, known in devices.items():
            state = self._state(unit)
            if not state or (not full and self._store.fact(f"answered.{unit}") == state):
                continue
            answered += self._answer(folder, member, unit, known, progress)
            self._store.set_fact(f"answered.{unit}", state)
        return answered

    def _state(self, unit: str) -> str:
        """A text that changes when there is something new to tell a ward; "" when there is nothing yet."""
        with self._store.reading() as connection:
            own = journal.own_chains(connection)
            told = [
                (chain.epoch, seq)
                for chain in own
                for seq, line in enumerate(lines_for(connection, chain, unit, 0), start=1)
                if withheld_hash(line) is None
            ]
            received = [one for one in journal.chains(connection) if one.office == unit and one.seq]
        if not received and len(told) <= OWN_RECORDS:
            return ""
        last = f"down.{told[-1][0]}.{told[-1][1]}" if told else ""
        return " ".join([str(own[-1].epoch), *(f"{one.device}.{one.epoch}.{one.seq}" for one in received), last])

    def _receipt(self, unit: str, member: Membership) -> ReturnMeta:
        """The receipt for one ward."""
        number = int(self._store.fact(f"return_no.{unit}", "0")) + 1
        with self._store.reading() as connection:
            epoch = journal.own_chain(connection).epoch
            chains = [chain for chain in journal.chains(connection) if chain.office == unit and chain.seq]
            results = _results(connection, unit)
        receipts = [
            Ack(device=chain.device, epoch=chain.epoch, seq=chain.seq, head=chain.head.hex(), level="applied")
            for chain in chains
        ]
        return ReturnMeta(
            return_no=number,
            office_epoch=epoch,
            superior=self._office.id,
            superior_name=self._office.name,
            superior_time=self._store.stamp(),
            acks=receipts,
            results=results,
            roots=[line.decode("ascii") for line in member.root.chain],
            revocations=member.revocations.line.decode("ascii"),
            office_keys=member.receiver.line.decode("ascii"),
        )

    def _answer(
        self, folder: Path, member: Membership, unit: str, devices: list[Device], progress: Progress | None
    ) -> list[Exported]:
        """One return bundle for every epoch of this PC that a PC of the ward has not read to its end: one, usually."""
        names = [device.id for device in devices]
        answered = []
        with self._store.reading() as connection:
            own = journal.own_chains(connection)
            read = {chain.epoch: read_through(connection, names, chain) for chain in own}
        for chain in own:
            if chain is own[-1] or read[chain.epoch] < chain.seq:
                answered.append(self._write_down(folder, member, unit, devices, chain, read[chain.epoch], progress))
        return answered

    def _write_down(
        self,
        folder: Path,
        member: Membership,
        unit: str,
        devices: list[Device],
        chain: Chain,
        seq: int,
        progress: Progress | None,
    ) -> Exported:
        meta = self._receipt(unit, member)
        with self._store.reading() as connection:
            written = write_bundle(
                folder / return_file_name(self._office.id, unit, meta.return_no),
                manifest_head=BundleHead(
                    kind=BundleKind.RETURN,
                    epoch=chain.epoch,
                    first=seq + 1,
                    prev=journal.hash_at(connection, chain, seq),
                    last=chain.seq,
                    head=chain.head,
                    forked_from=_fork(connection, chain),
                    schema_ver=SCHEMA,
                    created_hlc=self._store.stamp(),
                    features=[WITHHELD],
                ),
                lines=lines_for(connection, chain, unit, seq),
                meta=encode_return_meta(meta),
                recipients=[device.box_pub for device in devices],
                device_keys=self._keyring.device,
                certificate=member.certificate_line,
                progress=progress,
            )
        self._remember(written, BundleKind.RETURN, unit, chain)
        self._store.set_fact(f"return_no.{unit}", str(meta.return_no))
        return _exported(unit, written)

    def _remember(self, written: WrittenBundle, kind: BundleKind, to: str, chain: Chain) -> None:
        line = LedgerLine(
            direction="out",
            file=written.path.name,
            outcome="written",
            at=self._now(),
            bundle=written.bundle,
            sha256=written.sha256,
            kind=kind.value,
            office=to,
            device=chain.device,
            epoch=chain.epoch,
            first=written.first,
            last=written.last,
        )
        with self._store.writing() as connection:
            ledger.enter(connection, line)


def _fork(connection: Connection, chain: Chain) -> Fork | None:
    """Where the epoch left the one before it; None for a first epoch."""
    origin = journal.origin(connection, chain)
    return Fork(epoch=origin[0], seq=origin[1], head=chain.forked_from.hex()) if origin else None


def _exported(office: str, written: WrittenBundle) -> Exported:
    first = written.first if written.operations else 0
    last = written.last if written.operations else 0
    return Exported(office, written.path, written.operations, first, last)


def _results(connection: Connection, unit: str) -> list[BundleResult]:
    where = "direction = 'in' AND outcome = 'applied' AND office = ?"
    return [
        BundleResult(
            bundle=line.bundle,
            new=line.balance.new,
            updated=line.balance.updated,
            identical=line.balance.identical,
            conflict=line.balance.conflict,
            refused=line.balance.refused,
        )
        for line in ledger.lines(connection, where, (unit,), limit=LATEST_RESULTS)
        if line.balance is not None
    ]
