"""What makes one of the two lists of this desk differ from the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QPushButton

from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.table_file import TableHead
from tcd_desktop.ui.filters.dimensions import Dimension
from tcd_desktop.ui.lists.list_columns import Column
from tcd_desktop.ui.lists.list_export import Export
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.window.actions import key_text, row


@dataclass(frozen=True, slots=True)
class ListParts:
    """`add` is the action that makes a new line, `nothing` what the pane says without one, `file_name` how a table
    file begins."""

    name: str
    file_name: str
    columns: tuple[Column, ...]
    buttons: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    empty: State
    add: str
    nothing: str
    tables: frozenset[str]


def add_button(action: str) -> QPushButton:
    """The button that makes a new line, with its key."""
    entry = row(action)
    button = QPushButton(f"{entry.text}  {key_text(entry.id)}")
    button.setProperty("kind", "primary")
    icons.dress(button, "plus", "on_accent", 18)
    return button


def as_table(
    office: OpenOffice,
    parts: ListParts,
    title: str,
    above: Sequence[str],
    columns: Sequence[Column],
    rows: Sequence[Any],
) -> Export:
    """The lines that are shown, as a table file of the day."""
    lines = tuple(rows)
    head = TableHead(office.office.name, title, tuple(above))
    name = f"{parts.file_name}-{office.today().isoformat()}.xlsx"
    return Export(name, head, columns, lambda: iter(lines), len(lines))
