"""The high-water mark: how far this PC has come, kept outside its database.

A database that was put back from a copy cannot know that it is old. Its next operations would take numbers that the
superior has in its books already, and its next visits numbers that are on citizens' papers. So every commit leaves
its position and the numbers given beside the database, and opening compares: a database behind its mark begins a new
epoch and counts on from the mark.

A mark is a hint, no secret and no proof. One that is lost, damaged or too low changes nothing; it names no person.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from tcd_desktop.store.journal import journal

FOLDER = "high-water"

Number = tuple[str, int, str, int]
"""Book, year, series, the last number given."""

_RAISE = (
    "INSERT INTO counter (book, year, series, last) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (book, year, series) DO UPDATE SET last = max(last, excluded.last)"
)


class Mark(msgspec.Struct, frozen=True):
    """Where a device is after a commit: its journal, the lines of its ledger of files, the last numbers of its books.

    The ledger counts because a superior that imports and answers writes nothing into its own journal.
    """

    device: str
    epoch: int
    seq: int
    head: str
    ledger: int = 0
    numbers: list[Number] = []

    def is_ahead_of(self, now: Mark) -> bool:
        """Whether this device once was further than it is now."""
        if self.epoch != now.epoch:
            return self.epoch > now.epoch
        return self.seq > now.seq or self.ledger > now.ledger


class HighWater:
    """The marks of one store: one file for each device in each of some folders."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = tuple(folders)
        self._noted: Mark | None = None

    def note(self, mark: Mark) -> None:
        """Leaves the mark of a commit. A folder that cannot be written does not stop anybody's work."""
        if mark == self._noted:
            return
        self._noted = mark
        content = msgspec.json.encode(mark)
        for folder in self._folders:
            target = folder / f"{mark.device}.json"
            part = target.with_suffix(".part")
            with contextlib.suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True)
                part.write_bytes(content)
                part.replace(target)

    def highest(self, device: str) -> Mark | None:
        """The furthest mark of a device that can be read."""
        marks = []
        for folder in self._folders:
            with contextlib.suppress(OSError, msgspec.MsgspecError):
                mark = msgspec.json.decode((folder / f"{device}.json").read_bytes(), type=Mark)
                if mark.device == device:
                    marks.append(mark)
        return max(marks, key=lambda mark: (mark.epoch, mark.seq, mark.ledger), default=None)


NOT_MARKED = HighWater()
"""Nothing is remembered outside the database (in memory, measurements)."""


def mark_of(connection: Connection) -> Mark:
    """The mark of a store as it is in a transaction."""
    chain = journal.own_chain(connection)
    ledger = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM bundle").scalar_one()
    rows = connection.exec_driver_sql("SELECT book, year, series, last FROM counter ORDER BY book, year, series")
    numbers = [(book, year, series, last) for book, year, series, last in rows]
    return Mark(chain.device, chain.epoch, chain.seq, chain.head.hex(), ledger, numbers)


def go_on_from(connection: Connection, mark: Mark) -> bool:
    """Begins a new epoch after a mark that is ahead, inside a write transaction. False: the database is not behind.

    The new epoch continues what the database knows; operations that only the mark remembers stay where they were sent.
    """
    if not mark.is_ahead_of(mark_of(connection)):
        return False
    journal.begin_epoch(connection, journal.own_chain(connection), epoch=mark.epoch + 1)
    for number in mark.numbers:
        connection.exec_driver_sql(_RAISE, number)
    return True
