"""M2 and D8 on really small file systems: sticks and disks that are full, read-only, pulled out, or hold no large file.

A small tmpfs is mounted where the system lets us; elsewhere these tests are skipped and say why.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tcd_desktop.domain.cases.case_file import Attachment
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.errors import StoreUnavailable
from tcd_desktop.sync import stick as sticks
from tcd_desktop.sync.refusals import ExportFailed
from tcd_desktop.sync.turn import LOCK
from tests.offices import DRAFT, PASSWORD, enrol, make_district, make_office

PAPERS, PAPER = 6, 200_000
Mount = Callable[..., Path]


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """`mount(folder, size)` puts a file system of so many KiB there."""
    mounted: list[Path] = []

    def mount_here(folder: Path, size: int, options: str = "") -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}k{options}", "tmpfs", str(folder)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=20, check=False)
        except OSError as error:
            pytest.skip(f"no program to mount with: {error}")
        if done.returncode:
            pytest.skip(f"mounting is not allowed here: {done.stderr.decode('utf-8', 'replace').strip()}")
        mounted.append(folder)
        return folder

    yield mount_here
    for folder in reversed(mounted):
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, timeout=20, check=False)


@pytest.fixture
def district(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_district(tmp_path / "district")
    yield made
    assert made.check() == []
    made.close()


@pytest.fixture
def ward(tmp_path: Path, district: OpenOffice) -> Iterator[OpenOffice]:
    """A ward with a visit and papers of 1.2 MB, enrolled."""
    made = make_office(tmp_path / "ward")
    (tmp_path / "good stick").mkdir()
    enrol(made, district, tmp_path / "good stick")
    chance = random.Random(7)
    visit = made.receptions.log(DRAFT).value
    for _ in range(PAPERS):
        made.attachments.add("scan.pdf", b"%PDF-1.4\n" + chance.randbytes(PAPER), reception=visit.id)
    yield made
    assert made.check() == []
    made.close()


@pytest.fixture
def good(ward: OpenOffice, tmp_path: Path) -> Path:
    """A stick with room."""
    return tmp_path / "good stick"


def written(ward: OpenOffice) -> int:
    """How many files count as sent."""
    return sum(line.direction == "out" for line in ward.inbox.ledger())


def require_not_sent(ward: OpenOffice, stick: Path) -> None:
    assert written(ward) == 0 and ward.outbox.waiting().papers == PAPERS
    assert not [path for path in stick.iterdir() if path.name.startswith("TCD_")]


def require_arrives(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    (one,) = ward.outbox.export(stick)
    result = district.inbox.take([one.path])[0]
    assert (result.outcome, result.papers) == ("applied", PAPERS)
    assert written(ward) == 1


def test_d8_a_stick_without_room_is_told_before_anything_is_written(
    ward: OpenOffice, district: OpenOffice, good: Path, tmp_path: Path, mount: Mount
) -> None:
    small = mount(tmp_path / "small", 512)
    with pytest.raises(ExportFailed) as failed:
        ward.outbox.export(small)
    assert failed.value.code == "E_STICK_FULL"
    assert failed.value.facts["needed"] > PAPERS * PAPER > failed.value.facts["free"]
    require_not_sent(ward, small)
    require_arrives(ward, district, good)


def test_d8_a_stick_that_turns_out_to_be_full_while_it_is_written_keeps_no_half_file(
    ward: OpenOffice, district: OpenOffice, good: Path, tmp_path: Path, mount: Mount, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It promised more room than it has: the file system itself says no."""
    small = mount(tmp_path / "small", 512)
    monkeypatch.setattr(sticks, "_require_space", lambda *_: None)
    with pytest.raises(ExportFailed) as failed:
        ward.outbox.export(small)
    assert failed.value.code == "E_STICK_FULL"
    require_not_sent(ward, small)
    require_arrives(ward, district, good)


