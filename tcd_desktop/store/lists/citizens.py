"""Pages of the citizens an office knows, the last registered first; families of merged ones; pairs that look alike."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from sqlalchemy import Connection

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.people.resemblance import compare_births, compare_numbers, figures
from tcd_desktop.domain.terms import LinkKind
from tcd_desktop.store.lists.pages import CAP, Count, Page
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.search.citizen_search import citizen_match

MOST_ALIKE: Final = 200
"""So many pairs are proposed at once: who has merged them sees the next."""
_GROUPS: Final = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenQuery:
    """Which citizens: those whose name, number or telephone fits `text`; `alike`: those who may be one person;
    `merged`: only those who were merged into another."""

    text: str = ""
    offices: tuple[str, ...] = ()
    alike: bool = False
    merged: bool = False


@dataclass(frozen=True, slots=True)
class CitizenRow:
    """A citizen as lists show it; visits of merged ones count for the one that was kept."""

    cid: int
    id: str
    office: str
    name: str
    birth_date: str
    id_number: str
    address: str
    phone: str
    merged_into: str | None
    visits: int
    last_visit: dt.date | None


_NAMES = ("cid", "id", "office", "name", "birth_date", "id_number", "address", "phone", "merged_into")
_COLUMNS = ", ".join(f"c.{name}" for name in _NAMES)


class CitizenPages:
    """The citizens, the last registered first. A cursor is the row number of the last one shown."""

    @staticmethod
    def _from(connection: Connection, query: CitizenQuery) -> tuple[str, list[str], list[Any], str]:
        """(tables, conditions, their values, the column that orders)."""
        conditions, values = ["c.removed = ''"], list[Any]()
        tables, order = "citizen c", "c.cid"
        match = citizen_match(query.text)
        if match:
            tables, order = "citizen_search s CROSS JOIN citizen c ON c.cid = s.rowid", "s.rowid"
            conditions.append("citizen_search MATCH ?")
            values.append(match)
        elif match is None:
            conditions.append("0")
        if query.offices:
            conditions.append(f"+c.office IN ({', '.join('?' * len(query.offices))})")
            values.extend(query.offices)
        if query.merged:
            conditions.append("c.merged_into IS NOT NULL")
        if query.alike:
            alike = {one for pair in alike_pairs(connection) for one in (pair[0].id, pair[1].id)}
            conditions.append("c.id IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(sorted(alike)))
        return tables, conditions, values, order

    def page(
        self, connection: Connection, query: CitizenQuery, *, before: int | None = None, size: int = 256
    ) -> Page[CitizenRow]:
        """The rows after a cursor (None = the last registered)."""
        tables, conditions, values, order = self._from(connection, query)
        if before is not None:
            conditions.append(f"{order} < ?")
            values.append(before)
        where = " AND ".join(conditions)
        sql = f"SELECT {_COLUMNS} FROM {tables} WHERE {where} ORDER BY {order} DESC LIMIT {size + 1}"
        found = list(connection.exec_driver_sql(sql, tuple(values)))
        rows = _with_visits(connection, found[:size])
        return Page(rows, rows[-1].cid if len(found) > size else None)

    def count(self, connection: Connection, query: CitizenQuery, *, cap: int = CAP) -> Count:
        """How many citizens fit, at most the cap."""
        tables, conditions, values, _order = self._from(connection, query)
        where = " AND ".join(conditions)
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {tables} WHERE {where} LIMIT {cap + 1})"
        found = int(connection.exec_driver_sql(sql, tuple(values)).scalar_one())
        return Count(min(found, cap), found > cap)

    def anchors(self, connection: Connection, query: CitizenQuery, *, every: int = 1000) -> list[int]:
        """The cursor before each `every`-th row."""
        tables, conditions, values, order = self._from(connection, query)
        where = " AND ".join(conditions)
        sql = f"SELECT {order} FROM {tables} WHERE {where} ORDER BY {order} DESC"
        return [row[0] for row in connection.exec_driver_sql(sql, tuple(values))][every - 1 :: every]


def _with_visits(connection: Connection, rows: list[Any]) -> tuple[CitizenRow, ...]:
    """The rows with the number of visits and the last day, merged citizens counted with the one kept."""
    families = _families(connection, [row[1] for row in rows])
    members = sorted({one for family in families.values() for one in family})
    counted: dict[str, tuple[int, str]] = {}
    sql = (
        "SELECT r.citizen, count(*), max(r.date) FROM json_each(?) e CROSS JOIN reception r ON r.citizen = e.value "
        "WHERE r.removed = '' GROUP BY r.citizen"
    )
    for citizen, count, last in connection.exec_driver_sql(sql, (json.dumps(members),)):
        counted[citizen] = (count, last)
    found = []
    for row in rows:
        told = [counted[one] for one in families[row[1]] if one in counted]
        last = max((day for _count, day in told if day), default="")
        visits = sum(count for count, _day in told)
        day = dt.date.fromisoformat(last) if last else None
        found.append(CitizenRow(**dict(zip(_NAMES, row, strict=True)), visits=visits, last_visit=day))
    return tuple(found)


def _families(connection: Connection, citizens: Iterable[str]) -> dict[str, set[str]]:
    """Citizen -> itself and all that were merged into it; two questions for a whole page unless merges were nested."""
    families = {citizen: {citizen} for citizen in citizens}
    asked = {citizen: {citizen} for citizen in families}  # member -> the families it belongs to
    while asked:
        sql = "SELECT c.id, c.merged_into FROM json_each(?) e CROSS JOIN citizen c ON c.merged_into = e.value"
        following: dict[str, set[str]] = defaultdict(set)
        for member, into in connection.exec_driver_sql(sql, (json.dumps(sorted(asked)),)):
            for family in asked[into]:
                if member not in families[family]:
                    families[family].add(member)
                    following[member].add(family)
        asked = following
    return families


def keeper_of(connection: Connection, citizen: Citizen) -> Citizen:
    """The citizen that was kept when this one was merged; itself when it was not."""
    seen = {citizen.id}
    while citizen.merged_into and citizen.merged_into not in seen:
        seen.add(citizen.merged_into)
        into = ROWS["citizen"].read(connection, citizen.office, citizen.merged_into)
        if into is None:
            break
        citizen = into
    return citizen


def merged_into(connection: Connection, citizen: Citizen) -> list[Citizen]:
    """The citizens that were merged into one, directly."""
    where = "merged_into = ? AND office = ? ORDER BY cid"
    found: list[Citizen] = ROWS["citizen"].some(connection, where, (citizen.id, citizen.office))
    return found


# --- who may be one person -----------------------------------------------------------------------------

ALIKE_NUMBER, ALIKE_NEAR, ALIKE_BIRTH = "same_id", "near_id", "same_name_birth"
AlikePair = tuple[Citizen, Citizen, str]
"""Two citizens and why they may be one person."""


def alike_reason(one: Citizen, other: Citizen) -> str:
    """Why two citizens may be one person, as a code of `domain.people.resemblance`; "" when nothing says so.

    The same number under whatever name; the same name and birth, unless two numbers of twelve figures tell them
    apart. The same name with a number in which one figure differs is a slip of the pen.
    """
    numbers = compare_numbers(figures(one.id_number), figures(other.id_number))
    if numbers == "same":
        return ALIKE_NUMBER
    if fold(one.name) != fold(other.name) or numbers == "other":
        return ""
    if numbers == "near":
        return ALIKE_NEAR
    return ALIKE_BIRTH if compare_births(one.birth_date, other.birth_date).startswith("same") else ""


def alike_to(connection: Connection, citizen: Citizen, *, everywhere: bool = False) -> list[AlikePair]:
    """The citizens who may be the same person as one, none that was merged, removed or judged to be another.

    `everywhere`: also those of other offices, as the superior sees who came to two wards.
    """
    rows = ROWS["citizen"]
    keep = "AND (office = ? OR ?) AND removed = '' AND merged_into IS NULL LIMIT 50"
    where = (citizen.office, everywhere)
    known: dict[str, Citizen] = {}
    if citizen.id_number:
        same = rows.some(connection, f"id_number = ? AND id_number <> '' {keep}", (citizen.id_number, *where))
        known.update((one.id, one) for one in same)
    named = rows.some(connection, f"fold(name) = ? {keep}", (fold(citizen.name), *where))
    known.update((one.id, one) for one in named)
    known.pop(citizen.id, None)
    apart = _told_apart(connection)
    pairs = [(citizen, one, alike_reason(citizen, one)) for one in known.values()]
    return [pair for pair in pairs if pair[2] and frozenset((citizen.id, pair[1].id)) not in apart]


def alike_pairs(connection: Connection, *, most: int = MOST_ALIKE) -> list[AlikePair]:
    """Pairs of citizens of one office who may be one person. For a reader: it goes through two whole indexes."""
    same_number = (
        "SELECT id_number FROM citizen INDEXED BY citizen_number WHERE id_number <> '' "
        f"GROUP BY id_number HAVING count(*) > 1 LIMIT {_GROUPS}"
    )
    same_name = (
        "SELECT fold(name), birth_date FROM citizen INDEXED BY citizen_person "
        f"GROUP BY fold(name), birth_date HAVING count(*) > 1 AND birth_date <> '' LIMIT {_GROUPS}"
    )
    apart = _told_apart(connection)
    found: dict[frozenset[str], AlikePair] = {}
    for where, sql in (
        ("id_number = ? AND id_number <> ''", same_number),
        ("fold(name) = ? AND birth_date = ?", same_name),
    ):
        for group in list(connection.exec_driver_sql(sql)):
            members = ROWS["citizen"].some(
                connection, f"{where} AND removed = '' AND merged_into IS NULL LIMIT 20", tuple(group)
            )
            for one, other in combinations(members, 2):
                pair = frozenset((one.id, other.id))
                reason = alike_reason(one, other) if one.office == other.office and pair not in apart else ""
                if reason:
                    found.setdefault(pair, (one, other, reason))
            if len(found) >= most:
                return list(found.values())[:most]
    return list(found.values())


def _told_apart(connection: Connection) -> set[frozenset[str]]:
    """Pairs of records that a person judged to be two."""
    sql = "SELECT earlier, later FROM link WHERE kind = ? AND removed = ''"
    return {frozenset(row) for row in connection.exec_driver_sql(sql, (LinkKind.NOT_DUPLICATE,))}
