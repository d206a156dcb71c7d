"""Books that differ at the two ends, as the two people see it, and the cure that is one click away."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.exchange.district_page import DistrictExchangePage
from tcd_desktop.ui.exchange.ward_page import WardExchangePage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.attacks.books import Books


def test_both_sides_are_told_and_one_click_sends_everything_again(
    books: Books, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = Keeper(Settings(), tmp_path / "s.json")
    books.log()
    books.send()
    with books.district.store.writing() as connection:
        connection.exec_driver_sql("UPDATE reception SET note = 'khác' WHERE office = 'P-01'")
    district = DistrictExchangePage(books.district, InlineRunner(), keeper)
    qtbot.addWidget(district)
    district.answer.write(books.stick)
    assert "differ" in district.answer.card.message.text() and "P-01" in district.answer.card.message.text()
    district.show_part("board")
    first = district.board.rows.rows[0]
    assert (first.unit, first.differs) == ("P-01", ("reception",))
    ward = WardExchangePage(books.ward, InlineRunner(), keeper)
    qtbot.addWidget(ward)
    assert ward.differ.isHidden()
    books.ward.inbox.take(sorted(books.stick.glob("*_R*.tcdb")))
    ward.refresh()
    assert not ward.differ.isHidden() and "journals agree" in ward.differ.words.text()
    stick = tmp_path / "again"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: str(stick))
    ward.differ.button.click()
    assert books.district.inbox.take(sorted(stick.iterdir()))[0].outcome == "applied"
    assert {visit.note for visit in books.visits().values()} == {""}
    district.answer.write(stick)
    assert "differ" not in district.answer.card.message.text()
    books.ward.inbox.take(sorted(stick.glob("*_R*.tcdb")))
    ward.refresh()
    assert ward.differ.isHidden()
