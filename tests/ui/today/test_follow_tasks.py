"""Directives, executions and reminders in the morning's list of a ward."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.cases.obligation_rules import ObligationDraft
from tcd_desktop.domain.follow_up.directive import Reminder
from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel, ObligationKind, ReminderAbout
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.follow_up.reminder_desk import RECENT
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.journal.lines import fields_of, put_fields
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.ui.directives.directive_task import FollowTask
from tcd_desktop.ui.directives.directives_page import DirectivesPage
from tcd_desktop.ui.today.tasks import SHOWN, Section, Task, read_tasks
from tcd_desktop.ui.today.today_page import TodayPage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, MONDAY, make_district, make_office

TODAY = MONDAY.date()
TOLD = DirectiveDraft(
    level=DirectiveLevel.DISTRICT,
    issuer="Chủ tịch UBND quận",
    number="446/UBND-TTr",
    issued_on=date(2026, 11, 2),
    content="Báo cáo tiến độ",
    due=date(2026, 11, 20),
    units=("P-01",),
)
DUTY = ObligationDraft(
    kind=ObligationKind.COURT_JUDGMENT,
    number="5/2026/HC-ST",
    issued_on=date(2026, 10, 1),
    summary="Cấp lại giấy chứng nhận",
    due=date(2026, 11, 25),
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language(i18n.DEFAULT)


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward")
    yield office
    office.close()


def lines(office: OpenOffice) -> list[Task]:
    return [task for task in read_tasks(office, None) if task.section is Section.FOLLOW]


def received(office: OpenOffice, about: ReminderAbout, target: str, on: date, nth: int = 1) -> None:
    """A reminder of the district, as it lies in the books after a bundle."""
    record = Reminder(
        id=new_id(), office="Q", about=about, target=target, unit="P-01", on=on, nth=nth, due=on + timedelta(days=7)
    )
    rows = ROWS["reminder"]
    with office.store.writing() as connection:
        row = rows.row("Q", record.id, fields_of(put_fields(record), "reminder"))
        assert row is not None and not rows.insert(connection, [row])


def test_a_directive_stands_there_a_week_before_its_day_and_until_it_is_done(ward: OpenOffice) -> None:
    made = ward.directives.issue(TOLD).value
    ward.directives.issue(replace(TOLD, due=TODAY + timedelta(days=8)))
    ward.directives.issue(replace(TOLD, due=None))
    (line,) = lines(ward)
    assert (line.title, line.act, line.total) == ("446/UBND-TTr", "Report the execution", 1)
    assert line.chip is not None and line.chip.text == "3 days overdue"
    assert line.target == ("directives", FollowTask("directives", made.id, "report"))
    ward.directives.report(made.id, on=TODAY, content="Đang làm")
    assert len(lines(ward)) == 1, "what is under way is still asked for"
    ward.directives.report(made.id, on=TODAY, content="Xong", done=True)
    assert lines(ward) == []


def test_a_reminder_stands_in_the_place_of_its_directive_until_it_is_answered(ward: OpenOffice) -> None:
    made = ward.directives.issue(TOLD).value
    received(ward, ReminderAbout.DIRECTIVE, made.id, date(2026, 11, 10))
    received(ward, ReminderAbout.DIRECTIVE, made.id, date(2026, 11, 21), nth=2)
    (line,) = lines(ward)
    assert line.chip is not None and (line.chip.text, line.chip.tone) == ("Reminder no. 2", "danger")
    assert line.title == TOLD.number
    ward.directives.report(made.id, on=TODAY, content="Đang làm")
    (line,) = lines(ward)
    assert line.chip is not None and line.chip.text == "3 days overdue", "answered, but not done"


def test_an_execution_is_assigned_first_and_told_of_afterwards(ward: OpenOffice) -> None:
    made = ward.obligations.register(DUTY).value
    (line,) = lines(ward)
    assert (line.act, line.target[1].act) == ("Assign the execution", "assign")
    ward.obligations.assign(made.id, responsible="Công an phường", number="1/UBND", on=TODAY, due=DUTY.due)
    received(ward, ReminderAbout.OBLIGATION, made.id, TODAY)
    (line,) = lines(ward)
    assert (line.act, line.target) == ("Write the progress", ("directives", FollowTask("obligations", made.id, "tell")))
    assert line.chip is not None and line.chip.text == "Reminder no. 1"
    ward.obligations.finish(made.id, TODAY)
    assert lines(ward) == []


def test_a_reminder_of_a_missing_bundle_leads_to_the_exchange_and_grows_old(ward: OpenOffice) -> None:
    received(ward, ReminderAbout.BUNDLE, "", TODAY - RECENT - timedelta(days=1))
    assert lines(ward) == []
    received(ward, ReminderAbout.BUNDLE, "", TODAY)
    (line,) = lines(ward)
    assert line.target == ("exchange", None)


def test_more_than_fit_are_counted_and_opened_together(ward: OpenOffice) -> None:
    for _n in range(SHOWN + 2):
        ward.directives.issue(TOLD)
    found = lines(ward)
    assert len(found) == SHOWN + 1 and found[0].total == SHOWN + 2
    assert (found[-1].title, found[-1].target) == ("and 2 more", ("directives", None))


def test_the_districts_morning_counts_its_overdue_directives_and_leads_to_them(tmp_path: Path, qtbot: QtBot) -> None:
    district = make_district(tmp_path / "district")
    try:
        late = district.directives.issue(replace(TOLD, units=("Q",))).value
        district.directives.issue(replace(TOLD, units=("Q",), due=date(2026, 12, 1)))
        district.receptions.log(DRAFT)
        page = TodayPage(district, InlineRunner(), Keeper(Settings(), tmp_path / "s.json"))
        qtbot.addWidget(page)
        gone: list[tuple[str, object]] = []
        page.goRequest.connect(lambda desk, argument: gone.append((desk, argument)))
        assert page.side.directives.text() == "1 directive overdue"
        page.side.directives.click()
        ((desk, task),) = gone
        assert desk == "directives"
        directives = DirectivesPage(district, InlineRunner(), Keeper(Settings(), tmp_path / "s.json"))
        qtbot.addWidget(directives)
        directives.activated(task)
        assert [row.id for row in directives.directives.rows.rows] == [late.id]
    finally:
        district.close()
