"""The list of visits, its inspector, the page of one visit, printing and reprinting, secrecy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.documents.raster import page_count
from tcd_desktop.domain.office import Office
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, Classification, Direction, IdKind, OfficeKind
from tcd_desktop.open_office import OfficeForm, OpenOffice, found_office
from tcd_desktop.settings import Keeper
from tcd_desktop.store.closed.vault import Cost
from tcd_desktop.ui.forms.form_fields import LineField
from tcd_desktop.ui.lists.paged_model import ROLE_CHIP, Chip
from tcd_desktop.ui.receptions import form_ready
from tcd_desktop.ui.receptions.asking import AnswerDialog, RevealDialog
from tcd_desktop.ui.receptions.columns import due_chip
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.receptions.list_page import ReceptionsPage
from tcd_desktop.ui.receptions.source import ListChoice, Waiting
from tcd_desktop.ui.receptions.visit_acts import offered, small_acts
from tcd_desktop.ui.receptions.visit_page import LEAST_PAGE, VisitPage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.ui.receptions.conftest import NOW, PaperTray, logged

Show = Callable[[Any], Any]
TODAY = NOW.date()


@pytest.fixture
def page(office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show) -> ReceptionsPage:
    made: ReceptionsPage = shown(ReceptionsPage(office, runner, keeper, printing=tray))
    runner.changed.connect(made.store_changed)
    return made


def texts(widget: QWidget) -> str:
    """All words shown in a widget, once it was laid out and what was taken away is gone."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def cells(page: ReceptionsPage, row: int) -> dict[str, str]:
    """What a row of the list says, by column."""
    model = page.model
    found = {}
    for number, column in enumerate(model.columns):
        index = model.index(row, number)
        chip = index.data(ROLE_CHIP)
        found[column.key] = chip.text if isinstance(chip, Chip) else str(index.data())
    return found


def choose(page: ReceptionsPage, visit: Reception, qtbot: QtBot) -> None:
    assert page.list.choose(visit.id)
    qtbot.waitUntil(lambda: page.view is not None and page.view.visit.id == visit.id, timeout=2000)


def test_the_first_time_the_list_says_what_it_is_for_and_begins(page: ReceptionsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.pushRequest) as pushed:
        page.list.emptyActionRequest.emit()
    (form,) = pushed.args
    assert isinstance(form, ReceptionFormPage)
    qtbot.addWidget(form)


def test_the_newest_visit_stands_first_with_its_words(page: ReceptionsPage, office: OpenOffice, qtbot: QtBot) -> None:
    logged(office, time=time(8, 0))
    logged(office, name="Lê Văn Bé", id_number="", id_kind=IdKind.OTHER, note="quên giấy tờ", people=7)
    page.store_changed(())
    row = cells(page, 0)
    assert row["number"] == "2/2026"
    assert row["date"] == "20/11  08:30"
    assert row["person"] == "Lê Văn Bé (+6)"
    assert (row["classification"], row["due"]) == ("Complaint", "Due 07/12")
    assert page.frame.count.text() == "2 visits"
    ModelTester(None).check(page.model)


def test_search_needs_no_accents_and_nothing_found_is_told(page: ReceptionsPage, office: OpenOffice) -> None:
    logged(office)
    logged(office, name="Trần Văn Đượm", id_number="001068000001")
    assert page.search("duom")
    assert [cells(page, row)["person"] for row in range(page.model.rowCount())] == ["Trần Văn Đượm"]
    page.search("không có ai như thế")
    assert page.model.rowCount() == 0
    page.list.showAllRequest.emit()
    assert page.model.rowCount() == 2


def test_filters_leave_what_waits_or_is_late(page: ReceptionsPage, office: OpenOffice) -> None:
    late = logged(office, date=date(2026, 10, 1))
    answered = logged(office, date=date(2026, 10, 2))
    logged(office)
    office.receptions.answer(answered.id, kind=AnswerKind.ACCEPTED, channel=AnswerChannel.WRITTEN, on=date(2026, 10, 9))
    page.show_choice(ListChoice(waiting=Waiting.OPEN))
    assert page.model.rowCount() == 2
    page.show_choice(ListChoice(waiting=Waiting.OVERDUE))
    assert page.model.rowCount() == 1
    assert page.model.record(0).id == late.id
    page.show_choice(ListChoice(classification=Classification.DENUNCIATION))
    assert page.model.rowCount() == 0


