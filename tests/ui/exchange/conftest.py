"""What the tests of the exchange pages begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tcd_desktop import i18n
from tests.attacks.books import Books


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language(i18n.DEFAULT)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    made = Books(tmp_path)
    yield made
    made.close()
