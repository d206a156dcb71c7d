"""Rows of an old book: headings, dates, numbers, people, classifications, ditto marks, what stops and what is noted."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcd_desktop.domain.old_book.old_book_cells import (
    is_ditto,
    is_mark,
    read_classification,
    read_day,
    read_direction,
    read_letter,
    read_number,
    read_paper,
    read_papers,
    read_phone,
)
from tcd_desktop.domain.old_book.old_book_columns import LAYOUT_2021, LAYOUT_2026, BookColumn, column_of, recognise
from tcd_desktop.domain.old_book.old_book_people import read_names, read_names_and_address
from tcd_desktop.domain.old_book.old_book_rows import BookFacts, OldLine, read_lines, year_of_book
from tcd_desktop.domain.old_book.old_book_sheet import Cell, Sheet
from tcd_desktop.domain.terms import Classification, Direction, IdKind, PaperCondition, Role, Sex
from tests.old_books_made import HANDLING, HEADINGS_2021, HEADINGS_2026, LINES


def cell(value: Any) -> Cell:
    text = "" if value is None else str(value)
    return Cell(text, text, numeric=isinstance(value, int))


def sheet(*rows: tuple[Any, ...], name: str = "Sổ 2026") -> Sheet:
    return Sheet(name, tuple(tuple(map(cell, row)) for row in rows))


def of_form(*lines: tuple[Any, ...], headings: tuple[str | None, ...] = HEADINGS_2026) -> Sheet:
    at = headings.index("Hướng xử lý")
    second = tuple(HANDLING[i - at] if at <= i < at + 3 else None for i in range(len(headings)))
    numbers = tuple(f"({i + 1})" for i in range(len(headings)))
    return sheet(("UBND PHƯỜNG",), ("SỔ TIẾP CÔNG DÂN NĂM 2026",), (), headings, second, numbers, *lines)


def lines_of(book: Sheet, year: int | None = 2026) -> list[OldLine]:
    return list(read_lines(book, recognise(book), BookFacts(year)))


def codes(line: OldLine) -> set[tuple[str, str]]:
    return {(doubt.field, doubt.problem.code) for doubt in (*line.stops, *line.doubts)}


# --- headings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("headings", "columns"), [(HEADINGS_2026, LAYOUT_2026), (HEADINGS_2021, LAYOUT_2021)])
def test_both_layouts_of_the_form_are_recognised(
    headings: tuple[str | None, ...], columns: tuple[BookColumn, ...]
) -> None:
    layout = recognise(of_form(headings=headings))
    assert layout.columns == columns
    assert (layout.first, layout.last, layout.data) == (3, 4, 6)


def test_a_sheet_with_numbers_only_over_its_columns_has_the_forms_layout() -> None:
    layout = recognise(sheet(tuple(f"({n})" for n in range(1, 14)), LINES[0]))
    assert layout.columns == LAYOUT_2026 and layout.data == 1


def test_one_heading_over_two_columns_means_both() -> None:
    book = sheet(("STT", "Ngày tiếp", "Phân loại đơn/Số người", "Phân loại đơn/Số người", "Nội dung"), (1, "1/1/26"))
    assert recognise(book).columns[2:4] == (BookColumn.CLASSIFICATION, BookColumn.PEOPLE)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Số TT", BookColumn.NUMBER),
        ("Ngày, tháng tiếp", BookColumn.DATE),
        ("Họ và tên công dân", BookColumn.NAME),
        ("Nơi ở hiện nay", BookColumn.ADDRESS),
        ("Số CMND/CCCD", BookColumn.ID_NUMBER),
        ("SĐT", BookColumn.PHONE),
        ("Tóm tắt nội dung", BookColumn.CONTENT),
        ("Cán bộ tiếp", BookColumn.RECEIVER),
        ("Hướng xử lý", BookColumn.DIRECTION),
        ("Tài liệu kèm theo", BookColumn.DOCUMENTS),
        ("Màu sắc", BookColumn.IGNORE),
    ],
)
def test_other_books_headings_are_known_too(heading: str, column: BookColumn) -> None:
    assert column_of(heading) is column


def test_the_signature_is_of_the_headings_and_not_of_the_rows() -> None:
    assert recognise(of_form(LINES[0])).signature == recognise(of_form(*LINES)).signature
    assert recognise(of_form()).signature != recognise(of_form(headings=HEADINGS_2021)).signature


def test_the_books_year_is_told_above_or_by_its_days() -> None:
    book = of_form(LINES[0])
    assert year_of_book(book, recognise(book)) == 2026
    plain = sheet(
        ("STT", "Ngày tiếp", "Nội dung"), (1, "3/4/2024", "a"), (2, "4/4/2024", "b"), (3, "5/4/23", "c"), name="A"
    )
    assert year_of_book(plain, recognise(plain)) == 2024


# --- cells ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5/9/25", date(2025, 9, 5)),
        ("05.09.2025", date(2025, 9, 5)),
        ("5-9-25", date(2025, 9, 5)),
        ("2025-09-05", date(2025, 9, 5)),
        ("45905", date(2025, 9, 5)),
        ("ngày 5 tháng 9 năm 2025", date(2025, 9, 5)),
        ("5/9", date(2026, 9, 5)),
        ("31/2/2025", None),
        ("1/13/2025", None),
        ("05/09/205", None),
        ("hôm qua", None),
        ("", None),
    ],
)
def test_days_of_old_books(text: str, day: date | None) -> None:
    assert read_day(Cell(text, text), 2026).day == day


def test_a_day_with_a_time_tells_both() -> None:
    read = read_day(Cell("8h30 5/9/2025", "8h30 5/9/2025"), None)
    assert (read.day, read.at) == (date(2025, 9, 5), time(8, 30))


@pytest.mark.parametrize("text", ['"', "″", "''", "〃", "-nt-", "nt", "- nt -", "như trên", "Như trên", '-"-', '" "'])
def test_ditto_marks(text: str) -> None:
    assert is_ditto(text)


@pytest.mark.parametrize("text", ["", "-", "x", "nt Hoa", "như", '"Hoa"', "0"])
def test_no_ditto_marks(text: str) -> None:
    assert not is_ditto(text)


@pytest.mark.parametrize(
    ("value", "number", "kind", "code"),
    [
        (1056012345, "001056012345", IdKind.CITIZEN_CARD, "zero_lost"),
        ("01056012345", "001056012345", IdKind.CITIZEN_CARD, "zero_lost"),
        ("31072099999", "031072099999", IdKind.CITIZEN_CARD, "zero_lost"),
        ("001056012345", "001056012345", IdKind.CITIZEN_CARD, None),
        ("001 056 012345", "001056012345", IdKind.CITIZEN_CARD, None),
        ("012345678", "012345678", IdKind.OTHER, None),
        (12345678, "012345678", IdKind.OTHER, "zero_lost"),
        ("B1234567", "B1234567", IdKind.PASSPORT, None),
        ("99999999999", "99999999999", IdKind.OTHER, "id_length"),
        ("không mang", "", None, None),
    ],
)
def test_numbers_that_lost_their_zero_get_it_back_as_a_doubt(
    value: Any, number: str, kind: IdKind | None, code: str | None
) -> None:
    paper = read_paper(cell(value))
    assert (paper.number, paper.kind, paper.doubt.code if paper.doubt else None) == (number, kind, code)
    assert paper.doubt is None or paper.doubt.warning


def test_day_and_place_of_issue_stand_behind_the_number() -> None:
    paper = read_paper(cell("001056012345 cấp ngày 04/05/2021 tại Cục CS QLHC"))
    assert (paper.number, paper.issued, paper.place) == ("001056012345", date(2021, 5, 4), "Cục CS QLHC")


def test_telephones_of_nine_figures_get_their_zero() -> None:
    number, doubt = read_phone("912345678")
    assert number == "0912345678" and doubt is not None and doubt.code == "zero_lost"
    assert read_phone("0912.345.678") == ("0912345678", None)


@pytest.mark.parametrize(
    ("words", "classification"),
    [
        ("KN", Classification.COMPLAINT),
        ("Khiếu nại lần 2", Classification.COMPLAINT),
        ("TC", Classification.DENUNCIATION),
        ("đơn tố cáo", Classification.DENUNCIATION),
        ("KNPA", Classification.PETITION),
        ("KN-PA", Classification.PETITION),
        ("Kiến nghị, phản ánh", Classification.PETITION),
        ("PA", Classification.FEEDBACK),
        ("KN, TC", Classification.DENUNCIATION),
        ("KN/3", Classification.COMPLAINT),
        ("Khác", None),
    ],
)
def test_classification_words(words: str, classification: Classification | None) -> None:
    assert read_classification(words).classification is classification


@pytest.mark.parametrize(
    ("text", "names", "count"),
    [
        ("Nguyễn Văn A, Trần Thị B và 3 người khác", ("Nguyễn Văn A", "Trần Thị B"), 5),
        ("bà Trần Thị B; ông Lê Cường", ("Trần Thị B", "Lê Cường"), 2),
        ("1. Nguyễn Văn A\n2. Trần Thị B", ("Nguyễn Văn A", "Trần Thị B"), 2),
        ("Đại diện 12 hộ dân: Phạm Văn D", ("Phạm Văn D",), 12),
        ("Nguyễn Văn A (đại diện cho 5 người)", ("Nguyễn Văn A",), 5),
        ("NGUYỄN THỊ BÉ", ("Nguyễn Thị Bé",), None),
        ("nguyễn văn đức", ("Nguyễn Văn Đức",), None),
        ("H'HEN NIÊ", ("H'Hen Niê",), None),
    ],
)
def test_several_people_in_one_cell(text: str, names: tuple[str, ...], count: int | None) -> None:
    people = read_names(text)
    assert ((people.name, *people.others), people.count) == (names, count)


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("Nguyễn Văn A - Số 12 ngõ 34 phố Thử", "Nguyễn Văn A", "Số 12 ngõ 34 phố Thử"),
        ("Nguyễn Văn A\nTổ 5, Quỳnh Lôi", "Nguyễn Văn A", "Tổ 5, Quỳnh Lôi"),
        ("Nguyễn Thị Hoa - Thanh Nhàn", "Nguyễn Thị Hoa", "Thanh Nhàn"),
        ("Nguyễn Thị Hoa, Hà Nội", "Nguyễn Thị Hoa", "Hà Nội"),
        ("Bà Trần Thị B số nhà 12 ngõ 5", "Trần Thị B", "số nhà 12 ngõ 5"),
        ("Nguyễn Văn Đức 12 Lò Đúc", "Nguyễn Văn Đức", "12 Lò Đúc"),
        ("Lê Văn Cường - Đ/c: số 3 ngõ 2", "Lê Văn Cường", "số 3 ngõ 2"),
        ("Nguyễn Văn A–ngõ 3", "Nguyễn Văn A", "ngõ 3"),
    ],
)
def test_name_and_address_in_one_cell(text: str, name: str, address: str) -> None:
    people = read_names_and_address(text)
    assert (people.name, people.address, people.others) == (name, address, ())


def test_the_title_of_a_person_tells_the_sex() -> None:
    assert read_names("Ông Nguyễn Văn A").sex is Sex.MALE and read_names("bà Trần Thị B").sex is Sex.FEMALE
    assert read_names("Ông (bà) Nguyễn Văn A").sex is None


def test_letters_papers_marks_and_words_of_handling() -> None:
    assert read_letter("UBND quận, CV số 12/UBND-TCD") == ("UBND quận", "12/UBND-TCD")
    assert is_mark("X") and is_mark(" x ") and not is_mark("không")
    assert read_direction("Chuyển đơn đến UBND quận") is Direction.FORWARD
    papers = read_papers("Đơn khiếu nại (02 tờ); sổ đỏ bản chính 4 trang")
    assert [(paper.name, paper.pages) for paper in papers] == [("Đơn khiếu nại", 2), ("sổ đỏ bản chính", 4)]
    assert papers[1].condition is PaperCondition.ORIGINAL
    assert [read_number(text) for text in ("45", "045.", "45/2025", "45.0", "x", "0")] == [45, 45, 45, 45, None, None]


# --- lines ------------------------------------------------------------------------------------------


def test_a_line_of_the_form_becomes_a_visit() -> None:
    (line,) = lines_of(of_form(LINES[0]))
    draft = line.draft
    assert (line.number, line.row, line.stops) == (1, 7, ())
    assert (draft.name, draft.address, draft.id_number) == (
        "Nguyễn Thị Ẩn", "Số 12 ngõ 34 phố Thử Nghiệm", "001168012345",
    )  # fmt: skip
    assert (draft.date, draft.classification, draft.direction) == (
        date(2026, 9, 5), Classification.COMPLAINT, Direction.ACCEPT,
    )  # fmt: skip
    assert draft.follow_up == "Đã trả lời" and draft.receiver_name == ""


def test_a_ditto_mark_repeats_the_line_above_and_a_group_has_its_members() -> None:
    line = lines_of(of_form(*LINES[:3]))[2]
    assert line.draft.date == date(2026, 9, 6)
    assert [member.name for member in line.draft.members] == ["Đỗ Thị Quỹ", "Lê Văn Cường"]
    assert (line.draft.people, line.draft.role) == (5, Role.GROUP_REPRESENTATIVE)
    assert line.draft.members[0].speaks and not line.draft.members[1].speaks


def test_a_ditto_mark_with_nothing_above_is_told() -> None:
    first = ("1", "1/2/26", "Nguyễn Văn A - Số 1", "", "-nt-", "KN", 1, *[""] * 6)
    (line,) = lines_of(of_form(first))
    assert ("content", "ditto_without_above") in codes(line) and ("content", "missing") in codes(line)


def test_only_day_person_and_content_stop_a_line() -> None:
    lines = lines_of(of_form(*LINES))
    stopped = {line.number: {doubt.field for doubt in line.stops} for line in lines if line.stops}
    assert stopped == {5: {"date"}, 6: {"content"}}
    bare = ("", "1/2/26", "Nguyễn Văn A", "", "Xin gặp cán bộ", "", "", *[""] * 6)
    (line,) = lines_of(of_form(bare))
    assert line.stops == () and line.draft.id_kind is IdKind.OTHER and line.draft.people == 1
    assert {("id_number", "old_book_without"), ("classification", "old_book_without")} <= codes(line)


def test_an_unclassified_denunciation_is_kept_secret_by_its_content() -> None:
    told = (1, "1/2/26", "Nguyễn Văn A - Số 1", "", "Trình bày và tố cáo việc nhận tiền", "", 1, *[""] * 6)
    (line,) = lines_of(of_form(told))
    assert line.draft.is_secret and ("classification", "class_from_content") in codes(line)


def test_rows_without_a_visit_are_left_out_and_counted() -> None:
    book = of_form(
        LINES[0],
        ("Tháng 10 năm 2025", *[""] * 12),
        (2, "5/10", *LINES[1][2:]),
        ("STT", *HEADINGS_2026[1:]),
        ("", *[""] * 12),
        ("Tổng cộng", *[""] * 5, 2, *[""] * 6),
        ("", *[""] * 10, "Người lập sổ", ""),
    )
    left_out: dict[str, int] = {}
    lines = list(read_lines(book, recognise(book), BookFacts(2026), left_out))
    assert [line.number for line in lines] == [1, 2] and lines[1].draft.date == date(2025, 10, 5)
    assert left_out == {"period": 1, "heading": 1, "empty": 1, "total": 1, "foot": 1}


def test_a_row_that_goes_on_with_the_line_above_belongs_to_it() -> None:
    more = ("", "", "Trần Văn Đức", "", "", "", "", *[""] * 6)
    (line,) = lines_of(of_form((1, "1/2/26", "Nguyễn Thị Ẩn", "", "Kiến nghị", "KNPA", 2, *[""] * 6), more))
    assert line.rows == (6, 7) and [member.name for member in line.draft.members] == ["Nguyễn Thị Ẩn", "Trần Văn Đức"]


def test_merged_cells_repeat_the_day_and_do_not_make_a_visit_of_their_own() -> None:
    book = of_form(LINES[0], (2, "", *LINES[1][2:]))
    rows = list(book.rows)
    joined = Cell("5/9/26", "5/9/26", joined="above")
    rows[7] = (rows[7][0], joined, *rows[7][2:])
    lines = lines_of(Sheet("a", tuple(rows)))
    assert [line.draft.date for line in lines] == [date(2026, 9, 5), date(2026, 9, 5)]


def test_phone_paper_and_birth_inside_the_name_cell_are_found() -> None:
    told = "Nguyễn Văn A, sinh năm 1956, CCCD: 001056012345, ĐT: 0912 345 678 - Số 1 phố Mẫu"
    (line,) = lines_of(of_form((1, "1/2/26", told, "", "Kiến nghị", "KNPA", 1, *[""] * 6)))
    draft = line.draft
    assert (draft.name, draft.birth_date, draft.phone, draft.id_number) == (
        "Nguyễn Văn A", "1956", "0912345678", "001056012345",
    )  # fmt: skip
    assert draft.address == "Số 1 phố Mẫu"


def test_a_request_written_behind_the_content_is_parted_from_it() -> None:
    told = "Cống tắc gây ngập ngõ. Đề nghị: sửa chữa trước mùa mưa"
    (line,) = lines_of(of_form((1, "1/2/26", "Nguyễn Văn A", "", told, "KNPA", 1, *[""] * 6)))
    assert (line.draft.content, line.draft.request) == ("Cống tắc gây ngập ngõ", "sửa chữa trước mùa mưa")


def test_a_text_longer_than_the_program_keeps_is_cut_and_told() -> None:
    (line,) = lines_of(of_form((1, "1/2/26", "Nguyễn Văn A", "", "ầ" * 25_000, "KN", 1, *[""] * 6)))
    assert len(line.draft.content) == 20_000 and ("content", "text_cut") in codes(line)


@given(st.lists(st.tuples(*[st.text(max_size=30)] * 13), max_size=4))
def test_no_row_whatever_it_holds_breaks_the_reading(rows: list[tuple[str, ...]]) -> None:
    for line in lines_of(of_form(*rows)):
        assert line.rows and (line.stops or line.draft.date)
