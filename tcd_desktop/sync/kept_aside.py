"""The entries that were received and do not count: which record, of whom, why, since when. Nobody is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from tcd_desktop.store.journal.clock import stamp_time
from tcd_desktop.store.journal.lines import Op, decode_own, set_fields, table_of
from tcd_desktop.store.journal.merge import LEFT_OUT, REVOKED
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Connection
from tcd_desktop.sync.bundle_contents import called

MOST = 1000
OF_REVOKED = frozenset({REVOKED, LEFT_OUT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One entry that is kept aside whole; `hash` is its name, `written` when its PC wrote it.

    `number` and `name` say which record it is about (`secret`: nobody may be named), `fields` what it changes;
    `created`: it makes the record.
    """

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
    written: datetime
    created: bool
    fields: tuple[str, ...] = ()
    number: str = ""
    name: str = ""
    secret: bool = False

    @property
    def of_revoked(self) -> bool:
        """Whether its PC was revoked before: a person decides about it."""
        return self.code in OF_REVOKED


def kept_aside(connection: Connection, *, most: int = MOST) -> list[Kept]:
    """The newest entries kept aside."""
    sql = (
        "SELECT q.hash, coalesce(c.office, ''), q.device, q.epoch, q.seq, q.code, q.line, q.at FROM quarantine q "
        "LEFT JOIN chain c ON c.device = q.device AND c.epoch = q.epoch ORDER BY q.at DESC, q.device, q.seq LIMIT ?"
    )
    found = []
    for digest, office, device, epoch, seq, code, line, at in connection.exec_driver_sql(sql, (most,)):
        op = decode_own(line)
        number, name, secret = _about(connection, office, op)
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
                written=stamp_time(op.at).astimezone().replace(tzinfo=None),
                created=op.kind == "put",
                fields=() if op.kind == "put" else tuple(sorted(set_fields(op.after))),
                number=number,
                name=name,
                secret=secret,
            )
        )
    return found


def _about(connection: Connection, office: str, op: Op) -> tuple[str, str, bool]:
    """(number, name, secret) of the record: as it is in the books, else as the entry itself would make it."""
    table = table_of(op)
    record: Any = ROWS[table].read(connection, office, op.record)
    if record is None and op.kind == "put":
        told = {"number": 0, "year": 0, "series": "A", "name": "", "title": "", "classification": None}
        record = SimpleNamespace(**(told | set_fields(op.after)))
    if record is None:
        return "", "", True  # what it is about is not known, so nobody is named
    return called(table, record)
