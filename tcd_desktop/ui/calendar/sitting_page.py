"""The page of one sitting: its facts, its visits, and the conclusions with who answers for them until when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting
from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.i18n import _, lazy
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.letters.letter_kinds import CONCLUSION_NOTICE
from tcd_desktop.settings import Keeper
from tcd_desktop.store.figures.sitting_figures import SittingCounts
from tcd_desktop.ui.calendar import conclusion_acts
from tcd_desktop.ui.calendar.conclusion_acts import ConclusionActs, conclusion_columns
from tcd_desktop.ui.calendar.sitting_acts import SittingActs, act_button, next_act
from tcd_desktop.ui.calendar.sitting_facts import groups_of
from tcd_desktop.ui.calendar.sitting_rows import SittingRow, notice_chip, read_row, state_chip
from tcd_desktop.ui.calendar.sitting_task import SittingTask
from tcd_desktop.ui.cases.case_words import full_day
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.exchange.work_card import yielding
from tcd_desktop.ui.forms.form import Card
from tcd_desktop.ui.forms.page_frame import page_head
from tcd_desktop.ui.forms.typed_dates import show_time
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Chip, Column, PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.receptions.columns import class_chip, shown_name
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import Job, RunnerLike

TABLES = frozenset({"sitting", "conclusion", "reception", "letter"})
LARGE = 125
"""Text sizes above this leave room for the icons of acts only."""
NO_VISITS = State(
    lazy("No visit was logged here yet"), lazy("Visits logged for this sitting stand here."), icon="users"
)
NO_CONCLUSIONS = State(
    lazy("No conclusion yet"),
    lazy("What the head directed, with the unit that answers for it and the day."),
    icon="stamp",
)


@dataclass(frozen=True, slots=True)
class SittingView:
    """Everything the page shows, read at once in a reader thread."""

    row: SittingRow
    visits: tuple[Reception, ...]
    conclusions: tuple[Conclusion, ...]
    counts: SittingCounts
    units: tuple[str, ...]
    came_from: Sitting | None
    moved_to: Sitting | None


def read_sitting(office: OpenOffice, identity: str) -> SittingView | None:
    """Reads a sitting with what belongs to it; None when it is not there any more."""
    desk, sitting = office.sittings, office.sittings.find(identity)
    if sitting is None or sitting.removed:
        return None
    counts = desk.counts(identity)
    return SittingView(
        row=read_row(office, sitting, counts.visits),
        visits=tuple(desk.visits(identity)),
        conclusions=tuple(office.conclusions.of_sitting(identity)),
        counts=counts,
        units=tuple(dict.fromkeys(one.responsible for one in office.conclusions.open())),
        came_from=desk.came_from(identity),
        moved_to=desk.find(sitting.moved_to) if sitting.moved_to else None,
    )


def visit_columns() -> tuple[Column, ...]:
    """The visits of a sitting."""
    return (
        Column("number", lazy("No."), 84, text=lambda visit: visit.book_number, align="right"),
        Column("time", lazy("Hour"), 62, text=lambda visit: show_time(visit.time), align="right"),
        Column("name", lazy("Citizen"), 150, text=_name, strong=True),
        Column("kind", lazy("Classification"), 132, text=lambda visit: "", chip=_class),
        Column("content", lazy("Content"), 120, text=_content, tooltip=_content, stretch=True),
    )


def _name(visit: Reception) -> str:
    return shown_name(visit.name, visit.classification)


def _class(visit: Reception) -> Any:
    return class_chip(visit.classification)


def _content(visit: Reception) -> str:
    return visit.content.split("\n", 1)[0][:300]


class SittingPage(Page):
    """`conclude` opens an empty conclusion as soon as the sitting is read, `task` another act."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        sitting: str,
        *,
        conclude: bool = False,
        task: SittingTask | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._sitting = office, runner, sitting
        self._conclude, self._task = conclude, task
        self._job: Job | None = None
        self.view: SittingView | None = None
        self._writes = office.officer.right is not OfficerRight.VIEWER
        self.acts = SittingActs(office, runner, self)
        self.ends = ConclusionActs(office, runner, self)
        self.message = MessageBar()
        self.facts = Inspector()
        self.facts.setProperty("box", "card")
        self.facts.setMinimumWidth(look.current().px(262))
        self.visits, self.conclusions = FixedRows(), FixedRows()
        visits = PagedModel(self.visits, visit_columns(), runner=runner, parent=self)
        ends = PagedModel(self.conclusions, conclusion_columns(office.today), runner=runner, parent=self)
        self.visit_list = ListView("sitting-visits", visits, keeper, empty=NO_VISITS)
        self.conclusion_list = ListView("sitting-conclusions", ends, keeper, empty=NO_CONCLUSIONS)
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        now = look.current()
        self.heading, self.figures = QLabel(), QLabel()
        self.figures.setProperty("ink", "muted")
        self.figures.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.figures.setAlignment(Qt.AlignmentFlag.AlignRight)
        head, self.back = page_head(self.heading)
        self._hand = QHBoxLayout()
        self._hand.setSpacing(now.px(8))
        head.addLayout(self._hand)
        visits = Card(_("Visits"))
        visits.add_head(self.figures)
        visits.lines.addWidget(self.visit_list, 1)
        ends = Card(_("Conclusions of the head"))
        self.buttons = {name: self._button(name) for name in ("remove", "change", "issue", "letter", "finish")}
        for button in self.buttons.values():
            ends.add_head(button)
        self.new = QPushButton(_("Add a conclusion"))
        icons.dress(self.new, "plus", "text", 16)
        self.new.setToolTip(f"{_('Add a conclusion')}  Ctrl+T")
        ends.add_head(self.new)
        self.new.setVisible(self._writes)
        ends.lines.addWidget(self.conclusion_list, 1)
        for view in (self.visit_list, self.conclusion_list):
            yielding(view, 96)
        right = QVBoxLayout()
        right.setSpacing(now.px(12))
        right.addWidget(visits, 1)
        right.addWidget(ends, 1)
        body = QHBoxLayout()
        body.setContentsMargins(now.px(16), 0, now.px(16), now.px(12))
        body.setSpacing(now.px(12))
        body.addWidget(self.facts, 3)
        body.addLayout(right, 8)
        bars = QVBoxLayout()
        bars.setContentsMargins(now.px(16), 0, now.px(16), 0)
        bars.addWidget(self.message)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bars)
        lines.addLayout(body, 1)
        self.setFocusProxy(self.visit_list.table)

    def _button(self, act: str) -> QPushButton:
        text, key, icon = conclusion_acts.WORDS[act]
        button = QPushButton(str(text))
        button.setProperty("kind", "quiet")
        button.setAccessibleName(str(text))
        if look.current().text_size > LARGE:
            button.setText("")
        icons.dress(button, icon, "text", 16)
        button.setToolTip(f"{text}  {key}".rstrip())
        button.hide()
        return button

    def _connect(self) -> None:
        self.back.clicked.connect(self.popRequest)
        self.acts.told.connect(self.message.tell)
        self.ends.told.connect(self.message.tell)
        self.acts.caseRequest.connect(lambda case: self.goRequest.emit("cases", case))
        self.acts.conclusionRequest.connect(lambda _sitting: self.add_conclusion())
        self.visit_list.openRequest.connect(lambda visit: self.goRequest.emit("receptions", visit))
        self.conclusion_list.openRequest.connect(lambda _one: self.change_conclusion())
        self.conclusion_list.currentChanged.connect(self._ends_chosen)
        self.new.clicked.connect(self.add_conclusion)
        slots: dict[str, Callable[..., None]] = {
            "change": self.change_conclusion,
            **{act: partial(self.do, act) for act in ("issue", "letter", "finish", "remove")},
        }
        for act, slot in slots.items():
            self.buttons[act].clicked.connect(slot)
            if key := conclusion_acts.WORDS[act][1]:
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.activated.connect(slot)

    @property
    def title(self) -> str:
        """The day of the sitting."""
        return full_day(self.view.row.sitting.day) if self.view else ""

    # -- what is shown -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the sitting again."""
        if self._job is not None:
            self._job.forget()
        office, sitting = self._office, self._sitting

        def work(_progress: Progress) -> SittingView | None:
            return read_sitting(office, sitting)

        self._job = self._runner.read(work, done=self._arrived, failed=self._failed)

    def _arrived(self, view: SittingView | None) -> None:
        self._job = None
        if view is None:
            self.message.tell(_("This sitting is not there any more."), "warning")
            return
        first, self.view, today = self.view is None, view, self._office.today()
        self.acts.row = view.row
        self.heading.setText(self.title)
        self._show_hands()
        groups = groups_of(view.row, today, came_from=view.came_from, moved_to=view.moved_to)
        chips = [chip for chip in _chips(view.row, today) if chip is not None]
        chips = chips[:1] if look.current().text_size > LARGE else chips
        sitting = view.row.sitting
        head = (sitting.delegate, "") if sitting.delegate else (sitting.leader, sitting.leader_title)
        letters = self.acts.letters.card(LetterSubject.SITTING, sitting.id, editable=self._writes)
        self.facts.show_record(*head, chips=chips, groups=groups, extra=[letters])
        self.figures.setText(figures_words(view.counts))
        self.visits.rows, self.conclusions.rows = view.visits, view.conclusions
        for one in (self.visit_list, self.conclusion_list):
            one.show_query(None, filtered=False) if first else one.refresh()
        self._ends_chosen(self.conclusion_list.current_id())
        if self._conclude:
            self._conclude = False
            self.add_conclusion()
        if self._task is not None:
            task, self._task = self._task, None
            self._do_task(task)

    def _do_task(self, task: SittingTask) -> None:
        assert self.view is not None
        if task.act != "finish":
            self.acts.do(task.act)
            return
        one = next((one for one in self.view.conclusions if one.id == task.conclusion), None)
        if one is not None and one.done_on is None and self._writes:
            self.conclusion_list.choose(one.id)
            self.ends.do("finish", one)

    def _show_hands(self) -> None:
        """The likely acts as buttons, all of them in the menu."""
        assert self.view is not None
        _clear(self._hand)
        for button in self.acts.buttons():
            if not isinstance(button, QPushButton) or button.property("act") != "open":
                self._hand.addWidget(button)
        acts, likely = self.acts.acts(with_open=False), next_act(self.view.row.sitting, self._office.today())
        for act in ("hold", "nobody", "postpone"):
            if act in acts and act != likely and look.current().text_size <= LARGE:
                button = act_button(act)
                button.clicked.connect(partial(self.acts.do, act))
                self._hand.insertWidget(0, button)

    def _chosen(self) -> Conclusion | None:
        ends: Sequence[Conclusion] = self.view.conclusions if self.view else ()
        return next((one for one in ends if one.id == self.conclusion_list.current_id()), None)

    def _ends_chosen(self, _identity: str) -> None:
        one = self._chosen()
        for act, button in self.buttons.items():
            there = one is not None and self._writes
            button.setVisible(there and not (act == "finish" and one is not None and one.done_on is not None))

    # -- conclusions ---------------------------------------------------------------------------------

    def add_conclusion(self, _checked: bool = False) -> None:
        """An empty conclusion."""
        if self.view is not None and self._writes:
            self.ends.enter(self.view.row.sitting, self.view.visits, self.view.units)

    def change_conclusion(self, _checked: bool = False) -> None:
        """The chosen conclusion."""
        one = self._chosen()
        if self.view is not None and one is not None and self._writes:
            self.ends.enter(self.view.row.sitting, self.view.visits, self.view.units, one)

    def do(self, act: str, _checked: bool = False) -> None:
        """Another act with the chosen conclusion; the first one when none is chosen."""
        one = self._chosen()
        if one is None and self.view is not None and len(self.view.conclusions) == 1:
            one = self.view.conclusions[0]
        if one is None or not self._writes or (act == "finish" and one.done_on):
            return
        if act == "letter":
            self.acts.letters.write(CONCLUSION_NOTICE, LetterSubject.CONCLUSION, one.id)
        else:
            self.ends.do(act, one)

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)

    # -- the window's questions ----------------------------------------------------------------------

    def store_changed(self, changes: Any) -> None:
        """Something of a sitting changed."""
        if not changes or any(change.table in TABLES for change in changes):
            self.refresh()

    def focus_list(self) -> None:
        """The keyboard goes into the visits, or the conclusions when there are none."""
        lists = (self.visit_list, self.conclusion_list)
        next((one for one in lists if one.model.rowCount()), self.visit_list).focus_list()


def _chips(row: SittingRow, today: date) -> tuple[Chip | None, ...]:
    return state_chip(row.sitting, today), notice_chip(row, today, alone=True)


def figures_words(counts: SittingCounts) -> str:
    """ "3 visits, 9 people, 2 matters, 1 crowd"; "" without visits."""
    if not counts.visits:
        return ""
    words = _("visits {visits} · people {people} · matters {matters} · crowds {crowds}")
    return words.format(
        visits=counts.visits, people=counts.people, matters=counts.matters, crowds=counts.crowds
    ).capitalize()


def _clear(row: QHBoxLayout) -> None:
    while row.count():
        item = row.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
