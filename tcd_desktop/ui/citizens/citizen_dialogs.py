"""The small dialogs of the desk: correcting a citizen, and saying why two are parted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from tcd_desktop import words
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.problems import blocking
from tcd_desktop.domain.terms import IdKind, Sex
from tcd_desktop.i18n import _
from tcd_desktop.services.people.citizens import FIELDS, citizen_problems
from tcd_desktop.ui.dialogs.ask_dialog import AskDialog
from tcd_desktop.ui.dialogs.reason_dialog import ReasonDialog
from tcd_desktop.ui.forms.form_fields import BirthField, ChoiceField, DateField, Field, LineField
from tcd_desktop.ui.look import look


class AmendCitizenDialog(AskDialog):
    """What is known of a citizen, to be corrected. Past visits keep what was written then."""

    amended = Signal(object)
    """Field name -> value, only those that were changed."""

    def __init__(self, citizen: Citizen, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(
            _("Amend the citizen"),
            _("Lines of the log that are written already stay as they are."),
            _("Save"),
            parent,
        )
        self._citizen, self._today = citizen, today
        self.setMinimumWidth(look.current().px(640))
        self.fields: dict[str, Field] = {
            "name": LineField(words.field_name("name"), required=True, max_length=200),
            "birth_date": BirthField(words.field_name("birth_date"), today=today),
            "sex": ChoiceField(words.field_name("sex"), list(words.options(Sex))),
            "id_kind": ChoiceField(words.field_name("id_kind"), list(words.options(IdKind)), style="combo"),
            "id_number": LineField(words.field_name("id_number"), max_length=40),
            "id_issued": DateField(words.field_name("id_issued"), today=today, past=True),
            "id_place": LineField(words.field_name("id_place"), max_length=200),
            "address": LineField(words.field_name("address"), max_length=300),
            "phone": LineField(words.field_name("phone"), max_length=40),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.current().px(12))
        grid.setVerticalSpacing(look.current().px(8))
        for (name, field), (row, column, span) in zip(self.fields.items(), PLACES, strict=True):
            field.set_value(getattr(citizen, name))
            field.changed.connect(self._show_problems)
            grid.addWidget(field, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(grid)
        self.show_fields(())
        self._show_problems()
        self.fields["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def values(self) -> dict[str, Any]:
        """What the fields say now."""
        return {name: field.value() for name, field in self.fields.items()}

    def _show_problems(self, *_value: object) -> None:
        found = citizen_problems(replace(self._citizen, **self.values()), self._today())
        for name, field in self.fields.items():
            problem = found.get(name)
            field.set_problem(
                words.problem(name, problem) if problem else "", warning=bool(problem and problem.warning)
            )

    def accept_values(self) -> None:
        """Told when nothing is wrong."""
        for field in self.fields.values():
            field.tidy()
        self._show_problems()
        values = self.values()
        stopping = blocking(citizen_problems(replace(self._citizen, **values), self._today()))
        wrong = next((f for name, f in self.fields.items() if name in stopping or f.own_problem()), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        changed = {name: values[name] for name in FIELDS if values[name] != getattr(self._citizen, name)}
        if changed:
            self.amended.emit(changed)
        self.accept()


PLACES = ((0, 0, 4), (0, 4, 2), (1, 0, 2), (1, 2, 2), (1, 4, 2), (2, 0, 2), (2, 2, 4), (3, 0, 4), (3, 4, 2))
"""(row, column, columns) of each field in the grid of six."""


class SplitDialog(ReasonDialog):
    """Why a merged citizen is parted again."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(
            _("Part {name} again").format(name=name),
            _("Each has again what it had before the merge. The visits stay with the one they were logged for."),
            _("Part"),
            parent,
        )
