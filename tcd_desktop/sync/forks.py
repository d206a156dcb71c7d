"""Two histories of one PC, seen from both ends.

At the superior: the bundle that does not continue what is in the books is kept whole (`inbox/forks`), both are
remembered here until the ward has brought them together or a person has decided. Until then nothing new of that epoch
is taken in: its bundles wait, of whichever of the two histories they are. At the ward: its own marks, or a
confirmation of its superior that names an entry it does not have, tell that the superior knows more of this PC than
the PC itself.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from tcd_desktop.store.journal import journal
from tcd_desktop.store.store import Connection, Store, read_fact, write_fact

FOLDER = "forks"
_FACT = "fork."


class Fork(msgspec.Struct, frozen=True, kw_only=True):
    """`parted` is the last number both histories share; `have` how far the first one goes in the books here.

    `file` is the bundle that was refused, kept in the inbox under `digest`. `settled` once a later epoch has come.
    """

    device: str
    unit: str
    epoch: int
    parted: int
    have: int
    file: str
    digest: str
    at: str
    settled: str = ""


def keep(
    connection: Connection,
    inbox: Path,
    copy: Path,
    file: str,
    digest: str,
    facts: dict[str, Any],
    at: datetime,
    created: datetime,
) -> None:
    """Keeps the bundle whole and remembers the two histories; the first refusal of an epoch names where they part.

    A bundle that was written (`created`) before the matter was settled comes from an old stick and opens it no more.
    """
    folder = inbox / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(copy, folder / f"{digest}.tcdb")
    known = fork_of(connection, facts["device"])
    if known and not known.settled and known.epoch == facts["epoch"] and known.parted <= facts["parted"]:
        return
    if known and known.settled and known.epoch >= facts["epoch"] and created <= datetime.fromisoformat(known.settled):
        return
    fork = Fork(
        device=facts["device"],
        unit=facts["unit"],
        epoch=facts["epoch"],
        parted=facts["parted"],
        have=facts["have"],
        file=file,
        digest=digest,
        at=at.isoformat(timespec="seconds"),
    )
    write_fact(connection, _FACT + fork.device, msgspec.json.encode(fork).decode("utf-8"))


def fork_of(connection: Connection, device: str) -> Fork | None:
    """The two histories of a PC; None when it has one."""
    text = read_fact(connection, _FACT + device)
    return msgspec.json.decode(text, type=Fork) if text else None


def settle(connection: Connection, device: str, epoch: int, at: datetime) -> None:
    """A bundle of a PC was taken: a later epoch than the one that parted ends the matter."""
    known = fork_of(connection, device)
    if known and not known.settled and epoch > known.epoch:
        done = msgspec.structs.replace(known, settled=at.isoformat(timespec="seconds"))
        write_fact(connection, _FACT + device, msgspec.json.encode(done).decode("utf-8"))


def settle_by_person(connection: Connection, device: str, at: datetime) -> Fork | None:
    """Somebody has decided what becomes of two histories; None when there was nothing to decide."""
    known = fork_of(connection, device)
    if known is None or known.settled:
        return None
    settle(connection, device, known.epoch + 1, at)
    return known


def frozen(connection: Connection, device: str, epoch: int) -> bool:
    """Whether an epoch of a PC has two histories that wait for a decision."""
    known = fork_of(connection, device)
    return known is not None and not known.settled and known.epoch == epoch


def open_forks(store: Store) -> list[Fork]:
    """The PCs with two histories that wait for their recovery, the oldest first."""
    with store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT value FROM fact WHERE name LIKE 'fork.%'")
        found = [msgspec.json.decode(value, type=Fork) for (value,) in rows]
    return sorted((fork for fork in found if not fork.settled), key=lambda fork: fork.at)


@dataclass(frozen=True, slots=True)
class Missing:
    """The superior knows this PC's epoch up to `there`; here it goes to `here`. `parted`: to another entry even."""

    epoch: int
    here: int
    there: int
    parted: bool


def missing_here(store: Store) -> Missing | None:
    """What this PC once wrote and no longer has; None when nothing is known to be missing."""
    with store.reading() as connection:
        sql = "SELECT epoch, seq, head FROM ack WHERE device = ? ORDER BY epoch DESC"
        own = {chain.epoch: chain for chain in journal.own_chains(connection)}
        device = next(iter(own.values())).device
        for epoch, seq, head in connection.exec_driver_sql(sql, (device,)):
            chain = own.get(epoch)
            if chain is None or seq > chain.seq:
                return Missing(epoch, chain.seq if chain else 0, seq, False)
            if seq and journal.hash_at(connection, chain, seq) != head:
                return Missing(epoch, chain.seq, seq, True)
        marked = read_fact(connection, RESTORED)
    if marked:
        epoch, there = map(int, marked.split(" "))
        here = own[epoch].seq if epoch in own else 0
        if here < there:
            return Missing(epoch, here, there, False)
    return None


RESTORED = "restored"
"""Epoch and number this PC had reached before its database was put back from a copy."""
