"""What a letter is as a file: pages and their numbers, appendices, fonts, language, marks of drafts and reprints."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdf
import pytest

from tcd_desktop.documents.letter import render_letter
from tcd_desktop.documents.sheet_style import mm
from tcd_desktop.domain.letters.letter_text import LetterLayout
from tests.documents.letters import LONG, PLAIN, paper
from tests.documents.reading import fonts, heard, one, page_texts, runs, starting, whole_text

LEFT, RIGHT = mm(30), mm(210 - 15)


def test_pages_are_numbered_from_the_second_and_appendices_on_their_own() -> None:
    pdf = render_letter(LONG)
    texts = page_texts(pdf)
    found = runs(pdf)
    tops = {
        page: [run for run in found if run.page == page and run.y > mm(297 - 19) and run.text.isdigit()]
        for page in range(1, len(texts) + 1)
    }
    appendix = next(page for page, text in enumerate(texts, start=1) if "DANH MỤC TÀI LIỆU" in text)
    second = next(page for page, text in enumerate(texts, start=1) if "DANH SÁCH HỘ DÂN" in text)
    numbers = {page: [run.text for run in tops[page]] for page in tops}
    assert numbers[1] == numbers[appendix] == numbers[second] == []
    assert numbers[2] == ["2"]
    assert numbers[appendix + 1] == ["2"]
    run = tops[2][0]
    assert (run.left + run.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=1)
    assert 13 <= run.size <= 14


def test_an_appendix_says_what_it_belongs_to() -> None:
    pdf = render_letter(LONG)
    found = runs(pdf)
    name, title = one(found, "Phụ lục I"), one(found, "DANH MỤC TÀI LIỆU")
    note = starting(found, "(Kèm theo Công văn số 05/UBND-TCD")
    assert (name.face, name.size) == ("LiberationSerif-Bold", title.size)
    assert title.face == "LiberationSerif-Bold"
    assert note.face == "LiberationSerif-Italic"
    assert name.y > title.y > note.y


def test_the_head_of_a_table_stands_on_every_page_of_the_table() -> None:
    pdf = render_letter(LONG)
    rows = [page for page, text in enumerate(page_texts(pdf), start=1) if "Tài liệu số" in text]
    heads = [run.page for run in runs(pdf) if run.text == "Tên tài liệu"]
    assert len(rows) >= 2
    assert heads == rows


@pytest.mark.parametrize("layout", list(LetterLayout))
def test_fonts_are_inside_and_the_text_comes_back_composed(layout: LetterLayout) -> None:
    decomposed = unicodedata.normalize("NFD", "Đề nghị ông Nguyễn Văn Quỹ thực hiện việc giải quyết khiếu nại")
    pdf = render_letter(replace(PLAIN, layout=layout, type_name="Thông báo", body=(decomposed,)))
    assert all(font.embedded and font.subset and font.readable for font in fonts(pdf))
    text = whole_text(pdf)
    assert unicodedata.normalize("NFC", decomposed) in text
    assert unicodedata.is_normalized("NFC", text)


def test_the_file_says_its_language_and_number_but_not_what_it_is_about() -> None:
    secret = replace(PLAIN, about="tố cáo của bà Đỗ Thị Ỷ", type_name="Thông báo")
    pdf = render_letter(secret)
    reader = pypdf.PdfReader(BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "vi"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Thông báo 05/UBND-TCD"
    assert "Đỗ" not in " ".join(str(value) for value in reader.metadata.values())


def test_the_paper_tells_its_structure_in_the_order_of_reading() -> None:
    told = heard(render_letter(paper("complaint-suspension")))
    names = [name for name, _text in told]
    assert [text for _name, text in told[:4]] == [
        "Mẫu số 14a",
        "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI ỦY BAN NHÂN DÂN PHƯỜNG BẠCH ĐẰNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "Số: 05/QĐ-UBND",
    ]
    assert ("H1", "QUYẾT ĐỊNH Về việc tạm đình chỉ giải quyết khiếu nại") in told
    assert ("H2", "QUYẾT ĐỊNH:") in told
    assert ("P", "Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký.") in told
    assert told[-1] == ("P", "CHỦ TỊCH Phạm Thị Hòa")
    assert names.count("H1") == 1


def test_a_paragraph_and_a_table_over_two_pages_are_one_thing_to_the_ear() -> None:
    told = heard(render_letter(LONG))
    paragraphs = [text for name, text in told if name == "P" and text[0].isdigit()]
    assert paragraphs == [line.strip() for line in LONG.body[:13]]
    assert [text for name, text in told if name == "TH"] == ["TT", "Tên tài liệu", "Số trang"]
    assert [text for name, text in told if name == "TD"][-3:] == ["60", "Tài liệu số 60 của hồ sơ", "60"]


def test_page_numbers_and_the_foot_are_not_read() -> None:
    told = " ".join(text for _name, text in heard(render_letter(LONG)))
    assert "Trang" not in told
    assert "Trang 2/6" in whole_text(render_letter(LONG))


def test_pages_are_packed_as_bytes() -> None:
    for page in pypdf.PdfReader(BytesIO(render_letter(LONG))).pages:
        contents: Any = page["/Contents"]
        assert contents["/Filter"] in ("/FlateDecode", ["/FlateDecode"])


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert render_letter(PLAIN) == render_letter(replace(PLAIN))


def test_a_draft_says_so_on_every_page_and_carries_no_code() -> None:
    pdf = render_letter(replace(LONG, draft=True, code="TCD1:HN-BD:5/2026:REMINDER"))
    found = [run for run in runs(pdf) if run.text == "DỰ THẢO"]
    assert [run.page for run in found] == list(range(1, len(page_texts(pdf)) + 1))
    assert all(mm(297) - run.y < mm(20) and run.right < RIGHT for run in found)
    assert "DỰ THẢO" not in whole_text(render_letter(LONG))


def test_a_reprint_and_a_practice_letter_say_so() -> None:
    assert "In lại lần 2" in whole_text(render_letter(replace(PLAIN, print_no=3)))
    assert "In lại" not in whole_text(render_letter(PLAIN))
    assert "BẢN TẬP HUẤN" in whole_text(render_letter(replace(PLAIN, practice=True)))


@pytest.mark.parametrize("layout", list(LetterLayout))
def test_what_spills_a_little_is_set_smaller_rather_than_on_a_new_page(layout: LetterLayout) -> None:
    """From one line to twenty: before a second page comes, the letters have shrunk to 13 points, never below."""
    sizes, pages = set(), []
    for count in range(1, 26):
        body = tuple(f"{number}. Nội dung cần giải quyết theo quy định của pháp luật." for number in range(count))
        pdf = render_letter(replace(PLAIN, layout=layout, type_name="Thông báo", body=body))
        pages.append(len(page_texts(pdf)))
        sizes |= {run.size for run in runs(pdf) if run.text.startswith("0. Nội")}
    assert sizes == {13.0, 14.0}
    assert pages == sorted(pages)
    assert pages[0] == 1


@pytest.mark.parametrize("count", range(1, 31))
def test_no_signature_stands_on_a_page_without_words(count: int) -> None:
    """However long the minutes are: four sign, two in a row, and the last row never stands alone on a page."""
    body = tuple(f"{number}. Nội dung làm việc của buổi tiếp công dân." for number in range(1, count + 1))
    pages = page_texts(render_letter(replace(paper("reception-minutes"), body=body)))
    assert all("Nội dung làm việc" in page for page in pages)


def test_lines_of_one_block_are_words_apart_for_the_ear() -> None:
    """Else some readers say "NHÂN DÂNTHÀNH PHỐ"."""
    page = pypdf.PdfReader(BytesIO(render_letter(PLAIN))).pages[0]
    shown: list[list[bytes]] = []
    contents = page.get_contents()
    assert contents is not None
    for operands, operator in pypdf.generic.ContentStream(contents, None).operations:
        if operator == b"BDC":
            shown.append([])
        elif operator == b"Tj" and shown:
            shown[-1].append(operands[0].original_bytes)
    blocks = [block for block in shown if len(block) > 1]
    assert len(blocks) >= 4
    for block in blocks:
        assert [line.endswith(b" ") for line in block] == [True] * (len(block) - 1) + [False]
