"""Putting a record into the recycle bin and taking it out, for whichever page offers it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tcd_desktop import words
from tcd_desktop.domain.people.person import Person
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.people.unnamed_people import naming
from tcd_desktop.services.recycle.recycle_desk import TOLD, Consequence
from tcd_desktop.ui.dialogs.dialog_room import make_room
from tcd_desktop.ui.dialogs.reason_dialog import ReasonDialog
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.recycle.bin_words import KINDS, OTHER_REASONS, REASONS, consequence_sentence
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import RunnerLike


class RemoveDialog(ReasonDialog):
    """What follows from the removal, and the reason for it."""

    def __init__(
        self,
        table: str,
        number: str,
        told: list[Consequence],
        parent: QWidget,
        *,
        secret: bool = False,
        unnamed: Sequence[Person] = (),
    ) -> None:
        kind = str(KINDS[table][0])
        super().__init__(
            _("Put into the recycle bin: {kind} {number}").format(kind=kind.lower(), number=number),
            _("It leaves the lists and can be restored at any time. The reason, your name and the time are kept."),
            _("Put into the bin"),
            parent,
            hint=_("without the denouncer's name") if secret else "",
            suggestions=REASONS.get(table, OTHER_REASONS),
            above=_list(told) if told else None,
        )
        self.setMinimumWidth(look.current().px(600))
        self._unnamed = tuple(unnamed)
        self.reason.changed.connect(self._typed)
        self.adjustSize()

    def _typed(self, _value: object = None) -> None:
        """The reason is not sealed: who denounced should not be told there."""
        problem = naming(self._unnamed, {"reason": self.reason.value()}).get("reason")
        self.reason.set_problem(words.problem("reason", problem) if problem else "", warning=True)
        make_room(self)


def _list(told: list[Consequence]) -> QVBoxLayout:
    now = look.current()
    lines = QVBoxLayout()
    lines.setSpacing(now.px(6))
    for one in told:
        grave = one.code in TOLD
        picture, text = QLabel(), QLabel(consequence_sentence(one))
        icons.dress(picture, "triangle-alert" if grave else "info", "warning" if grave else "muted", 16)
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.setSpacing(now.px(8))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        lines.addLayout(row)
    return lines


class Removing(QObject):
    """Asks for the reason and does it. `told` carries refusals: (sentence, tone)."""

    told = Signal(str, str)

    def __init__(self, office: OpenOffice, runner: RunnerLike, page: QWidget) -> None:
        super().__init__(page)
        self._office, self._runner, self._page = office, runner, page

    def ask(self, table: str, identity: str, number: str, *, secret: bool = False) -> None:
        """Reads what follows, then asks."""
        desk, unnamed = self._office.recycle, self._office.unnamed

        def work(_progress: Progress) -> tuple[Any, ...]:
            told = desk.consequences(table, identity)
            return table, identity, number, secret, told, unnamed.of(table, identity)

        self._runner.read(work, done=self._ask, failed=self._failed)

    def _ask(self, answer: tuple[Any, ...]) -> None:
        table, identity, number, secret, told, unnamed = answer
        dialog = RemoveDialog(table, number, told, self._page, secret=secret, unnamed=unnamed)
        dialog.reasoned.connect(partial(self._remove, table, identity, frozenset(one.code for one in told)))
        dialog.open()

    def _remove(self, table: str, identity: str, told: frozenset[str], reason: str) -> None:
        desk = self._office.recycle
        self._runner.write(lambda _progress: desk.remove(table, identity, reason, told=told), failed=self._failed)

    def restore(self, table: str, identity: str) -> None:
        """Takes it out of the bin."""
        desk = self._office.recycle
        self._runner.write(lambda _progress: desk.restore(table, identity), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.told.emit(sentence, tone)
