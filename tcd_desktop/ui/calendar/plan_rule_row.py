"""One rule of the year's plan as a line of fields: which days, which half of the day."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from tcd_desktop import words
from tcd_desktop.domain.sittings.sitting_plan import LAST, Part, Pattern, PlanRule
from tcd_desktop.i18n import _, lazy
from tcd_desktop.ui.forms.form_fields import ChoiceField, LineField
from tcd_desktop.ui.look import icons, look

PATTERNS = (
    (Pattern.DAYS_OF_MONTH, lazy("Days of the month")),
    (Pattern.WEEKS_OF_MONTH, lazy("Weekdays of the month")),
    (Pattern.EVERY_WEEK, lazy("Every week")),
)
PARTS = (
    (Part.MORNING, lazy("Morning")),
    (Part.AFTERNOON, lazy("Afternoon")),
    (Part.ALL_DAY, lazy("All day")),
)
WEEKS = ((1, lazy("1st")), (2, lazy("2nd")), (3, lazy("3rd")), (4, lazy("4th")), (LAST, lazy("last")))
WEEKDAYS = (
    *((0, lazy("Monday")), (1, lazy("Tuesday")), (2, lazy("Wednesday")), (3, lazy("Thursday")), (4, lazy("Friday"))),
    *((5, lazy("Saturday")), (6, lazy("Sunday"))),
)


class PlanRuleRow(QFrame):
    """`changed` at every change; `removeRequest` is the cross. `rule()` is what is entered."""

    changed = Signal()
    removeRequest = Signal()

    def __init__(self, rule: PlanRule, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "card")
        self.pattern = ChoiceField(_("Which days"), list(PATTERNS))
        self.days = LineField(_("Days"), max_length=60, placeholder=_("for example 5, 20"))
        self.weekday = ChoiceField(_("Weekday"), list(WEEKDAYS), style="combo")
        self.part = ChoiceField(_("Part of the day"), list(PARTS))
        self.weeks: dict[int, QCheckBox] = {}
        self._weeks = QWidget()
        boxes = QHBoxLayout(self._weeks)
        boxes.setContentsMargins(0, 0, 0, 0)
        boxes.setSpacing(now.px(10))
        for week, text in WEEKS:
            box = QCheckBox(str(text))
            box.setAccessibleName(_("Week of the month: {week}").format(week=text))
            box.clicked.connect(self._told)
            boxes.addWidget(box)
            self.weeks[week] = box
        boxes.addStretch()
        self.cross = QToolButton()
        icons.dress(self.cross, "x", "muted", 16)
        self.cross.setToolTip(_("Remove this rule"))
        self.cross.setAccessibleName(_("Remove this rule"))
        self.cross.clicked.connect(self.removeRequest)
        self._lay_out()
        self.show_rule(rule)
        for field in (self.pattern, self.days, self.weekday, self.part):
            field.changed.connect(self._told)

    def _lay_out(self) -> None:
        now = look.current()
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(now.px(12))
        first.addWidget(self.pattern, 1)
        first.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)
        second.addWidget(self.days, 2, Qt.AlignmentFlag.AlignTop)
        second.addWidget(self.weekday, 2, Qt.AlignmentFlag.AlignTop)
        second.addWidget(self.part, 3, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(14), now.px(10), now.px(10), now.px(10))
        lines.setSpacing(now.px(8))
        lines.addLayout(first)
        lines.addLayout(second)
        lines.addWidget(self._weeks)

    def show_rule(self, rule: PlanRule) -> None:
        """Shows a rule."""
        self.pattern.set_value(rule.pattern)
        self.days.set_value(", ".join(map(str, rule.days)))
        self.weekday.set_value(rule.weekday)
        self.part.set_value(rule.part)
        for week, box in self.weeks.items():
            box.setChecked(week in rule.weeks)
        self._fit()

    def rule(self) -> PlanRule:
        """What is entered; the shift is chosen for all rules together."""
        return PlanRule(
            pattern=self.pattern.value() or Pattern.DAYS_OF_MONTH,
            days=tuple(int(number) for number in re.findall(r"\d+", self.days.value()) if len(number) < 4),
            weekday=self.weekday.value() or 0,
            weeks=tuple(week for week, box in self.weeks.items() if box.isChecked()),
            part=self.part.value() or Part.MORNING,
        )

    def show_problem(self) -> bool:
        """Tells what keeps the rule from naming a day; True when nothing does."""
        problem = self.rule().problem()
        sentence = words.problem("days", problem) if problem else ""
        in_days = self.pattern.value() is Pattern.DAYS_OF_MONTH
        self.days.set_problem(sentence if in_days else "")
        self.weekday.set_problem("" if in_days else sentence)
        return problem is None

    def _fit(self) -> None:
        pattern = self.pattern.value()
        self.days.setVisible(pattern is Pattern.DAYS_OF_MONTH)
        self.weekday.setVisible(pattern is not Pattern.DAYS_OF_MONTH)
        self._weeks.setVisible(pattern is Pattern.WEEKS_OF_MONTH)

    def _told(self, _value: Any = None) -> None:
        self._fit()
        self.changed.emit()
