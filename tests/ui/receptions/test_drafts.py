"""Nothing typed is lost: drafts outlive a killed program, a closed form, another officer, and a slip of the hand."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.terms import Classification, OfficerRight
from tcd_desktop.open_office import OpenOffice, add_officer, open_office
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.receptions.drafts_page import DraftsPage, draft_columns
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.window.runner import InlineRunner, Runner
from tests.offices import PASSWORD, make_office
from tests.ui.receptions.conftest import NOW, OFFSCREEN, a_draft, logged, press, type_here
from tests.ui.receptions.half_typed import CONTENT, MEMBERS, PAPERS

Show = Callable[[Any], Any]
ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)


def drafts(office: OpenOffice) -> list[str]:
    return [one.draft.name for one in office.drafts.all()]


def test_half_a_visit_is_there_again_after_the_program_was_killed(tmp_path: Path, shown: Show, qtbot: QtBot) -> None:
    home = tmp_path / "ward"
    make_office(home).close()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.ui.receptions.half_typed", str(home)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline().strip() == "kept"
        program.kill()
    assert program.returncode not in (0, None), "it did not end by itself"
    office = open_office(home, PASSWORD, now=lambda: NOW)
    threads = Runner()
    try:
        page = shown(ReceptionFormPage(office, threads, Keeper(Settings(), tmp_path / "s.json")))
        qtbot.waitUntil(lambda: bool(page.recovered.text()), timeout=3000)
        assert "Nguyễn Thị Ẩn" in page.recovered.text()
        page.recovered.actionRequest.emit()
        draft = page.model.draft
        assert (draft.name, draft.people, draft.content) == ("Nguyễn Thị Ẩn", 3, CONTENT)
        assert (draft.members, draft.documents) == (MEMBERS, PAPERS)
        assert page.fields["content"].value() == CONTENT and len(page.fields["documents"].value()) == 2
        page.can_close()
        qtbot.waitUntil(lambda: not threads.busy(), timeout=5000)
    finally:
        threads.close()
        office.close()


def test_a_form_that_was_only_opened_leaves_no_draft(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    page = shown(ReceptionFormPage(office, runner, keeper))
    page.begin_new()
    page.can_close()
    assert drafts(office) == []


def test_leaving_a_field_keeps_the_draft_at_once(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    shown(ReceptionFormPage(office, runner, keeper))
    type_here("Le Van A")
    assert drafts(office) == []
    press(Qt.Key.Key_Tab)
    assert drafts(office) == ["Le Van A"]


def test_a_correction_that_was_not_saved_is_offered_when_the_visit_is_amended_again(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    visit = logged(office)
    first = shown(ReceptionFormPage(office, runner, keeper, visit.id))
    first.binding.apply(content="Nội dung đang sửa dở")
    first.can_close()
    first.hide()
    assert office.receptions.find(visit.id) == visit
    other = shown(ReceptionFormPage(office, runner, keeper))
    assert other.recovered.text() == "", "a new visit is not offered a correction"
    second = shown(ReceptionFormPage(office, runner, keeper, visit.id))
    assert "correction" in second.recovered.text()
    second.recovered.actionRequest.emit()
    assert second.model.draft.content == "Nội dung đang sửa dở"
    second.save(print_slip=False)
    assert office.receptions.find(visit.id).content == "Nội dung đang sửa dở"
    assert drafts(office) == []


def test_a_correction_of_a_denunciation_keeps_no_identity(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    visit = logged(office, classification=Classification.DENUNCIATION)
    page = shown(ReceptionFormPage(office, runner, keeper, visit.id))
    page.beginning.revealed(office.receptions.reveal(visit.id, "Kiểm tra lại"))
    page.binding.apply(content="Sửa nội dung tố cáo")
    page.can_close()
    (kept,) = office.drafts.all()
    assert (kept.draft.content, kept.draft.name, kept.draft.phone) == ("Sửa nội dung tố cáo", "", "")


def test_a_draft_thrown_away_by_mistake_comes_back(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    office.receptions.save_draft("visit:2026-11-23T08:00:00/1", a_draft())
    office.receptions.save_draft("visit:2026-11-23T08:30:00/2", a_draft(name="Lê Văn Bưởi"))
    page = shown(ReceptionFormPage(office, runner, keeper))
    assert "Lê Văn Bưởi" in page.recovered.text() and "1 more draft" in page.recovered.text()
    page.recovered.drop.click()
    assert drafts(office) == ["Nguyễn Thị Ẩn"]
    page.recovered.button.click()
    assert set(drafts(office)) == {"Nguyễn Thị Ẩn", "Lê Văn Bưởi"}
    assert "Lê Văn Bưởi" in page.recovered.text(), "it is offered again"


@pytest.fixture
def listed(office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show) -> DraftsPage:
    secret = a_draft(name="Kín", classification=Classification.DENUNCIATION)
    office.receptions.save_draft("visit:2026-11-23T08:00:00/1", secret)
    office.receptions.save_draft("visit:2026-11-23T08:30:00/2", a_draft())
    office.receptions.save_draft("visit:2026-11-23T08:30:00/2.1", a_draft(content="Nội dung thứ hai"))
    page: DraftsPage = shown(DraftsPage(office, runner, keeper))
    return page


def test_the_list_shows_drafts_once_each_and_names_no_denouncer(listed: DraftsPage, office: OpenOffice) -> None:
    cells = [[column.text(row) for column in draft_columns(office.today)] for row in listed.rows.rows]
    assert [row[2] for row in cells] == ["Nguyễn Thị Ẩn", "Kept secret"]
    assert "Kín" not in repr(cells)
    assert len(listed.rows.rows[0].kept) == 2, "the contents of one visit are one line"


def test_a_draft_of_the_list_is_gone_on_with_in_the_form(listed: DraftsPage, qtbot: QtBot) -> None:
    pushed: list[ReceptionFormPage] = []
    listed.pushRequest.connect(pushed.append)
    listed.list.choose("visit:2026-11-23T08:30:00/2")
    QTest.keyClick(listed.list.table, Qt.Key.Key_Return)
    (page,) = pushed
    qtbot.addWidget(page)
    assert page.model.draft.name == "Nguyễn Thị Ẩn"
    assert page.autosave.name == "visit:2026-11-23T08:30:00/2"
    assert len(page.extras.matters.all(page.model.draft)) == 2


def test_del_throws_a_draft_away_and_ctrl_z_brings_it_back_not_the_last_act(
    listed: DraftsPage, office: OpenOffice
) -> None:
    visit = logged(office)
    listed.list.choose("visit:2026-11-23T08:30:00/2")
    QTest.keyClick(listed.list.table, Qt.Key.Key_Delete)
    assert drafts(office) == ["Kín"]
    QTest.keyClick(listed.list.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(drafts(office)) == 3
    assert office.receptions.find(visit.id).removed == ""


def test_each_officer_sees_the_own_drafts_only(office: OpenOffice) -> None:
    office.receptions.save_draft("visit:2026-11-23T08:00:00/1", a_draft())
    other = Officer(id="b" * 32, office=office.office.id, name="Trần Văn Hai", right=OfficerRight.CLERK)
    add_officer(office, other, "mat-khau-hai", "practice1")
    colleague = open_office(office.home, "mat-khau-hai", now=lambda: NOW)
    try:
        assert drafts(colleague) == []
        colleague.receptions.save_draft("visit:2026-11-23T09:00:00/2", replace(a_draft(), name="Của người khác"))
        assert drafts(colleague) == ["Của người khác"]
    finally:
        colleague.close()
    assert drafts(office) == ["Nguyễn Thị Ẩn"]
