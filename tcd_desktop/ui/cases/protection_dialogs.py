"""Asking for protection of a denouncer, the decision on it, its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tcd_desktop.domain.terms import Classification
from tcd_desktop.i18n import _
from tcd_desktop.law import case_grounds
from tcd_desktop.ui.dialogs.ask_dialog import AskDialog
from tcd_desktop.ui.forms.form_fields import ChoiceField, DateField, Field, LineField, TextField
from tcd_desktop.ui.look import look
from tcd_desktop.ui.petitions.ticks_field import TicksField
from tcd_desktop.ui.receptions.asking import day_problem


class _Filled(AskDialog):
    """Emits `filled` with the values of its fields when nothing is missing."""

    filled = Signal(dict)

    def __init__(self, title: str, sentence: str, take: str, parent: QWidget) -> None:
        super().__init__(title, sentence, take, parent)
        self.fields: dict[str, Field] = {}

    def problems(self, values: dict[str, Any]) -> dict[str, str]:
        """Field -> sentence."""
        return {}

    def accept_values(self) -> None:
        """Told when all is there."""
        values = {name: field.value() for name, field in self.fields.items()}
        problems = self.problems(values)
        for name, field in self.fields.items():
            field.set_problem(problems.get(name, ""))
        wrong = next((field for name, field in self.fields.items() if name in problems or field.own_problem()), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.filled.emit(values)
        self.accept()


class AskProtectionDialog(_Filled):
    """Which measures are asked for (Luật Tố cáo Điều 50, 56-58)."""

    def __init__(self, number: str, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(
            _("Request for protection, {number}").format(number=number),
            _("Tick the measures the denouncer asks for. Nobody's name is written here."),
            _("Enter the request"),
            parent,
        )
        self._today = today
        self.setMinimumWidth(look.current().px(640))
        grounds = case_grounds("protection", Classification.DENUNCIATION)
        self.fields = {
            "measures": TicksField(_("Measures"), grounds, required=True),
            "asked_on": DateField(_("Asked on"), today=today, past=True, required=True),
            "note": TextField(_("What threatens, where and from whom"), lines=2),
        }
        self.fields["asked_on"].set_value(today())
        self.show_fields(list(self.fields.values()))

    def problems(self, values: dict[str, Any]) -> dict[str, str]:
        """Measures and a possible day."""
        found = {"measures": "" if values["measures"] else _("Tick at least one measure.")}
        found["asked_on"] = day_problem(values["asked_on"], self._today(), None)
        return {name: sentence for name, sentence in found.items() if sentence}


class DecideProtectionDialog(_Filled):
    """What was decided on a request."""

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(_("Decision on protection"), "", _("Enter the decision"), parent)
        self._today = today
        decisions = [(True, _("Measures applied")), (False, _("Refused"))]
        self.fields = {
            "granted": ChoiceField(_("Decision"), decisions, required=True),
            "number": LineField(_("Number of the decision"), max_length=80),
            "on": DateField(_("Date of the decision"), today=today, past=True, required=True),
        }
        self.fields["on"].set_value(today())
        self.show_fields(list(self.fields.values()))

    def problems(self, values: dict[str, Any]) -> dict[str, str]:
        """What was decided, by which decision."""
        found = {
            "granted": "" if values["granted"] is not None else _("This is needed."),
            "number": _("This is needed.") if values["granted"] and not values["number"] else "",
            "on": day_problem(values["on"], self._today(), None),
        }
        return {name: sentence for name, sentence in found.items() if sentence}


class EndProtectionDialog(_Filled):
    """The day on which the measures end."""

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(_("The protection ends"), "", _("Enter the end"), parent)
        self._today = today
        self.fields = {"on": DateField(_("Ended on"), today=today, past=True, required=True)}
        self.fields["on"].set_value(today())
        self.show_fields(list(self.fields.values()))

    def problems(self, values: dict[str, Any]) -> dict[str, str]:
        """A possible day."""
        sentence = day_problem(values["on"], self._today(), None)
        return {"on": sentence} if sentence else {}
