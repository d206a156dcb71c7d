"""Numbers of letters: one row a year for each PC (số và ký hiệu văn bản), so that two PCs apart never give the same.

A number taken from the paper register has no series of its own. A letter whose issue was undone keeps its number for
itself: nobody else gets it, and when the draft is thrown away the number is entered as spoilt.
"""

from __future__ import annotations

from typing import Any

from tcd_desktop.domain.letters.letter import Letter
from tcd_desktop.domain.letters.letter_rules import PAPER_REGISTER
from tcd_desktop.domain.problems import Refused
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.lines import set_fields, table_of
from tcd_desktop.store.unit import Unit

BOOK = "letter"
_PLAIN = ("", "A")
"""Series whose numbers carry no letter: on paper they look the same."""


class LetterNumbers:
    """`series` is the letter of this PC's own row."""

    def __init__(self, series: str) -> None:
        self._series = series

    def give(self, unit: Unit, letter: Letter, year: int, wanted: int | None) -> tuple[int, str]:
        """(number, series) for a letter issued in a year.

        Raises Refused("letter_number_taken", number=...) for a number of the paper register that stands in the book.
        """
        if wanted is not None:
            if _taken(unit, letter, year, wanted, PAPER_REGISTER, same_sign=True):
                raise Refused("letter_number_taken", number=f"{wanted}/{letter.sign}")
            return wanted, PAPER_REGISTER
        for number, series, of_year in _held(unit, letter.id):
            if of_year == year and series == self._series and not _taken(unit, letter, year, number, series):
                return number, series
        while True:
            number = unit.next_number(BOOK, year, self._series)
            if not _taken(unit, letter, year, number, self._series):
                return number, self._series

    def kept(self, unit: Unit, letter: Letter) -> dict[str, Any]:
        """The fields of the number that a draft kept when its issue was undone; empty when it never had one."""
        for number, series, year in _held(unit, letter.id):
            if not _taken(unit, letter, year, number, series, same_sign=series == PAPER_REGISTER):
                return {"number": number, "series": series, "year": year}
        return {}


def _held(unit: Unit, letter_id: str) -> list[tuple[int, str, int]]:
    """(number, series, year) that a letter ever had, the newest first."""
    found: dict[tuple[int, str, int], None] = {}
    series, year = "A", 0
    for entry in journal.entries_of(unit.connection, unit.office, letter_id):
        if table_of(entry.op) != BOOK:
            continue
        after = set_fields(entry.op.after)
        series, year = after.get("series", series), after.get("year", year)
        if number := after.get("number", 0):
            found[number, series, year] = None
    return list(found)[::-1]


def _taken(unit: Unit, letter: Letter, year: int, number: int, series: str, *, same_sign: bool = False) -> bool:
    """Whether another letter of the office has a number that looks the same on paper."""
    alike = _PLAIN if series in _PLAIN else (series,)
    marks = ", ".join("?" * len(alike))
    sql = f"SELECT 1 FROM letter WHERE office = ? AND year = ? AND number = ? AND series IN ({marks}) AND id <> ?"
    values: tuple[Any, ...] = (unit.office, year, number, *alike, letter.id)
    if same_sign:
        sql, values = f"{sql} AND sign = ?", (*values, letter.sign)
    return unit.connection.exec_driver_sql(sql, values).first() is not None
