"""The look holds its promises: contrast, one source, icons in every theme."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tcd_desktop import paths
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.look import THEMES, Look, Theme
from tcd_desktop.ui.look.style_sheet import sheet


def luminance(colour: str) -> float:
    parts = [channel / 255 for channel in QColor(colour).toTuple()[:3]]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, paper: str) -> float:
    light, dark = sorted((luminance(ink), luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_every_text_can_be_read_in_every_theme(theme: Theme) -> None:
    poor = {name: round(contrast(*pair), 2) for name, pair in theme.text_pairs().items() if contrast(*pair) < 4.5}
    assert poor == {}


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_edges_of_fields_and_the_focus_can_be_seen(theme: Theme) -> None:
    assert contrast(theme.edge, theme.surface) >= 3
    assert contrast(theme.focus, theme.surface) >= 3


def test_colours_are_written_only_in_the_tokens() -> None:
    found = [
        path.name
        for path in (paths.PACKAGE / "ui").rglob("*.py")
        if path.name != "look.py" and re.search(r"['\": ]#[0-9a-fA-F]{3,8}\b", path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_widgets_have_no_style_strings_of_their_own() -> None:
    found = [
        path.name
        for path in (paths.PACKAGE / "ui").rglob("*.py")
        if path.name != "look.py" and ".setStyleSheet(" in path.read_text(encoding="utf-8")
    ]
    assert found == []


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_pictures_of_the_style_sheet_are_shipped_in_the_colours_of_the_theme(theme: Theme) -> None:
    for name, colour in (("chevron-down", theme.muted), ("check", theme.on_accent)):
        text = (paths.shipped("resources", "icons", "look") / f"{name}-{theme.name}.svg").read_text(encoding="utf-8")
        assert colour in text
    assert all((paths.PACKAGE.parent / match).exists() for match in re.findall(r'url\("([^"]+)"\)', sheet(Look(theme))))


def test_lengths_grow_with_the_text() -> None:
    assert [Look(look.LIGHT, size).row for size in (100, 125, 150)] == [32, 40, 48]
    assert Look(look.LIGHT, 150).points() == pytest.approx(15.75)


def test_every_icon_that_the_program_names_is_shipped() -> None:
    known = set(icons.names())
    call = re.compile(r"icons\.(?:dress\([^,()]+(?:\([^()]*\))?|pixmap\(|icon\()[,\s]*\"([a-z0-9-]+)\"")
    named = {name for path in paths.PACKAGE.rglob("*.py") for name in call.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 10
    assert named - known == set()


def test_an_icon_follows_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    look.apply(qapp, "light")
    icons.dress(button, "circle", "text")
    light = button.icon().pixmap(20, 20).toImage()
    look.apply(qapp, "dark")
    dark = button.icon().pixmap(20, 20).toImage()
    assert light != dark
    look.apply(qapp, "light")
