"""Sums over an office's books: for each table how many records it has and one number over what stands in them.

The number is the sum of SHA-256(row) modulo 2^256, so the order in which records came is all the same. It is made from
the rows themselves, not from the journal: a row that was changed behind the program's back, or that a fault of the
program has left behind, gives another sum although the journals agree. An accident detector; the chain is the security.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection

from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.lines import decode_own, table_of
from tcd_desktop.store.journal.merge import LEFT_OUT, REVOKED, UNDONE
from tcd_desktop.store.journal.rebuild import Rebuild
from tcd_desktop.store.schema.rows import ROWS

_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class Sum:
    """`n` records of a table, `h` the sum of their hashes (64 hex characters)."""

    n: int
    h: str


def sums(connection: Connection, office: str, tables: Collection[str]) -> dict[str, Sum]:
    """The sums of an office's tables; one with entries kept aside for what they say is left out: it must differ."""
    aside = _aside(connection, office)
    return {table: _sum(connection, office, table) for table in sorted(tables) if table not in aside}


def position(connection: Connection, office: str) -> Sum:
    """What the books of an office are made of: how many entries, and a hash of where each of its journals stands.

    Decisions to erase are named too: those of the superior are in none of these journals.
    """
    known = [one for one in journal.chains(connection) if one.office == office and one.seq]
    places = sorted(f"{one.device}.{one.epoch}.{one.seq}.{one.head.hex()}" for one in known)
    erasures = connection.exec_driver_sql("SELECT id FROM erasure WHERE unit = ? ORDER BY id", (office,))
    named = " ".join([*places, *(str(row[0]) for row in erasures)])
    return Sum(sum(one.seq for one in known), sha256(named.encode("ascii")).hexdigest())


def _sum(connection: Connection, office: str, table: str) -> Sum:
    """`quote` writes a value the same way in every version of SQLite, and tells an empty text from none."""
    columns = " || ',' || ".join(f'quote("{name}")' for name in ("id", *ROWS[table].names))
    rows = connection.execution_options(yield_per=5000).exec_driver_sql(
        f"SELECT {columns} FROM {table} WHERE office = ?", (office,)
    )
    count = total = 0
    for (text,) in rows:
        count += 1
        total += int.from_bytes(sha256(text.encode("utf-8")).digest(), "big")
    return Sum(count, f"{total % _MODULUS:064x}")


def _aside(connection: Connection, office: str) -> set[str]:
    """Tables with entries in the journal that do not count here, though they may count where they were written."""
    sql = (
        "SELECT q.line FROM quarantine q JOIN chain c ON c.device = q.device AND c.epoch = q.epoch "
        "WHERE c.office = ? AND q.code NOT IN (?, ?, ?) AND q.line IS NOT NULL"
    )
    rows = connection.exec_driver_sql(sql, (office, UNDONE, REVOKED, LEFT_OUT))
    return {table_of(decode_own(line)) for (line,) in rows}


def make_anew(connection: Connection, office: str, tables: Collection[str], *, at: str) -> int:
    """Makes the records of some tables of an office anew from its journals; how many had been otherwise.

    What no journal knows is taken out, what is missing is put in.
    """
    mended = 0
    chain = next((one for one in journal.chains(connection) if one.office == office), None)
    if chain is None:
        return 0
    rebuild = Rebuild(connection, chain, at=at)
    made = _written(connection, office)
    for table in sorted(tables):
        before = _hashes(connection, office, table)
        for record in sorted(before.keys() | made.get(table, set())):
            rebuild.record(table, record)
        after = _hashes(connection, office, table)
        mended += sum(before.get(record) != after.get(record) for record in before.keys() | after.keys())
    rebuild.done()
    return mended


def _hashes(connection: Connection, office: str, table: str) -> dict[str, bytes]:
    columns = " || ',' || ".join(f'quote("{name}")' for name in ROWS[table].names)
    rows = connection.exec_driver_sql(f"SELECT id, {columns} FROM {table} WHERE office = ?", (office,))
    return {record: sha256(text.encode("utf-8")).digest() for record, text in rows}


def _written(connection: Connection, office: str) -> dict[str, set[str]]:
    """Table -> records that the journals of an office have created."""
    sql = (
        "SELECT j.line FROM journal j JOIN chain c ON c.id = j.chain "
        'WHERE c.office = ? AND j.line IS NOT NULL AND instr(j.line, \'"kind":"put"\') > 0'
    )
    made: dict[str, set[str]] = {}
    for (line,) in connection.execution_options(yield_per=2000).exec_driver_sql(sql, (office,)):
        op = decode_own(line)
        made.setdefault(table_of(op), set()).add(op.record)
    return made
