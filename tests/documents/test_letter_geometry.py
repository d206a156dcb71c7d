"""Letters measured on the finished PDF, to the millimetre and point, against NĐ 30/2020/NĐ-CP Phụ lục I."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise

import pypdf
import pytest

from tcd_desktop.documents.letter import document_number, render_letter
from tcd_desktop.documents.sheet_style import mm
from tcd_desktop.documents.signing import signing_titles
from tcd_desktop.domain.letters.letter import SigningForm
from tcd_desktop.domain.letters.letter_paper import LetterPaper
from tests.documents.letters import OFFICE, PLAIN, paper
from tests.documents.reading import Run, Stroke, boxes, is_red, one, runs, starting, strokes, whole_text

NEARLY = 0.6
"""Points: the ink of a letter begins a little beside its origin."""
POINT = 0.02
DECISION = paper("complaint-suspension", dated=date(2026, 2, 3))
LEFT, RIGHT = mm(30), mm(210 - 15)


@pytest.fixture(scope="module")
def letter() -> bytes:
    return render_letter(PLAIN)


@pytest.fixture(scope="module")
def ink(letter: bytes) -> list[Run]:
    return runs(letter)


@pytest.fixture(scope="module")
def rules(letter: bytes) -> list[Stroke]:
    return strokes(letter)


@pytest.fixture(scope="module")
def decision() -> bytes:
    return render_letter(DECISION)


COMPONENTS = [
    ("ỦY BAN NHÂN DÂN", "", 12, 13),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Bold", 12, 13),
    ("Độc lập - Tự do - Hạnh phúc", "Bold", 13, 14),
    ("PHƯỜNG BẠCH ĐẰNG", "Bold", 12, 13),
    ("Số: 05/UBND-TCD", "", 13, 13),
    ("Bạch Đằng, ngày 03 tháng 02 năm 2026", "Italic", 13, 14),
    ("V/v đôn đốc giải", "", 12, 13),
    ("KHẨN", "Bold", 13, 14),
    ("Kính gửi:", "", 13, 14),
    ("- Phòng Kinh tế, Hạ tầng và Đô thị;", "", 13, 14),
    ("- Công an phường Bạch Đằng.", "", 13, 14),
    ("Căn cứ Luật Tiếp công dân;", "Italic", 13, 14),
    ("1. Nội dung thứ nhất./.", "", 13, 14),
    ("KT. CHỦ TỊCH", "Bold", 13, 14),
    ("PHÓ CHỦ TỊCH", "Bold", 13, 14),
    ("Lê Thị Ẩm", "Bold", 13, 14),
    ("Nơi nhận:", "BoldItalic", 12, 12),
    ("- Như trên;", "", 11, 11),
    ("- Lưu: VT, TCD.", "", 11, 11),
]


@pytest.mark.parametrize(("text", "style", "least", "most"), COMPONENTS, ids=[c[0] for c in COMPONENTS])
def test_a_component_of_a_letter_has_the_size_and_style_of_the_law(
    ink: list[Run], text: str, style: str, least: float, most: float
) -> None:
    run = starting(ink, text)
    assert run.face == "LiberationSerif" + (f"-{style}" if style else "")
    assert least <= run.size <= most


def test_a_letter_stands_on_a4_inside_the_margins_of_the_law(letter: bytes, ink: list[Run]) -> None:
    box = pypdf.PdfReader(BytesIO(letter)).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((mm(210), mm(297)), abs=POINT)
    assert min(run.left for run in ink) >= LEFT - NEARLY
    assert max(run.right for run in ink) <= RIGHT + NEARLY
    assert mm(20) <= mm(297) - max(run.y for run in ink) - 13 * 0.7 <= mm(25)
    assert min(run.y for run in ink) >= mm(20)


def test_number_and_place_and_date_stand_on_one_line(ink: list[Run]) -> None:
    assert one(ink, "Số: 05/UBND-TCD").y == pytest.approx(starting(ink, "Bạch Đằng, ngày").y, abs=POINT)


def test_the_blocks_of_the_head_stand_in_the_middle_of_their_columns(ink: list[Run]) -> None:
    country = one(ink, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert country.right == pytest.approx(RIGHT, abs=NEARLY)
    middle = (country.left + country.right) / 2
    for text in ("Độc lập - Tự do - Hạnh phúc", "Bạch Đằng, ngày 03 tháng 02 năm 2026"):
        assert (one(ink, text).left + one(ink, text).right) / 2 == pytest.approx(middle, abs=1.5)
    office = [starting(ink, text) for text in ("PHƯỜNG BẠCH ĐẰNG", "Số: 05/UBND-TCD", "V/v đôn đốc", "KHẨN")]
    column = (LEFT + country.left - mm(4)) / 2
    for run in office:
        assert (run.left + run.right) / 2 == pytest.approx(column, abs=1.5)
        assert run.right <= country.left - mm(4) + NEARLY


def test_what_a_letter_is_about_stands_six_points_under_its_number(ink: list[Run]) -> None:
    number, about = one(ink, "Số: 05/UBND-TCD"), starting(ink, "V/v đôn đốc")
    line = 13 * 1.2
    assert number.y - about.y == pytest.approx(line + 6, abs=0.5)


def test_the_urgency_stands_in_a_red_box_of_twenty_by_eight_millimetres(letter: bytes, ink: list[Run]) -> None:
    mark = one(ink, "KHẨN")
    sides = boxes(letter)
    left, bottom, right, top = next(box for box in sides if box[0] < mark.left < box[2] and box[1] < mark.y < box[3])
    assert (right - left, top - bottom) == pytest.approx((mm(20), mm(8)), abs=1.0)
    assert (mark.left + mark.right) / 2 == pytest.approx((left + right) / 2, abs=0.8)
    assert is_red(letter, "KHẨN")


@pytest.mark.parametrize(("word", "width"), [("KHẨN", 20), ("HỎA TỐC", 30), ("THƯỢNG KHẨN", 40)])
def test_each_urgency_has_the_box_of_the_law(word: str, width: float) -> None:
    pdf = render_letter(replace(PLAIN, urgency=word.lower()))
    mark = one(runs(pdf), word)
    found = [box for box in boxes(pdf) if box[0] < mark.left < box[2] and box[1] < mark.y < box[3]]
    assert [round((box[2] - box[0]) / mm(1)) for box in found] == [width]


def test_the_rule_under_the_motto_is_as_long_as_its_text(ink: list[Run], rules: list[Stroke]) -> None:
    motto = one(ink, "Độc lập - Tự do - Hạnh phúc")
    rule = next(rule for rule in rules if 2 < motto.y - rule.y < 8 and rule.left > mm(90))
    assert (rule.left, rule.right) == pytest.approx((motto.left, motto.right), abs=1.5)


def test_the_rule_under_the_office_is_a_third_to_a_half(ink: list[Run], rules: list[Stroke]) -> None:
    office = one(ink, "PHƯỜNG BẠCH ĐẰNG")
    rule = next(rule for rule in rules if 2 < office.y - rule.y < 8 and rule.right < mm(100))
    part = (rule.right - rule.left) / (office.right - office.left)
    assert 1 / 3 <= part <= 1 / 2
    assert (rule.left + rule.right) / 2 == pytest.approx((office.left + office.right) / 2, abs=1.5)


def test_the_type_stands_in_the_middle_and_its_subject_has_a_rule(decision: bytes) -> None:
    found, drawn = runs(decision), strokes(decision)
    middle = (LEFT + RIGHT) / 2
    for text in (
        "QUYẾT ĐỊNH",
        "Về việc tạm đình chỉ giải quyết khiếu nại",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG BẠCH ĐẰNG",
    ):
        run = one(found, text)
        assert run.face.endswith("-Bold")
        assert (run.left + run.right) / 2 == pytest.approx(middle, abs=1.5)
    subject = one(found, "Về việc tạm đình chỉ giải quyết khiếu nại")
    rule = next(rule for rule in drawn if 2 < subject.y - rule.y < 8)
    assert 1 / 3 <= (rule.right - rule.left) / (subject.right - subject.left) <= 1 / 2


def test_grounds_are_italic_and_the_number_of_an_article_is_bold(decision: bytes) -> None:
    found = runs(decision)
    grounds = [run for run in found if run.text.startswith(("Căn cứ", "Xét đề nghị"))]
    assert len(grounds) == 5
    assert {run.face for run in grounds} == {"LiberationSerif-Italic"}
    for number in (1, 2, 3):
        lead = one(found, f"Điều {number}.")
        rest = next(run for run in found if run.y == lead.y and run is not lead)
        assert (lead.face, rest.face) == ("LiberationSerif-Bold", "LiberationSerif")
        assert rest.left > lead.right
    assert one(found, "QUYẾT ĐỊNH:").face == "LiberationSerif-Bold"


def test_the_first_line_is_indented_and_lines_reach_both_margins(decision: bytes) -> None:
    found = runs(decision)
    first = one(found, "Điều 1.")
    assert first.left - LEFT == pytest.approx(mm(12.7), abs=NEARLY)
    lines = [run for run in found if first.y - 40 < run.y < first.y]
    assert lines[0].left == pytest.approx(LEFT, abs=NEARLY)
    assert max(run.right for run in found) == pytest.approx(RIGHT, abs=1.5)


def test_lines_and_paragraphs_stand_as_far_apart_as_the_law_allows(decision: bytes) -> None:
    rows = sorted({round(run.y, 2) for run in runs(decision) if run.size == 14 and run.page == 1}, reverse=True)
    body = [upper - lower for upper, lower in pairwise(rows) if upper - lower < 30]
    single, half = 14 * 1.15, 14 * 1.15 * 1.5
    for gap in body:
        assert single - 0.6 <= gap <= half + 6.5
    within = min(body)
    assert any(gap - within >= 6 - 0.6 for gap in body)


def test_recipients_are_level_with_the_title_of_the_signer(ink: list[Run]) -> None:
    title, head = one(ink, "KT. CHỦ TỊCH"), one(ink, "Nơi nhận:")
    assert abs(title.y - head.y) < 3
    assert head.left == pytest.approx(LEFT, abs=NEARLY)
    middle = (title.left + title.right) / 2
    assert middle > mm(120)
    assert (one(ink, "Lê Thị Ẩm").left + one(ink, "Lê Thị Ẩm").right) / 2 == pytest.approx(middle, abs=1.5)


def test_there_is_room_to_sign_and_stamp(ink: list[Run]) -> None:
    assert mm(24) <= one(ink, "PHÓ CHỦ TỊCH").y - one(ink, "Lê Thị Ẩm").y <= mm(40)


FORMS = [
    (SigningForm.OWN, "", "Chủ tịch", ("CHỦ TỊCH",)),
    (SigningForm.ON_BEHALF, "", "Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
    (SigningForm.FOR, "", "Phó Chủ tịch", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    (
        SigningForm.FOR,
        "TM. Ủy ban nhân dân\nChủ tịch",
        "Phó Chủ tịch",
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ),
    (SigningForm.BY_ORDER, "", "Chánh Văn phòng", ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
    (SigningForm.BY_MANDATE, "", "Trưởng phòng", ("TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG")),
    (SigningForm.ACTING, "", "Chủ tịch", ("Q. CHỦ TỊCH",)),
    (SigningForm.ACTING, "TM. Ủy ban nhân dân", "Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH")),
]


@pytest.mark.parametrize(("form", "stands_for", "title", "lines"), FORMS, ids=["-".join(f[3]) for f in FORMS])
def test_a_capacity_to_sign_has_its_letters_before_the_body_or_the_title(
    form: SigningForm, stands_for: str, title: str, lines: tuple[str, ...]
) -> None:
    assert signing_titles(form, stands_for, title, OFFICE) == lines
    found = runs(render_letter(replace(PLAIN, signing=form, signing_for=stands_for, signer_title=title)))
    places = [one(found, line) for line in lines]
    assert {run.face for run in places} == {"LiberationSerif-Bold"}
    assert [run.y for run in places] == sorted((run.y for run in places), reverse=True)


@pytest.mark.parametrize("office", ["UBND phường Bạch Đằng", "Uỷ ban nhân dân phường Bạch Đằng"])
def test_a_committee_is_one_however_its_name_was_typed(office: str) -> None:
    assert signing_titles(SigningForm.ON_BEHALF, "", "Chủ tịch", office) == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert signing_titles(SigningForm.FOR, "", "Phó Chủ tịch", office) == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


def test_another_body_signs_for_itself() -> None:
    assert signing_titles(SigningForm.ON_BEHALF, "", "Trưởng ban", "Ban Tiếp công dân") == (
        "TM. BAN TIẾP CÔNG DÂN",
        "TRƯỞNG BAN",
    )
    assert signing_titles(SigningForm.FOR, "", "Phó Trưởng ban", "Ban Tiếp công dân")[0] == "KT. THỦ TRƯỞNG"


@pytest.mark.parametrize(
    ("number", "printed"),
    [("5/TB-UBND", "05/TB-UBND"), ("05/TB-UBND", "05/TB-UBND"), ("15/UBND", "15/UBND"), ("7-B/UBND", "07-B/UBND")],
)
def test_a_number_under_ten_has_a_nought_before_it(number: str, printed: str) -> None:
    assert document_number(replace(PLAIN, number=number)) == printed


def test_a_letter_without_a_number_or_a_day_leaves_dots_for_the_hand() -> None:
    text = whole_text(render_letter(replace(PLAIN, number="", sign="UBND-TCD", dated=None, locality="")))
    assert "/UBND-TCD" in text
    assert text.count("....") >= 2
    assert "ngày ..." in text


def test_one_addressee_stands_on_the_line_of_the_greeting() -> None:
    found = runs(render_letter(replace(PLAIN, addressees=("Công an phường",))))
    label, name = one(found, "Kính gửi:"), one(found, "Công an phường")
    assert label.y == pytest.approx(name.y, abs=POINT)


def test_several_addressees_stand_one_under_another(ink: list[Run]) -> None:
    label = one(ink, "Kính gửi:")
    first, second = one(ink, "- Phòng Kinh tế, Hạ tầng và Đô thị;"), one(ink, "- Công an phường Bạch Đằng.")
    assert label.y == pytest.approx(first.y, abs=POINT)
    assert first.left == pytest.approx(second.left, abs=NEARLY)
    assert first.y > second.y


def test_a_poster_lies_and_its_head_stands_at_the_edges() -> None:
    pdf = render_letter(paper("calendar-poster"))
    box = pypdf.PdfReader(BytesIO(pdf)).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((mm(297), mm(210)), abs=POINT)
    found = runs(pdf)
    assert one(found, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").right == pytest.approx(mm(297 - 15), abs=NEARLY)
    assert min(run.left for run in found) >= mm(30) - NEARLY
    assert max(run.right for run in found) <= mm(297 - 15) + NEARLY


@pytest.mark.parametrize("kind", ["complaint-form", "power-of-attorney", "denunciation-withdrawal"])
def test_a_paper_of_the_citizen_has_no_office_at_its_head(kind: str) -> None:
    pdf = render_letter(paper(kind))
    country = one(runs(pdf), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert (country.left + country.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=1)
    assert "ỦY BAN NHÂN DÂN" not in whole_text(pdf)
    assert "Số: 05" not in whole_text(pdf)


def test_minutes_tell_their_day_in_their_text_only() -> None:
    assert "Bạch Đằng, ngày" not in whole_text(render_letter(paper("reception-minutes")))
    assert "Bạch Đằng, ngày" in whole_text(render_letter(paper("refusal-notice")))


def test_only_the_urgency_isis_red(letter: bytes) -> None:
    assert not is_red(letter, "Kính gửi:")
    assert not is_red(letter, "Nơi nhận:")
    assert isinstance(PLAIN, LetterPaper)
