"""Search in the exact spelling, by initials and last figures, in cases and papers; filters that never read the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

_OPTIONS = "content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0'"
_MAIN = "CREATE VIRTUAL TABLE {table} USING fts5({columns}, " + _OPTIONS + ", detail=column, prefix='2 3')"
_EXACT = "CREATE VIRTUAL TABLE {table} USING fts5(names, words, " + _OPTIONS + ", detail=column)"
_HASH_SIZE = "INSERT INTO {table} ({table}, rank) VALUES ('hashsize', 16777216)"
_VISITS = """INSERT INTO reception_search (rowid, name, place, content, papers, keys, others) SELECT rid,
folded_names(name, represented, members), fold(address || ' ' || represented_address), fold(content || ' ' || request),
'', search_keys(name, id_number, phone, number, year, series, members),
fold(receiver_name || ' ' || settled_by || ' ' || guided_to || ' ' || forwarded_to)
FROM reception WHERE removed = '' ORDER BY rid"""
_VISITS_EXACT = """INSERT INTO reception_exact (rowid, names, words) SELECT rid,
written_names(name, represented, members), address || ' ' || content || ' ' || request
FROM reception WHERE removed = '' ORDER BY rid"""
_KEYS = "INSERT OR IGNORE INTO case_key (n, office, id) SELECT case_order(opened_on, id), office, id FROM case_file"
_PEOPLE = """coalesce((SELECT group_concat(written_names(p.name, p.represented, p.members), ' ') FROM reception p
WHERE p."case" = c.id AND p.removed = '' AND c.classification <> 'denunciation'), '')"""
_CASES = f"""INSERT INTO case_search (rowid, title, people, keys, others) SELECT k.n, fold(c.title), fold({_PEOPLE}),
book_keys(c.number, c.year, c.series), fold(c.handler)
FROM case_key k CROSS JOIN case_file c ON c.id = k.id AND c.office = k.office WHERE c.removed = '' ORDER BY k.n"""
_CASES_EXACT = f"""INSERT INTO case_exact (rowid, names, words) SELECT k.n, {_PEOPLE}, c.title
FROM case_key k CROSS JOIN case_file c ON c.id = k.id AND c.office = k.office WHERE c.removed = '' ORDER BY k.n"""


def upgrade(op: Operations) -> None:
    """Makes the search indexes anew (papers are read again later), and one small index for the filters of the log."""
    op.create_table(
        "attachment_text",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "case_key",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n"),
        sa.UniqueConstraint("id", "office"),
    )
    op.create_index(
        "reception_facts",
        "reception",
        [
            *("rid", "removed", "office", "classification", "direction", "kind"),
            *("receiver_rank", "people", "answer_due", "answered_on", "batch", "id"),
        ],
        unique=False,
    )
    op.execute("DROP TABLE reception_search")
    _make(op, "reception", "name, place, content, papers, keys, others")
    _make(op, "case", "title, people, keys, others")
    for statement in (_KEYS, _VISITS, _VISITS_EXACT, _CASES, _CASES_EXACT):
        op.execute(statement)


def _make(op: Operations, kind: str, columns: str) -> None:
    op.execute(_MAIN.format(table=f"{kind}_search", columns=columns))
    op.execute(_EXACT.format(table=f"{kind}_exact"))
    op.execute(_HASH_SIZE.format(table=f"{kind}_search"))
    op.execute(_HASH_SIZE.format(table=f"{kind}_exact"))
