"""The manifest: the signed list of everything that follows it in a bundle, and what must be true of it by
itself.

Decisions where the design is silent:
- Order of segments: at most one meta, then operations, then blobs. A return bundle has exactly one meta.
- No operations is written as last = first - 1, and head = prev.
- `forked_from` names the last known position of the epoch this one continues (null: none). With it the
  receiver can compute h(0) of the epoch by itself, so a bundle that starts an epoch (first = 1) must have
  prev = h(0).
- `n` of a segment counts its operations; it is 0 for meta and blob segments. `clen` is the length in the
  file, `ulen` after decompression, `sha256` is over the bytes in the file.
- Blob segments belong to blobs in order: [i, j) are indexes into `segs`, nothing shared, nothing left over.
  An empty attachment has an empty range.
"""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tcd_desktop.store.journal import chain
from tcd_desktop.sync.canonical import MAX_INTEGER, Codec
from tcd_desktop.sync.certificate import Epoch, TableName
from tcd_desktop.sync.keys import DeviceId, KeyId
from tcd_desktop.sync.limits import Limits
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.root import OfficeCode

READER_VERSION = 1
"""What this program can read; a manifest's `min_reader` above it is refused."""
WITHHELD = "withheld"
"""Lines that do not concern the receiver are there as their hashes only (a superior's return bundle)."""
CLOSED_PAPERS = "closed-papers"
"""Papers of denunciations are there closed for those who may read them (`closed_papers`)."""
ERASED = "erased"
"""Of operations on records that were erased by a decision only the hashes travel, with the ids of the records."""
KNOWN_FEATURES: frozenset[str] = frozenset({WITHHELD, CLOSED_PAPERS, ERASED})
"""Features of bundles this program understands; an unknown one is refused, as git bundle does."""

Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
BundleId = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
Stamp = Annotated[str, Meta(pattern=r"^[0-9]{13}-[0-9a-f]{4}-[0-9a-f]{8}\Z")]
Count = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]
Seq = Annotated[int, Meta(ge=1, le=MAX_INTEGER)]


class BundleKind(StrEnum):
    """ops, snapshot, forward, enrol go up; return and snapshot come down."""

    OPS = "ops"
    SNAPSHOT = "snapshot"
    RETURN = "return"
    FORWARD = "forward"
    ENROL = "enrol"


class SegmentKind(StrEnum):
    """What the bytes of a segment are."""

    META = "meta"
    OPS = "ops"
    BLOB = "blob"


