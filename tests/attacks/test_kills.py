"""M1: export and import killed with kill -9 at any moment of their work; with the real program and real papers.

Each process says when it begins to work and is killed at a random moment after that, so that nearly every kill hits the
work itself. `TCD_KILLS=200` makes the long run, `TCD_SEED` repeats one.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest

from tcd_desktop.domain.cases.case_file import Attachment
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import OpenOffice, open_office
from tcd_desktop.practice.world import PASSWORD, make_world

KILLS = int(os.environ.get("TCD_KILLS", "8"))
SEED = int(os.environ.get("TCD_SEED", "0")) or random.randrange(1, 2**31)
VISITS, PAPERS, PAPER = 400, 24, 100_000
VOLUME = 512 * 1024
"""Small volumes, so that an export is killed between them as well."""

WORK = f"""
import sys
from pathlib import Path
from tcd_desktop.open_office import open_office
from tcd_desktop.practice.world import PASSWORD
from tcd_desktop.sync import upward
import tcd_desktop.sync.inbox
upward.volume_room = lambda _root: {VOLUME}
office = open_office(Path(sys.argv[1]), PASSWORD)
desk = office.outbox if sys.argv[2] == "export" else office.inbox
print("ready", flush=True)
if sys.argv[2] == "export":
    desk.export(Path(sys.argv[3]))
else:
    results = desk.take([Path(name) for name in sys.argv[3:]])
    assert all(result.outcome in ("applied", "already") for result in results), results
office.close()
"""


@dataclass
class Killer:
    """`took` is how long the work lasts (seconds); a kill that came too late makes it shorter."""

    took: float
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    caught: int = 0
    tries: int = 0

    def goes_on(self) -> bool:
        """Until so many were killed at work; a machine on which hardly any is must not try for ever."""
        return self.caught < KILLS and self.tries < 4 * KILLS

    def strike(self, home: Path, *words: object) -> bool:
        """Starts the work and kills it; whether it was still at work."""
        process = started(home, *words)
        time.sleep(self.chance.uniform(0.0, 1.05) * self.took)
        running = process.poll() is None
        process.kill()
        process.communicate()
        self.tries += 1
        self.caught += running
        self.took *= 1.02 if running else 0.93
        return running


def started(home: Path, *words: object) -> subprocess.Popen[bytes]:
    """A process that has begun to work."""
    command = [sys.executable, "-c", WORK, str(home), *map(str, words)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n", process.communicate()[1].decode("utf-8")
    return process


def worked(home: Path, *words: object) -> float:
    """Lets the work come to its end; seconds."""
    process = started(home, *words)
    began = time.monotonic()
    _out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err.decode("utf-8")
    return time.monotonic() - began


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district and a ward with visits and papers, and the ward's volumes on a stick."""
    print(f"seed {SEED}, {KILLS} kills each")
    root = tmp_path_factory.mktemp("world")
    make_world(root / "world", wards=1, receptions=VISITS)
    ward = open_office(root / "world" / "ward-01", PASSWORD)
    chance = random.Random(SEED)
    visits = ward.store.all(Reception, "1 ORDER BY rid LIMIT ?", (PAPERS,))
    for visit in visits:
        content = b"%PDF-1.4\n" + chance.randbytes(PAPER)
        ward.attachments.add("scan.pdf", content, reception=visit.id)
    ward.close()
    (root / "stick").mkdir()
    worked(root / "world" / "ward-01", "export", root / "stick")
    assert len(bundles(root / "stick")) > 3
    return root


@pytest.fixture
def district(made: Path, tmp_path: Path) -> Path:
    return fresh(made, tmp_path / "district")


