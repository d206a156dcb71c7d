"""The month's report in its window: written sections, the paper beside them, files, making it and reading it again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.reports.sent_report import ReportKind
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.look import look
from tcd_desktop.ui.reports.monthly_page import MonthlyPage
from tcd_desktop.ui.reports.reports_page import ReportsPage
from tcd_desktop.ui.reports.sent_page import SentPage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.documents.reading import whole_text
from tests.offices import SECRET_WORDS
from tests.ui.reports.desk import CTRL, keyboard_on, make_world, show, told

pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    i18n.set_language("en")
    look.apply(qapp, "light", 100)
    yield
    i18n.set_language(i18n.DEFAULT)


@pytest.fixture
def runner() -> InlineRunner:
    return InlineRunner()


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(Settings(), tmp_path / "s.json")


@pytest.fixture
def district(tmp_path: Path) -> Iterator[OpenOffice]:
    made, wards = make_world(tmp_path)
    yield made
    for ward in wards:
        ward.close()
    made.close()


@pytest.fixture
def page(district: OpenOffice, runner: InlineRunner, keeper: Keeper, qtbot: QtBot) -> MonthlyPage:
    made: MonthlyPage = show(qtbot, MonthlyPage(district, runner, keeper), runner)
    return made


def save(page: MonthlyPage | SentPage, folder: Path, key: Qt.Key, *, shift: bool = False) -> Path:
    found: list[Path] = []

    def ask(name: str, _kinds: str, _parent: QWidget) -> Path:
        found.append(folder / name)
        return folder / name

    page.saver.ask = ask
    keyboard_on(page)
    QTest.keyClick(page, key, CTRL | Qt.KeyboardModifier.ShiftModifier if shift else CTRL)
    assert found and found[0].stat().st_size > 1000
    return found[0]


def test_one_key_of_the_desk_opens_the_month_and_one_more_saves_it(
    district: OpenOffice, runner: InlineRunner, keeper: Keeper, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = show(qtbot, ReportsPage(district, runner, keeper), runner)
    opened: list[QWidget] = []
    desk.pushRequest.connect(opened.append)
    QTest.keyClick(desk, Qt.Key.Key_M, CTRL)
    assert isinstance(opened[0], MonthlyPage)
    page = show(qtbot, opened[0], runner)
    assert page.chooser.period.code == "2026-m11"
    path = save(page, tmp_path, Qt.Key.Key_P)
    text = whole_text(path.read_bytes())
    assert path.name == "bao-cao-2026-m11-thang.pdf"
    assert "đã tiếp 7 lượt" in text and "Phường Một" in text and "Kính gửi: UBND quận Thử Nghiệm" in text
    assert not any(word in text for word in SECRET_WORDS)


def test_the_paper_is_seen_before_it_is_saved(page: MonthlyPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.preview.pages() > 0)
    assert "đã tiếp 7 lượt" in whole_text(page.preview.pdf())


def test_what_is_written_is_kept_at_once_and_stands_in_the_files(
    page: MonthlyPage, district: OpenOffice, tmp_path: Path
) -> None:
    assert "2 sections are not written yet" in told(page)
    page.editors["assessment"].setPlainText("Tình hình ổn định.\n= 1 + 1")
    path = save(page, tmp_path, Qt.Key.Key_P)
    assert "Tình hình ổn định." in whole_text(path.read_bytes())
    assert [one.text for one in district.reports.entries("2026-m11")] == ["Tình hình ổn định.\n= 1 + 1"]
    assert "1 section is not written yet" in told(page)
    book = openpyxl.load_workbook(save(page, tmp_path, Qt.Key.Key_X, shift=True))
    assert len(book.sheetnames) == 8
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "Tình hình ổn định.\n= 1 + 1" in [cell.value for cell in cells]
    assert all(cell.data_type != "f" for cell in cells), "what is written is never reckoned"


def test_what_was_typed_belongs_to_the_period_it_was_typed_for(page: MonthlyPage, district: OpenOffice) -> None:
    page.editors["proposals"].setPlainText("Đề nghị bổ sung biên chế.")
    page.chooser.step(-1)
    assert page.editors["proposals"].toPlainText() == ""
    assert [one.column for one in district.reports.entries("2026-m11")] == ["proposals"]
    assert district.reports.entries("2026-m10") == []
    page.chooser.step(1)
    assert page.editors["proposals"].toPlainText() == "Đề nghị bổ sung biên chế."


def test_a_report_that_was_made_gives_the_same_paper_when_the_books_have_gone_on(
    page: MonthlyPage, district: OpenOffice, runner: InlineRunner, keeper: Keeper, qtbot: QtBot, tmp_path: Path
) -> None:
    page.editors["assessment"].setPlainText("Tình hình ổn định.")
    before = whole_text(save(page, tmp_path, Qt.Key.Key_P).read_bytes())
    keyboard_on(page)
    QTest.keyClick(page, Qt.Key.Key_Return, CTRL)
    assert page.acts.dialog is not None
    page.acts.dialog.accept_values()
    (report,) = district.reports.reports()
    assert report.kind is ReportKind.MONTHLY and "not sent" in told(page)
    district.reports.write_part("2026-m11", "month", "assessment", "Đã sửa.")
    opened: list[QWidget] = []
    page.pushRequest.connect(opened.append)
    page.open_standing()
    sent = opened[0]
    assert isinstance(sent, SentPage)
    show(qtbot, sent, runner)
    assert whole_text(save(sent, tmp_path, Qt.Key.Key_P).read_bytes()) == before
    kept = openpyxl.load_workbook(save(sent, tmp_path, Qt.Key.Key_X, shift=True))
    assert kept["I"]["B7"].value == 3, "a figure is a number again"
    QTest.keyClick(sent, Qt.Key.Key_Return, CTRL)
    dialog = sent.acts.dialog
    assert dialog is not None
    dialog.fields["number"].set_value("45/BC-TTr")
    dialog.accept_values()
    assert "Số: 45/BC-TTr" in whole_text(save(sent, tmp_path, Qt.Key.Key_P).read_bytes())


def test_a_ward_has_its_month_too(tmp_path: Path, runner: InlineRunner, keeper: Keeper, qtbot: QtBot) -> None:
    from tests.ui.reports.desk import make_ward

    office = make_ward(tmp_path / "ward")
    page = show(qtbot, MonthlyPage(office, runner, keeper), runner)
    text = whole_text(save(page, tmp_path, Qt.Key.Key_P).read_bytes())
    assert "Kính gửi: UBND quận Thử Nghiệm" in text and "đã tiếp 3 lượt" in text
    page.close()
    office.close()
