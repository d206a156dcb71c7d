"""Keys at the district and the way back at a ward, in the window."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tcd_desktop.open_office import DATABASE, open_office
from tcd_desktop.paths import config_folder
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.exchange.district_page import DistrictExchangePage
from tcd_desktop.ui.exchange.key_dialogs import PasswordDialog, RevokeDialog
from tcd_desktop.ui.exchange.recovery_card import COPIED, RESTORED
from tcd_desktop.ui.exchange.ward_page import WardExchangePage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.attacks.books import Books
from tests.offices import PASSWORD, Clock


@pytest.fixture
def there(books: Books, qtbot: QtBot, tmp_path: Path) -> DistrictExchangePage:
    page = DistrictExchangePage(books.district, InlineRunner(), Keeper(Settings(), tmp_path / "s.json"))
    qtbot.addWidget(page)
    page.resize(1180, 640)
    page.show()
    page.show_part("keys")
    return page


def ward_page(books: Books, qtbot: QtBot, tmp_path: Path) -> WardExchangePage:
    page = WardExchangePage(books.ward, InlineRunner(), Keeper(Settings(), tmp_path / "w.json"))
    qtbot.addWidget(page)
    page.resize(1180, 640)
    page.show()
    return page


def test_the_page_of_keys_shows_every_pc_and_what_the_safe_lacks(there: DistrictExchangePage) -> None:
    keys = there.keys
    assert [one.device.unit for one in keys.rows.rows] == ["Q", "P-01", "P-02"]
    assert {one.state for one in keys.rows.rows} == {"valid"}
    assert "No sealed paper was printed yet" in keys.card.sentence.text()
    assert not keys.card.button.isEnabled()


def test_a_lost_pc_is_revoked_on_the_page(books: Books, there: DistrictExchangePage, qtbot: QtBot) -> None:
    books.log()
    books.send()
    there.keys.refresh()
    device = books.ward.keyring.device_id
    one = next(one for one in there.keys.rows.rows if one.device.id == device)
    dialog = RevokeDialog(one, "P-01", there)
    qtbot.addWidget(dialog)
    dialog.accept_values()
    assert dialog.reason.problem(), "why must be said"
    there.keys.revoke(device, "lost", one.seq)
    shown = next(one for one in there.keys.rows.rows if one.device.id == device)
    assert (shown.state, shown.trusted) == ("revoked", one.seq)
    there.keys._show(device)
    assert "Revoked" in there.keys.card.message.text()


def test_keys_change_with_the_right_password_only(books: Books, there: DistrictExchangePage, qtbot: QtBot) -> None:
    dialog = PasswordDialog("a", "b", "c", there)
    qtbot.addWidget(dialog)
    dialog.accept_values()
    assert dialog.password.problem()
    there.keys.rotate_office("sai mật khẩu")
    assert books.district.keys.office_keys().version == 1 and there.keys.card.message.isVisible()
    there.keys.rotate_office(PASSWORD)
    there.keys.rotate_root(PASSWORD)
    assert books.district.keys.office_keys().version == 2 and books.district.keys.root_version() == 2


def put_back(books: Books) -> None:
    books.log()
    books.send()
    books.ward.close()
    kept = {file.name: file.read_bytes() for file in books.ward.home.glob(f"{DATABASE}*")}
    books.ward = open_office(books.ward.home, PASSWORD, now=Clock())
    books.log()
    books.send()
    books.ward.close()
    for file in books.ward.home.glob(f"{DATABASE}*"):
        file.unlink()
    for name, content in kept.items():
        (books.ward.home / name).write_bytes(content)


def test_a_pc_put_back_is_led_back_step_by_step(
    books: Books, there: DistrictExchangePage, qtbot: QtBot, tmp_path: Path
) -> None:
    put_back(books)
    books.ward = open_office(books.ward.home, PASSWORD, now=Clock())
    here = ward_page(books, qtbot, tmp_path)
    assert here.recovery.isVisible() and "older copy" in here.recovery.sentence.text()
    assert not here.recovery.button.isEnabled()
    there.keys.give_back(books.ward.keyring.device_id, books.stick)
    (file,) = books.stick.glob("TCD_Q_H_*.tcdb")
    here.recovery.choose_file(file)
    here.recovery.which.set_value(COPIED)
    assert not here.recovery.button.isEnabled(), "a copy needs the password"
    here.recovery.which.set_value(RESTORED)
    here.recovery._ready()
    assert here.recovery.button.isEnabled()
    here.recovery.button.click()
    assert "Now send the books" in here.recovery.message.text()
    assert books.ward.keys.missing() is None


def test_two_histories_are_told_on_the_page_of_keys(
    books: Books, there: DistrictExchangePage, qtbot: QtBot, tmp_path: Path
) -> None:
    put_back(books)
    for folder in (books.ward.home, config_folder()):
        shutil.rmtree(folder / "high-water", ignore_errors=True)
    books.ward = open_office(books.ward.home, PASSWORD, now=Clock())
    books.log()
    assert books.send().code == "E_FORK"
    there.keys.refresh()
    assert "two histories" in there.keys.card.sentence.text()
