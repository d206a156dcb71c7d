"""The engine: encrypted SQLite (SQLCipher, raw key) through SQLAlchemy, with our own BEGIN.

Facts: SQLite runs DDL inside transactions only when the driver does not commit behind our back, hence
isolation_level None and BEGIN sent by us; writers take BEGIN IMMEDIATE so that two of them queue instead of failing
half-way. WAL is read back, because some file systems refuse it silently.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool
from sqlcipher3 import dbapi2 as sqlcipher

from tcd_desktop.domain.language.text import fold
from tcd_desktop.store.errors import StoreUnavailable
from tcd_desktop.store.search.search_words import FUNCTIONS

SAFE_WAL = (3, 51, 3)
"""From this SQLite on, several connections may use WAL without the checkpoint race that can lose commits."""

CACHE_KIB = 64 * 1024
BUSY_MS = 10_000


def open_engine(path: Path | None, key: bytes) -> Engine:
    """An engine on the database file (None = in memory) under a 32-byte key.

    Raises StoreUnavailable when the file cannot be opened or the key does not fit it.
    """

    def connect() -> Any:
        name = ":memory:" if path is None else str(path)
        try:
            connection = sqlcipher.connect(name, isolation_level=None, check_same_thread=False)
            _prepare(connection, key, in_memory=path is None)
        except sqlcipher.DatabaseError as error:
            from tcd_desktop.store.errors import sorted_error

            raise sorted_error(error) from error
        return connection

    pool = StaticPool if path is None else QueuePool
    engine = create_engine("sqlite+pysqlite://", module=sqlcipher, creator=connect, poolclass=pool)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, key: bytes, *, in_memory: bool) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    if not in_memory:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not in_memory:
        journal = "WAL" if sqlcipher.sqlite_version_info >= SAFE_WAL else "DELETE"
        got = connection.execute(f"PRAGMA journal_mode = {journal}").fetchone()[0]
        if got.upper() != journal:
            connection.execute("PRAGMA journal_mode = DELETE")
    connection.create_function("fold", 1, fold, deterministic=True)
    for function, arguments, what in FUNCTIONS:
        connection.create_function(function, arguments, what, deterministic=True)


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def require_file(path: Path) -> None:
    """Raises StoreUnavailable("store_missing") when there is no database where one should be, or only an empty file."""
    if not path.is_file() or not path.stat().st_size:
        raise StoreUnavailable("store_missing")
