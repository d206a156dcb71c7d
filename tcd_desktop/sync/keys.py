"""Private keys: of a PC (sign and receive), of an office (receive), of a role (sign).

- The id of a key is the key: 64 hex characters of the 32 public bytes, for signing and for box keys alike.
- A PC's secret is 64 bytes: Ed25519 seed (32) || X25519 private key (32). They are kept by the operating
  system, never in the database or its backups: a copied database on other hardware has no key and must enrol
  anew.
- device id = first 16 bytes of SHA-256(sign_pub || box_pub), hex.
- A box key opens bundles (as an age identity) and sealed fields (HPKE, DHKEM-X25519): one private key, two
  formats. Both mix their own label into the key derivation, so one use says nothing about the other.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from msgspec import Meta, Struct

from tcd_desktop.sync import bech32
from tcd_desktop.sync.canonical import Codec

KeyId = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
"""A public key, 32 bytes in hex."""
DeviceId = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]

RETIRED_KEPT = 8
"""Old office keys that still open sticks found in drawers: at one rotation a year more than the two years
asked for.
"""


def device_id(sign_pub: bytes, box_pub: bytes) -> str:
    """The identity of a PC: 32 hex characters that no other pair of keys has."""
    return sha256(sign_pub + box_pub).digest()[:16].hex()


def age_recipient(box_pub: bytes) -> str:
    """A public box key as age writes it: age1..."""
    return bech32.encode("age", box_pub)


def usable_box_key(box_pub: bytes) -> bool:
    """False for the few X25519 points with which everybody agrees on the same secret."""
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(box_pub))
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class SigningKey:
    """An Ed25519 key: of a PC, or of an enroller, director, revoker or root keeper."""

    seed: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> SigningKey:
        """A new random key."""
        return cls(secrets.token_bytes(32))

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @cached_property
    def public(self) -> bytes:
        """32 bytes."""
        return self._private.public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        """The public key in hex."""
        return self.public.hex()

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self._private.sign(message)


@dataclass(frozen=True)
class BoxKey:
    """An X25519 key that opens what was encrypted to its public half."""

    secret: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> BoxKey:
        """A new random key."""
        return cls(secrets.token_bytes(32))

    def private_key(self) -> X25519PrivateKey:
        """For HPKE (sealed fields)."""
        return X25519PrivateKey.from_private_bytes(self.secret)

    @cached_property
    def public(self) -> bytes:
        """32 bytes."""
        return self.private_key().public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        """The public key in hex."""
        return self.public.hex()

    def age_identity(self) -> str:
        """The private key as age writes it: AGE-SECRET-KEY-1... Never to be shown, logged or written
        plainly.
        """
        return bech32.encode("age-secret-key-", self.secret).upper()


@dataclass(frozen=True)
class DeviceKeys:
    """The two keys of one PC."""

    signing: SigningKey
    box: BoxKey

    @classmethod
    def generate(cls) -> DeviceKeys:
        """The keys of a new PC."""
        return cls(SigningKey.generate(), BoxKey.generate())

    @classmethod
    def from_secret(cls, secret: bytes) -> DeviceKeys:
        """From the 64 bytes of `secret`. Raises ValueError when there are not 64."""
        if len(secret) != 64:
            raise ValueError("a device secret has 64 bytes")
        return cls(SigningKey(secret[:32]), BoxKey(secret[32:]))

    @property
    def secret(self) -> bytes:
        """64 bytes for the key store of the operating system."""
        return self.signing.seed + self.box.secret

    @property
    def sign_pub(self) -> bytes:
        """Ed25519 public key, 32 bytes."""
        return self.signing.public

    @property
    def box_pub(self) -> bytes:
        """X25519 public key, 32 bytes."""
        return self.box.public

    @cached_property
    def device_id(self) -> str:
        """32 hex characters."""
        return device_id(self.sign_pub, self.box_pub)


@dataclass(frozen=True)
class OfficeKeys:
    """The private box keys of an office that receives bundles: `next` is already announced, `retired` still
    open.
    """

    current: BoxKey
    next: BoxKey
    retired: tuple[BoxKey, ...] = ()

    @classmethod
    def generate(cls) -> OfficeKeys:
        """The keys of an office that begins to receive."""
        return cls(BoxKey.generate(), BoxKey.generate())

    def rotated(self) -> OfficeKeys:
        """`next` becomes current, a new next is made, the old current still opens old sticks."""
        retired = (self.current, *self.retired)[:RETIRED_KEPT]
        return OfficeKeys(self.next, BoxKey.generate(), retired)

    def identities(self) -> tuple[BoxKey, ...]:
        """All keys that may open a bundle, the likeliest first."""
        return (self.current, self.next, *self.retired)

    def to_bytes(self) -> bytes:
        """All secrets, to be stored encrypted only."""
        return _office_codec.encode(
            _OfficeSecrets(
                fmt="tcd.office-secrets/1",
                current=self.current.secret.hex(),
                next=self.next.secret.hex(),
                retired=[key.secret.hex() for key in self.retired],
            )
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> OfficeKeys:
        """From `to_bytes`. Raises BundleRefused (E_SCHEMA, E_CANON) for anything else."""
        kept = _office_codec.decode(data)
        return cls(
            BoxKey(bytes.fromhex(kept.current)),
            BoxKey(bytes.fromhex(kept.next)),
            tuple(BoxKey(bytes.fromhex(secret)) for secret in kept.retired),
        )


class _OfficeSecrets(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    fmt: Literal["tcd.office-secrets/1"]
    current: KeyId
    next: KeyId
    retired: list[KeyId]


_office_codec = Codec(_OfficeSecrets)
