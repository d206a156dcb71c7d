"""An office in a folder of its own, with a desk that prints into a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.receptions.reception import Paper, Reception, ReceptionDraft
from tcd_desktop.domain.terms import Classification, Direction, IdKind, OfficeKind, Sex, Signing
from tcd_desktop.open_office import OfficeForm, OpenOffice, found_office
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.store.closed.vault import Cost
from tcd_desktop.ui.look import look
from tcd_desktop.ui.receptions.printing import new_printer
from tcd_desktop.ui.window.runner import InlineRunner, Runner

OFFSCREEN = ("does not support raise", "does not support grabbing the keyboard")
"""What the platform without a screen says of lists that open over a window."""

NOW = datetime(2026, 11, 23, 9, 12)
CARD = "001168012345|012345678|NGUYỄN THỊ ẨN|05091968|Nữ|Số 12 ngõ 34 phố Quỹ Đỗ, Hà Nội|01082024"


class PaperTray:
    """A printer that writes PDF files, in the place of the system's dialogs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sheets: list[Path] = []
        self.titles: list[str] = []
        self.present = True
        self.saved: list[Path] = []

    def available(self) -> bool:
        return self.present

    def ask(self, copies: int, title: str, parent: QWidget) -> QPrinter | None:
        printer = new_printer(copies, title)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        path = self.folder / f"sheet-{len(self.sheets)}.pdf"
        printer.setOutputFileName(str(path))
        self.sheets.append(path)
        self.titles.append(title)
        return printer

    def ask_file(self, name: str, parent: QWidget) -> Path | None:
        self.saved.append(self.folder / name)
        return self.saved[-1]


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    """The tests read the source texts."""
    before = i18n.language()
    i18n.set_language("en")
    look.apply(qapp, "light", 100)
    yield
    i18n.set_language(before)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    opened = found_office(
        tmp_path / "ward",
        OfficeForm(
            kind=OfficeKind.WARD,
            code="HBT-01",
            name="UBND phường Nguyễn Du",
            superior_name="UBND quận Hai Bà Trưng",
            locality="Hà Nội",
            officer_name="Đỗ Thị Quỹ",
            officer_title="Công chức Văn phòng",
        ),
        "practice1",
        cost=Cost(1024, 1, 1),
        now=lambda: NOW,
    )
    yield opened
    opened.close()


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(Settings(), tmp_path / "settings.json")


@pytest.fixture
def tray(tmp_path: Path) -> PaperTray:
    return PaperTray(tmp_path)


@pytest.fixture
def runner() -> InlineRunner:
    return InlineRunner()


@pytest.fixture
def threads(office: OpenOffice) -> Iterator[Runner]:
    """A runner with real threads, closed after the windows."""
    real = Runner()
    yield real
    real.close()


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], Any]:
    """Shows a page in the size of an office's screen, with the keyboard in it."""

    def show(page: QWidget) -> QWidget:
        qtbot.addWidget(page)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # the window of the test before this one
        QApplication.processEvents()
        page.resize(1180, 640)
        page.show()
        page.activateWindow()
        assert QTest.qWaitForWindowActive(page)
        page.setFocus()
        return page

    return show


def type_here(text: str) -> None:
    """Types into what has the keyboard; Vietnamese letters come as a typing tool commits them."""
    for letter in text:
        widget = QApplication.focusWidget()
        assert widget is not None, f"nothing has the keyboard for {letter!r}"
        if letter.isascii():
            QTest.keyClick(QApplication.activePopupWidget() or widget, letter)
        else:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(widget, event)


def press(key: Any, modifiers: Any = None) -> None:
    """One key in what has the keyboard."""
    QApplication.processEvents()  # what the last key made appear is there
    widget = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert widget is not None
    if modifiers is None:
        QTest.keyClick(widget, key)
    else:
        QTest.keyClick(widget, key, modifiers)


def a_draft(**changes: Any) -> ReceptionDraft:
    """A complete visit of an invented person."""
    values: dict[str, Any] = {
        "date": date(2026, 11, 20),
        "time": time(8, 30),
        "name": "Nguyễn Thị Ẩn",
        "birth_date": "1968-09-05",
        "sex": Sex.FEMALE,
        "id_kind": IdKind.CITIZEN_CARD,
        "id_number": "001168012345",
        "id_issued": date(2024, 8, 1),
        "id_place": "Bộ Công an",
        "address": "Số 12 ngõ 34 phố Quỹ Đỗ, Hà Nội",
        "phone": "0912345678",
        "content": "Khiếu nại việc bồi thường khi thu hồi đất.",
        "request": "Đề nghị xem xét lại.",
        "classification": Classification.COMPLAINT,
        "has_petition": True,
        "direction": Direction.ACCEPT,
        "signing": Signing.SIGNED,
        "documents": (Paper("Đơn khiếu nại", 2),),
    }
    return ReceptionDraft(**{**values, **changes})


def logged(office: OpenOffice, *, open_case: bool = False, **changes: Any) -> Reception:
    """A visit that stands in the book."""
    return office.receptions.log(a_draft(**changes), open_case=open_case).value
