"""An inspection finds in the books what was not kept, asks for correction and follows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from tcd_desktop.domain.follow_up.follow_up_terms import FindingState
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.sittings.sitting import Sitting
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, Direction, Signing, SittingState
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.figures.shortcomings import QUESTIONS
from tcd_desktop.store.journal.clock import new_id
from tests.offices import DRAFT, MONDAY, Clock, make_office

TODAY = MONDAY.date()
YEAR = (date(2026, 7, 1), date(2026, 12, 31))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


def at(office: OpenOffice, day: date) -> None:
    clock = office.clock
    assert isinstance(clock, Clock)
    clock.moment = datetime.combine(day, time(9, 0))


def codes(office: OpenOffice) -> dict[str, int]:
    return {one.code: one.count for one in office.inspections.look("P-01", *YEAR) if one.code != "head_days"}


def test_a_ward_that_kept_every_rule_has_nothing_found(office: OpenOffice) -> None:
    visit = office.receptions.log(replace(DRAFT, documents=())).value
    office.receptions.answer(visit.id, kind=AnswerKind.ACCEPTED, channel=AnswerChannel.IN_PERSON, on=TODAY)
    assert codes(office) == {}


def test_late_and_missing_answers_are_told_apart(office: OpenOffice) -> None:
    at(office, date(2026, 10, 1))
    plain = replace(DRAFT, date=date(2026, 10, 1), documents=())
    late, missing = office.receptions.log(plain).value, office.receptions.log(plain).value
    at(office, TODAY)
    office.receptions.answer(late.id, kind=AnswerKind.ACCEPTED, channel=AnswerChannel.WRITTEN, on=TODAY)
    found = {one.code: one for one in office.inspections.look("P-01", *YEAR)}
    assert found["answered_late"].records == (late.id,) and found["not_answered"].records == (missing.id,)


def test_papers_without_a_slip_are_found(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    assert codes(office) == {"no_slip": 1}
    office.slips.print(visit.id, copies=2)
    assert codes(office) == {"slip_not_handed_over": 1}


def test_a_statement_that_was_not_signed_is_found(office: OpenOffice) -> None:
    told = replace(DRAFT, has_petition=False, documents=(), read_back=True, signing=Signing.SIGNED)
    office.receptions.log(told)
    office.receptions.log(replace(told, signing=None))
    assert codes(office) == {"statement_open": 1}


def test_a_sitting_without_its_notice_of_conclusion_is_found(office: OpenOffice) -> None:
    with office.store.unit(act="sitting.add", officer=office.officer.id) as unit:
        unit.put(Sitting(id=new_id(), office="P-01", day=date(2026, 11, 5), state=SittingState.HELD))
        unit.put(Sitting(id=new_id(), office="P-01", day=date(2026, 11, 6), state=SittingState.POSTED))
        unit.commit()
    assert codes(office) == {"no_conclusion_notice": 1, "sitting_unexplained": 1}


def test_months_in_which_the_head_received_too_seldom_are_named(office: OpenOffice) -> None:
    with office.store.unit(act="sitting.add", officer=office.officer.id) as unit:
        for day in (date(2026, 9, 3), date(2026, 9, 17), date(2026, 10, 5)):
            unit.put(Sitting(id=new_id(), office="P-01", day=day, state=SittingState.HELD))
        unit.commit()
    found = next(one for one in office.inspections.look("P-01", *YEAR) if one.code == "head_days")
    assert found.records == ("2026-07-01", "2026-08-01", "2026-10-01")


def test_a_round_turns_what_was_found_into_findings_and_follows_them(office: OpenOffice) -> None:
    office.receptions.log(DRAFT)
    line = office.inspections.begin("P-01", *YEAR, lead="Thanh tra quận").value
    slip = next(one for one in line.findings if one.code == "no_slip")
    office.inspections.ask([slip.id], date(2026, 11, 30))
    held = line.round
    at(office, date(2026, 12, 3))
    assert [one.id for one in office.inspections.line(held).overdue(date(2026, 12, 3))] == [slip.id]
    reply = "Đã lập và giao giấy biên nhận"
    office.inspections.settle(slip.id, FindingState.CORRECTED, reply=reply, on=date(2026, 12, 2))
    assert slip.id not in {one.id for one in office.inspections.line(held).open}
    office.inspections.close(held.id, "Đã khắc phục các tồn tại", date(2026, 12, 3))
    with pytest.raises(Refused) as refused:
        office.inspections.add(held.id, "Thiếu sổ")
    assert refused.value.code == "round_closed"


def test_an_impossible_period_and_an_empty_reply_are_refused(office: OpenOffice) -> None:
    with pytest.raises(DraftRefused) as refused:
        office.inspections.begin("P-01", date(2026, 11, 2), date(2026, 11, 1))
    assert refused.value.problems["until"].code == "end_before_start"
    with pytest.raises(DraftRefused):
        office.inspections.begin("P-01", date(2027, 1, 1), date(2027, 2, 1))
    office.receptions.log(DRAFT)
    finding = office.inspections.begin("P-01", *YEAR).value.findings[0]
    with pytest.raises(DraftRefused):
        office.inspections.settle(finding.id, FindingState.REFUTED, reply=" ", on=TODAY)
    with pytest.raises(Refused):
        office.inspections.ask([finding.id], date(2026, 11, 1))


def test_a_refused_visit_without_its_notice_in_time_is_found(office: OpenOffice) -> None:
    at(office, date(2026, 11, 2))
    refused = replace(
        DRAFT,
        date=date(2026, 11, 2),
        direction=Direction.REFUSE,
        refusal_ground="L9.3",
        refusal_grounds_on=date(2026, 11, 2),
        earlier_answer="Thông báo 12/TB-UBND ngày 02/03/2026",
        documents=(),
    )
    office.receptions.log(refused)
    at(office, TODAY)
    assert codes(office) == {"refusal_late": 1}


def test_every_question_can_be_asked_of_an_empty_book(office: OpenOffice) -> None:
    assert codes(office) == {} and len(QUESTIONS) == 10
