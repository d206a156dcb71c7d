"""One district with its wards for all tests of the exchange (nothing in it is ever changed)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sync.offices import TWO_SEGMENTS, World, operations


@pytest.fixture(scope="session")
def world() -> World:
    """Keys, certificates and offices."""
    return World()


@pytest.fixture(scope="session")
def bundle(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small honest bundle of the ward: 40 operations in two segments and an attachment."""
    path = tmp_path_factory.mktemp("honest") / "TCD_HBT-001.tcdb"
    world.write(path, operations(40), blobs=[b"scan of a petition " * 40], limits=TWO_SEGMENTS)
    return path
