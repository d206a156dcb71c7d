"""What can be done with the chosen line of a desk, for its list, inspector and page alike."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.dialogs.asking_acts import AskingActs
from tcd_desktop.ui.letters.record_letters import RecordLetters
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.runner import RunnerLike


class DeskActs(AskingActs):
    """`area` is the first part of the actions' ids; `names` the acts in the order of menus.

    A subclass says which acts `fit` the chosen line, which is `likely` next, and `start`s one.
    """

    changeRequest = Signal(str)
    caseRequest = Signal(str)

    area = ""
    names: tuple[str, ...] = ()

    def __init__(self, office: OpenOffice, runner: RunnerLike, host: QWidget) -> None:
        super().__init__(office, runner, host)
        self.letters = RecordLetters(office, runner, host)
        for name in self.names:
            shortcut = QShortcut(QKeySequence(row(f"{self.area}.{name}").shortcut), host)
            shortcut.activated.connect(partial(self.do, name))

    def fit(self) -> set[str]:
        """The acts that make sense with the chosen line."""
        return set()

    def likely(self) -> str:
        """The act that is most likely wanted; "" = none."""
        return next(iter(self.acts()), "")

    def start(self, act: str) -> None:
        """Begins an act that fits."""

    def acts(self) -> list[str]:
        """What this officer can do, in the order of menus."""
        fitting = self.fit()
        if self._office.officer.right is OfficerRight.VIEWER:
            fitting &= {"case"}
        return [name for name in self.names if name in fitting]

    def do(self, act: str, _checked: bool = False) -> None:
        """Does an act when it makes sense."""
        if act in self.acts():
            self.start(act)

    def buttons(self) -> list[QWidget]:
        """For the foot of an inspector: a menu with everything, and the most likely act at the right."""
        acts = self.acts()
        if not acts:
            return []
        likely = self.likely() if self.likely() in acts else acts[0]
        entry = row(f"{self.area}.{likely}")
        button = QPushButton(str(entry.text))
        button.setProperty("kind", "primary")
        icons.dress(button, entry.icon, "on_accent", 18)
        button.setToolTip(f"{entry.text}  {key_text(entry.id)}")
        button.clicked.connect(partial(self.do, likely))
        if len(acts) == 1:
            return [button]
        more = QPushButton(_("Other acts"))
        icons.dress(more, "ellipsis", "text", 18)
        more.clicked.connect(partial(self._drop, more))
        return [more, button]

    def menu(self) -> QMenu:
        """All acts with their keys."""
        menu = QMenu(self._host)
        for name in self.acts():
            entry = row(f"{self.area}.{name}")
            action = menu.addAction(f"{entry.text}\t{key_text(entry.id)}")
            icons.dress(action, entry.icon)
            action.triggered.connect(partial(self.do, name))
        return menu

    def _drop(self, button: QPushButton, _checked: bool = False) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, 0)))
