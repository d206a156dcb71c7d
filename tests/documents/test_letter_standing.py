"""Words that nobody could compare with the published form say so; what the law has no form for says that instead."""

from __future__ import annotations

from datetime import date

import pytest

from tcd_desktop.documents.letter_pack import letter_text, letter_texts
from tcd_desktop.domain.letters.letter import Letter
from tcd_desktop.domain.letters.letter_rules import letter_problems
from tcd_desktop.domain.letters.letter_text import LetterText
from tcd_desktop.domain.problems import blocking
from tcd_desktop.words.problem_sentences import PROBLEMS

NOW, THEN = date(2026, 11, 23), date(2025, 3, 5)
TEXTS = [pytest.param(text, id=f"{text.kind} {on.year}") for on in (NOW, THEN) for text in letter_texts(on)]

CONFIRMED = {
    "refusal-notice",
    "complaint-form",
    "power-of-attorney",
    "complaint-accepted",
    "complaint-not-accepted",
    "complaint-suspension",
    "complaint-ending",
    "complaint-resumption",
    "dialogue-minutes",
    "denunciation-withdrawal",
    "forward-denunciation",
}
"""Forms whose printed text was at hand: the annexes of NĐ 154, 155, 156/2026 and Mẫu số 03 of TT 05/2021."""


def letter(text: LetterText) -> Letter:
    """A letter with everything that it needs."""
    return Letter(
        id="L1", office="HN-BD", kind=text.kind, sign="UBND", about="Về việc", addressees=("Ông A",), body=("Nội dung",)
    )


def test_exactly_the_forms_that_were_read_are_confirmed() -> None:
    assert {text.kind for text in letter_texts(NOW) if not text.unconfirmed} == CONFIRMED
    assert {text.kind for text in letter_texts(THEN) if not text.unconfirmed} == {"forward-denunciation"}


@pytest.mark.parametrize("text", TEXTS)
def test_the_form_of_a_letter_warns_of_words_that_were_not_compared(text: LetterText) -> None:
    found = letter_problems(letter(text), text)
    warned = found.get("kind")
    assert (warned is not None) == (text.unconfirmed and not text.without_form)
    assert not blocking(found)
    if warned is not None:
        assert warned.warning
        sentence = str(PROBLEMS[warned.code]).format(**warned.facts)
        assert sentence.startswith(text.mark or text.instrument)


@pytest.mark.parametrize("text", TEXTS)
def test_a_kind_without_a_form_has_no_number_of_a_form(text: LetterText) -> None:
    if text.without_form:
        assert text.unconfirmed and not text.mark
        assert text.source, "where its content comes from"


def test_the_same_kind_may_be_confirmed_today_and_not_for_2025() -> None:
    assert not letter_text("complaint-accepted", NOW).unconfirmed
    assert letter_text("complaint-accepted", THEN).unconfirmed
