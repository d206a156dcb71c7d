"""Pages of the log: keyset pages, newest first, never OFFSET; filters read a small index and never the log itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from tcd_desktop.domain.language.text import fold_query
from tcd_desktop.domain.receptions.reception import CROWD, book_number
from tcd_desktop.domain.terms import Classification, Direction, ReceiverRank, ReceptionKind
from tcd_desktop.store.lists.families import FAMILY
from tcd_desktop.store.lists.paging import (
    CAP,
    Count,
    Cursor,
    Page,
    Source,
    read_anchors,
    read_count,
    read_page,
    search_source,
    whole_source,
)
from tcd_desktop.store.schema.rows import row_order
from tcd_desktop.store.search.search import RECEPTIONS
from tcd_desktop.store.search.search_query import Asked, Kind, asked

_FIRST_DAY = date(1970, 1, 1)
SLIP_FORM = "02/TCD"
"""Mẫu số 02/TCD, giấy biên nhận."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionQuery:
    """Which visits: all, or those that fit. `waiting_by`: not answered and due on that day or before.

    `text` finds visits that are not in the recycle bin; `removed` asks for the recycle bin instead of the log.
    `crowd`: five people or more. `answered`, `slip`: True with, False without an answer or a printed slip.
    `visits`: of several contents of one visit only the first.
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
    direction: Direction | None = None
    kind: ReceptionKind | None = None
    rank: ReceiverRank | None = None
    crowd: bool = False
    answered: bool | None = None
    slip: bool | None = None
    batch: str | None = None
    sitting: str | None = None
    visits: bool = False


@dataclass(frozen=True, slots=True)
class ReceptionRow:
    """A visit as lists show it. `name` and `address` are empty for a denunciation: the identity is sealed.

    `found` says why it is among the answers to a search (see `search_query.Kind`).
    """

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
    kind: ReceptionKind | None = None
    receiver: str = ""
    request: str = ""
    represented: str = ""
    follow_up: str = ""
    slip: str = ""
    rid: int = field(compare=False, default=0)
    found: Kind = field(compare=False, default="")
    amended: bool = field(compare=False, default=False)


_KEPT, _REMOVED = "removed = ''", "removed <> ''"
_FACTS = "reception f INDEXED BY reception_facts"
_PARTS = "SELECT p.rid FROM reception p INDEXED BY reception_same_visit WHERE p.same_visit IS NOT NULL"
"""The second and later contents of visits: there are few."""
_SLIP = (
    "SELECT d.number FROM issued_document d WHERE d.reception = r.id AND d.office = r.office "
    f"AND d.form = '{SLIP_FORM}' AND d.spoilt = '' ORDER BY d.print_no LIMIT 1"
)
_COLUMNS = (
    "r.id, r.office, r.number, r.series, r.year, r.date, r.time, r.name, r.address, substr(r.content, 1, 300), "
    'r.classification, r.direction, r.people, r.answer_due, r.answered_on, r."case", r.kind, r.receiver_name, '
    f"substr(r.request, 1, 200), r.represented, substr(r.follow_up, 1, 200), ({_SLIP}), r.rid"
)


_WHOLE_COLUMNS = re.sub(r"substr\((r\.\w+), 1, \d+\)", r"\1", _COLUMNS)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _reception_row(row: Any, found: Kind) -> ReceptionRow:
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
        kind=ReceptionKind(row[16]) if row[16] else None,
        receiver=row[17],
        request=row[18],
        represented=row[19],
        follow_up=row[20],
        slip=row[21] or "",
        rid=row[22],
        found=found,
    )


class ReceptionPages:
    """The log, newest first; a search in its stretches, each newest first. A cursor is (stretch, row number)."""

    def page(
        self,
        connection: Connection,
        query: ReceptionQuery,
        *,
        before: Cursor | None = None,
        size: int = 256,
        whole: bool = False,
    ) -> Page[ReceptionRow]:
        """The rows after a cursor (None = the newest). `whole`: with the whole of their long texts."""
        columns = _WHOLE_COLUMNS if whole else _COLUMNS
        question = _question(query)
        sources = _sources(query, question)
        near = _near(query, question)
        if near is not None and before is not None and before[0] == len(sources):
            sources = [*sources, near]
        rows, after = _read(connection, sources, columns, before, size)
        if not rows and before is None and near is not None:
            rows, after = _read(connection, [near], columns, None, size)
            after = (len(sources), after[1]) if after else None
        return Page(tuple(_reception_row(row, kind) for row, kind in rows), after)

    def count(self, connection: Connection, query: ReceptionQuery, *, cap: int = CAP) -> Count:
        """How many visits fit, at most the cap; an unfiltered log is counted whole."""
        question = _question(query)
        if question is None and query == ReceptionQuery():
            return Count(_all_kept(connection))
        if question is None or not question.stretches:
            return read_count(connection, _plain(query, question), cap)
        found = read_count(connection, _with_filters(query, whole_source(RECEPTIONS, question, _joins(query))), cap)
        near = _near(query, question)
        return found if found.value or near is None else read_count(connection, near, cap)

    def anchors(self, connection: Connection, query: ReceptionQuery, *, every: int = 1000) -> list[Cursor]:
        """The cursor before each `every`-th row, for a scroll bar of full length. Slow: once, in the background."""
        question = _question(query)
        if question is None and query == ReceptionQuery():
            return [(0, rid) for rid in _all_rows(connection)[every - 1 :: every]]
        return read_anchors(connection, _sources(query, question), _near(query, question), every=every)


def _question(query: ReceptionQuery) -> Asked | None:
    """What is asked of the index; None when the whole list is shown, or the recycle bin, which is in no index."""
    if query.removed or not query.text.strip():
        return None
    question = asked(query.text, first=RECEPTIONS.first, people=RECEPTIONS.people)
    return question if question.stretches or question.nothing else None


def _read(
    connection: Connection, sources: Sequence[Source], columns: str, before: Cursor | None, size: int
) -> tuple[list[tuple[Any, Kind]], Cursor | None]:
    """Row numbers from the small tables first, then the wide rows of just these."""
    if len(sources) == 1 and sources[0].order == "r.rid":
        return read_page(connection, sources, columns, before=before, size=size)
    numbers, after = read_page(connection, sources, sources[0].order, before=before, size=size)
    chosen = ", ".join(str(int(row[0])) for row, _ in numbers)
    wide = {
        row[-1]: row
        for row in connection.exec_driver_sql(f"SELECT {columns} FROM reception r WHERE r.rid IN ({chosen})")
    }
    return [(wide[row[0]], kind) for row, kind in numbers if row[0] in wide], after


def _sources(query: ReceptionQuery, question: Asked | None) -> list[Source]:
    if question is None or question.nothing:
        return [_plain(query, question)]
    joins = _joins(query)
    return [
        _with_filters(query, search_source(RECEPTIONS, question.stretches, at, joins))
        for at in range(len(question.stretches))
    ]


def _near(query: ReceptionQuery, question: Asked | None) -> Source | None:
    if question is None or question.near is None:
        return None
    return _with_filters(query, search_source(RECEPTIONS, (question.near,), 0, _joins(query)))


def _plain(query: ReceptionQuery, question: Asked | None) -> Source:
    """The log without a search: itself, an index of the few that wait or belong together, or the filters' index."""
    nothing = ("0",) if question is not None else ()
    if _narrow(query) or not _filters(query, "f"):
        conditions = [f"r.{_REMOVED if query.removed else _KEPT}", *nothing]
        values = list[Any]()
        for condition, given in (*_filters(query, "r"), *_words_in_the_bin(query)):
            conditions.append(condition)
            values += given
        return Source("reception r", "r.rid", tuple(conditions), tuple(values))
    return _with_filters(query, Source(_FACTS, "f.rid", (f"f.{_KEPT}", *nothing)))


