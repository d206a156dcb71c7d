"""Records about which letters are written, and short ways to write them, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

from tcd_desktop.domain.cases.case_file import PetitionDraft
from tcd_desktop.domain.letters.letter import Letter
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting
from tcd_desktop.domain.sittings.sitting_rules import SittingDraft
from tcd_desktop.domain.terms import Classification, Direction, PetitionDirection, PetitionSource
from tcd_desktop.open_office import OpenOffice
from tests.documents.reading import whole_text
from tests.offices import DRAFT, MONDAY, SECRET

TODAY = MONDAY.date()
WHY = "Gửi thông báo cho người tố cáo theo quy định"
POST = PetitionDraft(
    source=PetitionSource.POST,
    received_on=date(2026, 11, 20),
    classification=Classification.COMPLAINT,
    name="Trần Thị Bưởi",
    address="Số 5 phố Thử Nghiệm",
    content="Khiếu nại quyết định xử phạt xây dựng",
    direction=PetitionDirection.FORWARD,
    directed_to="Chủ tịch UBND quận Thử Nghiệm",
)


def visit_of(office: OpenOffice, **fields: Any) -> Reception:
    """A visit in the book."""
    return office.receptions.log(replace(DRAFT, **fields)).value


def refused_visit(office: OpenOffice, **fields: Any) -> Reception:
    """One that was refused on a ground of which the citizen is told in writing."""
    given: dict[str, Any] = {
        "direction": Direction.REFUSE,
        "refusal_ground": "L9.3",
        "refusal_explained": True,
        "earlier_answer": "Văn bản số 45/UBND ngày 05/9/2025",
        "documents": (),
        **fields,
    }
    return visit_of(office, **given)


def secret_visit(office: OpenOffice, **fields: Any) -> Reception:
    """A denunciation that is passed on."""
    given: dict[str, Any] = {"direction": Direction.FORWARD, "forwarded_to": "Thanh tra quận Thử Nghiệm", **fields}
    return office.receptions.log(replace(SECRET, **given), open_case=True).value


def sitting_of(office: OpenOffice, day: date = TODAY) -> Sitting:
    """A reception of the head."""
    draft = SittingDraft(day=day, start=time(8), end=time(11), leader="Trần Văn Chủ Trì", place="Phòng tiếp công dân")
    return office.sittings.add(replace(draft, leader_title="Chủ tịch")).value


def conclusion_of(office: OpenOffice, sitting: Sitting) -> Conclusion:
    """What the head directed there."""
    blank = office.conclusions.blank(sitting)
    told = replace(blank, content="Kiểm tra ngõ đi chung", responsible="Phòng Xây dựng", due=date(2026, 12, 20))
    return office.conclusions.add(told).value


def drafted(office: OpenOffice, kind: str, subject: LetterSubject, record: str, **changes: Any) -> Letter:
    """A letter with its words; one to a denouncer after the identity was opened."""
    desk = office.letters
    opened = desk.open_identity(subject, record, WHY) if desk.needs_identity(kind, subject, record) else None
    return replace(desk.draft(kind, subject, record, opened=opened), **changes)


def issued(office: OpenOffice, kind: str, subject: LetterSubject, record: str, **changes: Any) -> Letter:
    """One with its number, plain."""
    return office.letters.issue(drafted(office, kind, subject, record, **changes), on=TODAY).value


def guidance(office: OpenOffice, visit: Reception) -> Letter:
    """A letter that tells the record little: guidance to somebody who complained."""
    return issued(office, "guidance", LetterSubject.RECEPTION, visit.id)


def words_on(office: OpenOffice, letter: Letter, **more: Any) -> str:
    """What the paper of a letter says."""
    return whole_text(office.letters._texts.render(office.letters.paper(letter, **more)))
