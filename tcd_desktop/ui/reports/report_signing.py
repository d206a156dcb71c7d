"""From a report that was made to the page that signs it digitally: its paper is entered in the register first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.domain.reports.sent_report import SentReport
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.ui.reports.page_heads import act_button
from tcd_desktop.ui.signing.sign_act import ACT, Signable
from tcd_desktop.ui.window.actions import row
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

PaperOf = Callable[[], tuple[str, str, Callable[[], bytes]]]
"""(which form, name of the file, what makes the PDF) of what is shown."""


class ReportSigning(QObject):
    """`button` for the head of the page; `told` carries a sentence and its tone."""

    told = Signal(str, str)

    def __init__(self, office: OpenOffice, runner: RunnerLike, page: Page, paper: PaperOf) -> None:
        super().__init__(page)
        self._office, self._runner, self._page, self._paper = office, runner, page, paper
        self._report: SentReport | None = None
        act = row("signature.sign")
        self.button: QPushButton = act_button(page, _("Sign…"), act.icon, act.shortcut, self.begin)

    def show_report(self, report: SentReport) -> None:
        """The report that the page shows: an office signs its own, and none that was withdrawn."""
        own = self._office.writes_in(report.office) and not report.removed
        self._report = report if own and self._office.may(ACT) else None
        self.button.setVisible(self._report is not None)

    def begin(self) -> None:
        """Enters the paper that is shown, unless it was entered, and goes to the signing page."""
        report = self._report
        if report is None:
            return
        form, name, make = self._paper()
        desk = self._office.signing

        def work(_progress: Progress) -> Done[IssuedDocument]:
            return desk.enter_report(report, make(), form=form)

        self._runner.write(work, done=partial(self._entered, name), failed=self._failed)

    def _entered(self, name: str, done: Done[IssuedDocument]) -> None:
        self._page.signRequest.emit(Signable(done.value, name))

    def _failed(self, error: Any) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.told.emit(sentence, tone)
