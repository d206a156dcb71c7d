"""What is being typed and not saved yet: kept every few seconds, offered again after a crash, never exchanged."""

from __future__ import annotations

from sqlalchemy import Connection


def keep(connection: Connection, *, name: str, officer: str, value: str, at: str) -> None:
    """Keeps the newest state of a draft (JSON text)."""
    sql = "INSERT OR REPLACE INTO draft (name, officer, value, at) VALUES (?, ?, ?, ?)"
    connection.exec_driver_sql(sql, (name, officer, value, at))


def of_officer(connection: Connection, officer: str) -> dict[str, str]:
    """An officer's drafts by name, the newest first."""
    sql = "SELECT name, value FROM draft WHERE officer = ? ORDER BY at DESC"
    return {row[0]: row[1] for row in connection.exec_driver_sql(sql, (officer,))}


def drop(connection: Connection, name: str) -> None:
    """Forgets a draft."""
    connection.exec_driver_sql("DELETE FROM draft WHERE name = ?", (name,))


def kept(connection: Connection, officer: str) -> list[tuple[str, str, str]]:
    """(name, JSON text, stamp of the last change) of an officer's drafts, the newest first."""
    sql = "SELECT name, value, at FROM draft WHERE officer = ? ORDER BY at DESC"
    return [(row[0], row[1], row[2]) for row in connection.exec_driver_sql(sql, (officer,))]
