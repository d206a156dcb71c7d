"""The form of a visit: new, or a saved visit being amended. A whole visit goes by keyboard alone.

The officer types, the form keeps the draft, shows what is doubtful, draws the slip and computes the day of the
answer; saving writes the line of the book and shows its number, from where the slip is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tcd_desktop.domain.problems import Problems
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.forms.form_fields import DraftModel, Field, FormBinding
from tcd_desktop.ui.phrases.form_phrases import FormPhrases
from tcd_desktop.ui.receptions import form_rules
from tcd_desktop.ui.receptions.autosave import Autosave
from tcd_desktop.ui.receptions.form_amending import FormAmending
from tcd_desktop.ui.receptions.form_beginning import FormBeginning
from tcd_desktop.ui.receptions.form_ending import FormEnding
from tcd_desktop.ui.receptions.form_extras import FormExtras
from tcd_desktop.ui.receptions.form_filling import FormFilling
from tcd_desktop.ui.receptions.form_keys import FormKeys
from tcd_desktop.ui.receptions.form_questions import fields_in_pieces
from tcd_desktop.ui.receptions.form_saving import FormSaving
from tcd_desktop.ui.receptions.form_side import side_cards
from tcd_desktop.ui.receptions.form_sittings import FormSittings
from tcd_desktop.ui.receptions.form_view import FormView
from tcd_desktop.ui.receptions.form_wiring import passing, wire
from tcd_desktop.ui.receptions.paper_scan import PaperScan
from tcd_desktop.ui.receptions.printing import Printing
from tcd_desktop.ui.receptions.scan_sources import ScanSources
from tcd_desktop.ui.receptions.side_cards import Around
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

DONE = object()


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
        self._amends = bool(record_id)
        self._printing = printing
        self.beginning = FormBeginning(office, runner, self, record_id, start=start, split_of=split_of)
        self.ending = FormEnding(self)
        self.passing = passing(self)
        self.fields: dict[str, Field] = {}
        self.whole = False
        whole = QVBoxLayout(self)  # outermost first: a tree that is moved whole is styled whole again
        whole.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        whole.addWidget(self.stack)
        self._pieces = self._assemble(record_id)
        if not ready:
            self.complete()
            self.beginning.first()

    # -- building -------------------------------------------------------

    def build_piece(self) -> bool:
        """Makes the next part of a form that is made beforehand; False when it is whole."""
        self.whole = self.whole or next(self._pieces, DONE) is DONE
        return not self.whole

    def complete(self) -> None:
        """Makes what is missing of the form, at once."""
        while self.build_piece():
            pass

    def _assemble(self, record_id: str) -> Iterator[None]:
        """One part after the other; between two the window may live."""
        office, runner, keeper = self._office, self._runner, self._keeper
        for fields in fields_in_pieces(office.today):
            self.fields |= fields
            yield
        self.model: DraftModel[ReceptionDraft] = DraftModel(self.beginning.blank(), self.problems_of)
        view = self.view = FormView(office, runner, self.fields, self.stack, amending=self._amends)
        self.stack.addWidget(view)
        yield
        yield from view.pieces()
        self.head, self.foot, self.layout_, self.preview = view.head, view.foot, view.layout_, view.preview
        self.scan, self.message, self.recovered = view.head.scan, view.message, view.recovered
        self.overwrite, self.known, self.visit_card = view.overwrite, view.known, view.visit_card
        self.who, self.what, self.papers = view.who, view.what, view.papers
        self.handling, self.other, self.due = view.handling, view.other, view.due
        self.binding = FormBinding(self.model, self.fields, sentence=form_rules.sentence, parent=self)
        self.binding.changed.connect(self._changed)
        yield
        self.after = VisitPage(office, runner, keeper, printing=self._printing)
        self.stack.addWidget(self.after)
        self.stack.currentChanged.connect(self._hand_keyboard)
        self._hand_keyboard()
        yield
        self._make_hands(record_id)
        yield
        self.side = side_cards(self._around())
        for card in self.side:
            self.layout_.add(card.place, card)
            card.begin(record_id)
        yield
        wire(self)
        self.refresh()
        self._keys.order()

    def _make_hands(self, record_id: str) -> None:
        """What acts in the form: each knows one thing of the conversation."""
        office, runner = self._office, self._runner
        self.filling = FormFilling(office, runner, self.binding, self.overwrite, self.known, self)
        self.filling.told.connect(self.tell)
        self.filling.failed.connect(self._no_card)
        self.filling.amends = self._amends
        self.sittings = FormSittings(office, runner, self.binding, self)
        self.sources = ScanSources(self._keeper, runner, self.scan, self)
        self.sources.scanned.connect(self.filling.take_card)
        self.sources.told.connect(self.tell)
        self.paper_scan = PaperScan(office, runner, self)
        self.phrases = FormPhrases(office, runner, self.binding, self)
        self.phrases.told.connect(self.tell)
        self.phrases.pushRequest.connect(self.pushRequest)
        self._keys = FormKeys(self.fields, self, before=self.view.between())
        self._keys.scanned.connect(self.filling.take_card)
        self.autosave = Autosave(office, runner, self, record_id)
        self.extras = FormExtras(self.view, self.stack, self.binding, self.autosave, runner, self)
        self.extras.single = self._amends
        self.saving = FormSaving(office, runner, self)
        self.amending = FormAmending(office, runner, self)

    def _around(self) -> Around:
        return Around(
            *(self._office, self._runner, self._keeper, self.binding, self.tell, self.open_visit),
            push=self.pushRequest.emit,
            form=self.view,
            draft_name=lambda: self.autosave.name,
            touch=lambda: self.autosave.changed(self.model.draft),
            card=self.filling.take_card,
        )

    def _hand_keyboard(self, _shown: int = 0) -> None:
        """The keyboard goes to what is to be seen, never into a form that lies below."""
        shown = self.stack.currentWidget()
        self.setFocusProxy(self.fields["name"] if shown is self.view else shown)

    # -- the window's questions ----------------------------------------

    @property
    def title(self) -> str:
        """What this page is for."""
        if self.amending.visit is not None and self.beginning.split_of:
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

    def left(self) -> None:
        """Another page is shown: an identity that was opened for a correction is closed."""
        if self.whole:
            self.beginning.close_identity()

    def only_shows(self) -> bool:
        """Once the visit stands in the book it is only looked at."""
        return self.stack.currentWidget() is self.after

    def can_close(self) -> bool:
        """Always: what was typed is kept and offered again."""
        self.autosave.keep()
        self.filling.stop()
        self.view.stop()
        for card in self.side:
            card.stop()
        return True

    # -- beginning ------------------------------------------------------

    def begin_ready(self) -> None:
        """A form that was made beforehand is wanted now."""
        self.beginning.ready()

    def begin_new(self) -> None:
        """An empty form for the next citizen."""
        self.beginning.new()

    def resume_kept(self, name: str, drafts: Sequence[ReceptionDraft]) -> None:
        """Goes on with the contents of a visit from the list of drafts."""
        self.beginning.resume_kept(name, drafts)

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

    def problems_of(self, draft: ReceptionDraft) -> Problems:
        """What is doubtful in a draft, as this form sees it."""
        return form_rules.form_problems(draft, self._office.today(), sealed=self.beginning.sealed)

    def _changed(self, name: str) -> None:
        if self.model.dirty or self.autosave.begun:
            self.autosave.changed(self.beginning.keepable(self.model.draft))
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
        self.view.show_draft(draft, self.title, sealed=self.beginning.sealed)
        self.extras.locked = self.beginning.sealed
        self.extras.follow(draft, in_case=self.filling.case is not None)
        self.sittings.follow(draft)
        self.foot.show_state(draft, len(self.binding.stopping()), dirty=self.model.dirty)
        for card in self.side:
            card.follow(draft, sealed=self.beginning.sealed)

    def refresh_case(self, _matter: object) -> None:
        """Another earlier matter was chosen, or none."""
        self.extras.follow(self.model.draft, in_case=self.filling.case is not None)

    def toggle_visit(self) -> None:
        """Shows or hides when, where and by whom."""
        shown = self.view.toggle_visit()
        self.fields["date" if shown else "name"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _no_card(self, error: Exception) -> None:
        self.ending.failed(error)
        self.focus_scan()

    def undo_filling(self) -> None:
        """Takes back what a card or an earlier visit filled in."""
        self.message.clear()
        self.binding.undo()

    def focus_scan(self) -> None:
        """The keyboard goes to the scan box."""
        self.scan.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- saving ---------------------------------------------------------

    def save(self, _checked: bool = False, *, print_slip: bool) -> None:
        """Writes the visit into the book; then prints when there are documents and it was asked for."""
        self.ending.save(print_slip=print_slip)

    def tell(self, sentence: str, tone: str, action: str = "") -> None:
        """A sentence above the form, or none any more; a good word passes by itself."""
        if not sentence:
            self.message.clear()
            return
        self.message.tell(sentence, tone, action=action)
        self.passing.start() if tone == "success" else self.passing.stop()
