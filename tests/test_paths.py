"""Where shipped files are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcd_desktop import paths


def test_a_checkout_has_its_files_beside_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "tcd_desktop")
    assert paths.shipped("resources", "fonts") == tmp_path / "resources" / "fonts"


def test_a_wheel_carries_its_files_inside_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "tcd_desktop")
    (tmp_path / "tcd_desktop" / "_data" / "resources" / "fonts").mkdir(parents=True)
    (tmp_path / "resources" / "fonts").mkdir(parents=True)
    assert paths.shipped("resources", "fonts") == tmp_path / "tcd_desktop" / "_data" / "resources" / "fonts"
