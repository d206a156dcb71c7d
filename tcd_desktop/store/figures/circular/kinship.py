"""Which visits, petitions and cases are one matter (một vụ việc) because a person said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

KIN: Final = """kin(id, root) AS MATERIALIZED (
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:kin))"""
"""A common table of (record id, the id that stands for its matter), made from the value `kin`."""


@dataclass(frozen=True, slots=True)
class Kin:
    """Record id -> the id that stands for the matter; records nobody joined are not in it."""

    roots: Mapping[str, str] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        """What the common table `KIN` is made from; nothing when nobody joined anything."""
        return {"kin": msgspec.json.encode(list(self.roots.items())).decode("utf-8")} if self.roots else {}


_LINKS: Final = """
SELECT l.earlier, l.later, e."case", f."case"
FROM link l LEFT JOIN reception e ON e.id = l.earlier LEFT JOIN reception f ON f.id = l.later
WHERE l.removed = '' AND l.kind IN ('duplicate', 'same_matter', 'continuation')
"""
_REPEATS: Final = """
SELECT p.id, p.duplicate_of, p."case", d."case", p.reception, d.reception
FROM petition p LEFT JOIN petition d ON d.id = p.duplicate_of
WHERE p.duplicate_of IS NOT NULL AND p.removed = ''
"""


def linked_visits(connection: Connection) -> Kin:
    """Visits joined by links (cùng vụ việc, trùng, tiếp nối) and their cases."""
    return Kin(_joined((earlier, later, case, other) for earlier, later, case, other in _rows(connection, _LINKS)))


def repeated_petitions(connection: Connection) -> Kin:
    """Petitions of the same content (đơn trùng), their cases, and those of visits that are joined."""
    groups = [*_rows(connection, _REPEATS), *_rows(connection, _LINKS)]
    roots = _joined(groups)
    visits = msgspec.json.encode(list(roots)).decode("utf-8")
    sql = "SELECT p.id, p.reception FROM json_each(?) e CROSS JOIN petition p ON p.reception = e.value"
    own = [(petition, roots[visit]) for petition, visit in connection.exec_driver_sql(sql, (visits,))] if roots else []
    return Kin(_joined([*groups, *own]))


def _rows(connection: Connection, sql: str) -> list[tuple[str | None, ...]]:
    return [tuple(row) for row in connection.exec_driver_sql(sql)]


def _joined(groups: Any) -> dict[str, str]:
    """Union of groups that share a record; the smallest id stands for all."""
    parent: dict[str, str] = {}

    def top(one: str) -> str:
        while parent.setdefault(one, one) != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for group in groups:
        known = [one for one in group if one]
        for other in known[1:]:
            first, second = sorted((top(known[0]), top(other)))
            parent[second] = first
    return {one: top(one) for one in list(parent)}
