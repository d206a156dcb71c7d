"""The tables of the procedures are sound, and allow what the law allows."""

from __future__ import annotations

import pytest

from tcd_desktop import law
from tcd_desktop.domain.cases.case_clocks import WAITING_PERIODS
from tcd_desktop.domain.cases.procedure import Procedure, Step
from tcd_desktop.domain.cases.procedures import COMPLAINT, DENUNCIATION, FEEDBACK, PROCEDURES, procedure_of
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import CaseState, Classification

STEPS = [(one, step) for one in PROCEDURES for step in one.steps]
NEEDS = {"number", "date", "reason", "body", "result", "days", "part"}


def follow(procedure: Procedure, *acts: str) -> CaseState:
    """Takes the steps one after another from the beginning; where the matter stands then."""
    state, before, taken = procedure.begins, procedure.begins, list[str]()
    for act in acts:
        step = procedure.step(act, state, taken=taken)
        if step.act == "suspend":
            before = state
        state = step.to or (before if state is CaseState.SUSPENDED else state)
        taken.append(act)
    return state


@pytest.mark.parametrize("kind", list(Classification))
def test_every_kind_of_matter_has_one_procedure(kind: Classification) -> None:
    assert sum(kind in one.kinds and one.instance == 1 for one in PROCEDURES) == 1
    assert kind in procedure_of(kind).kinds


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_state_can_be_reached_and_every_way_ends_with_the_closed_file(procedure: Procedure) -> None:
    assert procedure.unreachable() == frozenset()
    leads_on = {state: {step.to for step in procedure.steps_from(state)} - {None, state} for state in procedure.states}
    ends = {CaseState.CLOSED}
    while more := {state for state, next_ones in leads_on.items() if next_ones & ends} - ends:
        ends |= more
    assert ends == set(procedure.states)


@pytest.mark.parametrize(("procedure", "step"), STEPS, ids=lambda one: one.act if isinstance(one, Step) else "")
def test_the_clocks_a_step_names_are_clocks_of_the_law(procedure: Procedure, step: Step) -> None:
    assert {*step.starts, *step.stops, *step.pauses, *step.continues, *step.extends} <= set(law.law_book().rule_ids())
    assert set(step.needs) <= NEEDS
    assert step.rights


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_clock_that_a_step_starts_is_stopped_by_some_step(procedure: Procedure) -> None:
    started = {clock for step in procedure.steps for clock in step.starts}
    stopped = {clock for step in procedure.steps for clock in step.stops}
    assert started <= stopped


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_whatever_clock_runs_in_a_state_there_is_a_way_to_keep_it_without_closing_the_file(
    procedure: Procedure,
) -> None:
    """A step forgotten is entered later: no clock is left that only the closing of the file would end."""
    stuck = [
        (state, clock)
        for state, clock in clocks_in_states(procedure)
        if clock not in WAITING_PERIODS and not can_be_kept(procedure, state, clock)
    ]
    assert stuck == []


def clocks_in_states(procedure: Procedure) -> set[tuple[CaseState, str]]:
    """Every (state, clock) that some way through the table leads to."""
    found: set[tuple[CaseState, str]] = set()
    waiting = [(procedure.begins, clock) for clock in procedure.clocks]
    while waiting:
        state, clock = waiting.pop()
        if (state, clock) in found or state is CaseState.CLOSED:
            continue
        found.add((state, clock))
        for step in procedure.steps_from(state):
            after = places_after(procedure, state, step)
            waiting += [(to, one) for to in after for one in step.starts]
            if clock not in step.stops:
                waiting += [(to, clock) for to in after]
    return found


def places_after(procedure: Procedure, state: CaseState, step: Step) -> list[CaseState]:
    """Where a step may lead: a resumed matter goes back to any state it can be suspended in."""
    if step.to is not None:
        return [step.to]
    if state is not CaseState.SUSPENDED:
        return [state]
    return sorted(next(one.frm for one in procedure.steps if one.to is CaseState.SUSPENDED))


