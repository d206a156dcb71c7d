"""A short list that is in memory already, as the paged lists want it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tcd_desktop.store.lists.pages import Count, Page


class FixedRows:
    """A source for `PagedModel`: give it `rows` and refresh the list. A cursor is a row's number."""

    def __init__(self, rows: Sequence[Any] = ()) -> None:
        self.rows: tuple[Any, ...] = tuple(rows)

    def page(self, query: Any, *, before: Any, size: int) -> Page[Any]:
        """The rows after a cursor."""
        rows = self.rows
        start = before or 0
        end = start + size
        return Page(rows[start:end], end if end < len(rows) else None)

    def count(self, query: Any, cap: int) -> Count:
        """How many, up to a cap."""
        return Count(min(len(self.rows), cap), len(self.rows) > cap)

    def anchors(self, query: Any, every: int = 1000) -> Sequence[Any]:
        """A cursor for each `every` rows."""
        return list(range(every, len(self.rows), every))
