"""The review desk: proposals decided with one key, the list with what the books know, progress, the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel, ReviewPlan, ReviewSource, ReviewState
from tcd_desktop.domain.terms import OfficerRight, Role
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.directives.directive_task import FollowTask
from tcd_desktop.ui.reviews.add_page import ReviewAddPage
from tcd_desktop.ui.reviews.report_page import ReviewReportPage
from tcd_desktop.ui.reviews.review_form_page import ReviewFormPage
from tcd_desktop.ui.reviews.review_parts import DISMISSED, LISTED, OVER, PROPOSED
from tcd_desktop.ui.reviews.reviews_page import ReviewsPage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, MONDAY, SECRET, SECRET_WORDS, make_office

TODAY = MONDAY.date()
PROVED: dict[str, Any] = {"role": Role.GROUP_REPRESENTATIVE, "representation_paper": "Văn bản cử người đại diện"}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language(i18n.DEFAULT)


@dataclass
class Desk:
    """A ward with two crowds, and its page."""

    office: OpenOffice
    page: ReviewsPage
    runner: InlineRunner

    def entry(self) -> str:
        """Puts the first proposal on the list."""
        made = self.office.reviews.decide(self.office.reviews.proposals()[0], listed=True).value.id
        self.page.refresh()
        return made


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    office = make_office(tmp_path / "ward")
    for people in (12, 30):
        office.receptions.log(replace(DRAFT, people=people, **PROVED), open_case=True)
    runner = InlineRunner()
    page = ReviewsPage(office, runner, Keeper(Settings(), tmp_path / "s.json"))
    runner.changed.connect(page.store_changed)
    qtbot.addWidget(page)
    page.resize(1180, 640)
    page.show()
    yield Desk(office, page, runner)
    office.close()


def words_of(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def chosen(desk: Desk, qtbot: QtBot, part: int) -> None:
    desk.page.show_part(part)
    qtbot.waitUntil(lambda: bool(desk.page.view.current_id()))
    pane = desk.page.proposal_pane if part == PROPOSED else desk.page.pane
    qtbot.waitUntil(lambda: "HS " in pane.accessibleName())


def test_a_proposal_tells_its_reasons_with_figures(desk: Desk, qtbot: QtBot) -> None:
    chosen(desk, qtbot, PROPOSED)
    told = words_of(desk.page.proposal_pane)
    assert "people came about the same matter (the list takes from 5)." in told
    assert desk.page.which.buttons[PROPOSED].text() == "Proposed (2)"


def test_one_key_takes_a_proposal_on_and_stands_on_the_next(desk: Desk, qtbot: QtBot) -> None:
    chosen(desk, qtbot, PROPOSED)
    first = desk.page.proposed.current_id()
    QTest.keyClick(desk.page.proposed.table, Qt.Key.Key_Insert)
    assert [row.entry.case for row in desk.page._read] == [first]
    qtbot.waitUntil(lambda: bool(desk.page.proposed.current_id()))
    assert desk.page.proposed.current_id() not in ("", first)


def test_a_proposal_is_left_out_only_with_a_reason(desk: Desk, qtbot: QtBot) -> None:
    chosen(desk, qtbot, PROPOSED)
    desk.page.dismiss.click()
    dialog = desk.page.acts.dialog
    assert dialog is not None
    dialog.accept_values()
    assert len(desk.office.reviews.proposals()) == 2 and dialog.fields["note"].problem()
    dialog.fields["note"].set_value("Đã thống nhất với công dân")
    dialog.accept_values()
    assert len(desk.office.reviews.proposals()) == 1
    desk.page.show_part(DISMISSED)
    assert [row.entry.note for row in desk.page.rows.rows] == ["Đã thống nhất với công dân"]


def test_the_chosen_case_shows_what_the_books_know(desk: Desk, qtbot: QtBot) -> None:
    entry = desk.entry()
    case = desk.office.reviews.row(entry).entry.case
    order = DirectiveDraft(
        level=DirectiveLevel.GOVERNMENT,
        issuer="Văn phòng Chính phủ",
        number="12/VPCP-V.I",
        issued_on=TODAY,
        content="Rà soát, giải quyết dứt điểm",
        units=("P-01",),
        cases=(case,),
    )
    desk.office.directives.issue(order)
    desk.page.refresh()
    chosen(desk, qtbot, LISTED)
    told = words_of(desk.page.pane)
    for words in ("Nguyễn Văn Đức", "12/VPCP-V.I", "Hàng xóm xây nhà lấn ra ngõ đi chung", "Crowded"):
        assert words in told


def test_a_denouncer_is_named_nowhere(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    visit = desk.office.receptions.log(SECRET, open_case=True).value
    assert visit.case is not None
    desk.office.reviews.add(visit.case, source=ReviewSource.PLAN_363)
    desk.page.refresh()
    chosen(desk, qtbot, LISTED)
    told = words_of(desk.page.pane)
    assert "Kept secret" in told and not any(secret in told for secret in SECRET_WORDS)
    assert not desk.page.search(SECRET_WORDS[0])
    target = tmp_path / "list.xlsx"
    report = ReviewReportPage(desk.office, desk.runner, Keeper(Settings(), tmp_path / "r.json"))
    qtbot.addWidget(report)
    report.export.ask = lambda name, parent: target
    report.save_table()
    cells = [str(cell.value or "") for line in openpyxl.load_workbook(target).active for cell in line]
    assert any("Kept secret" in cell for cell in cells)
    assert not any(secret in cell for secret in SECRET_WORDS for cell in cells)


def test_plan_measure_and_day_are_saved_from_the_form(desk: Desk, qtbot: QtBot) -> None:
    row = desk.office.reviews.row(desk.entry())
    form = ReviewFormPage(desk.office, desk.runner, row)
    qtbot.addWidget(form)
    form.show()
    for name, value in (("plan", ReviewPlan.PERSUADE), ("measure", "Đối thoại lần hai"), ("due", TODAY)):
        form.fields[name].set_value(value)
        form.fields[name].changed.emit(value)
    form.save()
    saved = desk.office.reviews.row(row.id).entry
    assert (saved.plan, saved.measure, saved.due) == (ReviewPlan.PERSUADE, "Đối thoại lần hai", TODAY)


def test_a_day_before_the_case_arose_stands_beside_its_field(desk: Desk, qtbot: QtBot) -> None:
    form = ReviewFormPage(desk.office, desk.runner, desk.office.reviews.row(desk.entry()))
    qtbot.addWidget(form)
    form.show()
    form.fields["due"].changed.emit(date(2020, 1, 1))
    form.save()
    assert form.fields["due"].problem() and not form.can_close()


def test_progress_and_the_end_are_entered_from_the_list(desk: Desk, qtbot: QtBot) -> None:
    desk.entry()
    chosen(desk, qtbot, LISTED)
    QTest.keyClick(desk.page.list.table, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    dialog = desk.page.acts.dialog
    assert dialog is not None
    dialog.fields["content"].set_value("Đã mời các hộ đến đối thoại")
    dialog.accept_values()
    assert "Đã mời các hộ đến đối thoại" in words_of(desk.page.pane)
    desk.page.end.click()
    dialog = desk.page.acts.dialog
    assert dialog is not None
    dialog.fields["state"].set_value(ReviewState.WITHDRAWN)
    dialog.fields["result"].set_value("Công dân rút đơn")
    dialog.accept_values()
    assert not desk.page.rows.rows
    desk.page.show_part(OVER)
    assert [row.entry.result for row in desk.page.rows.rows] == ["Công dân rút đơn"]


def test_the_report_counts_what_moved_in_its_period(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    first = desk.entry()
    desk.entry()
    desk.office.reviews.tell(first, on=TODAY - timedelta(days=40), content="Đã kiểm tra hiện trạng")
    report = ReviewReportPage(desk.office, desk.runner, Keeper(Settings(), tmp_path / "r.json"))
    qtbot.addWidget(report)
    figures = {key: label.text() for key, label in report.figures.items()}
    assert figures == {"open": "2", "ended": "0", "moved": "1", "silent": "1", "overdue": "0"}
    report.period.choice.buttons[0].click()
    assert report.figures["moved"].text() == "0"
    assert {report._news(row) for row in report.rows.rows} == {"nothing new"}


def test_the_table_file_has_the_fifteen_columns(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.entry()
    target = tmp_path / "list.xlsx"
    report = ReviewReportPage(desk.office, desk.runner, Keeper(Settings(), tmp_path / "r.json"))
    qtbot.addWidget(report)
    report.export.ask = lambda name, parent: target
    report.save_table()
    lines = [[cell.value for cell in line] for line in openpyxl.load_workbook(target).active]
    head = next(line for line in lines if line[0] == "No.")
    assert len(head) == 15 and all(head)
    row = lines[lines.index(head) + 1]
    assert row[0] == 1 and "Nguyễn Văn Đức" in row[2] and "Crowded" in row[6]


def add_form(desk: Desk, qtbot: QtBot, argument: object) -> ReviewAddPage:
    pushed: list[QWidget] = []
    desk.page.pushRequest.connect(pushed.append)
    if argument is None:
        desk.page.add.click()
    else:
        desk.page.activated(argument)
    (form,) = pushed
    assert isinstance(form, ReviewAddPage)
    qtbot.addWidget(form)
    form.resize(1180, 640)
    form.show()
    return form


def test_a_case_is_put_under_review_by_hand_with_the_reason(desk: Desk, qtbot: QtBot) -> None:
    case = desk.office.receptions.log(DRAFT, open_case=True).value.case or ""
    assert all(one.measure.case != case for one in desk.office.reviews.proposals()), "no rule proposes it"
    form = add_form(desk, qtbot, None)
    form.save()
    assert form.fields["cases"].problem() and form.fields["note"].problem()
    assert desk.office.reviews.rows() == []
    for name, value in (("cases", (case,)), ("note", "Công dân gửi đơn nhiều cấp")):
        form.fields[name].set_value(value)
        form.fields[name].changed.emit(value)
    form.save()
    (row,) = desk.office.reviews.rows()
    assert (row.entry.case, row.entry.note, row.entry.proposed_by_rule) == (case, "Công dân gửi đơn nhiều cấp", False)
    assert desk.page.which.buttons[LISTED].text() == "On the list now (1)"
    qtbot.waitUntil(lambda: desk.page.list.current_id() == row.id)


def test_the_form_begins_with_the_case_one_came_from_and_a_case_is_listed_once(desk: Desk, qtbot: QtBot) -> None:
    case = desk.office.receptions.log(DRAFT, open_case=True).value
    form = add_form(desk, qtbot, FollowTask("reviews", "", "new", case.case or ""))
    assert form.fields["cases"].value() == (case.case,)
    desk.office.reviews.add(case.case or "", source=ReviewSource.CITY)
    form.fields["note"].set_value("Hai lần")
    form.fields["note"].changed.emit("Hai lần")
    form.save()
    assert "is on the review list already" in form.message.text() and "HS 3/2026" in form.message.text()
    assert len(desk.office.reviews.rows()) == 1


def test_another_desk_opens_the_line_of_a_case_wherever_it_stands(desk: Desk, qtbot: QtBot) -> None:
    entry = desk.entry()
    desk.office.reviews.change(
        entry, state=ReviewState.SETTLED, result="Đã giải quyết", closed_on=TODAY, closing_number="1/TB"
    )
    desk.page.refresh()
    desk.page.activated(FollowTask("reviews", entry))
    qtbot.waitUntil(lambda: desk.page.list.current_id() == entry)
    assert desk.page.which.index() == OVER


def test_the_figures_of_the_report_stand_within_its_margin(desk: Desk, qtbot: QtBot) -> None:
    desk.entry()
    page = ReviewReportPage(desk.office, desk.runner, Keeper(Settings(), desk.office.home / "s2.json"))
    qtbot.addWidget(page)
    page.resize(1182, 640)
    page.show()
    QApplication.processEvents()
    figures = page.figures["open"]
    assert figures.mapTo(page, figures.rect().topLeft()).x() >= 16


def test_a_viewer_reads_the_list_and_the_proposals_and_is_offered_no_act(desk: Desk, qtbot: QtBot) -> None:
    desk.entry()
    desk.office.officer = replace(desk.office.officer, right=OfficerRight.VIEWER)
    page = desk.page
    for part, acts in ((PROPOSED, (page.take, page.dismiss)), (LISTED, (page.tell, page.change, page.end))):
        page.refresh()
        chosen(desk, qtbot, part)
        page.view.currentChanged.emit(page.view.current_id())
        assert not any(button.isVisibleTo(page) or button.isEnabled() for button in acts)
