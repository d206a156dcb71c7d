"""Words with two right spellings, and words that were meant."""

from __future__ import annotations

import pytest

from tcd_desktop.domain.language.spelling import has_accents, is_complete, near_words, same_words, syllables


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("hoà", {"hòa"}),
        ("hòa", {"hoà"}),
        ("khoẻ", {"khỏe"}),
        ("thuỷ", {"thủy"}),
        ("lý", {"lí"}),
        ("lí", {"lý"}),
        ("mỹ", {"mĩ"}),
        ("kỹ", {"kĩ"}),
        ("quý", {"quí"}),
        ("ly", {"li"}),
        ("vy", {"vi"}),
        ("hoàn", set()),
        ("tai", set()),
        ("y", set()),
        ("ý", set()),
        ("thuy", set()),
        ("đức", set()),
    ],
)
def test_a_word_is_known_in_its_other_right_spelling_only(word: str, others: set[str]) -> None:
    assert set(same_words(word)) == others


@pytest.mark.parametrize(
    ("text", "accented"), [("Nguyen", False), ("Đo", True), ("hoà", True), ("số 5", True), ("", False)]
)
def test_accents_say_that_the_exact_spelling_was_meant(text: str, accented: bool) -> None:
    assert has_accents(text) is accented


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ngyuen", "nguyen"), ("nguyenn", "nguyen"), ("nguye", "nguyen"), ("hyong", "huong"), ("thanhh", "thanh")],
)
def test_one_wrong_letter_still_finds_the_syllable(typed: str, meant: str) -> None:
    assert meant in near_words(typed)


def test_two_wrong_letters_are_another_word_and_short_words_have_no_neighbours() -> None:
    assert "nguyen" not in near_words("ngyuem")
    assert near_words("ly") == ()
    assert near_words("12345") == ()


def test_one_wrong_figure_or_two_exchanged_ones_still_find_a_long_number() -> None:
    found = near_words("001056012345")
    assert {"001056012354", "001056012346"} <= set(found)
    assert "001056012345" not in found and len(found) < 130


def test_a_complete_syllable_is_one_that_nothing_can_follow() -> None:
    assert is_complete("nguyen") and is_complete("hoang") and is_complete("duc")
    assert not any(is_complete(word) for word in ("tra", "tran", "nguye", "xyz", "12"))


def test_the_syllables_are_those_of_vietnamese() -> None:
    assert {"nguyen", "quynh", "nghieng", "truong", "yen", "ia"} <= syllables()
    assert not {"xyz", "ngz", "duk"} & syllables()
