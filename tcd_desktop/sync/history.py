"""A ward's own books carried back to it: for a PC that replaces a lost one, and for one whose history has parted.

A `snapshot` bundle of the superior to one PC. It holds no operations of the superior's; the histories of the ward's PCs
travel as blobs, each a run of journal lines packed like a segment, listed in the meta text with their chain hashes. The
identities of denouncers come closed for this PC's key, because they were sealed for the keys of the PC that is gone.
After the histories come the papers and prints of the ward that are at the superior, those of denunciations closed for
this PC; what does not fit into one file goes into further ones beside it, which hold nothing else.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace as replace_struct

from tcd_desktop.domain.office import Device
from tcd_desktop.domain.problems import Refused
from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.journal import branches, chain, contents, journal
from tcd_desktop.store.journal.journal import Chain
from tcd_desktop.store.journal.lines import RECORDS, SCHEMA
from tcd_desktop.store.journal.merge import Balance, Merge, MergeRefused
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Connection, Store
from tcd_desktop.sync.bundle_stream import BlobSource
from tcd_desktop.sync.bundle_writer import SUFFIX, BundleHead, WrittenBundle, write_bundle
from tcd_desktop.sync.canonical import Codec
from tcd_desktop.sync.certificate import Epoch
from tcd_desktop.sync.keyring import Keyring, Membership, signing_pair
from tcd_desktop.sync.keys import DeviceId
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.manifest import ERASED, BlobEntry, BundleKind, Count, Hash, Segment, SegmentKind
from tcd_desktop.sync.papers_out import fitting
from tcd_desktop.sync.papers_out import sources as paper_sources
from tcd_desktop.sync.policy import limits_of, volume_room
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.root import OfficeCode
from tcd_desktop.sync.scope import WARD_TABLES
from tcd_desktop.sync.segments import batches, pack, split_lines, unpack
from tcd_desktop.sync.volumes import papers_fitting, room_in

Choice = Literal["ask", "epoch", "device"]
"""What happens to entries only this PC has when the histories part: refuse and ask, a new epoch, a new identity."""
SEALED_TABLES = tuple(name for name, record in RECORDS.items() if "sealed" in {f.name for f in fields(record)})


class _Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    sha256: Hash
    n: Count
    ulen: Count


class _History(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    device: DeviceId
    epoch: Epoch
    forked_from: Hash
    seq: Count
    head: Hash
    parts: list[_Part]


class Resealed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An identity closed for the PC the bundle is for: canonical JSON of `store.closed.sealed` as text."""

    table: Annotated[str, Meta(pattern=r"^[a-z_]{1,40}\Z")]
    record: Annotated[str, Meta(pattern=r"^[0-9A-Za-z-]{1,40}\Z")]
    value: Annotated[str, Meta(max_length=160 * 1024)]


