"""Erasing by a decision under the hands of a head: from the recycle bin, with number, date and reason; never back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.erasure import ACT
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.look import look
from tcd_desktop.ui.recycle.bin_page import RecyclePage
from tcd_desktop.ui.recycle.erasing import EraseDialog, can_erase
from tcd_desktop.ui.window.messages import done_sentence
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, make_office

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    i18n.set_language("en")
    look.apply(qapp, "light", 100)
    yield
    i18n.set_language(i18n.DEFAULT)


@pytest.fixture
def page(tmp_path: Path, qtbot: QtBot) -> Iterator[RecyclePage]:
    office = make_office(tmp_path / "ward")
    visit = office.receptions.log(DRAFT).value
    office.receptions.log(DRAFT)
    office.recycle.remove("reception", visit.id, "Logged twice")
    made = RecyclePage(office, InlineRunner(), Keeper(Settings(), tmp_path / "s.json"))
    qtbot.addWidget(made)
    made.resize(1180, 640)
    made.show()
    made.focus_list()
    qtbot.waitUntil(lambda: made.chosen() is not None)
    yield made
    office.close()


def dialog_of(page: RecyclePage) -> EraseDialog:
    return next(child for child in page.findChildren(EraseDialog) if child.isVisible())


def buttons(page: RecyclePage) -> list[str]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return [button.text() for button in page.pane.findChildren(QPushButton) if button.isVisible()]


def test_a_head_erases_from_the_bin_with_number_date_and_reason_and_nothing_restores_it(
    page: RecyclePage, qtbot: QtBot
) -> None:
    office = page._office
    page._runner.changed.connect(page.store_changed)
    for _again in range(3):
        page.refresh()
        qtbot.waitUntil(lambda: {"Erase for ever…", "Restore  Ctrl+Enter"} <= set(buttons(page)))
    page.list.table.setFocus()
    QTest.keyClick(page.list.table, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | SHIFT)
    qtbot.waitUntil(lambda: any(child.isVisible() for child in page.findChildren(EraseDialog)))
    dialog = dialog_of(page)
    assert "1 visit" in " ".join(label.text() for label in dialog.findChildren(type(page.count)))
    dialog.accept_values()
    assert dialog.isVisible() and dialog.number.problem(), "the number is missing"
    dialog.number.set_value("12/QĐ-UBND")
    dialog.day.set_value(date(2026, 11, 20))
    dialog.accept_values()
    assert dialog.isVisible(), "the reason is missing"
    dialog.reason.set_value("Theo yêu cầu của công dân")
    dialog.accept_values()
    line = page.rows.rows[0]
    assert line.erased and "12/QĐ-UBND" in line.why and line.who == office.officer.name and line.at is not None
    assert "erased" in done_sentence(ACT) and page.message.isHidden(), "the window tells it, once"
    left = office.store.find(Reception, line.id)
    assert left is not None and left.content == "" and left.number == 1
    assert not any("Erase" in text or "Restore" in text for text in buttons(page))
    page.restore_chosen()
    assert "decision" in page.message.text()


def test_who_only_receives_cannot_erase(page: RecyclePage) -> None:
    office = page._office
    line = page.rows.rows[0]
    assert can_erase(office, line)
    office.officer = type(office.officer)(
        **{
            **{name: getattr(office.officer, name) for name in office.officer.__dataclass_fields__},
            "right": OfficerRight.RECEPTION,
        }
    )
    assert not can_erase(office, line)
