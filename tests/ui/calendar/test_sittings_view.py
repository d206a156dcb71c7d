"""The head's calendar in the window: planned, chosen and acted on by keys; what follows is seen at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.sittings.sitting import Sitting
from tcd_desktop.domain.terms import ReceiverRank, ReceptionKind, SittingKind, SittingState
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.calendar.calendar_page import DAYS_OFF, SITTINGS, CalendarPage
from tcd_desktop.ui.calendar.plan_page import PlanPage
from tcd_desktop.ui.calendar.sitting_acts import next_act, offered, visit_of
from tcd_desktop.ui.calendar.sitting_form_page import SittingFormPage
from tcd_desktop.ui.calendar.sitting_page import SittingPage
from tcd_desktop.ui.calendar.sitting_task import SittingTask
from tcd_desktop.ui.dialogs.act_dialog import ActDialog
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, SECRET, Clock, make_office

P = TypeVar("P", bound=QWidget)
MONDAY = date(2026, 11, 23)
CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language(i18n.DEFAULT)


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward", head_name="Trần Văn Mẫu", head_title="Chủ tịch UBND phường")
    yield office
    office.close()


class Desk:
    """The calendar with the pages it pushed; each is shown, and hears of every change."""

    def __init__(self, office: OpenOffice, folder: Path, qtbot: QtBot) -> None:
        self.office, self._bot = office, qtbot
        self.runner = InlineRunner()
        self.keeper = Keeper(Settings(), folder / "s.json")
        self.page = CalendarPage(office, self.runner, self.keeper)
        self.pushed: list[QWidget] = []
        self.gone: list[tuple[str, object]] = []
        self._watch(self.page)
        self._show(self.page)

    def _watch(self, page: CalendarPage | SittingPage | SittingFormPage | PlanPage) -> None:
        self.runner.changed.connect(page.store_changed)
        page.pushRequest.connect(self._push)
        page.goRequest.connect(lambda desk, argument: self.gone.append((desk, argument)))

    def _push(self, page: QWidget) -> None:
        self.pushed.append(page)
        if isinstance(page, SittingPage | SittingFormPage | PlanPage):
            self._watch(page)
            self._show(page)

    def _show(self, page: QWidget) -> None:
        self._bot.addWidget(page)
        page.resize(1180, 640)
        page.show()
        self._to_front(page)
        page.setFocus()

    def _to_front(self, window: QWidget) -> None:
        window.activateWindow()
        self._bot.waitUntil(window.isActiveWindow)

    @property
    def view(self):  # type: ignore[no-untyped-def]
        return self.page.sittings

    def last(self, kind: type[P]) -> P:
        found = self.pushed[-1]
        assert isinstance(found, kind)
        return found

    def choose(self, sitting: Sitting) -> None:
        self.view.list.choose(sitting.id)
        self._bot.waitUntil(lambda: self.view.acts.row is not None and self.view.acts.row.id == sitting.id)

    def act(self, key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL, on: QWidget | None = None) -> None:
        target = on or self.page
        self._to_front(target.window())
        self._bot.keyClick(target, key, modifier)

    def dialog(self) -> ActDialog:
        dialogs = [one for top in (self.page, *self.pushed) for one in top.findChildren(ActDialog) if one.isVisible()]
        assert dialogs
        return dialogs[-1]


@pytest.fixture
def desk(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> Desk:
    return Desk(ward, tmp_path, qtbot)


def add(office: OpenOffice, day: date, **more: object) -> Sitting:
    draft = replace(office.sittings.blank(), day=day, attendees="Công an phường", expected="Đất đai")
    return office.sittings.add(replace(draft, **more)).value  # type: ignore[arg-type]


def typed(widget: QWidget, text: str) -> None:
    """Letters with marks come through the input method."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def state(office: OpenOffice, sitting: Sitting) -> SittingState:
    found = office.sittings.find(sitting.id)
    assert found is not None
    return found.state


# -- the year --------------------------------------------------------------------------------------------


