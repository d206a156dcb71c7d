"""Entries of this office that its superior keeps aside, as the record's own page and the exchange page tell them.

A value nobody can mean stays kept aside at the superior for ever: the book of what came is not rewritten. It is mended
by a later entry that writes the same fields. From then on the refused entry is "corrected"; once the superior's receipt
covers the later one, there is nothing to tell any more.
"""

from __future__ import annotations

from dataclasses import dataclass

from tcd_desktop.store.journal import acks
from tcd_desktop.store.journal.lines import decode_own, set_fields
from tcd_desktop.store.store import Connection


@dataclass(frozen=True, slots=True)
class NotTaken:
    """One entry. `corrected`: a later one writes the same fields and is on its way to the superior."""

    table: str
    record: str
    seq: int
    code: str
    at: str
    corrected: bool = False


def not_taken(connection: Connection, record: str = "") -> list[NotTaken]:
    """What is still to be told of one record or of all, the newest first."""
    sql = (
        "SELECT r.tbl, r.record, r.seq, r.code, r.at, j.chain, j.line, c.device, c.epoch FROM reject r "
        "JOIN journal j ON j.hash = r.hash JOIN chain c ON c.id = j.chain "
        "WHERE (? = '' OR r.record = ?) AND j.line IS NOT NULL ORDER BY r.at DESC, r.seq DESC"
    )
    found = []
    for table, name, seq, code, at, chain, line, device, epoch in connection.exec_driver_sql(sql, (record, record)):
        later = _mended_by(connection, chain, name, seq, line)
        if not later or later > acks.reached(connection, device, epoch):
            found.append(NotTaken(table, name, seq, code, at, corrected=later > 0))
    return found


def _mended_by(connection: Connection, chain: int, record: str, seq: int, line: bytes) -> int:
    """The number of the later entry with which all fields of a refused change are written anew; 0 while none is."""
    refused = decode_own(line)
    if refused.kind != "set":
        return 0
    open_fields = set(set_fields(refused.after))
    sql = (
        "SELECT j.seq, j.line FROM journal j WHERE j.record = ? AND j.chain = ? AND j.seq > ? AND j.line IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM reject r WHERE r.hash = j.hash) ORDER BY j.seq"
    )
    for number, text in connection.exec_driver_sql(sql, (record, chain, seq)):
        op = decode_own(text)
        if op.kind == "set":
            open_fields -= set(set_fields(op.after))
        if not open_fields:
            return int(number)
    return 0
