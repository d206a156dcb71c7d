"""The real window of a ward with a head, its pages reached by keys, and a printer that writes files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.dialogs.reason_dialog import ReasonDialog
from tcd_desktop.ui.letters.letter_form import LetterFormPage
from tcd_desktop.ui.letters.letter_page import LetterPage
from tcd_desktop.ui.window.office_window import OfficeWindow
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import make_office
from tests.ui.receptions.conftest import PaperTray, english, press

__all__ = ["english"]

P = TypeVar("P", bound=QWidget)
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward", head_name="Trần Văn Mẫu", head_title="Chủ tịch UBND phường")
    yield office
    office.close()


class Walk:
    """The window, and what a person at it can see and press."""

    def __init__(self, office: OpenOffice, folder: Path, qtbot: QtBot) -> None:
        self.office, self.folder, self._bot = office, folder, qtbot
        self.runner, self.tray = InlineRunner(), PaperTray(folder)
        self.keeper = Keeper(Settings(), folder / "s.json")
        self.window = OfficeWindow(office, self.runner, self.keeper, printing=self.tray)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def go(self, desk: str, argument: object = None) -> Page:
        """A desk, with the keyboard in it; a record of it as its page."""
        self.window.show_desk(desk, argument)
        page = self.window.page()
        assert isinstance(page, Page)
        page.setFocus()
        self.settle()
        return page

    def page(self, kind: type[P]) -> P:
        """The page that is shown."""
        self.settle()
        found = self.window.page()
        assert isinstance(found, kind), type(found)
        return found

    def form(self) -> LetterFormPage:
        return self.page(LetterFormPage)

    def letter(self) -> LetterPage:
        return self.page(LetterPage)

    def answer(self, reason: str) -> None:
        """Gives the reason a dialog asks for; the keyboard is on the page again, as it is when work takes a moment."""
        dialog = self.dialog()
        assert isinstance(dialog, ReasonDialog)
        dialog.reason.set_value(reason)
        dialog.accept_values()
        self.settle()
        self.window.activateWindow()
        page = self.window.page()
        assert page is not None
        page.setFocus()

    def key(self, key: Any, modifiers: Any = None) -> None:
        press(key, modifiers)
        self.settle()

    def menu(self) -> list[str]:
        """The lines of the menu that is open."""
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QMenu)
        return [action.text().split("\t")[0] for action in popup.actions() if not action.isSeparator()]

    def dialog(self) -> QDialog:
        """The dialog that is open."""
        self.settle()
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        return found

    def wait(self, until: Callable[[], bool]) -> None:
        """Until something is so that is done a moment later."""
        self._bot.waitUntil(until)

    def settle(self) -> None:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()

    def words(self, widget: QWidget | None = None) -> str:
        """Every text that is seen."""
        self.settle()
        place = widget or self.window
        labels = [one.text() for one in place.findChildren(QLabel) if one.isVisibleTo(place)]
        return "\n".join(labels + [one.text() for one in place.findChildren(QPushButton) if one.isVisibleTo(place)])


@pytest.fixture
def walk(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> Iterator[Walk]:
    made = Walk(ward, tmp_path, qtbot)
    yield made
    made.window.close()