def test_an_empty_year_leads_to_the_generator_and_the_plan_fills_it(desk: Desk, qtbot: QtBot) -> None:
    assert desk.view.list._empty.isVisible()
    desk.view.list._empty.button.click()
    plan = desk.last(PlanPage)
    assert [row.rule().days for row in plan.rules] == [(5, 20)], "a proposal stands there"
    plan.years.buttons[1].click()
    assert plan.plan is not None and len(plan.rows.rows) == 24
    moved = [str(plan.preview.model.index(row, 2).data(Qt.ItemDataRole.ToolTipRole)) for row in range(24)]
    assert any("Giao thừa" in words for words in moved)
    assert "as often as the law asks" in plan.duty.text()
    desk.act(Qt.Key.Key_S, on=plan)
    assert len(desk.office.sittings.between(date(2027, 1, 1), date(2027, 12, 31))) == 24
    assert desk.page.years.index() == 2, "the planned year is shown"
    assert desk.view.picture._marks and date(2027, 2, 11) in desk.view.picture._marks


def test_rules_are_told_what_they_lack_and_change_the_preview(desk: Desk, qtbot: QtBot) -> None:
    desk.page.activated("plan")
    plan = desk.last(PlanPage)
    row = plan.rules[0]
    row.days.set_value("")
    plan.compute()
    assert row.days.problem() and not plan.take.isEnabled()
    row.days.set_value("10")
    plan.compute()
    assert [line.line.planned.day for line in plan.rows.rows] == [date(2026, 12, 10)]
    assert "months: 11" in plan.duty.text() or "months: 12" in plan.duty.text(), "one day a month is too few"
    plan._another()
    plan.compute()
    assert len(plan.rules) == 2 and plan.rules[1].days.problem()
    plan.rules[1].cross.click()
    plan.compute()
    assert len(plan.rules) == 1 and plan.take.isEnabled()


def test_the_rules_of_the_last_plan_are_remembered(desk: Desk) -> None:
    desk.page.activated("plan")
    plan = desk.last(PlanPage)
    plan.rules[0].days.set_value("12")
    plan.compute()
    plan.save()
    desk.page.activated("plan")
    again = desk.last(PlanPage)
    assert again.rules[0].rule().days == (12,)
    assert again.years.index() == 1, "this year is planned: the next one is meant"


def test_the_list_begins_on_the_next_sitting_and_names_the_duty(desk: Desk, qtbot: QtBot) -> None:
    add(desk.office, date(2026, 10, 5))
    coming = add(desk.office, date(2026, 12, 7))
    desk.page.store_changed(())
    qtbot.waitUntil(lambda: desk.view.list.current_id() == coming.id)
    assert "months: 11, 12" in desk.view.duty.text()
    assert desk.view.picture._notes[12].text == "1/2" and desk.view.picture._notes[12].short


def test_views_and_years_are_changed_by_keys(desk: Desk) -> None:
    desk.act(Qt.Key.Key_2)
    assert desk.page.view is desk.page.days_off and desk.page.views.index() == DAYS_OFF
    desk.page.years.buttons[2].click()
    assert desk.page.days_off.picture._year is not None and desk.page.days_off.picture._year.year == 2027
    desk.act(Qt.Key.Key_1)
    assert desk.page.views.index() == SITTINGS and desk.view.read.year.year == 2027


