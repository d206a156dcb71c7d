"""Device certificates: the word of an enroller that a PC belongs to an office and may write certain tables.

A certificate is one DSSE line. Decisions:
- `unit` is the path of office codes from the top down to the PC's own office; the direction of bundles
  follows from it (`tcd_desktop.sync.trust`).
- `not_after` is soft: an expired certificate is accepted with the flag `renew`, because a hard expiry on
  machines without right time teaches people to switch checks off. `not_before` in the future sets `early` and
  is accepted.
- A certificate that begins after the enroller role's `until` is refused (E_REVOKED): that is the hard stop of
  a role.
- `max_epoch` bounds how many histories one certificate may open.
- `prior` is the signing key this PC had before (rotation of its keys, or an office put together again): then the
  enroller vouches that the identity goes on under the new keys. Without it the identity is made from the keys.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tcd_desktop.sync import dsse
from tcd_desktop.sync.canonical import Codec
from tcd_desktop.sync.dsse import PayloadType, Signer
from tcd_desktop.sync.keys import DeviceId, KeyId, device_id, usable_box_key
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.root import DateText, OfficeCode, TrustedRoot

TableName = Annotated[str, Meta(pattern=r"^[a-z][a-z_.]{0,39}\Z")]
Series = Annotated[str, Meta(pattern=r"^[A-Z]{1,2}\Z")]
Epoch = Annotated[int, Meta(ge=1, le=2**53 - 1)]

DEFAULT_MAX_EPOCH = 100
LIFETIME_YEARS = 3


class DeviceRole(StrEnum):
    """`ward`: writes its own office's books. `superior`: may also answer offices below with return
    bundles.
    """

    WARD = "ward"
    SUPERIOR = "superior"


class Certificate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Chứng thư của máy. Public keys are hex; dates are ISO; `series` is the letter of the PC's receipt
    numbers.
    """

    fmt: Literal["tcd.cert/1"]
    serial: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
    device: DeviceId
    unit: Annotated[list[OfficeCode], Meta(min_length=1, max_length=8)]
    sign_pub: KeyId
    box_pub: KeyId
    not_before: DateText
    not_after: DateText
    tables: Annotated[list[TableName], Meta(max_length=100)]
    role: DeviceRole
    max_epoch: Epoch
    series: Series
    prior: KeyId | None = None

    @property
    def office(self) -> str:
        """Code of the PC's own office."""
        return self.unit[-1]

    @property
    def path(self) -> tuple[str, ...]:
        """Codes from the top office down to the PC's own."""
        return tuple(self.unit)


_codec = Codec(Certificate)


@dataclass(frozen=True, slots=True)
class VerifiedCertificate:
    """A certificate that the trusted root vouches for, with the exact line that was signed."""

    certificate: Certificate
    line: bytes
    renew: bool = False
    early: bool = False

    @property
    def sha256(self) -> str:
        """Hash of the line, hex: what a manifest names."""
        return sha256(self.line).hexdigest()


def certificate_for(
    *,
    sign_pub: bytes,
    box_pub: bytes,
    unit: Sequence[str],
    series: str,
    tables: Collection[str],
    not_before: date,
    not_after: date | None = None,
    role: DeviceRole = DeviceRole.WARD,
    max_epoch: int = DEFAULT_MAX_EPOCH,
    device: str = "",
    prior: str | None = None,
) -> Certificate:
    """A certificate to be issued; without `not_after` it lasts three years.

    `device` and `prior`: the identity that goes on, and its signing key until now.
    """
    return Certificate(
        fmt="tcd.cert/1",
        serial=secrets.token_hex(16),
        device=device or device_id(sign_pub, box_pub),
        unit=list(unit),
        sign_pub=sign_pub.hex(),
        box_pub=box_pub.hex(),
        not_before=not_before.isoformat(),
        not_after=(not_after or _years_later(not_before)).isoformat(),
        tables=sorted(tables),
        role=role,
        max_epoch=max_epoch,
        series=series,
        prior=prior,
    )


def issue(certificate: Certificate, *enrollers: Signer) -> bytes:
    """The signed line without its newline. Raises E_LIMIT or E_SCHEMA rather than sign what nobody would
    accept.
    """
    payload = _codec.encode(certificate)
    _check(_codec.decode(payload))
    line = dsse.sign(payload, PayloadType.CERTIFICATE, *enrollers)
    if len(line) > DEFAULT.certificate_line:
        raise BundleRefused(Code.LIMIT, reason="certificate", limit=DEFAULT.certificate_line)
    return line


def verify_certificate(line: bytes, root: TrustedRoot, today: date) -> VerifiedCertificate:
    """The certificate of a line from elsewhere.

    Raises E_SIGNATURE (nobody we trust signed it), E_TYPE, E_SCHEMA, E_CANON, E_LIMIT, E_REVOKED (the
    enroller's role had ended).
    """
    try:
        payload = root.verify("enroller", line, PayloadType.CERTIFICATE, limit=DEFAULT.certificate_line)
        certificate = _codec.decode(payload)
    except BundleRefused as refused:
        if refused.code != Code.SIGNATURE.value:
            raise
        certificate = _by_the_root(line, root)
    _check(certificate)
    until = root.metadata.roles.enroller.until
    if until is not None and certificate.not_before > until:
        raise BundleRefused(Code.REVOKED, reason="enroller ended", until=until)
    now = today.isoformat()
    return VerifiedCertificate(certificate, line, renew=now > certificate.not_after, early=now < certificate.not_before)


def _by_the_root(line: bytes, root: TrustedRoot) -> Certificate:
    """A superior's certificate that the keepers of the root signed themselves.

    An office put together again from its sealed paper has a new enroller, which those below learn of from its answers
    only; the root key is the one they know already. Raises E_SIGNATURE for anything else.
    """
    certificate = _codec.decode(root.verify("root", line, PayloadType.CERTIFICATE, limit=DEFAULT.certificate_line))
    if certificate.role is not DeviceRole.SUPERIOR:
        raise BundleRefused(Code.SIGNATURE, reason="root for a ward")
    return certificate


def read_certificate(line: bytes) -> Certificate:
    """What a line says, believed by nobody: for showing it, and for a PC's own certificate from its own
    store.
    """
    return _codec.decode(dsse.unverified_payload(line, PayloadType.CERTIFICATE, limit=DEFAULT.certificate_line))


def _check(certificate: Certificate) -> None:
    sign_pub, box_pub = bytes.fromhex(certificate.sign_pub), bytes.fromhex(certificate.box_pub)
    if certificate.prior is None and certificate.device != device_id(sign_pub, box_pub):
        raise BundleRefused(Code.SCHEMA, reason="device id")
    if not usable_box_key(box_pub):
        raise BundleRefused(Code.SCHEMA, reason="box key")


def _years_later(day: date) -> date:
    try:
        return day.replace(year=day.year + LIFETIME_YEARS)
    except ValueError:
        return day.replace(year=day.year + LIFETIME_YEARS, day=28)
