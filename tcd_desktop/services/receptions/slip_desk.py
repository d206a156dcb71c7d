"""The receipt slip (giấy biên nhận, Mẫu số 02/TCD): what it says, printing it, printing it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time

from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.papers.paper_code import RECEIPT_SLIP, PaperCode
from tcd_desktop.domain.people.person import Person
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.reasons import reason_line
from tcd_desktop.domain.receptions.receipt_slip import ReceiptSlip, default_copies
from tcd_desktop.domain.receptions.reception import Reception, ReceptionDraft
from tcd_desktop.jobs import Progress
from tcd_desktop.services.done import Done
from tcd_desktop.services.people.secrecy import Secrecy
from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store
from tcd_desktop.store.unit import Change

FORM = "02/TCD"
_PERSON = tuple(f.name for f in fields(Person))

Render = Callable[[ReceiptSlip], bytes]
InstrumentOn = Callable[[date], str]
"""The instrument whose form is in force on a day (văn bản ban hành mẫu)."""


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """The PDF and its line in the register of issued documents."""

    pdf: bytes
    document: IssuedDocument


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A visit of a selection whose slip was not printed; `code` says why."""

    number: str
    code: str


@dataclass(frozen=True, slots=True)
class SlipBatch:
    """What became of a selection: the prints that are in the register, what was left out, whether all was gone through.

    `failed` is the number whose paper the printer did not take, after which nothing more was tried ("" = none).
    """

    printed: tuple[IssuedDocument, ...]
    left_out: tuple[LeftOut, ...]
    cancelled: bool = False
    failed: str = ""
    changes: tuple[Change, ...] = ()
    told_by_page: bool = True
    """The page that printed says what became of it; the window's bar has nothing to add."""


