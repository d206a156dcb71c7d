"""The generator: rules at the left, at the right every day they give, those that move with the reason, and the duty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.sittings.sitting_plan import HOURS, Pattern, PlanRule, Shift
from tcd_desktop.domain.sittings.sitting_rules import SittingDraft
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.services.sittings.sitting_desk import PlanLine, YearPlan
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.calendar.plan_rule_row import PlanRuleRow
from tcd_desktop.ui.calendar.sitting_rows import duty_sentence, duty_words, hours, off_words, short_weekday
from tcd_desktop.ui.cases.case_words import short_day
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.forms.choice_field import Segments
from tcd_desktop.ui.forms.form_fields import Card, ChoiceField, DateField, Field, LineField, TextField
from tcd_desktop.ui.forms.page_frame import page_foot, page_head, scrolled
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import Chip, Column, PagedModel
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import Job, RunnerLike
from tcd_desktop.words import show

SETTLE_MS = 150
LARGE = 125
"""Text sizes above this put the preview below the rules."""
SHIFTS = (
    (Shift.NEXT, lazy("To the next working day")),
    (Shift.SAME_MONTH, lazy("Next, in the same month")),
    (Shift.PREVIOUS, lazy("To the working day before")),
)
NOTHING = State(
    lazy("These rules name no new day"),
    lazy("Change a rule, or the day from which they hold. Days already in the calendar are not planned twice."),
    icon="calendar-days",
)


class _Line:
    """A line of the preview."""

    def __init__(self, line: PlanLine) -> None:
        self.line = line
        self.id = line.planned.day.isoformat()


class PlanPage(Page):
    """`planned` tells the year whose calendar was saved."""

    planned = Signal(int)

    def __init__(
        self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, year: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        this = office.today().year
        self._years = (this, this + 1)
        self._year = year if year in self._years else this
        self._job: Job | None = None
        self._saving = self._begun = False
        self.plan: YearPlan | None = None
        self.rules: list[PlanRuleRow] = []
        self.rows = FixedRows()
        model = PagedModel(self.rows, self._columns(), runner=runner, parent=self)
        self.preview = ListView("plan", model, keeper, empty=NOTHING)
        self.message = MessageBar()
        self._make_fields()
        self._build()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE_MS)
        self._soon.timeout.connect(self.compute)
        for key in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(self.save)
        for rule in office.sittings.remembered_rules():
            self.add_rule(rule)
        self.setFocusProxy(self.rules[0].days)
        self.compute()

    def _columns(self) -> tuple[Column, ...]:
        today = self._office.today

        def day(row: _Line) -> str:
            return f"{short_weekday(row.line.planned.day)} {row.line.planned.day:%d/%m}"

        def post(row: _Line) -> str:
            due = row.line.post_by
            return short_day(due, row.line.planned.day) if due else ""

        def late(row: _Line) -> Chip | None:
            due = row.line.post_by
            return Chip(_("Posting late"), "danger", "triangle-alert") if due and due < today() else None

        def moved(row: _Line) -> Chip | None:
            planned = row.line.planned
            if not planned.moved:
                return None
            words = _("from {day}: {reason}").format(day=f"{planned.wanted:%d/%m}", reason=off_words(planned.reason))
            return Chip(words, "warning", "arrow-right")

        return (
            Column("day", lazy("Day"), 92, text=day, strong=True),
            Column("hours", lazy("Hours"), 104, text=lambda row: hours(*HOURS[row.line.planned.part])),
            Column("moved", lazy("Moved"), 180, text=lambda row: "", chip=moved, tooltip=_passed, stretch=True),
            Column("post", lazy("Post by"), 138, text=post, chip=late),
        )

    def _make_fields(self) -> None:
        blank, office = self._office.sittings.blank(), self._office
        self.shift = ChoiceField(_("A day on which the office does not work moves"), list(SHIFTS), style="combo")
        self.shift.set_value(Shift.NEXT)
        self.since = DateField(_("From this day on"), today=office.today)
        self.since.set_value(self._first_day())
        self.leader = LineField(_("Head"), required=True)
        self.leader_title = LineField(_("Position"))
        self.place = LineField(_("Place"), required=True)
        self.attendees = TextField(_("Participants"), lines=2, placeholder=_("posted with the calendar"))
        self.expected = TextField(_("Expected content"), lines=2, placeholder=_("posted with the calendar"))
        self.leader.set_value(blank.leader)
        self.leader_title.set_value(blank.leader_title)
        self.place.set_value(blank.place)
        for field in (self.shift, self.since):
            field.changed.connect(self._changed)
        self.years = Segments([str(year) for year in self._years])
        self.years.set_index(self._years.index(self._year))
        self.years.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.years.chosen.connect(self._show_year)

    def _first_day(self) -> date:
        return max(self._office.today(), date(self._year, 1, 1))

    def _build(self) -> None:
        now = look.current()
        self._list_of_rules = QVBoxLayout()
        self._list_of_rules.setSpacing(now.px(8))
        more = QPushButton(_("Another rule"))
        icons.dress(more, "plus", "text", 16)
        more.clicked.connect(self._another)
        when = Card(_("On which days the head receives"))
        when.lines.addLayout(self._list_of_rules)
        when.lines.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        when.add_row((self.shift, 3), (self.since, 2))
        what = Card(_("The same for all of them"))
        what.add_row((self.leader, 1), (self.leader_title, 1))
        what.add_row((self.place, 1))
        what.add_row((self.attendees, 1))
        what.add_row((self.expected, 1))
        self.duty, self.months = QLabel(), QLabel()
        self.months.setProperty("ink", "small")
        for told in (self.duty, self.months):
            told.setWordWrap(True)
        body = self._in_one_column(when, what) if now.text_size > LARGE else self._side_by_side(when, what)
        head, self.back = page_head(QLabel(self.title), self.years)
        self.back.clicked.connect(self.popRequest)
        self.take, self._told = QPushButton(), QLabel()
        self.take.clicked.connect(self.save)
        bars = QVBoxLayout()
        bars.setContentsMargins(now.px(16), 0, now.px(16), 0)
        bars.addWidget(self.message)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bars)
        lines.addLayout(body, 1)
        lines.addWidget(page_foot(self.take, self._told))

    def _side_by_side(self, when: Card, what: Card) -> QHBoxLayout:
        """Rules at the left, what they give at the right."""
        now = look.current()
        inside = QWidget()
        left = QVBoxLayout(inside)
        left.setContentsMargins(now.px(16), 0, now.px(8), now.px(12))
        left.setSpacing(now.px(12))
        left.addWidget(when)
        left.addWidget(what)
        left.addStretch()
        right = QVBoxLayout()
        right.setContentsMargins(now.px(8), 0, now.px(16), 0)
        right.setSpacing(now.px(4))
        for widget in (self.duty, self.months):
            right.addWidget(widget)
        right.addWidget(self.preview, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(scrolled(inside), 5)
        row.addLayout(right, 6)
        return row

    def _in_one_column(self, when: Card, what: Card) -> QHBoxLayout:
        """Large letters: one below the other, the whole scrolls."""
        now = look.current()
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(now.px(16), 0, now.px(16), now.px(12))
        lines.setSpacing(now.px(10))
        self.preview.setMinimumHeight(now.px(260))
        for widget in (when, self.duty, self.months, self.preview, what):
            lines.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(scrolled(inside))
        return row

    @property
    def title(self) -> str:
        """What this page is for."""
        return _("Plan the receptions of the year")

    # -- rules ---------------------------------------------------------------------------------------

    def add_rule(self, rule: PlanRule) -> PlanRuleRow:
        """Another line of rules."""
        row = PlanRuleRow(rule)
        row.changed.connect(self._changed)
        row.removeRequest.connect(self._remove)
        self.rules.append(row)
        self._list_of_rules.addWidget(row)
        self._show_crosses()
        return row

    def _another(self, _checked: bool = False) -> None:
        row = self.add_rule(PlanRule(pattern=Pattern.DAYS_OF_MONTH))
        row.days.setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed()

    def _remove(self) -> None:
        row = self.sender()
        if isinstance(row, PlanRuleRow) and len(self.rules) > 1:
            self.rules.remove(row)
            row.hide()
            row.deleteLater()
            self._show_crosses()
            self._changed()

    def _show_crosses(self) -> None:
        for row in self.rules:
            row.cross.setVisible(len(self.rules) > 1)

    def _show_year(self, index: int) -> None:
        self._year = self._years[index]
        self.since.set_value(self._first_day())
        self.compute()

    def chosen_rules(self) -> tuple[PlanRule, ...]:
        """The rules as entered."""
        shift = self.shift.value() or Shift.NEXT
        return tuple(replace(row.rule(), shift=shift) for row in self.rules)

    # -- preview -------------------------------------------------------------------------------------

    def _changed(self, _value: Any = None) -> None:
        self._soon.start()

    def compute(self) -> None:
        """Reads what the rules would add; while one names no day, the last preview stays away."""
        self._soon.stop()
        if self._job is not None:
            self._job.forget()
        if not all([row.show_problem() for row in self.rules]) or self.since.own_problem():
            self._show(None)
            return
        desk, year, rules, since = self._office.sittings, self._year, self.chosen_rules(), self.since.value()

        def work(_progress: Progress) -> YearPlan:
            return desk.plan(year, rules, since=since or date(year, 1, 1))

        self._job = self._runner.read(work, done=self._show, failed=self._failed)

    def _show(self, plan: YearPlan | None) -> None:
        if plan and not plan.lines and plan.known and self._begun is False and self._year == self._years[0]:
            self._begun = True
            self.years.set_index(1)
            self._show_year(1)  # this year is planned already: the next one is meant
            return
        self._begun = True
        self.plan, today = plan, self._office.today()
        lines = plan.lines if plan else ()
        self.rows.rows = tuple(_Line(line) for line in lines)
        self.preview.show_query(self._year, filtered=False)
        words = ngettext("Save {n} sitting  Ctrl+S", "Save {n} sittings  Ctrl+S", len(lines)).format(n=len(lines))
        self.take.setText(words if lines else _("Save  Ctrl+S"))
        self.take.setEnabled(bool(lines))
        if plan is None:
            self.duty.setText("")
            self.months.setText("")
            self._told.setText("")
            return
        sentence, ink = duty_sentence(plan.duty, today)
        self.duty.setText(sentence)
        look.set_property(self.duty, "ink", ink)
        this = today.replace(day=1)
        ahead = [one for one in plan.duty if one.duty and one.month >= this]
        months = [_("month {n}: {count}").format(n=one.month.month, count=_count(one)) for one in ahead]
        self.months.setText(" · ".join(months))
        self.months.setToolTip("\n".join(duty_words(one) for one in plan.duty[-1:]))
        moved = sum(line.planned.moved for line in lines)
        told = [ngettext("{n} day moved", "{n} days moved", moved).format(n=moved)] if moved else []
        if plan.known:
            told.append(
                ngettext("{n} stands in the calendar already", "{n} stand in the calendar already", plan.known).format(
                    n=plan.known
                )
            )
        self._told.setText(" · ".join(told))

    # -- saving --------------------------------------------------------------------------------------

    def template(self) -> SittingDraft:
        """What all sittings of the plan share."""
        return replace(
            self._office.sittings.blank(),
            leader=self.leader.value(),
            leader_title=self.leader_title.value(),
            place=self.place.value(),
            attendees=self.attendees.value(),
            expected=self.expected.value(),
        )

    def save(self, _checked: bool = False) -> None:
        """Enters the days of the preview as one act."""
        if self._soon.isActive():
            self.compute()
        plan = self.plan
        if plan is None or not plan.lines or self._saving:
            return
        missing = _("This is needed.")
        needed: tuple[Field, ...] = (self.leader, self.place)
        for field in needed:
            field.set_problem("" if field.value() else missing)
        if lacking := [field for field in needed if not field.value()]:
            lacking[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._saving = True
        desk, rules, template = self._office.sittings, self.chosen_rules(), self.template()

        def work(_progress: Progress) -> Done[Any]:
            done = desk.save_plan(plan, template)
            desk.remember_rules(rules)
            return done

        self._runner.write(work, done=self._saved, failed=self._failed)

    def _saved(self, _done: Done[Any]) -> None:
        self.planned.emit(self._year)
        self.popRequest.emit()

    def _failed(self, error: Exception) -> None:
        self._saving = False
        if not isinstance(error, DraftRefused | Refused):
            raise error
        sentence, tone = failure(error)
        self.message.tell(sentence, tone)


def _count(one: Any) -> str:
    return f"{one.done + one.coming}/{one.wanted}" + (" !" if one.short else "")


def _passed(row: _Line) -> str:
    """Every day that was passed over, with its reason."""
    return "\n".join(f"{show(day)}: {off_words(reason)}" for day, reason in row.line.planned.skipped)
