"""Two PCs of one ward exchange by stick, directly and through each other, with the same button as with the district."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tcd_desktop.domain.office import Device
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sync.carrying import CARRIED
from tests.offices import DRAFT, MONDAY, SECRET, SECRET_WORDS, enrol, make_office


@pytest.fixture
def first(tmp_path: Path, district: OpenOffice, stick: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "first")
    enrol(made, district, stick)
    yield made
    made.close()


@pytest.fixture
def second(tmp_path: Path, district: OpenOffice, stick: Path, first: OpenOffice) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "second")
    enrol(made, district, stick)
    yield made
    made.close()


def books(office: OpenOffice) -> tuple[dict[str, Reception], dict[str, Citizen]]:
    own = "office = 'P-01' ORDER BY id"
    visits = {one.id: one for one in office.store.all(Reception, own)}
    return visits, {one.id: one for one in office.store.all(Citizen, own)}


def hand_over(sender: OpenOffice, reader: OpenOffice, stick: Path) -> list[str]:
    """One stick: written by one PC, read by another; the outcomes."""
    for old in stick.glob("*.tcdb"):
        old.unlink()
    files = [one.path for one in sender.outbox.export(stick)]
    outcomes = [result.outcome for result in reader.inbox.take(files)]
    reader.refresh()
    return outcomes


def test_after_a_week_apart_both_pcs_and_the_district_show_the_same_books(
    first: OpenOffice, second: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    for day in range(7):
        for office in (first, second):
            office.clock.moment = MONDAY + timedelta(days=day)  # type: ignore[attr-defined]
            office.receptions.log(replace(DRAFT, name=f"Nguyễn Văn Đức {day}"))
    assert hand_over(second, first, stick) == ["applied"]
    assert "applied" in hand_over(first, second, stick)
    assert books(first) == books(second) and len(books(first)[0]) == 14
    numbers = sorted(visit.book_number for visit in books(first)[0].values())
    assert len(set(numbers)) == 14 and sum("-B/" in number for number in numbers) == 7
    assert set(hand_over(first, district, stick)) == {"applied"}
    assert books(district) == books(first)
    assert first.check() == second.check() == district.check() == []


def test_one_stick_to_the_district_carries_both_pcs_and_its_receipt_turns_both_green(
    first: OpenOffice, second: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    visit = second.receptions.log(DRAFT).value
    hand_over(second, first, stick)
    first.receptions.log(DRAFT)
    assert first.outbox.waiting().others > 0
    hand_over(first, district, stick)
    arrived = district.receptions.find(visit.id)
    assert arrived is not None and arrived.name == DRAFT.name
    (answer,) = district.outbox.export(stick)
    assert first.inbox.take([answer.path])[0].outcome == "applied"
    assert first.outbox.waiting().operations == first.outbox.waiting().others == 0
    assert second.outbox.waiting().operations > 0, "nothing is confirmed before the receipt was read here"
    hand_over(first, second, stick)
    assert second.outbox.waiting().operations == 0
    assert not any("_ops_" in file.name for file in (first.home / "inbox" / CARRIED).iterdir())


def test_a_carried_file_is_the_other_pcs_own_bundle_to_the_byte(
    first: OpenOffice, second: OpenOffice, stick: Path, tmp_path: Path
) -> None:
    second.receptions.log(DRAFT)
    (bundle,) = second.outbox.export(stick)
    first.inbox.take([bundle.path])
    other = tmp_path / "other-stick"
    other.mkdir()
    carried = [one for one in first.outbox.export(other) if one.carried]
    assert [one.path.read_bytes() for one in carried] == [bundle.path.read_bytes()]
    assert carried[0].path.name == bundle.path.name


def test_a_carrier_cannot_change_what_it_carries(
    first: OpenOffice, second: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    second.receptions.log(DRAFT)
    hand_over(second, first, stick)
    (kept,) = (first.home / "inbox" / CARRIED).glob("*_ops_*")
    whole = bytearray(kept.read_bytes())
    whole[len(whole) // 2] ^= 1
    kept.write_bytes(whole)
    outcomes = hand_over(first, district, stick)
    assert "refused" in outcomes and books(district)[0] == {}
    hand_over(second, district, stick)
    assert len(books(district)[0]) == 1, "the PC itself still gives what was not confirmed"


def test_a_denouncer_stays_closed_on_the_other_pc_and_opens_at_the_district(
    first: OpenOffice, second: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    visit = second.receptions.log(SECRET).value
    hand_over(second, first, stick)
    seen = first.receptions.find(visit.id)
    assert seen is not None and seen.sealed == visit.sealed
    assert not any(word in repr(seen) for word in SECRET_WORDS)
    with pytest.raises(Refused) as refused:
        first.receptions.reveal(visit.id, "Thụ lý giải quyết tố cáo")
    assert refused.value.code == "sealed_for_others"
    hand_over(first, district, stick)
    assert district.receptions.reveal(visit.id, "Thụ lý giải quyết tố cáo").name == SECRET_WORDS[0]


def test_papers_come_to_the_other_pc_and_those_of_a_denunciation_stay_closed_there(
    first: OpenOffice, second: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    papers = {}
    for draft, content in ((DRAFT, b"%PDF-1.4\nopen"), (SECRET, b"%PDF-1.4\nsecret")):
        visit = second.receptions.log(draft).value
        papers[content] = second.attachments.add("scan.pdf", content, reception=visit.id).value
    (told, secret) = papers.values()
    hand_over(second, first, stick)
    assert first.attachments.content(told) == b"%PDF-1.4\nopen"
    assert first.attachments.presence([told, secret]) == {told.id: "here", secret.id: "closed"}
    assert first.check() == [], "what is closed for others is nothing that is missing"
    hand_over(first, district, stick)
    assert district.attachments.content(secret) == b"%PDF-1.4\nsecret"


def test_a_pc_that_missed_bundles_gets_them_though_the_district_has_confirmed_them(
    first: OpenOffice, second: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    first.receptions.log(DRAFT)
    hand_over(first, district, stick)
    first.inbox.take([one.path for one in district.outbox.export(stick)])
    first.receptions.log(DRAFT)
    assert "applied" in hand_over(first, second, stick)
    assert books(second)[0] == books(first)[0]


def test_sticks_between_pcs_come_to_rest_and_twice_is_once(
    first: OpenOffice, second: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    first.receptions.log(DRAFT)
    second.receptions.log(DRAFT)
    for _round in range(3):
        hand_over(first, second, stick)
        hand_over(second, first, stick)
    hand_over(first, district, stick)
    answers = [one.path for one in district.outbox.export(stick)]
    for office in (first, second):
        office.inbox.take(answers)
    for _round in range(2):
        hand_over(first, second, stick)
        hand_over(second, first, stick)
    assert [one for one in first.outbox.export(stick) if not one.carried] == []
    assert [one for one in second.outbox.export(stick) if not one.carried] == []
    assert books(first) == books(second) == books(district)


def test_a_bundle_of_another_wards_pc_is_not_believed(
    first: OpenOffice, second: OpenOffice, district: OpenOffice, tmp_path: Path, stick: Path
) -> None:
    stranger = make_office(tmp_path / "stranger", code="P-02")
    try:
        enrol(stranger, district, stick)
        stranger.receptions.log(DRAFT)
        assert hand_over(stranger, first, stick) == ["refused"]
        assert not (first.home / "inbox" / CARRIED).exists()
    finally:
        stranger.close()


def test_the_second_pc_knows_the_first_from_the_answer_and_the_first_learns_from_the_second(
    first: OpenOffice, second: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    assert len(district.store.all(Device, "unit = 'P-01'")) == 2
    assert hand_over(first, second, stick) == ["refused"], "nobody told the first PC of the second yet"
    assert hand_over(second, first, stick) == ["applied"]
    assert hand_over(first, second, stick)[0] == "applied"
