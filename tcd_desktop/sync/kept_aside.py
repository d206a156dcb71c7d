"""The entries that were received and do not count: which record, of whom, why, since when. Nobody is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tcd_desktop.store.journal.lines import decode_own, table_of
from tcd_desktop.store.store import Connection

MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One entry that is kept aside whole; `hash` is its name."""

    hash: str
    office: str
    device: str
    epoch: int
    seq: int
    code: str
    table: str
    act: str
    record: str
    at: datetime


def kept_aside(connection: Connection, *, most: int = MOST) -> list[Kept]:
    """The newest entries kept aside."""
    sql = (
        "SELECT q.hash, coalesce(c.office, ''), q.device, q.epoch, q.seq, q.code, q.line, q.at FROM quarantine q "
        "LEFT JOIN chain c ON c.device = q.device AND c.epoch = q.epoch ORDER BY q.at DESC, q.device, q.seq LIMIT ?"
    )
    found = []
    for digest, office, device, epoch, seq, code, line, at in connection.exec_driver_sql(sql, (most,)):
        op = decode_own(line)
        found.append(
            Kept(
                hash=digest.hex(),
                office=office,
                device=device,
                epoch=epoch,
                seq=seq,
                code=code,
                table=table_of(op),
                act=op.act,
                record=op.record,
                at=datetime.fromisoformat(at),
            )
        )
    return found
