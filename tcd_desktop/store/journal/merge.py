"""Applies the operations of another device to this store, inside one transaction of the caller.

A stretch of lines is fed segment by segment. Its chain is checked line by line against what is known: what is known
already is compared hash by hash, what is new is appended to the journal and applied. The transaction is the stage: a
refusal raises, the caller rolls back, and nothing has changed.

Merge rule: a record belongs to the office that created it, so only PCs of one office can change the same field at
once. Then both values stay; which one is shown is a function of the set of operations (see `store.journal.standing`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Any

from msgspec import UNSET
from sqlalchemy import Connection

from tcd_desktop.store.journal import erasing, fitness, journal, standing
from tcd_desktop.store.journal.balance import Balance as Balance
from tcd_desktop.store.journal.chain import erased, erased_record, withheld_hash
from tcd_desktop.store.journal.journal import Chain
from tcd_desktop.store.journal.lines import BadLine, Op, decode, decode_own, set_fields, table_of
from tcd_desktop.store.journal.number_ranges import BOOKS, NumberRanges
from tcd_desktop.store.schema.rows import ROWS, Row
from tcd_desktop.store.search import search

ORPHAN = "E_PARENT"
"""A change of a record that has not come yet: kept aside, and counted once the record is there."""

ORDERED_BY_ID = frozenset({"reception", "petition", "case_file"})
"""Lists and the search index put these in order by digits of their ids: any other id would stop the import."""
_UUID = re.compile(r"[0-9a-f]{32}")

_CASE = 3 + ROWS["reception"].names.index("case")
"""Where the case stands in a row of a visit, after row number, office and id."""

_NUMBERED = {
    table: [(3 if ROWS[table].ordered else 2) + ROWS[table].names.index(name) for name in ("year", "series", "number")]
    for table in BOOKS
}
"""Where year, series and number stand in a row, after row number, office and id."""
UNDONE = "E_UNDONE"
"""An operation whose import was taken back: kept aside, never part of the journal, taken again when it comes again."""

REVOKED, LEFT_OUT = "E_REVOKED", "E_LEFT_OUT"
"""An operation beyond the last one that is trusted of a revoked PC: kept aside, never part of the journal."""


class MergeRefused(Exception):
    """The stretch cannot be applied. `code`: E_GAP, E_FORK, E_ORDER, E_SCOPE, E_CHAIN, E_BALANCE, that of a BadLine."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Merge:
    """Takes the lines of one chain from `first` on; `prev` is the chain hash before it.

    `trusted` is the last number that counts of a revoked PC; None when it is not revoked. `withheld`: lines that do not
    concern this office may be there as their hashes only (a superior's journal); they are kept and count as nothing.
    `fresh` is the first number that was not known here, 0 while there is none.
    """

    def __init__(
        self,
        connection: Connection,
        chain: Chain,
        *,
        first: int,
        prev: bytes,
        tables: Collection[str],
        at: str,
        trusted: int | None = None,
        withheld: bool = False,
    ) -> None:
        self._connection = connection
        self._chain = chain
        self._tables = frozenset(tables)
        self._at = at
        self._trusted = trusted
        self._withheld = withheld
        self._next = first
        self._head = prev
        self._touched = search.Touched(connection)
        self._ranges = NumberRanges(chain.id)
        self._mixed: bool | None = None
        self._any_undone: bool | None = None
        self.fresh = 0
        self.latest = ""
        self.balance = Balance()
        self._orphans = self._known_orphans()
        self._erased = erasing.erased(connection, chain.office)
        self._check_joint(first, prev)

    def _check_joint(self, first: int, prev: bytes) -> None:
        """The stretch must begin where the known history ends, or inside it at the same hash."""
        chain = self._chain
        if first > chain.seq + 1:
            raise MergeRefused("E_GAP", have=chain.seq, need=first)
        known = chain.head if first == chain.seq + 1 else journal.hash_at(self._connection, chain, first - 1)
        if known != prev:
            raise MergeRefused("E_FORK", have=chain.seq, need=first, parted=first - 1)

    def _known_orphans(self) -> dict[str, list[bytes]]:
        """Record -> hashes of changes that came before the record itself (from another PC of its office)."""
        orphans: dict[str, list[bytes]] = defaultdict(list)
        sql = (
            "SELECT q.hash, q.line FROM quarantine q JOIN chain c ON c.device = q.device AND c.epoch = q.epoch "
            "WHERE q.code = ? AND c.office = ?"
        )
        for digest, line in self._connection.exec_driver_sql(sql, (ORPHAN, self._chain.office)):
            orphans[decode_own(line).record].append(digest)
        return orphans

    def block(self, lines: list[bytes], heads: list[bytes]) -> None:
        """Applies the next lines; `heads` are the chain hashes after each, computed by whoever checked the file."""
        self.balance.received += self._count(lines)
        known = min(max(self._chain.seq - self._next + 1, 0), len(lines))
        counted = len(lines)
        if self._trusted is not None:
            counted = max(min(self._trusted - self._next + 1, counted), known)
        if known:
            self._compare(lines[:known], heads[:known])
        if known < counted:
            self._apply(lines[known:counted], heads[known:counted])
        if counted < len(lines):
            self._set_aside(lines[counted:], heads[counted:])

    def _count(self, lines: list[bytes]) -> int:
        return sum(withheld_hash(line) is None for line in lines)

    def _compare(self, lines: list[bytes], heads: list[bytes]) -> None:
        last = self._next + len(heads) - 1
        known = journal.known_hashes(self._connection, self._chain, self._next, last)
        if known != heads:
            same = next(at for at, pair in enumerate(zip(known, heads, strict=True)) if pair[0] != pair[1])
            raise MergeRefused("E_FORK", have=self._chain.seq, need=self._next, parted=self._next + same - 1)
        self._next, self._head = last + 1, heads[-1]
        for line in lines:
            if withheld_hash(line) is None:
                self.balance.count("identical", _table_named(line))

    def _apply(self, lines: list[bytes], heads: list[bytes]) -> None:
        ops = [self._told(line, seq) for seq, line in enumerate(lines, start=self._next)]
        if self._erased:
            lines, ops = self._without_erased(lines, ops)
        records = [op.record if op else erased_record(line) for op, line in zip(ops, lines, strict=True)]
        self.fresh = self.fresh or self._next
        self._chain = journal.append_hashed(self._connection, self._chain, records, lines, heads)
        self._forget_undone(heads)
        self._next, self._head = self._next + len(lines), heads[-1]
        puts: dict[str, list[Row]] = defaultdict(list)
        sets: list[tuple[Op, bytes, bytes]] = []
        for op, line, digest in zip(ops, lines, heads, strict=True):
            if op is None:
                continue
            self.latest = max(self.latest, op.at)
            unfit = fitness.unfit(self._connection, self._chain.office, op, from_above=self._withheld)
            if unfit:
                self._quarantine(op, line, digest, unfit)
                continue
            if op.kind == "set":
                sets.append((op, line, digest))
                continue
            table = table_of(op)
            row = ROWS[table].row(self._chain.office, op.record, op.after)
            if row is None:
                self._quarantine(op, line, digest, "E_SCHEMA")
            else:
                puts[table].append(row)
        decided = puts.pop(_ERASURE, [])
        for table, rows in puts.items():
            self._insert(table, rows)
        if decided:
            self._erase(decided)
        for op, line, digest in sets:
            if op.record in self._erased:
                self.balance.count("identical", table_of(op))
            else:
                self._set(op, line, digest)

    def _without_erased(self, lines: list[bytes], ops: list[Op | None]) -> tuple[list[bytes], list[Op | None]]:
        """Of what is said of an erased record only the hash is kept."""
        lines, ops = list(lines), list(ops)
        for at, op in enumerate(ops):
            if op is not None and op.record in self._erased and table_of(op) != _ERASURE:
                self.balance.count("identical", table_of(op))
                lines[at], ops[at] = erased(op.record, sha256(lines[at]).digest()), None
        return lines, ops

    def _erase(self, rows: list[Row]) -> None:
        """Decisions have come: they win over everything, whatever came before or comes later."""
        self._insert(_ERASURE, rows)
        for row in rows:
            one = ROWS[_ERASURE].read(self._connection, *ROWS[_ERASURE].identity(row))
            assert one is not None
            erasing.erase(self._connection, one.unit, one.record, self._touched)
            self._orphans.pop(one.record, None)
        self._erased = erasing.erased(self._connection, self._chain.office)

    def _set_aside(self, lines: list[bytes], heads: list[bytes]) -> None:
        for line, digest in zip(lines, heads, strict=True):
            if erased_record(line):  # there is nothing to keep aside
                self._next, self._head = self._next + 1, digest
                continue
            self._quarantine(self._checked(line, self._next), line, digest, REVOKED)
            self._next, self._head = self._next + 1, digest

    def _told(self, line: bytes, seq: int) -> Op | None:
        """The operation of a line; None when it is withheld from us."""
        if erased_record(line) or (self._withheld and withheld_hash(line) is not None):
            return None
        return self._checked(line, seq)

    def _checked(self, line: bytes, seq: int) -> Op:
        try:
            op = decode(line)
        except BadLine as bad:
            raise MergeRefused(bad.code, line=seq) from bad
        if op.seq != seq:
            raise MergeRefused("E_ORDER", line=seq)
        table = table_of(op)
        if table not in self._tables or (table == "office" and op.record != self._chain.office):
            raise MergeRefused("E_SCOPE", line=seq)
        if (op.kind == "put") != (op.before is UNSET) or (op.kind == "set" and not set_fields(op.after)):
            raise MergeRefused("E_SCHEMA", line=seq)
        if table in ORDERED_BY_ID and not _UUID.fullmatch(op.record):
            raise MergeRefused("E_SCHEMA", line=seq)
        return op

    def _insert(self, table: str, rows: list[Row]) -> None:
        """New records; one that another PC of the office has made as well is settled field by field."""
        self._require_own(table, [ROWS[table].identity(row)[1] for row in rows])
        if table in BOOKS:
            self._ranges.note(table, ([row[at] for at in _NUMBERED[table]] for row in rows))  # type: ignore[misc]
        known = {ROWS[table].identity(row) for row in ROWS[table].insert(self._connection, rows)}
        for row in rows:
            identity = ROWS[table].identity(row)
            if identity in known:
                self._settle_whole(table, identity[1])
                continue
            self.balance.count("new", table)
            if ROWS[table].ordered:
                self._touched.new_visit(row[0], row[_CASE])
            else:
                self._touched.record(table, identity[1])
            if identity[1] in self._orphans:
                self._adopt(table, identity[1])

    def _require_own(self, table: str, records: list[str]) -> None:
        """An id belongs to the office that made it: no correct program writes of another office's record."""
        if ROWS[table].known_elsewhere(self._connection, self._chain.office, records):
            raise MergeRefused("E_SCOPE", table=table)

    def _settle_whole(self, table: str, record: str) -> None:
        differ = self._settle(table, record, ROWS[table].names)
        self.balance.count("conflict" if differ else "identical", table)

    def _adopt(self, table: str, record: str) -> None:
        """Changes of this record had come before the record itself: now they count."""
        self._settle(table, record, ROWS[table].names)
        for digest in self._orphans.pop(record):
            self._connection.exec_driver_sql("DELETE FROM quarantine WHERE hash = ?", (digest,))

    def _set(self, op: Op, line: bytes, digest: bytes) -> None:
        table = table_of(op)
        rows = ROWS[table]
        office = self._chain.office
        if not rows.exists(self._connection, office, op.record):
            self._require_own(table, [op.record])
            self._quarantine(op, line, digest, ORPHAN)
            self._orphans[op.record].append(digest)
            return
        fields = set_fields(op.after)
        if table in BOOKS and "number" in fields:
            self._note_number(table, op.record, fields)
        undoing = op.act.startswith(f"{journal.DECISION}.")
        if undoing or self._several_writers(op.record):
            conflict = self._settle(table, op.record, rows.names if undoing else fields)
            self.balance.count("conflict" if conflict else "updated", table)
            return
        rows.update(self._connection, office, op.record, fields)
        self._note_index(table, op.record, fields)
        self.balance.count("updated", table)

    def _note_number(self, table: str, record: str, fields: dict[str, Any]) -> None:
        sql = f"SELECT year, series FROM {table} WHERE id = ? AND office = ?"
        year, series = self._connection.exec_driver_sql(sql, (record, self._chain.office)).one()
        self._ranges.note(table, [(fields.get("year", year), fields.get("series", series), fields["number"])])

    def _several_writers(self, record: str) -> bool:
        """Whether another device has written to this record, or could have: most offices have one PC."""
        if self._mixed is None:
            sql = "SELECT 1 FROM chain WHERE office = ? AND id <> ? LIMIT 1"
            row = self._connection.exec_driver_sql(sql, (self._chain.office, self._chain.id)).first()
            self._mixed = row is not None
        if not self._mixed:
            return False
        sql = "SELECT 1 FROM journal WHERE record = ? AND chain <> ? LIMIT 1"
        return self._connection.exec_driver_sql(sql, (record, self._chain.id)).first() is not None

    def _settle(self, table: str, record: str, names: Iterable[str]) -> bool:
        """Shows in each field what the set of operations says; True when one has different values side by side."""
        shown, several = standing.stand(self._connection, self._chain.office, table, record, names, at=self._at)
        self._note_index(table, record, shown)
        return several

    def _note_index(self, table: str, record: str, fields: Collection[str]) -> None:
        if ROWS[table].ordered and not search.INDEXED_FIELDS.isdisjoint(fields):
            before, after = ROWS[table].reorder(self._connection, self._chain.office, record)
            self._touched.visit(before, after, fields)
        elif not ROWS[table].ordered:
            self._touched.record(table, record)

    def _quarantine(self, op: Op, line: bytes, digest: bytes, code: str) -> None:
        chain = self._chain
        self._connection.exec_driver_sql(
            "INSERT OR IGNORE INTO quarantine (hash, device, epoch, seq, code, line, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (digest, chain.device, chain.epoch, op.seq, code, line, self._at),
        )
        self.balance.count("refused", table_of(op))

    def _forget_undone(self, heads: list[bytes]) -> None:
        """Entries whose import had been taken back have come again."""
        if self._any_undone is None:
            sql = "SELECT 1 FROM quarantine WHERE code = ? AND device = ? AND epoch = ? LIMIT 1"
            values = (UNDONE, self._chain.device, self._chain.epoch)
            self._any_undone = self._connection.exec_driver_sql(sql, values).first() is not None
        if self._any_undone:
            sql = "DELETE FROM quarantine WHERE hash = ? AND code = ?"
            self._connection.exec_driver_sql(sql, [(digest, UNDONE) for digest in heads])

    def finish(self, *, last: int, head: bytes) -> Balance:
        """Checks that the stretch ended where it said, and brings the search index up to date."""
        if self._next != last + 1 or self._head != head:
            raise MergeRefused("E_CHAIN")
        if not self.balance.adds_up:
            raise MergeRefused("E_BALANCE", received=self.balance.received)
        self._ranges.write(self._connection)
        self._touched.finish()
        return self.balance


_ERASURE = "erasure"
_NAMED = b'"table":"'


def _table_named(line: bytes) -> str:
    """The table of a canonical line without decoding it: a quotation mark inside a text is always escaped."""
    at = line.rfind(_NAMED) + len(_NAMED)
    return line[at : line.index(b'"', at)].decode("ascii")
