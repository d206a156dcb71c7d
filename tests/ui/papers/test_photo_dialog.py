"""Papers photographed with a camera at the PC."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from tcd_desktop.domain.papers.media import picture_size
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.scanners.camera import BUSY, NONE, CameraUnavailable
from tcd_desktop.scanners.pictures import Picture
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.papers.panel import PapersPanel
from tcd_desktop.ui.papers.place import StagedPlace
from tcd_desktop.ui.window.runner import InlineRunner
from tests.ui.papers.conftest import FORM


class Lens:
    """A camera that sees one colour after the other."""

    def __init__(self) -> None:
        self.seen = 0
        self.closed = False
        self.broken = False

    def picture(self) -> Picture | None:
        if self.broken:
            raise CameraUnavailable(BUSY)
        self.seen += 1
        return Picture(64, 48, bytes([self.seen, 90, 40]) * 64 * 48, 3)

    def close(self) -> None:
        self.closed = True


class Shelf:
    """The cameras of a PC."""

    def __init__(self, *lenses: Lens) -> None:
        self.lenses = lenses

    def names(self) -> list[str]:
        if not self.lenses:
            raise CameraUnavailable(NONE)
        return ["Camera thử" for _lens in self.lenses]

    def open(self, number: int) -> Lens:
        return self.lenses[number]


@pytest.fixture
def panel(office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Callable[[QWidget], Any]) -> PapersPanel:
    made = PapersPanel(office, runner, keeper)
    made.show_place(StagedPlace(office, FORM))
    shown(made)
    return made


def test_each_press_of_the_space_bar_is_a_page(panel: PapersPanel, office: OpenOffice) -> None:
    lens = Lens()
    dialog = panel.take_photographs(Shelf(lens))
    for _page in range(2):
        dialog._next()
        QTest.keyClick(dialog.take_button, Qt.Key.Key_Space)
    papers = panel.papers()
    assert len(papers) == 2 and papers[0].media_type == "image/png"
    assert picture_size(office.staged.content(office.staged.one(FORM, papers[0].id))) == (64, 48)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert lens.closed and (not isValid(dialog) or not dialog.isVisible())


def test_without_a_camera_the_reason_is_told_and_another_try_offered(panel: PapersPanel) -> None:
    shelf = Shelf()
    dialog = panel.take_photographs(shelf)
    assert "No camera was found" in dialog.told.text() and not dialog.take_button.isEnabled()
    shelf.lenses = (Lens(),)
    dialog.again.click()
    dialog._next()
    assert dialog.take_button.isEnabled()
    dialog.reject()


def test_a_camera_that_breaks_off_is_let_go(panel: PapersPanel) -> None:
    lens = Lens()
    dialog = panel.take_photographs(Shelf(lens))
    lens.broken = True
    dialog._next()
    assert lens.closed and not dialog.again.isHidden()
    dialog.reject()
