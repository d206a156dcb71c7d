"""The page that signs a print: key file and token, person then office, what is refused, what is forgotten."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.domain.letters.signature import SignerRole
from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.signatures import extra, token
from tcd_desktop.ui.signing.key_card import FILE, TOKEN
from tcd_desktop.ui.signing.signing_page import SigningPage
from tcd_desktop.ui.window.crash_report import report_text
from tcd_desktop.ui.window.runner import InlineRunner, Runner
from tests.offices import MONDAY
from tests.signatures.issuers import (
    LIBRARY,
    PASSWORD,
    PIN,
    issue,
    make_token,
    needs_extra,
    needs_pdfsig,
    needs_softhsm,
    root_of,
)
from tests.signatures.test_signing import pdfsig
from tests.ui.receptions.conftest import PaperTray, press, type_here
from tests.ui.signing.conftest import Keys

Show = Callable[[QWidget], Any]
WRONG = "nhầm-mật-khẩu"


@pytest.fixture
def page(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, printed: IssuedDocument, tray: PaperTray, shown: Show
) -> SigningPage:
    made: SigningPage = shown(
        SigningPage(office, runner, keeper, printed, file_name="Bien nhan 1-2026.pdf", printing=tray)
    )
    return made


def stored(office: OpenOffice, document: IssuedDocument) -> IssuedDocument:
    found = office.store.find(IssuedDocument, document.id)
    assert found is not None
    return found


def open_with(page: SigningPage, path: Path, password: str = PASSWORD) -> None:
    page.keys.file.set_value(str(path))
    page.keys.password.editor.setText(password)
    page.keys.open_key()


@needs_extra
def test_by_the_keyboard_alone_file_password_enter_and_ctrl_enter(
    page: SigningPage, office: OpenOffice, printed: IssuedDocument, keys: Keys
) -> None:
    page.keys.file.set_value(str(keys.person))
    page.keys.file.setFocus()
    press(Qt.Key.Key_Return)
    type_here(PASSWORD)
    press(Qt.Key.Key_Return)
    assert page.keys.whose.text() == "Trần Thị Ẩn · UBND phường Thử Nghiệm"
    assert QApplication.focusWidget() is page.sign_button
    assert page.sign_button.isEnabled()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    after = stored(office, printed)
    assert after.signed_by == "Trần Thị Ẩn" and after.signed_at is not None
    assert [check.role for check in page.signatures.checks] == [SignerRole.PERSON]
    assert page.keys.key is None, "the key is closed once it has signed"


@needs_extra
def test_the_office_is_offered_next_and_both_stand_in_the_register(
    page: SigningPage, office: OpenOffice, printed: IssuedDocument, keys: Keys
) -> None:
    open_with(page, keys.person)
    page.sign()
    assert page.how.role.value() is SignerRole.OFFICE
    open_with(page, keys.office)
    page.sign()
    assert stored(office, printed).signed_by == "Trần Thị Ẩn; UBND phường Thử Nghiệm"
    assert [check.role for check in page.signatures.checks] == [SignerRole.PERSON, SignerRole.OFFICE]


@needs_extra
def test_the_order_is_told_and_stops_nobody(
    page: SigningPage, office: OpenOffice, printed: IssuedDocument, keys: Keys
) -> None:
    page.how.role.set_value(SignerRole.OFFICE)
    page.how.role.changed.emit(SignerRole.OFFICE)
    assert "signs first" in page.how.role.problem()
    open_with(page, keys.office)
    page.sign()
    assert stored(office, printed).signed_by == "UBND phường Thử Nghiệm"


@needs_extra
def test_a_certificate_of_somebody_else_than_the_paper_names_is_pointed_at(
    page: SigningPage, office: OpenOffice, printed: IssuedDocument, keys: Keys
) -> None:
    assert page.how.role.problem() == ""
    open_with(page, keys.person)
    assert "names Đỗ Thị Quỹ" in page.how.role.problem() and "Trần Thị Ẩn" in page.how.role.problem()
    page.keys.close_key()
    assert page.how.role.problem() == ""


@needs_extra
def test_a_wrong_password_is_told_beside_it_and_is_forgotten_everywhere(
    page: SigningPage,
    keys: Keys,
    keeper: Keeper,
    office: OpenOffice,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    open_with(page, keys.person, WRONG)
    assert "is not right" in page.keys.password.problem() and page.keys.key is None
    assert page.keys.password.editor.text() == "" and not page.keys.password.editor.isUndoAvailable()
    assert QApplication.focusWidget() is page.keys.password.editor
    open_with(page, keys.person)
    page.sign()
    for typed in (WRONG, PASSWORD):
        assert typed not in caplog.text
        assert not [path for path in written(office.home, keeper) if typed.encode() in path.read_bytes()]
    assert not page.sign_button.isEnabled()


def written(home: Path, keeper: Keeper) -> list[Path]:
    """Every file of the office, and the settings."""
    files = [path for path in home.parent.rglob("*") if path.is_file()]
    assert any(path.name == "settings.json" for path in files)
    return files


def test_a_report_of_a_mistake_tells_no_password() -> None:
    def opening(password: str) -> None:
        raise ValueError(f"cannot open with {password}")

    try:
        opening(WRONG)
    except ValueError as error:
        assert WRONG not in report_text(error, MONDAY)


@needs_extra
def test_what_is_wrong_with_the_file_is_told_beside_it(page: SigningPage, tmp_path: Path) -> None:
    page.keys.open_key()
    assert page.keys.file.problem()
    open_with(page, tmp_path / "none.p12")
    assert "no key file" in page.keys.file.problem()
    (tmp_path / "note.p12").write_text("no key")
    open_with(page, tmp_path / "note.p12")
    assert "note.p12" in page.keys.file.problem()


@needs_extra
def test_who_signed_cannot_sign_again_and_nothing_is_lost(
    page: SigningPage, office: OpenOffice, printed: IssuedDocument, keys: Keys
) -> None:
    for _time in range(2):
        open_with(page, keys.person)
        page.sign()
    assert "has signed this document already" in page.message.text()
    assert stored(office, printed).signed_by == "Trần Thị Ẩn"


@needs_extra
def test_a_picture_is_seen_at_the_place_of_the_signature(
    page: SigningPage, office: OpenOffice, keys: Keys, tmp_path: Path, keeper: Keeper
) -> None:
    page.how.seen.set_value("shown")
    page.how.seen.changed.emit("shown")
    open_with(page, keys.person)
    page.sign()
    assert page.how.picture.problem(), "a picture was wanted and none chosen"
    page.how.picture.set_value(str(tmp_path / "none.png"))
    page.sign()
    assert "no PNG" in page.how.picture.problem() and page.keys.key is not None, "the key stays open meanwhile"
    picture = a_picture(tmp_path / "chữ ký.png")
    page.how.picture.set_value(str(picture))
    page.sign()
    assert page.signatures.checks and page.state is not None
    assert bluish(page.state.pdf) > bluish_before(office, page) + 0.002
    assert keeper.value.sign_picture == str(picture)


def a_picture(path: Path) -> Path:
    from PIL import Image

    Image.new("RGBA", (400, 160), (0, 0, 255, 200)).save(path)
    return path


def bluish(pdf: bytes) -> float:
    """The part of the first page, drawn as previews and printers draw it, that is blue."""
    from tcd_desktop.documents.raster import page_images

    data = page_images(pdf, 40)[0].data
    pixels = range(0, len(data), 4)
    return sum(data[at] > data[at + 2] + 60 for at in pixels) / len(pixels)


def bluish_before(office: OpenOffice, page: SigningPage) -> float:
    assert page.state is not None
    return bluish(office.blobs.get(page.state.document.sha256))


@needs_extra
def test_the_signed_pdf_is_saved_under_a_name_that_says_so(
    page: SigningPage, keys: Keys, tray: PaperTray, office: OpenOffice
) -> None:
    open_with(page, keys.person)
    page.sign()
    page.save()
    (path,) = tray.saved
    assert path.name == "Bien nhan 1-2026-ky-so.pdf"
    assert page.state is not None and path.read_bytes() == page.state.pdf
    assert [one.certificate.name for one in office.signing.check_file(path.read_bytes())] == ["Trần Thị Ẩn"]


@needs_extra
@needs_pdfsig
def test_an_independent_tool_finds_both_signatures_valid(page: SigningPage, keys: Keys, tray: PaperTray) -> None:
    for one in (keys.person, keys.office):
        open_with(page, one)
        page.sign()
    page.save()
    told = pdfsig(tray.saved[0])
    assert told.count("Signature is Valid.") == 2 and "Total document signed" in told


@needs_extra
def test_an_issuer_is_trusted_from_the_page_and_the_signature_becomes_valid(
    page: SigningPage, keys: Keys, tmp_path: Path
) -> None:
    open_with(page, keys.person)
    page.sign()
    assert not page.signatures.checks[0].good
    root = tmp_path / "ca.cer"
    root.write_bytes(root_of(keys.issuer))
    page.signatures.ask = lambda _parent, _last: root
    page.signatures.choose_issuer()
    assert page.signatures.checks[0].good and "is trusted" in page.message.text()
    page.signatures.ask = lambda _parent, _last: keys.person
    page.signatures.choose_issuer()
    assert "is no certificate" in page.message.text()


@needs_extra
def test_the_key_is_closed_when_the_page_is_left_or_nobody_signs(page: SigningPage, keys: Keys) -> None:
    open_with(page, keys.person)
    page.left()
    assert page.keys.key is None and not page.sign_button.isEnabled()
    open_with(page, keys.person)
    page.keys._idle.timeout.emit()
    assert page.keys.key is None and "five minutes" in page.message.text()
    page.keys.password.editor.setText("half typed")
    assert page.can_close()
    assert page.keys.password.editor.text() == ""


@needs_extra
def test_a_secret_paper_is_shown_no_more_once_the_page_was_left(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, printed: IssuedDocument, shown: Show, keys: Keys
) -> None:
    page = shown(SigningPage(office, runner, keeper, printed, file_name="a.pdf", closed_when_left=True))
    assert page.preview.isVisibleTo(page)
    page.hide()
    page.show()
    assert not page.preview.isVisibleTo(page) and page.state is None
    open_with(page, keys.person)
    page.sign()
    page.store_changed(())
    assert stored(office, printed).signed_by == "" and page.state is None


def test_without_the_libraries_the_page_says_so_and_the_paper_is_there(
    office: OpenOffice,
    runner: InlineRunner,
    keeper: Keeper,
    printed: IssuedDocument,
    shown: Show,
    tray: PaperTray,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _name: None)
    page = shown(SigningPage(office, runner, keeper, printed, file_name="a.pdf", printing=tray))
    assert page.missing.isVisibleTo(page) and not page.keys.isVisibleTo(page)
    assert not page.sign_button.isVisibleTo(page)
    page.sign()
    page.save()
    assert tray.saved == [] and not page.save_button.isEnabled(), "there is nothing signed to save"
    assert page.preview.pdf() == office.blobs.get(printed.sha256)


@needs_extra
def test_who_only_looks_is_offered_no_signing(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, printed: IssuedDocument, shown: Show, keys: Keys
) -> None:
    office.officer = replace(office.officer, right=OfficerRight.VIEWER)
    page = shown(SigningPage(office, runner, keeper, printed, file_name="a.pdf"))
    assert not page.sign_button.isVisibleTo(page) and not page.signatures.trust.isVisibleTo(page)
    open_with(page, keys.person)
    page.sign()
    assert stored(office, printed).signed_by == ""


@needs_extra
def test_a_key_that_opens_after_the_page_was_left_is_closed(
    office: OpenOffice, threads: Runner, keeper: Keeper, printed: IssuedDocument, shown: Show, keys: Keys, qtbot: Any
) -> None:
    page = shown(SigningPage(office, threads, keeper, printed, file_name="a.pdf"))
    qtbot.waitUntil(lambda: page.state is not None)
    open_with(page, keys.person)
    page.left()
    qtbot.waitUntil(lambda: not threads.busy())
    qtbot.wait(50)
    assert page.keys.key is None and not page.keys.opening
    open_with(page, keys.person)
    qtbot.waitUntil(lambda: page.keys.key is not None)
    page.sign()
    assert not page.can_close(), "a signature that is being made is waited for"
    qtbot.waitUntil(lambda: stored(office, printed).signed_by == "Trần Thị Ẩn")
    qtbot.waitUntil(lambda: bool(page.signatures.checks))
    assert page.can_close()


@needs_softhsm
def test_a_token_is_looked_for_and_signs_with_its_pin(
    page: SigningPage, office: OpenOffice, printed: IssuedDocument, keys: Keys, tmp_path: Path, keeper: Keeper,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    make_token(tmp_path / "token", issue(keys.issuer, "UBND phường Thử Nghiệm"), monkeypatch, "UBND phuong")
    choose_token(page)
    assert page.keys.token.value(), "the only token is chosen"
    assert QApplication.focusWidget() is page.keys.pin.editor
    type_here("9999")
    press(Qt.Key.Key_Return)
    assert "PIN is not right" in page.keys.pin.problem() and page.keys.pin.editor.text() == ""
    type_here(PIN)
    press(Qt.Key.Key_Return)
    assert page.keys.whose.text() == "UBND phường Thử Nghiệm"
    page.sign()
    assert stored(office, printed).signed_by == "UBND phường Thử Nghiệm"
    assert page.keys.key is None and not token._in_use.locked()
    assert (keeper.value.sign_source, keeper.value.sign_library) == (TOKEN, str(LIBRARY))
    assert PIN not in (tmp_path / "settings.json").read_text(encoding="utf-8")


def choose_token(page: SigningPage) -> None:
    page.keys.source.set_value(TOKEN)
    page.keys.source.changed.emit(TOKEN)
    page.keys.library.set_value(str(LIBRARY))
    page.keys.look_for_tokens()


@needs_softhsm
def test_a_token_that_is_not_there_or_no_token_at_all_is_told_beside_it(
    page: SigningPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty" / "tokens").mkdir(parents=True)
    conf = tmp_path / "empty" / "conf"
    conf.write_text(f"directories.tokendir = {tmp_path / 'empty' / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(conf))
    choose_token(page)
    assert "no token in this PC" in page.keys.token.problem()
    page.keys.library.set_value(str(tmp_path / "none.so"))
    page.keys.open_key()
    assert "none.so" in page.keys.library.problem()
    page.keys.library.set_value("")
    page.keys.look_for_tokens()
    assert "Choose the library" in page.keys.library.problem()


@needs_softhsm
def test_of_several_certificates_on_a_token_one_is_chosen(
    page: SigningPage, office: OpenOffice, printed: IssuedDocument, keys: Keys, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    person = issue(keys.issuer, "Trần Thị Ẩn", days=(-30, 300))
    run_out = issue(keys.issuer, "Người cũ", days=(-900, -1))
    longer = issue(keys.issuer, "Lê Thị Thử", days=(-30, 700))
    make_token(tmp_path / "token", person, monkeypatch, "chung", others=(run_out, longer))
    choose_token(page)
    page.keys.pin.editor.setText(PIN)
    page.keys.open_key()
    assert page.keys.key is not None
    assert [one.name for one in page.keys.key.certificates] == ["Lê Thị Thử", "Trần Thị Ẩn"]
    assert page.keys.certificate.isVisibleTo(page)
    wanted = page.keys.key.certificates[1].serial
    page.keys.certificate.set_value(wanted)
    page.keys.certificate.changed.emit(wanted)
    assert page.keys.whose.text().startswith("Trần Thị Ẩn")
    page.sign()
    assert stored(office, printed).signed_by == "Trần Thị Ẩn"


def test_where_the_key_lies_is_remembered(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, printed: IssuedDocument, shown: Show, tmp_path: Path
) -> None:
    keeper.update(sign_source=FILE, sign_key_file=str(tmp_path / "ẩn.p12"))
    page = shown(SigningPage(office, runner, keeper, printed, file_name="a.pdf"))
    assert page.keys.file.value() == str(tmp_path / "ẩn.p12")
    if extra.installed():
        assert QApplication.focusWidget() is page.keys.password.editor
