"""What the book of letters can be narrowed by, and its pages for the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.letters.letter import LetterState
from tcd_desktop.i18n import lazy
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.letter_pages import LetterQuery, LetterRow
from tcd_desktop.store.lists.paging import Count, Page
from tcd_desktop.ui.filters.dimensions import Dimension, days_of, period
from tcd_desktop.ui.letters.letter_words import STATES, kind_options


def dimensions(today: date) -> tuple[Dimension, ...]:
    """The filters in the order of their menu."""
    return (
        period(lazy("Dated")),
        Dimension("kind", lazy("Kind"), tuple(kind_options(today))),
        Dimension("state", lazy("State"), tuple((state.value, text) for state, text in STATES.items())),
    )


def with_values(query: LetterQuery, values: Mapping[str, str], today: date) -> LetterQuery:
    """The same question with these filters; what is not understood any more is left out."""
    since, until = days_of(values, today)
    state = next((one for one in LetterState if one.value == values.get("state", "")), None)
    return replace(query, since=since, until=until, kind=values.get("kind", ""), state=state)


def with_text(query: LetterQuery, text: str, today: date) -> LetterQuery:
    """The same question with other words; kinds whose name has all of them are found too."""
    words = fold(text).split()
    named = tuple(kind for kind, name in kind_options(today) if words and all(word in fold(name) for word in words))
    return replace(query, text=text, named=named)


class LetterSource:
    """Pages of letters for the list."""

    def __init__(self, office: OpenOffice) -> None:
        self._office = office

    def page(self, query: LetterQuery, *, before: Any, size: int) -> Page[LetterRow]:
        """The rows after a cursor."""
        with self._office.store.reading() as connection:
            return self._office.letters.pages.page(connection, query, before=before, size=size)

    def count(self, query: LetterQuery, cap: int) -> Count:
        """How many, up to a cap."""
        with self._office.store.reading() as connection:
            return self._office.letters.pages.count(connection, query, cap=cap)

    def anchors(self, query: LetterQuery, every: int = 1000) -> Sequence[Any]:
        """A cursor for each `every` rows."""
        with self._office.store.reading() as connection:
            return self._office.letters.pages.anchors(connection, query, every=every)


def every_letter(office: OpenOffice, query: LetterQuery) -> Iterator[LetterRow]:
    """Every letter of a list, from one state of the data. For a reader thread."""
    with office.store.reading() as connection:
        cursor = None
        while True:
            page = office.letters.pages.page(connection, query, before=cursor, size=1000)
            yield from page.rows
            cursor = page.next
            if cursor is None:
                return
