"""Citizens found, corrected, merged and parted again; what is remembered, and what a split gives back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcd_desktop.domain.people.link import Link
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.people.citizens import FIELDS
from tcd_desktop.store.lists.citizens import CitizenPages, CitizenQuery, alike_pairs
from tcd_desktop.store.lists.pages import ReceptionQuery
from tcd_desktop.store.search.citizen_search import stale_citizens
from tests.offices import DRAFT, SECRET, make_office, reopen

OLD = replace(DRAFT, id_number="012345678", birth_date="1956", phone="", address="Số 7 phố Cũ", documents=())
REASON = "Cùng một người, giấy cũ và giấy mới"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


def listed(office: OpenOffice, text: str = "", **asked: object) -> list[str]:
    query = CitizenQuery(text=text, **asked)  # type: ignore[arg-type]
    with office.store.reading() as connection:
        rows = CitizenPages().page(connection, query).rows
        assert CitizenPages().count(connection, query).value == len(rows)
    return [row.name for row in rows]


def two(office: OpenOffice) -> tuple[Citizen, Citizen]:
    """One person under the old and the new paper: (the new one, the old one)."""
    old, new = office.receptions.log(OLD).value, office.receptions.log(DRAFT).value
    assert old.citizen and new.citizen and old.citizen != new.citizen
    return office.store.all(Citizen, "id = ?", (new.citizen,))[0], office.store.all(Citizen, "id = ?", (old.citizen,))[
        0
    ]


def everything(office: OpenOffice) -> tuple[dict[str, Citizen], dict[str, Reception]]:
    return (
        {one.id: one for one in office.store.all(Citizen)},
        {one.id: one for one in office.store.all(Reception)},
    )


@pytest.mark.parametrize("typed", ["nguyen duc", "Đức", "001056", "2345", "0912345678", "5678", "1956", "DUC nguyễn v"])
def test_a_citizen_is_found_by_any_of_name_number_telephone_and_year(office: OpenOffice, typed: str) -> None:
    office.receptions.log(DRAFT)
    office.receptions.log(replace(DRAFT, name="Vũ Thị Xa", id_number="034170000001", phone="", birth_date=""))
    assert listed(office, typed) == [DRAFT.name]


def test_the_list_shows_the_last_registered_first_and_nothing_for_signs(office: OpenOffice) -> None:
    office.receptions.log(DRAFT)
    office.receptions.log(replace(DRAFT, name="Vũ Thị Xa", id_number="034170000001"))
    assert listed(office) == ["Vũ Thị Xa", DRAFT.name]
    assert listed(office, "?!") == []


def test_pages_of_citizens_follow_each_other_without_gap(office: OpenOffice) -> None:
    office.receptions.log_all([replace(DRAFT, id_number=f"0010560{n:05d}") for n in range(25)])
    pages = CitizenPages()
    with office.store.reading() as connection:
        query = CitizenQuery(text="nguyen van")
        seen, cursor = [], None
        while True:
            page = pages.page(connection, query, before=cursor, size=7)
            seen += [row.id for row in page.rows]
            cursor = page.next
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) == 25
        anchors = pages.anchors(connection, query, every=10)
        assert [row.id for row in pages.page(connection, query, before=anchors[0], size=3).rows] == seen[10:13]


def test_a_denouncer_is_no_citizen(office: OpenOffice) -> None:
    office.receptions.log(SECRET)
    assert listed(office) == [] and listed(office, SECRET.name) == []


def test_a_corrected_citizen_is_found_under_the_new_name_and_the_index_is_in_step(office: OpenOffice) -> None:
    citizen, _old = two(office)
    done = office.citizens.amend(citizen.id, name="  Nguyễn Văn Đực ", birth_date="1957")
    assert (done.value.name, done.value.birth_date) == ("Nguyễn Văn Đực", "1957")
    assert listed(office, "1957") == ["Nguyễn Văn Đực"]
    office.undo.undo(done.entry)
    assert listed(office, "1957") == [] and office.store.read(stale_citizens) == 0
    with pytest.raises(DraftRefused) as refused:
        office.citizens.amend(citizen.id, name=" ")
    assert set(refused.value.problems) == {"name"}


def test_the_preview_names_what_differs_and_fills_what_is_missing(office: OpenOffice) -> None:
    new, old = two(office)
    seen = office.citizens.preview(old.id, new.id)
    choices = {choice.name: choice for choice in seen.choices}
    assert set(choices) == {"birth_date", "id_number", "address", "phone"}
    assert choices["phone"].takes_other and not choices["address"].takes_other
    assert (choices["id_number"].kept, choices["id_number"].other) == ("012345678", "001056012345")
    assert (seen.keeper_visits.value, seen.other_visits.value) == (1, 1)


def test_a_merged_citizen_is_shown_with_all_visits_and_new_ones_go_to_the_one_kept(office: OpenOffice) -> None:
    new, old = two(office)
    office.citizens.merge(new.id, old.id, reason=REASON)
    view = office.citizens.view(new.id)
    assert view and view.count.value == 2 and [one.id for one in view.merged] == [old.id]
    assert office.citizens.view(old.id).keeper == view.citizen  # type: ignore[union-attr]
    assert [row.visits for row in rows(office, CitizenQuery()) if row.id == new.id] == [2]
    third = office.receptions.log(OLD).value
    assert third.citizen == new.id
    kept = office.citizens.find(new.id)
    assert kept and (kept.id_number, kept.birth_date) == (DRAFT.id_number, DRAFT.birth_date)
    assert office.receptions.known_citizen("012345678") == kept


def rows(office: OpenOffice, query: CitizenQuery):
    with office.store.reading() as connection:
        return CitizenPages().page(connection, query).rows


def test_merging_takes_the_chosen_fields_and_splitting_gives_all_back(office: OpenOffice) -> None:
    new, old = two(office)
    before = everything(office)
    merged = office.citizens.merge(new.id, old.id, take=("address", "phone"), reason=REASON)
    assert (merged.value.address, merged.value.phone) == (old.address, "")
    assert listed(office, merged=True) == [old.name]
    office.citizens.split(old.id, reason="Nhầm, hai người khác nhau")
    assert everything(office) == before
    acts = [line.act for line in office.citizens.view(old.id).history]  # type: ignore[union-attr]
    assert acts == ["reception.log", "citizen.merge", "citizen.split"]
    assert all(link.removed for link in office.store.all(Link))


def test_undoing_a_merge_is_the_same_as_splitting(office: OpenOffice) -> None:
    new, old = two(office)
    before = everything(office)
    done = office.citizens.merge(old.id, new.id, take=("id_number", "birth_date"), reason=REASON)
    office.undo.undo(done.entry)
    assert everything(office) == before


def test_a_correction_made_after_the_merge_outlives_the_split(office: OpenOffice) -> None:
    new, old = two(office)
    office.citizens.merge(new.id, old.id, take=("address", "phone"), reason=REASON)
    office.citizens.amend(new.id, address="Nhà mới")
    after = office.citizens.split(old.id, reason="Hai người khác nhau")
    assert after.value == old
    kept = office.citizens.find(new.id)
    assert kept == replace(new, address="Nhà mới")


def test_merges_in_a_row_are_one_family_and_come_apart_one_by_one(office: OpenOffice) -> None:
    new, old = two(office)
    third = office.receptions.log(replace(DRAFT, id_number="B1234567", note="Hộ chiếu")).value
    assert third.citizen
    office.citizens.merge(new.id, old.id, reason=REASON)
    office.citizens.merge(third.citizen, new.id, reason=REASON)
    view = office.citizens.view(third.citizen)
    assert view and view.count.value == 3
    assert office.citizens.view(old.id).keeper == view.citizen  # type: ignore[union-attr]
    assert office.receptions.pages.count is not None
    with pytest.raises(Refused, match="citizen_merged"):
        office.citizens.merge(old.id, third.citizen, reason=REASON)
    office.citizens.split(new.id, reason=REASON)
    assert office.citizens.view(third.citizen).count.value == 1  # type: ignore[union-attr]
    assert office.citizens.view(new.id).count.value == 2  # type: ignore[union-attr]


def test_lookalikes_are_proposed_until_somebody_says_they_are_two_people(office: OpenOffice) -> None:
    new, old = two(office)
    pairs = office.store.read(alike_pairs)
    assert pairs == []  # one knows only the year: seen beside the citizen, not in the list of all
    (pair,) = office.citizens.view(new.id).alike  # type: ignore[union-attr]
    assert (pair[1].id, pair[2]) == (old.id, "same_name_birth")
    done = office.citizens.not_the_same(new.id, old.id)
    assert office.citizens.view(new.id).alike == office.citizens.view(old.id).alike == ()  # type: ignore[union-attr]
    office.undo.undo(done.entry)
    assert len(office.citizens.view(old.id).alike) == 1  # type: ignore[union-attr]


def test_the_list_of_possible_duplicates_has_both_of_each_pair(office: OpenOffice) -> None:
    office.receptions.log(replace(OLD, birth_date=DRAFT.birth_date))
    office.receptions.log(DRAFT)
    office.receptions.log(replace(DRAFT, id_number="001056999888"))  # a namesake born the same day
    office.receptions.log(replace(DRAFT, id_number="034170000001", name="Vũ Thị Xa"))
    pairs = office.store.read(alike_pairs)
    assert {reason for _one, _other, reason in pairs} == {"same_name_birth"}
    assert listed(office, alike=True) == [DRAFT.name] * 3
    assert all("012345678" in (one.id_number, other.id_number) for one, other, _reason in pairs)


def test_what_makes_no_sense_is_refused(office: OpenOffice) -> None:
    new, old = two(office)
    refusals = (
        (lambda: office.citizens.merge(new.id, new.id, reason=REASON), "merge_self"),
        (lambda: office.citizens.merge(new.id, old.id, reason="  x "), "reason_needed"),
        (lambda: office.citizens.merge(new.id, "nobody", reason=REASON), "unknown_record"),
        (lambda: office.citizens.split(new.id, reason=REASON), "not_merged"),
    )
    for act, code in refusals:
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == code


def test_a_citizen_keeps_the_row_in_the_index_after_the_data_were_copied(office: OpenOffice, tmp_path: Path) -> None:
    two(office)
    again = reopen(office)
    try:
        assert listed(again, "duc") == [DRAFT.name] * 2
    finally:
        again.close()


VALUES = {
    "name": st.sampled_from(("Nguyễn Văn Đức", "Nguyễn Văn Đực", "Vũ Thị Xa")),
    "birth_date": st.sampled_from(("", "1956", "1956-03-02")),
    "address": st.sampled_from(("", "Số 1", "Số 2")),
    "phone": st.sampled_from(("", "0912345678")),
    "id_number": st.sampled_from(("001056012345", "012345678", "B1234567")),
    "id_issued": st.sampled_from((None, date(2021, 5, 4))),
}
CITIZENS = st.fixed_dictionaries(VALUES)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=CITIZENS, other=CITIZENS, take=st.sets(st.sampled_from(FIELDS)), direction=st.booleans())
def test_merge_then_split_is_as_before(
    office: OpenOffice, one: dict[str, object], other: dict[str, object], take: set[str], direction: bool
) -> None:
    from tcd_desktop.store.journal.clock import new_id

    with office.store.unit(act="reception.log", officer=office.officer.id) as unit:
        made = [unit.put(Citizen(id=new_id(), office=unit.office, **told)) for told in (one, other)]  # type: ignore[arg-type]
        unit.commit()
    keeper, loser = made if direction else made[::-1]
    before = {citizen.id: citizen for citizen in made}
    office.citizens.merge(keeper.id, loser.id, take=take, reason=REASON)
    kept = office.citizens.find(keeper.id)
    assert kept and all(getattr(kept, name) == getattr(loser if name in take else keeper, name) for name in FIELDS)
    office.citizens.split(loser.id, reason=REASON)
    assert {c.id: office.citizens.find(c.id) for c in made} == before
    assert office.store.read(stale_citizens) == 0


def test_the_log_of_a_kept_citizen_shows_the_visits_of_all(office: OpenOffice) -> None:
    new, old = two(office)
    office.citizens.merge(new.id, old.id, reason=REASON)
    with office.store.reading() as connection:
        found = office.receptions.pages.page(connection, ReceptionQuery(citizen=new.id)).rows
        assert {row.name for row in found} == {DRAFT.name} and len(found) == 2
