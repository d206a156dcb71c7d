"""A certificate of the first version lets a ward go on after an upgrade, and nobody do more than before."""

from __future__ import annotations

from tcd_desktop.store.journal.lines import RECORDS, SUPERIOR_TABLES
from tcd_desktop.sync.scope import FIRST_BOOKS, WARD_TABLES, tables_granted


def test_a_ward_enrolled_under_the_first_version_may_write_the_books_that_came_later() -> None:
    assert tables_granted(FIRST_BOOKS) == WARD_TABLES
    assert {"link", "sitting", "conclusion", "phrase"} <= tables_granted(FIRST_BOOKS)


def test_a_certificate_for_fewer_books_stays_with_them() -> None:
    assert tables_granted(["reception", "citizen"]) == {"reception", "citizen"}
    assert tables_granted(FIRST_BOOKS - {"disclosure"}) == FIRST_BOOKS - {"disclosure"}


def test_no_wards_certificate_gives_a_table_of_the_superior() -> None:
    assert not tables_granted(FIRST_BOOKS) & SUPERIOR_TABLES
    assert "device" in tables_granted(RECORDS)


def test_a_table_nobody_knows_is_not_granted() -> None:
    assert tables_granted([*FIRST_BOOKS, "no_such_table"]) == WARD_TABLES