@pytest.mark.parametrize(
    ("due", "answered", "text", "tone"),
    [
        (date(2026, 11, 20), None, "Overdue 20/11", "danger"),
        (date(2026, 11, 23), None, "Due today", "warning"),
        (date(2026, 11, 25), None, "2 days left", "warning"),
        (date(2026, 12, 7), None, "Due 07/12", "neutral"),
        (date(2025, 12, 7), date(2025, 12, 1), "Answered 01/12/2025", "success"),
    ],
)
def test_the_state_of_the_answer_is_a_word_and_a_tone(due: date, answered: date | None, text: str, tone: str) -> None:
    chip = due_chip(due, answered, TODAY)
    assert chip is not None
    assert (chip.text, chip.tone) == (text, tone)


def test_a_denouncer_is_named_nowhere_in_list_and_inspector(
    page: ReceptionsPage, office: OpenOffice, qtbot: QtBot
) -> None:
    visit = logged(office, classification=Classification.DENUNCIATION)
    page.store_changed(())
    assert cells(page, 0)["person"] == "secret"
    choose(page, visit, qtbot)
    shown = texts(page.inspector)
    assert "Khiếu nại việc bồi thường" in shown, "the inspector shows the visit"
    for secret in ("Nguyễn Thị Ẩn", "001168012345", "Quỹ Đỗ", "0912345678", "05/09/1968"):
        assert secret not in shown
    page.search("Nguyen Thi An")
    assert page.model.rowCount() == 0


def test_the_identity_is_shown_after_a_reason_and_the_reason_is_kept(
    page: ReceptionsPage, office: OpenOffice, qtbot: QtBot
) -> None:
    visit = logged(office, classification=Classification.DENUNCIATION)
    other = logged(office)
    page.store_changed(())
    choose(page, visit, qtbot)
    page.acts.do("reveal")
    dialog = page.findChild(RevealDialog)
    dialog.reason.editor.setPlainText("mời công dân bổ sung đơn")
    dialog.accept_values()
    assert "Nguyễn Thị Ẩn" in texts(page.inspector)
    from tcd_desktop.domain.cases.case_file import Disclosure

    (kept,) = office.store.all(Disclosure)
    assert (kept.reception, kept.reason) == (visit.id, "mời công dân bổ sung đơn")
    choose(page, other, qtbot)
    choose(page, visit, qtbot)
    assert "Nguyễn Thị Ẩn" not in texts(page.inspector), "shown until another visit is chosen"


def test_the_answer_is_recorded_with_what_how_and_when(page: ReceptionsPage, office: OpenOffice, qtbot: QtBot) -> None:
    visit = logged(office)
    page.store_changed(())
    choose(page, visit, qtbot)
    page.acts.do("answer")
    dialog = page.findChild(AnswerDialog)
    dialog.accept_values()
    assert dialog.kind.problem() and dialog.channel.problem()
    dialog.kind.set_value(AnswerKind.FORWARDED)
    dialog.channel.set_value(AnswerChannel.IN_PERSON)
    dialog.day.set_value(date(2026, 11, 19))
    dialog.accept_values()
    assert "before the visit" in dialog.day.problem()
    dialog.day.set_value(date(2026, 11, 23))
    dialog.accept_values()
    assert cells(page, 0)["due"] == "Answered 23/11"
    assert "Answer recorded" in texts(page.inspector)


def test_a_case_is_opened_from_the_list_and_then_gone_to(
    page: ReceptionsPage, office: OpenOffice, qtbot: QtBot
) -> None:
    visit = logged(office)
    page.store_changed(())
    choose(page, visit, qtbot)
    page.acts.do("case")
    assert "HS 1/2026" in page.message.text()
    with qtbot.waitSignal(page.goRequest) as gone:
        page.acts.do("go_case")
    assert gone.args[0] == "cases"
    assert gone.args[1] == office.receptions.find(visit.id).case  # type: ignore[union-attr]


