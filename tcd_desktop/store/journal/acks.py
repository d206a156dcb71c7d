"""What the superior has confirmed of this office's chains."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.journal import Chain


def forget_all_but(connection: Connection, named: Collection[tuple[str, int]]) -> None:
    """A receipt names every history of which the superior has anything: of what it does not name it has nothing."""
    for device, epoch in connection.exec_driver_sql("SELECT device, epoch FROM ack").all():
        if (device, epoch) not in named:
            connection.exec_driver_sql("DELETE FROM ack WHERE device = ? AND epoch = ?", (device, epoch))


def note(connection: Connection, *, device: str, epoch: int, seq: int, head: bytes, level: str, at: str) -> None:
    """Remembers a confirmation; it may go back when the superior was restored from an older copy."""
    connection.exec_driver_sql(
        "INSERT INTO ack (device, epoch, seq, head, level, at) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (device, epoch) DO UPDATE SET seq = excluded.seq, head = excluded.head, "
        "level = excluded.level, at = excluded.at",
        (device, epoch, seq, head, level, at),
    )


def reached(connection: Connection, device: str, epoch: int) -> int:
    """The last number the superior has confirmed of any PC's epoch; 0 when none."""
    sql = "SELECT seq FROM ack WHERE device = ? AND epoch = ?"
    row = connection.exec_driver_sql(sql, (device, epoch)).first()
    return int(row[0]) if row else 0


def confirmed(connection: Connection, chain: Chain) -> tuple[int, str]:
    """(the last number confirmed of a chain, when we learned it as ISO text); (0, "") when none.

    A confirmation that names another hash than ours is of another history and counts for nothing. One that goes
    further than an epoch which was ended by a restore covers all that is left of it here.
    """
    sql = "SELECT seq, head, at FROM ack WHERE device = ? AND epoch = ?"
    row = connection.exec_driver_sql(sql, (chain.device, chain.epoch)).first()
    if row is None:
        return 0, ""
    seq, head, at = row
    if seq > chain.seq and journal.own_chain(connection).epoch > chain.epoch:
        return chain.seq, at
    if not 0 < seq <= chain.seq or journal.hash_at(connection, chain, seq) != head:
        return 0, ""
    return seq, at
