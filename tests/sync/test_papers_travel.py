"""Papers on their way up: each once, in volumes, gone on with when broken off, in little memory."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tcd_desktop.domain.cases.case_file import Attachment
from tcd_desktop.jobs import Cancelled
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.journal import journal
from tcd_desktop.sync import upward
from tcd_desktop.sync.bundle_writer import WrittenBundle, write_bundle
from tcd_desktop.sync.keyring import required_membership
from tcd_desktop.sync.limits import DEFAULT, Limits
from tcd_desktop.sync.papers_out import papers_to_send
from tcd_desktop.sync.policy import VOLUME_BYTES, volume_room
from tcd_desktop.sync.refusals import Code, ExportFailed
from tests.offices import DRAFT, SECRET, enrol, make_district, make_office

CHANCE = random.Random(20261123)


@pytest.fixture
def district(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_district(tmp_path / "district")
    yield made
    assert made.check() == []
    made.close()


@pytest.fixture
def ward(tmp_path: Path, district: OpenOffice) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    (tmp_path / "stick").mkdir()
    enrol(made, district, tmp_path / "stick")
    yield made
    assert made.check() == []
    made.close()


@pytest.fixture
def stick(ward: OpenOffice, tmp_path: Path) -> Path:
    return tmp_path / "stick"


@pytest.fixture
def small_volumes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upward, "volume_room", lambda _root: 64 * 1024)


def add(ward: OpenOffice, count: int, size: int = 20_000, *, secret: bool = False) -> list[Attachment]:
    visit = ward.receptions.log(SECRET if secret else DRAFT).value
    return [
        ward.attachments.add("scan.pdf", b"%PDF-1.4\n" + CHANCE.randbytes(size), reception=visit.id).value
        for _ in range(count)
    ]


def receipt(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    (one,) = district.outbox.export(stick)
    assert ward.inbox.take([one.path])[0].outcome == "applied"


def arrived(district: OpenOffice) -> int:
    return sum(district.blobs.has(paper.sha256) for paper in district.store.all(Attachment))


def names(stick: Path) -> list[str]:
    return sorted(path.name for path in stick.glob("TCD_P-01_*.tcdb"))


def test_a_content_kept_with_two_visits_travels_once(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    content = b"%PDF-1.4\n" + CHANCE.randbytes(1000)
    for _ in range(2):
        visit = ward.receptions.log(DRAFT).value
        ward.attachments.add("scan.pdf", content, reception=visit.id)
    (one,) = ward.outbox.export(stick)
    assert one.papers == 1
    assert district.inbox.take([one.path])[0].papers == 1
    assert arrived(district) == 2


def test_a_content_of_a_denunciation_and_of_another_visit_travels_closed(ward: OpenOffice, stick: Path) -> None:
    content = b"%PDF-1.4\n" + CHANCE.randbytes(1000)
    for draft in (DRAFT, SECRET):
        visit = ward.receptions.log(draft).value
        ward.attachments.add("scan.pdf", content, reception=visit.id)
    with ward.store.reading() as connection:
        after = [(chain, 0) for chain in journal.own_chains(connection)]
        found = papers_to_send(connection, ward.blobs, ward.office.id, after=after, most=DEFAULT.paper)
    assert [paper.secret for paper in found.carried] == [True]


def test_papers_are_sent_again_until_they_are_confirmed_and_a_new_name_is_no_new_paper(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    (paper,) = add(ward, 1)
    assert [ward.outbox.export(stick)[0].papers for _ in range(2)] == [1, 1]
    district.inbox.take(sorted(stick.glob("TCD_P-01_*")))
    receipt(ward, district, stick)
    assert ward.outbox.waiting().papers == 0
    ward.attachments.rename(paper.id, "Đơn khiếu nại")
    (later,) = ward.outbox.export(stick)
    assert (later.operations, later.papers) == (1, 0)
    ward.attachments.add("more.pdf", b"%PDF-1.4\nmore", reception=paper.reception)
    assert ward.outbox.export(stick)[0].papers == 1
    assert ward.outbox.export(stick, full=True)[0].papers == 2


def test_a_removed_paper_does_not_travel(ward: OpenOffice, stick: Path) -> None:
    one, _other = add(ward, 2)
    ward.attachments.remove(one.id, "quét nhầm tờ")
    assert ward.outbox.export(stick)[0].papers == 1


def test_a_damaged_paper_stays_and_everything_else_goes(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    bad, _good = add(ward, 2)
    path = ward.blobs.path(bad.sha256)
    whole = path.read_bytes()
    path.write_bytes(b"x" * 100)
    (one,) = ward.outbox.export(stick)
    path.write_bytes(whole)
    assert one.papers == 1 and district.inbox.take([one.path])[0].papers == 1


@pytest.mark.usefixtures("small_volumes")
@pytest.mark.parametrize("order", ["as written", "backwards"])
def test_volumes_arrive_in_any_order(ward: OpenOffice, district: OpenOffice, stick: Path, order: str) -> None:
    papers = [*add(ward, 5), *add(ward, 3, secret=True)]
    written = ward.outbox.export(stick)
    assert len(written) > 3 and sum(one.papers for one in written) == 8
    assert all(one.size <= 64 * 1024 + 70_000 for one in written)
    assert names(stick)[0].endswith(f"_v1of{len(written)}.tcdb")
    files = [one.path for one in written]
    results = district.inbox.take(files if order == "as written" else files[::-1])
    assert {result.outcome for result in results} == {"applied"}
    assert arrived(district) == len(papers)
    receipt(ward, district, stick)
    assert ward.outbox.waiting().papers == ward.outbox.waiting().operations == 0


@pytest.mark.usefixtures("small_volumes")
def test_one_lost_volume_costs_only_its_papers(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    add(ward, 8)
    written = ward.outbox.export(stick)
    lost = written[-1]
    district.inbox.take([one.path for one in written if one is not lost])
    assert arrived(district) == 8 - lost.papers
    receipt(ward, district, stick)
    again = ward.outbox.export(stick)
    assert [one.papers for one in again] == [lost.papers] and again[0].operations == 0
    district.inbox.take([again[0].path])
    assert arrived(district) == 8


@pytest.mark.usefixtures("small_volumes")
def test_a_long_history_is_cut_into_stretches(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    for _ in range(80):
        ward.receptions.log(DRAFT)
    written = ward.outbox.export(stick)
    assert len(written) > 1 and written[0].first == 1
    assert all(before.last + 1 == after.first for before, after in pairwise(written))
    results = district.inbox.take([one.path for one in written])
    assert all(result.outcome == "applied" and result.balance.adds_up for result in results)


class Breaks:
    """Writes some volumes, then the stick is full."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.calls = 0

    def __call__(self, path: Path, **given: object) -> WrittenBundle:
        self.calls += 1
        if self.calls > self.after:
            raise ExportFailed(Code.STICK_FULL)
        return write_bundle(path, **given)  # type: ignore[arg-type]


