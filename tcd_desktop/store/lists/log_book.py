"""Lines of the log book in the order of days, some at a time: a book of any length is read in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.receptions.log_book import BookCount, BookLine, BookQuery, Receivers
from tcd_desktop.domain.receptions.reception import Reception, book_number
from tcd_desktop.domain.terms import Classification
from tcd_desktop.store.schema.rows import ROWS, row_order

AT_ONCE: Final = 500
_FIRST_DAY: Final = date(1970, 1, 1)
_STANDING: Final = (
    "NOT EXISTS (SELECT 1 FROM old_book b WHERE b.id = reception.batch AND b.office = reception.office "
    "AND b.removed <> '')"
)
"""Lines in the recycle bin keep their place in the book; those of an import that was taken back never were in it."""


def count_lines(connection: Connection, query: BookQuery) -> BookCount:
    """How many lines the book has."""
    where, values = _where(query)
    sql = (
        "SELECT count(*), coalesce(sum(classification = 'denunciation' AND removed = ''), 0) "
        f"FROM reception INDEXED BY reception_facts WHERE {where}"
    )
    lines, secret = connection.exec_driver_sql(sql, values).one()
    return BookCount(lines=int(lines), secret=int(secret))


def book_lines(connection: Connection, query: BookQuery, *, at_once: int = AT_ONCE) -> Iterator[BookLine]:
    """Every line, the oldest first. The identity of a denouncer is closed as it is stored."""
    where, values = _where(query)
    after = -1
    while True:
        numbers = connection.exec_driver_sql(
            f"SELECT rid FROM reception WHERE {where} AND rid > ? ORDER BY rid LIMIT ?", (*values, after, at_once)
        ).all()
        if not numbers:
            return
        visits = ROWS["reception"].some(
            connection, f"{where} AND rid > ? AND rid <= ? ORDER BY rid", (*values, after, numbers[-1][0])
        )
        yield from _lines(connection, query.office, visits)
        after = numbers[-1][0]


def _lines(connection: Connection, office: str, visits: list[Reception]) -> Iterator[BookLine]:
    cases: dict[str, CaseFile] = {
        case.id: case
        for case in ROWS["case_file"].some(
            connection,
            "office = ? AND removed = '' AND id IN (SELECT value FROM json_each(?))",
            (office, _ids(visit.case for visit in visits)),
        )
    }
    firsts = {
        str(row[0]): book_number(row[1], row[2], row[3])
        for row in connection.exec_driver_sql(
            "SELECT id, number, series, year FROM reception WHERE office = ? "
            "AND id IN (SELECT value FROM json_each(?))",
            (office, _ids(visit.same_visit for visit in visits)),
        )
    }
    for visit in visits:
        case = cases.get(visit.case) if visit.case else None
        yield BookLine(
            visit=visit,
            case_number=case.book_number if case else "",
            case_state=case.state if case else None,
            case_result=case.result if case else None,
            same_visit=firsts.get(visit.same_visit, "") if visit.same_visit else "",
        )


def _ids(given: Iterator[str | None]) -> str:
    return msgspec.json.encode(sorted({one for one in given if one})).decode("ascii")


def _where(query: BookQuery) -> tuple[str, tuple[Any, ...]]:
    conditions = ["office = ?", "rid >= ?", _STANDING]
    values: list[Any] = [query.office, row_order(query.since, None, "")]
    if query.until < date.max:
        after = query.until + timedelta(days=1)
        conditions.append("rid < ?")
        values.append(row_order(after, None, "") if after > _FIRST_DAY else 0)
    if query.receivers is not Receivers.ALL:
        conditions.append(f"receiver_rank {'=' if query.receivers is Receivers.OFFICERS else '<>'} 'officer'")
    if isinstance(query.classification, Classification):
        conditions.append("classification = ?")
        values.append(query.classification.value)
    return " AND ".join(conditions), tuple(values)
