"""The scanner's folder: files are offered when they are whole, never touched unless the officer wants it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings, load
from tcd_desktop.ui.papers import scan_folder
from tcd_desktop.ui.papers.panel import PapersPanel
from tcd_desktop.ui.papers.place import SavedPlace
from tcd_desktop.ui.papers.scan_folder import ScanFolder, delete_scans, is_scan
from tcd_desktop.ui.window.runner import InlineRunner, Runner
from tests.papers import scan_pdf
from tests.ui.receptions.conftest import logged

Show = Callable[[Any], Any]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "Máy quét"
    folder.mkdir()
    return folder


@pytest.fixture
def folder(runner: InlineRunner, keeper: Keeper, place: Path) -> ScanFolder:
    keeper.update(scan_folder=str(place))
    made = ScanFolder.of(runner, keeper)
    made.look()
    return made


def offered(folder: ScanFolder) -> list[str]:
    return [path.name for path in folder.waiting]


def test_a_file_is_offered_when_it_does_not_grow_any_more(folder: ScanFolder, place: Path) -> None:
    scan = place / "SCAN0001.pdf"
    scan.write_bytes(b"%PDF-1.7 half")
    folder.look()
    assert offered(folder) == [], "seen once: it may still grow"
    scan.write_bytes(scan_pdf(3))
    folder.look()
    assert offered(folder) == []
    folder.look()
    assert offered(folder) == ["SCAN0001.pdf"]


def test_empty_files_temporary_files_and_other_kinds_are_left_out(folder: ScanFolder, place: Path) -> None:
    (place / "empty.pdf").write_bytes(b"")
    for name in ("~scan.pdf", ".hidden.pdf", "scan.pdf.part", "scan.tmp", "scan.pdf~", "Thumbs.db", "a.exe", "b.docx"):
        (place / name).write_bytes(b"x")
    (place / "folder.pdf").mkdir()
    for _turn in range(3):
        folder.look()
    assert offered(folder) == []
    assert is_scan("SCAN 1.PDF") and is_scan("ảnh.JPG") and not is_scan("ảnh")


def test_a_scan_that_was_added_is_not_offered_again_by_the_next_window(
    folder: ScanFolder, keeper: Keeper, place: Path
) -> None:
    """The program was locked or started anew: what came since is offered, what was handled is not."""
    (place / "one.pdf").write_bytes(scan_pdf())
    for _turn in range(2):
        folder.look()
    folder.handled(list(folder.waiting))
    later = place / "two.pdf"
    later.write_bytes(scan_pdf(2))
    os.utime(later, (time.time() + 5, time.time() + 5))
    again = ScanFolder(InlineRunner(), Keeper(load(keeper._path), keeper._path))
    for _turn in range(2):
        again.look()
    assert offered(again) == ["two.pdf"]


def test_old_scans_are_not_offered_when_the_program_begins(runner: InlineRunner, keeper: Keeper, place: Path) -> None:
    old, fresh = place / "old.pdf", place / "fresh.pdf"
    for path in (old, fresh):
        path.write_bytes(scan_pdf())
    hour_ago = time.time() - 3600
    os.utime(old, (hour_ago, hour_ago))
    keeper.update(scan_folder=str(place))
    folder = ScanFolder(runner, keeper, runner)
    folder.look()
    folder.look()
    assert offered(folder) == ["fresh.pdf"]
    now = time.time()
    os.utime(old, (now, now))  # scanned again under the old name
    folder.look()
    folder.look()
    assert offered(folder) == ["fresh.pdf", "old.pdf"]


def test_a_file_that_cannot_be_opened_yet_waits(
    folder: ScanFolder, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "a.pdf").write_bytes(scan_pdf())
    opening = Path.open

    def locked(self: Path, *args: Any, **options: Any) -> Any:
        if self.name == "a.pdf":
            raise PermissionError(13, "being used by another process")
        return opening(self, *args, **options)

    monkeypatch.setattr(Path, "open", locked)
    for _turn in range(3):
        folder.look()
    assert offered(folder) == []
    monkeypatch.undo()
    folder.look()
    folder.look()
    assert offered(folder) == ["a.pdf"]


def test_a_folder_that_vanishes_is_told_and_found_again(folder: ScanFolder, place: Path) -> None:
    (place / "a.pdf").write_bytes(scan_pdf())
    folder.look()
    folder.look()
    moved = place.rename(place.with_name("away"))
    folder.look()
    assert folder.missing and offered(folder) == []
    moved.rename(place)
    folder.look()
    folder.look()
    assert not folder.missing and offered(folder) == ["a.pdf"]


def test_what_was_dismissed_comes_back_only_when_it_changed(folder: ScanFolder, place: Path) -> None:
    scan = place / "a.pdf"
    scan.write_bytes(scan_pdf())
    folder.look()
    folder.look()
    folder.handled(list(folder.waiting))
    folder.look()
    assert offered(folder) == []
    scan.write_bytes(scan_pdf(4))
    folder.look()
    folder.look()
    assert offered(folder) == ["a.pdf"]


def test_no_folder_is_no_work(runner: InlineRunner, keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_folder, "sights", lambda _folder: pytest.fail("nobody chose a folder"))
    ScanFolder(runner, keeper, runner).look()


def test_the_settings_remember_folder_and_wish(tmp_path: Path, keeper: Keeper) -> None:
    keeper.update(scan_folder="D:\\Quét", scan_remove=True)
    again = load(tmp_path / "settings.json")
    assert (again.scan_folder, again.scan_remove) == ("D:\\Quét", True)
    (tmp_path / "bad.json").write_text('{"scan_folder": 7, "scan_remove": "yes"}', encoding="utf-8")
    assert load(tmp_path / "bad.json") == Settings()


@pytest.fixture
def panel(office: OpenOffice, runner: InlineRunner, keeper: Keeper, folder: ScanFolder, shown: Show) -> PapersPanel:
    made = PapersPanel(office, runner, keeper)
    made.show_place(SavedPlace(office, reception=logged(office).id))
    shown(made)
    return made


def test_new_scans_are_added_with_one_key_and_stay_in_their_folder(
    panel: PapersPanel, folder: ScanFolder, place: Path
) -> None:
    assert panel.tray.isHidden()
    for number in range(1, 4):
        (place / f"SCAN{number}.pdf").write_bytes(scan_pdf(number))
    folder.look()
    folder.look()
    assert not panel.tray.isHidden() and panel.tray.words.text() == "3 new scans"
    panel.do("papers.scans")
    assert [paper.pages for paper in panel.papers()] == [1, 2, 3]
    assert panel.tray.isHidden() and len(list(place.iterdir())) == 3


def test_scans_are_deleted_only_when_that_was_ticked_and_they_were_kept(
    panel: PapersPanel, folder: ScanFolder, place: Path, keeper: Keeper
) -> None:
    keeper.update(scan_remove=True)
    (place / "good.pdf").write_bytes(scan_pdf())
    (place / "virus.pdf").write_bytes(b"MZ\x90\x00")
    folder.look()
    folder.look()
    panel.do("papers.scans")
    assert [path.name for path in place.iterdir()] == ["virus.pdf"]
    assert "virus.pdf" in panel.message.text()
    assert offered(folder) == ["virus.pdf"]
    panel.tray.leave.click()
    assert panel.tray.isHidden() and (place / "virus.pdf").exists()


def test_a_scan_that_cannot_be_deleted_is_named(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = place / "a.pdf"
    scan.write_bytes(scan_pdf())

    def locked(_self: Path, *_args: Any, **_options: Any) -> None:
        raise PermissionError(13, "used by another process")

    monkeypatch.setattr(Path, "unlink", locked)
    assert delete_scans([scan]) == ["a.pdf"]
    monkeypatch.undo()
    assert delete_scans([scan, place / "gone.pdf"]) == [] and not scan.exists()


def test_the_folder_is_watched_only_while_somebody_looks(
    office: OpenOffice, threads: Runner, keeper: Keeper, place: Path, shown: Show, qtbot: QtBot
) -> None:
    keeper.update(scan_folder=str(place))
    panel = PapersPanel(office, threads, keeper)
    panel.show_place(SavedPlace(office, reception=logged(office).id))
    shown(panel)
    folder = panel.folder
    qtbot.waitUntil(lambda: folder._watcher.directories() == [str(place)], timeout=5000)
    (place / "a.pdf").write_bytes(scan_pdf())
    qtbot.waitUntil(lambda: offered(folder) == ["a.pdf"], timeout=10_000)
    panel.hide()
    assert folder._watcher.directories() == [] and not folder._timer.isActive()
    qtbot.waitUntil(lambda: not threads.busy(), timeout=5000)


def test_one_window_has_one_watcher(office: OpenOffice, runner: InlineRunner, keeper: Keeper, qtbot: QtBot) -> None:
    one, two = PapersPanel(office, runner, keeper), PapersPanel(office, runner, keeper)
    qtbot.addWidget(one)
    qtbot.addWidget(two)
    assert one.folder is two.folder
