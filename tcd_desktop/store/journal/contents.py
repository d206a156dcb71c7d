"""Contents of papers on their way between offices: what is to be sent, what has come, what is still awaited.

A content is named by its SHA-256. A superior confirms a position of the journal and names the papers that it lacks up
to there; so what was written before that position and is not named has arrived, and nothing of it is sent again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from tcd_desktop.store.journal.journal import Chain
from tcd_desktop.store.search.search import OPEN_PAPER

Arrived = Literal["here", "closed"]
"""Kept among the papers; or it came closed for others' keys, and this PC keeps nothing of it."""

_HELD = """(SELECT id, office, sha256, length, reception, "case", NULL AS letter FROM attachment
WHERE removed = '' AND sha256 <> ''
UNION ALL SELECT id, office, sha256, 0, reception, "case", letter FROM issued_document WHERE sha256 <> ''
UNION ALL SELECT id, office, signed_sha256, 0, reception, "case", letter FROM issued_document
WHERE signed_sha256 <> '')"""
"""Everything that holds a content: papers handed over, and what was printed or signed here."""

_SECRET = f"""(NOT ({OPEN_PAPER}) OR EXISTS (SELECT 1 FROM reception v JOIN case_file k ON k.id = v."case"
WHERE v.id = a.reception AND k.classification = 'denunciation') OR EXISTS (SELECT 1 FROM letter l WHERE l.id = a.letter
AND (l.sealed IS NOT NULL
OR EXISTS (SELECT 1 FROM reception d WHERE d.id = l.reception AND d.classification = 'denunciation')
OR EXISTS (SELECT 1 FROM petition d WHERE d.id = l.petition AND d.classification = 'denunciation')
OR EXISTS (SELECT 1 FROM case_file d WHERE d.id = l."case" AND d.classification = 'denunciation'))))"""
"""Of a holder `a`: a denunciation is near it, also through the letter that was printed."""

_GIVEN = """a.id IN (SELECT j.record FROM journal j
WHERE j.chain = ? AND j.seq > ? AND instr(j.line, 'sha256":') > 0)"""
"""Of a holder `a`: an operation after a number has given it its content (a new name is no new content)."""


@dataclass(frozen=True, slots=True, order=True)
class Content:
    """A content to be sent. `length` in bytes, 0 where no record says it (a print); `secret`: of a denunciation."""

    sha256: str
    length: int
    secret: bool


def to_send(connection: Connection, office: str, after: Sequence[tuple[Chain, int]]) -> list[Content]:
    """The contents of an office's papers that its superior has not confirmed or has asked for, each once.

    `after` are this PC's chains with the last number confirmed of each.
    """
    given = " OR ".join([_GIVEN] * len(after))
    sql = _contents(f"({given} OR a.sha256 IN (SELECT sha256 FROM paper_wanted))")
    values = [part for chain, seq in after for part in (chain.id, seq)]
    return _read(connection, sql, (office, *values))


def everything(connection: Connection, office: str) -> list[Content]:
    """The contents of all papers of an office, each once."""
    return _read(connection, _contents("1"), (office,))


def _contents(condition: str) -> str:
    """A content that belongs to a denunciation anywhere is secret everywhere."""
    return (
        f"SELECT a.sha256, max(a.length), max({_SECRET}) FROM {_HELD} a WHERE a.office = ? "
        f"AND {condition} GROUP BY a.sha256 ORDER BY min(a.id)"
    )


def _read(connection: Connection, sql: str, values: tuple[object, ...]) -> list[Content]:
    rows = connection.exec_driver_sql(sql, values)
    return [Content(digest, int(length), bool(secret)) for digest, length, secret in rows]


def note_wanted(connection: Connection, digests: Iterable[str]) -> None:
    """What the superior lacks, as its latest answer says; an earlier list is forgotten."""
    connection.exec_driver_sql("DELETE FROM paper_wanted")
    rows = [(digest,) for digest in dict.fromkeys(digests)]
    if rows:
        connection.exec_driver_sql("INSERT INTO paper_wanted (sha256) VALUES (?)", rows)


def is_named(connection: Connection, office: str, digest: str) -> bool:
    """Whether a paper of an office that is not removed has this content."""
    sql = f"SELECT 1 FROM {_HELD} a WHERE a.sha256 = ? AND a.office = ? LIMIT 1"
    return connection.exec_driver_sql(sql, (digest, office)).first() is not None


def note_arrived(connection: Connection, digest: str, state: Arrived, at: str) -> None:
    """A content has come; one that is here never becomes closed."""
    sql = (
        "INSERT INTO paper_arrived (sha256, state, at) VALUES (?, ?, ?) ON CONFLICT (sha256) DO UPDATE "
        "SET state = excluded.state, at = excluded.at WHERE paper_arrived.state <> 'here'"
    )
    connection.exec_driver_sql(sql, (digest, state, at))


def awaited(connection: Connection, office: str) -> list[Content]:
    """The contents of an office's papers that have not come yet, the oldest paper first."""
    sql = _contents("a.sha256 NOT IN (SELECT sha256 FROM paper_arrived)")
    return _read(connection, sql, (office,))


def closed_here(connection: Connection, digests: Sequence[str]) -> set[str]:
    """Which of some contents came closed for others' keys."""
    marks = ", ".join("?" * len(digests))
    sql = f"SELECT sha256 FROM paper_arrived WHERE state = 'closed' AND sha256 IN ({marks})"
    return {row[0] for row in connection.exec_driver_sql(sql, tuple(digests))} if digests else set()
