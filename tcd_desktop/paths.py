"""Where files are: those that come with the program, and the user's own folders for settings and caches."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
"""The folder of the package itself."""

APP_FOLDER = "TCD Desktop" if sys.platform == "win32" else "tcd-desktop"
"""Our folder inside the user's folders, in the manner of each system."""


def shipped(*parts: str) -> Path:
    """The path of a file or folder that comes with the program, e.g. `shipped("resources", "fonts")`.

    A wheel and an installer carry `resources/` and `translations/` inside the package as `_data`; a checkout
    has them beside the package. The first that exists is returned; if neither exists, the place in the
    checkout, so that the error names a path a person can look at.
    """
    inside = PACKAGE.joinpath("_data", *parts)
    if inside.exists():
        return inside
    return PACKAGE.parent.joinpath(*parts)


def config_folder() -> Path:
    """The user's folder for settings of the window. `TCD_CONFIG_DIR` overrides it (tests, portable use)."""
    override = os.environ.get("TCD_CONFIG_DIR")
    if override:
        return Path(override)
    if sys.platform == "win32":
        return _folder("APPDATA", "AppData/Roaming")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / APP_FOLDER
    return _folder("XDG_CONFIG_HOME", ".config")


def cache_folder() -> Path:
    """The user's folder for things that can be made again at any time."""
    override = os.environ.get("TCD_CONFIG_DIR")
    if override:
        return Path(override) / "cache"
    if sys.platform == "win32":
        return _folder("LOCALAPPDATA", "AppData/Local") / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / APP_FOLDER
    return _folder("XDG_CACHE_HOME", ".cache")


def _folder(variable: str, otherwise: str) -> Path:
    given = os.environ.get(variable)
    return (Path(given) if given else Path.home() / otherwise) / APP_FOLDER
