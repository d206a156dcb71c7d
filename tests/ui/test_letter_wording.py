"""The form of a letter warns beside the kind when nobody compared its words with the published form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from tcd_desktop.domain.cases.case_file import Petition
from tcd_desktop.domain.letters.letter import LetterState
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.letters.letter_form import LetterFormPage
from tcd_desktop.ui.letters.letter_words import standing_words, text_or_none
from tcd_desktop.ui.receptions.slip_panel import SlipPanel
from tcd_desktop.ui.window.runner import InlineRunner
from tests.services.letters import POST
from tests.ui.receptions.conftest import OFFSCREEN, english, logged, office, runner, shown

__all__ = ["english", "office", "runner", "shown"]

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)

WARNING = "nobody has compared these words with the published form"


def problem_of(page: LetterFormPage, name: str) -> str:
    """What stands in and under a field."""
    return "\n".join(label.text() for label in page.fields[name].findChildren(QLabel) if label.isVisibleTo(page))


def warning_of(page: LetterFormPage) -> str:
    """The sentence under the field of the kind."""
    return next((text for text in problem_of(page, "kind").splitlines() if WARNING in text), "")


def petition_of(office: OpenOffice) -> Petition:
    return office.petitions.register(POST).value


def set_day(page: LetterFormPage, day: date) -> None:
    """Types another day."""
    page.fields["dated"].set_value(day)
    page.fields["dated"].changed.emit(day)


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
        page._fill(kind)
        assert bool(warning_of(page)) == warned


def test_a_letter_without_a_set_form_is_told_as_such(office: OpenOffice, english: None) -> None:
    assert "no set form" in standing_words(text_or_none("reminder", office.today()))
    assert standing_words(text_or_none("refusal-notice", office.today())) == ""


def test_the_warning_stops_neither_the_draft_nor_the_issue(
    office: OpenOffice, runner: InlineRunner, shown: Callable[[Any], Any], english: None
) -> None:
    visit = logged(office)
    letter = office.letters.draft("guidance", LetterSubject.RECEPTION, visit.id)
    page: LetterFormPage = shown(LetterFormPage(office, runner, letter))
    page.save()
    [kept] = office.letters.of_record(LetterSubject.RECEPTION, visit.id)
    assert kept.state is LetterState.DRAFT
    page.issue()
    [issued] = office.letters.of_record(LetterSubject.RECEPTION, visit.id)
    assert issued.state is LetterState.ISSUED


OLD = date(2025, 3, 5)


def test_a_letter_of_another_time_gets_the_form_of_its_time(
    office: OpenOffice, runner: InlineRunner, shown: Callable[[Any], Any], english: None
) -> None:
    """Of today's form nothing is left when the letter bears a day of 2025: neither words nor the number of a law."""
    letter = office.letters.draft("complaint-accepted", LetterSubject.PETITION, petition_of(office).id)
    page: LetterFormPage = shown(LetterFormPage(office, runner, letter))
    assert "giấy chứng nhận căn cước" in page.model.draft.body
    set_day(page, OLD)
    assert "CMND" in page.model.draft.body and "giấy chứng nhận căn cước" not in page.model.draft.body
    assert page.letter().instrument.startswith("Nghị định số 124/2020")
    assert "Mẫu số 03" in warning_of(page)
    set_day(page, office.today())
    assert "giấy chứng nhận căn cước" in page.model.draft.body
    assert not warning_of(page)


def test_words_that_somebody_typed_are_not_taken_away_by_another_day(
    office: OpenOffice, runner: InlineRunner, shown: Callable[[Any], Any], english: None
) -> None:
    letter = office.letters.draft("complaint-accepted", LetterSubject.PETITION, petition_of(office).id)
    page: LetterFormPage = shown(LetterFormPage(office, runner, letter))
    page.model.change("body", "Lời văn gõ tay.")
    set_day(page, OLD)
    assert page.model.draft.body == "Lời văn gõ tay."
    assert "another form held: Nghị định số 124/2020" in problem_of(page, "dated")


@pytest.mark.parametrize(("day", "told"), [(OLD, True), (date(2026, 11, 20), False)])
def test_the_slip_of_2021_says_that_its_words_were_not_compared(
    office: OpenOffice, runner: InlineRunner, shown: Callable[[Any], Any], english: None, day: date, told: bool
) -> None:
    panel: SlipPanel = shown(SlipPanel(office, runner))
    panel.show_visit(logged(office, date=day), (), own=True)
    assert panel.wording.isVisible() == told
