"""What may be the same as the visit being typed: the card in the form, the block beside a saved visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.people.link import Link
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import Classification, LinkKind
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.receptions.candidate_line import CandidateLine
from tcd_desktop.ui.receptions.duplicates_card import PAUSE_MS, DuplicatesCard
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.receptions.links_block import LinksBlock
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.window.runner import InlineRunner, Runner
from tests.ui.receptions.conftest import OFFSCREEN, PaperTray, a_draft, logged, type_here

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)
Show = Callable[[Any], Any]
SECOND = "Khiếu nại việc bồi thường khi thu hồi đất, nay gửi lại lần nữa."


@pytest.fixture
def form(office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show) -> ReceptionFormPage:
    page: ReceptionFormPage = shown(ReceptionFormPage(office, runner, keeper, printing=tray))
    return page


def card_of(form: ReceptionFormPage) -> DuplicatesCard:
    (card,) = form.findChildren(DuplicatesCard)
    return card


def text_of(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel))


def fill(form: ReceptionFormPage, **changes: Any) -> DuplicatesCard:
    """As if everything had been typed, and the officer paused."""
    draft = a_draft(date=form.model.draft.date, receiver_name="Đỗ Thị Quỹ", **changes)
    form.binding.load(draft, dirty=True)
    card = card_of(form)
    card._soon.stop()
    if not card._asked or card._draft.content:
        card._look()
    return card


def save(form: ReceptionFormPage, office: OpenOffice) -> Reception:
    form.save(print_slip=False)
    return office.store.all(Reception, "1 ORDER BY id DESC LIMIT 1")[0]


def test_the_card_comes_by_itself_while_typing_and_leaves_the_keyboard_where_it_is(
    form: ReceptionFormPage, office: OpenOffice, qtbot: QtBot
) -> None:
    visit = logged(office)
    card = card_of(form)
    assert card.isHidden()
    form.fields["id_number"].setFocus()
    type_here("001168012345")
    before = QApplication.focusWidget()
    qtbot.waitUntil(lambda: not card.isHidden(), timeout=PAUSE_MS * 10)
    assert QApplication.focusWidget() is before
    (line,) = card.candidates
    assert line.proposal.visit.id == visit.id and not line.expanded
    assert "50/100" in line.score.accessibleName() or "50" in line.score.accessibleName()
    assert "Same number of the identity paper" in line.short.text()
    assert visit.book_number in line.accessibleName()


def test_little_typed_asks_nothing(form: ReceptionFormPage, office: OpenOffice) -> None:
    logged(office)
    card = card_of(form)
    form.fields["name"].setFocus()
    type_here("Nguyễn Thị Ẩn")
    assert card._job is None and not card._soon.isActive() and card.isHidden()


def test_the_typing_is_not_disturbed_by_a_search_that_fails(
    form: ReceptionFormPage, office: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_known: object) -> list[object]:
        raise RuntimeError("no disk")

    monkeypatch.setattr(office.links, "propose", broken)
    card = fill(form)
    assert card.isHidden() and form.message.isHidden()


def test_with_real_threads_the_answer_of_an_older_draft_is_dropped(
    office: OpenOffice, threads: Runner, keeper: Keeper, tray: PaperTray, shown: Show, qtbot: QtBot
) -> None:
    visit = logged(office)
    form = shown(ReceptionFormPage(office, threads, keeper, printing=tray))
    card = card_of(form)
    form.binding.load(
        a_draft(name="Vũ Thị Xa", id_number="034170000001", phone="", content="Xin khai sinh."), dirty=True
    )
    card._look()
    form.binding.load(a_draft(), dirty=True)
    card._look()
    qtbot.waitUntil(lambda: [line.proposal.visit.id for line in card.candidates] == [visit.id])
    form.can_close()


def test_by_keyboard_a_proposal_is_read_linked_and_written_when_the_visit_is_saved(
    form: ReceptionFormPage, office: OpenOffice
) -> None:
    first = logged(office)
    card = fill(form, content=SECOND)
    form.fields["phone"].setFocus()
    came_from = QApplication.focusWidget()
    QTest.keyClick(came_from, Qt.Key.Key_F3)
    (line,) = card.candidates
    assert QApplication.focusWidget() is line and line.expanded
    opened: list[QWidget] = []
    form.pushRequest.connect(opened.append)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert isinstance(opened[0], VisitPage) and form.model.draft.content == SECOND
    opened[0].deleteLater()
    QTest.keyClick(line, "2")
    assert card.candidates == [] and [kind for kind, _one in card.chosen.values()] == [LinkKind.SECOND_INSTANCE]
    assert "When saved: Second instance" in text_of(card)
    assert QApplication.focusWidget() is came_from
    assert office.store.all(Link) == []
    second = save(form, office)
    (link,) = office.store.all(Link)
    assert (link.kind, {link.earlier, link.later}) == (LinkKind.SECOND_INSTANCE, {first.id, second.id})


def test_escape_brings_the_keyboard_back_and_folds_the_line(form: ReceptionFormPage, office: OpenOffice) -> None:
    logged(office)
    card = fill(form)
    form.fields["address"].setFocus()
    before = QApplication.focusWidget()
    card.enter()
    QTest.keyClick(card.candidates[0], Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before and not card.candidates[0].expanded


def test_arrows_go_from_proposal_to_proposal(form: ReceptionFormPage, office: OpenOffice) -> None:
    logged(office)
    logged(office, content=SECOND)
    card = fill(form)
    first, second = card.candidates
    card.enter()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus() and second.expanded and not first.expanded
    QTest.keyClick(second, Qt.Key.Key_Up)
    assert first.hasFocus()


def test_not_a_duplicate_is_written_at_the_save_and_remembered(form: ReceptionFormPage, office: OpenOffice) -> None:
    first = logged(office)
    card = fill(form)
    card.enter()
    QTest.keyClick(card.candidates[0], Qt.Key.Key_Delete)
    second = save(form, office)
    assert [link.kind for link in office.store.all(Link)] == [LinkKind.NOT_DUPLICATE]
    assert office.links.propose(first) == office.links.propose(second) == []


def test_a_decision_can_be_taken_back_before_the_save(form: ReceptionFormPage, office: OpenOffice) -> None:
    logged(office)
    card = fill(form)
    card.candidates[0].decide(LinkKind.DUPLICATE)
    (back,) = [button for button in card.findChildren(QPushButton) if button.text() == "Take back"]
    back.click()
    assert card.chosen == {} and len(card.candidates) == 1
    save(form, office)
    assert office.store.all(Link) == []


def test_the_next_visit_begins_without_the_decisions_of_the_last(form: ReceptionFormPage, office: OpenOffice) -> None:
    logged(office)
    card = fill(form)
    card.candidates[0].decide(LinkKind.DUPLICATE)
    form.begin_new()
    assert card.chosen == {} and card.isHidden()


def test_a_denouncer_being_typed_is_proposed_nothing_by_name(form: ReceptionFormPage, office: OpenOffice) -> None:
    logged(office, content="Xin xác nhận nơi cư trú cho cháu đi học.")
    card = fill(form, classification=Classification.DENUNCIATION, content="Tố cáo thu tiền không biên lai tại chợ.")
    assert card.candidates == [] and card.isHidden()


@pytest.mark.parametrize("kind", [LinkKind.DUPLICATE, LinkKind.SAME_MATTER, LinkKind.NOT_DUPLICATE])
def test_what_became_a_denunciation_loses_the_decisions_that_would_tell_who_it_is(
    form: ReceptionFormPage, office: OpenOffice, kind: LinkKind
) -> None:
    logged(office)
    card = fill(form)
    card.candidates[0].decide(kind)
    form.fields["classification"].set_value(Classification.DENUNCIATION)
    form.fields["classification"].changed.emit(Classification.DENUNCIATION)
    assert card.chosen == {}


def test_an_open_visit_of_the_same_words_is_not_laid_beside_a_denunciation(
    form: ReceptionFormPage, office: OpenOffice
) -> None:
    first = logged(office, classification=Classification.DENUNCIATION)
    card = fill(form, name="Vũ Thị Xa", id_number="034170000001", phone="", address="Số 1 phố Khác")
    assert card.candidates == []
    card = fill(form, classification=Classification.DENUNCIATION)
    (line,) = card.candidates
    assert line.proposal.visit.id == first.id
    assert "Nguyễn Thị Ẩn" not in text_of(line) + line.accessibleName() + line.toolTip()


# --- beside a saved visit --------------------------------------------------------------------------


def block_of(page: QWidget) -> LinksBlock:
    return page.findChildren(LinksBlock)[-1]


def test_beside_a_visit_links_are_made_seen_and_taken_back(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show
) -> None:
    first, second = logged(office), logged(office, content=SECOND)
    page = shown(VisitPage(office, runner, keeper, second.id, printing=tray))
    runner.changed.connect(page.store_changed)
    (line,) = block_of(page).candidates
    line.setFocus()
    QTest.keyClick(line, "1")
    (linked,) = office.links.links_of(second.id)
    block = block_of(page)
    assert linked.other == first and block.candidates == []
    words = [button.text() for button in block.findChildren(QPushButton)]
    assert f"Duplicate of {first.book_number}" in words
    block.take_back[0].click()
    assert office.links.links_of(second.id) == []
    assert len(block_of(page).candidates) == 1


def test_the_earlier_visit_says_the_same_link_from_its_side(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show
) -> None:
    first, second = logged(office), logged(office, content=SECOND)
    office.links.link(first.id, second.id, LinkKind.CONTINUATION, note="Theo giấy hẹn")
    page = shown(VisitPage(office, runner, keeper, first.id, printing=tray))
    block = block_of(page)
    assert f"Its continuation: {second.book_number}" in [button.text() for button in block.findChildren(QPushButton)]
    assert "Theo giấy hẹn" in text_of(block)


def test_the_menu_of_a_line_has_the_four_kinds_with_their_figures(office: OpenOffice, qtbot: QtBot) -> None:
    logged(office)
    (proposal,) = office.links.propose(a_draft(content=SECOND))
    from tcd_desktop.services.people.links import KINDS

    line = CandidateLine(proposal, KINDS, office.today())
    qtbot.addWidget(line)
    menu = line.menu()
    words = [action.text() for action in menu.actions()]
    assert [word.split("\t")[1] for word in words] == ["1", "2", "3", "4"]
    with qtbot.waitSignal(line.linkRequest) as told:
        menu.actions()[3].trigger()
    assert told.args == [proposal, LinkKind.CONTINUATION]
    menu.close()
