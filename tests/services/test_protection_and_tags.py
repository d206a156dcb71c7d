"""Protection of denouncers is asked for, decided, ended; tags of the office count in a bucket from a day on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tcd_desktop.domain.cases.class_tag import bucket_of
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.terms import Classification, OfficerRight
from tcd_desktop.law import case_grounds
from tcd_desktop.open_office import OpenOffice
from tests.offices import DRAFT, MONDAY, SECRET, make_office

TODAY = MONDAY.date()
MEASURE = case_grounds("protection", Classification.DENUNCIATION)[0].code


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


def test_protection_goes_its_way(office: OpenOffice) -> None:
    case = office.receptions.log(SECRET, open_case=True).value.case or ""
    asked = office.protections.ask(case, asked_on=TODAY, measures=[MEASURE], note="Bị đe dọa").value
    with pytest.raises(DraftRefused) as missing:
        office.protections.decide(asked.id, granted=True, on=TODAY)
    assert set(missing.value.problems) == {"number"}
    with pytest.raises(Refused) as early:
        office.protections.end(asked.id, on=TODAY)
    assert early.value.code == "protection_not_granted"
    decided = office.protections.decide(asked.id, granted=True, on=TODAY, number="3/QĐ-UBND").value
    assert (decided.granted, decided.decided_on, decided.number) == (True, TODAY, "3/QĐ-UBND")
    with pytest.raises(Refused) as twice:
        office.protections.decide(asked.id, granted=False, on=TODAY)
    assert twice.value.code == "protection_decided"
    assert office.protections.end(asked.id, on=TODAY).value.ended_on == TODAY
    assert [one.id for one in office.protections.of_case(case)] == [one.id for one in office.protections.all()]
    office.undo.undo()
    assert office.protections.of_case(case)[0].ended_on is None


def test_protection_needs_a_denunciation_a_measure_and_a_possible_day(office: OpenOffice) -> None:
    open_case = office.receptions.log(DRAFT, open_case=True).value.case or ""
    with pytest.raises(Refused) as refused:
        office.protections.ask(open_case, asked_on=TODAY, measures=[MEASURE])
    assert refused.value.code == "protection_not_secret"
    secret = office.receptions.log(SECRET, open_case=True).value.case or ""
    with pytest.raises(DraftRefused) as missing:
        office.protections.ask(secret, asked_on=date(2026, 11, 24), measures=[])
    assert {name: one.code for name, one in missing.value.problems.items()} == {
        "measures": "missing",
        "asked_on": "future_date",
    }
    office.officer = replace(office.officer, right=OfficerRight.CLERK)
    office.__dict__.pop("protections", None)
    with pytest.raises(Refused):
        office.protections.ask(secret, asked_on=TODAY, measures=[MEASURE])


def test_a_tag_counts_in_another_bucket_from_its_day_on(office: OpenOffice) -> None:
    add = office.tags.add
    add("Bồi thường", classification=Classification.COMPLAINT, field="land", since=date(2026, 1, 1))
    add("Bồi thường", classification=Classification.COMPLAINT, field="other", since=date(2027, 1, 1))
    lines = office.tags.lines()
    assert bucket_of(lines, Classification.COMPLAINT, "Bồi thường", date(2026, 12, 31)) == "land"
    assert bucket_of(lines, Classification.COMPLAINT, "Bồi thường", date(2027, 1, 1)) == "other"
    assert bucket_of(lines, Classification.COMPLAINT, "Bồi thường", date(2025, 12, 31)) == ""
    assert office.tags.tags(Classification.COMPLAINT) == {"Bồi thường": "land"}
    assert office.tags.tags(Classification.FEEDBACK) == {}
    with pytest.raises(Refused) as known:
        add("Bồi thường", classification=Classification.COMPLAINT, field="other", since=date(2027, 1, 1))
    assert known.value.code == "tag_known"
    with pytest.raises(Refused) as bucket:
        add("Nhũng nhiễu", classification=Classification.COMPLAINT, field="corruption", since=TODAY)
    assert bucket.value.code == "unknown_bucket"
    office.tags.remove(lines[1])
    assert bucket_of(office.tags.lines(), Classification.COMPLAINT, "Bồi thường", date(2027, 1, 1)) == "land"


def test_a_case_is_classified_and_the_act_can_be_undone(office: OpenOffice) -> None:
    case = office.receptions.log(DRAFT, open_case=True).value.case or ""
    after = office.tags.classify(case, field="land", tag="Tranh chấp ngõ").value
    assert (after.field, after.tag) == ("land", "Tranh chấp ngõ")
    with pytest.raises(Refused):
        office.tags.classify(case, field="corruption")
    office.undo.undo()
    found = office.cases.find(case)
    assert found is not None and found.field == ""
