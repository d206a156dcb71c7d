"""Examining the signatures of a PDF that came from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from tcd_desktop.documents.receipt_slip import render_receipt_slip
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.signatures import extra
from tcd_desktop.signatures.key_file import open_key_file
from tcd_desktop.signatures.signing import sign_pdf
from tcd_desktop.ui.signing.check_page import CheckPage
from tcd_desktop.ui.window.keys_sheet import key_groups
from tcd_desktop.ui.window.office_window import OfficeWindow
from tcd_desktop.ui.window.runner import InlineRunner
from tests.documents.slips import SLIP
from tests.signatures.issuers import PASSWORD, needs_extra, root_of
from tests.signatures.test_signing import REQUEST, tampered
from tests.ui.receptions.conftest import press
from tests.ui.signing.conftest import Keys, stroke

Show = Callable[[QWidget], Any]
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def page(office: OpenOffice, runner: InlineRunner, shown: Show) -> CheckPage:
    made: CheckPage = shown(CheckPage(office, runner))
    return made


@pytest.fixture
def signed(keys: Keys, tmp_path: Path) -> Path:
    with open_key_file(keys.person, PASSWORD) as key:
        pdf = sign_pdf(render_receipt_slip(SLIP), key, REQUEST)
    path = tmp_path / "thông báo.pdf"
    path.write_bytes(pdf)
    return path


@needs_extra
def test_by_key_a_file_is_chosen_and_who_signed_is_shown(page: CheckPage, signed: Path) -> None:
    page.ask = lambda _parent, _last: signed
    press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    (check,) = page.signatures.checks
    assert check.certificate.name == "Trần Thị Ẩn" and check.intact
    assert "not certain" in page.result.text() and page.title.endswith("thông báo.pdf")
    assert page.preview.pdf() == signed.read_bytes()
    assert QApplication.focusWidget() is page.open_button


@needs_extra
def test_once_its_issuer_is_trusted_the_file_is_good(page: CheckPage, signed: Path, keys: Keys, tmp_path: Path) -> None:
    page.examine(signed)
    root = tmp_path / "ca.cer"
    root.write_bytes(root_of(keys.issuer))
    page.signatures.ask = lambda _parent, _last: root
    page.signatures.choose_issuer()
    assert "All signatures hold" in page.result.text() and page.result.property("tone") == "success"


@needs_extra
def test_a_file_changed_by_one_letter_is_not_to_be_relied_on(page: CheckPage, signed: Path) -> None:
    signed.write_bytes(tampered(signed.read_bytes()))
    page.examine(signed)
    assert "Do not rely" in page.result.text() and page.result.property("tone") == "danger"
    assert not page.signatures.checks[0].intact


@needs_extra
def test_a_file_without_signatures_says_so(page: CheckPage, tmp_path: Path) -> None:
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(render_receipt_slip(SLIP))
    page.examine(plain)
    assert "no digital signature" in page.result.text() and page.signatures.checks == ()


@needs_extra
@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\n%%EOF", b"\0" * 5000])
def test_what_is_no_pdf_is_told_so(page: CheckPage, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    page.examine(path)
    assert "no PDF" in page.message.text() and page.empty.isVisibleTo(page)
    page.examine(tmp_path / "none.pdf")
    assert "cannot be read" in page.message.text()


@needs_extra
def test_a_file_is_dropped_on_the_page(page: CheckPage, signed: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(signed))])
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, dropped, buttons, modifiers))
    assert len(page.signatures.checks) == 1


def test_without_the_libraries_the_page_says_so_and_asks_for_nothing(
    office: OpenOffice, runner: InlineRunner, shown: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _name: None)
    page = shown(CheckPage(office, runner))
    page.ask = lambda _parent, _last: pytest.fail("a file was asked for")
    page.choose()
    assert page._missing.isVisibleTo(page) and not page.empty.isVisibleTo(page)


def test_from_anywhere_by_key_and_once(office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show) -> None:
    window = shown(OfficeWindow(office, runner, keeper))
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for _time in range(2):
        stroke(window, Qt.Key.Key_J, both)
        assert isinstance(window.page(), CheckPage)
    sheet = {line.key: line.words for group in key_groups(window.page()) if group.here for line in group.lines}
    assert sheet["Ctrl+O"] == "Choose a PDF…" and "Ctrl+Shift+J" in sheet
    stroke(window, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert not isinstance(window.page(), CheckPage)
