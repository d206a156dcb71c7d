"""Pages of the log and of the cases: keyset pages, newest first, never OFFSET; counts that stop at a cap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from tcd_desktop.domain.reception import book_number
from tcd_desktop.domain.terms import CaseState, Classification, Direction
from tcd_desktop.store.families import FAMILY
from tcd_desktop.store.rows import row_order
from tcd_desktop.store.search import match_expression

T = TypeVar("T")
CAP = 1000
_FIRST_DAY = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Count:
    """How many; `capped` means "more than `value`"."""

    value: int
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows and the cursor after the last of them (None = the end)."""

    rows: tuple[T, ...]
    next: Any | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionQuery:
    """Which visits: all, or those that fit. `waiting_by`: not answered and due on that day or before.

    `removed` asks for the recycle bin instead of the log.
    """

    text: str = ""
    offices: tuple[str, ...] = ()
    classification: Classification | None = None
    citizen: str | None = None
    case: str | None = None
    waiting_by: date | None = None
    since: date | None = None
    until: date | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True)
class ReceptionRow:
    """A visit as lists show it. `name` and `address` are empty for a denunciation: the identity is sealed."""

    id: str
    office: str
    number: str
    date: dt.date
    time: str
    name: str
    address: str
    content: str
    classification: Classification | None
    direction: Direction | None
    people: int
    answer_due: dt.date | None
    answered_on: dt.date | None
    case: str | None
    rid: int = field(compare=False)


_MATCH = "reception_search MATCH ?"
_KEPT, _REMOVED = "r.removed = ''", "r.removed <> ''"
_RECEPTION_COLUMNS = (
    "r.id, r.office, r.number, r.series, r.year, r.date, r.time, r.name, r.address, substr(r.content, 1, 300), "
    'r.classification, r.direction, r.people, r.answer_due, r.answered_on, r."case", r.rid'
)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _reception_row(row: Any) -> ReceptionRow:
    return ReceptionRow(
        id=row[0],
        office=row[1],
        number=book_number(row[2], row[3], row[4]),
        date=date.fromisoformat(row[5]),
        time=(row[6] or "")[:5],
        name=row[7],
        address=row[8],
        content=row[9],
        classification=Classification(row[10]) if row[10] else None,
        direction=Direction(row[11]) if row[11] else None,
        people=row[12],
        answer_due=_day(row[13]),
        answered_on=_day(row[14]),
        case=row[15],
        rid=row[16],
    )


class ReceptionPages:
    """The log, newest first. A cursor is the row number of the last row shown."""

    @staticmethod
    def _from(query: ReceptionQuery) -> tuple[str, list[str], list[Any], str]:
        """(tables, conditions, their values, the column that orders)."""
        conditions: list[str] = []
        values: list[Any] = []
        tables, order = "reception r", "r.rid"
        match = match_expression(query.text)
        if match:
            tables, order = "reception_search s CROSS JOIN reception r ON r.rid = s.rowid", "s.rowid"
            conditions.append(_MATCH)
            values.append(match)
        elif match is None:
            conditions.append("0")
        _add_filters(query, conditions, values)
        return tables, conditions, values, order

    def page(
        self, connection: Connection, query: ReceptionQuery, *, before: int | None = None, size: int = 256
    ) -> Page[ReceptionRow]:
        """The rows after a cursor (None = the newest)."""
        tables, conditions, values, order = self._from(query)
        if before is not None:
            conditions.append(f"{order} < ?")
            values.append(before)
        where = " AND ".join(conditions)
        sql = f"SELECT {_RECEPTION_COLUMNS} FROM {tables} WHERE {where} ORDER BY {order} DESC LIMIT {size + 1}"
        rows = [_reception_row(row) for row in connection.exec_driver_sql(sql, tuple(values))]
        more = len(rows) > size
        return Page(tuple(rows[:size]), rows[size - 1].rid if more else None)

    def count(self, connection: Connection, query: ReceptionQuery, *, cap: int = CAP) -> Count:
        """How many visits fit; a search stops counting at the cap, an unfiltered log is counted whole."""
        tables, conditions, values, _ = self._from(query)
        if conditions == [_KEPT]:
            return Count(_all_kept(connection))
        if conditions == [_MATCH, _KEPT]:  # the index has only visits that are not in the recycle bin
            tables, conditions = "reception_search", [_MATCH]
        where = " AND ".join(conditions)
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {tables} WHERE {where} LIMIT {cap + 1})"
        found = int(connection.exec_driver_sql(sql, tuple(values)).scalar_one())
        return Count(min(found, cap), found > cap)

    def anchors(self, connection: Connection, query: ReceptionQuery, *, every: int = 1000) -> list[int]:
        """The cursor before each `every`-th row, for a scroll bar of full length. Slow: once, in the background."""
        tables, conditions, values, order = self._from(query)
        if conditions == [_KEPT]:
            return _spaced(_all_rows(connection), every)
        where = " AND ".join(conditions)
        sql = f"SELECT {order} FROM {tables} WHERE {where} ORDER BY {order} DESC"
        return _spaced([row[0] for row in connection.exec_driver_sql(sql, tuple(values))], every)


