"""The health of an office's data: what is damaged, lost or out of step, each as a code with its facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.errors import StoreUnavailable
from tcd_desktop.store.journal import erasing, journal
from tcd_desktop.store.journal.lines import decode_own, table_of
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.search import search
from tcd_desktop.store.search.citizen_search import stale_citizens
from tcd_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; `code`: database, journal, search, table, attachment_missing, attachment_damaged,
    erased_without_decision (an office has sent entries without their content)."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)


def check_store(store: Store, blobs: Blobs) -> list[Fault]:
    """Everything that is wrong. Empty when the office's data are whole."""
    with store.reading() as connection:
        faults = _database(connection)
        if faults:
            return faults
        return [*_journal(connection), *_tables(connection), *_search(connection), *_attachments(connection, blobs)]


def _database(connection: Connection) -> list[Fault]:
    try:
        rows = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(20)")]
        rows += [f"page {row[0]}" for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
    except DBAPIError as error:
        return [Fault("database", {"detail": str(error.orig)})]
    return [Fault("database", {"detail": row}) for row in rows if row != "ok"]


def _journal(connection: Connection) -> list[Fault]:
    return [Fault("journal", {"device": device, "seq": seq}) for device, seq in journal.broken_places(connection)]


def _tables(connection: Connection) -> list[Fault]:
    """The tables are what the journal adds up to: one row for every record that was put and applied."""
    put: dict[str, set[str]] = {table: set() for table in ROWS}
    sql = "SELECT line FROM journal WHERE line IS NOT NULL AND hash NOT IN (SELECT hash FROM quarantine)"
    for (line,) in connection.execution_options(yield_per=5000).exec_driver_sql(sql):
        op = decode_own(line)
        if op.kind == "put":
            put[table_of(op)].add(op.record)
    for kind, record in connection.exec_driver_sql("SELECT kind, record FROM erasure"):
        put[kind].add(record)
    faults = []
    unexplained = erasing.without_decision(connection)
    if unexplained:
        faults.append(Fault("erased_without_decision", {"count": unexplained}))
    for table in ROWS:
        found = int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
        if found != len(put[table]):
            faults.append(Fault("table", {"table": table, "rows": found, "journal": len(put[table])}))
    return faults


def _search(connection: Connection) -> list[Fault]:
    stale = search.stale_rows(connection) + stale_citizens(connection)
    return [Fault("search", {"rows": stale})] if stale else []


def _attachments(connection: Connection, blobs: Blobs) -> list[Fault]:
    """What this PC has written of must be here; a paper of another PC may still be awaited, or be closed for others."""
    faults = []
    own = journal.own_chain(connection).office
    written = "id IN (SELECT j.record FROM journal j JOIN chain c ON c.id = j.chain WHERE c.own = 1)"
    contents = (("attachment", "sha256"), ("issued_document", "sha256"), ("issued_document", "signed_sha256"))
    for table, column in contents:
        sql = f"SELECT id, {column} FROM {table} WHERE office = ? AND {column} <> '' AND {written}"
        for identity, digest in connection.exec_driver_sql(sql, (own,)):
            try:
                blobs.get(digest)
            except StoreUnavailable as error:
                code = "attachment_missing" if error.code == "blob_missing" else "attachment_damaged"
                faults.append(Fault(code, {"table": table, "id": identity}))
    return faults
