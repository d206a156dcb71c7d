"""Slips of invented persons."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

from tcd_desktop.domain.people.person import Person
from tcd_desktop.domain.receptions.receipt_slip import ReceiptSlip
from tcd_desktop.domain.receptions.reception import Paper
from tcd_desktop.domain.terms import PaperCondition, Sex

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = "aăâeêioôơuưy"

LETTERS = "".join(
    sorted(
        letter
        for letter in {
            unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS + VOWELS.upper() for tone in TONES
        }
        | {"đ", "Đ"}
        if not letter.isascii()
    )
)
"""The 134 Vietnamese letters outside ASCII."""

GIVER = Person(
    name="Nguyễn Văn Quỹ",
    sex=Sex.MALE,
    id_number="001085000001",
    id_issued=date(2021, 5, 12),
    id_place="Cục Cảnh sát quản lý hành chính về trật tự xã hội",
    address="Số 12, ngõ 34 phố Lương Yên, phường Bạch Đằng, quận Hai Bà Trưng, thành phố Hà Nội",
)

PAPERS = (
    Paper("Đơn khiếu nại đề ngày 20/10/2026", 3, PaperCondition.ORIGINAL),
    Paper("Quyết định số 152/QĐ-UBND ngày 08/9/2026 về việc xử phạt vi phạm hành chính", 12),
    Paper("Giấy chứng nhận quyền sử dụng đất", 4, PaperCondition.CERTIFIED_COPY),
)

SLIP = ReceiptSlip(
    superior_name="Ủy ban nhân dân quận Hai Bà Trưng",
    office_name="Ủy ban nhân dân phường Bạch Đằng",
    locality="Bạch Đằng",
    at=datetime(2026, 11, 3, 8, 5),
    place="Phòng tiếp công dân, trụ sở UBND phường Bạch Đằng",
    receiver_name="Trần Thị Ẩn",
    receiver_title="Công chức Tư pháp - Hộ tịch",
    giver=GIVER,
    papers=PAPERS,
    number="57/GBN-UBND",
)
