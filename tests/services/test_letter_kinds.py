"""What a case has come to decides which letter is offered first; no letter of another kind of matter is offered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tcd_desktop.documents.letter_pack import letter_texts
from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.terms import CaseState, Classification
from tcd_desktop.services.letters.letter_facts import LetterFacts
from tcd_desktop.services.letters.letter_kinds import offered_kinds

TODAY = date(2026, 11, 23)
NOBODY: Any = None

FITTING = [
    (Classification.COMPLAINT, CaseState.SUSPENDED, ["complaint-suspension", "complaint-resumption"]),
    (Classification.COMPLAINT, CaseState.ENDED, ["complaint-ending"]),
    (Classification.COMPLAINT, CaseState.VERIFYING, ["complaint-extension"]),
    (Classification.DENUNCIATION, CaseState.SUSPENDED, ["denunciation-suspension", "denunciation-resumption"]),
    (Classification.DENUNCIATION, CaseState.ENDED, ["denunciation-ending"]),
    (Classification.DENUNCIATION, CaseState.VERIFYING, ["denunciation-extension"]),
    (Classification.DENUNCIATION, CaseState.CONCLUDED, ["denunciation-result-notice"]),
    (Classification.FEEDBACK, CaseState.ANSWERED, ["feedback-answer"]),
    (Classification.PETITION, CaseState.ANSWERED, ["feedback-answer"]),
]


def offered(classification: Classification, state: CaseState) -> list[tuple[str, bool]]:
    case = CaseFile(
        id="C1",
        office="HN-BD",
        year=2026,
        number=1,
        title="Ngõ đi chung",
        classification=classification,
        state=state,
        opened_on=TODAY,
    )
    facts = LetterFacts(office=NOBODY, officer=NOBODY, on=TODAY, subject=LetterSubject.CASE, case=case)
    texts = [text for text in letter_texts(TODAY) if LetterSubject.CASE in text.subjects]
    return [(one.kind, one.fits) for one in offered_kinds(facts, texts, set())]


@pytest.mark.parametrize(("classification", "state", "kinds"), FITTING)
def test_the_letter_that_fits_the_state_comes_first(
    classification: Classification, state: CaseState, kinds: list[str]
) -> None:
    found = offered(classification, state)
    secret = classification is Classification.DENUNCIATION
    assert [kind for kind, fits in found if fits] == [*kinds, *(["protection-request"] if secret else [])]
    assert found[0] == (kinds[0], True)


@pytest.mark.parametrize("classification", list(Classification))
@pytest.mark.parametrize("state", list(CaseState))
def test_no_letter_of_another_kind_of_matter_is_offered(classification: Classification, state: CaseState) -> None:
    kinds = {kind for kind, _fits in offered(classification, state)}
    prefixes = {kind.split("-")[0] for kind in kinds}
    if classification is not Classification.DENUNCIATION:
        assert "denunciation" not in prefixes and "forward-denunciation" not in kinds
    if classification is not Classification.COMPLAINT:
        assert "complaint" not in prefixes and "forward-complaint" not in kinds
    if classification in (Classification.COMPLAINT, Classification.DENUNCIATION):
        assert "feedback-answer" not in kinds and "forward-feedback" not in kinds
