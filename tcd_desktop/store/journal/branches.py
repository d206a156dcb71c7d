"""Two histories of one PC, as after a database was put back or a disk was copied: the second gets a place of its own.

The lines after the point where they part are taken out of their epoch and written into a new one, in the same order and
with the same entries, officers and times; only their numbers, their chain and the hashes they name are new. What they
did stays in the books. The first history can then be read in where they were.
"""

from __future__ import annotations

import msgspec
from msgspec import UNSET
from sqlalchemy import Connection

from tcd_desktop.store.journal import chain as hashing
from tcd_desktop.store.journal import journal, standing
from tcd_desktop.store.journal.journal import Chain
from tcd_desktop.store.journal.lines import decode_own, encode, table_of
from tcd_desktop.store.schema.rows import ROWS

_BATCH = 2000


def common_through(connection: Connection, chain: Chain, first: int, heads: list[bytes]) -> int:
    """The last number up to which a stretch from elsewhere (`heads` from `first` on) is what this chain says."""
    last = min(chain.seq, first + len(heads) - 1)
    known = journal.known_hashes(connection, chain, first, last) if last >= first else []
    for place, (ours, theirs) in enumerate(zip(known, heads, strict=False)):
        if ours != theirs:
            return first + place - 1
    return last


def branch_off(connection: Connection, chain: Chain, after: int, *, device: str, epoch: int) -> Chain:
    """Moves the lines of one of this PC's chains after a number into a new chain; gives that one.

    `device` is another than the chain's when the PC goes on as a new one. Nothing of the lines' contents changes.
    """
    fork = journal.hash_at(connection, chain, after) if after else chain.forked_from
    same = device == chain.device
    moved = journal.open_chain(
        connection,
        device=device,
        office=chain.office,
        epoch=epoch,
        own=True,
        forked_from=fork if same else hashing.NO_FORK,
    )
    old = journal.known_hashes(connection, chain, after + 1, chain.seq)
    lines = list(journal.lines_after(connection, chain, after))
    _keep_origins(connection, chain, after)
    connection.exec_driver_sql("DELETE FROM journal WHERE chain = ? AND seq > ?", (chain.id, after))
    connection.exec_driver_sql(
        "UPDATE chain SET seq = ?, head = ? WHERE id = ?",
        (after, fork if after else hashing.start(chain.device, chain.epoch, chain.forked_from), chain.id),
    )
    names: dict[str, str] = {}
    touched: set[tuple[str, str]] = set()
    for place, (line, digest) in enumerate(zip(lines, old, strict=True), start=1):
        if record := hashing.erased_record(line):
            moved = journal.append(connection, moved, [record], [line])
            names[digest.hex()] = moved.head.hex()
            continue
        op = msgspec.structs.replace(decode_own(line), seq=place)
        if op.base is not UNSET:
            base = {name: [names.get(head, head) for head in heads] for name, heads in op.base.items()}
            op = msgspec.structs.replace(op, base=base)
        moved = journal.append(connection, moved, [op.record], [encode(op)])
        names[digest.hex()] = moved.head.hex()
        touched.add((table_of(op), op.record))
    connection.exec_driver_sql(
        "INSERT INTO number_range (chain, book, year, series, low, high) "
        "SELECT ?, book, year, series, low, high FROM number_range WHERE chain = ?",
        (moved.id, chain.id),
    )
    for table, record in _in_dispute(connection, touched):
        at = decode_own(lines[-1]).at
        standing.stand(connection, chain.office, table, record, ROWS[table].names, at=at)
    return moved


def _in_dispute(connection: Connection, touched: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of some records, those whose open questions name operations by their hashes."""
    rows = connection.exec_driver_sql("SELECT DISTINCT tbl, record FROM conflict")
    return sorted(touched & {(str(table), str(record)) for table, record in rows})


def _keep_origins(connection: Connection, chain: Chain, after: int) -> None:
    """Later epochs that left this one after the point still know from where."""
    for later in journal.own_chains(connection):
        if later.epoch > chain.epoch and later.forked_from != hashing.NO_FORK:
            sql = "SELECT seq FROM journal WHERE chain = ? AND hash = ? AND seq > ?"
            seq = connection.exec_driver_sql(sql, (chain.id, later.forked_from, after)).scalar()
            if seq is not None:
                connection.exec_driver_sql(
                    "INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)",
                    (f"{journal.ORIGIN}.{later.forked_from.hex()}", f"{chain.epoch} {seq}"),
                )


def disown(connection: Connection, device: str) -> None:
    """The chains of a PC that this one no longer is: they stay as another PC's history."""
    connection.exec_driver_sql("UPDATE chain SET own = 0 WHERE device = ?", (device,))


def next_epoch(connection: Connection, device: str) -> int:
    """A number no history of a PC has, whether known here or confirmed by the superior."""
    sql = (
        "SELECT max(epoch) FROM (SELECT epoch FROM chain WHERE device = ? UNION SELECT epoch FROM ack WHERE device = ?)"
    )
    return int(connection.exec_driver_sql(sql, (device, device)).scalar() or 0) + 1


def raise_counters(connection: Connection) -> None:
    """No number of a book is given again that any history known here has given."""
    connection.exec_driver_sql(
        "INSERT INTO counter (book, year, series, last) "
        "SELECT CASE book WHEN 'case_file' THEN 'case' ELSE book END, year, series, max(high) FROM number_range n "
        "JOIN chain c ON c.id = n.chain WHERE c.office = (SELECT office FROM chain WHERE own = 1 LIMIT 1) "
        "GROUP BY 1, 2, 3 "
        "ON CONFLICT (book, year, series) DO UPDATE SET last = max(last, excluded.last)"
    )
