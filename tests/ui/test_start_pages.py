"""First start and sign-in."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tcd_desktop import paths
from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.ui.look import look
from tcd_desktop.ui.start.start_pages import OfficeEntry, SignInFacts, SignInPage, StartPage, password_hint


def start_page(qtbot: QtBot) -> StartPage:
    page = StartPage(lambda code: f"D:/office/{code}", lambda: "/other")
    qtbot.addWidget(page)
    page.resize(1366, 728)
    page.show()
    return page


def test_a_ward_office_is_set_up_from_one_short_form(qtbot: QtBot) -> None:
    page = start_page(qtbot)
    qtbot.mouseClick(page._choices.ward, Qt.MouseButton.LeftButton)
    form = page.form
    form.name.set_value("UBND phường Quỳnh Lôi")
    qtbot.keyClicks(form.code.editor, "ql-01")
    assert form.folder.value() == "D:/office/QL-01"
    form.officer.set_value("Đỗ Thị Phượng")
    qtbot.keyClicks(form.password.editor, "mot cau ngan")
    qtbot.keyClicks(form.again.editor, "mot cau ngan")
    with qtbot.waitSignal(page.createOfficeRequest) as asked:
        qtbot.mouseClick(form.create_button, Qt.MouseButton.LeftButton)
    entry = asked.args[0]
    assert isinstance(entry, OfficeEntry)
    assert (entry.kind, entry.code, entry.password) == (OfficeKind.WARD, "QL-01", "mot cau ngan")


def test_what_is_missing_is_told_under_each_field(qtbot: QtBot) -> None:
    page = start_page(qtbot)
    qtbot.mouseClick(page._choices.district, Qt.MouseButton.LeftButton)
    with qtbot.assertNotEmitted(page.createOfficeRequest):
        qtbot.mouseClick(page.form.create_button, Qt.MouseButton.LeftButton)
    assert page.form.name.problem() and page.form.code.problem() and page.form.password.problem()
    page.form.password.editor.setText("12345678")
    page.form.again.editor.setText("12345679")
    assert "again" in page.form.problems()


def test_practice_needs_nothing(qtbot: QtBot) -> None:
    page = start_page(qtbot)
    with qtbot.waitSignal(page.practiceRequest):
        qtbot.mouseClick(page._choices.practice, Qt.MouseButton.LeftButton)


def test_the_hint_about_a_password_asks_for_length() -> None:
    tones = [
        password_hint(password)[1]
        for password in ("", "abc", "11111111", "12345678", "quyển sổ", "một câu ngắn dễ nhớ")
    ]
    assert tones == ["neutral", "danger", "warning", "warning", "neutral", "success"]


def sign_in_page(qtbot: QtBot) -> SignInPage:
    page = SignInPage(
        SignInFacts("UBND phường", [("a", "Đỗ Thị Phượng", ""), ("b", "Nguyễn Thị Ẩn", "Công chức")], "b")
    )
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    return page


def test_enter_signs_in_the_officer_of_last_time(qtbot: QtBot) -> None:
    page = sign_in_page(qtbot)
    qtbot.keyClicks(page.password.editor, "bi mat")
    with qtbot.waitSignal(page.signInRequest) as asked:
        qtbot.keyClick(page.password.editor, Qt.Key.Key_Return)
    assert asked.args == ["b", "bi mat"]


def test_a_wrong_password_is_told_and_selected_for_the_next_try(qtbot: QtBot) -> None:
    page = sign_in_page(qtbot)
    qtbot.keyClicks(page.password.editor, "sai")
    page.set_busy(True)
    page.refused("Mật khẩu không đúng.")
    assert page.password.problem() == "Mật khẩu không đúng."
    assert page.password.editor.selectedText() and page.button.isEnabled()
    qtbot.keyClicks(page.password.editor, "x")
    assert page.password.problem() == ""


def test_caps_lock_is_noticed(qtbot: QtBot) -> None:
    page = sign_in_page(qtbot)
    qtbot.keyClick(page.password.editor, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert page.password._hint.text() == ""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
        QApplication.sendEvent(page.password.editor, event)
    assert page.password._hint.text() != ""


def test_an_empty_password_is_not_tried(qtbot: QtBot) -> None:
    page = sign_in_page(qtbot)
    with qtbot.assertNotEmitted(page.signInRequest):
        qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert page.password.problem()


def test_signing_in_fits_a_small_screen_with_the_largest_text(qtbot: QtBot, qapp: QApplication) -> None:
    look.apply(qapp, "light", 150)
    try:
        page = sign_in_page(qtbot)
        page.refused("Mật khẩu không đúng. Kiểm tra Caps Lock và bộ gõ tiếng Việt rồi thử lại.")
        assert page.minimumSizeHint().height() <= 728
    finally:
        look.apply(qapp, "light")


def test_the_first_window_brings_nothing_heavy() -> None:
    code = (
        "import sys; import tcd_desktop.ui.start.start_pages, tcd_desktop.ui.look.look, tcd_desktop.settings; "
        "heavy = {'sqlalchemy', 'reportlab', 'babel', 'cryptography', 'sqlcipher3', 'openpyxl', 'msgspec'}; "
        "heavy &= set(sys.modules); "
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, cwd=paths.PACKAGE.parent, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
