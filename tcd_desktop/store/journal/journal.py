"""The journal: every operation of every device this office knows, numbered without gaps and chained by hash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

import msgspec
from msgspec import UNSET
from sqlalchemy import Connection

from tcd_desktop.store.journal import chain as hashing
from tcd_desktop.store.journal.clock import stamp_time
from tcd_desktop.store.journal.lines import Op, decode_own, set_fields, table_of


@dataclass(frozen=True, slots=True)
class Chain:
    """One epoch of one device: `seq` and `head` are those of the last operation known here."""

    id: int
    device: str
    office: str
    epoch: int
    seq: int
    head: bytes
    forked_from: bytes
    own: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation with its place in the journal. `hash` is the chain hash, its name everywhere.

    `chain` is the row of its chain here: two epochs of a device are two chains.
    """

    n: int
    office: str
    device: str
    seq: int
    hash: bytes
    op: Op
    chain: int = 0


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after an act; `before` is None when the record was created."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What one act did to one record: when, who, on which device."""

    at: datetime
    act: str
    officer: str
    device: str
    created: bool
    changes: tuple[FieldChange, ...]


DECISION = "conflict.settle"
"""The act that decides between values that stand side by side; its undo and redo carry its name."""

ORIGIN = "origin"
"""Followed by a hash: where an epoch left another one (see `branches`)."""
_CHAIN = "SELECT id, device, office, epoch, seq, head, forked_from, own FROM chain"


def _chain(row: Any) -> Chain:
    identity, device, office, epoch, seq, head, forked_from, own = row
    return Chain(identity, device, office, epoch, seq, head, forked_from, bool(own))


def find_chain(connection: Connection, device: str, epoch: int) -> Chain | None:
    """The chain of a device's epoch, or None when nothing of it is known."""
    row = connection.exec_driver_sql(f"{_CHAIN} WHERE device = ? AND epoch = ?", (device, epoch)).first()
    return _chain(row) if row else None


def own_chain(connection: Connection) -> Chain:
    """The chain this PC writes to: its latest epoch."""
    row = connection.exec_driver_sql(f"{_CHAIN} WHERE own = 1 ORDER BY id DESC LIMIT 1").first()
    if row is None:
        raise LookupError("this store has no device yet")
    return _chain(row)


def own_chains(connection: Connection) -> list[Chain]:
    """Every epoch of this PC, the oldest first."""
    return [_chain(row) for row in connection.exec_driver_sql(f"{_CHAIN} WHERE own = 1 ORDER BY epoch")]


def chains(connection: Connection) -> list[Chain]:
    """All chains known here."""
    return [_chain(row) for row in connection.exec_driver_sql(f"{_CHAIN} ORDER BY id")]


def open_chain(
    connection: Connection, *, device: str, office: str, epoch: int, own: bool, forked_from: bytes = hashing.NO_FORK
) -> Chain:
    """Begins a chain that has no operation yet."""
    head = hashing.start(device, epoch, forked_from)
    result = connection.exec_driver_sql(
        "INSERT INTO chain (device, office, epoch, seq, head, forked_from, own) VALUES (?, ?, ?, 0, ?, ?, ?)",
        (device, office, epoch, head, forked_from, own),
    )
    return Chain(int(result.lastrowid), device, office, epoch, 0, head, forked_from, own)


def begin_epoch(connection: Connection, chain: Chain, *, epoch: int) -> Chain:
    """A new epoch of this PC that continues one of its chains; nothing is written to the old one any more."""
    forked_from = chain.head if chain.seq else chain.forked_from
    return open_chain(
        connection, device=chain.device, office=chain.office, epoch=epoch, own=True, forked_from=forked_from
    )


