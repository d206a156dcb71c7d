"""Takes one import back: its entries leave the journal copy of the sender's PC and are kept aside whole.

This office's own journal only grows; what is cut here is its copy of another PC's journal, back to where it was before
the import. The records are made anew from what is left. Whatever was written later and rests on the import stops it:
another import of the same PC, an entry of anybody that names a record or an entry which the import brought.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection

from tcd_desktop.domain.problems import Refused
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.clock import stamp_time
from tcd_desktop.store.journal.journal import Chain
from tcd_desktop.store.journal.ledger import LedgerLine, lines
from tcd_desktop.store.journal.lines import Op, decode_own, table_of
from tcd_desktop.store.journal.merge import UNDONE
from tcd_desktop.store.journal.rebuild import Rebuild

MOST_BLOCKERS = 20
_NAMES = re.compile(rb'"([0-9a-f]{32}|[0-9a-f]{64})"')
"""Ids of records and hashes of entries, wherever a line names them."""
_NOTHING_RESTS = frozenset({"device", "undone_import", "key_decision"})
"""Tables whose records name others without resting on them."""


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something later that rests on an import: an import (`first`, `last`) or an act on a record of an office."""

    kind: str
    office: str
    at: str
    table: str = ""
    act: str = ""
    record: str = ""
    first: int = 0
    last: int = 0


@dataclass(slots=True)
class UndoPlan:
    """What taking an import back would do. `gone` and `back` count records by table; `blockers` stop it."""

    line: LedgerLine
    chain: Chain
    first: int
    last: int
    gone: dict[str, int] = field(default_factory=dict)
    back: dict[str, int] = field(default_factory=dict)
    blockers: list[Blocker] = field(default_factory=list)

    @property
    def entries(self) -> int:
        """How many entries would leave the books."""
        return self.last - self.first + 1


@dataclass(slots=True)
class _Stretch:
    """The entries in question: their place, what they touched, what they are called."""

    after: int = 0
    records: dict[tuple[str, str], bool] = field(default_factory=dict)
    names: set[bytes] = field(default_factory=set)


def plan_of(connection: Connection, bundle: str) -> UndoPlan:
    """What taking an import back would do. Raises Refused("undo_unknown" | "undo_nothing" | "undo_not_ops" |
    "undo_erased").
    """
    return _plan(connection, bundle)[0]


def _plan(connection: Connection, bundle: str) -> tuple[UndoPlan, _Stretch]:
    where = "direction = 'in' AND outcome = 'applied' AND undone = '' AND bundle = ? AND bundle <> ''"
    found = lines(connection, where, (bundle,), limit=1)
    if not found:
        raise Refused("undo_unknown")
    line = found[0]
    if line.kind != "ops":
        raise Refused("undo_not_ops")
    chain = journal.find_chain(connection, line.device, line.epoch)
    if not line.fresh or chain is None or chain.seq < line.fresh or chain.own:
        raise Refused("undo_nothing")
    plan = UndoPlan(line, chain, line.fresh, min(line.last, chain.seq))
    stretch = _stretch(connection, plan)
    for (table, _record), made in stretch.records.items():
        counts = plan.gone if made else plan.back
        counts[table] = counts.get(table, 0) + 1
    plan.blockers = list(_blockers(connection, plan, stretch))[:MOST_BLOCKERS]
    return plan, stretch


def _stretch(connection: Connection, plan: UndoPlan) -> _Stretch:
    stretch = _Stretch()
    sql = "SELECT n, hash, line FROM journal WHERE chain = ? AND seq BETWEEN ? AND ? ORDER BY seq"
    rows = connection.exec_driver_sql(sql, (plan.chain.id, plan.first, plan.last))
    for n, digest, line in rows:
        stretch.after = stretch.after or n
        stretch.names.add(digest.hex().encode("ascii"))
        if line is None:
            continue
        op = decode_own(line)
        key = table_of(op), op.record
        if key[0] == "erasure":
            raise Refused("undo_erased")
        stretch.records[key] = stretch.records.get(key, False) or op.kind == "put"
        if op.kind == "put":
            stretch.names.add(op.record.encode("ascii"))
    return stretch


