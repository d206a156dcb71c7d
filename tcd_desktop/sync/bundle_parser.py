"""The inside of a bundle, taken apart while it is decrypted: a state machine that takes bytes in any pieces.

    certificate line -> manifest line -> verified, judged, shown to the sink -> segment after segment -> end

Nothing of a segment is looked at before its SHA-256 is the one in the signed manifest, nothing is
decompressed or split before that, and no byte may follow the last segment. Memory: one segment at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from tcd_desktop.store.journal import chain
from tcd_desktop.sync import dsse
from tcd_desktop.sync.certificate import Certificate, VerifiedCertificate, read_certificate
from tcd_desktop.sync.dsse import PayloadType
from tcd_desktop.sync.limits import Limits
from tcd_desktop.sync.manifest import (
    BlobEntry,
    Manifest,
    Segment,
    SegmentKind,
    check_manifest,
    decode_manifest,
)
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.segments import split_lines, unpack
from tcd_desktop.sync.trust import Expectations, Flags, judge


@dataclass(frozen=True, slots=True)
class OperationBlock:
    """The operations of one segment. `first` is the number of the first line; `heads` are the chain hashes
    after each.

    `stored` are the bytes as they were in the file (what the manifest's hash covers): for the archive.
    """

    index: int
    first: int
    lines: list[bytes]
    heads: list[bytes]
    stored: bytes


class BundleSink(Protocol):
    """Takes what was verified, in this order. Any method may raise to stop; the exception comes out of the
    reader.
    """

    def manifest(self, manifest: Manifest, certificate: VerifiedCertificate, flags: Flags) -> None:
        """Once, before any segment: the place to say "already imported", "gap", "revoked"."""

    def meta(self, data: bytes) -> None:
        """The meta text, at most once."""

    def operations(self, block: OperationBlock) -> None:
        """Lines in order; contents are not judged yet (see `tcd_desktop.store.journal.lines.decode`)."""

    def blob(self, entry: BlobEntry, offset: int, data: bytes) -> None:
        """A slice of an attachment."""

    def blob_complete(self, entry: BlobEntry) -> None:
        """All slices came and the hash of the whole is right (an empty one: right after the manifest)."""


class ForgetfulSink:
    """Takes everything and keeps nothing: for checking a stick."""

    def manifest(self, manifest: Manifest, certificate: VerifiedCertificate, flags: Flags) -> None:
        """Every bundle is welcome."""

    def meta(self, data: bytes) -> None:
        """Forgotten."""

    def operations(self, block: OperationBlock) -> None:
        """Forgotten."""

    def blob(self, entry: BlobEntry, offset: int, data: bytes) -> None:
        """Forgotten."""

    def blob_complete(self, entry: BlobEntry) -> None:
        """Forgotten."""


class Enough(Exception):
    """The head was read."""


class Claims(ForgetfulSink):
    """Remembers what a file claims, and stops the reader once its head is verified."""

    def __init__(self) -> None:
        self.claimed_certificate: Certificate | None = None
        self.claimed_manifest: Manifest | None = None
        self.flags: Flags | None = None

    def manifest(self, manifest: Manifest, certificate: VerifiedCertificate, flags: Flags) -> None:
        self.flags = flags
        raise Enough


class Parser:
    """The state machine: takes plaintext in pieces of any length."""

    def __init__(
        self,
        our_keys: frozenset[str],
        expect: Expectations | None,
        sink: BundleSink,
        limits: Limits,
        claims: Claims | None = None,
    ) -> None:
        self._our_keys = our_keys
        self._expect = expect
        self._sink = sink
        self._limits = limits
        self._claims = claims
        self._buffer = bytearray()
        self._want: Callable[[], bool] = self._take_certificate
        self._certificate_line = b""
        self._result: tuple[Manifest, VerifiedCertificate, Flags] | None = None
        self._segments: _Segments | None = None

    def write(self, data: bytes) -> None:
        """Takes the next piece. Raises whatever is wrong with it."""
        self._buffer += data
        while self._want():
            pass

    def finish(self) -> tuple[Manifest, VerifiedCertificate, Flags]:
        """After the last piece. Raises E_TRUNCATED when something signed is missing."""
        if self._result is None or self._segments is None or not self._segments.complete:
            raise BundleRefused(Code.TRUNCATED)
        return self._result

    def _line(self, limit: int) -> bytes | None:
        """The next line without its newline, None when it has not ended yet. Raises E_LIMIT."""
        end = self._buffer.find(b"\n", 0, limit + 1)
        if end < 0:
            if len(self._buffer) > limit:
                raise BundleRefused(Code.LIMIT, reason="envelope", limit=limit)
            return None
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line

    def _take_certificate(self) -> bool:
        line = self._line(self._limits.certificate_line)
        if line is None:
            return False
        self._certificate_line = line
        self._want = self._take_manifest
        return True

    def _take_manifest(self) -> bool:
        line = self._line(self._limits.manifest_line)
        if line is None:
            return False
        if self._claims is not None:
            _remember_claims(self._claims, self._certificate_line, line, self._limits)
        if self._expect is None:
            raise BundleRefused(Code.SIGNATURE, reason="nobody trusted")
        certificate = self._expect.verifier.certificate(self._certificate_line)
        verified = dsse.verify(
            line,
            PayloadType.MANIFEST,
            {certificate.certificate.sign_pub},
            limit=self._limits.manifest_line,
        )
        manifest = decode_manifest(verified.payload, features=self._expect.features)
        flags = judge(manifest, certificate, self._our_keys, self._expect)
        check_manifest(manifest, self._limits)
        self._sink.manifest(manifest, certificate, flags)
        self._result = manifest, certificate, flags
        self._segments = _Segments(manifest, self._sink, self._limits)
        self._want = self._take_segment
        return True

    def _take_segment(self) -> bool:
        segments = self._segments
        assert segments is not None
        length = segments.next_length
        if length is None:
            if self._buffer:
                raise BundleRefused(Code.TRAILING)
            return False
        if len(self._buffer) < length:
            return False
        stored = bytes(self._buffer[:length])
        del self._buffer[:length]
        segments.take(stored)
        return True


class _Segments:
    """Verifies segments one after the other and hands them on."""

    def __init__(self, manifest: Manifest, sink: BundleSink, limits: Limits) -> None:
        self._manifest = manifest
        self._sink = sink
        self._limits = limits
        self._index = 0
        self._seq = manifest.first
        self._head = bytes.fromhex(manifest.prev)
        self._blobs = _Blobs(manifest, sink)

    @property
    def next_length(self) -> int | None:
        """Stored length of the next segment, None after the last."""
        segments = self._manifest.segs
        return segments[self._index].clen if self._index < len(segments) else None

    @property
    def complete(self) -> bool:
        """True when every segment came and the chain ended where the sender signed it."""
        return self.next_length is None

    def take(self, stored: bytes) -> None:
        """One whole segment as it was in the file."""
        segment = self._manifest.segs[self._index]
        if sha256(stored).hexdigest() != segment.sha256:
            raise BundleRefused(Code.SEGMENT, index=self._index)
        data = unpack(stored, segment, self._limits)
        if segment.k is SegmentKind.OPS:
            self._operations(segment, data, stored)
        elif segment.k is SegmentKind.META:
            self._sink.meta(data)
        else:
            self._blobs.take(self._index, data)
        self._index += 1

    def _operations(self, segment: Segment, data: bytes, stored: bytes) -> None:
        lines = split_lines(data, segment, self._limits)
        heads = chain.hashes(self._head, lines)
        self._head = heads[-1]
        last = self._seq + len(lines) - 1
        if last == self._manifest.last and self._head.hex() != self._manifest.head:
            raise BundleRefused(Code.CHAIN, reason="head", last=last)
        self._sink.operations(OperationBlock(self._index, self._seq, lines, heads, stored))
        self._seq = last + 1


class _Blobs:
    """Puts the slices of attachments together, by hash only: the bytes go on at once."""

    def __init__(self, manifest: Manifest, sink: BundleSink) -> None:
        self._sink = sink
        self._entry_of: dict[int, BlobEntry] = {}
        for entry in manifest.blobs:
            self._entry_of.update(dict.fromkeys(range(*entry.segs), entry))
        self._empty = [entry for entry in manifest.blobs if entry.len == 0]
        self._hash = sha256()
        self._offset = 0
        for entry in self._empty:
            sink.blob_complete(entry)

    def take(self, index: int, data: bytes) -> None:
        entry = self._entry_of[index]
        if index == entry.segs[0]:
            self._hash, self._offset = sha256(), 0
        self._hash.update(data)
        self._sink.blob(entry, self._offset, data)
        self._offset += len(data)
        if index + 1 == entry.segs[1]:
            if self._hash.hexdigest() != entry.sha256:
                raise BundleRefused(Code.SEGMENT, reason="attachment", blob=entry.sha256)
            self._sink.blob_complete(entry)


def _remember_claims(claims: Claims, certificate_line: bytes, line: bytes, limits: Limits) -> None:
    claims.claimed_certificate = read_certificate(certificate_line)
    payload = dsse.unverified_payload(line, PayloadType.MANIFEST, limit=limits.manifest_line)
    claims.claimed_manifest = decode_manifest(payload)
