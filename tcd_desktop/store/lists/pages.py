"""Pages of the log and of the cases, and the figures of offices: what lists and boards ask of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from tcd_desktop.store.lists.case_pages import CasePages, CaseQuery, CaseRow, earliest_due
from tcd_desktop.store.lists.paging import CAP, Count, Cursor, Page
from tcd_desktop.store.lists.reception_pages import ReceptionPages, ReceptionQuery, ReceptionRow

__all__ = [
    "CAP",
    "CasePages",
    "CaseQuery",
    "CaseRow",
    "Count",
    "Cursor",
    "OfficeCounts",
    "Page",
    "ReceptionPages",
    "ReceptionQuery",
    "ReceptionRow",
    "counts_by_office",
    "earliest_due",
]


@dataclass(frozen=True, slots=True)
class OfficeCounts:
    """The figures of one office on the district's board."""

    office: str
    receptions: int = 0
    open_cases: int = 0
    overdue_answers: int = 0
    crowds: int = 0


def counts_by_office(connection: Connection, today: date) -> dict[str, OfficeCounts]:
    """Receptions, open cases, overdue answers and crowds (five people or more) of every office that has any."""
    figures: dict[str, dict[str, int]] = {}
    queries = {
        "receptions": (
            "SELECT office, sum(n) FROM (SELECT office, count(*) n FROM reception GROUP BY office UNION ALL "
            "SELECT office, -count(*) FROM reception WHERE removed <> '' GROUP BY office) GROUP BY office",
            (),
        ),
        "open_cases": (
            "SELECT office, count(*) FROM case_file WHERE state <> 'closed' AND removed = '' GROUP BY office",
            (),
        ),
        "overdue_answers": (
            "SELECT office, count(*) FROM reception WHERE answered_on IS NULL AND answer_due IS NOT NULL "
            "AND answer_due < ? AND removed = '' GROUP BY office",
            (today.isoformat(),),
        ),
        "crowds": ("SELECT office, count(*) FROM reception WHERE people >= 5 AND removed = '' GROUP BY office", ()),
    }
    for name, (sql, values) in queries.items():
        for office, found in connection.exec_driver_sql(sql, values):
            figures.setdefault(office, {})[name] = found
    return {office: OfficeCounts(office, **found) for office, found in figures.items()}