def origin(connection: Connection, chain: Chain) -> tuple[int, int] | None:
    """(epoch, sequence number) that a chain of this PC continues; None for one that continues nothing."""
    if chain.forked_from == hashing.NO_FORK:
        return None
    sql = "SELECT c.epoch, j.seq FROM chain c JOIN journal j ON j.chain = c.id WHERE c.own = 1 AND j.hash = ?"
    found = connection.exec_driver_sql(sql, (chain.forked_from,)).first()
    if found is None:  # the place was moved into an epoch of its own when two histories were brought together
        kept = connection.exec_driver_sql("SELECT value FROM fact WHERE name = ?", (_origin_fact(chain),)).scalar_one()
        found = kept.split(" ")
    return int(found[0]), int(found[1])


def _origin_fact(chain: Chain) -> str:
    return f"{ORIGIN}.{chain.forked_from.hex()}"


def append(connection: Connection, chain: Chain, records: list[str], lines: list[bytes]) -> Chain:
    """Appends lines; gives the chain after them."""
    return append_hashed(connection, chain, records, lines, hashing.hashes(chain.head, lines))


def append_hashed(
    connection: Connection, chain: Chain, records: list[str], lines: list[bytes], hashes: list[bytes]
) -> Chain:
    """Appends lines whose chain hashes are known."""
    if not lines:
        return chain
    rows = [
        (chain.id, seq, digest, record, *_kept(line))
        for seq, (digest, record, line) in enumerate(zip(hashes, records, lines, strict=True), start=chain.seq + 1)
    ]
    sql = "INSERT INTO journal (chain, seq, hash, record, line, line_hash) VALUES (?, ?, ?, ?, ?, ?)"
    connection.exec_driver_sql(sql, rows)
    after = replace(chain, seq=chain.seq + len(lines), head=hashes[-1])
    connection.exec_driver_sql("UPDATE chain SET seq = ?, head = ? WHERE id = ?", (after.seq, after.head, after.id))
    return after


def _kept(line: bytes) -> tuple[bytes | None, bytes | None]:
    """(the line, None), or (None, its hash) of one that was withheld."""
    digest = hashing.withheld_hash(line)
    return (line, None) if digest is None else (None, digest)


def known_hashes(connection: Connection, chain: Chain, first: int, last: int) -> list[bytes]:
    """The hashes of a stretch that is in the journal."""
    sql = "SELECT hash FROM journal WHERE chain = ? AND seq BETWEEN ? AND ? ORDER BY seq"
    return [row[0] for row in connection.exec_driver_sql(sql, (chain.id, first, last))]


def hash_at(connection: Connection, chain: Chain, seq: int) -> bytes:
    """The chain hash after one operation that is in the journal; 0 = before the first."""
    if seq == 0:
        return hashing.start(chain.device, chain.epoch, chain.forked_from)
    return known_hashes(connection, chain, seq, seq)[0]


def lines_after(connection: Connection, chain: Chain, seq: int) -> Iterator[bytes]:
    """The lines of a chain after a number, in order; of one whose record was erased what stands in its place."""
    sql = "SELECT line, record, line_hash FROM journal WHERE chain = ? AND seq > ? ORDER BY seq"
    rows = connection.execution_options(yield_per=2000).exec_driver_sql(sql, (chain.id, seq))
    for line, record, line_hash in rows:
        if line is not None:
            yield line
        else:
            yield hashing.erased(record, line_hash) if record else hashing.withheld_as(line_hash)


def has_erased(connection: Connection, chain: Chain, first: int, last: int) -> bool:
    """Whether of a line among first..last of a chain only the hash is left."""
    sql = "SELECT 1 FROM journal WHERE chain = ? AND seq BETWEEN ? AND ? AND line IS NULL LIMIT 1"
    return connection.exec_driver_sql(sql, (chain.id, first, last)).first() is not None


def lines_between(connection: Connection, chain: Chain, first: int, last: int) -> Iterator[bytes]:
    """The lines first..last of a chain, in order; as `lines_after`."""
    return islice(lines_after(connection, chain, first - 1), last - first + 1)


def entries_of(connection: Connection, office: str, record: str) -> list[Entry]:
    """The operations of an office on one of its records in the order of arrival, without redacted ones."""
    return [entry for entry in _entries_naming(connection, record) if entry.office == office]