def test_the_year_is_copied_as_a_table_without_what_was_postponed(desk: Desk) -> None:
    one = add(desk.office, date(2026, 12, 7))
    blank = replace(desk.office.sittings.blank(), day=date(2026, 12, 9), attendees="Công an", expected="Đất")
    desk.office.sittings.postpone(one.id, "Họp", blank)
    desk.page.store_changed(())
    desk.act(Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    data = QGuiApplication.clipboard().mimeData()
    lines = data.text().split("\n")
    assert len(lines) == 2 and lines[1].split("\t")[1] == "09/12/2026"
    assert "<td>Công an</td>" in data.html()


def test_the_year_is_saved_as_a_table_file(desk: Desk, tmp_path: Path) -> None:
    add(desk.office, date(2026, 12, 7))
    desk.page.store_changed(())
    target = tmp_path / "lịch.xlsx"
    desk.view.export.ask = lambda _name, _parent: target
    desk.view.save_table()
    from openpyxl import load_workbook

    cells = [str(cell.value) for row in load_workbook(target).active.iter_rows() for cell in row if cell.value]
    assert {"07/12/2026", "Công an phường", "Đất đai"} <= set(cells)
    assert any("Receptions of the head in 2026" in cell for cell in cells)


# -- one sitting -----------------------------------------------------------------------------------------


def test_a_sitting_is_added_by_keys_alone(desk: Desk, qtbot: QtBot) -> None:
    desk.act(Qt.Key.Key_Insert, NONE)
    form = desk.last(SittingFormPage)
    desk.act(Qt.Key.Key_S, on=form)
    assert form.fields["day"].problem() == "This is needed."
    qtbot.keyClicks(form.fields["day"].focusProxy(), "7/12/2026")
    assert "30/11" in form.told.text(), "by when it must be posted"
    editor = form.fields["attendees"].focusProxy()
    editor.setFocus()
    typed(editor, "Công an phường")
    desk.act(Qt.Key.Key_S, on=form)
    (made,) = desk.office.sittings.between(date(2026, 12, 1), date(2026, 12, 31))
    assert (made.day, made.attendees, made.leader) == (date(2026, 12, 7), "Công an phường", "Trần Văn Mẫu")


def test_a_form_that_was_touched_is_not_left_in_silence(desk: Desk) -> None:
    desk.view.add_sitting(date(2026, 12, 7))
    form = desk.last(SittingFormPage)
    assert form.can_close()
    form.fields["place"].set_value("Hội trường")
    form.fields["place"].changed.emit("Hội trường")
    assert not form.can_close() and form.can_close(), "the second Esc leaves"


def test_a_dialogue_asks_for_its_case(desk: Desk) -> None:
    case = desk.office.cases.open_from(desk.office.receptions.log(DRAFT).value.id).value
    desk.view.add_sitting(date(2026, 12, 7))
    form = desk.last(SittingFormPage)
    form.fields["kind"].set_value(SittingKind.DIALOGUE)
    form.fields["kind"].changed.emit(SittingKind.DIALOGUE)
    assert not form.fields["case"].isHidden()
    form.save()
    assert "case" in form.fields["case"].problem()
    form.fields["case"].set_value(case.id)
    form.fields["case"].changed.emit(case.id)
    form.save()
    (made,) = desk.office.sittings.between(date(2026, 12, 7), date(2026, 12, 7))
    assert (made.kind, made.case) == (SittingKind.DIALOGUE, case.id)


def test_posting_late_is_doubted_beside_the_day_and_done(desk: Desk) -> None:
    one = add(desk.office, date(2026, 11, 26))
    desk.page.store_changed(())
    desk.choose(one)
    desk.act(Qt.Key.Key_B)
    dialog = desk.dialog()
    assert "18/11" in dialog.fields["posted_on"].problem()
    dialog.accept_values()
    assert state(desk.office, one) is SittingState.POSTED
    posted = desk.office.sittings.find(one.id)
    assert posted is not None and posted.posted_on == MONDAY and posted.posted_online


def test_postponing_proposes_a_day_that_can_be_posted_in_time(desk: Desk) -> None:
    one = add(desk.office, date(2026, 11, 26))
    desk.page.store_changed(())
    desk.choose(one)
    desk.act(Qt.Key.Key_H)
    dialog = desk.dialog()
    assert dialog.fields["day"].value() == date(2026, 12, 1)
    dialog.accept_values()
    assert dialog.fields["reason"].problem() == "This is needed." and dialog.isVisible()
    typed(dialog.fields["reason"].focusProxy(), "Họp HĐND")
    dialog.accept_values()
    rows = {row.sitting.day: row.sitting for row in desk.view.rows.rows}
    assert rows[date(2026, 11, 26)].state is SittingState.POSTPONED
    assert rows[date(2026, 12, 1)].moved_from == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [(Qt.Key.Key_R, SittingState.HELD), (Qt.Key.Key_0, SittingState.NOBODY_CAME)],
)
def test_what_happened_is_one_key(desk: Desk, key: Qt.Key, wanted: SittingState) -> None:
    one = add(desk.office, date(2026, 11, 20))
    desk.page.store_changed(())
    desk.choose(one)
    assert desk.view.list.model.index(0, 3).data(Qt.ItemDataRole.UserRole + 2).text == "What happened?"
    desk.act(key)
    assert state(desk.office, one) is wanted


def test_before_the_day_nothing_can_have_happened(desk: Desk) -> None:
    one = add(desk.office, date(2026, 12, 7))
    desk.page.store_changed(())
    desk.choose(one)
    desk.act(Qt.Key.Key_R)
    desk.act(Qt.Key.Key_0)
    assert state(desk.office, one) is SittingState.PLANNED
    assert "hold" not in offered(one, MONDAY) and next_act(one, MONDAY) == "post"
    assert next_act(one, one.day) == "visit" and next_act(one, date(2026, 12, 8)) == "hold"


