"""The form of a visit: new, or a saved visit being amended. A whole visit goes by keyboard alone.

The officer types, the form keeps the draft, shows what is doubtful, draws the slip and computes the day of the
answer; saving writes the line of the book and shows its number, from where the slip is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tcd_desktop.domain.matters import next_matter
from tcd_desktop.domain.person import IDENTITY_FIELDS
from tcd_desktop.domain.problems import DraftRefused, Problems, blocking
from tcd_desktop.domain.reception import Reception, ReceptionDraft
from tcd_desktop.domain.terms import IdKind
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.form_fields import DraftModel, FormBinding
from tcd_desktop.ui.messages import failure
from tcd_desktop.ui.page import Page
from tcd_desktop.ui.phrases.form_phrases import FormPhrases
from tcd_desktop.ui.receptions import form_rules
from tcd_desktop.ui.receptions.autosave import Autosave
from tcd_desktop.ui.receptions.form_amending import FormAmending, limit_classes
from tcd_desktop.ui.receptions.form_extras import FormExtras
from tcd_desktop.ui.receptions.form_filling import FormFilling
from tcd_desktop.ui.receptions.form_keys import FormKeys
from tcd_desktop.ui.receptions.form_questions import make_fields
from tcd_desktop.ui.receptions.form_saving import FormSaving
from tcd_desktop.ui.receptions.form_side import side_cards
from tcd_desktop.ui.receptions.form_sittings import FormSittings
from tcd_desktop.ui.receptions.form_view import FormView
from tcd_desktop.ui.receptions.form_wiring import passing, wire
from tcd_desktop.ui.receptions.printing import Printing
from tcd_desktop.ui.receptions.recent_offers import offer_recent, read_recent
from tcd_desktop.ui.receptions.scan_sources import ScanSources
from tcd_desktop.ui.receptions.side_cards import Around
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.runner import RunnerLike


class ReceptionFormPage(Page):
    """`record_id` "" = a new visit, else the visit to amend. `start`: what new visits begin with (a head's sitting).

    `split_of`: the visit of which another content is written down. `ready`: made beforehand, see `begin_ready`.
    """

    saved = Signal(str)
    """Id of the visit that stands in the book now."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        record_id: str = "",
        *,
        start: ReceptionDraft | None = None,
        split_of: str = "",
        ready: bool = False,
        printing: Printing | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self._record, self._start, self._split_of = record_id, start, split_of
        self._sealed = False
        self._wants_print = False
        self.passing = passing(self)
        self.fields = make_fields(office.today)
        self.model: DraftModel[ReceptionDraft] = DraftModel(self._blank(), self._problems)
        self._build(printing)
        self.binding = FormBinding(self.model, self.fields, sentence=form_rules.sentence, parent=self)
        self.binding.changed.connect(self._changed)
        self.filling = FormFilling(office, runner, self.binding, self.overwrite, self.known, self)
        self.filling.told.connect(self._tell)
        self.filling.failed.connect(self._no_card)
        self.filling.amends = bool(record_id)
        self.sittings = FormSittings(office, runner, self.binding, self)
        self.sources = ScanSources(keeper, runner, self.scan, self)
        self.sources.scanned.connect(self.filling.take_card)
        self.sources.told.connect(self._tell)
        self.phrases = FormPhrases(office, runner, self.binding, self)
        self.phrases.told.connect(self._tell)
        self.phrases.pushRequest.connect(self.pushRequest)
        self._keys = FormKeys(self.fields, self)
        self._keys.scanned.connect(self.filling.take_card)
        self.autosave = Autosave(office, runner, self, record_id)
        self._kept: tuple[str, ReceptionDraft] | None = None
        self.extras = FormExtras(self.view, self.stack, self.binding, self.autosave, runner, self)
        self.extras.single = bool(record_id)
        self.saving = FormSaving(office, runner, self)
        self.amending = FormAmending(office, runner, self)
        self.side = side_cards(
            Around(
                *(office, runner, keeper, self.binding, self._tell, self.open_visit),
                push=self.pushRequest.emit,
                form=self.view,
                draft_name=lambda: self.autosave.name,
                touch=lambda: self.autosave.changed(self.model.draft),
                card=self.filling.take_card,
            )
        )
        for card in self.side:
            self.layout_.add(card.place, card)
            card.begin(record_id)
        wire(self)
        self.refresh()
        self._keys.order()
        if ready:
            return
        self._offer_recent()
        if record_id or split_of:
            self.amending.load(record_id or split_of)
        else:
            self.autosave.look_for()

    # -- building -------------------------------------------------------

    def _build(self, printing: Printing | None) -> None:
        view = self.view = FormView(self._office, self._runner, self.fields, amending=bool(self._record))
        self.head, self.foot, self.layout_, self.preview = view.head, view.foot, view.layout_, view.preview
        self.scan, self.message, self.recovered = view.head.scan, view.message, view.recovered
        self.overwrite, self.known, self.visit_card = view.overwrite, view.known, view.visit_card
        self.who, self.what, self.papers = view.who, view.what, view.papers
        self.handling, self.other, self.due = view.handling, view.other, view.due
        self.after = VisitPage(self._office, self._runner, self._keeper, printing=printing)
        self.stack = QStackedWidget()
        self.stack.addWidget(view)
        self.stack.addWidget(self.after)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        self.stack.currentChanged.connect(self._hand_keyboard)
        self._hand_keyboard()

    def _hand_keyboard(self, _shown: int = 0) -> None:
        """The keyboard goes to what is to be seen, never into a form that lies below."""
        shown = self.stack.currentWidget()
        self.setFocusProxy(self.fields["name"] if shown is self.view else shown)

    # -- the window's questions ----------------------------------------

    @property
    def title(self) -> str:
        """What this page is for."""
        if self.amending.visit is not None and self._split_of:
            return _("Another content of visit {number}").format(number=self.amending.visit.book_number)
        if self.amending.visit is not None:
            return _("Amend visit {number}").format(number=self.amending.visit.book_number)
        return _("New visit")

    def activated(self, argument: Any = None) -> None:
        """Shown again; "new" asks for a new visit when the last one is saved."""
        if argument == "new" and self.stack.currentWidget() is self.after:
            self.begin_new()

    def focus_list(self) -> None:
        """Back from a page above: to where the officer was typing."""
        last = self.focusWidget()
        if last is not None and last.isVisible():
            last.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus()

    def store_changed(self, changes: Any) -> None:
        """The saved visit may have changed."""
        if self.stack.currentWidget() is self.after:
            self.after.store_changed(changes)

    def can_close(self) -> bool:
        """Always: what was typed is kept and offered again."""
        self.autosave.keep()
        self.filling.stop()
        self.view.stop()
        for card in self.side:
            card.stop()
        return True

    # -- beginning ------------------------------------------------------

    def _blank(self) -> ReceptionDraft:
        now = self._office.now()
        blank = self._start or self._office.receptions.blank()
        time = now.time().replace(second=0, microsecond=0) if blank.date == now.date() else blank.time
        return replace(blank, time=time, id_kind=IdKind.CITIZEN_CARD)

    def begin_ready(self) -> None:
        """A form that was made beforehand is wanted now: with the time, the offers and the drafts of now."""
        self.begin_new()
        self._offer_recent()
        self.autosave.look_for()

    def begin_new(self) -> None:
        """An empty form for the next citizen."""
        self._record, self.amending.visit, self._sealed = "", None, False
        self._split_of = ""
        self.extras.single = self.extras.locked = False
        self.extras.matters.begin()
        self.who.setEnabled(True)
        self.filling.reset()
        self.filling.amends = False
        self.message.clear()
        self.foot.set_amending(False)
        self.autosave.begin()
        for card in self.side:
            card.begin("")
        limit_classes(self.fields["classification"], None)
        self.handling.open_case.setChecked(False)
        self.binding.load(self._blank())
        self.stack.setCurrentIndex(0)
        self.refresh()
        self.fields["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def resume(self, name: str, draft: ReceptionDraft) -> None:
        """Goes on with a draft of an earlier form, under its old name."""
        self.autosave.name = name
        self.extras.matters.begin((draft, *self.autosave.others))
        self.binding.load(draft, dirty=True)
        self.filling.show_beginnings()
        self.refresh()
        self.fields["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def resume_kept(self, name: str, drafts: Sequence[ReceptionDraft]) -> None:
        """The same from the list of drafts; the correction of a visit waits until the visit was read."""
        self.autosave.others = tuple(drafts[1:])
        if self._record and self.amending.visit is None:
            self._kept = name, drafts[0]
        else:
            self.resume(name, drafts[0])

    def _keepable(self, draft: ReceptionDraft) -> ReceptionDraft:
        """What of a draft may be kept: an identity that was opened for a correction is opened anew, with a reason."""
        if self.amending.visit is None or not self.amending.visit.is_secret:
            return draft
        return replace(draft, **{name: getattr(self.amending.visit, name) for name in IDENTITY_FIELDS})

    def visit_loaded(self, visit: Reception | None) -> None:
        """The visit to correct, or of which a content is split, was read."""
        if visit is None:
            self._tell(_("This visit is not there any more."), "warning")
            return
        self._sealed = visit.is_secret
        if self._split_of:
            self._begin_split(visit)
            return
        self.binding.load(form_rules.amendable(visit))
        self.fields["classification"].set_hint("")
        limit_classes(self.fields["classification"], visit)
        self.filling.show_beginnings()
        self.refresh()
        self._tell(_("What stood in the book before stays in its history."), "neutral")
        first = self.fields["content" if self._sealed else "name"]
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._kept is not None:
            self.resume(*self._kept)
        else:
            self.autosave.look_for()

    def _begin_split(self, visit: Reception) -> None:
        """The same person and circumstances; what is open stays open, what is secret secret."""
        self.extras.single = True
        self.who.setEnabled(False)
        self.binding.load(next_matter(form_rules.amendable(visit)))
        limit_classes(self.fields["classification"], visit if visit.is_secret else None)
        self.refresh()
        self.fields["classification"].setFocus(Qt.FocusReason.OtherFocusReason)

    def split_saved(self, record_id: str) -> None:
        """The form with another content of a saved visit."""
        self.pushRequest.emit(ReceptionFormPage(self._office, self._runner, self._keeper, split_of=record_id))

    def amend_saved(self, record_id: str) -> None:
        """The form with a saved visit, above this one."""
        self.pushRequest.emit(ReceptionFormPage(self._office, self._runner, self._keeper, record_id))

    def open_visit(self, record_id: str) -> None:
        """Another visit above this form; Esc comes back to what is being typed."""
        page = VisitPage(self._office, self._runner, self._keeper, record_id)
        page.amendRequest.connect(self.amend_saved)
        page.splitRequest.connect(self.split_saved)
        self.pushRequest.emit(page)

    # -- following the typing -------------------------------------------

    def _problems(self, draft: ReceptionDraft) -> Problems:
        return form_rules.form_problems(draft, self._office.today(), sealed=self._sealed)

    def _changed(self, name: str) -> None:
        if self.model.dirty or self.autosave.begun:
            self.autosave.changed(self._keepable(self.model.draft))
            self.recovered.make_way()
        if name in ("", "id_number"):
            self.filling.number_changed()
        self.refresh()
        if name in ("", "documents"):
            self.papers.fit()
            self._keys.order()

    def refresh(self) -> None:
        """Everything that follows the draft."""
        draft = self.model.draft
        self.view.show_draft(draft, self.title, sealed=self._sealed)
        self.extras.locked = self._sealed
        self.extras.follow(draft, in_case=self.filling.case is not None)
        self.sittings.follow(draft)
        self.foot.show_state(draft, len(blocking(self.model.problems)), dirty=self.model.dirty)
        for card in self.side:
            card.follow(draft, sealed=self._sealed)

    def refresh_case(self, _matter: object) -> None:
        """Another earlier matter was chosen, or none."""
        self.extras.follow(self.model.draft, in_case=self.filling.case is not None)

    def toggle_visit(self) -> None:
        """Shows or hides when, where and by whom."""
        shown = self.view.toggle_visit()
        self.fields["date" if shown else "name"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _no_card(self, error: Exception) -> None:
        self.act_failed(error)
        self.focus_scan()

    def undo_filling(self) -> None:
        """Takes back what a card or an earlier visit filled in."""
        self.message.clear()
        self.binding.undo()

    def focus_scan(self) -> None:
        """The keyboard goes to the scan box."""
        self.scan.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _offer_recent(self) -> None:
        self._runner.read(lambda _progress: read_recent(self._office), done=self._recent)

    def _recent(self, values: dict[str, list[str]]) -> None:
        offer_recent(self.fields, values)

    def revealed(self, visit: Reception) -> None:
        """The sealed identity was opened for the correction, with a reason."""
        self._sealed = False
        self.binding.apply(**{name: getattr(visit, name) for name in IDENTITY_FIELDS})
        self.refresh()
        self.fields["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- saving ---------------------------------------------------------

    def show_problems(self) -> bool:
        """Unfolds what has problems, words them all, puts the keyboard on the first; True when nothing stops."""
        self.view.unfold(self.model.problems)
        fine = self.binding.check()
        self.view.fit_blocks()
        first = next((name for name in self.fields if name in blocking(self.model.problems)), "")
        if first and self.model.problems[first].code == "id_reason_needed":  # it is told in the note
            self.fields["note"].setFocus(Qt.FocusReason.OtherFocusReason)
        self.layout_.follow_keyboard(self.window().focusWidget())
        return fine

    def save(self, _checked: bool = False, *, print_slip: bool) -> None:
        """Writes the visit into the book; then prints when there are documents and it was asked for."""
        if self.saving.busy or not self.overwrite.isHidden():
            return
        for field in self.fields.values():
            field.tidy()
        drafts = self.extras.drafts()
        unfit = self._first_unfit(drafts)
        if unfit not in (None, self.extras.matters.at):
            self.extras.show_matter(unfit)
        if not self.show_problems():
            count = len(blocking(self.model.problems))
            told = ngettext(
                "{n} field needs your eye before the visit can be saved.",
                "{n} fields need your eye before the visit can be saved.",
                count,
            )
            self._tell(told.format(n=count), "danger")
            return
        self.foot.set_busy(True)
        drafts = [form_rules.pruned(one) for one in drafts]
        self._wants_print = print_slip and bool(drafts[0].documents)
        self.autosave.forget_pending()
        self._write(drafts)

    def _write(self, drafts: list[ReceptionDraft]) -> None:
        wishes, name = self.extras.open_cases(drafts), self.autosave.name
        if self._record:
            self.saving.amend(self._record, drafts[0])
        elif self._split_of:
            self.saving.split(self._split_of, drafts, open_cases=wishes, draft_name=name)
        elif len(drafts) > 1:
            self.saving.log_matters(drafts, open_cases=wishes, draft_names=self.autosave.names(len(drafts)))
        else:
            self.saving.log(drafts[0], open_case=wishes[0], draft_name=name, case=self.filling.case)

    def _first_unfit(self, drafts: list[ReceptionDraft]) -> int | None:
        """The place of the first content with something that stops, the one that is shown before the others."""
        order = sorted(range(len(drafts)), key=lambda at: at != self.extras.matters.at)
        return next((at for at in order if blocking(self._problems(drafts[at]))), None)

    def visit_saved(self, visit: Reception) -> None:
        """The visit stands in the book: its page takes the place of the form."""
        self.foot.set_busy(False)
        self.model.load(self.model.draft)
        if self._record:
            self.autosave.drop(self.autosave.name)
        self.filling.written(visit)
        for card in self.side:
            card.written(visit)
        self.after.show_visit(visit.id, fresh=not self._record, print_now=self._wants_print and not self._record)
        self.stack.setCurrentWidget(self.after)
        self.after.setFocus(Qt.FocusReason.OtherFocusReason)
        self.saved.emit(visit.id)

    def act_failed(self, error: Exception) -> None:
        """Words what went wrong; problems go to their fields."""
        self.foot.set_busy(False)
        if isinstance(error, DraftRefused):
            self.binding.show_problems(error.problems)
        sentence, tone = failure(error)
        if sentence:
            self._tell(sentence, tone)

    def _tell(self, sentence: str, tone: str, action: str = "") -> None:
        self.message.tell(sentence, tone, action=action)
        self.passing.start() if tone == "success" else self.passing.stop()
