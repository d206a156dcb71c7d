"""The records a bundle touches, for people: before it is applied (inside the dry run) and ever after.

Nobody is named of a denunciation: neither in a visit nor in a petition or its case. Papers have no names here either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tcd_desktop.domain.office import DayOff
from tcd_desktop.domain.terms import Classification
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.lines import Op, decode_own, set_fields, table_of
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Connection
from tcd_desktop.sync.limits import DEFAULT

AT_ONCE = 400
"""Records read by one query."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleRecord:
    """One record a bundle touches. `outcome` new | updated | conflict | refused; `fields` are the changed ones.

    `number` is its number in a book, `name` who or what it is about ("" where nobody may be named: `secret`).
    `code` is why it is kept aside.
    """

    table: str
    record: str
    outcome: str
    act: str
    at: str
    fields: tuple[str, ...] = ()
    number: str = ""
    name: str = ""
    secret: bool = False
    code: str = ""


def contents_of(
    connection: Connection, device: str, epoch: int, fresh: int, last: int, *, most: int = DEFAULT.listed
) -> list[BundleRecord]:
    """The records that entries fresh..last of a PC's journal touch, in order of the journal, at most `most` lines."""
    chain = journal.find_chain(connection, device, epoch)
    if not fresh or chain is None:
        return []
    aside = {
        row[0]: row[1]
        for row in connection.exec_driver_sql(
            "SELECT seq, code FROM quarantine WHERE device = ? AND epoch = ? AND seq BETWEEN ? AND ?",
            (device, epoch, fresh, last),
        )
    }
    sql = (
        "SELECT seq, line FROM journal WHERE chain = ? AND seq BETWEEN ? AND ? AND line IS NOT NULL "
        "UNION SELECT seq, line FROM quarantine WHERE device = ? AND epoch = ? AND seq BETWEEN ? AND ? "
        "ORDER BY 1 LIMIT ?"
    )
    values = (chain.id, fresh, last, device, epoch, fresh, last, most)
    return list(_records(connection, chain.office, connection.exec_driver_sql(sql, values), aside))


def _records(connection: Connection, office: str, rows: Iterable[Any], aside: dict[int, str]) -> Iterable[BundleRecord]:
    touched: dict[tuple[str, str], list[tuple[Op, str]]] = {}
    for seq, line in rows:
        op = decode_own(line)
        touched.setdefault((table_of(op), op.record), []).append((op, aside.get(seq, "")))
    stored = _stored(connection, office, touched)
    torn = _torn(connection, touched)
    for key, (first, *later) in touched.items():
        one = _first(*first, record=stored.get(key), torn=key in torn)
        for op, code in later:
            one = _merged(one, op, code)
        yield one


def _stored(connection: Connection, office: str, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Any]:
    """The records as they stand now, read some hundred at a time."""
    return {
        (table, record.id): record
        for table, ids in _in_groups(keys)
        for record in ROWS[table].some(connection, f"office = ? AND id IN ({_marks(ids)})", (office, *ids))
    }


def _torn(connection: Connection, keys: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of which a person has to decide something."""
    found: set[tuple[str, str]] = set()
    for table, ids in _in_groups(keys):
        sql = f"SELECT DISTINCT record FROM conflict WHERE tbl = ? AND record IN ({_marks(ids)})"
        found.update((table, row[0]) for row in connection.exec_driver_sql(sql, (table, *ids)))
    return found


def _in_groups(keys: Iterable[tuple[str, str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Table -> some of its ids."""
    by_table: dict[str, list[str]] = {}
    for table, record in keys:
        by_table.setdefault(table, []).append(record)
    for table, ids in by_table.items():
        for begin in range(0, len(ids), AT_ONCE):
            yield table, tuple(ids[begin : begin + AT_ONCE])


def _marks(ids: Sequence[str]) -> str:
    return ", ".join("?" * len(ids))


def _first(op: Op, code: str, *, record: Any, torn: bool) -> BundleRecord:
    table = table_of(op)
    number, name, secret = called(table, record)
    outcome = "new" if op.kind == "put" else "updated"
    return BundleRecord(
        table=table,
        record=op.record,
        outcome="refused" if code else "conflict" if torn else outcome,
        act=op.act,
        at=op.at,
        fields=() if op.kind == "put" else tuple(sorted(set_fields(op.after))),
        number=number,
        name=name,
        secret=secret,
        code=code,
    )


def _merged(before: BundleRecord, op: Op, code: str) -> BundleRecord:
    """One line for a record that several entries touch: created, then changed, is new."""
    fields = before.fields
    if op.kind == "set" and before.outcome != "new":
        fields = tuple(sorted({*fields, *set_fields(op.after)}))
    return replace(
        before,
        fields=fields,
        at=max(before.at, op.at),
        outcome="refused" if code else before.outcome,
        code=code or before.code,
    )


def called(table: str, record: Any) -> tuple[str, str, bool]:
    """(number in a book, name, whether nobody may be named) of a record; nothing of one that is not there."""
    if record is None:
        return "", "", False
    number = f"{record.number}{_series(record)}/{record.year}" if getattr(record, "year", 0) else ""
    if getattr(record, "classification", None) is Classification.DENUNCIATION:
        return number, "", True
    if isinstance(record, DayOff):
        return f"{record.day:%d/%m/%Y}", record.reason, False
    if table in _SAYS:
        return str(getattr(record, "number", "")), str(getattr(record, _SAYS[table])).split("\n", 1)[0], False
    return number, str(getattr(record, _NAMED[table])) if table in _NAMED else "", False


_NAMED = {"reception": "name", "petition": "name", "citizen": "name", "case_file": "title"}
"""Who or what a record is about: table -> field."""
_SAYS = {"directive": "content", "reminder": "content", "finding": "text", "undone_import": "reason", "office": "name"}
"""What a superior tells an office below: table -> the field that says it."""


def _series(record: Any) -> str:
    series = getattr(record, "series", "A")
    return "" if series in ("", "A") else f"-{series}"
