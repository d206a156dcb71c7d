"""Lists under the hands of an officer: keys, place, states, columns that are remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tcd_desktop.i18n import lazy
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import ROLE_ID, Column, PagedModel
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.runner import InlineRunner
from tests.ui.fake_rows import FakeSource

COLUMNS = (
    Column("number", lazy("No."), 60, text=lambda row: str(row.number), align="right"),
    Column("name", lazy("Name"), 180, text=lambda row: row.name, stretch=True),
    Column("matter", lazy("Content"), 200, text=lambda row: row.matter),
)
EMPTY = State(lazy("No visits yet"), lazy("Each visit is a line of the book."), lazy("Log a visit"))


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(Settings(), tmp_path / "settings.json")


def view_of(length: int, keeper: Keeper, qtbot: QtBot) -> tuple[ListView, FakeSource]:
    source = FakeSource(length)
    model = PagedModel(source, COLUMNS, runner=InlineRunner())
    view = ListView("demo", model, keeper, empty=EMPTY, inspector=Inspector())
    model.setParent(view)
    qtbot.addWidget(view)
    view.resize(1000, 500)
    view.show()
    view.show_query("", filtered=False)
    return view, source


def test_enter_opens_the_chosen_row_and_arrows_choose(qtbot: QtBot, keeper: Keeper) -> None:
    view, _source = view_of(50, keeper, qtbot)
    view.focus_list()
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.openRequest, timeout=1000) as opened:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert opened.args == ["r49"]


def test_a_row_is_told_once_after_the_keys_come_to_rest(qtbot: QtBot, keeper: Keeper) -> None:
    view, _source = view_of(50, keeper, qtbot)
    told: list[str] = []
    view.currentChanged.connect(told.append)
    view.focus_list()
    for _ in range(5):
        qtbot.keyClick(view.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: bool(told), timeout=1000)
    qtbot.wait(150)
    assert told == ["r45"]


def test_a_refresh_keeps_the_record_and_its_place_on_the_screen(qtbot: QtBot, keeper: Keeper) -> None:
    view, source = view_of(800, keeper, qtbot)
    assert view.choose("r600")
    view.table.verticalScrollBar().setValue(195)
    before = view.table.rowViewportPosition(view.table.currentIndex().row())
    source.length += 7
    view.refresh()
    assert view.current_id() == "r600"
    assert view.table.currentIndex().data(ROLE_ID) == "r600"
    assert view.table.rowViewportPosition(view.table.currentIndex().row()) == before


def test_a_record_that_is_gone_is_told_as_nothing_chosen(qtbot: QtBot, keeper: Keeper) -> None:
    view, _source = view_of(50, keeper, qtbot)
    view.choose("r10")
    qtbot.waitSignal(view.currentChanged, timeout=1000).wait()
    with qtbot.waitSignal(view.currentChanged, timeout=1000) as told:
        view.show_query("không có ai", filtered=True)
    assert told.args == [""]
    assert view._stack.currentWidget() is view._none_found


def test_an_empty_list_offers_the_next_act(qtbot: QtBot, keeper: Keeper) -> None:
    view, _source = view_of(0, keeper, qtbot)
    assert view._stack.currentWidget() is view._empty
    with qtbot.waitSignal(view.emptyActionRequest, timeout=1000):
        qtbot.mouseClick(view._empty.button, Qt.MouseButton.LeftButton)


def test_columns_are_remembered_for_the_next_start(qtbot: QtBot, keeper: Keeper, tmp_path: Path) -> None:
    view, _source = view_of(5, keeper, qtbot)
    view.table.setColumnWidth(2, 333)
    menu = view.columns_menu()
    menu.actions()[0].trigger()
    menu.actions()[-1].trigger()
    view.table.horizontalHeader().moveSection(2, 1)
    qtbot.waitUntil(lambda: Keeper(path=tmp_path / "settings.json").value.layout("demo").widths.get("matter") == 333)
    again, _ = view_of(5, Keeper(path=tmp_path / "settings.json"), qtbot)
    assert again.table.isColumnHidden(0)
    assert again.table.columnWidth(2) == 333
    assert again.table.rowHeight(0) == 26
    assert again.table.horizontalHeader().visualIndex(2) == 1


def test_the_last_column_cannot_be_hidden(qtbot: QtBot, keeper: Keeper) -> None:
    view, _source = view_of(5, keeper, qtbot)
    for action in view.columns_menu().actions()[:3]:
        action.trigger()
    assert [view.table.isColumnHidden(number) for number in range(3)].count(False) == 1


def test_end_goes_to_the_last_of_many_rows_and_home_to_the_first(qtbot: QtBot, keeper: Keeper) -> None:
    view, _source = view_of(5000, keeper, qtbot)
    view.focus_list()
    qtbot.keyClick(view.table, Qt.Key.Key_End)
    assert view.table.currentIndex().row() == 4999
    qtbot.waitUntil(lambda: view.table.currentIndex().data(ROLE_ID) == "r1", timeout=2000)
    qtbot.waitUntil(lambda: view.current_id() == "r1", timeout=2000)
    qtbot.keyClick(view.table, Qt.Key.Key_Home)
    assert view.current_id() == "r5000"


def test_without_room_the_list_has_the_whole_width(qtbot: QtBot, keeper: Keeper) -> None:
    view, _source = view_of(5, keeper, qtbot)
    assert view.inspector is not None and view.inspector.isVisible()
    view.resize(600, 400)
    assert not view.inspector.isVisible()
