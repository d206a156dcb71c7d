"""A paper of ours under the scanner: typed, slow, pasted, as a picture, into the form or into the search box."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tcd_desktop.documents.raster import page_image
from tcd_desktop.domain.letters.letter import Letter
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.scanners.pictures import Picture, codes_in
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.letters.letter_page import LetterPage
from tcd_desktop.ui.receptions.card_picture import card_in_frame
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.window.office_window import OfficeWindow
from tcd_desktop.ui.window.runner import InlineRunner
from tests.scanners.codes import beside, code, coloured
from tests.services.test_paper_records import issued
from tests.ui.receptions.conftest import CARD, OFFSCREEN, logged, press, type_here
from tests.ui.receptions.test_wedge import scan, ticking

Show = Callable[[Any], Any]
ENTER = Qt.Key.Key_Return
pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, "libpng", "qt.gui.imageio", extend=True)


@pytest.fixture
def visit(office: OpenOffice) -> Reception:
    logged(office)
    return logged(office)


@pytest.fixture
def form(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show, visit: Reception
) -> Iterator[ReceptionFormPage]:
    page: ReceptionFormPage = shown(ReceptionFormPage(office, runner, keeper))
    ticking(page)
    yield page


@pytest.fixture
def pushed(form: ReceptionFormPage) -> list[Any]:
    """The pages that the form opened above itself."""
    found: list[Any] = []
    form.pushRequest.connect(found.append)
    return found


def paper(pdf: bytes, dpi: int = 150) -> QImage:
    """The first page of a print, as a camera or a flatbed gives it."""
    page = page_image(pdf, 0, dpi)
    return QImage(page.data, page.width, page.height, page.stride, QImage.Format.Format_RGB32).copy()


def text_on(image: QImage) -> str:
    """The text of the code on a paper."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    lines = bytes(grey.constBits())
    rows = [lines[at : at + grey.width()] for at in range(0, len(lines), grey.bytesPerLine())]
    (found,) = codes_in(Picture(grey.width(), grey.height(), b"".join(rows)))
    return found


def the_visit(pushed: list[Any]) -> str:
    (page,) = pushed
    assert isinstance(page, VisitPage)
    return page._record


@pytest.fixture
def printed(office: OpenOffice, visit: Reception) -> QImage:
    return paper(office.slips.print(visit.id).value.pdf)


@pytest.mark.parametrize("name", ["name", "id_number", "content", "phone", "people", "has_petition"])
@pytest.mark.parametrize("end", [ENTER, Qt.Key.Key_Tab])
def test_a_slip_scanned_into_any_field_opens_its_visit_and_leaves_nothing_behind(
    form: ReceptionFormPage, pushed: list[Any], printed: QImage, visit: Reception, name: str, end: Any
) -> None:
    before = form.model.draft
    form.fields[name].setFocus()
    scan(text_on(printed), end)
    assert the_visit(pushed) == visit.id
    assert form.model.draft == before
    assert "TCD1" not in "".join(line.text() for line in form.findChildren(QLineEdit))
    assert "TCD1" not in "".join(block.toPlainText() for block in form.findChildren(QPlainTextEdit))


def test_a_slip_in_the_scan_box_opens_its_visit_also_when_the_scanner_is_slow(
    form: ReceptionFormPage, pushed: list[Any], printed: QImage, visit: Reception
) -> None:
    ticking(form, step=400)
    press(Qt.Key.Key_F2)
    type_here(text_on(printed))
    press(ENTER)
    assert the_visit(pushed) == visit.id and form.scan.text() == ""


def test_a_code_pasted_into_the_scan_box_opens_its_visit(
    form: ReceptionFormPage, pushed: list[Any], printed: QImage, visit: Reception
) -> None:
    press(Qt.Key.Key_F2)
    QGuiApplication.clipboard().setText(f" {text_on(printed).lower()}\r\n")
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    press(ENTER)
    assert the_visit(pushed) == visit.id


