"""The digital signature of printed documents (ký số văn bản): one act, entered beside the print it signs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.domain.letters.letter import Letter
from tcd_desktop.domain.letters.signature import Key, Picture, SignatureCheck, SignerRole, SigningRequest
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.reports.sent_report import SentReport
from tcd_desktop.services.done import Done
from tcd_desktop.services.rights import require_reveal, require_writing
from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store

MOST_SIGNERS = 400
"""Letters of `signed_by`."""

SEPARATOR = "; "

Sign = Callable[[bytes, Any, SigningRequest], bytes]
Check = Callable[[bytes], tuple[SignatureCheck, ...]]
PictureOn = Callable[[bytes, bytes, SignerRole, str], Picture]
"""PDF, PNG, as whom, the name printed under the signature -> the picture in its place."""


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """The PDF with its signatures, and its line in the register."""

    pdf: bytes
    document: IssuedDocument


class SigningDesk:
    """`sign`, `check` and `picture_on` come from the composition root: services know no PDF."""

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        *,
        office: Office,
        officer: Officer,
        sign: Sign,
        check: Check,
        picture_on: PictureOn,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._office = office
        self._officer = officer
        self._sign = sign
        self._check = check
        self._picture_on = picture_on
        self._now = now

    def now(self) -> datetime:
        """The time a signature would tell."""
        return self._now().replace(microsecond=0)

    def sign(self, document_id: str, key: Key, *, role: SignerRole, picture: bytes | None = None) -> Done[SignedPaper]:
        """Signs a print; a person's signature and then the office's (NĐ 30/2020 Điều 5(1)). Cannot be taken back.

        `picture` is a PNG of the signature or the stamp; without one the signature is invisible. The new PDF is
        examined before it is kept.

        Raises Refused("unknown_record" | "other_office" | "only_reads" | "reveal_right" | "print_spoilt" |
        "signing_failed" | codes of the signatures), StoreUnavailable.
        """
        require_writing(self._officer)
        document = self._own(document_id)
        if document.spoilt:
            raise Refused("print_spoilt")
        if self._is_secret(document):
            require_reveal(self._officer)
        at = self.now()
        before = self.pdf_of(document)
        named = self.printed_signer(document) or key.certificate.name
        shown = self._picture_on(before, picture, role, named) if picture else None
        request = SigningRequest(role=role, at=at, location=self._office.locality, picture=shown)
        pdf = self._sign(before, key, request)
        checks = self._check(pdf)
        if not checks or checks[-1].certificate != key.certificate:
            raise Refused("signing_failed")
        if any(not check.intact or check.changed_after for check in checks):
            raise Refused("signing_failed")
        names = SEPARATOR.join(dict.fromkeys(check.certificate.name for check in checks))[:MOST_SIGNERS]
        digest = self._blobs.put(pdf)
        with self._store.unit(act="issued_document.sign", officer=self._officer.id) as unit:
            after = unit.change(document, signed_sha256=digest, signed_by=names, signed_at=at)
            return Done("issued_document.sign", SignedPaper(pdf, after), unit.commit(), unit.entry)

    def enter_report(self, report: SentReport, pdf: bytes, *, form: str) -> Done[IssuedDocument]:
        """The paper of a report in the register, so that it can be signed; the same paper is entered once.

        `form` tells the papers of a report apart. One that somebody has signed stays the paper of its report.
        Raises Refused("unknown_record" | "other_office" | "only_reads"), StoreUnavailable.
        """
        require_writing(self._officer)
        known = self._store.find(SentReport, report.id)
        if known is None or known.removed:
            raise Refused("unknown_record")
        if known.office != self._office.id:
            raise Refused("other_office")
        entered = self._store.all(IssuedDocument, "report = ? AND form = ? ORDER BY print_no", (report.id, form))
        digest = self._blobs.put(pdf)
        for document in reversed(entered):
            if not document.spoilt and (document.signed_sha256 or document.sha256 == digest):
                return Done("report.print", document, ())
        document = IssuedDocument(
            id=new_id(),
            office=known.office,
            form=form,
            instrument="",
            number=known.number,
            issued_at=self.now(),
            print_no=len(entered) + 1,
            copies=1,
            sha256=digest,
            report=known.id,
        )
        with self._store.unit(act="report.print", officer=self._officer.id) as unit:
            unit.put(document)
            return Done("report.print", document, unit.commit(), unit.entry)

    def pdf_of(self, document: IssuedDocument) -> bytes:
        """The signed PDF, or the printed one when nobody has signed. Raises StoreUnavailable."""
        return self._blobs.get(document.signed_sha256 or document.sha256)

    def check(self, document: IssuedDocument) -> tuple[SignatureCheck, ...]:
        """The signatures of a print. Raises Refused("signing_not_installed" | "pdf_not_read"), StoreUnavailable."""
        return self._check(self.pdf_of(document)) if document.signed_sha256 else ()

    def check_file(self, pdf: bytes) -> tuple[SignatureCheck, ...]:
        """The signatures of any PDF. Raises Refused("signing_not_installed" | "pdf_not_read")."""
        return self._check(pdf)

    def _own(self, document_id: str) -> IssuedDocument:
        document = self._store.find(IssuedDocument, document_id)
        if document is None:
            raise Refused("unknown_record")
        if document.office != self._office.id:
            raise Refused("other_office")
        return document

    def _is_secret(self, document: IssuedDocument) -> bool:
        letter = self._store.find(Letter, document.letter) if document.letter else None
        if letter is not None:
            return letter.sealed is not None
        visit = self._store.find(Reception, document.reception) if document.reception else None
        return visit is not None and visit.is_secret

    def printed_signer(self, document: IssuedDocument) -> str:
        """The name that is printed under the signature, "" when nobody's is."""
        letter = self._store.find(Letter, document.letter) if document.letter else None
        if letter is not None and letter.signer:
            return letter.signer
        visit = self._store.find(Reception, document.reception) if document.reception else None
        return visit.receiver_name if visit is not None else ""