def can_be_kept(procedure: Procedure, state: CaseState, clock: str) -> bool:
    """Whether some way from a state meets a step that stops the clock."""
    seen, waiting = set[CaseState](), [state]
    while waiting:
        at = waiting.pop()
        if at in seen or at is CaseState.CLOSED:
            continue
        seen.add(at)
        for step in procedure.steps_from(at):
            if clock in step.stops:
                return True
            waiting += places_after(procedure, at, step)
    return False


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_suspended_matter_is_resumed_or_ended_and_nothing_else(procedure: Procedure) -> None:
    """A step that stays where it is would wake it up: it goes on from where it was suspended."""
    assert {step.act for step in procedure.steps if CaseState.SUSPENDED in step.frm} <= {"resume", "end"}


def test_a_complaint_goes_from_the_paper_to_the_executed_decision() -> None:
    way = ("examine", "accept", "verify", "dialogue", "decide", "send", "take_effect", "execute", "executed", "close")
    assert follow(COMPLAINT, *way) is CaseState.CLOSED


def test_a_suspended_complaint_goes_on_where_it_stood() -> None:
    assert follow(COMPLAINT, "accept", "suspend", "resume") is CaseState.ACCEPTED
    assert follow(COMPLAINT, "accept", "verify", "suspend", "resume") is CaseState.VERIFYING


def test_a_complaint_of_many_goes_on_for_the_others_when_some_withdraw() -> None:
    assert follow(COMPLAINT, "accept", "verify", "withdraw_part") is CaseState.VERIFYING


def test_a_decided_complaint_goes_to_the_second_instance() -> None:
    assert follow(COMPLAINT, "accept", "verify", "decide", "second_complaint") is CaseState.ESCALATED


def test_guidance_is_given_once_for_a_matter() -> None:
    COMPLAINT.step("guide", CaseState.RECEIVED)
    with pytest.raises(Refused) as refused:
        COMPLAINT.step("guide", CaseState.UNDER_REVIEW, taken=["guide", "close", "reopen"])
    assert refused.value.code == "step_once"
    assert "guide" not in {step.act for step in COMPLAINT.steps_from(CaseState.UNDER_REVIEW, taken=["guide"])}


def test_a_denunciation_is_forwarded_once_for_the_same_content() -> None:
    with pytest.raises(Refused) as refused:
        DENUNCIATION.step("forward", CaseState.UNDER_REVIEW, taken=["forward"])
    assert (refused.value.code, refused.value.facts["article"]) == ("step_once", "TT 05/2021/TT-TTCP Điều 14(1)")


def test_a_denunciation_is_concluded_only_after_verification() -> None:
    with pytest.raises(Refused) as refused:
        DENUNCIATION.step("conclude", CaseState.ACCEPTED)
    assert refused.value.code == "step_not_now"
    way = ("examine", "accept", "notify", "verify", "extend", "conclude", "send", "handle", "publish", "execute")
    assert follow(DENUNCIATION, *way) is CaseState.EXECUTING


def test_a_denunciation_brought_again_is_examined_anew() -> None:
    assert follow(DENUNCIATION, "refuse", "denounced_again") is CaseState.UNDER_REVIEW


def test_feedback_outside_competence_is_forwarded_and_its_answer_noted() -> None:
    assert follow(FEEDBACK, "forward", "answer", "close") is CaseState.CLOSED


def test_an_act_nobody_knows_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        FEEDBACK.step("decide", CaseState.RECEIVED)
    assert refused.value.code == "step_unknown"


def test_a_matter_refused_by_the_office_can_only_be_closed() -> None:
    assert {step.act for step in COMPLAINT.steps_from(CaseState.NOT_ACCEPTED)} == {"close"}
    assert CaseState.CLOSED in COMPLAINT.finals and CaseState.DECIDED not in COMPLAINT.finals
