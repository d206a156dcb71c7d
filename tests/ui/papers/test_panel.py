"""Papers under the hands of an officer: dropped, pasted, renamed, turned, tied, removed; nothing hostile gets in."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.papers.media import picture_size
from tcd_desktop.domain.receptions.reception import Paper
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.papers.page import PapersPage
from tcd_desktop.ui.papers.panel import PapersPanel
from tcd_desktop.ui.papers.place import SavedPlace, StagedPlace
from tcd_desktop.ui.window.runner import InlineRunner, Runner
from tests.papers import CARD, bomb, card_picture, picture, scan_pdf
from tests.ui.papers.conftest import FORM, Table, drag, drop, mime_of, mime_of_picture
from tests.ui.receptions.conftest import OFFSCREEN, logged, press

Show = Callable[[QWidget], Any]


@pytest.fixture
def visit(office: OpenOffice) -> str:
    return logged(office).id


@pytest.fixture
def panel(office: OpenOffice, runner: InlineRunner, keeper: Keeper, visit: str, shown: Show) -> PapersPanel:
    made = PapersPanel(office, runner, keeper, fills=True, takes_cards=True)
    made.show_place(SavedPlace(office, reception=visit))
    shown(made)
    return made


@pytest.fixture
def staged(office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show) -> PapersPanel:
    made = PapersPanel(office, runner, keeper, fills=True, takes_cards=True)
    made.show_place(StagedPlace(office, FORM))
    shown(made)
    return made


def names(panel: PapersPanel) -> list[str]:
    return [paper.name for paper in panel.papers()]


# -- adding ---------------------------------------------------------------------------------------------------


def test_files_are_dropped_and_listed_with_pages_and_size(panel: PapersPanel, table: Table) -> None:
    one, two = table.file("Đơn khiếu nại.pdf", scan_pdf(3)), table.file("IMG_1.jpg", picture(kind="JPEG"))
    hovering = drag(panel, mime_of(one, two))
    assert hovering.isAccepted() and panel.property("state") == "drop"
    assert drop(panel, mime_of(one, two))
    assert panel.property("state") == ""
    assert names(panel) == ["TCD-1-2026_01_Don-khieu-nai.pdf", "TCD-1-2026_02_Anh-chup.jpg"]
    assert panel.title.text() == "Scans and pictures (2)" and panel.message.text() == ""
    index = panel.list.model_.index(0)
    assert "3 pages" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert panel.list.current() is not None and panel.list.current().name == names(panel)[1]  # type: ignore[union-attr]


def test_what_is_dropped_on_a_field_of_the_page_is_taken_too(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, visit: str, shown: Show, table: Table
) -> None:
    page = QWidget()
    panel = PapersPanel(office, runner, keeper, parent=page)
    panel.show_place(SavedPlace(office, reception=visit))
    panel.keys_on(page)
    shown(page)
    assert drop(page, mime_of(table.file("a.pdf", scan_pdf())))
    assert len(names(panel)) == 1


def test_mere_text_and_folders_are_not_taken(panel: PapersPanel, table: Table) -> None:
    text, web = QMimeData(), QMimeData()
    text.setText("Đơn khiếu nại")
    web.setUrls([QUrl("https://example.org/x.pdf")])
    assert not drop(panel, text) and not drop(panel, web)
    (table.folder / "folder").mkdir()
    drop(panel, mime_of(table.folder / "folder"))
    assert names(panel) == []


def test_a_picture_and_files_are_pasted(panel: PapersPanel, table: Table) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setMimeData(mime_of_picture())
    panel.do("papers.paste")
    assert names(panel) == ["TCD-1-2026_01_Anh-chup.png"]
    clipboard.setMimeData(mime_of(table.file("Đơn.pdf", scan_pdf())))
    panel.list.setFocus()
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert names(panel)[1:] == ["TCD-1-2026_02_Don.pdf"]
    clipboard.setText("words")
    panel.do("papers.paste")
    assert "no picture and no file" in panel.message.text()
    clipboard.clear()


def test_files_are_chosen_in_a_dialog_by_keyboard(
    panel: PapersPanel, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = str(table.file("Đơn.pdf", scan_pdf()))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([chosen], ""))
    panel.do("papers.add")
    panel.menu.choose_pictures()
    assert names(panel) == ["TCD-1-2026_01_Don.pdf"]
    assert "here already" in panel.message.text(), "the second time it is the same paper"


HOSTILE = ["CON.pdf", "😀.pdf", unicodedata.normalize("NFD", "Đơn tố cáo.pdf"), "x" * 200 + ".pdf", "a;b $(rm) 'c'.pdf"]


@pytest.mark.parametrize("name", HOSTILE)
def test_files_with_hostile_names_are_kept_under_plain_ones(panel: PapersPanel, table: Table, name: str) -> None:
    assert drop(panel, mime_of(table.file(name, scan_pdf())))
    (kept,) = names(panel)
    assert kept.startswith("TCD-1-2026_01_") and kept.isascii() and len(kept) <= 120


def test_each_refused_file_is_named_and_the_others_are_kept(panel: PapersPanel, table: Table) -> None:
    gone = table.file("gone.pdf", scan_pdf(2))
    files = [
        table.file("empty.pdf", b""),
        table.file("virus.pdf", b"MZ\x90\x00"),
        table.file("bomb.png", bomb()),
        table.file("strange.bin", b"\x00\x01" * 40),
        gone,
        table.file("good.pdf", scan_pdf()),
    ]
    data = mime_of(*files)
    gone.unlink()
    drop(panel, data)
    assert len(names(panel)) == 1
    told = panel.message.text()
    for name in ("empty.pdf", "virus.pdf", "bomb.png", "strange.bin", "gone.pdf"):
        assert name in told, name
    assert "good.pdf" not in told


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is forbidden to the administrator")
def test_an_unreadable_file_is_told(panel: PapersPanel, table: Table) -> None:
    path = table.file("locked.pdf", scan_pdf())
    path.chmod(0)
    drop(panel, mime_of(path))
    assert "locked.pdf" in panel.message.text() and names(panel) == []


def test_another_offices_papers_are_only_read(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, visit: str, shown: Show, table: Table
) -> None:
    office.attachments.add("a.pdf", scan_pdf(), reception=visit)
    panel = PapersPanel(office, runner, keeper)
    panel.show_place(SavedPlace(office, reception=visit, editable=False))
    shown(panel)
    assert not drop(panel, mime_of(table.file("b.pdf", scan_pdf(2))))
    for action in ("rename", "remove", "turn_right", "tie"):
        panel.do(f"papers.{action}")
    assert len(names(panel)) == 1 and panel.ask.isHidden() and panel.add_button.isHidden()


def test_the_words_of_a_paper_are_read_for_the_search(panel: PapersPanel, table: Table, office: OpenOffice) -> None:
    from tcd_desktop.store.search.paper_words import unread

    drop(panel, mime_of(table.file("Lời khai.txt", "Lời trình bày về con ngõ".encode())))
    assert len(names(panel)) == 1
    assert office.store.read(lambda connection: unread(connection, office.store.office, 9)) == []


# -- citizen cards --------------------------------------------------------------------------------------------


def test_a_card_asks_for_a_reason_or_gives_its_data(panel: PapersPanel, table: Table, qtbot: QtBot) -> None:
    path = table.file("the.png", card_picture())
    drop(panel, mime_of(path))
    assert names(panel) == [] and not panel.ask.isHidden()
    with qtbot.waitSignal(panel.cardText) as told:
        panel.ask.way_out.click()
    assert told.args == [CARD] and names(panel) == []
    drop(panel, mime_of(path))
    panel.ask.line.setText("abc")
    assert not panel.ask.accept.isEnabled(), "three letters are no reason"
    panel.ask.line.setText("Công dân đề nghị lưu bản sao")
    panel.ask.accept.click()
    (kept,) = panel.papers()
    assert kept.is_card and "citizen card" in panel.list.model_.index(0).data(Qt.ItemDataRole.ToolTipRole)


def test_a_card_that_is_left_is_not_kept(panel: PapersPanel, table: Table) -> None:
    drop(panel, mime_of(table.file("the.png", card_picture()), table.file("a.pdf", scan_pdf())))
    QTest.keyClick(panel.ask.line, Qt.Key.Key_Escape)
    assert panel.ask.isHidden() and len(names(panel)) == 1


# -- keys of the list -----------------------------------------------------------------------------------------


def test_a_paper_is_renamed_by_keyboard(panel: PapersPanel, table: Table) -> None:
    drop(panel, mime_of(table.file("a.pdf", scan_pdf())))
    panel.list.setFocus()
    press(Qt.Key.Key_F2)
    assert panel.ask.line.text() == names(panel)[0]
    panel.ask.line.setText("Biên bản làm việc")
    QTest.keyClick(panel.ask.line, Qt.Key.Key_Return)
    assert names(panel) == ["Biên bản làm việc.pdf"] and panel.list.hasFocus()


def test_a_paper_goes_into_the_bin_with_a_reason_and_comes_back(
    panel: PapersPanel, table: Table, office: OpenOffice, visit: str
) -> None:
    drop(panel, mime_of(table.file("a.pdf", scan_pdf())))
    panel.list.setFocus()
    press(Qt.Key.Key_Delete)
    QTest.keyClick(panel.ask.line, Qt.Key.Key_Escape)
    assert len(names(panel)) == 1
    press(Qt.Key.Key_Delete)
    panel.ask.line.setText("Gắn nhầm")
    QTest.keyClick(panel.ask.line, Qt.Key.Key_Return)
    assert names(panel) == [] and office.attachments.papers(reception=visit) == []
    office.undo.undo()
    panel.store_changed(())
    assert len(names(panel)) == 1


def test_a_draft_s_paper_is_taken_out_at_once_and_brought_back(staged: PapersPanel, table: Table) -> None:
    drop(staged, mime_of(table.file("Đơn.pdf", scan_pdf())))
    staged.list.setFocus()
    press(Qt.Key.Key_Delete)
    assert names(staged) == [] and staged.ask.isHidden()
    staged.message.button.click()
    assert names(staged) == ["Đơn.pdf"]


def test_a_picture_is_turned_by_keyboard(panel: PapersPanel, table: Table, office: OpenOffice, visit: str) -> None:
    drop(panel, mime_of(table.file("a.png", picture(60, 40))))
    panel.list.setFocus()
    press(Qt.Key.Key_R)
    (kept,) = office.attachments.papers(reception=visit)
    assert picture_size(office.attachments.content(kept)) == (40, 60)
    press(Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    (kept,) = office.attachments.papers(reception=visit)
    assert picture_size(office.attachments.content(kept)) == (60, 40)


def test_a_paper_is_opened_in_its_own_program_and_the_copy_is_removed(
    panel: PapersPanel, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(OpenedFiles, "show", lambda _self, path: opened.append(path) is None)
    drop(panel, mime_of(table.file("Đơn.pdf", scan_pdf())))
    panel.list.setFocus()
    press(Qt.Key.Key_O)
    assert opened[0].name == names(panel)[0] and opened[0].read_bytes() == scan_pdf()
    panel._files().close()
    assert not opened[0].exists()


def test_a_copy_is_saved_and_a_bad_place_is_told(
    panel: PapersPanel, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(panel, mime_of(table.file("Đơn.pdf", scan_pdf())))
    target = table.folder / "copy.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    panel.do("papers.save_copy")
    assert target.read_bytes() == scan_pdf()
    target = table.folder / "no" / "such" / "copy.pdf"
    panel.do("papers.save_copy")
    assert panel.message.text() and not target.exists()


# -- documents of the slip -------------------------------------------------------------------------------------


def test_scans_fill_the_slips_list_with_one_act_and_are_tied_to_it(staged: PapersPanel, table: Table) -> None:
    drop(staged, mime_of(table.file("Đơn khiếu nại.pdf", scan_pdf(2)), table.file("IMG_7.jpg", picture(kind="JPEG"))))
    given: list[Any] = []
    staged.fillRequest.connect(given.extend)
    staged.do("papers.fill")
    assert given == [Paper("Đơn khiếu nại", 2), Paper("Picture 2", 1)]
    assert [paper.paper for paper in staged.papers()] == ["Đơn khiếu nại", "Picture 2"]
    staged.set_documents([paper.name for paper in given])
    staged.do("papers.fill")
    assert len(given) == 2, "a scan that is tied is not written twice"
    assert staged.fill.isHidden()


@pytest.mark.qt_log_ignore(*OFFSCREEN)
def test_a_scan_is_named_after_the_document_it_is_tied_to(panel: PapersPanel, table: Table, qtbot: QtBot) -> None:
    drop(panel, mime_of(table.file("SCAN0001.pdf", scan_pdf())))
    panel.set_documents(["Giấy chứng nhận QSDĐ", "Đơn & phụ lục"])
    panel.list.setFocus()
    press(Qt.Key.Key_T)
    menus = panel.findChildren(QMenu)
    (menu,) = [one for one in menus if one.isVisible()]
    assert [action.text() for action in menu.actions()] == ["Giấy chứng nhận QSDĐ", "Đơn && phụ lục"]
    menu.actions()[0].trigger()
    menu.close()
    assert names(panel) == ["TCD-1-2026_01_Giay-chung-nhan-qsdd.pdf"]
    assert panel.papers()[0].paper == "Giấy chứng nhận QSDĐ"


# -- budget, places ---------------------------------------------------------------------------------------------


def test_the_size_budget_is_told_in_words(panel: PapersPanel, table: Table) -> None:
    from tcd_desktop.domain.papers.paper_rules import PaperLimits
    from tcd_desktop.services.papers.attachment_desk import Room

    assert panel.budget.isHidden()
    drop(panel, mime_of(table.file("a.pdf", scan_pdf())))
    assert panel.budget.words.text() == "1 KB of the 50 MB of the next USB bundle"
    mib = 1024 * 1024
    for used, state in ((12.4, ""), (41, "Nearly full"), (51, "Too much for one bundle")):
        panel.budget.show_room(Room(0, round(used * mib), PaperLimits()))
        assert panel.budget.state.text() == state
        assert state in panel.budget.accessibleName()


def test_papers_of_a_draft_are_told_apart_from_those_of_the_next(
    staged: PapersPanel, office: OpenOffice, table: Table
) -> None:
    drop(staged, mime_of(table.file("Đơn.pdf", scan_pdf())))
    staged.show_place(StagedPlace(office, "form.20261123-101500"))
    assert names(staged) == []
    staged.show_place(StagedPlace(office, FORM))
    assert names(staged) == ["Đơn.pdf"]


# -- the large page ---------------------------------------------------------------------------------------------


def test_the_large_page_shows_pages_text_and_says_what_it_cannot_show(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, visit: str, shown: Show, qtbot: QtBot
) -> None:
    add = office.attachments.add
    add("a.pdf", scan_pdf(3), reception=visit)
    add("b.png", picture(300, 200), reception=visit)
    add("c.txt", "Lời trình bày của bà Ẩn".encode(), reception=visit)
    add("d.rtf", b"{\\rtf1 x}", reception=visit)
    add("e.pdf", b"%PDF-1.7 torn", reception=visit)
    page = PapersPage(office, runner, keeper, SavedPlace(office, reception=visit))
    shown(page)
    preview, listed = page.preview, page.panel.list
    assert preview.stack.currentWidget() is preview.area and not preview.sheet.pixmap().isNull()
    assert preview.place_words.text() == "page 1 of 3"
    listed.setFocus()
    press(Qt.Key.Key_Return)
    assert preview.area.hasFocus()
    press(Qt.Key.Key_PageDown)
    press(Qt.Key.Key_PageDown)
    press(Qt.Key.Key_PageDown)
    assert preview.place_words.text() == "page 3 of 3"
    before = preview.sheet.pixmap().width()
    press(Qt.Key.Key_Plus)
    assert preview.sheet.pixmap().width() > before
    press(Qt.Key.Key_0)
    assert preview.sheet.pixmap().width() == before
    press(Qt.Key.Key_Escape)
    assert listed.hasFocus()
    press(Qt.Key.Key_Down)
    assert preview.stack.currentWidget() is preview.area
    press(Qt.Key.Key_Down)
    assert preview.text.toPlainText() == "Lời trình bày của bà Ẩn"
    press(Qt.Key.Key_Down)
    assert "no preview" in preview.note.text() and not preview.open_button.isHidden()
    press(Qt.Key.Key_Down)
    assert "damaged" in preview.note.text()


def test_the_large_page_begins_with_the_paper_that_was_asked_for(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, visit: str, shown: Show
) -> None:
    office.attachments.add("a.pdf", scan_pdf(1), reception=visit)
    second = office.attachments.add("b.pdf", scan_pdf(2), reception=visit).value
    page = PapersPage(office, runner, keeper, SavedPlace(office, reception=visit), second.id)
    shown(page)
    assert page.preview.name.text() == second.name


def test_the_preview_turns_a_page_for_good(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, visit: str, shown: Show
) -> None:
    office.attachments.add("a.png", picture(300, 200), reception=visit)
    page = PapersPage(office, runner, keeper, SavedPlace(office, reception=visit))
    shown(page)
    wide = page.preview._picture.width()
    page.preview.setFocus()
    press(Qt.Key.Key_R)
    assert page.preview._picture.height() == wide
    (kept,) = office.attachments.papers(reception=visit)
    assert picture_size(office.attachments.content(kept)) == (200, 300)


def test_with_real_threads_nothing_waits_for_the_disk(
    office: OpenOffice, threads: Runner, keeper: Keeper, visit: str, shown: Show, table: Table, qtbot: QtBot
) -> None:
    panel = PapersPanel(office, threads, keeper)
    panel.show_place(SavedPlace(office, reception=visit))
    shown(panel)
    drop(panel, mime_of(*(table.file(f"a{number}.pdf", scan_pdf(number)) for number in range(1, 6))))
    qtbot.waitUntil(lambda: len(names(panel)) == 5, timeout=10_000)
    panel.hide()
    qtbot.waitUntil(lambda: not threads.busy(), timeout=10_000)
