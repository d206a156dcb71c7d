"""A month of a small district with everything that happens to sticks, clocks and PCs: the books must be the model's.

TCD_YEAR_DAYS and TCD_YEAR_WARDS make it longer; the whole year is `python -m tests.simulation.year`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.simulation.year import Year

DAYS = int(os.environ.get("TCD_YEAR_DAYS", "30"))
WARDS = int(os.environ.get("TCD_YEAR_WARDS", "3"))


@pytest.mark.parametrize("seed", [1, 2])
def test_after_lost_late_repeated_and_broken_sticks_every_office_has_what_it_must_have(
    tmp_path: Path, seed: int
) -> None:
    year = Year(tmp_path / "year", seed=seed, wards=WARDS, pcs=2, days=DAYS, kills=1)
    try:
        assert year.run() == []
        counts = year.sticks.counts
        assert counts["lost"] and counts["late"] and year.outcomes["applied"] and year.outcomes["refused"]
    finally:
        year.close()


def test_the_model_notices_what_is_missing_changed_and_not_confirmed(tmp_path: Path) -> None:
    """The comparison itself: a database that was tampered with is not taken for the model's."""
    year = Year(tmp_path / "year", seed=3, wards=1, pcs=2, days=4)
    try:
        assert year.run() == []
        with year.district.office.store.writing() as connection:
            connection.exec_driver_sql("UPDATE reception SET phone = 'x' WHERE rid = (SELECT min(rid) FROM reception)")
        assert any("phone is 'x'" in one for one in year.differences())
        desk = year.desks[0]
        with desk.office.store.writing() as connection:
            connection.exec_driver_sql("UPDATE ack SET seq = seq - 1")
            connection.exec_driver_sql("DELETE FROM journal WHERE n = (SELECT max(n) FROM journal)")
        told = " ".join(year.differences())
        assert "the receipt of" in told and "operations, must have" in told
    finally:
        year.close()
