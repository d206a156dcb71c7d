"""The program from its first paint: first start, founding, signing in, locking; and what it says when it breaks."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tcd_desktop.app import Program
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.start.office_folders import default_home, read_folder
from tcd_desktop.ui.start.practice_page import PracticePage
from tcd_desktop.ui.start.sign_in_page import SignInPage
from tcd_desktop.ui.start.start_pages import StartPage
from tcd_desktop.ui.window import crash_report
from tcd_desktop.ui.window.crash_report import CrashGuard, keep_report, report_text, reports_folder
from tests.offices import PASSWORD, make_office

PATIENCE = 20_000
HEAVY = ("sqlalchemy", "sqlcipher3", "reportlab", "babel", "cryptography", "holidays", "pyrage", "pypdfium2")


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Starts the program as `python -m tcd_desktop` does; it is ended after the test."""
    running: list[Program] = []

    def run(home: Path | None = None, settings: Settings | None = None) -> Program:
        keeper = Keeper(settings or Settings(), tmp_path / "settings.json")
        program = Program(qapp, keeper, home)
        program.start()
        running.append(program)
        return program

    yield run
    for program in running:
        program.end()
        qapp.removeTranslator(program.dress.words)
        program.deleteLater()


def sign_in(program: Program, qtbot: QtBot, password: str) -> SignInPage:
    """Types the password and presses Enter."""
    page = program.door.currentWidget()
    assert isinstance(page, SignInPage)
    qtbot.keyClicks(page.password.editor, password)
    qtbot.keyClick(page.password.editor, Qt.Key.Key_Return)
    return page


def test_a_new_office_is_founded_and_its_window_opens(
    start: Callable[..., Program], qtbot: QtBot, tmp_path: Path
) -> None:
    program = start()
    page = program.door.currentWidget()
    assert isinstance(page, StartPage)
    page.form.begin(OfficeKind.WARD)
    values = {
        "name": "UBND phường Thử",
        "code": "th-1",
        "officer": "Le Thi Thu",
        "password": PASSWORD,
        "again": PASSWORD,
    }
    for name, value in values.items():
        getattr(page.form, name).set_value(value)
    page.form.folder.set_value(str(tmp_path / "office"))
    page.form.create_button.click()
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)
    assert program.window is not None and program.window.isVisible() and not program.door.isVisible()
    assert read_folder(tmp_path / "office").code == "TH-1"
    assert program.keeper.value.last_home == str(tmp_path / "office")


def test_a_wrong_password_is_told_and_the_right_one_opens_the_office(
    start: Callable[..., Program], qtbot: QtBot, tmp_path: Path
) -> None:
    make_office(tmp_path / "ward").close()
    program = start(None, Settings(last_home=str(tmp_path / "ward")))
    page = sign_in(program, qtbot, "sai-mat-khau")
    assert not page.busy.isHidden(), "work that takes a moment shows that it runs"
    qtbot.waitUntil(lambda: page.password.problem() != "", timeout=PATIENCE)
    assert program.window is None and page.busy.isHidden()
    page.password.editor.clear()
    sign_in(program, qtbot, PASSWORD)
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)


def test_locking_closes_the_office_and_asks_for_the_password_again(
    start: Callable[..., Program], qtbot: QtBot, tmp_path: Path
) -> None:
    make_office(tmp_path / "ward").close()
    program = start(tmp_path / "ward")
    sign_in(program, qtbot, PASSWORD)
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)
    window = program.window
    assert window is not None

    def active() -> bool:
        window.activateWindow()
        return window.isActiveWindow()

    qtbot.waitUntil(active, timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert program.office is None and program.window is None and not window.isVisible()
    assert isinstance(program.door.currentWidget(), SignInPage) and program.door.isVisible()
    sign_in(program, qtbot, PASSWORD)
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)


def test_a_folder_without_an_office_leads_to_the_first_start(
    start: Callable[..., Program], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = start(None, Settings(last_home=str(tmp_path / "gone")))
    page = program.door.currentWidget()
    assert isinstance(page, StartPage)
    make_office(tmp_path / "ward").close()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "ward"))
    page.openOfficeRequest.emit()
    assert isinstance(program.door.currentWidget(), SignInPage)


