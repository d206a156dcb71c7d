"""What the monthly report tells, before it is a paper: figures by office, what is under review, what is still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tcd_desktop.domain.cases.obligation import Obligation
from tcd_desktop.domain.follow_up.directive import Directive
from tcd_desktop.domain.follow_up.inspection import InspectionRound
from tcd_desktop.domain.follow_up.review_row import ReviewRow
from tcd_desktop.domain.office import Office
from tcd_desktop.domain.reports.report_period import ReportPeriod
from tcd_desktop.reports.circular.figures import TableFigures
from tcd_desktop.store.figures.ward_figures import WardFigures


@dataclass(frozen=True, slots=True)
class OpenDirective:
    """A directive that is not carried out: which offices are waited for, what was told last, days past its date."""

    directive: Directive
    waiting: tuple[str, ...]
    told: str
    late: int


@dataclass(frozen=True, slots=True)
class OpenObligation:
    """A decision or conclusion that is not carried out, and days past its date."""

    obligation: Obligation
    late: int


@dataclass(frozen=True, slots=True)
class InspectedOffice:
    """A round over an office with the number of its findings and of those that are still open."""

    round: InspectionRound
    findings: int
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyFacts:
    """Everything the report tells. `units` are (code, name) of its lines; `months` (first day, visits), oldest first.

    `written` are the sections a person wrote, by code.
    """

    office: Office
    period: ReportPeriod
    today: date
    units: tuple[tuple[str, str], ...]
    tables: Mapping[str, TableFigures]
    now: Mapping[str, WardFigures]
    directives_overdue: Mapping[str, int] = field(default_factory=dict)
    months: tuple[tuple[date, int], ...] = ()
    reviews: Sequence[ReviewRow] = ()
    directives: Sequence[OpenDirective] = ()
    obligations: Sequence[OpenObligation] = ()
    inspections: Sequence[InspectedOffice] = ()
    written: Mapping[str, str] = field(default_factory=dict)
    number: str = ""
    sent_on: date | None = None

    @property
    def names(self) -> dict[str, str]:
        """Office code -> name."""
        return dict(self.units)

    def sum(self, form: str, column: int) -> int:
        """A figure of all offices."""
        return self.tables[form].total[column - 1]

    def value(self, form: str, unit: str, column: int) -> int:
        """A figure of one office."""
        return self.tables[form].value(unit, column)

    def late_here(self, unit: str) -> int:
        """Everything that is overdue at an office."""
        now = self.now.get(unit)
        return (now.answers_overdue + now.cases_overdue if now else 0) + self.directives_overdue.get(unit, 0)
