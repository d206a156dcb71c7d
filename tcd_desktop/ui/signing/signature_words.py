"""What signatures and certificates say, in words: who, when, and what it is worth."""

from __future__ import annotations

from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.domain.letters.signature import CertificateFacts, SignatureCheck, SignerRole, Trust
from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.ui.lists.list_columns import Chip, Tone

ROLES: dict[SignerRole, LazyText] = {
    SignerRole.PERSON: lazy("Person in authority"),
    SignerRole.OFFICE: lazy("Office"),
}

_VERDICTS: dict[Trust, tuple[LazyText, Tone, str]] = {
    Trust.TRUSTED: (lazy("Valid"), "success", "badge-check"),
    Trust.UNKNOWN: (lazy("Issuer not trusted yet"), "warning", "circle-help"),
    Trust.EXPIRED: (lazy("Certificate did not hold"), "warning", "clock"),
    Trust.REFUSED: (lazy("Certificate refused"), "danger", "circle-x"),
}

_SENTENCES: dict[Trust, LazyText] = {
    Trust.TRUSTED: lazy("The document is the one that was signed; the issuer of the certificate is trusted here."),
    Trust.UNKNOWN: lazy(
        "The document is the one that was signed. Who issued the certificate is not among the issuers trusted on "
        "this PC, so who signed is not proved."
    ),
    Trust.EXPIRED: lazy("The document is the one that was signed, but the certificate did not hold on that day."),
    Trust.REFUSED: lazy("The certificate is not one for signatures, or its chain of issuers is broken."),
}


def verdict(check: SignatureCheck) -> Chip:
    """What a signature is worth, in a word or two."""
    if not check.intact:
        return Chip(_("Not valid"), "danger", "circle-x")
    if check.changed_after:
        return Chip(_("Changed after signing"), "danger", "triangle-alert")
    words, tone, icon = _VERDICTS[check.trust]
    return Chip(str(words), tone, icon)


def explained(check: SignatureCheck) -> str:
    """What a signature is worth, in a sentence."""
    if not check.intact:
        return _("The signature does not belong to this document: its words were changed, or the file is damaged.")
    if check.changed_after:
        return _("Something was added to the document after this signature that is no further signature.")
    return str(_SENTENCES[check.trust])


def summary(checks: tuple[SignatureCheck, ...]) -> tuple[str, str]:
    """(a sentence over all signatures of a file, its tone)."""
    if not checks:
        return _("The file has no digital signature."), "warning"
    if any(not check.intact or check.changed_after for check in checks):
        return _("Do not rely on this file: a signature does not hold."), "danger"
    if all(check.good for check in checks):
        return _("All signatures hold and come from issuers trusted here."), "success"
    return _("The document is unchanged; see below what is not certain about who signed."), "warning"


def signer_words(facts: CertificateFacts) -> str:
    """Whose certificate: "Trần Thị Ẩn · UBND phường Quỳnh Lôi"."""
    apart = facts.organisation if facts.organisation != facts.name else ""
    return " · ".join(filter(None, (facts.name, apart)))


def issued_words(facts: CertificateFacts) -> str:
    """Who issued it and how long it holds."""
    holds = _("holds from {since} to {until}").format(since=f"{facts.since:%d/%m/%Y}", until=f"{facts.until:%d/%m/%Y}")
    issuer = _("issued by {issuer}").format(issuer=facts.issuer) if facts.issuer else ""
    return " · ".join(filter(None, (issuer, holds)))


def when_words(check: SignatureCheck) -> str:
    """As whom it was signed, and when by the clock of the signer's PC."""
    role = str(ROLES[check.role]) if check.role is not None else ""
    at = _("{at}, by the clock of the PC").format(at=f"{check.at:%d/%m/%Y %H:%M}") if check.at else _("no time told")
    return " · ".join(filter(None, (role, at)))


def signed_words(document: IssuedDocument) -> str:
    """For a line of a register: who has signed this print digitally, "" for nobody."""
    if not document.signed_by or document.signed_at is None:
        return ""
    return _("digitally signed: {names}, {at}").format(
        names=document.signed_by, at=f"{document.signed_at:%d/%m/%Y %H:%M}"
    )
