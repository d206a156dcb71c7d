"""The ledger of files: every bundle written, and every one that was offered here, with what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection

from tcd_desktop.store.journal.merge import Balance


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One file. `direction` out | in; `outcome` written | applied | already | parked | refused | undone.

    `fresh` is the first entry that was new here, 0 when none was; `undone` says when an import was taken back.
    """

    direction: str
    file: str
    outcome: str
    at: datetime
    bundle: str = ""
    sha256: str = ""
    kind: str = ""
    office: str = ""
    device: str = ""
    epoch: int = 0
    first: int = 0
    last: int = 0
    code: str = ""
    created: str = ""
    balance: Balance | None = None
    fresh: int = 0
    undone: str = ""


_COLUMNS = (
    "direction, file, outcome, at, bundle, sha256, kind, office, device, epoch, first, last, code, created, balance, "
    "fresh, undone"
)


def enter(connection: Connection, line: LedgerLine) -> None:
    """Writes a line."""
    values = (
        line.direction,
        line.file,
        line.outcome,
        line.at.isoformat(timespec="seconds"),
        line.bundle,
        line.sha256,
        line.kind,
        line.office,
        line.device,
        line.epoch,
        line.first,
        line.last,
        line.code,
        line.created,
        msgspec.json.encode(line.balance).decode("ascii"),
        line.fresh,
        line.undone,
    )
    marks = ", ".join("?" * len(values))
    connection.exec_driver_sql(f"INSERT INTO bundle ({_COLUMNS}) VALUES ({marks})", values)


def lines(
    connection: Connection, where: str = "1", values: tuple[Any, ...] = (), *, limit: int = 200
) -> list[LedgerLine]:
    """The newest lines that fit a condition of our own making."""
    sql = f"SELECT {_COLUMNS} FROM bundle WHERE {where} ORDER BY id DESC LIMIT {limit}"
    return [_line(row) for row in connection.exec_driver_sql(sql, values).mappings()]


def applied(connection: Connection, sha256: str, bundle: str = "") -> LedgerLine | None:
    """The line of a file that is in the books already, by its hash or by its bundle's name."""
    where = "direction = 'in' AND outcome = 'applied' AND undone = '' AND (sha256 = ? OR (bundle = ? AND bundle <> ''))"
    found = lines(connection, where, (sha256, bundle), limit=1)
    return found[0] if found else None


def latest_applied(connection: Connection) -> list[LedgerLine]:
    """The last bundle of operations that was imported from each office."""
    newest = (
        "SELECT max(id) FROM bundle WHERE direction = 'in' AND kind = 'ops' AND outcome = 'applied' AND undone = '' "
        "GROUP BY office"
    )
    return lines(connection, f"id IN ({newest})", limit=10_000)


def _line(row: Any) -> LedgerLine:
    values = dict(row)
    values["at"] = datetime.fromisoformat(values["at"])
    values["balance"] = msgspec.json.decode(values["balance"], type=Balance | None)
    return LedgerLine(**values)
