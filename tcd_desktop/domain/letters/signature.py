"""Digital signatures of documents (chữ ký số): who signs with what, and what a signature is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class SignerRole(StrEnum):
    """Chữ ký số của người có thẩm quyền, chữ ký số của cơ quan (NĐ 30/2020 Phụ lục I, ô 7c và 8)."""

    PERSON = "person"
    OFFICE = "office"


class Trust(StrEnum):
    """What is known of who issued a certificate (cơ quan cấp chứng thư số).

    TRUSTED: the chain ends at an issuer this PC was told to trust. UNKNOWN: it does not. EXPIRED: it would, but the
    certificate was not valid at the time of signing. REFUSED: the certificate is none for signing, or a link of the
    chain is broken.
    """

    TRUSTED = "trusted"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """What stands in a certificate (chứng thư số). Times are those of Vietnam."""

    name: str
    organisation: str = ""
    issuer: str = ""
    serial: str = ""
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """A token in the PC (thiết bị lưu khóa bí mật): `serial` finds it again, `label` is what people call it."""

    label: str
    serial: str
    maker: str = ""


class Key(Protocol):
    """A key that was opened with its password. It signs until it is closed."""

    @property
    def certificate(self) -> CertificateFacts:
        """Whose key it is."""
        ...

    def close(self) -> None:
        """Forgets the key. A second time does nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture stands: page from 0, edges in points from the lower left."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The visible part of a signature: a PNG with a transparent ground, and its place."""

    png: bytes
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningRequest:
    """What is signed as whom. `at` is the office's clock; without a picture the signature is invisible."""

    role: SignerRole
    at: datetime
    location: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureCheck:
    """One signature of a PDF, examined.

    `at` is the time its signer's PC told (None: none), `intact`: the signed words are the words that were signed,
    `changed_after`: something was added afterwards that is no further signature.
    """

    certificate: CertificateFacts
    role: SignerRole | None
    at: datetime | None
    intact: bool
    changed_after: bool
    trust: Trust

    @property
    def good(self) -> bool:
        """Whether the document is the one that was signed, by somebody whose issuer is trusted."""
        return self.intact and not self.changed_after and self.trust is Trust.TRUSTED
