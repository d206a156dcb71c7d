"""Small real offices for tests: cheap password hashing, a clock that stands still, invented people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from tcd_desktop.domain.receptions.reception import Paper, ReceptionDraft
from tcd_desktop.domain.terms import Classification, Direction, IdKind, OfficeKind, Sex
from tcd_desktop.open_office import OfficeForm, OpenOffice, found_office, open_office
from tcd_desktop.store.closed.vault import Cost

PASSWORD = "mat-khau-thu"
CHEAP = Cost(memory=1024, passes=1, lanes=1)
MONDAY = datetime(2026, 11, 23, 9, 30)
"""24/11 is a holiday: ten working days from here end on 08/12/2026."""

DRAFT = ReceptionDraft(
    date=MONDAY.date(),
    time=time(9, 0),
    name="Nguyễn Văn Đức",
    birth_date="1956-03-02",
    sex=Sex.MALE,
    id_kind=IdKind.CITIZEN_CARD,
    id_number="001056012345",
    id_issued=date(2021, 5, 4),
    id_place="Cục Cảnh sát QLHC về TTXH",
    address="Số 12 ngõ 34 phố Thử Nghiệm",
    phone="0912345678",
    content="Hàng xóm xây nhà lấn ra ngõ đi chung, đã góp ý nhiều lần không được.",
    request="Đề nghị kiểm tra, xử lý.",
    classification=Classification.COMPLAINT,
    has_petition=True,
    direction=Direction.ACCEPT,
    documents=(Paper("Đơn khiếu nại", 2), Paper("Bản phô tô giấy chứng nhận", 4)),
)
"""A complaint with a petition and two papers, complete."""

SECRET_WORDS = ("Phạm Thị Kín", "001166054321", "Số 9 ngách Bí Mật", "0987654321")
SECRET = replace(
    DRAFT,
    name=SECRET_WORDS[0],
    id_number=SECRET_WORDS[1],
    address=SECRET_WORDS[2],
    phone=SECRET_WORDS[3],
    sex=Sex.FEMALE,
    birth_date="1966-01-01",
    classification=Classification.DENUNCIATION,
    content="Tố cáo việc thu tiền không có biên lai.",
)
"""A denunciation by somebody whose words must be found nowhere."""


class Clock:
    """An office clock that tests set."""

    def __init__(self, moment: datetime = MONDAY) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


def make_office(home: Path, kind: OfficeKind = OfficeKind.WARD, code: str = "P-01", **form: Any) -> OpenOffice:
    """A new office with one officer, signed in."""
    values = {
        "name": f"UBND phường {code}",
        "superior_name": "UBND quận Thử Nghiệm",
        "locality": "Thử Nghiệm",
        "officer_name": "Lê Thị Thử",
        "officer_title": "Công chức Tư pháp - Hộ tịch",
    }
    given = OfficeForm(kind=kind, code=code, **{**values, **form})
    return found_office(home, given, PASSWORD, cost=CHEAP, now=Clock())


def make_district(home: Path) -> OpenOffice:
    """A district without wards."""
    return make_office(home, OfficeKind.DISTRICT, "Q", name="UBND quận Thử Nghiệm", superior_name="UBND thành phố")


def enrol(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    """Request, grant and answer through files, the digits compared."""
    request = ward.enrolment.request(stick)
    grant = district.enrolment.grant(request.path, stick, typed=request.fingerprint).value
    ward.enrolment.accept(grant.path, typed=grant.root_fingerprint)
    ward.refresh()


def reopen(office: OpenOffice) -> OpenOffice:
    """Closed and opened again with the password."""
    office.close()
    return open_office(office.home, PASSWORD, now=Clock())
