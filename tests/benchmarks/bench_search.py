"""Search as you type, and a page of the log anywhere, over 1,000,000 visits in the encrypted store.

`python -m tests.benchmarks.bench_search [visits]`. The store is built once and kept beside the system's temporary
files (set TCD_BENCH_DIR to keep it elsewhere). Goals: search median at most 5 ms and 99th percentile at most 100 ms; a
page at most 5 ms anywhere. The same page asked with OFFSET is shown for comparison.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from sqlalchemy import Connection

from tcd_desktop.store.journal.lines import fields_of, put_fields
from tcd_desktop.store.lists.pages import ReceptionPages, ReceptionQuery
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.search import search
from tcd_desktop.store.store import Store
from tests.benchmarks.world_rows import receptions

COUNT = 1_000_000
KEY = b"b" * 32
PAGE = 50
PAGES = ReceptionPages()
WORDS = (
    "Nguyễn Văn Đức",
    "tran thi",
    "lan chiem ngo",
    "phố Lò Đúc",
    "tieng on",
    "đất đai",
    "0912",
    "rác thải",
    "pham minh tuan",
    "to dan pho",
    "thoat nuoc",
    "cap giay chung nhan",
    "hoang",
    "boi thuong giai phong",
    "xay dung",
)


def main() -> int:
    """Prints one line for the search and one for the pages."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    store = _store(count)
    try:
        with store.reading() as connection:
            _search(connection, count)
            _pages(connection, count)
    finally:
        store.close()
    return 0


def _store(count: int) -> Store:
    folder = Path(os.environ.get("TCD_BENCH_DIR", tempfile.gettempdir()))
    path = folder / f"tcd-bench-{count}.db"
    if path.exists():
        return Store.open(path, KEY)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    begin = perf_counter()
    store = Store.create(part, KEY, device="ab" * 16, office="HBT")
    rows = ROWS["reception"]
    visits = receptions(count, years=10)
    with store.writing() as connection:
        while chunk := list(islice(visits, 20_000)):
            made = [rows.row(visit.office, visit.id, fields_of(put_fields(visit), "reception")) for visit in chunk]
            rows.insert(connection, [row for row in made if row is not None])
        search.rebuild(connection)
    store.close()
    part.rename(path)
    print(json.dumps({"name": "build", "visits": count, "seconds": round(perf_counter() - begin)}), file=sys.stderr)
    return Store.open(path, KEY)


def _typed() -> list[str]:
    """Every state of the box while the words are typed, from the second letter on."""
    return [text[:end] for text in WORDS for end in range(2, len(text) + 1)]


def _search(connection: Connection, count: int) -> None:
    typed = _typed() * 3
    Random(1).shuffle(typed)
    PAGES.page(connection, ReceptionQuery(text="nguyen"), size=PAGE)
    times, hits = [], 0
    for text in typed:
        begin = perf_counter()
        page = PAGES.page(connection, ReceptionQuery(text=text), size=PAGE)
        times.append((perf_counter() - begin) * 1000)
        hits += bool(page.rows)
    _say("search", count, times, median_goal=5.0, p99_goal=100.0, queries=len(typed), with_hits=hits)
    capped = []
    for text in typed:
        begin = perf_counter()
        PAGES.count(connection, ReceptionQuery(text=text))
        capped.append((perf_counter() - begin) * 1000)
    _say("search_count", count, capped, median_goal=5.0, p99_goal=100.0)


def _pages(connection: Connection, count: int) -> None:
    begin = perf_counter()
    anchors = PAGES.anchors(connection, ReceptionQuery())
    anchoring = (perf_counter() - begin) * 1000
    places = Random(2).sample(anchors, min(300, len(anchors)))
    times = []
    for cursor in places:
        begin = perf_counter()
        page = PAGES.page(connection, ReceptionQuery(), before=cursor, size=PAGE)
        times.append((perf_counter() - begin) * 1000)
        assert len(page.rows) == PAGE or cursor == anchors[-1]
    begin = perf_counter()
    connection.exec_driver_sql(f"SELECT id FROM reception ORDER BY rid DESC LIMIT {PAGE} OFFSET {count - 1000}").all()
    offset = (perf_counter() - begin) * 1000
    _say("page", count, times, median_goal=5.0, p99_goal=5.0, anchors_ms=round(anchoring), offset_ms=round(offset, 1))


def _say(name: str, count: int, times: list[float], *, median_goal: float, p99_goal: float, **more: Any) -> None:
    p99 = quantiles(times, n=100)[98]
    print(
        json.dumps(
            {
                "name": name,
                "visits": count,
                "median_ms": round(median(times), 2),
                "p99_ms": round(p99, 2),
                "goal": [median_goal, p99_goal],
                "ok": median(times) <= median_goal and p99 <= p99_goal,
                **more,
            }
        )
    )


if __name__ == "__main__":
    sys.exit(main())
