"""Enrolment without a network: the request a new PC writes, and the answer it gets back.

Request  `enrol-<unit>-<id8>.req`: one DSSE line, self-signed (proof of possession), no newline. The ward
         shows and prints its fingerprint; the operator of the superior office TYPES it before anything is
         issued.
Answer   `enrol-<unit>-<id8>.ans`: an age file to the PC's box key. Inside, lines that end with a newline:
         the chain of roots (first version first), then one DSSE line signed by the enroller role with
         everything else. The first root is pinned by its fingerprint, the enroller's keys come from the
         newest root, so every byte is verified before it is parsed. The answer names the hash of the request
         it answers: an old answer, or one for another PC, does not fit.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tcd_desktop.sync import dsse
from tcd_desktop.sync.canonical import Codec
from tcd_desktop.sync.certificate import VerifiedCertificate, verify_certificate
from tcd_desktop.sync.dsse import PayloadType, Signer
from tcd_desktop.sync.envelope import seal, unseal
from tcd_desktop.sync.fingerprint import fingerprint, same_fingerprint
from tcd_desktop.sync.keys import DeviceKeys, KeyId, device_id, usable_box_key
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.office_keys import VerifiedOfficeKeys, verify_office_keys
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.revocation import Revocations, verify_revocations
from tcd_desktop.sync.root import OfficeCode, OfficeName, TrustedRoot

REQUEST_SUFFIX = ".req"
ANSWER_SUFFIX = ".ans"


class EnrolmentRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Đề nghị cấp chứng thư cho máy. `unit` is the office code asked for; `hostname` may be empty."""

    fmt: Literal["tcd.enrol-request/1"]
    unit: OfficeCode
    unit_name: OfficeName
    sign_pub: KeyId
    box_pub: KeyId
    app_version: Annotated[str, Meta(max_length=40)]
    nonce: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
    hostname: Annotated[str, Meta(max_length=64)]

    @property
    def device(self) -> str:
        """The id of the PC that asks."""
        return device_id(bytes.fromhex(self.sign_pub), bytes.fromhex(self.box_pub))


class _Answer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    fmt: Literal["tcd.enrol-answer/1"]
    request: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
    certificate: str
    revocations: str
    office_keys: str
    return_no: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    superior: OfficeCode
    superior_name: OfficeName
    certificates: Annotated[list[str], Meta(max_length=100)] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentAnswer:
    """What the superior office gives a new PC, all verified.

    `return_no` is the number of its latest return bundle to this office; `office_keys` are the keys bundles
    go to. `certificates` are lines of the office's other PCs, not looked at yet (see `peers`).
    """

    certificate: VerifiedCertificate
    root: TrustedRoot
    revocations: Revocations
    office_keys: VerifiedOfficeKeys
    return_no: int
    superior: str
    superior_name: str
    certificates: tuple[bytes, ...] = ()


_request_codec = Codec(EnrolmentRequest)
_answer_codec = Codec(_Answer)


def enrolment_file_name(unit: str, device: str, suffix: str) -> str:
    """`enrol-<unit>-<id8>.req` or `.ans`."""
    return f"enrol-{unit}-{device[:8]}{suffix}"


def make_request(keys: DeviceKeys, *, unit: str, unit_name: str, app_version: str, hostname: str = "") -> bytes:
    """The whole request file. Raises E_SCHEMA, E_NFC, E_CTRL for names that cannot be carried."""
    payload = _request_codec.encode(
        EnrolmentRequest(
            fmt="tcd.enrol-request/1",
            unit=unit,
            unit_name=unit_name,
            sign_pub=keys.sign_pub.hex(),
            box_pub=keys.box_pub.hex(),
            app_version=app_version,
            nonce=secrets.token_hex(16),
            hostname=hostname[:64],
        )
    )
    _request_codec.decode(payload)
    return dsse.sign(payload, PayloadType.REQUEST, keys.signing)


