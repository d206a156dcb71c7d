"""What is joined with what in the form: keys, buttons, and the answers of its helpers. It decides nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tcd_desktop.ui.window.actions import row

if TYPE_CHECKING:
    from tcd_desktop.ui.receptions.form_page import ReceptionFormPage

PASSING_MS = 10_000
"""A good word goes away by itself after so long; doubts and problems stay."""


def passing(parent: QWidget) -> QTimer:
    """The clock of a good word."""
    clock = QTimer(parent)
    clock.setSingleShot(True)
    clock.setInterval(PASSING_MS)
    return clock


def wire(page: ReceptionFormPage) -> None:
    """Joins a form that was built; called once."""
    _keys(page)
    _form(page)
    _helpers(page)
    _after(page)


def _keys(page: ReceptionFormPage) -> None:
    """The keys of the table of actions, while the keyboard is in the form."""
    acts = {
        "form.save": partial(page.save, print_slip=False),
        "form.print": partial(page.save, print_slip=True),
        "form.card": page.focus_scan,
        "form.circumstances": page.toggle_visit,
        "form.resume": page.recovered.take_up,
        "form.fill": page.filling.fill_known,
        "form.more": page.other.enter,
        "form.group": page.extras.open_group,
        "form.content": page.extras.add_matter,
    }
    keys = [(row(action).shortcut, act) for action, act in acts.items()]
    for key, act in (*keys, ("Ctrl+Enter", acts["form.print"])):  # Enter of the figures' block as well
        shortcut = QShortcut(QKeySequence(key), page.view)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)


def _form(page: ReceptionFormPage) -> None:
    page.head.change.clicked.connect(page.toggle_visit)
    page.foot.later.clicked.connect(page.popRequest)
    page.foot.save.clicked.connect(partial(page.save, print_slip=False))
    page.foot.save_print.clicked.connect(partial(page.save, print_slip=True))
    page.foot.problems.clicked.connect(page.ending.show_problems)
    page.scan.scanned.connect(page.filling.take_card)
    page.passing.timeout.connect(page.message.clear)
    page.message.actionRequest.connect(page.undo_filling)
    page.recovered.resumeRequest.connect(page.beginning.resume)
    page.recovered.dropRequest.connect(page.autosave.drop)
    page.recovered.putBackRequest.connect(page.autosave.put_back)
    page.who.reveal.clicked.connect(page.amending.ask_reason)


def _helpers(page: ReceptionFormPage) -> None:
    page.filling.paperRead.connect(page.paper_scan.open)
    page.paper_scan.visitFound.connect(page.open_visit)
    page.paper_scan.found.connect(page.goRequest)
    page.paper_scan.told.connect(page.tell)
    page.autosave.kept.connect(page.foot.show_kept)
    page.autosave.found.connect(page.recovered.offer)
    page.saving.saved.connect(page.ending.saved)
    page.saving.failed.connect(page.ending.failed)
    page.amending.loaded.connect(page.beginning.loaded)
    page.amending.revealed.connect(page.beginning.revealed)
    page.amending.failed.connect(page.ending.failed)
    page.extras.changed.connect(page.refresh)
    page.known.openRequest.connect(page.open_visit)
    page.known.matterChanged.connect(page.refresh_case)


def _after(page: ReceptionFormPage) -> None:
    """The page of the saved visit speaks for the form that it took the place of."""
    page.after.newRequest.connect(page.begin_new)
    page.after.popRequest.connect(page.popRequest)
    page.after.goRequest.connect(page.goRequest)
    page.after.pushRequest.connect(page.pushRequest)
    page.after.amendRequest.connect(page.amend_saved)
    page.after.splitRequest.connect(page.split_saved)
