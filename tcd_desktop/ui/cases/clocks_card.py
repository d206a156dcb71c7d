"""Every clock of a case: which ran, which were kept, which run now; and why the case is a complex one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.cases.case_clocks import Clock
from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import Classification
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.law import case_grounds, law_book
from tcd_desktop.ui.cases.case_words import due_chip, short_day
from tcd_desktop.ui.cases.due_explanation import Reasons, why_button
from tcd_desktop.ui.lists.paged_model import Chip
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.look.flow import FlowLayout
from tcd_desktop.words.steps import step_name


def clock_name(clock: Clock) -> str:
    """What the law says a clock is for (data, Vietnamese); its id when the law data do not know it."""
    try:
        return law_book().find(clock.rule, clock.start)[1].event
    except Refused:
        return clock.rule


def clock_chip(clock: Clock, today: date) -> Chip | None:
    """Kept, kept late, suspended, or how much is left."""
    late = clock.late_by(today)
    if clock.paused is not None:
        return Chip(_("Suspended since {day}").format(day=short_day(clock.paused, today)), "closed", "hourglass")
    if clock.met is not None:
        if late:
            words = ngettext("Met {n} day late", "Met {n} days late", late).format(n=late)
            return Chip(words, "danger", "triangle-alert")
        return Chip(_("Met {day}").format(day=short_day(clock.met, today)), "success", "check")
    return due_chip(clock.deadline.due if clock.deadline else None, today)


class ClocksCard(QFrame):
    """A line for each clock, the running ones first."""

    def __init__(self, clocks: Sequence[Clock], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "card")
        now = look.current()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(12), now.px(10), now.px(12), now.px(10))
        lines.setSpacing(now.px(6))
        lines.addWidget(_words(_("Time limits"), "heading"))
        self._lines = lines
        self.why: dict[str, QPushButton] = {}
        self._reasons: dict[FlowLayout, Reasons] = {}
        for clock in sorted(clocks, key=lambda one: (not one.running, one.start)):
            lines.addWidget(_words(clock_name(clock), ""))
            state = _state(clock, today)
            lines.addLayout(state)
            if clock.deadline is not None:
                state.addWidget(self._link(clock, state))
            lines.addSpacing(now.px(2))

    def _link(self, clock: Clock, state: FlowLayout) -> QPushButton:
        """Why the date is the one it is, opened by a link beside it; told when it is asked."""
        button = why_button()
        button.setAccessibleName(_("Why this day: {clock}").format(clock=clock_name(clock)))
        button.toggled.connect(partial(self._tell, clock, state))
        self.why[clock.rule] = button
        return button

    def _tell(self, clock: Clock, state: FlowLayout, wanted: bool) -> None:
        reasons = self._reasons.get(state)
        if reasons is None:
            self._reasons[state] = reasons = Reasons(clock.deadline, clock_lines(clock))
            self._lines.insertWidget(self._lines.indexOf(state) + 1, reasons)
        reasons.setVisible(wanted)


def clock_lines(clock: Clock) -> list[tuple[str, str]]:
    """What the clock itself knows beside its date: the step that started it, suspensions, the instrument."""
    lines = [(_("Started by"), step_name(clock.act) if clock.act else _("the receipt"))]
    for since, until in clock.suspended:
        span = _("from {since} to {until}; these days do not count")
        lines.append((_("Suspended"), span.format(since=f"{since:%d/%m/%Y}", until=f"{until:%d/%m/%Y}")))
    try:
        pack = law_book().find(clock.rule, clock.start)[0]
    except Refused:
        return lines
    words = _("{instrument}, since {day}")
    day = f"{pack.effective_from:%d/%m/%Y}"
    return [*lines, (_("Law"), words.format(instrument=pack.instrument, day=day))]


def _state(clock: Clock, today: date) -> FlowLayout:
    row = FlowLayout(look.current().px(8))
    if clock.deadline is not None:
        row.addWidget(_words(_("by {day}").format(day=short_day(clock.deadline.due, today)), "muted"))
    chip = clock_chip(clock, today)
    if chip is not None:
        row.addWidget(ChipLabel(chip))
    return row


class ComplexityCard(QFrame):
    """`describeRequest(codes, remote)` as soon as a tick changes: the limits follow."""

    describeRequest = Signal(tuple, bool)

    def __init__(self, case: CaseFile, *, editable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "card")
        now = look.current()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(12), now.px(10), now.px(12), now.px(10))
        lines.setSpacing(now.px(4))
        grounds = case_grounds("complex", case.classification)
        count = len(case.complexity)
        told = ngettext("Complex: {n} ground", "Complex: {n} grounds", count).format(n=count)
        asked = _("Is the matter complex?") if editable else _("Remote area, hard to reach")
        self.toggle = QPushButton(told if count else asked)
        self.toggle.setProperty("kind", "link")
        self.toggle.setCheckable(True)
        icons.dress(self.toggle, "scale", "accent", 16)
        lines.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(now.px(4))
        if grounds:
            body.addWidget(_words(grounds[0].article, "small"))
        self.boxes: dict[str, QCheckBox] = {}
        for ground in [one for one in grounds if editable or one.code in case.complexity]:
            self.boxes[ground.code] = self._box(body, ground.text, ground.code in case.complexity, editable)
        self.remote = self._box(body, _("Remote area, hard to reach"), case.remote, editable)
        asks_remote = case.classification is Classification.COMPLAINT and (editable or case.remote)
        if not asks_remote and (line := self.remote.parentWidget()) is not None:
            line.hide()
        self.toggle.toggled.connect(self._body.setVisible)
        self._body.setVisible(False)
        lines.addWidget(self._body)

    def _box(self, lines: QVBoxLayout, words: str, ticked: bool, editable: bool) -> QCheckBox:
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        box = QCheckBox()
        box.setAccessibleName(words)
        box.setChecked(ticked)
        box.setEnabled(editable)
        label = _words(words, "")
        label.setBuddy(box)
        grid.addWidget(box, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label, 0, 1)
        lines.addWidget(row)
        box.clicked.connect(self._changed)
        return box

    def _changed(self, _checked: bool = False) -> None:
        codes = tuple(code for code, box in self.boxes.items() if box.isChecked())
        self.describeRequest.emit(codes, self.remote.isChecked())


def _words(text: str, ink: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if ink:
        label.setProperty("ink", ink)
    return label
