"""H7 to H9: a database that was put back from a copy goes on without using a number twice or losing a word."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import DATABASE, OpenOffice, open_office
from tcd_desktop.paths import config_folder
from tcd_desktop.store.journal import journal
from tests.offices import DRAFT, PASSWORD, Clock, enrol, make_district, make_office

Copy = dict[str, bytes]


class Offices:
    """A ward and its district whose databases are copied and put back while they are closed."""

    def __init__(self, root: Path, stick: Path) -> None:
        self.stick = stick
        self.district = make_district(root / "district")
        self.ward = make_office(root / "ward")
        enrol(self.ward, self.district, stick)

    def copy(self, office: OpenOffice) -> Copy:
        office.close()
        kept = {file.name: file.read_bytes() for file in office.home.glob(f"{DATABASE}*")}
        self._open_again(office)
        return kept

    def put_back(self, office: OpenOffice, kept: Copy) -> OpenOffice:
        office.close()
        for file in office.home.glob(f"{DATABASE}*"):
            file.unlink()
        for name, content in kept.items():
            (office.home / name).write_bytes(content)
        return self._open_again(office)

    def _open_again(self, office: OpenOffice) -> OpenOffice:
        again = open_office(office.home, PASSWORD, now=Clock())
        if office is self.ward:
            self.ward = again
        else:
            self.district = again
        return again

    def up(self) -> list[str]:
        """Everything the ward has to send goes to the district; the outcomes."""
        files = [written.path for written in self.ward.outbox.export(self.stick)]
        return [result.outcome for result in self.district.inbox.take(files)]

    def down(self) -> list[str]:
        """The district's answers go to the ward; the outcomes."""
        files = [written.path for written in self.district.outbox.export(self.stick)]
        return [result.outcome for result in self.ward.inbox.take(files)]

    def at_district(self) -> dict[str, str]:
        """Visit -> number in the ward's book."""
        return {visit.id: visit.book_number for visit in self.district.store.all(Reception)}

    def log(self) -> Reception:
        return self.ward.receptions.log(DRAFT).value

    def close(self) -> None:
        self.ward.close()
        self.district.close()


@pytest.fixture
def offices(tmp_path: Path, stick: Path) -> Iterator[Offices]:
    made = Offices(tmp_path, stick)
    yield made
    made.close()


def epoch(office: OpenOffice) -> int:
    return office.store.read(journal.own_chain).epoch


def test_h7_a_ward_put_back_from_a_copy_begins_a_new_epoch_and_nothing_is_lost(offices: Offices) -> None:
    first = offices.log()
    old = offices.copy(offices.ward)
    second = offices.log()
    assert offices.up() == ["applied"]
    offices.put_back(offices.ward, old)
    assert offices.ward.store.restored and epoch(offices.ward) == 2
    third = offices.log()
    assert set(offices.up()) == {"applied"}
    assert offices.at_district() == {first.id: "1/2026", second.id: "2/2026", third.id: "3/2026"}
    assert offices.district.check() == [] and offices.ward.check() == []
    assert offices.down() == ["applied"]
    assert offices.ward.outbox.waiting().operations == 0 and offices.ward.outbox.export(offices.stick) == []


def test_h7_what_was_not_sent_before_the_copy_is_sent_after_it_was_put_back(offices: Offices) -> None:
    first = offices.log()
    old = offices.copy(offices.ward)
    offices.log()
    offices.put_back(offices.ward, old)
    third = offices.log()
    assert offices.up() == ["applied", "applied"]
    assert offices.at_district() == {first.id: "1/2026", third.id: "3/2026"}
    offices.down()
    fourth = offices.log()
    assert offices.up() == ["applied"] and fourth.id in offices.at_district()


def test_h7_numbers_on_citizens_papers_are_never_given_again(offices: Offices) -> None:
    old = offices.copy(offices.ward)
    papers = [offices.log().book_number for _ in range(3)]
    offices.put_back(offices.ward, old)
    assert offices.log().book_number == "4/2026" and papers == ["1/2026", "2/2026", "3/2026"]


