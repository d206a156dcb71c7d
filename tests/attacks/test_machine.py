"""M1 to M3, D7, D8: what a killed import leaves, disks that are full, sticks that vanish; with the real program."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from tcd_desktop.cli.main import main
from tcd_desktop.practice.world import PASSWORD, make_world
from tcd_desktop.sync import inbox_folder
from tcd_desktop.sync.turn import LOCK


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district and a ward with 400 visits, and the ward's bundle on a stick."""
    root = tmp_path_factory.mktemp("world")
    make_world(root / "world", wards=1, receptions=400)
    (root / "stick").mkdir()
    assert run(root / "world" / "ward-01", "export", "--to", root / "stick")["operations"] > 400
    return root


@pytest.fixture
def district(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made / "world" / "district", tmp_path / "district")
    return tmp_path / "district"


@pytest.fixture
def bundle(made: Path) -> Path:
    return next((made / "stick").glob("*.tcdb"))


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TCD_PASSWORD", PASSWORD)
    yield


def start(home: Path, *words: object) -> subprocess.Popen[bytes]:
    """The program as its own process."""
    command = [sys.executable, "-m", "tcd_desktop", "--home", str(home), "--json", *map(str, words)]
    environment = {**os.environ, "TCD_PASSWORD": PASSWORD}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def answer(process: subprocess.Popen[bytes], *, status: int = 0) -> Any:
    out, err = process.communicate(timeout=120)
    assert process.returncode == status, err.decode("utf-8")
    return json.loads(out)


def run(home: Path, *words: object, status: int = 0) -> Any:
    return answer(start(home, *words), status=status)


def test_m1_a_copy_of_a_killed_import_is_swept_away_and_a_fresh_one_is_not(district: Path, bundle: Path) -> None:
    old, fresh = district / "inbox" / "old.part", district / "inbox" / "fresh.part"
    for part in (old, fresh):
        part.write_bytes(b"half a bundle")
    os.utime(old, (time.time() - 2 * inbox_folder.ABANDONED,) * 2)
    run(district, "import", bundle)
    assert not old.exists() and fresh.exists()


def test_m3_two_imports_of_one_bundle_at_once_apply_it_once(district: Path, bundle: Path) -> None:
    processes = [start(district, "import", bundle) for _ in range(2)]
    outcomes = sorted(answer(process)["files"][0]["outcome"] for process in processes)
    assert outcomes == ["already", "applied"]
    assert run(district, "reception", "list", "--limit", 0)["total"] == 400
    assert run(district, "check") == {"ok": True, "problems": []}


def test_m2_a_full_disk_while_the_copy_is_made_is_said_and_changes_nothing(
    district: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_source: BinaryIO, target: BinaryIO, _size: int) -> str:
        target.write(b"x")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(inbox_folder, "_copy", full)
        assert main(["--home", str(district), "--json", "import", str(bundle)]) == 1
    refused = json.loads(capsys.readouterr().out)["files"][0]
    assert refused["code"] == "store_full" and {one.name for one in (district / "inbox").iterdir()} <= {LOCK}
    assert run(district, "import", bundle)["files"][0]["outcome"] == "applied"


def test_m2_a_full_disk_in_the_transaction_rolls_everything_back(district: Path, bundle: Path) -> None:
    """The database may not grow by more than a few pages: the same error as on a full disk."""
    from tcd_desktop.open_office import open_office
    from tcd_desktop.store.errors import StoreUnavailable

    office = open_office(district, PASSWORD)
    try:
        with office.store.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}")
        with pytest.raises(StoreUnavailable) as refused:
            office.inbox.take([bundle])
        assert refused.value.code == "store_full"
    finally:
        office.close()
    assert run(district, "reception", "list", "--limit", 0)["total"] == 0
    assert run(district, "check")["ok"] and run(district, "import", bundle)["files"][0]["outcome"] == "applied"


def test_d7_a_stick_pulled_out_while_it_is_read_is_told_from_a_damaged_bundle(
    district: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It gives fewer bytes than its directory announced."""
    size = inbox_folder._size
    monkeypatch.setattr(inbox_folder, "_size", lambda file: size(file) + 1)
    assert main(["--home", str(district), "--json", "import", str(bundle)]) == 1
    refused = json.loads(capsys.readouterr().out)["files"][0]
    assert (refused["outcome"], refused["code"]) == ("refused", "file_unreadable")
    assert {one.name for one in (district / "inbox").iterdir()} <= {LOCK}


def test_d8_a_stick_that_is_gone_or_is_a_file_counts_as_not_sent(made: Path, tmp_path: Path) -> None:
    ward = tmp_path / "ward"
    shutil.copytree(made / "world" / "ward-01", ward)
    (tmp_path / "file").write_bytes(b"")
    for target in (tmp_path / "gone", tmp_path / "file"):
        assert run(ward, "export", "--to", target, status=1)["error"]["code"] == "folder_missing"
    (tmp_path / "stick").mkdir()
    assert run(ward, "export", "--to", tmp_path / "stick")["operations"] > 400


def test_d8_a_folder_that_cannot_be_written_is_said(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Refused as a read-only stick refuses; an administrator's own process would be let in by the real one."""
    from tcd_desktop.sync import stick as sticks

    ward, folder = tmp_path / "ward", tmp_path / "stick"
    shutil.copytree(made / "world" / "ward-01", ward)
    folder.mkdir()

    def read_only(*_: object) -> None:
        raise PermissionError(30, "Read-only file system")

    monkeypatch.setattr(sticks, "replace_patiently", read_only)
    assert main(["--home", str(ward), "--json", "export", "--to", str(folder)]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "E_STICK_READ_ONLY"
    assert list(folder.iterdir()) == []
