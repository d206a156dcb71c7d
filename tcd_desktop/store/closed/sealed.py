"""Sealed fields: a denouncer's identity, encrypted to the keys of those who may read it (HPKE, RFC 9180).

A sealed value is canonical JSON: {"to": {key id: base64 box, ...}, "v": 1}. Each box is one HPKE message
(X25519, HKDF-SHA256, ChaCha20-Poly1305) whose `info` binds unit, record and field, so a box cannot be moved to
another record. The search index, lists, exports and logs never see what is inside.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from tcd_desktop.domain.problems import Refused

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class _Sealed(msgspec.Struct, frozen=True):
    to: dict[str, bytes]
    v: int = 1


def key_id(public: bytes) -> str:
    """The first 8 bytes of SHA-256 of a raw X25519 public key, hex."""
    return sha256(public).hexdigest()[:16]


def _info(unit: str, record: str, field: str) -> bytes:
    return f"tcd/sealed/v1|{unit}|{record}|{field}".encode()


def seal(value: dict[str, Any], recipients: Iterable[bytes], *, unit: str, record: str, field: str) -> bytes:
    """The value (JSON-able) closed for the raw X25519 public keys given."""
    plain = msgspec.json.encode(value, order="sorted")
    info = _info(unit, record, field)
    boxes = {
        key_id(public): _SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(public), info) for public in recipients
    }
    return msgspec.json.encode(_Sealed(boxes), order="sorted")


def unseal(sealed: bytes, private: bytes, *, unit: str, record: str, field: str) -> dict[str, Any]:
    """The value again. Raises Refused("sealed_for_others") when this key may not read it."""
    key = X25519PrivateKey.from_private_bytes(private)
    box = msgspec.json.decode(sealed, type=_Sealed).to.get(key_id(key.public_key().public_bytes_raw()))
    if box is None:
        raise Refused("sealed_for_others")
    try:
        plain = _SUITE.decrypt(box, key, _info(unit, record, field))
    except InvalidTag as error:
        raise Refused("sealed_for_others") from error
    return msgspec.json.decode(plain, type=dict[str, Any])
