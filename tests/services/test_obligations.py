"""What a decision or conclusion orders is registered, assigned, followed and ended; its case keeps in step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.cases.obligation import Amount, Obligation
from tcd_desktop.domain.cases.obligation_rules import ObligationDraft
from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel, ObligationKind, ObligationState, ReminderAbout
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.terms import CaseState, OfficerRight
from tcd_desktop.open_office import OpenOffice
from tests.offices import DRAFT, MONDAY, SECRET, SECRET_WORDS, Clock, make_office

TODAY = MONDAY.date()
BY_HAND = ObligationDraft(
    kind=ObligationKind.TASK_FORCE_CONCLUSION,
    number="12/KL-TCT",
    issued_on=date(2026, 10, 1),
    issuer="Tổ công tác theo Quyết định 1849/QĐ-TTg",
    summary="Thu hồi đất lấn chiếm, bồi thường cho 3 hộ dân",
    due=date(2026, 11, 13),
    amounts=(Amount("state_land", due=120), Amount("people_money", due=25_500_000)),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


def later(office: OpenOffice, days: int) -> date:
    clock = office.clock
    assert isinstance(clock, Clock)
    clock.moment = datetime.combine(clock.moment.date() + timedelta(days=days), clock.moment.time())
    return clock.moment.date()


def told(on: date = TODAY) -> StepDraft:
    return StepDraft(on=on, number="12/QĐ-UBND", dated=on, body="Công chức Địa chính - Xây dựng", result="right")


def walked(office: OpenOffice, *acts: str, on: date = TODAY, secret: bool = False) -> CaseFile:
    visit = office.receptions.log(SECRET if secret else DRAFT, open_case=True).value
    assert visit.case
    for act in acts:
        office.steps.take(visit.case, act, told(on))
    return case_of(office, visit.case)


def case_of(office: OpenOffice, case: str) -> CaseFile:
    found = office.cases.find(case)
    assert found is not None
    return found


def in_effect(office: OpenOffice) -> CaseFile:
    case = walked(office, "accept", "decide")
    office.steps.take(case.id, "take_effect", told(later(office, 40)))
    return case_of(office, case.id)


def test_a_decided_case_fills_the_form_with_its_decision(office: OpenOffice) -> None:
    case = in_effect(office)
    draft = office.obligations.from_case(case.id)
    assert (draft.kind, draft.number, draft.issued_on) == (ObligationKind.COMPLAINT_DECISION, "12/QĐ-UBND", TODAY)
    assert (draft.summary, draft.effective_on, draft.issuer) == (case.title, office.today(), office.office.name)
    assert draft.problems(office.today()) == {}
    assert [one.id for one in office.obligations.unregistered()] == [case.id]
    office.obligations.register(draft)
    assert office.obligations.unregistered() == []


def test_what_follows_from_a_denunciation_names_its_file_and_nobody(office: OpenOffice) -> None:
    case = walked(office, "accept", "notify", "verify", "conclude", secret=True)
    draft = office.obligations.from_case(case.id)
    assert draft.kind is ObligationKind.DENUNCIATION_CONCLUSION and case.book_number in draft.summary
    assert not any(word in repr(draft) for word in (*SECRET_WORDS, case.title))


def test_a_petition_has_nothing_to_carry_out(office: OpenOffice) -> None:
    from tcd_desktop.domain.terms import Classification

    visit = office.receptions.log(replace(DRAFT, classification=Classification.FEEDBACK), open_case=True).value
    with pytest.raises(Refused) as refused:
        office.obligations.from_case(visit.case or "")
    assert refused.value.code == "nothing_to_execute"


def test_assigning_the_execution_of_a_case_is_one_act_and_moves_both(office: OpenOffice) -> None:
    case = in_effect(office)
    made = office.obligations.register(office.obligations.from_case(case.id)).value
    on = office.today()
    assigned = office.obligations.assign(made.id, responsible="Ban quản lý chợ", number="30/UBND", on=on).value
    assert (assigned.state, assigned.assigned_on) == (ObligationState.IN_PROGRESS, on)
    assert case_of(office, case.id).state is CaseState.EXECUTING
    office.obligations.finish(made.id, on)
    assert case_of(office, case.id).state is CaseState.EXECUTED
    office.undo.undo()
    assert case_of(office, case.id).state is CaseState.EXECUTING
    assert office.obligations.line(made.id).obligation == assigned


def test_the_steps_of_a_case_carry_its_obligation_along(office: OpenOffice) -> None:
    case = in_effect(office)
    made = office.obligations.register(office.obligations.from_case(case.id)).value
    on = office.today()
    office.steps.take(case.id, "execute", told(on))
    (given,) = office.obligations.of_case(case.id)
    assert (given.id, given.responsible, given.assigned_number) == (made.id, told().body, "12/QĐ-UBND")
    office.steps.take(case.id, "executed", told(on))
    (done,) = office.obligations.of_case(case.id)
    assert (done.state, done.done_on) == (ObligationState.DONE, on)


def test_a_case_that_is_assigned_without_a_line_in_the_register_gets_one(office: OpenOffice) -> None:
    case = in_effect(office)
    office.steps.take(case.id, "execute", told(office.today()))
    (made,) = office.obligations.of_case(case.id)
    assert (made.number, made.responsible) == ("12/QĐ-UBND", told().body)
    assert made.state is ObligationState.IN_PROGRESS
    office.undo.undo()
    assert office.obligations.of_case(case.id) == []


def test_an_officer_who_may_not_sign_moves_no_case(office: OpenOffice) -> None:
    case = in_effect(office)
    made = office.obligations.register(office.obligations.from_case(case.id)).value
    office.officer = replace(office.officer, right=OfficerRight.CLERK)
    del office.obligations
    office.obligations.assign(made.id, responsible="Ban quản lý chợ", number="30/UBND", on=office.today())
    assert case_of(office, case.id).state is CaseState.IN_EFFECT


def test_what_is_not_carried_out_says_why_and_is_late_until_it_ends(office: OpenOffice) -> None:
    made = office.obligations.register(BY_HAND).value
    assert office.obligations.line(made.id).overdue_by(TODAY) == 10
    assert [one.id for one in office.obligations.waiting_here(TODAY)] == [made.id]
    amounts = (Amount("state_land", 120, 80), Amount("people_money", 25_500_000, 0))
    tell = office.obligations.tell(made.id, progress="Đã thu hồi 80 m2", reason="Hai hộ đi vắng", amounts=amounts).value
    assert (tell.state, tell.reason, tell.amounts) == (ObligationState.IN_PROGRESS, "Hai hộ đi vắng", amounts)
    with pytest.raises(DraftRefused) as refused:
        office.obligations.give_up(made.id, " ")
    assert refused.value.problems["reason"].code == "reason_needed"
    office.obligations.give_up(made.id, "Người phải thi hành đã chết, không có di sản")
    assert office.obligations.line(made.id).overdue_by(TODAY) == 0
    assert office.obligations.waiting_here(TODAY) == []


def test_what_is_done_has_all_its_figures_and_is_reopened_only_with_a_reason(office: OpenOffice) -> None:
    made = office.obligations.register(BY_HAND).value
    done = office.obligations.finish(made.id, TODAY).value
    assert [(one.due, one.done) for one in done.amounts] == [(120, 120), (25_500_000, 25_500_000)]
    for act in (
        lambda: office.obligations.tell(made.id, progress="Thêm"),
        lambda: office.obligations.finish(made.id, TODAY),
        lambda: office.obligations.give_up(made.id, "Không"),
    ):
        with pytest.raises(Refused):
            act()
    again = office.obligations.reopen(made.id, "Còn một hộ chưa nhận tiền").value
    assert (again.state, again.done_on) == (ObligationState.IN_PROGRESS, None)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"summary": " "}, "summary", "missing"),
        ({"kind": None}, "kind", "missing"),
        ({"issued_on": date(2026, 11, 24)}, "issued_on", "future_date"),
        ({"effective_on": date(2026, 9, 1)}, "effective_on", "before_document"),
        ({"due": date(2026, 9, 30)}, "due", "before_document"),
        ({"amounts": (Amount("people_money", -1),)}, "amounts", "amount_range"),
        ({"responsible": "x" * 301}, "responsible", "too_long"),
    ],
)
def test_an_incomplete_obligation_says_what_is_missing(
    office: OpenOffice, change: dict[str, object], field: str, code: str
) -> None:
    with pytest.raises(DraftRefused) as refused:
        office.obligations.register(replace(BY_HAND, **change))  # type: ignore[arg-type]
    assert refused.value.problems[field].code == code
    assert office.store.all(Obligation) == []


def test_more_done_than_ordered_is_a_doubt_and_stops_nothing(office: OpenOffice) -> None:
    made = office.obligations.register(replace(BY_HAND, amounts=(Amount("people", 3, 4),))).value
    assert made.amounts == (Amount("people", 3, 4),)


def test_open_ones_come_first_with_their_reminders(office: OpenOffice) -> None:
    done = office.obligations.register(replace(BY_HAND, due=date(2026, 10, 2))).value
    office.obligations.finish(done.id, TODAY)
    late = office.obligations.register(BY_HAND).value
    office.reminders.remind(ReminderAbout.OBLIGATION, late.id, office.office.id, on=TODAY)
    assert [(line.id, len(line.reminders)) for line in office.obligations.lines()] == [(late.id, 1), (done.id, 0)]
    assert office.obligations.issuers() == [BY_HAND.issuer]


def test_who_may_only_look_writes_nothing_at_these_desks(office: OpenOffice) -> None:
    made = office.obligations.register(BY_HAND).value
    office.officer = replace(office.officer, right=OfficerRight.VIEWER)
    for desk in ("obligations", "directives", "reminders"):
        office.__dict__.pop(desk, None)
    order = DirectiveDraft(
        level=DirectiveLevel.CITY, issuer="UBND thành phố", issued_on=TODAY, content="Rà soát", units=("P-01",)
    )
    for act in (
        lambda: office.obligations.tell(made.id, progress="Xong"),
        lambda: office.obligations.register(BY_HAND),
        lambda: office.directives.issue(order),
        lambda: office.reminders.remind(ReminderAbout.BUNDLE, "", "P-02", on=TODAY),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "only_reads"
