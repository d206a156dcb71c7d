"""One search box: the list shown finds, the other kinds are offered beside it, by keyboard, never while composing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.cases.cases_page import CasesPage
from tcd_desktop.ui.lists.quick_search import read_hits
from tcd_desktop.ui.receptions.list_page import ReceptionsPage
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.window.office_window import OfficeWindow
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, SECRET, SECRET_WORDS, make_office


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language(i18n.DEFAULT)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    made.receptions.log(DRAFT, open_case=True)
    made.receptions.log(SECRET, open_case=True)
    yield made
    made.close()


@pytest.fixture
def window(office: OpenOffice, tmp_path: Path, qtbot: QtBot) -> Iterator[OfficeWindow]:
    made = OfficeWindow(office, InlineRunner(), Keeper(Settings(), tmp_path / "settings.json"))
    qtbot.addWidget(made)
    made.show()
    for _ in range(3):  # a busy machine may take its time
        made.activateWindow()
        if QTest.qWaitForWindowActive(made):
            break
    yield made
    made.leave()


def ask(window: OfficeWindow, text: str) -> list[str]:
    """Types into the search box; gives what is offered beside the list."""
    window.top.focus_search()
    window.top.search.setText(text)
    window._search()
    QApplication.processEvents()
    hits = window.quick.hits
    return [hits.item(at).text() for at in range(hits.count())] if window.quick.isVisible() else []


def key(window: OfficeWindow, which: Qt.Key) -> None:
    QTest.keyClick(window.top.search, which)


def test_the_list_shown_finds_and_the_other_kinds_are_offered(window: OfficeWindow) -> None:
    window.show_desk("receptions")
    offered = ask(window, "nguyen van duc")
    page = window.page()
    assert isinstance(page, ReceptionsPage) and page.model.rowCount() == 1
    assert offered[0] == "Cases" and offered[1].startswith("HS 1/2026")
    assert "Citizens" in offered and not any(text.startswith("Visits") for text in offered)


def test_down_chooses_enter_goes_there_and_escape_closes(window: OfficeWindow) -> None:
    window.show_desk("cases")
    assert ask(window, "nguyen van duc")[0] == "Visits"
    key(window, Qt.Key.Key_Escape)
    assert not window.quick.isVisible() and window.top.search.text() == "nguyen van duc"
    ask(window, "nguyen van duc")
    key(window, Qt.Key.Key_Down)
    hit = window.quick.chosen()
    assert hit is not None and hit.desk == "receptions"
    key(window, Qt.Key.Key_Return)
    assert isinstance(window.page(), VisitPage)


def test_enter_without_a_choice_and_down_beyond_the_end_go_into_the_list(window: OfficeWindow) -> None:
    window.show_desk("cases")
    page = window.page()
    assert isinstance(page, CasesPage)
    ask(window, "nguyen van duc")
    key(window, Qt.Key.Key_Return)
    assert page.view.table.hasFocus() and not window.quick.isVisible()
    ask(window, "nguyen van duc")
    for _ in range(9):
        if window.top.search.hasFocus():
            key(window, Qt.Key.Key_Down)
    assert page.view.table.hasFocus()


def test_keys_of_a_typing_tool_are_its_own(window: OfficeWindow) -> None:
    window.show_desk("cases")
    ask(window, "nguyen van duc")
    QApplication.sendEvent(window.top.search, QInputMethodEvent("đư", []))
    key(window, Qt.Key.Key_Down)
    assert window.quick.chosen() is None
    done = QInputMethodEvent()
    done.setCommitString("")
    QApplication.sendEvent(window.top.search, done)
    ask(window, "nguyen van duc")
    key(window, Qt.Key.Key_Down)
    assert window.quick.chosen() is not None


def test_a_denouncer_is_offered_nowhere(office: OpenOffice) -> None:
    for words in SECRET_WORDS:
        assert read_hits(office, words, office.today()) == []
    hits = read_hits(office, "bien lai", office.today())
    assert hits and all(word not in str(hits) for word in SECRET_WORDS)


def test_the_box_and_the_list_say_the_same_when_the_desk_changes(window: OfficeWindow) -> None:
    window.show_desk("receptions")
    ask(window, "khong co ai nhu the")
    window.show_desk("cases")
    page = window.page()
    assert isinstance(page, CasesPage) and page.view.model.rowCount() == 0
    from tcd_desktop.store.lists.pages import CaseQuery

    window.show_desk("cases", CaseQuery(open_only=True))
    assert window.top.search.text() == "" and page.view.model.rowCount() == 2
