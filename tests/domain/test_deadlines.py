"""The clocks of the law against dates counted by hand, and their arithmetic against itself."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcd_desktop.domain.clocks.calendar import WEEKEND, WorkingCalendar
from tcd_desktop.domain.clocks.deadlines import SUSPENDED, Deadline, LawBook, LawPack, Rule, Unit, Variant, compute
from tcd_desktop.domain.problems import Refused
from tcd_desktop.law import calendar_around, calendar_for, law_book

CASES = [
    line.split(";", 4)
    for line in Path(__file__).with_name("deadline_cases.csv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
YEARS = calendar_for(range(2018, 2029))


def due(rule: str, start: date, circumstances: str = "") -> date:
    chosen = set(filter(None, circumstances.split("+")))
    extensions = [int(one[3:]) for one in circumstances.split("+") if one.startswith("ext")]
    spans = [one[5:].split("-") for one in circumstances.split("+") if one.startswith("susp ")]
    assert {one for one in chosen if not one.startswith(("ext", "susp "))} <= {
        "complex",
        "very_complex",
        "remote",
        "noroll",
    }
    return compute(
        law_book(),
        rule,
        start,
        calendar_around(start),
        complex="complex" in chosen,
        very_complex="very_complex" in chosen,
        remote="remote" in chosen,
        roll="noroll" not in chosen,
        suspended=[(_day(first), _day(until)) for first, until in spans],
        extensions=extensions,
    ).due


def _day(text: str) -> date:
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))


@pytest.mark.parametrize(("rule", "start", "circumstances", "expected", "how"), CASES)
def test_a_clock_gives_the_date_counted_by_hand(
    rule: str, start: str, circumstances: str, expected: str, how: str
) -> None:
    assert due(rule, date.fromisoformat(start), circumstances) == date.fromisoformat(expected), how


def test_there_are_enough_cases_and_every_clock_in_force_has_one() -> None:
    now = {rule.id for rule in law_book().packs[-1].rules}
    assert len(CASES) >= 60
    assert now == {case[0] for case in CASES}


# --- which rule ---------------------------------------------------------------------------------------


def test_a_complaint_of_before_july_2026_keeps_the_ten_days_of_its_time() -> None:
    old = compute(law_book(), "KN1.accept", date(2026, 6, 30), YEARS)
    new = compute(law_book(), "KN1.accept", date(2026, 7, 1), YEARS)
    assert (old.unit, old.days, old.pack) == (Unit.CALENDAR, 10, "deadlines-2012-07-01")
    assert (new.unit, new.days, new.pack) == (Unit.WORKING, 7, "deadlines-2026-07-01")


def test_an_unknown_clock_is_refused_by_name() -> None:
    with pytest.raises(Refused) as refused:
        due("KN9.nothing", date(2026, 11, 23))
    assert refused.value.code == "unknown_rule" and refused.value.facts == {"rule": "KN9.nothing"}


def test_a_clock_that_did_not_run_yet_is_refused_with_the_day_it_began() -> None:
    with pytest.raises(Refused) as refused:
        due("TCD.refusal", date(2026, 6, 30))
    assert refused.value.code == "no_rule_that_day"
    assert refused.value.facts["since"] == date(2026, 7, 1)


def test_a_circumstance_that_a_rule_does_not_know_changes_nothing() -> None:
    deadline = compute(
        law_book(), "TCD.answer", date(2026, 11, 23), YEARS, complex=True, very_complex=True, remote=True
    )
    assert (deadline.due, deadline.variant) == (date(2026, 12, 8), Variant.PLAIN)


def test_a_remote_and_complex_complaint_names_both() -> None:
    deadline = compute(law_book(), "KN1.settle", date(2026, 7, 10), YEARS, complex=True, remote=True)
    assert (deadline.days, deadline.variant) == (60, Variant.REMOTE_COMPLEX)


# --- why that date ------------------------------------------------------------------------------------


def test_a_deadline_tells_each_day_not_counted_and_why() -> None:
    deadline = compute(law_book(), "KN1.accept", date(2026, 8, 28), YEARS)
    assert deadline.skipped == (
        (date(2026, 8, 29), WEEKEND),
        (date(2026, 8, 30), WEEKEND),
        (date(2026, 8, 31), "Ngày nghỉ (thay cho ngày 22/08/2026)"),
        (date(2026, 9, 1), "Quốc khánh"),
        (date(2026, 9, 2), "Quốc khánh"),
        (date(2026, 9, 5), WEEKEND),
        (date(2026, 9, 6), WEEKEND),
    )
    assert "Điều 27" in deadline.article and deadline.rolled_from is None


def test_a_limit_that_ends_on_a_day_off_tells_where_it_ended() -> None:
    deadline = compute(law_book(), "KN1.settle", date(2026, 7, 31), YEARS)
    assert deadline.rolled_from == date(2026, 8, 30)
    assert [day.day for day, _ in deadline.skipped] == [30, 31, 1, 2]


def test_days_of_suspension_do_not_count() -> None:
    """30 days from 10/7: 21 in July, 2 in August; 3/8 to 12/8 suspended; 13/8 is the 24th, 19/8 the 30th."""
    deadline = compute(
        law_book(),
        "KN1.settle",
        date(2026, 7, 10),
        YEARS,
        suspended=[(date(2026, 8, 3), date(2026, 8, 13))],
    )
    assert deadline.due == date(2026, 8, 19)
    assert [reason for _, reason in deadline.skipped] == [SUSPENDED] * 10


def test_suspension_also_stops_a_clock_of_working_days() -> None:
    """7 working days from Wed 1/7, suspended Mon 6 to Wed 8: 2 3 | 9 10 | 13 14 15."""
    stop = [(date(2026, 7, 6), date(2026, 7, 9))]
    deadline = compute(law_book(), "KN1.accept", date(2026, 7, 1), YEARS, suspended=stop)
    assert deadline.due == date(2026, 7, 15)


def test_a_deadline_survives_json() -> None:
    for rule, start in (("KN1.settle", date(2026, 7, 31)), ("TCD.calendar", date(2026, 11, 27))):
        deadline = compute(law_book(), rule, start, YEARS, complex=True)
        assert Deadline.from_json(json.loads(json.dumps(deadline.as_json()))) == deadline


def test_the_json_has_the_names_of_the_command_line() -> None:
    data = compute(law_book(), "TCD.answer", date(2026, 11, 23), YEARS).as_json()
    assert (data["due"], data["unit"]) == ("2026-12-08", "working")
    assert data["skipped"][0] == {"date": "2026-11-24", "reason": "Ngày Văn hóa Việt Nam"}


# --- arithmetic ---------------------------------------------------------------------------------------

DAYS = st.dates(date(2019, 1, 1), date(2027, 6, 30))
OFF = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 6, 30)), st.just("nghỉ"), max_size=30)
WORKED = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 6, 30)), st.just("bù"), max_size=10)


def book(unit: Unit, days: int, *, before: bool = False) -> LawBook:
    rule = Rule(
        id="T",
        event="",
        days=days,
        unit=unit,
        article="",
        source="",
        effective_from=date(1, 1, 1),
        before=before,
    )
    return LawBook((LawPack(id="t", instrument="", effective_from=date.min, effective_to=None, rules=(rule,)),))


@given(DAYS, st.sampled_from([Unit.WORKING, Unit.CALENDAR]), st.integers(1, 60), st.booleans())
def test_a_rolled_date_is_never_a_day_off(start: date, unit: Unit, days: int, before: bool) -> None:
    deadline = compute(book(unit, days, before=before), "T", start, YEARS)
    assert YEARS.is_working(deadline.due)
    assert (deadline.due < start) if before else (deadline.due > start)


@given(DAYS, st.integers(1, 60), OFF, WORKED)
def test_adding_working_days_then_counting_them_gives_the_number(
    start: date, days: int, off: dict[date, str], worked: dict[date, str]
) -> None:
    calendar = WorkingCalendar(off, worked)
    end, _ = calendar.add_working_days(start, days)
    assert calendar.working_days_between(start, end) == days


@given(DAYS, st.integers(1, 60), OFF, WORKED, st.booleans())
def test_the_skipped_days_are_exactly_the_days_off_in_between(
    start: date, days: int, off: dict[date, str], worked: dict[date, str], before: bool
) -> None:
    calendar = WorkingCalendar(off, worked)
    deadline = compute(book(Unit.WORKING, days, before=before), "T", start, calendar)
    step = timedelta(days=-1 if before else 1)
    between = [start + step * n for n in range(1, abs((deadline.due - start).days) + 1)]
    assert [day for day, _ in deadline.skipped] == [day for day in between if not calendar.is_working(day)]
    assert len(between) - len(deadline.skipped) == days


@given(DAYS, DAYS, st.sampled_from([Unit.WORKING, Unit.CALENDAR]), st.integers(1, 60))
def test_a_later_start_never_gives_an_earlier_date(one: date, two: date, unit: Unit, days: int) -> None:
    first, last = sorted((one, two))
    rules = book(unit, days)
    assert compute(rules, "T", first, YEARS).due <= compute(rules, "T", last, YEARS).due


@given(DAYS, st.integers(0, 40), DAYS, st.integers(0, 40))
def test_suspension_never_makes_a_limit_shorter(start: date, days: int, stop: date, length: int) -> None:
    rules = book(Unit.CALENDAR, days + 1)
    stopped = compute(rules, "T", start, YEARS, suspended=[(stop, stop + timedelta(days=length))])
    assert stopped.due >= compute(rules, "T", start, YEARS).due
