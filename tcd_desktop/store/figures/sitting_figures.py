"""Figures about the head's receptions, counted by the database (TT 06/2025, Biểu 01/TCD columns 10 to 21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from tcd_desktop.domain.receptions.reception import CROWD
from tcd_desktop.store.schema.rows import row_order


@dataclass(frozen=True, slots=True)
class SittingCounts:
    """One block of the table: days, visits (lượt), people (người), matters (vụ việc), crowds (đoàn), their people."""

    days: int = 0
    visits: int = 0
    people: int = 0
    matters: int = 0
    crowds: int = 0
    crowd_people: int = 0


_VISITS = """
SELECT receiver_rank, count(*) FILTER (WHERE same_visit IS NULL), total(people) FILTER (WHERE same_visit IS NULL),
       count(DISTINCT coalesce("case", id)),
       count(*) FILTER (WHERE people >= ? AND same_visit IS NULL),
       total(people) FILTER (WHERE people >= ? AND same_visit IS NULL)
FROM reception
WHERE {whose} AND removed = '' AND receiver_rank IN ('head', 'delegate')
GROUP BY receiver_rank
"""
_PERIOD = "office = ? AND rid >= ? AND rid < ?"
_SITTING = "office = ? AND sitting = ?"

_DAYS = """
SELECT delegate <> '', count(DISTINCT day) FROM sitting
WHERE office = ? AND removed = '' AND kind <> 'dialogue' AND state IN ('held', 'nobody_came')
  AND posted_on IS NOT NULL AND day BETWEEN ? AND ?
GROUP BY delegate <> ''
"""


def counts_of_period(
    connection: Connection, office: str, since: date, until: date
) -> tuple[SittingCounts, SittingCounts]:
    """(Thủ trưởng tiếp, Ủy quyền tiếp) of a period, both days included: columns 10 to 15 and 16 to 21.

    Days are those of periodic and unscheduled receptions that were announced, with or without visitors; the others
    are what really happened. A visit whose contents were split is one visit of the same people; a matter that came
    several times is one matter.
    """
    bounds = row_order(since, None, ""), row_order(until + timedelta(days=1), None, "")
    blocks = _blocks(connection, _PERIOD, (office, *bounds))
    days = connection.exec_driver_sql(_DAYS, (office, since.isoformat(), until.isoformat()))
    by_rank = {"delegate" if delegated else "head": int(found) for delegated, found in days}
    head, delegate = (_with_days(blocks.get(rank), by_rank.get(rank, 0)) for rank in ("head", "delegate"))
    return head, delegate


def counts_of_sitting(connection: Connection, office: str, sitting: str) -> SittingCounts:
    """The visits of one sitting, whoever received; `days` is 0."""
    found = list(_blocks(connection, _SITTING, (office, sitting)).values())
    return SittingCounts(
        visits=sum(one.visits for one in found),
        people=sum(one.people for one in found),
        matters=sum(one.matters for one in found),
        crowds=sum(one.crowds for one in found),
        crowd_people=sum(one.crowd_people for one in found),
    )


def visits_by_sitting(connection: Connection, office: str, since: date, until: date) -> dict[str, int]:
    """Sitting id -> number of its visits, for the sittings of a period."""
    sql = (
        "SELECT r.sitting, count(*) FROM sitting s JOIN reception r ON r.sitting = s.id AND r.office = s.office "
        "WHERE s.office = ? AND s.day BETWEEN ? AND ? AND r.removed = '' AND r.same_visit IS NULL GROUP BY r.sitting"
    )
    rows = connection.exec_driver_sql(sql, (office, since.isoformat(), until.isoformat()))
    return {row[0]: int(row[1]) for row in rows}


def _blocks(connection: Connection, whose: str, values: tuple[object, ...]) -> dict[str, SittingCounts]:
    rows = connection.exec_driver_sql(_VISITS.format(whose=whose), (CROWD, CROWD, *values))
    return {row[0]: SittingCounts(0, *(int(value) for value in row[1:])) for row in rows}


def _with_days(counts: SittingCounts | None, days: int) -> SittingCounts:
    found = counts or SittingCounts()
    return SittingCounts(days, found.visits, found.people, found.matters, found.crowds, found.crowd_people)
