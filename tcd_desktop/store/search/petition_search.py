"""Petitions found by name, number and words without accents, through an FTS5 index the database keeps by itself.

Triggers of the schema fill it (see `migrations.m0004_follow_up`), so that acts, bundles and undo need not think of it.
Who denounces is sealed: the columns the words come from are empty then.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection

from tcd_desktop.domain.language.text import fold

PETITION_SEARCH_DDL = (
    "CREATE VIRTUAL TABLE petition_search USING fts5(people, words, content='', "
    "contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 0')"
)
_WORD = re.compile(r"[^\W_]+")
_BOOK = re.compile(r"(?<![\w/])(?:d\s*)?(\d{1,6})(?:-([a-z]))?\s*/\s*(\d{4})(?![\w/])")
MOST_WORDS = 12


def petition_match(typed: str) -> str | None:
    """What FTS5 is asked for: words, a book number ("12/2026"), the last word as a beginning.

    "" when everything fits, None when only signs were typed.
    """
    folded = fold(typed[:200])
    asked = [f'"{m[1]}y{m[3]}{m[2] or "a"}"' for m in _BOOK.finditer(folded)]
    words = _WORD.findall(_BOOK.sub(" ", folded))[:MOST_WORDS]
    if not words:
        return " AND ".join(asked) if asked else (None if typed.strip() else "")
    *whole, last = words
    asked += [f'"{word}"' for word in whole]
    if len(last) > 1 or not asked:
        asked.append(f'"{last}"*')
    return " AND ".join(asked)


def stale_petitions(connection: Connection) -> int:
    """How many petitions lack an index entry plus how many entries lack a petition."""
    sql = (
        "SELECT (SELECT count(*) FROM petition p LEFT JOIN petition_key k ON k.id = p.id AND k.office = p.office "
        "WHERE k.n IS NULL OR k.n NOT IN (SELECT rowid FROM petition_search)) + "
        "(SELECT count(*) FROM petition_search WHERE rowid NOT IN (SELECT n FROM petition_key))"
    )
    return int(connection.exec_driver_sql(sql).scalar_one())
