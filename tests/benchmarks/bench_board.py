"""The district's board over 1,000,000 visits of eighteen wards, ten years of them.

`python -m tests.benchmarks.bench_board [visits]`. The store is kept in the folder TCD_BENCH_DIR (or that for
temporary files); it has no search indexes, which the board does not use. Goal: at most 300 ms in the background for a
quarter, and for the longest period that is offered, a year.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

from tcd_desktop.practice.wards import practice_wards
from tcd_desktop.services.follow_up.ward_comparison import MONTHS, last_months
from tcd_desktop.store.figures.ward_figures import visits_by_month, ward_figures
from tcd_desktop.store.journal.lines import fields_of, put_fields
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Store
from tests.benchmarks.world_rows import UNTIL, receptions

COUNT = 1_000_000
KEY = b"k" * 32

PERIODS = {"quarter": (date(2026, 9, 15), date(2026, 12, 14)), "year": (date(2026, 1, 1), date(2026, 12, 31))}
TIMES = 9


def main() -> int:
    """Prints one line for each period."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    wards = [ward.code for ward in practice_wards()]
    store = _store(count)
    try:
        for name, (since, until) in PERIODS.items():
            took = []
            for _turn in range(TIMES):
                begin = perf_counter()
                with store.reading() as connection:
                    figures = ward_figures(connection, wards, since, until, UNTIL)
                    visits_by_month(connection, wards, last_months(until, MONTHS))
                took.append((perf_counter() - begin) * 1000)
            seen = sum(one.visits for one in figures)
            line = {"name": f"board {name}", "visits": count, "in_period": seen}
            print(json.dumps({**line, "median_ms": round(median(took)), "first_ms": round(took[0]), "goal_ms": 300}))
    finally:
        store.close()
    return 0


def _store(count: int) -> Store:
    path = Path(os.environ.get("TCD_BENCH_DIR", tempfile.gettempdir())) / f"tcd-bench-board-{count}.db"
    if path.exists():
        return Store.open(path, KEY)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    store = Store.create(part, KEY, device="ab" * 16, office="HBT")
    rows, visits = ROWS["reception"], receptions(count, years=10)
    with store.writing() as connection:
        while chunk := list(islice(visits, 20_000)):
            made = [rows.row(visit.office, visit.id, fields_of(put_fields(visit), "reception")) for visit in chunk]
            rows.insert(connection, [row for row in made if row is not None])
        connection.exec_driver_sql("ANALYZE")
    store.close()
    part.rename(path)
    return Store.open(path, KEY)


if __name__ == "__main__":
    sys.exit(main())