def counted_entries(connection: Connection, office: str, record: str) -> list[Entry]:
    """The same without those that are kept aside for what they say; a change that came before its record counts."""
    sql = (
        "SELECT q.hash FROM journal j JOIN quarantine q ON q.hash = j.hash WHERE j.record = ? AND q.code <> 'E_PARENT'"
    )
    aside = {row[0] for row in connection.exec_driver_sql(sql, (record,))}
    return [entry for entry in entries_of(connection, office, record) if entry.hash not in aside]


def _entries_naming(connection: Connection, record: str) -> list[Entry]:
    """The same of whichever office: another one may have written of a record that is not its own."""
    sql = (
        "SELECT j.n, c.office, c.device, j.seq, j.hash, j.line, c.id FROM journal j JOIN chain c ON c.id = j.chain "
        "WHERE j.record = ? AND j.line IS NOT NULL ORDER BY j.n"
    )
    rows = connection.exec_driver_sql(sql, (record,))
    return [
        Entry(n, office, device, seq, digest, decode_own(line), chain)
        for n, office, device, seq, digest, line, chain in rows
    ]


def amended(connection: Connection, records: Iterable[str]) -> set[str]:
    """Which of some visits were corrected after they were logged; a correction that was undone does not count."""
    marks = [f'"act":"reception.amend{ending}"'.encode("ascii") for ending in ("", ".redo", ".undo")]
    sql = (
        "SELECT j.record, sum(instr(j.line, ?) > 0) + sum(instr(j.line, ?) > 0) - sum(instr(j.line, ?) > 0) AS times "
        "FROM json_each(?) e CROSS JOIN journal j ON j.record = e.value WHERE j.line IS NOT NULL "
        "GROUP BY j.record HAVING times > 0"
    )
    ids = msgspec.json.encode(list(records)).decode("utf-8")
    return {str(row[0]) for row in connection.exec_driver_sql(sql, (*marks, ids))}


def own_entry(connection: Connection, entry: str) -> list[Op]:
    """The operations of one entry of this PC in their order; empty when this PC wrote no such entry.

    An entry lies in one piece; the search goes back from the newest line, where nearly every wanted entry is.
    """
    mark = f'"entry":"{entry}"'.encode("ascii")
    for chain in reversed(own_chains(connection)):
        sql = "SELECT seq FROM journal WHERE chain = ? AND instr(line, ?) > 0 ORDER BY seq DESC LIMIT 1"
        last = connection.exec_driver_sql(sql, (chain.id, mark)).scalar()
        if last is not None:
            return _piece_ending(connection, chain, int(last), entry)
    return []


def _piece_ending(connection: Connection, chain: Chain, last: int, entry: str) -> list[Op]:
    sql = "SELECT line FROM journal WHERE chain = ? AND seq <= ? ORDER BY seq DESC"
    piece: list[Op] = []
    for (line,) in connection.exec_driver_sql(sql, (chain.id, last)):
        op = decode_own(line) if line is not None else None
        if op is None or op.entry != entry:
            break
        piece.append(op)
    return piece[::-1]


class OpHead(msgspec.Struct, frozen=True):
    """Who did what to which record in which entry, without the fields: a fraction of the cost of the whole line."""

    act: str
    at: str
    entry: str
    kind: str
    officer: str
    record: str
    seq: int
    table: str
    undoes: str = ""


_head_decoder = msgspec.json.Decoder(OpHead)


def own_heads(connection: Connection, chain: Chain, after: int) -> Iterator[OpHead]:
    """The heads of a chain's operations after a number, in order, without redacted ones."""
    sql = "SELECT line FROM journal WHERE chain = ? AND seq > ? AND line IS NOT NULL ORDER BY seq"
    for (line,) in connection.execution_options(yield_per=2000).exec_driver_sql(sql, (chain.id, after)):
        yield _head_decoder.decode(line)