def open_request(file: bytes) -> EnrolmentRequest:
    """The request of a file from elsewhere: its maker owns the signing key, nothing else is proven yet.

    Raises E_SIGNATURE, E_TYPE, E_SCHEMA, E_CANON, E_LIMIT. Issue nothing before `require_fingerprint`.
    """
    verified = dsse.verify_self_signed(file, PayloadType.REQUEST, limit=DEFAULT.request)
    request = _request_codec.decode(verified.payload)
    if verified.signers != {request.sign_pub}:
        raise BundleRefused(Code.SIGNATURE, reason="possession")
    if not usable_box_key(bytes.fromhex(request.box_pub)):
        raise BundleRefused(Code.SCHEMA, reason="box key")
    return request


def require_fingerprint(typed: str, file: bytes) -> None:
    """Raises E_FINGERPRINT unless a person typed the fingerprint of this very request."""
    if not same_fingerprint(typed, file):
        raise BundleRefused(Code.FINGERPRINT)


def root_fingerprint(root: TrustedRoot) -> str:
    """The digits a new PC's user types once: of the first version, so that they never change."""
    return fingerprint(root.chain[0])


def make_answer(
    request_file: bytes,
    *,
    certificate: bytes,
    root: TrustedRoot,
    revocations: bytes,
    office_keys: bytes,
    return_no: int,
    superior: str,
    superior_name: str,
    enrollers: Sequence[Signer],
    certificates: Sequence[bytes] = (),
) -> bytes:
    """The whole answer file for a request whose fingerprint was typed."""
    request = open_request(request_file)
    payload = _answer_codec.encode(
        _Answer(
            fmt="tcd.enrol-answer/1",
            request=sha256(request_file).hexdigest(),
            certificate=certificate.decode("ascii"),
            revocations=revocations.decode("ascii"),
            office_keys=office_keys.decode("ascii"),
            return_no=return_no,
            superior=superior,
            superior_name=superior_name,
            certificates=[one.decode("ascii") for one in certificates],
        )
    )
    line = dsse.sign(payload, PayloadType.ANSWER, *enrollers)
    text = b"".join(part + b"\n" for part in (*root.chain, line))
    return seal(text, [bytes.fromhex(request.box_pub)])


def open_answer(
    file: bytes, *, keys: DeviceKeys, request_file: bytes, trust: TrustedRoot | str, today: date
) -> EnrolmentAnswer:
    """The verified answer to our request. `trust` is the root this PC has, or the typed fingerprint of the
    first root.

    Raises E_RECIPIENT (for another PC), E_ENVELOPE_CRYPTO, E_FINGERPRINT, E_ROOT, E_SIGNATURE, E_MANIFEST
    (answers another request), E_SCOPE (the certificate is not for our keys) and format codes.
    """
    text = unseal(file, [keys.box], limit=DEFAULT.answer)
    lines = text.split(b"\n")
    if lines.pop() != b"" or not 2 <= len(lines) <= DEFAULT.root_chain + 1:
        raise BundleRefused(Code.SCHEMA, reason="lines")
    *chain, line = lines
    pinned = trust if isinstance(trust, TrustedRoot) else TrustedRoot.pin(chain[0], trust)
    root = pinned.walk(chain)
    payload = root.verify("enroller", line, PayloadType.ANSWER, limit=DEFAULT.answer)
    answer = _answer_codec.decode(payload)
    if answer.request != sha256(request_file).hexdigest():
        raise BundleRefused(Code.MANIFEST, reason="another request")
    certificate = verify_certificate(answer.certificate.encode("utf-8"), root, today)
    if certificate.certificate.device != keys.device_id:
        raise BundleRefused(Code.SCOPE, reason="another device")
    return EnrolmentAnswer(
        certificate=certificate,
        root=root,
        revocations=verify_revocations(answer.revocations.encode("utf-8"), root),
        office_keys=verify_office_keys(answer.office_keys.encode("utf-8"), root),
        return_no=answer.return_no,
        superior=answer.superior,
        superior_name=answer.superior_name,
        certificates=tuple(one.encode("utf-8") for one in answer.certificates),
    )
