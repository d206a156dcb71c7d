"""The desk of reports under the hands of an officer: periods, figures and their records, checks, making, sending."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.reports.report_period import PeriodKind, quarter
from tcd_desktop.domain.reports.sent_report import ReportKind
from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.circular.tables import CODES
from tcd_desktop.services.reports.report_figures import TOTAL
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.look import look
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.reports import reports_page
from tcd_desktop.ui.reports.check_rows import Check
from tcd_desktop.ui.reports.counting_page import CountingPage
from tcd_desktop.ui.reports.figures_model import FiguresModel
from tcd_desktop.ui.reports.figures_table import FiguresTable
from tcd_desktop.ui.reports.records_page import RecordsPage
from tcd_desktop.ui.reports.report_reading import read_report
from tcd_desktop.ui.reports.reports_page import ReportsPage
from tcd_desktop.ui.reports.sent_page import SentPage
from tcd_desktop.ui.window.runner import InlineRunner, Runner
from tests.documents.reading import whole_text
from tests.offices import DRAFT, SECRET_WORDS
from tests.reports.circular_books import case, put, step
from tests.ui.reports.desk import CTRL, keyboard_on, make_ward, make_world, show, told

pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)
Q4 = quarter(2026, 4)


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
def threads() -> Iterator[Runner]:
    """Real threads, stopped after the widgets are closed: a page that goes may still ask for something."""
    runner = Runner()
    yield runner
    runner.close()


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(Settings(), tmp_path / "s.json")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_ward(tmp_path / "ward")
    yield made
    made.close()


@pytest.fixture
def page(office: OpenOffice, runner: InlineRunner, keeper: Keeper, qtbot: QtBot) -> ReportsPage:
    made: ReportsPage = show(qtbot, ReportsPage(office, runner, keeper), runner)
    return made


@pytest.fixture
def district(tmp_path: Path) -> Iterator[OpenOffice]:
    made, wards = make_world(tmp_path)
    yield made
    for ward in wards:
        ward.close()
    made.close()


def figure(page: ReportsPage, form: str, unit: str, column: int) -> int:
    model = page.tables[form].figures
    row = next(at for at, (code, _name) in enumerate(model.units) if code == unit)
    return model.value(model.index(row, column - 1))


def stand_on(page: ReportsPage, form: str, row: int, column: int) -> FiguresTable:
    table = page.tables[form]
    page.tabs.setCurrentWidget(table)
    table.setCurrentIndex(table.figures.index(row, column - 1))
    keyboard_on(table)
    return table


def pushed(page: ReportsPage) -> list[QWidget]:
    found: list[QWidget] = []
    page.pushRequest.connect(found.append)
    return found


# -- what is seen ------------------------------------------------------------------------------------------


def test_the_present_quarter_is_counted_at_once(page: ReportsPage) -> None:
    assert page.chooser.period == Q4 and page.tables["01/TCD"].figures.units == [("P-01", "UBND phường Một")]
    assert figure(page, "01/TCD", "P-01", 1) == 3 and figure(page, "01/TCD", "P-01", 5) == 3
    assert figure(page, "02/XLD", "P-01", 12) == 1, "the denunciation"
    assert [page.tabs.tabText(at) for at in range(6)] == list(CODES)
    assert "Not made yet" in told(page) and "15/09 - 14/12/2026" in told(page)


def test_the_model_of_every_table_keeps_its_promises(page: ReportsPage, qtmodeltester: object) -> None:
    for table in page.tables.values():
        qtmodeltester.check(table.figures)  # type: ignore[attr-defined]


def test_a_figure_says_what_it_is_to_a_screen_reader(page: ReportsPage) -> None:
    model = page.tables["01/TCD"].figures
    words = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith("Phường Một, column 1, ") and ": 3 lượt" in words


def test_keys_go_through_periods_and_tables(page: ReportsPage) -> None:
    QTest.keyClick(page, Qt.Key.Key_Left, CTRL | Qt.KeyboardModifier.AltModifier)
    assert page.chooser.period == quarter(2026, 3)
    assert page.shown is not None and page.shown.period == quarter(2026, 3)
    QTest.keyClick(page, Qt.Key.Key_Right, CTRL | Qt.KeyboardModifier.AltModifier)
    assert page.chooser.period == Q4
    QTest.keyClick(page, Qt.Key.Key_PageDown, CTRL)
    assert page.tabs.currentWidget() is page.tables["02/XLD"]
    QTest.keyClick(page, Qt.Key.Key_PageUp, CTRL)
    assert page.tabs.currentWidget() is page.tables["01/TCD"]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (PeriodKind.HALF_YEAR, "2026-6m"),
        (PeriodKind.NINE_MONTHS, "2026-9m"),
        (PeriodKind.YEAR, "2026-y"),
        (PeriodKind.MONTH, "2026-m11"),
    ],
)
def test_every_kind_of_period_is_a_button(page: ReportsPage, kind: PeriodKind, code: str) -> None:
    page.chooser.kinds.chosen.emit(list(PeriodKind).index(kind))
    assert page.chooser.period.code == code
    assert page.shown is not None and page.shown.period.code == code


def test_typed_days_are_a_period_too(page: ReportsPage) -> None:
    page.chooser.kinds.chosen.emit(list(PeriodKind).index(PeriodKind.DAYS))
    page.chooser.strip.since.setText("20/11/2026")
    page.chooser.strip.until.setText("20/11/2026")
    QTest.keyClick(page.chooser.strip.until, Qt.Key.Key_Return)
    assert page.chooser.period.code == "2026-11-20_2026-11-20" and figure(page, "01/TCD", "P-01", 1) == 0


def test_what_is_logged_meanwhile_is_counted(page: ReportsPage, office: OpenOffice, runner: InlineRunner) -> None:
    new = replace(DRAFT, id_number="001090011111", name="Lê Ba")
    runner.write(lambda _progress: office.receptions.log(new))
    assert figure(page, "01/TCD", "P-01", 1) == 4


def test_nobody_counts_while_nobody_looks(page: ReportsPage, office: OpenOffice, runner: InlineRunner) -> None:
    page.hide()
    before = page.shown
    new = replace(DRAFT, id_number="001090011111", name="Lê Ba")
    runner.write(lambda _progress: office.receptions.log(new))
    assert page.shown is before
    page.show()
    assert figure(page, "01/TCD", "P-01", 1) == 4


# -- records behind figures ----------------------------------------------------------------------------------


def test_enter_on_a_figure_opens_its_records_and_enter_there_the_record(
    page: ReportsPage, qtbot: QtBot, runner: InlineRunner
) -> None:
    opened = pushed(page)
    table = stand_on(page, "01/TCD", 0, 1)
    QTest.keyClick(table, Qt.Key.Key_Return)
    (records,) = opened
    assert isinstance(records, RecordsPage)
    assert len(records.rows.rows) == 3 and sum(row.member.amount for row in records.rows.rows) == 3
    show(qtbot, records, runner)
    assert "3 records" in told(records)
    above: list[QWidget] = []
    records.pushRequest.connect(above.append)
    records.open_record("0")
    assert isinstance(above[0], VisitPage)
    qtbot.addWidget(above[0])


def test_the_records_of_a_denunciation_do_not_say_what_it_is_about(
    page: ReportsPage, qtbot: QtBot, runner: InlineRunner, tmp_path: Path
) -> None:
    opened = pushed(page)
    QTest.keyClick(stand_on(page, "02/XLD", 0, 12), Qt.Key.Key_Return)
    records = opened[0]
    assert isinstance(records, RecordsPage) and len(records.rows.rows) == 1
    show(qtbot, records, runner)
    records.export.ask = lambda _name, _parent: tmp_path / "a.xlsx"
    QTest.keyClick(records, Qt.Key.Key_X, CTRL | Qt.KeyboardModifier.ShiftModifier)
    cells = [str(cell) for row in openpyxl.load_workbook(tmp_path / "a.xlsx").active.values for cell in row]
    assert any("Denunciation" in cell for cell in cells)
    assert not any(word in cell for word in (*SECRET_WORDS, "biên lai") for cell in cells)


def test_every_figure_of_the_merged_report_is_the_sum_of_its_records(
    district: OpenOffice, runner: InlineRunner, keeper: Keeper, qtbot: QtBot
) -> None:
    page = show(qtbot, ReportsPage(district, runner, keeper), runner)
    opened = pushed(page)
    assert [code for code, _name in page.tables["01/TCD"].figures.units] == ["P-01", "P-02", "Q", TOTAL]
    assert figure(page, "01/TCD", TOTAL, 1) == 7
    looked = 0
    for form, table in page.tables.items():
        page.tabs.setCurrentWidget(table)
        model: FiguresModel = table.figures
        for row in range(model.rowCount()):
            for at, column in enumerate(model.form.columns):
                value = model.value(model.index(row, at))
                if not value or column.manual:
                    continue
                page.open_figure(model.index(row, at))
                records = opened.pop()
                assert isinstance(records, RecordsPage)
                assert sum(one.member.amount for one in records.rows.rows) == value, (form, row, at)
                offices = {one.member.office for one in records.rows.rows}
                assert offices <= ({model.units[row][0]} if model.units[row][0] else {"P-01", "P-02"})
                qtbot.addWidget(records)
                looked += 1
    assert looked > 30


# -- what is typed -------------------------------------------------------------------------------------------


def test_a_figure_no_book_holds_is_typed_in_place_and_emptied(page: ReportsPage, office: OpenOffice) -> None:
    table = stand_on(page, "06/QLKNTC", 0, 1)
    QTest.keyClick(table, Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, "12")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert figure(page, "06/QLKNTC", "P-01", 1) == 12
    assert [one.value for one in office.reports.entries("2026-q4")] == [12]
    keyboard_on(table)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert figure(page, "06/QLKNTC", "P-01", 1) == 0 and office.reports.entries("2026-q4") == []


def test_a_counted_figure_is_not_typed_over(page: ReportsPage) -> None:
    table = stand_on(page, "01/TCD", 0, 1)
    index = table.figures.index(0, 0)
    assert not table.figures.flags(index) & Qt.ItemFlag.ItemIsEditable


def test_the_district_types_only_into_its_own_line(
    district: OpenOffice, runner: InlineRunner, keeper: Keeper, qtbot: QtBot
) -> None:
    page = show(qtbot, ReportsPage(district, runner, keeper), runner)
    model = page.tables["06/QLKNTC"].figures
    assert [model.typed(model.index(row, 0)) for row in range(model.rowCount())] == [False, False, True, False]


# -- what does not add up --------------------------------------------------------------------------------


def test_a_day_of_the_head_nobody_posted_is_told_with_its_record(page: ReportsPage, qtbot: QtBot) -> None:
    opened = pushed(page)
    row = next(one for one in page.check_source.rows if one.reason == "not_announced")
    assert row.check is Check.MEND and "(2)" in page.tabs.tabText(page.tabs.indexOf(page.checks))
    page.open_check(row.id)
    records = opened[0]
    assert isinstance(records, RecordsPage)
    qtbot.addWidget(records)
    assert [one.member.table for one in records.rows.rows] == ["sitting"]
    assert "never posted" in records.rows.rows[0].why


def test_what_does_not_add_up_is_named_with_its_records(page: ReportsPage, office: OpenOffice, qtbot: QtBot) -> None:
    matter = case(date(2026, 10, 1))
    decided = step(matter, "decide", date(2026, 11, 2), number="45/QĐ-UBND")
    put(office.store, [matter, decided])
    page.refresh()
    rows = [row for row in page.check_source.rows if row.check is Check.BROKEN and row.form == "03/GQKN"]
    row = next(one for one in rows if one.broken is not None and one.broken.rule.left.column == 7)
    assert row.words == "Columns 7=8+9+10+11+12: 1 ≠ 0"
    model = page.tables["03/GQKN"].figures
    assert model.marks(model.index(0, 6)).broken
    opened = pushed(page)
    page.tabs.setCurrentWidget(page.checks)
    page.open_check(row.id)
    records = opened[0]
    assert isinstance(records, RecordsPage)
    qtbot.addWidget(records)
    assert [one.member.id for one in records.rows.rows] == [matter.id]


def test_an_odd_jump_is_pointed_at_with_the_earlier_figure(page: ReportsPage, office: OpenOffice) -> None:
    old = replace(DRAFT, date=date(2026, 9, 1))
    for number in range(30):
        office.receptions.log(replace(old, id_number=f"0010800{number:05d}", name="Trần Văn Cũ"))
    page.refresh()
    odd = [row for row in page.check_source.rows if row.check is Check.ODD and row.form == "01/TCD"]
    assert any(row.place == ("01/TCD", "P-01", 5) and "period before 30, down 27" in row.words for row in odd)
    model = page.tables["01/TCD"].figures
    assert model.marks(model.index(0, 0)).change == -1


# -- making, sending, withdrawing ------------------------------------------------------------------------


def make(page: ReportsPage) -> None:
    keyboard_on(page)
    QTest.keyClick(page, Qt.Key.Key_Return, CTRL)
    assert page.acts.dialog is not None
    page.acts.dialog.accept_values()


def test_a_report_is_made_sent_and_withdrawn(
    page: ReportsPage, office: OpenOffice, runner: InlineRunner, keeper: Keeper, qtbot: QtBot
) -> None:
    make(page)
    (report,) = office.reports.reports()
    assert report.kind is ReportKind.CIRCULAR and report.period == "2026-q4"
    assert page.tabs.currentWidget() is page.sent and "not sent" in told(page)
    opened = pushed(page)
    page.open_sent(report.id)
    sent = opened[0]
    assert isinstance(sent, SentPage)
    show(qtbot, sent, runner)
    QTest.keyClick(sent, Qt.Key.Key_Return, CTRL)
    dialog = sent.acts.dialog
    assert dialog is not None
    dialog.accept_values()
    assert dialog.isVisible(), "without a number nothing is recorded"
    dialog.fields["number"].set_value("12/BC-UBND")
    dialog.accept_values()
    assert [one.number for one in office.reports.reports()] == ["12/BC-UBND"]
    assert sent.send.isHidden() and "Sent 23/11, no. 12/BC-UBND" in told(sent)
    sent.take_back()
    dialog = sent.acts.dialog
    assert dialog is not None
    dialog.fields["reason"].set_value("Sai số liệu")
    dialog.accept_values()
    assert office.reports.standing("2026-q4") is None and "withdrawn: Sai số liệu" in told(sent)


def test_what_changes_after_the_report_was_made_is_an_adjustment(
    page: ReportsPage, office: OpenOffice, runner: InlineRunner, keeper: Keeper, qtbot: QtBot
) -> None:
    make(page)
    new = replace(DRAFT, id_number="001090011111", name="Lê Ba")
    runner.write(lambda _progress: office.receptions.log(new))
    changed = [row for row in page.check_source.rows if row.check is Check.CHANGED]
    assert any(row.place == ("01/TCD", "P-01", 1) and "sent as 3, now 4" in row.words for row in changed)
    sent = show(qtbot, SentPage(office, runner, keeper, office.reports.reports()[0]), runner)
    model = sent.models["01/TCD"]
    assert model.value(model.index(0, 0)) == 3, "the report stays what it was"
    assert {(one.form, one.column, one.now) for one in sent.changed} >= {("01/TCD", 1, 4)}
    assert f"({len(sent.changed)})" in sent.tabs.tabText(sent.tabs.indexOf(sent.differences))
    at = next(row.id for row in sent.rows.rows if row.place == ("01/TCD", "P-01", 1))
    sent._open_difference(at)
    assert sent.tabs.currentIndex() == 0


def test_who_only_looks_sees_the_figures_and_makes_nothing(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, qtbot: QtBot
) -> None:
    with office.store.unit(act="officer.add", officer=office.officer.id) as unit:
        unit.change(office.officer, right=OfficerRight.VIEWER)
        unit.commit()
    office.refresh()
    page = show(qtbot, ReportsPage(office, runner, keeper), runner)
    assert figure(page, "01/TCD", "P-01", 1) == 3
    assert page.make.isHidden() and page.counting.isHidden() and page.narrative.editor.isReadOnly()
    QTest.keyClick(page, Qt.Key.Key_Return, CTRL)
    assert page.acts.dialog is None
    model = page.tables["06/QLKNTC"].figures
    assert not model.typed(model.index(0, 0))


# -- words and choices -------------------------------------------------------------------------------------


def test_the_narrative_has_its_figures_and_keeps_what_is_written(page: ReportsPage, office: OpenOffice) -> None:
    page.tabs.setCurrentWidget(page.narrative)
    page.narrative.show_section("II.1")
    assert "Tổng số lượt tiếp: 3 lượt" in page.narrative.editor.toPlainText()
    page.narrative.show_section("I.2")
    page.narrative.editor.setPlainText("Do giải phóng mặt bằng.")
    page.left()
    assert [one.text for one in office.reports.entries("2026-q4")] == ["Do giải phóng mặt bằng."]
    assert not next(one for one in page.narrative.sections if one.code == "I.2").missing
    page.narrative.show_section("II.1")
    page.narrative.editor.setPlainText("Viết lại.")
    page.narrative.keep()
    page.narrative.again.click()
    assert "Tổng số lượt tiếp: 3 lượt" in page.narrative.editor.toPlainText()
    assert [one.column for one in office.reports.entries("2026-q4")] == ["I.2"]


def test_how_it_counts_is_chosen_for_the_period_and_counted_at_once(
    page: ReportsPage, office: OpenOffice, runner: InlineRunner, qtbot: QtBot
) -> None:
    before = figure(page, "01/TCD", "P-01", 3)
    again = replace(DRAFT, content=DRAFT.content, request="Hỏi kết quả.")
    first = office.receptions.log(again).value
    known = office.store.all(type(first), "name = ? ORDER BY id", (DRAFT.name,))
    from tcd_desktop.domain.terms import LinkKind

    office.links.link(known[0].id, first.id, LinkKind.SAME_MATTER)
    page.refresh()
    assert figure(page, "01/TCD", "P-01", 3) == before, "one matter in the period"
    opened = pushed(page)
    page.open_counting()
    counting = opened[0]
    assert isinstance(counting, CountingPage)
    show(qtbot, counting, runner)
    counting.fields["matters"].set_value("visit")
    QTest.keyClick(counting, Qt.Key.Key_S, CTRL)
    assert "matters=visit" in office.reports.counting("2026-q4")
    page.refresh()
    assert figure(page, "01/TCD", "P-01", 3) == before + 1


def test_the_code_of_a_period_opens_it(page: ReportsPage) -> None:
    page.activated("2025-y")
    assert page.chooser.period.code == "2025-y" and page.shown is not None and page.shown.period.code == "2025-y"
    page.activated("no period at all")
    assert page.chooser.period.code == "2025-y"


# -- files -------------------------------------------------------------------------------------------------


def test_the_tables_are_saved_as_pdf_and_as_a_workbook(page: ReportsPage, tmp_path: Path) -> None:
    asked: list[str] = []

    def ask(name: str, _kinds: str, _parent: QWidget) -> Path:
        asked.append(name)
        return tmp_path / name

    page.saver.ask = ask
    keyboard_on(page)
    QTest.keyClick(page, Qt.Key.Key_P, CTRL)
    QTest.keyClick(page, Qt.Key.Key_X, CTRL | Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page, Qt.Key.Key_P, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert asked == ["bao-cao-2026-q4-bieu.pdf", "bao-cao-2026-q4-bieu.xlsx", "bao-cao-2026-q4-thuyet-minh.pdf"]
    text = whole_text((tmp_path / asked[0]).read_bytes())
    assert "TỔNG HỢP KẾT QUẢ TIẾP CÔNG DÂN" in text and "Biểu số: 06/QLKNTC" in text
    book = openpyxl.load_workbook(tmp_path / asked[1])
    assert [sheet.title for sheet in book] == [code.replace("/", "-") for code in CODES]
    words = whole_text((tmp_path / asked[2]).read_bytes())
    assert "quý IV năm 2026" in words and "Tổng số lượt tiếp: 3 lượt" in words
    assert "bao-cao-2026-q4-thuyet-minh.pdf was saved." in told(page.saver)


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(page: ReportsPage, tmp_path: Path) -> None:
    page.saver.ask = lambda name, _kinds, _parent: tmp_path / "khong-co" / name
    page.save_pdf()
    page.save_workbook()
    assert "cannot be written" in told(page.saver)


def test_earlier_figures_stand_below_and_open_their_own_records(page: ReportsPage, office: OpenOffice) -> None:
    model = page.tables["01/TCD"].figures
    assert model.rowCount() == 1 and model.earlier == [], "nothing was counted before"
    stand_on(page, "01/TCD", 0, 5)
    office.receptions.log(replace(DRAFT, date=date(2026, 9, 1), id_number="001080000001", name="Trần Văn Cũ"))
    page.refresh()
    assert [model.headerData(row, Qt.Orientation.Vertical) for row in range(model.rowCount())] == [
        "Phường Một",
        "Period before",
    ]
    assert page.tables["01/TCD"].currentIndex().column() == 4, "the place of the keyboard stays"
    below = model.index(1, 4)
    assert model.value(below) == 1 and model.marks(below).earlier and not model.typed(below)
    assert "Quarter III of 2026" in model.told(below)
    opened = pushed(page)
    page.open_figure(below)
    records = opened[0]
    assert isinstance(records, RecordsPage)
    assert [row.member.day for row in records.rows.rows] == [date(2026, 9, 1)] and "Quarter III" in told(records)
    records.deleteLater()
    page.chooser.step(-1)
    assert model.rowCount() == 1 and figure(page, "01/TCD", "P-01", 5) == 1


def test_no_figure_of_another_period_is_shown_while_a_period_is_counted(
    office: OpenOffice, keeper: Keeper, threads: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = threads
    page = ReportsPage(office, runner, keeper)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.shown is not None and not runner.busy())
    free, asked = Event(), Event()

    def slow(*given: object) -> object:
        asked.set()
        free.wait(5)
        return read_report(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(reports_page, "read_report", slow)
    model = page.tables["01/TCD"].figures
    assert model.data(model.index(0, 0)) == "3"
    page.chooser.step(-1)
    assert asked.wait(5) and page.shown is None
    assert model.data(model.index(0, 0)) is None and "are being counted" in page.foot.text()
    page.make_report()
    page.open_figure(model.index(0, 0))
    assert page.acts.dialog is None
    free.set()
    qtbot.waitUntil(lambda: model.data(model.index(0, 0)) == "0")
    qtbot.waitUntil(lambda: not runner.busy())
