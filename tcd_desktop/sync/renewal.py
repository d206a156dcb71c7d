"""A PC asks for its next certificate: because the old one ends, or because it has made itself new keys.

One DSSE line, signed by the key its certificate speaks of. With new keys it is signed by them as well: the old key
vouches for the change, the new one proves that it is there. The line travels in every bundle (`OpsMeta`) or as a file
`renew-<unit>-<id8>.ren` until the answer has come; the certificate comes in a return bundle.

The old certificate stays valid beside the new one, so bundles that are on their way are not lost.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tcd_desktop.sync import dsse
from tcd_desktop.sync.canonical import Codec
from tcd_desktop.sync.certificate import Certificate
from tcd_desktop.sync.dsse import PayloadType
from tcd_desktop.sync.keys import DeviceId, DeviceKeys, KeyId, usable_box_key
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.root import OfficeCode

RENEWAL_SUFFIX = ".ren"
ASKED_BEFORE = timedelta(days=90)
"""So long before its end a certificate is asked for anew: sticks travel once a month at worst."""


class Renewal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Đề nghị gia hạn chứng thư. `serial` is that of the certificate the PC has now."""

    fmt: Literal["tcd.renewal/1"]
    device: DeviceId
    unit: OfficeCode
    serial: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
    sign_pub: KeyId
    box_pub: KeyId
    nonce: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]


_codec = Codec(Renewal)


def is_due(certificate: Certificate, today: date) -> bool:
    """Whether the end of a certificate is near or past."""
    return today + ASKED_BEFORE >= date.fromisoformat(certificate.not_after)


def make_renewal(certificate: Certificate, now: DeviceKeys, wanted: DeviceKeys) -> bytes:
    """The line. `now` are the keys of the certificate, `wanted` those of the next one (the same, or newer ones)."""
    payload = _codec.encode(
        Renewal(
            fmt="tcd.renewal/1",
            device=certificate.device,
            unit=certificate.office,
            serial=certificate.serial,
            sign_pub=wanted.sign_pub.hex(),
            box_pub=wanted.box_pub.hex(),
            nonce=secrets.token_hex(16),
        )
    )
    signers = dict.fromkeys([now.signing, wanted.signing])
    return dsse.sign(payload, PayloadType.RENEWAL, *signers)


def peek_renewal(line: bytes) -> Renewal:
    """What a line says, believed by nobody: to find whose key has to have signed it."""
    return _codec.decode(dsse.unverified_payload(line, PayloadType.RENEWAL, limit=DEFAULT.request))


def open_renewal(line: bytes, known: Certificate) -> Renewal:
    """The request of a PC whose present certificate is `known`.

    Raises E_SIGNATURE (the old key did not sign, or the new one did not), E_SCOPE (another PC or office), E_TYPE,
    E_SCHEMA, E_CANON, E_LIMIT.
    """
    asked = peek_renewal(line)
    keys = {known.sign_pub, asked.sign_pub}
    payload = dsse.verify(line, PayloadType.RENEWAL, keys, threshold=len(keys), limit=DEFAULT.request).payload
    asked = _codec.decode(payload)
    if (asked.device, asked.unit) != (known.device, known.office):
        raise BundleRefused(Code.SCOPE, reason="renewal")
    if not usable_box_key(bytes.fromhex(asked.box_pub)):
        raise BundleRefused(Code.SCHEMA, reason="box key")
    return asked
