"""What can be done with a case under review: report progress, change it, end it, put it on the list or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal

from tcd_desktop import words
from tcd_desktop.domain.follow_up.follow_up_terms import ReviewState
from tcd_desktop.domain.follow_up.review_row import ENDED, ReviewRow
from tcd_desktop.domain.problems import Problem, Problems
from tcd_desktop.i18n import _
from tcd_desktop.services.done import Done
from tcd_desktop.ui.dialogs.act_dialog import reason_sentence
from tcd_desktop.ui.dialogs.asking_acts import AskingActs
from tcd_desktop.ui.forms.form_fields import ChoiceField, DateField, LineField, TextField
from tcd_desktop.ui.reviews.review_rows import ProposedRow, matter, number


class ReviewActs(AskingActs):
    """Asks what an act needs and does it away from the window's thread. `done` after every act."""

    done = Signal()

    def take_on(self, one: ProposedRow) -> None:
        """Puts a proposal on the list at once; it can be undone."""
        desk = self._office.reviews
        self.perform(lambda: desk.decide(one.proposal, listed=True))

    def dismiss(self, one: ProposedRow) -> None:
        """Does not, with the reason."""
        desk = self._office.reviews
        self.ask_for(
            _("Do not take {case} on the list").format(case=number(one.row)),
            reason_sentence(),
            _("Do not take on"),
            {"note": TextField(_("Reason"), lines=3, required=True)},
            lambda values: desk.decide(one.proposal, listed=False, note=values["note"]),
            needed=("note",),
        )

    def tell(self, row: ReviewRow) -> None:
        """What was done since: a ward reports on its case, the district on what it did itself."""
        today = self._office.today

        def check(values: Mapping[str, Any]) -> Problems:
            late = values["on"] is not None and values["on"] > today()
            return {"on": Problem("future_date", {"today": today()})} if late else {}

        fields = {
            "content": TextField(_("What was done, with what result"), lines=4, required=True),
            "on": DateField(_("Day"), today=today, required=True),
        }
        fields["on"].set_value(today())
        desk = self._office.reviews
        self.ask_for(
            _("Report on {case}").format(case=number(row)),
            matter(row),
            _("Enter the progress"),
            fields,
            lambda values: desk.tell(row.id, on=values["on"], content=values["content"]),
            needed=("content", "on"),
            check=check,
        )

    def end(self, row: ReviewRow) -> None:
        """Ends the review with its result and the day."""
        today = self._office.today

        def check(values: Mapping[str, Any]) -> Problems:
            late = values["closed_on"] is not None and values["closed_on"] > today()
            return {"closed_on": Problem("future_date", {"today": today()})} if late else {}

        states = [(state, words.word(state)) for state in ReviewState if state in ENDED]
        fields = {
            "state": ChoiceField(_("How it ended"), states, required=True),
            "result": TextField(_("Result"), lines=3, required=True),
            "closing_number": LineField(_("Closing document"), hint=_("number, date")),
            "closed_on": DateField(_("Day"), today=today, required=True),
        }
        fields["closed_on"].set_value(today())
        desk = self._office.reviews
        self.ask_for(
            _("End the review of {case}").format(case=number(row)),
            matter(row),
            _("End the review"),
            fields,
            lambda values: desk.change(row.id, **values),
            needed=("state", "result", "closed_on"),
            check=check,
        )

    def performed(self, done: Done[Any]) -> None:
        """The books have changed."""
        self.done.emit()