def test_a_delegate_is_named_and_the_picture_counts_without_him(desk: Desk) -> None:
    one = add(desk.office, date(2026, 12, 7))
    desk.page.store_changed(())
    desk.choose(one)
    desk.act(Qt.Key.Key_U)
    typed(desk.dialog().fields["name"].focusProxy(), "Nguyễn Thị Phó")
    desk.dialog().accept_values()
    assert desk.view.picture._notes[12].text == "0/2"


def test_a_visit_for_a_sitting_is_filled_from_it(ward: OpenOffice) -> None:
    one = add(ward, MONDAY)
    draft = visit_of(one, ward.receptions.blank())
    assert (draft.kind, draft.receiver_rank, draft.receiver_name) == (
        ReceptionKind.SCHEDULED,
        ReceiverRank.HEAD,
        "Trần Văn Mẫu",
    )
    assert (draft.sitting, draft.date, draft.attendees) == (one.id, MONDAY, "Công an phường")
    delegated = visit_of(replace(one, delegate="Nguyễn Thị Phó"), ward.receptions.blank())
    assert (delegated.receiver_rank, delegated.delegated_by) == (ReceiverRank.DELEGATE, "Trần Văn Mẫu")


def test_a_click_on_a_day_chooses_its_sitting_or_begins_one(desk: Desk, qtbot: QtBot) -> None:
    one = add(desk.office, date(2026, 12, 7))
    desk.page.store_changed(())
    desk.view.picture.grab()

    def click(day: date) -> None:
        place = next(place for place, there in desk.view.picture._places if there == day)
        at = QPoint(round(place.center().x()), round(place.center().y()))
        qtbot.mouseClick(desk.view.picture, Qt.MouseButton.LeftButton, pos=at)

    click(one.day)
    assert desk.view.list.current_id() == one.id
    click(date(2026, 12, 16))
    assert desk.last(SittingFormPage).fields["day"].value() == date(2026, 12, 16)


# -- its page --------------------------------------------------------------------------------------------


def test_the_page_of_a_sitting_shows_its_visits_and_takes_conclusions(desk: Desk, qtbot: QtBot) -> None:
    one = add(desk.office, MONDAY)
    visit = replace(DRAFT, kind=ReceptionKind.SCHEDULED, receiver_rank=ReceiverRank.HEAD, sitting=one.id)
    logged = desk.office.receptions.log(visit).value
    desk.page.activated(one.id)
    page = desk.last(SittingPage)
    assert [row.id for row in page.visits.rows] == [logged.id] and "1" in page.figures.text()
    desk.act(Qt.Key.Key_T, on=page)
    dialog = desk.dialog()
    dialog.accept_values()
    assert dialog.fields["content"].problem() and dialog.isVisible()
    typed(dialog.fields["content"].focusProxy(), "Kiểm tra ranh giới thửa đất")
    typed(dialog.fields["responsible"].focusProxy(), "Công chức Địa chính")
    dialog.fields["due"].set_value(date(2026, 12, 4))
    dialog.fields["reception"].set_value(logged.id)
    dialog.accept_values()
    (made,) = desk.office.conclusions.of_sitting(one.id)
    assert (made.responsible, made.due, made.reception) == ("Công chức Địa chính", date(2026, 12, 4), logged.id)
    desk.act(Qt.Key.Key_I, on=page)
    desk.dialog().fields["number"].set_value("12/TB-UBND")
    desk.dialog().accept_values()
    desk.act(Qt.Key.Key_D, on=page)
    typed(desk.dialog().fields["result"].focusProxy(), "Đã đo lại")
    desk.dialog().accept_values()
    (made,) = desk.office.conclusions.of_sitting(one.id)
    assert (made.number, made.result, made.done_on) == ("12/TB-UBND", "Đã đo lại", MONDAY)
    page.visit_list.focus_list()
    qtbot.keyClick(page.visit_list.table, Qt.Key.Key_Return)
    assert desk.gone == [("receptions", logged.id)]


