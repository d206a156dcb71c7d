"""What is to be sent: read by the first screen, which needs nothing of what writes bundles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tcd_desktop.store.journal import acks, contents, journal
from tcd_desktop.store.journal.journal import Chain
from tcd_desktop.store.store import Store, read_fact

PAPERS_LEFT: Final = "export.papers_left"
"""A fact: "" or "1" when the latest export was written without its papers."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a next export would carry, and since when nothing was confirmed."""

    operations: int
    confirmed: int
    confirmed_at: str
    papers: int = 0
    papers_left: bool = False
    """The latest export went without its papers."""


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
    return Waiting(operations, confirmed, at, len(papers), left)
