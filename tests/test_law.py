"""The packs of the law are complete, agree with the library and follow each other without gaps."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tcd_desktop.domain.clocks.deadlines import compute
from tcd_desktop.domain.office import DayOff
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import Classification
from tcd_desktop.law import _shipped_years as shipped_years
from tcd_desktop.law import (
    calendar_around,
    calendar_for,
    case_grounds,
    classification_buckets,
    compute_year,
    is_announced,
    law_book,
    refusal_grounds,
)

TABLE = shipped_years()[1]


def own(day: date, *, working: bool = False, reason: str = "Mất điện") -> DayOff:
    return DayOff(id=day.isoformat(), office="BM", day=day, working=working, reason=reason)


# --- holidays -----------------------------------------------------------------------------------------


def test_the_table_holds_2020_to_2027() -> None:
    assert sorted(TABLE) == list(range(2020, 2028))


@pytest.mark.parametrize("year", sorted(TABLE))
def test_the_shipped_table_is_what_the_library_computes(year: int) -> None:
    assert TABLE[year] == compute_year(year), "run python -m tests.make_holidays"


def test_the_days_off_of_2026_are_those_announced() -> None:
    calendar = calendar_for([2026])
    weekdays = sorted(day for day in calendar.days_off if day.weekday() < 5)
    tet = [date(2026, 2, day) for day in range(16, 21)]
    national = [date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)]
    spring = [date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1)]
    new_year = [date(2026, 1, 1), date(2026, 1, 2)]
    assert weekdays == [*new_year, *tet, *spring, *national, date(2026, 11, 24)]
    assert sorted(calendar.working) == [date(2026, 1, 10), date(2026, 8, 22)]


def test_the_swap_of_new_year_2026_that_the_library_lacks_is_in_the_calendar() -> None:
    assert date(2026, 1, 2) not in TABLE[2026].off
    calendar = calendar_for([2026])
    assert not calendar.is_working(date(2026, 1, 2))
    assert calendar.is_working(date(2026, 1, 10))


def test_an_office_may_add_a_day_off_and_take_one_away() -> None:
    calendar = calendar_for([2026], [own(date(2026, 7, 6)), own(date(2026, 11, 24), working=True)])
    assert calendar.reason_off(date(2026, 7, 6)) == "Mất điện"
    assert calendar.is_working(date(2026, 11, 24))


def test_the_last_line_about_a_day_holds() -> None:
    saturday = date(2026, 1, 10)
    calendar = calendar_for([2026], [own(saturday), own(saturday, working=True), own(saturday)])
    assert calendar.reason_off(saturday) == "Mất điện"


def test_the_version_changes_with_the_content_and_only_with_it() -> None:
    plain = calendar_for([2026]).version
    assert calendar_for([2026]).version == plain
    assert calendar_for([2026], [own(date(2026, 7, 6))]).version != plain
    assert calendar_for([2026], [own(date(2030, 7, 6))]).version == plain


def test_a_year_outside_the_table_comes_from_the_library() -> None:
    calendar = calendar_for([2019])
    assert calendar.reason_off(date(2019, 2, 5)) == "Tết Nguyên Đán"
    assert calendar.is_working(date(2019, 5, 4))


def test_the_calendar_around_a_day_knows_the_years_beside_it() -> None:
    assert calendar_around(date(2026, 11, 23)).years == frozenset({2025, 2026, 2027})


@pytest.mark.parametrize("day", [date.max, date(2150, 1, 1), date(2099, 12, 30)])
def test_a_date_beyond_the_known_holidays_is_refused(day: date) -> None:
    with pytest.raises(Refused) as refused:
        compute(law_book(), "TCD.answer", day, calendar_around(day))
    assert refused.value.code == "no_calendar"


def test_a_year_that_is_only_computed_says_so() -> None:
    assert is_announced(2026) and not is_announced(2027) and not is_announced(2031)


def test_a_deadline_of_these_years_does_not_load_the_library() -> None:
    program = (
        "import sys; from datetime import date\n"
        "from tcd_desktop.law import calendar_around, law_book\n"
        "from tcd_desktop.domain.clocks.deadlines import compute\n"
        "day = date(2026, 11, 23)\n"
        "compute(law_book(), 'TCD.answer', day, calendar_around(day))\n"
        "sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# --- clocks -------------------------------------------------------------------------------------------


def test_every_clock_of_the_specification_is_in_force() -> None:
    expected = """TCD.answer TCD.refusal TCD.calendar TCD.online.notice TCD.online.test DON.limit KN.statute
        KN1.accept KN1.settle KN1.send KN2.lodge KN2.accept KN2.settle KN2.send KN2.publish KN.effect
        KN.suspend TC.first TC.forward TC.notice TC.settle TC.suspend TC.send TC.act TC.again TC.late TC.press
        RPT.ward RPT.province FWD.result"""
    day = date(2026, 11, 23)
    for rule_id in expected.split():
        assert law_book().find(rule_id, day)[1].in_force(day)


def test_packs_of_one_clock_never_overlap_and_leave_no_gap() -> None:
    for rule_id in law_book().rule_ids():
        rules = sorted(
            (rule for pack in law_book().packs for rule in pack.rules if rule.id == rule_id),
            key=lambda rule: rule.effective_from,
        )
        assert rules[-1].effective_to is None
        for earlier, later in pairwise(rules):
            assert earlier.effective_to == later.effective_from - timedelta(days=1)


def test_every_clock_names_its_article_and_its_source() -> None:
    for pack in law_book().packs:
        for rule in pack.rules:
            assert rule.event and rule.article and rule.source and rule.days > 0
            assert all(limit > rule.days for limit in rule.limits.values())


def test_only_what_nobody_read_in_the_law_is_marked() -> None:
    assert [rule.id for pack in law_book().packs for rule in pack.rules if not rule.confirmed] == ["KN2.publish"]


# --- refusal grounds and buckets ----------------------------------------------------------------------


def test_there_are_thirteen_grounds_and_two_need_a_written_notice() -> None:
    grounds = {ground.code: ground for ground in refusal_grounds()}
    assert len(grounds) == 13
    assert {code for code, ground in grounds.items() if ground.written} == {"L9.3", "D4.1h"}


def test_before_the_decree_only_the_grounds_of_the_law_hold() -> None:
    assert [ground.code for ground in refusal_grounds(date(2026, 6, 30))] == ["L9.1", "L9.2", "L9.3"]
    assert len(refusal_grounds(date(2026, 7, 1))) == 13


def test_a_ground_says_for_which_visits_it_is() -> None:
    grounds = {ground.code: ground for ground in refusal_grounds()}
    assert grounds["D4.1h"].applies_to == (Classification.PETITION, Classification.FEEDBACK)
    assert grounds["L9.1"].applies_to == tuple(Classification)


@pytest.mark.parametrize(
    ("classification", "levels", "fields"),
    [
        (Classification.COMPLAINT, [7, 8], [9, 10, 11]),
        (Classification.DENUNCIATION, [13, 14], [15, 16, 17, 18]),
        (Classification.PETITION, [], [20, 21, 22]),
        (Classification.FEEDBACK, [], [20, 21, 22]),
    ],
)
def test_buckets_fill_the_columns_of_the_report(
    classification: Classification, levels: list[int], fields: list[int]
) -> None:
    buckets = classification_buckets(classification)
    assert [bucket.column for bucket in buckets.levels] == levels
    assert [bucket.column for bucket in buckets.fields] == fields


@pytest.mark.parametrize(
    ("step", "kind", "count"),
    [
        ("not_accepted", Classification.COMPLAINT, 9),
        ("not_accepted", Classification.DENUNCIATION, 5),
        ("complex", Classification.COMPLAINT, 7),
        ("complex", Classification.DENUNCIATION, 7),
        ("suspend", Classification.COMPLAINT, 2),
        ("end", Classification.DENUNCIATION, 3),
        ("protection", Classification.COMPLAINT, 0),
    ],
)
def test_the_grounds_of_a_step_are_those_of_its_article(step: str, kind: Classification, count: int) -> None:
    grounds = case_grounds(step, kind)
    assert len(grounds) == len({ground.code for ground in grounds}) == count
    assert all(ground.text and ground.article for ground in grounds)


def test_a_ground_for_complaints_is_not_offered_for_feedback() -> None:
    codes = {ground.code for ground in case_grounds("not_eligible", Classification.FEEDBACK)}
    assert "content" in codes and "complained_of" not in codes
