"""What is really in a bundle file, read without the program's reader: age, the standard library's JSON, zstd.

The simulation's model learns from this what a stick carries, so that it never has to believe the program.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import pyrage
import zstandard

WITHHELD = b'{"withheld":"'


@dataclass(frozen=True)
class Parcel:
    """One whole bundle: `lines` are its operations (or their hashes), `heads` the chain hash after each."""

    digest: str
    bundle: str
    kind: str
    unit: str
    device: str
    epoch: int
    first: int
    last: int
    prev: bytes
    lines: tuple[bytes, ...]
    heads: tuple[bytes, ...]
    meta: dict[str, Any] | None = None
    papers: dict[str, bytes] = field(default_factory=dict)

    @property
    def chain(self) -> tuple[str, int]:
        """Device and epoch."""
        return self.device, self.epoch


def chain_start(device: str, epoch: int, forked_from: bytes = bytes(32)) -> bytes:
    """h(0) as the format page says."""
    return sha256(b"tcd-op-chain-v1" + bytes.fromhex(device) + epoch.to_bytes(8, "big") + forked_from).digest()


def chain_heads(head: bytes, lines: Sequence[bytes]) -> list[bytes]:
    """h(1), h(2) ... from the one before."""
    heads = []
    for line in lines:
        inner = bytes.fromhex(line[13:77].decode()) if line.startswith(WITHHELD) else sha256(line).digest()
        head = sha256(head + inner).digest()
        heads.append(head)
    return heads


def read_parcel(content: bytes, *identities: str) -> Parcel:
    """Opens a file with somebody's secret age keys."""
    inside = pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(one) for one in identities])
    _certificate, envelope, rest = inside.split(b"\n", 2)
    manifest = json.loads(base64.b64decode(json.loads(envelope)["payload"]))
    lines: list[bytes] = []
    slices: list[bytes] = []
    meta = None
    for segment in manifest["segs"]:
        stored, rest = rest[: segment["clen"]], rest[segment["clen"] :]
        data = zstandard.ZstdDecompressor().decompress(stored) if segment["c"] == "zstd" else stored
        slices.append(data)
        if segment["k"] == "ops":
            lines += data.splitlines()
        elif segment["k"] == "meta":
            meta = json.loads(data)
    assert not rest, "bytes after the last segment"
    prev = bytes.fromhex(manifest["prev"])
    heads = chain_heads(prev, lines)
    assert (heads[-1] if heads else prev).hex() == manifest["head"]
    papers = {one["sha256"]: b"".join(slices[one["segs"][0] : one["segs"][1]]) for one in manifest["blobs"]}
    assert all(sha256(paper).hexdigest() == name for name, paper in papers.items())
    return Parcel(
        digest=sha256(content).hexdigest(),
        bundle=manifest["bundle"],
        kind=manifest["kind"],
        unit=manifest["unit"],
        device=manifest["device"],
        epoch=manifest["epoch"],
        first=manifest["first"],
        last=manifest["last"],
        prev=prev,
        lines=tuple(lines),
        heads=tuple(heads),
        meta=meta,
        papers=papers,
    )
