"""The frame: desks, search, pages on top of pages, undo, the look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QVBoxLayout
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.qt_words import QtWords
from tcd_desktop.ui.window.actions import ACTIONS, key_text
from tcd_desktop.ui.window.keys_sheet import KeysSheet
from tcd_desktop.ui.window.main_window import MainWindow, WindowFacts
from tcd_desktop.ui.window.page import Desk, Page, StatusItem
from tcd_desktop.ui.window.runner import InlineRunner


@dataclass(frozen=True)
class Done:
    act: str
    changes: tuple[str, ...]
    entry: str = ""
    value: object = None


@dataclass(frozen=True)
class Step:
    act: str = "reception.log"
    name: str = "57/2026"
    count: int = 1
    entry: str = "e1"
    fixed: bool = False
    at: datetime = datetime(2026, 11, 23, 9, 30)


class Undoing:
    """Keeps what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def undo(self, entry: str = "", *, reason: str = "") -> Done:
        self.asked.append(f"undo {entry}".strip())
        return Done("reception.log.undo", ("r1",), "e2", Step())

    def path_to(self, entry: str) -> list[str]:
        return ["e9", entry]

    def redo(self, *, reason: str = "") -> Done:
        self.asked.append("redo")
        return Done("reception.log.redo", ("r1",), "e3", Step())

    def recent(self, limit: int = 20) -> list[Step]:
        return [Step()]

    def next_redo(self) -> Step | None:
        return None


class Sheet(Page):
    searches = True

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.stays = False
        self.edit = QLineEdit()
        QVBoxLayout(self).addWidget(self.edit)

    def search(self, text: str) -> bool:
        if self.searches:
            self.heard.append(text)
        return self.searches

    def store_changed(self, changes: object) -> None:
        self.heard.append(changes)

    def activated(self, argument: object = None) -> None:
        self.heard.append(("shown", argument))

    def focus_list(self) -> None:
        self.edit.setFocus()

    def can_close(self) -> bool:
        return not self.stays


class Mute(Sheet):
    searches = False


class Record(Mute):
    def only_shows(self) -> bool:
        return True


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> MainWindow:
    look.apply(qapp, "light")
    desks = [
        Desk("today", "Hôm nay", "sun", Mute),
        Desk("receptions", "Tiếp công dân", "clipboard-pen", Sheet),
        Desk("wards", "Phường", "building-2", Sheet, frozenset({OfficeKind.DISTRICT})),
    ]
    facts = WindowFacts("UBND phường Quỳnh Lôi", OfficeKind.WARD, "Đỗ Thị Phượng", practice=True)
    keeper = Keeper(Settings(), tmp_path / "settings.json")
    made = MainWindow(
        desks, facts, keeper, InlineRunner(), lambda: [StatusItem("Tốt", "heart-pulse", "success")], undoing=Undoing()
    )
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def page(window: MainWindow) -> Sheet:
    shown = window.page()
    assert isinstance(shown, Sheet)
    return shown


def test_a_ward_sees_its_own_desks_only(window: MainWindow) -> None:
    assert list(window._desks) == ["today", "receptions"]


