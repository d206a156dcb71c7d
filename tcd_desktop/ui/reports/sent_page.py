"""A report as it was made: its tables, its words, what the books tell otherwise today; sending and withdrawing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from tcd_desktop.domain.office import Office
from tcd_desktop.domain.reports.report_counting import CountingChoices
from tcd_desktop.domain.reports.report_period import period_from_code
from tcd_desktop.domain.reports.sent_report import ReportKind, SentReport
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.open_office.report_papers import facts_of_sent, file_name
from tcd_desktop.reports.circular.tables import CODES
from tcd_desktop.reports.circular_sheets.narrative import Section, kept_sections
from tcd_desktop.reports.circular_sheets.pdf import circular_pdf
from tcd_desktop.reports.monthly.report import MonthlyReport, kept_report
from tcd_desktop.services.reports.report_figures import Difference
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.exchange.rows import FixedRows
from tcd_desktop.ui.forms.page_frame import scrolled
from tcd_desktop.ui.lists.list_view import ListView
from tcd_desktop.ui.lists.paged_model import PagedModel
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.receptions.slip_preview import SlipPreview
from tcd_desktop.ui.reports.check_rows import CheckRow, changed_rows, check_columns
from tcd_desktop.ui.reports.figures_model import FiguresModel
from tcd_desktop.ui.reports.figures_table import FiguresTable
from tcd_desktop.ui.reports.file_saver import FileSaver
from tcd_desktop.ui.reports.page_heads import act_button, primary, report_head
from tcd_desktop.ui.reports.report_acts import ReportActs
from tcd_desktop.ui.reports.report_files import (
    PDF,
    TABLE,
    monthly_pdf_of,
    monthly_workbook_of,
    narrative_of,
    narrative_pdf,
    pdf_of,
    tables_of,
    workbook_of,
)
from tcd_desktop.ui.reports.report_reading import ShownReport
from tcd_desktop.ui.reports.report_signing import ReportSigning
from tcd_desktop.ui.reports.sent_rows import standing_chip
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words.report_words import report_name

SAME = State(
    lazy("The books still tell what was sent"),
    lazy("What changes in them later is listed here, figure by figure, as an adjustment."),
    icon="check-check",
)


def _paper_of(report: MonthlyReport) -> bytes:
    from tcd_desktop.reports.monthly.paper import monthly_pdf

    return monthly_pdf(report)


class SentPage(Page):
    """Ctrl+Enter records the sending, Ctrl+P the tables as PDF, Ctrl+Shift+X as a workbook."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        keeper: Keeper,
        report: SentReport,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self.report = report
        self.monthly: MonthlyReport | None = None
        self.sections: tuple[Section, ...] = ()
        self._take(report)
        self.changed: tuple[Difference, ...] = ()
        self.acts = ReportActs(office, runner, self)
        self.acts.done.connect(self._acted)
        self.message, self.saver = MessageBar(), FileSaver(runner)
        self.acts.told.connect(self.message.tell)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.models: dict[str, FiguresModel] = {}
        self.rows = FixedRows()
        columns = check_columns(offices=office.is_superior)
        self.differences = ListView(
            "report-differences", PagedModel(self.rows, columns, runner=runner, parent=self), keeper, empty=SAME
        )
        self.differences.openRequest.connect(self._open_difference)
        self._buttons()
        self._lay_out()
        self._show()
        self.refresh()

    @property
    def title(self) -> str:
        """Which report."""
        return report_name(period_from_code(self.report.period), self.report.kind)

    def _take(self, report: SentReport) -> None:
        """What the report holds besides its tables."""
        if report.kind is ReportKind.MONTHLY:
            self.monthly = kept_report(report, self._office_of(report))
        else:
            self.sections = kept_sections(report.narrative)

    def _office_of(self, report: SentReport) -> Office:
        """Whose report it is: a ward's is read here too."""
        own = self._office.office
        return own if report.office == own.id else self._office.store.find(Office, report.office) or own

    def _buttons(self) -> None:
        words = _("Record the sending")
        self.send = act_button(self, words, "send", "Ctrl+Enter", self.record_sending)
        primary(self.send, "send", words, "Ctrl+Enter")
        self.withdraw = act_button(self, _("Withdraw…"), "undo-2", "", self.take_back)
        self.pdf = act_button(self, "PDF", "printer", "Ctrl+P", self.save_pdf)
        self.words = act_button(self, _("Narrative"), "file-text", "Ctrl+Shift+P", self.save_narrative)
        self.words.setVisible(bool(self.sections))
        self.signing = ReportSigning(self._office, self._runner, self, self._signed_paper)
        self.signing.told.connect(self.message.tell)
        self.table = act_button(self, "Excel", "table", "Ctrl+Shift+X", self.save_workbook)

    def _lay_out(self) -> None:
        px = look.current().px
        self._chip_place = QWidget()
        self._chips = QVBoxLayout(self._chip_place)
        self._chips.setContentsMargins(0, 0, 0, 0)
        acts = (self.withdraw, self.signing.button, self.words, self.table, self.pdf, self.send)
        head, _heading, self.back = report_head(self.title, (), acts)
        self.back.clicked.connect(self.popRequest)
        self.told = QLabel()
        self.told.setProperty("ink", "muted")
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        standing = QHBoxLayout()
        standing.setContentsMargins(px(16), 0, px(16), px(8))
        standing.setSpacing(px(10))
        standing.addWidget(self._chip_place)
        standing.addWidget(self.told, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.message)
        lines.addWidget(self.saver)
        lines.addLayout(standing)
        lines.addWidget(self.tabs, 1)
        if self.report.figures:
            for code in CODES:
                model = FiguresModel(code, editable=False, parent=self)
                self.models[code] = model
                self.tabs.addTab(FiguresTable(model), code)
        if self.monthly is not None:
            self.preview = SlipPreview(_paper_of, self._runner, name=self.title)
            self.preview.show_slip(self.monthly)
            self.tabs.insertTab(0, self.preview, _("Report"))
            self.tabs.setCurrentIndex(0)
        else:
            if self.sections:
                self.tabs.addTab(self._words(), _("Narrative"))
            self.tabs.addTab(self.differences, _("Adjustments"))
        self.setFocusProxy(self.tabs.currentWidget() or self.tabs)

    def _words(self) -> QScrollArea:
        px = look.current().px
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(px(20), px(12), px(20), px(16))
        for section in self.sections:
            for words, ink in ((section.heading, "strong"), (section.text, "")):
                text = QLabel(words)
                text.setProperty("ink", ink)
                text.setTextFormat(Qt.TextFormat.PlainText)
                text.setWordWrap(True)
                text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                text.setVisible(bool(words))
                lines.addWidget(text)
        lines.addStretch()
        return scrolled(inside)

    # -- reading ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the report again, and what the books tell today."""
        desk, report = self._office.reports, self.report

        def read(progress: Progress) -> tuple[SentReport, tuple[Difference, ...]]:
            kept = desk.find(report.id) or report
            if kept.kind is not ReportKind.CIRCULAR or kept.office != self._office.office.id:
                return kept, ()
            return kept, desk.differences(kept, progress)

        self._runner.read(read, done=self._arrived, failed=self._failed)

    def _acted(self, _report: SentReport) -> None:
        self.refresh()

    def _arrived(self, found: tuple[SentReport, tuple[Difference, ...]]) -> None:
        before = self.report
        self.report, self.changed = found
        if self.report != before:
            self._take(self.report)
            if self.monthly is not None:
                self.preview.show_slip(self.monthly)
        self._show()

    def _failed(self, error: Exception) -> None:
        self.message.tell(*failure(error))

    def _show(self) -> None:
        report, shown = self.report, self._shown()
        for model in self.models.values():
            model.show_report(shown)
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._chips.addWidget(ChipLabel(standing_chip(report)))
        count = len(self.changed)
        told = [_("made on {day}").format(day=f"{report.made_on:%d/%m/%Y}")]
        if report.removed:
            told.append(_("withdrawn: {reason}").format(reason=report.removed))
        if report.note:
            told.append(report.note)
        if count:
            words = ngettext("{n} figure differs today", "{n} figures differ today", count)
            told.append(words.format(n=count))
        self.told.setText("  ·  ".join(told))
        self.rows.rows = tuple(changed_rows(shown))
        self.differences.show_query(None, filtered=False)
        at = self.tabs.indexOf(self.differences)
        if at >= 0:
            self.tabs.setTabText(at, " ".join(filter(None, (_("Adjustments"), f"({count})" if count else ""))))
        own = report.office == self._office.office.id and not report.removed
        self.send.setVisible(own and report.sent_on is None and self._office.may("report.send"))
        self.withdraw.setVisible(own and self._office.may("report.withdraw"))
        self.signing.show_report(report)

    def _shown(self) -> ShownReport:
        facts = facts_of_sent(self._office, self.report)
        return ShownReport(
            period=period_from_code(self.report.period),
            counting=CountingChoices.from_codes(self.report.counting),
            units=facts.units,
            own="",
            tables=tables_of(self.report),
            changed=self.changed,
            names=dict(facts.units),
        )

    # -- acts ------------------------------------------------------------------------------------------

    def record_sending(self, _checked: bool = False) -> None:
        """Asks for number and day."""
        if not self.send.isHidden():
            self.acts.send(self.report)

    def take_back(self, _checked: bool = False) -> None:
        """Asks for the reason."""
        if not self.withdraw.isHidden():
            self.acts.withdraw(self.report)

    def save_pdf(self, _checked: bool = False) -> None:
        """The tables as they were made, as PDF."""
        if self.monthly is not None:
            self.saver.start(self._name("thang", ".pdf"), PDF, monthly_pdf_of(self.monthly))
        elif self.report.figures:
            facts = facts_of_sent(self._office, self.report)
            self.saver.start(self._name("bieu", ".pdf"), PDF, pdf_of(tables_of(self.report), facts))

    def save_workbook(self, _checked: bool = False) -> None:
        """The tables as they were made, as a workbook."""
        if self.monthly is not None:
            self.saver.start(self._name("thang", ".xlsx"), TABLE, monthly_workbook_of(self.monthly))
        elif self.report.figures:
            facts = facts_of_sent(self._office, self.report)
            self.saver.start(self._name("bieu", ".xlsx"), TABLE, workbook_of(tables_of(self.report), facts))

    def save_narrative(self, _checked: bool = False) -> None:
        """The narrative as it was made, as PDF."""
        if self.sections:
            facts = facts_of_sent(self._office, self.report)
            period = period_from_code(self.report.period)
            self.saver.start(self._name("thuyet-minh", ".pdf"), PDF, narrative_of(period, self.sections, facts))

    def _signed_paper(self) -> tuple[str, str, Callable[[], bytes]]:
        """The paper that is signed: the month's report, the narrative while it is shown, else the tables."""
        if self.monthly is not None:
            return "Báo cáo tháng", self._name("thang", ".pdf"), partial(_paper_of, self.monthly)
        facts, period = facts_of_sent(self._office, self.report), period_from_code(self.report.period)
        if self.sections and self.tabs.tabText(self.tabs.currentIndex()) == _("Narrative"):
            return (
                "Báo cáo TT 06/2025",
                self._name("thuyet-minh", ".pdf"),
                partial(narrative_pdf, period, self.sections, facts),
            )
        return "Biểu TT 06/2025", self._name("bieu", ".pdf"), partial(circular_pdf, tables_of(self.report), facts)

    def _name(self, what: str, ending: str) -> str:
        return file_name(period_from_code(self.report.period), what, ending)

    def _open_difference(self, row_id: str) -> None:
        """Goes to the table and figure of a difference."""
        row: CheckRow = self.rows.rows[int(row_id)]
        if row.place is None:
            return
        form, _unit, column = row.place
        self.tabs.setCurrentIndex(CODES.index(form))
        table = self.tabs.currentWidget()
        if isinstance(table, FiguresTable):
            at = next((n for n, (code, _name) in enumerate(table.figures.units) if code == row.unit), 0)
            table.setCurrentIndex(table.figures.index(at, column - 1))
            table.setFocus()

    def store_changed(self, changes: Any) -> None:
        """The books have changed: what was sent stays, the difference is told."""
        self.refresh()
