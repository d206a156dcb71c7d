"""Files of old books: what is in them is read, and hostile ones are refused with a code.

`old-book.xls` is a small Excel 97 book (written once with xlwt 1.3, which is no dependency): a title, the headings of
Mẫu số 03/TCD 2026 in two merged rows, the numbering row, four lines - a real date with the name in .VnTimeH and the
content in .VnTime, VNI-Times with an identity number kept as a number, a date merged over two rows with a name of two
fonts - and an empty second sheet.
"""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tcd_desktop.domain.old_book.old_book_columns import LAYOUT_2026, recognise
from tcd_desktop.domain.old_book.old_book_rows import BookFacts, read_lines
from tcd_desktop.domain.old_book.old_book_sheet import Sheet
from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import Cancelled
from tcd_desktop.old_books import book_file
from tcd_desktop.old_books.book_file import BookKind, open_book, read_sheet
from tcd_desktop.old_books.refused_rows import write_refused
from tests.old_books_made import HEADINGS_2026, LINES, decomposed, in_tcvn3, in_vni, make_excel

XLS = Path(__file__).with_name("old-book.xls")


def read(path: Path, index: int = 0) -> Sheet:
    return read_sheet(open_book(path), index)


def code_of(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        read(path)
    return refused.value.code


# --- Excel ------------------------------------------------------------------------------------------


def test_an_excel_book_is_read_with_its_fonts_and_merged_headings(tmp_path: Path) -> None:
    styles: list[tuple[Callable[[str], str], str]] = [
        (in_tcvn3, ".VnTime"),
        (in_vni, "VNI-Times"),
        (decomposed, "Arial"),
        (str, "Times New Roman"),
    ]
    path = make_excel(tmp_path / "a.xlsx", LINES[:4], styled=lambda row: styles[row])
    sheet = read(path)
    layout = recognise(sheet)
    assert layout.columns == LAYOUT_2026
    lines = list(read_lines(sheet, layout, BookFacts(2026)))
    assert [line.draft.name for line in lines] == ["Nguyễn Thị Ẩn", "Trần Văn Đức", "Đỗ Thị Quỹ", "Phạm Thị Kín"]
    assert [line.mended for line in lines] == [3, 3, 2, 0]
    assert lines[1].draft.forwarded_to == "UBND quận" and lines[1].draft.forwarding_number == "15/UBND-TCD"


def test_an_old_excel_book_is_read_with_dates_fonts_parts_and_merged_cells() -> None:
    book = open_book(XLS)
    assert book.kind is BookKind.XLS and book.sheets == ("So 2026", "Trong")
    sheet = read_sheet(book, 0)
    lines = list(read_lines(sheet, recognise(sheet), BookFacts(2026)))
    assert [line.draft.date for line in lines] == [date(2026, 9, day) for day in (5, 6, 7, 7)]
    assert [line.draft.name for line in lines] == ["Nguyễn Thị Ẩn", "Trần Văn Đức", "Đỗ Thị Quỹ", "Vũ Thị Hường"]
    assert lines[0].draft.content == "Khiếu nại việc bồi thường, hỗ trợ khi thu hồi đất"
    assert lines[1].draft.id_number == "001056012345"
    assert read_sheet(book, 1).rows == ()


def test_a_cell_with_two_fonts_is_mended_part_by_part(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page, old, new = book.add_worksheet(), book.add_format({"font_name": ".VnTime"}), book.add_format()
    page.write_rich_string(0, 0, old, in_tcvn3("Bộ Quỹ Đỗ"), new, " - Bé Hà, phố Huế")
    book.close()
    assert read(tmp_path / "a.xlsx").cell(0, 0).text == "Bộ Quỹ Đỗ - Bé Hà, phố Huế"


def test_formula_cells_give_their_last_value_and_never_the_formula(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page = book.add_worksheet()
    page.write_formula(0, 0, "=1+1", None, 2)
    page.write_formula(0, 1, '=WEBSERVICE("http://example.invalid")')
    page.write_string(0, 2, "=cmd|' /C calc'!A0")
    book.close()
    sheet = read(tmp_path / "a.xlsx")
    assert sheet.cell(0, 0).text == "2" and "WEBSERVICE" not in sheet.cell(0, 1).text


def test_cells_of_a_megabyte_are_cut_to_what_excel_keeps(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("STT,Ngày tiếp,Họ tên,Nội dung\n1,1/2/26,Nguyễn Văn A," + "ầ " * 500_000, "utf-8")
    sheet = read(tmp_path / "a.csv")
    assert len(sheet.cell(1, 3).text) == book_file.LONGEST_CELL
    (line,) = read_lines(sheet, recognise(sheet), BookFacts(2026))
    assert 19_990 < len(line.draft.content) <= 20_000


def test_long_runs_of_blanks_and_signs_in_a_name_cell_take_no_time(tmp_path: Path) -> None:
    heads = "STT;Ngày tiếp;Họ tên - Địa chỉ;Nội dung"
    for nasty in (" " * 32_000, "-" * 32_000, "(" * 32_000, "1 " * 16_000, ", " * 16_000, '""' * 16_000):
        (tmp_path / "a.csv").write_text(f'{heads}\n1;1/2/26;"A{nasty}";b', encoding="utf-8")
        sheet = read(tmp_path / "a.csv")
        assert len(list(read_lines(sheet, recognise(sheet), BookFacts(2026)))) == 1


# --- CSV --------------------------------------------------------------------------------------------

TEXT = "\r\n".join(
    ";".join(f'"{value}"' for value in row)
    for row in (HEADINGS_2026[:6], *(line[:6] for line in (LINES[0], LINES[1], LINES[3])))
)


@pytest.mark.parametrize(
    ("content", "mended"),
    [
        (TEXT.encode("utf-8"), False),
        (TEXT.encode("utf-8-sig"), False),
        (TEXT.encode("utf-16"), False),
        (TEXT.encode("utf-16-le"), False),
        (decomposed(TEXT).encode("utf-8"), True),
        (in_tcvn3(TEXT).encode("latin-1"), True),
        (in_tcvn3(TEXT).encode("utf-8"), True),
        (in_vni(TEXT).encode("cp1252"), True),
        (in_vni(TEXT).encode("utf-8-sig"), True),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-bare", "decomposed", "tcvn3", "tcvn3-utf-8", "vni", "vni-utf-8"],
)
def test_csv_files_of_every_encoding_say_the_same(tmp_path: Path, content: bytes, mended: bool) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    sheet = read(tmp_path / "a.csv")
    assert sheet.cell(1, 4).text.lower() == str(LINES[0][4]).lower()
    lines = list(read_lines(sheet, recognise(sheet), BookFacts(2026)))
    assert [line.draft.name for line in lines] == ["Nguyễn Thị Ẩn", "Trần Văn Đức", "Phạm Thị Kín"]
    assert (lines[0].mended > 0) is mended
    assert lines[1].draft.id_number == "001056012345"


def test_cp1258_is_not_taken_for_tcvn3(tmp_path: Path) -> None:
    def in_cp1258(text: str) -> bytes:
        import unicodedata

        out = b""
        for letter in text:
            try:
                out += letter.encode("cp1258")
            except UnicodeEncodeError:
                parts = unicodedata.normalize("NFD", letter)
                tone = next(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
                out += unicodedata.normalize("NFC", parts.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")
        return out

    (tmp_path / "a.csv").write_bytes(in_cp1258(TEXT))
    sheet = read(tmp_path / "a.csv")
    assert sheet.cell(1, 4).text == LINES[0][4] and sheet.cell(1, 2).text == LINES[0][2]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path: Path, sign: str) -> None:
    (tmp_path / "a.csv").write_text(TEXT.replace('";"', f'"{sign}"'), encoding="utf-8")
    assert read(tmp_path / "a.csv").width == 6


def test_lines_within_quotes_stay_in_their_cell(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('STT,Họ tên - Địa chỉ,Nội dung\n1,"Nguyễn Văn A\nSố 5",x\n', encoding="utf-8")
    assert read(tmp_path / "a.csv").cell(1, 1).text == "Nguyễn Văn A\nSố 5"


# --- hostile files ----------------------------------------------------------------------------------


def test_no_file_a_folder_and_an_empty_file_are_refused(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.xlsx") == "file_missing"
    assert code_of(tmp_path) == "file_unreadable"
    (tmp_path / "a.xlsx").write_bytes(b"")
    assert code_of(tmp_path / "a.xlsx") == "book_empty"


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("begins", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_random_bytes_are_refused_or_read_and_nothing_else(tmp_path: Path, seed: int, begins: bytes) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(begins + random.Random(seed).randbytes(3000))
    try:
        read(path)
    except Refused as refused:
        assert refused.code.startswith("book_")


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_book_that_was_cut_off_is_damaged(tmp_path: Path, cut: float) -> None:
    whole = make_excel(tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "b.xlsx").write_bytes(whole[: int(len(whole) * cut)])
    assert code_of(tmp_path / "b.xlsx") == "book_damaged"
    (tmp_path / "c.xls").write_bytes(XLS.read_bytes()[: int(XLS.stat().st_size * cut / 2)])
    assert code_of(tmp_path / "c.xls") == "book_damaged"


@pytest.mark.parametrize("place", [200, 1200, 3000])
def test_flipped_bytes_of_an_old_excel_book_never_break_the_program(tmp_path: Path, place: int) -> None:
    content = bytearray(XLS.read_bytes())
    for step in range(0, 400, 7):
        content[place + step] ^= 0xA5
    (tmp_path / "a.xls").write_bytes(bytes(content))
    try:
        read(tmp_path / "a.xls")
    except Refused as refused:
        assert refused.code.startswith("book_")


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b"\0" * (410 * 2**20))
    assert (tmp_path / "a.xlsx").stat().st_size < 2**20
    assert code_of(tmp_path / "a.xlsx") == "book_too_big"


def test_entities_in_a_book_are_refused(tmp_path: Path) -> None:
    source = zipfile.ZipFile(make_excel(tmp_path / "a.xlsx"))
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/workbook.xml":
                content = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>' + content
            target.writestr(name, content)
    assert code_of(tmp_path / "b.xlsx") == "book_damaged"


def test_a_password_is_told(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    (tmp_path / "a.xlsx").write_bytes(ole)
    assert code_of(tmp_path / "a.xlsx") == "book_password"


@pytest.mark.parametrize("content", [b"<html><table></table></html>", b"%PDF-1.7", b"MZ\0\0\0\1\2\3\0", b"{\\rtf1}"])
def test_files_of_other_kinds_are_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xls").write_bytes(content)
    assert code_of(tmp_path / "a.xls") == "book_unknown"


def test_a_zip_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("readme.txt", "x")
    assert code_of(tmp_path / "a.xlsx") == "book_unknown"


def test_too_many_rows_and_too_large_a_file_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("a,b\n" * (book_file.MOST_ROWS + 200), encoding="utf-8")
    assert code_of(tmp_path / "a.csv") == "book_too_many_rows"
    monkeypatch.setattr(book_file, "MOST_BYTES", 1000)
    (tmp_path / "b.csv").write_bytes(b"a" * 1001)
    assert code_of(tmp_path / "b.csv") == "book_too_big"


def test_a_sheet_whose_last_cell_is_in_the_last_row_of_excel_ends_where_its_rows_end(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"] = "STT", "Ngày tiếp"
    book.active.cell(1_048_576, 1, "x")
    book.save(tmp_path / "a.xlsx")
    assert len(read(tmp_path / "a.xlsx").rows) == 1


def test_reading_stops_when_it_is_asked_to(tmp_path: Path) -> None:
    class Impatient:
        def step(self, done: int, total: int, text: str = "") -> None: ...
        def cancelled(self) -> bool:
            return True

    (tmp_path / "a.csv").write_text("a,b\n" * 1000, encoding="utf-8")
    with pytest.raises(Cancelled):
        read_sheet(open_book(tmp_path / "a.csv"), 0, Impatient())


# --- refused rows -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["rest.xlsx", "rest.csv"])
def test_refused_rows_have_the_books_columns_and_the_reason_and_can_be_read_again(tmp_path: Path, name: str) -> None:
    sheet = read(make_excel(tmp_path / "a.xlsx", styled=lambda _row: (in_vni, "VNI-Times")))
    layout = recognise(sheet)
    write_refused(tmp_path / name, sheet, layout, [(10, "Ngày tiếp: không phải ngày tháng.")])
    again = read(tmp_path / name)
    found = recognise(again)
    assert found.columns[:13] == layout.columns and found.signature == layout.signature
    (line,) = read_lines(again, found, BookFacts(2026))
    assert line.number == 5 and line.draft.name == "Vũ Thị Hường"
    assert again.cell(line.rows[0], 13).text == "Ngày tiếp: không phải ngày tháng."
    assert not list(tmp_path.glob("*.part"))


def test_no_refused_row_becomes_a_formula(tmp_path: Path) -> None:
    sheet = read(make_excel(tmp_path / "a.xlsx", [(1, "1/2/26", "=HYPERLINK(1)", "", "@cmd", "KN", 1, *[""] * 6)]))
    layout = recognise(sheet)
    write_refused(tmp_path / "rest.csv", sheet, layout, [(6, "=1")])
    text = (tmp_path / "rest.csv").read_text(encoding="utf-8-sig")
    assert '"=' not in text and '"@' not in text
    write_refused(tmp_path / "rest.xlsx", sheet, layout, [(6, "=1")])
    content = zipfile.ZipFile(io.BytesIO((tmp_path / "rest.xlsx").read_bytes())).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in content


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    sheet = read(make_excel(tmp_path / "a.xlsx"))
    with pytest.raises(Refused) as refused:
        write_refused(tmp_path / "no" / "rest.xlsx", sheet, recognise(sheet), [(10, "x")])
    assert refused.value.code == "file_unwritable" and os.listdir(tmp_path) == ["a.xlsx"]
