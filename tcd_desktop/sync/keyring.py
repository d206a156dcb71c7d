"""The secrets of one PC in its office folder, and what it trusts.

Secrets (`device.key`, encrypted under a key derived from the office's master key, never in the database or
its backups): the PC's own keys; at an office that others send to, also its receiving keys and its authority.
Membership (facts in the database, all public): the root chain, the newest revocation list, the keys of the
office that bundles go to, this PC's certificate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from tcd_desktop.domain.problems import Refused
from tcd_desktop.store.closed.vault import MasterKey, read_secret, write_secret
from tcd_desktop.store.store import Connection, Store, write_fact
from tcd_desktop.sync.certificate import Certificate, read_certificate
from tcd_desktop.sync.keys import BoxKey, DeviceKeys, OfficeKeys, SigningKey
from tcd_desktop.sync.office_keys import VerifiedOfficeKeys, verify_office_keys
from tcd_desktop.sync.revocation import Revocations, verify_revocations
from tcd_desktop.sync.root import TrustedRoot

KEY_FILE = "device.key"
_PURPOSE = "keys"


@dataclass(frozen=True, slots=True)
class Authority:
    """The signing keys of an office that enrols others: keepers of the root, enroller, director, revoker."""

    root: SigningKey
    enroller: SigningKey
    director: SigningKey
    revoker: SigningKey

    @classmethod
    def generate(cls) -> Authority:
        """New keys for all four roles."""
        return cls(*(SigningKey.generate() for _ in range(4)))


class _Secrets(msgspec.Struct, frozen=True, omit_defaults=True):
    device: bytes
    office: bytes = b""
    authority: list[bytes] = []
    identity: str = ""
    others: list[bytes] = []
    retired: list[bytes] = []


@dataclass(frozen=True, slots=True)
class Keyring:
    """What this PC can sign and open. `office` and `authority` are None at a ward.

    `others`: pairs of keys this PC had before, or made for itself and waits for their certificate; which pair signs is
    told by the certificate (`pair_for`). `identity`: the PC's id when it was not made from `device`.
    `retired`: receiving keys of an identity this PC has left, which open what was closed for it.
    """

    device: DeviceKeys
    office: OfficeKeys | None = None
    authority: Authority | None = None
    identity: str = ""
    others: tuple[DeviceKeys, ...] = ()
    retired: tuple[BoxKey, ...] = ()

    @property
    def device_id(self) -> str:
        """The identity of this PC, which outlives its keys."""
        return self.identity or self.device.device_id

    def belonging_to(self, device: str) -> Keyring:
        """The ring of the identity the database has: a change of identity that was cut off before its end is ended."""
        if device == self.device_id:
            return self
        made = next((pair for pair in self.others if pair.device_id == device), None)
        if made is None:
            return self
        left = [pair.box for pair in reversed((self.device, *self.others)) if pair != made]
        return replace(self, device=made, identity="", others=(), retired=(*left, *self.retired))

    @property
    def newest(self) -> DeviceKeys:
        """The pair that was made last."""
        return self.others[-1] if self.others else self.device

    def pair_for(self, certificate: Certificate) -> DeviceKeys | None:
        """The pair a certificate of this PC speaks of; None when it speaks of another PC or of keys that are gone."""
        if certificate.device != self.device_id:
            return None
        named = (certificate.sign_pub, certificate.box_pub)
        pairs = (self.device, *self.others)
        return next((pair for pair in pairs if (pair.sign_pub.hex(), pair.box_pub.hex()) == named), None)

    def boxes(self) -> tuple[BoxKey, ...]:
        """Every key that may open what is addressed to this office or PC, the likeliest first."""
        office = self.office.identities() if self.office else ()
        return (*office, self.device.box, *(pair.box for pair in reversed(self.others)), *self.retired)

    def save(self, home: Path, master: MasterKey) -> None:
        """Writes the key file."""
        authority = self.authority
        seeds = [authority.root, authority.enroller, authority.director, authority.revoker] if authority else []
        secrets = _Secrets(
            self.device.secret,
            self.office.to_bytes() if self.office else b"",
            [key.seed for key in seeds],
            self.identity,
            [pair.secret for pair in self.others],
            [box.secret for box in self.retired],
        )
        write_secret(home / KEY_FILE, master.derive(_PURPOSE), msgspec.json.encode(secrets))

    @classmethod
    def load(cls, home: Path, master: MasterKey) -> Keyring:
        """Reads the key file. Raises StoreUnavailable("keys_missing" | "keys_damaged")."""
        secrets = msgspec.json.decode(read_secret(home / KEY_FILE, master.derive(_PURPOSE)), type=_Secrets)
        return cls(
            DeviceKeys.from_secret(secrets.device),
            OfficeKeys.from_bytes(secrets.office) if secrets.office else None,
            Authority(*map(SigningKey, secrets.authority)) if secrets.authority else None,
            secrets.identity,
            tuple(map(DeviceKeys.from_secret, secrets.others)),
            tuple(map(BoxKey, secrets.retired)),
        )


@dataclass(frozen=True, slots=True)
class Membership:
    """What an enrolled PC believes: verified when it came, verified again when it is loaded."""

    root: TrustedRoot
    revocations: Revocations
    receiver: VerifiedOfficeKeys
    certificate_line: bytes
    superior: str
    superior_name: str

    @property
    def certificate(self) -> Certificate:
        """This PC's own certificate."""
        return read_certificate(self.certificate_line)


class _Kept(msgspec.Struct, frozen=True):
    root: list[bytes]
    revocations: bytes
    receiver: bytes
    certificate: bytes
    superior: str
    superior_name: str


_FACT = "membership"


def save_membership(connection: Connection, member: Membership) -> None:
    """Keeps it in the store, inside a transaction."""
    kept = _Kept(
        list(member.root.chain),
        member.revocations.line,
        member.receiver.line,
        member.certificate_line,
        member.superior,
        member.superior_name,
    )
    write_fact(connection, _FACT, msgspec.json.encode(kept).decode("utf-8"))


def load_membership(store: Store) -> Membership | None:
    """What this PC trusts, or None before it is enrolled."""
    text = store.fact(_FACT)
    if not text:
        return None
    kept = msgspec.json.decode(text, type=_Kept)
    root = TrustedRoot.stored(kept.root)
    return Membership(
        root,
        verify_revocations(kept.revocations, root),
        verify_office_keys(kept.receiver, root),
        kept.certificate,
        kept.superior,
        kept.superior_name,
    )


def required_membership(store: Store) -> Membership:
    """What this PC trusts. Raises Refused("not_enrolled")."""
    member = load_membership(store)
    if member is None:
        raise Refused("not_enrolled")
    return member


def sealing_keys(keyring: Keyring, member: Membership | None) -> Sequence[bytes]:
    """The raw public keys a denouncer's identity is closed for: this PC's, and the superior's current
    ones.
    """
    own = [keyring.office.current.public] if keyring.office else []
    above = member.receiver.recipients() if member else ()
    pair = keyring.pair_for(member.certificate) if member else None
    return tuple(dict.fromkeys([(pair or keyring.device).box_pub, *own, *above]))


def signing_pair(keyring: Keyring, member: Membership) -> DeviceKeys:
    """The keys this PC signs with. Raises Refused("not_enrolled") when its certificate is not for keys it has."""
    pair = keyring.pair_for(member.certificate)
    if pair is None:
        raise Refused("not_enrolled")
    return pair