def test_alt_and_a_figure_goes_to_a_desk_and_its_page_is_made_once(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    first = page(window)
    assert type(first) is Sheet
    window.show_desk("today")
    window.show_desk("receptions", "r5")
    assert page(window) is first and ("shown", "r5") in first.heard


def test_every_desk_has_its_key_also_the_tenth_and_those_after_it(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    look.apply(qapp, "light")
    desks = [Desk(f"desk{number}", f"Mục {number}", "sun", Mute) for number in range(1, 13)]
    facts = WindowFacts("UBND phường Quỳnh Lôi", OfficeKind.WARD, "Đỗ Thị Phượng", practice=True)
    window = MainWindow(desks, facts, Keeper(Settings(), tmp_path / "settings.json"), InlineRunner(), lambda: [])
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_desk("desk1")
    for number, key in enumerate((Qt.Key.Key_9, Qt.Key.Key_0, Qt.Key.Key_Minus, Qt.Key.Key_Equal), start=9):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
        assert window._desk == f"desk{number}"


def test_a_search_over_a_record_that_is_looked_at_shows_the_list_and_keeps_the_keyboard(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_desk("receptions")
    below = page(window)
    record = Record()
    window.push(record)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.top.search, "nguyen")
    qtbot.waitUntil(lambda: window.page() is below)
    assert "nguyen" in below.heard
    assert window.top.search.hasFocus()


def test_a_search_over_a_page_that_is_typed_in_says_where_the_list_is(qtbot: QtBot, window: MainWindow) -> None:
    window.show_desk("receptions")
    form = Mute()
    window.push(form)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.top.search, "nguyen")
    qtbot.waitUntil(window.message.isVisible)
    assert window.page() is form


def test_a_search_from_a_desk_without_one_goes_to_the_receptions(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.top.search.hasFocus()
    qtbot.keyClicks(window.top.search, "nguyen")
    qtbot.waitUntil(lambda: "nguyen" in page(window).heard, timeout=2000)
    assert type(page(window)) is Sheet
    qtbot.keyClick(window.top.search, Qt.Key.Key_Down)
    assert page(window).edit.hasFocus()
    window.top.focus_search()
    qtbot.keyClick(window.top.search, Qt.Key.Key_Escape)
    assert window.top.search.text() == ""


def test_escape_comes_back_to_the_page_below_unless_something_would_be_lost(qtbot: QtBot, window: MainWindow) -> None:
    below, top = page(window), Sheet()
    below.pushRequest.emit(top)
    assert page(window) is top
    top.stays = True
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert page(window) is top
    top.stays = False
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert page(window) is below and below.edit.hasFocus()


def test_an_act_is_told_to_every_page_and_can_be_undone_for_ten_seconds(qtbot: QtBot, window: MainWindow) -> None:
    asked = window.back._desk.asked
    window._runner.write(lambda _progress: Done("reception.log", ("r1",), "e1"))
    assert ("r1",) in page(window).heard
    assert window.undo_bar.offers
    window.undo_bar.button.click()
    assert asked == ["undo e1"], "the button takes back what the bar names"
    assert window.undo_bar.offers and "57/2026" in window.undo_bar.accessibleName()
    window.undo_bar.button.click()
    assert asked == ["undo e1", "redo"]
    window.undo_bar._left = 100
    qtbot.waitUntil(lambda: window.undo_bar.isHidden(), timeout=2000)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert asked[2:] == ["undo"], "the key works after the bar went away"
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert asked[3:] == ["redo"]


def test_a_refusal_nobody_listened_to_is_told_in_a_sentence(window: MainWindow) -> None:
    def refuse(_progress: object) -> None:
        raise Refused("wrong_password")

    window._runner.read(refuse)
    assert window.message.text() and "wrong_password" not in window.message.text()


def test_a_window_with_unsaved_work_stays_open(window: MainWindow) -> None:
    page(window).stays = True
    assert not window.close()
    page(window).stays = False
    assert window.close()


def test_larger_text_and_other_themes_are_remembered(qtbot: QtBot, window: MainWindow, qapp: QApplication) -> None:
    window._step_text(1)
    window._next_theme()
    assert (look.current().text_size, look.current().theme.name) == (125, "dark")
    assert (window._keeper.value.text_size, window._keeper.value.theme) == (125, "dark")
    look.apply(qapp, "light")


def test_at_every_text_size_the_frame_fits_a_small_screen(window: MainWindow, qapp: QApplication) -> None:
    for size in (100, 125, 150):
        look.apply(qapp, "light", size)
        assert window.minimumSizeHint().width() <= 1366
        assert window.minimumSizeHint().height() <= 728
    look.apply(qapp, "light")


def test_f1_shows_the_keys(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheets = window.findChildren(KeysSheet)
    assert len(sheets) == 1
    sheets[0].accept()


def test_the_frame_has_no_text_outside_the_catalogue(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLabel

    i18n.set_language(i18n.PSEUDO)
    try:
        keeper = Keeper(Settings(), tmp_path / "s.json")
        facts = WindowFacts("", OfficeKind.WARD, "", practice=True)
        made = MainWindow([Desk("a", "⟦x⟧", "sun", Mute)], facts, keeper, InlineRunner(), lambda: [])
        qtbot.addWidget(made)
        sheet = KeysSheet(made)
        shown = [
            w.text()
            for root in (made, sheet)
            for w in root.findChildren(QLabel) + root.findChildren(QAbstractButton)
            if w.property("ink") != "key"
        ]
        keys = {key_text(row.id) for row in ACTIONS}
        hard = [
            t for t in shown if t.strip() and "⟦" not in t and t not in keys and not t.startswith(("Ctrl", "Alt", "F"))
        ]
        assert hard == []
        sheet.close()
    finally:
        i18n.set_language("vi")


def test_qts_own_buttons_speak_vietnamese(qtbot: QtBot, qapp: QApplication) -> None:
    i18n.set_language("vi")
    translator = QtWords()
    qapp.installTranslator(translator)
    try:
        box = QMessageBox(
            QMessageBox.Icon.NoIcon, "", "", QMessageBox.StandardButton.Cancel | QMessageBox.StandardButton.Save
        )
        qtbot.addWidget(box)
        assert {button.text() for button in box.buttons()} == {"Hủy", "Lưu"}
        assert translator.translate("QShortcut", "Delete") is None
    finally:
        qapp.removeTranslator(translator)


def test_a_desk_of_the_rail_gets_the_keyboard_in_its_list_and_a_page_above_keeps_its_place(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.focusWidget() is page(window).edit
    above = Sheet()
    second = QLineEdit(above)
    layout = above.layout()
    assert layout is not None
    layout.addWidget(second)
    window.push(above)
    second.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.focusWidget() is second


def test_the_print_dialog_of_qt_speaks_our_language_and_its_words_stay_there() -> None:
    words = QtWords()
    i18n.set_language("vi")
    try:
        assert words.translate("QPrintSettingsOutput", "Print range") == "In những trang nào"
        assert words.translate("QPrintPropertiesDialog", "None") == "Một mặt"
        assert words.translate("QFileDialog", "None") is None
    finally:
        i18n.set_language("en")
