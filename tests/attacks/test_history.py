"""H1 to H12 of the fault table against real books: replay, gap, overlap, fork, lies about numbers."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tcd_desktop.open_office import open_office
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.chain import hashes, start
from tests.attacks.books import Books, forge, history_of, renumbered
from tests.offices import PASSWORD, Clock


def test_h1_a_bundle_offered_a_thousand_times_is_not_even_opened_and_changes_nothing(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.log()
    (written,) = books.ward.outbox.export(books.stick)
    assert books.take(written.path).outcome == "applied"
    before = books.state()
    monkeypatch.setattr("tcd_desktop.sync.inbox.read_bundle", lambda *_, **__: pytest.fail("it was opened"))
    for _ in range(1000):
        assert books.take(written.path).outcome == "already"
    assert books.state() == before


def test_h1_a_renamed_copy_is_the_same_bundle(books: Books) -> None:
    books.log()
    (written,) = books.ward.outbox.export(books.stick)
    copy = books.stick / "bản sao (1).tcdb"
    shutil.copyfile(written.path, copy)
    given = [written.path, copy, written.path]
    results = books.district.inbox.take(given)
    assert [result.outcome for result in results] == ["applied", "already", "already"]
    assert [result.file for result in results] == given


def test_h2_the_same_operations_in_another_bundle_are_nothing_new(books: Books) -> None:
    books.log()
    books.send()
    before = books.state()
    again = books.send()
    assert again.outcome == "applied" and again.balance.received == again.balance.identical > 0
    assert books.state() == before


def test_h3_an_old_bundle_in_another_order_never_rolls_a_field_back(books: Books) -> None:
    visit = books.log()
    files = [books.ward.outbox.export(books.stick)[0].path]
    for phone in ("0900000001", "0900000002", "0900000003"):
        current = books.ward.receptions.find(visit.id)
        assert current is not None
        books.ward.receptions.amend(visit.id, replace(current, phone=phone))
        files.append(books.ward.outbox.export(books.stick)[0].path)
    books.take(files[-1])
    before = books.state()
    for file in (*files, *reversed(files)):
        result = books.take(file)
        assert result.balance.new == result.balance.updated == result.balance.conflict == 0
    assert books.state() == before and books.visits()[visit.id].phone == "0900000003"


def test_h4_bundles_in_any_order_wait_for_the_missing_one_and_then_go_in_by_themselves(books: Books) -> None:
    pieces = []
    for _ in range(3):
        books.log()
        chain, lines = history_of(books.ward)
        done = sum(len(piece) for _first, piece in pieces)
        pieces.append((done + 1, lines[done:]))
    heads = hashes(start(chain.device, 1), lines)
    files = []
    for first, piece in pieces:
        prev = heads[first - 2] if first > 1 else start(chain.device, 1)
        files.append(forge(books.ward, books.stick / f"{first}.tcdb", piece, whole=[], first=first, prev=prev))
    before = books.state()
    late = books.district.inbox.take([files[2], files[1]])
    assert [(result.outcome, result.code) for result in late] == [("parked", "E_GAP")] * 2
    assert {"have", "need"} <= set(late[0].facts) and books.state() == before
    results = books.district.inbox.take([files[0]])
    assert [result.outcome for result in results] == ["applied"] * 3
    assert len(books.visits()) == 3 and books.district.check() == [] and books.district.inbox.parked() == []


def test_h5_an_overlap_is_compared_hash_by_hash_and_only_the_rest_applied(books: Books) -> None:
    books.log()
    known = books.send().balance.received
    books.log()
    result = books.send()
    assert result.balance.identical == known and result.balance.new > 0 and result.balance.adds_up
    assert len(books.visits()) == 2


def test_h6_a_cloned_disk_is_a_fork_and_the_first_branch_stays(books: Books, tmp_path: Path) -> None:
    books.ward.close()
    shutil.copytree(books.ward.home, tmp_path / "clone")
    books.ward = open_office(books.ward.home, PASSWORD, now=Clock())
    clone = open_office(tmp_path / "clone", PASSWORD, now=Clock())
    try:
        books.log()
        books.log(clone)
        files = [office.outbox.export(books.stick)[0].path for office in (books.ward,)]
        (tmp_path / "second").mkdir()
        forked = clone.outbox.export(tmp_path / "second")[0].path
        assert books.take(files[0]).outcome == "applied"
        before = books.state()
        result = books.take(forked)
        assert (result.outcome, result.code) == ("refused", "E_FORK") and books.state() == before
        assert forked.exists(), "nothing received is deleted"
    finally:
        clone.close()


def test_h6_the_right_number_after_another_history_is_a_fork(books: Books) -> None:
    books.log()
    books.send()
    books.log()
    chain, lines = history_of(books.ward)
    before = books.state()
    last = forge(books.ward, books.stick / "f.tcdb", lines[-1:], whole=[], first=chain.seq, prev=b"\x07" * 32)
    books.district.inbox.take([last])
    first, rest = chain.seq - 1, lines[-2:]
    result = books.take(forge(books.ward, books.stick / "g.tcdb", rest, whole=[], first=first, prev=b"\x07" * 32))
    assert result.outcome in ("refused", "parked") and books.state() == before


def test_h11_a_number_far_ahead_is_a_gap_however_it_is_signed(books: Books) -> None:
    books.log()
    books.send()
    before = books.state()
    for first in (10_000, 2**53 - 1):
        line = renumbered(history_of(books.ward)[1][:1], first)
        result = books.take(
            forge(books.ward, books.stick / f"{first}.tcdb", line, whole=[], first=first, prev=b"\x01" * 32)
        )
        assert (result.outcome, result.code) == ("parked", "E_GAP") and books.state() == before
    books.log()
    assert books.send().outcome == "applied"


def test_h12_lines_numbered_otherwise_than_the_manifest_says_are_refused_whole(books: Books) -> None:
    books.log()
    chain, lines = history_of(books.ward)
    before = books.state()
    for wrong in (renumbered(lines, 2), lines[:1] + renumbered(lines[1:], 3), [*lines[1:], lines[0]]):
        result = books.take(forge(books.ward, books.stick / "w.tcdb", wrong, whole=[]))
        assert (result.outcome, result.code) == ("refused", "E_ORDER") and books.state() == before
    assert books.district.store.read(lambda c: journal.find_chain(c, chain.device, 1)) is None


def test_c12_two_pcs_that_give_the_same_number_are_both_kept(books: Books, tmp_path: Path) -> None:
    first, second = books.log(), books.log(books.other)
    assert first.number == second.number == 1
    books.send()
    books.send(books.other)
    assert {first.id, second.id} == set(books.visits()) and books.district.check() == []
