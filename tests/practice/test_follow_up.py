"""The practice district has cases under review and a round of inspection, from what its wards have sent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tcd_desktop.domain.follow_up.follow_up_terms import FindingState, ReviewState
from tcd_desktop.open_office import open_office
from tcd_desktop.practice.follow_up import LISTED
from tcd_desktop.practice.world import PASSWORD, make_world

UNTIL = date(2026, 11, 23)


def told(folder: Path) -> tuple[list[str], list[str]]:
    world = make_world(folder, wards=4, receptions=320, until=UNTIL, delivered=True)
    district = open_office(world.district, PASSWORD)
    try:
        rows = district.reviews.rows()
        (held,) = district.inspections.rounds()
        states = {one.state for one in held.findings}
        assert FindingState.ASKED in states and FindingState.CORRECTED in states
        assert [row.entry.state for row in rows].count(ReviewState.WITHDRAWN) == 1
        assert any(row.progress for row in rows) and any(row.overdue_by(UNTIL) for row in rows)
        return [row.case.title if row.case else "" for row in rows], [one.code for one in held.findings]
    finally:
        district.close()


def test_the_district_follows_up_the_same_cases_for_the_same_seed(tmp_path: Path) -> None:
    reviews, findings = told(tmp_path / "one")
    assert LISTED <= len(reviews) <= LISTED + 1 and all(reviews)
    assert (sorted(reviews), findings) == (sorted(told(tmp_path / "two")[0]), findings)


def test_a_district_to_which_nothing_was_sent_follows_up_nothing(tmp_path: Path) -> None:
    world = make_world(tmp_path / "world", wards=1, receptions=5, until=UNTIL)
    district = open_office(world.district, PASSWORD)
    try:
        assert district.reviews.rows() == [] and district.inspections.rounds() == []
    finally:
        district.close()
