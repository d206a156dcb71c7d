"""Pages of the cases, last opened first; a search in its stretches."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from tcd_desktop.domain.terms import CaseState, Classification
from tcd_desktop.store.lists.paging import (
    CAP,
    Count,
    Page,
    Source,
    read_anchors,
    read_count,
    read_page,
    search_source,
    whole_source,
)
from tcd_desktop.store.search.search import CASES
from tcd_desktop.store.search.search_query import Asked, Kind, asked


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseQuery:
    """Which cases: `open_only` leaves out closed ones, `due_by` keeps those whose deadline is that day or before."""

    offices: tuple[str, ...] = ()
    open_only: bool = False
    due_by: date | None = None
    reception: str | None = None
    text: str = ""
    classification: Classification | None = None
    state: CaseState | None = None
    since: date | None = None
    until: date | None = None


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
    closed_on: date | None = None
    found: Kind = field(compare=False, default="")


_COLUMNS = (
    "c.id, c.office, c.number, c.series, c.year, c.title, c.classification, c.state, c.opened_on, c.due, c.people, "
    "c.handler, c.closed_on"
)
_JOINS = "CROSS JOIN case_key k ON k.n = s.rowid CROSS JOIN case_file c ON c.id = k.id AND c.office = k.office"


class CasePages:
    """The cases. A cursor is (opened_on, id) of the last row shown; of a search (stretch, row number)."""

    def page(self, connection: Connection, query: CaseQuery, *, before: Any = None, size: int = 256) -> Page[CaseRow]:
        """The rows after a cursor (None = the newest)."""
        question = _question(query)
        if question is None:
            return self._opened_page(connection, query, before, size)
        sources = _sources(query, question)
        near = _near(query, question)
        if near is not None and before is not None and before[0] == len(sources):
            sources = [*sources, near]
        columns = f"{_COLUMNS}, s.rowid"
        rows, after = read_page(connection, sources, columns, before=before, size=size)
        if not rows and before is None and near is not None:
            rows, after = read_page(connection, [near], columns, before=None, size=size)
            after = (len(sources), after[1]) if after else None
        return Page(tuple(_case_row(row, kind) for row, kind in rows), after)

    def _opened_page(self, connection: Connection, query: CaseQuery, before: Any, size: int) -> Page[CaseRow]:
        conditions, values = _where(query)
        if before is not None:
            conditions.append("(c.opened_on, c.id) < (?, ?)")
            values.extend(before)
        sql = (
            f"SELECT {_COLUMNS} FROM case_file c WHERE {' AND '.join(conditions)} "
            f"ORDER BY c.opened_on DESC, c.id DESC LIMIT {size + 1}"
        )
        rows = [_case_row(row, "") for row in connection.exec_driver_sql(sql, tuple(values))]
        more = len(rows) > size
        cursor = (rows[size - 1].opened_on.isoformat(), rows[size - 1].id) if more else None
        return Page(tuple(rows[:size]), cursor)

    def count(self, connection: Connection, query: CaseQuery, *, cap: int = CAP) -> Count:
        """How many cases fit, at most the cap."""
        question = _question(query)
        if question is None or not question.stretches:
            return read_count(connection, _plain(query, question), cap)
        found = read_count(connection, _with_filters(query, whole_source(CASES, question, _JOINS)), cap)
        near = _near(query, question)
        return found if found.value or near is None else read_count(connection, near, cap)

    def anchors(self, connection: Connection, query: CaseQuery, *, every: int = 1000) -> list[Any]:
        """The cursor before each `every`-th row."""
        question = _question(query)
        if question is None:
            conditions, values = _where(query)
            sql = (
                f"SELECT c.opened_on, c.id FROM case_file c WHERE {' AND '.join(conditions)} "
                "ORDER BY c.opened_on DESC, c.id DESC"
            )
            rows = connection.exec_driver_sql(sql, tuple(values))
            return [(row[0], row[1]) for number, row in enumerate(rows, start=1) if number % every == 0]
        return [*read_anchors(connection, _sources(query, question), _near(query, question), every=every)]


def earliest_due(connection: Connection, query: CaseQuery, limit: int) -> list[CaseRow]:
    """The first cases that fit by their deadline, the longest overdue at the top; of a query with `due_by`."""
    conditions, values = _where(query)
    sql = f"SELECT {_COLUMNS} FROM case_file c WHERE {' AND '.join(conditions)} ORDER BY c.due, c.id LIMIT {limit}"
    return [_case_row(row, "") for row in connection.exec_driver_sql(sql, tuple(values))]


def _question(query: CaseQuery) -> Asked | None:
    if not query.text.strip():
        return None
    question = asked(query.text, first=CASES.first, people=CASES.people)
    return question if question.stretches or question.nothing else None


def _sources(query: CaseQuery, question: Asked) -> list[Source]:
    stretches = question.stretches
    return [_with_filters(query, search_source(CASES, stretches, at, _JOINS)) for at in range(len(stretches))]


def _near(query: CaseQuery, question: Asked) -> Source | None:
    if question.near is None:
        return None
    return _with_filters(query, search_source(CASES, (question.near,), 0, _JOINS))


def _plain(query: CaseQuery, question: Asked | None) -> Source:
    conditions, values = _where(query)
    if question is not None:
        conditions.append("0")
    return Source("case_file c", "c.id", tuple(conditions), tuple(values))


def _with_filters(query: CaseQuery, source: Source) -> Source:
    conditions, values = _where(query)
    return replace(source, conditions=(*source.conditions, *conditions), values=(*source.values, *values))


def _where(query: CaseQuery) -> tuple[list[str], list[Any]]:
    conditions, values = ["c.removed = ''"], list[Any]()
    if query.offices:
        conditions.append(f"c.office IN ({', '.join('?' * len(query.offices))})")
        values.extend(query.offices)
    if query.open_only:
        conditions.append("c.state <> 'closed'")
    filters = (
        ("c.due <= ?", query.due_by and query.due_by.isoformat()),
        ("c.reception = ?", query.reception),
        ("c.classification = ?", query.classification),
        ("c.state = ?", query.state),
        ("c.opened_on >= ?", query.since and query.since.isoformat()),
        ("c.opened_on <= ?", query.until and query.until.isoformat()),
    )
    for condition, value in filters:
        if value is not None:
            conditions.append(condition)
            values.append(value)
    return conditions, values


def _case_row(row: Any, found: Kind) -> CaseRow:
    suffix = "" if row[3] in ("", "A") else f"-{row[3]}"
    return CaseRow(
        id=row[0],
        office=row[1],
        number=f"HS {row[2]}{suffix}/{row[4]}",
        title=row[5],
        classification=Classification(row[6]),
        state=CaseState(row[7]),
        opened_on=date.fromisoformat(row[8]),
        due=date.fromisoformat(row[9]) if row[9] else None,
        people=row[10],
        handler=row[11],
        closed_on=date.fromisoformat(row[12]) if row[12] else None,
        found=found,
    )
