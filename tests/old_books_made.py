"""Old books as wards have them, made for tests: titles, two heading rows, numbering, three encodings of letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tcd_desktop.domain.language.legacy_text import TCVN3, VNI

HEADINGS_2026 = (
    "STT", "Ngày tiếp", "Họ tên - Địa chỉ", "CCCD/Hộ chiếu của công dân", "Nội dung vụ việc", "Phân loại đơn",
    "Số người", "Cơ quan đã giải quyết", "Hướng xử lý", None, None, "Theo dõi kết quả giải quyết", "Ghi chú",
)  # fmt: skip
HEADINGS_2021 = (
    "STT", "Ngày tiếp", "Họ tên - Địa chỉ", "CMND/Hộ chiếu của công dân", "Nội dung vụ việc",
    "Phân loại đơn/Số người", "Cơ quan đã giải quyết", "Hướng xử lý", None, None, "Theo dõi kết quả giải quyết",
    "Ghi chú",
)  # fmt: skip
HANDLING = (
    "Thụ lý để giải quyết",
    "Trả lại đơn và hướng dẫn",
    "Chuyển đơn đến cơ quan, tổ chức đơn vị có thẩm quyền",
)

_TO_TCVN3 = {letter: sign for sign, letter in TCVN3.items()}
_TO_VNI: dict[str, str] = {}
for _signs, _letter in VNI.items():
    _TO_VNI.setdefault(_letter, _signs)


def in_tcvn3(text: str) -> str:
    """As typed with a .VnTime font: capitals with tones are lost."""
    return "".join(_TO_TCVN3.get(c, _TO_TCVN3.get(c.lower(), c)) for c in text)


def in_vni(text: str) -> str:
    """As typed with a VNI font."""
    return "".join(_TO_VNI.get(c, c) for c in text)


def decomposed(text: str) -> str:
    """Unicode tổ hợp."""
    return unicodedata.normalize("NFD", text)


LINES: tuple[tuple[Any, ...], ...] = (
    (1, "5/9/26", "Nguyễn Thị Ẩn - Số 12 ngõ 34 phố Thử Nghiệm", "001168012345",
     "Khiếu nại việc bồi thường, hỗ trợ khi thu hồi đất", "KN", 1, "", "x", "", "", "Đã trả lời", ""),
    (2, "06.09.2026", "Trần Văn Đức - Tổ 5 khu tập thể Ví Dụ", 1056012345,
     "Kiến nghị sửa chữa cống thoát nước của ngõ", "KNPA", 1, "", "", "", "UBND quận, CV số 15/UBND-TCD", "", ""),
    (3, '"', "Đỗ Thị Quỹ, Lê Văn Cường và 3 người khác - Nhà 3 phố Mẫu", "031072099999",
     "Phản ánh hàng xóm xây dựng lấn chiếm lối đi", "PA", 5, "", "x", "", "", "", ""),
    (4, "7/9", "Phạm Thị Kín - Số 9 ngách Bí Mật", "001166054321",
     "Tố cáo việc thu tiền không có biên lai", "TC", 1, "", "", "Hướng dẫn đến Công an, số 12/HD-UBND", "", "", ""),
    (5, "không rõ", "Vũ Thị Hường - Số 7 phố Mẫu", "", "Đề nghị cấp giấy chứng nhận",
     "KNPA", 1, "", "x", "", "", "", ""),
    (6, "9/9/2026", "Bùi Đức Thắng - Số 8 phố Mẫu", "", "", "KN", 1, "", "x", "", "", "", ""),
)  # fmt: skip
"""Six lines of Mẫu số 03/TCD 2026: five doubts, and two that cannot be taken."""
SECRET_WORDS = ("Phạm Thị Kín", "001166054321", "Số 9 ngách Bí Mật")


def make_excel(
    path: Path,
    lines: Sequence[Sequence[Any]] = LINES,
    *,
    headings: Sequence[str | None] = HEADINGS_2026,
    styled: Callable[[int], tuple[Callable[[str], str], str]] = lambda _row: (str, "Times New Roman"),
    title: str = "SỔ TIẾP CÔNG DÂN NĂM 2026",
) -> Path:
    """A book of the form; `styled(row)` gives how the texts of a line are written and with which font."""
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sổ"
    sheet["A1"] = "UBND PHƯỜNG THỬ NGHIỆM"
    sheet["A2"] = title
    for column, heading in enumerate(headings, 1):
        sheet.cell(4, column, heading)
    at = list(headings).index("Hướng xử lý") + 1
    for step, heading in enumerate(HANDLING):
        sheet.cell(5, at + step, heading)
    sheet.merge_cells(start_row=4, end_row=4, start_column=at, end_column=at + 2)
    for column, heading in enumerate(headings, 1):
        sheet.cell(6, column, f"({column})")
        if heading and heading != "Hướng xử lý":
            sheet.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)
    for number, line in enumerate(lines):
        write, font = styled(number)
        for column, value in enumerate(line, 1):
            text = write(value) if isinstance(value, str) and column in (3, 5, 10, 11, 12) else value
            cell = sheet.cell(7 + number, column, text)
            cell.font = Font(name=font)
    last = 7 + len(lines)
    sheet.cell(last, 1, "Tổng cộng")
    sheet.cell(last, 7, len(lines))
    sheet.cell(last + 2, 11, "Người lập sổ")
    book.save(path)
    return path
