"""Finding visits: filters as chips, filters under a name, columns, dividers, the list as a table file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.clocks.periods import Period
from tcd_desktop.domain.office import Office
from tcd_desktop.domain.terms import Classification, Direction, OfficeKind
from tcd_desktop.open_office import OfficeForm, OpenOffice, found_office
from tcd_desktop.settings import Keeper, SavedFilter
from tcd_desktop.store.closed.vault import Cost
from tcd_desktop.ui.lists.column_chooser import ColumnChooser
from tcd_desktop.ui.lists.list_columns import ROLE_DIVIDER
from tcd_desktop.ui.receptions.list_page import ReceptionsPage
from tcd_desktop.ui.receptions.source import ListChoice, Waiting
from tcd_desktop.ui.today.choices import DayChoice, DueChoice
from tcd_desktop.ui.window.runner import InlineRunner
from tests.ui.receptions.conftest import NOW, OFFSCREEN, logged, press, type_here

Show = Callable[[Any], Any]


@pytest.fixture
def page(office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show) -> ReceptionsPage:
    made: ReceptionsPage = shown(ReceptionsPage(office, runner, keeper))
    runner.changed.connect(made.store_changed)
    return made


def names(page: ReceptionsPage) -> list[str]:
    return [page.model.record(row).name for row in range(page.model.rowCount())]


def chips(page: ReceptionsPage) -> list[str]:
    """The words of the chips that are shown."""
    QApplication.processEvents()
    found = [page.filters._flow.itemAt(at).widget() for at in range(page.filters._flow.count())]  # type: ignore[union-attr]
    return [
        widget.text() for widget in found if isinstance(widget, QPushButton) and widget.property("kind") == "suggestion"
    ]


def the_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def some_visits(office: OpenOffice) -> None:
    logged(office, name="Lê Văn Bé", date=date(2026, 11, 23), people=6)
    logged(
        office,
        name="Trần Thị Bưởi",
        date=date(2026, 9, 14),
        direction=Direction.GUIDE,
        guided_to="Tòa án",
        has_petition=True,
    )
    logged(
        office,
        name="Hoàng Chuyển",
        date=date(2026, 11, 2),
        direction=Direction.FORWARD,
        forwarded_to="Sở Xây dựng",
        classification=Classification.PETITION,
    )


@pytest.mark.qt_log_ignore(*OFFSCREEN)
def test_a_filter_is_chosen_by_keyboard_shown_as_a_chip_and_taken_away(
    page: ReceptionsPage, office: OpenOffice, qtbot: QtBot
) -> None:
    some_visits(office)
    page.store_changed(())
    page.list.focus_list()
    QTest.keyClick(
        page.list.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    menu = the_menu()
    action = next(one for one in menu.actions() if one.text() == "Five people or more")
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert names(page) == ["Lê Văn Bé"]
    assert chips(page) == ["Five people or more"]
    QApplication.processEvents()
    found = page.filters.findChildren(QPushButton)
    chip = next(button for button in found if button.text() == "Five people or more" and button.isVisible())
    assert chip.accessibleName() == "Take the filter away: Five people or more"
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    assert len(names(page)) == 3 and chips(page) == [] and not page.filters.isVisible()
    assert page.window().focusWidget() is page.filters.button


@pytest.mark.parametrize(
    ("values", "left"),
    [
        ({"period": "today"}, {"Lê Văn Bé"}),
        ({"period": "quarter"}, {"Lê Văn Bé", "Hoàng Chuyển"}),
        ({"period": "last_quarter"}, {"Trần Thị Bưởi"}),
        ({"since": "2026-09-01", "until": "2026-09-30"}, {"Trần Thị Bưởi"}),
        ({"direction": "forward"}, {"Hoàng Chuyển"}),
        ({"direction": "forward", "classification": "complaint"}, set()),
        ({"crowd": "yes", "period": "month"}, {"Lê Văn Bé"}),
    ],
)
def test_filters_together(page: ReceptionsPage, office: OpenOffice, values: dict[str, str], left: set[str]) -> None:
    some_visits(office)
    page.filters._apply(values)
    assert set(names(page)) == left


def test_other_days_are_typed_as_people_write_them(page: ReceptionsPage, office: OpenOffice) -> None:
    some_visits(office)
    page.filters._other_days()
    type_here("ngay nao")
    press(Qt.Key.Key_Return)
    assert page.filters.days.problem.text() == "Type a day like 5/9 or 05/09/2026."
    page.filters.days.since.clear()
    type_here("10/9")
    press(Qt.Key.Key_Tab)
    type_here("5/9")
    page.filters.days.until.setText("30/9")
    press(Qt.Key.Key_Return)
    assert chips(page) == ["10/09 - 30/09/2026"]
    assert names(page) == ["Trần Thị Bưởi"]


def test_other_places_choose_and_the_chips_say_so(page: ReceptionsPage, office: OpenOffice) -> None:
    some_visits(office)
    page.activated(DayChoice(since=date(2026, 11, 23), until=date(2026, 11, 23)))
    assert names(page) == ["Lê Văn Bé"] and chips(page) == ["23/11/2026"]
    page.activated(DueChoice(waiting=Waiting.OPEN, by=date(2026, 11, 30)))
    assert names(page) == ["Hoàng Chuyển", "Trần Thị Bưởi"][: len(names(page))]
    assert chips(page) == ["Answer due by: 30/11/2026"]
    page.waiting.chosen.emit(0)
    assert chips(page) == [] and len(names(page)) == 3


def test_a_filter_is_saved_under_a_name_used_moved_renamed_and_deleted(
    page: ReceptionsPage, office: OpenOffice, keeper: Keeper, qtbot: QtBot, shown: Show, runner: InlineRunner
) -> None:
    some_visits(office)
    page.filters._apply({"direction": "forward"})
    page.filters._save()
    type_here("Chuyển đi")
    press(Qt.Key.Key_Return)
    page.filters._apply({"crowd": "yes"})
    page.filters._save()
    type_here("Doan")
    press(Qt.Key.Key_Return)
    kept = (SavedFilter("Chuyển đi", {"direction": "forward"}), SavedFilter("Doan", {"crowd": "yes"}))
    assert keeper.value.filters["receptions"] == kept
    page.filters.clear()
    page.list.focus_list()
    QTest.keyClick(page.list.table, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert names(page) == ["Hoàng Chuyển"]
    page.filters.saved._move(kept[1], -1)
    page.filters.saved._rename(kept[0])
    type_here("Da chuyen")
    press(Qt.Key.Key_Return)
    assert [one.name for one in page.filters.saved.all] == ["Doan", "Da chuyen"]
    again: ReceptionsPage = shown(ReceptionsPage(office, runner, Keeper(path=keeper._path)))
    assert [button.text() for button in again.filters.saved.buttons({})] == ["Doan", "Da chuyen"]
    page.filters.saved._delete(page.filters.saved.all[0])
    page.filters.saved._pin(page.filters.saved.all[0], False)
    assert page.filters.saved.buttons({}) == [] and len(page.filters.saved.all) == 1


def test_what_a_filter_kept_and_the_program_no_longer_knows_is_left_out() -> None:
    choice = ListChoice(text="đất").with_values(
        {"direction": "to_mars", "crowd": "maybe", "slip": "no", "since": "gestern"}
    )
    assert choice == ListChoice(text="đất", slip=False)
    full = ListChoice(
        waiting=Waiting.OPEN, period=Period.WEEK, direction=Direction.REFUSE, crowd=True, slip=True, batch="b"
    )
    assert ListChoice().with_values(full.values()) == full


def test_people_called_so_then_mentions_then_other_marks_each_under_its_words(
    page: ReceptionsPage, office: OpenOffice
) -> None:
    logged(office, name="Đặng Thị Hóa", time=time(8, 1))
    logged(office, name="Lê Văn Bé", content="Nhà bà Hoà đổ rác", time=time(8, 2))
    logged(office, name="Đặng Thị Hoà", time=time(8, 3))
    page.search("Hòa")
    told = [page.model.index(row, 0).data(ROLE_DIVIDER) for row in range(page.model.rowCount())]
    assert names(page) == ["Đặng Thị Hoà", "Lê Văn Bé", "Đặng Thị Hóa"]
    assert told == [None, "In what was said, addresses and papers", "The same letters with other marks"]
    heights = [page.list.table.rowHeight(row) for row in range(3)]
    assert heights[1] == heights[2] > heights[0]
    page.search("Hoaa")
    assert page.model.index(0, 0).data(ROLE_DIVIDER) == "Nothing fits; similar"
    page.search("")
    assert {page.list.table.rowHeight(row) for row in range(3)} == {heights[0]}


def test_columns_are_shown_moved_and_put_back_by_keyboard(
    page: ReceptionsPage, office: OpenOffice, qtbot: QtBot
) -> None:
    some_visits(office)
    page.store_changed(())
    page.list.choose_columns()
    chooser = page.findChild(ColumnChooser)
    assert chooser is not None
    titles = [chooser.columns.item(at).text() for at in range(chooser.columns.count())]
    at = titles.index("Received by")
    chooser.columns.setCurrentRow(at)
    QTest.keyClick(chooser.columns, Qt.Key.Key_Space)
    for _ in range(at):
        QTest.keyClick(chooser.columns, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [column.key for column in page.list.layout_of_columns.visible()][:2] == ["receiver", "number"]
    assert chooser.columns.currentItem().text() == "Received by"
    chooser.compact.click()
    assert page.list.table.rowHeight(0) == 26
    chooser.reset.click()
    assert page.list.layout_of_columns.visible()[0].key == "number"
    assert page.list.table.rowHeight(0) == 32
    chooser.accept()


def test_the_list_shown_goes_into_a_table_file_as_it_is_shown(
    page: ReceptionsPage, office: OpenOffice, tmp_path: Path
) -> None:
    some_visits(office)
    secret = logged(
        office,
        classification=Classification.DENUNCIATION,
        name="Phạm Thị Kín",
        address="Ngách Bí Mật",
        date=date(2026, 11, 3),
        content="=Tố cáo " + "rất dài " * 60,
    )
    asked: list[str] = []

    def ask(name: str, _parent: object) -> Path:
        asked.append(name)
        return tmp_path / name

    page.export.ask = ask
    columns = page.list.layout_of_columns
    columns.show_column(next(one for one in columns.columns if one.key == "address"), True)
    page.filters._apply({"period": "month"})
    page.search("e")
    page.search("")
    page.save_table()
    assert asked == ["luot-tiep-2026-11-23.xlsx"]
    assert "3 lines were saved in luot-tiep-2026-11-23.xlsx" in page.export.message.text()
    sheet = load_workbook(tmp_path / asked[0]).worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][0] == "UBND phường Nguyễn Du"
    assert rows[2][0] == "Filter: This month (01/11 - 30/11/2026)"
    titles = [str(column.title) for column in columns.visible()]
    assert rows[5] == titles
    lines = [dict(zip(titles, row, strict=True)) for row in rows[6:]]
    assert [line["Citizen"] for line in lines] == ["Lê Văn Bé (+5)", "Kept secret", "Hoàng Chuyển"]
    assert lines[0]["Date"].date() == date(2026, 11, 23)
    masked = lines[1]
    assert masked["Address"] is None and masked["No."] == secret.book_number
    assert masked["Content"].startswith("=Tố cáo") and len(masked["Content"]) > 400
    text = str(rows)
    assert "Kín" not in text and "Bí Mật" not in text


def test_a_table_that_cannot_be_written_is_told_and_the_dialog_may_be_left(
    page: ReceptionsPage, office: OpenOffice, tmp_path: Path
) -> None:
    some_visits(office)
    page.store_changed(())
    page.export.ask = lambda _name, _parent: None
    page.save_table()
    assert not page.export.isVisible()
    page.export.ask = lambda name, _parent: tmp_path / "gone" / name
    page.save_table()
    assert "cannot be written" in page.export.message.text()


def test_the_ward_that_another_page_chose_stands_in_the_box(
    runner: InlineRunner, keeper: Keeper, shown: Show, tmp_path: Path
) -> None:
    above = found_office(
        tmp_path / "district",
        OfficeForm(kind=OfficeKind.DISTRICT, code="HBT", name="UBND quận Hai Bà Trưng"),
        "practice1",
        cost=Cost(1024, 1, 1),
        now=lambda: NOW,
    )
    try:
        with above.store.unit(act="test", officer="") as unit:
            for code, name in (("HBT-01", "UBND phường Nguyễn Du"), ("HBT-02", "UBND phường Bạch Đằng")):
                unit.put(Office(id=code, office="HBT", name=name, kind=OfficeKind.WARD))
            unit.commit()
        page: ReceptionsPage = shown(ReceptionsPage(above, runner, keeper))
        page.activated(ListChoice(office="HBT-02"))
        assert page.wards.currentText() == "UBND phường Bạch Đằng"
        page.show_all()
        assert page.wards.currentIndex() == 0
    finally:
        above.close()
