"""What of the superior's own records each office below has: to be written, on a stick, or read and in its books.

An office tells in each of its bundles how far its PCs have read (`Manifest.requires`); a record counts as read when
every PC of the office has read it. Taking an answer is one transaction: what was read is applied.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tcd_desktop.domain.office import Device
from tcd_desktop.store.journal import journal, ledger
from tcd_desktop.store.journal.chain import withheld_hash
from tcd_desktop.store.journal.ledger import LedgerLine
from tcd_desktop.store.store import Connection, Store
from tcd_desktop.sync.down import lines_for, read_through
from tcd_desktop.sync.manifest import BundleKind


@dataclass(frozen=True, slots=True)
class GivenDown:
    """Of one office. `waiting`, `on_stick`: entries that are not read yet; `written_at` of the newest answer."""

    unit: str
    waiting: int
    on_stick: int
    written_at: datetime | None

    @property
    def all_read(self) -> bool:
        """Whether every PC of the office has told that it read everything."""
        return self.waiting == self.on_stick == 0


def given_down(store: Store, office: str) -> list[GivenDown]:
    """How it stands with each office below, in the order of their codes."""
    devices: dict[str, list[str]] = {}
    for device in store.all(Device, "unit <> ? ORDER BY unit, series", (office,)):
        devices.setdefault(device.unit, []).append(device.id)
    with store.reading() as connection:
        return [_of(connection, unit, names) for unit, names in devices.items()]


def _of(connection: Connection, unit: str, devices: list[str]) -> GivenDown:
    where = "direction = 'out' AND kind = ? AND office = ? AND outcome = 'written'"
    answers = ledger.lines(connection, where, (BundleKind.RETURN.value, unit))
    waiting = on_stick = 0
    for chain in journal.own_chains(connection):
        read = read_through(connection, devices, chain)
        written = _written_through(answers, chain.epoch)
        for seq, line in enumerate(lines_for(connection, chain, unit, read), start=read + 1):
            if withheld_hash(line) is None:
                on_stick += seq <= written
                waiting += seq > written
    return GivenDown(unit, waiting, on_stick, answers[0].at if answers else None)


def _written_through(answers: list[LedgerLine], epoch: int) -> int:
    return max((line.last for line in answers if line.epoch == epoch), default=0)
