"""The tables are what the journal adds up to: emptied and made anew from it, they hold the same rows."""

from __future__ import annotations

from pathlib import Path

from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.rebuild import Rebuild
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Connection
from tests.offices import DRAFT, SECRET, make_office


def dump(connection: Connection) -> dict[str, list[str]]:
    """Every row of every table of records, row numbers included, in a fixed order."""
    return {table: sorted(map(repr, connection.exec_driver_sql(f"SELECT * FROM {table}"))) for table in ROWS}


def test_tables_emptied_and_made_anew_from_the_journal_are_identical(tmp_path: Path) -> None:
    office = make_office(tmp_path / "ward")
    for number in range(12):
        office.receptions.log(SECRET if number % 4 == 3 else DRAFT, open_case=number % 3 == 0)
    with office.store.writing() as connection:
        before, chain = dump(connection), journal.own_chain(connection)
        records = [
            (table, row[0])
            for table in ROWS
            for row in connection.exec_driver_sql(f"SELECT id FROM {table} WHERE office = ?", (chain.office,))
        ]
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table in ROWS:
            connection.exec_driver_sql(f"DELETE FROM {table}")
        assert not any(dump(connection).values())
        rebuild = Rebuild(connection, chain, at=office.store.stamp())
        for table, record in records:
            rebuild.record(table, record)
        rebuild.done()
        after = dump(connection)
    assert len(before["reception"]) == 12
    assert after == before
    assert office.check() == []
    office.close()
