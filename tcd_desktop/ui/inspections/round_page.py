"""A round: its findings, what the law asks, the records behind each, the correction asked for and the answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.follow_up.follow_up_terms import FindingState
from tcd_desktop.domain.follow_up.inspection import InspectionRound
from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.i18n import _, lazy
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.follow_up.inspection_desk import RoundLine
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.case_words import short_office
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.forms.page_frame import page_head
from tcd_desktop.ui.inspections.finding_acts import FindingActs
from tcd_desktop.ui.inspections.inspection_rows import (
    FindingRow,
    due_of,
    finding_chip,
    finding_columns,
    finding_rows,
    period_words,
    round_chip,
)
from tcd_desktop.ui.inspections.records_page import RecordsPage
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Chip, PagedModel
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.act_button import act_button, offer, put_forward
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words import show
from tcd_desktop.words.shortcomings import SHORTCOMINGS, finding_name

NO_FINDINGS = State(
    lazy("No finding yet"),
    lazy("The books told of no shortcoming. What was seen on the spot can be added."),
    lazy("Add a finding  Ins"),
    icon="clipboard-check",
)
TABLES = frozenset({"inspection_round", "finding", "finding_reply"})


class RoundPage(Page):
    """The office that inspects asks and settles, the one that was inspected answers."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        held: InspectionRound,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self._round, self._name = held, name
        self.line: RoundLine | None = None
        self.acts = FindingActs(office, runner, self)
        self.acts.told.connect(self.messageRequest)
        self.rows, self.pane = FixedRows(), Inspector()
        model = PagedModel(self.rows, finding_columns(office.today), runner=runner, parent=self)
        self.view = ListView("findings", model, keeper, empty=NO_FINDINGS, inspector=self.pane)
        px = look.current().px
        self.view.splitter.setSizes([px(790), px(390)])
        self.view.currentChanged.connect(self._show)
        self.view.openRequest.connect(lambda _finding: self.open_records())
        self.view.emptyActionRequest.connect(self._add)
        self.view.keep_one_chosen()
        self._buttons()
        self._lay_out()
        self.setFocusProxy(self.view.table)
        self.refresh()

    @property
    def title(self) -> str:
        """Whose round, of which days."""
        return f"{short_office(self._name)}, {period_words(self._round, self._office.today())}"

    @property
    def _mine(self) -> bool:
        """Whether this office inspects; otherwise it is the one that answers."""
        return self._round.office == self._office.office.id

    def _buttons(self) -> None:
        self.records = act_button(self, _("Records"), "inspection.records", self.open_records)
        self.reply = act_button(self, _("Answer"), "inspection.reply", self._reply, primary=True)
        self.ask = act_button(self, _("Ask"), "inspection.ask", self._ask)
        self.settle = act_button(self, _("Settle"), "inspection.settle", self._settle)
        self.add = act_button(self, _("Add a finding"), "inspection.new", self._add)
        self.close_round = act_button(self, _("Conclude"), "inspection.close", self._close)
        self.pane.set_actions([self.records, self.reply, self.ask, self.settle])
        for button in (self.add, self.close_round):
            offer(button, False)
        self._nothing()

    def _nothing(self) -> None:
        self.pane.show_nothing(_("Choose a finding to see the rule and the answers."))
        for button in (self.records, self.reply, self.ask, self.settle):
            offer(button, False)

    def _lay_out(self) -> None:
        now = look.current()
        self._chip = ChipLabel(Chip(""))
        head, self.back = page_head(QLabel(self.title), self._chip)
        self.back.clicked.connect(self.popRequest)
        self._told = QLabel()
        self._told.setProperty("ink", "muted")
        self._told.setWordWrap(True)
        told = QHBoxLayout()
        told.setContentsMargins(now.px(16), 0, now.px(16), now.px(8))
        told.setSpacing(now.px(8))
        told.addWidget(self._told, 1)
        told.addWidget(self.add)
        told.addWidget(self.close_round)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(told)
        lines.addWidget(self.view, 1)

    # -- reading ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the round, and asks the books again how much of it is left."""
        desk, identity, store = self._office.inspections, self._round.id, self._office.store

        def read(_progress: Progress) -> tuple[RoundLine, list[FindingRow]]:
            held = store.find(InspectionRound, identity) or self._round
            line = desk.line(held)
            return line, finding_rows(line, desk.again(held))

        self._runner.read(read, done=self._read)

    def _read(self, found: tuple[RoundLine, list[FindingRow]]) -> None:
        self.line, rows = found
        self._round, today = self.line.round, self._office.today()
        self._chip.set_chip(round_chip(self.line, today))
        held = self._round
        facts = [
            _("Led by {name}").format(name=held.lead) if held.lead else "",
            _("decision {number}").format(number=held.decision_number) if held.decision_number else "",
            _("begun on {day}").format(day=show(held.begun_on)),
        ]
        words = "  ·  ".join(filter(None, facts))
        if held.closed_on is not None:
            ended = _("Concluded on {day}: {text}").format(day=show(held.closed_on), text=held.conclusion)
            words = f"{words}\n{ended}"
        self._told.setText(words)
        self.rows.rows = tuple(rows)
        self.view.show_query(None, filtered=False)
        open_ = held.closed_on is None and self._writes
        for button in (self.add, self.close_round):
            offer(button, open_ and self._mine)
        if self.view.current_id():
            self._show(self.view.current_id())

    @property
    def _writes(self) -> bool:
        return self._office.officer.right is not OfficerRight.VIEWER

    def row(self) -> FindingRow | None:
        """The finding that is chosen."""
        return next((row for row in self.rows.rows if row.id == self.view.current_id()), None)

    def _show(self, _finding: str) -> None:
        row = self.row()
        if row is None:
            self._nothing()
            return
        finding, today = row.finding, self._office.today()
        known = SHORTCOMINGS.get(finding.code)
        chips = [chip for chip in (finding_chip(row), due_of(row, today)) if chip]
        left = "" if row.left is None else str(row.left)
        self.pane.show_record(
            finding_name(finding),
            chips=chips,
            groups=[
                (_("The rule"), [(_("Asks"), str(known.rule)), (_("Mend"), str(known.mend))] if known else []),
                (_("In the books"), [(_("Found then"), str(finding.count)), (_("Still so"), left)]),
                (
                    _("Correction"),
                    [
                        (_("Asked on"), show(finding.asked_on) if finding.asked_on else ""),
                        (_("Time limit"), show(finding.due) if finding.due else ""),
                        (_("Result"), finding.reply),
                        (_("Day"), show(finding.corrected_on) if finding.corrected_on else ""),
                    ],
                ),
                (_("Answers of the ward"), [(show(one.on), self._reply_words(one)) for one in row.replies]),
            ],
        )
        offer(self.records, row.now is not None)
        for button in (self.ask, self.settle, self.reply):
            offer(button, row.open and self._writes and self._mine is not (button is self.reply))
        likely = self.ask if row.finding.state is FindingState.FOUND and not row.replies else self.settle
        for button in (self.ask, self.settle):
            put_forward(button, button is likely)

    def _reply_words(self, reply: Any) -> str:
        state = _("put right") if reply.corrected else _("not put right")
        return f"{reply.content} ({state})"

    # -- acts ------------------------------------------------------------------------------------------

    def open_records(self) -> None:
        """Every record behind the finding, as the books are now."""
        row = self.row()
        if row is not None and row.now is not None:
            self.pushRequest.emit(RecordsPage(self._office, self._runner, self._keeper, row.now, self._round.unit))

    def _with_row(self, button: QPushButton, act: Callable[[FindingRow], None], *, mine: bool) -> None:
        row = self.row()
        if row is not None and button.isEnabled() and row.open and mine == self._mine:
            act(row)

    def _ask(self) -> None:
        self._with_row(self.ask, self.acts.ask, mine=True)

    def _settle(self) -> None:
        self._with_row(self.settle, self.acts.settle, mine=True)

    def _reply(self) -> None:
        self._with_row(self.reply, self.acts.reply, mine=False)

    def _add(self) -> None:
        if self._mine and self.add.isEnabled():
            self.acts.add(self._round)

    def _close(self) -> None:
        if self._mine and self.close_round.isEnabled() and self.line is not None:
            self.acts.close(self._round, len(self.line.open))

    def store_changed(self, changes: Any) -> None:
        """Something of a round, or of the books it is about."""
        self.refresh()

    def focus_list(self) -> None:
        """The keyboard goes into the list."""
        self.view.focus_list()
