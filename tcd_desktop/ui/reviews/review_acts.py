"""What can be done with a case under review: report progress, change it, end it, put it on the list or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tcd_desktop import words
from tcd_desktop.domain.follow_up.follow_up_terms import ReviewState
from tcd_desktop.domain.follow_up.review_row import ENDED, ReviewRow
from tcd_desktop.domain.problems import Problem, Problems
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.ui.calendar.sitting_dialogs import ActDialog, reason_sentence
from tcd_desktop.ui.forms.form_fields import ChoiceField, DateField, LineField, TextField
from tcd_desktop.ui.reviews.review_rows import ProposedRow, matter, number
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import RunnerLike


class ReviewActs(QObject):
    """Asks what an act needs and does it away from the window's thread. `done` after every act."""

    done = Signal()
    told = Signal(str, str)
    """A sentence for the bar above the page, its tone."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, page: QWidget) -> None:
        super().__init__(page)
        self._office, self._runner, self._page = office, runner, page
        self.dialog: ActDialog | None = None

    def take_on(self, one: ProposedRow) -> None:
        """Puts a proposal on the list at once; it can be undone."""
        desk = self._office.reviews
        self._write(lambda: desk.decide(one.proposal, listed=True))

    def dismiss(self, one: ProposedRow) -> None:
        """Does not, with the reason."""
        self.dialog = ActDialog(
            _("Do not take {case} on the list").format(case=number(one.row)),
            reason_sentence(),
            _("Do not take on"),
            {"note": TextField(_("Reason"), lines=3, required=True)},
            self._page,
            needed=("note",),
        )
        desk = self._office.reviews
        self._open(lambda values: desk.decide(one.proposal, listed=False, note=values["note"]))

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
        self.dialog = ActDialog(
            _("Report on {case}").format(case=number(row)),
            matter(row),
            _("Enter the progress"),
            fields,
            self._page,
            needed=("content", "on"),
            check=check,
        )
        desk = self._office.reviews
        self._open(lambda values: desk.tell(row.id, on=values["on"], content=values["content"]))

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
        self.dialog = ActDialog(
            _("End the review of {case}").format(case=number(row)),
            matter(row),
            _("End the review"),
            fields,
            self._page,
            needed=("state", "result", "closed_on"),
            check=check,
        )
        desk = self._office.reviews
        self._open(lambda values: desk.change(row.id, **values))

    def _open(self, act: Callable[[Mapping[str, Any]], Done[Any]]) -> None:
        assert self.dialog is not None
        self.dialog.given.connect(lambda values: self._write(lambda: act(values)))
        self.dialog.open()

    def _write(self, act: Callable[[], Done[Any]]) -> None:
        self._runner.write(lambda _progress: act(), done=self._over, failed=self._failed)

    def _over(self, _done: Done[Any]) -> None:
        self.done.emit()

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.told.emit(sentence, tone)
