"""W3, W8, W9, C11, C13 against real books: what an enrolled PC may not say, and what is kept aside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tcd_desktop.domain.office import DayOff, Device, Office, Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.lines import SCHEMA
from tcd_desktop.sync.keyring import Membership, required_membership, save_membership
from tcd_desktop.sync.revocation import Revocation, sign_revocations, verify_revocations
from tests.attacks.books import Books, history_of, line
from tests.offices import DRAFT, MONDAY, enrol, make_office


def revoke(books: Books, device: str, through: int) -> None:
    """The district's revoker says how far a PC is trusted."""
    authority, member = books.district.keyring.authority, required_membership(books.district.store)
    assert authority is not None
    entry = Revocation(device=device, epoch="*", last_trusted_seq=through, reason="stolen")
    signed = sign_revocations(member.revocations.version + 1, [entry], authority.revoker)
    revocations = verify_revocations(signed, member.root)
    newer = Membership(
        member.root, revocations, member.receiver, member.certificate_line, member.superior, member.superior_name
    )
    with books.district.store.writing() as connection:
        save_membership(connection, newer)


def test_w3_of_a_revoked_pc_what_is_trusted_counts_and_the_rest_is_kept_aside(books: Books) -> None:
    first = books.log()
    chain, _lines = history_of(books.ward)
    books.log()
    later, lines = history_of(books.ward)
    revoke(books, chain.device, chain.seq)
    result = books.send()
    beyond = later.seq - chain.seq
    assert result.outcome == "applied" and result.balance.adds_up
    assert result.balance.refused == beyond and result.balance.received == len(lines)
    assert set(books.visits()) == {first.id}
    assert books.quarantined() == [("E_REVOKED", seq) for seq in range(chain.seq + 1, later.seq + 1)]
    assert books.district.check() == []
    before = books.state()
    assert books.send(full=True).balance.refused == beyond and books.state() == before


def test_w3_nothing_of_a_pc_revoked_from_the_start_reaches_the_books(books: Books) -> None:
    books.log()
    chain, lines = history_of(books.ward)
    revoke(books, chain.device, 0)
    result = books.send()
    assert result.balance.refused == len(lines) == len(books.quarantined())
    assert books.visits() == {} and books.district.store.all(Office, "id = 'P-01'") == []


def test_w3_what_was_applied_before_the_revocation_stays_and_a_change_of_it_does_not_count(books: Books) -> None:
    visit = books.log()
    books.send()
    chain, _lines = history_of(books.ward)
    books.ward.receptions.amend(visit.id, replace(visit, phone="0999999999"))
    revoke(books, chain.device, chain.seq)
    assert books.send().balance.refused == 1
    assert books.visits()[visit.id].phone == visit.phone
    history = books.district.store.read(lambda connection: journal.history(connection, visit.id))
    assert len(history) == 1, "an operation kept aside is no part of the record's history"


def test_w3_a_stolen_pc_is_told_nothing_any_more(books: Books) -> None:
    books.log()
    chain, _lines = history_of(books.ward)
    books.log()
    revoke(books, chain.device, chain.seq)
    books.send()
    assert all(one.office != "P-01" for one in books.district.outbox.export(books.stick, full=True))


def refuse_whole(books: Books, forged: bytes, *, sender: OpenOffice | None = None) -> None:
    before = books.state()
    result = books.take(books.forge(sender or books.other, [forged]))
    assert (result.outcome, result.code) == ("refused", "E_SCOPE")
    assert books.state() == before and books.district.check() == []


def next_of(office: OpenOffice) -> int:
    return history_of(office)[0].seq + 1


def test_w8_a_ward_cannot_enrol_a_pc_or_change_one(books: Books) -> None:
    device = books.district.store.all(Device, "unit = 'P-01'")[0]
    key = "QUFB"
    fields = {"name": "x", "sign_pub": key, "box_pub": key, "certificate": key, "unit": "P-02"}
    refuse_whole(books, line("device", "ab" * 16, next_of(books.other), after=fields))
    refuse_whole(
        books, line("device", device.id, next_of(books.other), kind="set", after={"name": "y"}, before={"name": "x"})
    )


def test_w8_a_ward_cannot_write_another_offices_own_record(books: Books) -> None:
    books.send()
    for code in ("P-01", "Q", "P-99"):
        after = {"name": "UBND giả", "kind": "ward"}
        refuse_whole(books, line("office", code, next_of(books.other), after=after))
        changed = line("office", code, next_of(books.other), kind="set", after={"name": "x"}, before={"name": "y"})
        refuse_whole(books, changed)


@pytest.mark.parametrize("kind", ["put", "set"])
def test_w8_a_ward_cannot_write_into_another_wards_visit(books: Books, kind: str) -> None:
    visit = books.log()
    books.send()
    after: dict[str, Any] = {"content": "Đã sửa", "name": "Kẻ giả"}
    parts: dict[str, Any] = {} if kind == "put" else {"before": {"content": "", "name": ""}}
    if kind == "put":
        after |= {"year": 2026, "number": 1}
    refuse_whole(books, line("reception", visit.id, next_of(books.other), kind=kind, after=after, **parts))
    assert books.visits() == {visit.id: visit}


