"""The reports of an office: its desk, and the counting that the desk may not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from tcd_desktop.domain.office import Device, Office
from tcd_desktop.domain.people.protection import ProtectionRequest
from tcd_desktop.domain.reports.report_entry import NARRATIVE, ReportEntry
from tcd_desktop.domain.reports.report_period import ReportPeriod
from tcd_desktop.domain.reports.sent_report import FigureRow
from tcd_desktop.jobs import Progress, stop_if_cancelled
from tcd_desktop.open_office.core import OfficeCore

if TYPE_CHECKING:
    from tcd_desktop.reports.circular.figures import TableFigures
    from tcd_desktop.reports.circular_sheets.narrative import Section
    from tcd_desktop.services.reports.report_desk import ReportDesk
    from tcd_desktop.services.reports.report_figures import Place


class ReportDesks(OfficeCore):
    """See the module. A desk is made, and its modules are imported, when it is first asked for."""

    @cached_property
    def reports(self) -> ReportDesk:
        """The reports that are sent (báo cáo)."""
        from tcd_desktop import law
        from tcd_desktop.services.reports.report_desk import ReportDesk

        return ReportDesk(
            self.store,
            office=self.office,
            officer=self.officer,
            rules=law.report_rules(),
            count=self._count_rows,
            today=self.today,
        )

    def report_units(self) -> tuple[tuple[str, str], ...]:
        """(code, name) of the lines of a report: this office, and at a superior every ward whose PC is enrolled."""
        own = (self.office.id, self.office.name)
        if not self.is_superior:
            return (own,)
        names = {office.id: office.name for office in self.store.all(Office)}
        wards: dict[str, str] = {}
        for device in self.store.all(Device, "unit <> ? ORDER BY unit, series", (self.office.id,)):
            wards.setdefault(device.unit, names.get(device.unit) or device.name)
        return (*wards.items(), own)

    def report_tables(
        self, period: ReportPeriod, counting: Sequence[str], progress: Progress
    ) -> tuple[TableFigures, ...]:
        """The six tables of a period as the books tell them now, typed figures put in. May be cancelled between two."""
        from tcd_desktop.domain.reports.report_counting import CountingChoices
        from tcd_desktop.reports.circular.figures import count
        from tcd_desktop.reports.circular.tables import tables

        units, choices = [code for code, _name in self.report_units()], CountingChoices.from_codes(counting)
        typed = self.typed_figures(period)
        found, forms = [], tables()
        for number, form in enumerate(forms):
            progress.step(number, len(forms))
            stop_if_cancelled(progress)
            with self.store.reading() as connection:
                figures = count(connection, form, period, units, choices)
            for unit in units:
                values = {column: value for column, value in typed.get((unit, form.code), {}).items()}
                manual = {column: value for column, value in values.items() if form.column(column).manual}
                if manual:
                    figures = figures.with_values(unit, manual)
            found.append(figures)
        return tuple(found)

    def typed_figures(self, period: ReportPeriod) -> dict[tuple[str, str], dict[int, int]]:
        """(office, table) -> column -> what was typed there for a period; of wards as their books brought it."""
        found: dict[tuple[str, str], dict[int, int]] = {}
        for entry in self.store.all(ReportEntry, "period = ? AND removed = ''", (period.code,)):
            if entry.column.isdigit():
                found.setdefault((entry.office, entry.form), {})[int(entry.column)] = entry.value
        return found

    def narrative(
        self, period: ReportPeriod, counted: Sequence[TableFigures], earlier: Mapping[Place, int]
    ) -> tuple[Section, ...]:
        """The sections of Mẫu số 02 with the figures filled in. `earlier`: the same period a year ago, if known."""
        from tcd_desktop.reports.circular_sheets.narrative import sections

        typed = {one.column: one.text for one in self.reports.entries(period.code) if one.form == NARRATIVE}
        totals: dict[tuple[str, int], int] = {}
        for (form, _unit, column), value in earlier.items():
            totals[form, column] = totals.get((form, column), 0) + value
        return sections(counted, typed, self._protected(period), totals if any(totals.values()) else {})

    def _protected(self, period: ReportPeriod) -> dict[str, str]:
        """How many were granted protection in a period, by kind of measure; several measures of one are one person."""
        condition = "removed = '' AND granted = 1 AND decided_on BETWEEN ? AND ?"
        days = (period.first.isoformat(), period.last.isoformat())
        units = {code for code, _name in self.report_units()}
        found = [one for one in self.store.all(ProtectionRequest, condition, days) if one.office in units]

        def having(*starts: str) -> str:
            return str(sum(any(code.startswith(starts) for code in one.measures) for one in found))

        return {"protect.all": str(len(found)), "protect.work": having("work"), "protect.life": having("life")}

    def _count_rows(self, period: ReportPeriod, counting: tuple[str, ...], progress: Progress) -> tuple[FigureRow, ...]:
        return tuple(row for figures in self.report_tables(period, counting, progress) for row in figures.kept())
