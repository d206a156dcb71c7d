"""What is to be sent: read by the first screen, which needs nothing of what writes bundles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tcd_desktop.store.journal import acks, contents, journal
from tcd_desktop.store.journal.journal import Chain
from tcd_desktop.store.store import Connection, Store, read_fact
from tcd_desktop.sync.down import read_through

PAPERS_LEFT: Final = "export.papers_left"
"""A fact: "" or "1" when the latest export was written without its papers."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a next export would carry, and since when nothing was confirmed.

    `others`: operations of this office's other PCs that were read here and are not confirmed either. `unread`: those
    of this PC that another PC of the office has not read yet, as far as it told.
    """

    operations: int
    confirmed: int
    confirmed_at: str
    papers: int = 0
    papers_left: bool = False
    """The latest export went without its papers."""
    others: int = 0
    unread: int = 0


def read_waiting(store: Store) -> Waiting:
    """How many operations and papers the superior has not confirmed yet; `confirmed` is of the latest epoch."""
    operations, confirmed, at = 0, 0, ""
    after: list[tuple[Chain, int]] = []
    with store.reading() as connection:
        for chain in journal.own_chains(connection):
            confirmed, at = acks.confirmed(connection, chain)
            after.append((chain, confirmed))
            operations += chain.seq - confirmed
        papers = contents.to_send(connection, store.office, after)
        left = bool(papers) and read_fact(connection, PAPERS_LEFT) != ""
        others, unread = _others(connection), _unread(connection)
    return Waiting(operations, confirmed, at, len(papers), left, others, unread)


def _others(connection: Connection) -> int:
    """Operations of the office's other PCs in this PC's books that no receipt covers."""
    own = journal.own_chain(connection)
    beside = [chain for chain in journal.chains(connection) if chain.office == own.office and not chain.own]
    return sum(max(chain.seq - acks.reached(connection, chain.device, chain.epoch), 0) for chain in beside)


def _unread(connection: Connection) -> int:
    """Operations of this PC's newest epoch that the office's other PCs have not read."""
    own = journal.own_chain(connection)
    devices = {chain.device for chain in journal.chains(connection) if chain.office == own.office and not chain.own}
    return own.seq - read_through(connection, sorted(devices), own) if devices else 0