def test_enter_opens_the_visit_as_a_page_and_the_keys_act_there(
    page: ReceptionsPage, office: OpenOffice, qtbot: QtBot, tray: PaperTray
) -> None:
    visit = logged(office)
    page.store_changed(())
    page.focus_list()
    opened: list[VisitPage] = []
    page.pushRequest.connect(opened.append)
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    (made,) = opened
    qtbot.addWidget(made)
    assert made.title == f"Visit {visit.book_number}"
    assert "Nguyễn Thị Ẩn" in texts(made.facts)


# --- printing ----------------------------------------------------------


def visit_page(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show, visit: Reception
) -> VisitPage:
    made: VisitPage = shown(VisitPage(office, runner, keeper, visit.id, printing=tray))
    runner.changed.connect(made.store_changed)
    return made


def test_a_reprint_says_so_on_paper_and_in_the_register(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show
) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    visit = logged(office)
    made = visit_page(office, runner, keeper, tray, shown, visit)
    made.slip.print_button.click()
    assert made.slip.print_button.text().startswith("Print again")
    made.slip.copies.set_value(1)
    made.slip.print_button.click()
    register = texts(made.slip)
    assert "First print · 23/11/2026 09:12 · 2 copies" in register
    assert "Reprint 1 · 23/11/2026 09:12 · 1 copy" in register
    assert page_count(tray.sheets[1].read_bytes()) == 1
    again = office.slips.stored_pdf(office.slips.printed(visit.id)[1])
    assert "In lại" in PdfReader(BytesIO(again)).pages[0].extract_text()
    assert all("Ẩn" not in title for title in tray.titles), "the print queue names nobody"


def test_the_pdf_is_saved_under_a_name_without_the_person(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show
) -> None:
    made = visit_page(office, runner, keeper, tray, shown, logged(office))
    made.slip.print_button.click()
    made.slip.save_button.click()
    (path,) = tray.saved
    assert path.name == "bien-nhan-1-2026.pdf"
    assert path.read_bytes().startswith(b"%PDF")
    assert "bien-nhan-1-2026.pdf" in made.message.text()


def test_a_folder_that_cannot_be_written_is_told(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show
) -> None:
    made = visit_page(office, runner, keeper, tray, shown, logged(office))
    made.slip.print_button.click()
    tray.folder = tray.folder / "gone"
    made.slip.save_button.click()
    assert "cannot be written" in made.message.text()


def test_a_pc_without_printer_saves_the_slip_instead(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show
) -> None:
    tray.present = False
    visit = logged(office)
    made = visit_page(office, runner, keeper, tray, shown, visit)
    made.slip.print_button.click()
    assert [path.name for path in tray.saved] == ["bien-nhan-1-2026.pdf"]
    assert len(office.slips.printed(visit.id)) == 1


def test_a_denouncers_printed_slip_is_not_shown_before_a_reason_is_given(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show
) -> None:
    visit = logged(office, classification=Classification.DENUNCIATION)
    made = visit_page(office, runner, keeper, tray, shown, visit)
    assert made.slip.masked.isVisible()
    made.slip.print_button.click()
    assert made.slip.copies.value() == 3
    assert made.slip.save_button.isHidden()
    assert "Nguyễn Thị Ẩn" not in texts(made)
    made.acts._reveal(visit.id, "in lại cho công dân")
    assert "Nguyễn Thị Ẩn" in texts(made.facts)
    assert made.slip.masked.isHidden() and made.slip.save_button.isVisible()


def test_a_visit_without_documents_needs_no_slip(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show
) -> None:
    made = visit_page(office, runner, keeper, tray, shown, logged(office, documents=()))
    assert made.slip.none.isVisible() and made.slip.print_button.isHidden() is False
    assert not made.slip.print_button.isVisible()
    made.slip.print_slip()
    assert tray.sheets == []


