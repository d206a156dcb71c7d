"""The head's calendar as the office works with it: planned, posted, held, postponed, nobody came, conclusions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting
from tcd_desktop.domain.sittings.sitting_plan import Pattern, PlanRule
from tcd_desktop.domain.sittings.sitting_rules import SittingDraft
from tcd_desktop.domain.terms import ReceiverRank, ReceptionKind, SittingKind, SittingState
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.sittings.sitting_desk import SittingDesk
from tests.offices import DRAFT, SECRET, Clock, make_district, make_office

RULES = (PlanRule(pattern=Pattern.DAYS_OF_MONTH, days=(5, 20)),)
FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward", head_name="Trần Văn Mẫu", head_title="Chủ tịch UBND phường")
    yield made
    made.close()


@pytest.fixture
def desk(office: OpenOffice) -> SittingDesk:
    return office.sittings


def at(office: OpenOffice, day: date) -> None:
    clock = office.clock
    assert isinstance(clock, Clock)
    clock.moment = datetime.combine(day, time(8))


def on(desk: SittingDesk, day: date, **more: object) -> Sitting:
    return desk.add(replace(desk.blank(), day=day, **more)).value  # type: ignore[arg-type]


def held(office: OpenOffice, day: date = MONDAY, **more: object) -> Sitting:
    return office.sittings.hold(on(office.sittings, day, **more).id).value


# -- the year --------------------------------------------------------------------------------------------


def test_a_year_is_planned_as_one_act_with_the_reason_of_every_moved_day(office: OpenOffice, desk: SittingDesk) -> None:
    plan = desk.plan(2027, RULES)
    assert len(plan.lines) == 24 and plan.known == 0
    tet = next(line for line in plan.lines if line.planned.wanted == date(2027, 2, 5))
    assert (tet.planned.day, tet.post_by) == (date(2027, 2, 11), date(2027, 1, 28))
    assert [month.coming for month in plan.duty] == [2] * 12
    template = replace(desk.blank(), attendees="Công an phường", expected="Đất đai")
    done = desk.save_plan(plan, template)
    assert len(done.value) == 24 and len({change.record for change in done.changes}) == 24
    moved = next(one for one in desk.between(date(2027, 2, 1), date(2027, 2, 20)))
    assert (moved.moved_from, moved.reason) == (date(2027, 2, 5), "Giao thừa Tết Nguyên Đán")
    assert (moved.leader, moved.attendees, moved.start) == ("Trần Văn Mẫu", "Công an phường", time(8))
    assert [month.short for month in desk.duty(2027)] == [0] * 12


def test_planning_again_adds_only_what_is_missing(desk: SittingDesk) -> None:
    desk.save_plan(desk.plan(2027, RULES), desk.blank())
    again = desk.plan(2027, RULES)
    assert (again.lines, again.known) == ((), 24)
    with pytest.raises(Refused, match="plan_empty"):
        desk.save_plan(again, desk.blank())
    more = desk.plan(2027, (*RULES, PlanRule(pattern=Pattern.DAYS_OF_MONTH, days=(12,))))
    assert len(more.lines) == 12


def test_a_plan_of_this_year_begins_today_and_bad_rules_are_named(desk: SittingDesk) -> None:
    assert [line.planned.day.month for line in desk.plan(2026, RULES).lines] == [12, 12]
    with pytest.raises(DraftRefused) as refused:
        desk.plan(2026, (*RULES, PlanRule(pattern=Pattern.WEEKS_OF_MONTH)))
    assert refused.value.row == 1
    with pytest.raises(DraftRefused):
        desk.save_plan(desk.plan(2027, RULES), SittingDraft())


# -- one sitting -----------------------------------------------------------------------------------------


def test_a_sitting_is_added_changed_and_removed_with_a_reason(desk: SittingDesk) -> None:
    one = on(desk, date(2026, 12, 7), attendees="  Công an   phường ")
    changed = desk.change(one.id, replace(desk.blank(), day=date(2026, 12, 8), place="Hội trường")).value
    assert (changed.day, changed.place) == (date(2026, 12, 8), "Hội trường")
    with pytest.raises(Refused, match="reason_needed"):
        desk.remove(one.id, " ")
    desk.remove(one.id, "Ghi nhầm")
    assert desk.between(date(2026, 1, 1), date(2026, 12, 31)) == []
    with pytest.raises(Refused, match="unknown_record"):
        desk.hold(one.id)


def test_two_sittings_of_the_head_do_not_overlap(desk: SittingDesk) -> None:
    on(desk, MONDAY, start=time(8), end=time(11))
    with pytest.raises(DraftRefused):
        on(desk, MONDAY, start=time(10), end=time(12))
    on(desk, MONDAY, start=time(13), end=time(15))


def test_several_notices_go_up_as_one_act(desk: SittingDesk) -> None:
    days = [on(desk, date(2026, 12, day)) for day in (7, 21)]
    assert desk.post_by(SittingKind.PERIODIC, days[0].day) == date(2026, 11, 30)
    assert desk.to_post(date(2026, 11, 30)) == [days[0]]
    done = desk.post([one.id for one in days], MONDAY, online=True)
    assert all(one.state is SittingState.POSTED and one.posted_online and one.posted_on == MONDAY for one in done.value)
    assert desk.to_post(date(2027, 1, 1)) == []
    with pytest.raises(Refused, match="posted_in_future"):
        desk.post([days[0].id], date(2026, 11, 24))
    past = desk.hold(on(desk, MONDAY).id).value
    with pytest.raises(Refused, match="sitting_step"):
        desk.post([past.id], MONDAY)


def test_a_postponement_links_both_days_and_says_by_when_the_new_one_is_posted(
    office: OpenOffice, desk: SittingDesk
) -> None:
    one = on(desk, date(2026, 12, 7), attendees="Công an phường")
    desk.post([one.id], MONDAY)
    new_day = replace(desk.blank(), day=date(2026, 12, 9), attendees="Công an phường")
    with pytest.raises(Refused, match="reason_needed"):
        desk.postpone(one.id, "", new_day)
    with pytest.raises(Refused, match="sitting_same_day"):
        desk.postpone(one.id, "Họp HĐND", replace(new_day, day=one.day))
    with pytest.raises(Refused, match="sitting_moved_back"):
        desk.postpone(one.id, "Họp HĐND", replace(new_day, day=FRIDAY))
    first = desk.postpone(one.id, "Họp HĐND phường", new_day).value
    assert (first.old.state, first.old.reason, first.old.moved_to) == (
        SittingState.POSTPONED,
        "Họp HĐND phường",
        first.new.id,
    )
    assert (first.new.moved_from, first.new.state, first.new.posted_on) == (one.day, SittingState.PLANNED, None)
    assert (first.post_by, first.late) == (date(2026, 12, 2), False)
    at(office, date(2026, 12, 8))
    second = desk.postpone(first.new.id, "Bão", replace(new_day, day=date(2026, 12, 10))).value
    assert second.late and second.post_by == date(2026, 12, 3)
    assert desk.came_from(second.new.id) == second.old
    assert desk.came_from(second.old.id) == first.old, "the chain leads back to the first day"
    with pytest.raises(Refused, match="sitting_step"):
        desk.postpone(one.id, "Lại hoãn", new_day)


def test_nobody_came_is_said_only_when_nobody_came(office: OpenOffice, desk: SittingDesk) -> None:
    one = on(desk, MONDAY)
    later = on(desk, date(2026, 12, 7))
    with pytest.raises(Refused, match="sitting_not_yet"):
        desk.nobody_came(later.id)
    visit = replace(DRAFT, kind=ReceptionKind.SCHEDULED, receiver_rank=ReceiverRank.HEAD, sitting=one.id)
    logged = office.receptions.log(visit).value
    assert [found.id for found in desk.visits(one.id)] == [logged.id]
    with pytest.raises(Refused, match="sitting_has_visits"):
        desk.nobody_came(one.id)
    with pytest.raises(Refused, match="sitting_has_visits"):
        desk.remove(one.id, "Ghi nhầm")
    assert desk.hold(one.id).value.state is SittingState.HELD
    other = desk.nobody_came(on(desk, FRIDAY).id, minutes="Biên bản trực").value
    assert (other.state, other.minutes) == (SittingState.NOBODY_CAME, "Biên bản trực")
    assert desk.hold(other.id).value.minutes == "Biên bản trực", "somebody came after all; nothing is lost"


def test_past_days_ask_what_happened(office: OpenOffice, desk: SittingDesk) -> None:
    one = on(desk, MONDAY)
    assert desk.without_outcome() == [] and desk.today() == [one]
    at(office, date(2026, 11, 25))
    assert desk.without_outcome() == [one]
    desk.hold(one.id)
    assert desk.without_outcome() == []


def test_a_delegate_receives_and_the_duty_does_not_count_him(desk: SittingDesk) -> None:
    one = on(desk, MONDAY)
    assert desk.duty(2026)[10].coming == 1
    assert desk.delegate(one.id, "Phó Chủ tịch Mẫu").value.delegate == "Phó Chủ tịch Mẫu"
    assert desk.duty(2026)[10].coming == 0
    desk.delegate(one.id, "")
    assert desk.duty(2026)[10].coming == 1


def test_a_dialogue_has_its_case_minutes_and_result(office: OpenOffice, desk: SittingDesk) -> None:
    case = office.cases.open_from(office.receptions.log(DRAFT).value.id).value
    with pytest.raises(DraftRefused):
        on(desk, MONDAY, kind=SittingKind.DIALOGUE)
    one = on(desk, MONDAY, kind=SittingKind.DIALOGUE, case=case.id, attendees="Bà Mẫu; Chủ tịch; Địa chính")
    assert desk.post_by(SittingKind.DIALOGUE, date(2026, 12, 7)) == date(2026, 12, 2), "five days (NĐ 155/2026 Điều 11)"
    with pytest.raises(Refused, match="sitting_not_held"):
        desk.write_minutes(one.id, minutes="a", result="b")
    over = desk.hold(one.id, minutes="Các bên trình bày", result="Thống nhất đo lại đất").value
    assert (over.minutes, over.result) == ("Các bên trình bày", "Thống nhất đo lại đất")
    assert desk.write_minutes(one.id, minutes="Sửa", result="Đo lại").value.minutes == "Sửa"


def test_the_sittings_of_another_office_are_not_touched(tmp_path: Path, desk: SittingDesk) -> None:
    district = make_district(tmp_path / "district")
    try:
        with pytest.raises(Refused, match="unknown_record"):
            district.sittings.hold(on(desk, MONDAY).id)
    finally:
        district.close()


# -- Biểu 01/TCD -----------------------------------------------------------------------------------------


def announced(office: OpenOffice, *sittings: Sitting) -> None:
    """The notices of past days went up in time."""
    with office.store.unit(act="test", officer="") as unit:
        for one in sittings:
            unit.change(one, posted_on=date(2026, 11, 2))
        unit.commit()


def test_columns_10_to_21_of_the_table(office: OpenOffice, desk: SittingDesk) -> None:
    first, second, third = held(office), held(office, FRIDAY, delegate="Phó Chủ tịch"), held(office, date(2026, 11, 19))
    empty = desk.nobody_came(on(desk, date(2026, 11, 18)).id).value
    announced(office, first, second, empty)
    assert third.posted_on is None, "this one was never announced"
    by_head = replace(DRAFT, kind=ReceptionKind.SCHEDULED, receiver_rank=ReceiverRank.HEAD, sitting=first.id)
    case = office.receptions.log(by_head, open_case=True).value.case
    office.receptions.log(by_head, case=case)
    office.receptions.log(replace(by_head, people=7, name="Đoàn Một"))
    office.receptions.log(replace(SECRET, kind=ReceptionKind.AD_HOC, receiver_rank=ReceiverRank.HEAD))
    by_delegate = replace(by_head, receiver_rank=ReceiverRank.DELEGATE, sitting=second.id, date=FRIDAY, people=5)
    by_delegate = replace(by_delegate, delegated_by="Trần Văn Mẫu", receiver_name="Phó Chủ tịch")
    split = office.receptions.log(by_delegate).value
    other = office.receptions.log(by_delegate).value
    with office.store.unit(act="test", officer="") as unit:
        unit.change(other, same_visit=split.id)
        unit.commit()
    office.receptions.log(DRAFT)  # the officer received: another block
    head, delegate = desk.table_counts(date(2026, 11, 1), date(2026, 11, 30))
    assert (head.days, head.visits, head.people, head.matters, head.crowds, head.crowd_people) == (2, 4, 10, 3, 1, 7)
    assert (delegate.days, delegate.visits, delegate.people, delegate.matters) == (1, 1, 5, 2)
    assert (delegate.crowds, delegate.crowd_people) == (1, 5)
    assert desk.counts(first.id).visits == 3 and desk.counts(first.id).people == 9
    assert desk.visit_counts(FRIDAY, MONDAY) == {first.id: 3, second.id: 1}
    assert desk.table_counts(date(2026, 10, 1), date(2026, 10, 31))[0].visits == 0


# -- conclusions -----------------------------------------------------------------------------------------


def concluded(office: OpenOffice, sitting: Sitting, **more: object) -> Conclusion:
    blank = office.conclusions.blank(sitting)
    given = {"content": "Kiểm tra ranh giới", "responsible": "Công chức Địa chính", "contact": "Bà Mẫu", **more}
    return office.conclusions.add(replace(blank, **given)).value  # type: ignore[arg-type]


def test_a_conclusion_goes_from_the_words_of_the_head_to_its_result(office: OpenOffice) -> None:
    desk = office.conclusions
    with pytest.raises(Refused, match="sitting_not_yet"):
        concluded(office, on(office.sittings, date(2026, 12, 7)))
    sitting = held(office)
    with pytest.raises(DraftRefused) as refused:
        concluded(office, sitting, responsible=" ")
    assert set(refused.value.problems) == {"responsible"}
    one = concluded(office, sitting, due=date(2026, 12, 10))
    changed = desk.change(replace(one, due=date(2026, 12, 15))).value
    assert desk.of_sitting(sitting.id) == [changed]
    with pytest.raises(Refused, match="number_needed"):
        desk.issue(one.id, number="", on=MONDAY)
    with pytest.raises(Refused, match="issued_before"):
        desk.issue(one.id, number="12/TB-UBND", on=FRIDAY)
    with pytest.raises(Refused, match="issued_in_future"):
        desk.issue(one.id, number="12/TB-UBND", on=date(2026, 11, 25))
    assert desk.issue(one.id, number="12/TB-UBND", on=MONDAY).value.issued_on == MONDAY
    with pytest.raises(Refused, match="result_needed"):
        desk.finish(one.id, on=MONDAY, result="")
    assert desk.open() == [desk.find(one.id)]
    desk.finish(one.id, on=MONDAY, result="Đã đo lại, công dân đồng ý")
    assert desk.open() == []


def test_open_conclusions_stand_by_urgency_and_by_unit(office: OpenOffice) -> None:
    desk, sitting = office.conclusions, held(office)
    late = concluded(office, sitting, due=date(2026, 11, 25))
    soon = concluded(office, sitting, due=date(2026, 12, 1), responsible="Công an phường")
    never = concluded(office, sitting)
    gone = concluded(office, sitting, due=date(2026, 11, 24))
    desk.remove(gone.id, "Ghi hai lần")
    at(office, date(2026, 11, 26))
    assert [one.id for one in desk.open()] == [late.id, soon.id, never.id]
    assert desk.open(until=date(2026, 11, 30)) == [late]
    assert desk.open(responsible="Công an phường") == [soon]
    assert [(load.responsible, load.open, load.overdue) for load in desk.loads()] == [
        ("Công chức Địa chính", 2, 1),
        ("Công an phường", 1, 0),
    ]
