"""The clocks of a matter follow from its steps, counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcd_desktop.domain.cases.case_clocks import Clock, clocks_of, next_due
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.procedure import Procedure
from tcd_desktop.domain.cases.procedures import COMPLAINT, DENUNCIATION, FEEDBACK, SECOND_COMPLAINT
from tcd_desktop.domain.clocks.deadlines import Deadline, compute
from tcd_desktop.domain.terms import CaseState
from tcd_desktop.law import calendar_around, law_book


def given_by_law(
    rule: str, start: date, *, suspended: tuple[tuple[date, date], ...], extensions: tuple[int, ...]
) -> Deadline:
    return compute(law_book(), rule, start, calendar_around(start), suspended=suspended, extensions=extensions)


def steps(procedure: Procedure, *taken: tuple[str, str] | tuple[str, str, int]) -> list[CaseStep]:
    """(act, day) or (act, day, days of extension), one after another."""
    state, before, found = procedure.begins, procedure.begins, list[CaseStep]()
    for number, (act, on, *days) in enumerate(taken):
        step = procedure.step(act, state)
        before = state if act == "suspend" else before
        to = step.to or (before if state is CaseState.SUSPENDED else state)
        day = date.fromisoformat(on)
        extension = days[0] if days else 0
        found.append(
            CaseStep(id=f"{number:03}", office="P", case="c", act=act, frm=state, to=to, on=day, days=extension)
        )
        state = to
    return found


def clock(clocks: tuple[Clock, ...], rule: str) -> Clock:
    return next(one for one in clocks if one.rule == rule)


read = partial(clocks_of, compute=given_by_law)


def test_a_complaint_received_has_the_clocks_of_answer_and_acceptance() -> None:
    clocks = read(COMPLAINT, [], received=date(2026, 11, 23))
    due = {one.rule: one.deadline.due for one in clocks if one.deadline}
    # 24/11 off; seven working days 25 26 27 | 30 1 2 3; ten go on 4 | 7 8
    assert due == {"TCD.answer": date(2026, 12, 8), "KN1.accept": date(2026, 12, 3)}
    first = next_due(clocks)
    assert first is not None and first.rule == "KN1.accept"


def test_acceptance_stops_the_first_clocks_and_starts_the_settlement() -> None:
    clocks = read(COMPLAINT, steps(COMPLAINT, ("accept", "2026-09-11")), received=date(2026, 9, 7))
    assert clock(clocks, "KN1.accept").met == date(2026, 9, 11)
    settle = clock(clocks, "KN1.settle")
    assert settle.running and settle.deadline is not None and settle.deadline.due == date(2026, 10, 12)
    assert next_due(clocks) == settle


def test_days_of_suspension_do_not_count() -> None:
    """Accepted 01/07, 30 days end 31/07. Suspended 10/07-20/07: ten days more, Mon 10/08."""
    way = steps(COMPLAINT, ("accept", "2026-07-01"), ("suspend", "2026-07-10"), ("resume", "2026-07-20"))
    settle = clock(read(COMPLAINT, way, received=date(2026, 7, 1)), "KN1.settle")
    assert settle.deadline is not None and settle.deadline.due == date(2026, 8, 10)
    assert settle.suspended == ((date(2026, 7, 10), date(2026, 7, 20)),)


def test_a_suspended_matter_has_no_date_to_keep() -> None:
    way = steps(COMPLAINT, ("accept", "2026-07-01"), ("suspend", "2026-07-10"))
    clocks = read(COMPLAINT, way, received=date(2026, 7, 1))
    assert clock(clocks, "KN1.settle").deadline is None and next_due(clocks) is None
    assert clock(clocks, "KN1.settle").late_by(date(2027, 1, 1)) == 0


def test_a_denunciation_is_extended_once_and_twice() -> None:
    """Accepted 01/07/2026: 30 days 31/07; 30 more Sun 30/08, over 31/8-2/9 to Thu 03/09; 60 more Tue 29/09."""
    once = steps(DENUNCIATION, ("accept", "2026-07-01"), ("extend", "2026-07-20", 30))
    twice = [*once, *steps(DENUNCIATION, ("accept", "2026-08-15"), ("extend", "2026-08-20", 30))[1:]]
    settle = clock(read(DENUNCIATION, once, received=date(2026, 7, 1)), "TC.settle")
    assert settle.deadline is not None and settle.deadline.due == date(2026, 9, 3)
    assert settle.deadline.extensions == (30,)
    settle = clock(read(DENUNCIATION, twice, received=date(2026, 7, 1)), "TC.settle")
    assert settle.deadline is not None and settle.deadline.due == date(2026, 9, 29)


def test_a_conclusion_starts_what_follows_from_it() -> None:
    way = steps(DENUNCIATION, ("accept", "2026-07-01"), ("verify", "2026-07-02"), ("conclude", "2026-11-23"))
    clocks = read(DENUNCIATION, way, received=date(2026, 7, 1))
    settle = clock(clocks, "TC.settle")
    assert settle.met == date(2026, 11, 23)
    assert settle.late_by(date(2030, 1, 1)) == (date(2026, 11, 23) - date(2026, 7, 31)).days
    running = {one.rule for one in clocks if one.running}
    assert running == {"TC.notice", "TC.send", "TC.act", "TC.publish"}


def test_nothing_is_owed_in_a_closed_file() -> None:
    """The conclusion was handled and published, its result never told of: closing the file ends that clock too."""
    acts = ("accept", "notify", "verify", "conclude", "send", "handle", "publish", "close")
    way = steps(DENUNCIATION, *((act, f"2026-07-{number:02}") for number, act in enumerate(acts, start=1)))
    clocks = read(DENUNCIATION, way, received=date(2026, 7, 1))
    assert next_due(clocks) is None and not [one.rule for one in clocks if one.running]
    assert clock(clocks, "TC.act.result").met == date(2026, 7, 8)


def test_a_repeated_denunciation_is_reviewed_within_its_own_days_and_then_accepted_or_refused() -> None:
    begin = (("refuse", "2026-07-02"), ("denounced_again", "2026-11-02"))
    waiting = read(DENUNCIATION, steps(DENUNCIATION, *begin), received=date(2026, 7, 1))
    again = next_due(waiting)
    # 20 days from 02/11: Sunday 22/11, over to Monday 23/11
    assert again is not None and again.rule == "TC.again"
    assert again.deadline is not None and again.deadline.due == date(2026, 11, 23)
    for act in ("accept", "refuse"):
        way = steps(DENUNCIATION, *begin, (act, "2026-11-10"))
        assert clock(read(DENUNCIATION, way, received=date(2026, 7, 1)), "TC.again").met == date(2026, 11, 10)


def test_a_decision_is_entered_as_sent_even_when_it_is_in_effect_already() -> None:
    way = (("accept", "2026-07-01"), ("decide", "2026-07-20"), ("take_effect", "2026-08-25"), ("send", "2026-08-26"))
    taken = steps(COMPLAINT, *way)
    assert taken[-1].to is CaseState.IN_EFFECT
    assert clock(read(COMPLAINT, taken, received=date(2026, 7, 1)), "KN1.send").met == date(2026, 8, 26)


def test_the_second_instance_has_its_own_clocks_and_a_dialogue() -> None:
    clocks = read(SECOND_COMPLAINT, steps(SECOND_COMPLAINT, ("accept", "2026-07-01")), received=date(2026, 7, 1))
    settle = clock(clocks, "KN2.settle")
    assert settle.deadline is not None and settle.deadline.due == date(2026, 8, 17)
    assert "decide" not in {step.act for step in SECOND_COMPLAINT.steps_from(CaseState.VERIFYING)}
    assert "decide" in {step.act for step in SECOND_COMPLAINT.steps_from(CaseState.DIALOGUE)}


def test_a_petition_by_post_has_no_clock_of_a_reception() -> None:
    clocks = read(COMPLAINT, [], received=date(2026, 7, 3), initial=("KN1.accept",))
    assert [one.rule for one in clocks] == ["KN1.accept"]


def test_a_step_that_was_taken_back_moves_no_clock() -> None:
    way = steps(FEEDBACK, ("answer", "2026-11-25"))
    taken_back = [CaseStep(**{**{f: getattr(way[0], f) for f in way[0].__slots__}, "removed": "ghi nhầm"})]
    assert read(FEEDBACK, way, received=date(2026, 11, 23))[0].met == date(2026, 11, 25)
    assert read(FEEDBACK, taken_back, received=date(2026, 11, 23))[0].running


@given(begin=st.integers(0, 200), pauses=st.lists(st.tuples(st.integers(1, 20), st.integers(0, 20)), max_size=4))
def test_each_suspended_day_moves_the_end_by_at_least_a_day_and_never_back(
    begin: int, pauses: list[tuple[int, int]]
) -> None:
    accepted = date(2026, 1, 5) + timedelta(days=begin)
    plain = given_by_law("TC.settle", accepted, suspended=(), extensions=())
    day, spans = accepted, list[tuple[date, date]]()
    for wait, length in pauses:
        first = day + timedelta(days=wait)
        if first > plain.due:
            break
        spans.append((first, first + timedelta(days=length)))
        day = spans[-1][1]
    moved = given_by_law("TC.settle", accepted, suspended=tuple(spans), extensions=())
    counted = sum((until - first).days for first, until in spans)
    raw = (plain.rolled_from or plain.due) + timedelta(days=counted)
    assert (moved.rolled_from or moved.due) == raw and moved.due >= plain.due


@pytest.mark.parametrize("days", [1, 15, 30])
def test_an_extension_counts_in_the_unit_of_its_clock(days: int) -> None:
    plain = given_by_law("TC.settle", date(2026, 7, 6), suspended=(), extensions=())
    longer = given_by_law("TC.settle", date(2026, 7, 6), suspended=(), extensions=(days,))
    assert (longer.rolled_from or longer.due) == (plain.rolled_from or plain.due) + timedelta(days=days)
    assert Deadline.from_json(longer.as_json()) == longer
