"""Steps, problems and notices of the head's receptions, and his duty to receive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from tcd_desktop import law
from tcd_desktop.domain.clocks.deadlines import compute
from tcd_desktop.domain.problems import Refused, blocking
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting
from tcd_desktop.domain.sittings.sitting_duty import DutyMonth, duty_of_year
from tcd_desktop.domain.sittings.sitting_rules import (
    TRANSITIONS,
    SittingDraft,
    check_step,
    conclusion_problems,
    needs_outcome,
    posting_problems,
)
from tcd_desktop.domain.terms import HostBody, OfficeKind, SittingKind, SittingState

CALENDAR = law.calendar_for((2025, 2026, 2027))
TODAY = date(2026, 11, 23)
DRAFT = SittingDraft(day=date(2026, 12, 7), start=time(8), end=time(11, 30), leader="Trần Văn Mẫu", place="Phòng tiếp")


def sitting(day: date, state: SittingState = SittingState.HELD, **more: object) -> Sitting:
    values = {"leader": "Trần Văn Mẫu", "place": "Phòng tiếp"}
    return Sitting(id=f"{day}{state}", office="P", day=day, state=state, **{**values, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 11, 26), date(2026, 11, 18)),  # 25, 23, 20, 19, 18: the 24th is a holiday
        (date(2026, 2, 23), date(2026, 2, 9)),  # Tết from 14 to 22
        (date(2026, 8, 25), date(2026, 8, 19)),  # 24, 22 (Saturday made up), 21, 20, 19
        (date(2026, 12, 7), date(2026, 11, 30)),
        (date(2027, 2, 11), date(2027, 1, 28)),  # 3, 2, 1 February, 29, 28 January
    ],
)
def test_the_calendar_is_posted_five_working_days_before(day: date, due: date) -> None:
    assert compute(law.law_book(), "TCD.calendar", day, CALENDAR).due == due


def test_a_planned_sitting_may_be_posted_held_postponed_and_what_is_over_stays_over() -> None:
    s = SittingState
    for state in s:
        assert state in TRANSITIONS
    assert TRANSITIONS[s.PLANNED] == {s.POSTED, s.HELD, s.NOBODY_CAME, s.POSTPONED}
    assert TRANSITIONS[s.POSTED] == {s.HELD, s.NOBODY_CAME, s.POSTPONED}
    assert TRANSITIONS[s.NOBODY_CAME] == {s.HELD}, "somebody came after all"
    assert not TRANSITIONS[s.HELD] and not TRANSITIONS[s.POSTPONED]


def test_what_happened_is_not_known_before_the_day() -> None:
    coming = sitting(date(2026, 12, 7), SittingState.POSTED)
    for to in (SittingState.HELD, SittingState.NOBODY_CAME):
        with pytest.raises(Refused, match="sitting_not_yet"):
            check_step(coming, to, TODAY)
        check_step(coming, to, coming.day)
    check_step(coming, SittingState.POSTPONED, TODAY)
    with pytest.raises(Refused, match="sitting_step"):
        check_step(sitting(TODAY), SittingState.POSTED, TODAY)


def test_a_day_gone_by_without_a_word_asks_what_happened() -> None:
    past = date(2026, 11, 20)
    assert needs_outcome(sitting(past, SittingState.PLANNED), TODAY)
    assert needs_outcome(sitting(past, SittingState.POSTED), TODAY)
    assert not needs_outcome(sitting(TODAY, SittingState.POSTED), TODAY)
    assert not needs_outcome(sitting(past, SittingState.HELD), TODAY)
    assert not needs_outcome(sitting(past, SittingState.PLANNED, removed="trùng"), TODAY)


def test_a_draft_needs_day_receiver_and_place_and_an_end_after_its_beginning() -> None:
    assert not DRAFT.problems(CALENDAR)
    assert set(SittingDraft().problems(CALENDAR)) == {"day", "leader", "place"}
    backwards = replace(DRAFT, start=time(14), end=time(9)).problems(CALENDAR)
    assert backwards["end"].code == "end_before_start" and blocking(backwards)
    assert replace(DRAFT, place="x" * 501).problems(CALENDAR)["place"].code == "too_long"


def test_a_day_off_is_a_doubt_not_a_wall() -> None:
    found = replace(DRAFT, day=date(2026, 11, 24)).problems(CALENDAR)
    assert found["day"].facts["reason"] == "Ngày Văn hóa Việt Nam" and not blocking(found)
    assert not replace(DRAFT, day=date(2206, 11, 24)).problems(CALENDAR).get("day"), "no calendar, no claim"


def test_one_head_cannot_be_in_two_places() -> None:
    day = date(2026, 12, 7)
    morning = sitting(day, SittingState.PLANNED, start=time(8), end=time(11, 30))
    assert DRAFT.problems(CALENDAR, [morning])["day"].code == "sitting_overlap"
    afternoon = replace(DRAFT, start=time(13, 30), end=time(17))
    assert not afternoon.problems(CALENDAR, [morning])
    assert replace(DRAFT, start=None, end=None).problems(CALENDAR, [morning]), "without hours it is the whole day"
    assert not DRAFT.problems(CALENDAR, [replace(morning, state=SittingState.POSTPONED)])
    assert not DRAFT.problems(CALENDAR, [replace(morning, delegate="Phó Chủ tịch")])
    assert not DRAFT.problems(CALENDAR, [replace(morning, leader="Chủ tịch HĐND")])


def test_a_dialogue_belongs_to_a_case() -> None:
    dialogue = replace(DRAFT, kind=SittingKind.DIALOGUE)
    assert dialogue.problems(CALENDAR)["case"].code == "dialogue_case"
    assert not replace(dialogue, case="c").problems(CALENDAR)


def test_a_notice_without_people_or_contents_or_too_late_is_doubtful() -> None:
    bare = sitting(date(2026, 12, 7), SittingState.PLANNED)
    found = posting_problems(bare, date(2026, 11, 30), date(2026, 12, 1))
    assert {name: problem.code for name, problem in found.items()} == {
        "attendees": "attendees_unposted",
        "expected": "expected_unposted",
        "posted_on": "posted_late",
    }
    assert not blocking(found), "a late notice is still a notice"
    full = replace(bare, attendees="Công an phường", expected="Đất đai")
    assert not posting_problems(full, date(2026, 11, 30), date(2026, 11, 30))


def test_a_conclusion_names_what_and_who_and_reminds_of_when_and_whom_to_ask() -> None:
    held = sitting(TODAY)
    bare = Conclusion(id="", office="P", sitting=held.id, content="")
    found = conclusion_problems(bare, held)
    assert set(blocking(found)) == {"content", "responsible"}
    assert {"due", "contact"} <= set(found)
    early = replace(bare, content="Kiểm tra", responsible="Địa chính", due=date(2026, 11, 1), contact="Bà Mẫu")
    assert set(blocking(conclusion_problems(early, held))) == {"due"}
    assert not conclusion_problems(replace(early, due=date(2026, 12, 10)), held)


# -- the duty --------------------------------------------------------------------------------------------


def months(*sittings: Sitting, today: date = TODAY, kind: OfficeKind = OfficeKind.WARD) -> tuple[DutyMonth, ...]:
    return duty_of_year(2026, sittings, law.reception_duties(), CALENDAR, kind=kind, today=today)


def test_two_days_a_month_since_july_2026_and_one_a_week_before() -> None:
    wanted = [month.wanted for month in months()]
    assert wanted[6:] == [2] * 6
    assert wanted[:6] == [5, 3, 4, 5, 4, 4], "weeks by their Thursday; the week of Tết asks for nothing"
    assert {month.duty.article for month in months() if month.duty} == {
        "điểm c khoản 2 Điều 15 Luật Tiếp công dân",
        "điểm c khoản 2 Điều 15 Luật Tiếp công dân (sửa đổi)",
    }
    assert [month.wanted for month in months(kind=OfficeKind.DISTRICT)] == [1] * 12


def test_a_held_day_and_a_day_on_which_nobody_came_count_and_a_month_that_falls_short_is_named() -> None:
    counted = months(
        sitting(date(2026, 10, 5)),
        sitting(date(2026, 10, 20), SittingState.NOBODY_CAME),
        sitting(date(2026, 11, 5)),
        sitting(date(2026, 12, 7), SittingState.PLANNED),
        sitting(date(2026, 12, 21), SittingState.POSTED),
    )
    assert (counted[9].done, counted[9].short) == (2, 0)
    assert (counted[10].done, counted[10].short) == (1, 1)
    assert (counted[11].done, counted[11].coming, counted[11].short) == (0, 2, 0)


def test_what_a_delegate_holds_or_what_is_no_periodic_reception_does_not_count() -> None:
    day = date(2026, 10, 5)
    for other in (
        sitting(day, delegate="Phó Chủ tịch"),
        sitting(day, kind=SittingKind.AD_HOC),
        sitting(day, kind=SittingKind.DIALOGUE),
        sitting(day, host=HostBody.COUNCIL),
        sitting(day, SittingState.POSTPONED),
        sitting(day, removed="nhầm"),
        sitting(day, SittingState.POSTED),  # gone by, and nobody said what happened
    ):
        assert months(other)[9].done + months(other)[9].coming == 0, other


def test_two_sittings_of_one_day_are_one_day() -> None:
    day = date(2026, 10, 5)
    assert months(sitting(day, start=time(8)), replace(sitting(day, start=time(14)), id="2"))[9].done == 1


def test_before_july_two_days_of_one_week_fill_one_week() -> None:
    june = months(sitting(date(2026, 6, 1)), sitting(date(2026, 6, 3)), sitting(date(2026, 6, 10)))[5]
    assert (june.wanted, june.done, june.short) == (4, 2, 2)
