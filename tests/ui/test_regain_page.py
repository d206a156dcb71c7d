"""The sealed paper typed in the window: checked row by row, nothing typed is lost, the office opens again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sync.keyring import KEY_FILE
from tcd_desktop.sync.paper_key import ROWS, rows_of, secret_of
from tcd_desktop.ui.start import office_folders
from tcd_desktop.ui.start.office_folders import read_folder
from tcd_desktop.ui.start.paper_key_edit import PaperKeyEdit
from tcd_desktop.ui.start.regain_page import RegainPage
from tcd_desktop.ui.start.regaining import regain_page
from tcd_desktop.ui.start.sign_in_page import SignInFacts, SignInPage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import PASSWORD, make_district

SECRET = bytes(range(100, 132))


@pytest.fixture(autouse=True)
def english() -> object:
    i18n.set_language("en")
    yield
    i18n.set_language(i18n.DEFAULT)


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.resize(1366, 728)
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()


def key_edit(qtbot: QtBot) -> PaperKeyEdit:
    edit = PaperKeyEdit("Root key")
    shown(qtbot, edit)
    edit.editors[0].setFocus()
    qtbot.waitUntil(edit.editors[0].hasFocus)
    return edit


def test_a_whole_key_is_typed_without_a_tab_and_each_right_row_leads_to_the_next(qtbot: QtBot) -> None:
    edit, rows = key_edit(qtbot), rows_of(SECRET)
    for place, row in enumerate(rows):
        assert edit.editors[place].hasFocus()
        qtbot.keyClicks(edit.editors[place], row.replace(" ", ""))
        assert edit.editors[place].text() == row, "shown in groups of four as on the paper"
    assert edit.complete() and secret_of(edit.rows()) == SECRET


def test_a_wrong_digit_is_told_at_its_row_and_the_others_stay_as_they_are(qtbot: QtBot) -> None:
    edit, rows = key_edit(qtbot), list(rows_of(SECRET))
    wrong = rows[3][:-1] + str((int(rows[3][-1]) + 1) % 10)
    for place, row in enumerate([*rows[:3], wrong, *rows[4:]]):
        edit.editors[place].setFocus()
        qtbot.keyClicks(edit.editors[place], row)
    assert "row D" in edit.problem(3) and not edit.complete()
    assert [edit.problem(place) for place in range(ROWS) if place != 3] == [""] * (ROWS - 1)
    assert not edit.show_problems() and edit.editors[3].hasFocus()
    assert edit.rows() == [*rows[:3], wrong, *rows[4:]]
    edit.editors[3].end(False)
    qtbot.keyClick(edit.editors[3], Qt.Key.Key_Backspace)
    assert edit.problem(3) == "", "while somebody corrects the row nothing is told"
    qtbot.keyClicks(edit.editors[3], rows[3][-1])
    assert edit.complete() and edit.problem(3) == ""


def test_swapped_rows_and_letters_are_told_where_they_are(qtbot: QtBot) -> None:
    edit, rows = key_edit(qtbot), rows_of(SECRET)
    qtbot.keyClicks(edit.editors[0], rows[1])
    qtbot.keyClicks(edit.editors[2], "12x")
    assert "row A" in edit.problem(0) and "Only digits" in edit.problem(2)
    assert edit.editors[2].text() == "12x", "what was typed is not thrown away"
    edit.editors[4].setFocus()
    qtbot.keyClicks(edit.editors[4], "12345")
    edit.editors[5].setFocus()
    assert "5" in edit.problem(4)


def test_a_scanner_fills_all_rows_wherever_the_keyboard_is(qtbot: QtBot) -> None:
    edit, rows = key_edit(qtbot), rows_of(SECRET)
    edit.editors[2].setFocus()
    edit.editors[2].insert("".join(rows).replace(" ", ""))
    edit.editors[2].textEdited.emit(edit.editors[2].text())
    assert tuple(edit.rows()) == rows and edit.complete()


def test_a_scanner_that_types_digit_by_digit_from_the_first_row_fills_all_rows(qtbot: QtBot) -> None:
    edit, rows = key_edit(qtbot), rows_of(SECRET)
    for digit in "".join(rows).replace(" ", ""):
        current = next(editor for editor in edit.editors if editor.hasFocus())
        qtbot.keyClicks(current, digit)
    assert tuple(edit.rows()) == rows


def test_a_digit_too_many_writes_over_nothing_that_was_typed(qtbot: QtBot) -> None:
    edit, rows = key_edit(qtbot), rows_of(SECRET)
    edit.editors[1].setText(rows[1])
    edit._edited(1, rows[1])
    edit.editors[0].setFocus()
    qtbot.keyClicks(edit.editors[0], "1234567890123")
    assert edit.rows()[1] == rows[1] and "row A" in edit.problem(0)


def fill(page: RegainPage, root: tuple[str, ...], recovery: tuple[str, ...], password: str) -> None:
    for edit, rows in ((page.root, root), (page.recovery, recovery)):
        for place, row in enumerate(rows):
            edit.editors[place].setText(row)
            edit._edited(place, row)
    page.password.editor.setText(password)


def test_an_office_without_keys_is_opened_again_from_the_sign_in_page(qtbot: QtBot, tmp_path: Path) -> None:
    district = make_district(tmp_path / "district")
    paper = district.keys.print_keys(PASSWORD)
    identity = district.keyring.device_id
    district.close()
    (district.home / KEY_FILE).unlink()
    face = read_folder(district.home)
    assert not face.has_keys
    sign_in = SignInPage(face.facts(""))
    shown(qtbot, sign_in)
    pages: list[QWidget] = []
    opened: list[OpenOffice] = []
    failed: list[Exception] = []
    sign_in.regain_with(district.home, pages.append, InlineRunner(), pages.append, opened.append, failed.append)  # type: ignore[arg-type]
    assert sign_in.regain is not None
    sign_in.regain.click()
    (page,) = pages
    assert isinstance(page, RegainPage)
    shown(qtbot, page)
    fill(page, paper.recovery, paper.root, PASSWORD)
    page.button.click()
    assert not opened and len(failed) == 1, "the two keys taken for each other open nothing"
    page.refused("no")
    assert page.root.rows() == list(paper.recovery), "nothing typed is lost"
    fill(page, paper.root, paper.recovery, "")
    page.button.click()
    assert not opened and page.password.problem()
    fill(page, paper.root, paper.recovery, PASSWORD)
    page.button.click()
    (office,) = opened
    try:
        assert office.keyring.device_id == identity and office.keys.root_version() == 2
        assert page.root.rows() == [""] * ROWS == page.recovery.rows(), "the digits do not stay in the window"
        assert read_folder(district.home).has_keys
    finally:
        office.close()


def test_rows_that_are_not_right_ask_nothing_of_the_office(qtbot: QtBot, tmp_path: Path) -> None:
    page = regain_page(tmp_path, "UBND quận", InlineRunner(), lambda: None, lambda _office: None, lambda _error: None)
    shown(qtbot, page)
    page.password.editor.setText(PASSWORD)
    with qtbot.assertNotEmitted(page.regainRequest):
        page.button.click()
    assert page.root.problem(0) and page.recovery.problem(7) and "not right yet" in page.message.text()


def test_a_ward_without_keys_is_told_its_own_way(qtbot: QtBot) -> None:
    page = SignInPage(SignInFacts("UBND phường", [("o", "Đỗ Thị Phượng", "")], keys_missing_of=OfficeKind.WARD))
    qtbot.addWidget(page)
    assert page.regain is None
    assert SignInPage(SignInFacts("UBND phường", [("o", "Đỗ Thị Phượng", "")])).regain is None
    assert office_folders.KEY_FILE == KEY_FILE, "named twice, so that the first window comes without the keys' modules"
