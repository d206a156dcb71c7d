"""From the district's build to the version that runs at the ward, and back again."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tcd_desktop.domain.problems import Refused
from tcd_desktop.open_office import OpenOffice, open_after_update
from tcd_desktop.store.schema import schema
from tcd_desktop.sync.sending_board import senders
from tcd_desktop.updates.home_copy import FOLDER, newest_copy
from tcd_desktop.updates.installation import Installation, place
from tcd_desktop.updates.pointer import HEALTHY, TRYING, Pointer, installed, read_pointer, write_pointer
from tests.offices import DRAFT, PASSWORD, Clock
from tests.updates.builds import HERE, NOTES, a_build, desk, program_folder


def start(root: Path, patience: float = 300) -> int:
    """The launcher in a process of its own, as the shortcut starts it."""
    code = "import sys; from pathlib import Path; from tcd_desktop.updates.launcher import start; "
    code += f"sys.exit(start(Path({str(root)!r}), patience={patience}))"
    return subprocess.run([sys.executable, "-c", code], check=False, timeout=120).returncode


def wait_for(program: Installation, versions: list[str]) -> None:
    """The program goes on by itself: until its first line was written."""
    until = time.monotonic() + 60
    while time.monotonic() < until and started(program) != versions:
        time.sleep(0.05)
    assert started(program) == versions


def started(program: Installation) -> list[str]:
    seen = program.root / "started"
    return seen.read_text(encoding="utf-8").split() if seen.exists() else []


def test_a_ward_sees_what_the_update_says_and_who_signed_it(ward: OpenOffice, update: Path) -> None:
    (seen,) = desk(ward).look(update.parent)
    assert seen.refused is None and seen.statement is not None
    assert (seen.statement.version, seen.statement.notes, seen.statement.office) == ("9.0.0", NOTES, "Q")


def test_installing_puts_the_version_beside_the_running_one_and_it_starts_next(
    ward: OpenOffice, update: Path, program: Installation
) -> None:
    ward.receptions.log(DRAFT)
    desk(ward, program).install(update)
    assert set(program.versions()) == {HERE.version, "9.0.0"}
    assert program.pointer == Pointer("9.0.0", HERE.version, TRYING)
    assert not (program.root / "incoming").exists()
    copy = newest_copy(ward.home)
    assert copy is not None and (copy[1].before, copy[1].after) == (HERE.version, "9.0.0")
    assert start(program.root) == 0
    assert started(program) == ["9.0.0"] and program.pointer.state == HEALTHY


@pytest.mark.parametrize(
    ("states", "end"),
    [((), "sys.exit(1)"), (("door",), "sys.exit(1)"), (("door", "failed"), "sys.exit(0)"), ((), "sys.exit(0)")],
)
def test_a_version_that_does_not_reach_its_first_window_gives_way_to_the_one_before(
    tmp_path: Path, states: tuple[str, ...], end: str
) -> None:
    program = program_folder(tmp_path, "0.9.0")
    place_beside(program, a_build(tmp_path, "1.0.0", states=states, end=end), "1.0.0")
    start(program.root)
    wait_for(program, ["1.0.0", "0.9.0"])
    assert program.pointer == Pointer("0.9.0", state=HEALTHY, failed="1.0.0", told=False)


def test_a_version_that_shows_nothing_for_too_long_is_ended(tmp_path: Path) -> None:
    program = program_folder(tmp_path, "0.9.0")
    place_beside(program, a_build(tmp_path, "1.0.0", states=(), end="import time; time.sleep(600)"), "1.0.0")
    start(program.root, patience=1.0)
    wait_for(program, ["1.0.0", "0.9.0"])


def test_closing_the_sign_in_page_is_no_failure(tmp_path: Path) -> None:
    program = program_folder(tmp_path, "0.9.0")
    place_beside(program, a_build(tmp_path, "1.0.0", states=("door",)), "1.0.0")
    for _time in range(2):
        start(program.root)
    assert started(program) == ["1.0.0", "1.0.0"] and program.pointer.current == "1.0.0"


def test_a_lost_pointer_is_the_newest_version(tmp_path: Path) -> None:
    program = program_folder(tmp_path, "0.9.0")
    place_beside(program, a_build(tmp_path, "0.10.0"), "0.10.0")
    for content in ("", "[1]", '{"current": "../x"}', '{"current": "0.10.0", "state": "best"}'):
        (program.root / "current.json").write_text(content, encoding="utf-8")
        assert read_pointer(program.root) == Pointer("0.10.0", "0.9.0")
    assert installed(program.root) == ["0.10.0", "0.9.0"]
    assert start(tmp_path / "nothing") == 3


def test_going_back_by_hand_and_forward_again(ward: OpenOffice, update: Path, program: Installation) -> None:
    desk(ward, program).install(update)
    write_pointer(program.root, replace(program.pointer, state=HEALTHY))
    assert desk(ward, program, version="9.0.0").back() == HERE.version
    assert program.pointer.current == HERE.version
    ward.receptions.log(DRAFT)
    assert desk(ward, program).back() == "9.0.0"
    assert program.pointer == Pointer("9.0.0", HERE.version, TRYING), "watched like one that was just installed"
    from_the_future(ward)
    again = open_after_update(ward.home, PASSWORD, now=Clock())
    assert again.check() == [], "the books were copied anew before the newer version saw them"
    again.close()


def test_without_a_version_before_there_is_no_way_back(ward: OpenOffice, program: Installation) -> None:
    with pytest.raises(Refused) as refused:
        desk(ward, program).back()
    assert refused.value.code == "update_no_previous"


def test_books_that_a_new_version_changed_come_back_when_nothing_was_recorded(
    ward: OpenOffice, update: Path, program: Installation
) -> None:
    visit = ward.receptions.log(DRAFT).value
    desk(ward, program).install(update)
    from_the_future(ward)
    again = open_after_update(ward.home, PASSWORD, now=Clock())
    assert again.store.find_own(type(visit), visit.id) == visit
    assert not again.store.restored and again.check() == []
    again.close()
    assert list((ward.home / FOLDER).glob("*/after-update.db"))


def test_books_with_work_of_the_new_version_stay_and_the_next_step_is_told(
    ward: OpenOffice, update: Path, program: Installation
) -> None:
    desk(ward, program).install(update)
    ward.receptions.log(DRAFT)
    with pytest.raises(Refused) as refused:
        desk(ward, program, version="9.0.0", schema=HERE.schema + 1).back()
    assert refused.value.code == "update_recorded_since"
    from_the_future(ward)
    with pytest.raises(Refused) as refused:
        open_after_update(ward.home, PASSWORD, now=Clock())
    assert refused.value.code == "update_recorded_since"


def test_a_trial_that_fails_changes_nothing(
    district: OpenOffice, ward: OpenOffice, stick: Path, tmp_path: Path, program: Installation
) -> None:
    made = desk(district).make(a_build(tmp_path, "9.0.0", good=False), stick, notes=NOTES, follows="0.0.1")
    with pytest.raises(Refused) as refused:
        desk(ward, program).install(made.path)
    assert refused.value.code == "update_trial"
    assert program.versions() == [HERE.version] and program.pointer == Pointer(HERE.version)
    assert not (ward.home / FOLDER).exists() and not (program.root / "incoming").exists()


def test_only_a_superior_makes_updates_of_what_is_a_build(
    ward: OpenOffice, district: OpenOffice, stick: Path, tmp_path: Path
) -> None:
    build = a_build(tmp_path, "9.0.0")
    for office, folder, notes, follows, code in (
        (ward, build, NOTES, "0.0.1", "update_not_superior"),
        (district, stick, NOTES, "0.0.1", "update_not_build"),
        (district, build, ["  "], "0.0.1", "update_notes"),
        (district, build, NOTES, "9.0.0", "update_follows_wrong"),
        (district, build, NOTES, "1", "update_follows_wrong"),
    ):
        with pytest.raises(Refused) as refused:
            desk(office).make(folder, stick, notes=notes, follows=follows)
        assert refused.value.code == code
    assert not list(stick.glob("*.tcdu*"))


def test_the_district_sees_which_version_each_pc_runs(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    ward.receptions.log(DRAFT)
    district.inbox.take([one.path for one in ward.outbox.export(stick)])
    (sender,) = senders(district.store, office="Q", today=district.today())
    assert sender.program == HERE.version


def test_a_build_is_placed_once_with_its_launcher(tmp_path: Path) -> None:
    launcher = tmp_path / "tcd-desktop-start"
    launcher.write_text("", encoding="utf-8")
    root = tmp_path / "TCD Desktop"
    place(a_build(tmp_path, "0.9.0"), root, "0.9.0", launcher)
    assert start(root) == 0 and (root / launcher.name).is_file()
    with pytest.raises(Refused):
        place(tmp_path / "build-0.9.0", root, "0.9.0")


def test_the_launcher_needs_nothing_but_python() -> None:
    code = "import sys, tcd_desktop.updates.launcher; print([n for n in sys.modules if n in {names}])"
    names = {"msgspec", "sqlalchemy", "PySide6", "cryptography", "tcd_desktop.i18n", "tcd_desktop.sync"}
    out = subprocess.run([sys.executable, "-c", code.format(names=names)], capture_output=True, check=True, text=True)
    assert json.loads(out.stdout) == []


def place_beside(program: Installation, build: Path, version: str) -> None:
    build.rename(program.root / "versions" / version)
    write_pointer(program.root, Pointer(version, program.pointer.current, TRYING))


def from_the_future(office: OpenOffice) -> None:
    """The books as a version with another schema leaves them."""
    with office.store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO schema_version VALUES (?)", (schema.VERSION + 1,))
    office.close()
