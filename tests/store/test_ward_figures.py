"""The board's figures are those a person counts in the books."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, CaseState, ReceiverRank, ReceptionKind, Role
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.figures.shortcomings import shortcomings
from tcd_desktop.store.figures.ward_figures import visits_by_month, ward_figures
from tcd_desktop.store.lists.pages import ReceptionPages, ReceptionQuery
from tests.offices import DRAFT, MONDAY, Clock, make_office

TODAY = MONDAY.date()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


def visit(office: OpenOffice, day: date, *, open_case: bool = False, **more: Any) -> str:
    clock = office.clock
    assert isinstance(clock, Clock)
    clock.moment = datetime.combine(day, time(9, 0))
    done = office.receptions.log(replace(DRAFT, date=day, **more), open_case=open_case)
    clock.moment = MONDAY
    return done.value.id


def test_figures_are_of_the_period_and_of_today(office: OpenOffice) -> None:
    visit(office, date(2026, 9, 30))
    late = visit(office, date(2026, 10, 1), open_case=True)
    crowd: dict[str, Any] = {
        "people": 12,
        "role": Role.GROUP_REPRESENTATIVE,
        "representation_paper": "Văn bản cử người đại diện",
    }
    visit(office, date(2026, 10, 31), kind=ReceptionKind.SCHEDULED, receiver_rank=ReceiverRank.HEAD, **crowd)
    visit(office, date(2026, 11, 1))
    office.receptions.answer(late, kind=AnswerKind.ACCEPTED, channel=AnswerChannel.WRITTEN, on=TODAY)
    with office.store.reading() as connection:
        period = (date(2026, 10, 1), date(2026, 10, 31))
        (figures,) = ward_figures(connection, ["P-01"], *period, TODAY)
    assert (figures.visits, figures.people, figures.crowds, figures.by_head) == (2, 13, 1, 1)
    assert (figures.answered_in_time, figures.answered_late, figures.answers_overdue) == (0, 1, 3)
    assert figures.cases == {CaseState.ACCEPTED: 1} and figures.open_cases == 1


def test_months_are_counted_without_what_lies_in_the_recycle_bin(office: OpenOffice) -> None:
    for day in (date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 2)):
        visit(office, day)
    removed = office.receptions.find(visit(office, date(2026, 10, 15)))
    assert removed is not None
    with office.store.unit(act="reception.remove", officer=office.officer.id) as unit:
        unit.change(removed, removed="Ghi trùng")
        unit.commit()
    months = [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]
    with office.store.reading() as connection:
        assert visits_by_month(connection, ["P-01", "P-02"], months) == {"P-01": [1, 2, 1], "P-02": [0, 0, 0]}


def test_several_contents_of_one_visit_are_one_visit(office: OpenOffice) -> None:
    first = visit(office, TODAY)
    with office.store.reading() as connection:
        before = ward_figures(connection, ["P-01"], TODAY, TODAY, TODAY)[0].visits
    second = office.receptions.find(visit(office, TODAY))
    assert second is not None
    with office.store.unit(act="reception.split", officer=office.officer.id) as unit:
        unit.change(second, same_visit=first)
        unit.commit()
    with office.store.reading() as connection:
        assert ward_figures(connection, ["P-01"], TODAY, TODAY, TODAY)[0].visits == before == 1


def test_months_too_count_several_contents_as_one_visit_and_the_list_shows_each_visit_once(office: OpenOffice) -> None:
    first, second, _third = (visit(office, TODAY) for _number in range(3))
    part = office.receptions.find(second)
    assert part is not None
    with office.store.unit(act="reception.split", officer=office.officer.id) as unit:
        unit.change(part, same_visit=first)
        unit.commit()
    with office.store.reading() as connection:
        assert visits_by_month(connection, ["P-01"], [TODAY.replace(day=1)]) == {"P-01": [2]}
        pages, once = ReceptionPages(), ReceptionQuery(since=TODAY, until=TODAY, visits=True)
        assert pages.count(connection, once).value == 2
        assert second not in {row.id for row in pages.page(connection, once).rows}
        assert pages.count(connection, replace(once, text="Nguyễn Văn Đức")).value == 2
        assert pages.count(connection, replace(once, visits=False)).value == 3


def test_a_closed_case_is_never_overdue_whatever_date_it_still_carries(office: OpenOffice) -> None:
    """Books of an earlier version carry such dates."""
    case = office.receptions.find(visit(office, date(2026, 9, 1), open_case=True))
    assert case is not None and case.case is not None
    held = office.store.find(CaseFile, case.case)
    assert held is not None and held.due is not None and held.due < TODAY
    period = (date(2026, 1, 1), TODAY)
    for state, late in ((CaseState.RECEIVED, 1), (CaseState.CLOSED, 0)):
        with office.store.unit(act="case.describe", officer=office.officer.id) as unit:
            held = unit.change(held, state=state)
            unit.commit()
        with office.store.reading() as connection:
            assert ward_figures(connection, ["P-01"], *period, TODAY)[0].cases_overdue == late
            found = {one.code: one.count for one in shortcomings(connection, "P-01", *period, TODAY)}
        assert found.get("case_overdue", 0) == late
