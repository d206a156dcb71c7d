"""Examining the signatures of a PDF without a network: whole or changed, by whom, when, whose certificate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tcd_desktop.domain.letters.signature import SignatureCheck, SignerRole, Trust
from tcd_desktop.domain.problems import Refused
from tcd_desktop.signatures.certificates import VIETNAM, facts_of, local
from tcd_desktop.signatures.extra import require
from tcd_desktop.signatures.pdf_file import FIELDS, embedded_signatures, opened_pdf, refusing

_REFUSING = frozenset(
    {"CHAIN_CONSTRAINTS_FAILURE", "CRYPTO_CONSTRAINTS_FAILURE", "REVOKED", "REVOKED_NO_POE", "REVOKED_CA_NO_POE"}
)
"""What ETSI EN 319 102-1 calls chains that are known to be bad, not merely unknown."""


def check_pdf(pdf: bytes, roots: Sequence[bytes] = ()) -> tuple[SignatureCheck, ...]:
    """The signatures in their order; () for a PDF without one. `roots`: certificates of trusted issuers (DER).

    Raises Refused("signing_not_installed" | "pdf_not_read").
    """
    reader = opened_pdf(pdf)
    signatures = embedded_signatures(reader)
    return tuple(_check(signature, roots) for signature in signatures)


def _check(signature: Any, roots: Sequence[bytes]) -> SignatureCheck:
    with refusing("pdf_not_read"):
        said = signature.self_reported_timestamp
        at = local(said) if said else None
        facts = facts_of(signature.signer_cert)
        status = _status(signature, roots, at)
    return SignatureCheck(
        certificate=facts,
        role=_role(signature.field_name),
        at=at,
        intact=bool(status.intact and status.valid),
        changed_after=not status.docmdp_ok,
        trust=_trust(status, facts.since, facts.until, at),
    )


def _status(signature: Any, roots: Sequence[bytes], at: datetime | None) -> Any:
    from asn1crypto import x509
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in roots],
        moment=at.replace(tzinfo=VIETNAM) if at else None,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    uses = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    return validate_pdf_signature(signature, context, key_usage_settings=uses)


def _role(field: str) -> SignerRole | None:
    return next((role for role, name in FIELDS.items() if field.startswith(name)), None)


def _trust(status: Any, since: datetime, until: datetime, at: datetime | None) -> Trust:
    if status.trusted:
        return Trust.TRUSTED
    if at is not None and not since <= at <= until:
        return Trust.EXPIRED
    problem = getattr(status.trust_problem_indic, "name", "")
    return Trust.REFUSED if problem in _REFUSING else Trust.UNKNOWN


def trusted_root(data: bytes, name: str) -> bytes:
    """The certificate of an issuer as DER, from a file in DER or PEM.

    Raises Refused("signing_not_installed" | "root_not_read" | "root_no_issuer").
    """
    require()
    from asn1crypto import pem, x509

    try:
        if pem.detect(data):
            _kind, _heads, data = pem.unarmor(data)
        certificate = x509.Certificate.load(data, strict=True)
        issuer = bool(certificate.ca)
    except (ValueError, TypeError, KeyError) as error:
        raise Refused("root_not_read", file=name) from error
    if not issuer:
        raise Refused("root_no_issuer", file=name)
    return bytes(certificate.dump())