def _all_rows(connection: Connection) -> list[int]:
    """The row numbers of the whole log, newest first: from a small index and sorted here, not from the large table."""
    rows = connection.exec_driver_sql("SELECT rid FROM reception INDEXED BY reception_office")
    removed = {row[0] for row in connection.exec_driver_sql("SELECT rid FROM reception WHERE removed <> ''")}
    return sorted((row[0] for row in rows if row[0] not in removed), reverse=True)


def _all_kept(connection: Connection) -> int:
    sql = "SELECT (SELECT count(*) FROM reception) - (SELECT count(*) FROM reception WHERE removed <> '')"
    return int(connection.exec_driver_sql(sql).scalar_one())


def _spaced(cursors: list[int], every: int) -> list[int]:
    return cursors[every - 1 :: every]


def _first_row_after(day: date) -> int | None:
    """The log's rows are in the order of days (see `row_order`, which knows none before 1970)."""
    return row_order(max(day, _FIRST_DAY) + timedelta(days=1), None, "") if day < date.max else None


def _add_filters(query: ReceptionQuery, conditions: list[str], values: list[Any]) -> None:
    conditions.append(_REMOVED if query.removed else _KEPT)
    if query.offices:
        # the few visits that wait have an index of their own: "+" keeps SQLite from reading the office's whole log
        office = "r.office" if query.waiting_by is None else "+r.office"
        conditions.append(f"{office} IN ({', '.join('?' * len(query.offices))})")
        values.extend(query.offices)
    filters: Sequence[tuple[str, Any]] = (
        ("r.classification = ?", query.classification),
        (f"r.citizen IN ({FAMILY})", query.citizen),
        ('r."case" = ?', query.case),
        ("r.answered_on IS NULL AND r.answer_due <= ?", query.waiting_by and query.waiting_by.isoformat()),
        ("r.rid >= ?", query.since and row_order(query.since, None, "")),
        ("r.date >= ?", query.since and query.since.isoformat()),
        ("r.rid < ?", query.until and _first_row_after(query.until)),
        ("r.date <= ?", query.until and query.until.isoformat()),
    )
    for condition, value in filters:
        if value is not None:
            conditions.append(condition)
            values.append(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseQuery:
    """Which cases: `open_only` leaves out closed ones, `due_by` keeps those whose deadline is that day or before."""

    offices: tuple[str, ...] = ()
    open_only: bool = False
    due_by: date | None = None
    reception: str | None = None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as lists show it."""

    id: str
    office: str
    number: str
    title: str
    classification: Classification
    state: CaseState
    opened_on: date
    due: date | None
    people: int
    handler: str


class CasePages:
    """The cases, last opened first. A cursor is (opened_on, id) of the last row shown."""

    @staticmethod
    def _where(query: CaseQuery) -> tuple[list[str], list[Any]]:
        conditions, values = ["removed = ''"], list[Any]()
        if query.offices:
            conditions.append(f"office IN ({', '.join('?' * len(query.offices))})")
            values.extend(query.offices)
        if query.open_only:
            conditions.append("state <> 'closed'")
        if query.due_by is not None:
            conditions.append("due <= ?")
            values.append(query.due_by.isoformat())
        if query.reception is not None:
            conditions.append("reception = ?")
            values.append(query.reception)
        return conditions, values

    def page(
        self, connection: Connection, query: CaseQuery, *, before: tuple[str, str] | None = None, size: int = 256
    ) -> Page[CaseRow]:
        """The rows after a cursor (None = the newest)."""
        conditions, values = self._where(query)
        if before is not None:
            conditions.append("(opened_on, id) < (?, ?)")
            values.extend(before)
        where = " AND ".join(conditions)
        sql = (
            "SELECT id, office, number, series, year, title, classification, state, opened_on, due, people, handler "
            f"FROM case_file WHERE {where} ORDER BY opened_on DESC, id DESC LIMIT {size + 1}"
        )
        rows = [_case_row(row) for row in connection.exec_driver_sql(sql, tuple(values))]
        more = len(rows) > size
        cursor = (rows[size - 1].opened_on.isoformat(), rows[size - 1].id) if more else None
        return Page(tuple(rows[:size]), cursor)

    def count(self, connection: Connection, query: CaseQuery, *, cap: int = CAP) -> Count:
        """How many cases fit, at most the cap."""
        conditions, values = self._where(query)
        where = " AND ".join(conditions)
        sql = f"SELECT count(*) FROM (SELECT 1 FROM case_file WHERE {where} LIMIT {cap + 1})"
        found = int(connection.exec_driver_sql(sql, tuple(values)).scalar_one())
        return Count(min(found, cap), found > cap)

    def anchors(self, connection: Connection, query: CaseQuery, *, every: int = 1000) -> list[tuple[str, str]]:
        """The cursor before each `every`-th row."""
        conditions, values = self._where(query)
        where = " AND ".join(conditions)
        sql = f"SELECT opened_on, id FROM case_file WHERE {where} ORDER BY opened_on DESC, id DESC"
        rows = connection.exec_driver_sql(sql, tuple(values))
        return [(row[0], row[1]) for number, row in enumerate(rows, start=1) if number % every == 0]


def _case_row(row: Any) -> CaseRow:
    suffix = "" if row[3] in ("", "A") else f"-{row[3]}"
    return CaseRow(
        id=row[0],
        office=row[1],
        number=f"HS {row[2]}{suffix}/{row[4]}",
        title=row[5],
        classification=Classification(row[6]),
        state=CaseState(row[7]),
        opened_on=date.fromisoformat(row[8]),
        due=_day(row[9]),
        people=row[10],
        handler=row[11],
    )


@dataclass(frozen=True, slots=True)
class OfficeCounts:
    """The figures of one office on the district's board."""

    office: str
    receptions: int = 0
    open_cases: int = 0
    overdue_answers: int = 0
    crowds: int = 0


def counts_by_office(connection: Connection, today: date) -> dict[str, OfficeCounts]:
    """Receptions, open cases, overdue answers and crowds (five people or more) of every office that has any."""
    figures: dict[str, dict[str, int]] = {}
    queries = {
        "receptions": (
            "SELECT office, sum(n) FROM (SELECT office, count(*) n FROM reception GROUP BY office UNION ALL "
            "SELECT office, -count(*) FROM reception WHERE removed <> '' GROUP BY office) GROUP BY office",
            (),
        ),
        "open_cases": (
            "SELECT office, count(*) FROM case_file WHERE state <> 'closed' AND removed = '' GROUP BY office",
            (),
        ),
        "overdue_answers": (
            "SELECT office, count(*) FROM reception WHERE answered_on IS NULL AND answer_due IS NOT NULL "
            "AND answer_due < ? AND removed = '' GROUP BY office",
            (today.isoformat(),),
        ),
        "crowds": ("SELECT office, count(*) FROM reception WHERE people >= 5 AND removed = '' GROUP BY office", ()),
    }
    for name, (sql, values) in queries.items():
        for office, found in connection.exec_driver_sql(sql, values):
            figures.setdefault(office, {})[name] = found
    return {office: OfficeCounts(office, **found) for office, found in figures.items()}
