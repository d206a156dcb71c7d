"""The desk of reports: a period, six tables, what to look at, the narrative, what was made; files and sending."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from tcd_desktop.domain.office import Office
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.reports.report_entry import NARRATIVE
from tcd_desktop.domain.reports.report_period import ReportPeriod, period_from_code
from tcd_desktop.domain.reports.sent_report import NarrativePart, SentReport
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Cancelled, Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.open_office.report_papers import file_name
from tcd_desktop.services.reports.report_desk import DueReport
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.reports.check_rows import Check, CheckRow, check_rows, urgent
from tcd_desktop.ui.reports.counting_page import CountingPage
from tcd_desktop.ui.reports.figure_lists import behind_figure, behind_rule, left_out_for
from tcd_desktop.ui.reports.figures_table import FiguresTable
from tcd_desktop.ui.reports.records_page import RecordList, RecordsPage
from tcd_desktop.ui.reports.report_acts import ReportActs
from tcd_desktop.ui.reports.report_files import PDF, TABLE, facts_of_shown, narrative_of, pdf_of, workbook_of
from tcd_desktop.ui.reports.report_reading import ShownReport, read_report, with_comparison
from tcd_desktop.ui.reports.reports_frame import ReportsFrame
from tcd_desktop.ui.reports.sent_page import SentPage
from tcd_desktop.ui.reports.sent_rows import SentRow
from tcd_desktop.ui.window.actions import row
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import Job, RunnerLike
from tcd_desktop.words.report_words import period_name


class ReportsPage(ReportsFrame):
    """Ctrl+Enter makes the report, Ctrl+P saves the tables as PDF, Ctrl+Shift+X as a workbook, Ctrl+M the month's."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        *,
        files: OpenedFiles | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(office, runner, keeper, parent)
        self._files = files or OpenedFiles()
        self._job: Job | None = None
        self._stale = False
        self.acts = ReportActs(office, runner, self)
        self.acts.done.connect(self._acted)
        self.acts.told.connect(self.message.tell)
        self.chooser.changed.connect(self.refresh)
        self.narrative.partWritten.connect(self._part_written)
        self.checks.openRequest.connect(self.open_check)
        self.sent.openRequest.connect(self.open_sent)
        for table in self.tables.values():
            table.openRequest.connect(self.open_figure)
            table.figureTyped.connect(self._figure_typed)
        for button, act in (
            (self.make, self.make_report),
            (self.monthly, self.open_monthly),
            (self.pdf, self.save_pdf),
            (self.table_file, self.save_workbook),
            (self.words_file, self.save_narrative),
            (self.counting, self.open_counting),
        ):
            button.clicked.connect(act)
        self.add_keys(
            {
                row("report.make").shortcut: self.make_report,
                "Ctrl+Enter": self.make_report,
                row("report.pdf").shortcut: self.save_pdf,
                row("report.words").shortcut: self.save_narrative,
                row("report.table").shortcut: self.save_workbook,
                row("report.month").shortcut: self.open_monthly,
            }
        )
        self.refresh()

    # -- reading -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Counts the period anew, in a reader's thread; the comparison comes after the figures."""
        if self._job is not None and self._job.running:
            self._job.forget()
            self._job.cancel()
        self._stale = False
        office, period = self._office, self.chooser.period
        if self.shown is None or self.shown.period != period:
            self.shown = None
            for table in self.tables.values():
                table.figures.wait()
            self.foot.setText(_("The figures of {period} are being counted …").format(period=period_name(period)))

        def read(progress: Progress) -> tuple[ShownReport, list[SentRow], list[DueReport]]:
            names = {one.id: one.name for one in office.store.all(Office)}
            made = [SentRow(one, names.get(one.office, one.office)) for one in office.reports.reports()]
            return read_report(office, period, progress), made, office.reports.due()

        self._job = self._runner.read(read, done=self._arrived, failed=self._failed)

    def _arrived(self, found: tuple[ShownReport, list[SentRow], list[DueReport]]) -> None:
        shown, made, due = found
        if shown.period != self.chooser.period:
            return
        before = self.shown
        if before is not None and before.period == shown.period and before.rows == shown.rows:
            shown = _kept(shown, before)
        self.sent_source.rows = tuple(made)
        self.sent.show_query(None, filtered=False)
        self._show(shown)
        self.tell_due(due)
        office = self._office
        self._job = self._runner.read(
            lambda progress: with_comparison(office, shown, progress), done=self._compared, failed=self._failed
        )

    def _compared(self, shown: ShownReport) -> None:
        if self.shown is not None and shown.period == self.chooser.period:
            self._show(shown)

    def _acted(self, report: SentReport) -> None:
        """A report that was made is the chosen one of its list; Enter opens it."""
        self.tabs.setCurrentWidget(self.sent)
        self.refresh()
        self.sent.show_written(report.id)
        self.sent.focus_list()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)

    def _show(self, shown: ShownReport) -> None:
        self.shown = shown
        for table in self.tables.values():
            table.figures.show_report(shown)
        rows = check_rows(shown)
        self.check_source.rows = rows
        self.checks.show_query(None, filtered=False)
        self.tell_checks(urgent(rows))
        self.narrative.show_sections(shown.narrative)
        self.tell_narrative()
        self.tell_standing(shown.standing)
        self.tell_place()

    # -- opening -----------------------------------------------------------------------------------------

    def open_figure(self, index: QModelIndex) -> None:
        """The records behind a figure."""
        table = self.tabs.currentWidget()
        if isinstance(table, FiguresTable) and self.shown is not None and index.isValid():
            place, value, earlier = (
                table.figures.place(index),
                table.figures.value(index),
                table.figures.earlier_at(index),
            )
            shown = replace(self.shown, period=earlier.period) if earlier else self.shown
            self._push(behind_figure(self._office, shown, place, value))

    def open_check(self, row_id: str) -> None:
        """The records behind a line of the checks."""
        shown = self.shown
        if shown is None or not row_id.isdigit():
            return
        line: CheckRow = self.check_source.rows[int(row_id)]
        if line.broken is not None:
            self._push(behind_rule(self._office, shown, line.broken))
        elif line.check in (Check.MEND, Check.COUNTED):
            self._push(left_out_for(self._office, shown, line.form, line.unit, line.reason))
        elif line.place is not None:
            form, unit, column = line.place
            self._push(behind_figure(self._office, shown, line.place, shown.figures(form).value(unit, column)))

    def _push(self, listed: RecordList) -> None:
        self.pushRequest.emit(RecordsPage(self._office, self._runner, self._keeper, self._files, listed))

    def open_sent(self, report_id: str) -> None:
        """A report as it was made."""
        made = next((one for one in self.sent_source.rows if one.id == report_id), None)
        if made is not None:
            self.pushRequest.emit(SentPage(self._office, self._runner, self._keeper, made.report))

    def open_counting(self, _checked: bool = False) -> None:
        """The choices of counting."""
        if self.shown is not None:
            page = CountingPage(
                *(self._office, self._runner, self._keeper, self.shown.period, self.shown.counting),
                self.chooser.cut_months,
            )
            self.pushRequest.emit(page)

    def open_monthly(self, _checked: bool = False) -> None:
        """The month's report to the People's Committee."""
        from tcd_desktop.ui.reports.monthly_page import MonthlyPage

        self.pushRequest.emit(MonthlyPage(self._office, self._runner, self._keeper))

    # -- acts --------------------------------------------------------------------------------------------

    def _figure_typed(self, column: int, value: int | None) -> None:
        table, shown = self.tabs.currentWidget(), self.shown
        if not isinstance(table, FiguresTable) or shown is None:
            return
        desk, form, scale = self._office.reports, table.figures.form, table.figures.form.column(column).scale
        figures = {str(column): None if value is None else value * scale}
        self._runner.write(
            lambda _progress: desk.type_figures(shown.period.code, form.code, figures), failed=self._failed
        )

    def _part_written(self, code: str, text: str) -> None:
        shown, desk = self.shown, self._office.reports
        if shown is not None:
            self._runner.write(
                lambda _progress: desk.write_part(shown.period.code, NARRATIVE, code, text), failed=self._failed
            )

    def make_report(self, _checked: bool = False) -> None:
        """Asks once more and freezes the report."""
        shown = self.shown
        if shown is None or not self._may_write or self.make.isHidden():
            return
        self.narrative.keep()
        asked = self._office.reports.rules.has_narrative(shown.period)
        parts = tuple(NarrativePart(code=one.code, text=one.text) for one in self.narrative.sections) if asked else ()
        notes = tuple(NarrativePart(code=form, text=text) for form, text in shown.notes.items())
        self.acts.make(
            shown.period,
            shown.rows,
            narrative=(*parts, *notes),
            counting=shown.counting.codes(),
            urgent=urgent(self.check_source.rows),
        )

    def save_pdf(self, _checked: bool = False) -> None:
        """The six tables as one PDF."""
        if (shown := self.shown) is not None:
            write = pdf_of(shown.tables, facts_of_shown(self._office, shown))
            self.saver.start(file_name(shown.period, "bieu", ".pdf"), PDF, write)

    def save_workbook(self, _checked: bool = False) -> None:
        """The six tables as one workbook."""
        if (shown := self.shown) is not None:
            write = workbook_of(shown.tables, facts_of_shown(self._office, shown))
            self.saver.start(file_name(shown.period, "bieu", ".xlsx"), TABLE, write)

    def save_table(self, _checked: bool = False) -> None:
        """What Ctrl+Shift+X of every list does."""
        self.save_workbook()

    def save_narrative(self, _checked: bool = False) -> None:
        """The narrative on the sheet of an administrative document."""
        if (shown := self.shown) is not None:
            self.narrative.keep()
            write = narrative_of(shown.period, self.narrative.sections, facts_of_shown(self._office, shown))
            self.saver.start(file_name(shown.period, "thuyet-minh", ".pdf"), PDF, write)

    # -- the window's questions --------------------------------------------------------------------------

    def activated(self, argument: Any = None) -> None:
        """The code of a period shows that period."""
        if isinstance(argument, str) and argument:
            try:
                period: ReportPeriod = period_from_code(argument)
            except Refused:
                return
            if period != self.chooser.period:
                self.chooser.show_period(period)
                self.refresh()
        self.focus_list()

    def left(self) -> None:
        """Words that were typed are kept at once."""
        self.narrative.keep()

    def can_close(self) -> bool:
        """Words that were typed are kept at once."""
        self.narrative.keep()
        return True

    def store_changed(self, changes: Any) -> None:
        """Whatever is in the books may count; nobody counts while nobody looks."""
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while another page was shown is counted now."""
        super().showEvent(event)
        if self._stale:
            self.refresh()


def _kept(shown: ShownReport, before: ShownReport) -> ShownReport:
    """The earlier figures stay in sight while they are counted anew; the narrative has them already."""
    if before.compared is None:
        return shown
    known = {one.code: one.proposed for one in before.narrative}
    told = tuple(replace(one, proposed=known.get(one.code, one.proposed)) for one in shown.narrative)
    return replace(shown, compared=before.compared, narrative=told)
