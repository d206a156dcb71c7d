"""The slips of several visits: who gets one, one dialog for all, what became of them, cancel, a printer that jams."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.domain.terms import Classification
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.log_book.slips_page import SlipsPage
from tcd_desktop.ui.receptions.list_page import ReceptionsPage
from tcd_desktop.ui.window.runner import InlineRunner, Runner
from tests.documents.reading import whole_text
from tests.ui.receptions.conftest import OFFSCREEN, PaperTray, logged, press

Show = Callable[[Any], Any]
CONTROL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)


def page_of(office: OpenOffice, runner: Any, keeper: Keeper, tray: PaperTray, ids: list[str], shown: Show) -> SlipsPage:
    page: SlipsPage = shown(SlipsPage(office, runner, keeper, lambda: ids, printing=tray))
    return page


def states(page: SlipsPage) -> list[tuple[str, str, str]]:
    return [(line.number, line.why, line.now) for line in page.lines]


def sheets(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def prints(office: OpenOffice) -> list[tuple[str, int]]:
    return [
        (one.number, one.copies) for one in office.store.all(IssuedDocument, "form = '02/TCD' ORDER BY issued_at, id")
    ]


def test_who_gets_a_slip_is_told_before_anything_is_printed(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show
) -> None:
    new, done, bare = logged(office), logged(office), logged(office, documents=())
    office.slips.print(done.id)
    page = page_of(office, runner, keeper, tray, [new.id, done.id, bare.id], shown)
    assert states(page) == [("1/2026", "", ""), ("2/2026", "slip_printed", ""), ("3/2026", "no_documents", "")]
    assert page.print.text() == "Print 1 slip  Ctrl+P" and page.print.isEnabled()
    page.again.set_value(True)
    page.again.changed.emit(True)
    assert page.print.text() == "Print 2 slips  Ctrl+P"
    assert not tray.sheets and len(prints(office)) == 1


def test_five_visits_come_out_as_one_job_with_their_copies_in_their_order(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show
) -> None:
    visits = [logged(office) for _ in range(4)]
    visits.append(logged(office, classification=Classification.DENUNCIATION))
    page = page_of(office, runner, keeper, tray, [one.id for one in visits], shown)
    press(Qt.Key.Key_P, CONTROL)
    assert len(tray.sheets) == 1 and sheets(tray.sheets[0]) == 4 * 2 + 3
    assert sorted(prints(office)) == [*((f"{n}/2026", 2) for n in range(1, 5)), ("5/2026", 3)]
    assert {line.now for line in page.lines} == {"printed"} and not page.print.isEnabled()
    assert page.strip.message.text() == "5 slips were printed and entered." and not page.strip.busy


def test_the_chosen_number_of_copies_is_printed_and_entered(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show
) -> None:
    visits = [logged(office), logged(office)]
    page = page_of(office, runner, keeper, tray, [one.id for one in visits], shown)
    page.copies.set_value(3)
    page.print_slips()
    assert sheets(tray.sheets[0]) == 6 and sorted(prints(office)) == [("1/2026", 3), ("2/2026", 3)]


def test_without_a_printer_all_slips_are_in_one_pdf(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show
) -> None:
    tray.present = False
    visits = [logged(office), logged(office)]
    page_of(office, runner, keeper, tray, [one.id for one in visits], shown).print_slips()
    (saved,) = tray.saved
    assert saved.name == "bien-nhan-2026-11-23.pdf" and sheets(saved) == 2
    text = whole_text(saved.read_bytes())
    assert "1/2026" in text and "2/2026" in text and len(prints(office)) == 2


def test_who_changes_their_mind_in_the_print_dialog_has_entered_nothing(
    office: OpenOffice,
    runner: InlineRunner,
    keeper: Keeper,
    tray: PaperTray,
    shown: Show,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tray, "ask", lambda copies, title, parent: None)
    page = page_of(office, runner, keeper, tray, [logged(office).id], shown)
    page.print_slips()
    assert prints(office) == [] and page.print.isEnabled() and not page.strip.busy


class Jammed(PaperTray):
    """Its file lies in a folder that is not there: nothing can be printed."""

    def ask(self, copies: int, title: str, parent: QWidget) -> QPrinter | None:
        printer = super().ask(copies, title, parent)
        assert printer is not None
        printer.setOutputFileName(str(self.folder / "not" / "there" / "sheet.pdf"))
        return printer


@pytest.mark.qt_log_ignore("QPdf", "cannot open", "Unable to open", "QPainter", "QPrinter", extend=True)
def test_a_printer_that_takes_nothing_is_told_with_the_number_and_what_to_do(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tmp_path: Path, shown: Show
) -> None:
    visits = [logged(office), logged(office)]
    page = page_of(office, runner, keeper, Jammed(tmp_path), [one.id for one in visits], shown)
    page.print_slips()
    assert "stopped at 1/2026" in page.strip.message.text()
    assert [line.now for line in page.lines] == ["failed", ""] and len(prints(office)) == 1
    assert page.print.text() == "Print 1 slip  Ctrl+P"


def test_cancelling_stops_between_two_slips_and_says_so(
    office: OpenOffice, threads: Runner, keeper: Keeper, tray: PaperTray, shown: Show, qtbot: QtBot
) -> None:
    visits = [logged(office) for _ in range(12)]
    page = page_of(office, threads, keeper, tray, [one.id for one in visits], shown)
    qtbot.waitUntil(lambda: len(page.lines) == 12, timeout=5000)
    page.print_slips()
    assert page.strip.busy and not page.can_close() and not page.print.isEnabled()
    qtbot.waitUntil(lambda: page.strip.bar.value() >= 2, timeout=30_000)
    page.strip.cancel.click()
    qtbot.waitUntil(lambda: not page.strip.busy, timeout=30_000)
    made = [line.number for line in page.lines if line.now == "printed"]
    assert 2 <= len(made) < 12 and sorted(number for number, _copies in prints(office)) == sorted(made)
    assert "cancelled" in page.strip.message.text() and page.can_close()
    assert sheets(tray.sheets[0]) == 2 * len(made)
    assert page.print.isEnabled(), "the others can be printed afterwards"


def test_the_chosen_rows_of_the_list_are_printed_oldest_first(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show
) -> None:
    for _ in range(4):
        logged(office)
    listed: ReceptionsPage = shown(ReceptionsPage(office, runner, keeper, printing=tray))
    pushed: list[Any] = []
    listed.pushRequest.connect(pushed.append)
    table = listed.list.table
    table.clearSelection()
    for row in (0, 2):
        index = table.model().index(row, 0)
        table.selectionModel().select(
            index, table.selectionModel().SelectionFlag.Select | table.selectionModel().SelectionFlag.Rows
        )
    listed.list.setFocus()
    press(Qt.Key.Key_S, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    (page,) = pushed
    assert isinstance(page, SlipsPage)
    assert [line.number for line in page.lines] == ["2/2026", "4/2026"]
    shown(page)


def test_a_denouncer_is_not_named_in_the_list_of_slips(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show
) -> None:
    visit = logged(office, classification=Classification.DENUNCIATION, name="Phạm Thị Kín")
    page = page_of(office, runner, keeper, tray, [visit.id], shown)
    assert "Kín" not in repr(page.lines)
    page.print_slips()
    assert "Phạm Thị Kín" in whole_text(office.slips.stored_pdf(office.slips.printed(visit.id)[0])), "the paper has it"
