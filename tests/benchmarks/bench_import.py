"""Importing a ward's bundle against raw `sqlite3` inserting the same rows with the same indexes.

`python -m tests.benchmarks.bench_import [receptions] [--memory]`. The import does everything an import does: copy,
decrypt, hash, decompress, strict parse, chain, journal, rows, indexes, search index, commit with fsync, into the
encrypted store. The raw side opens a plain SQLite file of the standard library, prepares the same tables, indexes and
a search index, inserts the finished rows with one executemany and fills the search index once. Goal: at least 0.5 of
its speed by processor time (the wall clock is given too: on a busy machine it tells little).
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy.schema import CreateIndex, CreateTable

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.journal.lines import fields_of, put_fields
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.schema.tables import RECEPTION
from tests.benchmarks.measures import Cost, peak_memory_mb
from tests.benchmarks.world_rows import logged_ward

GOAL = 0.5
AGAIN_GOAL = 0.05
MEMORY_GOAL_MB = 300
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
    """Prints the ratio with and without a search index on the raw side; with --memory only the import runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("receptions", nargs="?", type=int, default=COUNT)
    parser.add_argument("--memory", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stick, district, ward = logged_ward(folder, given.receptions)
        try:
            bundle = ward.outbox.export(stick)[0].path
            with Cost() as first:
                (result,) = district.inbox.take([bundle])
            memory = peak_memory_mb()
            assert result.outcome == "applied" and result.balance.new >= given.receptions and result.balance.adds_up
            with Cost() as second:
                (again,) = district.inbox.take([bundle])
            assert again.outcome == "already"
            rows = [] if given.memory else _rows(ward)
        finally:
            ward.close()
            district.close()
        figures = {"receptions": given.receptions, **_figures(given.receptions, first, second, memory)}
        if not given.memory:
            figures |= _ratio(first, *_raw(folder, rows))
    print(json.dumps(figures))
    return 0


def _figures(count: int, first: Cost, second: Cost, memory: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": "import",
        "seconds": round(first.wall, 2),
        "processor_seconds": round(first.processor, 2),
        "per_second": round(count / first.wall),
        "again_seconds": round(second.wall, 3),
        "again_share": round(second.wall / first.wall, 4),
        "again_goal": AGAIN_GOAL,
        **memory,
        "memory_goal_mb": MEMORY_GOAL_MB,
    }


def _ratio(first: Cost, inserts: Cost, search: Cost) -> dict[str, Any]:
    raw, wall = inserts.processor + search.processor, inserts.wall + search.wall
    ratio = round(raw / first.processor, 3)
    return {
        "raw_seconds": round(wall, 2),
        "raw_processor_seconds": round(raw, 2),
        "raw_search_share": round(search.processor / raw, 2),
        "ratio": ratio,
        "ratio_by_the_wall": round(wall / first.wall, 3),
        "ratio_without_search_on_the_raw_side": round(inserts.processor / first.processor, 3),
        "goal": GOAL,
        "ok": ratio >= GOAL,
    }


def _rows(ward: OpenOffice) -> Sequence[tuple[Any, ...]]:
    """The finished rows in the order of their making, as the raw side gets them."""
    rows = ROWS["reception"]
    found = ward.store.all(Reception, "1 ORDER BY number")
    made = [rows.row(visit.office, visit.id, fields_of(put_fields(visit), "reception")) for visit in found]
    return [tuple(row) for row in made if row is not None]


def _raw(folder: Path, rows: Sequence[tuple[Any, ...]]) -> tuple[Cost, Cost]:
    """(the inserts, the search index with the commit) of the bare driver."""
    with closing(sqlite3.connect(folder / "raw.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -65536")
        connection.create_function("fold", 1, fold, deterministic=True)
        connection.execute(str(CreateTable(RECEPTION)))
        for index in RECEPTION.indexes:
            connection.execute(str(CreateIndex(index)))
        connection.execute(_PLAIN_SEARCH)
        with Cost() as inserts:
            connection.execute("BEGIN")
            connection.executemany(ROWS["reception"].insert_sql, rows)
        with Cost() as search:
            connection.execute(_FILL)
            connection.execute("COMMIT")
        return inserts, search


if __name__ == "__main__":
    sys.exit(main())