class SlipDesk:
    """`render` turns a slip into PDF bytes, `instrument_on` names the form's source (both from the composition root:
    services know neither layout nor forms). `codes`: the paper carries a small QR with its number."""

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        *,
        office: Office,
        officer: Officer,
        secrecy: Secrecy,
        render: Render,
        instrument_on: InstrumentOn,
        now: Callable[[], datetime],
        practice: bool,
        codes: bool = True,
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._office = office
        self._officer = officer
        self._secrecy = secrecy
        self._render = render
        self._instrument_on = instrument_on
        self._now = now
        self._practice = practice
        self._codes = codes

    def slip_of(
        self, draft: ReceptionDraft, *, number: str = "", print_no: int = 1, copies: int | None = None
    ) -> ReceiptSlip:
        """What the paper will say; for a draft too, so that a preview can follow the typing."""
        office, now = self._office, self._now()
        return ReceiptSlip(
            superior_name=office.superior_name,
            office_name=office.name,
            locality=office.locality,
            at=datetime.combine(draft.date or now.date(), draft.time or time(now.hour, now.minute)),
            place=draft.place or office.reception_place or office.name,
            receiver_name=draft.receiver_name or self._officer.name,
            receiver_title=draft.receiver_title or self._officer.title,
            giver=Person(**{name: getattr(draft, name) for name in _PERSON}),
            papers=draft.documents,
            copies=copies or default_copies(denunciation=draft.is_secret),
            number=number,
            print_no=print_no,
            practice=self._practice,
        )

    def preview(self, draft: ReceptionDraft) -> bytes:
        """The PDF as it would be printed now."""
        return self._render(self.slip_of(draft))

    def printed(self, reception_id: str) -> list[IssuedDocument]:
        """The slips printed for a visit, oldest first."""
        return self._store.all(IssuedDocument, "reception = ? AND form = ? ORDER BY print_no", (reception_id, FORM))

    def print(self, reception_id: str, *, copies: int | None = None) -> Done[PrintedSlip]:
        """Makes the slip and enters it in the register; from the second time on the paper says that it is a reprint.

        Raises Refused("unknown_record" | "other_office" | "no_documents" | "sealed_for_others").
        """
        visit = self._store.find(Reception, reception_id)
        if visit is None:
            raise Refused("unknown_record")
        if visit.office != self._office.id:
            raise Refused("other_office")
        if not visit.documents:
            raise Refused("no_documents")
        print_no = len(self.printed(reception_id)) + 1
        slip = self.slip_of(self._secrecy.open(visit), number=visit.book_number, print_no=print_no, copies=copies)
        pdf = self._render(replace(slip, code=self._code(visit)))
        document = IssuedDocument(
            id=new_id(),
            office=visit.office,
            form=FORM,
            instrument=self._instrument_on(slip.at.date()),
            reception=visit.id,
            case=visit.case,
            number=visit.book_number,
            issued_at=self._now().replace(microsecond=0),
            print_no=print_no,
            copies=slip.copies,
            sha256=self._blobs.put(pdf),
        )
        with self._store.unit(act="slip.print", officer=self._officer.id) as unit:
            unit.put(document)
            return Done("slip.print", PrintedSlip(pdf, document), unit.commit(), unit.entry)

    def _code(self, visit: Reception) -> str:
        if not self._codes:
            return ""
        code = PaperCode(
            office=visit.office, number=visit.number, series=visit.series, year=visit.year, kind=RECEIPT_SLIP
        )
        return str(code)

    def print_all(
        self,
        receptions: Sequence[str],
        *,
        send: Callable[[PrintedSlip], None],
        progress: Progress,
        copies: int | None = None,
        again: bool = False,
    ) -> SlipBatch:
        """Prints the slips of a selection, each entered in the register on its own and then given to `send`.

        What cannot be printed is left out with the reason; visits that have a slip too, unless `again`. Stops between
        two slips when it is cancelled, and after the one whose paper `send` refused: nothing that was entered is lost.
        """
        printed: list[IssuedDocument] = []
        left_out: list[LeftOut] = []
        changes: list[Change] = []
        for done, reception_id in enumerate(receptions):
            progress.step(done, len(receptions))
            if progress.cancelled():
                return SlipBatch(tuple(printed), tuple(left_out), cancelled=True, changes=tuple(changes))
            visit = self._store.find(Reception, reception_id)
            number = visit.book_number if visit else ""
            if why := self._obstacle(visit, again=again):
                left_out.append(LeftOut(number, why))
                continue
            try:
                made = self.print(reception_id, copies=copies)
            except Refused as refused:
                left_out.append(LeftOut(number, refused.code))
                continue
            printed.append(made.value.document)
            changes += made.changes
            try:
                send(made.value)
            except Refused:
                return SlipBatch(tuple(printed), tuple(left_out), failed=number, changes=tuple(changes))
        progress.step(len(receptions), len(receptions))
        return SlipBatch(tuple(printed), tuple(left_out), changes=tuple(changes))

    def _obstacle(self, visit: Reception | None, *, again: bool) -> str:
        """Why a visit of a selection gets no slip now; "" when it does."""
        if visit is None:
            return "unknown_record"
        if visit.removed:
            return "removed_already"
        if not again and any(not document.spoilt for document in self.printed(visit.id)):
            return "slip_printed"
        return ""

    def hand_over(self, document_id: str) -> Done[IssuedDocument]:
        """Records that the citizen has a copy (đã giao công dân): NĐ 154/2026 Điều 15(4).

        Raises Refused("unknown_record" | "other_office").
        """
        document = self._own(document_id)
        with self._store.unit(act="slip.handed_over", officer=self._officer.id) as unit:
            after = unit.change(document, handed_over=True)
            return Done("slip.handed_over", after, unit.commit(), unit.entry)

    def spoil(self, document_id: str, reason: str) -> Done[IssuedDocument]:
        """Enters a print as spoilt (bản in hỏng): its number stays taken, the register and the list of missing numbers
        say why. The next print of the visit is marked as a reprint like any other.

        Raises Refused("unknown_record" | "other_office" | "slip_spoilt" | "reason_needed" | "reason_too_long").
        """
        reason = reason_line(reason)
        document = self._own(document_id)
        if document.spoilt:
            raise Refused("slip_spoilt")
        with self._store.unit(act="slip.spoil", officer=self._officer.id) as unit:
            after = unit.change(document, spoilt=reason)
            return Done("slip.spoil", after, unit.commit(), unit.entry)

    def _own(self, document_id: str) -> IssuedDocument:
        document = self._store.find(IssuedDocument, document_id)
        if document is None or document.form != FORM:
            raise Refused("unknown_record")
        if document.office != self._office.id:
            raise Refused("other_office")
        return document

    def stored_pdf(self, document: IssuedDocument) -> bytes:
        """The very PDF that was printed, with the digital signatures it got since. Raises StoreUnavailable."""
        return self._blobs.get(document.signed_sha256 or document.sha256)
