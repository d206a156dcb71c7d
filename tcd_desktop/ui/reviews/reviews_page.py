"""The review desk (rà soát): the list, what the rules propose, what ended; the chosen case with all its facts."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from tcd_desktop.domain.follow_up.review_row import ReviewRow
from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.directives.directive_task import FollowTask
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.forms.choice_field import Segments
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import PagedModel
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.reviews.review_acts import ReviewActs
from tcd_desktop.ui.reviews.review_form_page import ReviewFormPage
from tcd_desktop.ui.reviews.review_panes import show_case, show_proposal
from tcd_desktop.ui.reviews.review_parts import (
    LISTED,
    NONE_LISTED,
    NONE_PROPOSED,
    PROPOSED,
    part_names,
    part_of,
    review_head,
    searched,
)
from tcd_desktop.ui.reviews.review_rows import (
    ProposedRow,
    proposal_columns,
    review_columns,
)
from tcd_desktop.ui.window.act_button import act_button, offer
from tcd_desktop.ui.window.actions import with_key
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

TABLES = frozenset({"review_entry", "review_progress", "case_file", "case_step", "directive", "reception"})


class ReviewsPage(Page):
    """At the district the cases of all wards, in a ward its own. Ins takes a proposal on, Del does not."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self._read: list[ReviewRow] = []
        self._proposed: list[ProposedRow] = []
        self._text, self._wanted = "", ""
        self.acts = ReviewActs(office, runner, self)
        self.acts.told.connect(self.messageRequest)
        self.which = Segments(part_names((), 0))
        self.which.set_index(LISTED)
        self.which.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.which.chosen.connect(self.show_part)
        self.rows, self.proposals = FixedRows(), FixedRows()
        self.pane, self.proposal_pane = Inspector(), Inspector()
        wards = office.is_superior
        columns = review_columns(office.today, wards=wards)
        self.list = self._view("reviews", self.rows, columns, self.pane, NONE_LISTED)
        self.list.emptyActionRequest.connect(partial(self.show_part, PROPOSED))
        columns = proposal_columns(office.today, wards=wards)
        self.proposed = self._view("review-proposals", self.proposals, columns, self.proposal_pane, NONE_PROPOSED)
        self.list.currentChanged.connect(self._show_row)
        self.proposed.currentChanged.connect(self._show_proposal)
        self._make_buttons()
        self._lay_out()
        self.refresh()

    def _view(self, name: str, rows: FixedRows, columns: Any, pane: Inspector, empty: State) -> ListView:
        model = PagedModel(rows, columns, runner=self._runner, parent=self)
        if not self._office.is_superior:
            name = f"ward-{name}"
        view = ListView(name, model, self._keeper, empty=empty, inspector=pane)
        px = look.current().px
        view.splitter.setSizes([px(840), px(340)])
        view.openRequest.connect(self.open_case)
        view.showAllRequest.connect(self._show_all)
        view.keep_one_chosen()
        return view

    @property
    def title(self) -> str:
        """The heading."""
        return _("Review")

    def _make_buttons(self) -> None:
        self.report = self._button(_("Report of a period"), "review.report", self.open_report)
        self.add = self._button(with_key("review.add"), "review.add", self.add_new, primary=True)
        self.add.setVisible(self._office.may("review.add"))
        self.tell = self._button(_("Progress"), "review.tell", self._tell)
        self.change = self._button(_("Change"), "review.change", self._change)
        self.end = self._button(_("End"), "review.end", self._end)
        self.take = self._button(_("Take on the list"), "review.take", self._take, primary=True)
        self.dismiss = self._button(_("Do not"), "review.dismiss", self._dismiss)
        self.pane.set_actions([self.end, self.change, self.tell])
        self.proposal_pane.set_actions([self.dismiss, self.take])
        self._nothing_chosen()

    def _button(self, words: str, action: str, slot: Any, *, primary: bool = False) -> QPushButton:
        return act_button(self, words, action, slot, primary=primary)

    def _lay_out(self) -> None:
        self._told = QLabel()
        self._told.setProperty("ink", "muted")
        head = review_head(self.title, self._told, (self.report, self.add), self.which)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.proposed)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self._stack, 1)
        self.setFocusProxy(self.list.table)

    # -- reading ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the list and what the rules propose, in a reader thread."""
        desk = self._office.reviews

        def read(_progress: Progress) -> tuple[list[ReviewRow], list[ProposedRow]]:
            return desk.rows(), [ProposedRow(one, row) for one, row in desk.proposed_rows()]

        self._runner.read(read, done=self._arrived)

    def _arrived(self, found: tuple[list[ReviewRow], list[ProposedRow]]) -> None:
        self._read, self._proposed = found
        today = self._office.today()
        late = sum(row.overdue_by(today) > 0 for row in self._read)
        for button, words in zip(self.which.buttons, part_names(self._read, len(self._proposed)), strict=True):
            button.setText(words)
        told = ngettext("{n} measure is overdue", "{n} measures are overdue", late).format(n=late) if late else ""
        self._told.setText(told)
        self.show_part(self.which.index())
        self._choose_wanted()

    def show_part(self, index: int) -> None:
        """One of the four lists."""
        self.which.set_index(index)
        if index == PROPOSED:
            self.proposals.rows = tuple(one for one in self._proposed if self._fits(one.row))
            self._stack.setCurrentWidget(self.proposed)
            self.proposed.show_query(None, filtered=bool(self._text))
        else:
            self.rows.rows = tuple(row for row in self._read if part_of(row) == index and self._fits(row))
            self._stack.setCurrentWidget(self.list)
            self.list.show_query(None, filtered=bool(self._text) or index != LISTED)
            if self.list.current_id():
                self._show_row(self.list.current_id())
        self.setFocusProxy(self.view.table)

    @property
    def view(self) -> ListView:
        """The list that is shown."""
        return self.proposed if self._stack.currentWidget() is self.proposed else self.list

    def _fits(self, row: ReviewRow) -> bool:
        return not self._text or self._text in searched(row)

    def _show_all(self) -> None:
        self._text = ""
        self.show_part(self.which.index() if self._stack.currentWidget() is self.proposed else LISTED)

    # -- the chosen line -------------------------------------------------------------------------------

    def row(self) -> ReviewRow | None:
        """The case that is chosen in the list."""
        return next((row for row in self.rows.rows if row.id == self.list.current_id()), None)

    def proposal(self) -> ProposedRow | None:
        """The proposal that is chosen."""
        return next((one for one in self.proposals.rows if one.id == self.proposed.current_id()), None)

    def _nothing_chosen(self) -> None:
        self._show_row("")
        self._show_proposal("")

    def _show_row(self, _entry: str) -> None:
        row = self.row()
        if row is None:
            self.pane.show_nothing(_("Choose a case to see what is known of it."))
            for button in (self.change, self.end, self.tell):
                offer(button, False)
            return
        show_case(self.pane, row, self._office.today())
        mine = row.entry.office == self._office.office.id
        writes = self._office.officer.right is not OfficerRight.VIEWER
        offer(self.change, mine and writes)
        offer(self.end, mine and writes and row.open)
        offer(self.tell, writes and row.open)

    def _show_proposal(self, _case: str) -> None:
        one = self.proposal()
        if one is None:
            self.proposal_pane.show_nothing(_("Choose a proposal to see why it is one."))
            for button in (self.take, self.dismiss):
                offer(button, False)
            return
        show_proposal(self.proposal_pane, one, self._office.reviews.rules, self._office.today())
        writes = self._office.officer.right is not OfficerRight.VIEWER
        for button in (self.take, self.dismiss):
            offer(button, writes)

    # -- acts ------------------------------------------------------------------------------------------

    def _take(self, _checked: bool = False) -> None:
        one = self.proposal()
        if self.view is self.proposed and one is not None and self.take.isEnabled():
            self._step_on()
            self.acts.take_on(one)

    def _dismiss(self, _checked: bool = False) -> None:
        one = self.proposal()
        if self.view is self.proposed and one is not None and self.dismiss.isEnabled():
            self.acts.dismiss(one)

    def _step_on(self) -> None:
        """The next proposal is chosen, so that one key after another decides the whole list."""
        ids = [one.id for one in self.proposals.rows]
        at = ids.index(self.proposed.current_id())
        if len(ids) > 1:
            self.proposed.choose(ids[at + 1] if at + 1 < len(ids) else ids[at - 1])

    def _tell(self, _checked: bool = False) -> None:
        self._with_row(self.tell, self.acts.tell)

    def _end(self, _checked: bool = False) -> None:
        self._with_row(self.end, self.acts.end)

    def _change(self, _checked: bool = False) -> None:
        self._with_row(self.change, lambda row: self.pushRequest.emit(ReviewFormPage(self._office, self._runner, row)))

    def _with_row(self, button: QPushButton, act: Any) -> None:
        row = self.row()
        if self.view is self.list and row is not None and button.isEnabled():
            act(row)

    def open_case(self, chosen: str) -> None:
        """The page of the case itself."""
        row = self.row() if self.view is self.list else (one.row if (one := self.proposal()) else None)
        if row is not None and row.case is not None:
            self.goRequest.emit("cases", row.case.id)

    def add_new(self, case: str = "") -> None:
        """The form that puts cases on the list by hand."""
        from tcd_desktop.ui.reviews.add_page import ReviewAddPage

        if self._office.may("review.add"):
            form = ReviewAddPage(self._office, self._runner, case)
            form.saved.connect(self._added)
            self.pushRequest.emit(form)

    def _added(self, entry: str) -> None:
        self._wanted = entry
        self._choose_wanted()

    def open_report(self, _checked: bool = False) -> None:
        """What a period brought."""
        from tcd_desktop.ui.reviews.report_page import ReviewReportPage

        self.pushRequest.emit(ReviewReportPage(self._office, self._runner, self._keeper))

    # -- the window's questions ------------------------------------------------------------------------

    def activated(self, argument: Any = None) -> None:
        """ "proposed" shows the proposals, the id of an entry chooses it; a `FollowTask` does so or begins the form."""
        if isinstance(argument, FollowTask):
            if argument.act == "new":
                self.add_new(argument.case)
                return
            argument = argument.record
        if argument == "proposed":
            self.show_part(PROPOSED)
        elif isinstance(argument, str) and argument:
            self._wanted = argument
            self._choose_wanted()

    def _choose_wanted(self) -> None:
        """Shows the part in which the wanted line stands, and the line; before the list was read nothing."""
        row = next((row for row in self._read if row.id == self._wanted), None)
        if row is not None:
            self._wanted, self._text = "", ""
            self.show_part(part_of(row))
            self.list.choose(row.id)

    def store_changed(self, changes: Any) -> None:
        """Reviews, cases or directives changed."""
        if not changes or any(change.table in TABLES for change in changes):
            self.refresh()

    def search(self, text: str) -> bool:
        """Finds wards, numbers, matters and people of the list, without accents."""
        folded = fold(text)
        if folded == self._text:
            return bool(self.rows.rows or self.proposals.rows)
        if folded and not any(folded in searched(row) for row in self._all()):
            return False
        self._text = folded
        self.show_part(self.which.index())
        return True

    def _all(self) -> list[ReviewRow]:
        return [*self._read, *(one.row for one in self._proposed)]

    def focus_list(self) -> None:
        """The keyboard goes into the list."""
        self.view.focus_list()
