"""Every key of the program stands on the sheet of keys, and no two of them fight on one page."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.case_page import CasePage
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.look import look
from tcd_desktop.ui.papers.page import PapersPage
from tcd_desktop.ui.papers.place import SavedPlace
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.receptions.list_page import ReceptionsPage
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.window.actions import ACTIONS, GROUPS, key_text
from tcd_desktop.ui.window.keys_sheet import KeysSheet, key_groups
from tcd_desktop.ui.window.runner import InlineRunner
from tests.papers import scan_pdf
from tests.ui.receptions.conftest import english, keeper, logged, office, runner, shown

__all__ = ["english", "keeper", "office", "runner", "shown"]

UI = Path(__file__).resolve().parents[2] / "tcd_desktop" / "ui"
KEY = re.compile(r"(?:(?:Ctrl|Alt|Shift|Meta)\+)+(?:[A-Z0-9+/?-]|F\d{1,2}|[A-Z][a-z]+)|F\d{1,2}|Ins|PgUp|PgDown")
ALIASES = {"Ctrl+Enter": "Ctrl+Return", "Ctrl+Shift+Z": "Ctrl+Y"}
"""Second keys for the same act: the Enter of the number pad, another habit for redo."""
WITHOUT_ID = {"Shift+Tab"}
"""Keys that Qt itself knows in every field."""


def literals() -> Iterator[tuple[str, str]]:
    """Every string in ui/ that is a key, and where it stands."""
    for path in sorted(UI.rglob("*.py")):
        if path.name == "actions.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
                yield node.value, f"{path.relative_to(UI).as_posix()}:{node.lineno}"


def portable(key: str) -> str:
    return QKeySequence(ALIASES.get(key, key)).toString()


def test_every_key_used_in_the_window_stands_in_the_table() -> None:
    known = {portable(row.shortcut) for row in ACTIONS if row.shortcut}
    missing = {where: key for key, where in literals() if portable(key) not in known and key not in WITHOUT_ID}
    assert not missing, f"put these keys into ui/window/actions.py: {missing}"


def test_the_search_for_literals_finds_some() -> None:
    assert len(list(literals())) > 20


def test_every_row_is_a_key_that_can_be_pressed_and_belongs_to_a_group() -> None:
    for row in ACTIONS:
        assert row.group in GROUPS, row.id
        if row.shortcut:
            assert QKeySequence(row.shortcut).count() == 1 and QKeySequence(row.shortcut).toString(), row.id
            assert key_text(row.id).isprintable()


def test_no_two_actions_of_a_group_share_a_key() -> None:
    doubles = Counter((row.group, portable(row.shortcut)) for row in ACTIONS if row.shortcut)
    assert [pair for pair, count in doubles.items() if count > 1] == []


def fights(page: QWidget) -> list[str]:
    """Keys that would reach two shortcuts at once while the keyboard is somewhere in the page."""
    found = Counter[str]()
    for shortcut in page.findChildren(QShortcut):
        owner = shortcut.parent()
        wide = shortcut.context() != Qt.ShortcutContext.WidgetShortcut
        if wide and shortcut.isEnabled() and isinstance(owner, QWidget) and owner.isVisibleTo(page):
            found[shortcut.key().toString()] += 1
    for action in page.findChildren(QAction):
        if action.isEnabled() and action.shortcutContext() != Qt.ShortcutContext.WidgetShortcut:
            found.update(key.toString() for key in action.shortcuts())
    return [key for key, count in found.items() if count > 1]


@pytest.fixture
def pages(office: OpenOffice, runner: InlineRunner, keeper: Keeper) -> dict[str, Callable[[], QWidget]]:
    visit = logged(office, open_case=True)
    office.attachments.add("a.pdf", scan_pdf(), reception=visit.id)
    assert visit.case
    case = visit.case
    return {
        "form": lambda: ReceptionFormPage(office, runner, keeper),
        "visit": lambda: VisitPage(office, runner, keeper, visit.id),
        "list": lambda: ReceptionsPage(office, runner, keeper),
        "case": lambda: CasePage(office, runner, keeper, OpenedFiles(), case),
        "papers": lambda: PapersPage(office, runner, keeper, SavedPlace(office, reception=visit.id)),
    }


@pytest.mark.parametrize("name", ["form", "visit", "list", "case", "papers"])
def test_no_two_keys_fight_on_a_page(
    pages: dict[str, Callable[[], QWidget]], name: str, shown: Callable[[QWidget], Any]
) -> None:
    page = shown(pages[name]())
    assert fights(page) == []


@pytest.mark.parametrize(("name", "group"), [("form", "form"), ("visit", "visit"), ("papers", "papers")])
def test_the_sheet_begins_with_what_works_here(
    pages: dict[str, Callable[[], QWidget]], name: str, group: str, shown: Callable[[QWidget], Any]
) -> None:
    groups = key_groups(shown(pages[name]()))
    here = [one.title for one in groups if one.here]
    assert str(GROUPS[group]) in here and str(GROUPS["window"]) in here
    assert str(GROUPS["bin"]) not in here
    assert [one.here for one in groups] == sorted((one.here for one in groups), reverse=True)


@pytest.mark.parametrize(("name", "groups"), [("list", {"list", "visit"}), ("visit", {"visit", "papers"})])
def test_the_sheet_does_not_say_that_the_keys_of_other_desks_work_here(
    pages: dict[str, Callable[[], QWidget]], name: str, groups: set[str], shown: Callable[[QWidget], Any]
) -> None:
    """The keys of directives, petitions and inspections are letters of the same kind as those of a visit."""
    here = {one.title for one in key_groups(shown(pages[name]())) if one.here}
    others = {"directives", "obligations", "petitions", "inspections", "reviews", "citizens", "bin", "board"}
    assert {str(GROUPS[one]) for one in groups} <= here
    assert not here & {str(GROUPS[one]) for one in others}


def test_a_page_without_keys_offers_those_that_work_everywhere(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    assert [one.title for one in key_groups(page) if one.here] == [str(GROUPS["window"])]


@pytest.fixture
def sheet(qtbot: QtBot, english: None) -> Iterator[KeysSheet]:
    made = KeysSheet()
    made.show()
    yield made
    if isValid(made):
        made.close()


def test_the_sheet_is_complete(sheet: KeysSheet) -> None:
    shown_lines = {(line.key, line.words) for line in sheet.lines()}
    assert {(key_text(row.id), str(row.text)) for row in ACTIONS if row.shortcut} <= shown_lines


def test_typing_searches_by_words_without_marks_and_by_key(sheet: KeysSheet) -> None:
    QTest.keyClicks(sheet.search, "receipt")
    assert [line.key for line in sheet.lines()] == ["Ctrl+P"]
    sheet.search.setText("ctrl+e")
    assert {"Ctrl+E"} <= {line.key for line in sheet.lines()}
    assert all("ctrl+e" in line.key.casefold() for line in sheet.lines())
    sheet.search.setText("khieu nai")
    assert [line.key for line in sheet.lines()] == ["kn"]
    sheet.search.setText("zzz")
    assert sheet.lines() == [] and not sheet.nothing.isHidden()


def test_the_sheet_is_read_by_keyboard_alone(sheet: KeysSheet) -> None:
    bar = sheet.area.verticalScrollBar()
    QApplication.processEvents()
    assert bar.maximum() > 0
    QTest.keyClick(sheet.search, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(sheet.search, Qt.Key.Key_PageUp)
    assert bar.value() == 0
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not isValid(sheet) or not sheet.isVisible()


@pytest.mark.parametrize("size", [100, 125, 150])
def test_the_sheet_fits_a_small_screen(qtbot: QtBot, qapp: QApplication, size: int) -> None:
    look.apply(qapp, "light", size)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 728)
    made = KeysSheet(window)
    assert made.width() <= 1366 and made.height() <= 728
    made.close()
    look.apply(qapp, "light", 100)


def test_a_question_mark_is_typed_in_a_text_field(qtbot: QtBot) -> None:
    window = QWidget()
    line, opened = QLineEdit(), []
    QVBoxLayout(window).addWidget(line)
    action = QAction(window)
    action.setShortcuts([QKeySequence("F1"), QKeySequence("?")])
    action.triggered.connect(lambda: opened.append(1))
    window.addAction(action)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    line.setFocus()
    QTest.keyClick(line, "?")
    assert line.text() == "?" and opened == []
    QTest.keyClick(line, Qt.Key.Key_F1)
    assert opened == [1]
