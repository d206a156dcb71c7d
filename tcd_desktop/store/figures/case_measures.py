"""Counts the open cases of all offices for the review: one statement for the visits, one for the directives."""

from __future__ import annotations

from collections import Counter
from datetime import date

import msgspec
from sqlalchemy import Connection

from tcd_desktop.domain.follow_up.review_rules import CaseMeasure

_CASES = """
SELECT c.id, c.office, min(c.opened_on, coalesce(c.received_on, c.opened_on), coalesce(min(r.date), c.opened_on)),
       max(c.people, coalesce(max(r.people), 1)), count(r.id), c.instance, json_array_length(c.complexity)
FROM case_file c LEFT JOIN reception r ON r."case" = c.id AND r.removed = ''
WHERE c.state <> 'closed' AND c.removed = ''
GROUP BY c.id, c.office
"""


def measures(connection: Connection) -> list[CaseMeasure]:
    """Every open case with what the review asks of it."""
    directed: Counter[str] = Counter()
    for (cases,) in connection.exec_driver_sql("SELECT cases FROM directive WHERE removed = ''"):
        directed.update(set(msgspec.json.decode(cases)))
    return [
        CaseMeasure(
            case=case,
            office=office,
            first=date.fromisoformat(first),
            people=people,
            visits=visits,
            directives=directed[case],
            instance=instance,
            grounds=grounds,
        )
        for case, office, first, people, visits, instance, grounds in connection.exec_driver_sql(_CASES)
    ]
