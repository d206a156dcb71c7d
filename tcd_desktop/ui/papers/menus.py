"""The menus of one paper: which document it is the scan of, and all that can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.ui.papers.place import Held
from tcd_desktop.ui.window.actions import key_text, row


def tie_menu(parent: QWidget, paper: Held, documents: Sequence[str], tie: Callable[[Held, str], object]) -> QMenu:
    """The documents of the slip's list; the one the paper is tied to is ticked."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if not documents:
        menu.addAction(_("The slip's list of documents is empty.")).setEnabled(False)
    for name in documents:
        action = menu.addAction(name.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(paper.paper == name)
        action.triggered.connect(partial(_tie, tie, paper, name))
    if paper.paper:
        menu.addSeparator()
        menu.addAction(_("Of none of them")).triggered.connect(partial(_tie, tie, paper, ""))
    return menu


def _tie(tie: Callable[[Held, str], object], paper: Held, name: str, _checked: bool = False) -> None:
    tie(paper, name)


def show_acts(parent: QWidget, paper: Held, point: QPoint, do: Callable[[str], object], *, editable: bool) -> None:
    """All acts with their keys."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    acts = ["preview", "open", "save_copy"]
    if editable:
        acts += ["rename", "tie", *(["turn_right", "turn_left"] if paper.can_turn else []), "remove"]
    for name in acts:
        entry = row(f"papers.{name}")
        action = menu.addAction(f"{entry.text}\t{key_text(entry.id)}")
        action.triggered.connect(partial(_do, do, entry.id))
    menu.popup(point)


def _do(do: Callable[[str], object], action: str, _checked: bool = False) -> None:
    do(action)
