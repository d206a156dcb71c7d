"""What a superior tells about single entries, and what becomes of it at the sender.

Down: `rejects` are the entries of an office that were kept aside, `wants` the stretches that are missing because a
later bundle of the same PC waits. Each answer carries the whole list as it is now, so what was settled meanwhile
disappears by itself. At the sender a reject is shown on its record, and a want decides where the next bundle begins.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.journal import Chain
from tcd_desktop.store.journal.lines import decode_own, table_of
from tcd_desktop.store.journal.merge import UNDONE
from tcd_desktop.store.store import Connection, read_fact, write_fact
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.return_meta import Ack, Reject, Want

WANTED = "return.wanted"
WENT_BACK = "return.went_back"
"""When a receipt was read that confirms less than the one before it."""


class OwnReject(msgspec.Struct, frozen=True):
    """An entry of this office that an answer says was kept aside; `hash` names it, `seq` is its number."""

    hash: bytes
    seq: int
    code: str
    table: str
    record: str


class WaitingStretch(msgspec.Struct, frozen=True):
    """A bundle that waits here: it begins at `first`, entries `need` to `first` - 1 of its PC are missing."""

    office: str
    device: str
    epoch: int
    need: int
    first: int
    last: int
    at: str


# -- at the superior -------------------------------------------------------------------------------------


def rejects_for(connection: Connection, unit: str) -> list[Reject]:
    """The entries of an office that are kept aside here, the oldest first."""
    sql = (
        "SELECT q.hash, q.code FROM quarantine q JOIN chain c ON c.device = q.device AND c.epoch = q.epoch "
        "WHERE c.office = ? AND q.code <> ? ORDER BY q.at, q.device, q.epoch, q.seq LIMIT ?"
    )
    rows = connection.exec_driver_sql(sql, (unit, UNDONE, DEFAULT.rejects))
    return [Reject(op=digest.hex(), code=code) for digest, code in rows]


def waiting_stretches(connection: Connection, unit: str = "") -> list[WaitingStretch]:
    """The bundles that wait for a missing one, of one office or of all; the nearest first."""
    sql = (
        "SELECT b.office, b.device, b.epoch, coalesce(c.seq, 0) + 1, b.first, b.last, max(b.at) FROM bundle b "
        "LEFT JOIN chain c ON c.device = b.device AND c.epoch = b.epoch "
        "WHERE b.outcome = 'parked' AND b.code = 'E_GAP' AND b.device <> '' AND b.first > coalesce(c.seq, 0) + 1 "
        "AND NOT EXISTS (SELECT 1 FROM bundle a WHERE a.sha256 = b.sha256 AND a.outcome = 'applied' AND a.id > b.id) "
        "AND (? = '' OR b.office = ?) GROUP BY b.device, b.epoch, b.first, b.last ORDER BY b.device, b.epoch, b.first"
    )
    return [WaitingStretch(*row) for row in connection.exec_driver_sql(sql, (unit, unit))]


def wants_for(connection: Connection, unit: str) -> list[Want]:
    """The stretches an office has to send again: for each history up to the first bundle that waits."""
    wanted: dict[tuple[str, int], Want] = {}
    for one in waiting_stretches(connection, unit):
        want = Want(device=one.device, epoch=one.epoch, first=one.need, last=one.first - 1)
        wanted.setdefault((one.device, one.epoch), want)
    return list(wanted.values())[: DEFAULT.wants]


# -- at the sender ---------------------------------------------------------------------------------------


def note_rejects(connection: Connection, rejects: Iterable[Reject], *, at: str) -> None:
    """Replaces what was known by the list of the newest answer; entries of other histories are passed over."""
    since = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT hash, at FROM reject")}
    connection.exec_driver_sql("DELETE FROM reject")
    for one in own_rejects(connection, rejects):
        connection.exec_driver_sql(
            "INSERT INTO reject (hash, code, tbl, record, seq, at) VALUES (?, ?, ?, ?, ?, ?)",
            (one.hash, one.code, one.table, one.record, one.seq, since.get(one.hash, at)),
        )


def own_rejects(connection: Connection, rejects: Iterable[Reject]) -> list[OwnReject]:
    """The entries of this office's own histories that an answer names; those of other histories are passed over."""
    told = {bytes.fromhex(reject.op): reject.code for reject in rejects}
    if not told:
        return []
    names = msgspec.json.encode([digest.hex() for digest in told]).decode("ascii")
    sql = (
        "SELECT j.hash, j.seq, j.line FROM journal j JOIN chain c ON c.id = j.chain "
        "WHERE c.office = (SELECT office FROM chain WHERE own = 1 LIMIT 1) AND j.line IS NOT NULL "
        "AND lower(hex(j.hash)) IN (SELECT value FROM json_each(?))"
    )
    found = []
    for digest, seq, line in connection.exec_driver_sql(sql, (names,)).all():
        op = decode_own(line)
        found.append(OwnReject(digest, seq, told[digest], table_of(op), op.record))
    return found


def note_wants(connection: Connection, wants: Iterable[Want]) -> None:
    """Remembers what the superior lacks of this PC's own histories."""
    own = {(chain.device, chain.epoch): chain.seq for chain in journal.own_chains(connection)}
    kept = [want for want in wants if want.first <= own.get((want.device, want.epoch), 0)]
    write_fact(connection, WANTED, msgspec.json.encode(kept).decode("ascii"))


def wanted(connection: Connection) -> list[Want]:
    """What the superior lacks of this PC's histories, as its newest answer says."""
    return msgspec.json.decode(read_fact(connection, WANTED, "[]"), type=list[Want])


def sent_from(connection: Connection, chain: Chain, confirmed: int) -> int:
    """The number after which the next bundle of a history begins: not beyond what the superior lacks."""
    firsts = [want.first - 1 for want in wanted(connection) if (want.device, want.epoch) == (chain.device, chain.epoch)]
    return min([confirmed, *firsts])


def note_way_back(connection: Connection, ack: Ack, *, at: str) -> None:
    """Remembers that a receipt confirms less of a history of ours than the one before: an import was taken back."""
    sql = "SELECT a.seq FROM ack a JOIN chain c ON c.device = a.device AND c.epoch = a.epoch WHERE c.own = 1"
    row = connection.exec_driver_sql(f"{sql} AND a.device = ? AND a.epoch = ?", (ack.device, ack.epoch)).first()
    if row is not None and ack.seq < row[0]:
        write_fact(connection, WENT_BACK, at)
