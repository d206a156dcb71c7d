"""Numbers given twice: two records of an office stand under one number of a year's book. Both are kept.

It happens when a disk was copied or a database was put back unnoticed. A person looks: one of the two gets a new
number with the reason beside it, or both are right (two papers went out with that number) and that is remembered.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.people.link import Link
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.reasons import reason_line
from tcd_desktop.domain.rights import may_write
from tcd_desktop.domain.terms import LinkKind
from tcd_desktop.services.done import Done
from tcd_desktop.services.recycle.binned_words import BinnedWords, Called
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.journal.lines import RECORDS
from tcd_desktop.store.journal.number_ranges import given_twice
from tcd_desktop.store.lists import recycle
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Connection, Store

COUNTERS: Final = {"reception": "reception", "case_file": "case", "petition": "petition"}
"""Table -> the counter its numbers come from; a letter's number is on its paper and cannot be another."""
_NOTES: Final = {"reception": "note", "case_file": "state_note", "petition": "note"}


@dataclass(frozen=True, slots=True)
class Holder:
    """One of the records under a number; `slips`: so many papers with that number were printed."""

    id: str
    called: Called
    slips: int = 0


@dataclass(frozen=True, slots=True)
class Twice:
    """A number of a book that several records have. `renewable`: one of them can get another number."""

    book: str
    office: str
    number: str
    holders: tuple[Holder, ...]
    own: bool
    renewable: bool


class NumberDesk:
    """The numbers given twice in all books here; acts on those of this office."""

    def __init__(self, store: Store, *, office: Office, officer: Officer, series: str) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._series = series

    def twice(self) -> list[Twice]:
        """The numbers on which nobody has decided."""
        words, writes = BinnedWords(self._store), may_write(self._officer.right)
        with self._store.reading() as connection:
            groups = [one for one in given_twice(connection) if not _decided(connection, one[1], one[5])]
            found: list[tuple[str, str, list[tuple[Any, int]]]] = []
            for book, office, _year, _series, _number, ids in groups:
                records: list[Any] = [ROWS[book].read(connection, office, one) for one in ids]
                found.append((book, office, [(one, _slips(connection, office, one.id)) for one in records]))
        return [
            Twice(
                book=book,
                office=office,
                number=records[0][0].book_number,
                holders=tuple(Holder(one.id, words.of(one), slips) for one, slips in records),
                own=writes and office == self._office.id,
                renewable=book in COUNTERS,
            )
            for book, office, records in found
        ]

    def keep(self, book: str, ids: tuple[str, ...], reason: str) -> Done[None]:
        """Remembers that all these records rightly have their number.

        Raises Refused("reason_needed" | "reason_too_long" | "unknown_record" | "other_office").
        """
        reason = reason_line(reason)
        records = [self._own(book, one) for one in sorted(ids)]
        with self._store.unit(act="number.keep", officer=self._officer.id) as unit:
            for one, other in pairwise(records):
                unit.put(
                    Link(
                        id=new_id(),
                        office=unit.office,
                        kind=LinkKind.SAME_NUMBER,
                        earlier=one.id,
                        later=other.id,
                        note=reason,
                    )
                )
            return Done("number.keep", None, unit.commit(), unit.entry)

    def renew(self, book: str, identity: str, reason: str) -> Done[Any]:
        """Gives a record the next number of this PC's book; the old one and the reason stand in its note.

        Raises what `keep` raises, Refused("number_on_paper") for a letter.
        """
        reason = reason_line(reason)
        record = self._own(book, identity)
        if book not in COUNTERS:
            raise Refused("number_on_paper")
        with self._store.unit(act="number.renew", officer=self._officer.id) as unit:
            number = unit.next_number(COUNTERS[book], record.year, self._series)
            note = "\n".join(filter(None, (getattr(record, _NOTES[book]), f"Số cũ {record.book_number}: {reason}")))
            after = unit.change(record, number=number, series=self._series, **{_NOTES[book]: note})
            return Done("number.renew", after, unit.commit(), unit.entry)

    def _own(self, book: str, identity: str) -> Any:
        record: Any = self._store.find(RECORDS[book], identity)
        if record is None or record.removed:
            raise Refused("unknown_record")
        if record.office != self._office.id:
            raise Refused("other_office")
        return record


def _decided(connection: Connection, office: str, ids: list[str]) -> bool:
    """Whether a person said of every neighbouring pair that both are right."""
    sql = "SELECT earlier, later FROM link WHERE kind = ? AND office = ? AND removed = ''"
    known = {frozenset(row) for row in connection.exec_driver_sql(sql, (LinkKind.SAME_NUMBER, office))}
    return all(frozenset(pair) in known for pair in pairwise(sorted(ids)))


def _slips(connection: Connection, office: str, record: str) -> int:
    return recycle.printed_slips(connection, office, record)
