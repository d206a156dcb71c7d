"""From a visit and from a letter to the page that signs, back, and what the register says then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.signing.signing_page import SigningPage
from tcd_desktop.ui.window.keys_sheet import key_groups
from tcd_desktop.ui.window.office_window import OfficeWindow
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import SECRET
from tests.signatures.issuers import PASSWORD, needs_extra
from tests.ui.receptions.conftest import PaperTray
from tests.ui.signing.conftest import Keys, stroke

Show = Callable[[QWidget], Any]
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def window(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show, printed: IssuedDocument
) -> OfficeWindow:
    made: OfficeWindow = shown(OfficeWindow(office, runner, keeper, printing=tray))
    return made


def show(window: OfficeWindow, visit: str | None) -> None:
    window.show_desk("receptions", visit)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    page = window.page()
    assert page is not None
    page.setFocus()


def texts(page: QWidget | None) -> str:
    assert page is not None
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


@needs_extra
def test_from_the_slip_by_key_signed_and_told_in_the_register(
    window: OfficeWindow, printed: IssuedDocument, keys: Keys
) -> None:
    show(window, printed.reception)
    assert isinstance(window.page(), VisitPage)
    sheet = {line.key: line.words for group in key_groups(window.page()) if group.here for line in group.lines}
    assert sheet["Ctrl+J"] == "Sign digitally…"
    stroke(window, Qt.Key.Key_J)
    page = window.page()
    assert isinstance(page, SigningPage)
    page.keys.file.set_value(str(keys.person))
    page.keys.password.editor.setText(PASSWORD)
    page.keys.open_key()
    page.sign()
    assert "signed digitally" in window.undo_bar.accessibleName() and not window.undo_bar.offers
    stroke(window, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert isinstance(window.page(), VisitPage)
    assert "digitally signed: Trần Thị Ẩn" in texts(window.page())


def test_a_viewer_and_a_spoilt_print_have_no_way_to_sign(
    window: OfficeWindow, office: OpenOffice, printed: IssuedDocument
) -> None:
    office.slips.spoil(printed.id, "giấy kẹt trong máy in")
    show(window, printed.reception)
    stroke(window, Qt.Key.Key_J)
    assert isinstance(window.page(), VisitPage) and links(window.page()) == []
    assert printed.reception is not None
    office.slips.print(printed.reception)
    office.officer = replace(office.officer, right=OfficerRight.VIEWER)
    window.page().store_changed(())  # type: ignore[union-attr]
    stroke(window, Qt.Key.Key_J)
    assert isinstance(window.page(), VisitPage) and links(window.page()) == []


def links(page: QWidget | None) -> list[QPushButton]:
    assert page is not None
    QApplication.processEvents()  # what was just added is shown
    found = page.findChildren(QPushButton)
    return [one for one in found if one.accessibleName().startswith("Sign digitally") and one.isVisibleTo(page)]


def test_a_denunciations_slip_is_signed_only_while_its_identity_is_open(
    window: OfficeWindow, office: OpenOffice
) -> None:
    visit: Reception = office.receptions.log(SECRET).value
    office.slips.print(visit.id)
    show(window, visit.id)
    stroke(window, Qt.Key.Key_J)
    page = window.page()
    assert isinstance(page, VisitPage) and links(page) == []
    page.acts.revealed.emit(office.receptions.reveal(visit.id, "Ký biên nhận cho người tố cáo"))
    (link,) = links(page)
    link.click()
    signing = window.page()
    assert isinstance(signing, SigningPage) and signing.preview.isVisibleTo(signing)
    window.show_desk("today")
    window.show_desk("receptions")
    assert not signing.preview.isVisibleTo(signing) and signing.state is None
