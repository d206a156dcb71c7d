"""Letters of the time before Unicode: every letter there and back, and nothing that is right is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcd_desktop.domain.language.legacy_text import (
    TCVN3,
    VNI,
    Encoding,
    Mended,
    common_encoding,
    font_encoding,
    is_capital_font,
    misleading_fonts,
    read_runs,
    read_text,
)
from tcd_desktop.domain.language.syllables import is_syllable
from tcd_desktop.domain.language.text import VIETNAMESE_LETTERS
from tests.old_books_made import decomposed, in_tcvn3, in_vni

SENTENCES = (
    "Nguyễn Thị Ẩn khiếu nại việc bồi thường, hỗ trợ, tái định cư khi Nhà nước thu hồi đất",
    "Đỗ Thị Quỹ kiến nghị sửa chữa cống thoát nước của ngõ bị vỡ, nước bẩn chảy ra giữa lối đi",
    "Ông Vũ Hữu Nghĩa phản ánh hàng xóm xây dựng lấn chiếm, để vật liệu bừa bãi suốt đêm",
    "Bà Phạm Thị Hường tố cáo cán bộ thu tiền không có biên lai, đã gửi đơn nhiều lần",
    "Đề nghị Ủy ban nhân dân phường xác minh thửa đất giáp ranh, cấp giấy chứng nhận quyền sử dụng",
    "Chị Hằng khẳng định mẫu đơn đã nộp đúng hạn, chỉ kèm bìa sổ, có chữ ký; mẹ chị thấy bé khóc vì sợ hãi, ý kiến",
    "Chính chị cùng các hộ dân xin tính lại kinh phí, tăng thêm phần hỗ trợ di dời",
    "Đến kỳ nghỉ hè, các cụ ngồi học đọc ở tổ; chẵn lẻ gì cũng bằng lòng, mắt sáng, ăn mặc gọn gàng, tắt đèn lúc tối",
    "Kỹ sư trẻ ở ngách nhỏ hẻm sẽ giữ chỗ, cãi vã ầm ĩ, gỡ rối, rẽ ngã rẽ, ngữ nghĩa, mỡ, ỷ lại, kỵ, ỵ",
)
"""With every Vietnamese letter in them, see the first test."""


def test_the_sentences_of_these_tests_hold_every_small_letter() -> None:
    there = set("".join(SENTENCES).lower())
    small = set(VIETNAMESE_LETTERS[: len(VIETNAMESE_LETTERS) // 2])
    assert small <= there, small - there


@pytest.mark.parametrize("letter", VIETNAMESE_LETTERS[: len(VIETNAMESE_LETTERS) // 2])
def test_every_letter_has_its_sign_in_both_encodings(letter: str) -> None:
    assert letter in TCVN3.values()
    assert letter in VNI.values() and letter.upper() in VNI.values()


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("font", ["", ".VnTime", ".VnArial"])
def test_tcvn3_comes_back_with_its_capitals_lost_by_the_encoding_only(sentence: str, font: str) -> None:
    reading = read_text(in_tcvn3(sentence), font)
    assert reading.mended is Mended.TCVN3
    assert reading.text.lower() == sentence.lower()


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("write", [str, str.upper])
def test_vni_comes_back_exactly_in_both_cases(sentence: str, write: object) -> None:
    right = write(sentence)  # type: ignore[operator]
    for font in ("", "VNI-Times"):
        assert read_text(in_vni(right), font) == read_text(in_vni(right), "VNI-Helve")
        assert read_text(in_vni(right), font).text == right


@pytest.mark.parametrize("sentence", SENTENCES)
def test_decomposed_letters_are_composed(sentence: str) -> None:
    reading = read_text(decomposed(sentence))
    assert (reading.text, reading.mended) == (sentence, Mended.DECOMPOSED)


@pytest.mark.parametrize("font", ["", "Times New Roman", ".VnTime", "VNI-Times", ".VnTimeH"])
@pytest.mark.parametrize("sentence", [*SENTENCES, "UBND phường 12", "tran van nam", "Lã Vọng, số 5m² đất", "a@b.vn"])
def test_proper_unicode_and_ascii_are_never_touched_whatever_the_font(sentence: str, font: str) -> None:
    assert read_text(sentence, font).text == sentence


@pytest.mark.parametrize(
    "text", ["café", "José Müller", "m²", "25 °C", "½ thửa", "3 × 4 m", "São Paulo", "«abc»", "Bé Hà", "Lê"]
)
def test_latin_texts_without_an_old_font_stay(text: str) -> None:
    assert read_text(text, "Arial").text == text


def test_the_font_decides_what_the_letters_alone_leave_open() -> None:
    assert read_text("Bé").text == "Bé"
    assert read_text("Bé", ".VnTime").text == "Bộ"


def test_a_capital_font_gives_capitals_back() -> None:
    assert read_text("nguyÔn thÞ Èn", ".VnTimeH").text == "NGUYỄN THỊ ẨN"
    assert is_capital_font(".VnArialH") and not is_capital_font(".VnTime")


def test_words_of_an_old_encoding_inside_unicode_are_mended_and_the_others_stay() -> None:
    reading = read_text("Trần V¨n §øc, phường Đồng Tâm, 25m² đất")
    assert reading.text == "Trần Văn Đức, phường Đồng Tâm, 25m² đất" and reading.mended is Mended.TCVN3


def test_parts_of_a_cell_with_fonts_of_their_own_are_read_by_themselves() -> None:
    runs = [(in_tcvn3("Nguyễn Văn Đức"), ".VnTime"), (" - phường ", "Arial"), (in_vni("Quỳnh Lôi"), "VNI-Times")]
    assert read_runs(runs).text == "Nguyễn Văn Đức - phường Quỳnh Lôi"


def test_the_longest_signs_are_taken_first() -> None:
    assert read_text("ñöôøng Söû duïng nöôùc", "VNI-Times").text == "đường Sử dụng nước"


def test_a_file_without_fonts_tells_its_encoding_by_its_cells() -> None:
    assert common_encoding([in_tcvn3(one) for one in SENTENCES] + ["Bé"]) is Encoding.TCVN3
    assert common_encoding([in_vni(one) for one in SENTENCES]) is Encoding.VNI
    assert common_encoding(SENTENCES) is None


def test_an_old_font_over_unicode_texts_is_not_believed() -> None:
    cells = [(sentence, ".VnTime") for sentence in SENTENCES]
    assert misleading_fonts([*cells, ("Lê Hà", ".VnTime")]) == {".VnTime"}
    assert misleading_fonts([(in_tcvn3(sentence), ".VnTime") for sentence in SENTENCES]) == frozenset()


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", Encoding.TCVN3),
        (".vntimeh", Encoding.TCVN3),
        ("VNI-Times", Encoding.VNI),
        ("Arial", None),
        ("", None),
    ],
)
def test_fonts_say_their_encoding(font: str, encoding: Encoding | None) -> None:
    assert font_encoding(font) is encoding


@pytest.mark.parametrize("word", ["Nguyễn", "quỹ", "gì", "giếng", "QUYẾT", "thuở", "khuỷu", "ý", "yên", "Ẩn"])
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["NguyÔn", "giÕng", "cafộ", "zoo", "bạch1", "cac", "tấp̀", "mñ"])
def test_other_words_are_none(word: str) -> None:
    assert not is_syllable(word)


@given(st.text(max_size=60))
def test_reading_never_fails_and_a_second_reading_changes_nothing_more_of_unicode(text: str) -> None:
    for font in ("", ".VnTime", "VNI-Times"):
        read_text(text, font)
    if text.isascii():
        assert read_text(text, ".VnTimeH").text == text