def test_d8_a_stick_full_to_the_last_block_of_a_small_bundle_is_noticed(
    ward: OpenOffice, tmp_path: Path, mount: Mount, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library that encrypts keeps the last 8 KiB to itself and may swallow that they could not be written."""
    small = mount(tmp_path / "small", 64)
    (small / "filling").write_bytes(bytes(60 * 1024))
    monkeypatch.setattr(sticks, "_require_space", lambda *_: None)
    with pytest.raises(ExportFailed) as failed:
        ward.outbox.export(small, papers=False)
    assert failed.value.code == "E_STICK_FULL"
    require_not_sent(ward, small)


def test_d8_a_stick_that_is_write_protected_is_told(
    ward: OpenOffice, district: OpenOffice, good: Path, tmp_path: Path, mount: Mount
) -> None:
    locked = mount(tmp_path / "locked", 8192, ",ro")
    with pytest.raises(ExportFailed) as failed:
        ward.outbox.export(locked)
    assert failed.value.code == "E_STICK_READ_ONLY"
    require_not_sent(ward, locked)
    require_arrives(ward, district, good)


@pytest.mark.parametrize("when", ["writing", "reading back"])
def test_d8_a_stick_that_is_pulled_out_counts_as_not_sent(
    ward: OpenOffice, district: OpenOffice, good: Path, tmp_path: Path, mount: Mount, when: str
) -> None:
    stick = mount(tmp_path / "pulled", 8192)
    pulled: list[int] = []

    class Hand:
        """Pulls the stick out after the first third, or when it is being read back."""

        def step(self, done: int, total: int, text: str = "") -> None:
            if not pulled and done > total * (0.15 if when == "writing" else 0.6):
                pulled.append(done)
                if when == "reading back":
                    for file in stick.glob("*.tcdb"):
                        file.write_bytes(b"")  # a stick that forgets what it was given
                subprocess.run(["umount", "-l", str(stick)], capture_output=True, timeout=20, check=True)

        def cancelled(self) -> bool:
            return False

    with pytest.raises(ExportFailed) as failed:
        ward.outbox.export(stick, progress=Hand())
    assert pulled and failed.value.code in ("E_STICK_FAILED", "E_READ_BACK")
    require_not_sent(ward, stick)
    require_arrives(ward, district, good)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no limit on the size of a process's files")
def test_d8_a_file_system_that_holds_no_file_of_that_size_is_told_in_a_sentence(ward: OpenOffice, good: Path) -> None:
    """As FAT32 refuses what is larger than 4 GiB; the limit is set on the process, the error is the same."""
    home = ward.home
    program = (
        "import resource, sys, signal; resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000)); "
        "from tcd_desktop.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", program, "--home", str(home), "--json", "export", "--to", str(good)]
    environment = {**os.environ, "TCD_PASSWORD": PASSWORD}
    done = subprocess.run(command, env=environment, capture_output=True, timeout=120, check=False)
    assert done.returncode == 1 and b"E_STICK_FILE_LIMIT" in done.stdout, done.stderr.decode("utf-8")
    require_not_sent(ward, good)


def test_m2_a_disk_too_full_for_the_copy_of_a_bundle_changes_nothing(
    ward: OpenOffice, district: OpenOffice, good: Path, mount: Mount
) -> None:
    (one,) = ward.outbox.export(good)
    mount(district.home / "inbox", 256)
    (result,) = district.inbox.take([one.path])
    assert (result.outcome, result.code) == ("refused", "store_full")
    assert {one.name for one in (district.home / "inbox").iterdir()} <= {LOCK}
    assert district.store.all(Reception) == []
    subprocess.run(["umount", "-l", str(district.home / "inbox")], check=True, timeout=20)
    assert district.inbox.take([one.path])[0].papers == PAPERS


def test_m2_a_disk_too_full_for_the_papers_rolls_everything_back(
    ward: OpenOffice, district: OpenOffice, good: Path, mount: Mount
) -> None:
    (one,) = ward.outbox.export(good)
    mount(district.home / "blobs", 700)
    with pytest.raises(StoreUnavailable, match="store_full"):
        district.inbox.take([one.path])
    assert not [path for path in (district.home / "blobs").rglob("*") if path.is_file()]
    assert district.store.all(Reception) == district.store.all(Attachment) == []
    subprocess.run(["umount", "-l", str(district.home / "blobs")], check=True, timeout=20)
    assert district.inbox.take([one.path])[0].papers == PAPERS


def test_m2_a_disk_too_full_for_the_database_rolls_everything_back(
    ward: OpenOffice, good: Path, tmp_path: Path, mount: Mount, district: OpenOffice
) -> None:
    """The whole office folder lies on a disk that ends while the import is at work."""
    from tcd_desktop.open_office import open_office

    for _ in range(300):
        ward.receptions.log(DRAFT)
    (one,) = ward.outbox.export(good, papers=False)
    district.close()
    size = sum(path.stat().st_size for path in district.home.rglob("*") if path.is_file())
    disk = mount(tmp_path / "disk", size // 1024 + 600)
    home = disk / "district"
    shutil.copytree(district.home, home)
    office = open_office(home, PASSWORD)
    try:
        with pytest.raises(StoreUnavailable) as refused:
            office.inbox.take([one.path])
        assert refused.value.code == "store_full"
        assert office.store.all(Reception) == [] and office.check() == []
        assert {one.name for one in (home / "inbox").iterdir()} <= {LOCK}
    finally:
        with contextlib.suppress(StoreUnavailable):
            office.close()
    moved = tmp_path / "larger"
    shutil.copytree(home, moved)
    larger = open_office(moved, PASSWORD)
    try:
        assert larger.inbox.take([one.path])[0].outcome == "applied"
        assert len(larger.store.all(Reception)) == 301 and larger.check() == []
    finally:
        larger.close()