def fresh(made: Path, home: Path) -> Path:
    """The district as it was before anything was imported."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(made / "world" / "district", home)
    return home


def bundles(stick: Path) -> list[Path]:
    return sorted(stick.glob("*.tcdb"))


@dataclass
class Opened:
    """An office opened for a look."""

    home: Path

    def __enter__(self) -> OpenOffice:
        self.office = open_office(self.home, PASSWORD)
        return self.office

    def __exit__(self, *_: object) -> None:
        self.office.close()


def require_whole(district: Path) -> None:
    """Every visit and every paper of the ward is in the district's books."""
    with Opened(district) as office:
        assert office.check() == []
        assert len(office.store.all(Reception)) == VISITS
        papers = office.store.all(Attachment)
        assert len(papers) >= PAPERS
        assert all(sha256(office.attachments.content(paper)).hexdigest() == paper.sha256 for paper in papers)
        assert not list((district / "blobs").rglob("*.part"))


def test_m1_an_import_killed_at_any_moment_is_whole_or_has_not_happened_and_goes_on_when_repeated(
    made: Path, district: Path
) -> None:
    files = bundles(made / "stick")
    after = [0]
    for file in files:
        with Opened(district) as office:
            assert office.inbox.take([file])[0].outcome == "applied"
            after.append(len(office.store.all(Reception)))
    require_whole(district)
    killer = Killer(worked(fresh(made, district), "import", *files))
    fresh(made, district)
    applied = 0
    while killer.goes_on():
        killer.strike(district, "import", *files)
        with Opened(district) as office:
            assert office.check() == []
            visits = len(office.store.all(Reception))
            done = [line for line in office.inbox.ledger() if line.outcome == "applied"]
            assert visits == after[len(done)], "each volume is in whole or not at all"
            assert len({line.bundle for line in done}) == len(done), "no volume twice"
        if len(done) == len(files):
            applied += 1
            require_whole_but_parts(district)
            fresh(made, district)
    worked(district, "import", *files)
    sweep(district)
    require_whole(district)
    print(f"import: {killer.caught} of {killer.tries} killed at work, {applied} times everything was in before")
    assert killer.caught >= KILLS // 2, "hardly any process was killed at work"


def require_whole_but_parts(district: Path) -> None:
    """As `require_whole`; what a killed import had staged may lie there until it is swept."""
    sweep(district)
    require_whole(district)


def sweep(district: Path) -> None:
    with Opened(district) as office:
        office.blobs.sweep(time.time() + 60)


def test_m1_an_export_killed_at_any_moment_leaves_no_half_bundle_under_its_name_and_goes_on_when_repeated(
    made: Path, district: Path, tmp_path: Path
) -> None:
    ward, stick = tmp_path / "ward", tmp_path / "stick"
    shutil.copytree(made / "world" / "ward-01", ward)
    stick.mkdir()
    with Opened(ward) as office:  # the export of `made` was entered in its ledger
        before = len(office.inbox.ledger())
    killer = Killer(worked(ward, "export", stick))
    for file in stick.iterdir():
        file.unlink()
    ended, gone_on, entered = 0, 0, before + 1
    while killer.goes_on():
        left = len(bundles(stick))
        at_work = killer.strike(ward, "export", stick)
        gone_on += at_work and 0 < left <= len(bundles(stick))
        with Opened(district) as superior:
            assert all(superior.inbox.inspect(file).signature == "valid" for file in bundles(stick))
        with Opened(ward) as office:
            assert office.check() == []
            lines = {line.bundle for line in office.inbox.ledger(limit=100_000)}
        if len(bundles(stick)) > 3 and len(lines) > entered:
            ended += 1
            entered = len(lines)
            for file in stick.iterdir():
                file.unlink()
    worked(ward, "export", stick)
    assert not list(stick.glob("*.part")), "what a killed export left on the stick is swept away by the next"
    worked(district, "import", *bundles(stick))
    require_whole(district)
    print(
        f"export: {killer.caught} of {killer.tries} killed at work, {gone_on} went on, {ended} came to their end before"
    )
    assert killer.caught >= KILLS // 2, "hardly any process was killed at work"
