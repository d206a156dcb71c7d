"""Cases are put under review by hand: which, from which list, and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from tcd_desktop.domain.follow_up.follow_up_terms import ReviewSource
from tcd_desktop.domain.follow_up.review import ReviewEntry
from tcd_desktop.domain.follow_up.review_draft import LONG_NOTE, ReviewDraft
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.ui.directives.cases_field import CasesField
from tcd_desktop.ui.exchange.known_offices import office_names
from tcd_desktop.ui.forms.desk_form import DeskForm
from tcd_desktop.ui.forms.form_fields import Card, ChoiceField, DraftModel, TextField
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words import options


class ReviewAddPage(DeskForm):
    """Begins with `case` where the officer came from one."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, case: str = "", parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._office = office
        note = TextField(_("Why it is put on the list"), lines=4, required=True)
        note.set_limit(LONG_NOTE)
        self.fields = {
            "cases": CasesField(_("Cases"), office, runner, office_names(office)),
            "source": ChoiceField(_("Source of the list"), list(options(ReviewSource)), style="combo", required=True),
            "note": note,
        }
        self.model = DraftModel(
            ReviewDraft(cases=(case,) if case else ()), lambda draft: draft.problems(office.today())
        )
        which, why = Card(_("Which cases")), Card(_("Why"))
        which.add_row((self.fields["cases"], 1))
        why.add_row((self.fields["source"], 1))
        why.add_row((note, 1))
        self.begin([which], [why], "note" if case else "cases")
        if office.is_superior:
            self.told.setText(_("The list travels to the wards of these cases with the next answer on the stick."))

    @property
    def title(self) -> str:
        """What this page is for."""
        return _("Put cases under review")

    def act(self) -> Callable[[], Done[list[ReviewEntry]]]:
        """Puts them on the list, in one act."""
        return partial(self._office.reviews.add_all, self.model.draft)
