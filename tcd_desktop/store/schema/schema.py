"""Brings a database to the schema of this program, or refuses one from the future.

The steps are frozen modules in `store/schema/migrations`, each run with Alembic's operations in one transaction
together with the record that it ran. Alembic is imported only when a step is due: it costs half a second.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from tcd_desktop.renaming import replace_patiently
from tcd_desktop.store.errors import StoreUnavailable, errors_sorted

STEPS = ("m0001_first", "m0002_desk", "m0003_search", "m0004_follow_up", "m0005_papers", "m0006_exchange")
VERSION = len(STEPS)


def version_of(connection: Connection) -> int:
    """The schema version of a database; 0 when it is new."""
    known = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'").first()
    if known is None:
        return 0
    return int(connection.exec_driver_sql("SELECT max(version) FROM schema_version").scalar_one())


def bring_up_to_date(engine: Engine, copy_to: Path | None = None) -> None:
    """Runs the steps that are due, all or nothing. An existing database is copied to `copy_to` first.

    Raises StoreUnavailable("store_from_future") when the database is newer than this program.
    """
    with errors_sorted(), engine.connect() as connection:
        current = version_of(connection)
    if current > VERSION:
        raise StoreUnavailable("store_from_future", found=current, known=VERSION)
    if current == VERSION:
        return
    if current and copy_to is not None:
        copy_database(engine, copy_to)
    with errors_sorted(), engine.connect().execution_options(write=True) as connection, connection.begin():
        _run_steps(connection, version_of(connection))  # another program may have done it meanwhile


def _run_steps(connection: Connection, current: int) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    operations = Operations(MigrationContext.configure(connection))
    if not current:
        connection.execute(text("CREATE TABLE schema_version (version INTEGER PRIMARY KEY)"))
    for number, name in enumerate(STEPS[current:], start=current + 1):
        import_module(f"tcd_desktop.store.schema.migrations.{name}").upgrade(operations)
        connection.execute(text("INSERT INTO schema_version VALUES (:n)"), {"n": number})


def copy_database(engine: Engine, target: Path) -> None:
    """A complete copy under the same key, made inside the database (a file copy of a WAL database loses data).

    An older copy stays until this one is whole. Raises StoreUnavailable, OSError.
    """
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    with errors_sorted(), engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute("VACUUM INTO ?", (str(part),))
    replace_patiently(part, target)
