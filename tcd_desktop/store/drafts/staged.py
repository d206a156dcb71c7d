"""Papers that were added to a visit which is not saved yet: kept with its draft, never exchanged.

Their contents lie encrypted among the blobs; here is the list of each draft, one fact of this store.
"""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import Connection

_PREFIX = "staged."


class StagedPaper(msgspec.Struct, frozen=True, kw_only=True):
    """One paper that waits for its visit to be saved. `title` is what its file's name said about it.

    `closed` holds its words sealed (see `services.papers.staged_words`); they are empty then.
    """

    id: str
    name: str
    title: str
    sha256: str
    length: int
    media_type: str
    ending: str
    pages: int | None = None
    paper: str = ""
    card_reason: str = ""
    added_on: date | None = None
    closed: str = ""


def of_draft(connection: Connection, draft: str) -> list[StagedPaper]:
    """The papers of a draft in the order in which they were added."""
    row = connection.exec_driver_sql("SELECT value FROM fact WHERE name = ?", (_PREFIX + draft,)).first()
    return msgspec.json.decode(row[0], type=list[StagedPaper]) if row else []


def drafts(connection: Connection) -> list[str]:
    """The names of the drafts that have papers."""
    sql = "SELECT name FROM fact WHERE name >= ? AND name < ?"
    rows = connection.exec_driver_sql(sql, (_PREFIX, _PREFIX[:-1] + "/"))
    return [row[0][len(_PREFIX) :] for row in rows]


def keep(connection: Connection, draft: str, papers: list[StagedPaper]) -> None:
    """Keeps the list of a draft; an empty list is forgotten."""
    if not papers:
        connection.exec_driver_sql("DELETE FROM fact WHERE name = ?", (_PREFIX + draft,))
        return
    value = msgspec.json.encode(papers).decode("utf-8")
    sql = "INSERT INTO fact (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    connection.exec_driver_sql(sql, (_PREFIX + draft, value))


def orphans(connection: Connection, before: date) -> list[str]:
    """The drafts that have papers added before a day, and are drafts no more."""
    living = {row[0] for row in connection.exec_driver_sql("SELECT name FROM draft")}
    return [
        name
        for name in drafts(connection)
        if name.removeprefix("bin.") not in living
        and all(paper.added_on is None or paper.added_on < before for paper in of_draft(connection, name))
    ]


def is_named(connection: Connection, digest: str) -> bool:
    """Whether some record, or some paper that waits, has this content."""
    contents = (("attachment", "sha256"), ("issued_document", "sha256"), ("issued_document", "signed_sha256"))
    for table, column in contents:
        sql = f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1"
        if connection.exec_driver_sql(sql, (digest,)).first():
            return True
    lists = (of_draft(connection, draft) for draft in drafts(connection))
    return any(paper.sha256 == digest for papers in lists for paper in papers)


def waiting_bytes(connection: Connection, office: str) -> int:
    """How many bytes of papers were added since the last bundle to the superior was written: what the next one
    would carry."""
    sql = """
        WITH sent AS (
          SELECT c.id AS chain, coalesce(max(b.last), 0) AS last FROM chain c
          LEFT JOIN bundle b ON b.device = c.device AND b.epoch = c.epoch
            AND b.direction = 'out' AND b.kind = 'ops' AND b.outcome = 'written'
          WHERE c.own = 1 GROUP BY c.id)
        SELECT coalesce(sum(a.length), 0) FROM attachment a
        WHERE a.office = ? AND a.removed = ''
          AND a.id IN (SELECT j.record FROM sent s JOIN journal j ON j.chain = s.chain AND j.seq > s.last)
          AND NOT EXISTS (SELECT 1 FROM journal e JOIN sent s ON s.chain = e.chain
                          WHERE e.record = a.id AND e.seq <= s.last)
    """
    return int(connection.exec_driver_sql(sql, (office,)).scalar_one())
