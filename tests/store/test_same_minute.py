"""Very many visits of one minute and number: each finds its row number at once, and the order of minutes holds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest
from sqlalchemy import Connection

from tcd_desktop.store.schema.rows import ROWS, TableRows, other_orders
from tcd_desktop.store.store import Store
from tests.benchmarks.bench_same_minute import merge_all, visit_line


@pytest.fixture
def store() -> Iterator[Store]:
    made = Store.create(None, bytes(32), device="0" * 32, office="Q")
    yield made
    made.close()


def test_a_visit_of_a_full_minute_looks_at_few_places(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0
    taken = TableRows._number_taken

    def counting(rows: TableRows, connection: Connection, number: int) -> bool:
        nonlocal looked
        looked += 1
        return taken(rows, connection, number)

    monkeypatch.setattr(TableRows, "_number_taken", counting)
    count = 1200
    with store.writing() as connection:
        merge_all(connection, [visit_line(seq) for seq in range(1, count + 1)])
        rids = [row[0] for row in connection.exec_driver_sql("SELECT rid FROM reception")]
    assert len(set(rids)) == count and len({rid >> 16 for rid in rids}) == 1, "all beside each other"
    assert count <= looked < 3 * count


def test_places_stay_in_the_minute_also_when_those_beside_the_number_are_all_taken() -> None:
    wanted = (20_000 << 47) | (540 << 36) | (7 << 16) | 5
    places = list(islice(other_orders(wanted, "a" * 32), 200))
    assert {place >> 36 for place in places} == {wanted >> 36}
    assert {place >> 16 for place in places[:16]} == {wanted >> 16} and len(set(places)) == 200
    assert places != list(islice(other_orders(wanted, "b" * 32), 200))


def test_the_table_of_visits_is_the_one_that_is_ordered() -> None:
    assert [table for table, rows in ROWS.items() if rows.ordered] == ["reception"]
