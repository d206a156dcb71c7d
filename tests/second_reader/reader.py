"""The steps of "Reading, in this order" on the page of the format. Every refusal is a ValueError."""

from __future__ import annotations

import base64
import hmac
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from tests.second_reader import zstd
from tests.second_reader.arithmetic import ed25519_verifies, hkdf, open_chacha20_poly1305, x25519

TYPE = "application/vnd.tcd.{}+json;v=1"


@dataclass
class Read:
    """What a bundle says. `heads` are the chain hashes after each line, `blobs` attachments by their SHA-256."""

    certificate: dict[str, Any]
    manifest: dict[str, Any]
    meta: dict[str, Any] | None = None
    lines: list[bytes] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)
    blobs: dict[str, bytes] = field(default_factory=dict)


def require(true: object, what: str) -> None:
    if not true:
        raise ValueError(what)


def read(file: bytes, box_secret: bytes, box_public: bytes, roots: Sequence[bytes], digits: str) -> Read:
    """A whole bundle; `digits` is the fingerprint of the first root as people read it to each other."""
    root = trusted_root(roots, digits)
    certificate_line, manifest_line, rest = opened(file, box_secret, box_public).split(b"\n", 2)
    certificate = signed(certificate_line, "device-cert", root["roles"]["enroller"])
    keys = bytes.fromhex(certificate["sign_pub"] + certificate["box_pub"])
    require("prior" in certificate or sha256(keys).digest()[:16].hex() == certificate["device"], "device id")
    manifest = signed(manifest_line, "bundle-manifest", {"keys": [certificate["sign_pub"]], "threshold": 1})
    require(manifest["fmt"] == "tcd.bundle/1" and manifest["min_reader"] == 1, "version")
    require(manifest["cert"] == sha256(certificate_line).hexdigest(), "certificate")
    require(manifest["device"] == certificate["device"] and manifest["unit"] == certificate["unit"][-1], "sender")
    require(manifest["epoch"] <= certificate["max_epoch"], "epoch")
    require(box_public.hex() in manifest["to"], "recipient")
    found = Read(certificate, manifest)
    _segments(found, rest)
    return found


def _segments(found: Read, rest: bytes) -> None:
    manifest, slices = found.manifest, {}
    head = bytes.fromhex(manifest["prev"])
    if manifest["first"] == 1:
        require(head == chain_start(manifest), "start of the chain")
    for index, segment in enumerate(manifest["segs"]):
        stored, rest = rest[: segment["clen"]], rest[segment["clen"] :]
        require(sha256(stored).hexdigest() == segment["sha256"], "hash of a segment")
        data = zstd.plain(stored, segment["ulen"]) if segment["c"] == "zstd" else stored
        if segment["k"] == "meta":
            found.meta = canonical(data)
        elif segment["k"] == "blob":
            slices[index] = data
        else:
            lines = data.split(b"\n")
            require(lines.pop() == b"" and len(lines) == segment["n"] and all(lines), "lines")
            for line in lines:
                head = chain_step(head, line)
                found.lines.append(line)
                found.heads.append(head)
    require(rest == b"" and len(found.lines) == manifest["last"] - manifest["first"] + 1, "end")
    require(head.hex() == manifest["head"], "end of the chain")
    for blob in manifest["blobs"]:
        content = b"".join(slices[index] for index in range(*blob["segs"]))
        require((sha256(content).hexdigest(), len(content)) == (blob["sha256"], blob["len"]), "attachment")
        found.blobs[blob["sha256"]] = content


def opened(file: bytes, secret: bytes, public: bytes) -> bytes:
    """The inside of an age v1 file."""
    found = re.match(rb"age-encryption\.org/v1\n.*?\n---", file, re.S)
    require(found, "no age file")
    assert found is not None
    header = found[0]
    mac, _, body = file[len(header) + 1 :].partition(b"\n")
    for share, wrapped in re.findall(rb"\n-> X25519 (\S{43})\n(\S{43})(?=\n)", header):
        shared = x25519(secret, unpadded(share))
        wrap = hkdf(shared, salt=unpadded(share) + public, info=b"age-encryption.org/v1/X25519")
        try:
            file_key = open_chacha20_poly1305(wrap, bytes(12), unpadded(wrapped))
        except ValueError:
            continue
        told = hmac.digest(hkdf(file_key, salt=b"", info=b"header"), header, sha256)
        require(hmac.compare_digest(told, unpadded(mac)), "header")
        return _chunks(hkdf(file_key, salt=body[:16], info=b"payload"), body[16:])
    raise ValueError("for other keys")


def _chunks(key: bytes, sealed: bytes) -> bytes:
    size, plain = 64 * 1024 + 16, b""
    starts = range(0, max(len(sealed), 1), size)
    for number, at in enumerate(starts):
        last = at == starts[-1]
        plain += open_chacha20_poly1305(key, number.to_bytes(11, "big") + bytes([last]), sealed[at : at + size])
    return plain


def unpadded(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)


def canonical(data: bytes) -> Any:
    """A JSON value in its one spelling."""
    value = json.loads(data)
    again = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
    require(again == data, "another spelling")
    return value


def signed(line: bytes, kind: str, role: dict[str, Any]) -> Any:
    """The payload of a DSSE line that enough keys of a role have signed."""
    envelope = canonical(line)
    payload_type, payload = envelope["payloadType"], base64.b64decode(envelope["payload"], validate=True)
    require(payload_type == TYPE.format(kind), "another kind")
    message = b"DSSEv1 %d %s %d %s" % (len(payload_type), payload_type.encode("ascii"), len(payload), payload)
    good = {
        one["keyid"]
        for one in envelope["signatures"]
        if one["keyid"] in role["keys"]
        and ed25519_verifies(bytes.fromhex(one["keyid"]), message, base64.b64decode(one["sig"]))
    }
    require(len(good) >= role["threshold"], "signature")
    return canonical(payload)


def trusted_root(lines: Sequence[bytes], digits: str) -> Any:
    """The newest root: the first pinned by its digits, each signed by the one before and by itself."""
    require(fingerprint(lines[0]) == digits, "digits")
    root = canonical(base64.b64decode(canonical(lines[0])["payload"]))
    signed(lines[0], "root", root["roles"]["root"])
    for line in lines[1:]:
        newer = signed(line, "root", root["roles"]["root"])
        signed(line, "root", newer["roles"]["root"])
        require(newer["version"] == root["version"] + 1, "a version was skipped")
        root = newer
    return root


def fingerprint(data: bytes) -> str:
    digits = f"{int.from_bytes(sha256(data).digest(), 'big') % 10**48:048d}"
    return " ".join(digits[at : at + 4] for at in range(0, 48, 4))


def chain_start(manifest: dict[str, Any]) -> bytes:
    fork = manifest["forked_from"]
    before = bytes.fromhex(fork["head"]) if fork else bytes(32)
    device = bytes.fromhex(manifest["device"])
    return sha256(b"tcd-op-chain-v1" + device + manifest["epoch"].to_bytes(8, "big") + before).digest()


def chain_step(head: bytes, line: bytes) -> bytes:
    held = re.fullmatch(rb'\{"withheld":"([0-9a-f]{64})"\}', line)
    return sha256(head + (bytes.fromhex(held[1].decode("ascii")) if held else sha256(line).digest())).digest()
