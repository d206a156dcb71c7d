"""Folding, sorting and cleaning Vietnamese text."""

from __future__ import annotations

import random
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcd_desktop.domain.language.text import (
    VIETNAMESE_LETTERS,
    clean_block,
    clean_line,
    fold,
    fold_query,
    initials,
    nfc,
    sort_key,
    text_problem,
    title_case,
)

SENTENCE = "Nguyễn Thị Hồng Đức ở phường Bạch Mai khiếu nại về việc thu hồi đất, đề nghị xem xét "


def slow_fold(text: str) -> str:
    """The definition, word for word: NFC, NFD, marks away, đ/Đ/ð/Ð to d, casefold, blanks collapsed."""
    bare = "".join(
        c for c in unicodedata.normalize("NFD", unicodedata.normalize("NFC", text)) if unicodedata.category(c) != "Mn"
    )
    for barred in "đĐðÐ":
        bare = bare.replace(barred, "d")
    return " ".join(unicodedata.normalize("NFC", bare.casefold()).split())


def test_there_are_134_letters_outside_ascii() -> None:
    assert len(VIETNAMESE_LETTERS) == len(set(VIETNAMESE_LETTERS)) == 134


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Văn Đức", "nguyen van duc"),
        ("  ĐẶNG\tTHÁI \n MAI ", "dang thai mai"),
        ("Hoà và Hòa", "hoa va hoa"),
        ("Lê Thị Thùy Dương – “Tổ 5”", "le thi thuy duong – “to 5”"),
        (unicodedata.normalize("NFD", "Trần Hữu Phước"), "tran huu phuoc"),
        ("Ðỗ Thị Ðào", "do thi dao"),
        ("Straße", "strasse"),
        ("Ẳ Ẵ Ặ Ỹ ỵ Ợ ữ", "a a a y y o u"),
        ("", ""),
        (" \u3000 ", ""),
    ],
)
def test_folding_leaves_plain_small_letters(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_every_vietnamese_letter_folds_to_one_ascii_letter() -> None:
    folded = fold(VIETNAMESE_LETTERS)
    assert folded.isascii() and len(folded) == 134 and set(folded) == set("adeiouy")


@given(st.text(alphabet=st.sampled_from(VIETNAMESE_LETTERS + "abXY 09,.–“\t\n\u0300\u0309\u0323ðÐßñ")))
def test_the_fast_fold_agrees_with_the_definition_on_vietnamese(text: str) -> None:
    assert fold(text) == slow_fold(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_the_fast_fold_agrees_with_the_definition_on_anything(text: str) -> None:
    assert fold(text) == slow_fold(text)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_folding_is_at_least_five_times_faster_than_the_definition() -> None:
    text = (SENTENCE * 3)[:250]

    def best(function: object) -> float:
        assert callable(function)
        times = []
        for _ in range(7):
            begin = time.perf_counter()
            for _ in range(200):
                function(text)
            times.append(time.perf_counter() - begin)
        return min(times)

    assert best(fold) * 5 < best(slow_fold)


def test_a_search_is_split_into_folded_words_and_numbers() -> None:
    assert fold_query("Nguyễn Đức, số 12/3 (0912.345) _x_") == (
        "nguyen", "duc", "so", "12", "3", "0912", "345", "x",
    )  # fmt: skip
    assert fold_query(" …!? ") == ()


def test_initials_are_the_first_letters_without_accents() -> None:
    assert initials("Nguyễn Văn Đức") == "nvd"
    assert initials("") == ""


# --- sorting ---------------------------------------------------------------------------------------


def in_order(*names: str) -> None:
    mixed = list(names)
    random.Random(5).shuffle(mixed)
    assert sorted(mixed, key=lambda name: sort_key(name).encode()) == list(names)


def test_letters_stand_in_the_order_of_the_alphabet() -> None:
    in_order(*"aăâbcdđeêghiklmnoôơpqrstuưvxy")


def test_tones_stand_ngang_huyen_hoi_nga_sac_nang() -> None:
    in_order("Ma", "Mà", "Mả", "Mã", "Má", "Mạ")


def test_letters_decide_before_tones() -> None:
    in_order("Lan", "Lạn", "Lang", "Lăn", "Lân", "Lấn", "Lấng")


def test_names_are_sorted_by_given_name_then_middle_then_family() -> None:
    in_order(
        "Trần An",
        "Lê Văn An",
        "Nguyễn Văn An",
        "Phạm Thị Bình",
        "Lê Văn Dũng",
        "Bùi Văn Đức",
        "Hoàng Hoa",
        "Hoàng Hòa",
        "Đỗ Thị Hoá",
        "Vũ Thị Uyên",
        "Vũ Thị Ước",
    )


def test_a_family_name_with_d_stands_before_one_with_barred_d() -> None:
    in_order("Dương Văn An", "Đặng Văn An", "Đỗ Văn An", "Lê Văn An")


def test_the_place_of_the_tone_in_a_syllable_does_not_matter() -> None:
    assert sort_key("Nguyễn Thị Hoà") == sort_key("Nguyễn Thị Hòa")
    assert sort_key("NGUYỄN thị hoà") == sort_key(unicodedata.normalize("NFD", "Nguyễn Thị Hòa"))


def test_given_names_with_another_tone_do_not_mix() -> None:
    in_order("Vũ Văn Hoa", "Bùi Anh Hòa", "Vũ Văn Hòa", "Bùi Anh Hóa")


def test_names_of_one_word_and_of_other_scripts_have_a_key() -> None:
    in_order("", "An", "Siu Blôp", "Ñandú", "H'Hen Niê", "Zoë", "Иван", "李明")
    assert sort_key("Nguyễn Văn Ánh").isascii()


@given(st.text())
def test_a_sort_key_can_be_stored_in_any_database(name: str) -> None:
    key = sort_key(name)
    assert "\0" not in key and sort_key(nfc(name)) == key


# --- cards, typing, files --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("capitals", "usual"),
    [
        ("NGUYỄN THỊ MINH KHAI", "Nguyễn Thị Minh Khai"),
        ("ĐẶNG Ý NHƯ", "Đặng Ý Như"),
        ("H'HEN NIÊ-KĐĂM", "H'Hen Niê-Kđăm"),
        ("Y BIH", "Y Bih"),
        ("Tôn Nữ Thị Ninh", "Tôn Nữ Thị Ninh"),
        ("Y Bih", "Y Bih"),
    ],
)
def test_a_name_in_capitals_gets_small_letters(capitals: str, usual: str) -> None:
    assert title_case(capitals) == usual


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\0b", "bad_character"),
        ("dòng một\ndòng hai", "bad_character"),
        ("a\x85b", "bad_character"),
        ("a\u202eb", "bad_character"),
        ("a\ud800b", "bad_character"),
        (unicodedata.normalize("NFD", "Đức"), "not_nfc"),
        ("ạ" * 501, "too_long"),
    ],
)
def test_text_that_may_not_be_stored_is_named(text: str, code: str) -> None:
    problem = text_problem(text, 500)
    assert problem and problem.code == code and not problem.warning


def test_a_bad_character_is_named_by_its_code_point() -> None:
    problem = text_problem("abc\u202edef", 500)
    assert problem and dict(problem.facts) == {"character": "U+202E"}


def test_lines_and_tabs_are_allowed_where_a_text_has_lines() -> None:
    assert text_problem("một\n\thai", 500, multiline=True) is None
    assert text_problem("một\x07hai", 500, multiline=True)
    assert text_problem("Nguyễn Văn Đức", 500) is None
    assert text_problem("ạ" * 500, 500) is None


def test_a_typed_line_loses_what_nobody_meant() -> None:
    assert clean_line(" \ufeffNguyễn\u200b \xa0Văn\tA\u202e\r\n") == "Nguyễn Văn A"
    assert clean_line(unicodedata.normalize("NFD", "Đức")) == "Đức"


def test_a_typed_block_keeps_its_lines() -> None:
    assert clean_block("\r\n  Một,\u200b \r\n\r\nhai  ba\x07\r\n ") == "  Một,\n\nhai  ba"


@given(st.text())
def test_cleaned_text_has_no_problem(text: str) -> None:
    assert text_problem(clean_line(text), 10**6) is None
    assert text_problem(clean_block(text), 10**6, multiline=True) is None
