"""One visit (lượt tiếp): a line of the reception log, Mẫu số 03/TCD of NĐ 154/2026/NĐ-CP."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

from tcd_desktop.domain.people.person import Member, Person
from tcd_desktop.domain.problems import Problem, Problems
from tcd_desktop.domain.terms import (
    AnswerChannel,
    AnswerKind,
    Classification,
    Direction,
    HostBody,
    IdKind,
    PaperCondition,
    ReceiverRank,
    ReceptionForm,
    ReceptionKind,
    Role,
    Signing,
)

CROWD = 5
"""Đoàn đông người: five people or more (TT 06/2025 Biểu 01/TCD)."""

REQUIRED = (
    "date",
    "kind",
    "form",
    "receiver_name",
    "name",
    "address",
    "id_kind",
    "id_number",
    "content",
    "request",
    "classification",
    "direction",
)
"""Marked M in the field list of the log and asked of the person who types; the others have a value of their own."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document handed over (tài liệu): name, pages and condition, as Mẫu số 02/TCD note 5 asks."""

    name: str
    pages: int | None = None
    condition: PaperCondition = PaperCondition.PHOTOCOPY


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionDraft(Person):
    """What an officer types during a visit (domain 6.1 to 6.3, 6.7). It has no number: that is given at save.

    `recorded_by` wrote the statement down; `members_signed`: the appointment of representatives bears all signatures.
    `refusal_grounds_on`: the day the grounds were sufficient; `earlier_answer`: the written answer a refusal rests on.
    `sitting` is the id of the head's reception (buổi tiếp của lãnh đạo) this visit belongs to.
    """

    date: dt.date | None = None
    time: dt.time | None = None
    end_time: dt.time | None = None
    kind: ReceptionKind | None = ReceptionKind.REGULAR
    form: ReceptionForm | None = ReceptionForm.DIRECT
    place: str = ""
    host: HostBody = HostBody.COMMITTEE
    receiver: str = ""
    receiver_name: str = ""
    receiver_title: str = ""
    receiver_rank: ReceiverRank = ReceiverRank.OFFICER
    delegated_by: str = ""
    attendees: str = ""
    people: int = 1
    content: str = ""
    request: str = ""
    settled_by: str = ""
    classification: Classification | None = None
    has_petition: bool = False
    read_back: bool = False
    signing: Signing | None = None
    unsigned_reason: str = ""
    interpreter: str = ""
    direction: Direction | None = None
    guided_to: str = ""
    guidance_number: str = ""
    forwarded_to: str = ""
    forwarding_number: str = ""
    forwarded_on: dt.date | None = None
    refusal_ground: str = ""
    follow_up: str = ""
    note: str = ""
    documents: tuple[Paper, ...] = ()
    recorded_by: str = ""
    members_signed: bool = False
    order_note: str = ""
    police_informed: bool = False
    refusal_explained: bool = False
    refusal_grounds_on: dt.date | None = None
    earlier_answer: str = ""
    refusal_notice_number: str = ""
    refusal_notice_on: dt.date | None = None
    sitting: str | None = None

    @property
    def is_secret(self) -> bool:
        """A denunciation: the identity of the person is kept secret (Luật Tố cáo Điều 9, NĐ 154/2026 Điều 12)."""
        return self.classification is Classification.DENUNCIATION

    @property
    def is_crowd(self) -> bool:
        """Đoàn đông người."""
        return self.people >= CROWD

    def problems(self, today: dt.date) -> Problems:
        """Field name -> what is missing, impossible or doubtful. Empty when the visit may be saved."""
        from tcd_desktop.domain.receptions.reception_rules import reception_problems

        return reception_problems(self, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception(ReceptionDraft):
    """A saved line of the log. `number` runs in the year's book of one device series.

    For a denunciation the identity fields are empty and `sealed` holds them, readable only with the office's
    secrecy key. `case` is the id of the matter (vụ việc), `answer_due` the date computed by rule TCD.answer,
    `refusal_due` by rule TCD.refusal. `same_visit` is the first line of a visit whose mixed contents were split.
    `batch` is the import (`OldBook`) it came with. `removed` is the reason why it lies in the recycle bin ("" = it
    does not): the number stays taken and the gap is explained.
    """

    id: str
    office: str
    year: int
    number: int
    series: str = "A"
    citizen: str | None = None
    case: str | None = None
    sealed: bytes | None = None
    answer_due: dt.date | None = None
    answer_kind: AnswerKind | None = None
    answer_channel: AnswerChannel | None = None
    answered_on: dt.date | None = None
    refusal_due: dt.date | None = None
    same_visit: str | None = None
    batch: str | None = None
    removed: str = ""

    @property
    def book_number(self) -> str:
        """ "57/2026", or "57-B/2026" for the second PC of an office."""
        return book_number(self.number, self.series, self.year)


def book_number(number: int, series: str, year: int) -> str:
    """Số thứ tự in the year's book as people say it: "57/2026"; other series than A carry their letter."""
    return f"{number}/{year}" if series in ("", "A") else f"{number}-{series}/{year}"


def missing(draft: ReceptionDraft) -> dict[str, Problem]:
    """The fields marked M that are empty."""
    return {name: Problem("missing") for name in REQUIRED if not getattr(draft, name)}


DRAFT_FIELDS = tuple(field.name for field in fields(ReceptionDraft))

__all__ = [
    "CROWD",
    "DRAFT_FIELDS",
    "IdKind",
    "Member",
    "Paper",
    "Reception",
    "ReceptionDraft",
    "Role",
    "book_number",
    "missing",
]
