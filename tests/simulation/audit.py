"""Compares an office's database with what the model says it must hold, table by table, in plain SQL."""

from __future__ import annotations

import base64
import dataclasses
import json
from collections import Counter
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.journal.lines import RECORDS
from tests.simulation.model import Books


def differences(office: OpenOffice, books: Books) -> list[str]:
    """One sentence for everything that is not as the model says; none when the office has what it must have."""
    return [*_journal(office, books), *_records(office, books), *_receipts(office, books), *_faults(office, books)]


def _faults(office: OpenOffice, books: Books) -> list[str]:
    """What the program's own check finds, but for papers of another PC that have not come to this one."""
    contents = {
        key[2]: op.after.get("sha256", "") for key, ops in books.records.items() if key[1] == "attachment" for op in ops
    }
    return [
        f"{books.office}: {fault}"
        for fault in office.check()
        if fault.code != "attachment_missing" or contents.get(str(fault.facts["id"]), "") in books.papers
    ]


def _journal(office: OpenOffice, books: Books) -> list[str]:
    with office.store.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT c.device, c.epoch, j.seq, j.hash FROM journal j JOIN chain c ON c.id = j.chain ORDER BY 1, 2, 3"
        ).all()
    found: dict[tuple[str, int], list[bytes]] = {}
    for device, epoch, seq, digest in rows:
        held = found.setdefault((device, epoch), [])
        held.append(digest)
        if len(held) != seq:
            return [f"{books.office}: the journal of {device[:8]} has a hole at {seq}"]
    wanted = {chain: heads for chain, heads in books.chains.items() if heads}
    return [
        f"{books.office}: of {chain[0][:8]}.{chain[1]} it has {len(found.get(chain, []))} operations, must have "
        f"{len(wanted.get(chain, []))}"
        for chain in sorted(found.keys() | wanted.keys())
        if found.get(chain) != wanted.get(chain)
    ]


def _records(office: OpenOffice, books: Books) -> list[str]:
    wrong: list[str] = []
    conflicts: set[tuple[str, str, str]] = set()
    for table, record in RECORDS.items():
        names = [f.name for f in dataclasses.fields(record) if f.name not in ("id", "office")]
        defaults = {f.name: _plain(f.default) for f in dataclasses.fields(record)}
        wanted = {}
        for key in [key for key in books.records if key[1] == table]:
            folded = books.fold(key, names, defaults)
            if folded is not None and not books.kept_aside(key):
                wanted[key[0], key[2]] = folded[0]
                conflicts |= {(table, key[2], name) for name in folded[1]}
        found = _rows(office, table, names)
        for identity in sorted(wanted.keys() | found.keys()):
            if not _same(wanted.get(identity), found.get(identity)):
                wrong.append(f"{books.office}: {table} {identity} {_told(wanted.get(identity), found.get(identity))}")
    return wrong + _conflicts(office, books, conflicts)


def _rows(office: OpenOffice, table: str, names: list[str]) -> dict[tuple[str, str], dict[str, Any]]:
    columns = ", ".join(f'"{name}"' for name in names)
    with office.store.reading() as connection:
        rows = connection.exec_driver_sql(f"SELECT office, id, {columns} FROM {table}").all()
    return {(row[0], row[1]): dict(zip(names, row[2:], strict=True)) for row in rows}


def _conflicts(office: OpenOffice, books: Books, wanted: set[tuple[str, str, str]]) -> list[str]:
    with office.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT tbl, record, field FROM conflict").all()
    found = {(row[0], row[1], row[2]) for row in rows}
    return [
        f"{books.office}: conflict {one} {'is not noted' if one in wanted else 'is noted without reason'}"
        for one in sorted(wanted ^ found)
    ]


def _receipts(office: OpenOffice, books: Books) -> list[str]:
    with office.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT device, epoch, seq, head FROM ack").all()
    found = {(row[0], row[1]): (row[2], row[3]) for row in rows}
    return [
        f"{books.office}: the receipt of {chain[0][:8]}.{chain[1]} says {found.get(chain, (0,))[0]}, must say "
        f"{books.receipts.get(chain, (0,))[0]}"
        for chain in sorted(found.keys() | books.receipts.keys())
        if found.get(chain) != books.receipts.get(chain)
    ]


def numbers_given_twice(books: Books) -> list[tuple[Any, ...]]:
    """Numbers that two visits of one office carry."""
    given = Counter(
        (key[0], op.after["year"], op.after.get("series", "A"), op.after["number"])
        for key, ops in books.records.items()
        for op in ops
        if key[1] == "reception" and op.kind == "put"
    )
    return [number for number, times in given.items() if times > 1]


def _same(wanted: dict[str, Any] | None, found: dict[str, Any] | None) -> bool:
    if wanted is None or found is None:
        return wanted is found
    return all(_value(value, found[name]) == found[name] for name, value in wanted.items())


def _told(wanted: dict[str, Any] | None, found: dict[str, Any] | None) -> str:
    if wanted is None or found is None:
        return "must not be there" if wanted is None else "is missing"
    return ", ".join(
        f"{name} is {found[name]!r}, must be {value!r}"
        for name, value in wanted.items()
        if _value(value, found[name]) != found[name]
    )


def _value(said: Any, kept: Any) -> Any:
    """A value of an operation in the form in which the database keeps it."""
    if isinstance(said, list) and isinstance(kept, str):
        return kept if json.loads(kept) == said else said
    if isinstance(kept, bytes) and isinstance(said, str):
        return base64.b64decode(said)
    return int(said) if isinstance(said, bool) else said


def _plain(default: Any) -> Any:
    """A field's default as an operation would say it."""
    if isinstance(default, Enum):
        return default.value
    if isinstance(default, date | time | datetime):
        return default.isoformat()
    return list(default) if isinstance(default, tuple) else default
