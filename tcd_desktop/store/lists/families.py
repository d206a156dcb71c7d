"""Merged citizens are one person: the ids of a citizen and of all that were merged into it, however deep."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

FAMILY: Final = (
    "WITH RECURSIVE family(id) AS (VALUES (?) UNION SELECT c.id FROM citizen c JOIN family f ON c.merged_into = f.id) "
    "SELECT id FROM family"
)
"""A question with one value, the citizen's id."""

_TOP: Final = (
    "WITH RECURSIVE top(id, parent) AS (SELECT id, merged_into FROM citizen WHERE id = ? UNION "
    "SELECT c.id, c.merged_into FROM citizen c JOIN top t ON c.id = t.parent) "
    "SELECT id FROM top WHERE parent IS NULL LIMIT 1"
)


def family_of(connection: Connection, citizen: str | None) -> frozenset[str]:
    """A citizen and all that are the same person because they were merged, directly or by way of another."""
    if citizen is None:
        return frozenset()
    top = connection.exec_driver_sql(_TOP, (citizen,)).scalar() or citizen
    return frozenset(row[0] for row in connection.exec_driver_sql(FAMILY, (top,)))
