"""The matter (vụ việc), its petitions (đơn) and papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tcd_desktop.domain.follow_up.follow_up_terms import SettlementResult
from tcd_desktop.domain.people.person import Person
from tcd_desktop.domain.terms import CaseState, Classification, PetitionDirection, PetitionSource


@dataclass(frozen=True, slots=True)
class Subject:
    """Người, cơ quan bị khiếu nại, bị tố cáo, hoặc the one a petition is about."""

    name: str
    title: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """Hồ sơ vụ việc. `due` is the next deadline, `due_rule` its clock, `due_basis` the explanation frozen as JSON.

    `field` is the report's bucket (lĩnh vực), `tag` the office's own heading under it; `complexity` are the codes of
    the grounds that make it complex, `remote` is vùng sâu, vùng xa; `earlier` is the case of the first instance.
    """

    id: str
    office: str
    year: int
    number: int
    series: str = "A"
    title: str
    classification: Classification
    field: str = ""
    instance: int = 1
    within_competence: bool = True
    state: CaseState = CaseState.RECEIVED
    state_note: str = ""
    opened_on: date
    reception: str | None = None
    people: int = 1
    handler: str = ""
    due: date | None = None
    due_rule: str = ""
    due_basis: str = ""
    closed_on: date | None = None
    removed: str = ""
    tag: str = ""
    received_on: date | None = None
    complexity: tuple[str, ...] = ()
    remote: bool = False
    subjects: tuple[Subject, ...] = ()
    result: SettlementResult | None = None
    earlier: str | None = None

    @property
    def book_number(self) -> str:
        """ "HS 12/2026"."""
        suffix = "" if self.series in ("", "A") else f"-{self.series}"
        return f"HS {self.number}{suffix}/{self.year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionDraft(Person):
    """What is typed of a petition (đơn) that did not come with a visit.

    `field` is the report's bucket (lĩnh vực), `tag` the office's own heading under it, `instance` 2 = lần hai, tố cáo
    tiếp. `eligible` is đủ điều kiện xử lý (None: not examined), `ineligible` the codes of the grounds why not;
    `sender`, `incoming_...` are the body that passed it on; `duplicate_of` is the first petition of the same content.
    """

    source: PetitionSource = PetitionSource.RECEPTION
    sender: str = ""
    incoming_number: str = ""
    incoming_on: date | None = None
    petition_date: date | None = None
    received_on: date | None = None
    classification: Classification | None = None
    field: str = ""
    tag: str = ""
    instance: int = 1
    content: str = ""
    request: str = ""
    subjects: tuple[Subject, ...] = ()
    signers: int = 1
    anonymous: bool = False
    original_papers: bool = False
    eligible: bool | None = None
    ineligible: tuple[str, ...] = ()
    within_competence: bool | None = None
    direction: PetitionDirection | None = None
    directed_to: str = ""
    direction_number: str = ""
    direction_on: date | None = None
    direction_reason: str = ""
    duplicate_of: str | None = None
    note: str = ""

    @property
    def is_secret(self) -> bool:
        """A denunciation: who wrote it is kept secret."""
        return self.classification is Classification.DENUNCIATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Petition(PetitionDraft):
    """Đơn: a written complaint, denunciation, petition or feedback, with its source.

    One handed over at a visit leaves who wrote it to the visit; every other one says it here, sealed for a
    denunciation (`sealed`, as in Reception). `number` runs in the year's petition book (sổ đơn), 0 for one of a visit.
    """

    id: str
    office: str
    year: int = 0
    number: int = 0
    series: str = "A"
    reception: str | None = None
    case: str | None = None
    received_on: date
    sealed: bytes | None = None
    removed: str = ""

    @property
    def book_number(self) -> str:
        """ "Đ 12/2026"; "" for one that has no number of its own."""
        suffix = "" if self.series in ("", "A") else f"-{self.series}"
        return f"Đ {self.number}{suffix}/{self.year}" if self.number else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """Tài liệu kèm theo, stored by its content. `name` is display data only, never a path.

    `paper` is the name of the document handed over of which this is the scan (bản quét kèm), `pages` how many it has.
    `card_reason` says why a picture of a citizen card is kept (dữ liệu cá nhân nhạy cảm, NĐ 356/2025); "" = it is none.
    """

    id: str
    office: str
    case: str | None = None
    reception: str | None = None
    name: str
    sha256: str
    length: int
    media_type: str = ""
    added_on: date | None = None
    pages: int | None = None
    paper: str = ""
    card_reason: str = ""
    removed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedDocument:
    """Văn bản đã in ra: which form, which print (1 = first, 2 and more = "in lại"), how many copies, the PDF's hash.

    `letter` or `report` is what was printed when it is no receipt slip; `signed_...` the PDF with a digital signature
    (chữ ký số), by whom and when. `spoilt` says why this print is worth nothing (bản in hỏng); "" = it is good.
    """

    id: str
    office: str
    form: str
    instrument: str
    reception: str | None = None
    case: str | None = None
    number: str = ""
    issued_at: datetime
    print_no: int = 1
    copies: int = 2
    sha256: str = ""
    handed_over: bool = False
    letter: str | None = None
    report: str | None = None
    signed_sha256: str = ""
    signed_by: str = ""
    signed_at: datetime | None = None
    spoilt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """Somebody looked at a denouncer's identity: who, why (NĐ 154/2026 Điều 12(2)).

    `reception` is the id of the visit, or of the petition, whose sealed identity was opened.
    """

    id: str
    office: str
    reception: str
    officer: str
    reason: str
