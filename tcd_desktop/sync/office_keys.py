"""The list of box keys an office receives with, signed by the director: current, next, recovery.

Wards encrypt every bundle to all keys of the newest list that they know. `begins` and `ends` are for people
and for choosing when to rotate; they never stop an export, because clocks lie. Versions never go back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tcd_desktop.sync import dsse
from tcd_desktop.sync.canonical import Codec
from tcd_desktop.sync.dsse import PayloadType, Signer
from tcd_desktop.sync.keys import KeyId, usable_box_key
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.root import DateText, OfficeCode, TrustedRoot, Version


class OfficeKey(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One box key. The private half of a `recovery` key lies on paper in a safe."""

    key: KeyId
    use: Literal["current", "next", "recovery"]
    begins: DateText
    ends: DateText


class OfficeKeyList(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of one office, one version."""

    fmt: Literal["tcd.office-keys/1"]
    office: OfficeCode
    version: Version
    keys: Annotated[list[OfficeKey], Meta(min_length=1, max_length=16)]


_codec = Codec(OfficeKeyList)


@dataclass(frozen=True, slots=True)
class VerifiedOfficeKeys:
    """A verified list with the line it came in."""

    list: OfficeKeyList
    line: bytes

    @property
    def version(self) -> int:
        """The version of the list."""
        return self.list.version

    def recipients(self) -> tuple[bytes, ...]:
        """All public keys (32 bytes each) a bundle for this office is encrypted to."""
        return tuple(bytes.fromhex(key.key) for key in self.list.keys)

    def update(self, line: bytes, root: TrustedRoot) -> VerifiedOfficeKeys:
        """A list from elsewhere, if it is of the same office and not older. Raises E_ROLLBACK, E_SCOPE."""
        newer = verify_office_keys(line, root)
        if newer.list.office != self.list.office:
            raise BundleRefused(Code.SCOPE, reason="office keys")
        if newer.version < self.version or (newer.version == self.version and newer.list != self.list):
            raise BundleRefused(Code.ROLLBACK, reason="office keys", have=self.version, found=newer.version)
        return newer


def sign_office_keys(office: str, version: int, keys: Iterable[OfficeKey], *directors: Signer) -> bytes:
    """The envelope line of a list."""
    listed = OfficeKeyList(fmt="tcd.office-keys/1", office=office, version=version, keys=list(keys))
    _check(listed)
    return dsse.sign(_codec.encode(listed), PayloadType.OFFICE_KEYS, *directors)


def verify_office_keys(line: bytes, root: TrustedRoot) -> VerifiedOfficeKeys:
    """The list of a line from elsewhere, signed by the director role. Raises E_SIGNATURE and format codes."""
    payload = root.verify("director", line, PayloadType.OFFICE_KEYS, limit=DEFAULT.list_line)
    listed = _codec.decode(payload)
    _check(listed)
    return VerifiedOfficeKeys(listed, line)


def _check(listed: OfficeKeyList) -> None:
    if len({key.key for key in listed.keys}) != len(listed.keys):
        raise BundleRefused(Code.MANIFEST, reason="key twice")
    if not all(usable_box_key(bytes.fromhex(key.key)) for key in listed.keys):
        raise BundleRefused(Code.SCHEMA, reason="box key")
