"""What lies in the recycle bin, and which numbers of a year's book are missing and why. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.services.recycle.binned_words import BinnedWords
from tcd_desktop.store.journal import erasing
from tcd_desktop.store.journal.lines import RECORDS
from tcd_desktop.store.lists import recycle
from tcd_desktop.store.lists.recycle import BIN_TABLES, Book
from tcd_desktop.store.store import Store

MOST = 500
"""Lines shown of each kind until more are asked for."""


@dataclass(frozen=True, slots=True)
class Binned:
    """A line of the bin. `name` is empty where it could tell who denounced; `secret` says so.

    `code` names the act of a step, for which the window has words. `erased`: a decision took its content for ever.
    """

    table: str
    id: str
    office: str
    number: str
    name: str
    secret: bool
    why: str
    at: datetime | None
    who: str
    code: str = ""
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A number, or several in a row, that a book does not show: removed (with the line of the bin), or never here.

    `state`: "removed", "before" (before the first number of this series: the paper book), "absent" (the numbers are
    not in these data: put back from an older copy), "spoilt" (a print of the slip was spoilt; the number is that of
    its visit).
    """

    series: str
    first: int
    last: int
    state: Literal["removed", "before", "absent", "spoilt"]
    line: Binned | None = None


class RecycleBin:
    """The bin of this office, or at the superior office of all offices known there."""

    def __init__(self, store: Store, *, office: Office) -> None:
        self._store = store
        self._office = office
        self._words = BinnedWords(store)

    def lines(self, *, everywhere: bool = False, most: int = MOST) -> list[Binned]:
        """What lies in the bin, the latest removal first; `everywhere`: of all offices known here.

        At most `most` of each kind, those made last.
        """
        offices = () if everywhere else (self._office.id,)
        found = [line for table in BIN_TABLES for line in self._lines_of(table, offices, most)]
        return sorted(found, key=lambda line: (line.at.timestamp() if line.at else 0.0, line.id), reverse=True)

    def count(self, *, everywhere: bool = False) -> int:
        """How many records lie in the bin."""
        offices = () if everywhere else (self._office.id,)
        with self._store.reading() as connection:
            return sum(recycle.removed_count(connection, table, offices) for table in BIN_TABLES)

    def line(self, table: str, identity: str) -> Binned | None:
        """One record of the bin; None when it is not there."""
        record: Any = self._store.find(RECORDS[table], identity)
        return self._binned(table, record, self._officers()) if record is not None and record.removed else None

    def _lines_of(self, table: str, offices: tuple[str, ...], most: int) -> list[Binned]:
        with self._store.reading() as connection:
            records = recycle.removed_records(connection, table, offices, most)
        officers = self._officers() if records else {}
        return [self._binned(table, record, officers) for record in records]

    def _binned(self, table: str, record: Any, officers: dict[str, str]) -> Binned:
        with self._store.reading() as connection:
            decision = erasing.decision(connection, record.office, record.id)
            removal = (
                recycle.removal_of(connection, table, record.office, record.id)
                if decision is None
                else recycle.change_of(connection, "erasure", decision.office, decision.id, "record")
            )
        called = self._words.of(record)
        return Binned(
            table=table,
            id=record.id,
            office=record.office,
            number=called.number,
            name=called.name,
            secret=called.secret,
            why=record.removed,
            at=removal.at if removal else None,
            who=officers.get(removal.officer, "") if removal else "",
            code=called.code,
            erased=decision is not None,
        )

    def _officers(self) -> dict[str, str]:
        return {officer.id: officer.name for officer in self._store.all(Officer)}

    # -- gaps in the numbers ------------------------------------------------------------------------

    def years(self) -> list[int]:
        """The years of this office's books, the newest first."""
        return self._store.read(lambda connection: recycle.years(connection, self._office.id))

    def gaps(self, book: Book, year: int) -> list[Gap]:
        """Every number of a year's book that the lists do not show, with why; the series one after another."""
        known = self._store.read(lambda connection: recycle.numbers(connection, book, self._office.id, year))
        series: dict[str, dict[int, recycle.Number]] = {}
        for one in known:
            held = series.setdefault(one.series, {}).get(one.number)
            if held is None or held.removed:
                series[one.series][one.number] = one
        officers = self._officers()
        return [gap for name, held in sorted(series.items()) for gap in self._gaps_of(book, name, held, officers)]

    def spoilt_slips(self, year: int) -> list[Gap]:
        """The prints of a year's receipt slips that were spoilt, with the reason, in the order of the numbers."""
        spoilt = self._store.all(
            IssuedDocument,
            "office = ? AND spoilt <> '' AND reception IS NOT NULL ORDER BY print_no",
            (self._office.id,),
        )
        officers, found = self._officers(), list[Gap]()
        for document in spoilt:
            visit = self._store.find_own(Reception, document.reception or "")
            if visit is None or visit.year != year:
                continue
            with self._store.reading() as connection:
                act = recycle.change_of(connection, "issued_document", document.office, document.id, "spoilt")
            line = Binned(
                table="issued_document",
                id=document.id,
                office=document.office,
                number=visit.book_number,
                name=f"{document.form} ({document.print_no})",
                secret=False,
                why=document.spoilt,
                at=act.at if act else None,
                who=officers.get(act.officer, "") if act else "",
            )
            found.append(Gap(visit.series, visit.number, visit.number, "spoilt", line))
        return sorted(found, key=lambda gap: (gap.series, gap.first))

    def _gaps_of(self, book: Book, name: str, held: dict[int, recycle.Number], officers: dict[str, str]) -> list[Gap]:
        gaps: list[Gap] = []
        expected = 1
        for number in sorted(held):
            if number > expected:
                gaps.append(Gap(name, expected, number - 1, "before" if expected == 1 else "absent"))
            if held[number].removed:
                record: Any = self._store.find_own(RECORDS[book], held[number].record)
                gaps.append(Gap(name, number, number, "removed", self._binned(book, record, officers)))
            expected = number + 1
        return gaps
