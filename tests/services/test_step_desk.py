"""Steps move a case, start and stop its clocks, and can be undone as one act."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tcd_desktop.domain.cases.case_file import CaseFile, PetitionDraft
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.clocks.deadlines import Deadline
from tcd_desktop.domain.follow_up.follow_up_terms import SettlementResult
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.terms import CaseState, Classification, OfficerRight, PetitionSource
from tcd_desktop.open_office import OpenOffice
from tests.offices import DRAFT, MONDAY, SECRET, Clock, make_office

TODAY = MONDAY.date()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


def new_case(office: OpenOffice, *, secret: bool = False) -> CaseFile:
    visit = office.receptions.log(SECRET if secret else DRAFT, open_case=True).value
    assert visit.case is not None
    return found(office, visit.case)


def found(office: OpenOffice, case_id: str) -> CaseFile:
    case = office.cases.find(case_id)
    assert case is not None
    return case


def told(on: date = TODAY, **more: object) -> StepDraft:
    return replace(StepDraft(on=on, number="12/QĐ-UBND", dated=on, reason="Có căn cứ", body="Tổ xác minh"), **more)  # type: ignore[arg-type]


def later(office: OpenOffice, days: int) -> date:
    """The office's clock goes on."""
    clock = office.clock
    assert isinstance(clock, Clock)
    clock.moment = datetime.combine(clock.moment.date() + timedelta(days=days), clock.moment.time())
    return clock.moment.date()


def test_an_accepted_complaint_has_thirty_days_and_says_why(office: OpenOffice) -> None:
    case = office.steps.take(new_case(office).id, "accept", told()).value
    assert (case.state, case.due, case.due_rule) == (CaseState.ACCEPTED, date(2026, 12, 23), "KN1.settle")
    assert Deadline.from_json(json.loads(case.due_basis)).article == "Điều 28 Luật Khiếu nại"


def test_the_choices_are_those_of_the_state_and_the_right(office: OpenOffice) -> None:
    case = new_case(office)
    assert {"accept", "refuse", "guide", "forward"} <= {step.act for step in office.steps.choices(case)}
    after = office.steps.take(case.id, "accept", told()).value
    assert {step.act for step in office.steps.choices(after)} >= {"verify", "dialogue", "decide", "suspend", "end"}
    office.officer = replace(office.officer, right=OfficerRight.VIEWER)
    del office.steps
    assert office.steps.choices(after) == ()


def test_a_complex_complaint_has_forty_five_days_from_the_moment_it_is_said(office: OpenOffice) -> None:
    case = office.steps.take(new_case(office).id, "accept", told()).value
    case = office.steps.describe(case.id, complexity=["a"], remote=False).value
    assert case.due == date(2027, 1, 7)
    case = office.steps.describe(case.id, complexity=["a"], remote=True).value
    assert case.due == date(2027, 1, 22)


def test_a_suspended_case_has_no_date_and_goes_on_with_the_days_it_had(office: OpenOffice) -> None:
    case = office.steps.take(new_case(office).id, "accept", told()).value
    on = later(office, 4)
    case = office.steps.take(case.id, "suspend", told(on)).value
    assert (case.state, case.due) == (CaseState.SUSPENDED, None)
    on = later(office, 10)
    case = office.steps.take(case.id, "resume", told(on)).value
    assert (case.state, case.due) == (CaseState.ACCEPTED, date(2027, 1, 4))  # 23/12 and ten days is Sat 2/1


def test_a_denunciation_is_extended_only_when_it_is_complex(office: OpenOffice) -> None:
    case = office.steps.take(new_case(office, secret=True).id, "accept", told()).value
    assert case.due_rule == "TC.notice"  # five working days to tell both sides come first
    with pytest.raises(Refused) as refused:
        office.steps.take(case.id, "extend", told(days=30))
    assert refused.value.code == "extension_complex"
    office.steps.describe(case.id, complexity=["a"], remote=False)
    office.steps.take(case.id, "notify", told())
    case = office.steps.take(case.id, "extend", told(days=30)).value
    assert (case.due_rule, case.due) == ("TC.settle", date(2027, 1, 22))


def test_a_step_that_lacks_its_number_is_not_taken_and_nothing_is_written(office: OpenOffice) -> None:
    case = new_case(office)
    with pytest.raises(DraftRefused) as refused:
        office.steps.take(case.id, "forward", StepDraft(on=TODAY))
    assert set(refused.value.problems) == {"body", "number", "dated"}
    assert office.store.all(CaseStep) == [] and found(office, case.id) == case


