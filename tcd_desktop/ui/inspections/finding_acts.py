"""What can be done with findings: ask for the correction, answer, settle, add one by hand, conclude the round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tcd_desktop import words
from tcd_desktop.domain.follow_up.follow_up_terms import FindingState
from tcd_desktop.domain.follow_up.inspection import InspectionRound
from tcd_desktop.domain.problems import Problem, Problems
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.ui.calendar.sitting_dialogs import ActDialog
from tcd_desktop.ui.forms.form_fields import CheckField, ChoiceField, DateField, Field, TextField
from tcd_desktop.ui.inspections.inspection_rows import FindingRow
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words.shortcomings import SHORTCOMINGS, finding_name

FORTNIGHT = timedelta(days=15)
"""The day that is offered for a correction."""


class FindingActs(QObject):
    """Asks what an act needs and does it away from the window's thread."""

    done = Signal()
    told = Signal(str, str)
    """A sentence for the bar above the page, its tone."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, page: QWidget) -> None:
        super().__init__(page)
        self._office, self._runner, self._page = office, runner, page
        self.dialog: ActDialog | None = None

    def ask(self, row: FindingRow) -> None:
        """Asks the office to put it right by a day."""
        today = self._office.today

        def check(values: Mapping[str, Any]) -> Problems:
            past = values["due"] is not None and values["due"] < today()
            return {"due": Problem("past_date", {"today": today()})} if past else {}

        due = DateField(_("To be put right by"), today=today, required=True)
        due.set_value(today() + FORTNIGHT)
        known = SHORTCOMINGS.get(row.finding.code)
        self._ask(
            _("Ask for the correction"),
            f"{finding_name(row.finding)}. {known.mend if known else ''}".strip(),
            _("Ask for the correction"),
            {"due": due},
            ("due",),
            check,
            lambda desk, values: desk.ask([row.id], values["due"]),
        )

    def reply(self, row: FindingRow) -> None:
        """The office answers a finding about it."""
        fields: dict[str, Field] = {
            "content": TextField(_("What was done, or why it is not so"), lines=4, required=True),
            "on": self._day(),
            "corrected": CheckField(_("It is put right")),
        }
        fields["corrected"].set_value(True)
        self._ask(
            _("Answer the finding"),
            finding_name(row.finding),
            _("Answer"),
            fields,
            ("content", "on"),
            self._no_future,
            lambda desk, values: desk.reply(
                row.id, on=values["on"], content=values["content"], corrected=values["corrected"]
            ),
        )

    def settle(self, row: FindingRow) -> None:
        """What came of it; the office's own answer stands in the field already."""
        states = [(state, words.word(state)) for state in (FindingState.CORRECTED, FindingState.REFUTED)]
        reply = TextField(_("Result of the check"), lines=4, required=True)
        fields: dict[str, Field] = {
            "state": ChoiceField(_("The finding is"), states, required=True),
            "reply": reply,
            "on": self._day(),
        }
        latest = row.replies[0] if row.replies else None
        fields["state"].set_value(FindingState.CORRECTED)
        if latest is not None:
            reply.set_value(latest.content)
        self._ask(
            _("Settle the finding"),
            finding_name(row.finding),
            _("Settle"),
            fields,
            ("state", "reply", "on"),
            self._no_future,
            lambda desk, values: desk.settle(row.id, values["state"], reply=values["reply"], on=values["on"]),
        )

    def add(self, held: InspectionRound) -> None:
        """What a person saw on the spot."""
        self._ask(
            _("Add a finding"),
            _("What the books cannot tell: the room, the notice board, the conduct."),
            _("Add"),
            {"text": TextField(_("What was found"), lines=4, required=True)},
            ("text",),
            None,
            lambda desk, values: desk.add(held.id, values["text"]),
        )

    def close(self, held: InspectionRound, left: int) -> None:
        """Ends the round with its conclusion; what is still open stays open and is told."""
        sentence = _("Findings still open: {n}. They stay in the list.").format(n=left) if left else ""
        self._ask(
            _("Conclude the round"),
            sentence,
            _("Conclude"),
            {"conclusion": TextField(_("Conclusion"), lines=6, required=True), "on": self._day()},
            ("conclusion", "on"),
            self._no_future,
            lambda desk, values: desk.close(held.id, values["conclusion"], values["on"]),
        )

    def _day(self) -> DateField:
        day = DateField(_("Day"), today=self._office.today, required=True)
        day.set_value(self._office.today())
        return day

    def _no_future(self, values: Mapping[str, Any]) -> Problems:
        today = self._office.today()
        late = values["on"] is not None and values["on"] > today
        return {"on": Problem("future_date", {"today": today})} if late else {}

    def _ask(
        self,
        title: str,
        sentence: str,
        take: str,
        fields: Mapping[str, Field],
        needed: tuple[str, ...],
        check: Callable[[Mapping[str, Any]], Problems] | None,
        act: Callable[[Any, Mapping[str, Any]], Done[Any]],
    ) -> None:
        self.dialog = ActDialog(title, sentence, take, fields, self._page, needed=needed, check=check)
        desk = self._office.inspections

        def given(values: Mapping[str, Any]) -> None:
            self._runner.write(lambda _progress: act(desk, values), done=self._over, failed=self._failed)

        self.dialog.given.connect(given)
        self.dialog.open()

    def _over(self, _done: Done[Any]) -> None:
        self.done.emit()

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.told.emit(sentence, tone)