class Position(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place in the journal of a device."""

    device: DeviceId
    epoch: Epoch
    seq: Count


class Fork(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The last known position of the epoch that this epoch continues, and its chain hash."""

    epoch: Epoch
    seq: Count
    head: Hash


class Volume(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Volume `i` of `n` (1-based) of one export; each is a complete bundle."""

    set: BundleId
    i: Seq
    n: Seq


class TableDigest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`n` records of a table and the sum of the SHA-256 of their rows mod 2^256, hex (`store.journal.digest`).

    Under `books`: the number of entries, and SHA-256 of the places in the journals they end at.
    """

    n: Count
    h: Hash


class Segment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One piece of the file after the manifest."""

    k: SegmentKind
    c: Literal["zstd", "none"]
    clen: Count
    ulen: Count
    n: Count
    sha256: Hash


class BlobEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An attachment: its content's hash and length, and its segments [i, j).

    `of`: these are the bytes of a closed paper, and this is the hash of the paper in them; None = they are the paper.
    """

    sha256: Hash
    len: Count
    segs: tuple[Count, Count]
    of: Hash | None = None


class Manifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The signed contents of a bundle. Hashes are hex; `cert` is the SHA-256 of the certificate line."""

    fmt: Literal["tcd.bundle/1"]
    kind: BundleKind
    bundle: BundleId
    device: DeviceId
    unit: OfficeCode
    epoch: Epoch
    cert: Hash
    to: Annotated[list[KeyId], Meta(min_length=1)]
    first: Seq
    last: Count
    prev: Hash
    head: Hash
    forked_from: Fork | None
    requires: Annotated[list[Position], Meta(max_length=1000)]
    schema_ver: Seq
    min_reader: Seq
    features: Annotated[list[Annotated[str, Meta(max_length=40)]], Meta(max_length=40)]
    volume: Volume
    created_hlc: Stamp
    digest: dict[TableName, TableDigest]
    segs: list[Segment]
    blobs: list[BlobEntry]

    @property
    def operations(self) -> int:
        """How many operations the bundle carries."""
        return self.last - self.first + 1


class _Version(Struct, frozen=True, kw_only=True):
    """The part of a manifest that every later version keeps, whatever it adds."""

    min_reader: Seq
    features: list[str]


_codec = Codec(Manifest)
_version_codec = Codec(_Version)


def encode_manifest(manifest: Manifest) -> bytes:
    """The canonical payload to be signed."""
    return _codec.encode(manifest)


def decode_manifest(payload: bytes, *, features: frozenset[str] = KNOWN_FEATURES) -> Manifest:
    """The manifest of a payload whose signature was verified. Raises E_TOO_NEW before it judges unknown
    fields.
    """
    _refuse_newer(payload, features)
    return _codec.decode(payload)


def check_manifest(manifest: Manifest, limits: Limits) -> None:
    """What must be true of any manifest: counts, order, sizes. Raises E_LIMIT, E_ORDER, E_CHAIN,
    E_MANIFEST.
    """
    _check_limits(manifest, limits)
    _check_history(manifest)
    _check_segments(manifest)
    _check_blobs(manifest)
    if manifest.volume.i > manifest.volume.n:
        raise BundleRefused(Code.MANIFEST, reason="volume")
    if len(set(manifest.to)) != len(manifest.to):
        raise BundleRefused(Code.MANIFEST, reason="recipients")


def _refuse_newer(payload: bytes, features: frozenset[str]) -> None:
    version = _version_codec.peek(payload)
    if version is not None and version.min_reader > READER_VERSION:
        raise BundleRefused(Code.TOO_NEW, needed=version.min_reader, have=READER_VERSION)
    if version is not None and not features.issuperset(version.features):
        raise BundleRefused(Code.TOO_NEW, reason="feature")


def _check_limits(manifest: Manifest, limits: Limits) -> None:
    counts = (
        ("recipients", len(manifest.to), limits.recipients),
        ("segments", len(manifest.segs), limits.segments),
        ("blobs", len(manifest.blobs), limits.blobs),
        ("operations", manifest.last + 1 - manifest.first, limits.operations),
        ("segment", max((s.ulen for s in manifest.segs), default=0), limits.segment),
        ("stored", max((s.clen for s in manifest.segs), default=0), limits.segment_stored),
        ("blob", max((b.len for b in manifest.blobs), default=0), limits.blob),
        ("output", sum(s.ulen for s in manifest.segs), limits.output),
        ("volume", sum(s.clen for s in manifest.segs), limits.volume),
    )
    for reason, found, limit in counts:
        if found > limit:
            raise BundleRefused(Code.LIMIT, reason=reason, limit=limit)


def _check_history(manifest: Manifest) -> None:
    if manifest.operations < 0:
        raise BundleRefused(Code.ORDER, reason="range")
    if sum(s.n for s in manifest.segs) != manifest.operations:
        raise BundleRefused(Code.ORDER, reason="count")
    if manifest.operations == 0 and manifest.head != manifest.prev:
        raise BundleRefused(Code.CHAIN, reason="head")
    fork = manifest.forked_from
    if fork is not None and fork.epoch >= manifest.epoch:
        raise BundleRefused(Code.ORDER, reason="fork")
    if manifest.first == 1 and manifest.prev != epoch_start(manifest.device, manifest.epoch, fork).hex():
        raise BundleRefused(Code.CHAIN, reason="start")


def epoch_start(device: str, epoch: int, fork: Fork | None) -> bytes:
    """h(0) of an epoch."""
    return chain.start(device, epoch, bytes.fromhex(fork.head) if fork else chain.NO_FORK)


def _check_segments(manifest: Manifest) -> None:
    kinds = [segment.k for segment in manifest.segs]
    order = [SegmentKind.META, SegmentKind.OPS, SegmentKind.BLOB]
    if kinds != sorted(kinds, key=order.index):
        raise BundleRefused(Code.MANIFEST, reason="order of segments")
    metas = kinds.count(SegmentKind.META)
    if metas > 1 or (manifest.kind is BundleKind.RETURN and metas != 1):
        raise BundleRefused(Code.MANIFEST, reason="meta")
    for segment in manifest.segs:
        if (segment.k is SegmentKind.OPS) != (segment.n > 0) or segment.clen == 0 or segment.ulen == 0:
            raise BundleRefused(Code.MANIFEST, reason="segment")
        if segment.c == "none" and segment.clen != segment.ulen:
            raise BundleRefused(Code.MANIFEST, reason="length")


def _check_blobs(manifest: Manifest) -> None:
    at = len(manifest.segs) - sum(1 for s in manifest.segs if s.k is SegmentKind.BLOB)
    for blob in manifest.blobs:
        begin, end = blob.segs
        if begin != at or not begin <= end <= len(manifest.segs):
            raise BundleRefused(Code.MANIFEST, reason="blob segments")
        if sum(s.ulen for s in manifest.segs[begin:end]) != blob.len:
            raise BundleRefused(Code.MANIFEST, reason="blob length")
        if blob.len == 0 and blob.sha256 != sha256(b"").hexdigest():
            raise BundleRefused(Code.MANIFEST, reason="blob hash")
        at = end
    if at != len(manifest.segs):
        raise BundleRefused(Code.MANIFEST, reason="blob left over")
    if any(blob.of for blob in manifest.blobs) and CLOSED_PAPERS not in manifest.features:
        raise BundleRefused(Code.MANIFEST, reason="closed papers")
    if len({blob.sha256 for blob in manifest.blobs}) != len(manifest.blobs):
        raise BundleRefused(Code.MANIFEST, reason="blob twice")
