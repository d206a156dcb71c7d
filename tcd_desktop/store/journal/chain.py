"""The hash chain over operation lines.

    h(0) = SHA-256("tcd-op-chain-v1" || device (16 bytes) || epoch (8 bytes, big-endian) || forked_from (32 bytes))
    h(i) = SHA-256(h(i-1) || SHA-256(line i without its newline))

`forked_from` is 32 zero bytes unless the epoch continues another one. The inner hash lets a line be redacted later,
or withheld from a reader it does not concern: its SHA-256 stays, and the chain still verifies. A withheld line is
written {"withheld":"<SHA-256 of the line, hex>"}; no operation looks like that. One whose record was erased by a
decision is written {"erased":"<id of the record>","withheld":"<SHA-256>"}.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

NO_FORK = bytes(32)
_TAG = b"tcd-op-chain-v1"
_MARK = b'{"withheld":"'
_ERASED = b'{"erased":"'
_WITHHELD = re.compile(rb'\{(?:"erased":"([0-9A-Za-z-]{1,40})",)?"withheld":"([0-9a-f]{64})"\}')


def start(device: str, epoch: int, forked_from: bytes = NO_FORK) -> bytes:
    """h(0) of one epoch of a device. `device` is 32 hex characters."""
    return sha256(_TAG + bytes.fromhex(device) + epoch.to_bytes(8, "big") + forked_from).digest()


def step(head: bytes, line: bytes) -> bytes:
    """h(i) from h(i-1) and line i."""
    return sha256(head + sha256(line).digest()).digest()


def step_hash(head: bytes, line_hash: bytes) -> bytes:
    """The same when only the line's hash is left."""
    return sha256(head + line_hash).digest()


def withheld(line: bytes) -> bytes:
    """What stands in the place of a line that does not concern the reader."""
    return withheld_as(sha256(line).digest())


def withheld_as(line_hash: bytes) -> bytes:
    """The same when only the line's hash is left."""
    return _MARK + line_hash.hex().encode("ascii") + b'"}'


def withheld_hash(line: bytes) -> bytes | None:
    """The SHA-256 of the line that a withheld line stands for; None for any other line."""
    if not line.startswith((_MARK, _ERASED)):
        return None
    found = _WITHHELD.fullmatch(line)
    return bytes.fromhex(found[2].decode("ascii")) if found else None


def erased(record: str, line_hash: bytes) -> bytes:
    """What stands in the place of a line whose record was erased."""
    return _ERASED + record.encode("ascii") + b'","withheld":"' + line_hash.hex().encode("ascii") + b'"}'


def erased_record(line: bytes) -> str:
    """The record of a line of which only the hash is left because the record was erased; "" for any other line."""
    if not line.startswith(_ERASED):
        return ""
    found = _WITHHELD.fullmatch(line)
    return found[1].decode("ascii") if found else ""


def hashes(head: bytes, lines: Iterable[bytes]) -> list[bytes]:
    """h after each of the lines, in order; a withheld line counts as the one it stands for."""
    result = []
    for line in lines:
        head = sha256(head + (withheld_hash(line) or sha256(line).digest())).digest()
        result.append(head)
    return result
