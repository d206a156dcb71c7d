"""The window of an office: what its first screen imports, and what it leaves for later."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from tcd_desktop.app import SessionRunner
from tcd_desktop.open_office import open_office
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.window import office_window
from tcd_desktop.ui.window.office_window import LATER, OfficeWindow
from tests.offices import DRAFT, PASSWORD, Clock, make_office

NOT_FOR_TODAY = ("pyrage", "zstandard", "tomllib", "mimetypes", "reportlab", "babel", "alembic", "tcd_desktop.law")


def test_todays_screen_imports_nothing_of_the_other_desks() -> None:
    script = (
        "import json, sys\n"
        "import tcd_desktop.open_office, tcd_desktop.ui.window.office_window\n"
        "from tcd_desktop.jobs import SilentProgress\n"
        f"names = {(*LATER, *NOT_FOR_TODAY)!r}\n"
        "early = [name for name in names if name in sys.modules]\n"
        "tcd_desktop.ui.window.office_window.import_pages(SilentProgress())\n"
        f"missing = [name for name in {LATER!r} if name not in sys.modules]\n"
        "print(json.dumps([early, missing]))\n"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(found.stdout) == [[], []]


def test_every_page_that_a_desk_imports_when_it_is_shown_is_fetched_before_in_the_background() -> None:
    tree = ast.parse(Path(office_window.__file__).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    pages = {node.module for function in functions for node in ast.walk(function) if isinstance(node, ast.ImportFrom)}
    assert len(pages) >= 6 and pages <= set(LATER)


def test_a_database_put_back_from_a_copy_is_told_in_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    office = make_office(tmp_path / "ward")
    office.receptions.log(DRAFT)
    office.close()
    before = (tmp_path / "ward" / "tcd.db").read_bytes()
    office = open_office(office.home, PASSWORD, now=Clock())
    office.receptions.log(DRAFT)
    office.close()
    (tmp_path / "ward" / "tcd.db").write_bytes(before)
    told = []
    for _ in range(2):
        office, runner = open_office(office.home, PASSWORD, now=Clock()), SessionRunner()
        window = OfficeWindow(office, runner, Keeper(Settings(), tmp_path / "settings.json"))
        qtbot.addWidget(window)
        told.append(not window.message.isHidden())
        qtbot.waitUntil(lambda runner=runner: not runner.busy())
        window.close()
        runner.close()
        office.close()
    assert told == [True, False]
