"""Ward and district exchange bundles on sticks that get lost, doubled, swapped and damaged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tcd_desktop.domain.office import Device, Office
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind
from tcd_desktop.open_office import OpenOffice, found_office
from tcd_desktop.store.journal import journal
from tests.offices import DRAFT, MONDAY, SECRET, SECRET_WORDS, enrol, make_district, make_office, reopen


def send(ward: OpenOffice, stick: Path, *, full: bool = False) -> Path:
    return ward.outbox.export(stick, full=full)[0].path


def content(office: OpenOffice) -> dict[str, object]:
    """Everything that must be equal at both ends."""
    return {visit.id: visit for visit in office.store.all(Reception)}


def test_a_visit_travels_to_the_district_and_the_receipt_comes_back(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    ward.receptions.log(DRAFT, open_case=True)
    bundle = ward.outbox.export(stick)[0]
    (result,) = district.inbox.take([bundle.path])
    assert result.outcome == "applied" and result.balance.received == bundle.operations
    assert result.balance.adds_up and result.balance.refused == 0
    assert content(district) == content(ward)
    assert ward.outbox.waiting().operations == bundle.operations
    (answer,) = district.outbox.export(stick)
    (read,) = ward.inbox.take([answer.path])
    assert read.outcome == "applied"
    assert ward.outbox.waiting().operations == 0
    assert ward.outbox.export(stick) == []


def test_the_same_file_twice_changes_nothing(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    ward.receptions.log(DRAFT)
    bundle = send(ward, stick)
    district.inbox.take([bundle])
    before = content(district)
    (again,) = district.inbox.take([bundle])
    assert again.outcome == "already" and again.balance.received == again.balance.identical > 0
    assert content(district) == before and district.check() == []


def test_the_same_operations_in_another_bundle_are_identical_and_only_the_rest_is_new(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    ward.receptions.log(DRAFT)
    district.inbox.take([send(ward, stick)])
    ward.receptions.log(DRAFT)
    (result,) = district.inbox.take([send(ward, stick)])
    assert result.outcome == "applied"
    assert result.balance.identical > 0 and result.balance.new > 0 and result.balance.adds_up
    assert content(district) == content(ward)


def test_an_old_bundle_after_a_newer_one_never_rolls_back(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    visit = ward.receptions.log(DRAFT).value
    old = send(ward, stick)
    ward.receptions.amend(visit.id, replace(visit, phone="0900000001"))
    district.inbox.take([send(ward, stick)])
    (result,) = district.inbox.take([old])
    assert result.balance.new == result.balance.updated == 0
    assert district.receptions.find(visit.id).phone == "0900000001"


def test_a_dry_run_says_what_will_happen_and_changes_nothing(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    ward.receptions.log(DRAFT)
    bundle = send(ward, stick)
    (rehearsed,) = district.inbox.take([bundle], dry_run=True)
    assert rehearsed.dry_run and content(district) == {} and district.inbox.ledger() == []
    (real,) = district.inbox.take([bundle])
    assert real.balance == rehearsed.balance


def test_a_bundle_before_its_predecessor_waits_and_is_taken_by_itself(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    ward.receptions.log(DRAFT)
    first = send(ward, stick)
    district.inbox.take([first])
    ward.inbox.take([answer.path for answer in district.outbox.export(stick)])
    ward.receptions.log(DRAFT)
    second = send(ward, stick)
    other = make_district(stick.parent / "other")
    try:
        _pretend_same_root(other, district)
        (parked,) = other.inbox.take([second])
        assert (parked.outcome, parked.code) == ("parked", "E_GAP")
        assert len(other.inbox.parked()) == 1 and content(other) == {}
        results = other.inbox.take([first])
        assert [result.outcome for result in results] == ["applied", "applied"]
        assert other.inbox.parked() == [] and content(other) == content(ward)
    finally:
        other.close()


def _pretend_same_root(other: OpenOffice, district: OpenOffice) -> None:
    """The district's PC as it was before any bundle came: the same keys and trust over an empty store."""
    from tcd_desktop.sync.keyring import load_membership, save_membership

    member = load_membership(district.store)
    assert member is not None
    with other.store.writing() as connection:
        save_membership(connection, member)
    object.__setattr__(other.inbox, "_keyring", district.keyring)


