"""What was printed and kept travels like papers that were handed over, and a PC that replaces another gets them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcd_desktop.domain.cases.case_file import Attachment, IssuedDocument
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.journal import contents
from tcd_desktop.sync import history
from tcd_desktop.sync.history import parts_of
from tests.attacks.books import Books
from tests.offices import DRAFT, SECRET, enrol, make_office


def up(ward: OpenOffice, district: OpenOffice, stick: Path) -> int:
    """How many papers came."""
    taken = district.inbox.take([one.path for one in ward.outbox.export(stick)])
    assert {one.outcome for one in taken} <= {"applied", "already"}
    return sum(one.papers for one in taken)


def prints(office: OpenOffice) -> list[IssuedDocument]:
    return [one for one in office.store.all(IssuedDocument) if one.sha256]


def test_a_printed_slip_travels_once_and_is_not_asked_for_again(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    visit = ward.receptions.log(DRAFT).value
    ward.slips.print(visit.id)
    (kept,) = prints(ward)
    assert up(ward, district, stick) == 1
    assert district.blobs.get(kept.sha256) == ward.blobs.get(kept.sha256)
    ward.inbox.take([one.path for one in district.outbox.export(stick)])
    ward.receptions.log(DRAFT)
    assert ward.outbox.preview().papers == 0
    assert ward.check() == district.check() == []


def test_a_print_that_did_not_come_is_asked_for_by_the_answer(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    visit = ward.receptions.log(DRAFT).value
    ward.slips.print(visit.id)
    district.inbox.take([one.path for one in ward.outbox.export(stick, papers=False)])
    ward.inbox.take([one.path for one in district.outbox.export(stick)])
    assert ward.outbox.preview().papers == 1
    assert up(ward, district, stick) == 1


def test_the_slip_of_a_denunciation_travels_closed(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    visit = ward.receptions.log(SECRET).value
    ward.slips.print(visit.id)
    ward.receptions.log(DRAFT)
    found = ward.store.read(lambda c: contents.everything(c, "P-01"))
    assert [one.secret for one in found] == [True] * len(prints(ward))
    assert up(ward, district, stick) == len(found)
    assert district.check() == []


@pytest.mark.parametrize("small", [False, True])
def test_a_pc_that_replaces_a_lost_one_gets_the_papers_and_prints_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: bool
) -> None:
    books = Books(tmp_path)
    try:
        sizes = (1, 2, 3)
        for number in sizes:
            visit = books.ward.receptions.log(DRAFT).value
            books.ward.attachments.add("giay.txt", b"chu " * 4000 * number, reception=visit.id)
            books.ward.slips.print(visit.id)
        secret = books.ward.receptions.log(SECRET).value
        books.ward.attachments.add("don.txt", b"to cao " * 500, reception=secret.id)
        books.district.inbox.take([one.path for one in books.ward.outbox.export(books.stick)])
        books.district.keys.revoke(books.ward.keyring.device_id, reason="lost")
        new = make_office(tmp_path / "new")
        try:
            enrol(new, books.district, books.stick)
            if small:
                monkeypatch.setattr(history, "volume_room", lambda _root: 96 * 1024)
            file = books.district.keys.write_history(new.keyring.device_id, books.stick).path
            assert (len(parts_of(file)) > 1) == small
            taken = new.inbox.take([file])
            assert {one.outcome for one in taken} == {"applied"} and len(taken) == len(parts_of(file))
            wanted = {paper.sha256 for paper in new.store.all(Attachment)} | {one.sha256 for one in prints(new)}
            assert len(wanted) >= 7 and sum(one.papers for one in taken) == len(wanted)
            assert all(new.blobs.get(digest) == books.ward.blobs.get(digest) for digest in wanted)
            assert new.check() == []
            again = new.inbox.take([file])
            assert {one.outcome for one in again} == {"already"}
        finally:
            new.close()
    finally:
        books.close()
