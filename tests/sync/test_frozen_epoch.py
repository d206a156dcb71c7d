"""H13: while two histories of one PC wait for a decision, nothing new of either is taken in, and nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tcd_desktop.domain.key_decision import KeyDecision, KeyStep
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import OpenOffice, open_office
from tcd_desktop.sync.inbox import ImportResult
from tests.attacks.books import Books
from tests.offices import DRAFT, MONDAY, PASSWORD, Clock


@pytest.fixture
def clone(books: Books, tmp_path: Path) -> Iterator[OpenOffice]:
    """A copy of the ward's PC, made while the ward worked; the first history is in the books, the second refused."""
    books.log()
    books.send()
    books.ward.close()
    shutil.copytree(books.ward.home, tmp_path / "clone")
    books.ward = open_office(books.ward.home, PASSWORD, now=Clock())
    made = open_office(tmp_path / "clone", PASSWORD, now=Clock())
    books.log()
    books.send()
    made.receptions.log(DRAFT)
    (result,) = sent(books, made)
    assert (result.outcome, result.code) == ("refused", "E_FORK")
    yield made
    made.close()


def sent(books: Books, office: OpenOffice) -> list[ImportResult]:
    return books.district.inbox.take([one.path for one in office.outbox.export(books.stick)])


def test_h13_new_entries_of_either_history_wait_until_it_is_decided(books: Books, clone: OpenOffice) -> None:
    before = books.state()
    later = books.log()
    clone.receptions.log(DRAFT)
    for office in (books.ward, clone):
        results = books.district.inbox.take([one.path for one in office.outbox.export(books.stick)])
        assert [(one.outcome, one.code) for one in results] == [("parked", "E_FROZEN")]
    assert books.state() == before and len(books.district.inbox.parked()) == 2
    assert books.district.inbox.try_again() == [], "waiting does not thaw anything"
    device = books.ward.keyring.device_id
    books.district.keys.let_first_go_on(device, reason="Máy ở quầy 1 là máy chính")
    assert [one.outcome for one in books.district.inbox.try_again()] == ["applied"]
    assert later.id in books.visits() and books.district.inbox.parked() == []
    kept = list((books.district.home / "inbox" / "forks").iterdir())
    assert len(kept) == 2, "both bundles of the second history are kept whole"
    assert books.district.keys.forks() == [], "a stick from before the decision opens the matter no more"
    assert books.district.check() == []


def test_h13_the_decision_is_a_line_of_the_journal_and_needs_a_reason(books: Books, clone: OpenOffice) -> None:
    device = books.ward.keyring.device_id
    (fork,) = books.district.keys.forks()
    with pytest.raises(Refused, match="reason_needed"):
        books.district.keys.let_first_go_on(device, reason=" ")
    with pytest.raises(Refused, match="no_two_histories"):
        books.district.keys.let_first_go_on(books.other.keyring.device_id, reason="Không có gì")
    assert books.district.keys.forks() == [fork]
    books.district.keys.let_first_go_on(device, reason="Máy ở quầy 1 là máy chính")
    (said,) = books.district.store.all(KeyDecision)
    assert (said.step, said.device, said.unit) == (KeyStep.FIRST_GOES_ON, device, "P-01")
    assert (said.epoch, said.first, said.last) == (fork.epoch, fork.parted + 1, fork.have)
    with pytest.raises(Refused, match="no_two_histories"):
        books.district.keys.let_first_go_on(device, reason="Lần nữa")


def test_h13_a_copy_that_works_on_after_the_decision_is_told_of_again(books: Books, clone: OpenOffice) -> None:
    books.district.keys.let_first_go_on(books.ward.keyring.device_id, reason="Máy ở quầy 1 là máy chính")
    clone.clock.moment = MONDAY + timedelta(days=2)  # type: ignore[attr-defined]
    clone.make_anew()
    clone.receptions.log(DRAFT)
    (result,) = sent(books, clone)
    assert (result.outcome, result.code) == ("refused", "E_FORK")
    assert len(books.district.keys.forks()) == 1


def test_h13_bundles_that_bring_nothing_new_and_those_of_others_are_not_stopped(
    books: Books, clone: OpenOffice
) -> None:
    assert books.send(full=True).outcome in ("applied", "already")
    visit = books.log(books.other)
    assert books.send(books.other).outcome == "applied" and visit.id in books.visits()


def test_h13_a_revocation_decides_as_well(books: Books, clone: OpenOffice) -> None:
    late = books.log()
    assert [one.code for one in sent(books, books.ward)] == ["E_FROZEN"]
    books.district.keys.revoke(books.ward.keyring.device_id, reason="forked")
    assert books.district.keys.forks() == []
    books.district.inbox.try_again()
    assert books.district.inbox.parked() == [] and late.id not in books.visits()
    assert {code for code, _seq in books.quarantined()} == {"E_REVOKED"}
    assert books.district.store.all(Reception, "id = ?", (late.id,)) == []
