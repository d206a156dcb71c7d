"""The door: everything that reads or writes an office's data goes through a Store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection as Connection
from sqlalchemy import Engine

from tcd_desktop.store.engine import open_engine, require_file
from tcd_desktop.store.errors import StoreUnavailable, errors_sorted
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.clock import HybridClock, Now, wall_ms
from tcd_desktop.store.journal.high_water import NOT_MARKED, HighWater, go_on_from, mark_of
from tcd_desktop.store.journal.lines import TABLE_OF, decode_own
from tcd_desktop.store.schema import schema
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.unit import Unit

R = TypeVar("R")
T = TypeVar("T")

COPY_BEFORE_UPGRADE = "before-upgrade.db"


class Store:
    """One office's database. Reads run in parallel; writes are units, one at a time.

    `office` is the one whose books they are; books of others may lie beside them.
    `restored`: the database was older than this PC's last work, so a new epoch was begun when it was opened.
    """

    def __init__(
        self, engine: Engine, clock: HybridClock, marks: HighWater, *, office: str, restored: bool = False
    ) -> None:
        self.office = office
        self._engine = engine
        self._clock = clock
        self._marks = marks
        self.restored = restored

    @classmethod
    def create(
        cls,
        path: Path | None,
        key: bytes,
        *,
        device: str,
        office: str,
        now: Now = wall_ms,
        marks: HighWater = NOT_MARKED,
    ) -> Store:
        """A new database (None = in memory) with the first epoch of its device."""
        engine = open_engine(path, key)
        schema.bring_up_to_date(engine)
        with engine.connect().execution_options(write=True) as connection, connection.begin():
            journal.open_chain(connection, device=device, office=office, epoch=1, own=True)
        return cls(engine, HybridClock(device, now=now), marks, office=office)

    @classmethod
    def open(cls, path: Path, key: bytes, *, now: Now = wall_ms, marks: HighWater = NOT_MARKED) -> Store:
        """An existing database, brought up to date; one that was put back from a copy begins a new epoch.

        Raises StoreUnavailable.
        """
        require_file(path)
        engine = open_engine(path, key)
        schema.bring_up_to_date(engine, path.with_name(COPY_BEFORE_UPGRADE))
        with errors_sorted(), engine.connect() as connection:
            if not journal.own_chains(connection):
                raise StoreUnavailable("store_corrupt")
            office = journal.own_chain(connection).office
            here = mark_of(connection)
            last = _last_stamp(connection)
        mark = marks.highest(here.device)
        restored = False
        if mark and mark.is_ahead_of(here):
            with errors_sorted(), engine.connect().execution_options(write=True) as connection, connection.begin():
                restored = go_on_from(connection, mark)
                if restored and mark.seq:  # the exchange leads back to what is missing (`sync.forks`)
                    write_fact(connection, "restored", f"{mark.epoch} {mark.seq}")
        return cls(engine, HybridClock(here.device, last=last, now=now), marks, office=office, restored=restored)

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()

    def copy_to(self, target: Path) -> str:
        """A verified copy of the database under the same key; returns its standing (`store.copies`)."""
        from tcd_desktop.store.copies import verified_copy

        return verified_copy(self._engine, target)

    def unit(self, *, act: str, officer: str, undoes: str = "") -> Unit:
        """A unit of work for one act of an officer (id; "" for the program itself); `undoes`: the entry it reverses."""
        return Unit(self._engine, self._clock, self._marks, act=act, officer=officer, undoes=undoes)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the data and writes nothing."""
        with errors_sorted(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A write transaction for this store's own books (ledger, drafts, merge); rolled back when it raises."""
        with errors_sorted(), self._engine.connect().execution_options(write=True) as connection:
            transaction = connection.begin()
            try:
                yield connection
                mark = mark_of(connection)
                transaction.commit()
                self._marks.note(mark)
            finally:
                if transaction.is_active:
                    transaction.rollback()

    def scour(self) -> bool:
        """Writes the file anew: nothing erased stays in free pages, in old pieces of an index or the write-ahead log.

        Needs as much room as the file takes. False when somebody who reads has kept the log from being emptied.
        """
        with errors_sorted(), self._engine.connect().execution_options(write=True) as connection:
            with connection.begin():
                for table in fts_tables(connection):
                    connection.exec_driver_sql(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
            raw = connection.connection.dbapi_connection
            assert raw is not None
            raw.execute("VACUUM")
            busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not busy

    def read(self, question: Callable[[Connection], T]) -> T:
        """The answer of a function that reads."""
        with self.reading() as connection:
            return question(connection)

    def find(self, record: type[R], identity: str) -> R | None:
        """A record by id, of whichever office, or None."""
        rows = ROWS[TABLE_OF[record]]
        return self.read(lambda connection: rows.one(connection, "id = ?", (identity,)))

    def find_own(self, record: type[R], identity: str) -> R | None:
        """A record of this office by id, or None."""
        return self.read(lambda connection: ROWS[TABLE_OF[record]].read(connection, self.office, identity))

    def all(self, record: type[R], where: str = "1", values: tuple[Any, ...] = ()) -> list[R]:
        """The records that fit a condition written in this program, never text from outside."""
        rows = ROWS[TABLE_OF[record]]
        return self.read(lambda connection: rows.some(connection, where, values))

    def fact(self, name: str, default: str = "") -> str:
        """A small fact of this store."""
        return self.read(lambda connection: read_fact(connection, name, default))

    def set_fact(self, name: str, value: str) -> None:
        """Remembers a small fact of this store."""
        with self.writing() as connection:
            write_fact(connection, name, value)

    def seen(self, stamp: str) -> None:
        """Takes notice of a stamp from another device."""
        if stamp:
            self._clock.seen(stamp)

    def stamp(self) -> str:
        """The next stamp of this device's clock."""
        return self._clock.stamp()


def fts_tables(connection: Connection) -> list[str]:
    """The search indexes."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%' ORDER BY name"
    return [row[0] for row in connection.exec_driver_sql(sql)]


def _last_stamp(connection: Connection) -> str:
    """The stamp of this PC's last operation, in whichever epoch; "" before the first."""
    for chain in reversed(journal.own_chains(connection)):
        sql = "SELECT line FROM journal WHERE chain = ? AND line IS NOT NULL ORDER BY seq DESC LIMIT 1"
        latest = connection.exec_driver_sql(sql, (chain.id,)).first()
        if latest:
            return decode_own(latest[0]).at
    return ""


def write_fact(connection: Connection, name: str, value: str) -> None:
    """Remembers a small fact inside a transaction."""
    sql = "INSERT INTO fact (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    connection.exec_driver_sql(sql, (name, value))


def read_fact(connection: Connection, name: str, default: str = "") -> str:
    """A small fact as it is inside a transaction."""
    row = connection.exec_driver_sql("SELECT value FROM fact WHERE name = ?", (name,)).first()
    return str(row[0]) if row else default


def read_facts(connection: Connection, prefix: str) -> dict[str, str]:
    """The facts whose names begin so and that say something: the rest of the name -> value."""
    sql = "SELECT substr(name, ?), value FROM fact WHERE substr(name, 1, ?) = ? AND value <> ''"
    return {
        str(name): str(value) for name, value in connection.exec_driver_sql(sql, (len(prefix) + 1, len(prefix), prefix))
    }
