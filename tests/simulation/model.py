"""What every office must have: a second, small account of the exchange that shares no code with the program.

`Books` is one PC's knowledge: of each chain (device, epoch) a stretch from the first operation on, the operations
themselves, the receipts, the bundles that wait. `receive` says what must become of a file, `fold` what a record must
look like: of every field the values nobody has replaced; the latest stamp is shown, more than one value is a conflict.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.parcel import WITHHELD, Parcel, chain_heads

Chain = tuple[str, int]
Key = tuple[str, str, str]
"""Office, table, record."""
WHOLE = "whole"
"""Among the names of fields in `base`: what the writer of a removal knew of the whole record."""


@dataclass(frozen=True)
class Op:
    """One operation. `hash` is its name everywhere."""

    hash: bytes
    unit: str
    chain: Chain
    seq: int
    table: str
    record: str
    kind: str
    at: str
    act: str
    after: dict[str, Any]
    base: dict[str, list[str]]

    @property
    def key(self) -> Key:
        """The record it writes to."""
        return self.unit, self.table, self.record


_known: dict[bytes, Op] = {}


def operation(line: bytes, digest: bytes, unit: str, chain: Chain) -> Op:
    """A line understood; each only once."""
    op = _known.get(digest)
    if op is None:
        said = json.loads(line)
        parts = {name: said[name] for name in ("seq", "table", "record", "kind", "at", "act", "after")}
        op = _known[digest] = Op(hash=digest, unit=unit, chain=chain, base=said.get("base", {}), **parts)
    return op


@dataclass
class Books:
    """What one office's PC must have. `waits` are bundles that continue something unknown, by the file's digest."""

    office: str
    chains: dict[Chain, list[bytes]] = field(default_factory=dict)
    units: dict[Chain, str] = field(default_factory=dict)
    own: set[Chain] = field(default_factory=set)
    records: dict[Key, list[Op]] = field(default_factory=lambda: defaultdict(list))
    files: set[str] = field(default_factory=set)
    bundles: set[str] = field(default_factory=set)
    receipts: dict[Chain, tuple[int, bytes]] = field(default_factory=dict)
    answer: tuple[int, int] = (1, 0)
    papers: set[str] = field(default_factory=set)
    waits: dict[str, Parcel] = field(default_factory=dict)

    def copied(self) -> Books:
        """As a backup of the database keeps it: bundles that wait lie beside the database."""
        return Books(
            self.office,
            {chain: list(heads) for chain, heads in self.chains.items()},
            dict(self.units),
            set(self.own),
            defaultdict(list, {key: list(ops) for key, ops in self.records.items()}),
            set(self.files),
            set(self.bundles),
            dict(self.receipts),
            self.answer,
            set(self.papers),
        )

    # -- own work ---------------------------------------------------------------------------------------

    def write(self, chain: Chain, lines: Iterable[bytes], start: bytes) -> list[Op]:
        """This PC has written lines: each must continue the chain and name the values that it replaced."""
        held = self.chains.setdefault(chain, [])
        self.units[chain] = self.office
        self.own.add(chain)
        written = []
        for line in lines:
            (head,) = chain_heads(held[-1] if held else start, [line])
            op = operation(line, head, self.office, chain)
            for name, seen in op.base.items():
                assert name == WHOLE or set(seen) == {one.hash.hex() for one in self._heads(op.key, name)}, (
                    op.act,
                    name,
                )
            held.append(head)
            self.records[op.key].append(op)
            written.append(op)
        return written

    # -- files ------------------------------------------------------------------------------------------

    def receive(self, parcel: Parcel | None, digest: str) -> dict[str, str]:
        """Digest -> outcome of a file and of those that waited for it; None is a file that is not whole or not ours."""
        if parcel is None:
            return {digest: "refused"}
        outcomes = {digest: self._take(parcel)}
        moved = outcomes[digest] == "applied"
        while moved:
            moved = False
            for name in sorted(self.waits):
                outcome = self._take(self.waits[name])
                if outcome != "parked":
                    del self.waits[name]
                    outcomes[name] = outcome
                    moved = moved or outcome == "applied"
        return outcomes

    def _take(self, parcel: Parcel) -> str:
        if parcel.digest in self.files or parcel.bundle in self.bundles:
            return "already"
        held = self.chains.get(parcel.chain, [])
        if parcel.lines and parcel.first > len(held) + 1:
            self.waits[parcel.digest] = parcel
            return "parked"
        if parcel.kind == "return" and parcel.meta is not None and not self._note_answer(parcel.meta):
            return "refused"
        known = len(held) - parcel.first + 1
        assert tuple(held[parcel.first - 1 : parcel.last]) == parcel.heads[: max(known, 0)], "another history"
        if known < len(parcel.lines):
            self.chains[parcel.chain] = [*held, *parcel.heads[known:]]
            self.units[parcel.chain] = parcel.unit
            for line, head in zip(parcel.lines[known:], parcel.heads[known:], strict=True):
                if not line.startswith(WITHHELD):
                    op = operation(line, head, parcel.unit, parcel.chain)
                    self.records[op.key].append(op)
        self.files.add(parcel.digest)
        self.bundles.add(parcel.bundle)
        self.papers.update(parcel.papers)
        return "applied"

    def _note_answer(self, meta: dict[str, Any]) -> bool:
        number = (meta["office_epoch"], meta["return_no"])
        if number <= self.answer:
            return False
        self.answer = number
        self.receipts.clear()
        for ack in meta["acks"]:
            self.receipts[ack["device"], ack["epoch"]] = (ack["seq"], bytes.fromhex(ack["head"]))
        return True

    # -- what it adds up to -----------------------------------------------------------------------------

    def _heads(self, key: Key, name: str) -> list[Op]:
        ops = self.records.get(key, [])
        replaced = {digest for op in ops for digest in op.base.get(name, ())}
        touching = [op for op in ops if op.kind == "put" or name in op.after]
        last = {chain: max(op.seq for op in touching if op.chain == chain) for chain in {op.chain for op in touching}}
        return [op for op in touching if op.seq == last[op.chain] and op.hash.hex() not in replaced]

    def fold(self, key: Key, names: Iterable[str], defaults: dict[str, Any]) -> tuple[dict[str, Any], set[str]] | None:
        """The values shown, and the names of fields with different values side by side; None: nobody made it yet."""
        if not any(op.kind == "put" for op in self.records[key]):
            return None
        shown, differ = {}, set()
        for name in names:
            heads = self._heads(key, name)
            values = [op.after.get(name, defaults.get(name)) for op in heads]
            winner = max(range(len(heads)), key=lambda at: (heads[at].at, heads[at].hash))
            shown[name] = values[winner]
            if any(value != shown[name] for value in values):
                differ.add(name)
        if "removed" in shown and self._late(key):
            differ.add("removed")
        return shown, differ

    def _late(self, key: Key) -> bool:
        """Whether a removed record was changed by somebody who had not seen the removal, nor the removal the change."""
        removals = [op for op in self._heads(key, "removed") if op.after.get("removed")]
        edits = [op for op in self.records[key] if op.kind == "set" and op.after.keys() - {"removed"}]
        return any(not any(self._saw(a, b) or self._saw(b, a) for a in removals) for b in edits if removals)

    def _saw(self, later: Op, earlier: Op) -> bool:
        if later.chain == earlier.chain:
            return earlier.seq <= later.seq
        named = [_known.get(bytes.fromhex(digest)) for digest in later.base.get(WHOLE, ())]
        return any(op is not None and op.chain == earlier.chain and op.seq >= earlier.seq for op in named)

    def kept_aside(self, key: Key) -> bool:
        """Whether it answers a directive that this office does not know (any more): it waits until that is known."""
        asked = {op.after["directive"] for op in self.records[key] if key[1] == "directive_progress"}
        return any(not self.has("directive", one) for one in asked)

    def has(self, table: str, record: str) -> bool:
        """Whether some office's record of that id is known."""
        return any(key[1:] == (table, record) for key in self.records)

    @property
    def operations(self) -> int:
        """How many operations it knows."""
        return sum(map(len, self.records.values()))
