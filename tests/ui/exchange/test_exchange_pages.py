"""The exchange: where a ward stands, what a preview promises, what is parked, refused and known already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tcd_desktop.jobs import Cancelled
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.store.journal.merge import Balance
from tcd_desktop.sync.inspection import Inspection
from tcd_desktop.ui.exchange.arrivals import bundles_in, chosen_bundles
from tcd_desktop.ui.exchange.digits import DigitsEdit, DigitsView
from tcd_desktop.ui.exchange.district_page import DistrictExchangePage
from tcd_desktop.ui.exchange.outcomes import added_up
from tcd_desktop.ui.exchange.standing import standing, standing_words
from tcd_desktop.ui.exchange.ward_cards import returns_for
from tcd_desktop.ui.exchange.ward_page import WardExchangePage
from tcd_desktop.ui.exchange.work_card import WorkCard
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, enrol, make_district, make_office
from tests.ui.exchange.sticks import read_stick


@dataclass
class Desks:
    """A joined ward and its district with their exchange pages, and the stick between them."""

    ward: OpenOffice
    district: OpenOffice
    stick: Path
    here: WardExchangePage
    there: DistrictExchangePage


@pytest.fixture
def desks(tmp_path: Path, qtbot: QtBot) -> Iterator[Desks]:
    ward, district = make_office(tmp_path / "ward"), make_district(tmp_path / "district")
    stick = tmp_path / "stick"
    stick.mkdir()
    enrol(ward, district, stick)
    keeper = Keeper(Settings(), tmp_path / "s.json")
    here = WardExchangePage(ward, InlineRunner(), keeper)
    there = DistrictExchangePage(district, InlineRunner(), keeper)
    for page in (here, there):
        qtbot.addWidget(page)
        page.resize(1180, 640)
        page.show()
    yield Desks(ward, district, stick, here, there)
    ward.close()
    district.close()


def test_green_comes_with_the_receipt_and_goes_with_the_next_visit(desks: Desks) -> None:
    tones = []

    def look() -> None:
        desks.here.refresh()
        assert desks.here.glance.words is not None
        tones.append(desks.here.glance.words.tone)

    desks.ward.receptions.log(DRAFT)
    look()
    desks.here.send.send(desks.stick)
    look()
    desks.there.receive.look_into([desks.stick])
    desks.there.receive.take_shown()
    look()
    desks.there.answer.write(desks.stick)
    look()
    read_stick(desks.here, desks.stick)
    look()
    desks.ward.receptions.log(DRAFT)
    look()
    assert tones == ["warning", "warning", "warning", "warning", "success", "warning"]


def test_the_words_of_a_standing_name_the_superior(desks: Desks) -> None:
    words = standing_words(standing(desks.ward))
    assert "UBND quận Thử Nghiệm" in words.sentence
    assert words.short.startswith("Waiting: ")


def test_a_preview_is_a_promise_and_changes_nothing(desks: Desks) -> None:
    visit = desks.ward.receptions.log(DRAFT).value
    desks.here.send.send(desks.stick)
    panel = desks.there.receive
    panel.look_into([desks.stick])
    (seen,) = panel.shown
    assert (seen.name, seen.seen.signature, seen.result.outcome) == ("UBND phường P-01", "valid", "applied")
    assert desks.district.receptions.find(visit.id) is None
    assert "Nothing has been changed yet." in panel.card.sentence.text()
    panel.take_shown()
    assert panel.shown[0].result.balance == seen.result.balance
    assert panel.balance.figures["received"].text() == str(seen.result.balance.received)
    assert desks.district.receptions.find(visit.id) is not None


def test_the_same_stick_again_says_that_it_is_known(desks: Desks) -> None:
    desks.here.send.send(desks.stick)
    for _time in range(2):
        desks.there.receive.look_into([desks.stick])
        desks.there.receive.take_shown()
    (again,) = desks.there.receive.shown
    assert again.result.outcome == "already"
    assert again.result.balance.identical == again.result.balance.received > 0
    assert not desks.there.receive.answer.isVisible()


def test_a_bundle_that_comes_too_early_is_kept_and_explained(desks: Desks, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    desks.ward.receptions.log(DRAFT)
    early = desks.ward.outbox.export(first)[0]
    with desks.ward.store.writing() as connection:  # as if the district had confirmed it
        from tcd_desktop.store.journal import acks, journal

        chain = journal.own_chain(connection)
        acks.note(
            connection, device=chain.device, epoch=1, seq=chain.seq, head=chain.head, level="applied", at="2026-11-23"
        )
    desks.ward.receptions.log(DRAFT)
    desks.ward.outbox.export(second)
    panel = desks.there.receive
    panel.look_into([second])
    (parked,) = panel.shown
    assert (parked.result.outcome, parked.result.code) == ("parked", "E_GAP")
    assert "continues one that has not come" in panel.card.sentence.text()
    panel.take_shown()
    panel.look_into([early.path])
    panel.take_shown()
    assert [one.result.outcome for one in panel.shown] == ["applied", "applied"], "the kept one follows by itself"
    assert panel.shown[0].seen.signature == "valid"


def test_a_file_for_another_district_is_refused_with_its_next_step(desks: Desks, tmp_path: Path, qtbot: QtBot) -> None:
    strange = make_district(tmp_path / "strange")
    page = DistrictExchangePage(strange, InlineRunner(), Keeper(Settings(), tmp_path / "t.json"))
    qtbot.addWidget(page)
    desks.here.send.send(desks.stick)
    page.receive.look_into([desks.stick])
    (seen,) = page.receive.shown
    assert (seen.result.outcome, seen.seen.signature) == ("refused", "unknown")
    assert not page.receive.card.button.isEnabled()
    strange.close()


def test_receipts_are_written_once_for_each_ward(desks: Desks) -> None:
    desks.here.send.send(desks.stick)
    desks.there.receive.look_into([desks.stick])
    desks.there.receive.take_shown()
    desks.there.answer.write(desks.stick)
    desks.there.answer.write(desks.stick)
    assert len(returns_for(desks.stick, "P-01")) == 1
    assert "newest receipt already" in desks.there.answer.card.message.text()
    assert returns_for(desks.stick, "P-02") == []


def test_a_folder_without_answers_is_told(desks: Desks, tmp_path: Path) -> None:
    read_stick(desks.here, tmp_path)
    assert "no answer" in desks.here.receive.message.text()


def test_a_stick_that_is_gone_is_told_and_nothing_counts_as_sent(desks: Desks, tmp_path: Path) -> None:
    desks.here.send.send(tmp_path / "gone")
    assert desks.here.send.message.text()
    assert desks.here.at is not None and desks.here.at.code == "waiting"


def test_the_ledger_tells_every_file_with_its_office(desks: Desks) -> None:
    desks.here.send.send(desks.stick)
    view = desks.here.ledger.view
    assert view.model.rowCount() == 1
    assert view.model.index(0, 2).data() == "Quận Thử Nghiệm"


def test_dropped_folders_stand_for_their_bundles_without_answers(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    names = ("TCD_P-01_aa_e1_000001-000002_v1of1.tcdb", "TCD_Q_R000001_P-01.tcdb", "in/x.tcdb", "note.txt")
    for name in names:
        (tmp_path / name).write_bytes(b"")
    assert [file.name for file in bundles_in(tmp_path)] == [Path(names[0]).name, "x.tcdb"]
    assert len(chosen_bundles([tmp_path, tmp_path / names[0]])) == 2


def test_balances_add_up_over_files() -> None:
    total = added_up([Balance(received=3, new=2, identical=1), Balance(received=2, updated=1, refused=1)])
    assert total == Balance(received=5, new=2, updated=1, identical=1, refused=1) and total.adds_up


def test_digits_are_shown_in_twelve_groups_and_counted_while_typed(qtbot: QtBot) -> None:
    digits = " ".join(["1234"] * 12)
    view, edit = DigitsView(digits), DigitsEdit("Digits")
    qtbot.addWidget(view)
    qtbot.addWidget(edit)
    assert view.digits == digits and view.accessibleName() == digits
    edit.set_typed(digits[:-1])
    assert not edit.complete()
    edit.set_typed(digits.replace(" ", "."))
    assert edit.complete()


def test_work_that_was_stopped_says_that_nothing_changed(qtbot: QtBot) -> None:
    card = WorkCard("Title", "Sentence", "Go", "usb", InlineRunner())
    qtbot.addWidget(card)

    def stopped(_progress: object) -> None:
        raise Cancelled

    card.run(stopped, lambda _answer: None, doing="…")
    assert "Nothing was changed" in card.message.text()
    assert card.button.isEnabled() and not card.busy()


def test_an_inspection_without_a_date_shows_none() -> None:
    assert Inspection(signature="unknown").created is None


def test_the_keyboard_stands_on_what_is_likely_done_next(desks: Desks) -> None:
    desks.ward.receptions.log(DRAFT)
    desks.here.activateWindow()
    desks.here.activated()
    assert desks.here.focusWidget() is desks.here.send.button
    desks.here.send.send(desks.stick)
    desks.there.receive.look_into([desks.stick])
    desks.there.receive.take_shown()
    desks.there.answer.write(desks.stick)
    read_stick(desks.here, desks.stick)
    assert desks.here.focusWidget() is desks.here.stick.leave
    desks.here.leave_stick()
    assert desks.here.focusWidget() is desks.here.receive.button


def test_a_stick_with_nothing_for_this_office_is_said(desks: Desks, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    read_stick(desks.here, tmp_path / "empty")
    assert desks.here.receive.message.text().startswith("There is no answer for this office")


def test_at_the_district_the_keyboard_stands_on_choosing_the_stick_then_on_importing(desks: Desks) -> None:
    desks.ward.receptions.log(DRAFT)
    desks.here.send.send(desks.stick)
    desks.there.activateWindow()
    desks.there.activated()
    assert desks.there.focusWidget() is desks.there.receive.drop.button
    desks.there.receive.look_into([desks.stick])
    assert desks.there.focusWidget() is desks.there.receive.card.button
    desks.there.receive.take_shown()
    assert desks.there.focusWidget() is desks.there.receive.answer
