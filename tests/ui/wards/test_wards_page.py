"""The wards of a district: who has not sent, what is late, and the ways to their books."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.documents.raster import pdf_texts
from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel
from tcd_desktop.domain.terms import CaseState, ReceiverRank
from tcd_desktop.open_office import OpenOffice, open_office
from tcd_desktop.practice.world import PASSWORD, make_world
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.store.lists.pages import CasePages, CaseQuery, ReceptionPages
from tcd_desktop.ui.directives.directive_rows import ANY_WARD, OPEN, OVERDUE, fits, read_book
from tcd_desktop.ui.directives.directive_task import FollowTask
from tcd_desktop.ui.directives.directives_page import DirectivesPage
from tcd_desktop.ui.receptions.source import ListChoice, Waiting
from tcd_desktop.ui.wards.board_columns import COLUMNS, is_bad, shown_figure
from tcd_desktop.ui.wards.sheet_page import SheetPage
from tcd_desktop.ui.wards.state_list import StateList
from tcd_desktop.ui.wards.trend_chart import TrendChart
from tcd_desktop.ui.wards.ward_state import is_missing, state_chip
from tcd_desktop.ui.wards.wards_page import WardsPage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, MONDAY, Clock, enrol, make_district, make_office


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language(i18n.DEFAULT)


class FilePrinting:
    """Saves where it was told, and has no printer."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def available(self) -> bool:
        return False

    def ask(self, copies: int, title: str, parent: QWidget) -> QPrinter | None:
        return None

    def ask_file(self, name: str, parent: QWidget) -> Path | None:
        return self._path


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


def offices(board: Board) -> list[str]:
    return [ward.office for ward in board.page.model.rows if ward.office]


def go(board: Board, ward: str, key: str) -> tuple[str, object]:
    gone: list[tuple[str, object]] = []
    board.page.goRequest.connect(lambda desk, argument: gone.append((desk, argument)))
    column = next(number for number, one in enumerate(COLUMNS, start=1) if one.key == key)
    board.page.table.choose(ward, column)
    QTest.keyClick(board.page.table, Qt.Key.Key_Return)
    return gone[-1]


def test_a_ward_that_never_sent_is_marked(board: Board) -> None:
    lines = board.page.model.rows[:-1]
    assert [(line.office, is_missing(line, MONDAY.date())) for line in lines] == [("P-01", False), ("P-02", True)]
    assert [state_chip(line, MONDAY.date()).tone for line in lines] == ["success", "danger"]
    assert state_chip(lines[0], MONDAY.date() + timedelta(days=8)).text == "Not for 8 days"
    bundle = next(one for one in COLUMNS if one.key == "bundle")
    assert [is_bad(bundle, line, MONDAY.date()) for line in lines] == [False, True]
    assert shown_figure(bundle, lines[1], MONDAY.date()) == "never"


def test_the_filter_keeps_the_wards_that_have_not_sent_and_their_sum(board: Board) -> None:
    board.page.activated("missing")
    assert offices(board) == ["P-02"] and board.page.model.rows[-1].figures.visits == 0
    board.page.activated("P-01")
    assert offices(board) == ["P-01", "P-02"] and board.page.table.ward() == "P-01"
    assert board.page.model.rows[-1].figures.visits == 1


def test_wards_are_found_without_accents(board: Board) -> None:
    assert board.page.search("phuong p-02")
    assert offices(board) == ["P-02"]
    assert not board.page.search("nguyen van duc"), "names of citizens are looked for elsewhere"


def test_a_ward_leads_to_its_visits_and_cases(board: Board) -> None:
    gone: list[tuple[str, object]] = []
    board.page.goRequest.connect(lambda desk, argument: gone.append((desk, argument)))
    board.page.table.choose("P-01")
    board.page.visits.click()
    board.page.cases.click()
    assert gone == [("receptions", ListChoice(office="P-01")), ("cases", CaseQuery(offices=("P-01",)))]


