"""The form of a visit under the hands of an officer: keys, card, problems, drafts, amendments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tcd_desktop.documents.raster import page_count
from tcd_desktop.domain.receptions.reception import Paper, Reception
from tcd_desktop.domain.terms import Classification, Direction, PaperCondition, ReceiverRank, Role, Sex
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.receptions.asking import RevealDialog
from tcd_desktop.ui.receptions.autosave import EVERY_MS
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.window.runner import InlineRunner, Runner
from tests.ui.receptions.conftest import CARD, OFFSCREEN, PaperTray, a_draft, logged, press, type_here

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
CTRL = Qt.KeyboardModifier.ControlModifier
Show = Callable[[Any], Any]

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)


@pytest.fixture
def form(office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show) -> ReceptionFormPage:
    page: ReceptionFormPage = shown(ReceptionFormPage(office, runner, keeper, printing=tray))
    return page


def visits(office: OpenOffice) -> list[Reception]:
    return office.store.all(Reception, "1 ORDER BY rid")


def fill(form: ReceptionFormPage, **changes: Any) -> None:
    """As if everything had been typed."""
    draft = a_draft(**changes)
    form.binding.load(replace(draft, date=form.model.draft.date, receiver_name="Đỗ Thị Quỹ"), dirty=True)


def test_a_whole_visit_is_logged_and_printed_by_keyboard_alone(
    form: ReceptionFormPage, office: OpenOffice, tray: PaperTray
) -> None:
    type_here("Nguyễn Thị Ẩn")
    press(ENTER)
    type_here("5/9/1968")
    press(ENTER)
    type_here("f")
    press(ENTER)
    press(ENTER)
    type_here("001168012345")
    press(ENTER)
    type_here("1/8/24")
    press(ENTER)
    type_here("Bộ Công an")
    press(ENTER)
    type_here("Số 12 phố Quỹ Đỗ")
    press(ENTER)
    type_here("0912345678")
    for _step in range(3):
        press(ENTER)
    type_here("c")
    press(ENTER)
    type_here("Khiếu nại việc thu hồi đất")
    press(TAB)
    type_here("Đề nghị xem xét")
    press(TAB)
    press(Qt.Key.Key_Space)
    press(ENTER)
    type_here("Đơn khiếu nại")
    press(ENTER)
    type_here("2")
    press(ENTER)
    press(ENTER)
    type_here("a")
    press(ENTER, CTRL)

    assert len(visits(office)) == 1, form.model.draft
    visit = visits(office)[0]
    assert (visit.name, visit.birth_date, visit.sex) == ("Nguyễn Thị Ẩn", "1968-09-05", Sex.FEMALE)
    assert (visit.id_number, visit.id_issued) == ("001168012345", date(2024, 8, 1))
    assert (visit.content, visit.request) == ("Khiếu nại việc thu hồi đất", "Đề nghị xem xét")
    assert visit.documents == (Paper("Đơn khiếu nại", 2),)
    assert visit.direction is Direction.ACCEPT and visit.has_petition
    assert visit.case is not None, "a case is opened when the matter is accepted"
    assert form.after.number.text() == "1/2026"
    assert page_count(tray.sheets[0].read_bytes()) == 2, "two copies of one page"
    assert [one.print_no for one in office.slips.printed(visit.id)] == [1]


def test_saving_an_empty_form_words_each_problem_and_goes_to_the_first(form: ReceptionFormPage) -> None:
    press(ENTER, CTRL)
    for name in ("name", "id_number", "address", "classification", "content", "request", "direction"):
        assert form.fields[name].problem(), name
    assert QApplication.focusWidget() is form.fields["name"].focusProxy()
    assert "7" in form.message.text()


def test_what_is_no_date_is_counted_when_it_stops_the_visit(form: ReceptionFormPage, office: OpenOffice) -> None:
    fill(form)
    form.fields["birth_date"].setFocus()
    type_here("hôm qua")
    form.save(print_slip=False)
    assert form.message.text().startswith("1 ")
    assert QApplication.focusWidget() is form.fields["birth_date"].focusProxy()
    assert office.store.all(Reception, "1") == []


def test_what_stands_in_a_line_that_is_not_asked_any_more_stops_nothing(
    form: ReceptionFormPage, office: OpenOffice
) -> None:
    fill(form, direction=Direction.FORWARD, forwarded_to="Công an phường")
    form.fields["forwarded_on"].setFocus()
    type_here("hôm qua")
    form.fields["direction"].setFocus()
    assert form.fields["forwarded_on"].problem()
    form.fields["direction"].set_value(Direction.ACCEPT)
    form.fields["direction"].changed.emit(Direction.ACCEPT)
    form.save(print_slip=False)
    assert [visit.direction for visit in office.store.all(Reception, "1")] == [Direction.ACCEPT]


def test_a_problem_in_the_folded_circumstances_unfolds_them(form: ReceptionFormPage) -> None:
    fill(form, receiver_rank=ReceiverRank.DELEGATE)
    assert form.visit_card.isHidden()
    form.save(print_slip=False)
    assert form.visit_card.isVisible()
    assert form.fields["delegated_by"].problem()


def test_a_doubtful_number_is_told_in_amber_and_does_not_stop(form: ReceptionFormPage, office: OpenOffice) -> None:
    fill(form, id_number="001068012345")
    form.binding.check()
    field = form.fields["id_number"]
    assert "sex" in field.problem()
    assert field.focusProxy().property("state") == "warning"
    form.save(print_slip=False)
    assert len(visits(office)) == 1


def test_a_document_without_a_name_is_named_by_its_place(form: ReceptionFormPage) -> None:
    fill(form, documents=(Paper("Đơn", 2), Paper("", 3)))
    form.save(print_slip=False)
    assert form.fields["documents"].problem().startswith("Documents handed over 2")


def test_an_original_document_is_doubted_but_taken(form: ReceptionFormPage, office: OpenOffice) -> None:
    fill(form, documents=(Paper("Sổ đỏ", 4, PaperCondition.ORIGINAL),))
    form.binding.check()
    assert "original" in form.fields["documents"].problem().lower()
    form.save(print_slip=False)
    assert len(visits(office)) == 1


# --- the card ----------------------------------------------------------


def test_a_scanned_card_fills_the_person_and_says_so(form: ReceptionFormPage) -> None:
    press(Qt.Key.Key_F2)
    type_here(CARD)
    press(ENTER)
    draft = form.model.draft
    assert (draft.name, draft.id_number, draft.sex) == ("Nguyễn Thị Ẩn", "001168012345", Sex.FEMALE)
    assert draft.address == "Số 12 ngõ 34 phố Quỹ Đỗ, Hà Nội"
    assert "7" in form.message.text()
    assert QApplication.focusWidget() is form.fields["phone"].focusProxy()


def test_a_scanner_that_types_into_the_name_is_understood(form: ReceptionFormPage) -> None:
    type_here(CARD)
    press(ENTER)
    assert form.model.draft.name == "Nguyễn Thị Ẩn"
    assert form.fields["name"].value() == "Nguyễn Thị Ẩn"


def test_a_card_never_overwrites_silently(form: ReceptionFormPage) -> None:
    type_here("Trần Thị Bưởi")
    form.filling.take_card(CARD)
    assert form.model.draft.name == "Trần Thị Bưởi"
    assert form.overwrite.differences() == [("Full name", "Trần Thị Bưởi", "Nguyễn Thị Ẩn")]
    press(Qt.Key.Key_Escape)
    assert form.model.draft.name == "Trần Thị Bưởi"
    form.filling.take_card(CARD)
    press(Qt.Key.Key_Right)
    press(ENTER)
    assert form.model.draft.name == "Nguyễn Thị Ẩn"
    assert form.overwrite.isHidden()
    form.message.actionRequest.emit()
    assert form.model.draft.name == "Trần Thị Bưởi", "the message offers to take it back"


def test_what_is_no_card_is_told_and_changes_nothing(form: ReceptionFormPage) -> None:
    before = form.model.draft
    form.filling.take_card("https://example.org")
    assert "not the code of a citizen card" in form.message.text()
    assert form.model.draft == before


def test_a_broken_card_names_what_to_type_by_hand(form: ReceptionFormPage) -> None:
    form.filling.take_card("001168012345|012345678|NGUY?N TH? ?N|05091968|Nữ|S? 12|01082024")
    assert form.model.draft.id_number == "001168012345"
    assert form.model.draft.name == ""
    assert "by hand" in form.message.text()


def test_a_known_citizen_is_shown_with_the_last_visit_and_fills_by_one_key(
    form: ReceptionFormPage, office: OpenOffice, qtbot: QtBot
) -> None:
    logged(office)
    form.binding.apply(id_number="001168012345")
    qtbot.waitUntil(lambda: form.known.isVisible(), timeout=2000)
    assert "Nguyễn Thị Ẩn" in form.known.text()
    assert "1 time" in form.known.text() and "20/11" in form.known.text()
    press(Qt.Key.Key_F6)
    assert form.model.draft.address == "Số 12 ngõ 34 phố Quỹ Đỗ, Hà Nội"
    assert form.model.draft.phone == "0912345678"


# --- following the typing ----------------------------------------------


def test_fields_appear_when_another_answer_makes_them_needed(form: ReceptionFormPage) -> None:
    fields = form.fields
    assert fields["guided_to"].isHidden() and fields["represented"].isHidden()
    assert fields["read_back"].isVisible(), "nothing is written: the record is read back"
    form.binding.apply(direction=Direction.GUIDE, role=Role.AUTHORISED, has_petition=True)
    assert fields["guided_to"].isVisible() and fields["representation_kind"].isVisible()
    assert fields["read_back"].isHidden()
    form.binding.apply(direction=Direction.REFUSE, refusal_ground="L9.3")
    assert fields["refusal_ground"].isVisible()
    assert "khoản 3 Điều 9" in form.handling.ground_text.text()


def test_what_is_not_asked_any_more_is_not_saved(form: ReceptionFormPage, office: OpenOffice) -> None:
    fill(form, direction=Direction.GUIDE, guided_to="Tòa án nhân dân")
    form.binding.apply(direction=Direction.ACCEPT)
    form.save(print_slip=False)
    assert visits(office)[0].guided_to == ""


def test_a_case_is_offered_with_acceptance_until_the_officer_decides(form: ReceptionFormPage) -> None:
    box = form.handling.open_case
    assert not box.isChecked()
    form.binding.apply(direction=Direction.ACCEPT)
    assert box.isChecked()
    box.click()
    form.binding.apply(content="Khác")
    assert not box.isChecked()


def test_the_day_of_the_answer_is_computed_and_explained(form: ReceptionFormPage) -> None:
    form.binding.apply(date=date(2026, 11, 20))
    assert "07/12/2026" in form.due.due.text()
    form.due.why.setChecked(True)
    told = form.due.reasons.text()
    assert "10 working days" in told and "Điều 28" in told
    assert "Saturday" in told and "Ngày Văn hóa Việt Nam" in told
    form.binding.apply(direction=Direction.REFUSE)
    assert "refused" in form.due.due.text()


def test_the_slip_follows_the_typing(form: ReceptionFormPage, qtbot: QtBot) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    with qtbot.waitSignal(form.preview.drawn, timeout=5000):
        fill(form)
        form.binding.changed.emit("")
    text = PdfReader(BytesIO(form.preview.pdf())).pages[0].extract_text()
    assert "Nguyễn Thị Ẩn" in text and "Đơn khiếu nại" in text
    assert form.preview.pages() == 1


def test_the_main_fields_fit_on_a_small_screen_without_scrolling(form: ReceptionFormPage) -> None:
    assert form.layout_.columns() == 3
    bar = form.layout_.area.verticalScrollBar()
    assert bar.maximum() == 0
    form.layout_.toggle_preview()
    assert form.layout_.preview_beside() and form.layout_.columns() == 2


# --- drafts ------------------------------------------------------------


def test_what_is_typed_is_kept_and_offered_after_a_crash(
    office: OpenOffice, threads: Runner, keeper: Keeper, shown: Show, qtbot: QtBot
) -> None:
    first = shown(ReceptionFormPage(office, threads, keeper))
    type_here("Nguyễn Thị Ẩn")
    with qtbot.waitSignal(first.autosave.kept, timeout=EVERY_MS + 3000):
        type_here(" ")
        type_here("x")
    first.hide()  # the PC lost its power: nothing was closed

    second = shown(ReceptionFormPage(office, threads, keeper))
    qtbot.waitUntil(lambda: bool(second.recovered.text()), timeout=3000)
    assert "09:12" in second.recovered.text() and "Nguyễn Thị Ẩn" in second.recovered.text()
    second.recovered.actionRequest.emit()
    assert second.model.draft.name == "Nguyễn Thị Ẩn x"
    assert second.fields["name"].value() == "Nguyễn Thị Ẩn x"
    second.binding.load(replace(a_draft(), receiver_name="Đỗ Thị Quỹ"), dirty=True)
    with qtbot.waitSignal(second.saved, timeout=5000):
        second.save(print_slip=False)
    assert office.receptions.drafts() == {}
    for page in (first, second):
        page.can_close()
    qtbot.waitUntil(lambda: not threads.busy(), timeout=5000)


def test_a_recovered_denunciation_is_offered_without_a_name(
    office: OpenOffice, keeper: Keeper, runner: InlineRunner, shown: Show
) -> None:
    draft = a_draft(classification=Classification.DENUNCIATION)
    office.receptions.save_draft("visit:2026-11-23T08:00:00/1", draft)
    page = shown(ReceptionFormPage(office, runner, keeper))
    assert "denunciation" in page.recovered.text() and "Ẩn" not in page.recovered.text()
    page.recovered.drop.click()
    assert office.receptions.drafts() == {}


def test_leaving_keeps_the_draft(form: ReceptionFormPage, office: OpenOffice) -> None:
    type_here("Le Van A")
    assert form.can_close()
    assert [draft.name for draft in office.receptions.drafts().values()] == ["Le Van A"]


# --- after saving, amending --------------------------------------------


def test_after_saving_the_next_citizen_gets_an_empty_form(form: ReceptionFormPage, office: OpenOffice) -> None:
    fill(form)
    form.save(print_slip=False)
    assert form.stack.currentWidget() is form.after
    form.activated("new")
    assert form.stack.currentWidget() is not form.after
    assert form.model.draft.name == "" and not form.model.dirty
    fill(form, name="Lê Văn Bé", id_number="001068012346", sex=Sex.MALE)
    form.save(print_slip=False)
    assert sorted(visit.number for visit in visits(office)) == [1, 2]


def test_a_denouncer_is_closed_as_soon_as_the_visit_is_saved(form: ReceptionFormPage) -> None:
    fill(form, name="Phạm Thị Kín", classification=Classification.DENUNCIATION)
    form.save(print_slip=False)
    assert form.stack.currentWidget() is form.after
    words = [label.text() for label in form.after.findChildren(QLabel)]
    assert any("1/2026" in text for text in words) and not any("Kín" in text for text in words)


def test_saving_twice_in_a_row_writes_one_line(form: ReceptionFormPage, office: OpenOffice) -> None:
    fill(form)
    form.save(print_slip=False)
    press(ENTER, CTRL)
    assert len(visits(office)) == 1


def test_an_amendment_goes_through_the_same_form_and_both_stand_in_the_history(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    visit = logged(office)
    page = shown(ReceptionFormPage(office, runner, keeper, visit.id))
    assert page.title == "Amend visit 1/2026"
    assert page.fields["name"].value() == "Nguyễn Thị Ẩn"
    page.binding.apply(content="Khiếu nại giá bồi thường.")
    page.save(print_slip=True)
    assert office.receptions.find(visit.id).content == "Khiếu nại giá bồi thường."  # type: ignore[union-attr]
    texts = [label.text() for label in page.after.facts.findChildren(type(page.after.number))]
    line = "Content of the matter: Khiếu nại việc bồi thường khi thu hồi đất. → Khiếu nại giá bồi thường."
    assert line in texts
    assert office.receptions.drafts() == {}


def test_an_amended_denunciation_stays_sealed_until_a_reason_is_given(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show, qtbot: QtBot
) -> None:
    visit = logged(office, classification=Classification.DENUNCIATION)
    page = shown(ReceptionFormPage(office, runner, keeper, visit.id))
    assert page.fields["name"].isHidden() and page.who.sealed.isVisible()
    page.binding.apply(content="Nội dung khác.")
    page.save(print_slip=False)
    kept = office.receptions.reveal(visit.id, "kiểm tra thử")
    assert (kept.name, kept.content) == ("Nguyễn Thị Ẩn", "Nội dung khác.")

    page = shown(ReceptionFormPage(office, runner, keeper, visit.id))
    page.who.reveal.click()
    dialog = page.findChild(RevealDialog)
    dialog.accept_values()
    assert dialog.reason.problem(), "a reason is needed"
    dialog.reason.editor.setPlainText("công dân xin sửa tên")
    dialog.accept_values()
    assert page.fields["name"].value() == "Nguyễn Thị Ẩn"


def test_an_identity_opened_for_an_amendment_is_closed_when_another_desk_is_shown(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    """What was changed in it waits, is not saved half, and comes back with the next look; other typing stays."""
    visit = logged(office, classification=Classification.DENUNCIATION)
    page = shown(ReceptionFormPage(office, runner, keeper, visit.id))
    page.amending._reveal("công dân xin sửa tên")
    page.fields["phone"].set_value("0987654321")
    page.binding._typed("phone", "0987654321")
    page.binding.apply(content="Nội dung khác.")
    page.hide()
    assert page.fields["name"].value() == "" and page.model.draft.name == "" == page.model.draft.phone
    page.show()
    assert page.fields["name"].isHidden() and page.who.sealed.isVisible() and "waits" in page.message.text()
    page.binding.undo()
    assert page.model.draft.name == "", "no step back opens it"
    assert page.model.draft.content == "Nội dung khác."
    page.save(print_slip=False)
    assert page.findChild(RevealDialog) is not None and office.receptions.find(visit.id).content != "Nội dung khác."
    page.amending._reveal("sửa tiếp")
    assert (page.model.draft.name, page.model.draft.phone) == ("Nguyễn Thị Ẩn", "0987654321")
    assert page.fields["name"]._hint.text() == "" != page.fields["phone"]._hint.text()
    page.save(print_slip=False)
    kept = office.receptions.reveal(visit.id, "kiểm tra thử")
    assert (kept.name, kept.phone, kept.content) == ("Nguyễn Thị Ẩn", "0987654321", "Nội dung khác.")


def test_an_open_visit_cannot_be_made_a_denunciation(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    page = shown(ReceptionFormPage(office, runner, keeper, logged(office).id))
    enabled = [button.isEnabled() for button in page.fields["classification"].segments.buttons]
    assert enabled == [True, False, True, True]
