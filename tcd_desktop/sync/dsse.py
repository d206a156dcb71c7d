"""Signed envelopes (DSSE) with Ed25519: bytes are signed together with their type, and verified before they
are read.

    PAE(type, body) = "DSSEv1" SP len(type) SP type SP len(body) SP body
    line = canonical JSON {"payload": base64, "payloadType": ..., "signatures": [{"keyid": ..., "sig": ...}]}

Decisions where DSSE leaves a choice:
- The key id IS the public key (64 hex characters). A key cannot have two ids, so it cannot be counted twice.
- Signatures of keys nobody asked about are ignored (a root is signed by old and new keys); a wrong signature
  under a key that was asked about, or one key id twice, refuses the envelope.
- base64 is the standard alphabet with padding, in its only form.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec import Meta, Struct

from tcd_desktop.sync.canonical import Codec
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.refusals import BundleRefused, Code


class PayloadType(StrEnum):
    """What a signature speaks about; a signature never counts for another type."""

    CERTIFICATE = "application/vnd.tcd.device-cert+json;v=1"
    MANIFEST = "application/vnd.tcd.bundle-manifest+json;v=1"
    ROOT = "application/vnd.tcd.root+json;v=1"
    REVOCATIONS = "application/vnd.tcd.revocations+json;v=1"
    OFFICE_KEYS = "application/vnd.tcd.office-keys+json;v=1"
    REQUEST = "application/vnd.tcd.enrol-request+json;v=1"
    ANSWER = "application/vnd.tcd.enrol-answer+json;v=1"
    RENEWAL = "application/vnd.tcd.renewal+json;v=1"
    UPDATE = "application/vnd.tcd.update+json;v=1"


class Signer(Protocol):
    """A private key that signs. `key_id` is its public key, 64 hex characters."""

    @property
    def key_id(self) -> str: ...

    def sign(self, message: bytes) -> bytes: ...


class _Signature(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    keyid: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
    sig: Annotated[str, Meta(max_length=88)]


class _Envelope(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    payload: str
    payloadType: Annotated[str, Meta(max_length=100)]
    signatures: list[_Signature]


@dataclass(frozen=True, slots=True)
class Verified:
    """Bytes that the `signers` (key ids) signed as this type."""

    payload: bytes
    signers: frozenset[str]


_codec = Codec(_Envelope)
_VERSION = re.compile(r"(.*;v=)(\d{1,9})\Z")


def pae(payload_type: str, payload: bytes) -> bytes:
    """Pre-authentication encoding: the bytes that are signed."""
    kind = payload_type.encode("utf-8")
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def sign(payload: bytes, payload_type: PayloadType, *signers: Signer) -> bytes:
    """The envelope as one canonical line without its newline."""
    message = pae(payload_type, payload)
    return _codec.encode(
        _Envelope(
            payload=base64.b64encode(payload).decode("ascii"),
            payloadType=payload_type.value,
            signatures=[
                _Signature(keyid=s.key_id, sig=base64.b64encode(s.sign(message)).decode("ascii")) for s in signers
            ],
        )
    )


def verify(
    line: bytes, payload_type: PayloadType, keys: Collection[str], *, threshold: int = 1, limit: int
) -> Verified:
    """The payload, signed by at least `threshold` distinct of the `keys` (key ids).

    Raises BundleRefused: E_LIMIT, E_SCHEMA, E_CANON (not an envelope), E_TYPE, E_TOO_NEW (same type, later
    version), E_SIGNATURE.
    """
    envelope = _parse(line, payload_type, limit)
    payload = _decode64(envelope.payload)
    message = pae(payload_type, payload)
    counted: set[str] = set()
    seen: set[str] = set()
    for signature in envelope.signatures:
        if signature.keyid in seen:
            raise BundleRefused(Code.SIGNATURE, reason="key twice")
        seen.add(signature.keyid)
        if signature.keyid in keys:
            _check(signature, message)
            counted.add(signature.keyid)
    if len(counted) < max(threshold, 1):
        raise BundleRefused(Code.SIGNATURE, reason="threshold", counted=len(counted), needed=threshold)
    return Verified(payload, frozenset(counted))


def verify_self_signed(line: bytes, payload_type: PayloadType, *, limit: int) -> Verified:
    """A payload signed by exactly one key, which the envelope names. Proves possession of that key, nothing
    more.

    The caller must compare `signers` with the key inside the payload.
    """
    envelope = _parse(line, payload_type, limit)
    if len(envelope.signatures) != 1:
        raise BundleRefused(Code.SIGNATURE, reason="threshold", counted=len(envelope.signatures), needed=1)
    return verify(line, payload_type, {envelope.signatures[0].keyid}, limit=limit)


def unverified_payload(line: bytes, payload_type: PayloadType, *, limit: int) -> bytes:
    """The payload of an envelope whose keys are inside it (a root pinned by its fingerprint). Proves
    nothing.
    """
    return _decode64(_parse(line, payload_type, limit).payload)


def _parse(line: bytes, payload_type: PayloadType, limit: int) -> _Envelope:
    if len(line) > limit:
        raise BundleRefused(Code.LIMIT, reason="envelope", limit=limit)
    envelope = _codec.decode(line)
    if envelope.payloadType != payload_type.value:
        raise BundleRefused(_type_code(envelope.payloadType, payload_type.value))
    if len(envelope.signatures) > DEFAULT.signatures:
        raise BundleRefused(Code.LIMIT, reason="signatures", limit=DEFAULT.signatures)
    return envelope


def _type_code(found: str, wanted: str) -> Code:
    theirs, ours = _VERSION.match(found), _VERSION.match(wanted)
    if theirs and ours and theirs[1] == ours[1] and int(theirs[2]) > int(ours[2]):
        return Code.TOO_NEW
    return Code.TYPE


def _check(signature: _Signature, message: bytes) -> None:
    raw = _decode64(signature.sig)
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(signature.keyid)).verify(raw, message)
    except (InvalidSignature, ValueError) as error:
        raise BundleRefused(Code.SIGNATURE, reason="wrong") from error


def _decode64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BundleRefused(Code.SCHEMA, reason="base64") from error
    if base64.b64encode(raw).decode("ascii") != text:
        raise BundleRefused(Code.CANON, reason="base64")
    return raw
