"""The merged quarterly report of eighteen wards over 1,000,000 visits, ten years of them: all six tables of TT 06/2025.

`python -m tests.benchmarks.bench_circular [visits]`. The store is kept in the folder TCD_BENCH_DIR (or that for
temporary files): visits of the practice district with their petitions, one case for eight visits with its steps, what
decisions order, petitions by post, sittings. Goal: the six tables of a quarter take less than 3x one SQL aggregate over
the table of the visits. Told beside it: the same against an aggregate over the quarter's visits alone, and for a period
that has all of them.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

from tcd_desktop.domain.cases.case_file import CaseFile, Petition
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.obligation import Amount, Obligation
from tcd_desktop.domain.follow_up.follow_up_terms import ObligationKind, ObligationState
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.reports.report_period import ReportPeriod, days, quarter
from tcd_desktop.domain.sittings.sitting import Sitting
from tcd_desktop.domain.terms import (
    CaseState,
    Classification,
    PetitionDirection,
    PetitionSource,
    SittingState,
)
from tcd_desktop.practice.wards import practice_wards
from tcd_desktop.reports.circular.figures import count, count_all
from tcd_desktop.reports.circular.tables import tables
from tcd_desktop.store.journal.lines import TABLE_OF, fields_of, put_fields
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Connection, Store
from tests.benchmarks.world_rows import UNTIL, receptions

COUNT = 1_000_000
KEY = b"k" * 32
TIMES = 5
QUARTER = quarter(2026, 3)
EVERYTHING = days(UNTIL - timedelta(days=3660), UNTIL)
GOAL = 3

_AGGREGATE = (
    "SELECT office, receiver_rank, count(*), sum(people), sum(people >= 5) FROM reception "
    "WHERE removed = '' {period} GROUP BY office, receiver_rank"
)
_ACTS = {
    Classification.COMPLAINT: ("accept", "verify", "decide", "close"),
    Classification.DENUNCIATION: ("accept", "verify", "conclude", "handle", "close"),
}


def main() -> int:
    """Prints one line for each period."""
    visits = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    wards = tuple(ward.code for ward in practice_wards())
    store = _store(visits)
    try:
        with store.reading() as connection:
            _print("circular quarter", QUARTER, connection, wards, visits, GOAL)
            _print("circular ten years", EVERYTHING, connection, wards, visits)
    finally:
        store.close()
    return 0


def _print(
    name: str,
    period: ReportPeriod,
    connection: Connection,
    wards: tuple[str, ...],
    visits: int,
    goal: int | None = None,
) -> None:
    figures = count_all(connection, period, wards)
    report = _ms(lambda: count_all(connection, period, wards))
    parts = {form.code: _ms(lambda form=form: count(connection, form, period, wards)) for form in tables()}  # type: ignore[misc]
    whole = _ms(lambda: _fetch(connection, _AGGREGATE.format(period="")))
    same = _ms(lambda: _fetch(connection, _AGGREGATE.format(period="AND date BETWEEN ? AND ?"), period))
    line: dict[str, Any] = {"name": name, "visits": visits, "in_period": figures[0].total[0]}
    line |= {"petitions": figures[1].total[0], "report_ms": report, "tables_ms": parts, "aggregate_ms": whole}
    line |= {"ratio": round(report / whole, 2), "goal": goal, "aggregate_of_period_ms": same}
    print(json.dumps(line, ensure_ascii=False))


def _ms(work: Callable[[], object]) -> float:
    took = []
    for _turn in range(TIMES):
        begin = perf_counter()
        work()
        took.append((perf_counter() - begin) * 1000)
    return round(median(took), 1)


def _fetch(connection: Connection, sql: str, period: ReportPeriod | None = None) -> list[Any]:
    values = (period.first.isoformat(), period.last.isoformat()) if period else ()
    return list(connection.exec_driver_sql(sql, values))


def _store(visits: int) -> Store:
    path = Path(os.environ.get("TCD_BENCH_DIR", tempfile.gettempdir())) / f"tcd-bench-circular-{visits}.db"
    if path.exists():
        return Store.open(path, KEY)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    store = Store.create(part, KEY, device="ab" * 16, office="HBT")
    records = _records(visits)
    with store.writing() as connection:
        connection.exec_driver_sql("PRAGMA cache_size = -4000000")  # else every page of an index is decrypted again
        connection.exec_driver_sql("DROP TRIGGER petition_put")  # reports need no words for the search
        while chunk := list(islice(records, 20_000)):
            _insert(connection, chunk)
        _insert(connection, list(_sittings()))
        connection.exec_driver_sql("ANALYZE")
    store.close()
    part.rename(path)
    return Store.open(path, KEY)


def _insert(connection: Connection, records: list[Any]) -> None:
    made: dict[str, list[Any]] = {}
    for record in records:
        table = TABLE_OF[type(record)]
        row = ROWS[table].row(record.office, record.id, fields_of(put_fields(record), table))
        assert row is not None
        made.setdefault(table, []).append(row)
    for table, rows in made.items():
        ROWS[table].insert(connection, rows)


def _records(visits: int) -> Iterator[Any]:
    chance = Random("circular")
    for number, visit in enumerate(receptions(visits, years=10)):
        held = _case(visit, number, chance) if number % 8 == 0 else []
        line = replace(visit, case=held[0].id) if held else visit
        yield line
        yield from held
        if line.has_petition:
            yield _handed_over(line, chance)
        if number % 12 == 5:
            yield _by_post(line, number, chance)


def _id(chance: Random) -> str:
    return f"{chance.getrandbits(128):032x}"


def _case(visit: Reception, number: int, chance: Random) -> list[Any]:
    assert visit.date and visit.classification
    kind = visit.classification
    values: dict[str, Any] = {"year": visit.year, "number": number, "title": visit.content[:100]}
    case = CaseFile(id=_id(chance), office=visit.office, opened_on=visit.date, classification=kind, **values)
    made: list[Any] = [case]
    day = visit.date
    for act in _ACTS.get(kind, ("accept", "answer", "close")):
        day += timedelta(days=3 + chance.randrange(20))
        if day > UNTIL:
            break
        states: dict[str, Any] = {"frm": CaseState.UNDER_REVIEW, "to": CaseState.ACCEPTED}
        result = chance.choice(("right", "partly", "wrong")) if act in ("decide", "conclude") else ""
        made.append(
            CaseStep(id=_id(chance), office=visit.office, case=case.id, act=act, on=day, result=result, **states)
        )
        if result and chance.random() < 0.5:
            made.append(_ordered(case, day, act, chance))
    return made


def _ordered(case: CaseFile, day: date, act: str, chance: Random) -> Obligation:
    kind = ObligationKind.COMPLAINT_DECISION if act == "decide" else ObligationKind.DENUNCIATION_CONCLUSION
    done = day + timedelta(days=chance.randrange(120)) if chance.random() < 0.9 else None
    return Obligation(
        id=_id(chance),
        office=case.office,
        case=case.id,
        kind=kind,
        issued_on=day,
        summary="Thi hành",
        amounts=(Amount("state_money", 5_000_000, 1_000_000), Amount("people_land", 40, 10), Amount("people", 1, 1)),
        state=ObligationState.DONE if done else ObligationState.IN_PROGRESS,
        done_on=done,
    )


def _handed_over(visit: Reception, chance: Random) -> Petition:
    assert visit.date
    return Petition(
        id=_id(chance),
        office=visit.office,
        reception=visit.id,
        case=visit.case,
        petition_date=visit.date,
        received_on=visit.date,
        content=visit.content,
        signers=visit.people,
    )


def _by_post(visit: Reception, number: int, chance: Random) -> Petition:
    assert visit.date
    direction = chance.choice((*PetitionDirection, PetitionDirection.ACCEPT)) if chance.random() < 0.98 else None
    return Petition(
        id=_id(chance),
        office=visit.office,
        year=visit.year,
        number=number + 1,
        source=PetitionSource.POST,
        received_on=visit.date,
        classification=visit.classification,
        content=visit.content,
        field="land",
        eligible=True if direction else None,
        direction=direction,
        direction_on=visit.date + timedelta(days=1 + chance.randrange(9)) if direction else None,
    )


def _sittings() -> Iterator[Sitting]:
    chance = Random("sittings")
    for ward in practice_wards():
        for weeks in range(520):
            day = UNTIL - timedelta(days=7 * weeks)
            values: dict[str, Any] = {"posted_on": day - timedelta(days=7), "state": SittingState.HELD}
            yield Sitting(id=_id(chance), office=ward.code, day=day, leader="Chủ tịch", **values)


if __name__ == "__main__":
    sys.exit(main())
