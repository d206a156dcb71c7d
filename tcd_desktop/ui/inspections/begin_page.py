"""Beginning a round: over which office, of which days; what its books tell is seen while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.clocks.periods import quarter_span, report_quarter
from tcd_desktop.domain.problems import DraftRefused, Problem, Problems
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.settings import Keeper
from tcd_desktop.store.figures.shortcomings import Shortcoming
from tcd_desktop.ui.cases.case_words import short_office
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.forms.form_fields import Card, ChoiceField, DateField, DraftModel, Field, FormBinding, LineField
from tcd_desktop.ui.forms.page_frame import column, page_foot, page_head, scrolled
from tcd_desktop.ui.inspections.inspection_rows import shortcoming_columns
from tcd_desktop.ui.inspections.records_page import RecordsPage
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import PagedModel
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import Job, RunnerLike

PAUSE_MS = 300
NOTHING_FOUND = State(
    lazy("The books tell of no shortcoming"),
    lazy(
        "In these days every rule that can be checked in the books was kept. What is seen on the spot is added later."
    ),
    icon="circle-check",
    tone="success",
)


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """What is typed."""

    unit: str | None
    since: date | None
    until: date | None
    lead: str = ""
    decision_number: str = ""


class BeginPage(Page):
    """`units` are (code, name) of the offices that may be chosen; one alone is not asked for."""

    begun = Signal(str)
    """The id of the new round."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        units: Sequence[tuple[str, str]],
        *,
        unit: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self._units = tuple(units)
        self._job: Job | None = None
        self._saving = False
        today = office.today()
        chosen = unit or (units[0][0] if len(units) == 1 else None)
        since, until = quarter_span(*report_quarter(today))
        draft = RoundDraft(chosen, since, min(until, today), lead=office.officer.name)
        self.fields = self._make_fields()
        self.model: DraftModel[RoundDraft] = DraftModel(draft, self._problems)
        self.message = MessageBar()
        self.rows = FixedRows()
        model = PagedModel(self.rows, shortcoming_columns(), runner=runner, parent=self)
        self.view = ListView("shortcomings", model, keeper, empty=NOTHING_FOUND)
        self.view.openRequest.connect(self._open)
        self._build()
        self.binding = FormBinding(self.model, self.fields, parent=self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.binding.changed.connect(lambda _name: self._pause.start())
        for key in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(self.begin)
        self.look()

    def _make_fields(self) -> dict[str, Field]:
        units = [(code, short_office(name)) for code, name in self._units]
        return {
            "unit": ChoiceField(_("Ward"), units, style="combo", required=True),
            "since": DateField(_("First day"), today=self._office.today, required=True),
            "until": DateField(_("Last day"), today=self._office.today, required=True),
            "lead": LineField(_("Led by"), max_length=120),
            "decision_number": LineField(_("Number of the decision"), max_length=80),
        }

    def _build(self) -> None:
        now, fields = look.current(), self.fields
        card = Card(_("The round"))
        card.add_row((fields["unit"], 1))
        if len(self._units) == 1:
            fields["unit"].hide()
        card.add_row((fields["since"], 1), (fields["until"], 1))
        card.add_row((fields["lead"], 1))
        card.add_row((fields["decision_number"], 1))
        head, self.back = page_head(QLabel(self.title))
        self.back.clicked.connect(self.popRequest)
        self.take, self._told = QPushButton(_("Begin the round  Ctrl+S")), QLabel()
        self.take.clicked.connect(self.begin)
        side = QVBoxLayout()
        side.setSpacing(0)
        side.addWidget(self.view, 1)
        row = QHBoxLayout()
        row.setContentsMargins(now.px(16), now.px(4), now.px(16), now.px(12))
        row.setSpacing(now.px(16))
        inside = QWidget()
        inside.setLayout(column(card))
        row.addWidget(scrolled(inside), 2)
        row.addLayout(side, 3)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.message)
        lines.addLayout(row, 1)
        lines.addWidget(page_foot(self.take, self._told))
        self.setFocusProxy(fields["unit"] if len(self._units) > 1 else fields["since"])

    @property
    def title(self) -> str:
        """What is begun."""
        return _("Self-check of the books") if not self._office.is_superior else _("A round of inspection")

    def _problems(self, draft: RoundDraft) -> Problems:
        needed = {name: draft_value for name in ("unit", "since", "until") if not (draft_value := getattr(draft, name))}
        found = {name: Problem("missing") for name in needed}
        today = self._office.today()
        if draft.since and draft.since > today:
            found["since"] = Problem("future_date", {"today": today})
        elif draft.since and draft.until and draft.until < draft.since:
            found["until"] = Problem("end_before_start", {"start": draft.since})
        return found

    def look(self) -> None:
        """What the books tell of the days that are typed, in a reader thread."""
        draft = self.model.draft
        if self._job is not None and self._job.running:
            self._job.forget()
        if self._problems(draft):
            self.rows.rows = ()
            self.view.show_query(None, filtered=False)
            self.view.setVisible(False)
            self._told.setText(_("Choose the ward and the days: what its books tell is shown at once."))
            return
        self.view.setVisible(True)
        desk = self._office.inspections

        def read(_progress: Progress) -> list[Shortcoming]:
            assert draft.unit and draft.since and draft.until
            return desk.look(draft.unit, draft.since, draft.until)

        self._job = self._runner.read(read, done=self._looked)

    def _looked(self, found: list[Shortcoming]) -> None:
        kept = [_Row(one) for one in found]
        self.rows.rows = tuple(kept)
        self.view.show_query(None, filtered=False)
        words = ngettext(
            "{n} kind of shortcoming becomes a finding. Enter on a line shows the records behind it.",
            "{n} kinds of shortcomings become findings. Enter on a line shows the records behind it.",
            len(kept),
        )
        self._told.setText(words.format(n=len(kept)))

    def _open(self, code: str) -> None:
        found = next((row.found for row in self.rows.rows if row.id == code), None)
        if found is not None:
            self.pushRequest.emit(
                RecordsPage(self._office, self._runner, self._keeper, found, self.model.draft.unit or "")
            )

    def begin(self, _checked: bool = False) -> None:
        """Writes the round and its findings."""
        for field in self.fields.values():
            field.tidy()
        if self._saving or not self.binding.check():
            return
        self._saving = True
        draft, desk = self.model.draft, self._office.inspections
        assert draft.unit and draft.since and draft.until
        unit, since, until = draft.unit, draft.since, draft.until
        self._runner.write(
            lambda _progress: desk.begin(unit, since, until, lead=draft.lead, decision_number=draft.decision_number),
            done=self._begun,
            failed=self._failed,
        )

    def _begun(self, done: Done[Any]) -> None:
        self.popRequest.emit()
        self.begun.emit(done.value.round.id)

    def _failed(self, error: Exception) -> None:
        self._saving = False
        if isinstance(error, DraftRefused):
            self.binding.show_problems(error.problems)
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)


@dataclass(frozen=True, slots=True)
class _Row:
    """A shortcoming with an id, as lists want it."""

    found: Shortcoming

    @property
    def id(self) -> str:
        return self.found.code

    @property
    def code(self) -> str:
        return self.found.code

    @property
    def count(self) -> int:
        return self.found.count
