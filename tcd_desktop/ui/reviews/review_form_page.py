"""The form of a case under review: where it comes from, what hinders it, plan and measure, who and by when."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from tcd_desktop import words
from tcd_desktop.domain.follow_up.follow_up_terms import ReviewPlan, ReviewSource, ReviewState
from tcd_desktop.domain.follow_up.review import ReviewEntry
from tcd_desktop.domain.follow_up.review_row import OPEN, ReviewRow
from tcd_desktop.domain.problems import Problems
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.ui.forms.desk_form import DeskForm
from tcd_desktop.ui.forms.form_fields import (
    Card,
    ChoiceField,
    DateField,
    DraftModel,
    Field,
    LineField,
    TextField,
)
from tcd_desktop.ui.reviews.review_rows import matter, number
from tcd_desktop.ui.window.runner import RunnerLike


class ReviewFormPage(DeskForm):
    """Ctrl+S saves. What the books know already (decisions, directives, people) is not asked for."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, row: ReviewRow, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._office, self._row = office, row
        self.fields = self._make_fields()
        self.model: DraftModel[ReviewEntry] = DraftModel(row.entry, self._problems)
        self.begin(*self._cards(), "plan")
        self.told.setText(matter(row))

    def _make_fields(self) -> dict[str, Field]:
        states = [(state, words.word(state)) for state in ReviewState if state in OPEN]
        return {
            "source": ChoiceField(_("Source of the list"), list(words.options(ReviewSource)), style="combo"),
            "history": TextField(
                _("Course of the settlement before these books"),
                lines=3,
                placeholder=_("decisions, judgments and answers that the case itself does not hold"),
            ),
            "obstacles": TextField(_("Result of the review; difficulties"), lines=4),
            "note": TextField(_("Note"), lines=2),
            "plan": ChoiceField(_("Plan of settlement"), list(words.options(ReviewPlan)), style="combo"),
            "measure": TextField(_("Proposed measure"), lines=4),
            "responsible": LineField(_("Unit in charge")),
            "leader": LineField(_("Leader responsible")),
            "due": DateField(_("To be done by"), today=self._office.today),
            "state": ChoiceField(_("State"), states, style="combo"),
        }

    def _cards(self) -> tuple[list[Card], list[Card]]:
        fields = self.fields
        review, plan = Card(_("What the review found")), Card(_("What is to be done"))
        for name in ("source", "history", "obstacles", "note"):
            review.add_row((fields[name], 1))
        plan.add_row((fields["plan"], 1), (fields["state"], 1))
        plan.add_row((fields["measure"], 1))
        plan.add_row((fields["responsible"], 1), (fields["leader"], 1))
        plan.add_row((fields["due"], 1), (QWidget(), 1))
        return [review], [plan]

    @property
    def title(self) -> str:
        """Which case."""
        return _("Review of {case}").format(case=number(self._row))

    def _problems(self, entry: ReviewEntry) -> Problems:
        return self._office.reviews.problems(entry)

    def act(self) -> Callable[[], Done[Any]]:
        """Changes what the form shows."""
        entry = self.model.draft
        values = {name: getattr(entry, name) for name in self.fields}
        return partial(self._office.reviews.change, entry.id, **values)
