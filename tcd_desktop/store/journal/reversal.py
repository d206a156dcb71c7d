"""The reverse of an entry is another entry: fields get back what they had, new records go into the recycle bin.

Nothing is erased and no number is given twice. What somebody changed meanwhile stays: then the whole reversal is
refused. Only entries of this PC are reversed here, never those that came with a bundle.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from msgspec import UNSET
from sqlalchemy import Connection

from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.clock import stamp_time
from tcd_desktop.store.journal.lines import RECORDS, Op, own_fields, set_fields, table_of
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.unit import Unit

FIXED = frozenset(
    {"issued_document", "disclosure", "office", "officer", "device", "undone_import", "key_decision", "erasure"}
)
"""What an act on these tables did stays done: paper that was printed, a look at an identity, trust between PCs, an
import taken back, a decision about a key."""


def _naming(column: str) -> tuple[tuple[str, str], ...]:
    """The tables with a recycle bin of their own that name another record in a column."""
    names = {table: {f.name for f in own_fields(record)} for table, record in RECORDS.items()}
    return tuple((table, column) for table, held in names.items() if {column, "removed"} <= held)


REFERENCES: dict[str, tuple[tuple[str, str], ...]] = {
    "citizen": _naming("citizen"),
    "case_file": _naming("case"),
    "sitting": _naming("sitting"),
    "old_book": _naming("batch"),
    "reception": (("attachment", "reception"), ("conclusion", "reception")),
}
"""Table -> (table, column) that name its records: a record that others rest on is not taken out."""


def removal(table: str, reason: str) -> dict[str, Any] | None:
    """The fields that put a record of a table into the recycle bin; None when it has no such field."""
    names = {f.name for f in own_fields(RECORDS[table])}
    if "removed" in names:
        return {"removed": reason}
    return {"active": False} if table == "day_off" else None


def resting_on(connection: Connection, table: str, office: str, record: str) -> list[tuple[str, str]]:
    """(table, id) of the records of an office that rest on one of its records and are not in the recycle bin."""
    found = []
    for other, column in REFERENCES.get(table, ()):
        sql = f"SELECT id FROM {other} WHERE \"{column}\" = ? AND office = ? AND removed = ''"
        found += [(other, str(row[0])) for row in connection.exec_driver_sql(sql, (record, office))]
    return found


def reverse(unit: Unit, entry: str, reason: str) -> None:
    """Writes the reverse of one of this PC's entries into a unit; `reason` is why new records go into the bin.

    Raises Refused("unknown_entry" | "not_reversible" | "changed_since" | "rested_on"); the unit is left as it was
    only when it is not committed.
    """
    ops = journal.own_entry(unit.connection, entry)
    if not ops:
        raise Refused("unknown_entry")
    beside = {"citizen"} if ops[0].act.startswith("reception.") else set()
    for op in reversed(ops):
        table = table_of(op)
        if table in FIXED:
            raise Refused("not_reversible", table=table)
        back = _before_set if op.kind == "set" else _before_put
        if op.act.startswith(journal.DECISION):
            back = _undecided
        back(unit, table, op, reason, beside=table in beside)


def _before_set(unit: Unit, table: str, op: Op, _reason: str, *, beside: bool) -> None:
    current = _current(unit, table, op)
    after, before = set_fields(op.after), {} if op.before is UNSET else set_fields(op.before)
    open_ones = _in_conflict(unit, table, op.record)
    wanted = {}
    for name, value in after.items():
        if getattr(current, name) == value and name not in open_ones:
            wanted[name] = before[name]
        elif not beside:
            raise _changed_since(unit, table, op.record, name)
    unit.change(current, **wanted)


def _undecided(unit: Unit, table: str, op: Op, _reason: str, *, beside: bool) -> None:
    """Undo: what a decision decided between stands side by side again. Redo: the decision counts again."""
    entries = journal.entries_of(unit.connection, unit.office, op.record)
    decision = _decision_of(entries, op)
    current = _current(unit, table, op)
    for name in set_fields(op.after):
        heads = {head.hash.hex() for head in journal.field_heads(entries, table, name)}
        seen = set(decision.op.base.get(name, ())) if decision.op.base is not UNSET else set()
        expected = {decision.hash.hex()} if decision.hash not in journal.taken_back(entries) else seen
        if heads != expected:
            raise _changed_since(unit, table, op.record, name)
    unit.decide(current, **set_fields(op.after))


def _decision_of(entries: list[journal.Entry], op: Op) -> journal.Entry:
    """The decision that an operation is, or that it undid or did again."""
    by_entry = {entry.op.entry: entry for entry in entries if entry.op.act.startswith(journal.DECISION)}
    found = by_entry[op.entry]
    while found.op.undoes is not UNSET and found.op.undoes in by_entry:
        found = by_entry[found.op.undoes]
    return found


def _before_put(unit: Unit, table: str, op: Op, reason: str, *, beside: bool) -> None:
    """`beside`: a citizen that a visit brought along stays when it was corrected or came again meanwhile."""
    current = _current(unit, table, op)
    out = removal(table, reason)
    if out is None:
        raise Refused("not_reversible", table=table)
    changed = _other_field(unit, table, op, current)
    resting = resting_on(unit.connection, table, unit.office, op.record)
    if beside and (changed or resting):
        return
    if changed:
        raise _changed_since(unit, table, op.record, changed)
    if resting:
        raise Refused("rested_on", table=table, by=resting[0][0], count=len(resting))
    unit.change(current, **out)


def _current(unit: Unit, table: str, op: Op) -> Any:
    current = ROWS[table].read(unit.connection, unit.office, op.record)
    if current is None:
        raise Refused("unknown_record")
    return current


def _other_field(unit: Unit, table: str, op: Op, current: Any) -> str:
    """The first field of a record that is not as its creation left it; "" when all are."""
    given, open_ones = set_fields(op.after), _in_conflict(unit, table, op.record)
    for f in dataclasses.fields(current):
        if f.name in ("id", "office"):
            continue
        if getattr(current, f.name) != given.get(f.name, f.default) or f.name in open_ones:
            return f.name
    return ""


def _in_conflict(unit: Unit, table: str, record: str) -> set[str]:
    """The fields of a record on which two PCs disagree: a person decides, not an undo."""
    sql = "SELECT field FROM conflict WHERE tbl = ? AND record = ?"
    return {str(row[0]) for row in unit.connection.exec_driver_sql(sql, (table, record))}


def _changed_since(unit: Unit, table: str, record: str, name: str) -> Refused:
    """Names the field, and who set it when; the value itself is told nowhere."""
    entries = journal.entries_of(unit.connection, unit.office, record)
    latest = max(
        (entry for entry in journal.field_heads(entries, table, name)), key=lambda entry: entry.op.at, default=None
    )
    officer = unit.get(Officer, latest.op.officer) if latest else None
    return Refused(
        "changed_since",
        table=table,
        field=name,
        who=officer.name if officer else "-",
        when=stamp_time(latest.op.at) if latest else None,
    )
