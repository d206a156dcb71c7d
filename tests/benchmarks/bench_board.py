"""The district's board over 1,000,000 visits of eighteen wards, ten years of them.

`python -m tests.benchmarks.bench_board [visits]`. The store is that of `bench_search`; goal: at most 300 ms in the
background for a quarter, and for the longest period that is offered, a year.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from statistics import median
from time import perf_counter

from tcd_desktop.practice.wards import practice_wards
from tcd_desktop.services.ward_comparison import MONTHS, last_months
from tcd_desktop.store.ward_figures import visits_by_month, ward_figures
from tests.benchmarks.bench_search import COUNT, _store
from tests.benchmarks.world_rows import UNTIL

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


if __name__ == "__main__":
    sys.exit(main())