def _blockers(connection: Connection, plan: UndoPlan, stretch: _Stretch) -> Iterator[Blocker]:
    chain, line = plan.chain, plan.line
    where = (
        "direction = 'in' AND outcome = 'applied' AND undone = '' AND device = ? AND epoch = ? AND fresh > ? "
        "AND bundle <> ?"
    )
    for later in reversed(lines(connection, where, (chain.device, chain.epoch, plan.last, line.bundle))):
        at = later.at.isoformat(timespec="minutes")
        yield Blocker("import", chain.office, at, first=later.fresh, last=later.last)
    sql = "SELECT forked_from, office, seq FROM chain WHERE device = ? AND epoch > ? AND seq > 0"
    for forked_from, office, seq in connection.exec_driver_sql(sql, (chain.device, chain.epoch)):
        if forked_from.hex().encode("ascii") in stretch.names:
            yield Blocker("epoch", office, "", first=1, last=seq)
    yield from _later_entries(connection, plan, stretch)


def _later_entries(connection: Connection, plan: UndoPlan, stretch: _Stretch) -> Iterator[Blocker]:
    sql = (
        "SELECT c.office, j.record, j.line FROM journal j JOIN chain c ON c.id = j.chain "
        "WHERE j.n > ? AND j.chain <> ? AND j.line IS NOT NULL ORDER BY j.n"
    )
    seen: set[tuple[str, str]] = set()
    for office, record, line in connection.execution_options(yield_per=2000).exec_driver_sql(
        sql, (stretch.after, plan.chain.id)
    ):
        if stretch.names.isdisjoint(_NAMES.findall(line)):
            continue
        op = decode_own(line)
        if table_of(op) in _NOTHING_RESTS or (op.act, record) in seen:
            continue
        seen.add((op.act, record))
        yield _entry_blocker(office, op)


def _entry_blocker(office: str, op: Op) -> Blocker:
    at = stamp_time(op.at).astimezone().isoformat(timespec="minutes")
    return Blocker("entry", office, at, table=table_of(op), act=op.act, record=op.record)


def undo(connection: Connection, bundle: str, *, at: str) -> UndoPlan:
    """Takes an import back inside a transaction. Raises Refused like `plan_of`, and "undo_built_on"."""
    plan, stretch = _plan(connection, bundle)
    if plan.blockers:
        raise Refused("undo_built_on", count=len(plan.blockers))
    chain = plan.chain
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO quarantine (hash, device, epoch, seq, code, line, at) "
        "SELECT hash, ?, ?, seq, ?, line, ? FROM journal WHERE chain = ? AND seq >= ? AND line IS NOT NULL",
        (chain.device, chain.epoch, UNDONE, at, chain.id, plan.first),
    )
    head = journal.hash_at(connection, chain, plan.first - 1)
    connection.exec_driver_sql("DELETE FROM journal WHERE chain = ? AND seq >= ?", (chain.id, plan.first))
    connection.exec_driver_sql("UPDATE chain SET seq = ?, head = ? WHERE id = ?", (plan.first - 1, head, chain.id))
    back = journal.find_chain(connection, chain.device, chain.epoch)
    assert back is not None
    rebuild = Rebuild(connection, back, at=at)
    for table, record in stretch.records:
        rebuild.record(table, record)
    rebuild.done()
    connection.exec_driver_sql(
        "UPDATE bundle SET undone = ? WHERE direction = 'in' AND outcome = 'applied' AND undone = '' "
        "AND device = ? AND epoch = ? AND last >= ?",
        (at, chain.device, chain.epoch, plan.first),
    )
    return plan
