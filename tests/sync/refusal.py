"""Expecting a refusal with a certain code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tcd_desktop.sync.refusals import BundleRefused, Code


@contextmanager
def refused(*codes: Code) -> Iterator[pytest.ExceptionInfo[BundleRefused]]:
    """The block must raise BundleRefused with one of the codes."""
    with pytest.raises(BundleRefused) as caught:
        yield caught
    assert caught.value.code in codes, f"{caught.value.code} {caught.value.facts}"
