"""The figures of the district's board: every office side by side, over a period, and month by month.

Receptions are counted in the small index of facts, whose row numbers are in the order of days (`row_order`), so a
period of a store of a million visits is counted without reading one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import Connection, text

from tcd_desktop.domain.terms import CaseState
from tcd_desktop.store.schema.rows import row_order


@dataclass(slots=True)
class WardFigures:
    """One office. Visits, people, crowds (đoàn đông người), visits received by the head (thủ trưởng tiếp) of the
    period; cases and answers as they stand today.

    `answered_in_time`, `answered_late` and `unanswered_late` (the day has passed, no answer yet) are of visits of the
    period; `answers_overdue` of all that still wait.
    """

    office: str
    visits: int = 0
    people: int = 0
    crowds: int = 0
    by_head: int = 0
    cases: dict[CaseState, int] = field(default_factory=dict)
    cases_overdue: int = 0
    answered_in_time: int = 0
    answered_late: int = 0
    unanswered_late: int = 0
    answers_overdue: int = 0
    refusals_due: int = 0

    @property
    def open_cases(self) -> int:
        """Cases that are not closed."""
        return sum(count for state, count in self.cases.items() if state is not CaseState.CLOSED)

    @property
    def on_time(self) -> int | None:
        """Answers in time, of a hundred that were due in the period; None when none was."""
        due = self.answered_in_time + self.answered_late + self.unanswered_late
        return round(100 * self.answered_in_time / due) if due else None


_SUMS = (
    "SELECT office, count(*), coalesce(sum(people), 0), coalesce(sum(people >= 5), 0), "
    "coalesce(sum(receiver_rank = 'head'), 0), coalesce(sum(answered_on <= answer_due), 0), "
    "coalesce(sum(answered_on > answer_due), 0), coalesce(sum(answered_on IS NULL AND answer_due < :now), 0) "
)
_PERIOD = "removed = '' AND rid >= :low AND rid < :high"
_ALL = f"{_SUMS} FROM reception INDEXED BY reception_facts WHERE {_PERIOD} GROUP BY office"
_PARTS = f"{_SUMS} FROM reception INDEXED BY reception_same_visit WHERE same_visit IS NOT NULL AND {_PERIOD} GROUP BY 1"
_IN_THE_BIN = "SELECT office, rid FROM reception WHERE removed <> ''"
_MORE_CONTENTS = (
    "SELECT office, rid FROM reception INDEXED BY reception_same_visit WHERE same_visit IS NOT NULL AND removed = ''"
)
_COUNTED = ("visits", "people", "crowds", "by_head", "answered_in_time", "answered_late", "unanswered_late")


def ward_figures(
    connection: Connection, offices: Sequence[str], since: date, until: date, today: date
) -> list[WardFigures]:
    """The figures of some offices, in their order; both days of the period are included."""
    found = {office: WardFigures(office) for office in offices}
    values = {
        "low": row_order(since, None, ""),
        "high": row_order(until + timedelta(days=1), None, ""),
        "now": today.isoformat(),
    }
    # Several contents of one visit are one visit: there are few, and they are taken off afterwards.
    for sign, sql in ((1, _ALL), (-1, _PARTS)):
        for office, *sums in connection.execute(text(sql), values):
            if office in found:
                figures = found[office]
                for name, value in zip(_COUNTED, sums, strict=True):
                    setattr(figures, name, getattr(figures, name) + sign * value)
    _add_cases(connection, found, today)
    day = today.isoformat()
    waiting = (
        "SELECT office, count(*) FROM reception WHERE answered_on IS NULL AND answer_due IS NOT NULL "
        "AND answer_due < ? AND removed = '' GROUP BY office"
    )
    refusals = (
        "SELECT office, count(*) FROM reception WHERE refusal_due IS NOT NULL AND refusal_notice_on IS NULL "
        "AND refusal_due < ? AND removed = '' GROUP BY office"
    )
    for name, sql in (("answers_overdue", waiting), ("refusals_due", refusals)):
        for office, count in connection.exec_driver_sql(sql, (day,)):
            if office in found:
                setattr(found[office], name, count)
    return list(found.values())


def _add_cases(connection: Connection, found: dict[str, WardFigures], today: date) -> None:
    sql = (
        "SELECT office, state, count(*), coalesce(sum(due < ? AND state <> 'closed'), 0) FROM case_file "
        "WHERE removed = '' GROUP BY 1, 2"
    )
    for office, state, count, overdue in connection.exec_driver_sql(sql, (today.isoformat(),)):
        if office in found:
            found[office].cases[CaseState(state)] = count
            found[office].cases_overdue += overdue


def visits_by_month(connection: Connection, offices: Sequence[str], months: Sequence[date]) -> dict[str, list[int]]:
    """How many visits each office had in each month (first days, one after another), without the recycle bin.

    Several contents of one visit are one visit here too.
    """
    removed: dict[str, list[int]] = defaultdict(list)
    for sql in (_IN_THE_BIN, _MORE_CONTENTS):
        for office, rid in connection.exec_driver_sql(sql):
            removed[office].append(rid)
    edges = [row_order(month, None, "") for month in (*months, _after(months[-1]))] if months else []
    counted: dict[str, list[int]] = {}
    sql = "SELECT count(*) FROM reception INDEXED BY reception_office WHERE office = ? AND rid >= ? AND rid < ?"
    for office in offices:
        counted[office] = [
            int(connection.exec_driver_sql(sql, (office, low, high)).scalar_one())
            - sum(low <= rid < high for rid in removed[office])
            for low, high in pairwise(edges)
        ]
    return counted


def _after(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)