def test_h7_a_whole_folder_put_back_is_noticed_by_the_mark_in_the_users_own_folder(offices: Offices) -> None:
    home = offices.ward.home
    offices.log()
    offices.ward.close()
    shutil.copytree(home, home.with_name("safe"))
    offices._open_again(offices.ward)
    offices.log()
    offices.ward.close()
    shutil.rmtree(home)
    shutil.copytree(home.with_name("safe"), home)
    offices._open_again(offices.ward)
    assert offices.ward.store.restored and offices.log().book_number == "3/2026"


def test_h7_a_copy_put_back_twice_begins_an_epoch_each_time(offices: Offices) -> None:
    old = offices.copy(offices.ward)
    visits = []
    for expected in (1, 2, 3):
        assert epoch(offices.ward) == expected
        visits.append(offices.log())
        assert set(offices.up()) == {"applied"}
        offices.put_back(offices.ward, old)
    assert set(offices.at_district()) == {visit.id for visit in visits}
    assert len(set(offices.at_district().values())) == 3


def test_h7_a_copy_put_back_and_not_worked_on_sends_nothing_and_can_be_put_back_again(offices: Offices) -> None:
    old = offices.copy(offices.ward)
    offices.log()
    offices.up()
    offices.put_back(offices.ward, old)
    offices._open_again(offices.ward)
    assert epoch(offices.ward) == 2 and not offices.ward.store.restored
    offices.put_back(offices.ward, old)
    assert offices.log().book_number == "2/2026"
    assert "refused" not in offices.up()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"device": 5}', b"\xff" * 40])
def test_h7_a_damaged_mark_stops_nobody(offices: Offices, content: bytes) -> None:
    offices.log()
    for folder in (offices.ward.home, config_folder()):
        for mark in (folder / "high-water").glob("*.json"):
            mark.write_bytes(content)
    offices.ward.close()
    offices._open_again(offices.ward)
    assert not offices.ward.store.restored and offices.log().book_number == "2/2026"


def test_h7_a_mark_names_no_person_and_a_folder_that_cannot_be_written_stops_nobody(offices: Offices) -> None:
    visit = offices.log()
    folder = offices.ward.home / "high-water"
    (mark,) = folder.iterdir()
    assert set(json.loads(mark.read_bytes())) == {"device", "epoch", "seq", "head", "ledger", "numbers"}
    assert visit.name not in mark.read_text(encoding="utf-8")
    shutil.rmtree(folder)
    folder.write_bytes(b"a file where the folder should be")
    assert offices.log().book_number == "2/2026"


def test_h8_a_district_put_back_from_a_copy_is_sent_everything_again(offices: Offices) -> None:
    offices.log()
    offices.up()
    offices.down()
    old = offices.copy(offices.district)
    visits = [offices.log(), offices.log()]
    offices.up()
    offices.down()
    offices.up()
    offices.log()
    offices.up()
    offices.down()
    offices.put_back(offices.district, old)
    visits.append(offices.log())
    assert offices.up() == ["parked"]
    assert set(offices.down()) == {"applied"}, "the answer says how little the district knows, in a new office epoch"
    assert "refused" not in offices.up()
    assert {visit.id for visit in visits} <= set(offices.at_district()) and len(offices.at_district()) == 5
    assert set(offices.down()) == {"applied"} and offices.ward.outbox.waiting().operations == 0
    assert offices.district.check() == []


def test_h9_a_place_in_the_journal_is_used_once_however_often_a_database_is_put_back(offices: Offices) -> None:
    seen: dict[tuple[int, int], bytes] = {}
    old = offices.copy(offices.ward)
    for _ in range(4):
        offices.log()
        with offices.ward.store.reading() as connection:
            for chain in journal.own_chains(connection):
                for seq, digest in enumerate(journal.known_hashes(connection, chain, 1, chain.seq), start=1):
                    assert seen.setdefault((chain.epoch, seq), digest) == digest
        offices.put_back(offices.ward, old)
    assert len(seen) > 4