def test_the_picture_of_a_slip_opens_its_visit(
    form: ReceptionFormPage, pushed: list[Any], printed: QImage, visit: Reception
) -> None:
    press(Qt.Key.Key_F2)
    QGuiApplication.clipboard().setImage(printed)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert the_visit(pushed) == visit.id


def test_a_camera_reads_papers_and_prefers_nothing_else(printed: QImage) -> None:
    told = text_on(printed)
    assert card_in_frame(coloured(code(told))) == told
    assert card_in_frame(coloured(beside(code("https://example.org"), code(told)))) == told


def test_a_card_beside_a_slip_in_one_picture_is_the_card(form: ReceptionFormPage, pushed: list[Any]) -> None:
    both = beside(code("TCD1:HBT-01:1/2026:RECEIPT-SLIP"), code(CARD))
    form.sources.take_picture(
        QImage(both.pixels, both.width, both.height, both.width, QImage.Format.Format_Grayscale8).copy()
    )
    assert form.model.draft.name == "Nguyễn Thị Ẩn" and not pushed


def test_the_code_in_the_middle_of_a_text_typed_by_hand_stays_there(form: ReceptionFormPage, pushed: list[Any]) -> None:
    form.fields["content"].setFocus()
    ticking(form, step=400)
    type_here("TCD1: nothing")
    assert form.model.draft.content == "TCD1: nothing" and not pushed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("TCD1:HBT-01:99/2026:RECEIPT-SLIP", "99/2026"),
        ("TCD1:XA-KHAC:1/2026:RECEIPT-SLIP", "XA-KHAC"),
    ],
)
def test_why_a_paper_opens_nothing_is_told_in_the_form(
    form: ReceptionFormPage, pushed: list[Any], text: str, told: str
) -> None:
    press(Qt.Key.Key_F2)
    scan(text)
    assert told in form.message.text() and not pushed and form.scan.text() == ""


# -- the search box of the window ----------------------------------------------------------------


@pytest.fixture
def window(office: OpenOffice, runner: InlineRunner, keeper: Keeper, qtbot: QtBot) -> Iterator[OfficeWindow]:
    made = OfficeWindow(office, runner, keeper)
    qtbot.addWidget(made)
    made.show()
    for _ in range(3):  # a busy machine may take its time
        made.activateWindow()
        if QTest.qWaitForWindowActive(made):
            break
    yield made
    made.leave()


def letter_of(office: OpenOffice, visit: Reception) -> Letter:
    assert office.letters.kinds_for(LetterSubject.RECEPTION, visit.id)
    return issued(office, visit)


def search(window: OfficeWindow, text: str) -> None:
    window.top.focus_search()
    type_here(text)
    press(ENTER)


def test_a_slip_scanned_into_the_search_box_opens_its_visit(
    window: OfficeWindow, printed: QImage, visit: Reception
) -> None:
    search(window, text_on(printed))
    page = window.page()
    assert isinstance(page, VisitPage) and page._record == visit.id
    assert window.top.search.text() == "" and not window.quick.isVisible()


def test_a_code_whose_enter_comes_late_waits_for_it(window: OfficeWindow, printed: QImage, visit: Reception) -> None:
    window.top.focus_search()
    type_here(text_on(printed))
    QTest.qWait(600)
    assert not isinstance(window.page(), VisitPage), "an Enter that comes later would press a button of the page"
    press(ENTER)
    page = window.page()
    assert isinstance(page, VisitPage) and page._record == visit.id


def test_a_letter_scanned_into_the_search_box_opens_the_letter(
    window: OfficeWindow, office: OpenOffice, visit: Reception
) -> None:
    letter = letter_of(office, visit)
    search(window, text_on(paper(office.letters.print(letter).value.pdf, 200)))
    page = window.page()
    assert isinstance(page, LetterPage) and page.letter_id == letter.id


def test_a_paper_of_another_office_in_the_search_box_is_told_and_the_desk_stays(window: OfficeWindow) -> None:
    before = window.page()
    search(window, "TCD1:XA-KHAC:1/2026:RECEIPT-SLIP")
    assert "XA-KHAC" in window.message.text() and window.page() is before
