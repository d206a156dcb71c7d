"""Out: a ward's bundle for its superior, a superior's answers to its wards.

A ward sends everything since the last operation its superior has confirmed, so a lost stick never makes a gap.
A ward with several PCs writes the same file for its superior and for its other PCs: it begins where the one that knows
least stands, and is encrypted to all of them. Files of the other PCs go along as they came (see `carrying`).
A superior's return bundle carries its signed receipt (how far each of the ward's PCs is in the books, the balance of
each bundle, the newest root, revocations and receiving keys) and the superior's own records that are meant for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from tcd_desktop.domain.office import Device, Office
from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import Progress
from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.journal import journal, ledger
from tcd_desktop.store.journal.chain import withheld_hash
from tcd_desktop.store.journal.contents import Content
from tcd_desktop.store.journal.journal import Chain
from tcd_desktop.store.journal.lines import SCHEMA
from tcd_desktop.store.store import Connection, Store
from tcd_desktop.sync import books_compared
from tcd_desktop.sync.bundle_writer import (
    BundleHead,
    WrittenBundle,
    return_file_name,
    write_bundle,
)
from tcd_desktop.sync.carrying import Carrier
from tcd_desktop.sync.down import lines_for, read_through
from tcd_desktop.sync.heard import last_heard
from tcd_desktop.sync.key_facts import RENEWED, identity_versions, revoked_for_good
from tcd_desktop.sync.keyring import Keyring, Membership, required_membership, signing_pair
from tcd_desktop.sync.manifest import WITHHELD, BundleKind
from tcd_desktop.sync.papers_out import papers_awaited
from tcd_desktop.sync.peers import known_peers
from tcd_desktop.sync.return_meta import Ack, BundleResult, ReturnMeta, encode_return_meta
from tcd_desktop.sync.return_notes import rejects_for, wants_for
from tcd_desktop.sync.upward import Preview, Upward, Volumed, fork_of
from tcd_desktop.sync.waiting import Waiting, read_waiting

LATEST_RESULTS = 200
MOST_WANTED = 100_000
"""Papers asked for in one answer: what the meta segment of a bundle can hold many times over."""
NO_NEWS_OF_KEYS = "keys.1.1.1."
"""The first root, list of revocations and list of receiving keys: every ward got them when it joined."""
OWN_RECORDS = 1
"""Of the superior's journal, every ward may read the founding of the office; that alone is no reason for a bundle."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A bundle that is whole on the stick: read back and compared. `office` is the one it is for, `size` in bytes.

    `carried`: not written by this PC, but passed on as it came from another one.
    """

    office: str
    path: Path
    operations: int
    first: int
    last: int
    papers: int = 0
    size: int = 0
    carried: bool = False


class Outbox:
    """Writes bundles onto sticks and remembers them in the ledger."""

    def __init__(
        self,
        store: Store,
        keyring: Keyring,
        blobs: Blobs,
        *,
        office: Office,
        now: Callable[[], datetime],
        carried: Path | None = None,
    ) -> None:
        self._store = store
        self._keyring = keyring
        self._blobs = blobs
        self._office = office
        self._now = now
        self._carrier = Carrier(carried) if carried else None
        self._upward = Upward(store, keyring, blobs, office=office, now=now)

    def waiting(self) -> Waiting:
        """How many operations the superior has not confirmed yet; `confirmed` is of the latest epoch."""
        return read_waiting(self._store)

    def preview(self, *, full: bool = False, papers: bool = True) -> Preview:
        """What a ward's next export would carry. Raises Refused("not_enrolled")."""
        return self._upward.preview(required_membership(self._store), full=full, papers=papers)

    def export(
        self,
        folder: Path,
        *,
        full: bool = False,
        papers: bool = True,
        elsewhere: bool = False,
        progress: Progress | None = None,
    ) -> list[Exported]:
        """Writes what there is to send into a folder; nothing new = an empty list.

        A ward may leave the papers out, and go on with an export whose first volumes are `elsewhere`.
        Raises Refused("not_enrolled" | "folder_missing"), ExportFailed (the stick), Cancelled.
        """
        if not folder.is_dir():
            raise Refused("folder_missing", folder=folder.name)
        member = required_membership(self._store)
        if self._keyring.authority is not None:
            return self._answer_wards(folder, member, full, progress)
        written = self._upward.write(folder, member, full=full, papers=papers, elsewhere=elsewhere, progress=progress)
        sent = [_sent(member.superior, path, one) for path, one in written]
        return sent + self._carry(folder, member, progress)

    def _carry(self, folder: Path, member: Membership, progress: Progress | None) -> list[Exported]:
        """Passes on what came from the other PCs of this office; with nobody to give it to, an answer stays here."""
        if self._carrier is None:
            return []
        with self._store.reading() as connection:
            self._carrier.tidy(connection)
            peers = known_peers(connection, member, self._now().date())
        carried = []
        for one in self._carrier.kept():
            upward = one.kind is BundleKind.OPS
            if upward or peers:
                path = self._carrier.put(one, folder, progress)
                office = member.superior if upward else self._office.id
                count = one.last - one.first + 1 if upward else 0
                carried.append(Exported(office, path, count, one.first, one.last, carried=True))
        return carried

    def _answer_wards(self, folder: Path, member: Membership, full: bool, progress: Progress | None) -> list[Exported]:
        devices: dict[str, list[Device]] = {}
        for device in self._store.all(Device, "unit <> ? ORDER BY unit, series", (self._office.id,)):
            if not revoked_for_good(member.revocations, device.id):  # a stolen PC reads no more answers
                devices.setdefault(device.unit, []).append(device)
        answered = []
        for unit, known in devices.items():
            state = self._state(unit, member, known)
            if not state or (not full and self._store.fact(f"answered.{unit}") == state):
                continue
            answered += self._answer(folder, member, unit, known, progress)
            self._store.set_fact(f"answered.{unit}", state)
        return answered

    def _state(self, unit: str, member: Membership, devices: Sequence[Device]) -> str:
        """A text that changes when there is something new to tell a ward; "" when there is nothing yet.

        Every bundle of the ward is answered, also one that brought nothing new: the receipt may have been lost.
        """
        with self._store.reading() as connection:
            own = journal.own_chains(connection)
            told = [
                (chain.epoch, seq)
                for chain in own
                for seq, line in enumerate(lines_for(connection, chain, unit, 0), start=1)
                if withheld_hash(line) is None
            ]
            received = [one for one in journal.chains(connection) if one.office == unit and one.seq]
            awaited = papers_awaited(connection, self._blobs, unit)
            heard = last_heard(connection, unit)
            notes = [reject.op[:8] for reject in rejects_for(connection, unit)]
            notes += [f"{want.device}.{want.epoch}.{want.first}.{want.last}" for want in wants_for(connection, unit)]
        keys = identity_versions(member, {device.id: device.certificate for device in devices})
        silent = keys.startswith(NO_NEWS_OF_KEYS) and not self._store.fact(f"{RENEWED}.{unit}")
        if not received and not heard and not notes and len(told) <= OWN_RECORDS and silent:
            return ""
        last = f"down.{told[-1][0]}.{told[-1][1]}" if told else ""
        seen = (f"{one.device}.{one.epoch}.{one.seq}" for one in received)
        return " ".join([str(own[-1].epoch), *seen, last, keys, f"in.{heard}", *_mark(awaited), *notes])

    def _receipt(self, unit: str, member: Membership) -> ReturnMeta:
        """The receipt for one ward."""
        number = int(self._store.fact(f"return_no.{unit}", "0")) + 1
        with self._store.reading() as connection:
            epoch = journal.own_chain(connection).epoch
            chains = [chain for chain in journal.chains(connection) if chain.office == unit]
            results = _results(connection, unit)
            awaited = papers_awaited(connection, self._blobs, unit)
            rejects, wants = rejects_for(connection, unit), wants_for(connection, unit)
            sums = books_compared.sums_of(connection, unit)
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
            want_blobs=[paper.sha256 for paper in awaited[:MOST_WANTED]],
            results=results,
            rejects=rejects,
            wants=wants,
            roots=[line.decode("ascii") for line in member.root.chain],
            certificates=self._certificates(unit),
            revocations=member.revocations.line.decode("ascii"),
            office_keys=member.receiver.line.decode("ascii"),
            digest=sums,
        )

    def _certificates(self, unit: str) -> list[str]:
        """The newest certificates of a ward's PCs: one of them may be the answer to a request."""
        devices = self._store.all(Device, "unit = ? ORDER BY id", (unit,))
        return [device.certificate.decode("ascii") for device in devices if device.certificate]

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
        with self._store.writing() as connection:
            at = self._now().isoformat(timespec="seconds")
            books_compared.compare_with_told(connection, unit, meta.digest, at=at)
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
                    forked_from=fork_of(connection, chain),
                    schema_ver=SCHEMA,
                    created_hlc=self._store.stamp(),
                    features=[WITHHELD],
                ),
                lines=lines_for(connection, chain, unit, seq),
                meta=encode_return_meta(meta),
                recipients=[device.box_pub for device in devices],
                device_keys=signing_pair(self._keyring, member),
                certificate=member.certificate_line,
                progress=progress,
            )
        self._remember(written, BundleKind.RETURN, unit, chain)
        self._store.set_fact(f"return_no.{unit}", str(meta.return_no))
        return _exported(unit, written)

    def _remember(self, written: WrittenBundle, kind: BundleKind, to: str, chain: Chain) -> None:
        line = written.ledger_line(kind=kind, office=to, device=chain.device, at=self._now())
        line = replace(line, epoch=chain.epoch, first=written.first, last=written.last)
        with self._store.writing() as connection:
            ledger.enter(connection, line)


def _exported(office: str, written: WrittenBundle) -> Exported:
    first = written.first if written.operations else 0
    last = written.last if written.operations else 0
    return Exported(office, written.path, written.operations, first, last, size=written.size)


def _mark(awaited: Sequence[Content]) -> list[str]:
    """A short text of its own for every set of awaited papers; [] for none."""
    return [sha256("".join(sorted(paper.sha256 for paper in awaited)).encode()).hexdigest()[:16]] if awaited else []


def _sent(office: str, path: Path, one: Volumed) -> Exported:
    first, last = (one.first, one.last) if one.operations else (0, 0)
    return Exported(office, path, one.operations, first, last, papers=one.papers, size=one.size)


def _results(connection: Connection, unit: str) -> list[BundleResult]:
    where = "direction = 'in' AND outcome = 'applied' AND undone = '' AND office = ?"
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
