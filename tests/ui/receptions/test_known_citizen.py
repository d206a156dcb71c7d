"""A card is held to the scanner, and within a second the citizen's history is there; what was typed is safe."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.people.link import Link
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import Classification, Direction, LinkKind, Sex
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.window.runner import InlineRunner, Runner
from tests.ui.receptions.conftest import CARD, OFFSCREEN, logged, press, type_here

Show = Callable[[Any], Any]
ENTER = Qt.Key.Key_Return

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)


@pytest.fixture
def form(office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show) -> ReceptionFormPage:
    page: ReceptionFormPage = shown(ReceptionFormPage(office, runner, keeper))
    return page


def visits(office: OpenOffice) -> list[Reception]:
    return office.store.all(Reception, "1 ORDER BY rid")


def complete(form: ReceptionFormPage, **changes: Any) -> None:
    values = {
        "content": "Hỏi lại việc bồi thường.",
        "request": "Đề nghị trả lời.",
        "classification": Classification.COMPLAINT,
        "has_petition": True,
        "direction": Direction.ACCEPT,
        "phone": "0912345678",
    }
    form.binding.apply(**{**values, **changes})


def test_from_the_card_to_the_history_in_a_second(
    office: OpenOffice, threads: Runner, keeper: Keeper, shown: Show, qtbot: QtBot
) -> None:
    logged(office, open_case=True)
    page: ReceptionFormPage = shown(ReceptionFormPage(office, threads, keeper))
    started = time.monotonic()
    page.filling.take_card(CARD)
    qtbot.waitUntil(lambda: page.known.isVisible(), timeout=3000)
    assert time.monotonic() - started < 1
    page.can_close()


def test_a_scanned_citizen_shows_visits_open_cases_and_answers_owed(
    form: ReceptionFormPage, office: OpenOffice
) -> None:
    for day in (3, 4, 5, 6, 9, 10):
        logged(office, date=date(2026, 11, day), open_case=day == 3)
    logged(office, date=date(2025, 12, 1))
    form.filling.take_card(CARD)
    assert form.known.isVisible()
    told = form.known.text()
    assert "7 times" in told and "6 this year" in told
    assert any("1 open case" in chip for chip in form.known.chips())
    assert any("answers owed" in chip and "overdue" in chip for chip in form.known.chips())
    assert form.known.visits.count() == 5 and "10/11" in form.known.visits.item(0).text()
    assert "bồi thường" in form.known.visits.item(0).toolTip()


def test_a_typed_number_is_enough(form: ReceptionFormPage, office: OpenOffice, qtbot: QtBot) -> None:
    logged(office)
    form.fields["id_number"].setFocus()
    type_here("001168012345")
    qtbot.waitUntil(lambda: form.known.isVisible(), timeout=3000)
    press(Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: form.known.isHidden(), timeout=3000)


def test_somebody_known_by_the_old_number_is_recognised_by_the_new_card(
    form: ReceptionFormPage, office: OpenOffice
) -> None:
    logged(office, id_number="012345678")
    form.filling.take_card(CARD)
    assert form.known.isVisible()


def test_an_earlier_visit_is_looked_at_and_the_draft_stays(form: ReceptionFormPage, office: OpenOffice) -> None:
    first, last = logged(office, date=date(2026, 11, 3)), logged(office, date=date(2026, 11, 4))
    form.filling.take_card(CARD)
    complete(form)
    before = form.model.draft
    pushed: list[QWidget] = []
    form.pushRequest.connect(pushed.append)
    press(Qt.Key.Key_F7)
    assert QApplication.focusWidget() is form.known.visits
    press(Qt.Key.Key_Down)
    press(ENTER)
    assert len(pushed) == 1 and isinstance(pushed[0], VisitPage)
    assert pushed[0]._record == first.id != last.id
    assert form.model.draft == before
    pushed[0].deleteLater()
    press(Qt.Key.Key_Escape)
    assert not form.known.visits.hasFocus() and form.isVisible()


def test_the_same_matter_as_before_puts_the_visit_into_its_case(form: ReceptionFormPage, office: OpenOffice) -> None:
    earlier = logged(office, date=date(2026, 11, 3), open_case=True)
    form.filling.take_card(CARD)
    complete(form)
    assert form.handling.open_case.isVisible() and form.handling.open_case.isChecked()
    press(Qt.Key.Key_F8)
    assert form.handling.open_case.isHidden(), "no second case is opened"
    assert "HS 1/2026" in form.known._told.text()
    form.save(print_slip=False)
    assert visits(office)[-1].case == earlier.case
    assert not office.store.all(Link, "1")


def test_the_same_matter_without_a_case_is_linked_with_the_earlier_visit(
    form: ReceptionFormPage, office: OpenOffice
) -> None:
    earlier = logged(office, date=date(2026, 11, 3))
    form.filling.take_card(CARD)
    complete(form)
    press(Qt.Key.Key_F8)
    form.save(print_slip=False)
    links = office.store.all(Link, "1")
    assert [(link.kind, link.earlier, link.later) for link in links] == [
        (LinkKind.SAME_MATTER, earlier.id, visits(office)[-1].id)
    ]


def test_a_matter_can_be_given_up_again_and_goes_with_the_citizen(form: ReceptionFormPage, office: OpenOffice) -> None:
    logged(office, date=date(2026, 11, 3), open_case=True)
    form.filling.take_card(CARD)
    press(Qt.Key.Key_F8)
    assert form.filling.case
    press(Qt.Key.Key_F8)
    assert form.filling.case is None
    press(Qt.Key.Key_F8)
    form.begin_new()
    assert form.filling.case is None and form.known.isHidden()


def test_a_denunciation_takes_up_no_matter_of_the_citizen(form: ReceptionFormPage, office: OpenOffice) -> None:
    logged(office, date=date(2026, 11, 3), open_case=True)
    form.filling.take_card(CARD)
    press(Qt.Key.Key_F8)
    assert form.filling.case
    form.binding.apply(classification=Classification.DENUNCIATION)
    assert form.filling.case is None and form.known.same.isHidden()
    press(Qt.Key.Key_F8)
    assert form.filling.case is None


def test_a_card_held_to_a_sealed_visit_changes_nothing(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    secret = logged(office, classification=Classification.DENUNCIATION, direction=Direction.GUIDE, guided_to="Công an")
    page: ReceptionFormPage = shown(ReceptionFormPage(office, runner, keeper, secret.id))
    before = page.model.draft
    page.filling.take_card(CARD)
    assert page.model.draft == before and "sealed" in page.message.text()


# --- what would be overwritten -------------------------------------------------------------------------


def differing(form: ReceptionFormPage) -> None:
    form.binding.apply(name="Trần Thị Bưởi", address="Số 1 phố Cũ")
    form.filling.take_card(CARD)


def test_both_values_stand_side_by_side_and_new_ones_are_named(form: ReceptionFormPage) -> None:
    differing(form)
    assert form.overwrite.differences() == [
        ("Full name", "Trần Thị Bưởi", "Nguyễn Thị Ẩn"),
        ("Address", "Số 1 phố Cũ", "Số 12 ngõ 34 phố Quỹ Đỗ, Hà Nội"),
    ]
    assert form.model.draft.id_number == "001168012345", "what was empty is filled"
    assert "001168012345" in form.overwrite._new.text() and form.overwrite._fills.property("tone") == "success"
    assert form.fields["sex"].value() is Sex.FEMALE


def test_enter_without_choosing_keeps_what_was_typed(form: ReceptionFormPage) -> None:
    differing(form)
    press(ENTER)
    assert form.overwrite.isHidden()
    assert (form.model.draft.name, form.model.draft.address) == ("Trần Thị Bưởi", "Số 1 phố Cũ")
    form.message.actionRequest.emit()
    assert form.model.draft.id_number == "", "what was filled in can be taken back"


def test_each_field_is_chosen_for_itself_by_keyboard(form: ReceptionFormPage) -> None:
    differing(form)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Right)
    assert form.overwrite.chosen() == {"address": "Số 12 ngõ 34 phố Quỹ Đỗ, Hà Nội"}
    press(ENTER)
    assert form.model.draft.name == "Trần Thị Bưởi"
    assert form.model.draft.address == "Số 12 ngõ 34 phố Quỹ Đỗ, Hà Nội"


def test_all_of_the_card_can_be_chosen_at_once_and_esc_still_keeps(form: ReceptionFormPage) -> None:
    differing(form)
    form.overwrite.all.click()
    assert len(form.overwrite.chosen()) == 2
    press(Qt.Key.Key_Escape)
    assert form.model.draft.name == "Trần Thị Bưởi"
    differing(form)
    form.overwrite.all.click()
    press(ENTER)
    assert form.model.draft.name == "Nguyễn Thị Ẩn"
    form.message.actionRequest.emit()
    assert form.model.draft.name == "Trần Thị Bưởi", "one undo takes the whole choice back"
