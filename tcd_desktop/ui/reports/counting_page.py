"""How a report counts where the circular leaves it open, and how this office cuts its months."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.reports.report_counting import ARTICLES, CHOICES, CountingChoices
from tcd_desktop.domain.reports.report_period import MonthRule, ReportPeriod
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.forms.form_fields import Card, ChoiceField
from tcd_desktop.ui.forms.page_frame import column, page_foot, page_head, scrolled
from tcd_desktop.ui.look import look
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words.report_words import CHOICE_NAMES, CHOICE_WORDS, month_rule_name, period_name


class CountingPage(Page):
    """Ctrl+S keeps the choices for the period; the next report begins with them."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        period: ReportPeriod,
        counting: CountingChoices,
        months: Callable[[MonthRule], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self._period, self._counting, self._cut = period, counting, months
        self.fields: dict[str, ChoiceField] = {}
        self.message = MessageBar()
        self.months = ChoiceField(
            _("A month of a monthly report runs"),
            [(rule, month_rule_name(rule)) for rule in MonthRule],
            style="combo",
        )
        self.months.set_value(MonthRule(keeper.value.report_month))
        self._build()
        for key in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(self.save)

    @property
    def title(self) -> str:
        """Which period."""
        return _("How it counts: {period}").format(period=period_name(self._period))

    def _build(self) -> None:
        px = look.current().px
        card, local = Card(_("Where the circular leaves it open")), Card(_("Months"))
        for name, kind in CHOICES.items():
            options = [(value, str(CHOICE_WORDS[f"{name}={value}"])) for value in kind]
            field = ChoiceField(CHOICE_NAMES[name], options, style="combo")
            field.set_value(getattr(self._counting, name))
            source = QLabel(ARTICLES[name])
            source.setProperty("ink", "small")
            source.setWordWrap(True)
            card.add_row((field, 1))
            card.lines.addWidget(source)
            self.fields[name] = field
        local.add_row((self.months, 1))
        self.balances = QPushButton(_("Opening balances…"))
        self.balances.setToolTip(_("What was open when this office began with the program; it counts in every table."))
        self.balances.clicked.connect(self.open_balances)
        before = Card(_("Carried over"))
        before.lines.addWidget(self.balances, 0, Qt.AlignmentFlag.AlignLeft)
        inside = QWidget()
        frame = column(card, local, before)
        frame.setContentsMargins(px(16), px(4), px(16), px(12))
        inside.setLayout(frame)
        head, self.back = page_head(QLabel(self.title))
        self.back.clicked.connect(self.popRequest)
        told = QLabel(_("A report that was made keeps the choices under which it was counted."))
        self.take = QPushButton(_("Keep the choices  Ctrl+S"))
        self.take.clicked.connect(self.save)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.message)
        lines.addWidget(scrolled(inside), 1)
        lines.addWidget(page_foot(self.take, told))
        self.setFocusProxy(next(iter(self.fields.values())))

    def open_balances(self, _checked: bool = False) -> None:
        """The figures that no book of this program holds."""
        from tcd_desktop.ui.old_book.balances_page import BalancesPage

        self.pushRequest.emit(BalancesPage(self._office, self._runner))

    def chosen(self) -> CountingChoices:
        """What the fields say."""
        return CountingChoices(**{name: field.value() for name, field in self.fields.items()})

    def save(self, _checked: bool = False) -> None:
        """Keeps what was chosen."""
        rule = self.months.value()
        if rule.value != self._keeper.value.report_month:
            self._keeper.update(report_month=rule.value)
            self._cut(rule)
        desk, codes, period = self._office.reports, self.chosen().codes(), self._period.code
        if self.chosen() == self._counting:
            self.popRequest.emit()
            return
        self._runner.write(lambda _progress: desk.choose(period, codes), done=self._saved, failed=self._failed)

    def _saved(self, _done: Done[Any]) -> None:
        self.popRequest.emit()

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)
