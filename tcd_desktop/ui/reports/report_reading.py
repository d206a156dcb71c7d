"""What is shown of a report, read in a reader's thread: figures, what does not add up, what they are compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tcd_desktop.domain.reports.report_counting import CountingChoices
from tcd_desktop.domain.reports.report_entry import NOTES, ReportEntry
from tcd_desktop.domain.reports.report_period import ReportPeriod
from tcd_desktop.domain.reports.sent_report import FigureRow, SentReport
from tcd_desktop.jobs import Progress, stop_if_cancelled
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.circular.figures import BrokenRule, Omitted, TableFigures, broken_rules, left_out
from tcd_desktop.reports.circular.tables import tables
from tcd_desktop.reports.circular_sheets.narrative import Section
from tcd_desktop.services.reports.report_figures import Compared, Difference, differences

MOST_LEFT_OUT = 200
"""Records that are read of each reason for which a table leaves them out; the list behind the line reads more."""


@dataclass(frozen=True, slots=True)
class ShownReport:
    """The report of a period as the books tell it now. `units` are (code, name) of its lines.

    `own` is this office's code, the only line that is typed into. `standing` is the report that was made, if any,
    `changed` what differs from it.
    """

    period: ReportPeriod
    counting: CountingChoices
    units: tuple[tuple[str, str], ...]
    own: str
    tables: tuple[TableFigures, ...]
    broken: tuple[BrokenRule, ...] = ()
    omitted: tuple[tuple[str, Omitted], ...] = ()
    entries: tuple[ReportEntry, ...] = ()
    standing: SentReport | None = None
    changed: tuple[Difference, ...] = ()
    compared: Compared | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    narrative: tuple[Section, ...] = ()

    @property
    def rows(self) -> tuple[FigureRow, ...]:
        """All figures as a sent report keeps them."""
        return tuple(row for one in self.tables for row in one.kept())

    @property
    def notes(self) -> dict[str, str]:
        """The line "Ghi chú" of each table that has one."""
        return {one.form: one.text for one in self.entries if one.column == NOTES}

    def figures(self, form: str) -> TableFigures:
        """One of the six tables."""
        return next(one for one in self.tables if one.table == form)


def read_report(office: OpenOffice, period: ReportPeriod, progress: Progress) -> ShownReport:
    """Counts the six tables and asks what does not add up; without the comparison, which takes two counts more."""
    desk = office.reports
    codes = desk.counting(period.code)
    choices = CountingChoices.from_codes(codes)
    units = office.report_units()
    counted = office.report_tables(period, codes, progress)
    standing = desk.standing(period.code)
    omitted: list[tuple[str, Omitted]] = []
    for form in tables():
        stop_if_cancelled(progress)
        with office.store.reading() as connection:
            found = left_out(connection, form, [code for code, _name in units], period, choices, limit=MOST_LEFT_OUT)
        omitted += [(form.code, one) for one in found]
    rows = tuple(row for one in counted for row in one.kept())
    same = standing is not None and CountingChoices.from_codes(standing.counting) == choices
    changed: tuple[Difference, ...] = ()
    if standing is not None:
        changed = differences(standing.figures, rows) if same else desk.differences(standing, progress)
    return ShownReport(
        period=period,
        counting=choices,
        units=units,
        own=office.office.id,
        tables=counted,
        broken=tuple(broken_rules(counted)),
        omitted=tuple(omitted),
        entries=tuple(desk.entries(period.code)),
        standing=standing,
        changed=changed,
        names=dict(units),
        narrative=office.narrative(period, counted, {}),
    )


def with_comparison(office: OpenOffice, shown: ShownReport, progress: Progress) -> ShownReport:
    """The same with the period before and the same one a year ago beside it, in the narrative too."""
    compared = office.reports.compare(shown.period, shown.rows, shown.counting.codes(), progress)
    told = office.narrative(shown.period, shown.tables, compared.year_before.values)
    return replace(shown, compared=compared, narrative=told)
