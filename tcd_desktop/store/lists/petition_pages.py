"""Pages of the petition book (sổ đơn), last received first; what it can be narrowed by; petitions that look alike.

A petition handed over at a visit says little of its own: who, what kind and which direction are those of the visit.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.terms import Classification, Direction, PetitionDirection, PetitionSource
from tcd_desktop.store.lists.paging import CAP, Count, Page, Source, read_count
from tcd_desktop.store.search.petition_search import petition_match

_VISIT = "LEFT JOIN reception r ON r.id = p.reception AND r.office = p.office"
_TABLES = f"petition p {_VISIT}"
_FOUND = (
    "petition_search s CROSS JOIN petition_key k ON k.n = s.rowid "
    f"CROSS JOIN petition p ON p.id = k.id AND p.office = k.office {_VISIT}"
)
_CLASS = "coalesce(p.classification, r.classification)"
_DIRECTION = "coalesce(p.direction, CASE WHEN p.number = 0 THEN r.direction END)"
_EXAMINED = "(p.eligible IS NOT NULL OR p.direction IS NOT NULL OR p.number = 0)"
_COLUMNS = (
    f"p.id, p.office, p.number, p.series, p.year, p.received_on, p.source, {_CLASS}, {_DIRECTION}, "
    'p.eligible, p.within_competence, p."case", p.reception, p.content, p.signers, p.anonymous, p.field, p.tag, '
    "p.duplicate_of, CASE WHEN p.number = 0 THEN r.name ELSE p.name END, p.instance, c.number, c.series, c.year, "
    "r.number, r.series, r.year"
)
_CASE = ' LEFT JOIN case_file c ON c.id = p."case" AND c.office = p.office'
MOST_ALIKE = 8
_LIKELY = 60
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionQuery:
    """Which petitions. `unexamined`: nobody has judged or directed them yet; `case`: those of one case."""

    offices: tuple[str, ...] = ()
    text: str = ""
    source: PetitionSource | None = None
    classification: Classification | None = None
    direction: PetitionDirection | None = None
    field: str = ""
    tag: str = ""
    unexamined: bool = False
    since: date | None = None
    until: date | None = None
    case: str | None = None


@dataclass(frozen=True, slots=True)
class PetitionRow:
    """A petition as lists show it. `name` is empty for a denunciation; `number` is the visit's when it has none."""

    id: str
    office: str
    number: str
    received_on: date
    source: PetitionSource
    classification: Classification | None
    direction: Direction | PetitionDirection | None
    eligible: bool | None
    within_competence: bool | None
    case: str | None
    case_number: str
    reception: str | None
    content: str
    signers: int
    anonymous: bool
    field: str
    tag: str
    duplicate_of: str | None
    name: str
    instance: int


class PetitionPages:
    """The petitions. A cursor is (received_on, id) of the last row shown; of a search its row number."""

    def page(
        self, connection: Connection, query: PetitionQuery, *, before: Any = None, size: int = 256
    ) -> Page[PetitionRow]:
        """The rows after a cursor (None = the newest)."""
        source = _source(query)
        order = _ORDER[source.order]
        conditions, values = list(source.conditions), list(source.values)
        if before is not None:
            conditions.append(order.after)
            values.extend(before)
        inner = (
            f"SELECT {order.columns} FROM {source.tables} WHERE {' AND '.join(conditions)} "
            f"ORDER BY {order.newest} LIMIT {size + 1}"
        )
        found = list(connection.exec_driver_sql(inner, tuple(values)))
        rows = _rows(connection, [(row[0], row[1]) for row in found[:size]])
        return Page(tuple(rows), tuple(found[size - 1][2:]) if len(found) > size else None)

    def count(self, connection: Connection, query: PetitionQuery, *, cap: int = CAP) -> Count:
        """How many petitions fit, at most the cap."""
        return read_count(connection, _source(query), cap)

    def anchors(self, connection: Connection, query: PetitionQuery, *, every: int = 1000) -> list[Any]:
        """The cursor before each `every`-th row."""
        source = _source(query)
        order = _ORDER[source.order]
        sql = f"SELECT {order.columns} FROM {source.tables} WHERE {source.where()} ORDER BY {order.newest}"
        rows = connection.exec_driver_sql(sql, source.values)
        return [tuple(row[2:]) for number, row in enumerate(rows, start=1) if number % every == 0]


@dataclass(frozen=True, slots=True)
class _Order:
    """id, office and the cursor of a row; which come after a cursor; the newest first."""

    columns: str
    after: str
    newest: str


_ORDER = {
    "p.received_on": _Order(
        "p.id, p.office, p.received_on, p.id",
        "(p.received_on, p.id) < (?, ?)",
        "p.received_on DESC, p.id DESC",
    ),
    "s.rowid": _Order("p.id, p.office, s.rowid", "s.rowid < ?", "s.rowid DESC"),
}


def _rows(connection: Connection, keys: list[tuple[str, str]]) -> list[PetitionRow]:
    """The rows of these petitions, in this order: what is long is read for them alone."""
    if not keys:
        return []
    sql = (
        f"SELECT {_COLUMNS} FROM json_each(?) e CROSS JOIN petition p "
        f"ON p.id = json_extract(e.value, '$[0]') AND p.office = json_extract(e.value, '$[1]') {_VISIT}{_CASE} "
        "ORDER BY e.key"
    )
    return [_row(row) for row in connection.exec_driver_sql(sql, (json.dumps(keys),))]


