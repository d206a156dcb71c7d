"""Rows of the synced tables, written from operation fields by plain SQL (many times faster than mapped objects)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from hashlib import sha256
from itertools import chain, count
from typing import Any

import msgspec
from msgspec import UNSET, Struct
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from tcd_desktop.store.journal.lines import RECORDS, from_columns, own_fields, to_column

Row = list[Any]

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MOST_NUMBER = (1 << 20) - 1
_TAIL_BITS, _MINUTE_BITS = 16, 36
_BESIDE = 16
"""So many places beside visits of the same number are tried before any place of the minute will do."""
_LAST_DAY = (1 << 16) - 1
"""In the year 2149: a day beyond it, which is a slip of the pen or an attack, stands there."""


def row_order(day: date | None, at: time | None, record_id: str, number: int = 0) -> int:
    """A reception's row number: day, minute, its number in the book, then bits of its id.

    The log read by row number is in order of time, on every PC the same, so that the newest page needs no index
    of its own and the search index answers newest first. 16 bits of day, 11 of minute, 20 of the number, 16 of the
    id. Rows of a minute that were written by the first versions have 36 bits of their id instead and keep them: the
    order of days and minutes, on which counts and periods rest, is the same.
    """
    days = (day.toordinal() - _EPOCH_DAY) if day else 0
    minute = at.hour * 60 + at.minute if at else 0
    tail = int(record_id[-4:], 16) if record_id else 0
    return (min(max(days, 0), _LAST_DAY) << 47) | (minute << 36) | (min(max(number, 0), _MOST_NUMBER) << 16) | tail


def other_orders(wanted: int, record_id: str) -> Iterator[int]:
    """Row numbers for a visit whose own one is taken: beside visits of the same number, then anywhere in its minute.

    They are spread over the room there is, so the next free one is found at once however many share a minute: taking
    the next number up would look at every one of them.
    """
    for turn in count():
        spread = int.from_bytes(sha256(f"{record_id} {turn}".encode()).digest()[:8], "big")
        bits = _TAIL_BITS if turn < _BESIDE else _MINUTE_BITS
        yield (wanted >> bits << bits) | (spread & ((1 << bits) - 1))


class TableRows:
    """Insert, update and read the rows of one synced table."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.record = RECORDS[table]
        fields = own_fields(self.record)
        self.names = tuple(f.name for f in fields)
        self._defaults = [to_column(f.default) if f.default is not dataclasses.MISSING else UNSET for f in fields]
        self._mandatory = [i for i, default in enumerate(self._defaults) if default is UNSET]
        self.ordered = table == "reception"
        columns = (*(("rid",) if self.ordered else ()), "office", "id", *self.names)
        marks = ", ".join("?" * len(columns))
        quoted = ", ".join(f'"{name}"' for name in columns)
        self.insert_sql = f"INSERT INTO {table} ({quoted}) VALUES ({marks})"
        self.columns = ", ".join(f'"{name}"' for name in ("office", "id", *self.names))

    def row(self, office: str, record: str, after: Struct) -> Row | None:
        """The row of a put; None when a mandatory field is absent."""
        converter = _CONVERTERS.get
        values = [
            default if value is UNSET else (convert(value) if (convert := converter(value.__class__)) else value)
            for value, default in zip(msgspec.structs.astuple(after), self._defaults, strict=True)
        ]
        if any(values[i] is UNSET for i in self._mandatory):
            return None
        if self.ordered:
            day, at, number = (_present(after, name) for name in ("date", "time", "number"))
            order = row_order(day, at, record, number or 0)
            return [order, office, record, *values]
        return [office, record, *values]

    def insert(self, connection: Connection, rows: Sequence[Row]) -> list[Row]:
        """Inserts rows; gives back those whose record exists already (no correct program writes one)."""
        if not rows:
            return []
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(self.insert_sql, [tuple(row) for row in rows])
        except IntegrityError:
            return self._insert_singly(connection, rows)
        return []

    def _insert_singly(self, connection: Connection, rows: Iterable[Row]) -> list[Row]:
        """Two visits of a minute with one number (of two offices) may share a row number: the later takes another."""
        known = []
        for row in rows:
            if self.exists(connection, *self.identity(row)):
                known.append(row)
                continue
            if self.ordered:
                row[0] = self._free_number(connection, row[0], self.identity(row)[1])
            connection.exec_driver_sql(self.insert_sql, tuple(row))
        return known

    def identity(self, row: Row) -> tuple[str, str]:
        """(office, record id) of a row."""
        at = 1 if self.ordered else 0
        return row[at], row[at + 1]

    def _free_number(self, connection: Connection, wanted: int, record: str) -> int:
        candidates = chain([wanted], other_orders(wanted, record))
        return next(number for number in candidates if not self._number_taken(connection, number))

    def _number_taken(self, connection: Connection, number: int) -> bool:
        sql = f"SELECT 1 FROM {self.table} WHERE rid = ?"
        return connection.exec_driver_sql(sql, (number,)).first() is not None

    def exists(self, connection: Connection, office: str, record: str) -> bool:
        """Whether the record is known."""
        sql = f"SELECT 1 FROM {self.table} WHERE id = ? AND office = ?"
        return connection.exec_driver_sql(sql, (record, office)).first() is not None

    def known_elsewhere(self, connection: Connection, office: str, records: list[str]) -> bool:
        """Whether one of the ids is a record of another office."""
        ids = msgspec.json.encode(records).decode("ascii")
        sql = f"SELECT 1 FROM json_each(?) e CROSS JOIN {self.table} t WHERE t.id = e.value AND t.office <> ? LIMIT 1"
        return connection.exec_driver_sql(sql, (ids, office)).first() is not None

    def update(self, connection: Connection, office: str, record: str, fields: Mapping[str, Any]) -> None:
        """Sets some fields of one record."""
        assignments = ", ".join(f'"{name}" = ?' for name in fields)
        values = [to_column(value) for value in fields.values()]
        sql = f"UPDATE {self.table} SET {assignments} WHERE id = ? AND office = ?"
        connection.exec_driver_sql(sql, (*values, record, office))

    def row_number(self, connection: Connection, office: str, record: str) -> int:
        """The row number of a visit."""
        sql = f"SELECT rid FROM {self.table} WHERE id = ? AND office = ?"
        return int(connection.exec_driver_sql(sql, (record, office)).scalar_one())

    def reorder(self, connection: Connection, office: str, record: str) -> tuple[int, int]:
        """Puts a visit where its date and time now belong; gives (old, new) row number."""
        before = self.row_number(connection, office, record)
        sql = f"SELECT date, time, number FROM {self.table} WHERE rid = ?"
        day, at, number = connection.exec_driver_sql(sql, (before,)).one()
        after = row_order(day and date.fromisoformat(day), at and time.fromisoformat(at), record, number)
        if after >> 36 == before >> 36:
            return before, before
        after = self._free_number(connection, after, record)
        connection.exec_driver_sql(f"UPDATE {self.table} SET rid = ? WHERE rid = ?", (after, before))
        return before, after

    def read(self, connection: Connection, office: str, record: str) -> Any | None:
        """The record, or None."""
        return self.one(connection, "id = ? AND office = ?", (record, office))

    def one(self, connection: Connection, where: str, values: tuple[Any, ...]) -> Any | None:
        """The first record that fits a condition of our own making, or None."""
        return next(iter(self.some(connection, where + " LIMIT 1", values)), None)

    def some(self, connection: Connection, where: str, values: tuple[Any, ...] = ()) -> list[Any]:
        """The records that fit a condition of our own making (never text from outside)."""
        sql = f"SELECT {self.columns} FROM {self.table} WHERE {where}"
        return [from_columns(self.record, dict(row)) for row in connection.exec_driver_sql(sql, values).mappings()]


def _present(after: Struct, name: str) -> Any:
    value = getattr(after, name)
    return None if value is UNSET else value


_CONVERTERS: dict[type, Callable[[Any], Any]] = {
    date: date.isoformat,
    time: time.isoformat,
    datetime: datetime.isoformat,
    tuple: lambda value: to_column(value) if value else "[]",
}
"""The kinds of values that the driver does not take as they are; texts, numbers, bytes and enums (texts) it does."""
ROWS: dict[str, TableRows] = {table: TableRows(table) for table in RECORDS}
