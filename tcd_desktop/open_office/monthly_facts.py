"""What the monthly report tells, gathered from the desks that know it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from tcd_desktop.domain.cases.obligation_rules import overdue_by
from tcd_desktop.domain.follow_up.follow_up_terms import ObligationState
from tcd_desktop.domain.reports.report_entry import MONTHLY
from tcd_desktop.domain.reports.report_period import ReportPeriod
from tcd_desktop.domain.reports.sent_report import ReportKind
from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.jobs import Progress
from tcd_desktop.reports.monthly.facts import InspectedOffice, MonthlyFacts, OpenDirective, OpenObligation
from tcd_desktop.services.follow_up.ward_comparison import MONTHS, last_months
from tcd_desktop.store.figures.ward_figures import visits_by_month, ward_figures

_ENDED = frozenset({ObligationState.DONE, ObligationState.IMPOSSIBLE})

if TYPE_CHECKING:
    from tcd_desktop.open_office.opened import OpenOffice


def monthly_facts(office: OpenOffice, period: ReportPeriod, progress: Progress) -> MonthlyFacts:
    """Everything the report of a period tells; what is overdue is as of today."""
    desk, today = office.reports, office.today()
    units = tuple(office.report_units())
    codes = [code for code, _name in units]
    counted = office.report_tables(period, desk.counting(period.code), progress)
    until = min(period.last, today)
    months = last_months(until, MONTHS)
    with office.store.reading() as connection:
        now = {one.office: one for one in ward_figures(connection, codes, min(period.first, until), until, today)}
        visits = visits_by_month(connection, codes, months)
    directives = _directives(office, today)
    late = Counter(code for one in directives if one.late for code in one.waiting)
    standing = desk.standing(period.code, ReportKind.MONTHLY)
    return MonthlyFacts(
        office=office.office,
        period=period,
        today=today,
        units=units,
        tables={one.table: one for one in counted},
        now=now,
        directives_overdue=late,
        months=tuple((day, sum(visits[code][at] for code in codes)) for at, day in enumerate(months)),
        reviews=office.reviews.rows(),
        directives=directives,
        obligations=_obligations(office, codes, today),
        inspections=_inspections(office, period),
        written={one.column: one.text for one in desk.entries(period.code) if one.form == MONTHLY},
        number=standing.number if standing else "",
        sent_on=standing.sent_on if standing else None,
    )


def _directives(office: OpenOffice, today: date) -> list[OpenDirective]:
    """Those that were not closed and still wait for somebody; in a ward those that wait for it."""
    ward = office.office.kind is OfficeKind.WARD
    found = []
    for line in office.directives.lines():
        waiting = tuple(code for code in line.waiting_for if not ward or code == office.office.id)
        if line.directive.closed_on is None and waiting:
            last = next((one for one in line.reports if one.office in waiting), None)
            told = f"{last.on:%d/%m}: {last.content}" if last else ""
            found.append(OpenDirective(line.directive, waiting, told, line.overdue_by(today)))
    return sorted(found, key=lambda one: (-one.late, one.directive.issued_on, one.directive.id))


def _obligations(office: OpenOffice, codes: Sequence[str], today: date) -> list[OpenObligation]:
    held = [line.obligation for line in office.obligations.lines()]
    open_ones = [one for one in held if one.done_on is None and one.office in codes and one.state not in _ENDED]
    found = [OpenObligation(one, overdue_by(one, today)) for one in open_ones]
    return sorted(found, key=lambda one: (-one.late, one.obligation.issued_on, one.obligation.id))


def _inspections(office: OpenOffice, period: ReportPeriod) -> list[InspectedOffice]:
    """Rounds that were begun or concluded in the period, or run through it."""
    return [
        InspectedOffice(line.round, len(line.findings), len(line.open))
        for line in office.inspections.rounds()
        if line.round.begun_on <= period.last and (line.round.closed_on is None or line.round.closed_on >= period.first)
    ]
