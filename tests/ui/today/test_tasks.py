"""The morning's lines: what waits, in sections, counted exactly; Enter opens the act that comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, Direction, ReceiverRank, ReceptionKind, Role
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.store.lists import due_lists
from tcd_desktop.store.lists.due_lists import Missing
from tcd_desktop.ui.calendar.sitting_task import SittingTask
from tcd_desktop.ui.exchange.standing import standing
from tcd_desktop.ui.look import look
from tcd_desktop.ui.receptions.asking import AnswerDialog
from tcd_desktop.ui.receptions.drafts_page import DraftsPage
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.receptions.source import ListChoice, Waiting
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.today.choices import DayChoice
from tcd_desktop.ui.today.tasks import SHOWN, Section, Task, VisitTask, read_tasks
from tcd_desktop.ui.today.today_page import TodayPage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, SECRET, SECRET_WORDS, Clock, make_office

BARE = replace(DRAFT, documents=())
"""A visit for which no paper is missing."""


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    i18n.set_language("en")
    look.apply(qapp, "light", 100)
    yield
    i18n.set_language(i18n.DEFAULT)


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward", head_name="Trần Văn Mẫu", head_title="Chủ tịch")
    yield office
    office.close()


def at(office: OpenOffice, day: date) -> None:
    clock = office.clock
    assert isinstance(clock, Clock)
    clock.moment = datetime.combine(day, time(8))


def tasks(office: OpenOffice, section: Section) -> list[Task]:
    return [task for task in read_tasks(office, standing(office)) if task.section is section]


def sections(office: OpenOffice) -> list[Section]:
    return [task.section for task in read_tasks(office, standing(office)) if task.first]


def lacking(office: OpenOffice, missing: Missing) -> due_lists.Lines:
    with office.store.reading() as connection:
        return due_lists.papers(connection, office.office.id, missing, office.today(), form="02/TCD", limit=SHOWN)


# -- what is listed --------------------------------------------------------------------------------------


def test_an_office_that_owes_nothing_has_only_its_exchange_to_settle(ward: OpenOffice) -> None:
    ward.receptions.log(BARE)
    assert sections(ward) == [Section.EXCHANGE]


def test_answers_stand_in_the_section_of_their_day_and_leave_it_when_given(ward: OpenOffice) -> None:
    first = ward.receptions.log(replace(BARE, date=date(2026, 11, 20))).value
    second = ward.receptions.log(BARE).value
    at(ward, date(2026, 12, 8))
    assert [task.target for task in tasks(ward, Section.OVERDUE)] == [VisitTask(first.id, "answer")]
    assert [task.target for task in tasks(ward, Section.DUE)] == [VisitTask(second.id, "answer")]
    ward.receptions.answer(first.id, kind=AnswerKind.ACCEPTED, channel=AnswerChannel.IN_PERSON, on=date(2026, 12, 8))
    assert not tasks(ward, Section.OVERDUE)


def test_a_long_section_shows_some_counts_all_and_its_last_line_opens_the_list(ward: OpenOffice) -> None:
    for minute in range(SHOWN + 3):
        ward.receptions.log(replace(BARE, time=time(8, minute)))
    at(ward, date(2026, 12, 20))
    late = tasks(ward, Section.OVERDUE)
    assert len(late) == SHOWN + 1 and late[0].heading == f"Overdue · {SHOWN + 3}"
    assert late[-1].title == "and 3 more"
    assert late[-1].target == ("receptions", ListChoice(waiting=Waiting.OVERDUE))
    assert ward.board.today().overdue.value == SHOWN + 3


def test_counts_are_exact_beyond_a_thousand_and_leave_the_recycle_bin_out(ward: OpenOffice) -> None:
    ward.receptions.log_all([replace(BARE, time=time(8 + n // 600, n // 10 % 60)) for n in range(1203)])
    gone = ward.receptions.log(BARE).value
    with ward.store.unit(act="test", officer="") as unit:
        unit.change(gone, removed="Ghi nhầm")
        unit.commit()
    at(ward, date(2026, 12, 20))
    figures = ward.board.today()
    assert (figures.overdue.value, figures.overdue.capped) == (1203, False)
    assert tasks(ward, Section.OVERDUE)[0].total == 1203
    at(ward, date(2026, 11, 23))
    assert ward.board.today().visits_today.value == 1203


def test_a_denouncer_is_named_in_no_line(ward: OpenOffice) -> None:
    ward.receptions.log(SECRET)
    ward.receptions.save_draft("visit:2026-11-23T08:00:00/ab12", SECRET)
    at(ward, date(2026, 12, 20))
    shown = repr([(task.title, task.detail, task.act) for task in read_tasks(ward, None)])
    assert not any(word in shown for word in SECRET_WORDS)


def test_a_written_refusal_waits_for_its_notice(ward: OpenOffice) -> None:
    refused = replace(
        BARE,
        direction=Direction.REFUSE,
        refusal_ground="L9.3",
        refusal_grounds_on=date(2026, 11, 20),
        earlier_answer="Văn bản 12/UBND ngày 01/10/2026",
        refusal_explained=True,
    )
    visit = ward.receptions.log(refused).value
    spoken = ward.receptions.log(replace(refused, refusal_ground="L9.2", refusal_grounds_on=None)).value
    assert spoken.refusal_due is None and visit.refusal_due is not None
    lines = tasks(ward, Section.REFUSALS)
    assert [(task.target, task.total) for task in lines] == [(VisitTask(visit.id, "refusal_notice"), 1)]
    ward.receptions.issue_refusal_notice(visit.id, number="3/TB-UBND", on=date(2026, 11, 23))
    assert not tasks(ward, Section.REFUSALS)


def test_papers_that_are_missing_are_named_by_kind(ward: OpenOffice) -> None:
    spoken = replace(BARE, has_petition=False, content="Nói miệng")
    with_papers = ward.receptions.log(DRAFT).value
    unsigned = ward.receptions.log(spoken).value
    assert [line.id for line in lacking(ward, Missing.SLIP).rows] == [with_papers.id]
    assert [line.id for line in lacking(ward, Missing.STATEMENT).rows] == [unsigned.id]
    assert {task.target for task in tasks(ward, Section.PAPERS)} == {
        VisitTask(with_papers.id, "print"),
        VisitTask(unsigned.id, "amend"),
    }
    ward.slips.print(with_papers.id)
    assert not lacking(ward, Missing.SLIP).total
    assert [line.id for line in lacking(ward, Missing.HANDING_OVER).rows] == [with_papers.id]
    at(ward, date(2027, 1, 4))
    assert not tasks(ward, Section.PAPERS), "after a month nobody comes back to sign"


def test_a_representative_without_paper_is_asked_for_it(ward: OpenOffice) -> None:
    visit = ward.receptions.log(BARE).value
    with ward.store.unit(act="test", officer="") as unit:
        unit.change(visit, role=Role.AUTHORISED)
        unit.commit()
    assert [line.id for line in lacking(ward, Missing.REPRESENTATION).rows] == [visit.id]
    with ward.store.unit(act="test", officer="") as unit:
        unit.change(visit, representation_paper="Giấy ủy quyền số 12")
        unit.commit()
    assert not lacking(ward, Missing.REPRESENTATION).total


def test_papers_of_old_books_and_of_other_offices_are_not_asked_for(ward: OpenOffice) -> None:
    visit = ward.receptions.log(DRAFT).value
    with ward.store.unit(act="test", officer="") as unit:
        unit.change(visit, batch="old-book")
        unit.commit()
    assert not lacking(ward, Missing.SLIP).total
    with ward.store.reading() as connection:
        other = due_lists.papers(connection, "P-02", Missing.SLIP, ward.today(), form="02/TCD", limit=5)
    assert not other.total


def test_sittings_of_today_those_without_a_word_and_notices_to_put_up(ward: OpenOffice) -> None:
    desk = ward.sittings

    def on(day: date) -> str:
        return desk.add(replace(desk.blank(), day=day)).value.id

    today, past, near, far = (on(date(2026, m, d)) for m, d in ((11, 23), (11, 20), (12, 1), (12, 21)))
    tomorrow = on(date(2026, 11, 25))  # the 24th is a holiday
    lines = tasks(ward, Section.SITTINGS)
    assert [task.target for task in lines] == [
        SittingTask(today),
        SittingTask(past, "hold"),
        SittingTask(tomorrow, "post"),
        SittingTask(near, "post"),
    ]
    assert far not in {task.target.sitting for task in lines}
    chips = [task.chip.text if task.chip else "" for task in lines]
    assert chips[1:] == ["What happened?", "Posting late", "Post by 23/11"]
    desk.post([tomorrow, near], date(2026, 11, 23))
    assert len(tasks(ward, Section.SITTINGS)) == 2


def test_conclusions_due_within_a_week_ask_for_their_result(ward: OpenOffice) -> None:
    sitting = ward.sittings.hold(ward.sittings.add(replace(ward.sittings.blank(), day=ward.today())).value.id).value
    blank = replace(ward.conclusions.blank(sitting), content="Đo lại đất", responsible="Địa chính")
    soon = ward.conclusions.add(replace(blank, due=date(2026, 11, 30))).value
    ward.conclusions.add(replace(blank, due=date(2026, 12, 1)))
    lines = tasks(ward, Section.CONCLUSIONS)
    assert [task.target for task in lines] == [SittingTask(sitting.id, "finish", soon.id)]
    ward.conclusions.finish(soon.id, on=ward.today(), result="Xong")
    assert not tasks(ward, Section.CONCLUSIONS)


# -- the list under the hands ----------------------------------------------------------------------------


class Window:
    """A morning screen with what it asks the window for."""

    def __init__(self, office: OpenOffice, folder: Path, qtbot: QtBot) -> None:
        runner = InlineRunner()
        self.page = TodayPage(office, runner, Keeper(Settings(), folder / "s.json"))
        runner.changed.connect(self.page.store_changed)
        self.pushed: list[QWidget] = []
        self.gone: list[tuple[str, Any]] = []
        self.page.pushRequest.connect(self.pushed.append)
        self.page.goRequest.connect(lambda desk, argument: self.gone.append((desk, argument)))
        self._bot = qtbot
        qtbot.addWidget(self.page)
        self.page.resize(1180, 640)
        self.page.show()

    def enter(self, section: Section, number: int = 0) -> None:
        """Chooses a line by the keyboard and presses Enter."""
        work = self.page.work
        assert work is not None
        table = work.view.table
        self.page.focus_list()
        wanted = work.rows.rows.index(work.section(section)[number])
        self._bot.keyClick(table, Qt.Key.Key_Home)
        for _step in range(wanted):
            self._bot.keyClick(table, Qt.Key.Key_Down)
        self._bot.keyClick(table, Qt.Key.Key_Return)
        for page in self.pushed:
            self._bot.addWidget(page)


def test_enter_on_an_overdue_answer_opens_its_dialog(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    visit = ward.receptions.log(BARE).value
    at(ward, date(2026, 12, 20))
    window = Window(ward, tmp_path, qtbot)
    window.enter(Section.OVERDUE)
    (page,) = window.pushed
    assert isinstance(page, VisitPage) and page.view is not None and page.view.visit.id == visit.id
    dialog = page.findChild(AnswerDialog)
    assert dialog is not None
    dialog.reject()


def test_enter_on_a_missing_signature_opens_the_form_of_the_visit(
    ward: OpenOffice, tmp_path: Path, qtbot: QtBot
) -> None:
    ward.receptions.log(replace(BARE, has_petition=False))
    window = Window(ward, tmp_path, qtbot)
    window.enter(Section.PAPERS)
    assert isinstance(window.pushed[0], ReceptionFormPage)


def test_enter_on_a_sitting_or_the_exchange_goes_to_its_desk(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    ward.receptions.log(BARE)
    sitting = ward.sittings.add(replace(ward.sittings.blank(), day=ward.today())).value
    window = Window(ward, tmp_path, qtbot)
    window.enter(Section.SITTINGS)
    window.enter(Section.EXCHANGE)
    assert window.gone == [("calendar", SittingTask(sitting.id)), ("exchange", None)]


def test_enter_on_a_draft_goes_on_with_it(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    ward.receptions.log(BARE)
    ward.receptions.save_draft("visit:2026-11-23T08:00:00/ab12", replace(DRAFT, name="Trần Dở Dang"))
    window = Window(ward, tmp_path, qtbot)
    window.enter(Section.DRAFTS)
    (page,) = window.pushed
    assert isinstance(page, ReceptionFormPage) and page.model.draft.name == "Trần Dở Dang"
    window.page._resume("")
    qtbot.addWidget(window.pushed[-1])
    assert isinstance(window.pushed[-1], DraftsPage)


def test_when_a_line_is_done_the_next_one_is_chosen(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    visits = [ward.receptions.log(replace(BARE, time=time(8, minute))).value for minute in range(3)]
    at(ward, date(2026, 12, 20))
    window = Window(ward, tmp_path, qtbot)
    assert window.page.work is not None
    view = window.page.work.view
    window.page.focus_list()
    chosen = view.current_id()
    ward.receptions.answer(
        visits[0].id, kind=AnswerKind.ACCEPTED, channel=AnswerChannel.IN_PERSON, on=date(2026, 12, 20)
    )
    window.page.store_changed(())
    assert view.table.currentIndex().row() == 0 and view.current_id() != chosen


def test_the_figure_of_today_opens_the_visits_of_today(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    ward.receptions.log(replace(BARE, date=date(2026, 11, 20)))
    visit = replace(BARE, kind=ReceptionKind.SCHEDULED, receiver_rank=ReceiverRank.HEAD)
    ward.receptions.log(visit)
    window = Window(ward, tmp_path, qtbot)
    window.page.figures["visits"].click()
    desk, choice = window.gone[0]
    assert desk == "receptions" and choice == DayChoice(since=ward.today(), until=ward.today()) and choice.filtered
    with ward.store.reading() as connection:
        assert ward.receptions.pages.count(connection, choice.query(ward.today())).value == 1
    assert window.page.figures["visits"].number() == "1"


def test_a_morning_without_anything_to_do_says_so_and_offers_the_next_visit(
    ward: OpenOffice, tmp_path: Path, qtbot: QtBot
) -> None:
    ward.receptions.log(BARE)
    window = Window(ward, tmp_path, qtbot)
    work = window.page.work
    assert work is not None
    work.show_tasks(())
    assert work.view._empty.isVisible()
    with qtbot.waitSignal(window.page.newVisitRequest, timeout=1000):
        work.view._empty.button.click()


def test_cases_past_their_limit_stand_in_the_morning_with_their_next_step(ward: OpenOffice) -> None:
    visit = ward.receptions.log(BARE, open_case=True).value
    assert tasks(ward, Section.CASES) == []
    at(ward, date(2026, 12, 5))
    (line,) = tasks(ward, Section.CASES)
    assert (line.title, line.target) == ("HS 1/2026", ("cases", visit.case))
    ward.steps.take(visit.case or "", "accept", StepDraft(on=date(2026, 12, 5)))
    assert tasks(ward, Section.CASES) == []
