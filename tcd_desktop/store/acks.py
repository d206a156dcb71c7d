"""What the superior has confirmed of this office's chains."""

from __future__ import annotations

from sqlalchemy import Connection

from tcd_desktop.store import journal
from tcd_desktop.store.journal import Chain


def note(connection: Connection, *, device: str, epoch: int, seq: int, head: bytes, level: str, at: str) -> None:
    """Remembers a confirmation; it may go back when the superior was restored from an older copy."""
    connection.exec_driver_sql(
        "INSERT INTO ack (device, epoch, seq, head, level, at) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (device, epoch) DO UPDATE SET seq = excluded.seq, head = excluded.head, "
        "level = excluded.level, at = excluded.at",
        (device, epoch, seq, head, level, at),
    )


def confirmed(connection: Connection, chain: Chain) -> tuple[int, str]:
    """(the last number confirmed of a chain, when we learned it as ISO text); (0, "") when none.

    A confirmation that names another hash than ours is of another history and counts for nothing.
    """
    sql = "SELECT seq, head, at FROM ack WHERE device = ? AND epoch = ?"
    row = connection.exec_driver_sql(sql, (chain.device, chain.epoch)).first()
    if row is None or not 0 < row[0] <= chain.seq or journal.hash_at(connection, chain, row[0]) != row[1]:
        return 0, ""
    return row[0], row[2]
