"""Undo and redo in the window, with real keys and a real office: whose key it is, the bar, the sheet of recent acts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.look import look
from tcd_desktop.ui.receptions.drafts_page import DraftsPage
from tcd_desktop.ui.recycle.bin_page import RecyclePage
from tcd_desktop.ui.window.office_window import OfficeWindow
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, make_office, reopen

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    i18n.set_language("en")
    look.apply(qapp, "light", 100)
    yield
    i18n.set_language(i18n.DEFAULT)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


@pytest.fixture
def runner() -> InlineRunner:
    return InlineRunner()


@pytest.fixture
def window(qtbot: QtBot, office: OpenOffice, runner: InlineRunner, tmp_path: Path) -> OfficeWindow:
    return opened(qtbot, office, runner, tmp_path)


def opened(qtbot: QtBot, office: OpenOffice, runner: InlineRunner, tmp_path: Path) -> OfficeWindow:
    made = OfficeWindow(office, runner, Keeper(Settings(), tmp_path / "s.json"))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    return made


def numbers(office: OpenOffice) -> list[str]:
    from tcd_desktop.domain.receptions.reception import Reception

    return [visit.book_number for visit in office.store.all(Reception, "removed = '' ORDER BY number")]


def key(window: OfficeWindow, which: Qt.Key, modifiers: Qt.KeyboardModifier = CTRL) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, which, modifiers)


def log(office: OpenOffice, runner: InlineRunner) -> str:
    done = []
    runner.write(lambda _progress: office.receptions.log(DRAFT), done=done.append)
    return str(done[0].value.id)


def test_ctrl_z_and_ctrl_y_work_on_every_page_long_after_the_bar_went_away(
    window: OfficeWindow, office: OpenOffice, runner: InlineRunner
) -> None:
    for _ in range(2):
        log(office, runner)
    window.undo_bar.dismiss()
    for desk in ("today", "receptions", "cases", "calendar", "exchange"):
        window.show_desk(desk)
        QApplication.processEvents()
        key(window, Qt.Key.Key_Z)
        assert numbers(office) == ["1/2026"], desk
        key(window, Qt.Key.Key_Y)
        assert numbers(office) == ["1/2026", "2/2026"], desk
    key(window, Qt.Key.Key_Z)
    key(window, Qt.Key.Key_Z)
    assert numbers(office) == []
    key(window, Qt.Key.Key_Z, CTRL | SHIFT)
    assert numbers(office) == ["1/2026"], "Ctrl+Shift+Z redoes too"


def test_a_page_that_is_made_flashes_no_window_of_its_own(window: OfficeWindow, qapp: QApplication) -> None:
    """A widget shown before it has a parent is a window for a moment, and takes the keyboard away."""
    flashed = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                flashed.append(repr(watched))
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    for desk in ("receptions", "cases", "calendar", "exchange"):
        window.show_desk(desk)
    window.show_bin()
    window.show_drafts()
    qapp.removeEventFilter(watch)
    assert flashed == []


def test_the_bar_names_the_act_and_its_record_and_offers_the_way_back_and_forth(
    window: OfficeWindow, office: OpenOffice, runner: InlineRunner
) -> None:
    log(office, runner)
    assert window.undo_bar.accessibleName() == "The visit was logged.  ·  1/2026"
    window.undo_bar.button.click()
    assert window.undo_bar.accessibleName() == "Undone: log the visit 1/2026."
    assert window.undo_bar.button.text().startswith("Redo")
    window.undo_bar.button.click()
    assert numbers(office) == ["1/2026"]
    assert window.undo_bar.accessibleName() == "Done again: log the visit 1/2026."


def test_a_text_field_whose_text_was_changed_takes_ctrl_z_first(
    window: OfficeWindow, office: OpenOffice, runner: InlineRunner
) -> None:
    log(office, runner)
    for field in (QLineEdit(window), QPlainTextEdit(window)):
        field.show()
        field.setFocus()
        QApplication.processEvents()
        QTest.keyClick(field, Qt.Key.Key_A)
        key(window, Qt.Key.Key_Z)
        text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        assert (text, numbers(office)) == ("", ["1/2026"]), "the field's own typing"
        key(window, Qt.Key.Key_Z)
        assert numbers(office) == [], "nothing more to take back in the field"
        key(window, Qt.Key.Key_Y)
        assert numbers(office) == [], "the field types again first"
        text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        assert text == "a"
        key(window, Qt.Key.Key_Y)
        assert numbers(office) == ["1/2026"]
        field.hide()


def test_a_refused_undo_is_told_in_a_sentence(window: OfficeWindow, office: OpenOffice, runner: InlineRunner) -> None:
    visit = log(office, runner)
    office.slips.print(visit)
    key(window, Qt.Key.Key_Z)
    assert "stays done" in window.message.text()
    assert numbers(office) == ["1/2026"]
    window.back.undo_to(office.undo.recent()[1].entry)
    assert "printed slip" in window.message.text()


def test_what_stays_done_is_told_without_a_way_back(
    window: OfficeWindow, office: OpenOffice, runner: InlineRunner
) -> None:
    visit = office.receptions.log(DRAFT).value
    runner.write(lambda _progress: office.slips.print(visit.id))
    assert "printed" in window.undo_bar.accessibleName()
    assert not window.undo_bar.offers and not window.undo_bar.button.isVisibleTo(window)


def test_with_nothing_to_undo_it_is_said(window: OfficeWindow) -> None:
    key(window, Qt.Key.Key_Z)
    assert "nothing of yours" in window.message.text()
    key(window, Qt.Key.Key_Y)
    assert "nothing to redo" in window.message.text()


def test_the_sheet_of_recent_acts_undoes_down_to_the_chosen_one(
    window: OfficeWindow, office: OpenOffice, runner: InlineRunner
) -> None:
    for _ in range(3):
        log(office, runner)
    key(window, Qt.Key.Key_H, CTRL | SHIFT)
    panel = window.back.panel
    assert panel.isVisible() and panel.redo.isHidden()
    assert [panel.list.item(at).text()[8:] for at in range(3)] == [f"log the visit {n}/2026" for n in (3, 2, 1)]
    assert panel.undo.text().startswith("Undo 1 act")
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.undo.text().startswith("Undo 2 acts")
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert panel.isHidden() and numbers(office) == ["1/2026"]
    window.show_recent()
    assert panel.redo.text().startswith("Redo: log the visit 2/2026")
    panel.redo.click()
    assert numbers(office) == ["1/2026", "2/2026"]


def test_the_sheet_marks_what_stays_done(window: OfficeWindow, office: OpenOffice, runner: InlineRunner) -> None:
    office.slips.print(log(office, runner))
    window.show_recent()
    panel = window.back.panel
    assert not panel.undo.isEnabled() and "stays done" in panel.list.item(0).toolTip()
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert panel.isVisible(), "nothing was undone"
    panel.close()


def test_bin_and_drafts_open_from_the_sheet_above_any_page(window: OfficeWindow) -> None:
    window.show_desk("cases")
    window.show_recent()
    window.back.panel.bin.click()
    assert isinstance(window.page(), RecyclePage)
    window.show_recent()
    window.back.panel.drafts.click()
    assert isinstance(window.page(), DraftsPage)
    assert window.pop() and window.pop()


def test_enter_in_the_sheet_presses_the_button_it_stands_on_and_undoes_nothing(
    window: OfficeWindow, office: OpenOffice, runner: InlineRunner
) -> None:
    log(office, runner)
    for steps, page in ((1, RecyclePage), (2, DraftsPage)):
        key(window, Qt.Key.Key_H, CTRL | SHIFT)
        for _ in range(steps):
            QTest.keyClick(window.back.panel, Qt.Key.Key_Tab)
        QTest.keyClick(QApplication.focusWidget() or window.back.panel, Qt.Key.Key_Return)
        assert isinstance(window.page(), page)
        assert numbers(office) == ["1/2026"]
        window.pop()


def test_acts_of_before_the_program_was_closed_are_undone_by_key(
    qtbot: QtBot, office: OpenOffice, tmp_path: Path
) -> None:
    visit = office.receptions.log(DRAFT).value
    office.receptions.amend(visit.id, replace(visit, request="Đề nghị khác"))
    again = reopen(office)
    try:
        window = opened(qtbot, again, InlineRunner(), tmp_path)
        key(window, Qt.Key.Key_Z)
        assert again.receptions.find(visit.id) == visit
        assert "correct the visit 1/2026" in window.undo_bar.accessibleName()
    finally:
        again.close()
