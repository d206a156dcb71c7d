"""Signing loads nothing of a network, and needs none of it to be installed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tcd_desktop.signatures.no_network import REPLACED, leave_network_out
from tcd_desktop.signatures.trial import sign_and_examine
from tests.signatures.issuers import needs_extra

NETWORK = ("ssl", "_ssl", "certifi", "yarl", "multidict", "frozenlist", "propcache", "aiosignal", "aiohappyeyeballs")
BLOCKED = f"""
import sys
for name in {NETWORK!r}:
    sys.modules[name] = None
from tcd_desktop.signatures.trial import sign_and_examine
print(sign_and_examine())
print([name for name in ("aiohttp.client", "requests", "urllib3") if name in sys.modules])
"""


@needs_extra
def test_a_paper_is_signed_and_examined_where_nothing_of_a_network_can_be_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", BLOCKED], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    told, loaded = done.stdout.splitlines()
    assert told.startswith("key files") and loaded == "[]"


@needs_extra
def test_the_trial_of_the_self_check_signs_and_examines() -> None:
    assert sign_and_examine().startswith("key files")


@needs_extra
def test_a_signature_that_does_not_hold_fails_the_trial(monkeypatch: pytest.MonkeyPatch) -> None:
    from tcd_desktop.signatures import trial

    monkeypatch.setattr(trial, "check_pdf", lambda _pdf: ())
    with pytest.raises(RuntimeError):
        trial.sign_and_examine()


def test_who_would_use_the_network_is_told_that_there_is_none() -> None:
    leave_network_out()
    assert set(REPLACED) <= set(sys.modules)
    with pytest.raises(RuntimeError):
        sys.modules["aiohttp"].ClientSession()
