"""The list of what two PCs left to a person: by keyboard, with one button for each value; the strip on the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.conflicts.conflict_strip import ConflictButton, ConflictStrip
from tcd_desktop.ui.conflicts.conflicts_page import DECIDED, ConflictsPage
from tcd_desktop.ui.dialogs.reason_dialog import ReasonDialog
from tcd_desktop.ui.today.tasks import Section, read_tasks
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, make_district, make_office
from tests.sync.test_exchange import merge_into


@pytest.fixture
def one(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "one")
    yield made
    made.close()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "two")
    yield made
    made.close()


@pytest.fixture
def visit(one: OpenOffice, two: OpenOffice) -> Reception:
    made = one.receptions.log(DRAFT).value
    merge_into(two, one)
    for office, phone in ((one, "0900000001"), (two, "0900000002")):
        office.receptions.amend(made.id, replace(made, phone=phone))
    merge_into(one, two)
    return made


def page_of(qtbot: QtBot, office: OpenOffice) -> ConflictsPage:
    runner = InlineRunner()
    page = ConflictsPage(office, runner, Keeper())
    runner.changed.connect(page.store_changed)
    qtbot.addWidget(page)
    page.resize(1180, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


def choose(qtbot: QtBot, page: ConflictsPage, table: str) -> None:
    """The line of a record of this table."""
    line = next(line for line in page.rows.rows if line.table == table)
    page.list.choose(line.id)
    qtbot.waitUntil(lambda: page.chosen() == line and bool(page._cards))


def test_both_values_stand_beside_each_other_and_a_key_takes_one(
    qtbot: QtBot, one: OpenOffice, visit: Reception
) -> None:
    page = page_of(qtbot, one)
    choose(qtbot, page, "reception")
    texts = [card.button.accessibleName() for card in page._cards if card.button]
    assert any("0900000001" in text for text in texts) and any("0900000002" in text for text in texts)
    wanted = next(at for at, text in enumerate(texts) if "0900000002" in text)
    page.activateWindow()
    page.focus_list()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page.list.table, Qt.Key(Qt.Key.Key_1.value + wanted), Qt.KeyboardModifier.ControlModifier)
    assert one.receptions.find(visit.id).phone == "0900000002"
    assert not any(line.table == "reception" for line in page.rows.rows)
    page.views.chosen.emit(DECIDED)
    page.views.set_index(DECIDED)
    page.refresh()
    choose(qtbot, page, "reception")
    page.press(1 - wanted)
    assert one.receptions.find(visit.id).phone == "0900000001"


def test_a_removed_and_changed_visit_is_brought_back_by_its_button(
    qtbot: QtBot, one: OpenOffice, two: OpenOffice
) -> None:
    made = one.receptions.log(DRAFT).value
    merge_into(two, one)
    told = frozenset(line.code for line in one.recycle.consequences("reception", made.id))
    one.recycle.remove("reception", made.id, "Nhập nhầm lượt này", told=told)
    two.receptions.amend(made.id, replace(made, note="Bổ sung"))
    merge_into(one, two)
    page = page_of(qtbot, one)
    choose(qtbot, page, "reception")
    buttons = [card.button for card in page._cards if card.button]
    assert len(buttons) == 2
    next(button for button in buttons if "Bổ sung" in button.accessibleName()).click()
    assert one.receptions.find(made.id).removed == "" and one.receptions.find(made.id).note == "Bổ sung"


def test_a_number_given_twice_asks_for_a_reason(qtbot: QtBot, one: OpenOffice, two: OpenOffice) -> None:
    one.receptions.log(DRAFT)
    other = two.receptions.log(replace(DRAFT, name="Phạm Văn Hai")).value
    merge_into(one, two)
    page = page_of(qtbot, one)
    at = next(at for at, line in enumerate(page.rows.rows) if line.id.startswith("number."))
    page.list.table.selectRow(at)
    twice = page.rows.rows[at].about
    page.renew(twice, next(holder for holder in twice.holders if holder.id == other.id))
    dialog = page.findChild(ReasonDialog)
    assert dialog is not None
    dialog.accept_values()
    assert one.receptions.find(other.id).number == 1
    dialog.reason.set_value("Máy hai chép từ đĩa của máy một")
    dialog.accept_values()
    assert one.receptions.find(other.id).number == 2
    assert not any(line.id.startswith("number.") for line in page.rows.rows)


def test_the_superior_looks_and_has_no_button(
    qtbot: QtBot, one: OpenOffice, two: OpenOffice, visit: Reception, tmp_path: Path
) -> None:
    district = make_district(tmp_path / "district")
    try:
        merge_into(district, one)
        merge_into(district, two)
        page = page_of(qtbot, district)
        choose(qtbot, page, "reception")
        assert len(page._cards) == 2 and not any(card.button for card in page._cards)
        page.press(0)
        assert any(line.table == "reception" for line in page.rows.rows)
    finally:
        district.close()


def test_the_record_the_exchange_page_and_the_morning_tell_of_it(
    qtbot: QtBot, one: OpenOffice, visit: Reception
) -> None:
    host = Page()
    qtbot.addWidget(host)
    asked: list[tuple[str, object]] = []
    host.goRequest.connect(lambda desk, argument: asked.append((desk, argument)))
    strip = ConflictStrip(one, InlineRunner(), host)
    strip.follow("reception", visit.id)
    assert strip.text()
    strip.button.click()
    assert asked == [("exchange", "conflicts")]
    button = ConflictButton(one, InlineRunner(), host)
    button.refresh()
    count = one.conflicts.count() + len(one.numbers.twice())
    assert button.text().endswith(f"· {count}")
    (task,) = [task for task in read_tasks(one, None) if task.section is Section.CONFLICTS]
    assert task.target == ("exchange", "conflicts")
    for question in one.conflicts.open():
        one.conflicts.take(question.table, question.record, question.field, question.sides[0].hash)
    strip.again()
    assert strip.text() == ""
    assert not [task for task in read_tasks(one, None) if task.section is Section.CONFLICTS]


def test_what_was_decided_says_by_whom_and_offers_only_the_other_value(
    one: OpenOffice, visit: Reception, qtbot: QtBot
) -> None:
    page = page_of(qtbot, one)
    question = page.rows.rows[0].about
    page.take(question, question.sides[0])
    page.views.set_index(DECIDED)
    page.refresh()
    buttons = [card.button is not None for card in page._cards]
    assert sorted(buttons) == [False, True], "the value that holds has no button"
    told = " ".join(label.text() for label in page.pane.findChildren(QLabel))
    assert one.officer.name in told and "?" not in told


def test_with_bigger_letters_the_values_stay_beside_the_list(one: OpenOffice, visit: Reception, qtbot: QtBot) -> None:
    page = page_of(qtbot, one)
    page.resize(560, 500)
    assert page.pane.isVisible() and page._cards