def test_a_refused_visit_has_no_answer_to_record(page: ReceptionsPage, office: OpenOffice, qtbot: QtBot) -> None:
    visit = logged(office, direction=Direction.REFUSE, refusal_ground="L9.1", documents=())
    page.store_changed(())
    choose(page, visit, qtbot)
    page.acts.do("answer")
    assert page.findChild(AnswerDialog) is None
    assert cells(page, 0)["due"] == ""


def test_of_a_refused_visit_no_case_is_opened(page: ReceptionsPage, office: OpenOffice, qtbot: QtBot) -> None:
    visit = logged(office, direction=Direction.REFUSE, refusal_ground="L9.1", documents=())
    taken = logged(office, documents=())
    page.store_changed(())
    choose(page, visit, qtbot)
    page.acts.do("case")
    assert office.receptions.find(visit.id).case is None
    assert page.view is not None and "case" not in offered(page.view)
    assert [page.acts.buttons(page.view, with_open=wanted)[-1].text() for wanted in (True, False)] == ["Open", "Amend"]
    choose(page, taken, qtbot)
    page.acts.do("case")
    assert office.receptions.find(taken.id).case


# --- the superior ------------------------------------------------------


def test_the_superior_reads_all_wards_and_changes_nothing(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show, tmp_path: Any, qtbot: QtBot
) -> None:
    above = found_office(
        tmp_path / "district",
        OfficeForm(kind=OfficeKind.DISTRICT, code="HBT", name="UBND quận Hai Bà Trưng"),
        "practice1",
        cost=Cost(1024, 1, 1),
        now=lambda: NOW,
    )
    try:
        visit = replace(logged(above), office="HBT-01")
        with above.store.writing() as connection:  # as an import writes it
            connection.exec_driver_sql("UPDATE reception SET office = 'HBT-01' WHERE id = ?", (visit.id,))
        with above.store.unit(act="test", officer="") as unit:
            unit.put(Office(id="HBT-01", office="HBT", name="UBND phường Nguyễn Du", kind=OfficeKind.WARD))
            unit.commit()
        page = shown(ReceptionsPage(above, runner, keeper))
        assert cells(page, 0)["office"] == "UBND phường Nguyễn Du"
        assert page.frame.new.isHidden()
        choose(page, visit, qtbot)
        menu = page.acts.menu(with_open=True)
        assert [action.text().split("\t")[0] for action in menu.actions()] == ["Open"]
        menu.close()
    finally:
        above.close()


def in_a_pile(page: ReceptionsPage, shown: Show) -> QStackedWidget:
    """The list as the window holds it: in a pile, with the forms above it."""
    pile = QStackedWidget()
    pile.addWidget(page)
    shown(pile)
    return pile


