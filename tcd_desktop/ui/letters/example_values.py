"""A made-up record that fills every variable, so that an office sees how its own words will look."""

from __future__ import annotations

from datetime import date, time, timedelta

from tcd_desktop.documents.letter_words import letter_words
from tcd_desktop.domain.cases.case_file import CaseFile, Petition, Subject
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.follow_up.directive import Reminder
from tcd_desktop.domain.follow_up.follow_up_terms import ReminderAbout, SettlementResult
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.receptions.reception import Paper, Reception
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting
from tcd_desktop.domain.terms import (
    CaseState,
    Classification,
    Direction,
    IdKind,
    PetitionDirection,
    PetitionSource,
    Role,
    Sex,
)
from tcd_desktop.services.letters.letter_facts import GroundWords, LetterFacts
from tcd_desktop.services.letters.letter_values import values_of

_NAME, _ADDRESS = "Nguyễn Văn Mẫu", "Số 12, ngõ 34, phố Ví Dụ"
_CONTENT = "Hộ liền kề xây nhà lấn ra ngõ đi chung."
_MEMBERS = (
    Member(name=_NAME, address=_ADDRESS, id_number="001080012345", speaks=True),
    Member(name="Trần Thị Ví Dụ", address="Số 14, ngõ 34, phố Ví Dụ", id_number="001182054321"),
)


def example_values(office: Office, officer: Officer, on: date) -> dict[str, str]:
    """Variable -> the value of the made-up record on a day."""
    before = on - timedelta(days=7)
    facts = LetterFacts(
        office=office,
        officer=officer,
        on=on,
        subject=LetterSubject.CALENDAR,
        visit=_visit(office, officer, before),
        petition=_petition(office, before),
        case=_case(office, before),
        steps=tuple(
            _step(office, act, before) for act in ("accept", "verify", "extend", "suspend", "handle", "decide")
        ),
        settle_due=on + timedelta(days=30),
        grounds=(GroundWords("nội dung đã được giải quyết đúng chính sách, pháp luật", "khoản 3 Điều 9"),),
        sitting=_sitting(office, on),
        conclusion=_conclusion(office, on),
        conclusions=(_conclusion(office, on),),
        reminder=Reminder(
            id="e", office=office.id, about=ReminderAbout.CASE, target="e", unit="e", on=on, nth=2, due=on
        ),
        reminded="Phòng Kinh tế, Hạ tầng và Đô thị",
        source="số 12/UBND-VP",
        task="kiểm tra, xử lý việc xây dựng lấn ngõ đi chung",
        due=before,
        overdue=7,
        sittings=(_sitting(office, on),),
    )
    found = values_of(facts, letter_words())
    found |= {
        "supplement": "bản sao giấy chứng nhận quyền sử dụng đất",
        "calendar_hours": "sáng từ 07 giờ 30 đến 11 giờ",
    }
    report = {
        "report_name": "Báo cáo công tác tiếp công dân",
        "report_period": "từ ngày 15/9 đến ngày 14/12",
        "report_recipient": office.superior_name,
        "report_files": "06 biểu số liệu",
    }
    return found | report


def _visit(office: Office, officer: Officer, day: date) -> Reception:
    return Reception(
        id="e",
        office=office.id,
        year=day.year,
        number=57,
        date=day,
        time=time(8, 30),
        end_time=time(9, 15),
        name=_NAME,
        sex=Sex.MALE,
        id_kind=IdKind.CITIZEN_CARD,
        id_number="001080012345",
        id_issued=date(2021, 5, 4),
        id_place="Cục Cảnh sát QLHC về TTXH",
        address=_ADDRESS,
        phone="0912 345 678",
        role=Role.GROUP_REPRESENTATIVE,
        represented="Trần Văn Ví Dụ",
        represented_address=_ADDRESS,
        members=_MEMBERS,
        people=2,
        place=office.reception_place or office.name,
        receiver_name=officer.name,
        receiver_title=officer.title,
        attendees="Công chức địa chính",
        interpreter="Lò Thị Mẫu",
        content=_CONTENT,
        request="Kiểm tra, xử lý theo quy định.",
        settled_by="Chủ tịch Ủy ban nhân dân phường",
        earlier_answer="Văn bản số 45/UBND ngày 05 tháng 9 năm 2025",
        classification=Classification.COMPLAINT,
        direction=Direction.ACCEPT,
        forwarded_to="Ủy ban nhân dân thành phố",
        documents=(Paper("Đơn khiếu nại", 2), Paper("Ảnh chụp ngõ đi chung", 3)),
        answer_due=day + timedelta(days=14),
    )


def _petition(office: Office, day: date) -> Petition:
    return Petition(
        id="e",
        office=office.id,
        year=day.year,
        number=12,
        name=_NAME,
        sex=Sex.MALE,
        id_number="001080012345",
        id_issued=date(2021, 5, 4),
        id_place="Cục Cảnh sát QLHC về TTXH",
        address=_ADDRESS,
        phone="0912 345 678",
        represented="Trần Văn Ví Dụ",
        represented_address=_ADDRESS,
        members=_MEMBERS,
        source=PetitionSource.TRANSFER,
        sender="Ban Tiếp công dân thành phố",
        incoming_number="88/BTCD",
        incoming_on=day,
        petition_date=day - timedelta(days=3),
        received_on=day,
        content=_CONTENT,
        classification=Classification.COMPLAINT,
        direction=PetitionDirection.FORWARD,
        directed_to="Ủy ban nhân dân thành phố",
        direction_reason="nội dung không thuộc thẩm quyền",
        subjects=(Subject("Ông Lê Văn Ví Dụ", "hộ liền kề"),),
    )


def _case(office: Office, day: date) -> CaseFile:
    return CaseFile(
        id="e",
        office=office.id,
        year=day.year,
        number=3,
        title="Lấn ngõ đi chung phố Ví Dụ",
        classification=Classification.COMPLAINT,
        opened_on=day,
        handler="Phòng Kinh tế, Hạ tầng và Đô thị",
        due=day + timedelta(days=30),
        result=SettlementResult.PARTLY,
    )


def _step(office: Office, act: str, day: date) -> CaseStep:
    return CaseStep(
        id=act,
        office=office.id,
        case="e",
        act=act,
        frm=CaseState.ACCEPTED,
        to=CaseState.ACCEPTED,
        on=day,
        number="15/QĐ-UBND",
        dated=day,
        days=15,
        note="tháo dỡ phần xây lấn" if act == "handle" else "",
    )


def _sitting(office: Office, day: date) -> Sitting:
    return Sitting(
        id="e",
        office=office.id,
        day=day,
        start=time(8),
        end=time(11, 30),
        leader=office.head_name or "Phạm Văn Chủ Trì",
        leader_title=office.head_title or "Chủ tịch",
        place=office.reception_place or office.name,
        attendees="Công chức địa chính\nCông an phường",
        expected="Đất đai, trật tự xây dựng",
        posted_on=day - timedelta(days=10),
        minutes="Công dân trình bày; các đơn vị phát biểu ý kiến.",
        result="Thống nhất kiểm tra hiện trạng.",
    )


def _conclusion(office: Office, day: date) -> Conclusion:
    return Conclusion(
        id="e",
        office=office.id,
        sitting="e",
        content="Kiểm tra hiện trạng ngõ đi chung, xử lý theo quy định.",
        responsible="Phòng Kinh tế, Hạ tầng và Đô thị",
        contact="Bà Hoàng Thị Mẫu, 0987 654 321",
        due=day + timedelta(days=20),
    )
