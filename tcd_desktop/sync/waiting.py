"""What is to be sent: read by the first screen, which needs nothing of what writes bundles."""

from __future__ import annotations

from dataclasses import dataclass

from tcd_desktop.store.journal import acks, journal
from tcd_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a next export would carry, and since when nothing was confirmed."""

    operations: int
    confirmed: int
    confirmed_at: str


def read_waiting(store: Store) -> Waiting:
    """How many operations the superior has not confirmed yet; `confirmed` is of the latest epoch."""
    operations, confirmed, at = 0, 0, ""
    with store.reading() as connection:
        for chain in journal.own_chains(connection):
            confirmed, at = acks.confirmed(connection, chain)
            operations += chain.seq - confirmed
    return Waiting(operations, confirmed, at)
