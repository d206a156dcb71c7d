"""The reports of an office: its desk, and the counting that the desk may not know."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from tcd_desktop.domain.office import Device, Office
from tcd_desktop.domain.report_entry import ReportEntry
from tcd_desktop.domain.report_period import ReportPeriod
from tcd_desktop.domain.sent_report import FigureRow
from tcd_desktop.jobs import Progress, stop_if_cancelled
from tcd_desktop.open_office.core import OfficeCore

if TYPE_CHECKING:
    from tcd_desktop.reports.circular.figures import TableFigures
    from tcd_desktop.services.report_desk import ReportDesk


class ReportDesks(OfficeCore):
    """See the module. A desk is made, and its modules are imported, when it is first asked for."""

    @cached_property
    def reports(self) -> ReportDesk:
        """The reports that are sent (báo cáo)."""
        from tcd_desktop import law
        from tcd_desktop.services.report_desk import ReportDesk

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
        from tcd_desktop.domain.report_counting import CountingChoices
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

    def _count_rows(self, period: ReportPeriod, counting: tuple[str, ...], progress: Progress) -> tuple[FigureRow, ...]:
        return tuple(row for figures in self.report_tables(period, counting, progress) for row in figures.kept())
