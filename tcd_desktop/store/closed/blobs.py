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

_NONCE = 12


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
        target = self.path(digest)
        if target.exists():
            return digest
        nonce = secrets.token_bytes(_NONCE)
        part = target.with_name(f"{digest}.{secrets.token_hex(4)}.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                file.write(nonce + self._cipher.encrypt(nonce, content, digest.encode()))
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        except OSError as error:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            if error.errno == errno.ENOSPC:
                raise StoreUnavailable("store_full") from error
            raise StoreUnavailable("store_io") from error
        return digest

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

    def has(self, digest: str) -> bool:
        """Whether the content is here."""
        return self.path(digest).is_file()
