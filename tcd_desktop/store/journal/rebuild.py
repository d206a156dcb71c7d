"""Makes single records anew from the journal: after entries were taken back, or when what was kept aside may count."""

from __future__ import annotations

from sqlalchemy import Connection

from tcd_desktop.domain.erasure import KEPT
from tcd_desktop.store.journal import erasing, fitness, journal
from tcd_desktop.store.journal.journal import Chain, Entry
from tcd_desktop.store.journal.lines import RECORDS, Op, decode_own, table_of
from tcd_desktop.store.journal.merge import ORPHAN, Merge
from tcd_desktop.store.schema.rows import ROWS

TRIED_AGAIN = (ORPHAN, fitness.RANGE, fitness.OWNER, fitness.REFERENCE, "E_SCHEMA")
"""What may become fit later: its record or what it answers has come, or this program has learned more."""


class Rebuild(Merge):
    """A merge without new lines: records of the office of a chain are settled from what the journal holds."""

    def __init__(self, connection: Connection, chain: Chain, *, at: str) -> None:
        super().__init__(connection, chain, first=chain.seq + 1, prev=chain.head, tables=frozenset(RECORDS), at=at)

    def record(self, table: str, record: str) -> None:
        """The record is what its counted operations add up to; without its creation it is not there."""
        if record in self._erased and table in KEPT:
            one = erasing.decision(self._connection, self._chain.office, record)
            if one is not None and one.kind == table:
                erasing.put_in_place(self._connection, one, self._touched)
                return
        known = journal.counted_entries(self._connection, self._chain.office, record)
        entries = [entry for entry in known if table_of(entry.op) == table]
        created = next((entry for entry in entries if entry.op.kind == "put"), None)
        exists = ROWS[table].exists(self._connection, self._chain.office, record)
        if created is None:
            if exists:
                self._take_out(table, record)
            for entry in entries:
                self._set_orphan(entry)
            return
        if not exists:
            self._put_in(table, created.op)
        self._settle(table, record, ROWS[table].names)
        for entry in entries:
            sql = "DELETE FROM quarantine WHERE hash = ? AND code = ?"
            self._connection.exec_driver_sql(sql, (entry.hash, ORPHAN))

    def _put_in(self, table: str, op: Op) -> None:
        row = ROWS[table].row(self._chain.office, op.record, op.after)
        assert row is not None
        ROWS[table].insert(self._connection, [row])
        if ROWS[table].ordered:
            self._touched.visit(row[0], row[0], ROWS[table].names)
        else:
            self._touched.record(table, op.record)

    def _take_out(self, table: str, record: str) -> None:
        office = self._chain.office
        if ROWS[table].ordered:
            number = ROWS[table].row_number(self._connection, office, record)
            self._touched.visit(number, number, ROWS[table].names)
        else:
            self._touched.record(table, record)
        self._connection.exec_driver_sql(f"DELETE FROM {table} WHERE id = ? AND office = ?", (record, office))
        for rows in ("conflict", "decided"):
            self._connection.exec_driver_sql(f"DELETE FROM {rows} WHERE tbl = ? AND record = ?", (table, record))

    def _set_orphan(self, entry: Entry) -> None:
        sql = (
            "INSERT OR IGNORE INTO quarantine (hash, device, epoch, seq, code, line, at) "
            "SELECT j.hash, c.device, c.epoch, j.seq, ?, j.line, ? FROM journal j JOIN chain c ON c.id = j.chain "
            "WHERE j.n = ?"
        )
        self._connection.exec_driver_sql(sql, (ORPHAN, self._at, entry.n))

    def done(self) -> None:
        """Brings the search index up to date."""
        self.finish(last=self._chain.seq, head=self._chain.head)


def try_again(connection: Connection, *, at: str) -> int:
    """Looks again at everything that was kept aside and may count by now; how many operations were taken over."""
    marks = ", ".join("?" * len(TRIED_AGAIN))
    sql = f"SELECT hash, device, epoch, code, line FROM quarantine WHERE code IN ({marks}) ORDER BY device, epoch, seq"
    taken = 0
    wanted: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for digest, device, epoch, code, line in connection.exec_driver_sql(sql, TRIED_AGAIN).all():
        chain = journal.find_chain(connection, device, epoch)
        op = decode_own(line)
        if chain is None or not _counts_now(connection, chain.office, op, code):
            continue
        connection.exec_driver_sql("DELETE FROM quarantine WHERE hash = ?", (digest,))
        wanted.setdefault((device, epoch), []).append((table_of(op), op.record))
        taken += 1
    for (device, epoch), records in wanted.items():
        chain = journal.find_chain(connection, device, epoch)
        assert chain is not None
        rebuild = Rebuild(connection, chain, at=at)
        for table, record in dict.fromkeys(records):
            rebuild.record(table, record)
        rebuild.done()
    return taken


def _counts_now(connection: Connection, office: str, op: Op, code: str) -> bool:
    table = table_of(op)
    if fitness.unfit(connection, office, op):
        return False
    if op.kind == "put":
        return ROWS[table].row(office, op.record, op.after) is not None
    if ROWS[table].exists(connection, office, op.record):
        return True
    return code != ORPHAN and _creation_known(connection, office, table, op.record)


def _creation_known(connection: Connection, office: str, table: str, record: str) -> bool:
    entries = journal.entries_of(connection, office, record)
    return any(entry.op.kind == "put" and table_of(entry.op) == table for entry in entries)
