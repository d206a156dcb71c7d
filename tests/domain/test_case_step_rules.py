"""A step of a matter is refused with the rule that forbids it, and asks for what it cannot be without."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.case_step_rules import StepDraft, allowed_step, state_after, step_problems
from tcd_desktop.domain.cases.procedures import COMPLAINT, DENUNCIATION
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import CaseState, Classification, OfficerRight

TODAY = date(2026, 11, 23)
CASE = CaseFile(
    id="c",
    office="P",
    year=2026,
    number=1,
    title="Lấn ngõ đi chung",
    classification=Classification.COMPLAINT,
    opened_on=date(2026, 11, 2),
)
DENOUNCED = replace(CASE, classification=Classification.DENUNCIATION, state=CaseState.VERIFYING)
TOLD = StepDraft(on=TODAY, number="12/QĐ-UBND", dated=TODAY, reason="Phải xác minh tại hai địa điểm", days=30)


def taken(act: str, frm: CaseState, to: CaseState, on: date = date(2026, 11, 9)) -> CaseStep:
    return CaseStep(id=act + on.isoformat(), office="P", case="c", act=act, frm=frm, to=to, on=on)


def test_a_step_out_of_turn_names_its_article() -> None:
    with pytest.raises(Refused) as refused:
        allowed_step(COMPLAINT, CASE, "execute", [], OfficerRight.HEAD)
    assert (refused.value.code, refused.value.facts["article"]) == ("step_not_now", "Luật Khiếu nại Điều 46")


def test_nobody_who_only_looks_takes_a_step() -> None:
    with pytest.raises(Refused) as refused:
        allowed_step(COMPLAINT, CASE, "examine", [], OfficerRight.VIEWER)
    assert refused.value.code == "step_right"


def test_only_a_complex_denunciation_is_extended() -> None:
    with pytest.raises(Refused) as refused:
        allowed_step(DENUNCIATION, DENOUNCED, "extend", [], OfficerRight.HEAD)
    assert refused.value.code == "extension_complex"


@pytest.mark.parametrize(("grounds", "most"), [(("a",), 1), (("a", "c"), 2)])
def test_a_denunciation_is_extended_as_often_as_its_grounds_allow(grounds: tuple[str, ...], most: int) -> None:
    case = replace(DENOUNCED, complexity=grounds)
    used = [taken("extend", CaseState.VERIFYING, CaseState.VERIFYING, date(2026, 11, 1 + n)) for n in range(most)]
    allowed_step(DENUNCIATION, case, "extend", used[:-1], OfficerRight.HEAD)
    with pytest.raises(Refused) as refused:
        allowed_step(DENUNCIATION, case, "extend", used, OfficerRight.HEAD)
    assert (refused.value.code, refused.value.facts["most"]) == ("extension_used", most)
    taken_back = [replace(used[0], removed="ghi nhầm"), *used[1:]]
    allowed_step(DENUNCIATION, case, "extend", taken_back, OfficerRight.HEAD)


def test_a_decision_needs_its_number_its_date_and_its_result() -> None:
    step = COMPLAINT.step("decide", CaseState.VERIFYING)
    assert set(step_problems(step, StepDraft(on=TODAY), [], TODAY)) == {"number", "dated", "result"}


def test_an_extension_is_of_thirty_days_at_most() -> None:
    step = DENUNCIATION.step("extend", CaseState.VERIFYING)
    assert step_problems(step, TOLD, [], TODAY) == {}
    assert step_problems(step, replace(TOLD, days=31), [], TODAY)["days"].code == "extension_range"
    assert step_problems(step, replace(TOLD, days=0), [], TODAY)["days"].code == "missing"


def test_a_step_is_neither_in_the_future_nor_before_the_last_one() -> None:
    step = COMPLAINT.step("examine", CaseState.RECEIVED)
    before = [taken("ask_papers", CaseState.RECEIVED, CaseState.AWAITING_PAPERS)]
    assert step_problems(step, StepDraft(on=date(2026, 11, 24)), before, TODAY)["on"].code == "future_date"
    assert step_problems(step, StepDraft(on=date(2026, 11, 8)), before, TODAY)["on"].code == "before_step"
    assert step_problems(step, StepDraft(on=date(2026, 11, 9)), before, TODAY) == {}


def test_a_resumed_matter_goes_on_from_where_it_was_suspended() -> None:
    case = replace(CASE, state=CaseState.SUSPENDED)
    before = [taken("suspend", CaseState.DIALOGUE, CaseState.SUSPENDED)]
    step = COMPLAINT.step("resume", CaseState.SUSPENDED)
    assert state_after(step, case, before) is CaseState.DIALOGUE
    assert state_after(step, case, []) is CaseState.VERIFYING
