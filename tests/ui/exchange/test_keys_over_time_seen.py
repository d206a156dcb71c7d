"""A ward's certificate, a lost PC, two histories and what a revoked PC wrote later, walked in the window."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tcd_desktop.open_office import OpenOffice, open_office
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.sync.own_certificate import own_certificate
from tcd_desktop.ui.dialogs.reason_dialog import ReasonDialog
from tcd_desktop.ui.exchange.district_page import DistrictExchangePage
from tcd_desktop.ui.exchange.ward_page import KEYS, WardExchangePage
from tcd_desktop.ui.today.key_tasks import key_lines
from tcd_desktop.ui.today.morning import read_morning
from tcd_desktop.ui.window.runner import InlineRunner
from tests.attacks.books import Books
from tests.offices import DRAFT, PASSWORD, Clock, enrol, make_office
from tests.ui.exchange.sticks import read_stick

NEAR = datetime(2029, 11, 10, 9, 0)
"""Two weeks before the end of certificates issued on 23/11/2026."""


@pytest.fixture
def there(books: Books, qtbot: QtBot, tmp_path: Path) -> DistrictExchangePage:
    page = DistrictExchangePage(books.district, InlineRunner(), Keeper(Settings(), tmp_path / "s.json"))
    qtbot.addWidget(page)
    page.resize(1180, 640)
    page.show()
    return page


def ward_page(office: OpenOffice, qtbot: QtBot, tmp_path: Path) -> WardExchangePage:
    page = WardExchangePage(office, InlineRunner(), Keeper(Settings(), tmp_path / "w.json"))
    qtbot.addWidget(page)
    page.resize(1180, 640)
    page.show()
    return page


def set_clocks(books: Books, moment: datetime) -> None:
    for office in (books.ward, books.district):
        office.clock.moment = moment  # type: ignore[attr-defined]
        office.make_anew()


def receipt(books: Books, page: WardExchangePage) -> None:
    read_stick(page, [one.path for one in books.district.outbox.export(books.stick) if one.office == "P-01"])


def test_a_certificate_that_ends_soon_is_told_in_the_morning_asked_for_granted_and_seen_to_have_come(
    books: Books, there: DistrictExchangePage, qtbot: QtBot, tmp_path: Path
) -> None:
    assert key_lines(books.ward) == []
    early = ward_page(books.ward, qtbot, tmp_path)
    assert early.own_key.isHidden() and "23/11/2029" in early.key_button.text()
    early.key_button.click()
    assert not early.own_key.isHidden() and not early.own_key.button.isEnabled(), "nothing to ask for yet"
    set_clocks(books, NEAR)
    (line,) = [task for task in read_morning(books.ward).tasks if task.target == ("exchange", KEYS)]
    assert line.chip is not None and "13 days" in line.chip.text and "Next step" in line.detail
    here = ward_page(books.ward, qtbot, tmp_path)
    here.activated(KEYS)
    assert here.own_key.isVisible() and "13 days left" in here.own_key.sentence.text()
    assert here.own_key.button.isEnabled()
    here.own_key.write_request(books.stick)
    (file,) = books.stick.glob("*.ren")
    assert file.name in here.own_key.message.text() and "Keys and PCs" in here.own_key.message.text()
    there.show_part("keys")
    there.keys.read_request(file)
    assert there.keys.card.button.isEnabled() and "read" in there.keys.card.message.text()
    there.keys.renew()
    receipt(books, here)
    assert "2032" in here.own_key.sentence.text() and "has come" in here.own_key.message.text()
    assert key_lines(books.ward) == [] and not here.own_key.button.isEnabled()


def test_new_keys_of_a_ward_go_up_with_a_bundle_and_come_back_with_the_receipt(
    books: Books, there: DistrictExchangePage, qtbot: QtBot, tmp_path: Path
) -> None:
    here = ward_page(books.ward, qtbot, tmp_path)
    here.own_key.open_up()
    here.own_key.change_keys("sai mật khẩu")
    assert here.own_key.message.isVisible() and not own_key_waits(books)
    here.own_key.change_keys(PASSWORD)
    assert own_key_waits(books) and not here.own_key.change.isEnabled()
    assert "old ones sign" in here.own_key.sentence.text() and here.own_key.button.isEnabled()
    books.log()
    books.send()
    there.show_part("keys")
    there.keys.renew()
    receipt(books, here)
    assert not own_key_waits(books) and here.own_key.change.isEnabled() and "has come" in here.own_key.message.text()


def own_key_waits(books: Books) -> bool:
    at = own_certificate(books.ward.store, books.ward.keyring, books.ward.today())
    return at is not None and at.new_keys


def test_a_file_that_is_no_request_changes_nothing_and_is_told(books: Books, there: DistrictExchangePage) -> None:
    there.show_part("keys")
    odd = books.stick / "odd.ren"
    odd.write_bytes(b"\x00\xff" * 400)
    before = books.state()
    there.keys.read_request(odd)
    assert there.keys.card.message.isVisible() and books.state() == before
    assert not there.keys.card.button.isEnabled()


def test_a_new_pc_after_a_loss_is_told_to_fetch_the_books_and_finds_them_on_the_stick(
    books: Books, there: DistrictExchangePage, qtbot: QtBot, tmp_path: Path
) -> None:
    visit = books.log()
    books.send()
    there.show_part("keys")
    there.keys.revoke(books.ward.keyring.device_id, "lost", 99, "Mất máy ở quầy 1")
    new = make_office(tmp_path / "new")
    try:
        enrol(new, books.district, books.stick)
        here = ward_page(new, qtbot, tmp_path)
        assert "further PC" in here.notes.words.text() and "series B" in here.notes.words.text()
        there.keys.give_back(new.keyring.device_id, books.stick)
        read_stick(here, books.stick)
        assert "books of this office have come back" in here.stick.card.sentence.text()
        assert "further PC" not in here.notes.words.text()
        assert new.receptions.find(visit.id) is not None
    finally:
        new.close()


def test_what_a_revoked_pc_wrote_later_is_listed_with_what_it_is_and_decided_with_a_reason(
    books: Books, there: DistrictExchangePage, qtbot: QtBot
) -> None:
    books.log()
    books.send()
    device = books.ward.keyring.device_id
    there.show_part("keys")
    seq = next(one.seq for one in there.keys.rows.rows if one.device.id == device)
    there.keys.revoke(device, "stolen", seq, "Mất trộm đêm 22/11")
    visits = [books.log(), books.log()]
    books.send()
    there.show_part("kept")
    kept = there.kept
    first = min((row for row in kept.rows.rows if row.table == "reception"), key=lambda row: row.seq)
    assert first.of_revoked and first.number == visits[0].book_number and first.name == visits[0].name
    kept._show(first.hash)
    kept.ask_take_in(first)
    dialog = there.findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    dialog.accept_values()
    assert dialog.reason.problem(), "no act without a reason"
    dialog.reason.set_value("Đã đối chiếu với sổ giấy")
    dialog.accept_values()
    assert visits[0].id in books.visits() and visits[1].id not in books.visits()
    rest = min(kept.rows.rows, key=lambda row: row.seq)
    kept.leave_out(rest, "Ghi sau khi mất máy")
    assert {row.code for row in kept.rows.rows} == {"E_LEFT_OUT"}
    there.show_part("keys")
    facts = "\n".join(f"{when} {what}" for when, what in history(there, device))
    for word in ("Revoked (Stolen)", "Mất trộm", "taken in", "sổ giấy", "left out", books.district.officer.name):
        assert word in facts


def history(there: DistrictExchangePage, device: str) -> list[tuple[str, str]]:
    from tcd_desktop.ui.exchange.key_history import history_facts

    return history_facts(there.keys.decided, device, there.keys._office.today())


def test_nobody_is_named_of_a_denunciation_that_is_kept_aside(books: Books, there: DistrictExchangePage) -> None:
    from tests.offices import SECRET, SECRET_WORDS

    books.log()
    books.send()
    books.district.keys.revoke(books.ward.keyring.device_id, reason="lost")
    books.ward.receptions.log(SECRET)
    books.send()
    there.show_part("kept")
    told = repr(there.kept.rows.rows)
    assert there.kept.rows.rows and not any(word in told for word in SECRET_WORDS)


def test_two_histories_stop_the_pc_and_a_decision_lets_what_waited_in(
    books: Books, there: DistrictExchangePage, tmp_path: Path
) -> None:
    books.log()
    books.send()
    books.ward.close()
    shutil.copytree(books.ward.home, tmp_path / "clone")
    books.ward = open_office(books.ward.home, PASSWORD, now=Clock())
    clone = open_office(tmp_path / "clone", PASSWORD, now=Clock())
    try:
        books.log()
        books.send()
        clone.receptions.log(DRAFT)
        books.send(clone)
    finally:
        clone.close()
    late = books.log()
    assert books.send().code == "E_FROZEN"
    (line,) = key_lines(books.district)
    assert line.chip is not None and line.chip.text == "Two histories" and line.target == ("exchange", "keys")
    there.show_part("keys")
    device = books.ward.keyring.device_id
    one = next(row for row in there.keys.rows.rows if row.device.id == device)
    there.keys._show(device)
    assert [button.text() for button in there.keys._acts(one)][1] == "The first history goes on…"  # type: ignore[attr-defined]
    there.keys._ask_first(one)
    dialog = there.findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    dialog.reason.set_value("Máy thứ hai đã cất đi")
    dialog.accept_values()
    assert late.id in books.visits() and key_lines(books.district) == []
    assert there.keys.forks == [] and "Decided" in there.keys.card.message.text()
