"""One district with its wards for all tests of the exchange (nothing in it is ever changed)."""

from __future__ import annotations

import pytest

from tests.sync.offices import World


@pytest.fixture(scope="session")
def world() -> World:
    """Keys, certificates and offices."""
    return World()
