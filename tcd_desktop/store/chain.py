"""The hash chain over operation lines.

    h(0) = SHA-256("tcd-op-chain-v1" || device (16 bytes) || epoch (8 bytes, big-endian) || forked_from (32 bytes))
    h(i) = SHA-256(h(i-1) || SHA-256(line i without its newline))

`forked_from` is 32 zero bytes unless the epoch continues another one. The inner hash lets a line be redacted later:
its SHA-256 stays, and the chain still verifies.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

NO_FORK = bytes(32)
_TAG = b"tcd-op-chain-v1"


def start(device: str, epoch: int, forked_from: bytes = NO_FORK) -> bytes:
    """h(0) of one epoch of a device. `device` is 32 hex characters."""
    return sha256(_TAG + bytes.fromhex(device) + epoch.to_bytes(8, "big") + forked_from).digest()


def step(head: bytes, line: bytes) -> bytes:
    """h(i) from h(i-1) and line i."""
    return sha256(head + sha256(line).digest()).digest()


def step_hash(head: bytes, line_hash: bytes) -> bytes:
    """The same when only the line's hash is left."""
    return sha256(head + line_hash).digest()


def hashes(head: bytes, lines: Iterable[bytes]) -> list[bytes]:
    """h after each of the lines, in order."""
    result = []
    for line in lines:
        head = sha256(head + sha256(line).digest()).digest()
        result.append(head)
    return result
