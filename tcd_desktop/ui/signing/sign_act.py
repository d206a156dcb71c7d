"""The way from a page with prints to the page that signs them: a button and its key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.page import Page

ACT = "issued_document.sign"


@dataclass(frozen=True, slots=True)
class Signable:
    """A print that can be signed. `file_name` is what its PDF is called; `secret`: it names somebody who stays
    unknown, and was opened with a reason."""

    document: IssuedDocument
    file_name: str
    secret: bool = False


def signable_print(prints: tuple[IssuedDocument, ...] | list[IssuedDocument]) -> IssuedDocument | None:
    """The last print that is good; None when there is none."""
    return next((one for one in reversed(prints) if not one.spoilt), None)


def may_sign(office: OpenOffice, document: IssuedDocument) -> bool:
    """Whether this print is the office's own and the officer may sign."""
    return not document.spoilt and office.writes_in(document.office) and office.may(ACT)


class SignAct(QObject):
    """Asks the window for the signing page of what `signable` gives; None = there is nothing to sign just now."""

    def __init__(self, page: Page, signable: Callable[[], Signable | None]) -> None:
        super().__init__(page)
        self._page, self._signable = page, signable
        act = row("signature.sign")
        self.button = QPushButton(str(act.text))
        self.button.setToolTip(f"{act.text}  {key_text('signature.sign')}")
        icons.dress(self.button, act.icon, "text", 18)
        self.button.clicked.connect(self.begin)
        shortcut = QShortcut(QKeySequence(act.shortcut), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.begin)

    def refresh(self) -> None:
        """Shows the button when there is something to sign."""
        self.button.setVisible(self._signable() is not None)

    def begin(self, _checked: bool = False) -> None:
        """Goes to the signing page."""
        wanted = self._signable()
        if wanted is not None:
            self._page.signRequest.emit(wanted)