def last_before(connection: Connection, chain: Chain, stamp: str) -> int:
    """The number of a chain's last operation that is older than a stamp; 0 when there is none."""
    sql = "SELECT seq, line FROM journal WHERE chain = ? AND line IS NOT NULL ORDER BY seq DESC"
    for seq, line in connection.execution_options(yield_per=500).exec_driver_sql(sql, (chain.id,)):
        if _head_decoder.decode(line).at < stamp:
            return int(seq)
    return 0


def field_heads(entries: Iterable[Entry], table: str, field: str) -> list[Entry]:
    """The operations whose value of a field nobody has replaced: one, or several when PCs worked at once.

    A function of the set of operations, not of their order, so every office sees the same. A decision between several
    values that was taken back replaces nothing: what it decided between stands side by side again. A PC has always
    seen its own earlier operations, also when what it says it replaced in between has not come yet.
    """
    entries = list(entries)
    void = taken_back(entries)
    latest: dict[int, Entry] = {}
    replaced: set[str] = set()
    for entry in entries:
        op = entry.op
        if table_of(op) != table or entry.hash in void:
            continue
        if op.kind == "put" or getattr(op.after, field) is not UNSET:
            if entry.chain not in latest or latest[entry.chain].seq < entry.seq:
                latest[entry.chain] = entry
            if op.base is not UNSET:
                replaced.update(op.base.get(field, ()))
    return [entry for entry in latest.values() if entry.hash.hex() not in replaced]


def taken_back(entries: Iterable[Entry]) -> set[bytes]:
    """Decisions that do not count because they were undone, and the undoing and redoing of decisions themselves.

    What undoes is always younger than what it undoes: going back from the youngest, each one counts unless one that
    counts has undone it.
    """
    entries = [entry for entry in entries if entry.op.act.startswith(DECISION)]
    marks = [entry for entry in entries if entry.op.act != DECISION and entry.op.undoes is not UNSET]
    undone: set[Any] = set()
    for mark in sorted(marks, key=lambda entry: (entry.op.at, entry.hash), reverse=True):
        if mark.op.entry not in undone:
            undone.add(mark.op.undoes)
    void = {entry.hash for entry in entries if entry.op.act == DECISION and entry.op.entry in undone}
    return void | {mark.hash for mark in marks}


def shown_head(heads: list[Entry]) -> Entry:
    """Which of several values is shown until a person decides: the latest stamp, then the highest hash."""
    return max(heads, key=lambda entry: (entry.op.at, entry.hash))


def history(connection: Connection, record: str) -> list[HistoryLine]:
    """What the office of a record did to it, oldest first."""
    entries = _entries_naming(connection, record)
    office = next((entry.office for entry in entries if entry.op.kind == "put"), "")
    return [_history_line(entry) for entry in entries if entry.office == office]


def _history_line(entry: Entry) -> HistoryLine:
    op = entry.op
    after = set_fields(op.after)
    before = {} if op.before is UNSET else set_fields(op.before)
    changes = tuple(FieldChange(name, before.get(name), value) for name, value in after.items())
    return HistoryLine(stamp_time(op.at), op.act, op.officer, entry.device, op.kind == "put", changes)


def broken_places(connection: Connection) -> list[tuple[str, int]]:
    """(device, sequence number) of the first line of each chain that does not fit: changed, lost or inserted."""
    return [place for chain in chains(connection) if (place := _broken_place(connection, chain)) is not None]


def _broken_place(connection: Connection, chain: Chain) -> tuple[str, int] | None:
    head = hashing.start(chain.device, chain.epoch, chain.forked_from)
    expected = 0
    sql = "SELECT seq, hash, line, line_hash FROM journal WHERE chain = ? ORDER BY seq"
    for seq, digest, line, line_hash in connection.exec_driver_sql(sql, (chain.id,)):
        expected += 1
        head = hashing.step_hash(head, line_hash) if line is None else hashing.step(head, line)
        if seq != expected or head != digest:
            return chain.device, expected
    if expected != chain.seq or head != chain.head:
        return chain.device, expected + 1
    return None
