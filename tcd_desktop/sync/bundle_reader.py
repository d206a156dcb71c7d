"""Reads one bundle file: age pushes the plaintext into the parser, the parser hands verified parts to a sink.

The sink gets its data while the file is still being read. Only when `read_bundle` has returned is the whole
file proven (the envelope's last chunk, the end of the chain): until then the sink keeps everything
provisional, and when an exception comes out of `read_bundle` it throws everything away.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from tcd_desktop.jobs import Progress, SilentProgress, stop_if_cancelled
from tcd_desktop.sync.bundle_parser import (
    BundleSink,
    Claims,
    Enough,
    ForgetfulSink,
    OperationBlock,
    Parser,
)
from tcd_desktop.sync.certificate import Certificate, VerifiedCertificate
from tcd_desktop.sync.envelope import Readable, decrypt, read_header
from tcd_desktop.sync.keys import BoxKey
from tcd_desktop.sync.limits import DEFAULT, Limits
from tcd_desktop.sync.manifest import Manifest
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.trust import Expectations, Flags

__all__ = [
    "BundleFacts",
    "BundleSink",
    "ForgetfulSink",
    "OperationBlock",
    "ReadBundle",
    "check_bundle",
    "inspect_bundle",
    "read_bundle",
]


@dataclass(frozen=True, slots=True)
class ReadBundle:
    """A bundle that was read to its end. `sha256` (hex) and `size` are of the file."""

    manifest: Manifest
    certificate: VerifiedCertificate
    flags: Flags
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleFacts:
    """What a file says about itself. `problem` is why it would not be read further (None: its head is in
    order).

    `manifest` and `certificate` are None when no key of ours opens the file; without a problem they are
    verified, with one they are only what the file claims.
    """

    size: int
    recipients: int = 0
    manifest: Manifest | None = None
    certificate: Certificate | None = None
    flags: Flags | None = None
    problem: BundleRefused | None = None


def read_bundle(
    source: Path | BinaryIO,
    identities: Sequence[BoxKey],
    *,
    expect: Expectations,
    sink: BundleSink,
    limits: Limits = DEFAULT,
    progress: Progress | None = None,
) -> ReadBundle:
    """Reads and verifies everything, handing it to the sink.

    Raises BundleRefused with every code of the reader, exceptions of the sink, OSError of the source,
    Cancelled.
    """
    if isinstance(source, Path):
        with open(source, "rb") as file:
            return read_bundle(file, identities, expect=expect, sink=sink, limits=limits, progress=progress)
    steps = progress or SilentProgress()
    size = _length(source)
    if size > limits.volume:
        raise BundleRefused(Code.LIMIT, reason="file", limit=limits.volume)
    counted = _Counted(source, limits.volume, lambda done: _report(steps, done, size))
    parser = Parser(frozenset(key.key_id for key in identities), expect, sink, limits)
    decrypt(counted, parser, identities, limits=limits)
    counted.drain()
    manifest, certificate, flags = parser.finish()
    return ReadBundle(manifest, certificate, flags, counted.sha256, counted.size)


def check_bundle(
    source: Path | BinaryIO,
    identities: Sequence[BoxKey],
    *,
    expect: Expectations,
    limits: Limits = DEFAULT,
    progress: Progress | None = None,
) -> ReadBundle:
    """The "check this stick" button: reads and verifies everything, keeps and changes nothing."""
    return read_bundle(source, identities, expect=expect, sink=ForgetfulSink(), limits=limits, progress=progress)


def inspect_bundle(
    path: Path,
    identities: Sequence[BoxKey] = (),
    *,
    expect: Expectations | None = None,
    limits: Limits = DEFAULT,
) -> BundleFacts:
    """What the file says, reading only its head. Never raises BundleRefused; OSError of the stick comes out.

    Without `expect` nothing says whom to trust, so the facts are claims and `problem` is E_SIGNATURE at best.
    """
    size = path.stat().st_size
    claims = Claims()
    recipients = 0
    problem: BundleRefused | None = None
    with open(path, "rb") as file:
        try:
            recipients = read_header(file, limits=limits)[1].recipients
            file.seek(0)
            keys = frozenset(key.key_id for key in identities)
            decrypt(file, Parser(keys, expect, claims, limits, claims), identities, limits=limits)
            problem = BundleRefused(Code.TRUNCATED)
        except Enough:
            pass
        except BundleRefused as refused:
            problem = refused
    return BundleFacts(
        size=size,
        recipients=recipients,
        manifest=claims.claimed_manifest,
        certificate=claims.claimed_certificate,
        flags=claims.flags,
        problem=problem,
    )


class _Counted:
    """The source, counted, hashed and bounded."""

    def __init__(self, source: Readable, limit: int, on_read: Callable[[int], None]) -> None:
        self._source = source
        self._limit = limit
        self._on_read = on_read
        self._hash = sha256()
        self.size = 0

    def read(self, size: int) -> bytes:
        """Raises E_LIMIT for a stream that does not end, and whatever the progress raises to stop."""
        piece = self._source.read(size)
        self._hash.update(piece)
        self.size += len(piece)
        if self.size > self._limit:
            raise BundleRefused(Code.LIMIT, reason="file", limit=self._limit)
        self._on_read(self.size)
        return piece

    def drain(self) -> None:
        """After the envelope ended there must be nothing more."""
        if self.read(1):
            raise BundleRefused(Code.ENVELOPE_CRYPTO, reason="after the end")

    @property
    def sha256(self) -> str:
        """Hex, of everything read."""
        return self._hash.hexdigest()


def _length(source: BinaryIO) -> int:
    """Bytes from here to the end, 0 when the stream cannot tell."""
    if not source.seekable():
        return 0
    here = source.tell()
    end = source.seek(0, io.SEEK_END)
    source.seek(here)
    return end - here


def _report(progress: Progress, done: int, total: int) -> None:
    stop_if_cancelled(progress)
    progress.step(min(done, total) if total else done, total)
