"""With large letters the pages of signing, and those that lead to them, stay inside a screen of 1366x768."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.letters.letter_page import LetterPage
from tcd_desktop.ui.look import look
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.signing.check_page import CheckPage
from tcd_desktop.ui.signing.signing_page import SigningPage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import make_office
from tests.services.letters import issued, visit_of

RAIL = 184
Make = Callable[[OpenOffice, InlineRunner, Keeper], QWidget]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward", head_name="Trần Văn Mẫu", head_title="Chủ tịch")
    yield made
    made.close()


def _signing(office: OpenOffice, runner: InlineRunner, keeper: Keeper) -> QWidget:
    document = office.slips.print(visit_of(office).id).value.document
    page = SigningPage(office, runner, keeper, document, file_name="a.pdf")
    page.how.seen.set_value("shown")
    page.how.seen.changed.emit("shown")
    return page


def _visit(office: OpenOffice, runner: InlineRunner, keeper: Keeper) -> QWidget:
    visit = visit_of(office)
    office.slips.print(visit.id)
    return VisitPage(office, runner, keeper, visit.id)


def _letter(office: OpenOffice, runner: InlineRunner, _keeper: Keeper) -> QWidget:
    letter = issued(office, "answer-accepted", LetterSubject.RECEPTION, visit_of(office).id)
    office.letters.print(letter)
    page = LetterPage(office, runner, letter.id)
    assert page.signing.button.isVisibleTo(page)
    return page


def _check(office: OpenOffice, runner: InlineRunner, _keeper: Keeper) -> QWidget:
    return CheckPage(office, runner)


@pytest.mark.parametrize("size", [100, 125, 150])
@pytest.mark.parametrize("make", [_signing, _visit, _letter, _check])
def test_a_page_is_not_wider_than_its_place(
    make: Make, size: int, office: OpenOffice, keeper: Keeper, qtbot: QtBot, qapp: QApplication
) -> None:
    i18n.set_language("vi")
    look.apply(qapp, "light", size)
    try:
        page = make(office, InlineRunner(), keeper)
        qtbot.addWidget(page)
        page.show()
        qapp.processEvents()
        assert page.minimumSizeHint().width() <= 1366 - look.current().px(RAIL)
        assert page.minimumSizeHint().height() <= 560
    finally:
        look.apply(qapp, "light", 100)
        i18n.set_language("en")
