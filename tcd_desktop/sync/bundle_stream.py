"""Everything inside the envelope as one stream: what age reads from while a bundle is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from tcd_desktop.sync.manifest import Manifest
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.spool import Spool

_READ = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class BlobSource:
    """An attachment to be carried: SHA-256 (hex) and length of its content, and how to open it (twice).

    With `of`, what is opened is the closed form of the paper with that hash; `sha256` may be "" then: it is found out.
    """

    sha256: str
    length: int
    open: Callable[[], BinaryIO]
    of: str = ""


class Plaintext:
    """Everything inside the envelope as one stream that age reads from."""

    def __init__(self, prologue: bytes, manifest: Manifest, spool: Spool, blobs: Sequence[BlobSource]) -> None:
        self.length = len(prologue) + sum(segment.clen for segment in manifest.segs)
        self._pieces = self._all(prologue, manifest, spool, blobs)
        self._rest = memoryview(b"")

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, b"" at the end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = memoryview(piece)
        taken, self._rest = self._rest[:size], self._rest[size:]
        return bytes(taken)

    def _all(self, prologue: bytes, manifest: Manifest, spool: Spool, blobs: Sequence[BlobSource]) -> Iterator[bytes]:
        yield prologue
        for i in range(len(spool)):
            yield spool[i]
        for blob, entry in zip(blobs, manifest.blobs, strict=True):
            with blob.open() as file:
                for segment in manifest.segs[slice(*entry.segs)]:
                    part = read_exactly(file, segment.clen)
                    if sha256(part).hexdigest() != segment.sha256:
                        raise BundleRefused(Code.SEGMENT, reason="attachment", blob=blob.sha256)
                    yield part


def slices(file: BinaryIO, size: int) -> Iterator[bytes]:
    while part := read_exactly(file, size):
        yield part


def read_exactly(file: BinaryIO, size: int) -> bytes:
    """`size` bytes, fewer only at the end of the file."""
    parts: list[bytes] = []
    while size > 0 and (part := file.read(min(size, _READ))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
