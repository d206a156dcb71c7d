"""Writes one bundle file: operations, a meta text, attachments -> signed, encrypted, read back.

Two passes. The first packs the operations into segments (kept in a `Spool`) and hashes the attachments; then
the manifest can be signed; the second streams certificate, manifest and segments through age into the file.
Memory stays bounded whatever the size. Attachments are not spooled: they are read twice, and a file that
changed in between stops the export. Nothing here needs a secret of the receiver: the file is proven by
comparing the SHA-256 of what was encrypted with what the stick gives back.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from tcd_desktop.jobs import Progress, SilentProgress, stop_if_cancelled
from tcd_desktop.store.journal import chain
from tcd_desktop.store.journal.ledger import LedgerLine
from tcd_desktop.sync import dsse
from tcd_desktop.sync.bundle_stream import BlobSource, Plaintext, slices
from tcd_desktop.sync.certificate import read_certificate
from tcd_desktop.sync.dsse import PayloadType
from tcd_desktop.sync.envelope import Writable, encrypt
from tcd_desktop.sync.keys import DeviceKeys
from tcd_desktop.sync.limits import DEFAULT, Limits
from tcd_desktop.sync.manifest import (
    CLOSED_PAPERS,
    READER_VERSION,
    BlobEntry,
    BundleKind,
    Fork,
    Manifest,
    Position,
    Segment,
    SegmentKind,
    TableDigest,
    Volume,
    check_manifest,
    decode_manifest,
    encode_manifest,
)
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.segments import Packed, batches, pack
from tcd_desktop.sync.spool import Spool
from tcd_desktop.sync.stick import write_whole

__all__ = [
    "SUFFIX",
    "BlobSource",
    "BundleHead",
    "WrittenBundle",
    "blob_volumes",
    "bundle_file_name",
    "return_file_name",
    "write_bundle",
]

SUFFIX = ".tcdb"
_STANZA = 98
_CHUNK, _TAG = 64 * 1024, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleHead:
    """What the writer cannot find out by itself.

    `first` is the number of the first line (or the next free one when there are none), `prev` the chain hash
    before it (32 bytes). `last` and `head`, when given, are what the journal says the end is: E_CHAIN if the
    lines differ.
    """

    kind: BundleKind
    epoch: int
    first: int
    prev: bytes
    schema_ver: int
    created_hlc: str
    last: int | None = None
    head: bytes | None = None
    forked_from: Fork | None = None
    requires: Sequence[Position] = ()
    features: Sequence[str] = ()
    min_reader: int = READER_VERSION
    volume: Volume | None = None
    digest: Mapping[str, TableDigest] = field(default_factory=dict)
    bundle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBundle:
    """A file that is whole on the stick. `sha256` and `size` are of the file, `head` is the chain hash at
    `last`.
    """

    path: Path
    bundle: str
    operations: int
    first: int
    last: int
    head: bytes
    blobs: int
    sha256: str
    size: int

    def ledger_line(self, *, kind: BundleKind, office: str, device: str, at: datetime) -> LedgerLine:
        """The line of the ledger of files for this one, written for an office by a PC."""
        return LedgerLine(
            direction="out",
            file=self.path.name,
            outcome="written",
            at=at,
            bundle=self.bundle,
            sha256=self.sha256,
            kind=kind.value,
            office=office,
            device=device,
        )


def bundle_file_name(unit: str, device: str, epoch: int, first: int, last: int, volume: Volume | None = None) -> str:
    """`TCD_<unit>_<dev8>_e1_000101-000250_v1of1.tcdb`: a hint for people, never trusted."""
    i, n = (volume.i, volume.n) if volume else (1, 1)
    return f"TCD_{unit}_{device[:8]}_e{epoch}_{first:06d}-{last:06d}_v{i}of{n}{SUFFIX}"


def return_file_name(unit: str, to_unit: str, return_no: int) -> str:
    """`TCD_<unit>_R000012_<to_unit>.tcdb`: the return bundle of an office to one below."""
    return f"TCD_{unit}_R{return_no:06d}_{to_unit}{SUFFIX}"


def blob_volumes(lengths: Sequence[int], room: int) -> list[range]:
    """Attachments in their order, cut into ranges whose sums stay within `room` bytes (one volume each)."""
    volumes: list[range] = []
    begin, size = 0, 0
    for i, length in enumerate(lengths):
        if i > begin and size + length > room:
            volumes.append(range(begin, i))
            begin, size = i, 0
        size += length
    if len(lengths) > begin:
        volumes.append(range(begin, len(lengths)))
    return volumes


def write_bundle(
    path: Path,
    *,
    manifest_head: BundleHead,
    lines: Iterable[bytes],
    recipients: Sequence[bytes],
    device_keys: DeviceKeys,
    certificate: bytes,
    meta: bytes | None = None,
    blobs: Sequence[BlobSource] = (),
    spool_folder: Path | None = None,
    limits: Limits = DEFAULT,
    progress: Progress | None = None,
) -> WrittenBundle:
    """Writes, reads back and returns; an existing file of that name is replaced.

    `lines` are canonical JSON without newline, in the order of their numbers; `recipients` are public box
    keys (32 bytes each), which the manifest names; `certificate` is the PC's own certificate line.
    Raises ExportFailed (the stick), BundleRefused (this would be refused by every reader), OSError (own
    disk), Cancelled. In every case the export counts as not done and no part file stays.
    """
    steps = progress or SilentProgress()
    with Spool(limits.spool_memory, spool_folder) as spool:
        draft = _Draft(manifest_head, spool, limits, steps)
        if meta is not None:
            draft.add_meta(meta)
        draft.add_operations(lines)
        for blob in blobs:
            draft.add_blob(blob)
        manifest = draft.manifest(certificate, device_keys, recipients)
        prologue = _prologue(manifest, certificate, device_keys, limits)
        source = Plaintext(prologue, manifest, spool, blobs)
        expected = _age_length(source.length, len(recipients))
        if expected > limits.volume:
            raise BundleRefused(Code.LIMIT, reason="volume", limit=limits.volume)

        def produce(sink: Writable) -> None:
            encrypt(source, sink, recipients)

        def on_write(done: int) -> None:
            stop_if_cancelled(steps)
            steps.step(min(done, expected), 2 * expected)

        def on_read(done: int) -> None:
            stop_if_cancelled(steps)
            steps.step(expected + min(done, expected), 2 * expected)

        digest, size = write_whole(path, produce, expected=expected, on_write=on_write, on_read=on_read)
    return WrittenBundle(
        path=path,
        bundle=manifest.bundle,
        operations=manifest.operations,
        first=manifest.first,
        last=manifest.last,
        head=bytes.fromhex(manifest.head),
        blobs=len(manifest.blobs),
        sha256=digest,
        size=size,
    )


class _Draft:
    """Collects segments until the manifest can be written."""

    def __init__(self, head: BundleHead, spool: Spool, limits: Limits, progress: Progress) -> None:
        self._head = head
        self._spool = spool
        self._limits = limits
        self._progress = progress
        self._segments: list[Segment] = []
        self._blobs: list[BlobEntry] = []
        self._chain = head.prev
        self._count = 0

    def add_meta(self, meta: bytes) -> None:
        self._add(SegmentKind.META, pack(meta), 0)

    def add_operations(self, lines: Iterable[bytes]) -> None:
        for batch in batches(lines, self._limits):
            stop_if_cancelled(self._progress)
            self._chain = chain.hashes(self._chain, batch)[-1]
            self._count += len(batch)
            self._add(SegmentKind.OPS, pack(b"\n".join(batch) + b"\n"), len(batch))

    def _add(self, kind: SegmentKind, packed: Packed, count: int) -> None:
        self._spool.append(packed.data)
        self._segments.append(
            Segment(
                k=kind,
                c=packed.codec,
                clen=len(packed.data),
                ulen=packed.ulen,
                n=count,
                sha256=sha256(packed.data).hexdigest(),
            )
        )

    def add_blob(self, blob: BlobSource) -> None:
        """Hashes an attachment in slices; its bytes are read again when the file is written."""
        begin, whole, length = len(self._segments), sha256(), 0
        with blob.open() as file:
            for part in slices(file, self._limits.segment):
                stop_if_cancelled(self._progress)
                whole.update(part)
                length += len(part)
                self._segments.append(
                    Segment(
                        k=SegmentKind.BLOB,
                        c="none",
                        clen=len(part),
                        ulen=len(part),
                        n=0,
                        sha256=sha256(part).hexdigest(),
                    )
                )
        digest = whole.hexdigest()
        expected = blob.sha256 or (digest if blob.of else "")
        if (digest, length) != (expected, blob.length):
            raise BundleRefused(Code.SEGMENT, reason="attachment", blob=blob.sha256 or blob.of)
        segments = (begin, len(self._segments))
        self._blobs.append(BlobEntry(sha256=digest, len=length, segs=segments, of=blob.of or None))

    def manifest(self, certificate: bytes, keys: DeviceKeys, recipients: Sequence[bytes]) -> Manifest:
        """The manifest of what was collected, refused when no reader would accept it."""
        head = self._head
        own = read_certificate(certificate)
        if own.sign_pub != keys.sign_pub.hex():
            raise BundleRefused(Code.SIGNATURE, reason="certificate of another")
        last = head.first + self._count - 1
        if head.last not in (None, last) or head.head not in (None, self._chain):
            raise BundleRefused(Code.CHAIN, reason="journal", last=last)
        manifest = Manifest(
            fmt="tcd.bundle/1",
            kind=head.kind,
            bundle=head.bundle or secrets.token_hex(16),
            device=own.device,
            unit=own.office,
            epoch=head.epoch,
            cert=sha256(certificate).hexdigest(),
            to=[key.hex() for key in recipients],
            first=head.first,
            last=last,
            prev=head.prev.hex(),
            head=self._chain.hex(),
            forked_from=head.forked_from,
            requires=list(head.requires),
            schema_ver=head.schema_ver,
            min_reader=head.min_reader,
            features=sorted({*head.features, *([CLOSED_PAPERS] if any(blob.of for blob in self._blobs) else [])}),
            volume=head.volume or Volume(set=secrets.token_hex(16), i=1, n=1),
            created_hlc=head.created_hlc,
            digest=dict(head.digest),
            segs=self._segments,
            blobs=self._blobs,
        )
        check_manifest(manifest, self._limits)
        return manifest


def _prologue(manifest: Manifest, certificate: bytes, keys: DeviceKeys, limits: Limits) -> bytes:
    payload = encode_manifest(manifest)
    decode_manifest(payload, features=frozenset(manifest.features))
    line = dsse.sign(payload, PayloadType.MANIFEST, keys.signing)
    if len(line) > limits.manifest_line or len(certificate) > limits.certificate_line:
        raise BundleRefused(Code.LIMIT, reason="envelope", limit=limits.manifest_line)
    return certificate + b"\n" + line + b"\n"


def _age_length(plaintext: int, recipients: int) -> int:
    """At least the length of the age file: header, nonce, one tag a chunk; the grease stanza of rage is
    bounded.
    """
    chunks = max(1, -(-plaintext // _CHUNK))
    return 22 + _STANZA * recipients + 512 + 48 + 16 + plaintext + chunks * _TAG
