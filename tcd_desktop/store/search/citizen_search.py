"""Citizens found by name, number and telephone without accents, through an FTS5 index the database keeps by itself.

The index's row numbers are the citizens' own (`citizen.cid`, this store's alone). Triggers of the schema fill it, so
that acts, imports and bundles need not think of it. Denouncers are no citizens and cannot be in it.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection

from tcd_desktop.domain.language.text import fold

CITIZEN_SEARCH_DDL = (
    "CREATE VIRTUAL TABLE citizen_search USING fts5(name, born, digits, content='', "
    "contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 0')"
)
"""Contentless: it holds folded words only."""


_FILL = (
    "INSERT INTO citizen_search (rowid, name, born, digits) SELECT cid, fold(name), substr(birth_date, 1, 4), "
    "id_number || ' ' || substr(id_number, -4) || ' ' || phone || ' ' || substr(phone, -4) FROM citizen ORDER BY cid"
)
"""The same words as the triggers of the schema write."""


def rebuild_citizens(connection: Connection) -> None:
    """Makes the whole index anew from the citizens."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS citizen_search")
    connection.exec_driver_sql(CITIZEN_SEARCH_DDL)
    connection.exec_driver_sql(_FILL)


def stale_citizens(connection: Connection) -> int:
    """How many citizens lack an index entry plus how many entries lack a citizen."""
    sql = (
        "SELECT (SELECT count(*) FROM citizen WHERE cid NOT IN (SELECT rowid FROM citizen_search))"
        " + (SELECT count(*) FROM citizen_search WHERE rowid NOT IN (SELECT cid FROM citizen))"
    )
    return int(connection.exec_driver_sql(sql).scalar_one())


_WORD = re.compile(r"[^\W_]+")


def citizen_match(typed: str) -> str | None:
    """What FTS5 is asked for a typed name, year of birth, number or telephone; the last word is a beginning.

    "" when everything fits, None when nothing can, because there are only signs.
    """
    words = _WORD.findall(fold(typed[:200]))
    if not words:
        return None if typed.strip() else ""
    *whole, last = words
    asked = [f'"{word}"' for word in whole]
    if len(last) > 1 or not whole:
        asked.append(f'"{last}"*')
    return " AND ".join(asked)