def _source(query: PetitionQuery) -> Source:
    conditions, values = ["p.removed = ''"], list[Any]()
    tables, order = _TABLES, "p.received_on"
    match = petition_match(query.text) if query.text else ""
    if match:
        tables, order = _FOUND, "s.rowid"
        conditions.append("petition_search MATCH ?")
        values.append(match)
    elif match is None:
        conditions.append("0")
    if query.offices:
        conditions.append(f"p.office IN ({', '.join('?' * len(query.offices))})")
        values.extend(query.offices)
    if query.unexamined:
        conditions.append(f"NOT {_EXAMINED}")
    asked = (
        ("p.source = ?", query.source),
        (f"{_CLASS} = ?", query.classification),
        (f"{_DIRECTION} = ?", query.direction),
        ("p.field = ?", query.field or None),
        ("p.tag = ?", query.tag or None),
        ("p.received_on >= ?", query.since and query.since.isoformat()),
        ("p.received_on <= ?", query.until and query.until.isoformat()),
        ('p."case" = ?', query.case),
    )
    for condition, value in asked:
        if value is not None:
            conditions.append(condition)
            values.append(value)
    return Source(tables, order, tuple(conditions), tuple(values))


def _row(row: Any) -> PetitionRow:
    secret = row[7] == Classification.DENUNCIATION
    return PetitionRow(
        id=row[0],
        office=row[1],
        number=_number("Đ ", row[2], row[3], row[4]) if row[2] else _number("", row[24], row[25], row[26]),
        received_on=date.fromisoformat(row[5]),
        source=PetitionSource(row[6]),
        classification=Classification(row[7]) if row[7] else None,
        direction=_direction(row[8]),
        eligible=None if row[9] is None else bool(row[9]),
        within_competence=None if row[10] is None else bool(row[10]),
        case=row[11],
        case_number=_number("HS ", row[21], row[22], row[23]),
        reception=row[12],
        content=row[13],
        signers=row[14],
        anonymous=bool(row[15]),
        field=row[16],
        tag=row[17],
        duplicate_of=row[18],
        name="" if secret else (row[19] or ""),
        instance=row[20],
    )


def _direction(value: str | None) -> Direction | PetitionDirection | None:
    """A petition's own, or one that only visits have (explained on the spot, passed to the head)."""
    if not value:
        return None
    return PetitionDirection(value) if value in set(PetitionDirection) else Direction(value)


def _number(sign: str, number: int | None, series: str | None, year: int | None) -> str:
    if not number:
        return ""
    return f"{sign}{number}{'' if series in ('', 'A', None) else f'-{series}'}/{year}"


def alike(
    connection: Connection,
    *,
    office: str,
    secret: bool,
    name: str = "",
    id_number: str = "",
    content: str = "",
    but: str = "",
) -> list[PetitionRow]:
    """Petitions of an office that may be the same as the one typed, the likeliest first.

    A denunciation is laid beside denunciations only, and by its content alone: anything else would tell who wrote it.
    """
    matches = [_all_of(content, most=4)]
    if not secret:
        matches += [_all_of(name, most=6, least=2), f'"{id_number}"' if id_number.isalnum() else ""]
    kind = "=" if secret else "<>"
    wanted = set(_words(content))
    found: dict[str, tuple[float, PetitionRow]] = {}
    for match in filter(None, matches):
        sql = (
            f"SELECT {_COLUMNS} FROM {_FOUND}{_CASE} WHERE petition_search MATCH ? AND p.removed = '' "
            f"AND p.office = ? AND {_CLASS} {kind} 'denunciation' AND p.id <> ? ORDER BY s.rowid DESC LIMIT {_LIKELY}"
        )
        for raw in connection.exec_driver_sql(sql, (match, office, but)):
            row = _row(raw)
            found[row.id] = (_likeness(row, wanted, fold(name) if not secret else ""), row)
    ranked = sorted(found.values(), key=lambda one: (-one[0], one[1].received_on.toordinal() * -1))
    return [row for score, row in ranked if score > 0][:MOST_ALIKE]


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(fold(text[:2000])) if len(word) > 2]


def _all_of(text: str, *, most: int, least: int = 1) -> str:
    """Its longest words, all of them; a name is asked for whole."""
    words = list(dict.fromkeys(_WORD.findall(fold(text[:2000])))) if least > 1 else list(dict.fromkeys(_words(text)))
    if len(words) < max(least, 1) or (least == 1 and len(words) < 3):
        return ""
    chosen = words[:most] if least > 1 else sorted(words, key=len, reverse=True)[:most]
    return " AND ".join(f'"{word}"' for word in chosen)


def _likeness(row: PetitionRow, wanted: set[str], name: str) -> float:
    """The same name counts like the same content."""
    words = set(_words(row.content))
    shared = len(words & wanted) / len(words | wanted) if words and wanted else 0.0
    return shared + (1.0 if name and fold(row.name) == name else 0.0)
