"""The desk of digital signatures, and the issuers it trusts. The libraries of signing are imported when first used."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tcd_desktop.domain.letters.signature import Picture, SignatureCheck, SignerRole, SigningRequest
from tcd_desktop.open_office.core import OfficeCore

if TYPE_CHECKING:
    from tcd_desktop.services.letters.signing_desk import SigningDesk
    from tcd_desktop.signatures.keys import OpenKey

ISSUERS = "issuers"
"""Folder in the office's own: the certificates of trusted issuers."""


def sign(pdf: bytes, key: OpenKey, request: SigningRequest) -> bytes:
    """See `signatures.signing.sign_pdf`."""
    from tcd_desktop.signatures.signing import sign_pdf

    return sign_pdf(pdf, key, request)


def picture_on(pdf: bytes, png: bytes, role: SignerRole, name: str) -> Picture:
    """See `signatures.picture_place.picture_on`."""
    from tcd_desktop.signatures import picture_place

    return picture_place.picture_on(pdf, png, role, name)


class SigningDesks(OfficeCore):
    """See the module."""

    @property
    def issuers_folder(self) -> Path:
        """Where the certificates of trusted issuers lie."""
        return self.home / ISSUERS

    @cached_property
    def signing(self) -> SigningDesk:
        """Digital signatures of printed documents (ký số)."""
        from tcd_desktop.services.letters.signing_desk import SigningDesk

        return SigningDesk(
            self.store,
            self.blobs,
            office=self.office,
            officer=self.officer,
            sign=sign,
            check=self._check,
            picture_on=picture_on,
            now=self._now,
        )

    def _check(self, pdf: bytes) -> tuple[SignatureCheck, ...]:
        from tcd_desktop.signatures.checking import check_pdf
        from tcd_desktop.signatures.issuers import trusted_issuers

        return check_pdf(pdf, trusted_issuers(self.issuers_folder))