def test_a_new_visit_is_the_form_made_beforehand_with_the_time_of_now(
    office: OpenOffice,
    runner: InlineRunner,
    keeper: Keeper,
    tray: PaperTray,
    shown: Show,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = ReceptionsPage(office, runner, keeper, printing=tray)
    pile = in_a_pile(page, shown)
    page.activated()
    qtbot.waitUntil(lambda: page.ready.whole, timeout=15_000)
    prepared = page.ready.form
    assert prepared is not None and prepared.isHidden() and page.isVisible()
    monkeypatch.setattr(office, "_now", lambda: NOW.replace(hour=14, minute=31))
    with qtbot.waitSignal(page.pushRequest) as pushed:
        page.new_visit()
    assert pushed.args == [prepared] and prepared.parentWidget() is pile
    assert prepared.model.draft.time == time(14, 31)
    assert page.ready.form is None, "one form is for one visit"


def test_the_form_is_not_made_while_somebody_moves_through_the_list(
    office: OpenOffice,
    runner: InlineRunner,
    keeper: Keeper,
    tray: PaperTray,
    shown: Show,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(form_ready, "REST_MS", 600_000)
    rows = [logged(office).id for _number in range(4)]
    page = ReceptionsPage(office, runner, keeper, printing=tray)
    pile = in_a_pile(page, shown)
    assert page.parentWidget() is pile
    page.activated()
    for move in (partial(page.list.choose, rows[1]), partial(page.search, "x")):
        page.ready._rest.start(60_000)  # somebody has rested for a while
        move()
        qtbot.waitUntil(lambda: page.ready._rest.remainingTime() > 60_000, timeout=15_000)
    assert page.ready.form is None


def test_the_form_is_made_in_pieces_between_which_the_window_lives(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show, qtbot: QtBot
) -> None:
    page = ReceptionsPage(office, runner, keeper, printing=tray)
    pile = in_a_pile(page, shown)
    lived: list[bool] = []
    pulse = QTimer()
    pulse.timeout.connect(lambda: lived.append(page.ready.whole))
    page.activated()
    qtbot.waitUntil(lambda: page.ready.form is not None, timeout=15_000)
    pulse.start(0)
    qtbot.waitUntil(lambda: page.ready.whole, timeout=15_000)
    pulse.stop()
    assert lived.count(False) >= 8 and page.parentWidget() is pile


def test_a_form_that_is_wanted_when_it_was_only_begun_is_whole(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show, qtbot: QtBot
) -> None:
    page = ReceptionsPage(office, runner, keeper, printing=tray)
    pile = in_a_pile(page, shown)
    page.activated()
    qtbot.waitUntil(lambda: page.ready.form is not None, timeout=15_000)
    assert not page.ready.whole
    with qtbot.waitSignal(page.pushRequest) as pushed:
        page.new_visit()
    form = pushed.args[0]
    assert form.parentWidget() is pile
    assert form.binding.fields["name"].isVisibleTo(form) and form.side and not form.model.dirty
    qtbot.wait(50)
    assert page.ready.form is None and not page.ready._rest.isActive()


def test_what_was_logged_since_the_form_was_made_is_offered_in_it(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show
) -> None:
    page = ReceptionsPage(office, runner, keeper, printing=tray)
    pile = in_a_pile(page, shown)
    page.ready.prepare()
    for number in (3, 4):
        logged(office, address=f"Số {number} ngõ Văn Chương, phường Nguyễn Du")
    form = page.ready.take()
    assert form is not None and form.parentWidget() is pile
    field = form.fields["address"]
    assert isinstance(field, LineField)
    completer = field.editor.completer()
    completer.setCompletionPrefix("phố Huế, phường")
    assert completer.currentCompletion().endswith("phường Nguyễn Du")


def test_a_form_that_could_not_be_made_beforehand_is_made_when_it_is_asked_for(
    page: ReceptionsPage, qtbot: QtBot
) -> None:
    page.ready.prepare()
    assert page.ready.form is None, "a list without a window has no place for it"
    with qtbot.waitSignal(page.pushRequest) as pushed:
        page.new_visit()
    (form,) = pushed.args
    assert isinstance(form, ReceptionFormPage) and form.model.draft.time == NOW.time()
    qtbot.addWidget(form)


def test_the_page_of_a_visit_fits_whatever_can_be_done_with_it(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    """No button pushes the slip, or the bar of a scan that comes later, over the edge of the screen."""
    i18n.set_language("vi")
    secret = logged(office, classification=Classification.DENUNCIATION)
    office.cases.open_from(secret.id)
    refused = logged(office, direction=Direction.REFUSE, refusal_ground="L9.3", earlier_answer="1/TB")
    for visit in (secret, refused):
        page = shown(VisitPage(office, runner, keeper, visit.id))
        assert page.view is not None and len(offered(page.view)) >= 6
        page.papers.tray.setFixedWidth(370)
        page.papers.tray.show()
        page.layout().activate()
        assert page.minimumSizeHint().width() <= LEAST_PAGE


def test_buttons_give_way_in_their_order_until_all_fit() -> None:
    widths = {"answer": 200, "go_case": 140, "amend": 80, "letter": 150, "reveal": 150}
    assert small_acts(widths, 720, 50) == frozenset()
    assert small_acts(widths, 640, 50) == {"letter"}
    assert small_acts(widths, 540, 50) == {"letter", "go_case"}