def test_the_practice_district_is_made_with_progress_and_can_be_stopped(
    start: Callable[..., Program], qtbot: QtBot
) -> None:
    program = start()
    program.show_practice()
    page = program.door.currentWidget()
    assert isinstance(page, PracticePage)
    qtbot.waitUntil(lambda: page.bar.maximum() > 0, timeout=PATIENCE)
    page.stop.click()
    qtbot.waitUntil(lambda: isinstance(program.door.currentWidget(), StartPage), timeout=PATIENCE)


def test_a_damaged_office_file_is_told_by_its_code(tmp_path: Path) -> None:
    (tmp_path / "office.json").write_text("{", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_folder(tmp_path)
    assert refused.value.code == "office_file_damaged"


def test_the_door_reads_the_same_as_the_vault(tmp_path: Path) -> None:
    office = make_office(tmp_path / "ward")
    face = read_folder(tmp_path / "ward")
    assert (face.kind, face.code, face.name) == (office.face.kind, office.face.code, office.face.name)
    assert [officer[:2] for officer in face.officers] == [(slot.officer, slot.name) for slot in office.face.slots]
    office.close()


def test_the_data_of_a_new_office_lie_in_a_folder_of_their_own(own_home: Path) -> None:
    assert default_home("P-01").is_relative_to(own_home)
    assert default_home("P-01") != default_home("P-02")


def test_the_sign_in_page_is_painted_before_heavy_libraries_are_imported(tmp_path: Path) -> None:
    make_office(tmp_path / "ward").close()
    script = (
        "import json, sys\n"
        "from pathlib import Path\n"
        "from tcd_desktop.app import Program\n"
        "from tcd_desktop.settings import Keeper, Settings\n"
        "from tcd_desktop.ui.window.application import make_application\n"
        "app = make_application()\n"
        "program = Program(app, Keeper(Settings(), Path(sys.argv[1]) / 's.json'), Path(sys.argv[1]) / 'ward')\n"
        "program.start()\n"
        "app.processEvents()\n"
        "program.door.grab()\n"
        f"print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))\n"
        "program.end()\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert json.loads(found.stdout.splitlines()[-1]) == []


# -- when it breaks ---------------------------------------------------------------------------------


def broken() -> Exception:
    """A mistake in the middle of a citizen's data."""
    name = "Phạm Thị Kín"
    try:
        try:
            raise KeyError(name)
        except KeyError as error:
            raise ValueError(f"{name} 001166054321") from error
    except ValueError as error:
        return error


def test_a_report_tells_where_it_broke_and_nothing_of_a_person() -> None:
    text = report_text(broken(), datetime(2026, 11, 23, 9, 30))
    assert "builtins.ValueError" in text and "builtins.KeyError" in text
    assert "test_application.py" in text and " broken" in text
    assert "Kín" not in text and "001166054321" not in text
    assert str(Path.cwd()) not in text


def test_a_mistake_opens_one_dialog_and_keeps_a_report(qtbot: QtBot, qapp: QApplication) -> None:
    guard = CrashGuard()
    error = broken()
    guard.caught(type(error), error, error.__traceback__)
    dialog = guard.dialog
    assert dialog is not None and "builtins.ValueError" in dialog.report.toPlainText()
    guard.caught(type(error), error, error.__traceback__)
    assert guard.dialog is dialog, "a second mistake does not stack a second dialog"
    assert len(list(reports_folder().glob("report-*.txt"))) == 2
    dialog.copy.click()
    assert "builtins.ValueError" in qapp.clipboard().text()
    dialog.go_on.click()
    assert guard.dialog is None


def test_only_the_newest_reports_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash_report, "KEPT", 3)
    for second in range(6):
        keep_report("x", datetime(2026, 11, 23, 9, 30, second))
    assert [path.name[-13:-11] for path in sorted(reports_folder().glob("*.txt"))] == ["03", "04", "05"]


def test_a_mistake_in_the_background_is_reported_too(
    start: Callable[..., Program], qtbot: QtBot, tmp_path: Path
) -> None:
    make_office(tmp_path / "ward").close()
    program = start(tmp_path / "ward")
    guard = program._guard = CrashGuard()
    sign_in(program, qtbot, PASSWORD)
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)
    assert program.session is not None

    def fail(_progress: object) -> None:
        raise ZeroDivisionError

    program.session.read(fail)
    qtbot.waitUntil(lambda: guard.dialog is not None, timeout=PATIENCE)
    assert guard.dialog is not None and "ZeroDivisionError" in guard.dialog.report.toPlainText()
    guard.dialog.accept()
