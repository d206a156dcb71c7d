"""What a superior's return bundle carries down: its own journal, with the lines that concern others withheld.

A line concerns an office when the record it writes to names that office (`units`, `unit`), or is the superior's own
office record. Of every other line only the hash travels, so the chain is proven to be whole and tells nothing. How far
an office has read is told by its PCs: each of their bundles requires the position it knows (`Manifest.requires`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from tcd_desktop.domain.office import DayOff
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.chain import withheld, withheld_as, withheld_hash
from tcd_desktop.store.journal.journal import Chain
from tcd_desktop.store.journal.lines import RECORDS, decode_own, table_of
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Connection, read_fact, write_fact
from tcd_desktop.sync.manifest import Position

DOWN_TABLES: Final = frozenset(
    {
        "office",
        "directive",
        "reminder",
        "review_entry",
        "review_progress",
        "inspection_round",
        "finding",
        "undone_import",
        "erasure",
        "day_off",
    }
) & frozenset(RECORDS)
"""What an office below takes from its superior."""


def lines_for(connection: Connection, chain: Chain, unit: str, after: int) -> Iterator[bytes]:
    """The lines of a superior's chain after a number, as one office below may see them."""
    seen: dict[tuple[str, str], bool] = {}
    for line in journal.lines_after(connection, chain, after):
        digest = withheld_hash(line)
        if digest is not None:  # a record of ours that was erased: its hash is all there is
            yield withheld_as(digest)
            continue
        op = decode_own(line)
        key = table_of(op), op.record
        if key not in seen:
            seen[key] = key[0] in DOWN_TABLES and _concerns(connection, chain.office, *key, unit)
        yield line if seen[key] else withheld(line)


def _concerns(connection: Connection, office: str, table: str, record: str, unit: str) -> bool:
    if table == "office":
        return record == office
    found = ROWS[table].read(connection, office, record)
    if isinstance(found, DayOff):
        return bool(found.decision)  # a day that was decided for all; one without a decision is the office's own
    return found is not None and unit in addressees(found)


def addressees(record: Any) -> frozenset[str]:
    """The codes of the offices a record of the superior is meant for."""
    units = getattr(record, "units", None)
    return frozenset(units if units is not None else (record.unit,))


# -- how far an office has read ------------------------------------------------------------------------


def known_positions(connection: Connection, superior: str) -> list[Position]:
    """How far this PC has read the journals of its superior and of its office's other PCs: what its bundles require."""
    own = journal.own_chain(connection)
    return [
        Position(device=chain.device, epoch=chain.epoch, seq=chain.seq)
        for chain in journal.chains(connection)
        if not chain.own and chain.office in (superior, own.office) and chain.seq
    ]


def note_positions(connection: Connection, device: str, positions: Iterable[Position]) -> None:
    """A PC of an office below, or another one of our own, has told how far it has read this PC's journal.

    A history it does not name it knows nothing of: a PC that was put back from its first days reads it from the start.
    """
    told = {(one.device, one.epoch): one.seq for one in positions}
    for chain in journal.own_chains(connection):
        read = min(told.get((chain.device, chain.epoch), 0), chain.seq)
        write_fact(connection, _fact(device, chain.epoch), str(read))


def read_through(connection: Connection, devices: Sequence[str], chain: Chain) -> int:
    """The number up to which every PC of an office has read a chain of ours."""
    return min((int(read_fact(connection, _fact(device, chain.epoch), "0")) for device in devices), default=0)


def _fact(device: str, epoch: int) -> str:
    return f"down.{device}.{epoch}"
