"""The window of an office: what its first screen imports, and what it leaves for later."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tcd_desktop.open_office import open_office
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.receptions.list_page import ReceptionsPage
from tcd_desktop.ui.window import office_window
from tcd_desktop.ui.window.office_window import LATER, OfficeWindow
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.session_runner import SessionRunner
from tcd_desktop.ui.window.telling import Telling
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


def test_the_form_of_the_days_first_visit_is_made_below_the_morning_screen(qtbot: QtBot, tmp_path: Path) -> None:
    office, runner = make_office(tmp_path / "ward"), SessionRunner()
    window = OfficeWindow(office, runner, Keeper(Settings(), tmp_path / "settings.json"))
    qtbot.addWidget(window)
    window.show()
    shown = window.page()
    window.prepare_visit()
    lists = window._pages["receptions"].widget(0)
    assert isinstance(lists, ReceptionsPage)
    ready = lists.ready
    qtbot.waitUntil(lambda: ready.whole, timeout=30_000)
    prepared = ready.form
    assert window.page() is shown and shown is not None and shown.isVisible()
    window.new_visit()
    assert window.page() is prepared and prepared is not None and prepared.isVisible()
    qtbot.waitUntil(lambda: not runner.busy(), timeout=30_000)
    window.leave()
    runner.close()
    office.close()


def test_the_shown_page_hears_of_a_change_at_once_and_the_others_in_turns(qtbot: QtBot) -> None:
    heard: list[tuple[str, object]] = []

    class Told(Page):
        def store_changed(self, changes: object) -> None:
            heard.append((self.objectName(), changes))

    pages = [Told() for _name in "abc"]
    for page, name in zip(pages, "abc", strict=True):
        page.setObjectName(name)
        qtbot.addWidget(page)
    left = Told()
    telling = Telling()
    telling.tell((*pages, left), [pages[1]], "change")
    delete(left)
    assert heard == [("b", "change")]
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert heard == [("b", "change"), ("a", "change"), ("c", "change")]
    telling.tell(pages, [], "again")
    qtbot.waitUntil(lambda: len(heard) == 6)
    assert [name for name, _changes in heard[3:]] == ["a", "b", "c"]
