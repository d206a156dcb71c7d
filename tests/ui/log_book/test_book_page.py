"""The page of the log book: which book, its preview, printing and saving with progress and cancel, identities."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.cases.case_file import Disclosure
from tcd_desktop.domain.clocks.periods import Period
from tcd_desktop.domain.receptions.log_book import Receivers
from tcd_desktop.domain.terms import Classification
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.log_book.book_page import LogBookPage
from tcd_desktop.ui.receptions.list_page import ReceptionsPage
from tcd_desktop.ui.window.runner import InlineRunner, Runner
from tests.documents.reading import whole_text
from tests.ui.receptions.conftest import OFFSCREEN, PaperTray, logged, press

Show = Callable[[Any], Any]
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KIN: dict[str, Any] = {
    "classification": Classification.DENUNCIATION,
    "name": "Phạm Thị Kín",
    "id_number": "001166054321",
}
WHY = "Đoàn thanh tra yêu cầu"
pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)


@pytest.fixture
def page(office: OpenOffice, runner: InlineRunner, tray: PaperTray, shown: Show) -> LogBookPage:
    for _ in range(3):
        logged(office)
    logged(office, **KIN)
    made: LogBookPage = shown(LogBookPage(office, runner, printing=tray))
    return made


def saved_text(tray: PaperTray) -> str:
    return whole_text(tray.saved[-1].read_bytes())


def reveal(page: LogBookPage, reason: str = WHY) -> None:
    page.choices.reason.set_value(reason)
    page.choices.open.click()


def test_the_book_of_this_month_is_counted_and_seen_at_once(page: LogBookPage) -> None:
    assert page.choices.period.value() == Period.MONTH
    assert page.choices.count.text() == "4 lines" and page.print.isEnabled()
    assert "1 denouncer is left out" in page.choices.secret_words.text()
    query = page.choices.query()
    assert query is not None and (query.since, query.until) == (date(2026, 11, 1), date(2026, 11, 23))


def test_days_of_its_own_and_days_the_wrong_way_round(page: LogBookPage) -> None:
    page.choices.since.set_value(date(2026, 11, 21))
    page.choices._days_typed(None)
    assert page.choices.count.text() == "No visit in these days." and not page.print.isEnabled()
    page.choices.until.set_value(date(2026, 11, 1))
    page.choices._days_typed(None)
    assert page.choices.until.problem() and page.choices.query() is None and not page.save.isEnabled()
    page.print_book()
    page.save_pdf()
    assert not page.strip.busy


def test_only_some_visits(page: LogBookPage) -> None:
    page.choices.classification.set_value(Classification.DENUNCIATION)
    page.choices.classification.changed.emit(Classification.DENUNCIATION)
    assert page.choices.count.text() == "1 line"
    page.choices.received_by.set_value(Receivers.HEAD)
    page.choices.received_by.changed.emit(Receivers.HEAD)
    assert page.choices.count.text() == "No visit in these days."


def test_the_pdf_and_the_table_are_saved_by_their_keys_without_the_denouncer(
    page: LogBookPage, tray: PaperTray, tmp_path: Path
) -> None:
    press(Qt.Key.Key_S, CONTROL)
    assert tray.saved[0].name == "so-tiep-cong-dan-2026-11-01-2026-11-23.pdf"
    assert "Nguyễn Thị Ẩn" in saved_text(tray) and "Kín" not in saved_text(tray)
    assert "saved in so-tiep-cong-dan" in page.strip.message.text()
    asked: list[str] = []

    def ask(name: str, parent: Any) -> Path:
        asked.append(name)
        return tmp_path / name

    page.ask_table = ask
    press(Qt.Key.Key_X, CONTROL | SHIFT)
    cells = [
        cell for row in openpyxl.load_workbook(tmp_path / asked[0]).active.iter_rows(values_only=True) for cell in row
    ]
    assert any("Nguyễn Thị Ẩn" in str(cell) for cell in cells) and not any("Kín" in str(cell) for cell in cells)


def test_the_whole_book_goes_to_the_printer_on_its_side(page: LogBookPage, tray: PaperTray) -> None:
    press(Qt.Key.Key_P, CONTROL)
    (sheet,) = tray.sheets
    document = pypdfium2.PdfDocument(sheet)
    sizes = {tuple(round(side / 72 * 25.4) for side in one.get_size()) for one in document}
    document.close()
    assert sizes == {(297, 210)} and tray.titles == ["03/TCD"]
    assert "sent to the printer" in page.strip.message.text()
    assert not [one for one in page._office.home.iterdir() if one.name.startswith("tmp")]


def test_without_a_printer_that_is_said(page: LogBookPage, tray: PaperTray) -> None:
    tray.present = False
    page.print_book()
    assert "no printer" in page.strip.message.text() and not tray.sheets


def test_identities_stand_in_the_book_after_a_reason_and_not_after_leaving(
    page: LogBookPage, tray: PaperTray, office: OpenOffice
) -> None:
    reveal(page, "vì")
    assert page.choices.reason.problem() and office.store.all(Disclosure) == []
    reveal(page)
    (kept,) = office.store.all(Disclosure)
    assert WHY in kept.reason and "stands in this book" in page.choices.secret_words.text()
    page.save_pdf()
    assert "Phạm Thị Kín" in saved_text(tray) and WHY in saved_text(tray)
    page.left()
    page.save_pdf()
    assert "Kín" not in saved_text(tray) and len(office.store.all(Disclosure)) == 1


def test_another_book_closes_the_identities(page: LogBookPage, tray: PaperTray) -> None:
    reveal(page)
    page.choices.period.set_value(Period.YEAR)
    page.choices.period.changed.emit(Period.YEAR)
    page.save_pdf()
    assert "Kín" not in saved_text(tray) and "left out" in page.choices.secret_words.text()


def test_a_file_that_is_open_elsewhere_is_told(page: LogBookPage, tray: PaperTray) -> None:
    tray.folder = tray.folder / "nowhere"
    page.save_pdf()
    assert "cannot be written" in page.strip.message.text() and page.save.isEnabled()


def test_a_long_book_is_cancelled_where_it_was_started_and_leaves_nothing(
    office: OpenOffice,
    threads: Runner,
    tray: PaperTray,
    shown: Show,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from tcd_desktop.store.lists import log_book as stored

    logged(office)
    real = stored.book_lines

    def a_hundred_thousand(connection: Any, query: Any, **more: Any) -> Any:
        (line,) = real(connection, query, **more)
        for _ in range(100_000):
            yield line

    monkeypatch.setattr(stored, "book_lines", a_hundred_thousand)
    page: LogBookPage = shown(LogBookPage(office, threads, printing=tray))
    qtbot.waitUntil(lambda: page.save.isEnabled(), timeout=20_000)
    page.save_pdf()
    assert page.strip.busy and not page.can_close() and not page.choices.isEnabled()
    qtbot.waitUntil(lambda: "of" in page.strip.words.text(), timeout=20_000)
    page.strip.cancel.click()
    qtbot.waitUntil(lambda: not page.strip.busy, timeout=20_000)
    assert page.strip.message.text() == "Cancelled. Nothing was written." and page.can_close()
    assert not list(tmp_path.glob("so-*")) and not list(tmp_path.glob(".tcd-*"))
    page.print_book()
    qtbot.waitUntil(lambda: "of" in page.strip.words.text(), timeout=20_000)
    page.strip.cancel.click()
    qtbot.waitUntil(lambda: not page.strip.busy, timeout=20_000)
    assert not [one for one in office.home.iterdir() if one.name.startswith("tmp")]


def test_the_list_of_visits_leads_here_by_a_key_and_by_its_button(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show
) -> None:
    logged(office)
    listed: ReceptionsPage = shown(ReceptionsPage(office, runner, keeper, printing=tray))
    pushed: list[Any] = []
    listed.pushRequest.connect(pushed.append)
    listed.list.setFocus()
    press(Qt.Key.Key_B, CONTROL | SHIFT)
    (page,) = pushed
    assert isinstance(page, LogBookPage)
    shown(page)
