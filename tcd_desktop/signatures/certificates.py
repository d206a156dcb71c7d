"""Reading certificates: who they name, how long they hold, whether they may sign."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta, timezone
from typing import Any

from tcd_desktop.domain.letters.signature import CertificateFacts
from tcd_desktop.domain.problems import Refused

VIETNAM = timezone(timedelta(hours=7))
SIGNING_USES = frozenset({"digital_signature", "non_repudiation"})


def facts_of(certificate: Any) -> CertificateFacts:
    """The facts of an asn1crypto certificate."""
    subject, issuer = certificate.subject.native, certificate.issuer.native
    validity = certificate["tbs_certificate"]["validity"]
    return CertificateFacts(
        name=_one(subject, "common_name") or _one(subject, "organization_name") or certificate.subject.human_friendly,
        organisation=_one(subject, "organization_name"),
        issuer=_one(issuer, "common_name") or _one(issuer, "organization_name"),
        serial=f"{certificate.serial_number:X}",
        since=local(validity["not_before"].native),
        until=local(validity["not_after"].native),
    )


def local(moment: datetime) -> datetime:
    """A moment as the clock on the wall shows it in Vietnam."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
    return aware.astimezone(VIETNAM).replace(tzinfo=None)


def _one(name: dict[str, Any], part: str) -> str:
    """A part of a name; of several the last, which is the nearest to the bearer."""
    value = name.get(part, "")
    last = value[-1] if isinstance(value, list) and value else value
    text = unicodedata.normalize("NFC", str(last or ""))
    return " ".join("".join(letter for letter in text if letter.isprintable()).split())


def may_sign(certificate: Any) -> bool:
    """Whether the certificate is one for signatures and no issuer's own."""
    if certificate.ca:
        return False
    uses = certificate.key_usage_value
    return uses is None or bool(SIGNING_USES & uses.native)


def check_signs(certificate: Any, at: datetime) -> None:
    """Raises Refused("certificate_no_signing" | "certificate_not_yet" | "certificate_expired")."""
    facts = facts_of(certificate)
    if not may_sign(certificate):
        raise Refused("certificate_no_signing", name=facts.name)
    if at < facts.since:
        raise Refused("certificate_not_yet", name=facts.name, since=facts.since.date())
    if at > facts.until:
        raise Refused("certificate_expired", name=facts.name, until=facts.until.date())