def test_every_figure_opens_the_list_it_counts(board: Board) -> None:
    quarter = ListChoice(office="P-01", since=date(2026, 9, 15), until=date(2026, 12, 14), visits=True)
    yesterday = MONDAY.date() - timedelta(days=1)
    assert go(board, "P-01", "visits") == ("receptions", quarter)
    assert go(board, "P-01", "crowds") == ("receptions", replace(quarter, crowd=True))
    head = replace(quarter, rank=ReceiverRank.HEAD)
    assert go(board, "P-01", "by_head") == ("receptions", head)
    overdue = ListChoice(office="P-02", waiting=Waiting.OVERDUE)
    assert go(board, "P-02", "answers_overdue") == ("receptions", overdue)
    assert go(board, "P-01", "open_cases") == ("cases", CaseQuery(offices=("P-01",), open_only=True))
    late = CaseQuery(offices=("P-01",), open_only=True, due_by=yesterday)
    assert go(board, "P-01", "cases_overdue") == ("cases", late)
    assert go(board, "P-01", "directives_open") == ("directives", FollowTask("directives", "", "of_office", "", "P-01"))
    task = FollowTask("directives", act="of_office_overdue", office="P-01")
    assert go(board, "P-01", "directives_overdue") == ("directives", task)
    assert go(board, "P-01", "bundle") == ("exchange", "ledger")


def test_s_sorts_by_the_column_of_the_keyboard_and_the_sum_stays_below(board: Board) -> None:
    visits = 1
    board.page.table.choose("P-02", visits)
    QTest.keyClick(board.page.table, Qt.Key.Key_S)
    assert offices(board) == ["P-01", "P-02"] and board.page.table.ward() == "P-02"
    QTest.keyClick(board.page.table, Qt.Key.Key_S)
    assert offices(board) == ["P-02", "P-01"]
    assert board.page.model.rows[-1].office == "" and board.page.model.rows[-1].figures.visits == 1


def test_another_period_counts_other_visits(board: Board) -> None:
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    board.page.period._days_typed(last, first)
    assert board.page.period.span() == (first, last)
    assert [ward.figures.visits for ward in board.page.model.rows] == [0, 0, 0]
    board.page.period.choice.buttons[0].click()
    assert [ward.figures.visits for ward in board.page.model.rows] == [1, 0, 1]
    assert board.page.model.rows[0].months[-1] == 1


def test_an_overdue_answer_of_a_ward_is_counted_and_costs_its_share(board: Board) -> None:
    clock = board.district._now
    assert isinstance(clock, Clock)
    clock.moment = MONDAY + timedelta(days=20)
    board.page.refresh()
    assert [line.figures.answers_overdue for line in board.page.model.rows[:-1]] == [1, 0]
    assert [line.figures.on_time for line in board.page.model.rows] == [0, None, 0]


def test_open_directives_and_those_past_their_day_are_counted_by_ward(board: Board) -> None:
    for due in (date(2026, 11, 30), date(2026, 11, 23)):
        draft = DirectiveDraft(
            level=DirectiveLevel.CITY,
            issuer="UBND thành phố",
            issued_on=date(2026, 11, 20),
            content="Giải quyết dứt điểm",
            due=due,
            units=("P-01", "P-02"),
        )
        board.district.directives.issue(draft)
    clock = board.district._now
    assert isinstance(clock, Clock)
    clock.moment = MONDAY + timedelta(days=1)
    board.page.refresh()
    lines = [(line.directives_open, line.directives_overdue) for line in board.page.model.rows]
    assert lines == [(2, 1), (2, 1), (2, 1)], "one directive to two wards is one in their sum"


def test_the_months_are_told_to_a_screen_reader(board: Board) -> None:
    board.page.table.choose("P-01")
    (chart,) = [one for one in board.page.pane.findChildren(TrendChart) if one.isVisibleTo(board.page.pane)]
    assert chart.accessibleName().startswith("Visits by month: 12/2025: 0")
    assert chart.accessibleName().endswith("11/2026: 1")


