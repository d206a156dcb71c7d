"""The sheet measured on the finished PDF against NĐ 30/2020/NĐ-CP Phụ lục I."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from itertools import pairwise

import pypdf
import pytest

from tcd_desktop.documents.fonts import Face, text_width
from tcd_desktop.documents.raster import page_image
from tcd_desktop.documents.sheet import Sheet, SignatureBlock, month_number, two_digits
from tcd_desktop.documents.sheet_pdf import PageMarks, SheetInfo
from tcd_desktop.documents.sheet_style import COMFORTABLE, COMPACT, SheetStyle, mm
from tests.documents.reading import (
    Run,
    Stroke,
    fonts,
    one,
    page_texts,
    runs,
    starting,
    strokes,
    whole_text,
)
from tests.documents.slips import LETTERS

INFO = SheetInfo("Thông báo", "UBND phường Bạch Đằng", datetime(2026, 2, 3, 8, 5))
BODY = (
    "Ủy ban nhân dân phường Bạch Đằng nhận được đơn của ông Nguyễn Văn Quỹ trình bày về việc cấp giấy chứng "
    "nhận quyền sử dụng đất tại ngõ 34 phố Lương Yên và thông báo để ông được biết, thực hiện."
)
SIGNER = SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), name="Phạm Thị Hòa")
NEARLY = 0.6
"""Points: the ink of a letter begins a little beside its origin."""


def notice(style: SheetStyle = COMFORTABLE, marks: PageMarks | None = None, paragraphs: int = 2) -> Sheet:
    sheet = Sheet(INFO, style=style, marks=marks)
    sheet.letterhead("Ủy ban nhân dân quận Hai Bà Trưng", "Ủy ban nhân dân phường Bạch Đằng")
    sheet.number_and_date("Số: 05/TB-UBND", "Bạch Đằng, ngày 03 tháng 02 năm 2026")
    sheet.title("Thông báo", "Về việc từ chối tiếp công dân")
    sheet.addressee("Kính gửi:", ["Ông Nguyễn Văn Quỹ"])
    sheet.paragraph("Căn cứ Luật Tiếp công dân;", face=Face.ITALIC)
    for number in range(paragraphs):
        sheet.paragraph(f"{number + 1}. {BODY}")
    sheet.closing("Nơi nhận:", ["- Như trên;", "- Lưu: VT, hồ sơ."], SIGNER)
    return sheet


@pytest.fixture(scope="module", params=[COMFORTABLE, COMPACT], ids=["14pt", "13pt"])
def pdf(request: pytest.FixtureRequest) -> bytes:
    return notice(request.param).finish()


@pytest.fixture(scope="module")
def paper(pdf: bytes) -> list[Run]:
    return runs(pdf)


@pytest.fixture(scope="module")
def rules(pdf: bytes) -> list[Stroke]:
    return strokes(pdf)


def test_the_page_is_a4_upright(pdf: bytes) -> None:
    box = pypdf.PdfReader(BytesIO(pdf)).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((mm(210), mm(297)), abs=0.01)


def test_all_text_stays_inside_margins_the_law_allows(paper: list[Run]) -> None:
    left, right = min(run.left for run in paper), max(run.right for run in paper)
    top, bottom = max(run.y for run in paper), min(run.y for run in paper)
    assert mm(30) - NEARLY <= left <= mm(35)
    assert mm(15) - NEARLY <= mm(210) - right <= mm(20)
    assert mm(20) <= mm(297) - top - 13 * 0.7 <= mm(25)
    assert bottom >= mm(20)


COMPONENTS = [
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Bold", 12, 13),
    ("Độc lập - Tự do - Hạnh phúc", "Bold", 13, 14),
    ("QUẬN HAI BÀ TRƯNG", "", 12, 13),
    ("PHƯỜNG BẠCH ĐẰNG", "Bold", 12, 13),
    ("Số: 05/TB-UBND", "", 13, 13),
    ("Bạch Đằng, ngày 03 tháng 02 năm 2026", "Italic", 13, 14),
    ("THÔNG BÁO", "Bold", 13, 14),
    ("Về việc từ chối tiếp công dân", "Bold", 13, 14),
    ("Kính gửi:", "", 13, 14),
    ("Căn cứ Luật Tiếp công dân;", "Italic", 13, 14),
    ("CHỦ TỊCH", "Bold", 13, 14),
    ("Phạm Thị Hòa", "Bold", 13, 14),
    ("Nơi nhận:", "BoldItalic", 12, 12),
    ("- Lưu: VT, hồ sơ.", "", 11, 11),
]


@pytest.mark.parametrize(("text", "style", "least", "most"), COMPONENTS, ids=[c[0] for c in COMPONENTS])
def test_a_component_has_the_size_and_style_of_the_law(
    paper: list[Run], text: str, style: str, least: float, most: float
) -> None:
    run = one(paper, text)
    assert run.face == "LiberationSerif" + (f"-{style}" if style else "")
    assert least <= run.size <= most


def test_the_rule_under_the_motto_is_as_long_as_its_text(paper: list[Run], rules: list[Stroke]) -> None:
    motto = one(paper, "Độc lập - Tự do - Hạnh phúc")
    rule = min(rules, key=lambda rule: abs(rule.left - motto.left))
    assert (rule.left, rule.right) == pytest.approx((motto.left, motto.right), abs=1.5)
    assert 2 < motto.y - rule.y < 8


@pytest.mark.parametrize("text", ["PHƯỜNG BẠCH ĐẰNG", "Về việc từ chối tiếp công dân"])
def test_the_rule_under_office_and_subject_is_a_third_to_a_half(
    paper: list[Run], rules: list[Stroke], text: str
) -> None:
    line = one(paper, text)
    middle = (line.left + line.right) / 2
    below = [rule for rule in rules if abs((rule.left + rule.right) / 2 - middle) < 2 and 0 < line.y - rule.y < 9]
    assert len(below) == 1
    assert 1 / 3 <= (below[0].right - below[0].left) / (line.right - line.left) <= 1 / 2


def test_office_and_country_begin_on_the_same_line_and_do_not_touch(paper: list[Run]) -> None:
    country = one(paper, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    first, *_ = [run for run in paper if run.text == "ỦY BAN NHÂN DÂN"]
    assert first.y == pytest.approx(country.y, abs=0.01)
    office = [run for run in paper if run.right < country.left and run.y > country.y - 60]
    assert len(office) == 4


def test_number_and_date_stand_on_one_line(paper: list[Run]) -> None:
    number = one(paper, "Số: 05/TB-UBND")
    assert one(paper, "Bạch Đằng, ngày 03 tháng 02 năm 2026").y == pytest.approx(number.y, abs=1)


def test_title_and_subject_are_in_the_middle_of_the_text(paper: list[Run]) -> None:
    middle = mm(30) + mm(165) / 2
    for text in ("THÔNG BÁO", "Về việc từ chối tiếp công dân"):
        run = one(paper, text)
        assert (run.left + run.right) / 2 == pytest.approx(middle, abs=1)


def test_a_paragraph_has_its_first_line_set_in_and_both_margins_straight(paper: list[Run]) -> None:
    first = starting(paper, "1. Ủy ban nhân dân")
    body = paper[paper.index(first) : paper.index(starting(paper, "2. Ủy ban nhân dân"))]
    assert mm(10) <= first.x - mm(30) <= mm(12.7) + 0.01
    assert [run.x for run in body[1:]] == pytest.approx([mm(30)] * len(body[1:]), abs=0.01)
    # Letters have up to a point of white at their right.
    assert all(mm(195) - 1.2 <= run.right <= mm(195) + 0.1 for run in body[:-1])


def test_lines_are_single_to_one_and_a_half_apart_and_paragraphs_six_points_more(paper: list[Run]) -> None:
    start, following = starting(paper, "1. Ủy ban"), starting(paper, "2. Ủy ban")
    body = paper[paper.index(start) : paper.index(following) + 1]
    steps = [above.y - below.y for above, below in pairwise(body)]
    assert all(1.15 <= step / start.size <= 1.5 for step in steps[:-1])
    assert steps[-1] - steps[0] >= 6 - 0.01


def test_recipients_stand_level_with_the_title_of_the_signer(paper: list[Run]) -> None:
    heading, signer = one(paper, "Nơi nhận:"), one(paper, "TM. ỦY BAN NHÂN DÂN")
    assert heading.y == pytest.approx(signer.y, abs=3)
    assert heading.x == pytest.approx(mm(30), abs=NEARLY)
    assert one(paper, "- Như trên;").right < signer.left


def test_there_is_room_to_sign_and_stamp(paper: list[Run]) -> None:
    assert one(paper, "CHỦ TỊCH").y - one(paper, "Phạm Thị Hòa").y >= mm(25)


def test_all_fonts_are_embedded_subsets_that_can_be_read_back(pdf: bytes) -> None:
    found = fonts(pdf)
    assert {font.name for font in found} == {f"LiberationSerif{s}" for s in ("", "-Bold", "-Italic", "-BoldItalic")}
    assert all(font.embedded and font.subset and font.readable for font in found)


def test_the_file_says_what_it_is_who_issued_it_and_when(pdf: bytes) -> None:
    reader = pypdf.PdfReader(BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "Thông báo"
    assert reader.metadata.author == "UBND phường Bạch Đằng"
    assert str(reader.metadata["/CreationDate"]) == "D:20260203080500+07'00'"
    assert str(reader.root_object["/Lang"]) == "vi"
    assert reader.pdf_header >= "%PDF-1.4"


def test_page_numbers_stand_in_the_middle_of_the_top_margin_from_the_second_page_on() -> None:
    sheet = notice(paragraphs=40)
    assert len(sheet.pages()) >= 3
    found = runs(sheet.finish())
    top = [run for run in found if run.y > mm(297 - 20)]
    assert [(run.page, run.text) for run in top] == [(page, str(page)) for page in range(2, len(sheet.pages()) + 1)]
    for run in top:
        assert 13 <= run.size <= 14
        assert run.face == "LiberationSerif"
        assert (run.left + run.right) / 2 == pytest.approx(mm(30) + mm(165) / 2, abs=0.5)
        assert mm(297 - 20) < run.y < mm(297 - 5)


@pytest.mark.parametrize("paragraphs", range(4, 30))
def test_a_signature_never_stands_alone_and_no_paragraph_leaves_a_line_behind(paragraphs: int) -> None:
    pages = notice(paragraphs=paragraphs).pages()
    inks = [[ink.text for placed in page for ink in placed.row.inks] for page in pages]
    last = inks[-1]
    assert last.index("Nơi nhận:") >= 2
    for page in inks:
        starts = [index for index, text in enumerate(page) if text[:2].rstrip(".").isdigit() and ". Ủy" in text]
        assert not starts or starts[-1] != len(page) - 1
        assert not page[0].endswith("thực hiện.")


def test_a_long_name_of_an_office_wraps_inside_its_block() -> None:
    sheet = Sheet(INFO)
    sheet.letterhead("Ủy ban nhân dân thành phố " * 5, "Ban chỉ đạo công tác tiếp công dân " * 6 + "X" * 120)
    found = runs(sheet.finish())
    country = one(found, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    office = [run for run in found if run.left < country.left]
    assert len(office) > 10
    assert all(mm(30) - NEARLY <= run.left and run.right <= country.left - mm(2) for run in office)
    written = "".join(run.text for run in office).replace(" ", "")
    assert written == ("ỦYBANNHÂNDÂNTHÀNHPHỐ" * 5 + "BANCHỈĐẠOCÔNGTÁCTIẾPCÔNGDÂN" * 6 + "X" * 120)


def test_several_addressees_stand_one_under_another() -> None:
    sheet = Sheet(INFO)
    sheet.addressee("Kính gửi:", ["Thanh tra thành phố", "Sở Xây dựng"])
    found = runs(sheet.finish())
    first, second = one(found, "- Thanh tra thành phố;"), one(found, "- Sở Xây dựng.")
    assert first.x == pytest.approx(second.x)
    assert first.y > second.y
    assert one(found, "Kính gửi:").y == pytest.approx(first.y)


def test_a_letter_has_its_subject_under_its_number() -> None:
    sheet = Sheet(INFO)
    sheet.letterhead("", "Ủy ban nhân dân phường Bạch Đằng")
    sheet.number_and_date("Số: 12/UBND-VX", "Bạch Đằng, ngày 03 tháng 02 năm 2026", about="V/v trả lời đơn")
    found = runs(sheet.finish())
    about = one(found, "V/v trả lời đơn")
    assert 12 <= about.size <= 13
    assert one(found, "Số: 12/UBND-VX").y - about.y >= 6 + about.size


def test_marks_of_the_page_stand_on_every_page() -> None:
    marks = PageMarks("In lại lần 2", "BẢN TẬP HUẤN", lambda page, pages: f"Trang {page}/{pages}")
    pdf = notice(marks=marks, paragraphs=20).finish()
    for number, text in enumerate(page_texts(pdf), start=1):
        assert "In lại lần 2" in text
        assert f"Trang {number}/{len(page_texts(pdf))}" in text
    watermarks = [run for run in runs(pdf) if not run.upright]
    assert [(run.page, run.text) for run in watermarks] == [
        (number, "BẢN TẬP HUẤN") for number in range(1, len(page_texts(pdf)) + 1)
    ]
    assert all(run.left > 0 and run.right < mm(210) for run in watermarks)


@pytest.mark.parametrize("face", list(Face))
def test_every_vietnamese_letter_is_written_and_can_be_read_back(face: Face) -> None:
    sheet = Sheet(INFO)
    spaced = " ".join(LETTERS)
    sheet.paragraph(spaced, face=face)
    pdf = sheet.finish()
    assert whole_text(pdf) == spaced
    assert len(fonts(pdf)) == 1


@pytest.mark.parametrize("style", [COMFORTABLE, COMPACT], ids=["14pt", "13pt"])
def test_marks_of_stacked_letters_do_not_touch_the_line_above(style: SheetStyle) -> None:
    deep, high = "ỵ ặ ộ g y ", "Ẵ Ễ Ổ Ử Ẫ "
    sheet = Sheet(INFO, style=style)
    sheet.paragraph((deep * 40).strip(), indent=0, face=Face.BOLD)
    sheet.paragraph((high * 40).strip(), indent=0, face=Face.BOLD)
    image = page_image(sheet.finish(), 0, 200)
    rows = [image.data[row * image.stride : (row + 1) * image.stride] for row in range(image.height)]
    dark = [any(byte < 128 for byte in row[1::4]) for row in rows]
    lines = sum(1 for above, here in pairwise(dark) if here and not above)
    assert lines >= len([placed for page in sheet.pages() for placed in page])


def test_text_without_letters_of_the_font_still_prints() -> None:
    sheet = Sheet(INFO)
    sheet.paragraph("Đơn 漢字 kèm ảnh")
    assert "Đơn" in whole_text(sheet.finish())


def test_the_same_calls_give_the_same_bytes() -> None:
    assert notice().finish() == notice().finish()


@pytest.mark.parametrize(("month", "text"), [(1, "01"), (2, "02"), (3, "3"), (9, "9"), (10, "10"), (12, "12")])
def test_only_january_and_february_carry_a_zero(month: int, text: str) -> None:
    assert month_number(date(2026, month, 3)) == text


def test_days_under_ten_carry_a_zero() -> None:
    assert [two_digits(day) for day in (3, 10)] == ["03", "10"]


def test_the_measure_of_a_line_is_the_length_it_has_on_paper() -> None:
    sheet = Sheet(INFO)
    sheet.title("Giấy biên nhận")
    run = one(runs(sheet.finish()), "GIẤY BIÊN NHẬN")
    assert run.right - run.left == pytest.approx(text_width(run.text, Face.BOLD, run.size), abs=1)