def _narrow(query: ReceptionQuery) -> bool:
    """Whether an index of its own leads to the few visits meant."""
    chosen = (query.citizen, query.case, query.waiting_by, query.batch, query.sitting)
    only_days = query == ReceptionQuery(offices=query.offices, since=query.since, until=query.until)
    return query.removed or any(value is not None for value in chosen) or only_days


def _joins(query: ReceptionQuery) -> str:
    """What a search needs besides its index to filter what it finds."""
    if not _filters(query, "f"):
        return ""
    wide = " CROSS JOIN reception r ON r.rid = s.rowid" if query.citizen or query.case or query.sitting else ""
    return f"CROSS JOIN {_FACTS} ON f.rid = s.rowid{wide}"


def _with_filters(query: ReceptionQuery, source: Source) -> Source:
    conditions, values = list(source.conditions), list(source.values)
    for condition, given in _filters(query, "f"):
        conditions.append(condition)
        values += given
    return replace(source, conditions=tuple(conditions), values=tuple(values))


def _filters(query: ReceptionQuery, t: str) -> list[tuple[str, list[Any]]]:
    """(condition, values) of every filter but the text. `t` is the table's name: r, or f for the filters' index."""
    found: list[tuple[str, list[Any]]] = []
    if query.offices:
        # the few visits that wait have an index of their own: "+" keeps SQLite from reading the office's whole log
        office = f"{t}.office" if query.waiting_by is None or t == "f" else f"+{t}.office"
        found.append((f"{office} IN ({', '.join('?' * len(query.offices))})", list(query.offices)))
    equal = (
        (f"{t}.classification", query.classification),
        ('r."case"', query.case),
        ("r.sitting", query.sitting),
        (f"{t}.direction", query.direction),
        (f"{t}.kind", query.kind),
        (f"{t}.receiver_rank", query.rank),
        (f"{t}.batch", query.batch),
    )
    found += [(f"{column} = ?", [value]) for column, value in equal if value is not None]
    if query.citizen is not None:  # and those who were merged into this one
        found.append((f"r.citizen IN ({FAMILY})", [query.citizen]))
    if query.waiting_by is not None:
        found.append((f"{t}.answered_on IS NULL AND {t}.answer_due <= ?", [query.waiting_by.isoformat()]))
    if query.answered is not None:
        found.append((f"{t}.answered_on IS {'NOT ' if query.answered else ''}NULL", []))
        if not query.answered:
            found.append((f"{t}.answer_due IS NOT NULL", []))
    if query.crowd:
        found.append((f"{t}.people >= {CROWD}", []))
    if query.visits:
        found.append((f"{t}.rid NOT IN ({_PARTS})", []))
    if query.slip is not None:
        printed = (
            f"EXISTS (SELECT 1 FROM issued_document d WHERE d.reception = {t}.id AND d.office = {t}.office "
            f"AND d.form = '{SLIP_FORM}' AND d.spoilt = '')"
        )
        found.append((printed if query.slip else f"NOT {printed}", []))
    if query.since is not None:
        found.append((f"{t}.rid >= ?", [row_order(query.since, None, "")]))
    if query.until is not None and query.until < date.max:
        found.append((f"{t}.rid < ?", [_first_row_after(query.until)]))
    return found


