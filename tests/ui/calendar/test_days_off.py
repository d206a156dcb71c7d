"""The calendar: shipped holidays explained, own lines added, removed and brought back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.cases.clocks import ANSWER
from tcd_desktop.services.done import Done
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.calendar.days_off_view import DaysOffView
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import make_office

FRIDAY = date(2026, 11, 27)


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


@pytest.fixture
def done() -> list[Done[object]]:
    return []


@pytest.fixture
def page(ward: OpenOffice, tmp_path: Path, qtbot: QtBot, done: list[Done[object]]) -> DaysOffView:
    runner = InlineRunner()
    made = DaysOffView(ward, runner, Keeper(Settings(), tmp_path / "s.json"))
    runner.changed.connect(made.store_changed)
    runner.finished.connect(done.append)
    made.setProperty("runner", runner)
    qtbot.addWidget(made)
    made.resize(1180, 640)
    made.show()
    return made


def rows(page: DaysOffView) -> dict[date, str]:
    return {row.day: row.reason for row in page.rows.rows}


def add(page: DaysOffView, day: date, reason: str) -> None:
    page.day.set_value(day)
    page.reason.set_value(reason)
    page.add_button.click()


def test_the_holidays_of_the_state_are_there_with_their_names(page: DaysOffView) -> None:
    assert rows(page)[date(2026, 9, 2)] == "Quốc khánh"
    assert page.remove_button.isHidden()


def test_an_own_day_off_moves_the_deadlines_and_can_be_undone(
    page: DaysOffView, ward: OpenOffice, done: list[Done[object]]
) -> None:
    before = ward.clocks.due(ANSWER, ward.today()).due
    add(page, FRIDAY, "Mất điện toàn phường")
    assert rows(page)[FRIDAY] == "Mất điện toàn phường"
    assert ward.clocks.due(ANSWER, ward.today()).due > before
    assert page.reason.value() == "", "the form is ready for the next line"
    page.property("runner").write(lambda _progress: ward.undo.undo(done[-1].entry))
    assert FRIDAY not in rows(page)
    assert ward.clocks.due(ANSWER, ward.today()).due == before


def test_only_own_lines_can_be_removed(page: DaysOffView, qtbot: QtBot) -> None:
    add(page, FRIDAY, "Bầu cử")
    page.view.choose(date(2026, 9, 2).isoformat())
    qtbot.waitUntil(lambda: page.picture._chosen == date(2026, 9, 2), timeout=1000)
    assert page.remove_button.isHidden()
    page.view.choose(FRIDAY.isoformat())
    qtbot.waitUntil(lambda: not page.remove_button.isHidden(), timeout=1000)
    page.remove_button.click()
    assert FRIDAY not in rows(page)


def test_a_day_that_is_known_is_refused_with_a_sentence(page: DaysOffView) -> None:
    add(page, FRIDAY, "Một")
    add(page, FRIDAY, "Hai")
    assert rows(page)[FRIDAY] == "Một"
    assert "27/11/2026" in page.notice.text()


def test_a_line_without_day_or_reason_is_not_added(page: DaysOffView) -> None:
    before = len(page.rows.rows)
    page.add_button.click()
    assert page.day.problem() and page.reason.problem()
    assert len(page.rows.rows) == before


def test_days_of_a_year_that_is_not_announced_say_so(page: DaysOffView) -> None:
    page.show_year(2027)
    assert "2027" in page._explained.text() and "may still move" in page._explained.text()


def test_a_day_clicked_in_the_picture_goes_into_the_form(page: DaysOffView, qtbot: QtBot) -> None:
    page.picture.grab()
    place = next(place for place, day in page.picture._places if day == FRIDAY)
    at = QPoint(round(place.center().x()), round(place.center().y()))
    qtbot.mouseClick(page.picture, Qt.MouseButton.LeftButton, pos=at)
    assert page.day.value() == FRIDAY
