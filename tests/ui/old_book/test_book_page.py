"""The wizard in a real window: by keyboard from the file to the log, and back out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.old_book.old_book_columns import BookColumn
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.old_book.old_book_plan import Fate
from tcd_desktop.settings import Keeper, Settings, load
from tcd_desktop.ui.look import look
from tcd_desktop.ui.old_book.book_page import COLUMNS, FILE, PREVIEW, RESULT, OldBookPage
from tcd_desktop.ui.old_book.preview_rows import ROLE_CELL
from tcd_desktop.ui.window.runner import InlineRunner, Runner
from tests.offices import make_office
from tests.old_books_made import LINES, SECRET_WORDS, in_tcvn3, make_excel


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("en")
    look.apply(qapp, "light", 100)
    yield
    i18n.set_language(before)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    opened = make_office(tmp_path / "ward")
    yield opened
    opened.close()


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(Settings(), tmp_path / "settings.json")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make_excel(
        tmp_path / "So 2026.xlsx", styled=lambda row: (in_tcvn3, ".VnTime") if row == 0 else (str, "Arial")
    )


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[QWidget], Any]:
    def shown(page: QWidget) -> QWidget:
        qtbot.addWidget(page)
        page.resize(1182, 656)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    return shown


def visits(office: OpenOffice) -> list[Reception]:
    return office.store.all(Reception, "removed = '' ORDER BY year, number")


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key in what has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)


def test_a_book_goes_from_the_file_into_the_log_by_keyboard_alone(
    office: OpenOffice, keeper: Keeper, book: Path, show: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = show(OldBookPage(office, InlineRunner(), keeper))
    page.activated()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(book), ""))
    assert QApplication.focusWidget() is page.file.drop.button
    press(Qt.Key.Key_Space)
    assert page.stack.currentIndex() == COLUMNS
    assert page.columns.opened is not None and page.columns.opened.facts.year == 2026
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.stack.currentIndex() == PREVIEW and visits(office) == []
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.stack.currentIndex() == RESULT
    assert [visit.number for visit in visits(office)] == [1, 2, 3, 4]
    assert visits(office)[0].name == "Nguyễn Thị ẩn".replace("ẩn", "Ẩn")


def test_escape_goes_one_step_back_and_keeps_what_was_chosen(
    office: OpenOffice, keeper: Keeper, book: Path, show: Any
) -> None:
    page = show(OldBookPage(office, InlineRunner(), keeper))
    page.open_path(book)
    page.go_on()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.stack.currentIndex() == COLUMNS and page.columns.opened is not None
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.stack.currentIndex() == FILE and visits(office) == []


def test_the_preview_shows_both_sides_the_reason_and_no_secret(
    office: OpenOffice, keeper: Keeper, book: Path, show: Any
) -> None:
    page = show(OldBookPage(office, InlineRunner(), keeper))
    page.open_path(book)
    page.go_on()
    model, plan = page.preview.model, page.prepared.plan
    assert model.rowCount() == len(LINES)
    assert {fate: plan.count(fate) for fate in Fate} == {
        Fate.READY: 2, Fate.DOUBTFUL: 2, Fate.REFUSED: 2, Fate.KNOWN: 0,
    }  # fmt: skip
    name = model.index(0, 4).data(ROLE_CELL)
    assert name.after == "Nguyễn Thị Ẩn" and name.before == in_tcvn3(LINES[0][2]) and "TCVN3" in name.why
    shown = "\n".join(
        str(model.index(row, column).data(role) or "")
        for row in range(model.rowCount())
        for column in range(model.columnCount())
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    )
    assert not any(word in shown for word in SECRET_WORDS) and "001056012345" in shown
    page.preview.view.set_index(2)
    page.preview._show_view(2)
    assert model.rowCount() == 2 and "“không rõ”" in page.preview.detail.text()


def test_a_doubt_about_a_denouncer_tells_no_number(
    office: OpenOffice, keeper: Keeper, tmp_path: Path, show: Any
) -> None:
    secret = (1, "5/9/26", "Phạm Thị Kín - Số 9 ngách Bí Mật", 1166054321, "Tố cáo việc thu tiền", "TC", 1, *[""] * 6)
    page = show(OldBookPage(office, InlineRunner(), keeper))
    page.open_path(make_excel(tmp_path / "a.xlsx", [secret]))
    page.go_on()
    assert "zero" in page.preview.detail.text() and "1166054321" not in page.preview.detail.text()


def test_no_sample_of_a_column_names_a_denouncer(office: OpenOffice, keeper: Keeper, tmp_path: Path, show: Any) -> None:
    page = show(OldBookPage(office, InlineRunner(), keeper))
    page.open_path(make_excel(tmp_path / "a.xlsx", [LINES[3], LINES[0]]))
    from PySide6.QtWidgets import QLabel

    shown = "\n".join(label.text() for label in page.columns.findChildren(QLabel))
    assert "Nguyễn Thị Ẩn" in shown and not any(word in shown for word in SECRET_WORDS)


def test_a_mapping_is_remembered_for_books_with_the_same_headings(
    office: OpenOffice, keeper: Keeper, book: Path, tmp_path: Path, show: Any
) -> None:
    page = show(OldBookPage(office, InlineRunner(), keeper))
    page.open_path(book)
    combo = page.columns.combos[12]
    combo.setCurrentIndex(combo.findData(BookColumn.RECEIVER))
    combo.activated.emit(combo.currentIndex())
    page.go_on()
    again = Keeper(load(tmp_path / "settings.json"), tmp_path / "settings.json")
    other = show(OldBookPage(office, InlineRunner(), again))
    other.open_path(make_excel(tmp_path / "other.xlsx", LINES[:2]))
    assert other.columns.opened.layout.columns[12] is BookColumn.RECEIVER and other.columns.opened.remembered


def test_a_meaning_holds_for_one_column_and_a_missing_one_stops(
    office: OpenOffice, keeper: Keeper, book: Path, show: Any
) -> None:
    page = show(OldBookPage(office, InlineRunner(), keeper))
    page.open_path(book)
    combo = page.columns.combos[12]
    combo.setCurrentIndex(combo.findData(BookColumn.DATE))
    combo.activated.emit(combo.currentIndex())
    assert page.columns.opened.layout.columns[1] is BookColumn.IGNORE
    first = page.columns.combos[12]
    first.setCurrentIndex(first.findData(BookColumn.IGNORE))
    first.activated.emit(first.currentIndex())
    assert not page.next.isEnabled() and "Date of the visit" in page.columns.message.text()


def test_the_heading_row_can_be_corrected(office: OpenOffice, keeper: Keeper, book: Path, show: Any) -> None:
    page = show(OldBookPage(office, InlineRunner(), keeper))
    page.open_path(book)
    assert page.columns.heading.value() == 5
    page.columns.heading.set_value(4)
    page.columns.heading.left.emit()
    assert page.columns.opened.layout.last == 3
    page.columns.heading.set_value(400)
    page.columns.heading.left.emit()
    assert page.columns.heading.problem() and page.columns.opened.layout.last == 3


def test_the_whole_import_is_taken_back_and_put_back_in_the_window(
    office: OpenOffice, keeper: Keeper, book: Path, show: Any
) -> None:
    page = show(OldBookPage(office, InlineRunner(), keeper))
    page.open_path(book)
    page.go_on()
    page.go_on()
    page.result.take_back.click()
    assert visits(office) == [] and page.result.take_back.isHidden()
    page.result.again.click()
    (row,) = page.file.rows.values()
    row.button.click()
    assert [visit.number for visit in visits(office)] == [1, 2, 3, 4]
    (row,) = page.file.rows.values()
    row.button.click()
    row.confirm.click()
    assert row.reason.problem() and len(visits(office)) == 4
    row.reason.set_value("nhập nhầm sổ của phường khác")
    row.confirm.click()
    assert visits(office) == []


def test_refused_rows_are_written_mended_and_taken_without_doubles(
    office: OpenOffice, keeper: Keeper, book: Path, tmp_path: Path, show: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import openpyxl

    monkeypatch.setattr("tcd_desktop.ui.old_book.book_page.QDesktopServices.openUrl", lambda _url: True)
    page = show(OldBookPage(office, InlineRunner(), keeper))
    page.open_path(book)
    page.go_on()
    page.go_on()
    page.write_refused(tmp_path / "rest.xlsx")
    written = openpyxl.load_workbook(tmp_path / "rest.xlsx")
    sheet = written.active
    assert sheet.cell(2, 14).value == "Lý do chưa nhập được" and "không rõ" in sheet.cell(3, 14).value
    assert [sheet.cell(row, 1).value for row in (3, 4)] == ["5", "6"]
    sheet.cell(3, 2).value = "8/9/2026"
    sheet.cell(4, 5).value = "Khiếu nại việc cấp giấy chứng nhận"
    written.save(tmp_path / "rest.xlsx")
    page.result.again.click()
    page.open_path(tmp_path / "rest.xlsx")
    page.go_on()
    page.go_on()
    assert [visit.number for visit in visits(office)] == [1, 2, 3, 4, 5, 6]
    page.result.again.click()
    page.open_path(tmp_path / "rest.xlsx")
    page.go_on()
    assert page.prepared.plan.count(Fate.KNOWN) == 2 and not page.next.isEnabled()


@pytest.mark.parametrize(("content", "words"), [(b"", "empty"), (b"PK\x03\x04" + b"\x00" * 200, "damaged")])
def test_a_file_that_is_no_book_gets_a_sentence(
    office: OpenOffice, keeper: Keeper, tmp_path: Path, show: Any, content: bytes, words: str
) -> None:
    (tmp_path / "bad.xlsx").write_bytes(content)
    page = show(OldBookPage(office, InlineRunner(), keeper))
    page.open_path(tmp_path / "bad.xlsx")
    assert page.stack.currentIndex() == FILE and words in page.file.message.text()


def test_a_file_is_dropped_onto_the_page(office: OpenOffice, keeper: Keeper, book: Path, show: Any) -> None:
    page = show(OldBookPage(office, InlineRunner(), keeper))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(book))])
    event = QDropEvent(
        QPointF(40, 40), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.file.dropEvent(event)
    assert page.stack.currentIndex() == COLUMNS


def test_a_cancelled_import_leaves_nothing(
    qtbot: QtBot, office: OpenOffice, keeper: Keeper, tmp_path: Path, show: Any
) -> None:
    lines = [(n, f"{1 + n % 28}/9/2026", "Nguyễn Văn Ẩn - Số 1 phố Mẫu", "", f"Kiến nghị {n}", "KNPA", 1, *[""] * 6)
             for n in range(1, 400)]  # fmt: skip
    runner = Runner()
    page = show(OldBookPage(office, runner, keeper))
    page.open_path(make_excel(tmp_path / "many.xlsx", lines))
    qtbot.waitUntil(lambda: page.stack.currentIndex() == COLUMNS and not page.busy(), timeout=20_000)
    page.go_on()
    qtbot.waitUntil(lambda: page.stack.currentIndex() == PREVIEW and not page.busy(), timeout=20_000)
    page.go_on()
    assert not page.can_close()
    page.cancel()
    qtbot.waitUntil(lambda: not page.busy(), timeout=20_000)
    assert visits(office) == [] and page.stack.currentIndex() == PREVIEW and "Stopped" in page.preview.message.text()
    runner.close()