def test_a_flipped_byte_anywhere_is_refused_and_nothing_changes(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    ward.receptions.log(DRAFT)
    bundle = send(ward, stick)
    whole = bundle.read_bytes()
    for position in range(0, len(whole), max(1, len(whole) // 40)):
        damaged = bytearray(whole)
        damaged[position] ^= 1
        bundle.write_bytes(damaged)
        (result,) = district.inbox.take([bundle])
        assert result.outcome == "refused" and result.code.startswith("E_"), position
    assert content(district) == {} and district.check() == []
    assert district.store.all(Office, "id = 'P-01'") == []
    bundle.write_bytes(whole)
    assert district.inbox.take([bundle])[0].outcome == "applied"


@pytest.mark.parametrize("what", [b"", b"not a bundle", b"\x89PNG\r\n\x1a\n" + bytes(100)])
def test_other_files_are_not_bundles(district: OpenOffice, stick: Path, what: bytes) -> None:
    file = stick / "anh.tcdb"
    file.write_bytes(what)
    (result,) = district.inbox.take([file])
    assert result.outcome == "refused" and result.code == "E_NOT_A_BUNDLE"


def test_a_missing_file_and_a_folder_are_refused_with_a_code(district: OpenOffice, stick: Path) -> None:
    codes = [result.code for result in district.inbox.take([stick / "khong-co.tcdb", stick])]
    assert codes == ["file_missing", "file_unreadable"]


def test_a_ward_that_is_not_enrolled_cannot_export_and_is_not_believed(tmp_path: Path, stick: Path) -> None:
    ward = make_office(tmp_path / "w")
    try:
        with pytest.raises(Refused) as refused:
            ward.outbox.export(stick)
        assert refused.value.code == "not_enrolled"
    finally:
        ward.close()


def test_a_bundle_for_another_district_is_refused(ward: OpenOffice, stick: Path, tmp_path: Path) -> None:
    other = make_district(tmp_path / "other")
    try:
        ward.receptions.log(DRAFT)
        (result,) = other.inbox.take([send(ward, stick)])
        assert (result.outcome, result.code) == ("refused", "E_RECIPIENT")
    finally:
        other.close()


def test_our_own_bundle_and_a_return_bundle_going_the_wrong_way_are_refused(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    ward.receptions.log(DRAFT)
    bundle = send(ward, stick)
    district.inbox.take([bundle])
    (answer,) = district.outbox.export(stick)
    assert ward.inbox.take([bundle])[0].outcome == "refused"
    assert district.inbox.take([answer.path])[0].outcome == "refused"


def test_an_older_receipt_after_a_newer_one_is_refused(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    ward.receptions.log(DRAFT)
    district.inbox.take([send(ward, stick)])
    (first,) = district.outbox.export(stick)
    ward.receptions.log(DRAFT)
    district.inbox.take([send(ward, stick)])
    (second,) = district.outbox.export(stick)
    assert ward.inbox.take([second.path])[0].outcome == "applied"
    (old,) = ward.inbox.take([first.path])
    assert (old.outcome, old.code) == ("refused", "E_ROLLBACK")
    assert ward.outbox.waiting().operations == 0


def test_a_lost_stick_makes_no_gap(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    ward.receptions.log(DRAFT)
    send(ward, stick).unlink()
    ward.receptions.log(DRAFT)
    (result,) = district.inbox.take([send(ward, stick)])
    assert result.outcome == "applied" and content(district) == content(ward)


def test_everything_can_be_sent_again(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    ward.receptions.log(DRAFT)
    district.inbox.take([send(ward, stick)])
    ward.inbox.take([answer.path for answer in district.outbox.export(stick)])
    full = ward.outbox.export(stick, full=True)[0]
    assert full.first == 1
    (result,) = district.inbox.take([full.path])
    assert result.balance.received == result.balance.identical


def test_a_denouncer_stays_sealed_at_the_district_and_in_the_file(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    visit = ward.receptions.log(SECRET).value
    bundle = send(ward, stick)
    assert not any(words.encode() in bundle.read_bytes() for words in SECRET_WORDS)
    district.inbox.take([bundle])
    seen = district.receptions.find(visit.id)
    assert seen.name == "" and seen.sealed == visit.sealed
    assert district.receptions.reveal(visit.id, "Thụ lý giải quyết tố cáo").name == SECRET_WORDS[0]


def test_a_ward_cannot_be_changed_at_the_district(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    visit = ward.receptions.log(DRAFT).value
    district.inbox.take([send(ward, stick)])
    for act in (
        lambda: district.receptions.amend(visit.id, visit),
        lambda: district.slips.print(visit.id),
        lambda: district.receptions.answer(
            visit.id, kind=AnswerKind.ACCEPTED, channel=AnswerChannel.WRITTEN, on=MONDAY.date()
        ),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "other_office"


def test_swapped_requests_and_mistyped_digits_give_no_certificate(
    district: OpenOffice, tmp_path: Path, stick: Path
) -> None:
    ward = make_office(tmp_path / "w")
    try:
        request = ward.enrolment.request(stick)
        with pytest.raises(Refused) as refused:
            district.enrolment.grant(request.path, stick, typed="1234 " * 12)
        assert refused.value.code == "E_FINGERPRINT"
        assert district.store.all(Device, "unit = 'P-01'") == []
        grant = district.enrolment.grant(request.path, stick, typed=request.fingerprint).value
        with pytest.raises(Refused) as refused:
            ward.enrolment.accept(grant.path, typed="0000 " * 12)
        assert refused.value.code == "E_FINGERPRINT"
        with pytest.raises(Refused):
            ward.outbox.export(stick)
    finally:
        ward.close()


def test_a_second_pc_of_a_ward_gets_its_own_series(
    ward: OpenOffice, district: OpenOffice, tmp_path: Path, stick: Path
) -> None:
    second = make_office(tmp_path / "second")
    try:
        enrol(second, district, stick)
        assert second.receptions.log(DRAFT).value.book_number == "1-B/2026"
        assert ward.receptions.log(DRAFT).value.book_number == "1/2026"
    finally:
        second.close()


def test_membership_survives_closing(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    again = reopen(ward)
    try:
        again.receptions.log(DRAFT)
        assert district.inbox.take([send(again, stick)])[0].outcome == "applied"
    finally:
        again.close()


# --- two PCs of one ward ------------------------------------------------------------------------------------


@pytest.fixture
def second(tmp_path: Path, district: OpenOffice, stick: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "second")
    enrol(made, district, stick)
    yield made
    made.close()


def lines_of(office: OpenOffice) -> tuple[journal.Chain, list[bytes]]:
    with office.store.reading() as connection:
        chain = journal.own_chain(connection)
        return chain, list(journal.lines_after(connection, chain, 0))


def merge_into(office: OpenOffice, sender: OpenOffice) -> object:
    """The store's merge alone, as a bundle between PCs of one office would do it."""
    from tcd_desktop.store.journal.chain import hashes, start
    from tcd_desktop.store.journal.lines import RECORDS
    from tcd_desktop.store.journal.merge import Merge

    chain, lines = lines_of(sender)
    with office.store.writing() as connection:
        known = journal.find_chain(connection, chain.device, 1) or journal.open_chain(
            connection, device=chain.device, office=chain.office, epoch=1, own=False
        )
        prev = start(chain.device, 1)
        merge = Merge(connection, known, first=1, prev=prev, tables=set(RECORDS), at="2026-11-23T09:00:00")
        merge.block(lines, hashes(prev, lines))
        return merge.finish(last=chain.seq, head=chain.head)


def conflicts(office: OpenOffice) -> list[tuple[str, str]]:
    with office.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT record, field FROM conflict ORDER BY record, field")
        return [tuple(row) for row in rows]


def test_different_fields_of_one_visit_merge_and_the_same_field_keeps_both(
    ward: OpenOffice, second: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    visit = ward.receptions.log(DRAFT).value
    merge_into(second, ward)
    ward.receptions.amend(visit.id, replace(visit, phone="0900000001", note="từ máy một"))
    second.receptions.amend(visit.id, replace(visit, phone="0900000002", follow_up="từ máy hai"))
    for sender in (ward, second):
        district.inbox.take([send(sender, stick)])
    seen = district.receptions.find(visit.id)
    assert (seen.note, seen.follow_up) == ("từ máy một", "từ máy hai")
    assert conflicts(district) == [(visit.id, "phone")]
    assert seen.phone in ("0900000001", "0900000002")


def test_a_change_that_saw_both_values_settles_the_conflict(
    ward: OpenOffice, second: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    visit = ward.receptions.log(DRAFT).value
    merge_into(second, ward)
    ward.receptions.amend(visit.id, replace(visit, phone="0900000001"))
    second.receptions.amend(visit.id, replace(visit, phone="0900000002"))
    merge_into(ward, second)
    assert conflicts(ward) == [(visit.id, "phone")]
    current = ward.receptions.find(visit.id)
    ward.receptions.amend(visit.id, replace(current, phone="0900000003"))
    assert conflicts(ward) == []
    for sender in (second, ward):
        district.inbox.take([send(sender, stick)])
    assert conflicts(district) == []
    assert district.receptions.find(visit.id).phone == "0900000003"


@settings(max_examples=15, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
@given(data=st.data())
def test_any_order_of_import_gives_the_same_books(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Two PCs of a ward edit the same visits; the district takes their stretches in any order."""
    root = tmp_path_factory.mktemp("orders")
    one, two = make_office(root / "one"), make_office(root / "two")
    readers = [make_district(root / "a"), make_district(root / "b")]
    try:
        visits = [one.receptions.log(DRAFT).value for _ in range(2)]
        merge_into(two, one)
        for office, which, value in data.draw(
            st.lists(st.tuples(st.booleans(), st.integers(0, 1), st.sampled_from("123")), max_size=6)
        ):
            writer = one if office else two
            visit = writer.receptions.find(visits[which].id)
            writer.receptions.amend(visit.id, replace(visit, phone=f"090000000{value}"))
        merge_into(readers[0], one)
        merge_into(readers[0], two)
        merge_into(readers[1], one)
        merge_into(readers[1], two)
        late = make_district(root / "c")
        readers.append(late)
        _feed_in_pieces(late, [one, two], data)
        states = [(content(reader), conflicts(reader)) for reader in readers]
        assert states[0] == states[1] == states[2]
    finally:
        for office in (one, two, *readers):
            office.close()


def _feed_in_pieces(reader: OpenOffice, senders: list[OpenOffice], data: st.DataObject) -> None:
    from tcd_desktop.store.journal.chain import hashes, start
    from tcd_desktop.store.journal.lines import RECORDS
    from tcd_desktop.store.journal.merge import Merge

    waiting = {index: 0 for index in range(len(senders))}
    stretches = [lines_of(sender) for sender in senders]
    while waiting:
        index = (
            data.draw(st.sampled_from(sorted(waiting))) if waiting[0 if 0 in waiting else 1] or 0 not in waiting else 0
        )
        chain, lines = stretches[index]
        begin = waiting[index]
        end = data.draw(st.integers(begin + 1, len(lines)))
        heads = hashes(start(chain.device, 1), lines)
        prev = heads[begin - 1] if begin else start(chain.device, 1)
        with reader.store.writing() as connection:
            known = journal.find_chain(connection, chain.device, 1) or journal.open_chain(
                connection, device=chain.device, office=chain.office, epoch=1, own=False
            )
            merge = Merge(connection, known, first=begin + 1, prev=prev, tables=set(RECORDS), at="2026-11-23T09:00:00")
            merge.block(lines[begin:end], heads[begin:end])
            merge.finish(last=end, head=heads[end - 1])
        waiting[index] = end
        if end == len(lines):
            del waiting[index]


def test_founding_twice_in_one_folder_is_refused(ward: OpenOffice) -> None:
    from tcd_desktop.domain.terms import OfficeKind
    from tcd_desktop.open_office import OfficeForm

    with pytest.raises(Refused) as refused:
        found_office(ward.home, OfficeForm(kind=OfficeKind.WARD, code="X", name="Y"), "mat-khau-thu")
    assert refused.value.code == "folder_taken"
