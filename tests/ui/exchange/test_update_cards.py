"""Updates in the window: the ward sees who signed and what is new, installs, and is told what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.exchange.make_update_card import MakeUpdateCard
from tcd_desktop.ui.exchange.update_card import UpdateCard
from tcd_desktop.ui.window.runner import InlineRunner
from tcd_desktop.updates.installation import Installation
from tcd_desktop.updates.pointer import HEALTHY, write_pointer
from tests.updates.builds import HERE, NOTES, a_build, desk
from tests.updates.conftest import district, program, stick, update, ward

__all__ = ["district", "program", "stick", "update", "ward"]


@pytest.fixture
def card(ward: OpenOffice, program: Installation, qtbot: QtBot) -> Iterator[UpdateCard]:
    ward.__dict__["updates"] = desk(ward, program)
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.show()
    made = UpdateCard(ward, InlineRunner(), holder)
    made.refresh()
    yield made


def test_without_news_the_card_is_not_there(card: UpdateCard) -> None:
    assert not card.isVisible()


def test_the_ward_sees_who_signed_and_what_is_new_and_installs(
    card: UpdateCard, update: Path, program: Installation, ward: OpenOffice
) -> None:
    card.look(update.parent)
    assert card.isVisible() and card.button.isVisible() and card.button.text() == "Install version 9.0.0"
    assert "Signed by UBND quận Thử Nghiệm on 23/11/2026" in card.notes.text()
    assert all(line in card.notes.text() for line in NOTES)
    card.button.click()
    assert "Close the program and open it again" in card.message.text()
    assert program.pointer.current == "9.0.0" and not card.button.isVisible()
    write_pointer(program.root, replace(program.pointer, state=HEALTHY))
    ward.__dict__["updates"] = desk(ward, program, version="9.0.0")
    card.refresh()
    assert card.back.isVisible() and card.back.text() == f"Back to version {HERE.version}"
    card.back.click()
    assert f"it starts with version {HERE.version}" in card.message.text()
    assert program.pointer.current == HERE.version
    ward.__dict__["updates"] = desk(ward, program)
    card.refresh()
    assert card.back.text() == "Use version 9.0.0 again"


def test_a_refused_update_says_why_and_offers_nothing(card: UpdateCard, update: Path) -> None:
    whole = update.read_bytes()
    update.write_bytes(whole[:-1])
    card.look(update.parent)
    assert "cut off" in card.message.text() and not card.button.isVisible() and not card.notes.isVisible()


def test_the_district_signs_a_build_onto_the_stick(
    district: OpenOffice, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    card = MakeUpdateCard(district, InlineRunner())
    qtbot.addWidget(card)
    assert not card.button.isEnabled()
    card.news.set_value("\n".join(NOTES))
    card.follows.set_value("10.0.0")
    card.choose_build(a_build(tmp_path, "9.0.0"))
    assert card.button.isEnabled()
    card.write(stick)
    assert "must be older than 9.0.0" in card.message.text() and card.news.value() == "\n".join(NOTES)
    card.follows.set_value("0.0.1")
    card.write(stick)
    assert "Version 9.0.0 is on it" in card.message.text() and len(list(stick.glob("*.tcdu"))) == 1
