"""Attachments and printed PDFs by content: one encrypted file each, named by the SHA-256 of what is in it."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tcd_desktop.store.errors import StoreUnavailable

PART = ".part"
_NONCE = 12
_TAG = 16


class Blobs:
    """A folder of blobs under one 32-byte key."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._cipher = ChaCha20Poly1305(key)

    def path(self, digest: str) -> Path:
        """Where a blob is or would be."""
        return self._folder / digest[:2] / digest

    def put(self, content: bytes) -> str:
        """Keeps the content; gives its SHA-256 in hex. The same content is kept once."""
        digest = sha256(content).hexdigest()
        if not self.has(digest):
            self.keep(self.stage(content, digest), digest)
        return digest

    def stage(self, content: bytes, digest: str) -> Path:
        """Writes a content beside its place, where nobody finds it yet. Raises StoreUnavailable."""
        target = self.path(digest)
        nonce = secrets.token_bytes(_NONCE)
        part = target.with_name(f"{digest}.{secrets.token_hex(4)}{PART}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                file.write(nonce + self._cipher.encrypt(nonce, content, digest.encode()))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            self.drop(part)
            raise _sorted(error) from error
        return part

    def keep(self, part: Path, digest: str) -> None:
        """Puts a staged content in its place. Raises StoreUnavailable."""
        try:
            part.replace(self.path(digest))
        except OSError as error:
            self.drop(part)
            raise _sorted(error) from error

    def drop(self, part: Path) -> None:
        """Throws a staged content away."""
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)

    def sweep(self, before: float) -> None:
        """Throws away what was staged before a moment (seconds since 1970): whoever staged it is gone."""
        for part in self._folder.glob(f"*/*{PART}"):
            with contextlib.suppress(OSError):
                if part.stat().st_mtime < before:
                    part.unlink()

    def get(self, digest: str) -> bytes:
        """The content. Raises StoreUnavailable("blob_missing" | "blob_damaged")."""
        try:
            sealed = self.path(digest).read_bytes()
        except FileNotFoundError as error:
            raise StoreUnavailable("blob_missing") from error
        try:
            content = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], digest.encode())
        except (InvalidTag, ValueError) as error:
            raise StoreUnavailable("blob_damaged") from error
        if sha256(content).hexdigest() != digest:
            raise StoreUnavailable("blob_damaged")
        return content

    def remove(self, digest: str) -> None:
        """Throws a blob away that nothing names any more; one that another program holds open stays."""
        with contextlib.suppress(OSError):
            self.path(digest).unlink(missing_ok=True)

    def length(self, digest: str) -> int:
        """How many bytes a content has; 0 when it is not here."""
        try:
            return max(self.path(digest).stat().st_size - _NONCE - _TAG, 0)
        except OSError:
            return 0

    def has(self, digest: str) -> bool:
        """Whether the content is here."""
        return self.path(digest).is_file()


def _sorted(error: OSError) -> StoreUnavailable:
    return StoreUnavailable("store_full" if error.errno == errno.ENOSPC else "store_io")
