"""Erasing by a decision: what goes with the record, the decision's number and day, the reason; then for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tcd_desktop.domain.erasure import ACT, CHOSEN, LONGEST_NUMBER, Erasure
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.services.recycle.erase_desk import ErasePlan
from tcd_desktop.services.recycle.recycle_bin import Binned
from tcd_desktop.ui.dialogs.reason_dialog import ReasonDialog, given_reason
from tcd_desktop.ui.exchange.record_words import kind_word
from tcd_desktop.ui.forms.field import LineField
from tcd_desktop.ui.forms.number_fields import DateField
from tcd_desktop.ui.look import look
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import RunnerLike


def can_erase(office: OpenOffice, line: Binned) -> bool:
    """Whether this officer may erase what a line of the bin names."""
    ours = office.writes_in(line.office) or office.is_superior
    return line.table in CHOSEN and not line.erased and ours and office.may(ACT)


class EraseDialog(ReasonDialog):
    """`decided` tells (number, day, reason)."""

    decided = Signal(str, object, str)

    def __init__(self, line: Binned, plan: ErasePlan, today: Callable[[], date], parent: QWidget) -> None:
        self.number = LineField(_("Decision number"), required=True, max_length=LONGEST_NUMBER)
        self.day = DateField(_("Date of the decision"), today=today, past=True, required=True)
        above = QVBoxLayout()
        above.setSpacing(look.current().px(8))
        goes = QLabel(goes_words(plan))
        goes.setWordWrap(True)
        goes.setProperty("ink", "strong")
        for widget in (goes, self.number, self.day):
            above.addWidget(widget)
        super().__init__(
            _("Erase by a decision: {kind} {number}").format(kind=kind_word(line.table).lower(), number=line.number),
            _(
                "The content goes for ever, here and with the next bundles at the other offices and PCs. The number in "
                "the book stays. Bundles on sticks and copies of the data cannot be recalled: they are to be destroyed."
            ),
            _("Erase for ever"),
            parent,
            hint=_("the article or the request; no name and nothing of the content"),
            above=above,
        )
        self.take.setProperty("kind", "danger")
        self.setMinimumWidth(look.current().px(600))
        self.number.setFocus()

    def accept_values(self) -> None:
        """Told when all three are there."""
        missing = _("Write the number of the decision.") if not self.number.value() else ""
        self.number.set_problem(missing)
        day = self.day.value()
        if missing:
            self.number.setFocus()
            return
        if day is None:
            self.day.set_problem(self.day.own_problem() or _("Write the date of the decision."))
            self.day.setFocus()
            return
        if reason := given_reason(self.reason):
            self.decided.emit(self.number.value(), day, reason)
            self.accept()


def goes_words(plan: ErasePlan) -> str:
    """ "The content of these records goes: 1 visit, 2 papers." """
    kinds = ", ".join(f"{count} {kind_word(table).lower()}" for table, count in plan.counts.items())
    return _("The content of these records goes: {kinds}.").format(kinds=kinds)


class Erasing(QObject):
    """Asks and does it. `told` carries why it was refused, and the tone of that."""

    told = Signal(str, str)

    def __init__(self, office: OpenOffice, runner: RunnerLike, page: QWidget) -> None:
        super().__init__(page)
        self._office, self._runner, self._page = office, runner, page

    def ask(self, line: Binned) -> None:
        """Reads what would go, then asks."""
        desk = self._office.erasing
        self._runner.read(
            lambda _progress: desk.preview(line.table, line.id), done=partial(self._ask, line), failed=self._failed
        )

    def _ask(self, line: Binned, plan: ErasePlan) -> None:
        dialog = EraseDialog(line, plan, self._office.today, self._page)
        dialog.decided.connect(partial(self._erase, line))
        dialog.open()

    def _erase(self, line: Binned, number: str, day: date, reason: str) -> None:
        desk = self._office.erasing

        def work(_progress: Progress) -> Done[list[Erasure]]:
            return desk.erase(line.table, line.id, number=number, decided_on=day, reason=reason)

        self._runner.write(work, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.told.emit(sentence, tone)