def test_the_sheet_has_the_figures_of_the_board_and_is_saved(board: Board, tmp_path: Path, qtbot: QtBot) -> None:
    pushed: list[SheetPage] = []
    board.page.pushRequest.connect(pushed.append)
    board.page.open_sheet()
    (sheet,) = pushed
    qtbot.addWidget(sheet)
    target = tmp_path / "bang.pdf"
    sheet._printing = FilePrinting(target)
    sheet.save_sheet()
    text = unicodedata.normalize("NFC", next(pdf_texts(target.read_bytes(), 1)))
    assert "BẢNG TỔNG HỢP CÔNG TÁC TIẾP CÔNG DÂN" in text and "P-02" in text
    assert "Từ ngày 15/09/2026 đến ngày 14/12/2026" in text


def test_the_board_is_a_valid_model(qtmodeltester: ModelTester, board: Board) -> None:
    qtmodeltester.check(board.page.model)  # type: ignore[no-untyped-call]


def test_the_directives_of_a_ward_are_shown_at_their_desk(board: Board, tmp_path: Path, qtbot: QtBot) -> None:
    for unit in ("P-01", "P-02"):
        draft = DirectiveDraft(
            level=DirectiveLevel.CITY,
            issuer="UBND thành phố",
            issued_on=MONDAY.date(),
            content="Rà soát",
            units=(unit,),
        )
        board.district.directives.issue(draft)
    page = DirectivesPage(board.district, InlineRunner(), Keeper(Settings(), tmp_path / "d.json"))
    qtbot.addWidget(page)
    page.show()
    page.activated(go(board, "P-02", "directives_open")[1])
    assert [line.directive.units for line in page.directives.rows.rows] == [("P-02",)]


def test_each_figure_is_the_length_of_the_list_it_opens(tmp_path: Path) -> None:
    """In the practice district, ward by ward and for the sum: every figure that counts records."""
    make_world(tmp_path, wards=2, receptions=120, until=MONDAY.date(), delivered=True)
    district = open_office(tmp_path / "district", PASSWORD, now=Clock())
    today = district.today()
    shown = district.board.compare(date(2026, 1, 1), today)
    book = read_book(district)
    wrong, counted = [], 0
    for ward in (*shown.wards, shown.total):
        for column in COLUMNS:
            if column.key in ("people", "on_time", "bundle"):
                continue
            _desk, asked = column.way(ward, shown, today)
            with district.store.reading() as connection:
                if isinstance(asked, CaseQuery):
                    found = CasePages().count(connection, asked).value
                elif isinstance(asked, ListChoice):
                    found = ReceptionPages().count(connection, asked.query(today)).value
                else:
                    assert isinstance(asked, FollowTask)
                    button = OVERDUE if asked.act == "of_office_overdue" else OPEN
                    values = {"unit": asked.office or ANY_WARD}
                    found = sum(fits(one, button, values, "", office=book.office, today=today) for one in book.lines)
            counted += found
            if found != column.figure(ward, today):
                wrong.append((ward.office, column.key, column.figure(ward, today), found))
    district.close()
    assert not wrong and counted >= 30


def test_each_state_opens_its_cases(board: Board, qtbot: QtBot) -> None:
    gone: list[tuple[str, object]] = []
    board.page.goRequest.connect(lambda desk, argument: gone.append((desk, argument)))
    board.page.table.choose("P-01")
    states = [one for one in board.page.pane.findChildren(StateList) if one.isVisibleTo(board.page.pane)][-1]
    assert list(states.lines) == [CaseState.RECEIVED]
    states.lines[CaseState.RECEIVED].click()
    assert gone == [("cases", CaseQuery(offices=("P-01",), state=CaseState.RECEIVED))]