def test_a_conclusion_and_minutes_that_name_the_denouncer_are_pointed_out_and_never_stopped(desk: Desk) -> None:
    one = add(desk.office, MONDAY)
    secret = replace(SECRET, kind=ReceptionKind.SCHEDULED, receiver_rank=ReceiverRank.HEAD, sitting=one.id)
    desk.office.receptions.log(secret)
    desk.page.activated(one.id)
    page = desk.last(SittingPage)
    desk.act(Qt.Key.Key_T, on=page)
    dialog = desk.dialog()
    content = dialog.fields["content"]
    typed(content.focusProxy(), "Trả lời người tố cáo")
    assert not content.problem()
    typed(content.focusProxy(), f", bà {SECRET.name}")
    assert "the denouncer" in content.problem() and SECRET.name not in content.problem()
    QApplication.processEvents()
    assert dialog.height() >= dialog.layout().totalHeightForWidth(dialog.width()), "the sentence is read whole"
    typed(dialog.fields["responsible"].focusProxy(), "Thanh tra")
    dialog.fields["due"].set_value(date(2026, 12, 4))
    dialog.accept_values()
    assert len(desk.office.conclusions.of_sitting(one.id)) == 1, "told, not stopped"
    desk.act(Qt.Key.Key_R, on=page)
    desk.act(Qt.Key.Key_M, on=page)
    minutes = desk.dialog().fields["minutes"]
    typed(minutes.focusProxy(), f"Số máy {SECRET.phone}")
    assert "the denouncer" in minutes.problem()


def test_the_morning_opens_a_sitting_with_its_next_act(desk: Desk) -> None:
    one = add(desk.office, date(2026, 12, 1))
    desk.page.activated(SittingTask(one.id, "post"))
    assert "Record the posting" in desk.dialog().windowTitle()
    desk.dialog().reject()
    held = desk.office.sittings.hold(add(desk.office, MONDAY).id).value
    blank = replace(desk.office.conclusions.blank(held), content="Đo đất", responsible="Địa chính")
    conclusion = desk.office.conclusions.add(blank).value
    desk.page.activated(SittingTask(held.id, "finish", conclusion.id))
    assert "carried out" in desk.dialog().windowTitle()
    desk.dialog().reject()


def test_a_postponed_sitting_shows_both_ends_of_the_chain(desk: Desk) -> None:
    one = add(desk.office, date(2026, 12, 7))
    blank = replace(desk.office.sittings.blank(), day=date(2026, 12, 9))
    new = desk.office.sittings.postpone(one.id, "Họp HĐND", blank).value.new
    shown: Callable[[str], str] = lambda identity: _facts(desk, identity)  # noqa: E731
    assert "Wednesday, 09/12/2026" in shown(one.id)
    assert "Monday, 07/12/2026: Họp HĐND" in shown(new.id)


def _facts(desk: Desk, identity: str) -> str:
    from PySide6.QtWidgets import QLabel

    desk.page.activated(identity)
    page = desk.last(SittingPage)
    return " | ".join(label.text() for label in page.facts.findChildren(QLabel))


def test_minutes_of_a_dialogue_are_asked_when_it_was_held(desk: Desk) -> None:
    case = desk.office.cases.open_from(desk.office.receptions.log(DRAFT).value.id).value
    one = add(desk.office, MONDAY, kind=SittingKind.DIALOGUE, case=case.id, start=time(14), end=time(16))
    desk.page.store_changed(())
    desk.choose(one)
    desk.act(Qt.Key.Key_R)
    typed(desk.dialog().fields["minutes"].focusProxy(), "Các bên trình bày")
    typed(desk.dialog().fields["result"].focusProxy(), "Thống nhất đo lại")
    desk.dialog().accept_values()
    found = desk.office.sittings.find(one.id)
    assert found is not None and (found.state, found.result) == (SittingState.HELD, "Thống nhất đo lại")
    desk.choose(one)
    desk.act(Qt.Key.Key_O)
    assert desk.gone == [("cases", case.id)]


def test_a_past_year_shows_what_was(desk: Desk) -> None:
    clock = desk.office.clock
    assert isinstance(clock, Clock)
    clock.moment = datetime(2026, 11, 23, 8, 0)
    desk.office.sittings.hold(add(desk.office, date(2025, 11, 20)).id)
    desk.page.years.buttons[0].click()
    assert [row.sitting.state for row in desk.view.rows.rows] == [SittingState.HELD]


def test_the_days_off_are_made_after_the_desk_was_opened(desk: Desk, qtbot: QtBot) -> None:
    """Both views made at once would hold the window up."""
    assert desk.page._days_off is None
    qtbot.waitUntil(lambda: desk.page._days_off is not None, timeout=3000)
    assert desk.page.view is desk.page.sittings, "made behind the list"


def test_the_days_off_begin_in_the_chosen_year(desk: Desk) -> None:
    desk.page.years.buttons[0].click()
    assert desk.page._days_off is None
    desk.act(Qt.Key.Key_2)
    picture = desk.page.days_off.picture
    assert picture._year is not None and picture._year.year == desk.office.today().year - 1