def test_w8_a_ward_cannot_step_into_the_place_of_the_districts_officer(books: Books) -> None:
    officer = books.district.officer
    refuse_whole(books, line("officer", officer.id, next_of(books.other), after={"name": "Kẻ giả"}))
    books.district.refresh()
    assert books.district.officer == officer
    assert books.district.store.all(Officer, "name = 'Kẻ giả'") == []


def test_w8_a_change_sent_before_the_record_it_names_never_enters_another_offices_record(books: Books) -> None:
    """The attacker knows the id before the record has come, and the victim's office has two PCs."""
    second = make_office(books.stick.parent / "second")
    try:
        enrol(second, books.district, books.stick)
        books.send(second)
        visit = books.log()
        early = line(
            "reception", visit.id, next_of(books.other), kind="set", after={"phone": "000"}, before={"phone": "1"}
        )
        assert books.take(books.forge(books.other, [early])).balance.refused == 1
        books.send()
        assert books.visits() == {visit.id: visit}
        books.ward.receptions.amend(visit.id, replace(visit, phone="0911111111"))
        books.send()
        assert books.visits()[visit.id].phone == "0911111111"
        assert len(books.district.store.read(lambda c: journal.history(c, visit.id))) == 2
        assert books.quarantined() == [("E_PARENT", next_of(books.other))]
    finally:
        second.close()


def test_w9_nobody_writes_into_the_books_of_another_office(books: Books) -> None:
    visit = books.log()
    books.send()
    for act in ("put", "change"):
        with pytest.raises(Refused) as refused, books.district.store.unit(act="x.y", officer="o") as unit:
            unit.put(replace(visit, id="f" * 32)) if act == "put" else unit.change(visit, phone="1")
        assert refused.value.code == "other_office"
    assert books.visits() == {visit.id: visit} and books.district.check() == []


def test_w9_a_wards_calendar_is_its_own_and_moves_no_deadline_of_the_district(books: Books) -> None:
    day = date(2026, 11, 30)
    books.ward.calendar.add(day, working=False, reason="Nghỉ bù của phường")
    books.send()
    assert books.district.store.all(DayOff) != [] and books.district.calendar.days() == []
    due = {office.office.id: office.receptions.log(DRAFT).value.answer_due for office in (books.ward, books.district)}
    assert due == {"P-01": date(2026, 12, 9), "Q": date(2026, 12, 8)}
    assert MONDAY.date() < day


def test_c11_a_change_before_its_record_waits_and_counts_once_the_record_has_come(books: Books, tmp_path: Path) -> None:
    """Two PCs of a ward: the change travels faster than the record."""
    second = make_office(tmp_path / "second")
    try:
        enrol(second, books.district, books.stick)
        visit = books.log()
        change = line(
            "reception",
            visit.id,
            next_of(second),
            kind="set",
            after={"phone": "0900000009"},
            before={"phone": visit.phone},
            base={"phone": [history_hash(books.ward, visit.id)]},
        )
        result = books.take(books.forge(second, [change]))
        assert result.outcome == "applied" and result.balance.refused == 1 and result.balance.adds_up
        assert books.quarantined() == [("E_PARENT", next_of(second))] and books.district.check() == []
        books.send()
        assert books.visits()[visit.id].phone == "0900000009"
        assert books.quarantined() == [] and books.district.check() == []
    finally:
        second.close()


def history_hash(office: OpenOffice, record: str) -> str:
    with office.store.reading() as connection:
        return journal.entries_of(connection, office.office.id, record)[0].hash.hex()


def test_c11_a_visit_that_names_a_case_nobody_knows_is_kept_and_can_be_shown(books: Books) -> None:
    lost = line(
        "reception",
        "e" * 32,
        next_of(books.ward),
        after={"case": "d" * 32, "content": "Hồ sơ thất lạc", "number": 9, "year": 2026, "citizen": "c" * 32},
    )
    assert books.take(books.forge(books.ward, [lost])).outcome == "applied"
    assert books.visits()["e" * 32].case == "d" * 32
    assert books.district.cases.find("d" * 32) is None and books.district.check() == []


def test_c13_a_newer_bundle_is_parked_and_taken_after_the_upgrade(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.log()
    newer = books.forge(books.ward, [], schema_ver=SCHEMA + 1)
    before = books.state()
    parked = books.take(newer)
    assert (parked.outcome, parked.code) == ("parked", "E_TOO_NEW") and books.state() == before
    assert len(books.district.inbox.parked()) == 1
    monkeypatch.setattr("tcd_desktop.sync.inbox.SCHEMA", SCHEMA + 1)
    books.log(books.other)
    books.send(books.other)
    assert len(books.visits()) == 2 and books.district.inbox.parked() == []


def test_a_record_is_found_by_its_own_office_only_among_equal_ids(books: Books) -> None:
    officer = books.district.officer
    assert books.district.store.find_own(Officer, officer.id) == officer
    assert books.ward.store.find_own(Officer, officer.id) is None
    assert books.ward.store.find_own(Reception, "0" * 32) is None
