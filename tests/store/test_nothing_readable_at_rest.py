"""What stands on the disk without a password: no secret, no password, no person in any file of the folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.open_office import add_officer
from tcd_desktop.store.closed.vault import FACE_FILE, open_slot, read_face
from tests.offices import DRAFT, PASSWORD, SECRET, SECRET_WORDS, make_office

SECOND = "mat-khau-thu-hai-ớ"
PAPER = "Nội dung riêng của tờ đơn đính kèm"
COMPOSITIONS = ("utf-8", "utf-16-le")


def readable(home: Path, words: tuple[str, ...]) -> list[str]:
    """Files of the folder, by name or content, in which one of the words can be read."""
    found = []
    for path in sorted(home.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        for word in words:
            if word in path.name or any(word.encode(one) in content for one in COMPOSITIONS):
                found.append(f"{path.name}: {word}")
    return found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An office with two officers, a visit, a denunciation and an attached paper; closed."""
    office = make_office(tmp_path / "ward")
    visit = office.receptions.log(DRAFT).value
    office.receptions.log(SECRET)
    office.attachments.add("don.txt", PAPER.encode(), reception=visit.id)
    clerk = Officer(id="c" * 32, office=office.office.id, name="Đỗ Thị Thư", right=OfficerRight.CLERK)
    add_officer(office, clerk, SECOND, PASSWORD)
    assert readable(office.home, (PASSWORD, SECOND, *SECRET_WORDS, DRAFT.name, PAPER)) == []
    office.close()
    return office.home


def test_neither_passwords_nor_people_can_be_read_in_the_folder_of_a_closed_office(home: Path) -> None:
    words = (PASSWORD, SECOND, *SECRET_WORDS, DRAFT.name, DRAFT.id_number, DRAFT.phone, DRAFT.content, PAPER)
    assert readable(home, words) == []


def test_the_search_through_the_folder_finds_what_is_openly_written(home: Path) -> None:
    assert readable(home, (read_face(home).code,)) != []
    (home / "ghi-chu.txt").write_text(SECRET_WORDS[0], encoding="utf-8")
    assert readable(home, SECRET_WORDS) == [f"ghi-chu.txt: {SECRET_WORDS[0]}"]


def test_the_keys_that_open_the_office_are_not_in_its_folder(home: Path) -> None:
    first, second = read_face(home).slots
    one, other = open_slot(first, PASSWORD), open_slot(second, SECOND)
    for purpose in ("database", "blobs", "keys"):
        key = one.derive(purpose)
        assert key == other.derive(purpose)
        for path in home.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                assert key not in content and key.hex().encode() not in content.lower(), path.name


def test_a_slot_opens_only_with_its_own_password_and_only_for_its_own_officer(home: Path) -> None:
    first, second = read_face(home).slots
    for slot, password in ((first, SECOND), (second, PASSWORD), (replace(first, officer=second.officer), PASSWORD)):
        with pytest.raises(Refused, match="wrong_password"):
            open_slot(slot, password)
    assert (home / FACE_FILE).is_file()
