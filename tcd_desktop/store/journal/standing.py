"""What a record several PCs wrote to stands at: the value shown of each field, what is open, what was decided.

All of it is a function of the set of operations, never of the order in which they came, so every office that has the
same operations shows the same. Open and decided questions are kept as rows, because lists are made of them.

A removal beside a change that did not see it is a question as well (design/sync.md S4). An operation names for each
field the values its writer saw, but a removal is about the whole record: under `WHOLE` it names the last operation of
every other chain its writer knew of, and so does a change of a record that lies in the recycle bin.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any, Final

from msgspec import UNSET
from sqlalchemy import Connection

from tcd_desktop.domain.people.person import IDENTITY_FIELDS
from tcd_desktop.domain.terms import Classification
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.journal import Entry
from tcd_desktop.store.journal.lines import RECORDS, own_fields, set_fields, table_of
from tcd_desktop.store.schema.rows import ROWS

REMOVED: Final = "removed"
WHOLE: Final = "whole"
"""Stands among the names of fields in `base`; no field is called so."""
SEALED_TABLES: Final = frozenset({"reception", "petition"})
"""Whose identity fields are empty when the record is secret."""
EMPTY_IDENTITY: Final = {
    table: {f.name: f.default for f in own_fields(RECORDS[table]) if f.name in IDENTITY_FIELDS}
    for table in SEALED_TABLES
}
"""Table -> the identity fields as a secret record has them."""


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """Operations of one field that nobody has decided between; for a removal also the changes that did not see it."""

    heads: tuple[Entry, ...]
    late: tuple[Entry, ...] = ()

    @property
    def sides(self) -> tuple[Entry, ...]:
        """All that stands side by side, in the order of their hashes."""
        return tuple(sorted({entry.hash: entry for entry in (*self.heads, *self.late)}.values(), key=_by_hash))


def stand(
    connection: Connection, office: str, table: str, record: str, names: Iterable[str], *, at: str
) -> tuple[dict[str, Any], bool]:
    """Writes into a record what its operations say of some fields, and what is open and decided.

    Gives (the values now shown, whether one of the fields has several). `at` is when this office came to know.
    """
    entries = journal.counted_entries(connection, office, record)
    shown: dict[str, Any] = {}
    several = False
    for name in _with_kin(table, names):
        question = question_of(entries, table, name)
        if not question.heads:
            continue
        winner = journal.shown_head(list(question.heads))
        shown[name] = value_of(table, winner, name)
        if _is_closed(entries, table, name):
            shown[name] = EMPTY_IDENTITY[table][name]
        open_now = is_open(question, table, name, shown[name])
        _note_open(connection, table, record, name, question.sides if open_now else (), winner, at)
        _note_decided(connection, office, table, record, name, entries)
        several |= open_now
    if shown:
        ROWS[table].update(connection, office, record, shown)
    return shown, several


def _with_kin(table: str, names: Iterable[str]) -> list[str]:
    """The fields with those that depend on the same operations."""
    wanted = dict.fromkeys(names)
    if REMOVED in ROWS[table].names:
        wanted[REMOVED] = None
    if table in SEALED_TABLES:
        wanted.update(dict.fromkeys(EMPTY_IDENTITY[table]))
    return list(wanted)


def question_of(entries: Sequence[Entry], table: str, field: str) -> Question:
    """Which operations of a field stand side by side."""
    heads = journal.field_heads(entries, table, field)
    late = late_edits(entries, table, heads) if field == REMOVED else []
    return Question(tuple(heads), tuple(late))


def is_open(question: Question, table: str, field: str, shown: Any) -> bool:
    """Whether a person has to decide: equal values written twice are one value."""
    return bool(question.late) or any(value_of(table, head, field) != shown for head in question.heads)


def _is_closed(entries: Sequence[Entry], table: str, field: str) -> bool:
    """Who denounced is shown nowhere, even when another PC wrote it openly at the same time."""
    if table not in SEALED_TABLES or field not in EMPTY_IDENTITY[table]:
        return False
    if len({entry.chain for entry in entries}) < 2:
        return False  # one PC writes nothing openly of who denounced
    heads = journal.field_heads(entries, table, "classification")
    return any(value_of(table, head, "classification") is Classification.DENUNCIATION for head in heads)


def late_edits(entries: Sequence[Entry], table: str, heads: Sequence[Entry]) -> list[Entry]:
    """Changes of a removed record that saw none of its removals and were seen by none."""
    removals = [head for head in heads if value_of(table, head, REMOVED)]
    if not removals:
        return []
    void = journal.taken_back(entries)
    positions = {entry.hash.hex(): (entry.chain, entry.seq) for entry in entries}
    return [
        entry
        for entry in entries
        if entry.op.kind == "set"
        and table_of(entry.op) == table
        and entry.hash not in void
        and set_fields(entry.op.after).keys() - {REMOVED}
        and not any(saw(removal, entry, positions) or saw(entry, removal, positions) for removal in removals)
    ]


def saw(later: Entry, earlier: Entry, positions: dict[str, tuple[int, int]]) -> bool:
    """Whether the writer of an operation about a whole record knew another one of that record."""
    if later.chain == earlier.chain:
        return earlier.seq <= later.seq
    named = () if later.op.base is UNSET else later.op.base.get(WHOLE, ())
    known = (positions.get(digest, (0, 0)) for digest in named)
    return any(chain == earlier.chain and seq >= earlier.seq for chain, seq in known)


def others_last(entries: Iterable[Entry], chain: int) -> list[str]:
    """The last operation of each other chain on a record: what an operation about all of it has seen."""
    last: dict[int, Entry] = {}
    for entry in entries:
        if entry.chain != chain and (entry.chain not in last or last[entry.chain].seq < entry.seq):
            last[entry.chain] = entry
    return sorted(entry.hash.hex() for entry in last.values())


# -- rows ----------------------------------------------------------------------------------------------------


def _note_open(
    connection: Connection, table: str, record: str, field: str, sides: Sequence[Entry], winner: Entry, at: str
) -> None:
    key = (table, record, field)
    if not sides:
        connection.exec_driver_sql("DELETE FROM conflict WHERE tbl = ? AND record = ? AND field = ?", key)
        return
    names = " ".join(entry.hash.hex() for entry in sides)
    connection.exec_driver_sql(
        "INSERT INTO conflict (id, tbl, record, field, shown, heads, at) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (tbl, record, field) DO UPDATE SET shown = excluded.shown, heads = excluded.heads",
        (f"{record}.{field}", table, record, field, winner.hash.hex(), names, at),
    )


def _note_decided(
    connection: Connection, office: str, table: str, record: str, field: str, entries: Sequence[Entry]
) -> None:
    where = (table, record, field)
    connection.exec_driver_sql("DELETE FROM decided WHERE tbl = ? AND record = ? AND field = ?", where)
    for entry, sides in decisions(entries, table, field):
        names = " ".join(side.hash.hex() for side in sides)
        connection.exec_driver_sql(
            "INSERT INTO decided (hash, field, office, tbl, record, heads, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (entry.hash.hex(), field, office, table, record, names, entry.op.at),
        )


def decisions(entries: Sequence[Entry], table: str, field: str) -> list[tuple[Entry, tuple[Entry, ...]]]:
    """The operations that decided between several values of a field, the oldest first, each with what it decided on."""
    void = journal.taken_back(entries)
    known = {entry.hash.hex(): entry for entry in entries}
    found = []
    for entry in entries:
        op = entry.op
        if op.base is UNSET or entry.hash in void or table_of(op) != table or field not in op.base:
            continue
        if getattr(op.after, field, UNSET) is UNSET:
            continue
        seen = [known[digest] for digest in op.base[field] if digest in known]
        late = _late_before(entries, table, entry, seen) if field == REMOVED else []
        question = Question(tuple(seen), tuple(late))
        if late or len({repr(value_of(table, head, field)) for head in seen}) > 1:
            found.append((entry, question.sides))
    return sorted(found, key=lambda one: (one[0].op.at, one[0].hash))


def _late_before(entries: Sequence[Entry], table: str, decision: Entry, seen: Sequence[Entry]) -> list[Entry]:
    """The changes beside a removal that a decision knew of."""
    positions = {entry.hash.hex(): (entry.chain, entry.seq) for entry in entries}
    before = [entry for entry in entries if entry is not decision]
    return [entry for entry in late_edits(before, table, seen) if saw(decision, entry, positions)]


def value_of(table: str, entry: Entry, field: str) -> Any:
    """The value an operation gave a field; a put that left it out gave the default."""
    value = getattr(entry.op.after, field)
    if value is not UNSET:
        return value
    return next(f.default for f in dataclasses.fields(ROWS[table].record) if f.name == field)


def _by_hash(entry: Entry) -> bytes:
    return entry.hash
