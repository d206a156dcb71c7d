"""Is this bundle for us, from somebody we trust, and going the right way? Every rule about a manifest.

Direction follows from the paths of office codes in the certificates:

    sender's path            ops, enrol   snapshot   forward             return
    below ours               yes          yes        from a superior     no
    above ours               no           yes        no                  from a superior
    the same office          only with `peers`       no                  no
    elsewhere, or ourselves  no           no         no                  no

Authenticity decides whether a bundle is accepted, freshness only warns: an expired certificate gives the flag
`renew`.
A revoked PC: operations up to the last trusted one are accepted, so an ops, snapshot or forward
bundle passes with the flag `trusted_through` and the importer quarantines what lies beyond; a return or enrol
bundle of a revoked PC, whose word is not numbered by operations, is refused (E_REVOKED).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tcd_desktop.sync.certificate import (
    Certificate,
    DeviceRole,
    VerifiedCertificate,
    verify_certificate,
)
from tcd_desktop.sync.manifest import KNOWN_FEATURES, BundleKind, Manifest
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.revocation import Revocations
from tcd_desktop.sync.root import TrustedRoot


class Verifier(Protocol):
    """Knows the trusted roots and the revocation list."""

    def certificate(self, line: bytes) -> VerifiedCertificate:
        """The certificate of a line. Raises BundleRefused when nobody we trust signed it."""

    def trusted_through(self, device: str, epoch: int) -> int | None:
        """The last trusted sequence number of a revoked history; None when it is not revoked."""


@dataclass(frozen=True, slots=True)
class Trust:
    """What this PC trusts today. `today` is read once, when the work starts."""

    root: TrustedRoot
    today: date
    revocations: Revocations | None = None

    def certificate(self, line: bytes) -> VerifiedCertificate:
        """Verified by the enroller keys of the newest root."""
        return verify_certificate(line, self.root, self.today)

    def trusted_through(self, device: str, epoch: int) -> int | None:
        """From the revocation list; None when there is none."""
        return self.revocations.trusted_through(device, epoch) if self.revocations else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectations:
    """Who we are and what we can read. `peers` allows bundles between PCs of the same office."""

    verifier: Verifier
    device: str
    path: tuple[str, ...]
    schema_ver: int
    features: frozenset[str] = KNOWN_FEATURES
    peers: bool = False


@dataclass(frozen=True, slots=True)
class Flags:
    """What is worth telling about an accepted bundle.

    `renew`: the certificate has expired. `early`: it begins in the future (somebody's clock is wrong).
    `trusted_through`: the history is revoked, operations beyond this number are to be quarantined.
    """

    renew: bool = False
    early: bool = False
    trusted_through: int | None = None


def judge(manifest: Manifest, sender: VerifiedCertificate, our_keys: Collection[str], expect: Expectations) -> Flags:
    """Everything about a signed manifest that depends on who signed it and who we are.

    Raises E_RECIPIENT, E_SIGNATURE (manifest and certificate do not belong together), E_SCOPE (epoch),
    E_DIRECTION, E_REVOKED, E_TOO_NEW.
    """
    certificate = sender.certificate
    _check_sender(manifest, sender)
    if not set(manifest.to).intersection(our_keys):
        raise BundleRefused(Code.RECIPIENT, reason="signed for another office")
    _check_direction(manifest.kind, certificate, expect)
    if manifest.schema_ver > expect.schema_ver:
        raise BundleRefused(Code.TOO_NEW, needed=manifest.schema_ver, have=expect.schema_ver)
    through = expect.verifier.trusted_through(manifest.device, manifest.epoch)
    if through is not None and manifest.kind in (BundleKind.RETURN, BundleKind.ENROL):
        raise BundleRefused(Code.REVOKED, device=manifest.device, epoch=manifest.epoch)
    return Flags(sender.renew, sender.early, through)


def _check_sender(manifest: Manifest, sender: VerifiedCertificate) -> None:
    certificate = sender.certificate
    named = (manifest.cert, manifest.device, manifest.unit)
    if named != (sender.sha256, certificate.device, certificate.office):
        raise BundleRefused(Code.SIGNATURE, reason="certificate of another")
    if manifest.epoch > certificate.max_epoch:
        raise BundleRefused(Code.SCOPE, reason="epoch", found=manifest.epoch, limit=certificate.max_epoch)


def _check_direction(kind: BundleKind, sender: Certificate, expect: Expectations) -> None:
    place = _place(sender, expect)
    superior = sender.role is DeviceRole.SUPERIOR
    allowed = {
        "below": kind in (BundleKind.OPS, BundleKind.ENROL, BundleKind.SNAPSHOT)
        or (kind is BundleKind.FORWARD and superior),
        "above": kind is BundleKind.SNAPSHOT or (kind is BundleKind.RETURN and superior),
        "same": expect.peers and kind in (BundleKind.OPS, BundleKind.SNAPSHOT),
    }
    if not allowed.get(place, False):
        raise BundleRefused(Code.DIRECTION, kind=kind.value, place=place)


def _place(sender: Certificate, expect: Expectations) -> str:
    theirs, ours = sender.path, expect.path
    if sender.device == expect.device:
        return "ourselves"
    if theirs == ours:
        return "same"
    if theirs[: len(ours)] == ours:
        return "below"
    if ours[: len(theirs)] == theirs:
        return "above"
    return "elsewhere"
