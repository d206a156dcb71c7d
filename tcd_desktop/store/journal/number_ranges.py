"""From which to which number each chain has given in each book.

Every PC has a series of its own, so a number is given twice only when something went wrong: a disk was copied, a
database put back. Then the ranges of two chains of an office overlap, and only there is it worth looking.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection

BOOKS: Final = ("reception", "case_file", "petition", "letter")
"""The tables whose records have a number in a year's book; 0 is no number."""

_WIDEN: Final = (
    "INSERT INTO number_range (chain, book, year, series, low, high) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (chain, book, year, series) DO UPDATE SET low = min(low, excluded.low), "
    "high = max(high, excluded.high)"
)

Given = tuple[int, str, int]
"""Year, series, number."""


class NumberRanges:
    """The ranges of one chain, widened in memory and written once."""

    def __init__(self, chain: int) -> None:
        self._chain = chain
        self._ranges: dict[tuple[str, int, str], tuple[int, int]] = {}

    def note(self, book: str, given: Iterable[Given]) -> None:
        """The chain has given numbers in a book."""
        for year, series, number in given:
            if number:
                low, high = self._ranges.get((book, year, series), (number, number))
                self._ranges[book, year, series] = min(low, number), max(high, number)

    def write(self, connection: Connection) -> None:
        """Into the store, inside the caller's transaction."""
        rows: list[tuple[Any, ...]] = [
            (self._chain, *key, low, high) for key, (low, high) in sorted(self._ranges.items())
        ]
        if rows:
            connection.exec_driver_sql(_WIDEN, rows)
        self._ranges.clear()


def given_twice(connection: Connection, office: str = "") -> list[tuple[str, str, int, str, int, list[str]]]:
    """(book, office, year, series, number, ids) of the numbers several living records have; "": of all offices."""
    sql = (
        "SELECT a.book, c.office, a.year, a.series, min(max(a.low, b.low)), max(min(a.high, b.high)) "
        "FROM number_range a JOIN number_range b "
        "ON b.book = a.book AND b.year = a.year AND b.series = a.series AND b.chain > a.chain "
        "AND b.low <= a.high AND b.high >= a.low "
        "JOIN chain c ON c.id = a.chain JOIN chain d ON d.id = b.chain AND d.office = c.office "
        "WHERE ? IN ('', c.office) GROUP BY a.book, c.office, a.year, a.series ORDER BY 1, 2, 3, 4"
    )
    found = []
    for book, owner, year, series, low, high in list(connection.exec_driver_sql(sql, (office,))):
        found += [
            (book, owner, year, series, *one) for one in _doubles(connection, book, owner, year, series, low, high)
        ]
    return found


def _doubles(
    connection: Connection, book: str, office: str, year: int, series: str, low: int, high: int
) -> list[tuple[int, list[str]]]:
    state = " AND state = 'issued'" if book == "letter" else ""
    group = ', "sign"' if book == "letter" else ""
    sql = (
        f"SELECT number, group_concat(id, ' ') FROM {book} WHERE office = ? AND year = ? AND series = ? "
        f"AND number BETWEEN ? AND ? AND removed = ''{state} GROUP BY number{group} HAVING count(*) > 1 ORDER BY number"
    )
    rows = connection.exec_driver_sql(sql, (office, year, series, low, high))
    return [(int(number), sorted(str(ids).split())) for number, ids in rows]
