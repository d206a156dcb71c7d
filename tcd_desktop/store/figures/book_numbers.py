"""Numbers of the log that are taken, and the counter behind them: for books that bring numbers of their own."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection

from tcd_desktop.domain.problems import Refused

_TAKEN_BACK = (
    "NOT (removed <> '' AND batch IS NOT NULL AND EXISTS (SELECT 1 FROM old_book b WHERE b.id = reception.batch "
    "AND b.office = reception.office AND b.removed <> ''))"
)
"""A visit in the recycle bin keeps its number; the numbers of an import that was taken back whole are free again."""


def taken_numbers(connection: Connection, office: str, year: int, series: str) -> set[int]:
    """The numbers of a year's book that no other visit may get."""
    sql = f"SELECT number FROM reception WHERE office = ? AND year = ? AND series = ? AND {_TAKEN_BACK}"
    return {int(row[0]) for row in connection.exec_driver_sql(sql, (office, year, series))}


def set_last_number(connection: Connection, year: int, series: str, last: int) -> None:
    """The next visit of the year gets the number after `last`."""
    sql = (
        "INSERT INTO counter (book, year, series, last) VALUES ('reception', ?, ?, ?) "
        "ON CONFLICT (book, year, series) DO UPDATE SET last = excluded.last"
    )
    connection.exec_driver_sql(sql, (year, series, last))


def claim(connection: Connection, office: str, batch: str) -> None:
    """The numbers of a taken-back import are its own again, and the counter is behind them.

    Raises Refused("old_book_numbers_taken") when another visit got one of them meanwhile.
    """
    found: dict[tuple[int, str], set[int]] = {}
    sql = "SELECT year, series, number FROM reception WHERE batch = ? AND office = ?"
    for year, series, number in connection.exec_driver_sql(sql, (batch, office)):
        found.setdefault((int(year), str(series)), set()).add(int(number))
    for (year, series), numbers in found.items():
        taken = taken_numbers(connection, office, year, series)
        if clash := taken & numbers:
            raise Refused("old_book_numbers_taken", count=len(clash), number=min(clash), year=year)
        sql = "UPDATE counter SET last = ? WHERE book = 'reception' AND year = ? AND series = ? AND last < ?"
        last = max(numbers)
        connection.exec_driver_sql(sql, (last, year, series, last))


def kept_of_batch(connection: Connection, office: str, batch: str) -> list[str]:
    """The ids of an import's visits that are not in the recycle bin, in the order of the book."""
    sql = "SELECT id FROM reception WHERE batch = ? AND office = ? AND removed = '' ORDER BY year, number, id"
    return [str(row[0]) for row in connection.exec_driver_sql(sql, (batch, office))]


def companions_of_batch(connection: Connection, office: str, batch: str) -> list[tuple[str, str]]:
    """(table, id) of what goes with an import's visits: petitions, cases and citizens that no other visit names."""
    mine = "(SELECT id FROM reception WHERE batch = :batch AND office = :office)"
    others = "r.office = :office AND r.removed = '' AND (r.batch IS NULL OR r.batch <> :batch)"
    questions = {
        "petition": f"SELECT id FROM petition WHERE removed = '' AND office = :office AND reception IN {mine}",
        "case_file": (
            f"SELECT id FROM case_file c WHERE removed = '' AND office = :office AND reception IN {mine} "
            f'AND NOT EXISTS (SELECT 1 FROM reception r WHERE r."case" = c.id AND {others})'
        ),
        "citizen": (
            "SELECT DISTINCT c.id FROM citizen c JOIN reception m ON m.citizen = c.id AND m.office = c.office "
            "WHERE c.removed = '' AND m.batch = :batch AND m.office = :office "
            f"AND NOT EXISTS (SELECT 1 FROM reception r WHERE r.citizen = c.id AND {others})"
        ),
    }
    values = {"batch": batch, "office": office}
    return [(table, str(row[0])) for table, sql in questions.items() for row in connection.exec_driver_sql(sql, values)]


def worked_on(connection: Connection, office: str, batch: str) -> int:
    """How many of an import's visits have since got an answer, a case or a printed slip."""
    sql = (
        "SELECT count(*) FROM reception r WHERE r.batch = ? AND r.office = ? AND r.removed = '' AND "
        '(r.answered_on IS NOT NULL OR r."case" IS NOT NULL OR EXISTS '
        "(SELECT 1 FROM issued_document d WHERE d.reception = r.id AND d.office = r.office))"
    )
    return int(connection.exec_driver_sql(sql, (batch, office)).scalar_one())


def visits_on(connection: Connection, office: str, days: Iterable[str]) -> list[tuple[str, str, int, str, str, bool]]:
    """(id, day, number, name, content, sealed?) of the kept visits of some days (ISO)."""
    wanted = msgspec.json.encode(sorted(set(days))).decode("ascii")
    sql = (
        "SELECT r.id, r.date, r.number, r.name, r.content, r.sealed IS NOT NULL FROM reception r "
        "WHERE r.office = ? AND r.removed = '' AND r.date IN (SELECT value FROM json_each(?))"
    )
    return [
        (str(row[0]), str(row[1]), int(row[2]), str(row[3]), str(row[4]), bool(row[5]))
        for row in connection.exec_driver_sql(sql, (office, wanted))
    ]
