"""Links and merged citizens come to the district with the books, and the same person is seen across wards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tcd_desktop.domain.people.link import Link
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.terms import LinkKind
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.search.citizen_search import stale_citizens
from tests.offices import DRAFT, SECRET, SECRET_WORDS, enrol, make_district, make_office

LATER = replace(DRAFT, content=DRAFT.content + " Nay gửi lại lần nữa.", documents=())


@pytest.fixture
def offices(tmp_path: Path, stick: Path) -> Iterator[tuple[OpenOffice, OpenOffice, OpenOffice]]:
    district = make_district(tmp_path / "district")
    wards = [make_office(tmp_path / code, code=code) for code in ("P-01", "P-02")]
    for ward in wards:
        enrol(ward, district, stick)
    yield wards[0], wards[1], district
    for office in (*wards, district):
        office.close()


def send(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    results = district.inbox.take([bundle.path for bundle in ward.outbox.export(stick)])
    assert all(result.outcome == "applied" and result.balance.refused == 0 for result in results)


def test_links_and_merges_and_what_was_taken_back_arrive(
    offices: tuple[OpenOffice, OpenOffice, OpenOffice], stick: Path
) -> None:
    ward, _other, district = offices
    first, second = ward.receptions.log(DRAFT).value, ward.receptions.log(LATER).value
    old = ward.receptions.log(replace(DRAFT, id_number="012345678")).value
    link = ward.links.link(first.id, second.id, LinkKind.DUPLICATE).value
    assert first.citizen and old.citizen
    ward.citizens.merge(first.citizen, old.citizen, reason="Cùng một người")
    send(ward, district, stick)
    (seen,) = district.links.links_of(second.id)
    assert (seen.link, seen.other.id, seen.earlier) == (link, first.id, True)
    view = district.citizens.view(first.citizen)
    assert view and not view.own and view.count.value == 3 and [one.id for one in view.merged] == [old.citizen]
    ward.links.unlink(link.id)
    ward.citizens.split(old.citizen, reason="Hai người khác nhau")
    send(ward, district, stick)
    assert district.links.links_of(second.id) == []
    assert {one.id: one for one in district.store.all(Citizen)} == {one.id: one for one in ward.store.all(Citizen)}
    assert {one.id: one for one in district.store.all(Link)} == {one.id: one for one in ward.store.all(Link)}
    assert district.store.read(stale_citizens) == 0 and district.check() == []


def test_the_district_sees_who_wrote_in_two_wards_and_can_change_nothing(
    offices: tuple[OpenOffice, OpenOffice, OpenOffice], stick: Path
) -> None:
    one, two, district = offices
    here, there = one.receptions.log(DRAFT).value, two.receptions.log(LATER).value
    for ward in (one, two):
        send(ward, district, stick)
    (proposal,) = district.links.propose(here)
    assert proposal.visit.id == there.id and proposal.office_name == "UBND phường P-02"
    assert proposal.resemblance.strong
    with pytest.raises(Refused, match="other_office"):
        district.links.link(here.id, there.id, LinkKind.DUPLICATE)
    assert here.citizen and there.citizen
    with pytest.raises(Refused, match="other_office"):
        district.citizens.merge(here.citizen, there.citizen, reason="Cùng một người")
    assert one.links.propose(here) == []
    (pair,) = district.citizens.view(here.citizen).alike  # type: ignore[union-attr]
    assert (pair[1].id, pair[1].office, pair[2]) == (there.citizen, "P-02", "same_id")
    assert one.citizens.view(here.citizen).alike == ()  # type: ignore[union-attr]


def test_a_denouncer_of_two_wards_is_found_by_content_without_a_name(
    offices: tuple[OpenOffice, OpenOffice, OpenOffice], stick: Path
) -> None:
    one, two, district = offices
    here, there = one.receptions.log(SECRET).value, two.receptions.log(SECRET).value
    for ward in (one, two):
        send(ward, district, stick)
    (proposal,) = district.links.propose(here)
    assert proposal.visit.id == there.id and not any(word in repr(proposal) for word in SECRET_WORDS)
    told = ReceptionDraft(name=SECRET.name, id_number=SECRET.id_number, phone=SECRET.phone, address=SECRET.address)
    assert district.links.propose(told) == []
