"""What was written lately, offered under a line while it is typed: whole values, and the end of an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QCompleter

from tcd_desktop.domain.people.citizen_card import PLACE_2021, PLACE_2024
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.recent_values import recent_values
from tcd_desktop.ui.forms.form_fields import Field, LineField
from tcd_desktop.ui.receptions.form_completion import EnterThrough, complete

ALWAYS = {"id_place": (PLACE_2024, PLACE_2021)}
"""Values that are offered even in an empty book."""


def read_recent(office: OpenOffice) -> dict[str, list[str]]:
    """What was written lately, by field. For a reader thread."""
    with office.store.reading() as connection:
        return recent_values(connection, office.office.id)


def offer_recent(fields: Mapping[str, Field], values: Mapping[str, Sequence[str]]) -> None:
    """Offers the values under their lines from now on."""
    for name, found in values.items():
        field = fields.get(name)
        offered = list(dict.fromkeys((*ALWAYS.get(name, ()), *found)))
        if not isinstance(field, LineField) or not offered:
            continue
        if name == "address":
            _complete_tail(field, offered)
        else:
            complete(field, offered)


class TailCompleter(QCompleter):
    """Completes what stands behind the last comma, from its first letter on; the beginning stays as typed."""

    def splitPath(self, path: str) -> list[str]:
        """Only the part behind a comma is compared."""
        _head, comma, tail = path.rpartition(",")
        return [tail.lstrip() if comma and tail.strip() else "\0"]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The line with the end that was chosen."""
        widget = self.widget()
        chosen = str(index.data(self.completionRole()) or "")
        before = widget.text() if hasattr(widget, "text") else ""
        head, comma, _tail = str(before).rpartition(",")
        return f"{head}, {chosen}" if comma else chosen


def _complete_tail(field: LineField, tails: Sequence[str]) -> None:
    completer = TailCompleter(list(tails), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    field.editor.setCompleter(completer)

    def taken(text: str) -> None:
        field.set_value(text)
        field.changed.emit(field.value())

    completer.activated.connect(taken)
    popup = completer.popup()
    if popup is not None:
        EnterThrough(field.editor, popup, completer)
