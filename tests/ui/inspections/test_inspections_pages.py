"""Inspections on the screen: what the books tell while the days are typed, findings, records, corrections, answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.follow_up.follow_up_terms import FindingState
from tcd_desktop.domain.follow_up.inspection import InspectionRound
from tcd_desktop.domain.sittings.sitting import Sitting
from tcd_desktop.domain.terms import OfficerRight, SittingState
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.follow_up.inspection_desk import DUTY_CODE
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.store.figures.shortcomings import QUESTIONS
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.ui.inspections.begin_page import BeginPage
from tcd_desktop.ui.inspections.inspections_page import InspectionsPage
from tcd_desktop.ui.inspections.records_page import RecordsPage
from tcd_desktop.ui.inspections.round_page import RoundPage
from tcd_desktop.ui.inspections.sittings_page import HeldSittingsPage
from tcd_desktop.ui.window.runner import InlineRunner
from tcd_desktop.words.shortcomings import SHORTCOMINGS, shortcoming_name
from tests.offices import DRAFT, MONDAY, SECRET, SECRET_WORDS, Clock, enrol, make_district, make_office

TODAY = MONDAY.date()
SINCE = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language(i18n.DEFAULT)


@dataclass
class World:
    """A district and a ward that gave two people no slip, one of them a denouncer."""

    district: OpenOffice
    ward: OpenOffice
    stick: Path
    runner: InlineRunner
    keeper: Keeper

    def up(self) -> None:
        """The ward's books go to the district."""
        self.district.inbox.take([one.path for one in self.ward.outbox.export(self.stick)])

    def down(self) -> None:
        """The district's words come to the ward."""
        self.ward.inbox.take([one.path for one in self.district.outbox.export(self.stick)])

    def round(self) -> InspectionRound:
        """A round over the ward."""
        return self.district.inspections.begin("P-01", SINCE, TODAY, lead="Thanh tra quận").value.round


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    district, ward = make_district(tmp_path / "district"), make_office(tmp_path / "ward")
    stick = tmp_path / "stick"
    stick.mkdir()
    enrol(ward, district, stick)
    ward.receptions.log(DRAFT)
    ward.receptions.log(SECRET)
    made = World(district, ward, stick, InlineRunner(), Keeper(Settings(), tmp_path / "s.json"))
    made.up()
    yield made
    district.close()
    ward.close()


def shown(widget: QWidget, qtbot: QtBot) -> None:
    qtbot.addWidget(widget)
    widget.resize(1180, 640)
    widget.show()


