"""H6, H7, W10: a PC that is lost, put back or copied is led back to one history, and neither branch is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import DATABASE, OpenOffice, open_office
from tcd_desktop.paths import config_folder
from tcd_desktop.store.journal import journal
from tcd_desktop.sync.inbox import ImportResult
from tests.attacks.books import Books
from tests.offices import DRAFT, PASSWORD, SECRET, SECRET_WORDS, Clock, enrol, make_office, reopen


def numbers(office: OpenOffice) -> dict[str, str]:
    return {one.id: one.book_number for one in office.store.all(Reception, "office = 'P-01'")}


def copy_of(office: OpenOffice) -> dict[str, bytes]:
    office.close()
    return {file.name: file.read_bytes() for file in office.home.glob(f"{DATABASE}*")}


def without_marks(office: OpenOffice) -> None:
    """As on another disk: nothing outside the database remembers how far the PC was."""
    for folder in (office.home, config_folder()):
        shutil.rmtree(folder / "high-water", ignore_errors=True)


def put_back(books: Books, kept: dict[str, bytes], *, marked: bool) -> None:
    books.ward.close()
    for file in books.ward.home.glob(f"{DATABASE}*"):
        file.unlink()
    for name, content in kept.items():
        (books.ward.home / name).write_bytes(content)
    if not marked:
        without_marks(books.ward)
    books.ward = open_office(books.ward.home, PASSWORD, now=Clock())


def given_back(books: Books, office: OpenOffice) -> Path:
    return books.district.keys.write_history(office.keyring.device_id, books.stick).path


def sent(books: Books, office: OpenOffice) -> list[ImportResult]:
    return books.district.inbox.take([one.path for one in office.outbox.export(books.stick)])


def settled_alike(books: Books, *offices: OpenOffice) -> None:
    there = numbers(books.district)
    assert all(numbers(office) == there for office in offices)
    assert books.district.check() == [] and all(office.check() == [] for office in offices)


def test_w10_a_lost_pc_is_replaced_and_the_new_one_works_on_with_the_wards_books(books: Books, tmp_path: Path) -> None:
    visits = [books.log(), books.log()]
    secret = books.ward.receptions.log(SECRET).value
    sent(books, books.ward)
    lost = books.ward.keyring.device_id
    books.district.keys.revoke(lost, reason="lost")
    new = make_office(tmp_path / "new PC")
    try:
        enrol(new, books.district, books.stick)
        result = new.inbox.take([given_back(books, new)])[0]
        assert (result.outcome, result.balance.refused, result.balance.adds_up) == ("applied", 0, True)
        assert numbers(new) == numbers(books.district) and len(numbers(new)) == 3
        found = new.store.find_own(Reception, secret.id)
        assert found is not None and found.name == "" and new._secrecy.open(found).name == SECRET_WORDS[0]
        phone = "0900000009"
        current = new.receptions.find(visits[0].id)
        assert current is not None
        from dataclasses import replace

        new.receptions.amend(visits[0].id, replace(current, phone=phone))
        later = new.receptions.log(DRAFT).value
        assert later.book_number not in numbers(books.district).values() and later.series == "B"
        assert [one.outcome for one in sent(books, new)] == ["applied"]
        assert books.visits()[visits[0].id].phone == phone
        settled_alike(books, new)
        assert books.district._secrecy.open(books.visits()[secret.id]).name == SECRET_WORDS[0]
        assert [one.outcome for one in new.inbox.take([given_back(books, new)])] == ["applied"], "twice is once"
        settled_alike(books, new)
    finally:
        new.close()


def test_w10_a_wards_books_go_to_a_pc_of_that_ward_that_still_counts_and_to_nobody_else(books: Books) -> None:
    books.log()
    sent(books, books.ward)
    file = given_back(books, books.ward)
    refused = books.other.inbox.take([file])[0]
    assert (refused.outcome, refused.code) == ("refused", "E_RECIPIENT")
    books.district.keys.revoke(books.ward.keyring.device_id, reason="stolen")
    with pytest.raises(Refused, match="already_revoked"):
        given_back(books, books.ward)
    with pytest.raises(Refused, match="not_superior"):
        books.ward.keys.write_history(books.other.keyring.device_id, books.stick)


def test_h7_what_a_pc_lost_when_it_was_put_back_comes_back_from_the_district(books: Books) -> None:
    books.log()
    kept = copy_of(books.ward)
    books.ward = open_office(books.ward.home, PASSWORD, now=Clock())
    lost = books.log()
    sent(books, books.ward)
    put_back(books, kept, marked=True)
    missing = books.ward.keys.missing()
    assert missing is not None and (missing.epoch, missing.parted) == (1, False) and missing.there > missing.here
    books.log()
    assert {one.outcome for one in sent(books, books.ward)} == {"applied"}
    assert lost.id not in numbers(books.ward)
    assert books.ward.inbox.take([given_back(books, books.ward)])[0].outcome == "applied"
    assert books.ward.keys.missing() is None and lost.id in numbers(books.ward)
    settled_alike(books, books.ward)
    assert sorted(numbers(books.ward).values()) == ["1/2026", "2/2026", "3/2026"]


def forked(books: Books) -> tuple[str, str]:
    """A ward put back on another disk writes on where it should not; (visit of the first branch, of the second)."""
    books.log()
    sent(books, books.ward)
    kept = copy_of(books.ward)
    books.ward = open_office(books.ward.home, PASSWORD, now=Clock())
    first = books.log()
    sent(books, books.ward)
    put_back(books, kept, marked=False)
    second = books.log()
    (result,) = sent(books, books.ward)
    assert (result.outcome, result.code) == ("refused", "E_FORK")
    return first.id, second.id


def test_h6_the_second_history_is_kept_whole_and_both_ends_are_told(books: Books) -> None:
    forked(books)
    (fork,) = books.district.keys.forks()
    assert fork.unit == "P-01" and fork.epoch == 1 and fork.parted < fork.have
    assert (books.district.home / "inbox" / "forks" / f"{fork.digest}.tcdb").is_file()
    answers = books.district.outbox.export(books.stick, full=True)
    books.ward.inbox.take([one.path for one in answers if one.office == "P-01"])
    missing = books.ward.keys.missing()
    assert missing is not None and missing.epoch == 1


def test_h6_a_pc_put_back_brings_both_histories_together_in_a_new_epoch(books: Books) -> None:
    first, second = forked(books)
    file = given_back(books, books.ward)
    asked = books.ward.inbox.take([file])[0]
    assert (asked.outcome, asked.code) == ("refused", "two_histories") and asked.facts["here"] > 0
    assert set(numbers(books.ward)) > {second} and first not in numbers(books.ward)
    result = books.ward.inbox.bring_together(file, "epoch")
    assert result.outcome == "applied" and result.balance.adds_up
    assert {first, second} < set(numbers(books.ward)) and books.ward.store.read(journal.own_chain).epoch == 2
    assert {one.outcome for one in sent(books, books.ward)} == {"applied"}
    assert books.district.keys.forks() == [], "the later epoch ends the matter"
    settled_alike(books, books.ward)
    books.ward = reopen(books.ward)
    third = books.log()
    assert third.number == 3, "no number of either history is given again"
    sent(books, books.ward)
    settled_alike(books, books.ward)


def test_h6_edits_of_one_record_in_both_histories_become_a_question_that_both_offices_show(books: Books) -> None:
    from dataclasses import replace

    visit = books.log()
    sent(books, books.ward)
    kept = copy_of(books.ward)

    def call(phone: str) -> None:
        current = books.ward.receptions.find(visit.id)
        assert current is not None
        books.ward.receptions.amend(visit.id, replace(current, phone=phone))

    books.ward = open_office(books.ward.home, PASSWORD, now=Clock())
    call("0900000001")
    sent(books, books.ward)
    put_back(books, kept, marked=False)
    call("0900000002")
    sent(books, books.ward)
    books.ward.inbox.bring_together(given_back(books, books.ward), "epoch")
    assert {one.outcome for one in sent(books, books.ward)} == {"applied"}
    sql = "SELECT field, shown, heads FROM conflict ORDER BY field"
    questions = [
        office.store.read(lambda connection: [tuple(row) for row in connection.exec_driver_sql(sql)])
        for office in (books.ward, books.district)
    ]
    assert questions[0] == questions[1] and [row[0] for row in questions[0]] == ["phone"]
    there, here = books.visits()[visit.id], books.ward.receptions.find(visit.id)
    assert here is not None and here.phone == there.phone


def test_h6_a_copied_pc_gets_an_identity_of_its_own_and_both_work_on(books: Books, tmp_path: Path) -> None:
    books.log()
    sent(books, books.ward)
    books.ward.close()
    shutil.copytree(books.ward.home, tmp_path / "clone")
    books.ward = open_office(books.ward.home, PASSWORD, now=Clock())
    clone = open_office(tmp_path / "clone", PASSWORD, now=Clock())
    try:
        first, second = books.log().id, clone.receptions.log(DRAFT).value.id
        secret = clone.receptions.log(SECRET).value.id
        sent(books, books.ward)
        assert sent(books, clone)[0].code == "E_FORK"
        file = given_back(books, clone)
        old = clone.keyring.device_id
        inbox = clone.inbox
        result = clone.keys.become_new(PASSWORD, lambda device: inbox.bring_together(file, "device", as_device=device))
        assert result.outcome == "applied" and clone.keyring.device_id != old
        with pytest.raises(Refused, match="not_enrolled"):
            clone.outbox.export(books.stick)
        clone = reopen(clone)
        assert clone.keyring.device_id != old and {first, second, secret} < set(numbers(clone))
        enrol(clone, books.district, books.stick)
        assert clone.receptions.log(DRAFT).value.series == "B"
        assert [one.outcome for one in sent(books, clone)] == ["applied"]
        found = clone.store.find_own(Reception, secret)
        assert found is not None and clone._secrecy.open(found).name == SECRET_WORDS[0]
        books.log()
        assert [(one.outcome, one.code) for one in sent(books, books.ward)] == [("parked", "E_FROZEN")]
        books.district.keys.let_first_go_on(books.ward.keyring.device_id, reason="Máy thứ hai đã ghi danh lại")
        assert [one.outcome for one in books.district.inbox.try_again()] == ["applied"], "the first PC goes on"
        books.log()
        assert [one.outcome for one in sent(books, books.ward)] == ["applied"]
        assert {first, second, secret} < set(numbers(books.district))
        assert books.district.check() == [] and clone.check() == []
    finally:
        clone.close()


def test_h6_a_power_cut_while_a_copied_pc_changes_its_identity_leaves_one_identity(books: Books) -> None:
    books.log()
    sent(books, books.ward)
    file, old, inbox = given_back(books, books.ward), books.ward.keyring.device_id, books.ward.inbox

    class Cut(BaseException):
        pass

    def cut(device: str) -> None:
        inbox.bring_together(file, "device", as_device=device)
        ring = books.ward.home / "device.key"
        (books.ward.home / "cut").write_bytes(ring.read_bytes())
        raise Cut

    with pytest.raises(Cut):
        books.ward.keys.become_new(PASSWORD, cut)
    (books.ward.home / "cut").replace(books.ward.home / "device.key")
    books.ward = reopen(books.ward)
    ring = books.ward.keyring
    assert ring.device_id != old and ring.device_id == books.ward.store.read(journal.own_chain).device
    enrol(books.ward, books.district, books.stick)
    books.log()
    assert {one.outcome for one in sent(books, books.ward)} == {"applied"}