def _first_row_after(day: date) -> int:
    """The log's rows are in the order of days (see `row_order`); none is before 1970."""
    return row_order(day + timedelta(days=1), None, "") if day >= _FIRST_DAY else 0


def _words_in_the_bin(query: ReceptionQuery) -> list[tuple[str, list[Any]]]:
    """The recycle bin is small: its rows are compared one by one."""
    if not query.removed:
        return []
    told = "fold(r.name || ' ' || r.address || ' ' || r.content || ' ' || r.number || '/' || r.year)"
    return [(f"instr({told}, ?) > 0", [word]) for word in fold_query(query.text)]


def _all_rows(connection: Connection) -> list[int]:
    """The row numbers of the whole log, newest first: from a small index and sorted here, not from the large table."""
    rows = connection.exec_driver_sql("SELECT rid FROM reception INDEXED BY reception_office")
    removed = {row[0] for row in connection.exec_driver_sql("SELECT rid FROM reception WHERE removed <> ''")}
    return sorted((row[0] for row in rows if row[0] not in removed), reverse=True)


def _all_kept(connection: Connection) -> int:
    sql = "SELECT (SELECT count(*) FROM reception) - (SELECT count(*) FROM reception WHERE removed <> '')"
    return int(connection.exec_driver_sql(sql).scalar_one())
