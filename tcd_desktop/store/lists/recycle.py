"""What lies in the recycle bin (records whose `removed` says why), and which numbers of a year's book are missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection

from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.clock import stamp_time
from tcd_desktop.store.journal.lines import RECORDS, Op, own_fields, set_fields, table_of
from tcd_desktop.store.schema.rows import ROWS

BIN_TABLES = tuple(table for table, record in RECORDS.items() if "removed" in {one.name for one in own_fields(record)})
"""Whose records can lie in the bin: all of them are shown there."""

_WITH_OTHERS = {
    "reception": "EXISTS (SELECT 1 FROM old_book o WHERE o.id = t.batch AND o.office = t.office AND o.removed <> '')",
    "petition": "EXISTS (SELECT 1 FROM reception o WHERE o.id = t.reception AND o.office = t.office"
    " AND o.removed <> '')",
    "citizen": "EXISTS (SELECT 1 FROM reception o WHERE o.citizen = t.id AND o.office = t.office AND o.removed <> '')",
}
"""What went with another record that is shown, and comes back with it: a visit of a taken-back import, a petition and
a citizen of a removed visit."""

Book = Literal["reception", "case_file"]


@dataclass(frozen=True, slots=True)
class Removal:
    """When and by whom a record was put into the bin. `entry` names the act, `officer` is an id."""

    at: datetime
    officer: str
    act: str
    entry: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is in a book, with the record that has it."""

    series: str
    number: int
    record: str
    removed: str


def removed_records(connection: Connection, table: str, offices: tuple[str, ...], limit: int) -> list[Any]:
    """The removed records of a table, the newest first; no office named = of all."""
    where, values = _lying(table, offices)
    sql = f"rowid IN (SELECT t.rowid FROM {table} t WHERE {where} ORDER BY t.id DESC LIMIT ?) ORDER BY id DESC"
    return ROWS[table].some(connection, sql, (*values, limit))


def removed_count(connection: Connection, table: str, offices: tuple[str, ...]) -> int:
    """How many records of a table lie in the bin."""
    where, values = _lying(table, offices)
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table} t WHERE {where}", values).scalar_one())


def _lying(table: str, offices: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    where = "t.removed <> ''"
    if offices:
        where += f" AND t.office IN ({', '.join('?' * len(offices))})"
    if table in _WITH_OTHERS:
        where += f" AND NOT {_WITH_OTHERS[table]}"
    return where, offices


def removal_of(connection: Connection, table: str, office: str, record: str) -> Removal | None:
    """Who put a record into the bin; None when the journal does not say (it was redacted)."""
    return change_of(connection, table, office, record, "removed")


def change_of(connection: Connection, table: str, office: str, record: str, field: str) -> Removal | None:
    """When and by whom a field got the value it has; None when the journal does not say."""
    heads = journal.field_heads(journal.entries_of(connection, office, record), table, field)
    if not heads:
        return None
    op = journal.shown_head(heads).op
    return Removal(stamp_time(op.at), op.officer, op.act, op.entry)


def removing_ops(connection: Connection, table: str, office: str, record: str) -> list[Op]:
    """The operations of the act that put a record into the bin: all of them when this PC wrote it, else its own one."""
    heads = journal.field_heads(journal.entries_of(connection, office, record), table, "removed")
    if not heads:
        return []
    op = journal.shown_head(heads).op
    return journal.own_entry(connection, op.entry) or [op]


def touches(op: Op, table: str, field: str) -> bool:
    """Whether an operation set a field of a table."""
    return table_of(op) == table and op.kind == "set" and field in set_fields(op.after)


def numbers(connection: Connection, book: Book, office: str, year: int) -> list[Number]:
    """The numbers of a year's book in order, the removed ones too."""
    sql = f"SELECT series, number, id, removed FROM {book} WHERE office = ? AND year = ? ORDER BY series, number, id"
    return [Number(*row) for row in connection.exec_driver_sql(sql, (office, year))]


def years(connection: Connection, office: str) -> list[int]:
    """The years that have a line in a book, the newest first."""
    sql = (
        "SELECT DISTINCT year FROM reception WHERE office = ? UNION SELECT DISTINCT year FROM case_file "
        "WHERE office = ? ORDER BY 1 DESC"
    )
    return [int(row[0]) for row in connection.exec_driver_sql(sql, (office, office))]


def printed_slips(connection: Connection, office: str, reception: str) -> int:
    """How many slips of a visit were printed."""
    sql = "SELECT count(*) FROM issued_document WHERE reception = ? AND office = ?"
    return int(connection.exec_driver_sql(sql, (reception, office)).scalar_one())


def kept_ids(connection: Connection, table: str, column: str, office: str, record: str) -> list[str]:
    """The ids of a table's records that name a record in a column and are not in the bin."""
    sql = f"SELECT id FROM {table} WHERE \"{column}\" = ? AND office = ? AND removed = '' ORDER BY id"
    return [str(row[0]) for row in connection.exec_driver_sql(sql, (record, office))]
