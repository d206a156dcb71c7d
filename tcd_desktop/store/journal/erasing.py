"""Erasing: the payload of a record and of every version of it leaves the database; hashes stay, so the chain verifies.

The decision is an `Erasure` in the journal. Wherever it arrives it does the same, in whatever order things come: lines
of the record become hashes, its row becomes what the decision says, and whatever of it comes later is kept as a hash.
Words stay readable in free pages and in the search index until `Store.scour` has run; which contents are to be thrown
away until then stands in a fact (`PENDING`), so a crash in between loses nothing of it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from tcd_desktop.domain.erasure import KEPT, Erasure
from tcd_desktop.store.drafts import staged
from tcd_desktop.store.journal.lines import FIELDS, decode_own, fields_of
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.search import search

PENDING: Final = "erasing.pending"
_CONTENTS: Final = {"attachment": ("sha256",), "issued_document": ("sha256", "signed_sha256")}
"""Table -> its fields that name a content among the blobs."""
_OF_OFFICE: Final = "chain IN (SELECT id FROM chain WHERE office = ?)"
"""An office has no power over what others have written, whatever id its decision names."""


def erased(connection: Connection, unit: str) -> frozenset[str]:
    """The ids of an office's records whose content was erased."""
    return frozenset(row[0] for row in connection.exec_driver_sql("SELECT record FROM erasure WHERE unit = ?", (unit,)))


def is_erased(connection: Connection, unit: str, record: str) -> bool:
    """Whether one record was erased."""
    sql = "SELECT 1 FROM erasure WHERE record = ? AND unit = ? LIMIT 1"
    return connection.exec_driver_sql(sql, (record, unit)).first() is not None


def decision(connection: Connection, unit: str, record: str) -> Erasure | None:
    """The decision a record was erased by: of several the one whose id is lowest, at every office the same."""
    found: Erasure | None = ROWS["erasure"].one(connection, "record = ? AND unit = ? ORDER BY id", (record, unit))
    return found


def kept_text(table: str, fields: dict[str, Any]) -> str:
    """The fields that stay as an `Erasure` carries them."""
    return msgspec.json.encode(fields_of(fields, table), order="sorted").decode("utf-8")


def makes_sense(one: Any) -> bool:
    """Whether a decision that came from elsewhere names a kind that can be erased and gives a whole record."""
    if one.kind not in KEPT:
        return False
    try:
        fields = msgspec.json.decode(one.kept, type=FIELDS[one.kind])
    except msgspec.MsgspecError:
        return False
    return ROWS[one.kind].row(one.unit, one.record, fields) is not None


def erase(connection: Connection, unit: str, record: str, touched: search.Touched) -> None:
    """Does what a decision on a record of an office says. Its `Erasure` is in the books already."""
    one = decision(connection, unit, record)
    assert one is not None
    _forget_contents(connection, one)
    _forget_lines(connection, one)
    for rows in ("conflict", "decided", "reject"):
        connection.exec_driver_sql(f"DELETE FROM {rows} WHERE tbl = ? AND record = ?", (one.kind, record))
    _forget_drafts(connection, record)
    put_in_place(connection, one, touched)


def put_in_place(connection: Connection, one: Erasure, touched: search.Touched) -> None:
    """The row says what the decision left of it."""
    rows = ROWS[one.kind]
    row = rows.row(one.unit, one.record, msgspec.json.decode(one.kept, type=FIELDS[one.kind]))
    assert row is not None
    before: int | None = None
    if rows.ordered and rows.exists(connection, one.unit, one.record):
        before = rows.row_number(connection, one.unit, one.record)
    connection.exec_driver_sql(f"DELETE FROM {one.kind} WHERE id = ? AND office = ?", (one.record, one.unit))
    if before is not None:
        row[0] = before
    rows.insert(connection, [row])
    if rows.ordered:
        touched.visit(row[0], row[0], rows.names)
    else:
        touched.record(one.kind, one.record)


def _forget_lines(connection: Connection, one: Erasure) -> None:
    """Every version, also those that were kept aside."""
    sql = f"SELECT n, hash, line FROM journal WHERE record = ? AND line IS NOT NULL AND {_OF_OFFICE}"
    for n, digest, line in connection.exec_driver_sql(sql, (one.record, one.unit)).all():
        values = (sha256(line).digest(), n)
        connection.exec_driver_sql("UPDATE journal SET line = NULL, line_hash = ? WHERE n = ?", values)
        connection.exec_driver_sql("DELETE FROM quarantine WHERE hash = ?", (digest,))
    mark = f'"record":"{one.record}"'.encode("ascii")
    connection.exec_driver_sql(
        "DELETE FROM quarantine WHERE instr(line, ?) > 0 AND device IN (SELECT device FROM chain WHERE office = ?)",
        (mark, one.unit),
    )


def _forget_drafts(connection: Connection, record: str) -> None:
    """What is being typed about the record, with the papers that wait for it."""
    connection.exec_driver_sql("DELETE FROM draft WHERE instr(name, ?) OR instr(value, ?)", (record, record))
    for name in staged.drafts(connection):
        if record in name:
            note_pending(connection, {paper.sha256 for paper in staged.of_draft(connection, name)})
            staged.keep(connection, name, [])


def _forget_contents(connection: Connection, one: Erasure) -> None:
    """Papers of the record, in every version of it; what another record holds as well stays (see `to_throw_away`)."""
    names = _CONTENTS.get(one.kind, ())
    digests: set[str] = set()
    current = ROWS[one.kind].read(connection, one.unit, one.record)
    if current is not None:
        digests.update(getattr(current, name) for name in names)
    if names:
        lines = connection.exec_driver_sql(
            f"SELECT line FROM journal WHERE record = ? AND line IS NOT NULL AND {_OF_OFFICE}", (one.record, one.unit)
        )
        for (line,) in lines:
            after = decode_own(line).after
            digests.update(value for name in names if isinstance(value := getattr(after, name, None), str))
    note_pending(connection, digests - {""})


def note_pending(connection: Connection, digests: set[str]) -> None:
    """Something was erased: the file is to be scoured, and these contents are to be thrown away."""
    known = pending(connection) or []
    value = msgspec.json.encode(sorted({*known, *digests})).decode("ascii")
    sql = "INSERT INTO fact (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    connection.exec_driver_sql(sql, (PENDING, value))


def pending(connection: Connection) -> list[str] | None:
    """The contents that are to be thrown away; None when nothing was erased since the file was scoured."""
    row = connection.exec_driver_sql("SELECT value FROM fact WHERE name = ?", (PENDING,)).first()
    return msgspec.json.decode(row[0], type=list[str]) if row else None


def to_throw_away(connection: Connection) -> list[str]:
    """Of those the contents that no record names any more; their words are forgotten."""
    found = [digest for digest in pending(connection) or [] if not staged.is_named(connection, digest)]
    for digest in found:
        for table in ("attachment_text", "paper_arrived", "paper_wanted"):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE sha256 = ?", (digest,))
    return found


def without_decision(connection: Connection) -> int:
    """Entries that came without their content although no decision about their record is here."""
    sql = (
        "SELECT count(*) FROM journal j JOIN chain c ON c.id = j.chain WHERE j.line IS NULL AND j.record <> '' "
        "AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.record = j.record)"
    )
    return int(connection.exec_driver_sql(sql).scalar_one())
