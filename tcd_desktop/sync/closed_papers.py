"""Papers of denunciations on their way: each closed once more, for those who may read it.

A bundle is opened by every PC it is written for; a paper that would tell who denounced is, inside it, encrypted to the
keys that an identity is sealed for (`keyring.sealing_keys`). Its bytes in a bundle are

    sealed JSON (`store.closed.sealed`, field "content", record = SHA-256 of the paper) "\\n"
    ChaCha20-Poly1305 of the paper under the key in it (nonce 0: the key is used once; associated data = the SHA-256)

and the manifest's entry names the paper they hold (`BlobEntry.of`), because their own hash is another one.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from hashlib import sha256

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tcd_desktop.domain.problems import Refused
from tcd_desktop.store.closed.sealed import seal, unseal
from tcd_desktop.sync.keys import BoxKey
from tcd_desktop.sync.refusals import BundleRefused, Code

ROOM = 64 * 1024
"""How much longer a closed paper may be than the paper itself, in bytes."""
_KEY, _TAG, _NONCE = 32, 16, b"\x00" * 12
_FIELD = "content"


class Closing:
    """Closes one paper, twice in the same bytes: a bundle is written in two passes."""

    def __init__(self, digest: str, office: str, recipients: Sequence[bytes]) -> None:
        self._digest = digest
        self._key = secrets.token_bytes(_KEY)
        value = {"key": self._key.hex()}
        self._head = seal(value, recipients, unit=office, record=digest, field=_FIELD) + b"\n"

    def length(self, content: int) -> int:
        """How many bytes travel for a paper of so many."""
        return len(self._head) + content + _TAG

    def close(self, content: bytes) -> bytes:
        """The bytes that travel."""
        return self._head + ChaCha20Poly1305(self._key).encrypt(_NONCE, content, self._digest.encode())


def open_closed(data: bytes, digest: str, office: str, keys: Sequence[BoxKey]) -> bytes | None:
    """The paper of an office again; None when it is closed for others' keys. Raises E_SEGMENT for anything else."""
    head, _line, body = data.partition(b"\n")
    for key in keys:
        try:
            value = unseal(head, key.secret, unit=office, record=digest, field=_FIELD)
            content = ChaCha20Poly1305(bytes.fromhex(value["key"])).decrypt(_NONCE, body, digest.encode())
        except Refused:
            continue
        except (msgspec.MsgspecError, InvalidTag, KeyError, TypeError, ValueError, RecursionError) as error:
            raise BundleRefused(Code.SEGMENT, reason="closed paper", blob=digest) from error
        if sha256(content).hexdigest() != digest:
            raise BundleRefused(Code.SEGMENT, reason="closed paper", blob=digest)
        return content
    return None
