"""Mẫu số 03/TCD on paper and as a table: columns, headings on every page, sums, secrecy, memory, cancel."""

from __future__ import annotations

import os
import re
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pypdfium2
import pytest

from tcd_desktop.documents.log_book import beginning_of_log_book, write_log_book
from tcd_desktop.documents.log_book_form import book_form
from tcd_desktop.domain.follow_up.follow_up_terms import SettlementResult
from tcd_desktop.domain.receptions.log_book import BookLine, BookQuery, LogBook, Receivers
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import (
    AnswerChannel,
    AnswerKind,
    CaseState,
    Classification,
    Direction,
    IdKind,
    ReceiverRank,
    Role,
)
from tcd_desktop.jobs import Cancelled, SilentProgress
from tcd_desktop.reports import log_book
from tests.documents.reading import page_texts, whole_text

BEGIN = date(2026, 7, 1)
BOOK = LogBook(
    query=BookQuery(office="P-01", since=date(2026, 7, 1), until=date(2026, 12, 31)),
    superior_name="UBND quận Thử Nghiệm",
    office_name="UBND phường Quỹ Đỗ",
    locality="Thử Nghiệm",
    made_on=date(2026, 12, 31),
    officer="Lê Thị Thử",
)
TEXT = "Hàng xóm xây nhà lấn ra ngõ đi chung, đã góp ý nhiều lần không được; đề nghị phường đo đạc lại mốc giới."


def visit(at: int, **changes: Any) -> Reception:
    values: dict[str, Any] = {
        "id": f"{at:032x}",
        "office": "P-01",
        "year": 2026,
        "number": at,
        "date": BEGIN + timedelta(days=at % 180),
        "time": time(8, 30),
        "name": f"Nguyễn Văn Ẩn {at}",
        "id_kind": IdKind.CITIZEN_CARD,
        "id_number": f"{1056000000 + at:012d}",
        "address": "Số 12 ngõ 34 phố Thử Nghiệm, phường Quỹ Đỗ",
        "content": TEXT,
        "request": "Đề nghị kiểm tra, xử lý.",
        "classification": Classification.COMPLAINT,
        "direction": Direction.ACCEPT,
        "people": 2,
    }
    return Reception(**{**values, **changes})


def lines(count: int, **changes: Any) -> Iterator[BookLine]:
    for number in range(1, count + 1):
        yield BookLine(visit=visit(number, **changes))


def pdf_of(book: LogBook, given: Any) -> bytes:
    out = BytesIO()
    write_log_book(out, book, given)
    return out.getvalue()


FULL = BookLine(
    visit=visit(
        57,
        series="B",
        settled_by="Chủ tịch UBND quận Thử Nghiệm, QĐ số 12",
        direction=Direction.FORWARD,
        forwarded_to="Thanh tra quận Thử Nghiệm",
        forwarding_number="16/PC-UBND",
        forwarded_on=date(2026, 8, 28),
        answered_on=date(2026, 9, 1),
        answer_kind=AnswerKind.FORWARDED,
        answer_channel=AnswerChannel.WRITTEN,
        receiver_rank=ReceiverRank.HEAD,
        role=Role.GROUP_REPRESENTATIVE,
        people=7,
        note="Có phóng viên dự",
    ),
    case_number="HS 4/2026",
    case_state=CaseState.CLOSED,
    case_result=SettlementResult.RIGHT,
    same_visit="55/2026",
)


def test_the_thirteen_columns_of_the_form_stand_on_paper_with_their_numbers() -> None:
    text = whole_text(pdf_of(BOOK, [FULL]))
    headings = [column.heading for column in book_form(BEGIN).columns]
    assert len(headings) == 13
    squeezed = re.sub(r"\s", "", text)
    for heading in ("STT", "Ngày tiếp", "Họ tên - Địa chỉ", "CCCD/Hộ chiếu của công dân", "Nội dung vụ việc",
                    "Phân loại đơn", "Số người", "Cơ quan đã giải quyết", "Thụ lý để giải quyết",
                    "Trả lại đơn và hướng dẫn", "Chuyển đơn đến cơ quan, tổ chức, đơn vị có thẩm quyền",
                    "Theo dõi kết quả giải quyết", "Ghi chú"):  # fmt: skip
        assert heading in headings and re.sub(r"\s", "", heading) in squeezed
    assert "Hướng xử lý" in text and all(f"({number})" in text for number in range(1, 14))
    assert "Mẫu số 03/TCD" in text and "SỔ TIẾP CÔNG DÂN" in text and "UBND PHƯỜNG QUỸ ĐỖ" in text