@pytest.mark.usefixtures("small_volumes")
@pytest.mark.parametrize("where", ["same stick", "other stick", "spoilt stick"])
def test_an_export_that_was_broken_off_goes_on_where_it_stopped(
    ward: OpenOffice, district: OpenOffice, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    add(ward, 8)
    before = len(ward.inbox.ledger())
    with monkeypatch.context() as patched:
        patched.setattr(upward, "write_bundle", Breaks(2))
        with pytest.raises(ExportFailed) as failed:
            ward.outbox.export(stick)
    whole = names(stick)
    assert failed.value.facts["done"] == len(whole) == 2
    assert len(ward.inbox.ledger()) == before, "nothing counts as sent"
    target = stick
    if where == "other stick":
        target = tmp_path / "other"
        target.mkdir()
    if where == "spoilt stick":
        (stick / whole[0]).write_bytes(b"x")
    counting = Breaks(99)
    monkeypatch.setattr(upward, "write_bundle", counting)
    written = ward.outbox.export(target, elsewhere=where == "other stick")
    assert counting.calls == len(written) - (1 if where == "spoilt stick" else 2)
    assert len(ward.inbox.ledger()) == before + len(written)
    district.inbox.take(sorted([*stick.glob("TCD_P-01_*"), *tmp_path.glob("other/TCD_P-01_*")]))
    assert arrived(district) == 8


def test_an_export_stopped_while_it_is_read_back_leaves_no_file(ward: OpenOffice, stick: Path) -> None:
    add(ward, 1, 4_000_000)

    class Stop:
        """Stops in the second half."""

        over = False

        def step(self, done: int, total: int, text: str = "") -> None:
            self.over = done > total * 0.6

        def cancelled(self) -> bool:
            return self.over

    with pytest.raises(Cancelled):
        ward.outbox.export(stick, progress=Stop())
    assert names(stick) == []
    assert not any(line.direction == "out" for line in ward.inbox.ledger())


def test_what_a_killed_export_left_on_the_stick_is_swept_and_strangers_files_stay(
    ward: OpenOffice, stick: Path
) -> None:
    device = ward.keyring.device.device_id[:8]
    old, other = stick / f"TCD_P-01_{device}_e1_000001-000009_v1of1.tcdb.part", stick / "TCD_P-02_x.tcdb.part"
    for file in (old, other):
        file.write_bytes(b"half")
    ward.outbox.export(stick)
    assert not old.exists() and other.exists()


def test_the_policy_makes_volumes_smaller_and_never_larger(ward: OpenOffice) -> None:
    import msgspec

    root = required_membership(ward.store).root
    assert volume_room(root) == DEFAULT.volume
    for told, room in ((100 * 1024 * 1024, 100 * 1024 * 1024), (1, 16 * 1024 * 1024), (2**40, Limits().volume)):
        metadata = msgspec.structs.replace(root.metadata, policy={VOLUME_BYTES: told})
        assert volume_room(type(root)(metadata, root.chain)) == room


def test_many_papers_are_written_and_read_in_the_memory_of_a_few(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    """40 MB of papers, half of them closed; what is held at once is a few papers and segments."""
    size = 1_000_000
    add(ward, 20, size)
    add(ward, 20, size, secret=True)
    tracemalloc.start()
    try:
        (one,) = ward.outbox.export(stick)
        district.inbox.take([one.path])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert one.size > 40 * size and arrived(district) == 40
    assert peak < 20 * size
