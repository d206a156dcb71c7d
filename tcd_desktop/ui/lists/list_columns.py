"""What a list is made of: columns as data, chips, the roles of cells, and where rows come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

from PySide6.QtCore import Qt

from tcd_desktop.i18n import Text

EVERY = 1000
"""Rows between two anchors."""

ROLE_ID = Qt.ItemDataRole.UserRole + 1
"""The id of the row's record (str); None while the row is being read."""
ROLE_CHIP = Qt.ItemDataRole.UserRole + 2
"""The `Chip` of a cell, or None."""
ROLE_ROW = Qt.ItemDataRole.UserRole + 3
"""The row as the source gave it."""

ROLE_DIVIDER = Qt.ItemDataRole.UserRole + 4
"""The words above a row where another stretch of the list begins; None or "" elsewhere."""

Tone = Literal["neutral", "accent", "danger", "warning", "success", "closed", "secret"]


@dataclass(frozen=True, slots=True)
class Chip:
    """A status: a word on a quiet colour, with an icon's name ("" = none), never the colour alone."""

    text: str
    tone: Tone = "neutral"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list. `text` and `chip` are asked once per row, when its page arrives.

    `width` in pixels at 100 % text; a column with `stretch` takes what is left. `shown` is False for a column that is
    offered but hidden at first. `value` is what a table file gets (a day, a number, a text) where that is not the
    text or the chip.
    """

    key: str
    title: Text
    width: int
    text: Callable[[Any], str]
    align: Literal["left", "right", "center"] = "left"
    chip: Callable[[Any], Chip | None] | None = None
    tooltip: Callable[[Any], str] | None = None
    stretch: bool = False
    strong: bool = False
    shown: bool = True
    value: Callable[[Any], date | int | str | None] | None = None


class CountLike(Protocol):
    """How many rows: `value`, or at least `value` when `capped`."""

    @property
    def value(self) -> int: ...
    @property
    def capped(self) -> bool: ...


class PageLike(Protocol):
    """Rows and the cursor of the next page (None at the end)."""

    @property
    def rows(self) -> Sequence[Any]: ...
    @property
    def next(self) -> Any: ...


class PageSource(Protocol):
    """Where rows come from. All three are called in reader threads."""

    def page(self, query: Any, *, before: Any, size: int) -> PageLike:
        """`size` rows that follow the cursor `before` in list order; None = from the top."""

    def count(self, query: Any, cap: int) -> CountLike:
        """Counts up to `cap` rows."""

    def anchors(self, query: Any, every: int = EVERY) -> Sequence[Any]:
        """One cursor per `every` rows: `page(query, before=anchors[i])` begins with row number (i + 1) *
        every."""
