"""Lists of people as they are pasted from Excel, Word, a message, or typed in lines."""

from __future__ import annotations

import pytest

from tcd_desktop.domain.people.member_list import birth_text, members_from_rows, members_from_text
from tcd_desktop.domain.people.person import Member

AN = Member("Nguyễn Văn An", "Số 12 phố Thử", "001056012345", "1956", "0912345678")


def test_numbered_lines_with_commas() -> None:
    text = "1. Nguyễn Văn An, 1956, 001056012345, Số 12 phố Thử, 0912345678\n2) Trần Thị Bé, Số 14, ngõ 3, phố Thử\n\n"
    found = members_from_text(text)
    assert found.members == (AN, Member("Trần Thị Bé", "Số 14, ngõ 3, phố Thử"))
    assert found.left_out == 0


@pytest.mark.parametrize(
    "line",
    [
        "Nguyễn Văn An\t1956\t001056012345\tSố 12 phố Thử\t0912345678",
        "1\tNguyễn Văn An\t001056012345\t1956\t0912345678\tSố 12 phố Thử",
        "- Nguyễn Văn An; 1956; 001056012345; Số 12 phố Thử; 0912 345 678",
        "Ông Nguyễn Văn An, sinh năm 1956, CCCD: 001056012345, địa chỉ: Số 12 phố Thử, ĐT 0912345678",
        "1/ NGUYỄN VĂN AN, sn 1956, số căn cước 001056012345, trú tại Số 12 phố Thử, sđt: 0912345678",
        "3 Nguyễn Văn An | 1956 | Nam | 001056012345 | Số 12 phố Thử | 0912345678",
    ],
)
def test_one_person_in_many_ways_of_writing(line: str) -> None:
    assert members_from_text(line).members == (AN,)


def test_names_alone_one_a_line() -> None:
    found = members_from_text("Nguyễn Văn An\n2. Trần Thị Bé\n• Lê Văn Cò\n")
    assert [member.name for member in found.members] == ["Nguyễn Văn An", "Trần Thị Bé", "Lê Văn Cò"]


def test_a_table_with_titles_and_headings_in_any_order() -> None:
    rows = [
        ["DANH SÁCH CÔNG DÂN KÝ ĐƠN", "", "", "", "", "", ""],
        ["(kèm theo đơn ngày 20/11/2026)"],
        ["STT", "Địa chỉ", "Họ và tên", "Năm sinh", "Số CCCD", "Điện thoại", "Người đại diện", "Ký tên"],
        ["1", "Số 12 phố Thử", "Nguyễn Văn An", "1956", "1056012345", "912345678", "x", "đã ký"],
        ["2", "Số 14 phố Thử", "Trần Thị Bé", "05/09/1968", "", "", "", ""],
        ["", "", "", "", "", "", "", ""],
        ["", "Cộng: 2 người", "", "", "", "", "", ""],
    ]
    found = members_from_rows(rows)
    assert found.members == (
        Member("Nguyễn Văn An", "Số 12 phố Thử", "001056012345", "1956", "0912345678", speaks=True, signed=True),
        Member("Trần Thị Bé", "Số 14 phố Thử", birth_date="1968-09-05"),
    )
    assert found.left_out == 1, "the sum is nobody"


def test_a_name_that_looks_like_a_heading_is_a_person() -> None:
    found = members_from_rows([["Đoàn Thị Ký", "Số 1 phố Thử"], ["Lê Tên", "Số 2 phố Thử"]])
    assert [member.name for member in found.members] == ["Đoàn Thị Ký", "Lê Tên"]


def test_quoted_cells_of_a_copied_sheet() -> None:
    found = members_from_text('Họ tên\tĐịa chỉ\nLê Văn Cò\t"Số 1, ngõ ""Chợ"""\n')
    assert found.members == (Member("Lê Văn Cò", 'Số 1, ngõ "Chợ"'),)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("5/9/1968", "1968-09-05"),
        ("05-09-1968", "1968-09-05"),
        ("1968-09-05 00:00:00", "1968-09-05"),
        ("1968", "1968"),
        ("khoảng 1960", "khoảng 1960"),
    ],
)
def test_birth_dates(typed: str, kept: str) -> None:
    assert birth_text(typed) == kept


def test_nothing_is_nobody() -> None:
    assert members_from_text(" \n\t\n").members == ()
