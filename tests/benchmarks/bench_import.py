"""Importing a ward's bundle against raw `sqlite3` inserting the same rows with the same indexes.

`python -m tests.benchmarks.bench_import [receptions]`. The import does everything an import does: copy, decrypt, hash,
decompress, strict parse, chain, journal, rows, indexes, search index, commit with fsync, into the encrypted store. The
raw side opens a plain SQLite file of the standard library, prepares the same tables, indexes and a search index,
inserts the finished rows with one executemany and fills the search index once. Goal: at least 0.4 of its speed.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy.schema import CreateIndex, CreateTable

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.practice.wards import practice_wards
from tcd_desktop.store.journal.lines import fields_of, put_fields
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.schema.tables import RECEPTION
from tests.benchmarks.world_rows import ward_receptions
from tests.offices import enrol, make_district, make_office

GOAL = 0.4
COUNT = 100_000
_PLAIN_SEARCH = (
    "CREATE VIRTUAL TABLE reception_search USING fts5(name, place, content, digits, content='', prefix='2 3', "
    "tokenize='unicode61 remove_diacritics 0')"
)
_FILL = (
    "INSERT INTO reception_search (rowid, name, place, content, digits) SELECT rid, fold(name), fold(address), "
    "fold(content || ' ' || request), id_number || ' ' || substr(id_number, -4) || ' ' || phone || ' ' || "
    "substr(phone, -4) || ' ' || number FROM reception ORDER BY rid"
)


def main() -> int:
    """Prints the ratio with and without a search index on the raw side."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ward, district, bundle = _world(folder, count)
        try:
            begin = perf_counter()
            (result,) = district.inbox.take([bundle])
            imported = perf_counter() - begin
            assert result.outcome == "applied" and result.balance.new >= count and result.balance.adds_up
            rows = _rows(ward)
            begin = perf_counter()
            (again,) = district.inbox.take([bundle])
            repeated = perf_counter() - begin
            assert again.outcome == "already"
        finally:
            ward.close()
            district.close()
        raw, raw_with_search = _raw(folder, rows)
    figures: dict[str, Any] = {
        "name": "import",
        "receptions": count,
        "seconds": round(imported, 2),
        "per_second": round(count / imported),
        "raw_seconds": round(raw_with_search, 2),
        "ratio": round(raw_with_search / imported, 3),
        "ratio_without_search_on_the_raw_side": round(raw / imported, 3),
        "again_seconds": round(repeated, 3),
        "goal": GOAL,
    }
    figures["ok"] = figures["ratio"] >= GOAL
    print(json.dumps(figures))
    return 0


def _world(folder: Path, count: int) -> tuple[OpenOffice, OpenOffice, Path]:
    stick = folder / "stick"
    stick.mkdir()
    district, ward = make_district(folder / "district"), make_office(folder / "ward")
    enrol(ward, district, stick)
    with ward.store.unit(act="reception.log", officer=ward.officer.id) as unit:
        for visit in ward_receptions(practice_wards()[0], count, years=10):
            unit.put(replace(visit, office=ward.office.id))
        unit.commit()
    return ward, district, ward.outbox.export(stick)[0].path


def _rows(ward: OpenOffice) -> Sequence[tuple[Any, ...]]:
    """The finished rows in the order of their making, as the raw side gets them."""
    rows = ROWS["reception"]
    found = ward.store.all(Reception, "1 ORDER BY number")
    made = [rows.row(visit.office, visit.id, fields_of(put_fields(visit), "reception")) for visit in found]
    return [tuple(row) for row in made if row is not None]


def _raw(folder: Path, rows: Sequence[tuple[Any, ...]]) -> tuple[float, float]:
    """(seconds of the inserts, seconds with the search index) of the bare driver."""
    with closing(sqlite3.connect(folder / "raw.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -65536")
        connection.create_function("fold", 1, fold, deterministic=True)
        connection.execute(str(CreateTable(RECEPTION)))
        for index in RECEPTION.indexes:
            connection.execute(str(CreateIndex(index)))
        connection.execute(_PLAIN_SEARCH)
        begin = perf_counter()
        connection.execute("BEGIN")
        connection.executemany(ROWS["reception"].insert_sql, rows)
        inserted = perf_counter()
        connection.execute(_FILL)
        connection.execute("COMMIT")
        return inserted - begin, perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
