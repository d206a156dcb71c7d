"""The recycle bin under the hands of an officer: removing with a reason, restoring, missing numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.cases.cases_page import CasesPage
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.look import look
from tcd_desktop.ui.receptions.list_page import ReceptionsPage
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.recycle import bin_page
from tcd_desktop.ui.recycle.bin_page import BIN, GAPS, RecyclePage
from tcd_desktop.ui.recycle.bin_words import gap_numbers, gap_sentence
from tcd_desktop.ui.recycle.removing import RemoveDialog
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, SECRET, SECRET_WORDS, enrol, make_district, make_office

WHY = "Logged twice"
CTRL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    i18n.set_language("en")
    look.apply(qapp, "light", 100)
    yield
    i18n.set_language(i18n.DEFAULT)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(Settings(), tmp_path / "s.json")


@pytest.fixture
def runner() -> InlineRunner:
    return InlineRunner()


def show(qtbot: QtBot, page: Any, runner: InlineRunner) -> Any:
    runner.changed.connect(page.store_changed)
    qtbot.addWidget(page)
    page.resize(1180, 640)
    page.show()
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    page.setFocus()
    return page


def keyboard_on(widget: QWidget) -> None:
    """As if it had been clicked."""
    widget.window().activateWindow()
    widget.setFocus()
    QApplication.processEvents()
    assert QTest.qWaitForWindowActive(widget.window())


def typed(editor: QLineEdit, text: str) -> None:
    """Instead of what stands there; letters with marks come through the input method."""
    editor.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)


def dialog_of(page: Any) -> RemoveDialog:
    (dialog,) = page.findChildren(RemoveDialog)
    keyboard_on(dialog.reason.editor)
    return dialog


def told(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_a_visit_is_removed_from_the_list_by_keyboard_with_a_reason(
    qtbot: QtBot, office: OpenOffice, runner: InlineRunner, keeper: Keeper
) -> None:
    visit = office.receptions.log(DRAFT, open_case=True).value
    page = show(qtbot, ReceptionsPage(office, runner, keeper), runner)
    page.list.choose(visit.id)
    qtbot.waitUntil(lambda: page.view is not None, timeout=2000)
    keyboard_on(page.list.table)
    QTest.keyClick(page.list.table, Qt.Key.Key_Delete, CTRL)
    dialog = dialog_of(page)
    assert "1/2026 stays taken" in told(dialog) and "HS 1/2026 has no other visit" in told(dialog)
    QTest.keyClick(dialog.reason.editor, Qt.Key.Key_Return, CTRL)
    assert "Write the reason" in dialog.reason.problem() and not office.receptions.find(visit.id).removed
    for letter in WHY:
        QTest.keyClick(dialog.reason.editor, letter)
    QTest.keyClick(dialog.reason.editor, Qt.Key.Key_Return, CTRL)
    assert office.receptions.find(visit.id).removed == WHY == office.store.all(CaseFile)[0].removed
    assert page.model.rowCount() == 0


def test_a_reason_that_names_the_denouncer_is_pointed_out_and_never_stopped(
    qtbot: QtBot, office: OpenOffice, runner: InlineRunner, keeper: Keeper
) -> None:
    visit = office.receptions.log(SECRET).value
    page = show(qtbot, VisitPage(office, runner, keeper, visit.id), runner)
    QTest.keyClick(page, Qt.Key.Key_Delete, CTRL)
    dialog = dialog_of(page)
    typed(dialog.reason.editor, f"Bà {SECRET_WORDS[0]} xin rút")
    assert "the denouncer" in dialog.reason.problem() and SECRET_WORDS[0] not in dialog.reason.problem()
    typed(dialog.reason.editor, "Người tố cáo xin rút")
    assert not dialog.reason.problem()
    typed(dialog.reason.editor, f"Gọi {SECRET_WORDS[3]}")
    assert dialog.reason.problem()
    QTest.keyClick(dialog.reason.editor, Qt.Key.Key_Return, CTRL)
    assert office.receptions.find(visit.id).removed


def test_the_page_of_a_removed_visit_says_so_and_offers_only_to_restore_it(
    qtbot: QtBot, office: OpenOffice, runner: InlineRunner, keeper: Keeper
) -> None:
    visit = office.receptions.log(DRAFT).value
    office.recycle.remove("reception", visit.id, WHY)
    page = show(qtbot, VisitPage(office, runner, keeper, visit.id), runner)
    assert WHY in page.message.text()
    QTest.keyClick(page, Qt.Key.Key_E, CTRL)
    page.acts.do("amend")
    page.acts.do("restore")
    assert office.receptions.find(visit.id) == visit
    assert page.message.text() == ""


def test_a_line_of_the_bin_is_restored_by_keyboard(
    qtbot: QtBot, office: OpenOffice, runner: InlineRunner, keeper: Keeper
) -> None:
    visit = office.receptions.log(DRAFT).value
    secret = office.receptions.log(SECRET).value
    for one in (visit, secret):
        office.recycle.remove("reception", one.id, WHY)
    page = show(qtbot, RecyclePage(office, runner, keeper), runner)
    assert page.list.table.model().rowCount() == 2
    page.list.choose(f"reception {office.office.id} {secret.id}")
    qtbot.waitUntil(lambda: "Kept secret" in told(page.pane), timeout=2000)
    assert not any(word in told(page) for word in SECRET_WORDS)
    QTest.keyClick(page.list.table, Qt.Key.Key_Return, CTRL)
    assert office.receptions.find(secret.id).removed == ""
    assert page.list.table.model().rowCount() == 1


def test_a_long_bin_says_that_it_shows_a_part_and_shows_more(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bin_page, "MOST", 2)
    for _each in range(5):
        office.recycle.remove("reception", office.receptions.log(DRAFT).value.id, WHY)
    page = show(qtbot, RecyclePage(office, runner, keeper), runner)
    assert page.count.text() == "2 of 5 records, the latest of each kind" and page.more.isVisible()
    page.more.click()
    assert page.count.text().startswith("4 of 5") and page.list.model.rowCount() == 4
    page.more.click()
    assert page.count.text() == "5 records" and not page.more.isVisible()


def test_enter_opens_what_lies_in_the_bin(
    qtbot: QtBot, office: OpenOffice, runner: InlineRunner, keeper: Keeper
) -> None:
    visit = office.receptions.log(DRAFT).value
    office.recycle.remove("reception", visit.id, WHY)
    page = show(qtbot, RecyclePage(office, runner, keeper), runner)
    gone: list[tuple[str, object]] = []
    page.goRequest.connect(lambda desk, argument: gone.append((desk, argument)))
    page.list.choose(f"reception {office.office.id} {visit.id}")
    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    assert gone == [("receptions", visit.id)]


def test_missing_numbers_are_explained_beside_the_bin(
    qtbot: QtBot, office: OpenOffice, runner: InlineRunner, keeper: Keeper
) -> None:
    for _ in range(3):
        last = office.receptions.log(DRAFT).value
    page = show(qtbot, RecyclePage(office, runner, keeper, gaps=True), runner)
    assert page.stack.currentIndex() == GAPS and page.gaps.rows.rows == ()
    with office.store.writing() as connection:
        connection.exec_driver_sql("UPDATE counter SET last = 7 WHERE book = 'reception'")
    runner.write(lambda _progress: office.receptions.log(DRAFT))
    runner.write(lambda _progress: office.recycle.remove("reception", last.id, WHY))
    assert [(gap_numbers(gap), gap_sentence(gap)[:14]) for gap in page.gaps.rows.rows] == [
        ("3", WHY),
        ("4–7", "These numbers "),
    ]
    page.views.buttons[BIN].click()
    assert page.stack.currentIndex() == BIN


def test_a_case_is_removed_and_restored_from_its_list(
    qtbot: QtBot, office: OpenOffice, runner: InlineRunner, keeper: Keeper, tmp_path: Path
) -> None:
    visit = office.receptions.log(DRAFT, open_case=True).value
    files = OpenedFiles()
    page = show(qtbot, CasesPage(office, runner, keeper, files=files), runner)
    page.view.choose(visit.case)
    qtbot.waitUntil(lambda: page.hands.shown == visit.case, timeout=2000)
    keyboard_on(page.view.table)
    QTest.keyClick(page.view.table, Qt.Key.Key_Delete, CTRL)
    dialog = dialog_of(page)
    dialog.reason.set_value("Opened twice")
    dialog.accept_values()
    assert office.cases.find(visit.case).removed == "Opened twice"
    assert office.receptions.find(visit.id).case is None
    page.open_case(visit.case)
    files.close()


def test_the_superior_office_reads_the_bins_of_its_wards_and_changes_nothing(
    qtbot: QtBot, tmp_path: Path, runner: InlineRunner, keeper: Keeper
) -> None:
    ward, district, stick = make_office(tmp_path / "ward"), make_district(tmp_path / "district"), tmp_path / "stick"
    stick.mkdir()
    try:
        enrol(ward, district, stick)
        visit = ward.receptions.log(DRAFT).value
        ward.recycle.remove("reception", visit.id, WHY)
        files = [one.path for one in ward.outbox.export(stick)]
        assert all(result.outcome == "applied" for result in district.inbox.take(files))
        page = show(qtbot, RecyclePage(district, runner, keeper), runner)
        assert page.views.isHidden()
        (line,) = page.rows.rows
        assert (line.number, line.why, line.who, line.office) == ("1/2026", WHY, "Lê Thị Thử", "P-01")
        page.list.choose(f"reception P-01 {visit.id}")
        page.restore_chosen()
        assert district.receptions.find(visit.id).removed == WHY
        qtbot.waitUntil(lambda: "UBND phường P-01" in told(page.pane), timeout=2000)
        assert not page.restore.isVisible()
    finally:
        ward.close()
        district.close()
