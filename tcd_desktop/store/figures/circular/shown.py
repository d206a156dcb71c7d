"""What is shown of a record behind a figure: its number and what it is about; of a denunciation only the number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from tcd_desktop.domain.receptions.reception import book_number
from tcd_desktop.store.figures.circular.sources import Member

_WHICH: Final = (
    "FROM json_each(?) e CROSS JOIN {table} t ON t.id = json_extract(e.value, '$[0]') "
    "AND t.office = json_extract(e.value, '$[1]')"
)
_QUESTIONS: Final = {
    "reception": ("t.id, t.office, t.number, t.series, t.year, t.content, t.classification = 'denunciation'", ""),
    "petition": (
        "t.id, t.office, CASE WHEN t.number THEN t.number ELSE r.number END, "
        "CASE WHEN t.number THEN t.series ELSE r.series END, CASE WHEN t.number THEN t.year ELSE r.year END, "
        "t.content, coalesce(t.classification, r.classification) = 'denunciation', t.number > 0",
        " LEFT JOIN reception r ON r.id = t.reception AND r.office = t.office",
    ),
    "case_file": ("t.id, t.office, t.number, t.series, t.year, t.title, t.classification = 'denunciation'", ""),
    "obligation": ("t.id, t.office, t.number, '', 0, t.summary, t.kind = 'denunciation_conclusion'", ""),
    "sitting": ("t.id, t.office, '', '', 0, CASE WHEN t.delegate <> '' THEN t.delegate ELSE t.leader END, 0", ""),
    "inspection_round": ("t.id, t.office, t.decision_number, '', 0, t.lead, 0", ""),
    "opening_balance": ("t.id, t.office, t.form || ' (' || t.\"column\" || ')', '', 0, t.note, 0", ""),
}
"""Table -> id, office, number, series, year, title, whether it is a denunciation, of a record; what is joined."""

_SIGNS: Final = {"case_file": "HS ", "petition": "Đ "}
LONGEST: Final = 300


def described(connection: Connection, members: Sequence[Member]) -> list[Member]:
    """The same records with number and title."""
    wanted: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in members:
        wanted[one.table].append((one.id, one.office))
    known = {
        (table, row[0], row[1]): _told(table, row)
        for table, keys in wanted.items()
        for row in _rows(connection, table, keys)
    }
    return [replace(one, **known.get((one.table, one.id, one.office), {})) for one in members]


def _rows(connection: Connection, table: str, keys: list[tuple[str, str]]) -> list[Any]:
    columns, joined = _QUESTIONS[table]
    sql = f"SELECT {columns} {_WHICH.format(table=table)}{joined}"
    return list(connection.exec_driver_sql(sql, (msgspec.json.encode(keys).decode("utf-8"),)))


def _told(table: str, row: Any) -> dict[str, Any]:
    number, series, year, title, secret = row[2:7]
    if year:
        sign = _SIGNS.get(table, "") if table != "petition" or row[7] else ""
        number = f"{sign}{book_number(number, series, year)}" if number else ""
    return {"number": str(number or ""), "title": "" if secret else str(title or "")[:LONGEST], "secret": bool(secret)}
