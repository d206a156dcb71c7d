"""Mẫu số 02/TCD on paper."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from itertools import pairwise

import pypdf
import pytest

from tcd_desktop.documents.form_pack import form_for
from tcd_desktop.documents.receipt_slip import FORM, render_receipt_slip, slip_file_name
from tcd_desktop.documents.sheet_style import mm
from tcd_desktop.domain.people.person import Person
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.receipt_slip import ReceiptSlip
from tcd_desktop.domain.receptions.reception import Paper
from tcd_desktop.domain.terms import PaperCondition, Sex
from tests.documents.reading import fonts, one, page_texts, runs, starting, whole_text
from tests.documents.slips import GIVER, LETTERS, PAPERS, SLIP


def text_of(slip: ReceiptSlip) -> str:
    return whole_text(render_receipt_slip(slip))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_field_of_the_form_stands_in_its_order() -> None:
    text = text_of(SLIP)
    parts = [
        "Mẫu số 02/TCD",
        "ỦY BAN NHÂN DÂN QUẬN HAI BÀ TRƯNG ỦY BAN NHÂN DÂN PHƯỜNG BẠCH ĐẰNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "Số: 57/GBN-UBND",
        "Bạch Đằng, ngày 03 tháng 11 năm 2026",
        "GIẤY BIÊN NHẬN Thông tin, tài liệu",
        "Vào 08 giờ 05 phút ngày 03 tháng 11 năm 2026 tại: Phòng tiếp công dân, trụ sở UBND phường Bạch Đằng",
        "Tôi là: Trần Thị Ẩn Chức vụ: Công chức Tư pháp - Hộ tịch",
        "Đã nhận của ông: Nguyễn Văn Quỹ",
        "Số CCCD/Hộ chiếu (hoặc giấy tờ tùy thân): 001085000001, ngày cấp: 12/05/2021, nơi cấp: Cục Cảnh sát "
        "quản lý hành chính về trật tự xã hội",
        "Địa chỉ: Số 12, ngõ 34 phố Lương Yên, phường Bạch Đằng, quận Hai Bà Trưng, thành phố Hà Nội",
        "các thông tin, tài liệu sau:",
        "1. Đơn khiếu nại đề ngày 20/10/2026 (03 trang, bản chính);",
        "2. Quyết định số 152/QĐ-UBND ngày 08/9/2026 về việc xử phạt vi phạm hành chính (12 trang, bản phô tô);",
        "3. Giấy chứng nhận quyền sử dụng đất (04 trang, bản sao chứng thực).",
        "Giấy biên nhận thông tin, tài liệu, được lập thành 02 bản, giao cho người cung cấp thông tin, "
        "tài liệu 01 bản.",
        "NGƯỜI CUNG CẤP THÔNG TIN, TÀI LIỆU (Ký, ghi rõ họ tên) Nguyễn Văn Quỹ",
        "NGƯỜI NHẬN (Ký, ghi rõ họ tên, đóng dấu - nếu có) Trần Thị Ẩn",
    ]
    assert text == " ".join(parts)


def test_text_comes_back_composed_even_when_it_was_typed_decomposed() -> None:
    typed = replace(
        SLIP,
        office_name=unicodedata.normalize("NFD", SLIP.office_name),
        giver=replace(GIVER, name=unicodedata.normalize("NFD", GIVER.name)),
        papers=tuple(replace(paper, name=unicodedata.normalize("NFD", paper.name)) for paper in PAPERS),
    )
    assert render_receipt_slip(typed) == render_receipt_slip(SLIP)
    assert unicodedata.is_normalized("NFC", text_of(typed))


def test_every_vietnamese_letter_of_a_name_reaches_the_paper() -> None:
    text = text_of(replace(SLIP, giver=replace(GIVER, name=LETTERS)))
    assert squeezed(text).count(LETTERS) == 2


def test_a_slip_of_a_few_papers_is_one_page_without_page_number_or_footer() -> None:
    found = runs(render_receipt_slip(SLIP))
    assert {run.page for run in found} == {1}
    assert all(mm(20) < run.y < mm(277) for run in found)


def test_all_fonts_are_embedded() -> None:
    found = fonts(render_receipt_slip(SLIP))
    assert len(found) == 3
    assert all(font.embedded and font.subset and font.readable for font in found)


def test_the_two_signatures_stand_side_by_side_with_room_to_sign() -> None:
    found = runs(render_receipt_slip(SLIP))
    giver, receiver = one(found, "NGƯỜI CUNG CẤP"), one(found, "NGƯỜI NHẬN")
    assert giver.y == pytest.approx(receiver.y)
    assert giver.right < receiver.left
    signed = [run for run in found if run.text in (GIVER.name, SLIP.receiver_name)]
    assert len(signed) == 2
    assert signed[0].y == pytest.approx(signed[1].y)
    assert min(run.y for run in found if run.text.startswith("(Ký")) - signed[0].y >= mm(25)


@pytest.mark.parametrize(
    ("sex", "words"),
    [(Sex.MALE, "của ông: Nguyễn"), (Sex.FEMALE, "của bà: Nguyễn"), (None, "của ông (bà): Nguyễn")],
)
def test_a_person_is_addressed_by_the_sex_on_the_card(sex: Sex | None, words: str) -> None:
    assert words in text_of(replace(SLIP, giver=replace(GIVER, sex=sex)))


def test_a_denunciation_has_three_copies() -> None:
    assert "được lập thành 03 bản," in text_of(replace(SLIP, copies=3))


def test_a_slip_without_number_has_no_number_line() -> None:
    assert "Số:" not in text_of(replace(SLIP, number=""))


def test_an_office_without_superior_has_its_name_on_the_first_line() -> None:
    found = runs(render_receipt_slip(replace(SLIP, superior_name="")))
    country = one(found, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert one(found, "ỦY BAN NHÂN DÂN").y == pytest.approx(country.y)


def test_a_first_print_says_nothing_of_printing() -> None:
    assert "In lại" not in text_of(SLIP)


@pytest.mark.parametrize(("print_no", "mark"), [(2, "In lại lần 1"), (12, "In lại lần 11")])
def test_a_reprint_says_so_at_the_top_of_every_page(print_no: int, mark: str) -> None:
    pdf = render_receipt_slip(replace(SLIP, print_no=print_no, papers=PAPERS * 20))
    marks = [run for run in runs(pdf) if run.text == mark]
    assert [run.page for run in marks] == list(range(1, len(page_texts(pdf)) + 1))
    assert all(run.y > mm(277) for run in marks)


def test_a_practice_slip_says_that_it_is_worth_nothing() -> None:
    pdf = render_receipt_slip(replace(SLIP, practice=True))
    (mark,) = [run for run in runs(pdf) if not run.upright]
    assert mark.text == "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ"
    assert mark.left > 0
    assert mark.right < mm(210)
    assert "TẬP HUẤN" not in text_of(SLIP)


def test_a_slip_of_2025_is_printed_in_the_words_of_2021() -> None:
    text = text_of(replace(SLIP, at=datetime(2025, 2, 9, 15, 30)))
    assert "GIẤY BIÊN NHẬN Thông tin, tài liệu, bằng chứng" in text
    assert "NGƯỜI CUNG CẤP THÔNG TIN, TÀI LIỆU, BẰNG CHỨNG" in text
    assert "ngày 09 tháng 02 năm 2025" in text
    assert "bằng chứng" not in text_of(SLIP)


def test_the_words_of_2021_are_known_as_not_confirmed_and_those_of_2026_as_confirmed() -> None:
    assert form_for(FORM, date(2025, 3, 5)).unconfirmed
    assert not form_for(FORM, date(2026, 7, 1)).unconfirmed


def test_a_day_without_a_form_is_refused() -> None:
    with pytest.raises(Refused, match="no_form"):
        render_receipt_slip(replace(SLIP, at=datetime(2020, 5, 5, 9, 0)))


def test_what_is_unknown_is_left_as_dots_for_handwriting() -> None:
    slip = replace(SLIP, giver=Person(name="Lê Văn Tám"), receiver_title="", locality="")
    found = runs(render_receipt_slip(slip))
    for beginning in ("Địa chỉ: ....", "Chức vụ: ....", "........"):
        assert starting(found, beginning)
    assert ", ngày cấp: ......./......./............, nơi cấp: ...." in " ".join(run.text for run in found)
    dotted = [run for run in found if run.text.endswith("....")]
    assert dotted
    assert all(mm(195) - 4 < run.right <= mm(195) for run in dotted)


def test_without_papers_there_are_numbered_lines_to_fill_by_hand() -> None:
    found = runs(render_receipt_slip(replace(SLIP, papers=())))
    lines = [run for run in found if run.text.startswith(("1. ...", "2. ...", "3. ...", "4. ..."))]
    assert len(lines) == 4
    assert all(mm(195) - 4 < run.right <= mm(195) for run in lines)
    assert min(above.y - below.y for above, below in pairwise(lines)) >= mm(8)


def test_an_unknown_number_of_pages_and_condition_are_left_open() -> None:
    slip = replace(SLIP, papers=(Paper("Ảnh hiện trạng", None, PaperCondition.OTHER),))
    assert "1. Ảnh hiện trạng (........ trang, tình trạng: ...." in text_of(slip)


def test_sixty_papers_flow_over_pages_and_all_are_there() -> None:
    papers = tuple(Paper(f"Tài liệu số {number} về đất đai, nhà ở", number) for number in range(1, 61))
    pdf = render_receipt_slip(replace(SLIP, papers=papers))
    pages = page_texts(pdf)
    assert len(pages) >= 2
    text = " ".join(pages)
    for number in range(1, 61):
        assert f"{number}. Tài liệu số {number} về đất đai, nhà ở ({number:02d} trang, bản phô tô)" in text
    for number, page in enumerate(pages, start=1):
        assert f"Giấy biên nhận số 57/GBN-UBND - Trang {number}/{len(pages)}" in page
    assert "NGƯỜI NHẬN" in pages[-1]
    assert "được lập thành" in pages[-1]


@pytest.mark.parametrize("count", range(1, 40))
def test_signatures_are_never_on_a_page_of_their_own(count: int) -> None:
    slip = replace(SLIP, papers=(Paper("Biên bản làm việc với tổ dân phố", 2),) * count)
    last = page_texts(render_receipt_slip(slip))[-1]
    assert last.index("được lập thành") < last.index("NGƯỜI NHẬN")


def test_a_slip_that_spills_a_little_is_set_smaller_instead() -> None:
    sizes = {}
    for count in range(1, 14):
        slip = replace(SLIP, papers=(Paper("Biên bản làm việc với tổ dân phố", 2),) * count)
        found = runs(render_receipt_slip(slip))
        sizes[count] = (starting(found, "Đã nhận").size, max(run.page for run in found))
    assert [sizes[1], sizes[13]] == [(14, 1), (14, 2)]
    assert (13, 1) in sizes.values()


AWKWARD = [
    "Nguyễn " * 43,
    "x" * 200,
    "W" * 300,
    "<b>Nguyễn</b> &amp; <para> &lt; {giver_name} %s \\n",
    "Đỗ\nThị\tQuỹ\r\n",
    "q\u0301 x\u0323 m\u0302 " * 6,
]


@pytest.mark.parametrize("awkward", AWKWARD, ids=["long", "one word", "wide", "markup", "breaks", "marks"])
def test_nothing_typed_passes_the_margins_or_gets_lost(awkward: str) -> None:
    slip = replace(
        SLIP,
        superior_name=awkward,
        office_name=awkward,
        locality=awkward,
        place=awkward,
        receiver_name=awkward,
        receiver_title=awkward,
        giver=replace(GIVER, name=awkward, id_number=awkward, id_place=awkward, address=awkward),
        papers=(Paper(awkward, 1), Paper(awkward, 99_999)),
        number=awkward,
        print_no=2,
    )
    pdf = render_receipt_slip(slip)
    for run in runs(pdf):
        assert run.left >= mm(30) - 1, run
        # PDFium takes the box of a mark without a letter of its own to be wider than its ink.
        assert run.right <= mm(195) + (3 if "\u0302" in run.text else 0.2), run
        assert run.y >= mm(11), run
    typed = squeezed(unicodedata.normalize("NFC", awkward))
    drawn = squeezed("".join(run.text for run in runs(pdf)))
    # number, locality, place, receiver and title, giver, id, its place, address, two papers, two names
    assert drawn.count(typed) >= 12
    assert drawn.count(typed.upper()) >= 2


def test_the_same_slip_gives_the_same_bytes() -> None:
    assert render_receipt_slip(SLIP) == render_receipt_slip(replace(SLIP))
    assert render_receipt_slip(SLIP) != render_receipt_slip(replace(SLIP, print_no=2))


@pytest.fixture
def eager_threads() -> Iterator[None]:
    """Threads take turns a thousand times more often, so that what they must not share shows."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 1000)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("eager_threads")
