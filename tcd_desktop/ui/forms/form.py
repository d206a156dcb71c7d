"""Forms: a view-model without widgets (`DraftModel`), cards that group fields, and what binds the two.

model = DraftModel(draft, lambda draft: draft.problems(today))
binding = FormBinding(model, {"name": LineField(_("Full name"), required=True), ...}, parent=page)
binding.changed.connect(self._draft_changed)
if binding.check():  # shows every problem, puts the keyboard on the first
    save(model.draft)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from tcd_desktop import words
from tcd_desktop.domain.problems import Problem, Problems, blocking
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.receptions.reception_rules import LONG_TEXTS, MULTILINE_FIELDS, TEXT_LIMIT
from tcd_desktop.i18n import Text
from tcd_desktop.ui.forms.field import Field, TextField
from tcd_desktop.ui.look import look

D = TypeVar("D")
UNDO_STEPS = 100


class DraftModel(Generic[D]):
    """A draft (frozen dataclass), what is wrong with it, and how to go back. No widgets.

    Changes of one field in a row are one step of undo until `pause` is called (the field was left).
    """

    def __init__(self, draft: D, problems: Callable[[D], Problems]) -> None:
        self._check = problems
        self._saved = draft
        self._draft = draft
        self._steps: list[D] = []
        self._typing = ""

    @property
    def draft(self) -> D:
        """What is entered now."""
        return self._draft

    @property
    def dirty(self) -> bool:
        """True when there is something to save."""
        return self._draft != self._saved

    @property
    def problems(self) -> Problems:
        """Field name -> what is wrong now."""
        return self._check(self._draft)

    @property
    def can_save(self) -> bool:
        """True when nothing stops an act."""
        return not blocking(self.problems)

    @property
    def can_undo(self) -> bool:
        """True when there is a step to go back."""
        return bool(self._steps)

    def change(self, name: str, value: Any) -> bool:
        """One field as typed; True when the draft changed."""
        return self._take({name: value}, name)

    def apply(self, **values: Any) -> bool:
        """Several fields at once (a card was read): one step of undo."""
        self.pause()
        changed = self._take(values, "")
        self.pause()
        return changed

    def pause(self) -> None:
        """The next change begins a new step of undo."""
        self._typing = ""

    def undo(self) -> bool:
        """Goes one step back; False when there is none."""
        if not self._steps:
            return False
        self._draft = self._steps.pop()
        self._typing = ""
        return True

    def load(self, draft: D, *, dirty: bool = False) -> None:
        """Begins with another draft; `dirty` when it was never saved (found after a crash)."""
        if not dirty:
            self._saved = draft
        self._draft = draft
        self._steps.clear()
        self._typing = ""

    def _take(self, values: Mapping[str, Any], name: str) -> bool:
        changed: D = replace(self._draft, **values)  # type: ignore[type-var]
        if changed == self._draft:
            return False
        if not name or name != self._typing:
            self._steps.append(self._draft)
            del self._steps[:-UNDO_STEPS]
        self._typing = name
        self._draft = changed
        return True


class FormBinding(QObject):
    """Joins the fields of a form with its view-model by the names of the draft's fields.

    A problem shows when its field was left, or everywhere after `check`. `sentence(field, problem)` words it.
    """

    changed = Signal(str)
    """Name of the field that changed; "" for several at once."""

    def __init__(
        self,
        model: DraftModel[Any],
        fields: Mapping[str, Field],
        *,
        sentence: Callable[[str, Problem], str] = words.problem,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.model, self.fields = model, dict(fields)
        self._sentence = sentence
        self._visited: set[str] = set()
        self._all = False
        for name in MULTILINE_FIELDS if isinstance(model.draft, ReceptionDraft) else ():
            field = self.fields.get(name)
            if isinstance(field, TextField):
                field.set_limit(LONG_TEXTS.get(name, TEXT_LIMIT))
        unknown = set(self.fields) - {field.name for field in dataclass_fields(model.draft)}
        if unknown:
            raise ValueError(f"no fields of the draft: {sorted(unknown)}")
        for name, field in self.fields.items():
            field.changed.connect(partial(self._typed, name))
            field.left.connect(partial(self._left, name))
        self.show_draft()

    def show_draft(self) -> None:
        """Shows the draft of the view-model in all fields."""
        for name, field in self.fields.items():
            field.set_value(getattr(self.model.draft, name))
        self.show_problems()

    def load(self, draft: Any, *, dirty: bool = False) -> None:
        """Begins with another draft; no problems show until fields are left."""
        self._visited.clear()
        self._all = False
        self.model.load(draft, dirty=dirty)
        self.show_draft()
        self.changed.emit("")

    def untouched(self) -> None:
        """Nothing was left yet: going back to a form passes through the field that had the keyboard in it before."""
        self._visited.clear()
        self.show_problems()

    def apply(self, **values: Any) -> bool:
        """Fills several fields (from a card, a known citizen); marks those that changed as filled in."""
        before = self.model.draft
        if not self.model.apply(**values):
            return False
        self._visited.update(values)
        self.show_draft()
        for name in values:
            if name in self.fields:
                self.fields[name].mark_changed(getattr(before, name) != values[name])
        self.changed.emit("")
        return True

    def undo(self) -> bool:
        """One step back."""
        if not self.model.undo():
            return False
        self.show_draft()
        self.changed.emit("")
        return True

    def check(self) -> bool:
        """Shows every problem and puts the keyboard on the first that stops; True when nothing stops."""
        self._all = True
        self.show_problems()
        first = self.first_problem()
        if first is None:
            return True
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        _scroll_to(first)
        return False

    def first_problem(self) -> Field | None:
        """The first field, in the order of the form, that stops the act."""
        return next((self.fields[name] for name in self.stopping() if name in self.fields), None)

    def stopping(self) -> list[str]:
        """What stops the act, in the order of the form: the draft's problems, and what was typed and is no value.

        What is not asked any more stops nothing, whatever still stands in its hidden line.
        """
        found = blocking(self.model.problems)
        own = {name for name, field in self.fields.items() if not field.isHidden() and field.own_problem()}
        return [*(name for name in self.fields if name in found or name in own), *(found.keys() - self.fields.keys())]

    def show_problems(self, problems: Problems | None = None) -> None:
        """Words the problems of the fields that were visited; `problems` overrides (a service refused)."""
        found = self.model.problems if problems is None else problems
        if problems is not None:
            self._visited.update(problems)
        for name, field in self.fields.items():
            problem = found.get(name)
            if problem is None or not (self._all or name in self._visited):
                field.set_problem("")
            else:
                field.set_problem(self._sentence(name, problem), warning=problem.warning)

    def _typed(self, name: str, value: Any) -> None:
        if self.model.change(name, value):
            self.fields[name].mark_changed(False)
            self.show_problems()
            self.changed.emit(name)

    def _left(self, name: str) -> None:
        self._visited.add(name)
        self.model.pause()
        self.show_problems()


def _scroll_to(field: Field) -> None:
    parent = field.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(field, 0, look.current().px(24))
            return
        parent = parent.parentWidget()


class Card(QFrame):
    """A quiet card with a heading and a grid of fields.

    card.add_row((name, 3), (birth, 1))     fields with their shares of the width
    """

    def __init__(self, title: Text = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "card")
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(now.px(14), now.px(10), now.px(14), now.px(12))
        self.lines.setSpacing(now.px(8))
        self.head = QHBoxLayout()
        if str(title):
            label = QLabel(str(title))
            label.setProperty("ink", "heading")
            self.head.addWidget(label)
            self.head.addStretch()
            self.lines.addLayout(self.head)
            self.setAccessibleName(str(title))

    def add_row(self, *cells: tuple[QWidget, int]) -> QHBoxLayout:
        """A line of fields; the numbers are shares of the width (0 = as wide as it needs)."""
        row = QHBoxLayout()
        row.setSpacing(look.current().px(12))
        for widget, share in cells:
            row.addWidget(widget, share, Qt.AlignmentFlag.AlignTop)
        self.lines.addLayout(row)
        return row

    def add_head(self, widget: QWidget) -> None:
        """A button or note at the right of the heading."""
        self.head.addWidget(widget)


def columns(*stacks: Sequence[QWidget]) -> QGridLayout:
    """Cards in columns of equal width, each stack from top to bottom."""
    grid = QGridLayout()
    grid.setSpacing(look.current().px(12))
    for number, stack in enumerate(stacks):
        column = QVBoxLayout()
        column.setSpacing(look.current().px(12))
        for card in stack:
            column.addWidget(card)
        column.addStretch()
        grid.addLayout(column, 0, number)
        grid.setColumnStretch(number, 1)
    return grid
