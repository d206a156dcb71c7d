"""The lists that groups bring in files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.problems import Refused
from tcd_desktop.services.people import member_files
from tcd_desktop.services.people.member_files import read_members

EXPECTED = (
    Member("Nguyễn Văn An", "Số 12 phố Thử", "001056012345", "1956-03-02", "0912345678"),
    Member("Trần Thị Bé", "Số 14 phố Thử", birth_date="1968"),
)


def test_a_workbook_whose_numbers_became_amounts(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Trống"
    sheet = book.create_sheet("Danh sách")
    sheet.append(["DANH SÁCH"])
    sheet.append(["STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Địa chỉ", "Điện thoại"])
    sheet.append([1, "Nguyễn Văn An", datetime(1956, 3, 2), 1056012345, "Số 12 phố Thử", 912345678])
    sheet.append([2, "Trần Thị Bé", 1968, None, "Số 14 phố Thử", None])
    path = tmp_path / "danh sách.xlsx"
    book.save(path)
    assert read_members(path).members == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_text_files_of_other_programs(tmp_path: Path, encoding: str, mark: str) -> None:
    lines = [
        ["Họ tên", "Ngày sinh", "CCCD", "Địa chỉ", "SĐT"],
        ["Nguyễn Văn An", "2/3/1956", "001056012345", "Số 12 phố Thử", "0912345678"],
        ["Trần Thị Bé", "1968", "", "Số 14 phố Thử", ""],
    ]
    path = tmp_path / "ds.csv"
    path.write_text("\n".join(mark.join(line) for line in lines), encoding=encoding)
    assert read_members(path).members == EXPECTED


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("ds.docx", b"x", "list_kind"),
        ("ds.xlsx", b"no workbook", "list_unreadable"),
        ("ds.xls", b"no workbook", "list_unreadable"),
        ("ds.csv", b"\xe1\xba\xff", "list_unreadable"),
        ("ds.txt", b"\n \n", "list_empty"),
    ],
)
def test_a_file_that_is_no_list_is_told(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        read_members(path)
    assert (refused.value.code, refused.value.facts) == (code, {"file": name})


def test_a_missing_and_a_huge_file_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="list_unreadable"):
        read_members(tmp_path / "nowhere.xlsx")
    monkeypatch.setattr(member_files, "MOST_BYTES", 3)
    path = tmp_path / "big.txt"
    path.write_text("Nguyễn Văn An", encoding="utf-8")
    with pytest.raises(Refused, match="list_too_big"):
        read_members(path)
