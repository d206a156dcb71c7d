"""A copy of an office's database that was looked through, and whether anything was recorded since it was made."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Engine

from tcd_desktop.store.engine import open_engine, require_file
from tcd_desktop.store.errors import StoreUnavailable, errors_sorted
from tcd_desktop.store.journal.high_water import mark_of
from tcd_desktop.store.schema.schema import copy_database, version_of


def standing(connection: Connection) -> str:
    """A text that changes with everything that is recorded: acts, imports, numbers given, drafts."""
    drafts = [tuple(row) for row in connection.exec_driver_sql("SELECT name, at FROM draft ORDER BY name")]
    return msgspec.json.encode([mark_of(connection), drafts]).decode("utf-8")


def verified_copy(engine: Engine, target: Path) -> str:
    """Copies a database under its own key and looks the copy through; returns its standing.

    Raises StoreUnavailable("store_corrupt") when the copy is not what is in the database.
    """
    copy_database(engine, target)
    with errors_sorted(), engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute("ATTACH DATABASE ? AS copied", (str(target),))
        try:
            sound = raw.execute("PRAGMA copied.quick_check").fetchone() == ("ok",)
            for table in ("chain", "bundle", "draft"):
                missing = f"SELECT * FROM main.{table} EXCEPT SELECT * FROM copied.{table}"
                sound = sound and raw.execute(missing).fetchone() is None
            now = standing(connection)
        finally:
            connection.rollback()
            raw.execute("DETACH DATABASE copied")
    if not sound:
        raise StoreUnavailable("store_corrupt")
    return now


def standing_of(path: Path, key: bytes) -> tuple[int, str]:
    """Schema version and standing of a database, of whichever version; nothing of it is changed.

    The standing is "" where a later version keeps it in another form. Raises StoreUnavailable.
    """
    require_file(path)
    engine = open_engine(path, key)
    try:
        with errors_sorted(), engine.connect() as connection:
            version = version_of(connection)
            try:
                return version, standing(connection)
            except Exception:  # a table of the future: then nobody can say that nothing was recorded
                return version, ""
    finally:
        engine.dispose()


def exchange_file(copy: Path, database: Path, aside: Path) -> None:
    """A database is replaced by a copy, in one step; as it was it lies `aside`. It must be closed.

    Raises StoreUnavailable("store_locked") when somebody has it open.
    """
    wal = database.with_name(database.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        raise StoreUnavailable("store_locked")
    part = database.with_name(database.name + ".part")
    shutil.copyfile(database, aside)
    shutil.copyfile(copy, part)
    with open(part, "rb+") as file:
        os.fsync(file.fileno())
    try:
        os.replace(part, database)
    except PermissionError as error:
        part.unlink(missing_ok=True)
        raise StoreUnavailable("store_locked") from error
