"""D9, M4 to M8, H10: machines with wrong clocks, old libraries, copied files; words from above that are too old."""

from __future__ import annotations

import os
import shutil
import tracemalloc
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import open_office
from tcd_desktop.store import engine
from tcd_desktop.store.journal.clock import MAX_PULL_MS, HybridClock
from tcd_desktop.sync import stick as sticks
from tcd_desktop.sync.bundle_reader import ForgetfulSink
from tcd_desktop.sync.keyring import required_membership
from tcd_desktop.sync.office_keys import sign_office_keys
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.revocation import sign_revocations
from tests.attacks.books import Books
from tests.offices import PASSWORD, Clock
from tests.sync.offices import World
from tests.sync.refusal import refused


@pytest.mark.skipif(not hasattr(os, "posix_fadvise"), reason="this system cannot drop its cache of a file")
def test_d9_what_the_stick_gives_back_is_read_past_the_cache(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    dropped: list[int] = []
    monkeypatch.setattr(
        sticks.os, "posix_fadvise", lambda _file, _at, _length, advice: dropped.append(advice), raising=True
    )
    books.log()
    books.ward.outbox.export(books.stick)
    assert os.POSIX_FADV_DONTNEED in dropped


def test_d9_a_stick_that_lied_costs_nothing_because_the_entries_stay_to_be_sent(books: Books) -> None:
    visit = books.log()
    (lost,) = books.ward.outbox.export(books.stick)
    lost.path.write_bytes(b"\x00" * lost.path.stat().st_size)
    assert books.take(lost.path).outcome == "refused"
    assert books.ward.outbox.waiting().operations > 0
    assert books.send().outcome == "applied" and set(books.visits()) == {visit.id}


def test_m4_clerks_write_while_a_bundle_is_imported(books: Books) -> None:
    for _ in range(8):
        books.log()
    (written,) = books.ward.outbox.export(books.stick)
    outcomes: list[str] = []
    importing = Thread(target=lambda: outcomes.append(books.take(written.path).outcome))
    importing.start()
    own = [books.log(books.district).id for _ in range(5)]
    importing.join(60)
    assert outcomes == ["applied"] and len(books.visits()) == 13 and set(own) <= set(books.visits())
    assert books.district.check() == []


def test_m5_reading_a_large_bundle_takes_no_more_memory_than_a_few_of_its_pieces(world: World, tmp_path: Path) -> None:
    piece = 4 * 2**20
    blobs = [os.urandom(16) + bytes([i]) * (piece - 16) for i in range(16)]
    world.write(tmp_path / "large.tcdb", blobs=blobs)
    del blobs

    class Weighing(ForgetfulSink):
        most = 0

        def blob_complete(self, entry: Any) -> None:
            self.most = max(self.most, tracemalloc.get_traced_memory()[1])

    sink = Weighing()
    tracemalloc.start()
    try:
        world.read(tmp_path / "large.tcdb", sink=sink)
    finally:
        tracemalloc.stop()
    assert 0 < sink.most < 6 * piece, "64 MiB went through"


@pytest.mark.parametrize("year", [1980, 2099])
def test_m6_a_clock_of_another_year_stops_nobody_at_either_end(books: Books, year: int) -> None:
    first = books.log()
    books.send()
    moment = datetime(year, 1, 1, 8, 0)
    wrong = HybridClock("ab" * 16, last=books.ward.store.stamp(), now=lambda: int(moment.timestamp() * 1000))
    stamps = [wrong.stamp() for _ in range(3)]
    assert stamps == sorted(stamps) and stamps[0] > "1", "a clock never goes back"
    later = books.log()
    assert books.send().outcome == "applied" and {first.id, later.id} == set(books.visits())


def test_m6_a_stamp_from_the_future_pulls_no_clock_along() -> None:
    now = 1_795_430_000_000
    clock = HybridClock("cd" * 16, now=lambda: now)
    for ahead, followed in ((MAX_PULL_MS + 1, False), (10**12, False), (MAX_PULL_MS, True)):
        clock.seen(f"{now + ahead:013d}-0000-1f2e3d4c")
        assert (clock.stamp() > f"{now + MAX_PULL_MS:013d}") is followed


def test_m7_a_database_copied_while_it_is_open_is_whole_and_notices_that_it_is_a_copy(
    books: Books, tmp_path: Path
) -> None:
    visit = books.log()
    shutil.copytree(books.ward.home, tmp_path / "copy")
    books.log()
    copy = open_office(tmp_path / "copy", PASSWORD, now=Clock())
    try:
        assert copy.check() == [] and {one.id for one in copy.store.all(Reception)} == {visit.id}
        assert copy.store.restored, "the mark in the user's folder is ahead of the copy"
    finally:
        copy.close()


@pytest.mark.parametrize(("version", "journal"), [((3, 51, 2), "delete"), ((3, 51, 3), "wal")])
def test_m8_a_library_with_the_wal_reset_bug_is_used_without_wal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], journal: str
) -> None:
    monkeypatch.setattr(engine.sqlcipher, "sqlite_version_info", version)
    made = engine.open_engine(tmp_path / "x.db", bytes(32))
    try:
        with made.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == journal
    finally:
        made.dispose()


def test_h10_an_older_answer_after_a_newer_one_is_refused_and_takes_nothing_back(books: Books, tmp_path: Path) -> None:
    books.log()
    books.send()
    old = next(one.path for one in books.district.outbox.export(books.stick) if one.office == "P-01")
    kept = shutil.copyfile(old, tmp_path / "old.tcdb")
    books.log()
    books.send()
    new = next(one.path for one in books.district.outbox.export(books.stick) if one.office == "P-01")
    assert books.ward.inbox.take([new])[0].outcome == "applied"
    confirmed = books.ward.outbox.waiting().confirmed
    result = books.ward.inbox.take([Path(kept)])[0]
    assert (result.outcome, result.code) == ("refused", "E_ROLLBACK")
    assert books.ward.outbox.waiting().confirmed == confirmed


def test_h10_lists_of_a_lower_version_or_of_another_content_are_refused(books: Books) -> None:
    member, authority = required_membership(books.district.store), books.district.keyring.authority
    assert authority is not None
    newer = member.revocations.update(sign_revocations(7, [], authority.revoker), member.root)
    with refused(Code.ROLLBACK):
        newer.update(sign_revocations(6, [], authority.revoker), member.root)
    keys = member.receiver.list.keys
    later = member.receiver.update(sign_office_keys("Q", 9, keys, authority.director), member.root)
    for version, listed in ((8, keys), (9, keys[:1])):
        with pytest.raises(BundleRefused) as caught:
            later.update(sign_office_keys("Q", version, listed, authority.director), member.root)
        assert caught.value.code == Code.ROLLBACK
