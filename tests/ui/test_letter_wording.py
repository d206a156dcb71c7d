"""The form of a letter warns beside the kind when nobody compared its words with the published form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from tcd_desktop.domain.letter_text import LetterSubject
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.letters.letter_form import LetterFormPage
from tcd_desktop.ui.letters.letter_words import standing_words, text_or_none
from tcd_desktop.ui.runner import InlineRunner
from tests.ui.receptions.conftest import OFFSCREEN, english, logged, office, runner, shown

__all__ = ["english", "office", "runner", "shown"]

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)

WARNING = "nobody has compared these words with the published form"


def warning_of(page: LetterFormPage) -> str:
    """The sentence under the field of the kind."""
    told = [label.text() for label in page.fields["kind"].findChildren(QLabel) if label.isVisibleTo(page)]
    return next((text for text in told if WARNING in text), "")


@pytest.mark.parametrize(
    ("kind", "mark"), [("guidance", "Mẫu số 02"), ("acceptance-proposal", "Mẫu số 01"), ("refusal-notice", "")]
)
def test_a_form_that_nobody_confirmed_warns_beside_its_kind_from_the_start(
    office: OpenOffice, runner: InlineRunner, shown: Callable[[Any], Any], english: None, kind: str, mark: str
) -> None:
    visit = logged(office)
    letter = office.letters.draft(kind, LetterSubject.RECEPTION, visit.id)
    page: LetterFormPage = shown(LetterFormPage(office, runner, letter))
    assert warning_of(page).startswith(mark) and bool(warning_of(page)) == bool(mark)
    page.fields["about"].set_value("Về việc khác")
    page.binding.show_problems()
    assert bool(warning_of(page)) == bool(mark)


def test_the_warning_goes_and_comes_with_the_kind(
    office: OpenOffice, runner: InlineRunner, shown: Callable[[Any], Any], english: None
) -> None:
    visit = logged(office)
    letter = office.letters.draft("refusal-notice", LetterSubject.RECEPTION, visit.id)
    page: LetterFormPage = shown(LetterFormPage(office, runner, letter))
    for kind, warned in (("guidance", True), ("answer-accepted", False), ("guidance", True), ("refusal-notice", False)):
        page._other_kind(kind)
        assert bool(warning_of(page)) == warned


def test_a_letter_without_a_set_form_is_told_as_such(office: OpenOffice, english: None) -> None:
    assert "no set form" in standing_words(text_or_none("reminder", office.today()))
    assert standing_words(text_or_none("refusal-notice", office.today())) == ""
