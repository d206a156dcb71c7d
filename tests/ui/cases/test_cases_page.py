"""The cases desk: why a day, the next steps, papers, history, undo; at the district nothing can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.terms import CaseState
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.store.lists.pages import CaseQuery
from tcd_desktop.ui.cases.case_words import due_chip, short_day, short_office
from tcd_desktop.ui.cases.cases_page import CasesPage
from tcd_desktop.ui.cases.due_explanation import deadline_of, explanation, grouped_days
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.papers.intake import of_files
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, MONDAY, enrol, make_district, make_office

TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language(i18n.DEFAULT)


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward")
    office.receptions.log(DRAFT, open_case=True)
    yield office
    office.close()


class Table:
    """A cases page and what it was told."""

    def __init__(self, office: OpenOffice, folder: Path, qtbot: QtBot) -> None:
        self.runner, self.files = InlineRunner(), OpenedFiles()
        self.done: list[Done[object]] = []
        self.told: list[tuple[str, str]] = []
        self.page = CasesPage(office, self.runner, Keeper(Settings(), folder / "s.json"), files=self.files)
        self.runner.changed.connect(self.page.store_changed)
        self.runner.finished.connect(self.done.append)
        self.page.messageRequest.connect(lambda sentence, tone: self.told.append((sentence, tone)))
        qtbot.addWidget(self.page)
        self.page.resize(1180, 640)
        self.page.show()
        self.case = str(self.page.view.model.record(0).id)
        self.page.hands.show(self.case)

    def words(self) -> str:
        """Everything that is written in the pane."""
        return "\n".join(label.text() for label in self.page.pane.widget().findChildren(QLabel))


@pytest.fixture
def table(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> Iterator[Table]:
    made = Table(ward, tmp_path, qtbot)
    yield made
    made.files.close()


def test_the_day_is_explained_with_article_and_days_that_do_not_count(table: Table, ward: OpenOffice) -> None:
    case = ward.cases.find(table.case)
    assert case is not None
    deadline = deadline_of(case)
    assert deadline is not None and deadline.due == date(2026, 12, 3)
    lines = dict(explanation(deadline))
    assert lines["Limit"] == "7 working days"
    assert "Điều 27" in lines["By"]
    assert lines["Begins"] == "Monday, 23/11/2026"
    days = grouped_days(deadline)
    assert [span for span, _reason in days] == ["24/11", "28–29/11"]
    assert days[1][1] == "Saturday, Sunday"


def test_the_reasons_are_opened_by_their_button(table: Table) -> None:
    due = table.page.pane.due
    assert due is not None and due.reasons.isHidden()
    due.button.click()
    assert not due.reasons.isHidden()
    assert "7 working days" in table.words()


def test_only_the_steps_of_the_procedure_are_offered_and_a_step_can_be_undone(table: Table, ward: OpenOffice) -> None:
    steps = table.page.pane.steps
    assert steps is not None
    offered = {
        "examine",
        "ask_papers",
        "file",
        "guide",
        "forward",
        "return",
        "refuse",
        "accept",
        "withdraw_part",
        "end",
    }
    assert set(steps.buttons) == offered
    steps.buttons["examine"].click()
    assert steps.form is not None and set(steps.form.fields) == {"on", "note"}
    steps.form.fields["note"].set_value("Đã xem đơn")
    steps.form.take.click()
    moved = ward.cases.find(table.case)
    assert moved is not None and (moved.state, moved.state_note) == (CaseState.UNDER_REVIEW, "Đã xem đơn")
    assert "Đã xem đơn" in table.words() and "Newly received → Under review" in table.words()
    steps = table.page.pane.steps
    assert steps is not None and set(steps.buttons) == offered - {"examine"}
    table.runner.write(lambda _progress: ward.undo.undo(table.done[-1].entry))
    back = ward.cases.find(table.case)
    assert back is not None and back.state is CaseState.RECEIVED
    assert "Undone: take a step in the case" in table.words()


def test_a_step_asks_for_what_it_needs_and_says_what_is_missing(table: Table, ward: OpenOffice) -> None:
    steps = table.page.pane.steps
    assert steps is not None
    steps.buttons["refuse"].click()
    form = steps.form
    assert form is not None
    form.save()
    assert form.fields["reason"].problem() == "This is needed."
    assert form.grounds.combo is not None and form.grounds.combo.count() == 9, "the nine grounds of Điều 11"
    form.grounds.combo.setCurrentIndex(4)
    form.grounds.combo.activated.emit(4)
    form.save()
    refused = ward.cases.find(table.case)
    assert refused is not None and refused.state is CaseState.NOT_ACCEPTED
    assert refused.state_note.startswith("Đơn khiếu nại không có chữ ký")


def test_leaving_a_step_does_nothing_and_offers_the_choices_again(table: Table, ward: OpenOffice) -> None:
    steps = table.page.pane.steps
    assert steps is not None
    steps.buttons["accept"].click()
    assert steps.form is not None
    steps.form.cancel.click()
    found = ward.cases.find(table.case)
    assert steps.form is None and found is not None and found.state is CaseState.RECEIVED


def test_ticks_of_complexity_move_the_limit(table: Table, ward: OpenOffice) -> None:
    table.page.hands.take_step("accept", StepDraft(on=TODAY))
    card = table.page.pane.complexity
    assert card is not None and len(card.boxes) == 7
    card.boxes["a"].click()
    case = ward.cases.find(table.case)
    assert case is not None and (case.complexity, case.due) == (("a",), date(2027, 1, 7))
    assert "Complex: 1 ground" in [card.toggle.text() for card in [table.page.pane.complexity] if card]


def test_every_clock_of_a_case_is_told(table: Table) -> None:
    table.page.hands.take_step("accept", StepDraft(on=TODAY))
    words = table.words()
    assert "Thụ lý → quyết định giải quyết khiếu nại lần đầu" in words
    assert "Nhận khiếu nại lần đầu → thông báo thụ lý hoặc không thụ lý" in words


def test_a_refused_step_is_told_and_changes_nothing(table: Table, ward: OpenOffice) -> None:
    table.page.hands.take_step("close", StepDraft(on=TODAY))
    found = ward.cases.find(table.case)
    assert found is not None and found.state is CaseState.RECEIVED
    assert table.told and table.told[-1][1] == "danger"


def test_papers_are_added_listed_and_opened_under_a_clean_name(
    table: Table, ward: OpenOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "đơn.pdf"
    paper.write_bytes(b"%PDF-1.7 invented")
    papers = table.page.pane.papers
    papers.offer(of_files([paper]))
    (kept,) = ward.attachments.papers(case=table.case)
    assert kept.name == "HS-1-2026_01_Don.pdf" and [one.name for one in papers.papers()] == [kept.name]
    shown: list[Path] = []

    def show(path: Path) -> bool:
        shown.append(path)
        return True

    monkeypatch.setattr(table.files, "show", show)
    papers.hands.open(papers.papers()[0])
    assert shown[0].name == kept.name and shown[0].read_bytes() == paper.read_bytes()
    table.files.close()
    assert not shown[0].exists(), "papers opened for reading are gone when the office is closed"


def test_an_empty_or_missing_file_is_refused_with_a_sentence(table: Table, ward: OpenOffice, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    papers = table.page.pane.papers
    for name in ("empty.pdf", "missing.pdf"):
        papers.offer(of_files([tmp_path / name]))
        assert name in papers.message.text(), name
    assert ward.attachments.papers(case=table.case) == []


def test_filters_show_the_cases_they_name(table: Table) -> None:
    rows = table.page.view.model.rowCount
    table.page.show_query(CaseQuery(open_only=True, due_by=date(2026, 11, 22)))
    assert (rows(), table.page.filters.index()) == (0, 3)
    table.page.filters.buttons[1].click()
    assert rows() == 1
    table.page.show_all()
    assert (rows(), table.page.filters.index()) == (1, 0)


def test_enter_opens_the_case_as_a_page(table: Table, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.page.pushRequest, timeout=1000) as pushed:
        table.page.open_case(table.case)
    assert pushed.args is not None
    page = pushed.args[0]
    qtbot.addWidget(page)
    assert page.title == "HS 1/2026" and page.view.steps is not None


def test_the_district_only_reads_the_cases_of_its_wards(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> None:
    district = make_district(tmp_path / "district")
    stick = tmp_path / "stick"
    stick.mkdir()
    enrol(ward, district, stick)
    (exported,) = ward.outbox.export(stick)
    district.inbox.take([exported.path])
    table = Table(district, tmp_path, qtbot)
    assert table.page.pane.steps is None
    assert table.page.pane.papers.add_button.isHidden()
    assert table.page.pane.due is not None
    district.close()


def test_a_deadline_is_said_in_days() -> None:
    chips = [due_chip(date(2026, 11, day), TODAY) for day in (20, 23, 24, 30)]
    assert [chip.text for chip in chips if chip] == ["3 days overdue", "Due today", "1 day left", "7 days left"]
    assert [chip.tone for chip in chips if chip] == ["danger", "warning", "warning", "warning"]
    assert due_chip(None, TODAY) is None


def test_the_year_is_said_when_it_is_another_one() -> None:
    assert [short_day(day, TODAY) for day in (TODAY, date(2025, 3, 2), None)] == ["23/11", "02/03/2025", ""]


def test_an_office_is_named_shortly_in_narrow_columns() -> None:
    assert short_office("UBND phường Nguyễn Du") == "Phường Nguyễn Du"
    assert short_office("") == ""
