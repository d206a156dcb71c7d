"""A database of the second schema, with data, finds everything the new way after the step; and nothing sealed."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations

from tcd_desktop.store.lists.pages import CasePages, CaseQuery, ReceptionPages, ReceptionQuery
from tcd_desktop.store.schema.migrations import m0003_search
from tcd_desktop.store.search.search import stale_rows
from tcd_desktop.store.store import Store
from tests.offices import DRAFT, SECRET, SECRET_WORDS, make_office

OLD_SEARCH = (
    "CREATE VIRTUAL TABLE reception_search USING fts5(name, place, content, digits, content='', "
    "contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 0')"
)


def back_to_the_second_schema(store: Store) -> None:
    """Undoes the third step, so that the database is one that the program of before has written."""
    with store.writing() as connection:
        for table in (
            "reception_search",
            "reception_exact",
            "case_search",
            "case_exact",
            "case_key",
            "attachment_text",
        ):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("DROP INDEX reception_facts")
        connection.exec_driver_sql(OLD_SEARCH)
        connection.exec_driver_sql(
            "INSERT INTO reception_search (rowid, name, place, content, digits) SELECT rid, fold(name), fold(address), "
            "fold(content), id_number FROM reception ORDER BY rid"
        )


@pytest.mark.parametrize("crowded", [False, True])
def test_the_third_step_indexes_what_is_there(tmp_path: Path, crowded: bool) -> None:
    office = make_office(tmp_path / "ward")
    try:
        office.receptions.log(DRAFT, open_case=True)
        office.receptions.log(SECRET, open_case=True)
        for _ in range(300 if crowded else 0):
            office.receptions.log(DRAFT)
        back_to_the_second_schema(office.store)
        with office.store.writing() as connection:
            m0003_search.upgrade(Operations(MigrationContext.configure(connection)))
        with office.store.reading() as connection:

            def found(text: str) -> int:
                return ReceptionPages().count(connection, ReceptionQuery(text=text)).value

            visits = 301 if crowded else 1
            assert found("nvd") == found("2345") == found("Đức") == visits
            assert found("1/2026") == 1
            assert all(found(words) == 0 for words in SECRET_WORDS)
            assert CasePages().count(connection, CaseQuery(text="duc")).value == 1
            assert CasePages().count(connection, CaseQuery(text="HS 2/2026")).value == 1
            assert stale_rows(connection) == 0
        assert office.check() == []
    finally:
        office.close()
