"""Damage as disks make it: bytes flipped inside the files of an office, files cut off or gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcd_desktop.open_office import OpenOffice, open_office
from tcd_desktop.store.errors import StoreUnavailable
from tests.offices import DRAFT, PASSWORD, Clock, make_office

PAGE = 4096
"""Bytes of a page of the encrypted database."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of an office with one visit, a case and a paper, closed."""
    office = make_office(tmp_path / "home")
    case = office.receptions.log(DRAFT, open_case=True).value.case
    office.attachments.add("a.txt", b"abc" * 100, case=case)
    office.close()
    return tmp_path / "home"


def opened(home: Path) -> OpenOffice:
    return open_office(home, PASSWORD, now=Clock())


def flip(file: Path, place: int) -> None:
    """Turns one byte over, as a worn disk does."""
    content = bytearray(file.read_bytes())
    content[place] ^= 0xFF
    file.write_bytes(bytes(content))


def codes(home: Path) -> set[str]:
    """What opening or checking says: the codes of the faults."""
    try:
        office = opened(home)
    except StoreUnavailable as refused:
        return {refused.code}
    try:
        return {fault.code for fault in office.check()}
    except StoreUnavailable as refused:
        return {refused.code}
    finally:
        office.close()


def test_an_office_that_nobody_touched_is_whole(home: Path) -> None:
    assert codes(home) == set()


@pytest.mark.parametrize("part", [0.0, 0.25, 0.5, 0.75, 0.99])
def test_a_flipped_byte_anywhere_in_the_database_is_found_and_named(home: Path, part: float) -> None:
    file = home / "tcd.db"
    pages = file.stat().st_size // PAGE
    flip(file, int(part * pages) * PAGE + PAGE // 2)
    found = codes(home)
    assert found
    assert found <= {"database", "store_corrupt"}


def test_a_database_that_was_cut_off_is_found_and_named(home: Path) -> None:
    file = home / "tcd.db"
    pages = file.stat().st_size // PAGE
    file.write_bytes(file.read_bytes()[: pages // 2 * PAGE])
    found = codes(home)
    assert found
    assert found <= {"database", "store_corrupt"}


def test_a_database_that_is_gone_is_named(home: Path) -> None:
    (home / "tcd.db").unlink()
    assert codes(home) == {"store_missing"}


def paper_of(home: Path) -> Path:
    (blob,) = (path for path in (home / "blobs").rglob("*") if path.is_file())
    return blob


@pytest.mark.parametrize("place", [0, 100, -1])
def test_a_flipped_byte_anywhere_in_a_paper_is_found_and_named(home: Path, place: int) -> None:
    flip(paper_of(home), place)
    assert codes(home) == {"attachment_damaged"}


def test_a_paper_that_was_cut_off_or_is_gone_is_found_and_named(home: Path) -> None:
    paper = paper_of(home)
    paper.write_bytes(paper.read_bytes()[:5])
    assert codes(home) == {"attachment_damaged"}
    paper.unlink()
    assert codes(home) == {"attachment_missing"}
