"""Importing very many visits of one minute with one number, whose ids end alike: the worst case for row numbers.

`python -m tests.benchmarks.bench_same_minute [visits]`. Three runs, each with twice the visits of the one before. Goal:
no run takes more than 2.6 times the processor time of the one before (linear is 2.0, quadratic 4.0).
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date, time
from itertools import pairwise

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.store.journal import chain as hashing
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.lines import OPS, encode, fields_of, put_fields
from tcd_desktop.store.journal.merge import Merge
from tcd_desktop.store.store import Connection, Store
from tests.benchmarks.measures import Cost

GOAL = 2.6
COUNT = 2000
PIECE = 2000
_AT = "1795430000000-0000-1f2e3d4c"


def main() -> int:
    """Prints the growth at each doubling."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("visits", nargs="?", type=int, default=COUNT)
    first = parser.parse_args().visits
    import_seconds(200)  # the first run also loads what is loaded once
    seconds = [import_seconds(count) for count in (first, 2 * first, 4 * first)]
    growth = [round(later / before, 2) for before, later in pairwise(seconds)]
    result = {"visits": first, "seconds": [round(one, 2) for one in seconds], "growth": growth, "goal": GOAL}
    result["ok"] = max(growth) <= GOAL
    print(json.dumps(result))
    return 0 if result["ok"] else 1


def import_seconds(count: int) -> float:
    """Processor time of merging so many visits of the same minute and number."""
    lines = [visit_line(seq) for seq in range(1, count + 1)]
    store = Store.create(None, bytes(32), device="0" * 32, office="Q")
    try:
        with store.writing() as connection, Cost() as cost:
            merge_all(connection, lines)
    finally:
        store.close()
    return cost.processor


def merge_all(connection: Connection, lines: list[bytes]) -> None:
    """Takes the lines as those of a new PC of a ward."""
    chain = journal.open_chain(connection, device="1" * 32, office="P-01", epoch=1, own=False)
    heads = hashing.hashes(chain.head, lines)
    merge = Merge(connection, chain, first=1, prev=chain.head, tables={"reception"}, at="2026-11-23T09:30:00")
    for start in range(0, len(lines), PIECE):
        merge.block(lines[start : start + PIECE], heads[start : start + PIECE])
    merge.finish(last=len(lines), head=heads[-1])


def visit_line(seq: int) -> bytes:
    """A visit of an invented person; all ids end in the same digits."""
    visit = Reception(
        id=f"{seq:028x}0000",
        office="P-01",
        year=2026,
        number=7,
        date=date(2026, 11, 23),
        time=time(9, 0),
        name="Nguyễn Văn Thử",
    )
    after = fields_of(put_fields(visit), "reception")
    op = OPS["reception"](
        act="reception.log",
        after=after,
        at=_AT,
        entry=f"{seq:032x}",
        kind="put",
        officer="",
        record=visit.id,
        salt=f"{seq:032x}",
        seq=seq,
    )
    return encode(op)


if __name__ == "__main__":
    sys.exit(main())
