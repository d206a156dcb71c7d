"""What the exchange has to say stands where people look: on the record, over the exchange page, on the rail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.conflicts.open_questions import OpenQuestions
from tcd_desktop.ui.exchange.ward_page import WardExchangePage
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.window.page import Desk
from tcd_desktop.ui.window.rail import Rail
from tcd_desktop.ui.window.runner import InlineRunner
from tests.attacks.books import Books
from tests.offices import DRAFT


@pytest.fixture
def refused(books: Books) -> Reception:
    """A visit of which the superior keeps a change aside."""
    visit = books.ward.receptions.log(DRAFT).value
    books.ward.receptions.amend(visit.id, replace(DRAFT, note="sai"))
    with books.ward.store.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO reject (hash, code, tbl, record, seq, at) "
            "SELECT hash, 'E_RANGE', 'reception', record, seq, '2026-11-23' FROM journal ORDER BY n DESC LIMIT 1"
        )
    return visit


@pytest.fixture
def page(books: Books, refused: Reception, tmp_path: Path, qtbot: QtBot) -> Iterator[VisitPage]:
    made = VisitPage(books.ward, InlineRunner(), Keeper(Settings(), tmp_path / "v.json"), refused.id)
    qtbot.addWidget(made)
    yield made


def test_the_record_says_why_it_was_not_taken_and_one_click_opens_it_for_change(
    page: VisitPage, refused: Reception
) -> None:
    strip = page.strip.refused
    assert strip.text().startswith("Not taken over by the superior office: A date or a number")
    opened: list[str] = []
    page.amendRequest.connect(opened.append)
    assert strip.button.text() == "Correct…"
    strip.button.click()
    assert opened == [refused.id]


def test_a_corrected_record_points_to_the_exchange(page: VisitPage, books: Books, refused: Reception) -> None:
    books.ward.receptions.amend(refused.id, replace(DRAFT, note="đúng"))
    page.store_changed(())
    strip = page.strip.refused
    assert "correction goes with the next stick" in strip.text()
    gone: list[str] = []
    page.goRequest.connect(lambda desk, _argument: gone.append(desk))
    strip.button.click()
    assert gone == ["exchange"]


def test_a_settled_record_says_nothing(page: VisitPage, books: Books) -> None:
    with books.ward.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM reject")
    page.store_changed(())
    assert page.strip.refused.text() == ""


def test_the_exchange_page_says_for_how_long_there_was_no_word(
    books: Books, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = WardExchangePage(books.ward, InlineRunner(), Keeper(Settings(), tmp_path / "w.json"))
    qtbot.addWidget(made)
    assert made.quiet.text() == ""
    later = books.ward.today() + timedelta(days=45)
    monkeypatch.setattr(type(books.ward), "today", lambda _office: later)
    made.refresh()
    assert "No word from" in made.quiet.text() and "45 days" in made.quiet.text()


def test_the_rail_shows_how_many_questions_are_open(books: Books, qtbot: QtBot) -> None:
    rail = Rail([Desk("exchange", "Exchange", "usb", QWidget)], "UBND")
    qtbot.addWidget(rail)
    questions = OpenQuestions(books.ward, InlineRunner(), rail)
    questions.counted.connect(lambda count: rail.show_count("exchange", count, f"{count} to decide"))
    questions.refresh()
    assert rail.count_of("exchange") == ""
    with books.ward.store.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO conflict (id, tbl, record, field, shown, heads, at) "
            "VALUES ('a', 'reception', 'a', 'note', '', '[]', '2026-11-23')"
        )
    questions.refresh()
    assert rail.count_of("exchange") == "1"
    button = rail._buttons["exchange"]
    assert button.accessibleName() == "Exchange, 1 to decide" and "Alt+1" in button.toolTip()
    rail.show_count("exchange", 250, "250 to decide")
    assert rail.count_of("exchange") == "99+"