def test_a_step_is_undone_and_redone_as_one_act(office: OpenOffice) -> None:
    case = new_case(office)
    done = office.steps.take(case.id, "accept", told())
    office.undo.undo()
    assert found(office, case.id) == case and office.steps.steps(case.id) == []
    office.undo.redo()
    assert found(office, case.id) == done.value and [one.act for one in office.steps.steps(case.id)] == ["accept"]


def test_a_new_day_off_moves_the_dates_of_open_cases(office: OpenOffice) -> None:
    case = office.steps.take(new_case(office).id, "accept", told()).value
    office.calendar.add(date(2026, 12, 23), working=False, reason="Nghỉ theo quyết định của thành phố")
    (moved,) = office.steps.recount().value
    assert (moved.case.id, moved.before, moved.after) == (case.id, date(2026, 12, 23), date(2026, 12, 24))
    assert office.steps.recount().value == []


def test_the_whole_way_of_a_complaint_is_walked(office: OpenOffice) -> None:
    case = new_case(office)
    for act in ("examine", "accept", "verify", "dialogue", "decide", "send"):
        case = office.steps.take(case.id, act, told(result="partly", reason="")).value
    assert (case.state, case.result, case.due) == (CaseState.DECIDED, SettlementResult.PARTLY, None)
    with pytest.raises(Refused) as refused:
        office.steps.take(case.id, "take_effect", told())
    assert (refused.value.code, refused.value.facts["due"]) == ("effect_not_yet", date(2026, 12, 23))
    on = later(office, 31)
    for act in ("take_effect", "execute", "executed", "close"):
        case = office.steps.take(case.id, act, told(on)).value
    assert (case.state, case.due, case.closed_on) == (CaseState.CLOSED, None, on)
    late = {clock.rule: clock.late_by(on) for clock in office.steps.clocks(case)}
    assert set(late) >= {"TCD.answer", "KN1.accept", "KN1.settle", "KN1.send", "KN.effect"} and not any(late.values())


def test_a_case_in_the_recycle_bin_takes_no_step(office: OpenOffice) -> None:
    case = new_case(office)
    with office.store.unit(act="case.remove", officer=office.officer.id) as unit:
        unit.change(case, removed="Ghi trùng")
        unit.commit()
    with pytest.raises(Refused) as refused:
        office.steps.take(case.id, "accept", told())
    assert refused.value.code == "unknown_record"


@pytest.mark.parametrize(
    ("received", "due"),
    [(date(2026, 10, 10), date(2026, 11, 25)), (date(2026, 6, 30), None)],
    ids=["45 days, 24/11 is off", "the law knew no such day before 01/07/2026"],
)
def test_feedback_that_came_by_post_has_the_longest_day_the_law_lets_it_lie(
    office: OpenOffice, received: date, due: date | None
) -> None:
    draft = PetitionDraft(
        source=PetitionSource.POST,
        received_on=received,
        classification=Classification.FEEDBACK,
        name="Lê Văn Ổi",
        address="Số 3 ngõ Thử",
        content="Phản ánh ngập nước ở ngõ.",
    )
    (petition,) = office.petitions.register_all([draft], open_cases=[True]).value
    case = found(office, petition.case or "")
    assert (case.due, case.due_rule) == (due, "DON.limit" if due else "")
    if due is not None:
        assert office.steps.take(case.id, "answer", told(result="Đã trả lời")).value.due is None


def test_feedback_told_at_a_visit_has_the_answer_to_who_came_and_no_other_clock(office: OpenOffice) -> None:
    draft = replace(DRAFT, classification=Classification.FEEDBACK)
    case = found(office, office.receptions.log(draft, open_case=True).value.case or "")
    assert [clock.rule for clock in office.steps.clocks(case)] == ["TCD.answer"]


def test_a_step_before_the_matter_arrived_is_refused_with_the_day_it_arrived(office: OpenOffice) -> None:
    case = new_case(office)
    with pytest.raises(DraftRefused) as refused:
        office.steps.take(case.id, "accept", told(TODAY - timedelta(days=1)))
    problem = refused.value.problems["on"]
    assert (problem.code, problem.facts["date"]) == ("before_receipt", TODAY)
    assert office.steps.take(case.id, "accept", told()).value.state is CaseState.ACCEPTED
