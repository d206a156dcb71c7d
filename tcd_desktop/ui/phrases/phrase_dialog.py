"""Keeping a marked text as a phrase: its name, and where it is offered first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tcd_desktop import words
from tcd_desktop.domain.problems import DraftRefused
from tcd_desktop.domain.receptions.phrase import Phrase
from tcd_desktop.domain.receptions.phrase_text import VARIABLES, as_key
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.ui.dialogs.ask_dialog import AskDialog
from tcd_desktop.ui.forms.form_fields import ChoiceField, Field, LineField, TextField
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import RunnerLike

PLACES = ("content", "request", "follow_up", "note")


def phrase_fields(lines: int = 5) -> dict[str, Field]:
    """The fields of a phrase, by the names of the record."""
    variables = " ".join(f"{{{name}}}" for name in VARIABLES[:7])
    places = [("", _("every text")), *((name, str(words.field_name(name))) for name in PLACES)]
    return {
        "key": LineField(_("Name, typed after “/”"), max_length=40, required=True),
        "fields": ChoiceField(_("Offered first in"), places, style="combo"),
        "text": TextField(
            _("Text"), lines=lines, required=True, hint=_("{variables} are filled in").format(variables=variables)
        ),
    }


def show_refusal(fields: dict[str, Field], error: Exception) -> bool:
    """Words what stops a phrase under its fields; False when it is something else."""
    if not isinstance(error, DraftRefused):
        return False
    for name, field in fields.items():
        problem = error.problems.get(name)
        field.set_problem(words.problem(name, problem) if problem else "")
    next(field for name, field in fields.items() if name in error.problems).setFocus(Qt.FocusReason.OtherFocusReason)
    return True


class PhraseDialog(AskDialog):
    """A new phrase from a text."""

    kept = Signal(object)
    """The Phrase."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, text: str, field: str, parent: QWidget) -> None:
        super().__init__(_("Keep as a phrase"), _("From now on “/” and its name put this text in."), _("Keep"), parent)
        self._office, self._runner = office, runner
        self.fields = phrase_fields()
        self.fields["text"].set_value(text)
        self.fields["fields"].set_value(field if field in PLACES else "")
        self.show_fields(list(self.fields.values()))

    def accept_values(self) -> None:
        """Kept when name and text are fit for it."""
        values = {name: field.value() or "" for name, field in self.fields.items()}
        key = values["key"].strip().lstrip("/")
        values["key"] = key if key.isascii() else as_key(key)

        def work(_progress: Progress) -> Done[Phrase]:
            return self._office.phrases.add(**values)

        self._runner.write(work, done=self._kept, failed=self._refused)

    def _kept(self, done: Done[Phrase]) -> None:
        self.kept.emit(done.value)
        self.accept()

    def _refused(self, error: Exception) -> None:
        if not show_refusal(self.fields, error):
            self.fields["text"].set_problem(failure(error)[0])
