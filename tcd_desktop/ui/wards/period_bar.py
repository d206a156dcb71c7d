"""Which period the board counts: this month, the report quarter (the 15th to the 14th), this year, or typed days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from tcd_desktop.domain.clocks.periods import Period, span
from tcd_desktop.i18n import _
from tcd_desktop.ui.filters.days_strip import DaysStrip
from tcd_desktop.ui.forms.choice_field import Segments
from tcd_desktop.ui.forms.typed_dates import show_date
from tcd_desktop.ui.look import look

CHOICES = (Period.MONTH, Period.QUARTER, Period.LAST_QUARTER, Period.YEAR)
OTHER = len(CHOICES)


class PeriodBar(QWidget):
    """`changed` when other days are to be counted; `since` and `until` are both included."""

    changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self._today = today
        self._typed: tuple[date, date] | None = None
        names = (_("This month"), _("Report quarter"), _("Quarter before"), _("This year"), _("Other days"))
        self.choice = Segments(names)
        self.choice.set_index(CHOICES.index(Period.QUARTER))
        self.choice.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.choice.chosen.connect(self._chosen)
        self.days = QLabel()
        self.days.setProperty("ink", "muted")
        self.days.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.strip = DaysStrip(today, self)
        self.strip.chosen.connect(self._days_typed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(now.px(10))
        row.addWidget(self.choice)
        row.addWidget(self.days, 1)
        row.addWidget(self.strip)
        self._tell()

    def span(self) -> tuple[date, date]:
        """First and last day."""
        if self.choice.index() == OTHER and self._typed is not None:
            return self._typed
        return span(CHOICES[min(max(self.choice.index(), 0), OTHER - 1)], self._today())

    def words(self) -> str:
        """ "15/09 - 14/12/2026"."""
        since, until = self.span()
        first = f"{since:%d/%m}" if since.year == until.year else show_date(since)
        return f"{first} - {show_date(until)}"

    def showing_changed(self) -> None:
        """The fields for typed days were opened or closed."""
        self.days.setVisible(self.strip.isHidden())

    def _chosen(self, index: int) -> None:
        if index == OTHER:
            since, until = self._typed or span(Period.QUARTER, self._today())
            self.strip.open({"since": since.isoformat(), "until": until.isoformat()})
            if self._typed is None:
                return
        else:
            self.strip.leave()
        self._tell()
        self.changed.emit()

    def _days_typed(self, since: object, until: object) -> None:
        first, last = since or date(self._today().year, 1, 1), until or self._today()
        assert isinstance(first, date) and isinstance(last, date)
        self._typed = (min(first, last), max(first, last))
        self.choice.set_index(OTHER)
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        self.days.setText(self.words())
        self.days.setToolTip(self.words())
