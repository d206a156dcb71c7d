"""What an officer wants to know of a citizen who is here again: last visits, open cases, answers that are awaited.

Citizens who were merged count as one. A denunciation is never in it: it belongs to no citizen, and is asked out all
the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.receptions.reception import book_number
from tcd_desktop.domain.terms import CaseState, Classification, Direction
from tcd_desktop.store.lists.citizens import keeper_of
from tcd_desktop.store.schema.rows import ROWS

LAST: Final = 5
"""So many of the last visits are shown."""


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A visit of the citizen; `case_number` is the case it belongs to ("" = none)."""

    id: str
    number: str
    date: dt.date
    content: str
    classification: Classification | None
    direction: Direction | None
    answer_due: dt.date | None
    answered_on: dt.date | None
    case: str | None
    case_number: str
    case_state: CaseState | None
    case_due: dt.date | None

    @property
    def has_open_case(self) -> bool:
        """The case it belongs to is still being dealt with."""
        return self.case_state not in (None, CaseState.CLOSED)


@dataclass(frozen=True, slots=True)
class CitizenHistory:
    """`citizen` is the one that was kept where several were merged.

    `waiting` are the visits whose answer is still owed, the next due first.
    """

    citizen: Citizen
    count: int
    this_year: int
    visits: tuple[PastVisit, ...]
    waiting: tuple[PastVisit, ...]
    open_cases: tuple[PastVisit, ...]
    """One visit, the last, of each open case."""


_FAMILY: Final = (
    "WITH RECURSIVE family(id) AS (SELECT ? UNION SELECT c.id FROM citizen c JOIN family f ON c.merged_into = f.id "
    "WHERE c.office = ?) "
)
_VISITS: Final = (
    "FROM family f CROSS JOIN reception r ON r.citizen = f.id "
    "LEFT JOIN case_file k ON k.id = r.\"case\" AND k.office = r.office AND k.removed = '' "
    "WHERE r.office = ? AND r.removed = '' AND r.classification IS NOT 'denunciation' "
)
_COLUMNS: Final = (
    "r.id, r.number, r.series, r.year, r.date, substr(r.content, 1, 300), r.classification, r.direction, "
    'r.answer_due, r.answered_on, r."case", k.number, k.series, k.year, k.state, k.due '
)


def read_history(connection: Connection, office: str, numbers: Sequence[str], today: dt.date) -> CitizenHistory | None:
    """The citizen of an office with one of these identity numbers (the first that is known), or None."""
    citizen = _citizen(connection, office, numbers)
    if citizen is None:
        return None
    citizen = keeper_of(connection, citizen)
    family = (citizen.id, office, office)

    def visits(condition: str, *values: Any, order: str = "r.rid DESC", most: int = LAST) -> tuple[PastVisit, ...]:
        sql = f"{_FAMILY} SELECT {_COLUMNS} {_VISITS} AND {condition} ORDER BY {order} LIMIT {most}"
        return tuple(map(_visit, connection.exec_driver_sql(sql, (*family, *values))))

    counts = f"{_FAMILY} SELECT count(*), count(*) FILTER (WHERE r.year = ?) {_VISITS}"
    count, this_year = connection.exec_driver_sql(counts, (citizen.id, office, today.year, office)).one()
    return CitizenHistory(
        citizen=citizen,
        count=count,
        this_year=this_year,
        visits=visits("1"),
        waiting=visits("r.answered_on IS NULL AND r.answer_due IS NOT NULL", order="r.answer_due"),
        open_cases=visits(
            "k.state <> 'closed' AND r.rid = (SELECT max(o.rid) FROM reception o WHERE o.\"case\" = k.id "
            "AND o.citizen IN (SELECT id FROM family) AND o.removed = '')",
            order="k.due IS NULL, k.due",
        ),
    )


def _citizen(connection: Connection, office: str, numbers: Sequence[str]) -> Citizen | None:
    for number in filter(None, numbers):
        where = "id_number = ? AND id_number <> '' AND office = ? AND removed = '' ORDER BY id DESC LIMIT 1"
        found: list[Citizen] = ROWS["citizen"].some(connection, where, (number, office))
        if found:
            return found[0]
    return None


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _visit(row: Any) -> PastVisit:
    return PastVisit(
        id=row[0],
        number=book_number(row[1], row[2], row[3]),
        date=dt.date.fromisoformat(row[4]),
        content=row[5],
        classification=Classification(row[6]) if row[6] else None,
        direction=Direction(row[7]) if row[7] else None,
        answer_due=_day(row[8]),
        answered_on=_day(row[9]),
        case=row[10] if row[11] is not None else None,
        case_number=f"HS {book_number(row[11], row[12], row[13])}" if row[11] is not None else "",
        case_state=CaseState(row[14]) if row[14] else None,
        case_due=_day(row[15]),
    )
