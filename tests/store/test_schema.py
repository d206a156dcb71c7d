"""The frozen steps give the schema the program works with; old and future databases are treated with care."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from tcd_desktop.store.engine import open_engine
from tcd_desktop.store.schema import schema
from tcd_desktop.store.schema.tables import METADATA
from tcd_desktop.store.search.citizen_search import CITIZEN_SEARCH_DDL
from tcd_desktop.store.search.petition_search import PETITION_SEARCH_DDL
from tcd_desktop.store.search.search import INDEXES
from tcd_desktop.store.store import Store
from tests.offices import DRAFT, make_office

KEY = b"k" * 32


def shape(engine: Engine) -> set[tuple[str, str, str]]:
    """Every table's columns and every index, as SQLite describes them."""
    found = set()
    with engine.connect() as connection:
        names = [row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in names:
            for column in connection.exec_driver_sql(f'PRAGMA table_info("{table}")'):
                found.add((table, column[1], f"{column[2]} {column[3]} {column[5]}"))
        indexes = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''")
        for name, sql in indexes:
            found.add(("index", name, " ".join(sql.replace('"', "").split())))
    return {entry for entry in found if entry[0] != "schema_version"}


def test_the_frozen_steps_give_the_tables_of_the_program() -> None:
    migrated, described = open_engine(None, KEY), open_engine(None, KEY)
    schema.bring_up_to_date(migrated)
    with described.connect().execution_options(write=True) as connection, connection.begin():
        METADATA.create_all(connection)
        for statement in (statement for index in INDEXES for statement in index.ddl):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(CITIZEN_SEARCH_DDL)
        connection.exec_driver_sql(PETITION_SEARCH_DDL)
    assert shape(migrated) == shape(described)


def test_a_step_that_fails_leaves_the_database_as_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "a.db", KEY)
    monkeypatch.setattr(schema, "STEPS", ("m0001_first", "no_such_step"))
    monkeypatch.setattr(schema, "VERSION", 2)
    with pytest.raises(ModuleNotFoundError):
        schema.bring_up_to_date(engine)
    assert shape(engine) == set()
    engine.dispose()


def test_a_copy_that_cannot_be_made_leaves_the_older_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office(tmp_path / "ward")
    older = tmp_path / "copy.db"
    older.write_bytes(b"older")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(schema, "replace_patiently", full)
    with pytest.raises(OSError):
        schema.copy_database(office.store._engine, older)
    office.close()
    assert older.read_bytes() == b"older"


def test_a_copy_of_a_living_database_is_whole_and_under_the_same_key(tmp_path: Path) -> None:
    office = make_office(tmp_path / "ward")
    try:
        visit = office.receptions.log(DRAFT).value
        schema.copy_database(office.store._engine, tmp_path / "copy.db")
    finally:
        office.close()
    assert not (tmp_path / "copy.db").read_bytes().startswith(b"SQLite")
    from tcd_desktop.store.closed.vault import open_slot, read_face
    from tests.offices import PASSWORD

    key = open_slot(read_face(office.home).slots[0], PASSWORD).derive("database")
    copy = Store.open(tmp_path / "copy.db", key)
    try:
        assert copy.find(type(visit), visit.id) == visit
    finally:
        copy.close()


def test_two_programs_that_start_at_once_bring_a_book_up_to_date_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    both_looked, version_of = threading.Barrier(2), schema.version_of
    looked = threading.local()

    def looks(connection: Connection) -> int:
        found = version_of(connection)
        if not getattr(looked, "once", False):
            looked.once = True
            both_looked.wait(timeout=10)
        return found

    monkeypatch.setattr(schema, "version_of", looks)
    engines = [open_engine(tmp_path / "a.db", KEY) for _ in range(2)]
    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(schema.bring_up_to_date, engine) for engine in engines]:
            done.result(timeout=60)
    with engines[0].connect() as connection:
        assert version_of(connection) == schema.VERSION
    for engine in engines:
        engine.dispose()