class _Meta(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    fmt: Literal["tcd.history/1"]
    device: DeviceId
    office: OfficeCode
    chains: Annotated[list[_History], Meta(max_length=1000)]
    sealed: list[Resealed]


_codec = Codec(_Meta)


def history_file_name(unit: str, to_unit: str, device: str) -> str:
    """`TCD_<unit>_H_<to_unit>_<dev8>.tcdb`: the books of an office below, for one of its PCs."""
    return f"TCD_{unit}_H_{to_unit}_{device[:8]}{SUFFIX}"


def parts_of(file: Path) -> list[Path]:
    """A file and the further ones of the same books beside it, in their order."""
    beside = {
        int(found[1]): one
        for one in file.parent.glob(f"{file.stem}_p*{SUFFIX}")
        if (found := _PART.search(one.name)) and file.stem.startswith("TCD_")
    }
    return [file, *(beside[number] for number in sorted(beside))]


_PART = re.compile(rf"_p(\d{{1,4}}){re.escape(SUFFIX)}\Z")


def write_history(
    store: Store,
    keyring: Keyring,
    member: Membership,
    device: Device,
    folder: Path,
    *,
    blobs: Blobs,
    reseal: Callable[[bytes, str, str, bytes], bytes],
) -> list[WrittenBundle]:
    """Everything this office has of a ward's books, for one of its PCs. `reseal(sealed, office, record, key)`.

    The first file holds the books, further ones the papers that do not fit beside them. Raises ExportFailed (the
    stick), BundleRefused(E_LIMIT) when the books do not fit one file.
    """
    sources: list[BlobSource] = []
    with store.reading() as connection:
        own = journal.own_chain(connection)
        known = [one for one in journal.chains(connection) if one.office == device.unit and one.seq]
        listed = [_packed(connection, one, sources) for one in sorted(known, key=lambda one: (one.epoch, one.id))]
        sealed = list(_resealed(connection, device, reseal))
        erased = any(journal.has_erased(connection, one, 1, one.seq) for one in known)
        every = contents.everything(connection, device.unit)
        papers = list(fitting(every, blobs, limits_of(member.root).paper).carried)
    meta = _Meta(fmt="tcd.history/1", device=device.id, office=device.unit, chains=listed, sealed=sealed)
    file = folder / history_file_name(store.office, device.unit, device.id)
    for old in parts_of(file)[1:]:
        old.unlink(missing_ok=True)
    limits = replace(DEFAULT, volume=volume_room(member.root), blobs=DEFAULT.blobs - len(sources))
    written: list[WrittenBundle] = []
    room = room_in(limits.volume) - sum(source.length for source in sources)
    while papers or not written:
        taken = papers_fitting(papers, room, limits) or (papers[:1] if written else [])
        del papers[: len(taken)]
        written.append(
            write_bundle(
                file if not written else file.with_name(f"{file.stem}_p{len(written) + 1}{SUFFIX}"),
                manifest_head=BundleHead(
                    kind=BundleKind.SNAPSHOT,
                    epoch=own.epoch,
                    first=own.seq + 1,
                    prev=own.head,
                    schema_ver=SCHEMA,
                    created_hlc=store.stamp(),
                    features=[ERASED] if erased else (),
                ),
                lines=(),
                meta=_codec.encode(meta),
                blobs=[*sources, *paper_sources(blobs, taken, device.unit, [device.box_pub])],
                recipients=[device.box_pub],
                device_keys=signing_pair(keyring, member),
                certificate=member.certificate_line,
                limits=limits_of(member.root),
            )
        )
        meta, sources = replace_struct(meta, chains=[], sealed=[]), []
        room = room_in(limits.volume)
    return written


def _packed(connection: Connection, one: Chain, sources: list[BlobSource]) -> _History:
    """The lines of a history, packed into blobs that are added to `sources`."""
    parts = []
    for batch in batches(journal.lines_after(connection, one, 0), DEFAULT):
        packed = pack(b"\n".join(batch) + b"\n")
        digest = sha256(packed.data).hexdigest()
        sources.append(BlobSource(sha256=digest, length=len(packed.data), open=partial(io.BytesIO, packed.data)))
        parts.append(_Part(sha256=digest, n=len(batch), ulen=packed.ulen))
    return _History(
        device=one.device,
        epoch=one.epoch,
        forked_from=one.forked_from.hex(),
        seq=one.seq,
        head=one.head.hex(),
        parts=parts,
    )


def _resealed(
    connection: Connection, device: Device, reseal: Callable[[bytes, str, str, bytes], bytes]
) -> Iterable[Resealed]:
    for table in SEALED_TABLES:
        for record in ROWS[table].some(connection, "office = ? AND sealed IS NOT NULL", (device.unit,)):
            try:
                value = reseal(record.sealed, device.unit, record.id, device.box_pub)
            except Refused:  # closed for others than this office: there is nothing we could give
                continue
            yield Resealed(table=table, record=record.id, value=value.decode("ascii"))


# -- at the ward -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reunion:
    """What becomes of entries that only this PC has; `as_device` is the PC it becomes ("" = it stays the same)."""

    choice: Choice = "ask"
    as_device: str = ""


@dataclass(slots=True)
class HistoryIn:
    """Takes such a bundle inside an import. `device` is this PC."""

    connection: Connection
    office: str
    device: str
    at: str
    reunion: Reunion = Reunion()
    balance: Balance = field(default_factory=Balance)
    moved: int = 0
    """Entries of this PC that were given a place of their own."""
    sealed: list[Resealed] = field(default_factory=list)
    latest: str = ""
    _meta: Any = None
    _waiting: list[tuple[_History, _Part]] = field(default_factory=list)
    _buffer: bytearray = field(default_factory=bytearray)
    _at: dict[tuple[str, int], tuple[int, bytes]] = field(default_factory=dict)

    def meta(self, data: bytes) -> None:
        """What is coming. Raises E_RECIPIENT when it is for another PC."""
        meta = _codec.decode(data)
        if (meta.device, meta.office) != (self.device, self.office):
            raise BundleRefused(Code.RECIPIENT, reason="another device")
        self._meta, self.sealed = meta, meta.sealed
        self._waiting = [(one, part) for one in meta.chains for part in one.parts]

    @property
    def reads_papers(self) -> bool:
        """Every run of lines has come: what follows are papers."""
        return self._meta is not None and not self._waiting

    def blob(self, offset: int, data: bytes) -> None:
        """A slice."""
        if offset == 0:
            self._buffer.clear()
        self._buffer += data

    def blob_complete(self, entry: BlobEntry) -> None:
        """A run of lines whose hash is right. Raises BundleRefused, Refused("two_histories")."""
        if not self._waiting or self._waiting[0][1].sha256 != entry.sha256:
            raise BundleRefused(Code.MANIFEST, reason="history")
        one, part = self._waiting.pop(0)
        segment = Segment(k=SegmentKind.OPS, c="zstd", clen=entry.len, ulen=part.ulen, n=part.n, sha256=entry.sha256)
        if part.ulen > DEFAULT.segment:
            raise BundleRefused(Code.LIMIT, reason="segment", limit=DEFAULT.segment)
        self._run(one, split_lines(unpack(bytes(self._buffer), segment, DEFAULT), segment, DEFAULT))

    def _run(self, one: _History, lines: list[bytes]) -> None:
        key, start = (one.device, one.epoch), chain.start(one.device, one.epoch, bytes.fromhex(one.forked_from))
        done, head = self._at.get(key, (0, start))
        heads = chain.hashes(head, lines)
        ours = self._chain(one)
        first, before = done + 1, head
        if ours.own:
            ours, same = self._own(ours, one, first, heads)
            before = heads[same - 1] if same else before
            self.balance.received += same
            self.balance.identical += same
        else:
            same = 0
        if same < len(lines):
            self._merge(ours, first + same, before, lines[same:], heads[same:])
        self._at[key] = (done + len(lines), heads[-1])

    def _chain(self, one: _History) -> Chain:
        found = journal.find_chain(self.connection, one.device, one.epoch)
        return found or journal.open_chain(
            self.connection,
            device=one.device,
            office=self.office,
            epoch=one.epoch,
            own=one.device == self.device and not self.reunion.as_device,
            forked_from=bytes.fromhex(one.forked_from),
        )

    def _own(self, ours: Chain, one: _History, first: int, heads: list[bytes]) -> tuple[Chain, int]:
        """(this PC's chain, how many of the lines it holds); entries only this PC has there are moved."""
        common = branches.common_through(self.connection, ours, first, heads)
        if common < min(ours.seq, first + len(heads) - 1):
            if self.reunion.choice == "ask":
                raise Refused("two_histories", here=ours.seq - common, there=one.seq - common)
            self._branch(ours, common)
            found = journal.find_chain(self.connection, ours.device, ours.epoch)
            assert found is not None
            ours = found
        return ours, max(0, common - first + 1)

    def _branch(self, ours: Chain, after: int) -> None:
        device = self.reunion.as_device or self.device
        epoch = branches.next_epoch(self.connection, device)
        if not self.reunion.as_device:
            epoch = max(epoch, 1 + max(one.epoch for one in self._meta.chains if one.device == self.device))
        self.moved += ours.seq - after
        branches.branch_off(self.connection, ours, after, device=device, epoch=epoch)

    def _merge(self, ours: Chain, first: int, prev: bytes, lines: list[bytes], heads: list[bytes]) -> None:
        try:
            merge = Merge(self.connection, ours, first=first, prev=prev, tables=WARD_TABLES, at=self.at)
            merge.block(lines, heads)
            balance = merge.finish(last=first + len(lines) - 1, head=heads[-1])
        except MergeRefused as refused:
            raise BundleRefused(Code(refused.code), **refused.facts) from refused
        self.latest = max(self.latest, merge.latest)
        for name in ("received", "new", "updated", "identical", "conflict", "refused"):
            setattr(self.balance, name, getattr(self.balance, name) + getattr(balance, name))

    def finish(self) -> Balance:
        """After the last byte: every history ended where it was said to. Raises E_CHAIN, E_TRUNCATED."""
        if self._meta is None or self._waiting:
            raise BundleRefused(Code.TRUNCATED)
        if not self._meta.chains:
            return self.balance  # papers only
        for one in self._meta.chains:
            if self._at.get((one.device, one.epoch)) != (one.seq, bytes.fromhex(one.head)):
                raise BundleRefused(Code.CHAIN, reason="head", last=one.seq)
        if self.reunion.as_device:
            self._leave_the_old_identity()
        branches.raise_counters(self.connection)
        return self.balance

    def _leave_the_old_identity(self) -> None:
        """What the superior does not have goes with this PC; the rest stays as the other PC's history."""
        there = {(one.device, one.epoch): one.seq for one in self._meta.chains}
        for ours in journal.own_chains(self.connection):
            known = there.get((ours.device, ours.epoch), 0)
            if ours.device == self.device and ours.seq > known:
                self._branch(ours, known)
        branches.disown(self.connection, self.device)
        if not journal.own_chains(self.connection):
            journal.open_chain(self.connection, device=self.reunion.as_device, office=self.office, epoch=1, own=True)
