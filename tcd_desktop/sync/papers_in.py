"""Papers that come in a bundle: verified, staged beside the office's own, and in their place only with the import.

A paper is kept when a record of the sending office names it and it is not here yet. Its content is data: it is hashed,
encrypted under this office's key and put away; nothing opens it, nothing believes its name or kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.journal import contents
from tcd_desktop.store.store import Connection
from tcd_desktop.sync.closed_papers import ROOM, open_closed
from tcd_desktop.sync.keys import BoxKey
from tcd_desktop.sync.manifest import BlobEntry, Manifest
from tcd_desktop.sync.refusals import BundleRefused, Code


class PapersIn:
    """One bundle's papers inside one import: `take` and `complete` by the reader, then `keep`, else `drop`.

    `most` is the largest paper the policy allows, in bytes; `rehearsal`: nothing is written at all.
    """

    def __init__(
        self, blobs: Blobs, keys: Sequence[BoxKey], *, most: int, now: datetime, rehearsal: bool = False
    ) -> None:
        self._blobs = blobs
        self._keys = tuple(keys)
        self._most = most
        self._at = now.isoformat(timespec="seconds")
        self._rehearsal = rehearsal
        self._office = ""
        self._parts: list[bytes] = []
        self._wanted = False
        self._staged: dict[str, Path] = {}
        self._kept: list[str] = []
        self.came = 0
        """Papers that are here now and were not before."""
        self.closed = 0
        """Papers that came closed for others' keys."""

    def begin(self, manifest: Manifest, office: str = "") -> None:
        """Before any content: a bundle with a paper larger than the policy allows is refused (E_LIMIT).

        `office`: whose papers they are when not the sender's.
        """
        self._office = office or manifest.unit
        for entry in manifest.blobs:
            if entry.len > self._most + (ROOM if entry.of else 0):
                raise BundleRefused(Code.LIMIT, reason="attachment", limit=self._most)

    def take(self, connection: Connection, entry: BlobEntry, offset: int, data: bytes) -> None:
        """The next slice. What nobody needs is not even kept in memory."""
        if offset == 0:
            self._parts.clear()
            self._wanted = self._is_wanted(connection, entry.of or entry.sha256)
        if self._wanted:
            self._parts.append(data)

    def _is_wanted(self, connection: Connection, digest: str) -> bool:
        if not contents.is_named(connection, self._office, digest):
            return False
        if self._blobs.has(digest):
            contents.note_arrived(connection, digest, "here", self._at)
            return False
        return digest not in self._staged

    def complete(self, connection: Connection, entry: BlobEntry) -> None:
        """All slices came and their hash is right. Raises BundleRefused, StoreUnavailable."""
        if not self._wanted:
            return
        digest = entry.of or entry.sha256
        content: bytes | None = b"".join(self._parts)
        self._parts.clear()
        self._wanted = False
        if entry.of and content is not None:
            content = open_closed(content, digest, self._office, self._keys)
        if content is None:
            self.closed += 1
            contents.note_arrived(connection, digest, "closed", self._at)
            return
        self.came += 1
        contents.note_arrived(connection, digest, "here", self._at)
        if not self._rehearsal:
            self._staged[digest] = self._blobs.stage(content, digest)

    def keep(self) -> None:
        """Puts everything in its place: just before the import is committed."""
        for digest, part in self._staged.items():
            self._blobs.keep(part, digest)
            self._kept.append(digest)

    def drop(self) -> None:
        """The import did not come to its end: nothing of it stays."""
        for part in self._staged.values():
            self._blobs.drop(part)
        for digest in self._kept:
            self._blobs.remove(digest)
