"""Settings survive everything a disk can do to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcd_desktop import settings
from tcd_desktop.settings import ListLayout, Settings


def test_what_was_saved_is_read_back(tmp_path: Path) -> None:
    wanted = Settings(language="en", theme="dark", text_size=150, last_home=str(tmp_path)).with_layout(
        "receptions", ListLayout(hidden=("phone",), widths={"name": 210}, compact=True)
    )
    settings.save(wanted, tmp_path / "a" / "settings.json")
    assert settings.load(tmp_path / "a" / "settings.json") == wanted
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["settings.json"]


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "settings.json") == Settings()


@pytest.mark.parametrize("content", ["{", "[]", "", "\x00\x01"])
def test_a_damaged_file_is_kept_aside_and_the_defaults_hold(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content, encoding="utf-8")
    assert settings.load(path) == Settings()
    assert path.with_name("settings.json.damaged").read_text(encoding="utf-8") == content


def test_values_that_make_no_sense_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(
        '{"theme": "pink", "text_size": 9000, "language": "vi", "new": 1, '
        '"lists": {"a": {"widths": {"x": -1, "y": 5}}}}',
        encoding="utf-8",
    )
    read = settings.load(path)
    assert (read.theme, read.text_size, read.language) == ("light", 100, "vi")
    assert read.layout("a") == ListLayout(widths={"y": 5})


def test_the_folder_can_be_chosen_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TCD_CONFIG_DIR", str(tmp_path / "here"))
    settings.save(Settings(language="en"))
    assert (tmp_path / "here" / "settings.json").exists()
