"""What can be done with findings: ask for the correction, answer, settle, add one by hand, conclude the round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from tcd_desktop import words
from tcd_desktop.domain.follow_up.follow_up_terms import FindingState
from tcd_desktop.domain.follow_up.inspection import InspectionRound
from tcd_desktop.domain.problems import Problem, Problems
from tcd_desktop.i18n import _
from tcd_desktop.services.done import Done
from tcd_desktop.ui.dialogs.asking_acts import AskingActs
from tcd_desktop.ui.forms.form_fields import CheckField, ChoiceField, DateField, Field, TextField
from tcd_desktop.ui.inspections.inspection_rows import FindingRow
from tcd_desktop.words.shortcomings import SHORTCOMINGS, finding_name

FORTNIGHT = timedelta(days=15)
"""The day that is offered for a correction."""


class FindingActs(AskingActs):
    """Asks what an act needs and does it away from the window's thread."""

    done = Signal()

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
            "on": self.day_field(_("Day")),
            "corrected": CheckField(_("It is put right")),
        }
        fields["corrected"].set_value(True)
        self._ask(
            _("Answer the finding"),
            finding_name(row.finding),
            _("Answer"),
            fields,
            ("content", "on"),
            self.no_future,
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
            "on": self.day_field(_("Day")),
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
            self.no_future,
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
            {"conclusion": TextField(_("Conclusion"), lines=6, required=True), "on": self.day_field(_("Day"))},
            ("conclusion", "on"),
            self.no_future,
            lambda desk, values: desk.close(held.id, values["conclusion"], values["on"]),
        )

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
        desk = self._office.inspections
        self.ask_for(title, sentence, take, fields, partial(act, desk), needed=needed, check=check)

    def performed(self, done: Done[Any]) -> None:
        """The books have changed."""
        self.done.emit()
