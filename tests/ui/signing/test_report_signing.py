"""A report that was made goes to the signing page; its paper stands in the register once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.domain.letters.signature import SignerRole
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.signatures.key_file import open_key_file
from tcd_desktop.ui.reports.sent_page import SentPage
from tcd_desktop.ui.signing.sign_act import Signable
from tcd_desktop.ui.window.runner import InlineRunner
from tests.signatures.issuers import PASSWORD, needs_extra
from tests.ui.reports.test_reports_page import make, office, page, show
from tests.ui.signing.conftest import Keys, stroke

__all__ = ["office", "page"]
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def sent(page: object, office: OpenOffice, runner: InlineRunner, keeper: Keeper, qtbot: QtBot) -> SentPage:
    make(page)  # type: ignore[arg-type]
    shown: SentPage = show(qtbot, SentPage(office, runner, keeper, office.reports.reports()[0]), runner)
    return shown


def papers(office: OpenOffice, report: str) -> list[IssuedDocument]:
    return office.store.all(IssuedDocument, "report = ? ORDER BY print_no", (report,))


@needs_extra
def test_the_tables_are_entered_once_and_signed(sent: SentPage, office: OpenOffice, keys: Keys) -> None:
    asked: list[Signable] = []
    sent.signRequest.connect(asked.append)
    stroke(sent, Qt.Key.Key_J)
    sent.signing.button.click()
    (document,) = papers(office, sent.report.id)
    assert [one.document for one in asked] == [document, document]
    assert asked[0].file_name.endswith(".pdf") and office.blobs.get(document.sha256).startswith(b"%PDF")
    with open_key_file(keys.person, PASSWORD) as key:
        office.signing.sign(document.id, key, role=SignerRole.PERSON)
    sent.signing.button.click()
    (after,) = papers(office, sent.report.id)
    assert asked[-1].document == after and after.signed_by == "Trần Thị Ẩn"
    assert office.check() == []


def test_a_withdrawn_report_and_a_viewer_have_no_way_to_sign(sent: SentPage, office: OpenOffice) -> None:
    assert sent.signing.button.isVisibleTo(sent)
    right = office.officer
    office.officer = replace(right, right=OfficerRight.VIEWER)
    sent.refresh()
    assert not sent.signing.button.isVisibleTo(sent)
    stroke(sent, Qt.Key.Key_J)
    office.officer = right
    office.reports.withdraw(sent.report.id, "Sai số liệu của phường")
    sent.refresh()
    assert not sent.signing.button.isVisibleTo(sent)
    stroke(sent, Qt.Key.Key_J)
    assert papers(office, sent.report.id) == []
    with pytest.raises(Refused, match="unknown_record"):
        office.signing.enter_report(sent.report, b"%PDF", form="x")
