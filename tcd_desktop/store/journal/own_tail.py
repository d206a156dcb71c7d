"""The newest entries of this PC, read once each: what can be undone is told by the journal itself."""

from __future__ import annotations

from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.journal import OpHead
from tcd_desktop.store.store import Store


class OwnTail:
    """Entries since a stamp, in order. `fresh` gives those that were not given before."""

    def __init__(self, store: Store, since: str) -> None:
        self._store = store
        self._since = since
        self._read: dict[int, int] = {}

    def fresh(self) -> list[list[OpHead]]:
        """Each entry as the heads of its operations; empty when nothing was written since the last call."""
        pieces: list[list[OpHead]] = []
        with self._store.reading() as connection:
            for chain in journal.own_chains(connection):
                after = self._read.get(chain.id)
                if after is None:
                    after = journal.last_before(connection, chain, self._since)
                for head in journal.own_heads(connection, chain, after):
                    if not pieces or pieces[-1][0].entry != head.entry:
                        pieces.append([])
                    pieces[-1].append(head)
                    after = head.seq
                self._read[chain.id] = after
        return pieces
