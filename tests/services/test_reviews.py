"""The review list is proposed from the data, decided by a person and followed to its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import (
    DirectiveLevel,
    ReviewCriterion,
    ReviewPlan,
    ReviewSource,
    ReviewState,
)
from tcd_desktop.domain.follow_up.review_rules import CaseMeasure, met_by
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.terms import Role
from tcd_desktop.law import review_rules
from tcd_desktop.open_office import OpenOffice
from tests.offices import DRAFT, MONDAY, make_office

TODAY = MONDAY.date()
PLAIN = CaseMeasure(
    case="c", office="P", first=TODAY - timedelta(30), people=1, visits=1, directives=0, instance=1, grounds=0
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ()),
        ({"people": 4}, ()),
        ({"people": 5}, ("crowded",)),
        ({"first": TODAY - timedelta(364)}, ()),
        ({"first": TODAY - timedelta(365)}, ("long",)),
        ({"directives": 1}, ("directed",)),
        ({"visits": 3}, ()),
        ({"visits": 3, "grounds": 1}, ("repeated", "complex")),
        ({"instance": 2, "grounds": 1}, ("repeated", "complex")),
        ({"people": 12, "visits": 3}, ("crowded", "repeated")),
    ],
)
def test_a_case_is_proposed_by_the_rules(change: dict[str, object], expected: tuple[str, ...]) -> None:
    met = met_by(replace(PLAIN, **change), review_rules(), TODAY)  # type: ignore[arg-type]
    assert tuple(one.value for one in met) == expected


def crowd(office: OpenOffice, people: int = 12) -> str:
    draft = replace(
        DRAFT, people=people, role=Role.GROUP_REPRESENTATIVE, representation_paper="Văn bản cử người đại diện"
    )
    visit = office.receptions.log(draft, open_case=True).value
    assert visit.case is not None
    return visit.case


def test_a_crowded_case_is_proposed_once_and_not_again_when_it_was_decided(office: OpenOffice) -> None:
    crowded = crowd(office)
    office.receptions.log(DRAFT, open_case=True)
    (proposal,) = office.reviews.proposals()
    assert (proposal.measure.case, proposal.measure.people) == (crowded, 12)
    assert proposal.criteria == (ReviewCriterion.CROWDED,)
    entry = office.reviews.decide(proposal, listed=True).value
    assert entry.state is ReviewState.LISTED and office.reviews.proposals() == []


def test_a_proposal_is_dismissed_only_with_a_reason(office: OpenOffice) -> None:
    crowd(office)
    (proposal,) = office.reviews.proposals()
    with pytest.raises(Refused):
        office.reviews.decide(proposal, listed=False)
    office.reviews.decide(proposal, listed=False, note="Đã thống nhất phương án với công dân")
    assert office.reviews.proposals() == []


def test_a_directive_makes_a_case_one_for_the_review(office: OpenOffice) -> None:
    case = office.receptions.log(DRAFT, open_case=True).value.case
    assert case is not None and office.reviews.proposals() == []
    order = DirectiveDraft(
        level=DirectiveLevel.GOVERNMENT,
        issuer="Văn phòng Chính phủ",
        issued_on=TODAY,
        content="Rà soát, giải quyết dứt điểm",
        units=("P-01",),
        cases=(case,),
    )
    office.directives.issue(order)
    assert [one.criteria for one in office.reviews.proposals()] == [(ReviewCriterion.DIRECTED,)]


def test_a_case_put_on_the_list_by_hand_is_there_once(office: OpenOffice) -> None:
    case = office.receptions.log(DRAFT, open_case=True).value.case
    assert case is not None
    office.reviews.add(case, source=ReviewSource.PLAN_363)
    with pytest.raises(Refused) as refused:
        office.reviews.add(case, source=ReviewSource.CITY)
    assert refused.value.code == "review_known"


def test_an_ended_review_needs_its_result_and_its_date(office: OpenOffice) -> None:
    entry = office.reviews.add(crowd(office), source=ReviewSource.DECISION_1849).value
    with pytest.raises(DraftRefused) as refused:
        office.reviews.change(entry.id, state=ReviewState.SETTLED)
    assert set(refused.value.problems) == {"result", "closed_on"}
    entry = office.reviews.change(
        entry.id, state=ReviewState.SETTLED, result="Công dân nhận bồi thường, rút đơn", closed_on=TODAY
    ).value
    assert entry.closed_on == TODAY


def test_a_measure_past_its_date_is_overdue_until_the_case_is_settled(office: OpenOffice) -> None:
    entry = office.reviews.add(crowd(office), source=ReviewSource.DISTRICT).value
    later = TODAY + timedelta(20)
    office.reviews.change(entry.id, plan=ReviewPlan.PERSUADE, measure="Đối thoại lần hai", due=TODAY + timedelta(10))
    office.reviews.tell(entry.id, on=TODAY, content="Đã mời các hộ đến đối thoại")
    line = office.reviews.line(entry.id)
    assert line.overdue_by(later) == 10 and [one.content for one in line.progress] == ["Đã mời các hộ đến đối thoại"]
    office.reviews.change(entry.id, state=ReviewState.WITHDRAWN, result="Rút đơn", closed_on=TODAY)
    assert office.reviews.line(entry.id).overdue_by(later) == 0


def test_a_closed_case_is_proposed_no_more(office: OpenOffice) -> None:
    case = office.cases.find(crowd(office))
    assert case is not None
    with office.store.unit(act="case.move", officer=office.officer.id) as unit:
        unit.change(case, state="closed", closed_on=date(2026, 11, 23))
        unit.commit()
    assert office.reviews.proposals() == []
