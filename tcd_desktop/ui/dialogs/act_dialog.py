"""A small dialog of an act: fields, what is needed, and a sentence beside the field that lacks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tcd_desktop import words
from tcd_desktop.domain.people.person import Person
from tcd_desktop.domain.problems import Problem, Problems
from tcd_desktop.i18n import _
from tcd_desktop.services.people.unnamed_people import naming
from tcd_desktop.ui.dialogs.ask_dialog import AskDialog
from tcd_desktop.ui.dialogs.dialog_room import make_room
from tcd_desktop.ui.forms.form_fields import Field

Check = Callable[[Mapping[str, Any]], Problems]


class ActDialog(AskDialog):
    """`given` carries field -> value when nothing that is needed is missing and `check` finds nothing that stops.

    A doubt (warning) shows while it is typed and never stops.
    """

    given = Signal(object)

    def __init__(
        self,
        title: str,
        sentence: str,
        take: str,
        fields: Mapping[str, Field],
        parent: QWidget,
        *,
        needed: Sequence[str] = (),
        check: Check | None = None,
    ) -> None:
        super().__init__(title, sentence, take, parent)
        self.fields = dict(fields)
        self._needed, self._check = tuple(needed), check
        self._unnamed: Sequence[Person] = ()
        for field in self.fields.values():
            field.changed.connect(self._typed)
        self.show_fields(tuple(self.fields.values()))
        self._typed()

    def values(self) -> dict[str, Any]:
        """What is entered."""
        return {name: field.value() for name, field in self.fields.items()}

    def keep_unnamed(self, people: Sequence[Person]) -> None:
        """Those who must not be named here: a text that does is pointed out, never stopped."""
        self._unnamed = tuple(people)
        self._typed()

    def _problems(self) -> dict[str, Problem]:
        values = self.values()
        texts = {name: value for name, value in values.items() if isinstance(value, str)}
        found = dict(naming(self._unnamed, texts)) | (dict(self._check(values)) if self._check else {})
        return found | {name: Problem("missing") for name in self._needed if not values[name]}

    def _typed(self, _value: object = None) -> None:
        """Doubts follow the typing; what is missing is told when the dialog is accepted."""
        found = self._problems()
        for name, field in self.fields.items():
            problem = found.get(name)
            doubt = problem is not None and (problem.warning or problem.code != "missing")
            field.set_problem(words.problem(name, problem) if problem and doubt else "", warning=_is_doubt(problem))
        make_room(self)

    def accept_values(self) -> None:
        """Tells what stops beside its field, else gives the values and closes."""
        found = self._problems()
        stopped: Field | None = None
        for name, field in self.fields.items():
            field.tidy()
            problem = found.get(name)
            field.set_problem(words.problem(name, problem) if problem else "", warning=_is_doubt(problem))
            if stopped is None and ((problem and not problem.warning) or field.own_problem()):
                stopped = field
        if stopped is not None:
            make_room(self)
            stopped.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.given.emit(self.values())
        self.accept()


def _is_doubt(problem: Problem | None) -> bool:
    return problem is not None and problem.warning


def reason_sentence() -> str:
    """Under the heading of a dialog that asks for a reason."""
    return _("The reason is kept in the journal.")
