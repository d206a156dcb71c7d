"""A few records typed line by line: the subjects of a petition, the people who signed it with others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from tcd_desktop.domain.cases.case_file import Subject
from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.people.person import Member
from tcd_desktop.i18n import Text, _
from tcd_desktop.ui.forms.field import Field
from tcd_desktop.ui.forms.typing import Line
from tcd_desktop.ui.look import icons, look

MOST_ROWS = 60
"""Longer lists of people are attached as a paper."""

Columns = Sequence[tuple[str, Text, int]]
"""Name of the record's field, words, share of the width."""


class RowsField(Field):
    """Records as a tuple. One empty line always follows; Ctrl+Delete takes the line with the keyboard out."""

    def __init__(
        self,
        label: Text,
        make: Callable[..., Any],
        columns: Columns,
        *,
        required: bool = False,
        hint: Text = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, required=required, hint=hint, parent=parent)
        self._make, self._columns = make, columns
        self._kept: list[Any] = []
        self.lines: list[list[Line]] = []
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        now = look.current()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(now.px(6))
        self._grid.setVerticalSpacing(now.px(4))
        for at, (_name, _words, share) in enumerate(columns):
            self._grid.setColumnStretch(at, share)
        self._row.insertWidget(1, self._holder)
        self._add_line()
        remove = QShortcut(QKeySequence("Ctrl+Del"), self)
        remove.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        remove.activated.connect(self._remove_current)

    def value(self) -> Any:
        """The records whose first column is filled."""
        found = []
        for at, line in enumerate(self.lines):
            texts = {name: clean_line(line[n].text()) for n, (name, _w, _s) in enumerate(self._columns)}
            if not any(texts.values()):
                continue
            kept = self._kept[at] if at < len(self._kept) else None
            found.append(self._record(kept, texts))
        return tuple(found)

    def _record(self, kept: Any, texts: dict[str, str]) -> Any:
        """What the table does not show of a known record stays as it was."""
        if kept is None:
            return self._make(**texts)
        others = {name: getattr(kept, name) for name in kept.__dataclass_fields__ if name not in texts}
        return self._make(**{**others, **texts})

    def set_value(self, value: Any) -> None:
        """Shows records; what is being typed for the same ones is left alone."""
        if tuple(value or ()) == self.value():
            return
        self._kept = list(value or ())
        while len(self.lines) < min(len(self._kept) + 1, MOST_ROWS):
            self._add_line()
        while len(self.lines) > len(self._kept) + 1:
            self._drop_line(len(self.lines) - 1)
        for at, line in enumerate(self.lines):
            record = self._kept[at] if at < len(self._kept) else None
            for editor, (name, _words, _share) in zip(line, self._columns, strict=True):
                editor.setText(str(getattr(record, name)) if record is not None else "")
                editor.setCursorPosition(0)

    def _add_line(self) -> None:
        row, line = len(self.lines), []
        for at, (_name, words, _share) in enumerate(self._columns):
            editor = Line()
            editor.setMaxLength(500)
            editor.setPlaceholderText(str(words))
            editor.setAccessibleName(_("{field}, line {n}: {column}").format(field=self._text, n=row + 1, column=words))
            editor.textEdited.connect(self._edited)
            editor.installEventFilter(self)
            self._grid.addWidget(editor, row, at)
            line.append(editor)
        remove = QToolButton()
        icons.dress(remove, "x", "muted", 14)
        remove.setToolTip(_("Remove this line  Ctrl+Delete"))
        remove.setAccessibleName(_("Remove line {n}").format(n=row + 1))
        remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        remove.clicked.connect(lambda _checked=False, first=line[0]: self._remove(first))
        self._grid.addWidget(remove, row, len(self._columns))
        self.lines.append(line)
        self._editors = [editor for known in self.lines for editor in known]
        self.setFocusProxy(self._editors[0])

    def _drop_line(self, at: int) -> None:
        for column in range(len(self._columns) + 1):
            item = self._grid.itemAtPosition(at, column)
            widget = item.widget() if item else None
            if widget is not None:
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.lines.pop(at)
        self._editors = [editor for known in self.lines for editor in known]

    def _edited(self, _text: str) -> None:
        if any(editor.text() for editor in self.lines[-1]) and len(self.lines) < MOST_ROWS:
            self._add_line()
        self.changed.emit(self.value())

    def _remove_current(self) -> None:
        for line in self.lines:
            if any(editor.hasFocus() for editor in line):
                self._remove(line[0])
                return

    def _remove(self, first: Line) -> None:
        at = next((n for n, line in enumerate(self.lines) if line[0] is first), -1)
        texts = [[editor.text() for editor in line] for line in self.lines]
        if at < 0 or not any(texts[at]):
            return
        kept = [record for n, record in enumerate(self._kept) if n != at]
        self._kept = kept
        for line, given in zip(self.lines, [*texts[:at], *texts[at + 1 :], [""] * len(self._columns)], strict=True):
            for editor, text in zip(line, given, strict=True):
                editor.setText(text)
        if len(self.lines) > 1 and not any(editor.text() for editor in self.lines[-2]):
            self._drop_line(len(self.lines) - 1)
        self.lines[min(at, len(self.lines) - 1)][0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(self.value())


def subjects_field(label: Text) -> RowsField:
    """Who is complained of, denounced, or what office a petition is about."""
    return RowsField(
        label, Subject, (("name", _("Name"), 4), ("title", _("Position, office"), 3), ("address", _("Address"), 4))
    )


def petitioners_field(label: Text) -> RowsField:
    """The people who signed with the first one."""
    return RowsField(
        label,
        Member,
        (("name", _("Full name"), 4), ("id_number", _("ID number"), 2), ("address", _("Address"), 4)),
        hint=_("the first stands above"),
    )
