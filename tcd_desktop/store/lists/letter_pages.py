"""Pages of the book of letters going out (sổ văn bản đi): drafts first, then the newest; what it can be narrowed by."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.letters.letter import LetterState, letter_number
from tcd_desktop.store.lists.paging import CAP, Count, Page

_LINKS = (
    'LEFT JOIN case_file c ON c.id = l."case" AND c.office = l.office '
    "LEFT JOIN reception r ON r.id = l.reception AND r.office = l.office "
    "LEFT JOIN petition p ON p.id = l.petition AND p.office = l.office "
    "LEFT JOIN sitting s ON s.id = l.sitting AND s.office = l.office "
)
_DAY = "coalesce(l.dated, '9999-12-31')"
_ORDER = f"(l.state <> 'draft'), {_DAY} DESC, l.number DESC, l.id DESC"
_DOUBLED = (
    "l.number > 0 AND l.state = 'issued' AND EXISTS (SELECT 1 FROM letter o WHERE o.office = l.office "
    "AND o.year = l.year AND o.number = l.number AND o.sign = l.sign AND o.id <> l.id AND o.removed = '' "
    "AND (o.series = l.series OR (o.series IN ('', 'A') AND l.series IN ('', 'A'))))"
)
_COLUMNS = (
    "l.id, l.office, l.kind, l.year, l.number, l.series, l.sign, l.dated, l.about, l.addressees, l.state, l.signer, "
    f"l.sealed IS NOT NULL, l.reason, l.adapted, {_DOUBLED}, "
    "c.number, c.series, c.year, r.number, r.series, r.year, p.number, p.series, p.year, s.day, l.target IS NOT NULL, "
    "(SELECT count(*) FROM issued_document d WHERE d.letter = l.id AND d.office = l.office)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterQuery:
    """Which letters. `kinds`: of these kinds only; `text` is looked for in number, subject, addressees, signer, and
    finds the letters of `named` kinds too (those whose name has the words)."""

    offices: tuple[str, ...] = ()
    text: str = ""
    named: tuple[str, ...] = ()
    kind: str = ""
    state: LetterState | None = None
    since: date | None = None
    until: date | None = None
    signer: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter as lists show it. `about` is empty when it is `sealed`; `record` says what it is about: "HS 12/2026"."""

    id: str
    office: str
    kind: str
    year: int
    number: int
    series: str
    sign: str
    dated: date | None
    about: str
    addressees: tuple[str, ...]
    state: LetterState
    signer: str
    sealed: bool
    reason: str
    adapted: bool
    doubled: bool
    record: str
    prints: int

    @property
    def book_number(self) -> str:
        """ "15/TB-UBND"; "" for a draft."""
        return letter_number(self.number, self.series, self.sign)


class LetterPages:
    """The letters. A cursor is how many rows came before: the book is small, and its ids are sorted once."""

    def page(
        self, connection: Connection, query: LetterQuery, *, before: Any = None, size: int = 256
    ) -> Page[LetterRow]:
        """The rows after a cursor (None = from the top)."""
        at = int(before or 0)
        keys = _keys(connection, query, at, size + 1)
        rows = _rows(connection, keys[:size])
        return Page(tuple(rows), at + size if len(keys) > size else None)

    def count(self, connection: Connection, query: LetterQuery, *, cap: int = CAP) -> Count:
        """How many letters fit, at most the cap."""
        found = len(_keys(connection, query, 0, cap + 1))
        return Count(min(found, cap), found > cap)

    def anchors(self, connection: Connection, query: LetterQuery, *, every: int = 1000) -> list[Any]:
        """The cursor before each `every`-th row."""
        return list(range(every, len(_keys(connection, query, 0, None)) + 1, every))


def _keys(connection: Connection, query: LetterQuery, at: int, size: int | None) -> list[tuple[str, str]]:
    conditions, values = _conditions(query)
    where = f"FROM letter l WHERE {' AND '.join(conditions)} ORDER BY {_ORDER}"
    if not query.text.strip():
        limit = "" if size is None else f" LIMIT {size} OFFSET {at}"
        return [(row[0], row[1]) for row in connection.exec_driver_sql(f"SELECT l.id, l.office {where}{limit}", values)]
    sql = f"SELECT l.id, l.office, l.number, l.series, l.sign, l.about, l.addressees, l.signer, l.kind {where}"
    words, named, found = fold(query.text).split(), frozenset(query.named), list[tuple[str, str]]()
    for row in connection.exec_driver_sql(sql, values):
        if row[8] in named or _has(words, row):
            found.append((row[0], row[1]))
            if size is not None and len(found) >= at + size:
                break
    return found[at:]


def _has(words: list[str], row: Any) -> bool:
    text = fold(f"{letter_number(row[2], row[3], row[4])} {row[5]} {' '.join(json.loads(row[6]))} {row[7]}")
    return all(word in text for word in words)


def _conditions(query: LetterQuery) -> tuple[list[str], tuple[Any, ...]]:
    conditions, values = ["l.removed = ''"], list[Any]()
    if query.offices:
        conditions.append(f"l.office IN ({', '.join('?' * len(query.offices))})")
        values.extend(query.offices)
    asked = (
        ("l.kind = ?", query.kind or None),
        ("l.state = ?", query.state and query.state.value),
        ("l.dated >= ?", query.since and query.since.isoformat()),
        ("l.dated <= ?", query.until and query.until.isoformat()),
        ("l.signer = ?", query.signer or None),
        ("l.year = ?", query.year),
    )
    for condition, value in asked:
        if value is not None:
            conditions.append(condition)
            values.append(value)
    return conditions, tuple(values)


def _rows(connection: Connection, keys: list[tuple[str, str]]) -> list[LetterRow]:
    if not keys:
        return []
    sql = (
        f"SELECT {_COLUMNS} FROM json_each(?) e CROSS JOIN letter l ON l.id = json_extract(e.value, '$[0]') "
        f"AND l.office = json_extract(e.value, '$[1]') {_LINKS} ORDER BY e.key"
    )
    return [_row(row) for row in connection.exec_driver_sql(sql, (json.dumps(keys),))]


def _row(row: Any) -> LetterRow:
    return LetterRow(
        id=row[0],
        office=row[1],
        kind=row[2],
        year=row[3],
        number=row[4],
        series=row[5],
        sign=row[6],
        dated=date.fromisoformat(row[7]) if row[7] else None,
        about=row[8],
        addressees=tuple(json.loads(row[9])),
        state=LetterState(row[10]),
        signer=row[11],
        sealed=bool(row[12]),
        reason=row[13],
        adapted=bool(row[14]),
        doubled=bool(row[15]),
        record=_record(row),
        prints=row[27],
    )


def _record(row: Any) -> str:
    """What it is about in a few signs: the case, else the petition, the visit, the day of the sitting."""
    for sign, number, series, year in (("HS ", *row[16:19]), ("Đ ", *row[22:25]), ("", *row[19:22])):
        if number:
            return f"{sign}{number}{'' if series in ('', 'A') else f'-{series}'}/{year}"
    return f"{date.fromisoformat(row[25]):%d/%m/%Y}" if row[25] else ""
