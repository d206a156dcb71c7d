"""Letters about invented persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tcd_desktop.documents.letter_pack import letter_text, letter_variables
from tcd_desktop.domain.letters.letter import SigningForm
from tcd_desktop.domain.letters.letter_paper import LetterPaper
from tcd_desktop.domain.letters.letter_rules import is_numbered, sign_of
from tcd_desktop.domain.letters.letter_text import LetterLayout, LetterText, fill, table_row
from tcd_desktop.domain.papers.paper_code import PaperCode

DAY = date(2026, 11, 23)
SUPERIOR = "Ủy ban nhân dân thành phố Hà Nội"
OFFICE = "Ủy ban nhân dân phường Bạch Đằng"

_MEMBERS = ("Nguyễn Văn Quỹ", "Lê Thị Ẩm", "Phạm Ngọc Ẩn", "Trần Văn Bướm", "Đỗ Thị Ỷ", "Hoàng Văn Ễnh")

VALUES: Mapping[str, str] = {
    "office": OFFICE,
    "office_short": "UBND phường Bạch Đằng",
    "superior": SUPERIOR,
    "head_name": "Phạm Thị Hòa",
    "head_title": "Chủ tịch",
    "officer_name": "Trần Thị Ẩn",
    "officer_title": "Công chức Văn phòng",
    "reception_place": "Phòng tiếp công dân, trụ sở UBND phường Bạch Đằng",
    "citizen_name": "Nguyễn Văn Quỹ",
    "citizen_salutation": "ông",
    "citizen_salutation_cap": "Ông",
    "citizen_address": "Số 12, ngõ 34 phố Lương Yên, phường Bạch Đằng, thành phố Hà Nội",
    "citizen_phone": "0900 000 001",
    "id_number": "001085000001",
    "id_issued": "12/05/2021",
    "id_place": "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
    "represented_name": "Lê Thị Ẩm",
    "represented_address": "Số 14, ngõ 34 phố Lương Yên",
    "representative_names": "Nguyễn Văn Quỹ, Lê Thị Ẩm",
    "member_rows": "\n".join(
        table_row(str(number), name, "Số 12, ngõ 34 phố Lương Yên", f"00108500000{number}", "")
        for number, name in enumerate(_MEMBERS, start=1)
    ),
    "content": "đề nghị cấp giấy chứng nhận quyền sử dụng đất tại ngõ 34 phố Lương Yên",
    "request": "xem xét lại hồ sơ",
    "classification": "khiếu nại",
    "people_count": "06",
    "accused": "Phòng Kinh tế, Hạ tầng và Đô thị",
    "settled_by": "Chủ tịch UBND phường, ngày 05/3/2026",
    "competent_body": "Ban Tiếp công dân thành phố",
    "reason": "nội dung đã được giải quyết đúng chính sách, pháp luật",
    "ground": "Người khiếu nại về vụ việc đã giải quyết đúng chính sách, pháp luật",
    "article": "khoản 3 Điều 9 Luật Tiếp công dân",
    "supplement": "bản sao quyết định bị khiếu nại",
    "settle_due": "23/12/2026",
    "papers": "1. Đơn khiếu nại (03 trang, bản chính)\n2. Giấy chứng nhận (04 trang, bản sao chứng thực)",
    "received_on": "03/11/2026",
    "received_day": "03",
    "received_month": "11",
    "received_year": "2026",
    "received_hour": "08",
    "received_minute": "05",
    "ended_hour": "09",
    "ended_minute": "00",
    "place": "Phòng tiếp công dân",
    "receiver_name": "Trần Thị Ẩn",
    "receiver_title": "Công chức Tư pháp - Hộ tịch",
    "participants": "Công an phường",
    "direction": "tiếp nhận, đề xuất thụ lý",
    "petition_on": "20/10/2026",
    "petition_day": "20",
    "petition_month": "10",
    "petition_year": "2026",
    "sender": "Báo Lao động Thủ đô",
    "incoming_number": "88/CV-TS",
    "incoming_on": "28/10/2026",
    "accepted_number": "15/QĐ-UBND",
    "accepted_on": "10/11/2026",
    "decided_number": "20/KL-UBND",
    "decided_on": "20/11/2026",
    "suspended_number": "18/QĐ-UBND",
    "suspended_on": "12/11/2026",
    "extended_days": "30",
    "new_due": "22/01/2027",
    "handler": "Thanh tra phường",
    "result": "đúng một phần",
    "measure": "kiểm tra, hoàn thiện hồ sơ",
    "sitting_on": "03/11/2026",
    "sitting_day": "03",
    "sitting_month": "11",
    "sitting_year": "2026",
    "sitting_start": "08 giờ 00 phút",
    "sitting_end": "11 giờ 30 phút",
    "sitting_place": "Phòng tiếp công dân",
    "leader": "Phạm Thị Hòa",
    "leader_title": "Chủ tịch",
    "attendees": "Công an phường, Mặt trận Tổ quốc phường",
    "expected": "đất đai",
    "minutes": "Chủ trì nêu mục đích buổi tiếp.\nCông dân trình bày nội dung.",
    "agreed": "Thống nhất rà soát hồ sơ trong tháng 11.",
    "conclusion": "giao kiểm tra hồ sơ",
    "responsible": "Phòng Kinh tế, Hạ tầng và Đô thị",
    "contact": "bà Trần Thị Ẩn",
    "due_on": "20/11/2026",
    "conclusion_rows": table_row("1", "Rà soát hồ sơ", "Phòng Kinh tế", "20/11/2026"),
    "reminded_body": "Phòng Kinh tế, Hạ tầng và Đô thị",
    "reminder_count": "01",
    "source_document": "Thông báo số 12/TB-UBND ngày 05 tháng 11 năm 2026",
    "overdue_days": "05",
    "report_due": "30/11/2026",
    "calendar_month": "12",
    "calendar_year": "2026",
    "calendar_hours": "thứ Hai đến thứ Sáu, 08:00 - 11:30 và 13:30 - 17:00",
    "posted_on": "24/11/2026",
    "calendar_rows": "\n".join(
        table_row(day, "08:00 - 11:30", "Phạm Thị Hòa, Chủ tịch", "Công an phường, Mặt trận Tổ quốc phường", "Đất đai")
        for day in ("03/12/2026", "17/12/2026")
    ),
    "report_name": "báo cáo công tác tiếp công dân quý IV năm 2026",
    "report_period": "từ ngày 15/9/2026 đến ngày 14/12/2026",
    "report_recipient": SUPERIOR,
    "report_files": "06 biểu",
}


def paper_of(text: LetterText, values: Mapping[str, str] = VALUES, **more: Any) -> LetterPaper:
    """The paper of a kind with values filled in, as the desk of letters makes it."""
    code = PaperCode(office="HN-BD", number=5, year=2026, kind=text.kind)
    facts: dict[str, Any] = {
        "layout": text.layout,
        "mark": text.mark,
        "superior_name": SUPERIOR,
        "office_name": OFFICE,
        "locality": "Bạch Đằng",
        "number": f"5/{sign_of(text, OFFICE)}" if is_numbered(text) else "",
        "dated": DAY,
        "type_name": text.type_name,
        "about": fill(text.about, values),
        "addressees": tuple(fill(one, values) for one in text.addressees),
        "body": tuple(fill(one, values) for one in text.body),
        "recipients": tuple(fill(one, values) for one in text.recipients),
        "signing": text.signing,
        "signer_title": "Chủ tịch",
        "signer": "Phạm Thị Hòa",
        "signatures": text.signatures,
        "issued": datetime(2026, 11, 23, 9, 5),
        "code": str(code),
    }
    return LetterPaper(**{**facts, **more})


def paper(kind: str, values: Mapping[str, str] = VALUES, on: date = DAY, **more: Any) -> LetterPaper:
    """The paper of a shipped kind."""
    return paper_of(letter_text(kind, on), values, **{"dated": on, **more})


def long_values() -> dict[str, str]:
    """Every variable with 200 letters and more, words of every length."""
    return {name: f"{'Nguyễn Thị Hương Giang ' * 9}{'x' * 60}" for name in letter_variables()}


PLAIN = LetterPaper(
    layout=LetterLayout.LETTER,
    superior_name=SUPERIOR,
    office_name=OFFICE,
    locality="Bạch Đằng",
    number="5/UBND-TCD",
    dated=date(2026, 2, 3),
    about="đôn đốc giải quyết đơn của công dân",
    addressees=("Phòng Kinh tế, Hạ tầng và Đô thị", "Công an phường Bạch Đằng"),
    body=("Căn cứ Luật Tiếp công dân;", "Căn cứ Nghị định số 154/2026/NĐ-CP.", "1. Nội dung thứ nhất./."),
    recipients=("- Như trên;", "- Lưu: VT, TCD."),
    signing=SigningForm.FOR,
    signer_title="Phó Chủ tịch",
    signer="Lê Thị Ẩm",
    urgency="KHẨN",
    issued=datetime(2026, 2, 3, 8, 0),
)
"""A công văn with every component of the sheet that a named type does not have."""

LONG = replace(
    PLAIN,
    body=(
        *(f"{number}. " + "Nội dung cần giải quyết theo quy định. " * 12 for number in range(1, 14)),
        "Phụ lục I",
        "Danh mục tài liệu",
        "| TT | Tên tài liệu | Số trang |",
        *(f"| {number} | Tài liệu số {number} của hồ sơ | {number} |" for number in range(1, 61)),
        "Phụ lục II",
        "Danh sách hộ dân",
        "Không có.",
    ),
)
"""A letter of many pages with two appendices, one of them a table that runs on."""
