"""The revocation list: which PCs are no longer trusted, and up to which entry of their journal they still
are.

By sequence number, not by time: clocks lie. `epoch` is a number or "*" (every epoch without an entry of its
own). `last_trusted_seq` 0 trusts nothing of that epoch. Versions never go back, and one version has one
content.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tcd_desktop.sync import dsse
from tcd_desktop.sync.canonical import Codec
from tcd_desktop.sync.certificate import Epoch
from tcd_desktop.sync.dsse import PayloadType, Signer
from tcd_desktop.sync.keys import DeviceId
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.root import TrustedRoot, Version


class Revocation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One PC, or one epoch of it, that is trusted only up to `last_trusted_seq`."""

    device: DeviceId
    epoch: Epoch | Literal["*"]
    last_trusted_seq: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    reason: Literal["lost", "stolen", "retired", "forked"]


class RevocationList(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole list, one version."""

    fmt: Literal["tcd.revocations/1"]
    version: Version
    entries: Annotated[list[Revocation], Meta(max_length=20_000)]


_codec = Codec(RevocationList)


@dataclass(frozen=True, slots=True)
class Revocations:
    """A verified list with the line it came in."""

    list: RevocationList
    line: bytes

    @property
    def version(self) -> int:
        """The version of the list."""
        return self.list.version

    def trusted_through(self, device: str, epoch: int) -> int | None:
        """The last sequence number that is trusted; None when nothing was revoked for this device and
        epoch.
        """
        found: int | None = None
        for entry in self.list.entries:
            if entry.device == device and entry.epoch == epoch:
                return entry.last_trusted_seq
            if entry.device == device and entry.epoch == "*":
                found = entry.last_trusted_seq
        return found

    def update(self, line: bytes, root: TrustedRoot) -> Revocations:
        """A list from elsewhere, if it is not older. Raises E_ROLLBACK for an older one or another one of our
        version.
        """
        newer = verify_revocations(line, root)
        if newer.version < self.version or (newer.version == self.version and newer.list != self.list):
            raise BundleRefused(Code.ROLLBACK, reason="revocations", have=self.version, found=newer.version)
        return newer


def sign_revocations(version: int, entries: Iterable[Revocation], *revokers: Signer) -> bytes:
    """The envelope line of a list. Raises E_MANIFEST when one device and epoch is there twice."""
    revocations = RevocationList(fmt="tcd.revocations/1", version=version, entries=list(entries))
    _check(revocations)
    return dsse.sign(_codec.encode(revocations), PayloadType.REVOCATIONS, *revokers)


def verify_revocations(line: bytes, root: TrustedRoot) -> Revocations:
    """The list of a line from elsewhere, signed by the revoker role. Raises E_SIGNATURE and format codes."""
    payload = root.verify("revoker", line, PayloadType.REVOCATIONS, limit=DEFAULT.list_line)
    revocations = _codec.decode(payload)
    _check(revocations)
    return Revocations(revocations, line)


def _check(revocations: RevocationList) -> None:
    positions = {(entry.device, entry.epoch) for entry in revocations.entries}
    if len(positions) != len(revocations.entries):
        raise BundleRefused(Code.MANIFEST, reason="revoked twice")