def test_a_line_says_what_the_form_and_the_law_ask_for() -> None:
    text = re.sub(r"\W", "", whole_text(pdf_of(BOOK, [FULL])))
    for told in ("57-B", "27/08/2026", "Nguyễn Văn Ẩn 57", "001056000057", TEXT, "Yêu cầu: Đề nghị kiểm tra, xử lý.",
                 "Khiếu nại", "Chủ tịch UBND quận Thử Nghiệm, QĐ số 12", "Thanh tra quận Thử Nghiệm", "16/PC-UBND",
                 "28/08/2026", "01/09/2026", "HS 4/2026", "55/2026", "Có phóng viên dự"):  # fmt: skip
        assert re.sub(r"\W", "", told) in text, told


def test_what_is_accepted_has_a_cross_and_what_is_guided_says_where_to() -> None:
    cells = pdf_of(
        BOOK, [BookLine(visit=visit(1)), BookLine(visit=visit(2, direction=Direction.GUIDE, guided_to="Tòa án"))]
    )
    text = whole_text(cells)
    assert " x " in text and "Tòa án" in text


def test_the_2021_form_has_its_own_headings_on_pages_of_their_own() -> None:
    old = replace(BOOK, query=replace(BOOK.query, since=date(2025, 1, 1)))
    given = [BookLine(visit=visit(1, year=2025, date=date(2025, 3, 3))), BookLine(visit=visit(1))]
    pages = page_texts(pdf_of(old, given))
    assert "CMND/Hộ" in pages[0] and "CCCD/Hộ" not in pages[0] and "(13)" not in pages[0]
    assert "CCCD/Hộ" in pages[1] and "(13)" in pages[1]
    assert "1/ 2025" in pages[0] and "1/ 2026" in pages[1], "numbers begin anew, so they carry their year"


def test_every_page_lies_on_its_side_with_headings_its_number_and_sums_that_run_on() -> None:
    pdf = pdf_of(BOOK, lines(60))
    pages = page_texts(pdf)
    document = pypdfium2.PdfDocument(pdf)
    assert {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document} == {(297, 210)}
    document.close()
    assert len(pages) > 4
    counted = 0
    for number, text in enumerate(pages, start=1):
        assert f"Trang {number}" in text.replace("  ", " ")
        found = re.search(r"Cộng trang: ([\d.]+) lượt, ([\d.]+) người.*?Lũy kế: ([\d.]+) lượt, ([\d.]+) người", text)
        if found is None:
            assert number == len(pages) and "Tổng cộng: 60 lượt, 120 người" in text
            continue
        assert "Nội dung vụ việc" in text and "(5)" in text
        here, people, so_far, so_far_people = (int(value.replace(".", "")) for value in found.groups())
        counted += here
        assert (people, so_far, so_far_people) == (2 * here, counted, 2 * counted)
    assert counted == 60 and f"Sổ này có {len(pages)} trang" in pages[-1]
    assert "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ" in pages[-1]


def test_a_row_longer_than_a_page_goes_on_and_says_so() -> None:
    pages = page_texts(pdf_of(BOOK, [BookLine(visit=visit(1, content=" ".join([TEXT] * 60)))]))
    assert len(pages) >= 3 and "(tiếp)" not in pages[0]
    assert all("(tiếp)" in text and "Nội dung vụ việc" in text for text in pages[1:-2])
    assert re.findall(r"Tổng cộng: (\d+) lượt", " ".join(pages)) == ["1"]
    assert sum(text.count("mốc") for text in pages) == 60, "nothing of it is lost"


def test_a_denouncer_is_masked_and_a_reason_is_told_where_identities_stand() -> None:
    closed = visit(1, classification=Classification.DENUNCIATION, name="", id_number="", address="")
    masked = whole_text(pdf_of(BOOK, [BookLine(visit=closed)]))
    assert "giữ bí mật" in masked and "Nguyễn Văn Ẩn" not in masked
    told = whole_text(
        pdf_of(replace(BOOK, reason="Thanh tra yêu cầu"), [BookLine(visit=replace(closed, name="Phạm Thị Kín"))])
    )
    assert "Phạm Thị Kín" in told and "Thanh tra yêu cầu" in told


def test_a_line_in_the_bin_keeps_its_number_and_says_why() -> None:
    text = whole_text(pdf_of(BOOK, [BookLine(visit=visit(7, removed="Ghi trùng lượt 6"))]))
    assert "Ghi trùng lượt 6" in text and TEXT not in text and "Tổng cộng: 0 lượt, 0 người" in text


