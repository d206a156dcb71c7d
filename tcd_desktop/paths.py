"""Where shipped files are: inside the package (wheel, installer) or beside it (checkout)."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
"""The folder of the package itself."""


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
