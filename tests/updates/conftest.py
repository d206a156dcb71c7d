"""What the tests of updates begin with: a district and a ward that trusts it, a stick, a program folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcd_desktop.open_office import OpenOffice
from tcd_desktop.updates.installation import Installation
from tests.sync.conftest import district, stick, ward
from tests.updates.builds import NOTES, a_build, desk, program_folder

__all__ = ["district", "stick", "ward"]


@pytest.fixture
def program(tmp_path: Path) -> Installation:
    return program_folder(tmp_path)


@pytest.fixture
def update(district: OpenOffice, ward: OpenOffice, stick: Path, tmp_path: Path) -> Path:
    """A signed update to version 9.0.0 on the stick."""
    made = desk(district).make(a_build(tmp_path, "9.0.0"), stick, notes=NOTES, follows="0.0.1")
    return made.path
