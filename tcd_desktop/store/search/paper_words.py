"""The words of papers, by content so that a paper is read once; never exchanged, and gone where they must not be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from tcd_desktop.domain.language.text import fold
from tcd_desktop.store.search.search import OPEN_PAPER, index_rows, visits_with_papers

State = Literal["read", "none", "unreadable", "missing"]
"""Read; of a kind without text; damaged; the content is not here yet, and is looked for again next time."""


@dataclass(frozen=True, slots=True)
class UnreadPaper:
    """A paper whose words are not known yet: SHA-256 of its content, and its name for those that look alike."""

    sha256: str
    name: str


def unread(connection: Connection, office: str, limit: int) -> list[UnreadPaper]:
    """Papers of an office to read next, the newest first; those of denunciations are never read.

    What another office sent is not read by itself: a file from outside is opened when a person opens it.
    """
    sql = (
        "SELECT a.sha256, max(a.name) FROM attachment a WHERE a.removed = '' AND a.sha256 <> '' AND a.office = ? "
        f"AND a.sha256 NOT IN (SELECT sha256 FROM attachment_text) AND {OPEN_PAPER} "
        "GROUP BY a.sha256 ORDER BY max(a.id) DESC LIMIT ?"
    )
    return [UnreadPaper(*row) for row in connection.exec_driver_sql(sql, (office, limit))]


def keep(connection: Connection, sha256: str, state: State, text: str = "") -> None:
    """Keeps what was read of a paper and makes its visits findable by it."""
    sql = "INSERT OR REPLACE INTO attachment_text (sha256, state, words) VALUES (?, ?, ?)"
    connection.exec_driver_sql(sql, (sha256, state, fold(text)))
    if text:
        index_rows(connection, visits_with_papers(connection, "a.sha256 = ?", (sha256,)))


def forget_closed(connection: Connection) -> int:
    """Throws away the words of papers that were removed or have come to belong to a denunciation. How many."""
    sql = (
        "DELETE FROM attachment_text WHERE state = 'missing' OR sha256 NOT IN "
        f"(SELECT a.sha256 FROM attachment a WHERE a.removed = '' AND {OPEN_PAPER})"
    )
    return connection.exec_driver_sql(sql).rowcount
