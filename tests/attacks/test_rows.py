"""The list of attacks (rows.toml) and the tests agree: no row without a test of its name, and the other way round."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
NAMED = re.compile(r"^def test_([a-z])(\d+)(?:_to_\1(\d+))?_", re.M)
DESIGN = {"D": 9, "H": 12, "W": 16, "C": 14, "M": 10, "S": 8, "R": 5}
"""Rows of the design's tables; later attacks are numbered on."""


def names_in_tests() -> dict[str, set[str]]:
    """Row -> the files with a test of its name."""
    found: dict[str, set[str]] = {}
    for folder in ("attacks", "sync"):
        for file in sorted((TESTS / folder).glob("test_*.py")):
            for letter, first, last in NAMED.findall(file.read_text(encoding="utf-8")):
                for number in range(int(first), int(last or first) + 1):
                    name = file.relative_to(TESTS).as_posix()
                    found.setdefault(f"{letter.upper()}{number}", set()).add(name)
    return found


def rows() -> tuple[dict[str, dict[str, object]], dict[str, str]]:
    read = tomllib.loads((TESTS / "attacks" / "rows.toml").read_text(encoding="utf-8"))
    later = read.pop("open")
    return read, later


def test_every_row_is_tested_where_the_list_says_and_every_such_test_has_a_row() -> None:
    listed, found = rows()[0], names_in_tests()
    assert set(listed) == set(found)
    for row, entry in listed.items():
        assert set(entry["tested"]) <= found[row], f"{row}: no test of that name there"  # type: ignore[call-overload]
        assert entry["tested"] and str(entry["must"]).strip() == entry["must"], row


def test_every_row_of_the_design_is_listed_and_what_is_open_has_no_test_yet() -> None:
    listed, later = rows()
    design = {f"{letter}{number}" for letter, most in DESIGN.items() for number in range(1, most + 1)}
    assert design <= set(listed) | set(later) and not set(listed) & set(later)
    assert not later, "nothing may wait any more"
