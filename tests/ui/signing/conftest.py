"""The office and the printer of the reception desk's tests, and keys of a made authority."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.open_office import OpenOffice
from tests.offices import DRAFT
from tests.signatures.issuers import Issued, authority, issue, key_file
from tests.ui.receptions.conftest import english, keeper, office, runner, shown, threads, tray

__all__ = ["english", "keeper", "office", "runner", "shown", "threads", "tray"]


@dataclass(frozen=True)
class Keys:
    """A person's key file and that of the office, of one issuer."""

    issuer: Issued
    person: Path
    office: Path


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    folder, issuer = tmp_path_factory.mktemp("keys"), authority()
    return Keys(
        issuer,
        key_file(folder / "ẩn.p12", issue(issuer), issuer),
        key_file(folder / "ubnd.p12", issue(issuer, "UBND phường Thử Nghiệm"), issuer),
    )


@pytest.fixture
def printed(office: OpenOffice) -> IssuedDocument:
    """The first print of a slip."""
    visit = office.receptions.log(DRAFT).value
    return office.slips.print(visit.id).value.document


@pytest.fixture(autouse=True)
def nothing_copied(qapp: QApplication) -> Iterator[None]:
    yield
    qapp.clipboard().clear()


def stroke(window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier) -> None:
    """One key in what has the keyboard, or in the window itself."""
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    QTest.keyClick(focus if focus is not None and focus.isVisible() else window, key, modifiers)
