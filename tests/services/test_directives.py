"""Directives are entered, reported on, chased and closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel, ReminderAbout
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.open_office import OpenOffice
from tests.offices import DRAFT as CASE_VISIT
from tests.offices import MONDAY, make_district

TODAY = MONDAY.date()
DRAFT = DirectiveDraft(
    level=DirectiveLevel.CITY,
    issuer="Chủ tịch UBND thành phố",
    number="1094/UBND-BTCD",
    issued_on=date(2026, 11, 2),
    content="Giải quyết dứt điểm vụ việc, báo cáo kết quả",
    due=date(2026, 11, 13),
    units=("P-01", "P-02"),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_district(tmp_path / "district")
    yield made
    made.close()


def test_a_directive_past_its_date_is_overdue_until_everybody_has_acted(office: OpenOffice) -> None:
    directive = office.directives.issue(DRAFT).value
    line = office.directives.line(directive.id)
    assert (line.overdue_by(TODAY), line.waiting_for) == (10, ("P-01", "P-02"))
    assert line.overdue_by(date(2026, 11, 13)) == 0
    office.directives.close(directive.id, TODAY)
    assert office.directives.line(directive.id).overdue_by(TODAY) == 0


def test_the_newest_report_of_an_office_counts(office: OpenOffice) -> None:
    directive = office.directives.issue(replace(DRAFT, units=("Q",))).value
    office.directives.report(directive.id, on=TODAY - timedelta(3), content="Đã xong", done=True)
    assert office.directives.line(directive.id).waiting_for == ()
    office.directives.report(directive.id, on=TODAY, content="Công dân có đơn trở lại", done=False)
    assert office.directives.line(directive.id).waiting_for == ("Q",)


def test_open_directives_come_first_and_the_earliest_due_at_the_top(office: OpenOffice) -> None:
    late = office.directives.issue(replace(DRAFT, due=date(2026, 12, 1))).value
    soon = office.directives.issue(DRAFT).value
    undated = office.directives.issue(replace(DRAFT, due=None)).value
    closed = office.directives.issue(DRAFT).value
    office.directives.close(closed.id, TODAY)
    assert [line.directive.id for line in office.directives.lines()] == [soon.id, late.id, undated.id, closed.id]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"content": " "}, "content", "missing"),
        ({"units": ()}, "units", "no_units"),
        ({"issued_on": date(2026, 11, 24)}, "issued_on", "future_date"),
        ({"due": date(2026, 11, 1)}, "due", "before_directive"),
        ({"level": None}, "level", "missing"),
        ({"content": "x" * 10_001}, "content", "too_long"),
    ],
)
def test_an_incomplete_directive_says_what_is_missing(
    office: OpenOffice, change: dict[str, object], field: str, code: str
) -> None:
    with pytest.raises(DraftRefused) as refused:
        office.directives.issue(replace(DRAFT, **change))  # type: ignore[arg-type]
    assert refused.value.problems[field].code == code


def test_no_office_is_added_to_a_directive_afterwards(office: OpenOffice) -> None:
    directive = office.directives.issue(DRAFT).value
    assert office.directives.change(directive.id, replace(DRAFT, units=("P-01",))).value.units == ("P-01",)
    with pytest.raises(Refused) as refused:
        office.directives.change(directive.id, replace(DRAFT, units=("P-01", "P-03")))
    assert refused.value.code == "directive_units"


def test_reminders_are_counted_for_each_office_by_itself(office: OpenOffice) -> None:
    directive = office.directives.issue(DRAFT).value
    for unit in ("P-01", "P-01", "P-02"):
        office.reminders.remind(ReminderAbout.DIRECTIVE, directive.id, unit, on=TODAY)
    counted = [(one.unit, one.nth) for one in office.directives.line(directive.id).reminders]
    assert sorted(counted) == [("P-01", 1), ("P-01", 2), ("P-02", 1)]
    with pytest.raises(Refused) as refused:
        office.reminders.remind(ReminderAbout.DIRECTIVE, directive.id, "P-01", on=TODAY, due=TODAY - timedelta(1))
    assert refused.value.code == "reminder_due"


def test_a_directive_is_undone_by_name(office: OpenOffice) -> None:
    office.directives.issue(DRAFT)
    office.undo.undo()
    assert office.directives.lines() == []


def test_one_letter_reminds_several_offices_and_counts_each_by_itself(office: OpenOffice) -> None:
    directive = office.directives.issue(DRAFT).value
    office.reminders.remind(ReminderAbout.DIRECTIVE, directive.id, "P-01", on=TODAY)
    sent = office.reminders.remind_all(
        ReminderAbout.DIRECTIVE, directive.id, ["P-01", "P-02"], on=TODAY, number=" 12/UBND-TTr "
    ).value
    assert [(one.unit, one.nth, one.number) for one in sent] == [("P-01", 2, "12/UBND-TTr"), ("P-02", 1, "12/UBND-TTr")]
    office.undo.undo()
    assert len(office.directives.line(directive.id).reminders) == 1, "the letter was one act"


def test_a_case_is_attached_only_where_its_office_reads_the_directive(office: OpenOffice) -> None:
    visit = office.receptions.log(CASE_VISIT, open_case=True).value
    assert visit.case
    theirs = office.directives.issue(DRAFT).value
    with pytest.raises(Refused) as refused:
        office.directives.attach(theirs.id, visit.case)
    assert refused.value.code == "directive_not_theirs"
    ours = office.directives.issue(replace(DRAFT, units=("Q", "P-01"))).value
    for _twice in range(2):
        office.directives.attach(ours.id, visit.case)
    assert office.directives.line(ours.id).directive.cases == (visit.case,)
    assert [one.id for one in office.directives.about_case(visit.case)] == [ours.id]


def test_what_waits_here_is_mine_due_and_not_done(office: OpenOffice) -> None:
    mine = office.directives.issue(replace(DRAFT, units=("Q",))).value
    office.directives.issue(DRAFT)
    office.directives.issue(replace(DRAFT, units=("Q",), due=date(2026, 12, 31)))
    assert [line.id for line in office.directives.waiting_here(TODAY)] == [mine.id]
    assert len(office.directives.overdue()) == 2
    office.directives.report(mine.id, on=TODAY, content="Đã xong", done=True)
    assert office.directives.waiting_here(TODAY) == [] and len(office.directives.overdue()) == 1


def test_issuers_are_offered_the_most_frequent_first(office: OpenOffice) -> None:
    for issuer in ("Thanh tra thành phố", DRAFT.issuer, DRAFT.issuer):
        office.directives.issue(replace(DRAFT, issuer=issuer))
    assert office.directives.issuers() == [DRAFT.issuer, "Thanh tra thành phố"]
    assert office.directives.issuers(DirectiveLevel.MINISTRY) == []
