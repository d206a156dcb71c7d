"""Acts that ask for a few values in a small dialog and are done in the queue of acts, away from the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tcd_desktop.domain.problems import Problem, Problems
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.ui.dialogs.act_dialog import ActDialog
from tcd_desktop.ui.forms.form_fields import DateField, Field
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import RunnerLike


class AskingActs(QObject):
    """Base of what can be done with the chosen record of a desk; `host` is the page its dialogs stand on."""

    told = Signal(str, str)
    """A sentence for the bar above the page, its tone."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, host: QWidget) -> None:
        super().__init__(host)
        self._office, self._runner, self._host = office, runner, host
        self.dialog: ActDialog | None = None
        """The one asked last."""

    def day_field(self, words: str) -> DateField:
        """A day that is today unless something else is typed."""
        field = DateField(words, today=self._office.today, required=True)
        field.set_value(self._office.today())
        return field

    def ask_for(
        self,
        title: str,
        sentence: str,
        take: str,
        fields: Mapping[str, Field],
        act: Callable[[Mapping[str, Any]], Done[Any]],
        *,
        about: tuple[str, str] | None = None,
        **more: Any,
    ) -> ActDialog:
        """A small dialog whose values the act is done with; `more` goes to `ActDialog`.

        `about` is the record (table, id) whose denouncers must not be named in what is typed.
        """
        self.dialog = dialog = ActDialog(title, sentence, take, fields, self._host, **more)
        dialog.given.connect(lambda values: self.perform(partial(act, values)))
        if about is not None:
            unnamed, (table, identity) = self._office.unnamed, about
            self._runner.read(lambda _progress: unnamed.of(table, identity), done=dialog.keep_unnamed)
        dialog.open()
        return dialog

    def perform(self, act: Callable[[], Done[Any]]) -> None:
        """Does an act; what it refuses is told in the bar."""
        self._runner.write(lambda _progress: act(), done=self.performed, failed=self.refused)

    def no_future(self, values: Mapping[str, Any]) -> Problems:
        """What was done on `values["on"]` is not after today."""
        today = self._office.today()
        late = values["on"] is not None and values["on"] > today
        return {"on": Problem("future_date", {"today": today})} if late else {}

    def performed(self, done: Done[Any]) -> None:
        """An act was done."""

    def refused(self, error: Exception) -> None:
        """Tells why an act was not done."""
        sentence, tone = failure(error)
        if sentence:
            self.told.emit(sentence, tone)
