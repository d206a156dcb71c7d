"""What waits on the morning of an office: answers, refusal notices, papers. Counted whole and listed in part, by index.

Visits that came with an old book and those in the recycle bin wait for nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection

from tcd_desktop.domain.receptions.reception import book_number
from tcd_desktop.domain.terms import Classification
from tcd_desktop.store.schema.rows import row_order

PAPER_DAYS: Final = timedelta(days=30)
"""Papers are asked for so long after a visit: later nobody comes back to sign."""


class Missing(StrEnum):
    """Which paper of a visit is missing: its slip was not printed, the citizen does not have it, the statement was not
    read back and signed, the representative showed no paper."""

    SLIP = "slip"
    HANDING_OVER = "handing_over"
    STATEMENT = "statement"
    REPRESENTATION = "representation"


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit in a list of things to do. `name` is empty for a denunciation; `due` when a clock runs."""

    id: str
    number: str
    date: dt.date
    name: str
    classification: Classification | None
    content: str
    due: dt.date | None


@dataclass(frozen=True, slots=True)
class Lines:
    """The first lines of a list, and how many there are in all."""

    rows: tuple[VisitLine, ...]
    total: int


_COLUMNS = "r.id, r.number, r.series, r.year, r.date, r.name, r.classification, substr(r.content, 1, 300)"
_WAITING = "r.answered_on IS NULL AND r.answer_due IS NOT NULL AND r.answer_due BETWEEN ? AND ?"
_REFUSED = "r.refusal_due IS NOT NULL AND r.refusal_notice_on IS NULL"
_KEPT = "r.removed = '' AND r.batch IS NULL"
_PRINTED = "SELECT 1 FROM issued_document d WHERE d.reception = r.id AND d.form = ? AND d.spoilt = ''"
_PAPERED = "('authorised', 'legal_representative', 'lawyer', 'legal_aid', 'group_representative')"

# "+r.office" keeps SQLite from the index of the office's whole log where a small one has just the few that wait

_MISSING: Mapping[Missing, tuple[str, int]] = {
    Missing.SLIP: (f"r.documents <> '[]' AND NOT EXISTS ({_PRINTED})", 1),
    Missing.HANDING_OVER: (
        f"r.documents <> '[]' AND EXISTS ({_PRINTED}) AND NOT EXISTS ({_PRINTED} AND d.handed_over)",
        2,
    ),
    Missing.STATEMENT: (
        "r.has_petition = 0 AND (r.read_back = 0 OR r.signing IS NULL) AND r.direction IS NOT 'refuse'",
        0,
    ),
    Missing.REPRESENTATION: (
        "r.role <> 'self' AND r.representation_paper = '' AND r.representation_kind IS NULL "
        f"AND r.role IN {_PAPERED} AND r.sealed IS NULL AND r.direction IS NOT 'refuse'",
        0,
    ),
}
"""Condition, and how often it asks for the form of the slip."""


def answers(connection: Connection, office: str, since: date, until: date, *, limit: int) -> Lines:
    """Visits without an answer whose last day is in a period, both days included, the most urgent first."""
    values = (since.isoformat(), until.isoformat(), office)
    kept = f"{_WAITING} AND +r.office = ? AND r.removed = ''"
    sql = f"SELECT {_COLUMNS}, r.answer_due FROM reception r WHERE {kept} ORDER BY r.answer_due, r.rid"
    return Lines(_lines(connection, sql, values, limit), count_answers(connection, office, since, until))


def count_answers(connection: Connection, office: str, since: date, until: date) -> int:
    """How many answers fall due in a period: all from the index of waiting visits, less those in the recycle bin."""
    values = (since.isoformat(), until.isoformat(), office)
    removed = "r.removed <> '' AND +r.answered_on IS NULL AND +r.answer_due BETWEEN ? AND ? AND +r.office = ?"
    return _count(connection, f"{_WAITING} AND +r.office = ?", values) - _count(connection, removed, values)


def refusals(connection: Connection, office: str, *, limit: int) -> Lines:
    """Refused visits whose written notice has not gone out (Mẫu số 01/TCD), the most urgent first."""
    where, values = f"{_REFUSED} AND +r.office = ? AND {_KEPT}", (office,)
    sql = f"SELECT {_COLUMNS}, r.refusal_due FROM reception r WHERE {where} ORDER BY r.refusal_due, r.rid"
    return Lines(_lines(connection, sql, values, limit), _count(connection, where, values))


def papers(connection: Connection, office: str, missing: Missing, today: date, *, form: str, limit: int) -> Lines:
    """Visits of the last `PAPER_DAYS` that lack a paper, the youngest first. `form` is the slip's."""
    condition, asked = _MISSING[missing]
    where = f"{condition} AND r.rid >= ? AND r.rid < ? AND +r.office = ? AND {_KEPT}"
    bounds = row_order(today - PAPER_DAYS, None, ""), row_order(today + timedelta(days=1), None, "")
    values = (*[form] * asked, *bounds, office)
    sql = f"SELECT {_COLUMNS}, NULL FROM reception r WHERE {where} ORDER BY r.rid DESC"
    return Lines(_lines(connection, sql, values, limit), _count(connection, where, values))


def _count(connection: Connection, where: str, values: tuple[Any, ...]) -> int:
    sql = f"SELECT count(*) FROM reception r WHERE {where}"
    return int(connection.exec_driver_sql(sql, values).scalar_one())


def _lines(connection: Connection, sql: str, values: tuple[Any, ...], limit: int) -> tuple[VisitLine, ...]:
    rows = connection.exec_driver_sql(f"{sql} LIMIT ?", (*values, limit))
    return tuple(
        VisitLine(
            id=row[0],
            number=book_number(row[1], row[2], row[3]),
            date=date.fromisoformat(row[4]),
            name=row[5],
            classification=Classification(row[6]) if row[6] else None,
            content=row[7].split("\n", 1)[0],
            due=date.fromisoformat(row[8]) if row[8] else None,
        )
        for row in rows
    )