def test_slips_made_in_several_threads_are_the_same() -> None:
    slips = [replace(SLIP, number=str(number), papers=PAPERS * (1 + number % 4)) for number in range(60)]
    expected = [render_receipt_slip(slip) for slip in slips]
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(render_receipt_slip, slips)) == expected


def test_the_file_carries_the_office_and_nothing_about_the_person() -> None:
    metadata = pypdf.PdfReader(BytesIO(render_receipt_slip(SLIP))).metadata
    assert metadata is not None
    assert metadata.title == "Giấy biên nhận thông tin, tài liệu 57/GBN-UBND"
    assert metadata.author == SLIP.office_name
    assert str(metadata["/CreationDate"]) == "D:20261103080500+07'00'"
    assert not [value for value in metadata.values() if "Quỹ" in str(value) or "001085" in str(value)]


@pytest.mark.parametrize(
    ("number", "print_no", "name"),
    [
        ("57/2026", 1, "bien-nhan-57-2026.pdf"),
        ("57-B/2026", 3, "bien-nhan-57-B-2026-in-lai-2.pdf"),
        ("05/GBN-UBND", 1, "bien-nhan-05-GBN-UBND.pdf"),
        ("", 1, "bien-nhan-20261103-0805.pdf"),
        ("../..\\:*", 1, "bien-nhan-20261103-0805.pdf"),
    ],
)
def test_a_file_is_named_by_its_number(number: str, print_no: int, name: str) -> None:
    assert slip_file_name(number, SLIP.at, print_no=print_no) == name
