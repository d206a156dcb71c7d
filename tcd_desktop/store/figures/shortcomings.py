"""Shortcomings in the books of an office over a period, found by plain questions to its own records.

Each question is a line of a table: its code, the table of the records it finds, and the condition. `:unit`, `:since`,
`:until` and `:now` (the day up to which something still open is late) are filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, text

SHOWN: Final = 500
"""So many records of one shortcoming are named; all are counted."""


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """How often a rule was not kept, and the first records where (ids of `table`)."""

    code: str
    table: str
    count: int
    records: tuple[str, ...]


_VISIT = "office = :unit AND removed = '' AND batch IS NULL AND date BETWEEN :since AND :until"
_SITTING = "s.office = :unit AND s.removed = '' AND s.day BETWEEN :since AND :until"
_SLIP = "SELECT 1 FROM issued_document d WHERE d.reception = reception.id AND d.form = '02/TCD' AND d.spoilt = ''"

QUESTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "answered_late": ("reception", f"{_VISIT} AND answer_due IS NOT NULL AND answered_on > answer_due"),
    "not_answered": (
        "reception",
        f"{_VISIT} AND answer_due IS NOT NULL AND answered_on IS NULL AND answer_due < :now",
    ),
    "no_slip": ("reception", f"{_VISIT} AND documents <> '[]' AND NOT EXISTS ({_SLIP})"),
    "slip_not_handed_over": (
        "reception",
        f"{_VISIT} AND documents <> '[]' AND EXISTS ({_SLIP}) AND NOT EXISTS ({_SLIP} AND d.handed_over)",
    ),
    "statement_open": (
        "reception",
        f"{_VISIT} AND has_petition = 0 AND direction IS NOT 'refuse' AND (read_back = 0 OR signing IS NULL)",
    ),
    "refusal_late": (
        "reception",
        f"{_VISIT} AND refusal_due IS NOT NULL AND coalesce(refusal_notice_on, :now) > refusal_due",
    ),
    "no_conclusion_notice": (
        "sitting",
        f"{_SITTING} AND s.state = 'held' AND s.kind <> 'dialogue' AND NOT EXISTS "
        "(SELECT 1 FROM conclusion k WHERE k.sitting = s.id AND k.removed = '' AND k.issued_on IS NOT NULL)",
    ),
    "sitting_unexplained": ("sitting", f"{_SITTING} AND s.state IN ('planned', 'posted') AND s.day < :now"),
    "conclusion_late": (
        "conclusion",
        "office = :unit AND removed = '' AND due BETWEEN :since AND :until AND coalesce(done_on, :now) > due",
    ),
    "case_overdue": (
        "case_file",
        "office = :unit AND removed = '' AND state <> 'closed' AND due BETWEEN :since AND :until AND due < :now",
    ),
}


def shortcomings(connection: Connection, unit: str, since: date, until: date, today: date) -> list[Shortcoming]:
    """The rules that were not kept by an office between two days, in the order of the table."""
    values = {
        "unit": unit,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "now": today.isoformat(),
    }
    found = []
    for code, (table, condition) in QUESTIONS.items():
        named = f"{table} s" if table == "sitting" else table
        identity = "s.id" if table == "sitting" else "id"
        count = int(connection.execute(text(f"SELECT count(*) FROM {named} WHERE {condition}"), values).scalar_one())
        if count:
            sql = f"SELECT {identity} FROM {named} WHERE {condition} ORDER BY {identity} LIMIT {SHOWN}"
            records = tuple(row[0] for row in connection.execute(text(sql), values))
            found.append(Shortcoming(code, table, count, records))
    return found
