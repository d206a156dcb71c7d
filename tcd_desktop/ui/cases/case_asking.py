"""Field, tag and protection of the case that is shown: asked in small dialogs, done by the desks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tcd_desktop.domain.problems import DraftRefused
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.ui.cases.protection_dialogs import AskProtectionDialog, DecideProtectionDialog, EndProtectionDialog
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words import problem_sentence


class CaseAsking(QObject):
    """Acts of the smaller cards."""

    told = Signal(str, str)

    def __init__(self, office: OpenOffice, runner: RunnerLike, page: QWidget) -> None:
        super().__init__(page)
        self._office, self._runner, self._page = office, runner, page

    def classify(self, case_id: str, field: str, tag: str) -> None:
        """The field and tag of a case."""
        desk = self._office.tags
        self._write(lambda: desk.classify(case_id, field=field, tag=tag))

    def protect(self, case_id: str, number: str, act: str, record: str) -> None:
        """Opens the dialog of an act on protection."""
        desk, today = self._office.protections, self._office.today
        if act == "ask":
            ask = AskProtectionDialog(number, today, self._page)
            ask.filled.connect(lambda values: self._write(lambda: desk.ask(case_id, **values)))
            ask.open()
        elif act == "decide":
            decide = DecideProtectionDialog(today, self._page)
            decide.filled.connect(lambda values: self._write(lambda: desk.decide(record, **values)))
            decide.open()
        elif act == "end":
            end = EndProtectionDialog(today, self._page)
            end.filled.connect(lambda values: self._write(lambda: desk.end(record, **values)))
            end.open()

    def _write(self, act: Callable[[], Done[Any]]) -> None:
        self._runner.write(lambda _progress: act(), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, DraftRefused):
            problem = next(iter(error.problems.values()))
            self.told.emit(_("Not entered. {why}").format(why=problem_sentence(problem)), "danger")
            return
        sentence, tone = failure(error)
        if sentence:
            self.told.emit(sentence, tone)