def test_what_the_book_leaves_out_is_said() -> None:
    asked = replace(BOOK.query, receivers=Receivers.HEAD, classification=Classification.FEEDBACK)
    text = whole_text(pdf_of(replace(BOOK, query=asked), []))
    assert "Chỉ gồm" in text and "phản ánh" in text


def test_the_pdf_can_be_read_by_another_reader_and_says_what_it_is() -> None:
    reader = pypdf.PdfReader(BytesIO(pdf_of(BOOK, lines(3))), strict=True)
    assert reader.metadata is not None and reader.metadata.title is not None
    assert reader.metadata.title.startswith("Sổ tiếp công dân - Từ ngày 01/07/2026")
    assert "Nguyễn Văn Ẩn 3" in reader.pages[0].extract_text() + reader.pages[-1].extract_text()
    assert pdf_of(BOOK, lines(3)) == pdf_of(BOOK, lines(3))


def test_the_first_pages_are_those_of_the_whole_book() -> None:
    out = BytesIO()
    read = 0

    def counting() -> Iterator[BookLine]:
        nonlocal read
        for line in lines(5000):
            read += 1
            yield line

    assert beginning_of_log_book(out, BOOK, counting(), 3) == 3
    whole = page_texts(pdf_of(BOOK, lines(200)))
    seen = [text.split("Trang")[0] for text in page_texts(out.getvalue())]
    assert seen == [re.sub(r"^/\d+ ", "", text).split("Trang")[0] for text in whole[:3]]
    assert read < 60


def test_memory_does_not_grow_with_the_book() -> None:
    alike = {"name": "Nguyễn Văn Ẩn", "id_number": "001056000001", "number": 1}  # remembered widths of words are few

    def peak(count: int) -> int:
        with Path(os.devnull).open("wb") as file:
            tracemalloc.start()
            write_log_book(file, BOOK, (BookLine(visit=visit(at, **alike)) for at in range(count)))
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            return most

    peak(300)  # fonts and packs are loaded once
    small, large = peak(300), peak(4000)
    assert large < small + 150_000, f"{small:,} bytes for 300 lines, {large:,} for 4,000"


# -- files -----------------------------------------------------------------------------------------


class Steps:
    """Cancels after some steps."""

    def __init__(self, most: int = 10**9) -> None:
        self.told: list[tuple[int, int]] = []
        self._most = most

    def step(self, done: int, total: int, text: str = "") -> None:
        self.told.append((done, total))

    def cancelled(self) -> bool:
        return len(self.told) >= self._most


def test_progress_is_told_and_the_file_is_put_in_its_place_when_it_is_whole(tmp_path: Path) -> None:
    target, steps = tmp_path / "so.pdf", Steps()
    target.write_bytes(b"before")
    pages = log_book.write_pdf(target, BOOK, lines(900), total=900, progress=steps)
    assert steps.told == [(200, 900), (400, 900), (600, 900), (800, 900), (900, 900)]
    assert len(page_texts(target.read_bytes())) == pages and [one.name for one in tmp_path.iterdir()] == ["so.pdf"]


@pytest.mark.parametrize("write", [log_book.write_pdf, log_book.write_xlsx])
def test_cancelled_nothing_is_left_behind_and_the_old_file_stays(tmp_path: Path, write: Any) -> None:
    target = tmp_path / "so.out"
    target.write_bytes(b"before")
    with pytest.raises(Cancelled):
        write(target, BOOK, lines(5000), total=5000, progress=Steps(2))
    assert target.read_bytes() == b"before" and [one.name for one in tmp_path.iterdir()] == ["so.out"]


def test_the_table_has_the_columns_of_the_form_days_as_days_and_the_sums(tmp_path: Path) -> None:
    target = tmp_path / "so.xlsx"
    given = [FULL, BookLine(visit=visit(2, content="=1+1")), BookLine(visit=visit(3, removed="Ghi trùng"))]
    assert log_book.write_xlsx(target, BOOK, given, total=3, progress=SilentProgress()) == 3
    rows = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))
    head = next(at for at, row in enumerate(rows) if row[0] == "STT")
    assert len(rows[head]) == 13 and rows[head][8] == "Hướng xử lý: Thụ lý để giải quyết"
    first, second, third, total = rows[head + 1 :]
    assert first[1].date() == date(2026, 8, 27) and first[6] == 7
    assert str(second[4]).startswith("=1+1") and third[6] in (None, "") and "Ghi trùng" in str(third[4])
    assert "Tổng cộng: 2 lượt, 9 người" in str(total[4])
