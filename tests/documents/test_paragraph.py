"""Breaking text into lines loses nothing and never passes the margin."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcd_desktop.documents.fonts import Face, text_width
from tcd_desktop.documents.paragraph import FILL, GLUE, break_lines, centred_lines, clean
from tests.documents.slips import LETTERS

WIDTH = 300.0
words = st.text(alphabet=LETTERS + "abcdehiklmnopqrstuvxy0123456789.,()<>&;", min_size=1, max_size=90)


def without_spaces(text: str) -> str:
    return "".join(text.split())


@given(st.lists(words, min_size=1, max_size=60), st.sampled_from([0.0, 36.0]), st.booleans())
def test_no_letter_is_lost_and_no_line_is_too_wide(typed: list[str], indent: float, justify: bool) -> None:
    text = clean(" ".join(typed))
    lines = break_lines(text, Face.REGULAR, 14, WIDTH, indent=indent, justify=justify)
    assert without_spaces("".join(line.text for line in lines)) == without_spaces(text)
    for index, line in enumerate(lines):
        room = WIDTH - (0 if index else indent)
        drawn = text_width(line.text, Face.REGULAR, 14)
        assert line.width == pytest.approx(drawn, abs=0.01)
        assert drawn + line.stretch * line.text.count(" ") <= room + 0.01


@given(st.lists(words, min_size=2, max_size=40))
def test_words_that_fit_on_a_line_are_never_cut(typed: list[str]) -> None:
    text = clean(" ".join(word[:20] for word in typed))
    lines = break_lines(text, Face.BOLD, 13, WIDTH)
    assert " ".join(line.text for line in lines) == text


def test_a_justified_line_reaches_the_margin_and_the_last_does_not() -> None:
    text = "Ủy ban nhân dân phường đã nhận của ông các thông tin và tài liệu sau đây để giải quyết"
    first, *_, last = break_lines(text, Face.REGULAR, 14, WIDTH, justify=True)
    assert first.width + first.stretch * first.text.count(" ") == pytest.approx(WIDTH)
    assert last.stretch == 0


def test_a_line_of_two_short_words_is_not_torn_apart() -> None:
    text = f"a b {'x' * 41}"
    lines = break_lines(text, Face.REGULAR, 14, WIDTH, justify=True)
    assert lines[0].text == "a b"
    assert lines[0].stretch == 0


def test_a_glued_space_never_ends_a_line() -> None:
    for width in range(90, 300, 7):
        lines = break_lines(f"tài liệu này có (03{GLUE}trang, bản chính)", Face.REGULAR, 14, width)
        assert any("(03 trang," in line.text for line in lines)
        assert GLUE not in "".join(line.text for line in lines)


def test_dots_go_to_the_margin() -> None:
    (line,) = break_lines(f"Địa chỉ: {FILL}", Face.REGULAR, 14, WIDTH)
    assert line.text.startswith("Địa chỉ: ....")
    assert line.width + line.stretch * line.text.count(" ") == pytest.approx(WIDTH, abs=0.01)


def test_dots_get_a_line_of_their_own_when_little_room_is_left() -> None:
    first, second = break_lines(f"Số giấy tờ, nơi cấp và ngày cấp của người: {FILL}", Face.REGULAR, 14, WIDTH)
    assert "." not in first.text
    assert set(second.text) == {"."}
    assert second.width <= WIDTH


def test_what_people_type_becomes_one_line_of_composed_text() -> None:
    typed = unicodedata.normalize("NFD", "  Nguyễn\tThị\n\nẨn ")
    assert clean(typed) == "Nguyễn Thị Ẩn"


def test_unprintable_letters_and_our_own_marks_are_taken_out() -> None:
    assert clean(f"Lê\x00 \u202eVăn\u200b \ue000{FILL}Tám\ufeff") == "Lê Văn Tám"


def test_text_that_looks_like_markup_stays_text() -> None:
    assert clean("<b>A</b> &amp; {name} %s") == "<b>A</b> &amp; {name} %s"


def test_a_name_of_an_office_is_broken_before_the_name_of_its_place() -> None:
    lines = centred_lines("ỦY BAN NHÂN DÂN PHƯỜNG HAI BÀ TRƯNG", Face.BOLD, 13, 180)
    assert [line.text for line in lines] == ["ỦY BAN NHÂN DÂN", "PHƯỜNG HAI BÀ TRƯNG"]


def test_a_break_somebody_chose_is_kept() -> None:
    lines = centred_lines("BAN TIẾP\nCÔNG DÂN", Face.BOLD, 13, 180)
    assert [line.text for line in lines] == ["BAN TIẾP", "CÔNG DÂN"]


@given(st.lists(words, min_size=1, max_size=30))
def test_a_heading_loses_nothing_and_stays_in_its_column(typed: list[str]) -> None:
    text = clean(" ".join(typed))
    lines = centred_lines(text, Face.BOLD, 13, 180)
    assert without_spaces("".join(line.text for line in lines)) == without_spaces(text)
    for line in lines:
        assert text_width(line.text, Face.BOLD, 13) == pytest.approx(line.width, abs=0.01)
        assert line.width <= 180.01
