"""The wards of a district: who has not sent, what is late, and the ways to their books."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.store.pages import CaseQuery
from tcd_desktop.ui.receptions.source import ListChoice
from tcd_desktop.ui.runner import InlineRunner
from tcd_desktop.ui.wards.ward_state import is_missing, state_chip
from tcd_desktop.ui.wards.wards_page import WardsPage
from tests.offices import DRAFT, MONDAY, Clock, enrol, make_district, make_office


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language(i18n.DEFAULT)


@dataclass
class Board:
    """A district whose first ward has sent, and its page."""

    district: OpenOffice
    page: WardsPage


@pytest.fixture
def board(tmp_path: Path, qtbot: QtBot) -> Iterator[Board]:
    district = make_district(tmp_path / "district")
    stick = tmp_path / "stick"
    stick.mkdir()
    for number in (1, 2):
        ward = make_office(tmp_path / f"ward{number}", code=f"P-0{number}")
        enrol(ward, district, stick)
        if number == 1:
            ward.receptions.log(DRAFT, open_case=True)
            (exported,) = ward.outbox.export(stick)
            district.inbox.take([exported.path])
        ward.close()
    page = WardsPage(district, InlineRunner(), Keeper(Settings(), tmp_path / "s.json"))
    qtbot.addWidget(page)
    page.resize(1180, 640)
    page.show()
    yield Board(district, page)
    district.close()


def test_a_ward_that_never_sent_is_marked(board: Board) -> None:
    lines = board.page.rows.rows
    assert [(line.office, is_missing(line, MONDAY.date())) for line in lines] == [("P-01", False), ("P-02", True)]
    assert [state_chip(line, MONDAY.date()).tone for line in lines] == ["success", "danger"]
    assert state_chip(lines[0], MONDAY.date() + timedelta(days=8)).text == "Not for 8 days"


def test_the_filter_keeps_the_wards_that_have_not_sent(board: Board) -> None:
    board.page.activated("missing")
    assert [line.office for line in board.page.rows.rows] == ["P-02"]
    board.page.activated("P-01")
    assert [line.office for line in board.page.rows.rows] == ["P-01", "P-02"]


def test_wards_are_found_without_accents(board: Board) -> None:
    assert board.page.search("phuong p-02")
    assert [line.office for line in board.page.rows.rows] == ["P-02"]
    assert not board.page.search("nguyen van duc"), "names of citizens are looked for elsewhere"


def test_a_ward_leads_to_its_visits_and_cases(board: Board, qtbot: QtBot) -> None:
    gone: list[tuple[str, object]] = []
    board.page.goRequest.connect(lambda desk, argument: gone.append((desk, argument)))
    board.page.view.choose("P-01")
    qtbot.waitUntil(lambda: board.page.view.current_id() == "P-01")
    board.page.visits.click()
    board.page.cases.click()
    assert gone == [("receptions", ListChoice(office="P-01")), ("cases", CaseQuery(offices=("P-01",)))]


def test_an_overdue_answer_of_a_ward_is_counted(board: Board) -> None:
    clock = board.district._now
    assert isinstance(clock, Clock)
    clock.moment = MONDAY + timedelta(days=30)
    board.page.refresh()
    assert [line.counts.overdue_answers for line in board.page.rows.rows] == [1, 0]
    assert board.district.today() == date(2026, 12, 23)
