"""What may be the same as a visit being typed, among 1,000,000 visits; and finding one of 600,000 citizens.

`python -m tests.benchmarks.bench_duplicates [visits]`. The store is that of `bench_search`; citizens are added to it.
Goals: proposing (some sixteen questions of indexes, comparing, scoring) median at most 50 ms in the background, and at
most 40 times one plain SELECT of the very candidates by their row numbers; a page of found citizens at most 20 ms.
"""

from __future__ import annotations

import json
import sys
from random import Random
from statistics import median, quantiles
from time import perf_counter

from sqlalchemy import Connection

from tcd_desktop.domain.people.resemblance import compare, telling
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.store.lists.citizens import CitizenPages, CitizenQuery, alike_pairs
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.search.candidates import WordAges, find_candidates
from tcd_desktop.store.store import Store
from tests.benchmarks.bench_search import COUNT, _store

SAMPLE = 240
WARM = 40
"""So many proposals come first: the words of the language are known after some contents."""
TYPED = ("nguyen van duc", "Trần Thị Nhi", "tran thi", "0912", "001056", "pham minh tuan 1956", "lan", "2345", "hoang")


def main() -> int:
    """Prints a line for the proposals, one for the first of them, and one for the citizens."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    store = _store(count)
    try:
        citizens = _citizens(store)
        with store.reading() as connection:
            _propose(connection, count)
            _find(connection, citizens)
    finally:
        store.close()
    return 0


def _citizens(store: Store) -> int:
    """One citizen for most visits of people with a number, as if each had come for the first time."""
    with store.writing() as connection:
        if not connection.exec_driver_sql("SELECT 1 FROM citizen LIMIT 1").first():
            fields = "name, birth_date, sex, id_kind, id_number, id_issued, id_place, address, phone"
            connection.exec_driver_sql(
                f"INSERT INTO citizen (id, office, {fields}, removed) SELECT 'c' || substr(id, 2), office, {fields}, "
                "'' FROM reception WHERE id_number <> '' AND role = 'self' AND rid % 10 < 7"
            )
        return int(connection.exec_driver_sql("SELECT count(*) FROM citizen").scalar_one())


def _visits(connection: Connection, count: int) -> list[Reception]:
    """Visits from the whole log, one in so many of them."""
    newest, oldest = connection.exec_driver_sql("SELECT max(rid), min(rid) FROM reception").one()
    chance, found = Random(5), list[Reception]()
    while len(found) < min(SAMPLE, count):
        at = oldest + int(chance.random() * (newest - oldest))
        found += ROWS["reception"].some(connection, "rid <= ? ORDER BY rid DESC LIMIT 1", (at,))
    return found


def _propose(connection: Connection, count: int) -> None:
    ages, times, plain, known = WordAges(), list[float](), list[float](), 0
    for visit in _visits(connection, count):
        sought = telling(visit)
        begin = perf_counter()
        found = find_candidates(connection, sought, ages)
        scored = [
            (compare(sought, one.told, rare_words=found.rare_words, name_is_rare=found.name_is_rare), one)
            for one in found.rows
        ]
        times.append((perf_counter() - begin) * 1000)
        known += any(one.id == visit.id and likeness.score >= 60 for likeness, one in scored)
        begin = perf_counter()
        numbers = json.dumps([one.rid for one in found.rows])
        connection.exec_driver_sql(
            "SELECT * FROM reception WHERE rid IN (SELECT value FROM json_each(?))", (numbers,)
        ).all()
        plain.append((perf_counter() - begin) * 1000)
    warm = times[WARM:]
    ratio = median(warm) / median(plain[WARM:])
    _say(
        "duplicates",
        visits=count,
        median_ms=round(median(warm), 2),
        p99_ms=round(quantiles(warm, n=100)[98], 2),
        ratio=round(ratio, 1),
        goal=[50.0, 40.0],
        ok=median(warm) <= 50 and ratio <= 40,
        found_again=round(known / len(times), 3),
    )
    _say("duplicates_first", visits=count, median_ms=round(median(times[:WARM]), 2), worst_ms=round(max(times[:WARM])))


def _find(connection: Connection, citizens: int) -> None:
    pages, times = CitizenPages(), list[float]()
    typed = [text[:end] for text in TYPED for end in range(2, len(text) + 1)]
    for text in (*typed, *typed):
        begin = perf_counter()
        pages.page(connection, CitizenQuery(text=text), size=50)
        times.append((perf_counter() - begin) * 1000)
    begin = perf_counter()
    pairs = len(alike_pairs(connection))
    alike = (perf_counter() - begin) * 1000
    warm = times[len(typed) :]
    _say(
        "citizens",
        citizens=citizens,
        median_ms=round(median(warm), 2),
        p99_ms=round(quantiles(warm, n=100)[98], 2),
        goal=20.0,
        ok=median(warm) <= 20,
        alike_ms=round(alike),
        alike_pairs=pairs,
    )


def _say(name: str, **facts: object) -> None:
    print(json.dumps({"name": name, **facts}))


if __name__ == "__main__":
    sys.exit(main())
