"""The month's report to the People's Committee: two sections to write at the left, the paper itself at the right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop.domain.reports.report_entry import MONTHLY
from tcd_desktop.domain.reports.report_period import MonthRule, PeriodKind, ReportPeriod, period_of
from tcd_desktop.domain.reports.sent_report import FigureRow, ReportKind, SentReport
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Cancelled, Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.open_office.report_papers import file_name
from tcd_desktop.reports.monthly.report import MonthlyReport, parts_of, report_of
from tcd_desktop.reports.monthly.sections import WRITTEN, missing, monthly_pack
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.receptions.slip_preview import SlipPreview
from tcd_desktop.ui.reports.file_saver import FileSaver
from tcd_desktop.ui.reports.narrative_view import KEEP_MS
from tcd_desktop.ui.reports.page_heads import act_button, primary, report_head
from tcd_desktop.ui.reports.period_chooser import PeriodChooser
from tcd_desktop.ui.reports.report_acts import ReportActs
from tcd_desktop.ui.reports.report_files import PDF, TABLE, monthly_pdf_of, monthly_workbook_of
from tcd_desktop.ui.reports.sent_page import SentPage
from tcd_desktop.ui.reports.sent_rows import standing_chip
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import Job, RunnerLike
from tcd_desktop.words.report_words import period_name

SETTLING: Final = timedelta(days=10)
"""So long into a month the month before is still the one that is reported."""


@dataclass(frozen=True, slots=True)
class ShownMonth:
    """The report of a period as the books tell it now, and the one that was made, if any."""

    report: MonthlyReport
    figures: tuple[FigureRow, ...]
    standing: SentReport | None


class MonthlyPage(Page):
    """Ctrl+Enter makes the report, Ctrl+P saves its PDF, Ctrl+Shift+X its workbook."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner, self._keeper = office, runner, keeper
        self.shown: ShownMonth | None = None
        self._job: Job | None = None
        self._may_write = office.may("report.make")
        self._filling = False
        self.acts = ReportActs(office, runner, self)
        self.acts.done.connect(self._acted)
        self.message, self.saver = MessageBar(), FileSaver(runner)
        self.acts.told.connect(self.message.tell)
        rule = MonthRule(keeper.value.report_month)
        self.chooser = PeriodChooser(office.today, rule)
        self.chooser.show_period(period_of(PeriodKind.MONTH, office.today() - SETTLING, rule))
        self.chooser.changed.connect(self._period_changed)
        self._period: ReportPeriod = self.chooser.period
        self.editors = {code: self._editor(code) for code in WRITTEN}
        self.preview = SlipPreview(self._render, runner, name=_("Monthly report"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.keep)
        self._buttons()
        self._lay_out()
        self.setFocusProxy(self.editors[WRITTEN[0]])
        self.refresh()

    @property
    def title(self) -> str:
        """What is made here."""
        return _("Monthly report")

    # -- making the page -------------------------------------------------------------------------------

    def _editor(self, code: str) -> QPlainTextEdit:
        words = monthly_pack()[code]
        editor = QPlainTextEdit()
        editor.setAccessibleName(words["heading"])
        editor.setPlaceholderText(words["guide"])
        editor.setReadOnly(not self._may_write)
        editor.setMinimumHeight(look.current().px(44))
        editor.setTabChangesFocus(True)
        editor.textChanged.connect(self._typed)
        return editor

    def _buttons(self) -> None:
        words = _("Make the report")
        self.make = act_button(self, words, "check", "Ctrl+Enter", self.make_report)
        primary(self.make, "check", words, "Ctrl+Enter")
        self.make.setVisible(self._may_write)
        self.opened = act_button(self, _("Report that was made"), "send", "", self.open_standing)
        self.opened.hide()
        self.pdf = act_button(self, "PDF", "printer", "Ctrl+P", self.save_pdf)
        self.table = act_button(self, "Excel", "table", "Ctrl+Shift+X", self.save_workbook)

    def _lay_out(self) -> None:
        px = look.current().px
        self._chip_place = QWidget()
        self._chips = QVBoxLayout(self._chip_place)
        self._chips.setContentsMargins(0, 0, 0, 0)
        acts = (self.opened, self.table, self.pdf, self.make)
        head, _heading, self.back = report_head(self.title, (self._chip_place,), acts)
        self.back.clicked.connect(self.popRequest)
        bar = QVBoxLayout()
        bar.setContentsMargins(px(16), 0, px(16), px(8))
        bar.addWidget(self.chooser)
        self.told = QLabel()
        self.told.setProperty("ink", "muted")
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        side = QVBoxLayout()
        side.setSpacing(px(6))
        for code, editor in self.editors.items():
            heading = QLabel(monthly_pack()[code]["heading"])
            heading.setProperty("ink", "strong")
            heading.setWordWrap(True)
            heading.setBuddy(editor)
            side.addWidget(heading)
            side.addWidget(editor, 1)
        side.addWidget(self.told)
        left = QWidget()
        left.setLayout(side)
        left.setFixedWidth(px(340))
        left.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        side.setContentsMargins(0, 0, 0, 0)
        body = QHBoxLayout()
        body.setContentsMargins(px(16), 0, px(16), px(12))
        body.setSpacing(px(14))
        body.addWidget(left)
        body.addWidget(self.preview, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bar)
        lines.addWidget(self.message)
        lines.addWidget(self.saver)
        lines.addLayout(body, 1)

    # -- reading -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Gathers what the report tells, in a reader's thread."""
        if self._job is not None and self._job.running:
            self._job.forget()
            self._job.cancel()
        office, period = self._office, self.chooser.period
        if self.shown is None or self.shown.report.period != period:
            self.told.setText(_("The figures of {period} are being counted …").format(period=period_name(period)))

        def read(progress: Progress) -> ShownMonth:
            from tcd_desktop.open_office.monthly_facts import monthly_facts

            facts = monthly_facts(office, period, progress)
            rows = tuple(row for one in facts.tables.values() for row in one.kept())
            return ShownMonth(report_of(facts), rows, office.reports.standing(period.code, ReportKind.MONTHLY))

        self._job = self._runner.read(read, done=self._arrived, failed=self._failed)

    def _arrived(self, shown: ShownMonth) -> None:
        if shown.report.period != self.chooser.period:
            return
        self.shown = shown
        self._fill(shown)
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._chips.addWidget(ChipLabel(standing_chip(shown.standing)))
        self.opened.setVisible(shown.standing is not None)
        self._tell()
        self.preview.show_slip(shown.report, now=True)

    def _fill(self, shown: ShownMonth) -> None:
        """What is being typed is never taken away."""
        if self._timer.isActive():
            return
        self._filling = True
        for section in shown.report.sections:
            editor = self.editors.get(section.code)
            if editor is not None and editor.toPlainText() != section.text:
                editor.setPlainText(section.text)
        self._filling = False

    def _tell(self) -> None:
        if self.shown is None:
            return
        count = len(missing(self.shown.report.sections))
        words = ngettext("{n} section is not written yet", "{n} sections are not written yet", count)
        told = [words.format(n=count) + "."] if count else []
        told.append(_("The paper keeps up with what is typed; figures come from the books."))
        self.told.setText(" ".join(told))

    @staticmethod
    def _render(report: MonthlyReport) -> bytes:
        from tcd_desktop.reports.monthly.paper import monthly_pdf

        return monthly_pdf(report)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)

    # -- writing -----------------------------------------------------------------------------------------

    def _typed(self) -> None:
        if not self._filling and self._may_write:
            self._timer.start()

    def keep(self) -> None:
        """Keeps what was typed now, not in a moment."""
        self._timer.stop()
        if self.shown is None or not self._may_write or self.shown.report.period != self._period:
            return
        kept = {one.code: one.text for one in self.shown.report.sections}
        desk, period = self._office.reports, self._period
        for code, editor in self.editors.items():
            text = editor.toPlainText().strip()
            if text != kept.get(code, "").strip():
                self._runner.write(
                    lambda _progress, code=code, text=text: desk.write_part(  # type: ignore[misc]
                        period.code, MONTHLY, code, text
                    ),
                    failed=self._failed,
                )

    def written(self) -> MonthlyReport | None:
        """The report with what stands in the fields now, kept already or not; None while it is being counted."""
        if self.shown is None or self.shown.report.period != self._period:
            return None
        sections = tuple(
            replace(one, text=self.editors[one.code].toPlainText().strip()) if one.code in self.editors else one
            for one in self.shown.report.sections
        )
        return replace(self.shown.report, sections=sections)

    def _period_changed(self) -> None:
        """What was typed belongs to the period it was typed for."""
        self.keep()
        self._period = self.chooser.period
        self.refresh()

    # -- acts --------------------------------------------------------------------------------------------

    def make_report(self, _checked: bool = False) -> None:
        """Asks once more and freezes the report."""
        shown, report = self.shown, self.written()
        if shown is None or report is None or not self._may_write:
            return
        self.keep()
        self.acts.make(
            report.period,
            shown.figures,
            kind=ReportKind.MONTHLY,
            narrative=parts_of(report.sections),
            urgent=len(missing(report.sections)),
        )

    def _acted(self, _report: SentReport) -> None:
        self.refresh()

    def open_standing(self, _checked: bool = False) -> None:
        """The report as it was made: its sending is recorded there."""
        if self.shown is not None and self.shown.standing is not None:
            self.pushRequest.emit(SentPage(self._office, self._runner, self._keeper, self.shown.standing))

    def save_pdf(self, _checked: bool = False) -> None:
        """The paper."""
        if (report := self.written()) is not None:
            self.keep()
            self.saver.start(file_name(report.period, "thang", ".pdf"), PDF, monthly_pdf_of(report))

    def save_workbook(self, _checked: bool = False) -> None:
        """The same sections as sheets."""
        if (report := self.written()) is not None:
            self.keep()
            self.saver.start(file_name(report.period, "thang", ".xlsx"), TABLE, monthly_workbook_of(report))

    # -- the window's questions --------------------------------------------------------------------------

    def left(self) -> None:
        """Words that were typed are kept at once."""
        self.keep()

    def can_close(self) -> bool:
        """Words that were typed are kept at once."""
        self.keep()
        return True

    def store_changed(self, changes: Any) -> None:
        """Whatever is in the books may count."""
        self.refresh()
