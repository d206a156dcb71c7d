"""The QR of a paper says which paper it is and nothing else."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from tcd_desktop.domain.papers.paper_code import RECEIPT_SLIP, PaperCode, read_paper_code

CODES = [
    (PaperCode(office="HN-BD", number=57, year=2026, kind=RECEIPT_SLIP), "TCD1:HN-BD:57/2026:RECEIPT-SLIP"),
    (PaperCode(office="00271", number=7, series="B", year=2027, kind="reminder"), "TCD1:00271:7-B/2027:REMINDER"),
    (
        PaperCode(office="A", number=1234567, series="AB", year=2026, kind="refusal-notice"),
        "TCD1:A:1234567-AB/2026:REFUSAL-NOTICE",
    ),
]


@pytest.mark.parametrize(("code", "text"), CODES, ids=[text for _code, text in CODES])
def test_a_code_is_written_and_read_back(code: PaperCode, text: str) -> None:
    assert str(code) == text
    assert read_paper_code(text) == code
    assert read_paper_code(f" {text.lower()}\r\n") == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "001085000001|012345678|Nguyễn Văn Quỹ|01011985|Nam|Hà Nội|12052021",
        "TCD2:HN-BD:57/2026:RECEIPT-SLIP",
        "TCD1:HN-BD:57:RECEIPT-SLIP",
        "TCD1:HN-BD:57/26:RECEIPT-SLIP",
        "TCD1:HN BD:57/2026:RECEIPT-SLIP",
        "TCD1:HN-BD:57/2026:RECEIPT-SLIP; DROP TABLE",
        "xTCD1:HN-BD:57/2026:RECEIPT-SLIP",
    ],
)
def test_anything_else_is_not_a_paper_of_ours(text: str) -> None:
    assert read_paper_code(text) is None


def test_a_code_has_no_room_for_a_person() -> None:
    assert {field.name for field in fields(PaperCode)} == {"office", "number", "series", "year", "kind"}
    assert re.fullmatch(r"[A-Z0-9:/-]+", str(CODES[0][0]))
