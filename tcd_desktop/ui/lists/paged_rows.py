"""What readers bring to a list: rows ready to be shown, in pages, with the cursors between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tcd_desktop.ui.lists.list_columns import Chip, CountLike


@dataclass(slots=True)
class ReadyRow:
    """One row ready to be shown."""

    id: str
    row: Any
    cells: tuple[str, ...]
    chips: tuple[Chip | None, ...]


@dataclass(slots=True)
class Load:
    """What a reader brings: pages by number, cursors by page number, and, if asked, the length."""

    pages: dict[int, list[ReadyRow]]
    cursors: dict[int, Any]
    total: int | None = None
    count: CountLike | None = None
