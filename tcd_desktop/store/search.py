"""Search without accents: folded words in a contentless FTS5 index, answers newest first, counts capped.

The index's row numbers are the log's (`reception.rid`), so "newest first" is the index's own order. Sealed
identities are never in it: the columns they would come from are empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import Connection

from tcd_desktop.domain.text import fold

SEARCH_DDL = (
    "CREATE VIRTUAL TABLE reception_search USING fts5(name, place, content, digits, content='', "
    "contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 0')"
)
"""Contentless: it holds folded words only, filled by the program (see `store.search`)."""

SEARCH_HASH = "INSERT INTO reception_search (reception_search, rank) VALUES ('hashsize', 16777216)"
"""FTS5 gathers 16 MiB of words before it writes a piece of index: a bulk load is half again as fast."""

_SELECT = (
    "SELECT rid, fold(name), fold(address), fold(content || ' ' || request), id_number || ' ' || "
    "substr(id_number, -4) || ' ' || phone || ' ' || substr(phone, -4) || ' ' || number FROM reception "
    "WHERE removed = ''"
)
_INSERT = f"INSERT INTO reception_search (rowid, name, place, content, digits) {_SELECT}"
_WORD = re.compile(r"\w+")

INDEXED_FIELDS = frozenset(
    {"name", "address", "content", "request", "id_number", "phone", "number", "date", "time", "removed"}
)
"""A change of one of these makes the row's index entry stale."""


def match_expression(typed: str) -> str | None:
    """What FTS5 is asked for a typed text: all words, the last one as a beginning.

    "" when everything fits; None when nothing can, because there are only signs. A last word of one letter is not
    looked for yet: with hundreds of thousands of words behind it, it narrows nothing and takes a second.
    """
    words = _WORD.findall(fold(typed))
    if not words:
        return None if typed.strip() else ""
    *whole, last = words
    asked = [f'"{word}"' for word in whole]
    if len(last) > 1:
        asked.append(f'"{last}"*')
    elif last.isdigit():
        asked.append(f'"{last}"')
    return " AND ".join(asked)


def index_rows(connection: Connection, rows: Iterable[int], *, fresh: bool = False) -> None:
    """(Re)indexes some rows, in ascending order as FTS5 wants them. `fresh` rows were not indexed before.

    One INSERT..SELECT: filling row by row flushes the index at every statement and is four times slower.
    """
    connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS touched (rid INTEGER PRIMARY KEY)")
    connection.exec_driver_sql("DELETE FROM touched")
    numbers = [(rid,) for rid in rows]
    if not numbers:
        return
    connection.exec_driver_sql("INSERT OR IGNORE INTO touched VALUES (?)", numbers)
    if not fresh:
        connection.exec_driver_sql("DELETE FROM reception_search WHERE rowid IN (SELECT rid FROM touched)")
    connection.exec_driver_sql(f"{_INSERT} AND rid IN (SELECT rid FROM touched) ORDER BY rid")


def rebuild(connection: Connection) -> None:
    """Makes the whole index anew, from an empty table: FTS5's own 'delete-all' left other connections a corrupt one."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS reception_search")
    connection.exec_driver_sql(SEARCH_DDL)
    connection.exec_driver_sql(SEARCH_HASH)
    connection.exec_driver_sql(f"{_INSERT} ORDER BY rid")


def stale_rows(connection: Connection) -> int:
    """How many visits lack an index entry plus how many entries lack a visit."""
    sql = (
        "SELECT (SELECT count(*) FROM reception WHERE removed = '' AND rid NOT IN (SELECT rowid FROM reception_search))"
        " + (SELECT count(*) FROM reception_search WHERE rowid NOT IN (SELECT rid FROM reception WHERE removed = ''))"
    )
    return int(connection.exec_driver_sql(sql).scalar_one())
