"""The morning screen: figures that open their lists, the most urgent answers first, the state of the exchange."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.store.lists.pages import CaseQuery
from tcd_desktop.ui.receptions.source import ListChoice, Waiting
from tcd_desktop.ui.today.choices import DueChoice
from tcd_desktop.ui.today.morning import read_morning
from tcd_desktop.ui.today.office_status import OfficeStatus
from tcd_desktop.ui.today.tasks import Section
from tcd_desktop.ui.today.today_page import TodayPage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, SECRET, SECRET_WORDS, Clock, make_district, make_office


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


def page_of(office: OpenOffice, folder: Path, qtbot: QtBot) -> TodayPage:
    page = TodayPage(office, InlineRunner(), Keeper(Settings(), folder / "s.json"))
    qtbot.addWidget(page)
    page.resize(1180, 640)
    page.show()
    return page


def visits_due(ward: OpenOffice) -> None:
    """Three visits: overdue on 08/12, due on that day, due some days later."""
    clock = ward._now
    assert isinstance(clock, Clock)
    for day in (date(2026, 11, 16), date(2026, 11, 23), date(2026, 11, 26)):
        ward.receptions.log(replace(DRAFT, date=min(day, date(2026, 11, 23)), time=time(9, day.day % 10)))
    clock.moment = datetime(2026, 12, 8, 8, 0)


def test_an_office_without_visits_is_invited_to_the_first_one(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    page = page_of(ward, tmp_path, qtbot)
    assert page.empty.isVisible()
    with qtbot.waitSignal(page.newVisitRequest, timeout=1000):
        page.empty.button.click()
    ward.receptions.log(DRAFT)
    page.store_changed(())
    assert not page.empty.isVisible()


def test_figures_count_what_they_name(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    visits_due(ward)
    page = page_of(ward, tmp_path, qtbot)
    shown = {name: card.number() for name, card in page.figures.items()}
    assert shown == {"late": "1", "today": "2", "soon": "0", "cases": "0", "visits": "0"}


def test_a_figure_opens_exactly_the_visits_it_counts(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    visits_due(ward)
    page = page_of(ward, tmp_path, qtbot)
    gone: list[tuple[str, object]] = []
    page.goRequest.connect(lambda desk, argument: gone.append((desk, argument)))
    for name in ("late", "today", "cases"):
        page.figures[name].click()
    assert gone[0] == ("receptions", ListChoice(waiting=Waiting.OVERDUE))
    assert gone[2] == ("cases", CaseQuery(offices=("P-01",), open_only=True))
    today = gone[1][1]
    assert isinstance(today, DueChoice)
    with ward.store.reading() as connection:
        found = ward.receptions.pages.count(connection, today.query(ward.today()))
    assert found.value == 3, "due today and what is overdue"
    assert replace(today, waiting=Waiting.ALL).query(ward.today()).waiting_by is None


def test_the_answers_of_today_and_the_most_urgent_of_the_others_stand_first(ward: OpenOffice) -> None:
    visits_due(ward)
    tasks = [task for task in read_morning(ward).tasks if task.section in (Section.DUE, Section.OVERDUE)]
    assert [task.section for task in tasks] == [Section.DUE, Section.DUE, Section.OVERDUE]
    assert [task.first for task in tasks] == [True, False, True]


def test_a_denouncer_is_not_named_on_the_screen(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    ward.receptions.log(replace(SECRET, documents=()))
    clock = ward._now
    assert isinstance(clock, Clock)
    clock.moment = datetime(2026, 12, 20, 8, 0)
    page = page_of(ward, tmp_path, qtbot)
    assert page.work is not None
    model = page.work.view.model
    cells = [model.index(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
    shown = " ".join(f"{cell.data()} {cell.data(Qt.ItemDataRole.ToolTipRole)}" for cell in cells)
    assert "Overdue" in shown and not any(word in shown for word in SECRET_WORDS)


def test_the_foot_of_the_window_tells_the_exchange_and_what_is_overdue(ward: OpenOffice) -> None:
    visits_due(ward)
    status = OfficeStatus(ward)
    status.show_morning(read_morning(ward))
    texts = [item.text for item in status.items()]
    assert texts[:2] == ["Not joined", "1 answer overdue"]


def test_a_district_without_wards_is_led_to_enrolment(tmp_path: Path, qtbot: QtBot) -> None:
    district = make_district(tmp_path / "district")
    page = page_of(district, tmp_path, qtbot)
    with qtbot.waitSignal(page.goRequest, timeout=1000) as gone:
        page.empty.button.click()
    assert gone.args == ["exchange", "enrol"]
    district.close()