def words_of(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def round_page(world: World, office: OpenOffice, held: InspectionRound, qtbot: QtBot) -> RoundPage:
    page = RoundPage(office, world.runner, world.keeper, held, "UBND phường P-01")
    world.runner.changed.connect(page.store_changed)
    shown(page, qtbot)
    return page


def choose(page: RoundPage, code: str, qtbot: QtBot) -> None:
    row = next(row for row in page.rows.rows if row.finding.code == code)
    page.view.choose(row.id)
    qtbot.waitUntil(lambda: page.pane.accessibleName() == shortcoming_name(code))


def test_every_rule_that_the_books_can_break_has_words() -> None:
    assert set(SHORTCOMINGS) == {*QUESTIONS, DUTY_CODE}


def test_what_the_books_tell_is_seen_while_the_days_are_typed(world: World, qtbot: QtBot) -> None:
    page = BeginPage(world.district, world.runner, world.keeper, [("P-01", "UBND phường P-01")])
    shown(page, qtbot)
    page.fields["since"].changed.emit(SINCE)
    page.look()
    assert {row.code: row.count for row in page.rows.rows} == {"no_slip": 2}
    page.fields["until"].changed.emit(SINCE)
    page.look()
    assert page.rows.rows == ()
    page.fields["until"].changed.emit(date(2026, 10, 1))
    page.begin()
    assert page.fields["until"].problem() and world.district.inspections.rounds() == []


def test_a_round_is_begun_and_opens_with_its_findings(world: World, qtbot: QtBot) -> None:
    page = InspectionsPage(world.district, world.runner, world.keeper)
    shown(page, qtbot)
    pushed: list[QWidget] = []
    page.pushRequest.connect(pushed.append)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.new.setFocus()
    QTest.keyClick(page.new, Qt.Key.Key_Insert)
    (form,) = pushed
    assert isinstance(form, BeginPage)
    qtbot.addWidget(form)
    for name, value in (("unit", "P-01"), ("since", SINCE), ("until", TODAY)):
        form.fields[name].set_value(value)
        form.fields[name].changed.emit(value)
    form.begin()
    opened = pushed[-1]
    assert isinstance(opened, RoundPage)
    qtbot.addWidget(opened)
    assert [row.finding.code for row in opened.rows.rows] == ["no_slip"]


def test_a_finding_opens_its_records_and_names_no_denouncer(world: World, qtbot: QtBot) -> None:
    page = round_page(world, world.district, world.round(), qtbot)
    choose(page, "no_slip", qtbot)
    pushed: list[QWidget] = []
    page.pushRequest.connect(pushed.append)
    QTest.keyClick(page.view.table, Qt.Key.Key_Return)
    (records,) = pushed
    assert isinstance(records, RecordsPage)
    shown(records, qtbot)
    assert [one.secret for one in records.rows.rows] == [False, True]
    told = " ".join(
        str(records.view.model.index(row, column).data())
        for row in range(2)
        for column in range(records.view.model.columnCount())
    )
    assert "Nguyễn Văn Đức" in told and not any(secret in told for secret in SECRET_WORDS)
    gone: list[tuple[str, object]] = []
    records.goRequest.connect(lambda desk, argument: gone.append((desk, argument)))
    records._open(records.rows.rows[0].id)
    assert gone == [("receptions", records.rows.rows[0].id)]


def test_a_correction_is_asked_answered_below_and_settled(world: World, qtbot: QtBot) -> None:
    held = world.round()
    page = round_page(world, world.district, held, qtbot)
    choose(page, "no_slip", qtbot)
    assert "receipt slip, form 02/TCD" in words_of(page.pane)
    page.ask.click()
    dialog = page.acts.dialog
    assert dialog is not None
    dialog.fields["due"].set_value(TODAY - timedelta(days=1))
    dialog.accept_values()
    assert dialog.fields["due"].problem()
    dialog.fields["due"].set_value(TODAY + timedelta(days=10))
    dialog.accept_values()
    assert [row.finding.state for row in page.rows.rows] == [FindingState.ASKED]
    world.down()
    below = round_page(world, world.ward, held, qtbot)
    choose(below, "no_slip", qtbot)
    assert below.ask.isHidden() and not below.reply.isHidden()
    below.reply.click()
    dialog = below.acts.dialog
    assert dialog is not None
    dialog.fields["content"].set_value("Đã lập và giao giấy biên nhận")
    dialog.accept_values()
    world.up()
    page.refresh()
    assert [len(row.replies) for row in page.rows.rows] == [1]
    page.settle.click()
    dialog = page.acts.dialog
    assert dialog is not None and dialog.fields["reply"].value() == "Đã lập và giao giấy biên nhận"
    dialog.accept_values()
    assert [row.finding.state for row in page.rows.rows] == [FindingState.CORRECTED]


def test_what_was_put_right_since_is_seen_beside_what_was_found(world: World, qtbot: QtBot) -> None:
    page = round_page(world, world.district, world.round(), qtbot)
    assert [(row.finding.count, row.left) for row in page.rows.rows] == [(2, 2)]
    for visit in world.ward.inspections.look("P-01", SINCE, TODAY)[0].records:
        world.ward.slips.print(visit, copies=2)
    world.up()
    page.refresh()
    assert [(row.finding.count, row.left) for row in page.rows.rows] == [(2, 0)]


def test_a_round_is_concluded_once(world: World, qtbot: QtBot) -> None:
    page = round_page(world, world.district, world.round(), qtbot)
    page.close_round.click()
    dialog = page.acts.dialog
    assert dialog is not None
    dialog.accept_values()
    assert dialog.fields["conclusion"].problem()
    dialog.fields["conclusion"].set_value("Phường tiếp công dân nền nếp, còn thiếu giấy biên nhận.")
    dialog.accept_values()
    assert not page.close_round.isEnabled() and "nền nếp" in words_of(page)


def test_a_ward_looks_at_its_own_books(world: World, qtbot: QtBot) -> None:
    page = InspectionsPage(world.ward, world.runner, world.keeper)
    shown(page, qtbot)
    pushed: list[QWidget] = []
    page.pushRequest.connect(pushed.append)
    page.new.click()
    (form,) = pushed
    assert isinstance(form, BeginPage)
    qtbot.addWidget(form)
    assert form.title == "Self-check of the books" and form.fields["unit"].isHidden()
    assert "no_slip" in {row.code for row in form.rows.rows}


def held_sitting(ward: OpenOffice) -> Sitting:
    """The head received a denouncer on a day, and no conclusion was ever written."""
    day = date(2026, 11, 5)
    visit = ward.receptions.log(replace(SECRET, date=day, time=time(9, 0))).value
    with ward.store.unit(act="sitting.add", officer=ward.officer.id) as unit:
        made = unit.put(
            Sitting(
                id=new_id(),
                office="P-01",
                day=day,
                start=time(8, 0),
                leader="Phạm Tiến Thử",
                place="Phòng tiếp công dân",
                state=SittingState.HELD,
            )
        )
        unit.change(visit, sitting=made.id)
        unit.commit()
    return made


def open_record(page: RoundPage, code: str, qtbot: QtBot) -> HeldSittingsPage:
    """Enter on a finding, Enter on its first record."""
    choose(page, code, qtbot)
    pushed: list[QWidget] = []
    page.pushRequest.connect(pushed.append)
    QTest.keyClick(page.view.table, Qt.Key.Key_Return)
    (records,) = pushed
    assert isinstance(records, RecordsPage)
    shown(records, qtbot)
    qtbot.waitUntil(lambda: bool(records.view.current_id()))
    records.pushRequest.connect(pushed.append)
    QTest.keyClick(records.view.table, Qt.Key.Key_Return)
    held = pushed[-1]
    assert isinstance(held, HeldSittingsPage)
    shown(held, qtbot)
    qtbot.waitUntil(lambda: bool(held.view.current_id()) or not held.rows.rows)
    return held


def test_a_reception_of_a_wards_head_is_read_at_the_district_and_names_no_denouncer(world: World, qtbot: QtBot) -> None:
    sitting = held_sitting(world.ward)
    world.up()
    page = round_page(world, world.district, world.round(), qtbot)
    held = open_record(page, "no_conclusion_notice", qtbot)
    assert [one.id for one in held.rows.rows] == [sitting.id] and "05/11/2026" in held.title
    qtbot.waitUntil(lambda: "Phạm Tiến Thử" in words_of(held.pane))
    told = words_of(held.pane)
    assert SECRET.content in told and not any(secret in told for secret in SECRET_WORDS)


def test_a_month_of_too_few_receptions_opens_those_there_were(world: World, qtbot: QtBot) -> None:
    sitting = held_sitting(world.ward)
    clock = world.district.clock
    assert isinstance(clock, Clock)
    clock.moment = datetime(2026, 12, 3, 9, 0)
    world.up()
    page = round_page(world, world.district, world.round(), qtbot)
    held = open_record(page, DUTY_CODE, qtbot)
    assert [one.id for one in held.rows.rows] == [sitting.id] and "11/2026" in held.title


def test_the_first_finding_is_chosen_and_the_next_act_stands_out(world: World, qtbot: QtBot) -> None:
    page = round_page(world, world.district, world.round(), qtbot)
    qtbot.waitUntil(lambda: bool(page.view.current_id()) and page.ask.property("kind") == "primary")
    assert page.settle.property("kind") == ""
    world.district.inspections.ask([page.rows.rows[0].id], TODAY + timedelta(days=5))
    page.refresh()
    qtbot.waitUntil(lambda: page.settle.property("kind") == "primary")
    assert page.ask.property("kind") == ""


def test_a_viewer_sees_a_round_and_is_offered_no_act_on_it(world: World, qtbot: QtBot) -> None:
    held = world.round()
    world.district.officer = replace(world.district.officer, right=OfficerRight.VIEWER)
    page = round_page(world, world.district, held, qtbot)
    qtbot.waitUntil(lambda: page.records.isVisibleTo(page))
    acts = (page.add, page.close_round, page.ask, page.settle, page.reply)
    assert not any(button.isVisibleTo(page) or button.isEnabled() for button in acts)
