"""The morning's figures come from small indexes, however long the log is (by the plan, not by the clock)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tcd_desktop.store.lists import due_lists
from tcd_desktop.store.lists.due_lists import Missing
from tests.offices import make_office


class Planned:
    """A connection that tells which index each question would use."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.plans: list[str] = []

    def exec_driver_sql(self, sql: str, values: tuple[Any, ...] = ()) -> Any:
        rows = self._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        self.plans.append(" / ".join(row[3] for row in rows))
        return self._connection.exec_driver_sql(sql, values)


@pytest.mark.parametrize(
    ("ask", "indexes"),
    [
        (
            lambda c: due_lists.answers(c, "P-01", date(2026, 1, 1), date(2026, 11, 23), limit=5),
            {"reception_waiting", "reception_removed"},
        ),
        (lambda c: due_lists.refusals(c, "P-01", limit=5), {"reception_refusal"}),
        *(
            (
                lambda c, m=missing: due_lists.papers(c, "P-01", m, date(2026, 11, 23), form="02/TCD", limit=5),
                {index},
            )
            for missing, index in (
                (Missing.SLIP, "reception_documents"),
                (Missing.HANDING_OVER, "reception_documents"),
                (Missing.STATEMENT, "reception_unsigned"),
                (Missing.REPRESENTATION, "reception_unproved"),
            )
        ),
    ],
)
def test_what_waits_is_found_without_reading_the_log(ask: Any, indexes: set[str], tmp_path: Path) -> None:
    office = make_office(tmp_path / "ward")
    try:
        with office.store.reading() as connection:
            planned = Planned(connection)
            ask(planned)
    finally:
        office.close()
    used = {plan.split("USING ", 1)[1].removeprefix("COVERING ").split()[1] for plan in planned.plans}
    assert used == indexes, planned.plans
