"""What the tests of the exchange begin with: keys of a whole district, and a real district with a ward."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tcd_desktop.open_office import OpenOffice
from tests.offices import enrol, make_district, make_office
from tests.sync.offices import World


@pytest.fixture(scope="session")
def world() -> World:
    """Keys, certificates and offices; nothing in it is ever changed."""
    return World()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def district(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_district(tmp_path / "district")
    yield made
    made.close()


@pytest.fixture
def ward(tmp_path: Path, district: OpenOffice, stick: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    enrol(made, district, stick)
    yield made
    made.close()
