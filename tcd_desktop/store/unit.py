"""The unit of work: one act of an officer = one transaction = one entry of the journal.

    with store.unit(act="reception.log", officer=officer) as unit:
        unit.put(reception)
        unit.commit()

Leaving without commit rolls everything back. One unit belongs to one thread.
"""

from __future__ import annotations

import dataclasses
import secrets
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from msgspec import UNSET
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from tcd_desktop.domain.erasure import Erasure
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.rights import check_right
from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.store.errors import sorted_error
from tcd_desktop.store.journal import erasing, journal, standing
from tcd_desktop.store.journal.clock import HybridClock, new_id
from tcd_desktop.store.journal.high_water import HighWater, mark_of
from tcd_desktop.store.journal.lines import MAX_LINE, OPS, TABLE_OF, BadLine, decode, encode, fields_of, put_fields
from tcd_desktop.store.journal.number_ranges import BOOKS, NumberRanges
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.search import search

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Change:
    """A record an act touched; pages decide whether that concerns them."""

    table: str
    record: str


class Unit:
    """See the module. `changes` lists what was touched; `office` is the office this store belongs to.

    `entry` is the id of the journal entry this unit writes, `undoes` the entry it reverses ("" = none).
    """

    def __init__(
        self, engine: Engine, clock: HybridClock, marks: HighWater, *, act: str, officer: str, undoes: str = ""
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._marks = marks
        self._act = act
        self._officer = officer
        self._undoes = undoes
        self.entry = new_id()
        self._pending: list[tuple[str, bytes]] = []
        self.changes: list[Change] = []

    def __enter__(self) -> Self:
        try:
            self.connection: Connection = self._engine.connect().execution_options(write=True)
            self._transaction = self.connection.begin()
            self._chain = journal.own_chain(self.connection)
            self._touched = search.Touched(self.connection)
            self._ranges = NumberRanges(self._chain.id)
            self.office = self._chain.office
            self._check_right()
        except DBAPIError as error:
            raise sorted_error(error) from error
        except Refused:
            self._transaction.rollback()
            self.connection.close()
            raise
        return self

    def _check_right(self) -> None:
        """The officer as the books know them now, whatever the desk was given when they signed in."""
        sql = 'SELECT "right" FROM officer WHERE id = ? AND office = ?'
        known = self.connection.exec_driver_sql(sql, (self._officer, self.office)).first()
        if known is not None:
            check_right(OfficerRight(known[0]), self._act)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if self._transaction.is_active:
                self._transaction.rollback()
        finally:
            self.connection.close()
        if isinstance(error, UnicodeEncodeError):  # half a letter: no file can hold it
            raise Refused("bad_text") from error
        if isinstance(error, DBAPIError):
            better = sorted_error(error)
            if better is not error:
                raise better from error

    def put(self, record: R) -> R:
        """Creates a record of this office."""
        table = TABLE_OF[type(record)]
        identity, office = record.id, record.office  # type: ignore[attr-defined]
        after = fields_of(put_fields(record), table)
        rows = ROWS[table]
        self._require_own(office)
        row = rows.row(office, identity, after)
        if row is None or rows.insert(self.connection, [row]):
            raise ValueError(f"{table} {identity} exists or lacks a mandatory field")
        self._write(table, identity, kind="put", after=after)
        self._note_number(table, record)
        if rows.ordered:
            self._touched.new_visit(row[0], getattr(record, "case", None))
        else:
            self._touched.record(table, identity)
        if isinstance(record, Erasure):
            erasing.erase(self.connection, record.unit, record.record, self._touched)
            self.changes.append(Change(record.kind, record.record))
        return record

    def change(self, record: R, **fields: Any) -> R:
        """Sets fields of a record of this office; gives the record as it is now. Equal values change nothing."""
        table = TABLE_OF[type(record)]
        identity, office = record.id, record.office  # type: ignore[attr-defined]
        rows = ROWS[table]
        self._require_own(office)
        current: Any = rows.read(self.connection, office, identity)
        changed = {name: value for name, value in fields.items() if getattr(current, name) != value}
        if not changed:
            return record
        return self._set(record, current, changed)

    def decide(self, record: R, **fields: Any) -> R:
        """The same, written even when a value is the one shown: a person has decided between several.

        As the undo or redo of a decision it changes nothing itself; what the decision decided between stands again.
        """
        identity, office = record.id, record.office  # type: ignore[attr-defined]
        self._require_own(office)
        return self._set(record, ROWS[TABLE_OF[type(record)]].read(self.connection, office, identity), fields)

    def _set(self, record: R, current: Any, changed: dict[str, Any]) -> R:
        table = TABLE_OF[type(record)]
        identity, office = current.id, current.office
        rows = ROWS[table]
        if erasing.is_erased(self.connection, office, identity):
            raise Refused("erased")
        self._flush()
        entries = journal.entries_of(self.connection, office, identity)
        base = self._seen(entries, table, current, changed)
        before = fields_of({name: getattr(current, name) for name in changed}, table)
        rows.update(self.connection, office, identity, changed)
        self._write(table, identity, kind="set", after=fields_of(changed, table), before=before, base=base)
        after: R = dataclasses.replace(current, **changed)
        several = any(entry.chain != self._chain.id for entry in entries)
        if several or self._act.startswith(f"{journal.DECISION}."):
            self._flush()
            shown, _ = standing.stand(self.connection, office, table, identity, changed, at=self._at())
            after, changed = dataclasses.replace(after, **shown), changed | shown  # type: ignore[type-var]
        if "number" in changed:
            self._note_number(table, after)
        if rows.ordered:
            self._reindex(office, identity, changed)
        else:
            self._touched.record(table, identity)
        return after

    def _note_number(self, table: str, record: Any) -> None:
        if table in BOOKS:
            self._ranges.note(table, [(record.year, record.series, record.number)])

    def _seen(
        self, entries: list[journal.Entry], table: str, current: Any, changed: dict[str, Any]
    ) -> dict[str, list[str]]:
        """For each field the operations whose value the writer saw; about a removal those of the whole record."""
        base = {
            name: [head.hash.hex() for head in journal.field_heads(entries, table, name)] for name in sorted(changed)
        }
        lies_in_the_bin: str = getattr(current, standing.REMOVED, "")
        if standing.REMOVED in changed or lies_in_the_bin:
            others = standing.others_last(entries, self._chain.id)
            if others:
                base[standing.WHOLE] = others
        return dict(sorted(base.items()))

    @staticmethod
    def _at() -> str:
        return datetime.now().isoformat(timespec="seconds")

    def _require_own(self, office: str) -> None:
        """Nobody writes into the books of another office, whatever a desk was given."""
        if office != self.office:
            raise Refused("other_office")

    def get(self, record: type[R], identity: str) -> R | None:
        """A record of this office as it is inside the unit."""
        return ROWS[TABLE_OF[record]].read(self.connection, self.office, identity)

    def next_number(self, book: str, year: int, series: str) -> int:
        """The next number of one of this PC's books; given to nobody else once the unit is committed."""
        sql = (
            "INSERT INTO counter (book, year, series, last) VALUES (?, ?, ?, 1) "
            "ON CONFLICT (book, year, series) DO UPDATE SET last = last + 1 RETURNING last"
        )
        return int(self.connection.exec_driver_sql(sql, (book, year, series)).scalar_one())

    def commit(self) -> tuple[Change, ...]:
        """Writes the journal, brings the search index up to date and makes everything durable."""
        self._flush()
        self._ranges.write(self.connection)
        self._touched.finish()
        try:
            mark = mark_of(self.connection)
            self._transaction.commit()
        except DBAPIError as error:
            raise sorted_error(error) from error
        self._marks.note(mark)
        return tuple(self.changes)

    def _write(self, table: str, identity: str, **parts: Any) -> None:
        op = OPS[table](
            act=self._act,
            at=self._clock.stamp(),
            entry=self.entry,
            officer=self._officer,
            record=identity,
            salt=secrets.token_hex(16),
            seq=self._chain.seq + len(self._pending) + 1,
            undoes=self._undoes or UNSET,
            **parts,
        )
        line = encode(op)
        if len(line) > MAX_LINE:
            raise Refused("too_much_text", most=MAX_LINE // 1024)
        try:
            decode(line)  # what readers refuse must never enter a journal: nothing after it would be taken either
        except BadLine as bad:
            raise Refused("bad_text") from bad
        self._pending.append((identity, line))
        self.changes.append(Change(table, identity))

    def _flush(self) -> None:
        records = [record for record, _ in self._pending]
        lines = [line for _, line in self._pending]
        self._chain = journal.append(self.connection, self._chain, records, lines)
        self._pending.clear()

    def _reindex(self, office: str, identity: str, changed: dict[str, Any]) -> None:
        if search.INDEXED_FIELDS.isdisjoint(changed):
            return
        before, after = ROWS["reception"].reorder(self.connection, office, identity)
        self._touched.visit(before, after, changed)
