"""Which period is reported: its kind as buttons, back and forth by one, and typed days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from tcd_desktop.domain.reports.report_period import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST,
    MonthRule,
    PeriodKind,
    ReportPeriod,
    days,
    period_of,
)
from tcd_desktop.ui.filters.days_strip import DaysStrip
from tcd_desktop.ui.filters.list_head import TWO_ROWS
from tcd_desktop.ui.forms.choice_field import Segments
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.flow import FlowLayout
from tcd_desktop.ui.window.actions import with_key
from tcd_desktop.words.report_words import KIND_NAMES, days_words, month_rule_name, period_name

KINDS = tuple(PeriodKind)


class PeriodChooser(QWidget):
    """`changed` when another period is to be shown."""

    changed = Signal()

    def __init__(self, today: Callable[[], date], rule: MonthRule, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self._today, self._rule = today, rule
        self.period = period_of(PeriodKind.QUARTER, today(), rule)
        self.kinds = Segments([str(KIND_NAMES[kind]) for kind in KINDS])
        self.kinds.set_index(0)
        self.kinds.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.kinds.chosen.connect(self._kind_chosen)
        self.back = self._step("arrow-left", with_key("report.before"))
        self.on = self._step("arrow-right", with_key("report.after"))
        self.back.clicked.connect(lambda: self.step(-1))
        self.on.clicked.connect(lambda: self.step(1))
        self.name, self.days = QLabel(), QLabel(self)
        self.days.setVisible(now.text_size <= TWO_ROWS)
        self.name.setProperty("ink", "strong")
        self.days.setProperty("ink", "muted")
        self.strip = DaysStrip(today, self)
        self.strip.chosen.connect(self._days_typed)
        shown = QWidget()
        line = QHBoxLayout(shown)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(now.px(8))
        for part in (self.back, self.name, self.on):
            line.addWidget(part)
        if now.text_size <= TWO_ROWS:  # larger letters leave room for one line only; the days are told at rest
            line.addWidget(self.days)
        flow = FlowLayout(now.px(8), self)
        for widget in (self.kinds, shown, self.strip):
            flow.addWidget(widget)
        self._shown = shown
        self._tell()

    def _step(self, icon: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setToolTip(words)
        button.setAccessibleName(words)
        icons.dress(button, icon, "muted")
        return button

    def step(self, by: int) -> None:
        """The period before or after; never beyond the years there are."""
        wanted = self.period.after() if by > 0 else self.period.before()
        if wanted.first.year >= FIRST_YEAR and wanted.last.year <= LAST_YEAR:
            self.show_period(wanted)
            self.changed.emit()

    def show_period(self, period: ReportPeriod) -> None:
        """Shows a period without telling."""
        self.period = period
        if period.kind is PeriodKind.MONTH:
            self._rule = period.month_rule
        self.strip.leave()
        self.kinds.set_index(KINDS.index(period.kind))
        self._tell()

    def cut_months(self, rule: MonthRule) -> None:
        """Another way to cut months; a month that is shown is shown anew."""
        self._rule = rule
        if self.period.kind is PeriodKind.MONTH and self.period.month_rule is not rule:
            self.show_period(period_of(PeriodKind.MONTH, self._middle(), rule))
            self.changed.emit()

    def _middle(self) -> date:
        """A day of the month's own number, whichever way it is cut."""
        return date(self.period.year, self.period.number, 10)

    def showing_changed(self) -> None:
        """The fields for typed days were opened or closed."""
        self._shown.setVisible(self.strip.isHidden())

    def _kind_chosen(self, index: int) -> None:
        kind = KINDS[index]
        if kind is PeriodKind.DAYS:
            self.strip.open({"since": self.period.first.isoformat(), "until": self.period.last.isoformat()})
            return
        self.show_period(period_of(kind, self._today(), self._rule))
        self.changed.emit()

    def _days_typed(self, since: object, until: object) -> None:
        today = self._today()
        first = since if isinstance(since, date) else date(today.year, 1, 1)
        last = until if isinstance(until, date) else today
        typed = days(max(first, date(FIRST_YEAR, 1, 1)), min(last, date(LAST_YEAR, 12, 31)))
        self.show_period(typed if typed.last - typed.first <= LONGEST else days(typed.last - LONGEST, typed.last))
        self.changed.emit()

    def _tell(self) -> None:
        typed = self.period.kind is PeriodKind.DAYS
        self.name.setText(days_words(self.period) if typed else period_name(self.period))
        told = days_words(self.period)
        if self.period.kind is PeriodKind.MONTH:
            self.days.setToolTip(month_rule_name(self.period.month_rule))
        self.days.setText("" if typed else told)
        self.name.setToolTip(told)
        self.setAccessibleName(f"{period_name(self.period)}, {told}")
