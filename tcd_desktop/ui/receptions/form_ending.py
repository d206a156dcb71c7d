"""The end of a visit in the form: what still stops it is told, the visit is written, its page takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from tcd_desktop.domain.problems import DraftRefused, blocking
from tcd_desktop.domain.receptions.reception import Reception, ReceptionDraft
from tcd_desktop.i18n import ngettext
from tcd_desktop.ui.receptions import form_rules
from tcd_desktop.ui.window.messages import failure

if TYPE_CHECKING:
    from tcd_desktop.ui.receptions.form_page import ReceptionFormPage


class FormEnding(QObject):
    """Checks, hands to `FormSaving`, and shows what came of it."""

    def __init__(self, page: ReceptionFormPage) -> None:
        super().__init__(page)
        self._page = page
        self._wants_print = False

    def show_problems(self) -> bool:
        """Unfolds what has problems, words them all, puts the keyboard on the first; True when nothing stops."""
        page = self._page
        page.view.unfold(page.model.problems)
        fine = page.binding.check()
        page.view.fit_blocks()
        stopping = blocking(page.model.problems)
        first = next((name for name in page.fields if name in stopping), "")
        if first and page.model.problems[first].code == "id_reason_needed":  # it is told in the note
            page.fields["note"].setFocus(Qt.FocusReason.OtherFocusReason)
        page.layout_.follow_keyboard(page.window().focusWidget())
        return fine

    def save(self, *, print_slip: bool) -> None:
        """Writes the visit into the book; then prints when there are documents and it was asked for."""
        page = self._page
        if page.saving.busy or not page.overwrite.isHidden():
            return
        if page.beginning.waiting:  # saved now, what was changed in the closed identity would be lost
            page.amending.ask_reason()
            return
        for field in page.fields.values():
            field.tidy()
        drafts = page.extras.drafts()
        unfit = self._first_unfit(drafts)
        if unfit not in (None, page.extras.matters.at):
            page.extras.show_matter(unfit)
        if not self.show_problems():
            count = len(page.binding.stopping())
            told = ngettext(
                "{n} field needs your eye before the visit can be saved.",
                "{n} fields need your eye before the visit can be saved.",
                count,
            )
            page.tell(told.format(n=count), "danger")
            return
        page.foot.set_busy(True)
        drafts = [form_rules.pruned(one) for one in drafts]
        self._wants_print = print_slip and bool(drafts[0].documents)
        page.autosave.forget_pending()
        self._write(drafts)

    def _write(self, drafts: list[ReceptionDraft]) -> None:
        page, begun = self._page, self._page.beginning
        wishes, name = page.extras.open_cases(drafts), page.autosave.name
        if begun.record:
            page.saving.amend(begun.record, drafts[0])
        elif begun.split_of:
            page.saving.split(begun.split_of, drafts, open_cases=wishes, draft_name=name)
        elif len(drafts) > 1:
            page.saving.log_matters(drafts, open_cases=wishes, draft_names=page.autosave.names(len(drafts)))
        else:
            page.saving.log(drafts[0], open_case=wishes[0], draft_name=name, case=page.filling.case)

    def _first_unfit(self, drafts: list[ReceptionDraft]) -> int | None:
        """The place of the first content with something that stops, the one that is shown before the others."""
        order = sorted(range(len(drafts)), key=lambda at: at != self._page.extras.matters.at)
        return next((at for at in order if blocking(self._page.problems_of(drafts[at]))), None)

    def saved(self, visit: Reception) -> None:
        """The visit stands in the book: its page takes the place of the form."""
        page, record = self._page, self._page.beginning.record
        page.foot.set_busy(False)
        page.model.load(page.model.draft)
        if record:
            page.autosave.drop(page.autosave.name)
        page.filling.written(visit)
        for card in page.side:
            card.written(visit)
        page.after.show_visit(visit.id, fresh=not record, print_now=self._wants_print and not record)
        page.stack.setCurrentWidget(page.after)
        page.after.setFocus(Qt.FocusReason.OtherFocusReason)
        page.saved.emit(visit.id)

    def failed(self, error: Exception) -> None:
        """Words what went wrong; problems go to their fields."""
        page = self._page
        page.foot.set_busy(False)
        if isinstance(error, DraftRefused):
            page.binding.show_problems(error.problems)
        sentence, tone = failure(error)
        if sentence:
            page.tell(sentence, tone)
